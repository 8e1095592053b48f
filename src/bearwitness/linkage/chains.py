"""The chains of a testimony: from whoever observed the act, by whoever passed it on, to whoever told the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from bearwitness.errors import LinkageError
from bearwitness.model.claims import PersonId
from bearwitness.model.records import Directness, Testimony

Hop = str | None
# Somebody of one testimony: a key, or in a tuple the id of somebody who has none.
_Node = str | tuple[PersonId]
_WAS_THERE: Final = frozenset({"experienced", "witnessed"})
# A testimony with more ways than this was not written down by hand.
_MOST_ROUTES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One way by which an account came: the observer first, whoever gave it to the record last.

    ``hops``: the keys of people, merged over all accounts by the caller; None stands for one or more people who are
    not known. ``directness`` is the testimony's.
    """

    testimony: str
    hops: tuple[Hop, ...]
    directness: Directness

    def __post_init__(self) -> None:
        known = [h for h in self.hops if h is not None]
        if not self.hops or len(set(known)) != len(known):
            raise ValueError("a chain has at least one hop, and nobody twice")

    @property
    def first_hand(self) -> bool:
        """Whether somebody who was there told the record with nobody between."""
        return self.directness in _WAS_THERE and len(self.hops) == 1


def chains_of(testimony: Testimony, key_of: Callable[[PersonId], Hop]) -> tuple[Chain, ...]:
    """Every way by which a testimony came; one, unless its links branch.

    Links may stand in any order. Where the record is silent, somebody unknown is put in, never somebody known:

    - The teller is the observer where they say that they lived or saw it and no link says who told them.
    - Else the observer is the first teller of the links; unknown where there are no links, where a third party told
      it but the links name nobody before that party, and where it is inferred or nothing is said of it.
    - Links that do not reach the teller have an unknown middleman before the teller. Links that go on from the
      teller are the way from there to the record, and count as much.
    - Links that hang together with no others leave a gap whose place is not known: every way is then unknown at its
      beginning.
    - A document has an unknown author. It has no source of its own: two copies handed in by two people would be two
      sources, and who sells a forged document may be the one who tells the same by word of mouth.

    Parameters
    ----------
    testimony : Testimony
        The account, with its links.
    key_of : callable
        The key of a person, the same for all accounts that mean the same person; None for somebody unknown or withheld.

    Returns
    -------
    tuple of Chain
        At least one, in order of their hops; only one of them can count, since they end in one account.

    Raises
    ------
    LinkageError
        If the links return to somebody who had told it before, also after people were merged; or branch into more
        ways than can be followed.
    """
    teller = _node(testimony.teller, key_of)
    after = _links(testimony, key_of)
    if not after:
        return (_chain(testimony, (teller,), 0, apart=False),)
    try:
        TopologicalSorter(after).prepare()
    except CycleError:
        raise LinkageError(
            f"the source chain of testimony {testimony.id} returns to somebody who had told it before.",
            hint="Correct its links, or undo the decision that made two of its people one.",
        ) from None
    heard = {node for hearers in after.values() for node in hearers}
    starts = sorted((n for n in after if n not in heard), key=_order)
    apart = teller in after and not _hang_together(after)
    found: dict[tuple[Hop, ...], Chain] = {}
    for route in (r for start in starts for r in _routes(after, start)):
        if teller in route:
            chain = _chain(testimony, route, route.index(teller), apart=apart)
        else:
            chain = _chain(testimony, (*route, None, teller), len(route) + 1, apart=False)
        found[chain.hops] = chain
        if len(found) > _MOST_ROUTES:
            raise LinkageError(
                f"the source chain of testimony {testimony.id} branches into more than {_MOST_ROUTES:,} ways.",
                hint="Split the account into those that came separately, or correct its links.",
            )
    return _shortest(found)


def _node(person: PersonId, key_of: Callable[[PersonId], Hop]) -> _Node:
    key = key_of(person)
    return (person,) if key is None else key


def _order(node: _Node) -> tuple[bool, str]:
    return (True, node[0]) if isinstance(node, tuple) else (False, node)


def _links(testimony: Testimony, key_of: Callable[[PersonId], Hop]) -> dict[_Node, set[_Node]]:
    """Who told whom; whoever told nobody is there with an empty set."""
    after: dict[_Node, set[_Node]] = {}
    for link in testimony.chain:
        hearer = _node(link.hearer, key_of)
        after.setdefault(_node(link.teller, key_of), set()).add(hearer)
        after.setdefault(hearer, set())
    return after


def _hang_together(after: dict[_Node, set[_Node]]) -> bool:
    beside: dict[_Node, set[_Node]] = {node: set() for node in after}
    for node, hearers in after.items():
        for hearer in hearers:
            beside[node].add(hearer)
            beside[hearer].add(node)
    waiting = [next(iter(after))]
    seen = set(waiting)
    while waiting:
        new = beside[waiting.pop()] - seen
        seen |= new
        waiting.extend(new)
    return len(seen) == len(after)


def _routes(after: dict[_Node, set[_Node]], start: _Node) -> Iterator[tuple[_Node, ...]]:
    """Every way from a start to somebody who told nobody else, without recursion."""
    waiting: list[tuple[_Node, ...]] = [(start,)]
    while waiting:
        route = waiting.pop()
        if not after[route[-1]]:
            yield route
        waiting.extend((*route, node) for node in sorted(after[route[-1]], key=_order, reverse=True))


def _chain(testimony: Testimony, route: tuple[_Node | None, ...], before: int, *, apart: bool) -> Chain:
    """The chain of one way; ``before`` is how many hops stand before the teller."""
    hops: list[Hop] = [None] if apart or _hides_observer(testimony.directness, before) else []
    for node in route:
        hop = node if isinstance(node, str) else None
        # Unknown people in a row are no more than "one or more people who are not known".
        if hop is not None or not hops or hops[-1] is not None:
            hops.append(hop)
    return Chain(testimony=testimony.id, hops=tuple(hops), directness=testimony.directness)


def _hides_observer(directness: Directness, before: int) -> bool:
    """Whether the first person named cannot be taken for the observer."""
    if directness in _WAS_THERE:
        return False
    if directness in ("told_by_victim", "told_by_witness"):
        return before < 1
    # A third party was told themselves: with one person before the teller, that person is the third party.
    return directness != "told_by_third_party" or before < 2


def _shortest(found: dict[tuple[Hop, ...], Chain]) -> tuple[Chain, ...]:
    """The chains that do not hold all the people of a shorter one: those can be left out of any count."""
    kept: list[tuple[frozenset[Hop], Chain]] = []
    for hops in sorted(found, key=lambda hops: (len(hops), [(h is None, h or "") for h in hops])):
        people = frozenset(hops)
        if not any(shorter <= people for shorter, _ in kept):
            kept.append((people, found[hops]))
    return tuple(chain for _, chain in kept)
