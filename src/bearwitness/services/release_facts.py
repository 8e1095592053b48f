"""What a case keeps of its releases: drafts and what happened to each, and the ledger; read and written as notes.

In the notes households, people, acts and accounts are named by their rows, as everywhere in the vault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bearwitness.errors import RecordError
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.publication_files import RELEASE
from bearwitness.model.codec.release_records import ASSESSED, DRAFT, PUBLICATION, RETRACTION, VOTE
from bearwitness.model.codec.shapes import Record
from bearwitness.model.publication import Ledger, LedgerEntry, Policy
from bearwitness.model.release import Draft, ReleaseFacts
from bearwitness.release.ledger import ledger_head
from bearwitness.services.archive import Archive
from bearwitness.services.case_notes import make_note, next_place, read_notes
from bearwitness.services.intake import context_of
from bearwitness.services.record_shapes import EARLIER, RELEASE_KINDS
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.parts import UnitKeys
from bearwitness.vault.rows import RecordRow

_TABLES: Final[Mapping[str, Record]] = {
    "draft": DRAFT, "assessed": ASSESSED, "vote": VOTE, "publication": PUBLICATION, "retraction": RETRACTION,
    EARLIER: RELEASE,
}  # fmt: skip
_LISTS: Final = {
    "assessed": "assessments", "vote": "votes", "publication": "publications", "retraction": "retractions"
}  # fmt: skip
# Beside an assessment stands what it rests on, which is no part of the fact itself.
RESTS_ON: Final = "rests_on"
_Rename = Callable[[str, str], str]


class Releases:
    """The releases of one case.

    Parameters
    ----------
    vault, opened, archive
        The vault, the case, and the case as it was read.
    """

    def __init__(self, vault: Unlocked, opened: OpenCase, archive: Archive) -> None:
        self._vault = vault
        self._opened = opened
        self._archive = archive
        self._context: Context = context_of(archive.case)
        self._names = {stored.row: name for (_, name), stored in archive.records.items()}
        self._facts: dict[str, ReleaseFacts] = {}
        self._sealed: list[LedgerEntry] = []
        self._earlier: list[LedgerEntry] = []
        for note in read_notes(vault, opened, RELEASE_KINDS):
            self._take(note.kind, {k: v for k, v in note.plain.items() if k != RESTS_ON})

    def _take(self, kind: str, plain: dict[str, Any]) -> None:
        fact = _TABLES[kind].read(_renamed(kind, plain, self._name_of), self._context)
        if kind == EARLIER:
            self._earlier.append(fact)
        elif kind == "draft":
            self._facts[fact.id] = ReleaseFacts(draft=fact)
        elif fact.draft in self._facts:
            old = self._facts[fact.draft]
            changed: dict[str, Any] = {_LISTS[kind]: (*getattr(old, _LISTS[kind]), fact)}
            self._facts[fact.draft] = replace(old, **changed)
        # Hashes are taken of what is stored, which is the same for whoever may know the names and whoever may not.
        if kind in (EARLIER, "publication"):
            as_stored = _TABLES[kind].read(plain, self._context)
            self._sealed.append(as_stored if kind == EARLIER else as_stored.entry)

    def facts(self, draft: str) -> ReleaseFacts:
        """Everything that happened to a draft.

        Raises
        ------
        RecordError
            If there is no such draft in the case.
        """
        if draft not in self._facts:
            raise RecordError("there is no such draft.", hint="See all with bearwitness release list.")
        return self._facts[draft]

    def all(self) -> tuple[ReleaseFacts, ...]:
        """All drafts, in the order in which they were made."""
        return tuple(self._facts.values())

    def ledger(self) -> Ledger:
        """Everything that was published about the people of the case: what was entered by hand, and what left here."""
        left = (p.entry for facts in self._facts.values() for p in facts.publications)
        return Ledger(id=self._archive.case.id, entries=(*self._earlier, *left))

    def head(self) -> str:
        """Hash (hex) over everything that was published, the same for every member of the case."""
        return ledger_head(Ledger(entries=tuple(self._sealed)))

    def policy(self, draft: Draft) -> Policy:
        """A draft's policy with its households called as the record calls them; the draft itself has their rows."""
        suspicion = {self._name_of("household", row): odds for row, odds in draft.policy.suspicion.items()}
        return replace(draft.policy, suspicion=suspicion)

    def note(
        self, kind: str, fact: Any, keys: UnitKeys, *, rests_on: tuple[str, ...] = (), place: int = 0
    ) -> RecordRow:
        """A fact as a row to be written."""
        plain = _renamed(kind, _TABLES[kind].write(fact), self._row_of)
        suspicion = plain["policy"].get("suspicion") if kind == "draft" else None
        if suspicion:
            renamed = {self._row_of("household", household): odds for household, odds in suspicion.items()}
            plain["policy"] = {**plain["policy"], "suspicion": renamed}
        if rests_on:
            plain = {**plain, RESTS_ON: [self._row_of("testimony", t) for t in rests_on]}
        return make_note(self._opened, keys, kind, plain, place=place or next_place(self._vault))

    def _row_of(self, kind: str, name: str) -> str:
        return self._archive.row_of(kind, name) or name

    def _name_of(self, kind: str, row: str) -> str:
        # What was destroyed is called as a member who may not know its name would call it.
        known = self._names.get(row)
        return known or (f"{kind}-{row[:12]}" if len(row) == 32 and row.isalnum() else row)


def _renamed(kind: str, plain: Mapping[str, Any], rename: _Rename) -> dict[str, Any]:
    """A fact's plain form with everything of the record called otherwise: by its row, or by its id."""
    found = dict(plain)
    if kind == EARLIER:
        return _entry(found, rename)
    if kind == "publication":
        found["entry"] = _entry(found["entry"], rename)
        found["testimonies"] = [rename("testimony", t) for t in found["testimonies"]]
    return found


def _entry(entry: Mapping[str, Any], rename: _Rename) -> dict[str, Any]:
    return {**entry, "personas": [_persona(p, rename) for p in entry["personas"]]}


def _persona(persona: Mapping[str, Any], rename: _Rename) -> dict[str, Any]:
    claims = [_claim(c, rename) for c in persona.get("claims", ())]
    return {**persona, "household": rename("household", persona["household"]), "claims": claims}


def _claim(claim: Mapping[str, Any], rename: _Rename) -> dict[str, Any]:
    """A claim is about a person or an act of the record, or about kin, which has no row."""
    if "about" not in claim:
        return dict(claim)
    about = claim["about"]
    for kind in ("person", "act"):
        renamed = rename(kind, about)
        if renamed != about:
            return {**claim, "about": renamed}
    return dict(claim)
