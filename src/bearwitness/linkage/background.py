"""How often two accounts of different households agree by chance, in the archive at hand.

The stated probabilities are those of a whole country over ten years; an archive holds what reached one organisation,
often from one border town in one winter, where agreement on town and month says little. So each is moved towards what
pairs of the archive show. Nearly all pairs taken at random are of two households; in a small archive they are not, and
what is estimated then errs towards "agrees by chance", which keeps accounts apart until a person looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bearwitness.linkage.conditions import Record
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import level_of

# The stated probabilities weigh as much as so many pairs; the population's shares of counties, as so many accounts.
PAIRS_STATED: Final = 20.0
ACCOUNTS_STATED: Final = 20.0
# So many pairs are enough to know a probability of 0.003 to a tenth.
MOST_PAIRS: Final = 30_000


def fit_background(model: LinkModel, records: Sequence[Record]) -> LinkModel:
    """The same model with each ``u``, and the shares of counties, moved towards the archive.

    Parameters
    ----------
    model : LinkModel
        Of acts against two households, with stated probabilities.
    records : sequence of Record
        The archive: with ``id``, ``household``, ``county`` and the model's columns.

    Returns
    -------
    LinkModel
        ``u`` is (times seen + 20 x stated) / (pairs that tell + 20).
    """
    seen: dict[str, Counter[str]] = {c.name: Counter() for c in model.comparisons}
    for one, other in spread_pairs(records):
        if one["household"] == other["household"]:
            continue
        for comparison in model.comparisons:
            level = level_of(comparison, one, other)
            if level is not None:
                seen[comparison.name][level.name] += 1
    chances = {}
    for comparison in model.comparisons:
        number = seen[comparison.name].total()
        for level in comparison.levels:
            stated = PAIRS_STATED * (level.u or 0.0)
            u = (seen[comparison.name][level.name] + stated) / (number + PAIRS_STATED)
            chances[comparison.name, level.name] = (level.m or 0.0, u)
    fitted = model.with_chances(chances, model.prior)
    shares = _shares([str(r["county"]) for r in records if r.get("county")], model.frequencies.get("county", {}))
    return replace(fitted, frequencies={**model.frequencies, "county": shares})


def _shares(counties: Sequence[str], population: Mapping[str, float]) -> dict[str, float]:
    """How probable it is that an account of the archive is of each county."""
    seen = Counter(counties)
    total = len(counties) + ACCOUNTS_STATED
    return {
        county: (seen[county] + ACCOUNTS_STATED * population.get(county, 0.0)) / total
        for county in {*population, *seen}
    }  # fmt: skip


def spread_pairs(records: Sequence[Record], most: int = MOST_PAIRS) -> Iterator[tuple[Record, Record]]:
    """Pairs of records taken evenly from all of them: every pair where there are few, the same ones each time.

    Parameters
    ----------
    records : sequence of Record
        In any order; each record is in about as many pairs as every other.
    most : int
        About how many pairs.
    """
    number = len(records)
    half = number // 2
    steps = min(half, max(1, most // max(number, 1)))
    for k in range(steps):
        apart = 1 + k * half // steps
        # Half way round, each pair would come twice.
        last = half if number % 2 == 0 and apart == half else number
        for i in range(last):
            yield records[i], records[(i + apart) % number]
