"""From the record of a case to tables of captures: one for each stratum and each clustering that its doubt allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import FEWEST_LISTS, MOST_LISTS
from bearwitness.linkage.channels import Channels, Way, find_channels, pattern_of, way_of
from bearwitness.linkage.pair_graph import Clustering
from bearwitness.model.claims import PersonId
from bearwitness.model.codec.context import fold
from bearwitness.services.accounts import accounts_by_act
from bearwitness.services.archive import WITHHELD
from bearwitness.services.estimate_strata import (
    ALL_ACTS,
    ActPlace,
    By,
    divide,
    field_values,
    merge_values,
    name_strata,
)
from bearwitness.services.review_acts import WHOLE, people_alike
from bearwitness.services.review_facts import ReviewDesk, open_review
from bearwitness.services.review_samples import SAMPLES, draw
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.trail import Act as Step

# Before the key of somebody who cannot be told from others.
_NOBODY: Final = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumTables:
    """One stratum: its lists, and one table for each clustering.

    ``empty`` are lists of the case without any act here in any clustering; they are left out.
    """

    stratum: str
    lists: tuple[str, ...]
    tables: tuple[Mapping[str, int], ...]
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTables:
    """What a case gives to the estimate.

    ``known`` are how many acts the record has, ``off_lists`` how many of them no list has, and ``drawn`` how many had
    an unknown field, at the least and at the most over the clusterings.
    """

    strata: tuple[StratumTables, ...]
    channels: Channels
    clusterings: int
    known: tuple[int, int]
    off_lists: tuple[int, int]
    drawn: tuple[int, int]


def read_record(
    vault: Unlocked, name: str, *, by: Sequence[By] = (), seed: int, count: int = SAMPLES
) -> RecordTables:
    """Make the tables of a case; leaves an entry.

    Parameters
    ----------
    vault : Unlocked
        By a member with identity, chain and content of the case: without the chains nobody can say what a list is.
    name : str
        The case.
    by : sequence of str
        The fields by which acts are divided.
    seed : int
        The same seed gives the same tables of the same record.
    count : int
        How many clusterings are drawn.

    Raises
    ------
    AccessDenied
        Without one of the compartments; the refusal is in the trail.
    LinkageError
        If a chain returns to somebody who had told it before, or decisions contradict each other.
    EstimationError
        If an account's desk is called like a person of the case.
    """
    desk = open_review(vault, name, needs=WHOLE)
    step = Step(action="estimate.acts", case=desk.opened.id, things={"samples": count})
    with vault.refusing(step, case=desk.opened):
        found = _tables(desk, channels_of(desk), draw(desk, seed=seed, count=count), tuple(by), seed)
    vault.record(step, case=desk.opened)
    return found


def channels_of(desk: ReviewDesk) -> Channels:
    """The lists of a case, from a desk that is open with all that `read_record` needs; errors as there."""
    _check_desks(desk)
    one = desk.groups("person")
    alike = [(one.get(a, a), one.get(b, b)) for a, b in people_alike(desk)]
    return find_channels(_ways(desk, one), alike)


def _check_desks(desk: ReviewDesk) -> None:
    """No person's name may get into a report as that of a desk."""
    names = {"".join(fold(n.text).split()) for p in desk.case.persons for n in p.names}
    names |= {str(p.id) for p in desk.case.persons}
    wrong = [t.id for t in desk.case.testimonies if t.collected_by and t.collected_by.replace("-", "") in names]
    wrong += [t.id for t in desk.case.testimonies if t.collected_by in names and t.id not in wrong]
    if wrong:
        raise EstimationError(
            f"the desk that took testimony {wrong[0]} is called like a person of the case.",
            hint="Write the organisation or desk in collected_by, not who worked there.",
        )


def _ways(desk: ReviewDesk, one: Mapping[str, str]) -> list[Way]:
    named = {str(p.id) for p in desk.case.persons if p.names}

    def key_of(person: PersonId) -> str | None:
        if person == WITHHELD:
            return None
        key = str(person)
        # Two records without any name may be of one person: each is somebody of their own, and not known.
        return one[key] if key in named and key in one else f"{_NOBODY}{key}"

    return [way_of(t, key_of, lambda key: not key.startswith(_NOBODY)) for t in desk.case.testimonies]


def _tables(
    desk: ReviewDesk, channels: Channels, clusterings: Sequence[Clustering], by: tuple[By, ...], seed: int
) -> RecordTables:
    told = accounts_by_act(desk.case)
    values = field_values(desk.case, by)
    every = []
    for clustering in clusterings:
        patterns = [pattern_of((t for act in cluster for t in told.get(act, ())), channels) for cluster in clustering]
        said = [merge_values([values[act] for act in cluster]) for cluster in clustering]
        every.append([
            ActPlace(pattern=p, values=v) for p, v in zip(patterns, said, strict=True) if p is not None
        ])  # fmt: skip
    off = [len(clustering) - len(acts) for clustering, acts in zip(clusterings, every, strict=True)]
    drawn = [sum(not act.is_known for act in acts) for acts in every]
    # Where no stratum can have a number, there is no use in dividing acts.
    if by and FEWEST_LISTS <= len(channels.lists) <= MOST_LISTS:
        strata = name_strata(every)
        rngs = [np.random.default_rng((seed, index)) for index in range(len(every))]
        divided = [divide(acts, channels.lists, strata, rng) for acts, rng in zip(every, rngs, strict=True)]
    else:
        strata = (ALL_ACTS,)
        divided = [{ALL_ACTS: Counter(act.pattern for act in acts)} for acts in every]
    return RecordTables(
        strata=tuple(stratum_tables(s, channels.lists, [one[s] for one in divided]) for s in strata),
        channels=channels, clusterings=len(clusterings),
        known=(min(map(len, clusterings)), max(map(len, clusterings))), off_lists=(min(off), max(off)),
        drawn=(min(drawn), max(drawn)),
    )  # fmt: skip


def stratum_tables(stratum: str, lists: Sequence[str], tables: Sequence[Mapping[str, int]]) -> StratumTables:
    """The tables of a stratum without the lists that have no act in any of them."""
    used = [at for at in range(len(lists)) if any(pattern[at] == "1" for table in tables for pattern in table)]
    kept = []
    for table in tables:
        cells: Counter[str] = Counter()
        for pattern, count in table.items():
            cells["".join(pattern[at] for at in used)] += count
        kept.append(dict(sorted(cells.items())))
    return StratumTables(
        stratum=stratum, lists=tuple(lists[at] for at in used), tables=tuple(kept),
        empty=tuple(name for at, name in enumerate(lists) if at not in used),
    )  # fmt: skip
