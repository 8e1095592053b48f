"""Whole drafts read with the scanners: languages, offsets, hidden characters, order; all people are invented."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Act, Case, Household, Kin, Name, Person, SourceLink
from bearwitness.model.records import Testimony as Account
from bearwitness.services.world import load_world
from bearwitness.text.reading import detect_language, read_draft

PERSONS = (
    Person(id="seo", household="h-seo", names=(Name(text="서다온"),), sex="female", home="ryanggang/hyesan",
           departure=parse_edtf("2018")),
    Person(id="seo-father", household="h-seo", names=(Name(text="서만복"),), kin=(Kin(relation="father", of="seo"),)),
    Person(id="gu", household="h-gu", names=(Name(text="구해솔"),), sex="male", home="hambuk/musan",
           departure=parse_edtf("2015")),
    Person(id="link", household="h-link", names=(Name(text="방우람"),)),
)  # fmt: skip
CASE = Case(
    id="case", persons=PERSONS, households=tuple(Household(id=h) for h in ("h-seo", "h-gu", "h-link")),
    acts=(Act(id="held", kind="detention", household="h-seo", victims=("seo-father",), date=parse_edtf("2023-06")),),
    testimonies=(
        Account(id="t", teller="seo", language="ko", told=None, directness="told_by_third_party", text="말",
                acts=("held",), chain=(SourceLink(teller="link", hearer="seo", medium="phone"),)),
    ),
)  # fmt: skip
ENGLISH = (
    "Seo, who fled Hyesan in 2018, said that her father was detained in June 2023. An acquaintance told her.\n"
    "Gu Hae-sol, from Musan, has a Chinese phone."
)
KOREAN = "서다온 씨는 혜산 출신이다. 2023년 6월 보위부가 아버지를 체포했다.\n무산 출신인 구 씨는 중국 휴대전화를 쓴다."


def read(draft, case=CASE):
    return read_draft(draft, world=load_world(), case=case, published=date(2024, 3, 1))


def found(result):
    """What a reading says, without where it stands and how it is numbered."""
    whose = {p.id: (p.person, p.household, p.stands_as) for p in result.personas}
    return {(whose[c.persona], c.attribute, c.about, c.values, c.role) for c in result.claims}


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "en"), ("123", "en"), (ENGLISH, "en"), (KOREAN, "ko"), ("서다온 said", "ko"), ("서 said so", "en")],
)
def test_the_language_is_that_of_most_of_the_text(text, language):
    """A syllable counts for more than a letter."""
    assert detect_language(text) == language


@pytest.mark.parametrize("draft", ["", "\n \n", "\u200b"])
@pytest.mark.parametrize("case", [None, CASE])
def test_an_empty_draft_says_nothing(draft, case):
    """No personas, no claims, nothing in doubt."""
    result = read(draft, case)
    assert (result.personas, result.claims, result.unresolved) == ((), (), ())


def test_a_draft_is_read_into_the_households_of_the_record():
    """Persons, carrier, relative and dates come out as the record has them, and nothing is left."""
    result = read(ENGLISH)
    assert {p.person for p in result.personas} == {"seo", "link", "gu"}
    assert result.unresolved == ()
    says = {(household, attribute) for (_, household, _), attribute, *_ in found(result)}
    assert says >= {("h-seo", "departure"), ("h-seo", "kin"), ("h-seo", "act"), ("h-seo", "act_date"),
                    ("h-gu", "trait"), ("h-gu", "name"), ("h-gu", "home")}  # fmt: skip
    assert [c.about for c in result.claims if c.attribute == "act_date"] == ["held"]


def test_a_draft_in_two_languages_is_read_in_both():
    """Each line by its own scanner; a person is one person in both."""
    result = read(f"{ENGLISH}\n\n{KOREAN}")
    assert [p.person for p in result.personas].count("gu") == 1
    assert found(result) >= found(read(ENGLISH))
    (phone,) = (c for c in result.claims if c.attribute == "trait")
    assert len(phone.spans) == 2


def test_without_a_case_two_languages_show_one_person_by_one_surname():
    """Seo and 서 씨 are one household; the nameless of one language are not those of the other."""
    result = read("A defector named Seo left Hyesan in 2018.\n서 씨는 혜산 출신이다.", None)
    assert len({p.household for p in result.personas}) == 1


def test_the_order_of_persons_does_not_change_the_reading():
    """The case turned round reads the same, ids and all."""
    turned = replace(CASE, persons=PERSONS[::-1], households=CASE.households[::-1])
    for draft in (ENGLISH, KOREAN):
        assert read(draft) == read(draft, turned)


def test_claims_are_numbered_in_the_order_of_the_text():
    """c1, c2, ... by where each first stands."""
    result = read(ENGLISH)
    assert [c.id for c in result.claims] == [f"c{n}" for n in range(1, len(result.claims) + 1)]
    starts = [c.spans[0].start for c in result.claims]
    assert starts == sorted(starts)


PIECES = st.sampled_from(
    ["Seo", "서다온", "Gu Hae-sol", "구 씨는", "her father", "Hyesan", "혜산 출신", "in 2018", "2023년 6월",
     "was detained",
     "체포했다", "Hong Gil-dong", "홍길동이", "6 days", "\u200b", "\u1109\u1165", "Ch\u043ee", "\u2019", "。", ".",
     "\n", "- ", "AB", "방우람", "an acquaintance", "defector", "\u202e", "\uff21", "-\n", "\u00ad",
     "é", "e\u0301", "𝐀"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from([" ", ""]), st.sampled_from([None, CASE]))
def test_every_quotation_is_the_passage_of_the_draft(pieces, joint, case):
    """Whatever is hidden in it, each claim, mention and doubt quotes the draft itself."""
    draft = joint.join(pieces)
    result = read(draft, case)
    spans = [s for c in result.claims for s in c.spans] + [u.span for u in result.unresolved]
    spans += [s for p in result.personas for s in p.mentions]
    assert all(draft[s.start : s.end] == s.quote for s in spans)
    assert {c.persona for c in result.claims} <= {p.id for p in result.personas}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_zero_width_space_in_a_name_hides_nothing(data):
    """Inserted anywhere in a name or a place, it changes nothing that is found."""
    draft = data.draw(st.sampled_from([ENGLISH, KOREAN]))
    names = [n for n in ("Seo", "Hyesan", "Gu Hae-sol", "Musan", "서다온", "혜산", "무산", "구 씨") if n in draft]
    name = data.draw(st.sampled_from(names))
    at = draft.index(name) + data.draw(st.integers(1, len(name) - 1))
    hidden = draft[:at] + data.draw(st.sampled_from(["\u200b", "\u2060", "\u00ad", "\ufeff"])) + draft[at:]
    assert found(read(hidden)) == found(read(draft))
    assert len(read(hidden).unresolved) == len(read(draft).unresolved)
