"""Somebody takes back a consent, or their whole account: what is destroyed, and what had already left.

Withdrawing a consent blocks its purpose from then on. Where nothing of what the giver agreed to is left, what they
told and who they are is destroyed: the keys of their consent units, and with them every record that nobody else's
account carries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.errors import RecordError
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Case, Consent
from bearwitness.release.consent import STATISTICS, permits
from bearwitness.release.pruning import known_only_from
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.attachment_keys import attachment_files, remove_files
from bearwitness.services.case_notes import Departure, list_departures, read_notes
from bearwitness.services.record_shapes import SHAPES
from bearwitness.services.release_facts import RESTS_ON
from bearwitness.services.review_facts import resting_decisions
from bearwitness.services.saving import named_rows, save_case
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.parts import read_carriers
from bearwitness.vault.rows import COMPARTMENTS, CONTENT, Change, RecordRow, Shred
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.trail import Act

# What a release rests on is written beside its assessment.
ASSESSED: Final = "assessed"
DRAFT: Final = "draft"
PUBLISHED: Final = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something that had left before and used what was withdrawn. A count in a statistic cannot be taken out again."""

    what: str
    of: str
    recipient: str
    purpose: str
    at: str
    testimonies: tuple[str, ...]
    can_be_called_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a withdrawal did: the accounts that are no more, how many records went, which drafts, and what had left."""

    blocked: tuple[str, ...]
    destroyed: tuple[str, ...]
    records: int
    files: int
    drafts: tuple[str, ...]
    left: tuple[Left, ...]


def withdraw_testimony(vault: Unlocked, name: str, testimony: str) -> Withdrawn:
    """Destroy an account, its files, and every act that no other account tells of.

    Parameters
    ----------
    vault : Unlocked
        By a member who holds the whole case.
    name : str
        The case.
    testimony : str
        Its id.

    Raises
    ------
    RecordError
        If there is no such testimony.
    """
    opened = vault.open_case(name, needs=COMPARTMENTS)
    archive = load_case(vault, opened)
    row = archive.row_of("testimony", testimony)
    act = Act(action="testimony.withdraw", case=opened.id, things={"record": row})
    with vault.refusing(act, case=opened):
        if row is None:
            raise RecordError("there is no such testimony.", hint="See all with bearwitness case show.")
    left = _find_left(vault, opened, archive, {row})
    return _destroy(vault, opened, archive, act, testimonies={row}, persons=(), left=left)


def withdraw_consent(vault: Unlocked, name: str, consent: str) -> Withdrawn:
    """Take back a consent: its purpose is blocked at once.

    Where the giver has no other consent in force, what they told and their own record are destroyed as well.

    Parameters
    ----------
    vault : Unlocked
        By a member who holds the whole case.
    name : str
        The case.
    consent : str
        Its id.

    Raises
    ------
    RecordError
        If there is no such consent, or it was withdrawn already.
    """
    opened = vault.open_case(name, needs=COMPARTMENTS)
    archive = load_case(vault, opened)
    found = next((c for c in archive.case.consents if c.id == consent), None)
    act = Act(action="consent.withdraw", case=opened.id, things={"record": archive.row_of("consent", consent)})
    with vault.refusing(act, case=opened):
        vault.check_may_write(opened)
        if found is None or found.withdrawn is not None:
            raise RecordError("there is no such consent in force.", hint="See all with bearwitness consent show.")
    told = {
        row for t in archive.case.testimonies
        if t.teller == found.giver and (row := archive.row_of("testimony", t.id)) is not None
    }  # fmt: skip
    left = _find_left(vault, opened, archive, told)
    if not _others_in_force(archive.case, found, vault.today()):
        person = archive.row_of("person", found.giver)
        persons = (person,) if person is not None else ()
        done = _destroy(vault, opened, archive, act, testimonies=told, persons=persons, left=left)
        return replace(done, blocked=(found.purpose,))
    ended = replace(found, withdrawn=parse_edtf(vault.today().isoformat()))
    consents = tuple(ended if c.id == consent else c for c in archive.case.consents)
    save_case(vault, opened, archive, replace(archive.case, consents=consents), act)
    return Withdrawn(blocked=(found.purpose,), destroyed=(), records=0, files=0, drafts=(), left=left)


def _others_in_force(case: Case, withdrawn: Consent, on: date) -> bool:
    return any(
        c.giver == withdrawn.giver and c.id != withdrawn.id and permits(c, c.purpose, on) for c in case.consents
    )


def _find_left(vault: Unlocked, opened: OpenCase, archive: Archive, rows: Collection[str]) -> tuple[Left, ...]:
    names = named_rows(archive)
    return tuple(
        Left(
            what=d.what, of=d.of, recipient=d.recipient, purpose=d.purpose, at=d.at,
            testimonies=tuple(sorted(names.get(row, row) for row in set(d.testimonies) & set(rows))),
            can_be_called_back=d.purpose != STATISTICS,
        )
        for d in list_departures(vault, opened) if set(d.testimonies) & set(rows)
    )  # fmt: skip


def _destroy(
    vault: Unlocked, opened: OpenCase, archive: Archive, act: Act, *, testimonies: Collection[str],
    persons: Iterable[str], left: tuple[Left, ...],
) -> Withdrawn:  # fmt: skip
    """Shred the units, and remove every record that only they carried and every draft that rests on them."""
    names = named_rows(archive)
    # Whoever is known from these accounts only goes with them.
    only_here = known_only_from(archive.case, {names.get(row, row) for row in testimonies})
    units = frozenset((*testimonies, *persons, *(r for p in only_here if (r := archive.row_of("person", p)))))
    rows = vault.store.records(opened.id)
    gone = {row.id for row in rows if row.id in units}
    # What was destroyed before carries nothing any more.
    gone |= _carried_by(rows, units | {s.unit for s in vault.store.shreds() if s.case == opened.id})
    drafts = _resting_drafts(vault, opened, testimonies)
    decisions = resting_decisions(vault, opened, gone | units)
    files = attachment_files(vault, opened, gone)
    things = {
        "units": sorted(units), "records": sorted(gone), "drafts": sorted(set(drafts.values())),
        "reviews": len(decisions),
    }  # fmt: skip
    change = Change(
        shred=[Shred(case=opened.id, unit=unit) for unit in sorted(units)],
        remove_records=[(opened.id, row) for row in sorted(gone.union(drafts, decisions))],
    )
    vault.record(replace(act, things={**act.things, **things}), change, case=opened)
    removed = remove_files(vault, files)
    return Withdrawn(
        blocked=(), destroyed=tuple(sorted(names.get(row, row) for row in testimonies)), records=len(gone),
        files=removed, drafts=tuple(sorted(set(drafts.values()))), left=left,
    )  # fmt: skip


def _carried_by(rows: Iterable[RecordRow], units: frozenset[str]) -> set[str]:
    """The records of the case's own kinds whose newest carriers are all among the units."""
    newest: dict[str, set[str]] = {}
    for row in sorted(rows, key=lambda r: r.version):
        if row.kind not in SHAPES:
            continue
        carriers: set[str] = set()
        for compartment in COMPARTMENTS:
            sealed = getattr(row, compartment)
            if sealed is not None:
                try:
                    carriers |= {unit for unit, _ in read_carriers(sealed)}
                except Unsealable:
                    # Damaged: what carries it is not known, so it is left for the check of the vault.
                    carriers.add("")
        newest[row.id] = carriers or newest.get(row.id, set())
    return {row for row, carriers in newest.items() if carriers and carriers <= units}


def _resting_drafts(vault: Unlocked, opened: OpenCase, testimonies: Collection[str]) -> dict[str, str]:
    """Drafts not published that an assessment found to rest on an account, and their assessments: row to draft id."""
    notes = read_notes(vault, opened, (ASSESSED, DRAFT, PUBLISHED, "vote"))
    out = {note.plain["draft"] for note in notes if note.kind == PUBLISHED}
    resting = {
        note.plain["draft"] for note in notes
        if note.kind == ASSESSED and set(note.plain.get(RESTS_ON, ())) & set(testimonies)
    }  # fmt: skip
    found = {}
    for note in notes:
        draft = note.plain["id"] if note.kind == DRAFT else note.plain["draft"]
        if draft in resting - out:
            found[note.row] = draft
    return found


def list_uses(vault: Unlocked, name: str) -> tuple[Departure, ...]:
    """Everything that left a case, for whoever tells a giver what cannot be called back; leaves an entry."""
    opened = vault.open_case(name, needs=CONTENT)
    found = tuple(list_departures(vault, opened))
    vault.record(Act(action="case.departures", case=opened.id), case=opened)
    return found
