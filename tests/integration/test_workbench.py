"""A workbench gives what assess gives, and measures one changed claim as the whole draft would be measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness import assess
from bearwitness.data.load import worked_case_path
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.measure import measure_all
from bearwitness.errors import UsageError
from bearwitness.model.claims import ClaimId
from bearwitness.model.values import Paths
from bearwitness.services.inputs import read_inputs
from bearwitness.services.workbench import Workbench, set_up
from bearwitness.services.world import crowds_for


@pytest.fixture(scope="module", params=["en", "ko"])
def given(request):
    return read_inputs(
        worked_case_path(f"draft.{request.param}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def bench(given) -> Workbench:
    return set_up(given.case, given.ledger, given.policy)


def test_many_drafts_on_one_workbench_are_assessed_as_each_alone(given, bench):
    """What is set up once carries nothing over from one draft to the next."""
    shorter = given.draft.partition("\n\n")[2]
    for draft in (given.draft, shorter, given.draft):
        assert bench.assess(draft) == assess(draft, given.case, given.ledger, given.policy)


def test_a_changed_claim_gives_the_risks_of_the_draft_measured_anew(given, bench):
    """Only what the change touches is measured, and the figures are those of measuring everything."""
    found = bench.assess(given.draft)
    home = next(c for c in found.claims if c.attribute == "home")
    wider = Paths(frozenset(p.split("/")[0] for p in home.values.paths))
    for changed in ({home.id: wider}, {home.id: None}, {c.id: None for c in found.claims if c.attribute == "act"}):
        said = tuple(
            replace(c, values=changed.get(c.id, c.values))
            for c in found.claims
            if changed.get(c.id, c.values) is not None
        )
        households = gather_households(found.personas, said, given.ledger, given.policy, given.draft)
        whole, _ = measure_all(households, crowds_for(given.policy.adversaries), given.policy)
        assert bench.what_if(found, changed) == whole


def test_leaving_out_nothing_changes_nothing(given, bench):
    """No change: the same risks."""
    found = bench.assess(given.draft)
    assert bench.what_if(found, {}) == found.households


def test_a_claim_that_the_draft_does_not_make_is_refused(given, bench):
    """An id that is not there is an error, not a change without effect."""
    with pytest.raises(UsageError, match="no claim c999"):
        bench.what_if(bench.assess(given.draft), {ClaimId("c999"): None})
