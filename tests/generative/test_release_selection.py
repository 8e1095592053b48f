"""What must hold of any record: nothing of who did not agree remains, and what remains is a whole record."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.model import records
from bearwitness.model.claims import Claim
from bearwitness.model.codec import dump_case, load_case
from bearwitness.model.codec.case_checks import check_case
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Act, Case, CasePlace, Consent, Household, Kin, Name, Person, SourceLink
from bearwitness.model.values import Paths
from bearwitness.release.consent import DOCUMENTATION, PURPOSES
from bearwitness.release.pruning import known_only_from, without
from bearwitness.release.selection import select_for

AROUND = {"name": "f", "tree": load_place_tree(), "vocabulary": load_vocabulary()}
ON, PAST, FUTURE = date(2024, 6, 1), parse_edtf("2024-05"), parse_edtf("2030")
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


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


NUMBERS = st.integers(0, 5)
STATES = st.sampled_from(["given", "given", "refused", "cannot_be_asked", "deceased", "not_identifiable"])
DATES = st.sampled_from([None, None, None, PAST, FUTURE])


@st.composite
def consents(draw, number, people):
    touched = draw(st.lists(st.tuples(people, STATES), max_size=3, unique_by=lambda pair: pair[0]))
    return Consent(
        id=f"c{number}", giver=draw(people), purpose=draw(st.sampled_from(PURPOSES)), quoting="none",
        identifiability=draw(st.sampled_from(["internal", "aggregate", "role", "pseudonym"])),
        persons=tuple(touched), expires=draw(DATES), withdrawn=draw(DATES),
    )  # fmt: skip


@st.composite
def cases(draw):
    """Small cases in which everything has a text of its own by which it is found again."""
    names = [f"p{n}" for n in range(draw(st.integers(1, 6)))]
    people = st.sampled_from(names)
    homes = [f"h{n}" for n in range(draw(st.integers(1, 3)))]
    persons = tuple(
        Person(
            id=p, household=draw(st.sampled_from(homes)), names=(Name(text=f"Zname{p}", language="en"),),
            home=draw(st.sampled_from([None, "hambuk/musan/upper", "hambuk/musan"])),
            kin=tuple(Kin(relation="son", of=o) for o in draw(st.lists(st.sampled_from(names[:at]), unique=True)))
            if at else (),
        )
        for at, p in enumerate(names)
    )  # fmt: skip
    of = {p.id: p.household for p in persons}
    acts = []
    for number in range(draw(st.integers(0, 4))):
        home = draw(st.sampled_from(homes))
        inside = [p for p in names if of[p] == home]
        acts.append(Act(
            id=f"a{number}", kind="raid", household=home, because_of=draw(st.one_of(st.none(), people)),
            victims=tuple(draw(st.lists(st.sampled_from(inside), unique=True))) if inside else (),
            place=draw(st.sampled_from([None, "hambuk/musan/upper"])),
        ))  # fmt: skip
    told = []
    for number in range(draw(st.integers(0, 4))):
        pairs = list(combinations(names, 2))
        links = draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []
        chain = tuple(SourceLink(teller=a, hearer=b, medium="phone") for a, b in links)
        about = draw(st.one_of(st.none(), people))
        told.append(records.Testimony(
            id=f"t{number}", teller=draw(people), language="en", told=None, directness="unknown", chain=chain,
            text=f"Ztext{number}z" + (f" of Zname{about}" if about else ""),
            acts=tuple(draw(st.lists(st.sampled_from([a.id for a in acts]), unique=True))) if acts else (),
        ))  # fmt: skip
    claims = tuple(
        Claim(id=f"k{n}", persona=draw(st.one_of(people, st.just("somebody"))), attribute="home", says="", spans=(),
              values=Paths(frozenset({"hambuk/musan/upper"})), origin="editor",
              about=draw(st.sampled_from(["", *names, *(a.id for a in acts)])))
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    return Case(
        id="case", persons=persons, households=tuple(Household(id=h) for h in homes), acts=tuple(acts),
        testimonies=tuple(told), claims=claims, places=(CasePlace(path="hambuk/musan/upper", names=("윗골",)),),
        consents=tuple(draw(consents(n, people)) for n in range(draw(st.integers(0, 5)))),
    )  # fmt: skip


@FEW
@given(cases(), st.sampled_from(PURPOSES))
def test_what_remains_is_a_whole_case(case, purpose):
    """A selection passes every check of a case file, and comes back from its file as it was."""
    left = select_for(case, purpose, ON).case
    check_case(left)
    text = dump_case(left)
    again = load_case(text, **AROUND)
    assert again == left
    assert dump_case(again) == text
    assert ids(left) <= ids(case)


@FEW
@given(cases(), st.sampled_from(PURPOSES))
def test_nothing_of_who_did_not_agree_remains(case, purpose):
    """Of an account left out for want of consent, and of who refused: no text, no teller, no link, no name."""
    selection = select_for(case, purpose, ON)
    left, text = selection.case, dump_case(selection.case)
    # Counted here by the words of the rules, not by the program's functions.
    for person in case.persons:
        states = [(s, c) for c in case.consents for p, s in c.persons if p == person.id]
        refused = any(s == "refused" and c.purpose in (purpose, DOCUMENTATION) for s, c in states)
        tells = [t for t in case.testimonies if t.teller == person.id]
        agreed = any(
            s == "given" and c.purpose == purpose and c.withdrawn in (None, FUTURE) and c.expires in (None, FUTURE)
            for s, c in states
        )
        if refused or (tells and purpose != DOCUMENTATION and not agreed):
            assert f"Zname{person.id}" not in text
            assert person.id not in {p.id for p in left.persons}
            for told in tells:
                assert told.text.split()[0] not in text
                assert ("testimony", told.id) in whys(selection)
            assert all(person.id not in (k.teller, k.hearer) for t in left.testimonies for k in t.chain)
    if purpose != DOCUMENTATION:
        kept = {t.teller for t in left.testimonies}
        assert all(any(p == t and s == "given" for c in case.consents for p, s in c.persons) for t in kept)


@FEW
@given(cases(), st.sampled_from(PURPOSES), NUMBERS, st.sampled_from(PURPOSES))
def test_one_more_consent_never_makes_less_usable(case, purpose, number, given_for):
    """With a further yes in force everything that was usable is usable still."""
    person = case.persons[number % len(case.persons)].id
    more = with_consents(case, agree("c-more", person, given_for, identifiability="role"))
    before, after = select_for(case, purpose, ON).case, select_for(more, purpose, ON).case
    assert ids(before) <= ids(after)
    links = {(t.id, k) for t in before.testimonies for k in t.chain}
    assert links <= {(t.id, k) for t in after.testimonies for k in t.chain}


@FEW
@given(cases(), st.sampled_from(PURPOSES), NUMBERS, st.sampled_from(["refused", "withdrawn"]))
def test_one_more_no_never_makes_more_usable(case, purpose, number, how):
    """A refusal, or a withdrawn consent, for the purpose or for documentation only ever takes away."""
    person = case.persons[number % len(case.persons)].id
    for objection in (purpose, DOCUMENTATION):
        more = agree("c-more", person, objection, "refused") if how == "refused" else agree(
            "c-more", person, objection, withdrawn=PAST
        )
        after = select_for(with_consents(case, more), purpose, ON).case
        assert ids(after) - {("consents", "c-more")} <= ids(select_for(case, purpose, ON).case)


@FEW
@given(cases(), st.data())
def test_whatever_is_taken_out_nothing_points_to_it(case, data):
    """Any accounts and people can be taken out: what is left is a whole case without their ids, texts and names."""
    gone = data.draw(st.lists(st.sampled_from([t.id for t in case.testimonies]))) if case.testimonies else []
    people = data.draw(st.lists(st.sampled_from([p.id for p in case.persons])))
    left = without(case, testimonies=gone, persons=people)
    check_case(left)
    assert load_case(dump_case(left), **AROUND) == left
    assert not set(gone) & {t.id for t in left.testimonies}
    assert not set(people) & {p.id for p in left.persons}
    for told in case.testimonies:
        if told.id in gone or told.teller in people:
            assert told.text.split()[0] not in dump_case(left)
    alone = known_only_from(case, gone)
    assert not set(alone) & {t.teller for t in case.testimonies if t.id not in gone}
    check_case(without(case, testimonies=gone, persons=alone))
