"""What of a record may be used for a purpose: what consent does not cover is gone, with all that pointed to it."""

from dataclasses import replace
from datetime import date

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.errors import UsageError
from bearwitness.model import records
from bearwitness.model.claims import Claim, Persona
from bearwitness.model.codec import dump_case, load_case
from bearwitness.model.codec.case_checks import check_case
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Act, CasePlace, Consent, Household, Name, Person
from bearwitness.model.values import Codes
from bearwitness.release.consent import LEAVING, consent_states, find_consent_gaps, why_not_covered
from bearwitness.release.pruning import known_only_from, without
from bearwitness.release.selection import select_for

TREE, VOCABULARY = load_place_tree(), load_vocabulary()
AROUND = {"name": "f", "tree": TREE, "vocabulary": VOCABULARY}
ON = date(2024, 6, 1)
WORKED = load_case(worked_case_path("case.yaml").read_text(encoding="utf-8"), **AROUND)


def agree(name, person, purpose, state="given", **more):
    """A consent of one person for themselves."""
    plain = {"identifiability": "pseudonym", "quoting": "none"}
    return Consent(id=name, giver=person, purpose=purpose, persons=((person, state),), **(plain | more))


def with_consents(case, *more):
    return replace(case, consents=(*case.consents, *more))


def ids(case):
    """Everything of a case that has an id, by table."""
    tables = ("persons", "households", "acts", "testimonies", "consents", "claims")
    return {(table, item.id) for table in tables for item in getattr(case, table)}


def whys(selection):
    return {(w.kind, w.id): w.why for w in selection.withheld}


@pytest.mark.parametrize("purpose", ["", "Publication", "fun", "quoting"])
def test_a_purpose_that_nobody_was_asked_about_is_refused(purpose):
    """Neither a selection nor a check of a draft is made for an unknown purpose."""
    with pytest.raises(UsageError, match="not known") as caught:
        select_for(WORKED, purpose, ON)
    assert "publication" in caught.value.hint
    with pytest.raises(UsageError):
        find_consent_gaps(WORKED, (), (), unsafe=(), on=ON, purpose=purpose)


PAST, FUTURE = parse_edtf("2024-05"), parse_edtf("2030")


@pytest.mark.parametrize(
    ("consents", "purpose", "covered"),
    [
        ([], "documentation", True),
        ([], "sharing", False),
        ([agree("c", "ahn", "sharing")], "sharing", True),
        ([agree("c", "ahn", "sharing")], "submission", False),
        ([agree("c", "ahn", "sharing", withdrawn=PAST)], "sharing", False),
        ([agree("c", "ahn", "sharing", expires=PAST)], "sharing", False),
        ([agree("c", "ahn", "sharing", expires=FUTURE)], "sharing", True),
        ([agree("c", "ahn", "sharing", expires=parse_edtf("?"))], "sharing", False),
        ([agree("c", "ahn", "sharing", "cannot_be_asked")], "sharing", False),
        ([agree("c", "ahn", "sharing", "deceased")], "sharing", False),
        ([agree("c", "ahn", "sharing"), agree("d", "ahn", "sharing", "refused")], "sharing", False),
        ([agree("c", "ahn", "sharing"), agree("d", "ahn", "submission", "refused")], "sharing", True),
        ([agree("c", "ahn", "sharing"), agree("d", "ahn", "documentation", "refused")], "sharing", False),
        ([agree("c", "ahn", "sharing"), agree("d", "ahn", "documentation", withdrawn=PAST)], "sharing", False),
        ([agree("d", "ahn", "documentation", withdrawn=PAST)], "documentation", False),
        ([agree("d", "ahn", "documentation", expires=PAST)], "documentation", False),
        ([agree("d", "ahn", "documentation", withdrawn=FUTURE)], "documentation", True),
        ([agree("d", "ahn", "documentation", withdrawn=PAST), agree("e", "ahn", "documentation")], "documentation",
         True),
        ([agree("d", "ahn", "documentation", "refused", withdrawn=PAST)], "documentation", False),
        ([agree("d", "ahn", "documentation", "cannot_be_asked")], "documentation", True),
        ([agree("d", "ahn", "sharing", "refused")], "documentation", True),
        ([replace(agree("d", "ahn", "documentation", withdrawn=PAST), persons=())], "documentation", False),
        ([replace(agree("c", "ahn", "sharing"), persons=())], "sharing", False),
        ([agree("c", "ahn", "sharing", identifiability="aggregate")], "sharing", False),
        ([agree("c", "ahn", "statistics", identifiability="aggregate")], "statistics", True),
        ([agree("c", "ahn", "statistics", identifiability="internal")], "statistics", False),
        ([agree("c", "ahn", "sharing", identifiability="aggregate"),
          agree("d", "ahn", "sharing", identifiability="role")], "sharing", True),
    ],
)  # fmt: skip
def test_what_somebody_told_may_be_used_only_as_they_agreed(consents, purpose, covered):
    """One purpose, one consent in force, and no refusal; for the work inside, nothing that forbids it."""
    case = replace(WORKED, consents=tuple(consents))
    assert (why_not_covered(consent_states(case).get("ahn", ()), purpose, ON) == "") is covered
    told = {t.id for t in select_for(case, purpose, ON).case.testimonies}
    assert ("t-ahn" in told) is covered


def test_who_withdrew_from_documentation_is_a_gap_of_a_draft_too():
    """A consent to publication does not outlive that to documentation."""
    shown = Persona(id="p1", label="Ahn", household="h-ahn", person="ahn")
    assert find_consent_gaps(WORKED, [shown], (), unsafe=(), on=ON) == ()
    case = with_consents(WORKED, agree("c-x", "ahn", "documentation", withdrawn=PAST))
    (gap,) = find_consent_gaps(case, [shown], (), unsafe=(), on=ON)
    assert "documentation" in gap.why


def test_the_worked_case_may_be_published_and_nothing_else():
    """Its consents are for publication: all of it may be used for that and inside, none of it for anything else."""
    for purpose in ("publication", "documentation"):
        assert select_for(WORKED, purpose, ON).case == WORKED
    for purpose in ("submission", "sharing", "statistics"):
        left = select_for(WORKED, purpose, ON)
        assert ids(left.case) == set()
        assert len(left.withheld) == len(ids(WORKED))


def test_one_withdrawal_takes_out_one_family():
    """The account, its acts, everybody known only from it, their household and consent; nothing of the others."""
    withdrawn = tuple(replace(c, withdrawn=PAST) if c.giver == "ahn" else c for c in WORKED.consents)
    left = select_for(replace(WORKED, consents=withdrawn), "publication", ON)
    gone = {("persons", p) for p in ("ahn", "ahn-brother", "ahn-mother", "carrier")} | {
        ("households", "h-ahn"), ("households", "h-carrier"), ("acts", "ahn-raid"), ("acts", "ahn-detention"),
        ("testimonies", "t-ahn"), ("consents", "c-ahn"),
    }  # fmt: skip
    assert ids(left.case) == ids(WORKED) - gone
    assert {(f"{w.kind}s".replace("testimonys", "testimonies"), w.id) for w in left.withheld} == gone
    assert "no consent for publication" in whys(left)["testimony", "t-ahn"]
    text = dump_case(left.case)
    for told in ("안도솔", "안도겸", "국영채", "손미랑", "ahn", "아는 사람"):
        assert told not in text


def told_twice():
    """The worked case with a second account, by Bae, of what was done to the Ahn family."""
    second = records.Testimony(
        id="t-second", teller="bae", language="ko", told=None, directness="unknown", text="옆집 일을 들었다.",
        acts=("ahn-raid", "ahn-detention"),
    )  # fmt: skip
    withdrawn = tuple(replace(c, withdrawn=PAST) if c.giver == "ahn" else c for c in WORKED.consents)
    return replace(WORKED, testimonies=(*WORKED.testimonies, second), consents=withdrawn)


def test_an_act_that_somebody_else_tells_too_stays_without_who_did_not_agree():
    """The other account carries the acts; the first teller, and the kinship to them, are gone from it."""
    left = select_for(told_twice(), "publication", ON).case
    acts = {a.id: a for a in left.acts}
    assert acts["ahn-detention"].victims == ("ahn-brother",)
    assert acts["ahn-detention"].because_of is None
    people = {p.id: p for p in left.persons}
    assert "ahn" not in people
    assert people["ahn-brother"].kin == ()
    assert "carrier" not in people
    assert "안도솔" not in dump_case(left)


def test_an_account_that_names_who_refused_is_left_out_and_its_acts_stay():
    """A name in the text of somebody else's account cannot be cut out of it; the teller's acts are still theirs."""
    case = told_twice()
    for text in ("안도솔네 집이었다.", "안 도솔의 집", "안\u200b도솔"):
        naming = tuple(replace(t, text=text) if t.id == "t-second" else t for t in case.testimonies)
        left = select_for(replace(case, testimonies=naming), "publication", ON)
        assert "names somebody" in whys(left)["testimony", "t-second"]
        assert "ahn-raid" in {a.id for a in left.case.acts}


def test_a_latin_name_is_found_as_a_word_only():
    """"Li" is not in "living"; it is in "Mr. LI's"."""
    case = told_twice()
    people = tuple(replace(p, names=(Name(text="Li", language="en"),)) if p.id == "ahn" else p for p in case.persons)
    for text, out in (("the living are alive", False), ("Mr. LI's home", True)):
        told = tuple(replace(t, text=text) if t.id == "t-second" else t for t in case.testimonies)
        left = select_for(replace(case, persons=people, testimonies=told), "publication", ON)
        assert (("testimony", "t-second") in whys(left)) is out


def test_a_victim_who_refused_is_nowhere_and_neither_is_what_was_done_to_them_alone():
    """A refusal weighs more than the yes of whoever told it; labels with the name are emptied."""
    households = tuple(
        replace(h, label="배충길의 집") if h.id == "h-bae" else h for h in WORKED.households
    )
    raid = Act(id="bae-raid", kind="raid", household="h-bae", victims=("bae-father", "bae"))
    told = tuple(replace(t, acts=(*t.acts, "bae-raid")) if t.id == "t-bae" else t for t in WORKED.testimonies)
    case = replace(WORKED, households=households, acts=(*WORKED.acts, raid), testimonies=told)
    refused = with_consents(case, agree("c-f", "bae-father", "publication", "refused"))
    left = select_for(refused, "publication", ON).case
    assert "bae-father" not in {p.id for p in left.persons}
    acts = {a.id: a for a in left.acts}
    assert "bae-threat" not in acts
    assert acts["bae-raid"].victims == ("bae",)
    assert {t.id: (t.acts, t.chain) for t in left.testimonies}["t-bae"] == (("bae-raid",), ())
    assert "배충길" not in dump_case(left)
    assert {h.id: h.label for h in left.households}["h-bae"] == ""
    # What was refused for one purpose is not refused for the work inside.
    assert "bae-father" in {p.id for p in select_for(refused, "documentation", ON).case.persons}


def test_an_act_without_an_account_stays_inside_unless_somebody_it_concerns_agreed():
    """A row of a spreadsheet serves the work inside; it leaves with a yes of a victim, or of whom it punishes."""
    row = Act(id="row-7", kind="raid", household="h-ahn", victims=("ahn-mother",), because_of="ahn")
    other = Act(id="row-8", kind="raid", household="h-ahn")
    case = replace(WORKED, acts=(*WORKED.acts, row, other), consents=())
    assert {"row-7", "row-8"} <= {a.id for a in select_for(case, "documentation", ON).case.acts}
    for purpose in LEAVING:
        assert select_for(case, purpose, ON).case.acts == ()
        for person in ("ahn", "ahn-mother"):
            agreed = with_consents(case, agree("c-n", person, purpose))
            assert "row-7" in {a.id for a in select_for(agreed, purpose, ON).case.acts}
            assert "row-8" not in {a.id for a in select_for(agreed, purpose, ON).case.acts}


def test_inside_nothing_is_lost_that_nothing_refers_to():
    """Somebody just recorded, an empty household and an unused place stay for documentation, and do not leave."""
    more = replace(
        WORKED, persons=(*WORKED.persons, Person(id="new", household="h-new")),
        households=(*WORKED.households, Household(id="h-new"), Household(id="h-empty")),
        places=(CasePlace(path="hambuk/musan/upper", names=("윗골",)),),
    )  # fmt: skip
    assert select_for(more, "documentation", ON).case == more
    left = select_for(more, "publication", ON)
    assert left.case == WORKED
    assert set(whys(left)) == {("person", "new"), ("household", "h-new"), ("household", "h-empty")}


def test_a_place_stays_as_long_as_something_in_it_is_named():
    """A village that only who is left out came from is gone; the ward around a place that is still named is not."""
    places = tuple(CasePlace(path=p, names=("x",)) for p in ("a/b", "a/b/c", "a/b/d"))
    homes = {"ahn": "a/b/d", "lee": "a/b/c"}
    people = tuple(replace(p, home=homes.get(p.id, p.home)) for p in WORKED.persons)
    withdrawn = tuple(replace(c, withdrawn=PAST) if c.giver == "ahn" else c for c in WORKED.consents)
    left = select_for(replace(WORKED, persons=people, places=places, consents=withdrawn), "publication", ON).case
    assert [p.path for p in left.places] == ["a/b", "a/b/c"]
    assert [p.path for p in without(replace(WORKED, persons=people, places=places), persons={"ahn"}).places] == [
        "a/b", "a/b/c"
    ]  # fmt: skip


def test_a_link_goes_with_whoever_told_or_heard():
    """Of a chain only the links between people who stay are left."""
    for person, left in (("ahn-mother", 1), ("carrier", 0)):
        chains = {t.id: t.chain for t in without(WORKED, persons={person}).testimonies}
        assert len(chains["t-ahn"]) == left


def test_claims_of_who_is_left_out_go_with_them():
    """A claim of a person, about a person or act, or with the name in it."""
    def claim(name, **more):
        plain = {"persona": "somebody", "attribute": "trait", "values": Codes(frozenset({"phone"})), "says": "",
                 "spans": (), "origin": "editor"}  # fmt: skip
        return Claim(id=name, **(plain | more))

    claims = (
        claim("k-1", persona="ahn"), claim("k-2", about="ahn-raid"), claim("k-3", about="ahn-mother"),
        claim("k-4", says="안도솔의 전화"), claim("k-5", persona="lee"),
        claim("k-6", attribute="name", values=Codes(frozenset({"안도솔"}))),
    )  # fmt: skip
    withdrawn = tuple(replace(c, withdrawn=PAST) if c.giver == "ahn" else c for c in WORKED.consents)
    left = select_for(replace(WORKED, claims=claims, consents=withdrawn), "publication", ON).case
    assert [c.id for c in left.claims] == ["k-5"]


def test_an_account_can_be_destroyed_with_all_that_is_known_from_it_alone():
    """The teller, the family, who carried the news, the acts and the household are gone; the rest is as it was."""
    alone = known_only_from(WORKED, {"t-ahn"})
    assert set(alone) == {"ahn", "ahn-brother", "ahn-mother", "carrier"}
    left = without(WORKED, testimonies={"t-ahn"}, persons=alone)
    assert {h.id for h in left.households} == {"h-lee", "h-bae"}
    assert [t.id for t in left.testimonies] == ["t-lee", "t-bae"]
    assert "안도솔" not in dump_case(left)
    check_case(left)


def test_what_two_accounts_tell_stays_when_one_is_destroyed():
    """Only what rests on the destroyed account alone goes with it."""
    case = told_twice()
    assert set(known_only_from(case, {"t-ahn"})) == {"ahn-mother", "carrier"}
    left = without(case, testimonies={"t-ahn"}, persons=known_only_from(case, {"t-ahn"}))
    assert {"ahn-raid", "ahn-detention"} <= {a.id for a in left.acts}


def test_a_refusal_outlives_whoever_wrote_it_down():
    """The consent of somebody who is taken out goes, but not that a relative listed in it refused."""
    listed = replace(
        WORKED.consents[0], persons=(("ahn", "given"), ("ahn-mother", "cannot_be_asked"), ("ahn-brother", "refused"))
    )
    case = replace(WORKED, consents=(listed,))
    (kept,) = without(case, persons={"ahn"}).consents
    assert (kept.giver, kept.persons) == ("ahn-brother", (("ahn-brother", "refused"),))
    assert without(WORKED, persons={"ahn"}).consents == WORKED.consents[1:]


@pytest.mark.parametrize("names", [{"testimonies": {"t-nobody"}}, {"persons": {"nobody"}}])
def test_what_is_not_there_cannot_be_taken_out(names):
    """A misspelt id must not leave an account where somebody believes it is gone."""
    with pytest.raises(ValueError, match="no such"):
        without(WORKED, **names)
