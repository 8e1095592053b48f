"""What estimates are proved by, at length: intervals over invented worlds, and ranks of truths among draws."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from coverage_campaign import SEED, ScenarioCoverage, prove_coverage
from delay_calibration import rank_truths
from latent_exact import calibration_ranks
from scipy.stats import chisquare

from bearwitness.engines.estimate_cache import EstimateCache

# Of each proof; the environment may ask for fewer, and the page then says how many.
SIZES = {"BEARWITNESS_COVERAGE_WORLDS": 500, "BEARWITNESS_LATENT_WORLDS": 2000, "BEARWITNESS_DELAY_WORLDS": 500}
LATENT_SEED, DELAY_SEED = 31, 41
HEAD = """# Estimates under proof, at length

**Coverage.** Worlds whose number of acts is known, of five kinds, none of which the models were made for; the interval
at 95 % of the number that is given either holds the truth or does not. **Ranks.** Truths drawn from a model's own
prior, and their rank among the draws of its posterior: if the sampler is right every rank is equally probable
(simulation-based calibration; Talts and others 2018). Written by `python3 dev.py prove estimates`.
"""


def size_of(name: str) -> int:
    """How many worlds a proof has."""
    return int(os.environ.get(name, SIZES[name]))


def write_page(said: str, cache: Path | None = None) -> tuple[str, bool]:
    """The page, and whether ranks are even; coverage is told as it is."""
    worlds = size_of("BEARWITNESS_COVERAGE_WORLDS")
    found = prove_coverage(worlds=worlds, cache=EstimateCache(cache) if cache else None)
    parts = [HEAD, said, "", *_coverage(found, worlds)]
    ranks = calibration_ranks(size_of("BEARWITNESS_LATENT_WORLDS"), LATENT_SEED)
    rows = [("number of acts, latent classes", *_even(np.bincount(ranks // 2, minlength=10)), len(ranks))]
    number = size_of("BEARWITNESS_DELAY_WORLDS")
    # So many worlds a bin that the chi-square distribution holds.
    bins = max(2, min(20, number // 10))
    delays, failed = rank_truths(number, seed=DELAY_SEED, bins=bins)
    rows += [(f"delay model: {name}", *_even(np.bincount(b, minlength=bins)), number) for name, b in delays.items()]
    parts += [f"## Ranks\n\nSeeds {LATENT_SEED} and {DELAY_SEED}. Checks of the delay model failed in {failed} of "
              f"{number} worlds, which were kept.\n", "| what | worlds | bins | fewest and most in a bin | p |",
              "| --- | --- | --- | --- | --- |"]  # fmt: skip
    parts += [
        f"| {name} | {of} | {bins} | {low} to {high} | {p:.3f} |" for name, bins, low, high, p, of in rows
    ]  # fmt: skip
    # One in a thousand for each, so that a dozen of them hardly ever fail by chance.
    return "\n".join([*parts, ""]), all(p > 0.001 for _, _, _, _, p, _ in rows)


def _even(counts: np.ndarray) -> tuple[int, int, int, float]:
    return len(counts), int(counts.min()), int(counts.max()), float(chisquare(counts).pvalue)


def _coverage(found: Sequence[ScenarioCoverage], worlds: int) -> list[str]:
    lines = [
        f"## Coverage\n\n{worlds} worlds in each scenario, seed {SEED}, set before the first run.\n",
        "| scenario | number | given | refused | hold the truth | end below it | begin above it |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in found:
        for name, covered in (("given", one.given), *one.by_model.items()):
            lines.append(
                f"| {one.scenario} | {name.replace('_', ' ')} | {covered.given} | {covered.refused:.1%} | "
                f"{covered.share:.1%} | {covered.too_low} | {covered.too_high} |"
            )
    return [*lines, ""]
