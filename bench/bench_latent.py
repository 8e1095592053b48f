"""Latent classes on published tables: Kosovo, Kosovo a hundred times as large, the Netherlands from twenty seeds."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from measuring import record

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from capture_tables import published

from bearwitness.estimation.latent_class import Effort, estimate_latent, latent_number
from bearwitness.estimation.latent_diagnostics import effective, r_hat, tail_effective
from bearwitness.estimation.latent_kernel import draw_prior, sweep
from bearwitness.estimation.latent_tempering import Problem, go_on, problem_of, start
from bearwitness.estimation.latent_unseen import draw_unseen
from bearwitness.estimation.lists import CaptureTable
from bearwitness.estimation.outcome import Refusal

SEED = 7
KNOWN = {0.025: 9042, 0.5: 10430, 0.975: 13870}
SEEDS = 20
SWEEPS = 300_000


def _problem(table: CaptureTable) -> Problem:
    return problem_of(table, most=21 * table.observed, classes=10, shape=0.25, rate=0.25)


def kosovo() -> None:
    """Eight ladders; the error of each quantile is that of its mean over ladders."""
    problem = _problem(published("kosovo"))
    go_on(start(problem, np.random.default_rng(0)), 10)
    began = time.process_time()
    ladders = [start(problem, np.random.default_rng(s)) for s in np.random.SeedSequence(SEED).spawn(8)]
    for ladder in ladders:
        go_on(ladder, 16_000)
    seconds = time.process_time() - began
    draws = np.array([ladder.draws[2000:] for ladder in ladders])
    told, near = [], True
    for level, known in KNOWN.items():
        each = np.quantile(draws, level, axis=1)
        error = each.std(ddof=1) / np.sqrt(len(each))
        found = np.quantile(draws, level)
        near &= bool(abs(found - known) <= 3 * error)
        told.append(f"{found:,.0f} ± {error:.0f}")
    rate = effective(draws) / seconds
    record(
        "latent_kosovo", what="latent classes, Kosovo, K = 10: quantiles at 2.5, 50 and 97.5 %; draws on one core",
        asked="9,042 / 10,430 / 13,870 within three Monte Carlo errors; 84 effective draws a second with burn-in",
        measured=f"{' / '.join(told)}; R-hat {r_hat(draws):.4f}, tail {tail_effective(draws):,.0f}; {rate:.0f} a s",
        reached=near and rate >= 84, seed=SEED,
    )  # fmt: skip


def _single_chain(problem: Problem, seed: int) -> float:
    """The median of one chain without levels: what a sampler says that cannot leave a mode."""
    rng = np.random.default_rng(seed)
    lam, logw = np.empty((problem.on.shape[1], problem.classes)), np.empty(problem.classes)
    alpha = draw_prior(rng, problem.prior, lam, logw)
    found, seen = [], int(problem.counts.sum())
    for t in range(SWEEPS):
        alpha = sweep(rng, problem.on, problem.counts, problem.room, problem.prior, alpha, lam, logw)
        if t % 100 == 0 and t > SWEEPS // 3:
            chance = float(np.exp(logw) @ (1.0 - np.prod(1.0 - lam, axis=0)))
            found.append(seen + draw_unseen(rng, seen, chance, problem.room))
    return float(np.median(found))


def netherlands() -> None:
    """Twenty seeds, and six single chains beside them."""
    table = published("netherlands")
    estimates = [estimate_latent(table, seed=seed, effort=Effort(rounds=12_000)) for seed in range(SEEDS)]
    words = [latent_number(estimate) for estimate in estimates]
    said = {word.reason if isinstance(word, Refusal) else "number" for word in words}
    medians = [estimate.quantile(0.5) for estimate in estimates]
    chains = sorted(_single_chain(_problem(table), seed) for seed in range(6))
    same = said != {"number"} and len(said) == 1
    record(
        "latent_netherlands", what=f"latent classes, Netherlands, five lists, {SEEDS} seeds",
        asked="medians within 5 %, or the same refusal from every seed",
        measured=f"{', '.join(sorted(said))} from {SEEDS} seeds; refused medians {min(medians):,.0f} to "
        f"{max(medians):,.0f}; single chains say " + ", ".join(f"{x:,.0f}" for x in chains),
        reached=same or (said == {"number"} and max(medians) <= 1.05 * min(medians)), seed=0,
    )  # fmt: skip


def kosovo_large() -> None:
    """A hundred times the acts, by default effort."""
    small = published("kosovo")
    table = CaptureTable(stratum="kosovo_100", lists=small.lists, counts=100 * small.counts)
    began = time.perf_counter()
    estimate = estimate_latent(table, seed=SEED)
    word = latent_number(estimate)
    seconds = time.perf_counter() - began
    said = f"refused, {word.reason}" if isinstance(word, Refusal) else f"{word.median:,.0f}"
    record(
        "latent_kosovo_100", what="latent classes, Kosovo x 100 (440,000 acts)",
        asked="R-hat under 1.01 or a refusal, under 5 minutes on 2 cores",
        measured=f"{said} (R-hat {estimate.rhat:.3f}) in {seconds:.0f} s on one core",
        reached=seconds < 300 and (isinstance(word, Refusal) or estimate.rhat <= 1.01), seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    kosovo()
    kosovo_large()
    netherlands()
