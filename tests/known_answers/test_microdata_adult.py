"""The Adult census extract: the optima, uniqueness estimates and risks that ARX 3.9 publishes for it.

The optima are proved here as well: every node of the lattice that could cost less is shown not to be allowed.
"""

import math

import numpy as np
import pytest

from bearwitness.disclosure.microdata_classes import ClassCounter
from bearwitness.disclosure.microdata_loss import Loss
from bearwitness.disclosure.microdata_models import KAnonymity
from bearwitness.disclosure.microdata_risks import household_prosecutor, journalist, marketer, prosecutor
from bearwitness.disclosure.microdata_search import optimal_generalisation
from bearwitness.disclosure.microdata_uniqueness import pitman, population_uniqueness, sample_uniqueness, snb, zayatz
from bench.adult_extract import adult

K = 5
WITHOUT = (0.6355438466888889, (0, 4, 1, 1, 3, 2, 2, 1, 0))
WITH = (0.26963466275555553, (0, 3, 0, 0, 2, 1, 1, 2, 0))


@pytest.fixture(scope="module")
def counter():
    return ClassCounter(adult())


@pytest.fixture(scope="module")
def raw(counter):
    return counter.at((0,) * 9)


def test_the_extract(counter, raw):
    """30,162 records, 19,502 of them different, in a lattice of 12,960 nodes."""
    assert counter.data.records == 30_162
    assert len(raw.sizes) == 19_502
    assert math.prod(counter.data.shape) == 12_960


@pytest.mark.parametrize(
    ("share", "known", "suppressed", "classes"), [(0.0, WITHOUT, 0, 24), (0.05, WITH, 1_346, 397)]
)
def test_the_optima(counter, share, known, suppressed, classes):
    """Five alike by the Loss metric, with nothing suppressed and with at most 5 %."""
    loss, levels = known
    found = optimal_generalisation(counter.data, [KAnonymity(k=K)], suppression=share, counter=counter)
    assert found.levels == levels
    assert (found.suppressed, found.classes) == (suppressed, classes)
    assert found.loss == pytest.approx(loss, abs=1e-10)


@pytest.mark.parametrize("known", [WITHOUT, WITH])
def test_the_figure_to_its_last_digit(counter, known):
    """Cut after ten decimals per attribute, as ARX does, the Loss is its figure exactly."""
    loss, levels = known
    classes = counter.at(levels)
    kept = classes.sizes >= K
    records, cut = counter.data.records, []
    for j, h in enumerate(counter.data.hierarchies):
        stands = h.shares(levels[j])[classes.values(j)]
        share = float(np.where(kept, stands, 1.0) @ classes.sizes) / records
        least = 1.0 / h.width(0)
        cut.append(math.floor((share - least) / (1.0 - least) * 1e10 + 1e-4) / 1e10)
    assert sum(cut) / len(cut) == pytest.approx(loss, abs=1e-15)


@pytest.mark.parametrize(("limit", "known"), [(0, WITHOUT), (1_508, WITH)])
def test_no_cheaper_node_is_allowed(counter, limit, known):
    """Each node whose generalisation alone costs less is counted, and suppresses too much or costs more."""
    metric, (loss, levels) = Loss(), known
    floors = metric.floors(counter.data)
    allowed = 0
    maximal = _failing_above(counter, floors, loss, limit)
    for place in np.argwhere(floors < loss - 1e-9):
        node = tuple(int(i) for i in place)
        if any(all(x <= y for x, y in zip(node, top, strict=True)) for top in maximal):
            continue
        classes = counter.at(node)
        lost = classes.sizes < K
        assert int(classes.sizes[lost].sum()) <= limit
        allowed += 1
        cost = float(floors[node]) + metric.suppressed(classes, lost)
        assert cost >= loss - 1e-9 or node == levels
    assert allowed == (0 if limit == 0 else 8)


def _failing_above(counter, floors, loss, limit):
    """Nodes that suppress too much, such that every such node of the cheap part of the lattice is below one of them."""
    found = []
    for place in sorted(np.argwhere(floors < loss - 1e-9).tolist(), key=lambda p: -math.prod(i + 1 for i in p)):
        if any(all(x <= y for x, y in zip(place, top, strict=True)) for top in found):
            continue
        sizes = counter.at(tuple(place)).sizes
        if int(sizes[sizes < K].sum()) > limit:
            found.append(place)
    return found


def test_uniqueness(raw):
    """Pitman and Zayatz at a sampling fraction of a tenth, and the negative binomial's for the whole."""
    assert pitman(raw.sizes, 0.1) == pytest.approx(0.2768499388, abs=1e-10)
    assert zayatz(raw.sizes, 0.1) == pytest.approx(0.3207402393, abs=1e-10)
    assert snb(raw.sizes, 1.0) == pytest.approx(0.5142895034, abs=1e-10)
    assert sample_uniqueness(raw.sizes) == pytest.approx(0.5142895034, abs=1e-10)
    assert population_uniqueness(raw.sizes, 0.1).model == "pitman"


def test_prosecutor(raw):
    """All nine columns, records whose risk is above a fifth."""
    risks = prosecutor(raw.sizes, 0.2)
    assert risks.at_risk == pytest.approx(0.7781314236, abs=1e-10)
    assert risks.highest == 1.0
    assert risks.average == pytest.approx(0.6465751608, abs=1e-10)
    assert household_prosecutor(raw, np.ones(len(raw.sizes), dtype=bool), 0.2) == risks


def test_the_whole_as_its_own_population(raw):
    """For whom the data set is the population, journalist and marketer find what the prosecutor finds."""
    assert journalist(raw.sizes, raw.sizes, 0.2) == prosecutor(raw.sizes, 0.2)
    assert marketer(raw.sizes, raw.sizes) == pytest.approx(0.6465751608, abs=1e-10)


@pytest.mark.parametrize("fraction", [0.05, 0.1, 0.2, 0.5])
def test_estimates_find_the_truth_of_a_known_population(counter, fraction):
    """From samples of the extract, the rule's estimate is within a fifth of the share of uniques that it truly has."""
    rng = np.random.default_rng(20)
    rows = np.repeat(np.arange(len(counter.data.counts)), counter.data.counts)
    drawn = np.bincount(rows[rng.choice(len(rows), int(fraction * len(rows)), replace=False)])
    estimate = population_uniqueness(drawn[drawn > 0], fraction)
    assert estimate.share == pytest.approx(0.5142895034, rel=0.2)
