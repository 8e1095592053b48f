"""Seat belts (Harvey and Durbin 1986): the law's effect, as statsmodels and others have it from the same series.

The series is shipped with R (datasets::Seatbelts), monthly from 1969 to 1984; it is
read from the known answers where they are beside
this checkout.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from bearwitness.engines.structural import structural_change

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "known-answers.json"
MONTHS = [f"{1969 + n // 12}-{n % 12 + 1:02d}" for n in range(192)]


@pytest.fixture(scope="module")
def belts():
    """The columns of the series."""
    if not SHARED.exists():
        pytest.skip("the known answers are not beside this checkout")
    return json.loads(SHARED.read_text(encoding="utf-8"))["change"]["seatbelts"]["data"]


def changed(belts, column, *, extra=True):
    given = {"petrol": np.log(belts["PetrolPrice"]), "kms": np.log(belts["kms"])} if extra else None
    return structural_change(belts[column], periods=MONTHS, step="1983-02", regressors=given)


def test_drivers(belts):
    """The structural series has the known law, petrol, kilometres and likelihood; percents are -21.0 (-27.5, -14.0)."""
    found = changed(belts, "drivers")
    assert (found.step.value, found.step.error) == pytest.approx((-0.2358, 0.0434), abs=5e-5)
    assert found.step.percent == pytest.approx((-27.45, -21.01, -14.0), abs=0.01)
    known = {"petrol": (-0.271, 0.0949), "kms": (0.0824, 0.1092)}
    for name, told in found.regressors:
        assert (told.value, told.error) == pytest.approx(known[name], abs=5e-5)
    assert found.log_likelihood == pytest.approx(203.424, abs=5e-4)
    alone = changed(belts, "drivers", extra=False)
    assert (alone.step.value, alone.step.error) == pytest.approx((-0.2398, 0.0565), abs=5e-5)


@pytest.mark.parametrize(("column", "law", "error", "alpha", "refused"), [
    ("DriversKilled", -0.1248, 0.0336, 0.00574, True), ("drivers", -0.1501, 0.0205, 0.00498, True),
    ("VanKilled", -0.2523, 0.1103, 0.0, False),
])  # fmt: skip
def test_negative_binomial_rows(belts, column, law, error, alpha, refused):
    """The regressions of counts have the known law, error and alpha; Poisson is refused where counts scatter more."""
    found = changed(belts, column).counts
    assert (found.step.value, found.step.error) == pytest.approx((law, error), abs=6e-5)
    assert found.alpha == pytest.approx(alpha, abs=6e-6)
    assert found.poisson_refused == refused


def test_dispersion_of_drivers(belts):
    """Drivers scatter ten times as much as Poisson counts, so its error of 0.0072 would be a third of the true one."""
    assert changed(belts, "drivers").counts.dispersion == pytest.approx(10.2, abs=0.05)
