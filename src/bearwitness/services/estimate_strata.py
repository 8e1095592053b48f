"""Acts divided into strata by what is recorded of them; what is not recorded is drawn, once for each clustering.

A cluster of accounts may say nothing of a field, or contradict itself. Its stratum is then one of those that it leaves
possible; which, is drawn anew for each clustering (`bearwitness.estimation.missing_fields`). One draw would be too
sure; over all clusterings the draws differ as much as the doubt is large.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final, Literal, get_args

import numpy as np

from bearwitness.errors import EstimationError
from bearwitness.estimation.missing_fields import MOST_INCOMPLETE, PartialAct, complete_tables
from bearwitness.linkage.conditions import Record
from bearwitness.model.records import Case
from bearwitness.services.accounts import records_of

By = Literal["kind", "province", "year"]
FIELDS: Final[tuple[By, ...]] = get_args(By)
# The stratum of all acts, where they are not divided.
ALL_ACTS: Final = "all"
# Of acts that nothing at all is known of anywhere.
UNKNOWN: Final = "unknown"
# A date that allows more years than this says nothing of its year.
_MOST_YEARS: Final = 60

Values = tuple[frozenset[str] | None, ...]
Cells = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPlace:
    """One act of one clustering: its pattern of lists, and for each field what its accounts leave possible.

    None where they say nothing of a field.
    """

    pattern: str
    values: Values

    @property
    def is_known(self) -> bool:
        """Whether every field has one value."""
        return all(v is not None and len(v) == 1 for v in self.values)


def field_values(case: Case, by: Sequence[By]) -> Mapping[str, Values]:
    """For each record of an act, what it says of each field; None where it says nothing.

    The kind is the first word of its code, since accounts differ in how much more they know; the province is that of
    the place, or of the home where that leaves no doubt.
    """
    records = records_of(case)
    homes = {str(h["id"]): h["home"] for h in records.households}
    found = {}
    for act in records.acts:
        said = {
            "kind": frozenset({str(act["kind"]).partition("/")[0]}),
            "province": _province(act["place"] or homes.get(str(act["household"]))),
            "year": _years(act),
        }
        found[str(act["id"])] = tuple(said[field] for field in by)
    return found


def _province(path: object) -> frozenset[str] | None:
    return frozenset({str(path).partition("/")[0]}) if path else None


def _years(act: Record) -> frozenset[str] | None:
    low, high = act["when_lo"], act["when_hi"]
    if not isinstance(low, int) or not isinstance(high, int):
        return None
    first, last = date.fromordinal(low).year, date.fromordinal(high).year
    return frozenset(str(y) for y in range(first, last + 1)) if last - first < _MOST_YEARS else None


def merge_values(said: Sequence[Values]) -> Values:
    """What the records of one act say together: what all allow, or where they contradict each other, what any does."""
    merged = []
    for field in zip(*said, strict=True):
        told = [v for v in field if v is not None]
        both = frozenset.intersection(*told) if told else None
        merged.append(both or (frozenset.union(*told) if told else None))
    return tuple(merged)


def name_strata(clusterings: Sequence[Sequence[ActPlace]]) -> tuple[str, ...]:
    """Every stratum that an act is in, in order; of acts that fit none of those, all that they may be in."""
    known = {_only(act) for acts in clusterings for act in acts if act.is_known}
    apart = {c for acts in clusterings for act in acts if not _fitting(act, known) for c in _possible(act)}
    return tuple(sorted("/".join(c) for c in known | apart))


def divide(
    acts: Sequence[ActPlace], lists: Sequence[str], strata: Sequence[str], rng: np.random.Generator
) -> Mapping[str, Cells]:
    """How many acts of each stratum have each pattern, with what is not known drawn.

    Parameters
    ----------
    acts : sequence of ActPlace
        Of one clustering, in the order in which they are drawn.
    lists : sequence of str
        Three to ten.
    strata : sequence of str
        From `name_strata`, of all clusterings.
    rng : numpy.random.Generator
        The same state, the same tables.

    Raises
    ------
    EstimationError
        More than half of the acts lack a field.
    """
    doubtful = sum(not act.is_known for act in acts)
    if doubtful > MOST_INCOMPLETE * len(acts):
        raise EstimationError(
            f"{doubtful} of {len(acts)} acts lack a field by which they are divided, or contradict themselves in it.",
            hint="Divide by fewer fields, or code what can be found out with bearwitness act code.",
        )
    every = {tuple(s.split("/")) for s in strata}
    partial = [
        PartialAct(pattern=a.pattern, strata=tuple("/".join(c) for c in _fitting(a, every) or _possible(a)))
        for a in acts
    ]
    (tables,) = complete_tables(partial, lists=lists, strata=strata, draws=1, rng=rng)
    return {
        table.stratum: {
            format(place, f"0{len(lists)}b"): int(table.counts[place]) for place in np.flatnonzero(table.counts)
        }
        for table in tables
    }  # fmt: skip


def _only(act: ActPlace) -> tuple[str, ...]:
    return tuple(next(iter(v)) for v in act.values if v is not None)


def _fitting(act: ActPlace, strata: Collection[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those strata that an act may be in."""
    return [s for s in sorted(strata) if all(v is None or x in v for x, v in zip(s, act.values, strict=True))]


def _possible(act: ActPlace) -> list[tuple[str, ...]]:
    """Every combination of what an act's accounts leave possible; a field of which they say nothing is unknown."""
    return sorted(product(*(sorted(v) if v is not None else [UNKNOWN] for v in act.values)))
