"""How many independent sources an act has, and with what words that may be said."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

from bearwitness.linkage.chains import Chain
from bearwitness.linkage.disjoint import most_disjoint

Level = Literal["no_account", "inferred", "document", "one_account", "one_present", "two_accounts", "three_or_more"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Independence:
    """How many accounts have nobody in common: at the least, whoever the unknown people are, and at the most."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """How well an act is told of: a number and a level, and nobody's name.

    ``first_hand``: whether the accounts counted can include one by somebody who was there and told the record
    themselves.
    """

    independence: Independence
    level: Level
    first_hand: bool


def count_independent(chains: Iterable[Chain]) -> Independence:
    """How many accounts of an act have nobody in common, with both bounds for the people who are not known.

    Two accounts are independent where nobody observed, passed on or told both. What counts are whole chains: people
    who appear in several may not be put together to a chain that nobody told of.

    The upper bound takes every unknown person for somebody else, on no other chain: any other truth only makes chains
    meet, so it has no more disjoint ones.

    The lower bound has to hold whoever they are. Taking all unknown people for one and the same is not enough: the
    unknown broker of one account may be the neighbour who is the whole of another, and different unknown people may be
    different known ones. So a chain with an unknown person never counts beside others. Disjoint chains without
    unknown people stay disjoint whoever the unknown are; hence the truth is at least their number, and at least 1
    where there is any chain. It is close: where all unknown people are one known person, no more than one of their
    chains can be added, so the truth can be as low as the lower bound or one above it.

    Parameters
    ----------
    chains : iterable of Chain
        All chains of all testimonies that tell of the act. Chains of one testimony count once, as alternatives.

    Returns
    -------
    Independence
        Both 0 without chains. Exact for what a person could have written down; with thousands of chains of one act
        that cross each other, ``lower`` may be less than the largest number and ``upper`` more, never the other way.
    """
    every = tuple(chains)
    if len(every) < 2:
        return Independence(lower=len(every), upper=len(every))
    known = [_route(chain) for chain in every if None not in chain.hops]
    counted = most_disjoint(known)
    if len(known) == len(every):
        return Independence(lower=counted.found, upper=counted.at_most)
    distinct = [_route(chain, at) for at, chain in enumerate(every)]
    return Independence(lower=max(1, counted.found), upper=most_disjoint(distinct).at_most)


def corroborate(chains: Iterable[Chain]) -> Corroboration:
    """The level to which an act is corroborated, by the lower bound and the most direct of its chains.

    The usual standard of proof of inquiries, reasonable grounds to believe, asks for a reliable body of information,
    consistent with other material, from which a reasonable and ordinarily prudent person would believe that it
    happened (for one, the commission of inquiry on the Democratic People's Republic of Korea, A/HRC/25/CRP.1, 2014,
    on its methods). Here that is: two accounts or more with ``first_hand``. One person who was there, or hearsay
    alone however often, does not reach it by number; whether something else makes up for that is for people to
    decide, who also judge how reliable each source is.

    Parameters
    ----------
    chains : iterable of Chain
        All chains of all testimonies that tell of the act.

    Returns
    -------
    Corroboration
        Level ``one_account`` for what goes back to one source, however many tell it; ``one_present`` if that source
        was there and told the record; ``document`` and ``inferred`` where there is nothing else.
    """
    every = tuple(chains)
    independence = count_independent(every)
    lower = independence.lower
    if lower >= 2:
        # A chain of one known person shares people with at most one of a largest choice, and can stand in its place.
        first_hand = any(c.first_hand and None not in c.hops for c in every)
        return Corroboration(
            independence=independence, level="two_accounts" if lower == 2 else "three_or_more", first_hand=first_hand,
        )  # fmt: skip
    first_hand = any(c.first_hand for c in every)
    return Corroboration(independence=independence, level=_single(every, first_hand), first_hand=first_hand)


def _single(chains: tuple[Chain, ...], first_hand: bool) -> Level:
    kinds = {chain.directness for chain in chains}
    if first_hand:
        return "one_present"
    if kinds - {"document", "inferred"}:
        return "one_account"
    if "document" in kinds:
        return "document"
    return "inferred" if kinds else "no_account"


def _route(chain: Chain, at: int = 0) -> tuple[Hashable, ...]:
    """The people of a chain and, last, its testimony; each unknown person is somebody of their own."""
    people: tuple[Hashable, ...] = chain.hops
    if None in chain.hops:
        people = tuple((at, n) if hop is None else hop for n, hop in enumerate(chain.hops))
    return (*people, (chain.testimony,))
