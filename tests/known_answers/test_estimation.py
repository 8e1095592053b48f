"""Published and independent answers: coal mining, the Taylor-Ashe triangle, a toy triangle, an outbreak of 2011."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import beta

from bearwitness.estimation.chain_ladder import chain_ladder
from bearwitness.estimation.change_point import change_point
from bearwitness.estimation.count_posterior import CountPrior, count_posterior
from bearwitness.estimation.triangle import triangle_of

# Explosions in British coal mines with ten dead or more, 1851 to 1962 (Jarrett 1979).
COAL = [int(digit) for digit in (
    "4541043406" "3340263354" "5314415534" "2522342132" "2111130010" "1100310322" "0111010100" "0210001102" "3311211112"
    "3300014000" "1000010010" "01")]  # fmt: skip
YEARS = [str(year) for year in range(1851, 1963)]
# Cumulative claims of Taylor and Ashe, which Mack (1993) works through.
CLAIMS = """357848 1124788 1735330 2218270 2745596 3319994 3466336 3606286 3833515 3901463
352118 1236139 2170033 3353322 3799067 4120063 4647867 4914039 5339085
290507 1292306 2218525 3235179 3985995 4132918 4628910 4909315
310608 1418858 2195047 3757447 4029929 4381982 4588268
443160 1136350 2128333 2897821 3402672 3873311
396132 1333217 2180715 2985752 3691712
440832 1288463 2419861 3483130
359480 1421128 2864498
376686 1363294
344014"""
TOY = [[100, 55, 30, 12], [70, 40, 24, 8], [80, 50, 25, 10], [100, 50, 20, None], [90, 45, None, None],
       [110, None, None, None], [95, None, None, None]]  # fmt: skip
# Haemolytic uraemic syndrome as of 2011-06-02, from 23 May on: what was reported, what an independent program gave
# (low, median, high), and a beta distribution (mean, sum of its parameters) of the share reported by then.
OUTBREAK = [
    (25, (28, 35, 45), 0.7091, 120), (34, (42, 52, 67), 0.6485, 120), (28, (38, 49, 66), 0.5664, 120),
    (22, (32, 44, 61), 0.4955, 200), (15, (23, 35, 53), 0.4255, 160), (8, (14, 25, 43), 0.3204, 400),
    (9, (21, 39, 69), 0.2275, 250), (5, (15, 35, 74), 0.14, 400), (2, (6, 27, 76), 0.0759, 600),
    (0, (0, 12, 78), 0.0271, 600), (0, (0, 26, 164), 0.0037, 600),
]  # fmt: skip


def test_coal_mining():
    """The last year of the high rate, the rates and the Bayes factor are right to every digit given."""
    found = change_point(YEARS, COAL, shape=1, rate=1)
    assert sum(COAL) == 191
    assert found.most_probable == "1891"
    given = {1886: 0.0782, 1887: 0.0931, 1888: 0.0348, 1889: 0.1432, 1890: 0.1848, 1891: 0.2450, 1892: 0.0988,
             1893: 0.0411, 1894: 0.0176}  # fmt: skip
    assert {year: round(float(found.probability[year - 1851]), 4) for year in given} == given
    assert round(found.mean_place, 3) == 40.071
    assert (found.quantile(0.025), found.quantile(0.5), found.quantile(0.975)) == ("1886", "1890", "1896")
    assert len(found.highest_density(0.95)) == 9
    assert [round(rate, 4) for rate in found.rates] == [3.0642, 0.9224]
    assert round(found.log_bayes_factor, 3) == 28.942


def test_coal_mining_with_a_vague_prior():
    """With the vague prior of the file the answers are the file's too."""
    found = change_point(YEARS, COAL, shape=0.5, rate=0.001)
    assert round(float(found.probability.max()), 4) == 0.2385
    assert round(found.mean_place, 3) == 39.881
    assert [round(rate, 4) for rate in found.rates] == [3.1349, 0.9304]
    assert round(found.log_bayes_factor, 3) == 26.979


def test_mack_1993():
    """Reserves and standard errors are those of Mack's paper."""
    rows = [[int(cell) for cell in line.split()] for line in CLAIMS.splitlines()]
    new = [[int(cell) for cell in np.diff([0, *row])] + [None] * (10 - len(row)) for row in rows]
    found = chain_ladder(triangle_of([f"year {n}" for n in range(1, 11)], new))
    reserves = [round(p.estimate - p.reported) for p in found.periods]
    assert reserves == [0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811]
    errors = [round(p.error) for p in found.periods]
    assert errors == [0, 75535, 121699, 133549, 261406, 411010, 558317, 875328, 971258, 1363155]
    assert round(found.total - sum(p.reported for p in found.periods)) == 18680856
    assert round(found.total_error) == 2447095


def test_toy_triangle():
    """The estimates are the products of ratios of sums, worked out as fractions."""
    found = chain_ladder(triangle_of("abcdefg", TOY))
    first, second, third = Fraction(680, 440), Fraction(644, 545), Fraction(504, 474)
    expected = [197, 142, 165, 170 * third, 135 * second * third, 110 * first * second * third,
                95 * first * second * third]  # fmt: skip
    assert [p.estimate for p in found.periods] == pytest.approx([float(e) for e in expected], rel=1e-14)
    assert found.total == pytest.approx(float(sum(expected)), rel=1e-14)


def test_outbreak():
    """Of each day there is a share reported that gives all three numbers exactly, and the share grows with the time.

    The reports by day and delay are not at hand, only their sums by day. So this shows that the counts, their prior
    and their cap are those of the other program; the delays themselves it does not show.
    """
    prior = CountPrior(mean=50, variance=3000, most=300)
    levels = (np.arange(200) + 0.5) / 200
    for reported, expected, mean, weight in OUTBREAK:
        shares = beta.ppf(levels, mean * weight, (1 - mean) * weight)
        sums = count_posterior(prior, reported, shares).cumsum()
        assert tuple(int(np.searchsorted(sums, level)) for level in (0.025, 0.5, 0.975)) == expected
    means = [mean for _, _, mean, _ in OUTBREAK]
    assert means == sorted(means, reverse=True)
