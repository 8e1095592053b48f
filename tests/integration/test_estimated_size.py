"""The number of households acted upon, read from an estimate that the policy names; all invented."""

import json
from pathlib import Path

import numpy as np
import pytest

from bearwitness.cli.main import main
from bearwitness.errors import FrameError, PolicyError
from bearwitness.model.publication import EstimatedSize, Policy
from bearwitness.services.release_desk import draft_release
from bearwitness.services.world import crowds_for, load_frames

DRAFT = "In 2019 the police raided the home of a family in Musan. They took a younger brother away.\n"


def number(low=9_000.0, median=12_000.0, high=16_000.0, level=0.95):
    return {"model": "pooled", "low": low, "median": median, "high": high, "level": level, "checks": []}


def write(given, stratum="all", name="estimate.json"):
    strata = [{"stratum": stratum, "given": given, "refusals": []}, {"stratum": "other", "given": None}]
    Path(name).write_text(json.dumps({"command": "estimate acts", "answer": {"strata": strata}}), encoding="utf-8")
    return EstimatedSize(estimate=name, stratum="all", acts_per_household=1.5)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("draft.txt").write_text(DRAFT, encoding="utf-8")


def acted(sized):
    return crowds_for(("state_security",), (), sized)[0].frames.at(2).size


def test_the_frame_has_the_size_and_the_uncertainty_of_the_estimate():
    """Its median and ends are the estimate's over the acts of a household; everything else stays as it was."""
    sized = write(number())
    found = acted(sized)
    assert np.quantile(found, (0.025, 0.5, 0.975)) * 1.5 == pytest.approx((9_000, 12_000, 16_000), rel=0.03)
    before = load_frames()
    after = crowds_for(("state_security",), (), sized)[0].frames
    assert after.at(2).tables == before.at(2).tables
    assert all((after.at(n).size == before.at(n).size).all() for n in (0, 1))
    assert (found <= before.at(1).size).all()
    assert (acted(sized) == found).all()


def test_a_command_says_so_and_a_smaller_frame_is_a_greater_risk(capsys):
    """The report names where the number comes from, and fewer households among whom to search are never safer."""
    write(number())
    Path("policy.yaml").write_text(
        "bearwitness: 1\npublished: 2024-03-01\nadversaries: [state_security]\n"
        "acted_size: {estimate: estimate.json, stratum: all, acts_per_household: 1.5}\n", encoding="utf-8",
    )  # fmt: skip
    Path("usual.yaml").write_text(
        "bearwitness: 1\npublished: 2024-03-01\nadversaries: [state_security]\n", encoding="utf-8"
    )
    found = []
    for policy in ("policy.yaml", "usual.yaml"):
        assert main(["assess", "draft.txt", "--policy", policy, "--json"]) in (0, 3)
        found.append(json.loads(capsys.readouterr().out))
    ours, theirs = found
    assert "frame_size" in ours["notes"]
    assert "frame_size" not in theirs["notes"]
    pairs = list(zip(ours["households"], theirs["households"], strict=True))
    assert pairs
    assert all(a["joined"]["candidates"] < b["joined"]["candidates"] for a, b in pairs)
    assert main(["assess", "draft.txt", "--policy", "policy.yaml"]) in (0, 3)
    assert "organisation's own estimate" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(("given", "words"), [
    (None, "no number is given"),
    (number(low=20_000.0), "out of order"),
    (number(high=float("inf")), "out of order"),
    (number(120.0, 130.0, 140.0), "fewer than 100"),
    (number(9e5, 1e6, 1.1e6), "more than the"),
    ({"low": 1}, "no estimate of acts"),
])  # fmt: skip
def test_what_is_no_number_is_never_a_size(given, words):
    """A refused stratum, ends out of order, a list of people, or more than was thought possible: refused."""
    with pytest.raises(FrameError, match=words):
        acted(write(given))


@pytest.mark.parametrize("text", ["no estimate", "[]", "{}", '{"answer": 1}', '{"answer": {"strata": [1]}}'])
def test_another_file_is_refused_by_name(text):
    """Whatever it is, the error names the file and repeats nothing of it."""
    Path("estimate.json").write_text(text, encoding="utf-8")
    with pytest.raises(FrameError, match=r"estimate\.json: this is no estimate"):
        acted(EstimatedSize(estimate="estimate.json", stratum="all", acts_per_household=1.0))


def test_a_stratum_that_is_not_there_or_is_there_twice_is_refused():
    """Nothing is guessed."""
    write(number(), stratum="raid")
    with pytest.raises(FrameError, match="no stratum all"):
        acted(EstimatedSize(estimate="estimate.json", stratum="all", acts_per_household=1.0))


def test_a_draft_in_a_vault_takes_none():
    """What lies outside of the vault could be changed behind its back."""
    with pytest.raises(PolicyError, match="outside"):
        draft_release(None, "any", "text", Policy(acted_size=write(number())))
