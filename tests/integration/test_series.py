"""Several drafts planned together: what all of them give away, the cheapest change, and only safe drafts written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from rich.console import Console

from bearwitness import assess
from bearwitness.cli.main import main
from bearwitness.cli.series_report import print_series
from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.disclosure.demands import CrowdDemand
from bearwitness.disclosure.plan import decide_on
from bearwitness.disclosure.series import gather_series
from bearwitness.errors import CaseError, ClaimError, NotSafe, OutputError, UsageError
from bearwitness.model.claims import Claim, Span
from bearwitness.model.codec import load_case
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes
from bearwitness.release.entry import ledger_entry
from bearwitness.services.inputs import read_inputs
from bearwitness.services.series import MOST_DRAFTS, plan_series, set_up_series
from bearwitness.services.series_parts import read_parts
from bearwitness.services.series_rewriting import rewrite_series
from bearwitness.services.world import crowds_for, load_ladders
from bearwitness.text.bundles import bundle_claims

DAY = date(2024, 3, 1)
# Both are about the same invented family of the worked case.
PROVINCE = "Bae comes from Ryanggang Province. Nobody answered our letters."
THIRTIES = "Bae, a man in his thirties, has a sister."
PAIR = (PROVINCE, THIRTIES)
FILES = [str(worked_case_path(n)) for n in ("case.yaml", "ledger.yaml", "policy.yaml")]
COMMAND = ["release", "series"]
SURROUNDINGS = ["--case", FILES[0], "--ledger", FILES[1], "--policy", FILES[2]]


def worked(language: str = "en"):
    return read_inputs(
        worked_case_path(f"draft.{language}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def given():
    return worked()


@pytest.fixture(scope="module")
def pair(given):
    return plan_series(PAIR, given.case, given.ledger, given.policy)


def test_drafts_that_are_safe_alone_and_not_together_are_made_safe(given, pair):
    """Each draft keeps the limit, both together break it, and the changed ones keep it: alone and together."""
    assert all(assess(d, given.case, given.ledger, given.policy).safe for d in PAIR)
    (row,) = (r for r in pair.households if r.adversary == "state_security")
    assert [d.draft for d in row.drafts] == [1, 2]
    assert all(d.joined.upper <= pair.threshold < row.joined.upper for d in row.drafts)
    assert not pair.safe
    assert pair.possible
    assert pair.optimal
    assert 0.0 < row.after <= pair.threshold
    written = rewrite_series(PAIR, given.case, given.ledger, given.policy)
    assert written.after.safe
    assert written.texts != PAIR
    assert all(assess(d, given.case, given.ledger, given.policy).safe for d in written.texts)


def test_the_cheapest_change_falls_on_any_draft_and_its_order_does_not_matter(given, pair):
    """The cost is that of the drafts' changes, and the same whichever draft comes first."""
    assert pair.cost == pytest.approx(sum(d.cost for d in pair.drafts))
    for drafts, found in ((PAIR, pair), (PAIR[::-1], plan_series(PAIR[::-1], given.case, given.ledger, given.policy))):
        assert found.cost == pytest.approx(pair.cost)
        for draft in found.drafts:
            assert all(drafts[draft.draft - 1][c.start : c.end] == c.quote for c in draft.changes)
            assert draft.cost == pytest.approx(sum(c.cost for c in draft.changes))


def one_after_the_other(drafts, given):
    """What it costs to plan each draft with the changed ones before it in the ledger."""
    ledger, cost = given.ledger, 0.0
    for number, draft in enumerate(drafts):
        found = assess(draft, given.case, ledger, given.policy)
        cost += found.cost
        text = rewrite_series([draft], given.case, ledger, given.policy).texts[0]
        left = assess(text, given.case, ledger, given.policy)
        entry = ledger_entry(
            left, id=f"s{number}", outlet="a paper", published=DAY, title="", case=given.case
        )
        ledger = replace(ledger, entries=(*ledger.entries, entry))
    return cost


@pytest.mark.parametrize("drafts", [PAIR, PAIR[::-1]])
def test_planning_together_costs_no_more_than_one_after_the_other(drafts, given, pair):
    """Whichever draft is planned first, planning both at once loses the reader no more."""
    assert pair.cost <= one_after_the_other(drafts, given) + 1e-9


def test_the_plan_equals_trying_every_wording_of_both_drafts(given, pair):
    """The cost is the least of all choices of rungs under which the joined household is safe for every adversary."""
    bench = set_up_series(PAIR, given.case, given.ledger, given.policy)
    judged = [p.judged for p in read_parts(bench, PAIR)]
    households = gather_series(judged, bench.index, bench.policy, "\n\n".join(PAIR))
    crowds = crowds_for(bench.policy.adversaries)
    bundles = bundle_claims([c for r in judged for c in r.claims])
    decisions = decide_on(households, crowds, bench.policy, load_ladders(), bundles)
    demands = [CrowdDemand(h, crowd, bench.policy, decisions) for h in households for crowd in crowds]
    choices = list(product(*(range(len(d.rungs)) for d in decisions)))
    assert len(choices) > 100
    costs = [
        sum(d.rungs[r].cost for d, r in zip(decisions, choice, strict=True))
        for choice in choices
        if all(d.upper(choice) <= bench.policy.threshold for d in demands)
    ]
    assert pair.cost == pytest.approx(min(costs), abs=1e-9)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_one_draft_is_what_assess_says(language):
    """A series of one draft has the risks, changes, edits and cost of its assessment."""
    given = worked(language)
    found = assess(given.draft, given.case, given.ledger, given.policy)
    series = plan_series([given.draft], given.case, given.ledger, given.policy)
    (draft,) = series.drafts
    assert (draft.changes, draft.edits) == (found.changes, found.edits)
    assert (draft.unresolved, draft.consent_gaps) == (found.unresolved, found.consent_gaps)
    assert (series.safe, series.optimal, series.possible, series.cost) == (False, True, True, found.cost)
    assert (series.notes, series.ledger_head) == (found.notes, found.ledger_head)
    rows = [(r.household, r.adversary, r.together, r.joined, r.safe) for r in series.households]
    assert rows == [(r.household, r.adversary, r.alone, r.joined, r.safe) for r in found.households]
    ways = [(a.cost, tuple((claim, level) for _, claim, level in a.changes)) for a in series.alternatives]
    assert ways == [(a.cost, a.changes) for a in found.alternatives]


def test_one_draft_needs_no_record():
    """Without a case one draft is planned, and several are refused: nobody could tell whose households they show."""
    alone = assess(PROVINCE, None, None, Policy(published=DAY))
    series = plan_series([PROVINCE], None, None, Policy(published=DAY))
    assert [r.joined for r in series.households] == [r.joined for r in alone.households]
    with pytest.raises(UsageError, match="only the record says"):
        plan_series(PAIR, None, None, Policy(published=DAY))


def test_the_same_text_twice_says_nothing_more_and_changes_twice(given):
    """Repeating a draft raises no risk of who is recorded, and what has to change in it changes in both."""
    draft = f"{PROVINCE} {THIRTIES}"
    once, twice = (plan_series([draft] * n, given.case, given.ledger, given.policy) for n in (1, 2))
    assert not once.safe
    assert [r.joined for r in twice.households] == [r.joined for r in once.households]
    assert [d.changes for d in twice.drafts] == [d.changes for d in once.drafts] * 2 or twice.cost == pytest.approx(
        2 * once.cost
    )
    assert {c.quote for c in twice.drafts[0].changes} == {c.quote for c in twice.drafts[1].changes}


def test_an_empty_draft_adds_nothing(given, pair):
    """A draft that says nothing changes no risk, and is not changed."""
    found = plan_series([*PAIR, ""], given.case, given.ledger, given.policy)
    assert [(r.joined, r.after) for r in found.households] == [(r.joined, r.after) for r in pair.households]
    assert (found.drafts[2].changes, found.drafts[2].edits) == ((), ())
    assert plan_series([""], given.case, given.ledger, given.policy).safe


@pytest.mark.parametrize("count", [0, MOST_DRAFTS + 1])
def test_no_draft_and_too_many_are_refused(count, given):
    """A series has 1 to 20 drafts."""
    with pytest.raises(UsageError, match="1 to 20"):
        plan_series([""] * count, given.case, given.ledger, given.policy)


def test_drafts_of_two_languages_are_worded_each_in_its_own(given):
    """An English and a Korean draft about one family are joined, and every change is in the words of its draft."""
    drafts = [given.draft, worked("ko").draft]
    found = plan_series(drafts, given.case, given.ledger, given.policy)
    for draft, text in zip(found.drafts, drafts, strict=True):
        assert draft.changes
        assert all(text[c.start : c.end] == c.quote for c in draft.changes)
        assert any("가" <= s <= "힣" for c in draft.changes for s in c.instead) == (draft.language == "ko")
    lee = next(r for r in found.households if r.household == "h-lee" and r.adversary == "state_security")
    assert [d.draft for d in lee.drafts] == [1, 2]
    assert found.optimal


def test_what_a_recipient_does_not_print_is_not_joined(given):
    """A series that goes to somebody who prints no province is judged without it."""
    policy = replace(given.policy, recipient="an institution", prints={"home": "none"})
    found = plan_series(PAIR, given.case, given.ledger, policy)
    printed = plan_series([THIRTIES], given.case, given.ledger, given.policy)
    upper = {r.adversary: r.joined.upper for r in printed.households}
    assert {r.adversary: r.joined.upper for r in found.households} == pytest.approx(upper)
    assert all(r.safe for r in found.households)
    assert "submission" in found.notes


def test_what_contradicts_between_drafts_is_an_error_that_names_both(given):
    """No household fits two drafts of which one says a man and the other a woman: that is never safety."""
    other = "Bae, a woman in her thirties, has a sister."
    with pytest.raises(ClaimError, match=r"draft-1/c\d+ and draft-2/c\d+"):
        plan_series([THIRTIES, other], replace(given.case, persons=unsexed(given.case)), given.ledger, given.policy)


def unsexed(case):
    return tuple(replace(p, sex=None) if p.id == "bae" else p for p in case.persons)


def test_an_unresolved_passage_of_one_draft_holds_back_all(given):
    """What nobody accounts for in the second draft makes the series unsafe, and names that draft on writing."""
    drafts = [PROVINCE, "Choi Gu-reum was there on the 3rd."]
    found = plan_series(drafts, given.case, given.ledger, given.policy)
    assert not found.safe
    assert [bool(d.unresolved) for d in found.drafts] == [False, True]
    with pytest.raises(NotSafe, match=r"^draft 2: "):
        rewrite_series(drafts, given.case, given.ledger, given.policy)


def test_a_gap_of_consent_is_told_of_the_draft_that_shows_the_person(given):
    """Who cannot be asked may be shown only where the household is safe: by all drafts, in each that shows them."""
    consents = tuple(c for c in given.case.consents if c.id != "c-bae")
    found = plan_series([PROVINCE, "Nobody answered."], replace(given.case, consents=consents),
                        given.ledger, given.policy)  # fmt: skip
    assert [[g.person for g in d.consent_gaps] for d in found.drafts] == [["bae"], []]
    assert not found.safe


def claim_of(words: str) -> Claim:
    return Claim(
        id="e1", persona="bae", attribute="trait", values=Codes(frozenset({"media"})), says="",
        spans=(Span(start=-1, end=-1, quote=words),), origin="editor",
    )  # fmt: skip


def test_an_editors_claim_is_of_the_drafts_that_have_its_words(given):
    """A claim of the case counts where its words stand; words that no draft has are an error."""
    drafts = [PROVINCE, "Bae spoke on the radio."]
    case = replace(given.case, claims=(claim_of("spoke on the radio"),))
    parts = read_parts(set_up_series(drafts, case, given.ledger, given.policy), drafts)
    assert [[str(c.id) for c in p.reading.claims if c.origin == "editor"] for p in parts] == [[], ["e1"]]
    assert [str(c.id) for c in parts[1].judged.claims if c.origin == "editor"] == ["draft-2/e1"]
    with pytest.raises(CaseError, match="claim e1 quotes words that no draft has"):
        plan_series([PROVINCE, THIRTIES], case, given.ledger, given.policy)


def test_a_suspicion_of_a_household_counts_in_the_series(given):
    """A family that is more suspect than others is more exposed, as in an assessment."""
    policy = replace(given.policy, suspicion={"h-bae": 50.0})
    alone = assess(PROVINCE, given.case, given.ledger, policy)
    series = plan_series([PROVINCE], given.case, given.ledger, policy)
    assert [r.joined for r in series.households] == [r.joined for r in alone.households]
    assert not series.safe


TWO_RAIDED = """
bearwitness: 1
case: two-families
households: [{id: h-pyo}, {id: h-ji}]
persons:
  - {id: pyo, household: h-pyo, names: [{text: 표누리}], sex: female, home: 혜산시, departure: 2018}
  - {id: pyo-son, household: h-pyo, names: [{text: 표마루}], sex: male, kin: [{relation: son, of: pyo}]}
  - {id: ji, household: h-ji, names: [{text: 지한별}], sex: female, home: 회령시, departure: 2017}
  - {id: ji-son, household: h-ji, names: [{text: 지한결}], sex: male, kin: [{relation: son, of: ji}]}
acts:
  - {id: ji-raid, kind: raid, household: h-ji, because_of: ji}
"""


def test_whose_name_was_taken_out_still_counts_for_their_family():
    """After the change no name tells who is meant, and what is left fits another family's record better: both count."""
    case = load_case(TWO_RAIDED, name="case", tree=load_place_tree(), vocabulary=load_vocabulary())
    policy = Policy(published=DAY, require_consent=False)
    drafts = ["Pyo, a woman, said that officers had raided her home.", "Pyo is from Hyesan and left the North in 2018."]
    written = rewrite_series(drafts, case, Ledger(), policy)
    assert not any("Pyo" in text for text in written.texts)
    mine = next(r for r in written.after.households if (r.household, r.adversary) == ("h-pyo", "state_security"))
    planned = next(r for r in written.before.households if (r.household, r.adversary) == ("h-pyo", "state_security"))
    assert [d.draft for d in mine.drafts] == [1, 2]
    assert mine.joined.upper == pytest.approx(planned.after, rel=1e-6)


# The command

def write(folder, **texts):
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def test_the_command_writes_all_drafts_or_none(tmp_path, capsys):
    """With an output the changed drafts lie in a new folder, only for their owner, and the status says safe."""
    drafts, out = write(tmp_path, first=PROVINCE, second=THIRTIES), tmp_path / "out"
    assert main([*COMMAND, *drafts, *SURROUNDINGS]) == 3
    capsys.readouterr()
    assert main([*COMMAND, *drafts, *SURROUNDINGS, "-o", str(out)]) == 0
    assert str(out / "first.txt") in capsys.readouterr().out.replace("\n", "")
    assert sorted(p.name for p in out.iterdir()) == ["first.txt", "second.txt"]
    assert out.stat().st_mode & 0o077 == 0
    changed = [str(out / name) for name in ("first.txt", "second.txt")]
    assert main([*COMMAND, *changed, *SURROUNDINGS]) == 0


def test_nothing_is_written_where_no_wording_is_safe(tmp_path, capsys):
    """A policy that keeps what gives the family away ends with status 3, and no folder is made."""
    drafts, out = write(tmp_path, first=PROVINCE, second=THIRTIES), tmp_path / "out"
    policy = tmp_path / "policy.yaml"
    policy.write_text("bearwitness: 1\npublished: 2024-03-01\nkeep: [surname, home, birth, sex, kin]\n", "utf-8")
    given = ["--case", FILES[0], "--ledger", FILES[1], "--policy", str(policy)]
    assert main([*COMMAND, *drafts, *given, "-o", str(out)]) == 3
    assert "no wording of the drafts is safe together" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["first.txt", "policy.yaml", "second.txt"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, capsys):
    """Two drafts of one name, a folder that holds something, a form that is not written: an error, and no folder."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    same = [*write(tmp_path / "a", text=PROVINCE), *write(tmp_path / "b", text=THIRTIES)]
    odd = tmp_path / "b" / "draft.rst"
    odd.write_text(THIRTIES, encoding="utf-8")
    out = tmp_path / "out"
    status = OutputError.status
    assert main([*COMMAND, *same, *SURROUNDINGS, "-o", str(out)]) == status
    assert main([*COMMAND, same[0], str(odd), *SURROUNDINGS, "-o", str(out)]) == status
    assert not out.exists()
    assert main([*COMMAND, same[0], *SURROUNDINGS, "-o", str(tmp_path / "a")]) == status
    assert (tmp_path / "a" / "text.txt").read_text(encoding="utf-8") == PROVINCE
    assert "not empty" in capsys.readouterr().err
    assert not list(tmp_path.glob(".bearwitness-*"))


def test_the_command_prints_one_document(tmp_path, capsys):
    """The JSON answer has the risks of each draft and of all, and the changes by draft."""
    drafts = write(tmp_path, first=PROVINCE, second=THIRTIES)
    assert main([*COMMAND, *drafts, *SURROUNDINGS, "--json"]) == 3
    said = json.loads(capsys.readouterr().out)
    assert said["command"] == "release series"
    assert not said["answer"]["safe"]
    assert [d["draft"] for d in said["answer"]["drafts"]] == [1, 2]
    assert {"together", "joined", "after"} <= said["answer"]["households"][0].keys()


def test_a_docx_draft_is_written_as_one(tmp_path):
    """A draft is written in the form in which it was read, whatever the others are."""
    (text,) = write(tmp_path, first=f"{PROVINCE} {THIRTIES}")
    docx = tmp_path / "made" / "second.docx"
    docx.parent.mkdir()
    assert main(["rewrite", text, *SURROUNDINGS, "-o", str(docx)]) == 0
    out = tmp_path / "out"
    assert main([*COMMAND, text, str(docx), *SURROUNDINGS, "-o", str(out)]) == 0
    assert (out / "second.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_report_fits_80_columns(language, pair):
    """No line is longer than the terminal, in either language, and the changes stand under their drafts."""
    console = Console(width=80)
    with console.capture() as capture:
        print_series(console, pair, ["first.txt", "a/much/longer/name/of/a/draft.txt"], language)
    lines = capture.get().splitlines()
    assert all(console.measure(line).maximum <= 80 for line in lines)
    at = [i for i, line in enumerate(lines) if "first.txt" in line or "draft.txt" in line]
    assert len(at) == 2
    changed = [c.quote for c in pair.drafts[1].changes]
    assert all(any(words in line for line in lines[at[1] :]) for words in changed)
    only = "Each draft by itself keeps" if language == "en" else "초고 하나하나는"
    assert any(only in line for line in lines)
