"""What the ledger keeps of a release, and what a later assessment makes of it."""

from dataclasses import replace
from datetime import date

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.disclosure.jigsaw import Release, gather_households
from bearwitness.disclosure.measure import measure_household
from bearwitness.errors import ReleaseError
from bearwitness.model.claims import Claim, Persona
from bearwitness.model.codec import dump_ledger, load_ledger
from bearwitness.model.codec.claims import NOT_LOCATED
from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Person
from bearwitness.model.release import Draft
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.release.binding import bind
from bearwitness.release.entry import ledger_entry, rests_on
from bearwitness.services.assess import assess
from bearwitness.services.inputs import read_inputs
from bearwitness.services.rewrite import rewrite
from bearwitness.services.world import crowds_for

DAY = date(2024, 3, 1)
LANGUAGES = ("en", "ko")
_GIVEN = {
    language: read_inputs(
        worked_case_path(f"draft.{language}.txt"), case=worked_case_path("case.yaml"),
        ledger=worked_case_path("ledger.yaml"), policy=worked_case_path("policy.yaml"),
        decisions=worked_case_path("decisions.yaml"),
    )
    for language in LANGUAGES
}  # fmt: skip
CASE = _GIVEN["en"].case


@pytest.fixture(scope="module", params=LANGUAGES)
def left(request):
    """The worked case's draft as it was made safe, its assessment, and what was given."""
    given = _GIVEN[request.param]
    return rewrite(given.draft, given.case, given.ledger, given.policy, decisions=given.decisions), given


def entry_of(assessment, **more):
    return ledger_entry(assessment, **({"id": "r-new", "outlet": "our site", "published": DAY, "title": ""} | more))


def test_the_same_text_again_meets_what_the_engine_says_of_two_linked_releases(left):
    """Published and assessed once more, each household's joined risk is that of its claims said twice."""
    done, given = left
    ledger = replace(given.ledger, entries=(*given.ledger.entries, entry_of(done.after, case=given.case)))
    again = assess(done.text, given.case, ledger, given.policy, decisions=given.decisions)
    policy = replace(given.policy, link=1.0)
    crowds = {c.adversary.id: c for c in crowds_for(policy.adversaries)}
    households = gather_households(done.after.personas, done.after.claims, given.ledger, policy)
    twice = [
        replace(h, releases=(*h.releases, Release("r-new", tuple(c for c in h.draft), 1.0))) for h in households
    ]
    wanted: dict = {}
    for household in twice:
        for name, crowd in crowds.items():
            row = measure_household(household, crowd, policy)
            key = (household.id, name)
            wanted[key] = max(wanted.get(key, 0.0), row.joined.upper)
    found = {(r.household, r.adversary): r.joined.upper for r in again.households}
    assert found == pytest.approx(wanted, rel=1e-12)
    assert set(found) == {(r.household, r.adversary) for r in done.after.households}
    before = {(r.household, r.adversary): r.alone.upper for r in done.after.households}
    assert all(found[key] >= before[key] for key in found)


def test_a_short_text_later_meets_everything_that_was_published(left):
    """Somebody named only as "Lee" later is joined with home and act of the release: as much is known as from both."""
    done, given = left
    rows = {r.household: r for r in done.after.households if r.adversary == "state_security"}
    ledger = Ledger(entries=(entry_of(done.after, case=given.case),))
    later = assess("Lee left the North.", given.case, ledger, given.policy)
    joined = {r.household: r for r in later.households if r.adversary == "state_security"}
    assert joined["h-lee"].joined.upper >= rows["h-lee"].alone.upper * (1 - 1e-12)
    assert joined["h-lee"].joined.upper > joined["h-lee"].alone.upper


def test_an_entry_comes_back_from_a_ledger_file(left):
    """What is kept of a release can be written to a ledger file and read again."""
    done, given = left
    ledger = Ledger(id="l", entries=(entry_of(done.after, case=given.case, title="A\ttitle\r\nof two lines"),))
    again = load_ledger(dump_ledger(ledger), name="f", tree=load_place_tree(), vocabulary=load_vocabulary())
    assert again == ledger
    ids = [c.id for p in ledger.entries[0].personas for c in p.claims]
    assert len(ids) == len(set(ids)) == len(done.after.claims)
    # Of the text only the sentences of its claims are kept, and no places in it.
    kept = [s for p in ledger.entries[0].personas for c in p.claims for s in c.spans]
    assert kept
    assert all(s.start == s.end == NOT_LOCATED and s.quote in " ".join(done.after.draft.split()) for s in kept)


def test_publishing_makes_every_other_assessment_stale(left):
    """The head of the ledger moves with the entry, so that what was bound to the old one is bound no more."""
    done, given = left
    draft = Draft(id="d", text=done.text, policy=given.policy, decisions=given.decisions or Decisions(),
                  drafter="m", made="")  # fmt: skip
    before = bind(draft, ledger=given.ledger, record="a" * 64, assessment=done.after)
    ledger = replace(given.ledger, entries=(*given.ledger.entries, entry_of(done.after, case=given.case)))
    again = assess(done.text, given.case, ledger, given.policy, decisions=given.decisions)
    after = bind(draft, ledger=ledger, record="a" * 64, assessment=again)
    assert before.ledger != after.ledger
    assert before.draft == after.draft


def test_words_of_an_account_are_kept_with_the_teller_s_household():
    """Where consent allows verbatim quoting, the words link this release with another that prints them."""
    quoted = "보위부가 우리 집을 다 뒤지고 동생을 데려갔다고 했습니다"
    text = f"안 씨는 말했다. “{quoted}.”\n"
    found = assess(text, CASE, None, Policy(), today=DAY)
    assert not any("repeats testimony" in u.why for u in found.unresolved)
    entry = entry_of(found, case=CASE)
    shown = {p.household: p.quotations for p in entry.personas}
    assert any(q in text and "데려갔다고" in q for q in shown["h-ahn"])
    assert rests_on(found, CASE) == ("t-ahn",)
    later = gather_households(
        (Persona(id="p9", label="X", household="h-ahn"),), (), Ledger(entries=(entry,)), Policy(link=0.1), text
    )
    assert later[0].releases[0].bound == 1.0
    other = gather_households(
        (Persona(id="p9", label="X", household="h-ahn"),), (), Ledger(entries=(entry,)), Policy(link=0.1), "else"
    )
    assert other[0].releases[0].bound == 0.1


# One assessment with hand-made personas and claims.
def assessed(personas, claims):
    plain = assess("Nothing.", CASE, today=DAY)
    return replace(plain, personas=tuple(personas), claims=tuple(claims))


def claim(name, persona, attribute, values, **more):
    plain = {"says": "", "spans": (), "origin": "pattern"}
    return Claim(id=name, persona=persona, attribute=attribute, values=values, **(plain | more))


MUSAN, HOERYONG = Paths(frozenset({"hambuk/musan"})), Paths(frozenset({"hambuk/hoeryong"}))


def test_an_unrecorded_household_or_act_is_never_taken_for_that_of_another_text():
    """Two texts each show somebody nobody recorded, and an act of a recorded one: nothing of the two is joined."""
    stranger = Persona(id="p1", label="a man", household="cold-1")
    lee = Persona(id="p2", label="Lee", household="h-lee", person="lee")
    days = [Days.between(date(2020, 1, 1), date(2020, 1, 31)), Days.between(date(2022, 1, 1), date(2022, 1, 31))]
    texts = [
        assessed([stranger, lee], [claim("c1", "p1", "home", home), claim("c2", "p2", "act_date", when, about="act1")])
        for home, when in zip((MUSAN, HOERYONG), days, strict=True)
    ]
    first = entry_of(texts[0], case=CASE)
    households = gather_households(texts[1].personas, texts[1].claims, Ledger(entries=(first,)), Policy())
    releases = {h.id: h.releases for h in households}
    assert releases["cold-1"] == ()
    assert [c.about for c in releases["h-lee"][0].constraints] == ["r-new-act1"]
    assert entry_of(texts[0], id="r-2", case=CASE).personas[0].household != first.personas[0].household
    # Acts of the record keep their names, so that two texts about one act are about one act.
    known = assessed([lee], [claim("c1", "p2", "act_date", days[0], about="lee-threat")])
    assert entry_of(known, case=CASE).personas[0].claims[0].about == "lee-threat"
    assert entry_of(known).personas[0].claims[0].about == "lee-threat"


def test_two_who_left_one_household_are_not_confused_later():
    """Of a household of which two left, each release says which of them it means."""
    sister = Person(id="lee-two", household="h-lee", departure=parse_edtf("2019"), sex="male")
    case = replace(CASE, persons=(*CASE.persons, sister))
    people = {p: Persona(id="p1", label=p, household="h-lee", person=p) for p in ("lee", "lee-two")}
    sex = {"lee": "female", "lee-two": "male"}
    texts = {
        p: assessed([people[p]], [claim("c1", "p1", "sex", Codes(frozenset({sex[p]})))]) for p in people
    }
    ledger = Ledger(entries=(entry_of(texts["lee"], case=case),))
    # Without the record's word on who left, the two would contradict each other.
    same = gather_households([people["lee"]], texts["lee"].claims, ledger, Policy())
    other = gather_households([people["lee-two"]], texts["lee-two"].claims, ledger, Policy())
    assert same[0].releases[0].constraints[0].about == "left"
    assert other[0].releases[0].constraints[0].about == "lee"


def test_what_is_said_of_an_unrecorded_relative_stays_theirs():
    """A persona's number means another person in the next text."""
    lee = Persona(id="p1", label="Lee", household="h-lee", person="lee")
    brother = Persona(id="p2", label="a brother", household="h-lee", stands_as="relative")
    found = assessed([lee, brother], [claim("c1", "p2", "home", MUSAN, about="p2"), claim("c2", "p1", "home", MUSAN)])
    abouts = {c.id: c.about for p in entry_of(found, case=CASE).personas for c in p.claims}
    assert abouts == {"c1": "r-new-p2", "c2": ""}


def test_what_cannot_all_be_true_of_a_household_does_not_leave():
    """Two open readings of one household that exclude each other would block every later release about it."""
    personas = [
        Persona(id=f"p{n}", label="somebody", household="h-lee", person=person, alternative=f"k{n}")
        for n, person in ((1, "lee"), (2, "lee"))
    ]
    claims = [claim("c1", "p1", "home", MUSAN), claim("c2", "p2", "home", HOERYONG)]
    with pytest.raises(ReleaseError, match="cannot all be true") as caught:
        entry_of(assessed(personas, claims), case=CASE)
    assert "who is meant" in caught.value.hint
    # Somebody who is either of two households and cannot be of the one is published as of the other alone.
    sure = Persona(id="p1", label="Lee", household="h-lee", person="lee")
    either = [
        Persona(id=p, label="somebody", household=h, person=h[2:], alternative="k1")
        for p, h in (("p2", "h-lee"), ("p3", "h-bae"))
    ]
    said = [claim("c1", "p1", "home", MUSAN), *(claim(f"c{p}", f"p{p}", "home", HOERYONG) for p in (2, 3))]
    entry = entry_of(assessed([sure, *either], said), case=CASE)
    assert {p.id for p in entry.personas} == {"p1", "p3"}


def test_claim_ids_are_unique_in_a_release():
    """A claim that an editor wrote of one label may be said of two personas."""
    people = [Persona(id=f"p{n}", label="x", household=h) for n, h in ((1, "h-lee"), (2, "h-bae"))]
    long = "k" * 64
    entry = entry_of(assessed(people, [claim(long, "p1", "home", MUSAN), claim(long, "p2", "home", MUSAN)]), case=CASE)
    ids = [c.id for p in entry.personas for c in p.claims]
    assert len(set(ids)) == 2
    assert all(len(i) <= 64 for i in ids)


def test_images_are_kept_with_everybody_shown_and_an_outlet_is_needed(left):
    """Who is in a picture is not known; where something appeared must be."""
    done, given = left
    entry = entry_of(done.after, case=given.case, images=("i-1",))
    assert {p.images for p in entry.personas} == {frozenset({"i-1"})}
    with pytest.raises(ReleaseError, match="outlet"):
        entry_of(done.after, case=given.case, outlet=" ")


def test_a_release_rests_on_accounts_of_and_about_whom_it_shows():
    """By teller, by household of an act, by whose deed an act punishes; not on accounts about others."""
    lee = Persona(id="p1", label="Lee", household="h-lee", person="lee")
    carrier = Persona(id="p1", label="x", household="h-carrier", person="carrier", stands_as="carrier")
    assert rests_on(assessed([lee], []), CASE) == ("t-lee",)
    assert rests_on(assessed([], []), CASE) == ()
    assert rests_on(assessed([carrier], []), CASE) == ()
    telling = tuple(replace(t, teller="carrier") if t.id == "t-bae" else t for t in CASE.testimonies)
    assert rests_on(assessed([carrier], []), replace(CASE, testimonies=telling)) == ("t-bae",)
    assert rests_on(assessed([replace(lee, household="cold-1", person=None)], []), CASE) == ()
    crossed = tuple(replace(a, because_of="lee") if a.id == "bae-threat" else a for a in CASE.acts)
    assert rests_on(assessed([lee], []), replace(CASE, acts=crossed)) == ("t-lee", "t-bae")


def test_a_release_rests_on_an_account_of_the_household_or_its_words_alone():
    """A relative's account, an act on the home that names no victim, and a quotation of somebody who is not shown."""
    lee = Persona(id="p1", label="Lee", household="h-lee", person="lee")
    raid = replace(CASE.acts[0], id="lee-raid", household="h-lee", because_of=None)
    told = replace(CASE.testimonies[2], id="t-more", teller="carrier", acts=("lee-raid",), chain=())
    by_sister = replace(told, id="t-sister", teller="lee-sister", acts=())
    case = replace(CASE, acts=(*CASE.acts, raid), testimonies=(*CASE.testimonies, told, by_sister))
    assert rests_on(assessed([lee], []), case) == ("t-lee", "t-more", "t-sister")
    words = replace(assessed([], []), draft="담당 보위원이 찾아와서 가만 안 두겠다고 위협했다고")
    assert rests_on(words, CASE) == ("t-bae",)
