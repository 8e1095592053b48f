"""Simulation-based calibration of the latent-class sampler (Talts and others 2018), in a small size."""

import numpy as np
from latent_exact import calibration_ranks
from scipy.stats import chisquare


def test_true_numbers_have_every_rank_equally_often():
    """Over worlds drawn from the prior the true N has each rank among draws equally often."""
    ranks = calibration_ranks(100, seed=11, rounds=1000)
    assert ranks.min() >= 0
    assert ranks.max() <= 19
    found = np.bincount(ranks // 4, minlength=5)
    assert chisquare(found).pvalue > 0.001
