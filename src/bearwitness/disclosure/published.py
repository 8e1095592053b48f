"""What earlier releases say of a household, by themselves: no draft is needed to know what was given away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bearwitness.disclosure.crowd import LEAVER, Constraint, Crowd, check_constraints, constrain
from bearwitness.disclosure.jigsaw import Household, Release, owner_of, traces_of
from bearwitness.disclosure.measure import joined_risk
from bearwitness.disclosure.told_cells import HouseholdTables
from bearwitness.model.assessment import Risk
from bearwitness.model.claims import Claim, HouseholdId
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy


class Published(NamedTuple):
    """One release as it speaks of one household."""

    entry: LedgerEntry
    claims: tuple[Claim, ...]
    constraints: tuple[Constraint, ...]
    labels: frozenset[str]
    traces: frozenset[str]
    recognised_by: frozenset[str]


def published_of(
    ledger: Ledger, leavers: Mapping[HouseholdId, Collection[str]], policy: Policy
) -> dict[HouseholdId, tuple[Published, ...]]:
    """Per household the releases that speak of it, in the order of publication.

    Parameters
    ----------
    ledger : Ledger
        Everything published so far.
    leavers : mapping of HouseholdId to collection of str
        Ids of those who left, per household of the record; the first by id stands for the variable of the one who
        left, as in a draft.
    policy : Policy
        How few of the days of a lag are counted.

    Raises
    ------
    ClaimError
        If what was published of one household cannot all be true; names releases and claims.
    """
    found: dict[HouseholdId, list[Published]] = {}
    for entry in sorted(ledger.entries, key=lambda e: (e.published, e.id)):
        for home in dict.fromkeys(p.household for p in entry.personas):
            shown = [p for p in entry.personas if p.household == home]
            found.setdefault(home, []).append(_published(entry, shown, _owners(leavers.get(home, ())), policy))
    for releases in found.values():
        check_constraints(c for r in releases for c in r.constraints)
    return {home: tuple(releases) for home, releases in found.items()}


def _owners(leavers: Collection[str]) -> dict[str, str]:
    first = sorted(leavers)[:1]
    return {"": LEAVER, LEAVER: LEAVER, **dict.fromkeys(first, LEAVER)}


def _published(
    entry: LedgerEntry, shown: Sequence[LedgerPersona], owners: Mapping[str, str], policy: Policy
) -> Published:
    claims = tuple(c for p in shown for c in p.claims if not c.changed)
    return Published(
        entry=entry,
        claims=claims,
        constraints=tuple(
            constrain(c, about=owner_of(c, owners), lag_share=policy.lag_share)._replace(claim=f"{entry.id}/{c.id}")
            for c in claims
        ),
        labels=frozenset(p.label for p in shown if p.label),
        traces=frozenset().union(*(p.images | p.quotations for p in shown)),
        recognised_by=traces_of(entry.outlet, shown),
    )


def risk_after(
    releases: Sequence[Published], at: int, crowd: Crowd, policy: Policy, odds: float = 1.0,
    tables: HouseholdTables | None = None,
) -> Risk:  # fmt: skip
    """The risk that one release makes together with all published before it, by today's frames.

    Parameters
    ----------
    releases : sequence of Published
        About one household, in the order of publication.
    at : int
        Which one is the latest that counts.
    crowd : Crowd
        The adversary and its frames.
    policy : Policy
        Its link probability counts where two releases share neither a name in one outlet, an image nor a quotation.
    odds : float
        Prior odds ratio of the household.
    tables : HouseholdTables, optional
        What tables that were printed by then tell of it.
    """
    own = releases[at]
    earlier = tuple(Release(r.entry.id, r.constraints, _bound(own, r, policy), r.recognised_by) for r in releases[:at])
    household = Household(
        id=HouseholdId(""), label="", claims=(), draft=own.constraints, releases=earlier, owners={}, tables=tables
    )
    return joined_risk(household, crowd, odds)


def _bound(one: Published, other: Published, policy: Policy) -> float:
    same_name = one.entry.outlet == other.entry.outlet and bool(one.labels & other.labels)
    return 1.0 if same_name or one.traces & other.traces else policy.link
