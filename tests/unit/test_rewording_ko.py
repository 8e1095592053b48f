"""Korean drafts said less exactly: every rung of every claim, all at once, single sentences; people are invented."""

import re
import unicodedata
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.data.load import worked_case_path
from bearwitness.disclosure.ladders import join_ladders
from bearwitness.model.assessment import Rung
from bearwitness.model.values import intersect_values, values_include
from bearwitness.services.world import load_ladders, load_world
from bearwitness.text.bundles import bundle_claims
from bearwitness.text.editing import apply_edits
from bearwitness.text.reading import read_draft
from bearwitness.text.rewording import plan_edits, word_of

PUBLISHED = date(2024, 3, 1)
WORKED = worked_case_path("draft.ko.txt").read_text(encoding="utf-8")
PASSAGES = {
    "river":
    "혜산에 살던 정모(45) 씨는 2018년 두만강을 건너 탈북했다.\n정 씨의 "
    "어머니와 여동생은 2023년 11월 보위부에 끌려갔다.",
    "apposition": "회령 출신 탈북민 강 씨의 아버지는 2023년 10월 3일 집에서 체포돼 조사를 받았다고 강 씨는 전했다.",
    "money": "무산에서 광부로 일했던 최 씨는 가족에게 3000위안을 보냈다. 그 뒤 보위원이 최 씨의 형을 불러 추궁했다.",
    "quotation": '40대 여성 김 씨는 "오빠가 직장에서 해고됐다"고 말했다. 김 씨의 남편은 운전사였다.',
    "count": "량강도 출신의 한 탈북민은 두 남동생이 추방됐다고 밝혔다. 그는 2016년 탈북했다.",
    "news":
    "대북 인권 단체에서 활동하는 윤 씨는 지난 1월 언니와 통화한 뒤 "
    "언니의 집이 수색을 당했다는 소식을 들었다.",
    "house": "보위부는 청진에 있는 한 씨의 집을 뒤지고 아들을 데려갔다.",
    "speech":
    '송 씨는 "내가 방송에 나온 뒤로 동생이 감시를 받고 있다"면서 "어머니는 '
    '2023년 12월 20일 협박을 받았다"고 털어놓았다.',
    "nobody named":
    "신의주 출신인 30대 여성은 배를 타고 나왔으며, 지금은 유튜버로 "
    "활동한다. 그녀의 시어머니는 오지로 추방됐다.",
    "teacher":
    "청진에서 교사로 일하다 2015년 도강한 문모 씨는 형이 보위부에 "
    "끌려갔다는 소식을 전해 들었다. 문 씨의 형은 해고됐다.",
    "title": "혜산시 출신인 오 여인(52)은 딸과 손녀가 2023년 9월 초 산골로 추방됐다고 눈물을 흘렸다.",
    "two": "2019년 1월 신의주를 떠난 천 씨와 2020년에 온성을 떠난 하 씨는 각각 가족이 감시를 받고 있다고 증언했다.\n"
    "천 씨는 어머니가 5000위안을 빼앗겼다고 했고, 하 씨는 여동생이 학교에서 제적됐다고 했다.",
    "wife":
    "지난 2월 14일 혜산 보위부는 표 씨의 아내를 체포하고 집을 "
    "수색했다. 표 씨는 중국 휴대전화로 이 소식을 들었다.",
}  # fmt: skip
EVERY = {"worked": WORKED, **PASSAGES}


@cache
def read(draft):
    return read_draft(draft, world=load_world(), published=PUBLISHED)


def reword(draft, chosen):
    world = load_world()
    edits = plan_edits(
        draft, read(draft), chosen, tree=world.tree, vocabulary=world.vocabulary, published=PUBLISHED
    )
    assert list(edits) == sorted(edits, key=lambda e: (e.start, e.end))
    return apply_edits(draft, edits)


def to_the_end(draft, *, keep_acts):
    """Every claim on its last rung; acts on the last that keeps what was done."""
    ladders = load_ladders()
    return {c.id: ladders.of(c, keep=keep_acts and c.attribute == "act")[-1] for c in read(draft).claims}


def every_choice(draft):
    """Each claim with those that the same words make, on each rung above its own words."""
    claims, ladders = {c.id: c for c in read(draft).claims}, load_ladders()
    for bundle in bundle_claims(tuple(claims.values())):
        each = [ladders.of(claims[c]) for c in bundle]
        for joint in join_ladders(each, [[0.0] * len(ladder) for ladder in each])[1:]:
            yield joint.level, dict(zip(bundle, joint.rungs, strict=True))


def assert_says_no_more(draft, chosen, changed):
    """What is read from a changed draft stays within the rungs; whatever else is read stood there before."""
    before, after = read(draft), read(changed)
    forms = {u.form for u in before.unresolved}
    assert {u.form for u in after.unresolved} <= forms
    stand = {c.id: chosen.get(c.id, Rung(level="exact", values=c.values)).values for c in before.claims}
    for claim in before.claims:
        if stand[claim.id] == claim.values:
            continue
        like = [c for c in before.claims if c.attribute == claim.attribute and stand[c.id] is not None]
        for found in (f for f in after.claims if f.attribute == claim.attribute):
            allowed = any(
                type(found.values) is type(stand[c.id]) and values_include(found.values, stand[c.id]) for c in like
            )
            meets = type(found.values) is type(claim.values) and not intersect_values(
                found.values, claim.values
            ).is_empty
            assert allowed or not meets, (claim.says, found.says)


def assert_well_formed(changed):
    for wrong in ("  ", " ,", " .", ",,", "..", "\n\n\n", " \n"):
        assert wrong not in changed, changed
    assert changed.count('"') % 2 == 0
    assert changed.count("“") == changed.count("”")
    for line in filter(None, changed.split("\n")):
        assert line == line.strip()
    for sentence in re.findall(r"[^.\n]+다\.", changed):
        assert len(sentence.split()) > 1, changed


@pytest.mark.parametrize("name", EVERY)
def test_each_claim_alone_says_no_more_than_its_rung(name):
    """Every rung of every claim, the others as they are: read back, the draft says no more, and it reads as text."""
    draft = EVERY[name]
    choices = list(every_choice(draft))
    assert choices
    for _, chosen in choices:
        changed = reword(draft, chosen)
        assert changed != draft
        assert_says_no_more(draft, chosen, changed)
        assert_well_formed(changed)


@settings(max_examples=120, deadline=None)
@given(name=st.sampled_from(sorted(EVERY)), picks=st.lists(st.integers(0, 9), min_size=25, max_size=25))
def test_whatever_is_chosen_the_draft_says_no_more_and_reads_as_text(name, picks):
    """Any rungs of any claims together."""
    draft, ladders = EVERY[name], load_ladders()
    claims = {c.id: c for c in read(draft).claims}
    chosen = {}
    for bundle, pick in zip(bundle_claims(tuple(claims.values())), picks, strict=False):
        each = [ladders.of(claims[c]) for c in bundle]
        joints = join_ladders(each, [[0.0] * len(ladder) for ladder in each])
        chosen |= dict(zip(bundle, joints[pick % len(joints)].rungs, strict=True))
    changed = reword(draft, chosen)
    assert_says_no_more(draft, chosen, changed)
    assert_well_formed(changed)


@pytest.mark.parametrize("keep_acts", [True, False])
@pytest.mark.parametrize("name", EVERY)
def test_all_claims_at_once(name, keep_acts):
    """With nothing but the acts left, names, places, dates, ways and money are gone, and what was done is not."""
    draft = EVERY[name]
    chosen = to_the_end(draft, keep_acts=keep_acts)
    changed = reword(draft, chosen)
    assert_says_no_more(draft, chosen, changed)
    assert_well_formed(changed)
    for claim in read(draft).claims:
        if claim.attribute in ("surname", "home", "departure", "route", "amount"):
            assert all(span.quote not in changed for span in claim.spans)
    kinds = {code.split("/")[0] for c in read(draft).claims if c.attribute == "act" for code in c.values.codes}
    read_again = {code.split("/")[0] for c in read(changed).claims if c.attribute == "act" for code in c.values.codes}
    assert read_again == (kinds if keep_acts else set())


def test_nothing_changes_where_every_claim_keeps_its_words():
    """The exact rung of every claim leaves the draft as it is."""
    chosen = {c.id: Rung(level="exact", values=c.values) for c in read(WORKED).claims}
    assert reword(WORKED, chosen) == WORKED


def only(draft, attribute, level, says=""):
    """The choice that puts the claims of one attribute on a rung."""
    ladders = load_ladders()
    return {
        c.id: next(r for r in ladders.of(c) if r.level == level)
        for c in read(draft).claims
        if c.attribute == attribute and says in c.says
    }


SENTENCES = [
    ("혜산 출신인 정 씨는 탈북했다.", "home", "province", "량강도 출신인 정 씨는 탈북했다."),
    ("혜산 출신인 정 씨는 탈북했다.", "home", "none", "정 씨는 탈북했다."),
    ("혜산에 사는 정 씨의 집이 급습을 당했다.", "home", "none", "정 씨의 집이 급습을 당했다."),
    ("정 씨는 2018년에 탈북했다.", "departure", "decade", "정 씨는 2010년대에 탈북했다."),
    ("정 씨는 2018년에 탈북했다.", "departure", "none", "정 씨는 탈북했다."),
    ("정 씨의 집이 2024년 2월 5일 급습을 당했다.", "act_date", "third", "정 씨의 집이 2024년 2월 초 급습을 당했다."),
    ("정 씨의 집이 2월 5일에 급습을 당했다.", "act_date", "month", "정 씨의 집이 2월에 급습을 당했다."),
    ("정 씨의 집이 2월 5일에 급습을 당했다.", "act_date", "season", "정 씨의 집이 2023~2024년 겨울에 급습을 당했다."),
    ("정 씨의 어머니는 위협을 받았다.", "kin", "group", "정 씨의 부모는 위협을 받았다."),
    ("정 씨의 어머니는 위협을 받았다.", "kin", "none", "정 씨의 가족은 위협을 받았다."),
    ("정 씨의 어머니와 남동생이 위협을 받았다.", "kin", "none", "정 씨의 가족이 위협을 받았다."),
    ("정 씨는 간호사였다. 정 씨의 집이 급습을 당했다.", "occupation", "group",
     "정 씨는 보건 일꾼이었다. 정 씨의 집이 급습을 당했다."),
    ("정 씨는 간호사였다. 정 씨의 집이 급습을 당했다.", "occupation", "none", "정 씨의 집이 급습을 당했다."),
    ("정 씨는 집에 돈을 보내고 방송에 출연한다.", "trait", "none", ""),
    ("정 씨는 한국에 살며 가족에게 돈을 보낸다.", "trait", "none", "정 씨는 한국에 산다."),
    ("탈북민 정 씨의 집이 급습을 당했다.", "surname", "none", "한 탈북민의 집이 급습을 당했다."),
    ("정 씨는 보위부가 아버지를 위협했다고 말했다. 정 씨는 울었다.", "surname", "none",
     "한 증언자는 보위부가 아버지를 위협했다고 말했다. 이 사람은 울었다."),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "attribute", "level", "expected"), SENTENCES)
def test_sentences_read_as_a_writer_would_put_them(draft, attribute, level, expected):
    """Particles, linking verbs and modifiers follow the word that changed."""
    assert reword(draft, only(draft, attribute, level)).strip() == expected


def test_people_without_names_are_told_apart():
    """The first is "한", the next "다른"; each is taken up again so that it stays clear who is meant."""
    draft = PASSAGES["two"]
    changed = reword(draft, only(draft, "surname", "none"))
    assert "떠난 한 탈북민과 2020년에 온성을 떠난 다른 탈북민은" in changed
    assert "앞의 사람은 어머니가" in changed
    assert "뒤의 사람은 여동생이" in changed


def test_a_pronoun_whose_noun_went_says_who_it_is():
    """"그녀의 시어머니" after a sentence that was taken out is not the family of whoever was shown before."""
    draft = f"{PASSAGES['house']}\n{PASSAGES['nobody named']}"
    changed = reword(draft, to_the_end(draft, keep_acts=True))
    assert changed.split("\n")[-1] == "다른 증언자의 가족은 오지로 추방됐다."


def test_a_paragraph_that_says_nothing_more_goes_with_its_line():
    """No empty paragraph, no blank line too many."""
    draft = "제목입니다\n\n정 씨는 2018년에 탈북했다.\n\n정 씨의 집이 급습을 당했다."
    chosen = {c.id: Rung(level="none", values=None) for c in read(draft).claims if c.attribute != "act"}
    assert reword(draft, chosen) == "제목입니다\n\n한 증언자의 집이 급습을 당했다."


def test_an_act_is_said_broadly_where_it_may_not_be_named():
    """A sentence that cannot keep its verb is made anew from what may still be said."""
    draft = "2024년 1월 5일 보위부가 정 씨의 집을 수색했다."
    assert reword(draft, only(draft, "act", "broad")) == "정 씨의 가족이 2024년 1월 5일에 박해를 받았다."


def test_the_date_of_the_news_never_becomes_that_of_the_act():
    """A sentence made anew leaves out a date on which an act was only heard of."""
    draft = "2024년 2월 5일 지인이 정 씨에게 보위부가 집을 수색하고 동생을 체포했다고 알렸다."
    chosen = only(draft, "act", "broad", says="급습")
    assert "2월" not in reword(draft, chosen)


def test_hidden_forms_change_like_plain_ones():
    """Decomposed Hangul and a zero-width space inside a word leave nothing behind."""
    plain = "신의주 출신인 정 씨의 집이 급습을 당했다."
    hidden = unicodedata.normalize("NFD", plain).replace(
        unicodedata.normalize("NFD", "신의주"), unicodedata.normalize("NFD", "신의") + "\u200b주"
    )
    changed = reword(hidden, to_the_end(hidden, keep_acts=True))
    assert unicodedata.normalize("NFC", changed) == "한 증언자의 집이 급습을 당했다."


@pytest.mark.parametrize(
    ("attribute", "level", "words"),
    [("home", "province", "평안북도"), ("home", "region", "북부 지역"), ("occupation", "group", "보건 일꾼"),
     ("act_date", "third", "2024년 2월 초"), ("kin", "relative", "가족"), ("surname", "none", "")],
)  # fmt: skip
def test_the_report_shows_the_words_used_instead(attribute, level, words):
    """``word_of`` gives the replacement alone, empty where nothing is said any more."""
    world, ladders = load_world(), load_ladders()
    claim = next(c for c in read(WORKED).claims if c.attribute == attribute)
    rung = next(r for r in ladders.of(claim) if r.level == level)
    assert word_of(claim, rung, language="ko", tree=world.tree, vocabulary=world.vocabulary) == words
