"""The delay model and the chain ladder on invented worlds, as of days long past, against what came in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from delay_worlds import CHANNELS, FIRST, DelayWorld, final_counts, known_by, make_reports, month_end, months_between

from bearwitness.engines.delay_model import DelaySettings, delay_draws
from bearwitness.errors import EstimationError
from bearwitness.estimation.chain_ladder import chain_ladder
from bearwitness.estimation.delay_priors import TailPrior
from bearwitness.estimation.delay_scores import covers, ladder_draws, ranked_probability_score
from bearwitness.estimation.triangle import all_channels, monthly_triangles

LEVEL = 0.9


@dataclass(frozen=True)
class Scored:
    """One month as of one day: how old it was, what came, whether intervals held it, and the scores.

    ``ladder`` and ``ladder_held`` are None where the chain ladder says nothing; ``held`` and ``score`` are of acts
    within the longest delay, ``ever_held`` of all.
    """

    age: int
    truth: int
    held: bool
    score: float
    ever_held: bool
    ladder_held: bool | None
    ladder: float | None


@dataclass(frozen=True)
class Refused:
    """The model gave no number as of one day, and why."""

    why: str


def backtest(
    world: DelayWorld, seed: int, as_of: Sequence[int], *, longest: int, ages: int, tail: TailPrior,
    settings: DelaySettings,
) -> Iterator[list[Scored] | Refused]:  # fmt: skip
    """Forecast the newest months as of the ends of some months of a world, and score that."""
    reports = make_reports(world, seed)
    for number in as_of:
        day = month_end(number)
        start = months_between(FIRST, day) - settings.window + 1
        known = [r for r in known_by(reports, day, longest) if months_between(FIRST, r.act) >= start]
        triangles = monthly_triangles(known, as_of=day, channels=CHANNELS, longest=longest,
                                      first=month_end(start))  # fmt: skip
        try:
            drawn = delay_draws(triangles, tail=tail, seed=seed + number, settings=settings)
        except EstimationError as error:
            yield Refused(str(error))
            continue
        in_time = final_counts(reports, drawn.periods, longest)
        ever = final_counts(reports, drawn.periods, None)
        ladder = chain_ladder(all_channels(triangles)).periods
        rng = np.random.default_rng([seed, number])
        rows = []
        for age in range(ages):
            place = len(drawn.periods) - 1 - age
            row, rival = drawn.in_time[:, place], None
            if ladder[place].estimate is not None:
                rival = ladder_draws(ladder[place].reported, ladder[place].estimate, ladder[place].error, len(row), rng)
            rows.append(Scored(
                age=age, truth=in_time[place], held=covers(row, in_time[place], LEVEL),
                score=ranked_probability_score(row, in_time[place]),
                ever_held=covers(drawn.ever[:, place], ever[place], LEVEL),
                ladder_held=None if rival is None else covers(rival, in_time[place], LEVEL),
                ladder=None if rival is None else ranked_probability_score(rival, in_time[place]),
            ))  # fmt: skip
        yield rows
