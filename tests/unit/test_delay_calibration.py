"""The delay model on truths of its own prior: ranks are even (small; in full by `delay_calibration.rank_truths`).

It stands among the last tests, and loads numpyro when it runs: jax starts threads, and tests of the vault fork.
"""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from delay_calibration import rank_truths
from scipy.stats import chisquare

from bearwitness.engines.delay_model import DelaySettings
from bearwitness.estimation.delay_priors import DelayPriors

PRIORS = DelayPriors(acts=25.0, acts_spread=0.5)


@pytest.mark.skipif(find_spec("numpyro") is None, reason="numpyro is not installed")
def test_truths_rank_evenly_among_draws():
    """Over 12 worlds no quantity's ranks, in three bins, are uneven beyond one chance in 10,000."""
    settings = DelaySettings(priors=PRIORS, chains=2, warm_up=200, least=200, most=200)
    ranks, _ = rank_truths(12, seed=41, bins=3, priors=PRIORS, settings=settings)
    assert len(ranks) == 9
    for name, bins in ranks.items():
        counts = [bins.count(place) for place in range(3)]
        assert chisquare(counts).pvalue > 1e-4, (name, counts)
