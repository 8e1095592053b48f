"""A submission is judged by what its recipient prints; of whom nothing is known, by all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness import assess
from bearwitness.cli.main import main
from bearwitness.data.load import worked_case_path
from bearwitness.errors import PolicyError
from bearwitness.model.codec import load_policy
from bearwitness.services.inputs import read_inputs
from bearwitness.text.editing import apply_edits

PRINTS = {
    "surname": "none", "home": "province", "occupation": "none", "route": "none", "departure": "decade",
    "trait": "none", "act_date": "year", "kin": "relative", "sex": "none",
}  # fmt: skip


@pytest.fixture(scope="module", params=["en", "ko"])
def given(request):
    return read_inputs(
        worked_case_path(f"draft.{request.param}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
    )  # fmt: skip


def judged(given, **policy):
    return assess(given.draft, given.case, given.ledger, replace(given.policy, **policy))


def worst(found):
    return {(r.household, r.adversary): r.joined.upper for r in found.households}


def test_a_recipient_who_prints_less_exposes_less(given):
    """Everybody's risk is at most that of publishing it all, and the acts stay known."""
    whole, printed = judged(given), judged(given, recipient="a working group", prints=PRINTS)
    assert all(risk <= worst(whole)[key] for key, risk in worst(printed).items())
    assert sum(worst(printed).values()) < sum(worst(whole).values())
    assert {c.attribute for c in printed.claims} >= {"act", "home", "act_date"}
    assert "submission" in printed.notes


def test_of_a_recipient_of_whom_nothing_is_known_everything_counts_as_printed(given):
    """No policy of printing: the same risks as publishing."""
    assert worst(judged(given, recipient="somebody")) == worst(judged(given))


def test_what_the_recipient_leaves_out_may_stay_in_the_submission(given):
    """Only what is unsafe as printed is changed; names, work and ways of leaving, which would not be printed, stay."""
    found = judged(given, recipient="a working group", prints=PRINTS)
    text = apply_edits(given.draft, found.edits)
    kept = ("Ahn", "nurse", "visa") if found.language == "en" else ("안 씨", "간호사", "비자")
    assert all(word in text for word in kept)
    assert found.edits
    again = assess(text, given.case, given.ledger, replace(given.policy, recipient="w", prints=PRINTS))
    assert all(r.safe for r in again.households)


def test_consent_to_a_submission_is_another_than_that_to_a_publication(given):
    """Who agreed to publication only is not covered."""
    publication, submission = judged(given), judged(given, recipient="a working group", prints=PRINTS)
    assert len(submission.consent_gaps) > len(publication.consent_gaps)


def test_a_policy_that_prints_without_a_recipient_is_refused():
    """What is printed is said of somebody; a level that does not exist is refused too."""
    head = "bearwitness: 1\n"
    with pytest.raises(PolicyError, match="recipient"):
        load_policy(head + "prints: {home: province}\n", name="p")
    with pytest.raises(PolicyError):
        load_policy(head + "recipient: w\nprints: {home: galaxy}\n", name="p")
    assert load_policy(head + "recipient: w\nprints: {home: province}\n", name="p").prints == {"home": "province"}


def test_the_command_takes_the_policy_of_a_recipient(tmp_path, capsys):
    """One policy file per recipient."""
    policy = tmp_path / "working-group.yaml"
    lines = "".join(f"  {k}: {v}\n" for k, v in PRINTS.items())
    policy.write_text(f"bearwitness: 1\npublished: 2024-03-01\nrecipient: a working group\nprints:\n{lines}")
    files = [str(worked_case_path(n)) for n in ("draft.en.txt", "case.yaml", "ledger.yaml")]
    assert main(["assess", files[0], "--case", files[1], "--ledger", files[2], "--policy", str(policy)]) == 3
    assert "judged by what its recipient is known to" in " ".join(capsys.readouterr().out.split())
