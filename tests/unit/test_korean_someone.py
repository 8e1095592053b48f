"""What a Korean text says of somebody it does not show is said of a person of no name. All people are invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.data.load import load_vocabulary
from bearwitness.model.values import Codes
from bearwitness.services.lexicon import build_lexicon
from bearwitness.services.world import load_world
from bearwitness.text.korean_scan import scan_korean
from bearwitness.text.korean_terms import ALL_ACTS, ALL_KIN
from bearwitness.text.normalise import normalise

ORDINARY = load_world().ordinary["ko"]


def scan(text):
    normal = normalise(text).text
    return normal, scan_korean(
        normal, (), build_lexicon("ko"), published=date(2024, 3, 1), lag_days=30, ordinary=ORDINARY
    )


def told(text):
    """By key what is said, as attribute and passage."""
    normal, found = scan(text)
    said = {}
    for one in found.said:
        said.setdefault(one.key, set()).add((one.attribute, normal[one.start : one.end]))
    return said


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("이 탈북민은 보건 종사자였다. 부모가 위협을 받았다.", "이 탈북민",
         {("status", "탈북민"), ("occupation", "보건 종사자"), ("kin", "부모"), ("act", "위협")}),
        ("어떤 사람은 가족이 위협을 받았다고 말했다.", "어떤 사람", {("act", "위협")}),
        ("2월에 집이 급습당했다.", "집", {("act", "급습"), ("act_date", "2월")}),
        ("혜산의 한 집에 보위원들이 들이닥쳐 아들을 데려갔다.", "혜산의 한 집",
         {("home", "혜산"), ("act", "들이닥"), ("kin", "아들"), ("act", "데려갔")}),
        ("누군가의 오빠가 체포됐다.", "누군가", {("kin", "오빠"), ("sex", "오빠"), ("act", "체포")}),
        ("혜산에서 가족이 추방됐다.", "가족", {("home", "혜산"), ("act", "추방")}),
        ("탈북민 가족 한 사람이 체포됐다.", "탈북민 가족", {("act", "체포")}),
        ("집에 돈을 보낸다.", "집", {("trait", "돈을 보낸")}),
        ("소식통은 2월 10일 옆집 아들이 끌려갔다고 전했다.", "옆집",
         {("act_date", "2월 10일"), ("kin", "아들"), ("act", "끌려갔")}),
        ("보위부에 의해 집이 봉쇄됐다.", "집", {("act", "봉쇄")}),
        ("교원이던 누나가 학교에서 쫓겨났다.", "누나",
         {("occupation", "교원"), ("kin", "누나"), ("sex", "누나"), ("act", "학교에서 쫓겨")}),
        ("“우리 집에도 왔어요. 동생을 데려갔어요.” 그는 울먹였다.", "동생", {("kin", "동생"), ("act", "데려갔")}),
        ("그 집의 막내딸이 사라졌다고 이웃이 전했다.", "집", {("kin", "막내딸"), ("act", "사라졌")}),
        ("두만강을 건넜다.", "두만강을 건넜", {("route", "두만강을 건넜")}),
    ],
)  # fmt: skip
def test_what_is_said_of_nobody_shown_is_said_of_somebody(text, shown, said):
    """An act, a relative, a home, a trait or a route of nobody shown makes an anonymous person of these words."""
    normal, found = scan(text)
    (mention,) = {m.key: m for m in reversed(found.mentions) if m.stands_as != "carrier"}.values()
    assert normal[mention.start : mention.end] == shown
    assert mention.key == "someone-1"
    assert told(text)["someone-1"] == said


@pytest.mark.parametrize(
    "text",
    [
        "탈북민 가족들이 감시를 받는다.",
        "북한은 탈북민 가족을 처벌한다.",
        "보위부는 송금을 단속한다.",
        "중국 휴대전화는 금지돼 있다.",
        "탈북민들은 송금이 끊겼다고 말한다.",
        "부모들은 걱정한다.",
        "동원에 나오지 않으면 처벌을 받는다.",
        "떠난 사람 때문에 벌을 받는 가족들",
        "많은 탈북민이 인권 활동을 그만두었다.",
        "보위부는 가족에게 답하지 않았다.",
    ],
)
def test_plainly_general_statements_are_still_said_of_nobody(text):
    """Rules, the plural and the present without a case tell of nobody in particular."""
    _, found = scan(text)
    assert not found.said
    assert not found.mentions


@pytest.mark.parametrize(
    "text",
    [
        "탈북민 가족이 체포됐다.",
        "2월 5일 혜산에서 탈북민 가족들이 체포됐다.",
        "권 씨는 혜산의 탈북민 가족이 추방됐다고 말했다.",
        "지난 1월 삼지연에서 보위원들이 탈북자의 집에 들어가 옷장을 뒤집어엎었다.",
    ],
)
def test_where_it_is_open_whether_a_sentence_is_general_somebody_is_assessed(text):
    """The past, a date or a place make of a general word one family, which is nobody else's."""
    assert any(attribute == "act" for attribute, _ in told(text)["someone-1"])
    assert not any(attribute == "act" for attribute, _ in told(text).get("권", ()))


def test_what_may_be_of_somebody_shown_is_of_them():
    """A headline before, and a paragraph after somebody is shown, may be of them: nobody else is made up."""
    assert ("act", "위협") in told("부모가 위협을 받았다.\n\n박 씨는 2019년에 탈북했다.")["박"]
    assert ("act", "끌려갔") in told("박 씨는 혜산 출신이다.\n\n형은 광부였다. 2월에 끌려갔다.")["박"]
    assert set(told("박 씨는 혜산 출신이다.\n\n형이 끌려갔다.")) == {"박"}


def test_somebody_named_in_public_does_not_take_what_is_said_of_a_home():
    """After an unknown full name, what is done to a home is said of an anonymous person as well."""
    assert ("act", "급습") in told("김정은이 연설했다. 집이 급습당했다.")["someone-1"]


def test_one_run_of_sentences_is_one_person_and_another_family_another():
    """Sentences that go on speak of the same one; a home or a neighbour's of its own does not."""
    found = told("어머니가 끌려갔다. 집이 급습당했다. 송금도 끊겼다.")
    assert set(found) == {"someone-1"}
    found = told("박 씨는 이웃의 아들이 체포됐다고 말했다. 혜산의 어느 집에는 안전원들이 들이닥쳤다.")
    assert found["박"] == {("surname", "박 씨")}
    assert ("act", "체포") in found["someone-1"]
    assert ("act", "들이닥") in found["someone-2"]


def test_words_for_people_show_people_and_the_same_one_again():
    """"이 탈북민" is the one before, "다른 탈북민" another."""
    found = told(
        "또 다른 탈북민은 청진 출신이다. 이 탈북민은 형이 끌려갔다. 다른 탈북민은 보위부가 집을 뒤졌다고 했다."
    )
    assert {("home", "청진"), ("act", "끌려갔")} <= found["someone-1"]
    assert ("act", "뒤졌") in found["someone-2"]
    assert ("act", "뒤졌") not in found["someone-1"]


@pytest.mark.parametrize(
    ("text", "attribute", "codes"),
    [
        ("박 씨의 배우자가 체포됐다.", "kin", {"husband", "wife"}),
        ("박 씨의 친척이 체포됐다.", "kin", set(ALL_KIN)),
        ("박 씨의 친척이 체포됐다.", "act", {f"detention/{leaf}" for leaf in ALL_KIN}),
        ("보위원들이 박 씨의 가족을 들쑤셨다.", "act", set(ALL_ACTS)),
        ("경찰이 박 씨의 어머니를 찾아왔다.", "act", set(ALL_ACTS)),
        ("보위부가 박 씨의 누이 집을 맴돌았다고 했다.", "act", set(ALL_ACTS)),
        ("보위부가 가족을 괴롭혔다고 박 씨가 말했다.", "act", set(ALL_ACTS)),
        ("박 씨의 형은 처벌을 받았다.", "act", set(ALL_ACTS)),
        ("박 씨의 가족은 박해를 당했다.", "act", set(ALL_ACTS)),
        ("박 씨의 가족은 봉변을 당했다.", "act", set(ALL_ACTS)),
    ],
)
def test_wordings_that_leave_much_open_allow_all_of_it(text, attribute, codes):
    """A spouse, any relative, an act of no stated kind."""
    _, found = scan(text)
    assert codes in [set(s.values.codes) for s in found.said if s.attribute == attribute and s.key == "박"]


def test_an_act_of_no_stated_kind_may_be_each_act_of_the_vocabulary():
    """The leaves are those that a record is coded in."""
    leaves = {code for code in load_vocabulary().lists["act"] if code != "detention"}
    assert leaves == ALL_ACTS


@pytest.mark.parametrize(
    "text", ["보위부는 박 씨의 가족을 찾지 못했다.", "한국 당국은 박 씨의 가족을 도왔다.", "박 씨가 가족을 담당했다."]
)
def test_what_the_state_did_not_do_is_no_act(text):
    """A denial, another state and an ordinary verb are no reprisal."""
    assert not [s for s in scan(text)[1].said if s.attribute == "act"]


def test_one_person_is_no_count_and_a_spouse_no_actor():
    """"한 사람" counts nobody, and 배우자 holds no occupation."""
    for text in ("박 씨의 가족 한 사람이 체포됐다.", "탈북민 한 사람은 형이 끌려갔다고 말했다."):
        _, found = scan(text)
        assert not [s for s in found.said if s.attribute == "count"]
        assert not found.doubts
    assert not [s for s in scan("박 씨의 배우자가 체포됐다.")[1].said if s.attribute == "occupation"]


def test_a_surname_with_a_mask_is_no_aunt_and_a_reason_no_sum():
    """"이모 씨" is somebody named Yi, "이유로" is no two euros."""
    assert ("kin", "이모") not in told("탈북민 이모 씨의 형이 체포됐다.")["이"]
    assert not [s for s in scan("박 씨의 아들은 그 이유로 체포됐다.")[1].said if s.attribute == "amount"]


def test_a_way_through_china_is_a_route():
    """"중국을 거쳐" is a way of leaving, money sent that way is not."""
    _, found = scan("박 씨는 중국을 거쳐 한국에 왔다.")
    assert [set(s.values.paths) for s in found.said if s.attribute == "route"] == [{"china"}]
    assert not [s for s in scan("박 씨는 중국을 거쳐 돈을 보냈다.")[1].said if s.attribute == "route"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("지인이 안 씨에게 2월 5일 보위부가 집을 뒤졌다고 전했다.", "learned"),
        ("2월 5일 지인이 안 씨에게 보위부가 집을 뒤졌다고 알렸다.", "learned"),
        ("지인은 2월 5일 보위부가 안 씨의 집을 뒤졌다고 전했다.", "occurred"),
    ],
)
def test_a_date_beside_the_hearer_is_that_of_the_news(text, role):
    """What somebody is told on a day may have happened before."""
    _, found = scan(text)
    assert {s.role for s in found.said if s.attribute == "act_date" and s.key == "안"} == {role}


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("영희가 끌려갔다.", ["영희"]),
        ("순희도 갔다. 철남에게서 들었다.", ["순희", "철남"]),
        ("스미스 기자가 취재했다.", ["스미스"]),
        ("존슨 특파원이 전했다.", ["존슨"]),
        ("데이비드 씨도 왔다.", ["데이비드"]),
        ("현지 기자가 왔다.", []),
        ("련상동의 한 집이 급습당했다.", ["련상동"]),
        ("박모(47·회상구역) 씨가 왔다.", ["회상구역"]),
        ("박 여인(52, 련상동)은 갔다.", ["련상동"]),
        ("익명을 요구한 여성이 말했다. 이름을 밝히지 않은 주민이 왔다. 30대 초반의 여성이 왔다.", []),
    ],
)
def test_names_and_places_within_descriptions_stay_in_doubt(text, forms):
    """A given name alone, a foreign name before a title, and a place inside a description or a bracket."""
    doubts = [d.form for d in scan(text)[1].doubts]
    assert [d for d in doubts if d not in ("기자", "특파원")] == forms


KIN = st.sampled_from(["어머니", "남동생", "부모", "아들", "형", "아내", "친척", "배우자", "막내딸"])
DONE = st.sampled_from(["체포됐다", "끌려갔다", "추방됐다", "위협을 받았다", "해임됐다", "구타당했다", "사라졌다"])
WHEN = st.sampled_from(["", "2월에 ", "지난 1월 ", "혜산에서 ", "어느 날 새벽 ", "보위부에 의해 "])


def subject(noun):
    """A noun with the particle of a subject that fits it."""
    return noun + ("이" if (ord(noun[-1]) - 0xAC00) % 28 else "가")


@given(WHEN, KIN, DONE)
@settings(max_examples=80, deadline=None)
def test_whatever_befalls_a_relative_is_said_of_a_household(when, kin, done):
    """However it is worded, what was done to a relative of nobody shown is an act and a relative of one person."""
    _, found = scan(f"{when}{subject(kin)} {done}.")
    keys = {s.key for s in found.said}
    assert keys == {"someone-1"}
    assert {"kin", "act"} <= {s.attribute for s in found.said}
    assert all(s.values.codes for s in found.said if isinstance(s.values, Codes))


def test_a_family_of_no_name_does_not_upset_the_number_of_those_who_told():
    """"Three who left" are the three named, whether or not a home of nobody shown is told of besides."""
    text = "고향을 떠난 세 사람이 전했다. 안 씨, 노 씨와 배 씨는 울었다. 혜산의 한 집이 급습당했다."
    found = told(text)
    assert all(("status", "고향을 떠난") in found[key] for key in ("안", "노", "배"))
    assert not scan(text)[1].doubts


def test_somebody_shown_by_their_work_alone_is_a_person():
    """"한 교원" is a person of that work, and what befalls a relative is theirs."""
    found = told("한 교원은 남동생이 체포된 뒤 해임됐다. 회령의 한 의사의 딸은 대학에서 쫓겨났다.")
    assert {("occupation", "교원"), ("act", "체포"), ("act", "해임")} <= found["someone-1"]
    assert {("occupation", "의사"), ("home", "회령"), ("act", "대학에서 쫓겨")} <= found["someone-2"]


@pytest.mark.parametrize("who", ["다른 량강도 출신인 탈북민", "량강도 출신인 다른 탈북민", "량강도 출신인 탈북민"])
def test_a_description_after_a_name_is_another_person(who):
    """A name joined to a description with 와 takes neither the description nor the home in it."""
    found = told(f"박 씨와 {who}은 보위원들이 가족을 위협했다고 말했다.")
    assert {("home", "량강도"), ("act", "위협")} <= found["someone-1"]
    assert ("home", "량강도") not in found["박"]
