"""Splink's estimates of a model's probabilities, from records without known truth."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bearwitness.engines.linking import Told, log_odds
from bearwitness.engines.settings import rule_of
from bearwitness.errors import LinkageError
from bearwitness.linkage.conditions import Dialect

# Pairs at random for u, and pairs of a block for m: enough to know a probability of 0.0001 to a tenth.
_RANDOM_PAIRS: Final = 1_000_000
_BLOCKED_PAIRS: Final = 2_000_000
# So many records show how many pairs a block has.
_PROBED: Final = 50_000


def estimate_u(linker: Any, seed: int) -> None:
    """How often two records agree by chance, from pairs at random."""
    linker.training.estimate_u_using_random_sampling(
        max_pairs=_RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )


def estimate_m(linker: Any, told: Told, dialect: Dialect, number: int) -> None:
    """Rounds of expectation-maximisation; a block that brings no two records together is passed over."""
    from splink.internals.exceptions import EMTrainingException

    rounds = 0
    for block in told.model.blocks:
        if any(told.kinds[column] == "set" for column in block):
            continue
        rule = rule_of(block) if dialect == "duckdb" else rule_of(block).replace('"', "`")
        before = linker._settings_obj.core_model_settings.copy()
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=_BLOCKED_PAIRS,
                record_sample_proportion=min(1.0, _PROBED / number),
            )  # fmt: skip
            rounds += 1
        except EMTrainingException:
            linker._settings_obj.core_model_settings = before
    if not rounds:
        raise LinkageError(
            "No block brings two records together, so nothing can be learnt of one thing.",
            hint="Use the model as it is stated.",
        )


def settled_prior(bits: npt.NDArray[np.float64], pairs: float, prior: float) -> float:
    """The prior that agrees with the number of matches that it gives."""
    # Threads give the pairs in any order, and the last digit of a sum depends on it.
    bits = np.sort(bits)
    for _ in range(100):
        before = prior
        odds = np.exp2(-np.clip(bits + log_odds(prior), -1000.0, 1000.0))
        prior = float(min(max(np.sum(1.0 / (1.0 + odds)) / pairs, 1.0 / (2.0 * pairs)), 0.5))
        if abs(prior - before) <= 1e-6 * before:
            break
    return prior
