"""Lists for the estimate: the independent channels by which accounts came, not the desks that wrote them down.

Two desks fed by one broker see the same acts because the broker brought them, so they are one list. Whoever observed
an act joins nobody: that two desks can hear of one act from whoever lived it is what makes lists overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bearwitness.linkage.chains import Chain, chains_of
from bearwitness.model.claims import PersonId
from bearwitness.model.records import Testimony

_WAS_THERE: Final = frozenset({"experienced", "witnessed"})
_FROM_WHO_WAS: Final = frozenset({"told_by_victim", "told_by_witness"})
# Between the desks of one channel in its name.
JOIN: Final = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Who took an account, and everybody on its way after whoever observed the act; keys merged over all accounts.

    ``passed_on`` is None where somebody on the way is not known: that could be anybody's broker.
    """

    testimony: str
    collector: str | None
    passed_on: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Two desks that are one list: how many people passed on accounts to both, and how many more may have."""

    one: str
    other: str
    people: int
    maybe: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The lists of a case.

    ``lists`` are their names, in order: the desks of each joined by ``+``, and no person. ``list_of`` has the list of
    each account that is on one. ``without_collector`` and ``unknown_way`` count the accounts that are on none.
    """

    lists: tuple[str, ...]
    list_of: Mapping[str, str]
    merged: tuple[Merger, ...]
    without_collector: int
    unknown_way: int


def way_of(
    testimony: Testimony, key_of: Callable[[PersonId], str | None], is_known: Callable[[str], bool]
) -> Way:
    """Who took an account and who passed it on.

    Parameters
    ----------
    testimony : Testimony
        The account, with its links.
    key_of : callable
        The key of a person, the same for all accounts that mean the same person, and another for everybody of whom
        that cannot be told; None where even that is withheld.
    is_known : callable
        Whether a key stands for somebody who could be told from others.

    Raises
    ------
    LinkageError
        As of `chains_of`.
    """
    ways = chains_of(testimony, key_of)
    passed_on: set[str] = set()
    whole = True
    for way in ways:
        after = way.hops[1:]
        known = [h for h in after if h is not None and is_known(h)]
        whole = whole and len(known) == len(after) and _begins_with_observer(way, testimony)
        passed_on.update(known)
    return Way(
        testimony=testimony.id, collector=testimony.collected_by, passed_on=frozenset(passed_on) if whole else None
    )


def _begins_with_observer(way: Chain, testimony: Testimony) -> bool:
    """Whether the first of a way is the observer and nobody else.

    Somebody unknown at the beginning stands for one or more people, or for a gap whose place is not known. Only where
    no link is written, and whoever told it says that they were there, or had it from whoever was, it is one.
    """
    if way.hops[0] is not None:
        return True
    if testimony.chain:
        return False
    if way.directness in _WAS_THERE:
        return len(way.hops) == 1
    return way.directness in _FROM_WHO_WAS and len(way.hops) == 2


def find_channels(ways: Sequence[Way], alike: Iterable[tuple[str, str]] = ()) -> Channels:
    """Put desks together that anybody on the way of their accounts joins.

    Parameters
    ----------
    ways : sequence of Way
        Of all accounts.
    alike : iterable of (str, str)
        Keys of people who may be one person: as long as nobody decided that they are two, they join desks too.

    Returns
    -------
    Channels
        The same in whatever order the accounts are.
    """
    people: dict[str, set[str]] = defaultdict(set)
    desk_of: dict[str, str] = {}
    for way in ways:
        if way.collector is not None and way.passed_on is not None:
            people[way.collector] |= way.passed_on
            desk_of[way.testimony] = way.collector
    doubtful = [(a, b) for a, b in alike if a != b]
    merged = [
        m for one, other in combinations(sorted(people), 2) if (m := _merger(people, one, other, doubtful)) is not None
    ]
    name_of = _names(people, merged)
    return Channels(
        lists=tuple(sorted(set(name_of.values()))),
        list_of={testimony: name_of[desk] for testimony, desk in desk_of.items()},
        merged=tuple(merged),
        without_collector=sum(w.collector is None for w in ways),
        unknown_way=sum(w.collector is not None and w.passed_on is None for w in ways),
    )


def _merger(
    people: Mapping[str, Collection[str]], one: str, other: str, doubtful: Sequence[tuple[str, str]]
) -> Merger | None:
    here, there = set(people[one]), set(people[other])
    both = here & there
    maybe = {frozenset((a, b)) for a, b in doubtful if (a in here and b in there) or (b in here and a in there)}
    if not both and not maybe:
        return None
    # A person who is surely on both ways needs no doubt.
    return Merger(one=one, other=other, people=len(both), maybe=sum(not pair & both for pair in maybe))


def _names(people: Mapping[str, Collection[str]], merged: Iterable[Merger]) -> dict[str, str]:
    """The list of each desk, called by all desks that hang together."""
    group = {desk: {desk} for desk in people}
    for merger in merged:
        joined = group[merger.one] | group[merger.other]
        for desk in joined:
            group[desk] = joined
    return {desk: JOIN.join(sorted(desks)) for desk, desks in group.items()}


def pattern_of(accounts: Iterable[str], channels: Channels) -> str | None:
    """On which lists an act is: a digit for each list in order; None where no account of it is on any."""
    on = {channels.list_of[a] for a in accounts if a in channels.list_of}
    return "".join("1" if name in on else "0" for name in channels.lists) if on else None
