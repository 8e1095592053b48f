"""The main job end to end on the worked case, in both languages, as the commands do it."""

import json
from pathlib import Path

import jsonschema
import pytest

from bearwitness.cli.main import main
from bearwitness.cli.worked_case import worked_case_arguments
from bearwitness.data.load import worked_case_path
from bearwitness.services.assess import assess
from bearwitness.services.inputs import read_inputs
from bearwitness.services.rewrite import rewrite

DOCS = Path(__file__).resolve().parents[2] / "docs"
LANGUAGES = ("en", "ko")


def inputs(language):
    """The files of the worked case."""
    return read_inputs(
        worked_case_path(f"draft.{language}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
        decisions=worked_case_path("decisions.yaml"),
    )  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def language(request):
    """Each language of the worked case."""
    return request.param


@pytest.fixture
def assessed(language):
    """The assessment of the draft in a language."""
    given = inputs(language)
    return assess(given.draft, given.case, given.ledger, given.policy, decisions=given.decisions)


def risks(found, adversary="state_security"):
    """Household to its row for an adversary."""
    return {r.household: r for r in found.households if r.adversary == adversary}


def test_the_draft_is_not_safe_and_nothing_is_unresolved(assessed):
    """The verdict is not safe for what is said, not for what could not be read."""
    assert not assessed.safe
    assert assessed.unresolved == ()
    assert {str(g.person) for g in assessed.consent_gaps} <= {"ahn-brother", "ahn-mother", "lee-sister", "bae-father"}


def test_one_family_is_given_away_by_the_draft_and_one_only_together_with_earlier_releases(assessed):
    """Ahn alone is found; Lee is safe in the draft alone, and found once two earlier releases are joined."""
    rows = risks(assessed)
    assert rows["h-ahn"].alone.candidates < 2
    assert rows["h-lee"].alone.upper <= assessed.threshold < rows["h-lee"].joined.upper
    assert rows["h-lee"].costliest_release in ("r-2021-portrait", "r-2022-briefing")
    assert rows["h-carrier"].safe


def test_either_earlier_release_alone_would_leave_lee_safe(language):
    """It is the combination: with one of the two releases the household is at or below the threshold."""
    given = inputs(language)
    for kept in given.ledger.entries:
        ledger = type(given.ledger)(entries=(kept,))
        found = assess(given.draft, given.case, ledger, given.policy)
        assert risks(found)["h-lee"].joined.upper <= found.threshold, kept.id


def test_everything_the_draft_says_of_ahn_is_a_claim(assessed):
    """Name, home, work, year and way of leaving, phone, money, brokering, raid, detention and the date of the news."""
    ids = {p.id for p in assessed.personas if p.household == "h-ahn"}
    said = {(c.attribute, c.role) for c in assessed.claims if c.persona in ids}
    attributes = {a for a, _ in said}
    assert {"surname", "home", "occupation", "departure", "route", "trait", "kin", "act"} <= attributes
    assert ("act_date", "learned") in said
    assert ("act_date", "occurred") not in said


def test_the_changes_are_optimal_and_the_changed_draft_is_safe(language):
    """Rewriting reaches safety, is proved optimal, and still says that a home was raided and somebody detained."""
    given = inputs(language)
    found = rewrite(given.draft, given.case, given.ledger, given.policy, decisions=given.decisions)
    assert found.before.optimal
    assert found.after.safe
    assert found.text != given.draft
    acts = {code for c in found.after.claims if c.attribute == "act" for code in c.values.codes}
    assert {"raid", "threat"} <= acts
    assert any(code.startswith("detention/") for code in acts)
    for told in ("Ahn", "Sinuiju", "안 씨", "신의주"):
        assert told not in found.text


def test_the_command_prints_the_verdict_and_writes_the_page(language, tmp_path, capsys):
    """Exit status 3, the verdict and the households on the screen, one page without any address in it."""
    page = tmp_path / "report.html"
    assert main(worked_case_arguments(language, page)) == 3
    printed = capsys.readouterr().out
    assert ("NOT SAFE" in printed) if language == "en" else ("안전하지" in printed)
    text = page.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert "http://" not in text
    assert "https://" not in text


def test_the_json_is_by_the_schema(language, tmp_path, capsys):
    """Assess --json prints one document that fits docs/reference/assess.schema.json."""
    arguments = [a for a in worked_case_arguments(language, tmp_path / "x") if a not in ("--html", str(tmp_path / "x"))]
    assert main([*arguments, "--json"]) == 3
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((DOCS / "reference" / "assess.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    assert document["safe"] is False
    draft = worked_case_path(f"draft.{language}.txt").read_text(encoding="utf-8")
    for claim in document["claims"]:
        assert draft[claim["start"] : claim["end"]] == claim["quote"]


def test_both_languages_tell_of_the_same_households():
    """The Korean draft gives away who the English one does."""
    verdicts = []
    for language in LANGUAGES:
        given = inputs(language)
        found = assess(given.draft, given.case, given.ledger, given.policy)
        verdicts.append({h: r.safe for h, r in risks(found).items()})
    assert verdicts[0] == verdicts[1]


def test_the_same_draft_gets_the_same_verdict_every_time(language):
    """Nothing in an assessment depends on chance."""
    given = inputs(language)
    one, other = (assess(given.draft, given.case, given.ledger, given.policy) for _ in range(2))
    assert one == other
