"""Frames whose tables depend on each other, and frames, adversaries and thresholds that cannot be."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from bearwitness.data.load import load_adversary_specs, load_frame_specs
from bearwitness.disclosure.adversaries import check_adversary, read_adversary
from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.frames import draw_frames
from bearwitness.disclosure.risk import pursuit_risk
from bearwitness.errors import FrameError, PolicyError
from bearwitness.model.codec import load_policy
from bearwitness.model.values import Codes, Days, Paths

EDGES = ["1950-01-01", "1970-01-01", "1990-01-01"]
PROVINCES = ["hambuk", "ryanggang", "jagang"]
# Households by province (rows), sex of the one counted, birth before or after 1970: they go together.
COUNTS = np.array([[[400, 100], [50, 450]], [[30, 70], [600, 300]], [[20, 80], [40, 60]]], dtype=float)


def specs():
    """The shipped frames, with a published joint count of province, sex and age in that of the residents."""
    found = copy.deepcopy(load_frame_specs())
    tables = found[0]["tables"]
    tables["home"] = {"kind": "paths", "leaf_share": {"median": 0.01, "sigma": 0.1},
                      "tree": {"alpha": dict(zip(PROVINCES, COUNTS.sum(axis=(1, 2)), strict=True))}}
    tables["sex"] = {"kind": "categorical", "values": ["female", "male"], "given": "home",
                     "alpha": COUNTS.sum(axis=2).tolist()}
    tables["birth"] = {"kind": "interval", "edges": EDGES, "given": ["home", "sex"], "alpha": COUNTS.tolist()}
    # Inner frames have tables of their own, which depend on nothing above.
    for inner in found[1:]:
        for attribute in ("home", "sex", "birth", "departure"):
            inner["tables"].pop(attribute, None)
    return found  # fmt: skip


def crowd(found, adversary="state_security"):
    frames = draw_frames(found, np.random.default_rng(3), draws=2000)
    return Crowd(frames, next(a for a in map(read_adversary, load_adversary_specs()) if a.id == adversary))


def said(attribute, values):
    return Constraint(attribute, "left", values, 1.0, attribute)


def days(first, last):
    from datetime import date

    return Days.between(date.fromisoformat(first), date.fromisoformat(last))


def test_a_joint_count_is_asked_as_it_was_published():
    """Province, sex and age together: the share is that of the count, not the product of three shares."""
    asked = crowd(specs())
    claims = [said("home", Paths(frozenset({"ryanggang"}))), said("sex", Codes(frozenset({"male"}))),
              said("birth", days("1950-01-01", "1969-12-31"))]  # fmt: skip
    share = asked.in_frame(0, claims) / (asked.frames.at(0).size - 1)
    joint = COUNTS[1, 1, 0] / COUNTS.sum()
    product = (COUNTS[1].sum() * COUNTS[:, 1].sum() * COUNTS[:, :, 0].sum()) / COUNTS.sum() ** 3
    assert float(np.median(share)) == pytest.approx(joint, rel=0.05)
    assert abs(product - joint) > 0.3 * joint


def test_what_is_not_said_is_summed_out():
    """Sex and age without the province: the sum over provinces."""
    asked = crowd(specs())
    claims = [said("sex", Codes(frozenset({"male"}))), said("birth", days("1950-01-01", "1969-12-31"))]
    share = asked.in_frame(0, claims) / (asked.frames.at(0).size - 1)
    assert float(np.median(share)) == pytest.approx(COUNTS[:, 1, 0].sum() / COUNTS.sum(), rel=0.05)


def test_relatives_are_asked_each_by_themselves():
    """Two people's province and age are two facts, each of them joint."""
    asked = crowd(specs())
    one = [said("home", Paths(frozenset({"jagang"}))), said("birth", days("1950-01-01", "1969-12-31"))]
    other = [c._replace(about="p2") for c in one]
    alone = asked.in_frame(0, one) / (asked.frames.at(0).size - 1)
    both = asked.in_frame(0, [*one, *other]) / (asked.frames.at(0).size - 1)
    assert both == pytest.approx(alone**2, rel=1e-9)


def _broken(change):
    found = specs()
    change(found[0]["tables"])
    return found


@pytest.mark.parametrize(
    ("change", "said_"),
    [
        (lambda t: t["birth"].update(alpha=COUNTS[:2].tolist()), "birth of frame residents has 2 by 2 by 2 counts"),
        (lambda t: t["sex"].update(values=["female"]), "sex of frame residents has 3 by 2 counts"),
        (lambda t: t["sex"].update(given="birth"), "depend on each other in a circle"),
        (lambda t: t["sex"].update(given="weather"), "given weather, which has no table"),
        (lambda t: t["sex"].update(given="kin"), "given kin, which has no cells"),
        (lambda t: t["birth"].update(alpha=(COUNTS - 400).tolist()), "not a positive number"),
    ],
)
def test_a_frame_whose_tables_disagree_is_refused(change, said_):
    """The message names the table, never a figure is made of it."""
    with pytest.raises(FrameError, match=said_):
        draw_frames(_broken(change), np.random.default_rng(1), draws=10)


def test_an_adversary_that_the_frames_cannot_answer_for_is_refused():
    """An attribute without a table, a capacity above the frame."""
    frames = draw_frames(load_frame_specs(), np.random.default_rng(1), draws=50)
    spec = dict(load_adversary_specs()[0])
    check_adversary(read_adversary(spec), frames)
    with pytest.raises(FrameError, match="can pursue 900000 households"):
        check_adversary(read_adversary(spec | {"capacity": 900_000}), frames)
    tables = [copy.deepcopy(s) for s in load_frame_specs()]
    for s in tables:
        s["tables"].pop("amount", None)
    with pytest.raises(FrameError, match="checks amount, of which no frame has a table"):
        check_adversary(read_adversary(spec), draw_frames(tables, np.random.default_rng(1), draws=50))


@pytest.mark.parametrize("threshold", ["0", "1", "-0.1", "1.5", ".nan"])
def test_a_threshold_that_nothing_or_everything_keeps_is_refused(threshold):
    """0 would forbid every text, 1 allow every one."""
    with pytest.raises(PolicyError):
        load_policy(f"bearwitness: 1\nthreshold: {threshold}\n", name="p")


def test_risks_are_finite_and_fall_with_the_crowd_from_none_to_all():
    """No crowd, hardly one, an enormous one: finite, never rising, between 0 and 1."""
    others = np.array([0.0, 1e-300, 1e-12, 1e-3, 1.0, 50.0, 1e3, 1e9, 1e12])
    for capacity in (1, 20, 5000):
        risk = pursuit_risk(others, capacity)
        assert np.isfinite(risk).all()
        assert ((risk > 0.0) & (risk <= 1.0)).all()
        assert (np.diff(risk) <= 1e-15).all()
        assert risk[0] == 1.0
        assert risk[-1] == pytest.approx(capacity / 1e12, rel=1e-6)
