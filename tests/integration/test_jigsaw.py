"""Jigsaw: which earlier sentences and which new one identify a family, what is given away, what needs a look."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bearwitness import assess
from bearwitness.cli.main import main
from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.errors import ClaimError, LedgerError
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, PersonaId
from bearwitness.model.codec import dump_ledger, load_ledger
from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.records import Case, Consent, Household, Person
from bearwitness.model.values import Codes, Paths
from bearwitness.release.entry import ledger_entry
from bearwitness.release.ledger import ledger_head
from bearwitness.services.inputs import read_inputs
from bearwitness.services.jigsaw import find_jigsaw

HOME = HouseholdId("h1")
DAY = date(2023, 5, 1)


def worked(language: str):
    return read_inputs(
        worked_case_path(f"draft.{language}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ko"])
def test_two_earlier_sentences_and_a_new_one_identify_the_family_of_the_worked_case(language):
    """Household Lee is found from one sentence of each earlier release and one of the draft, and from no fewer."""
    given = worked(language)
    found = find_jigsaw(given.draft, given.case, given.ledger, given.policy)
    lee = next(h for h in found.households if h.household == "h-lee")
    assert not found.safe
    assert lee.complete
    (together,) = lee.sets
    assert [s.release for s in together.statements] == ["", "r-2021-portrait", "r-2022-briefing"]
    new, first, second = (s.words for s in together.statements)
    assert new in " ".join(given.draft.split())
    assert first == "She learned to drive at forty."
    assert second.startswith("A witness who left between 2005 and 2019")
    assert together.upper > found.threshold
    # What is out by itself keeps the limit.
    assert all(g.upper <= found.threshold for g in lee.history)


def test_without_a_draft_it_tells_what_is_given_away_over_time():
    """The risk of a household grows with every release about it."""
    given = worked("en")
    found = find_jigsaw(None, given.case, given.ledger, given.policy)
    (lee,) = found.households
    assert [g.release for g in lee.history] == ["r-2021-portrait", "r-2022-briefing"]
    assert lee.history[0].upper < lee.history[1].upper == lee.upper
    assert lee.history[0].candidates > lee.history[1].candidates
    assert found.safe
    assert not found.warnings


def claim(id: str, attribute: str, values) -> Claim:
    return Claim(
        id=ClaimId(id), persona=PersonaId("p"), attribute=attribute, values=values, says="", spans=(), origin="editor"
    )


def entry(id: str, day: date, *claims: Claim, upper: float | None = None) -> LedgerEntry:
    shown = LedgerPersona(id=PersonaId("p"), household=HOME, claims=claims, upper=upper)
    return LedgerEntry(id=id, outlet="a paper", published=day, title="", personas=(shown,))


LEFT = claim("c1", "status", Codes(frozenset({"left"})))
TOWN = claim("c2", "home", Paths(frozenset({"hambuk/musan"})))
RAID = claim("c3", "act", Codes(frozenset({"raid"})))
CASE = Case(
    id="c", households=(Household(id=HOME),),
    persons=(Person(id="p1", household=HOME),),
    consents=(Consent(id="k", giver="p1", purpose="publication", identifiability="pseudonym", quoting="none",
                      persons=(("p1", "given"),)),),
)  # fmt: skip


def warnings(*entries: LedgerEntry, case: Case = CASE):
    found = find_jigsaw(None, case, Ledger(entries=entries), Policy(published=DAY))
    assert found.safe == (not found.warnings)
    return [(w.release, w.why) for w in found.warnings]


def test_a_release_that_became_unsafe_is_told_with_its_reason():
    """The reason says whether the world changed, it was known, or it is by itself or together with others."""
    quiet, loud = entry("r1", date(2020, 1, 1), LEFT), (RAID, TOWN)
    assert warnings(quiet) == []
    assert warnings(quiet, entry("r2", date(2021, 1, 1), *loud)) == [("r2", "alone")]
    assert warnings(quiet, entry("r2", date(2021, 1, 1), *loud, upper=0.05)) == [("r2", "world")]
    assert warnings(quiet, entry("r2", date(2021, 1, 1), *loud, upper=0.7)) == [("r2", "known")]
    apart = entry("r1", date(2020, 1, 1), TOWN), entry("r2", date(2021, 1, 1), RAID)
    assert warnings(*reversed(apart)) == [("r2", "joined")]


def test_a_consent_that_ended_is_told_for_every_release_about_the_household():
    """A withdrawn consent concerns what is already out."""
    consent = replace(CASE.consents[0], withdrawn=parse_edtf("2022"))
    gone = replace(CASE, consents=(consent,))
    assert warnings(entry("r1", date(2020, 1, 1), LEFT), case=gone) == [("r1", "consent")]


def test_what_was_published_and_cannot_all_be_true_is_refused_with_ids():
    """Contradicting releases are an error, never safety."""
    other = claim("c9", "home", Paths(frozenset({"jagang"})))
    with pytest.raises(ClaimError, match=r"r1/c2.*r2/c9|r2/c9.*r1/c2"):
        warnings(entry("r1", date(2020, 1, 1), TOWN), entry("r2", date(2021, 1, 1), other))


def test_a_ledger_entry_keeps_its_sentences_and_its_risk():
    """What left can be shown and compared later: the sentence of each claim, and the upper bound of then."""
    given = worked("en")
    found = assess(given.draft, given.case, given.ledger, given.policy)
    left = ledger_entry(found, id="r9", outlet="a paper", published=DAY, title="", case=given.case)
    lee = next(p for p in left.personas if p.household == "h-lee")
    assert lee.upper == max(r.joined.upper for r in found.households if r.household == "h-lee")
    (words,) = {s.quote for c in lee.claims for s in c.spans}
    assert words in " ".join(given.draft.split())
    ledger = Ledger(id="l", entries=(left,))
    again = load_ledger(dump_ledger(ledger), name="l", tree=load_place_tree(), vocabulary=load_vocabulary())
    assert again == ledger


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_command_shows_the_sentences_within_80_columns(language, capsys, monkeypatch):
    """The report names each release beside its sentence, in the language of the draft."""
    monkeypatch.setenv("COLUMNS", "80")
    files = [str(worked_case_path(n)) for n in (f"draft.{language}.txt", "case.yaml", "ledger.yaml", "policy.yaml")]
    command = ["release", "jigsaw", files[0], "--case", files[1], "--ledger", files[2], "--policy", files[3]]
    assert main(command) == 3
    shown = capsys.readouterr().out
    assert "r-2021-portrait: “She learned to drive at forty.”" in shown
    assert ("이 초고: “" if language == "ko" else "this draft: “") in shown
    assert main([*command, "--json"]) == 3
    said = json.loads(capsys.readouterr().out)
    assert said["command"] == "release jigsaw"
    assert not said["answer"]["safe"]


def test_nothing_to_put_together_is_an_error(capsys):
    """Neither a draft nor a ledger: a usage error, no verdict."""
    assert main(["release", "jigsaw"]) == 2
    assert "nothing to put together" in capsys.readouterr().err


@pytest.mark.parametrize("change", ["1 left out", "1 altered"])
def test_a_ledger_that_states_its_head_is_refused_once_a_release_is_altered_or_missing(change, tmp_path, capsys):
    """The head tells; the message names the file and no content."""
    given = worked("en")
    whole = replace(given.ledger, head=ledger_head(given.ledger))
    path, case = tmp_path / "ledger.yaml", str(worked_case_path("case.yaml"))
    command = ["release", "jigsaw", "--case", case, "--ledger", str(path)]
    path.write_text(dump_ledger(whole), encoding="utf-8")
    assert main(command) == 0
    first, second = whole.entries
    entries = (first,) if change == "1 left out" else (first, replace(second, title="Another title"))
    path.write_text(dump_ledger(replace(whole, entries=entries)), encoding="utf-8")
    assert main(command) == LedgerError.status
    said = capsys.readouterr().err
    assert "altered, added or taken away" in said
    assert "Another title" not in said
