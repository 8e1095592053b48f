"""What a draft and everything published give away together: sentence by sentence, release by release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.identifying import Told, identifying_sets
from bearwitness.disclosure.jigsaw import Household, gather_households
from bearwitness.disclosure.measure import joined_risk
from bearwitness.disclosure.published import Published, published_of, risk_after
from bearwitness.disclosure.published_tables import PublishedTables
from bearwitness.model.assessment import Risk
from bearwitness.model.claims import Claim, HouseholdId
from bearwitness.model.jigsaw import (
    GivenAway,
    HouseholdJigsaw,
    IdentifyingSet,
    Jigsaw,
    ReleaseWarning,
    Statement,
    WarningReason,
)
from bearwitness.model.publication import Decisions, Ledger, LedgerEntry, Policy
from bearwitness.model.records import Case
from bearwitness.release.consent import PUBLICATION, permits
from bearwitness.release.entry import leavers_of
from bearwitness.services.workbench import set_up
from bearwitness.services.world import crowds_of
from bearwitness.text.sentences import sentence_around

DRAFT: Final = ""


def find_jigsaw(
    draft: str | None,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Jigsaw:
    """Which sentences of a draft and of earlier releases identify a household together, and what is already out.

    Parameters
    ----------
    draft : str or None
        A new text, or None to look at what is published only.
    case, ledger, policy, decisions, today
        As ``assess`` takes them.

    Returns
    -------
    Jigsaw
        Every household that the draft or the ledger speaks of, the most exposed first.

    Raises
    ------
    BearwitnessError
        As ``assess``; and if what was published of one household cannot all be true.
    """
    ledger = ledger or Ledger()
    bench = set_up(case, ledger, policy, decisions)
    policy, on = bench.policy, bench.day(today)
    crowds = crowds_of(policy)
    published = published_of(ledger, leavers_of(case) if case else {}, policy)
    shown: tuple[Household, ...] = ()
    unresolved = 0
    if draft:
        reading = bench.read(draft, today=today)
        shown = gather_households(reading.personas, reading.claims, bench.index, policy, draft)
        unresolved = len(reading.unresolved)
    rows = [_of_draft(h, published.get(h.id, ()), crowds, policy, draft or "", bench.index.tables) for h in shown]
    known = {r.household for r in rows}
    rows += [
        _of_ledger(h, releases, crowds, policy, bench.index.tables)
        for h, releases in published.items() if h not in known
    ]  # fmt: skip
    rows = _worst_readings(rows)
    warnings = _warnings(rows, published, crowds, policy)
    if case is not None and policy.require_consent:
        warnings += _consent_warnings(case, rows, published, on)
    return Jigsaw(
        threshold=policy.threshold,
        unresolved=unresolved,
        safe=not warnings and not unresolved and all(r.upper <= policy.threshold for r in rows),
        households=tuple(sorted(rows, key=lambda r: (-r.upper, r.household))),
        warnings=tuple(warnings),
        ledger_head=bench.head,
    )


def _of_draft(
    household: Household, releases: Sequence[Published], crowds: Sequence[Crowd], policy: Policy, draft: str,
    tables: PublishedTables | None,
) -> HouseholdJigsaw:  # fmt: skip
    odds = _odds(policy, household.id)
    crowd = max(crowds, key=lambda c: joined_risk(household, c, odds).upper)
    constraints = {c.claim: c for c in household.draft}
    told = _told(DRAFT, household.claims, constraints, draft)
    for release, entry in zip(household.releases, releases, strict=True):
        told += _told(release.id, entry.claims, {c.claim: c for c in release.constraints}, None)
    upper = joined_risk(household, crowd, odds).upper
    return _row(household.id, household.label, crowd, policy, told, releases, upper, tables)


def _of_ledger(
    home: HouseholdId, releases: Sequence[Published], crowds: Sequence[Crowd], policy: Policy,
    tables: PublishedTables | None,
) -> HouseholdJigsaw:  # fmt: skip
    odds = _odds(policy, home)
    last = len(releases) - 1
    printed = tables.about(home) if tables else None
    crowd = max(crowds, key=lambda c: risk_after(releases, last, c, policy, odds, printed).upper)
    told: list[Told] = []
    for release in releases:
        told += _told(release.entry.id, release.claims, {c.claim: c for c in release.constraints}, None)
    upper = risk_after(releases, last, crowd, policy, odds, printed).upper
    label = next((label for r in releases for label in sorted(r.labels)), "")
    return _row(home, label, crowd, policy, told, releases, upper, tables)


def _told(
    release: str, claims: Sequence[Claim], constraints: Mapping[str, Constraint], draft: str | None
) -> list[Told]:
    """The statements of one release: claims that stand in one sentence are one statement."""
    by_words: dict[str, list[Constraint]] = {}
    for claim in claims:
        key = str(claim.id) if release == DRAFT else f"{release}/{claim.id}"
        by_words.setdefault(_words(claim, draft), []).append(constraints[key])
    return [Told(release, words, tuple(said)) for words, said in by_words.items()]


def _words(claim: Claim, draft: str | None) -> str:
    if claim.spans and draft is not None:
        return sentence_around(draft, claim.spans[0].start, claim.spans[0].end)
    if claim.spans:
        return claim.spans[0].quote
    return claim.says or f"{claim.attribute} ({claim.id})"


def _row(
    home: HouseholdId, label: str, crowd: Crowd, policy: Policy, told: Sequence[Told], releases: Sequence[Published],
    upper: float, tables: PublishedTables | None,
) -> HouseholdJigsaw:  # fmt: skip
    odds = _odds(policy, home)
    printed = tables.about(home) if tables else None
    told = [*told, *(_printed(e) for e in (tables.entries if tables else ()))]
    found, complete = identifying_sets(told, crowd, threshold=policy.threshold, odds=odds, tables=printed)
    history = _history(home, releases, crowd, policy, tables)
    return HouseholdJigsaw(
        household=home, label=label, adversary=crowd.adversary.id, upper=upper, complete=complete,
        sets=tuple(
            IdentifyingSet(
                statements=tuple(_statement(told[i]) for i in f.statements), candidates=f.risk.candidates,
                upper=f.risk.upper,
            )
            for f in found
        ),
        history=tuple(history),
    )  # fmt: skip


def _printed(entry: LedgerEntry) -> Told:
    """A table of counts as one statement."""
    return Told(entry.id, entry.title or entry.id, (), entry.table.dimensions if entry.table else ())


def _history(
    home: HouseholdId, releases: Sequence[Published], crowd: Crowd, policy: Policy, tables: PublishedTables | None
) -> list[GivenAway]:
    """What was known after each release about a household, and after each table that told more of it."""
    odds = _odds(policy, home)
    published = [(r.entry, at) for at, r in enumerate(releases)]
    first = releases[0].entry.published if releases else None
    printed = [e for e in (tables.entries if tables else ()) if first is not None and e.published >= first]
    found: list[GivenAway] = []
    for entry, at in sorted([*published, *((e, -1) for e in printed)], key=lambda p: (p[0].published, p[0].id)):
        last = at if at >= 0 else max((n for r, n in published if _is_before(r, entry)), default=-1)
        if last < 0:
            continue
        by_then = frozenset(e.id for e in (tables.entries if tables else ()) if not _is_before(entry, e))
        known = tables.about(home, by_then) if tables and by_then else None
        given = _given_away(entry, home, risk_after(releases, last, crowd, policy, odds, known))
        if at >= 0 or given.candidates < found[-1].candidates:
            found.append(given)
    return found


def _is_before(one: LedgerEntry, other: LedgerEntry) -> bool:
    return (one.published, one.id) < (other.published, other.id)


def _statement(told: Told) -> Statement:
    return Statement(
        release=told.release, words=told.words,
        attributes=told.table or tuple(dict.fromkeys(c.attribute for c in told.constraints)),
        claims=tuple(c.claim.rpartition("/")[2] for c in told.constraints),
    )  # fmt: skip


def _given_away(entry: LedgerEntry, home: HouseholdId, risk: Risk) -> GivenAway:
    before = [p.upper for p in entry.personas if p.household == home and p.upper is not None]
    return GivenAway(
        release=entry.id, published=entry.published, candidates=risk.candidates, upper=risk.upper,
        before=max(before, default=None),
    )  # fmt: skip


def _worst_readings(rows: Sequence[HouseholdJigsaw]) -> list[HouseholdJigsaw]:
    """One row per household: where the text leaves open who is meant, its worst reading."""
    ordered = sorted(rows, key=lambda r: (r.household, -r.upper))
    return [next(group) for _, group in groupby(ordered, key=lambda r: r.household)]


def _warnings(
    rows: Sequence[HouseholdJigsaw], published: Mapping[HouseholdId, Sequence[Published]], crowds: Sequence[Crowd],
    policy: Policy,
) -> list[ReleaseWarning]:  # fmt: skip
    """Per household the release with which what is out breaks the limit by today's frames."""
    found: list[ReleaseWarning] = []
    for row in rows:
        broken = next((at for at, given in enumerate(row.history) if given.upper > policy.threshold), None)
        if broken is None:
            continue
        given = row.history[broken]
        crowd = next(c for c in crowds if c.adversary.id == row.adversary)
        itself = [r for r in published[row.household] if r.entry.id == given.release]
        # A table by itself says nothing of a household.
        alone = risk_after(itself, 0, crowd, policy, _odds(policy, row.household)).upper if itself else 0.0
        why = _why(given, alone, policy.threshold)
        found.append(ReleaseWarning(release=given.release, household=row.household, why=why, upper=given.upper))
    return found


def _why(given: GivenAway, alone: float, limit: float) -> WarningReason:
    if given.before is not None:
        return "world" if given.before <= limit else "known"
    return "alone" if alone > limit else "joined"


def _consent_warnings(
    case: Case, rows: Sequence[HouseholdJigsaw], published: Mapping[HouseholdId, Sequence[Published]], on: date
) -> list[ReleaseWarning]:
    """The releases about a household whose consents to publication have all ended."""
    homes = {p.id: p.household for p in case.persons}
    consents: dict[HouseholdId, list[bool]] = {}
    for consent in case.consents:
        for home in {homes.get(person) for person in (consent.giver, *(p for p, s in consent.persons if s == "given"))}:
            if consent.purpose == PUBLICATION and home is not None:
                consents.setdefault(home, []).append(permits(consent, PUBLICATION, on))
    ended = {home for home, in_force in consents.items() if not any(in_force)}
    upper = {r.household: r.upper for r in rows}
    return [
        ReleaseWarning(release=release.entry.id, household=home, why="consent", upper=upper[home])
        for home, releases in published.items()
        if home in ended
        for release in releases
    ]


def _odds(policy: Policy, home: HouseholdId) -> float:
    return policy.suspicion.get(str(home), 1.0)
