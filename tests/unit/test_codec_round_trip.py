"""Whatever is recorded can be written, and what is written is read back as the same."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.model import records
from bearwitness.model.calendar_units import merge_intervals
from bearwitness.model.claims import ATTRIBUTES, DAY_ATTRIBUTES, KIN_LEAVES, Claim, Span
from bearwitness.model.codec import (
    dump_case,
    dump_decisions,
    dump_ledger,
    dump_policy,
    load_case,
    load_decisions,
    load_ledger,
    load_policy,
)
from bearwitness.model.codec.claims import NOT_LOCATED
from bearwitness.model.codec.context import fold, lunar
from bearwitness.model.codec.kinds_of_fact import Day
from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Decision, Decisions, Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import Codes, Paths

TREE, VOCABULARY = load_place_tree(), load_vocabulary()
AROUND = {"name": "f", "tree": TREE, "vocabulary": VOCABULARY}
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

ids = st.from_regex(r"\A[a-z0-9-]{1,12}\Z")
texts = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t :#-'\"[]{},&*!|>%@`안도솔no1")),
    min_size=1, max_size=40,
).filter(lambda t: not t.isspace())  # fmt: skip
written_dates = st.sampled_from(
    ["2019", "2019-05", "2019-05-01", "2024-01~", "201X", "2023-24", "2018/2019-06", "[2018, 2020]", "?", "unknown",
     "2004-06~-11", "2019%", "1950S2", "2019-04-12?"]
).map(parse_edtf)  # fmt: skip
dates = st.one_of(st.none(), written_dates, written_dates.map(lunar))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
places = st.sampled_from(sorted(TREE.places))


def codes(name):
    return st.sampled_from(sorted(VOCABULARY.lists[name]))


def some(items, most=3, **options):
    return st.lists(items, max_size=most, **options).map(tuple)


day_sets = st.lists(st.tuples(days, st.integers(0, 800)), min_size=1, max_size=3).map(
    lambda found: merge_intervals((d.toordinal(), min(d.toordinal() + more, date.max.toordinal())) for d, more in found)
)
WORDS = {
    "status": st.just("left"), "sex": st.sampled_from(["female", "male"]), "surname": st.sampled_from("김이박노유"),
    "count": st.sampled_from([str(n) for n in range(1, 13)]), "kin": st.sampled_from(KIN_LEAVES),
    "trait": codes("trait"), "act": codes("act").filter(lambda c: c != "detention"),
    "name": texts.map(lambda t: t.strip().casefold()).filter(
        lambda t: t == fold(t) and t.strip() == t and t.isprintable()
    ),
    "amount": texts,
}  # fmt: skip


def values_of(attribute):
    if attribute in DAY_ATTRIBUTES:
        return day_sets
    trees = {"home": places, "occupation": codes("occupation"), "route": codes("route")}
    if attribute in trees:
        return st.frozensets(trees[attribute], min_size=1, max_size=3).map(Paths)
    return st.frozensets(WORDS[attribute], min_size=1, max_size=3).map(Codes)


@st.composite
def claims(draw, personas, *, origins=("editor",)):
    attribute = draw(st.sampled_from(ATTRIBUTES))
    dated = attribute in DAY_ATTRIBUTES
    return Claim(
        id=draw(ids), persona=draw(personas), attribute=attribute, values=draw(values_of(attribute)),
        says=draw(st.one_of(st.just(""), texts)), origin=draw(st.sampled_from(origins)),
        spans=tuple(Span(start=NOT_LOCATED, end=NOT_LOCATED, quote=q) for q in draw(some(texts, 2))),
        about=draw(st.sampled_from(["", "act1", "kin:son|daughter", "left"])),
        role=draw(st.sampled_from([None, "learned", "occurred"])) if dated else None,
        lag_days=draw(st.integers(0, 3660)) if dated else 0,
        trust=draw(st.floats(0, 1, exclude_min=True)), keep=draw(st.booleans()),
    )  # fmt: skip


def unique(items):
    """Items of which no two have one id."""
    return st.lists(items, max_size=3, unique_by=lambda item: item.id).map(tuple)


@st.composite
def cases(draw):
    households = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    names = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    anybody = st.sampled_from(names)
    persons = tuple(_person(draw, name, names[:at], households) for at, name in enumerate(names))
    acts = draw(unique(st.builds(
        records.Act, id=ids, kind=codes("act"), household=st.sampled_from(households), victims=st.just(()), date=dates,
        place=st.one_of(st.none(), places), perpetrator=st.one_of(st.none(), codes("perpetrator")),
        because_of=st.one_of(st.none(), anybody),
    )))  # fmt: skip
    links = [
        records.SourceLink(teller=a, hearer=b, medium=draw(codes("medium")), date=draw(dates),
                   contactable=draw(st.sampled_from([None, True, False])))
        for a, b in pairwise(names)
    ]  # fmt: skip
    testimonies = draw(unique(st.builds(
        records.Testimony, id=ids, teller=anybody, language=st.sampled_from(["en", "ko"]), told=dates,
        directness=st.sampled_from(["experienced", "unknown"]), text=texts, chain=st.just(tuple(links)),
        acts=some(st.sampled_from([a.id for a in acts]), unique=True) if acts else st.just(()),
    )))  # fmt: skip
    consents = draw(unique(st.builds(
        records.Consent, id=ids, giver=anybody, purpose=st.just("publication"), identifiability=st.just("role"),
        quoting=st.just("none"), asked=dates, expires=dates, withdrawn=dates,
        persons=some(st.tuples(anybody, st.sampled_from(["given", "refused"])), unique_by=lambda pair: pair[0]),
    )))  # fmt: skip
    return records.Case(
        id=draw(ids), persons=persons, acts=acts, testimonies=testimonies, consents=consents,
        households=tuple(records.Household(id=h, label=draw(st.one_of(st.just(""), texts))) for h in households),
        places=draw(st.sampled_from([(), (records.CasePlace(path="hambuk/musan/upper", names=("윗골",)),)])),
        claims=draw(unique(claims(st.one_of(anybody, texts)))),
    )  # fmt: skip


def _person(draw, name, before, households):
    relations = st.sampled_from(["father", "wife", "other_relative"])
    kin = some(st.builds(records.Kin, relation=relations, of=st.sampled_from(before)))
    return records.Person(
        id=name, household=draw(st.sampled_from(households)), birth=draw(dates), departure=draw(dates),
        names=draw(some(st.builds(
            records.Name, text=texts, kind=st.sampled_from(["full", "former"]),
            language=st.sampled_from(["ko", "en", "hanja"]),
        ))),
        sex=draw(st.sampled_from([None, "female", "male"])), home=draw(st.one_of(st.none(), places)),
        occupation=draw(st.one_of(st.none(), codes("occupation"))), route=draw(st.one_of(st.none(), codes("route"))),
        kin=draw(kin) if before else (), traits=draw(st.frozensets(codes("trait"))), protected=draw(st.booleans()),
    )  # fmt: skip


@FEW
@given(cases())
def test_a_case_comes_back_as_it_was(case):
    """load(dump(case)) is the case, and its text is canonical."""
    text = dump_case(case)
    again = load_case(text, **AROUND)
    assert again == case
    assert dump_case(again) == text


ledger_personas = st.builds(
    LedgerPersona, id=ids, household=ids, label=st.one_of(st.just(""), texts), images=st.frozensets(texts, max_size=2),
    quotations=st.frozensets(texts, max_size=2), claims=st.just(()),
)  # fmt: skip


@st.composite
def entries(draw):
    personas = []
    numbered = iter(range(100))
    for persona in draw(unique(ledger_personas)):
        found = draw(some(claims(st.just(persona.id), origins=("editor", "record", "pattern"))))
        own = tuple(replace(c, id=f"c-{next(numbered)}") for c in found)
        personas.append(replace(persona, claims=own))
    return LedgerEntry(
        id=draw(ids), outlet=draw(texts), published=draw(days), title=draw(st.one_of(st.just(""), texts)),
        personas=tuple(personas),
    )  # fmt: skip


@FEW
@given(st.builds(Ledger, id=st.one_of(st.just(""), ids), entries=unique(entries())))
def test_a_ledger_comes_back_as_it_was(ledger):
    """load(dump(ledger)) is the ledger, and its text is canonical."""
    text = dump_ledger(ledger)
    again = load_ledger(text, **AROUND)
    assert again == ledger
    assert dump_ledger(again) == text


policies = st.builds(
    Policy,
    threshold=st.floats(0, 1, exclude_min=True, exclude_max=True),
    link=st.floats(0, 1),
    news_lag_days=st.integers(0, 366),
    outlet=st.one_of(st.just(""), texts),
    published=st.one_of(st.none(), days),
    adversaries=some(st.sampled_from(["state_security", "informant", "x9"]), min_size=1, unique=True),
    weights=st.dictionaries(st.sampled_from(ATTRIBUTES), st.floats(0, 1e6)),
    keep=st.frozensets(st.sampled_from(ATTRIBUTES)),
    require_consent=st.booleans(),
    suspicion=st.dictionaries(ids, st.floats(0, 1e6, exclude_min=True)),
)


@FEW
@given(policies)
def test_a_policy_comes_back_as_it_was(policy):
    """load(dump(policy)) is the policy to the last bit of every number, and its text is canonical."""
    text = dump_policy(policy)
    again = load_policy(text, name="f")
    assert again == policy
    assert dump_policy(again) == text


decisions_made = st.builds(
    Decision, form=texts, kind=st.sampled_from(["public", "ordinary", "protected"]), reason=texts, signer=texts
)


@FEW
@given(st.lists(decisions_made, unique_by=lambda decision: fold(decision.form), max_size=5))
def test_decisions_come_back_as_they_were(found):
    """load(dump(decisions)) is the decisions, and their text is canonical."""
    decisions = Decisions(decisions=tuple(found))
    text = dump_decisions(decisions)
    again = load_decisions(text, name="f")
    assert again == decisions
    assert dump_decisions(again) == text


@pytest.mark.parametrize("day", [date(1, 1, 1), date(987, 6, 5), date(9999, 12, 31)])
def test_a_day_of_any_year_is_written_with_four_digits(day):
    """Early years keep their zeros."""
    assert Day().read(str(Day().write(day)), None) == day
