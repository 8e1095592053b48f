"""What a case keeps of its reviewing: decisions on pairs and counts of sources, read and written as notes.

In the notes records are named by their rows, as everywhere in the vault. A decision on something that was destroyed
says nothing any more: it is not read, and its row went with what it was about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bearwitness.linkage.standing import PairKey, PairStanding, constraints, standing
from bearwitness.model.codec.review_records import COUNT, DECISION
from bearwitness.model.records import Case
from bearwitness.model.review import Layer, ReviewDecision, SourceCount
from bearwitness.release.consent import DOCUMENTATION
from bearwitness.services.archive import Archive, fresh_context, load_case
from bearwitness.services.case_notes import make_note, next_place, read_notes
from bearwitness.services.record_shapes import REVIEW, SOURCE_COUNT
from bearwitness.services.saving import named_rows
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.services.usable import select_usable
from bearwitness.vault.parts import UnitKeys
from bearwitness.vault.rows import CONTENT, Compartment, RecordRow

# Kinds of records whose versions a count rests on besides the accounts that it is of: who is who.
_EVERYBODY: Final = "person"


@dataclass(slots=True, kw_only=True)
class ReviewDesk:
    """A case with its decisions, open before one reviewer.

    ``case`` is what consent lets them use for documentation. ``decisions`` are all there are, also on what consent
    withholds today: decisions must never contradict each other, and it may be given again.
    """

    vault: Unlocked
    opened: OpenCase
    archive: Archive
    case: Case
    decisions: tuple[ReviewDecision, ...]
    counts: tuple[SourceCount, ...]
    _next_row: int
    _standing: dict[PairKey, PairStanding] | None = field(default=None)

    @property
    def standing(self) -> dict[PairKey, PairStanding]:
        """How every pair stands; raises where decisions contradict each other, naming them."""
        if self._standing is None:
            self._standing = standing(self.decisions)
        return self._standing

    def ids(self, layer: Layer) -> frozenset[str]:
        """What may be reviewed of a layer: what consent lets be used."""
        things: Iterable[str] = (
            (a.id for a in self.case.acts) if layer == "act" else (str(p.id) for p in self.case.persons)
        )
        return frozenset(str(x) for x in things) & {name for kind, name in self.archive.records if kind == layer}

    def groups(self, layer: Layer) -> dict[str, str]:
        """Of everything reviewed of a layer, one that stands for all it was decided to be the same as."""
        root = {x: x for x in sorted(self.ids(layer))}
        must = constraints(self.decisions, layer).must
        # What consent withholds still holds together what it joins.
        root |= {x: x for pair in must for x in pair}
        for one, other in sorted(must):
            a, b = sorted((_root(root, one), _root(root, other)))
            root[b] = a
        shown = self.ids(layer)
        first: dict[str, str] = {}
        for x in sorted(shown):
            first.setdefault(_root(root, x), x)
        return {x: first[_root(root, x)] for x in sorted(shown)}

    def rests_on(self, acts: Collection[str], accounts: Collection[str]) -> str:
        """SHA-256 (hex) over the versions of the accounts and of everybody, and over who was decided to be one.

        Only row ids, versions and ids of decisions go into it, all of which every member of the case reads anyway:
        a hash over chains would let anybody try guesses at them.
        """
        names = {("act", a) for a in acts} | {("testimony", t) for t in accounts}
        rows = {self.archive.row_of(kind, name) for kind, name in names}
        parts = [
            f"{row} {version}" for row, kind, version in self.vault.store.versions(self.opened.id)
            if row in rows or kind == _EVERYBODY
        ]  # fmt: skip
        settled = (s for s in self.standing.values() if s.layer == "person" and s.state in ("same", "different"))
        parts += [f"{s.state} {d.id}" for s in settled for d in s.decisions]
        return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()

    def decision_rows(self, new: Sequence[ReviewDecision], keys: UnitKeys) -> list[RecordRow]:
        """Decisions as rows to be written. Rows are numbered, so that of two written at once the later is refused."""
        place = next_place(self.vault)
        return [
            make_note(
                self.opened, keys, REVIEW, DECISION.write(_renamed(d, self._rows_of(d.layer))),
                place=place + at, row=f"{self._next_row + at:032x}",
            )
            for at, d in enumerate(new)
        ]  # fmt: skip

    def count_rows(self, new: Sequence[SourceCount], keys: UnitKeys) -> list[RecordRow]:
        """Counts as rows to be written."""
        place = next_place(self.vault)
        acts, accounts = self._rows_of("act"), self._rows_of("testimony")
        stored = (
            replace(c, acts=tuple(acts[a] for a in c.acts), accounts=tuple(accounts[t] for t in c.accounts))
            for c in new
        )
        return [
            make_note(self.opened, keys, SOURCE_COUNT, COUNT.write(c), place=place + at) for at, c in enumerate(stored)
        ]

    def _rows_of(self, kind: str) -> dict[str, str]:
        return {name: stored.row for (k, name), stored in self.archive.records.items() if k == kind}


def open_review(vault: Unlocked, name: str, *, needs: Collection[Compartment] = CONTENT) -> ReviewDesk:
    """A case with its decisions, as far as this member may read it.

    Raises
    ------
    RecordError
        If this member is in no such case.
    AccessDenied
        If they lack a compartment that is needed; the refusal is in the trail.
    DamagedVault
        If something of it does not open.
    """
    return open_desk(vault, vault.open_case(name, needs=needs))


def open_desk(vault: Unlocked, opened: OpenCase) -> ReviewDesk:
    """As ``open_review``, of a case that is open."""
    archive = load_case(vault, opened)
    names = named_rows(archive)
    notes = read_notes(vault, opened, (REVIEW, SOURCE_COUNT))
    context = fresh_context()
    decisions = [DECISION.read(dict(n.plain), context) for n in notes if n.kind == REVIEW]
    counts = [COUNT.read(dict(n.plain), context) for n in notes if n.kind == SOURCE_COUNT]
    return ReviewDesk(
        vault=vault, opened=opened, archive=archive,
        case=select_usable(opened, archive.case, DOCUMENTATION, vault.today()).case,
        decisions=tuple(_renamed(d, names) for d in decisions if set(d.pair) <= names.keys()),
        counts=tuple(_known(counts, names)),
        _next_row=1 + max((int(n.row, 16) for n in notes if n.kind == REVIEW), default=-1),
    )  # fmt: skip


def resting_decisions(vault: Unlocked, opened: OpenCase, gone: Collection[str]) -> list[str]:
    """The rows of decisions and counts that name a record which is destroyed."""
    return [
        n.row for n in read_notes(vault, opened, (REVIEW, SOURCE_COUNT))
        if not set(gone).isdisjoint([*n.plain.get("pair", ()), *n.plain.get("acts", ()), *n.plain.get("accounts", ())])
    ]  # fmt: skip


def _known(counts: Iterable[SourceCount], names: Mapping[str, str]) -> Iterator[SourceCount]:
    """Counts of which every account is still there: a number is of all of them or says nothing."""
    for count in counts:
        if {*count.acts, *count.accounts} <= names.keys():
            acts, accounts = (tuple(sorted(names[r] for r in rows)) for rows in (count.acts, count.accounts))
            yield replace(count, acts=acts, accounts=accounts)


def _renamed(decision: ReviewDecision, names: Mapping[str, str]) -> ReviewDecision:
    one, other = decision.pair
    return replace(decision, pair=(names[one], names[other]))


def _root(root: Mapping[str, str], x: str) -> str:
    while root[x] != x:
        x = root[x]
    return x
