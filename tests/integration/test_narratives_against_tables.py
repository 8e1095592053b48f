"""The worked case with a table of counts in its ledger: assessed, planned, rewritten, and looked at as a jigsaw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bearwitness import assess
from bearwitness.data.load import worked_case_path
from bearwitness.model.counts import CountCell, CountTable
from bearwitness.model.publication import Ledger, LedgerEntry
from bearwitness.model.values import Codes, Paths
from bearwitness.services.inputs import read_inputs
from bearwitness.services.jigsaw import find_jigsaw
from bearwitness.services.rewrite import rewrite
from bearwitness.services.series import plan_series
from bearwitness.services.workbench import set_up

TABLE = "t-2024-threats"


def printed(counts: dict[str, int | None], published: date = date(2024, 2, 20)) -> LedgerEntry:
    """Threats by place, as they were published."""
    places = tuple(sorted((p, Paths(frozenset({p}))) for p in counts))
    cells = tuple(CountCell(id=f"k{n}", at=(p, "threat"), count=c) for n, (p, c) in enumerate(counts.items()))
    table = CountTable(
        unit="acts", dimensions=("home", "act"), cells=cells, as_of=date(2024, 2, 15),
        values=(places, (("threat", Codes(frozenset({"threat"}))),)),
    )  # fmt: skip
    return LedgerEntry(
        id=TABLE, outlet="a briefing", published=published, title="Threats, by county", personas=(), table=table
    )


# All threats of the province are of one county.
MUSAN = printed({"hambuk": 1, "hambuk/musan": 1})


@pytest.fixture(scope="module", params=["en", "ko"])
def given(request):
    return read_inputs(
        worked_case_path(f"draft.{request.param}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
        decisions=worked_case_path("decisions.yaml"),
    )  # fmt: skip


def with_table(ledger: Ledger, entry: LedgerEntry = MUSAN) -> Ledger:
    return replace(ledger, entries=(*ledger.entries, entry), head="")


def rows(found):
    return {(r.household, r.adversary): r for r in found.households}


def test_a_table_in_the_ledger_raises_the_risk_of_whom_it_narrows_and_of_nobody_else(given):
    """Household Lee is of the one county with a threat; the others' figures are those without the table."""
    without = rows(assess(given.draft, given.case, given.ledger, given.policy))
    found = assess(given.draft, given.case, with_table(given.ledger), given.policy)
    narrowed = {k for k, r in rows(found).items() if r.joined.candidates < without[k].joined.candidates * 0.99}
    assert ("h-lee", "state_security") in narrowed
    assert {home for home, _ in narrowed} == {"h-lee"}
    for key, row in rows(found).items():
        assert row.alone == without[key].alone
        assert row.joined.upper >= without[key].joined.upper
        if key not in narrowed:
            assert row.joined == without[key].joined
    lee = rows(found)["h-lee", "state_security"]
    assert lee.costliest_release == TABLE
    assert "table_disagrees" not in found.notes


def test_the_least_change_found_is_safe_by_a_fresh_assessment_with_the_table(given):
    """The text of one family, rewritten, is read anew and joined with the table; the table makes more of it vague."""
    paragraph = next(p for p in given.draft.split("\n\n") if "Bae" in p or "배" in p)
    draft = paragraph.replace(", and Bae, who is from Ryanggang Province,", "").replace("families", "family")
    ledger = with_table(given.ledger)
    done = rewrite(draft, given.case, ledger, given.policy, decisions=given.decisions)
    again = assess(done.text, given.case, ledger, given.policy, decisions=given.decisions)
    assert all(r.safe for r in again.households)
    without = assess(draft, given.case, given.ledger, given.policy, decisions=given.decisions)
    assert done.before.cost > without.cost
    assert done.before.optimal


def test_a_table_that_contradicts_the_draft_is_reported_and_blocks_nobody(given):
    """No threat in the province of which one is told: the same figures, and a note."""
    found = assess(given.draft, given.case, with_table(given.ledger, printed({"hambuk": 0})), given.policy)
    without = assess(given.draft, given.case, given.ledger, given.policy)
    assert rows(found) == rows(without)
    assert "table_disagrees" in found.notes
    assert "table_disagrees" not in without.notes


def test_the_jigsaw_names_the_table_among_what_identifies_the_family(given):
    """The table is one statement beside the sentences, and without it the others keep more."""
    found = find_jigsaw(given.draft, given.case, with_table(given.ledger), given.policy)
    without = find_jigsaw(given.draft, given.case, given.ledger, given.policy)
    lee = next(h for h in found.households if h.household == "h-lee")
    before = next(h for h in without.households if h.household == "h-lee")
    assert lee.upper > before.upper
    assert lee.complete
    with_it = [s for s in lee.sets if TABLE in {t.release for t in s.statements}]
    assert with_it
    for one in with_it:
        told = next(t for t in one.statements if t.release == TABLE)
        assert told.words == "Threats, by county"
        assert told.attributes == ("home", "act")
    # Nothing that was out told of an act, so the table gave nothing away by itself.
    assert [g.release for g in lee.history] == [g.release for g in before.history]


def test_a_series_is_joined_with_the_table_as_one_draft_is(given):
    """One draft planned as a series costs what it costs alone."""
    ledger = with_table(given.ledger)
    alone = assess(given.draft, given.case, ledger, given.policy)
    series = plan_series([given.draft], given.case, ledger, given.policy)
    assert series.cost == pytest.approx(alone.cost)


def test_what_if_a_claim_said_less_counts_the_table_too(given):
    """A changed claim is measured as the whole draft would be; without a place Musan is one of many."""
    bench = set_up(given.case, with_table(given.ledger), given.policy)
    found = bench.assess(given.draft)
    home = next(c for c in found.claims if c.attribute == "home" and c.values == Paths(frozenset({"hambuk"})))
    changed = {(r.household, r.adversary): r for r in bench.what_if(found, {home.id: None})}
    key = ("h-lee", "state_security")
    assert changed[key].joined.candidates > rows(found)[key].joined.candidates
