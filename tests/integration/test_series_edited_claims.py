"""An editor's claims in a series whose drafts are changed: each says of each draft what still stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness.data.load import worked_case_path
from bearwitness.model.assessment import Change
from bearwitness.model.claims import Claim, Span
from bearwitness.model.values import Codes
from bearwitness.services.inputs import read_inputs
from bearwitness.services.rewrite import claims_as_changed
from bearwitness.services.series import plan_together, set_up_series
from bearwitness.services.series_parts import edited_claims
from bearwitness.services.series_rewriting import rewrite_series


@pytest.fixture(scope="module")
def given():
    return read_inputs(
        None, case=worked_case_path("case.yaml"), ledger=worked_case_path("ledger.yaml"),
        policy=worked_case_path("policy.yaml"),
    )  # fmt: skip


def claim_of(words: str) -> Claim:
    return Claim(
        id="e1", persona="bae", attribute="trait", values=Codes(frozenset({"media"})), says="",
        spans=(Span(start=-1, end=-1, quote=words),), origin="editor",
    )  # fmt: skip


def test_an_editors_claim_whose_words_were_changed_still_counts_in_the_series(given):
    """Where the change takes away the words of a claim the drafts are read again with what is left of it."""
    drafts = ["Bae spoke on the radio. He comes from Ryanggang Province.", "Bae, a man in his thirties, did."]
    case = replace(given.case, claims=(claim_of("spoke on the radio"),))
    policy = replace(given.policy, weights={"trait": 0.01, "home": 9.0, "birth": 9.0, "sex": 9.0}, threshold=0.02)
    written = rewrite_series(drafts, case, given.ledger, policy)
    assert written.after.safe
    assert "spoke on the radio" not in written.texts[0]
    assert "e1" in {c.claim for c in written.before.drafts[0].changes}


@pytest.mark.parametrize("level", ["group", "none"])
def test_what_an_editors_claim_says_after_a_change_is_said_of_each_draft(given, level):
    """The draft whose words stay keeps the claim as it was; the other has none, or none with words."""
    drafts = ["Bae spoke on the radio.", "Nobody heard Bae who spoke on the radio."]
    case = replace(given.case, claims=(claim_of("spoke on the radio"),))
    bench = set_up_series(drafts, case, given.ledger, given.policy)
    plan = plan_together(bench, drafts)
    change = Change(
        claim="e1", start=0, end=0, quote="", instead="", level=level, risk_before=1.0, risk_after=0.0, cost=0.0
    )
    edited = edited_claims(case, drafts)
    after = ["Bae lives in the South.", drafts[1]]
    done = replace(plan.assessments[0], changes=(change,))
    said = [claims_as_changed(c, t, a) for c, t, a in zip(edited, after, (done, plan.assessments[1]), strict=True)]
    assert said[1] == edited[1]
    assert [c.spans for c in said[0]] == ([()] if level != "none" else [])
    parts = plan_together(bench, after, edited=said).readings
    counts = [[str(c.id) for c in r.claims if c.origin == "editor"] for r in parts]
    assert counts == [["e1"] if level != "none" else [], ["e1"]]
