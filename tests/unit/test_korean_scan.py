"""What the Korean scanner finds, of whom it says it, and what it leaves in doubt. All people are invented."""

from datetime import date

import pytest

from bearwitness.model.values import Codes, Days, Paths
from bearwitness.text.korean_scan import scan_korean
from bearwitness.text.normalise import normalise
from bearwitness.text.particles import word_set
from bearwitness.text.scene import Lexicon, Mention

PUBLISHED = date(2024, 3, 1)
PLACES = {
    "신의주": {"pyongbuk/sinuiju"}, "신의주시": {"pyongbuk/sinuiju"}, "평안북도": {"pyongbuk"},
    "무산": {"hambuk/musan"}, "무산군": {"hambuk/musan"}, "혜산": {"ryanggang/hyesan"}, "청진": {"hambuk/chongjin"},
    "함경북도": {"hambuk"}, "량강도": {"ryanggang"}, "양강도": {"ryanggang"}, "회령": {"hambuk/hoeryong"},
}  # fmt: skip
OCCUPATIONS = {
    "간호사": {"professional/health/nurse"}, "광부": {"worker/mining/miner"}, "운전사": {"worker/transport/driver"},
    "교사": {"professional/education/teacher"},
}  # fmt: skip
SURNAMES = "김이박정최조강윤장임신유한오서권황안송홍양고문손배백허노심주하곽구성"
LEXICON = Lexicon(
    places={form: frozenset(paths) for form, paths in PLACES.items()},
    occupations={form: frozenset(paths) for form, paths in OCCUPATIONS.items()},
    surnames=dict.fromkeys(SURNAMES, ()),
    institutions=frozenset(["보위부", "국가보위성", "보위원", "안전원"]),
    world=frozenset(["중국", "한국", "북한", "남한", "서울"]), public_days=frozenset([date(2024, 1, 15)]),
)  # fmt: skip
ORDINARY = word_set(
    "이번 정부 강조 최근 안전 노력 조사 이후 이유 주민 하루 지난 지내다 전하다 오래 조치 나라 남다 마지막 이야기 지금"
    " 고향 사람 연설 항구 한다 소식 방도 가족 구하다 정도 다시 거리 활동 자리 감시 도시 제도 상황 공개 처형 결과"
    " 동안 국가 대하다"
)


def scan(text, known=(), published=PUBLISHED):
    normal = normalise(text).text
    return normal, scan_korean(normal, known, LEXICON, published=published, lag_days=30, ordinary=ORDINARY)


def told(text, **more):
    """(key, attribute) to the values said."""
    _, found = scan(text, **more)
    values = {}
    for said in found.said:
        values.setdefault((said.key, said.attribute), []).append(plain(said.values))
    return values


def plain(values):
    if isinstance(values, Codes):
        return set(values.codes)
    if isinstance(values, Paths):
        return set(values.paths)
    return [tuple(str(date.fromordinal(o)) for o in span) for span in values.spans]


DRAFT = """서울 - 북한을 떠난 사람들의 가족이 다시 벌을 받고 있다고, 고향을 떠난 세 사람이 전했다.

신의주 출신의 전직 간호사로 2019년 사사여행 비자로 중국에 나왔다가 떠난 안 씨는 중국 휴대전화로 어머니와 통화한다.
안 씨는 가족에게 돈을 보내고, 그 도시의 다른 가족들을 위해 브로커로 일한다.

2024년 2월 5일 지인이 안 씨에게 국가보위성이 가족의 집을 급습했다고 알렸다.
안 씨의 남동생은 체포되어 며칠 동안 조사를 받았다.

“제가 보내는 돈이 국가에 대한 범죄라고 했답니다.” 안 씨는 말했다.

함경북도 출신인 노 씨와 량강도 출신인 배 씨는 2024년 1월에 보위원들이 가족을 위협했다고 말했다.
"""


def test_a_whole_article_is_read_and_nothing_is_left_in_doubt():
    """Every statement of an article about three people goes to the right one."""
    values = told(DRAFT)
    assert values["안", "home"] == [{"pyongbuk/sinuiju"}]
    assert values["안", "occupation"] == [{"professional/health/nurse"}]
    assert values["안", "departure"] == [[("2019-01-01", "2019-12-31")]]
    assert values["안", "route"] == [{"china/visa_private"}]
    assert values["안", "kin"] == [{"mother"}, {"younger_brother"}]
    assert {frozenset(v) for v in values["안", "trait"]} == {
        frozenset({"phone"}), frozenset({"remittance"}), frozenset({"broker"}),
    }  # fmt: skip
    assert values["안", "act"] == [{"raid"}, {"detention/younger_brother"}, {"interrogation"}]
    assert values["노", "surname"] == [{"노", "로"}]
    assert values["노", "home"] == [{"hambuk"}]
    assert values["배", "home"] == [{"ryanggang"}]
    for key in ("노", "배"):
        assert values[key, "act"] == [{"threat"}]
        assert values[key, "act_date"] == [[("2024-01-01", "2024-01-31")]]
        assert values[key, "status"] == [{"left"}]
    assert scan(DRAFT)[1].doubts == ()


def test_news_of_an_act_is_dated_apart_from_the_act():
    """A date of the news has the role learned and reaches back; a date of the act has not."""
    _, found = scan(DRAFT)
    dates = {s.key: (s.role, s.lag_days, s.about) for s in found.said if s.attribute == "act_date"}
    assert dates["안"] == ("learned", 30, "act:raid")
    assert dates["노"] == ("occurred", 0, "act:threat")


def test_a_detention_points_to_the_word_that_says_whose():
    """The kin word of a detention is named beside it, so that a vaguer wording changes both."""
    text, found = scan(DRAFT)
    (act,) = [s for s in found.said if isinstance(s.values, Codes) and "detention/younger_brother" in s.values.codes]
    assert [text[a:b] for a, b in act.also] == ["남동생"]


@pytest.mark.parametrize(
    ("text", "key", "attribute", "expected"),
    [
        ("최 씨는 2018년 11월 두만강을 건넜다.", "최", "departure", [[("2018-11-01", "2018-11-30")]]),
        ("최 씨는 2018년 한국에 입국했다.", "최", "departure", [[("2018-01-01", "2018-12-31")]]),
        ("박모(47) 씨는 언니가 불려가 조사를 받았다고 말했다.", "박", "sex", [{"female"}]),
        ("박모(47) 씨는 혜산에서 태어났다.", "박", "birth", [[("1976-03-02", "1978-12-31")]]),
        ("A씨는 부모에게 3000위안을 보냈다.", "A", "amount", [{"3000위안"}]),
        ("A씨는 부모에게 3000위안을 보냈다.", "A", "trait", [{"remittance"}]),
        ("허 여인은 회령에서 살았다.", "허", "sex", [{"female"}]),
        ("송 씨의 어머니와 남동생이 체포됐다.", "송", "act", [{"detention/mother"}, {"detention/younger_brother"}]),
        ("송 씨의 가족 2명이 체포됐다.", "송", "count", [{"2"}]),
        ("관리소에서 풀려난 송 씨의 남편은 아프다.", "송", "act", [{"exile"}, {"detention/husband"}]),
        ("보위부는 곽 씨의 형을 고문했다.", "곽", "act", [{"beating"}]),
        ("청진 출신 탈북민 서 씨가 말했다.", "서", "status", [{"left"}]),
        ("신의주에 사는 어머니는 강 씨와 통화한다.", "강", "home", [{"pyongbuk/sinuiju"}]),
        ("리 씨는 혜산에 살았다.", "리", "surname", [{"리", "이"}]),
    ],
)  # fmt: skip
def test_one_sentence_says_this_of_one_person(text, key, attribute, expected):
    """People, relatives, passive voice and values in single sentences of various wording."""
    assert told(text)[key, attribute] == expected


def test_the_next_sentence_goes_on_about_the_same_person():
    """A pronoun, a relative without an owner and a missing subject belong to whoever was spoken of."""
    values = told("박 씨는 무산군 출신이다. 그의 형은 광부였다. 보위부에 끌려갔다.")
    assert values["박", "kin"] == [{"elder_brother"}]
    assert values["박", "act"] == [{"detention/elder_brother"}]
    _, found = scan("박 씨는 무산군 출신이다. 그의 형은 광부였다.")
    assert {(s.attribute, s.about) for s in found.said if s.attribute == "occupation"} == {
        ("occupation", "kin:elder_brother")
    }


def test_two_people_in_one_sentence_keep_what_is_theirs():
    """A clause before a name, a genitive and 각각 tell two people apart."""
    values = told("2019년 탈북한 강 씨와 2021년 탈북한 한 씨는 각각 청진과 무산 출신이다.")
    assert values["강", "departure"] == [[("2019-01-01", "2019-12-31")]]
    assert values["한", "departure"] == [[("2021-01-01", "2021-12-31")]]
    assert values["강", "home"] == [{"hambuk/chongjin"}]
    assert values["한", "home"] == [{"hambuk/musan"}]
    values = told("박 씨는 정 씨의 형이 체포됐다고 말했다.")
    assert ("박", "act") not in values
    assert values["정", "act"] == [{"detention/elder_brother"}]
    values = told("우리는 들었다. 송 씨는 브로커 오 씨를 통해 어머니에게 송금했다.")
    assert values["송", "trait"] == [{"remittance"}]
    assert values["오", "trait"] == [{"broker"}]


def test_an_open_owner_is_said_of_both():
    """Whose mother was taken is open between teller and hearer: both are assessed."""
    values = told("최 씨는 정 씨에게 어머니가 체포됐다고 알렸다.")
    assert values["최", "act"] == values["정", "act"] == [{"detention/mother"}]


def test_those_taken_together_each_have_it_said_of_them():
    """What befell the families of two people befell each, also in the next sentence."""
    values = told("강 씨와 한 씨는 청진에 살았다. 두 사람의 가족은 2월 초 추방됐다.")
    for key in ("강", "한"):
        assert values[key, "act"] == [{"exile"}]
        assert values[key, "act_date"] == [[("2024-02-01", "2024-02-10")]]
    assert ("강", "count") not in values


def test_a_quotation_speaks_of_whoever_says_it():
    """The first person in a quotation is the speaker named after it, before it or around it."""
    assert told("“우리 오빠는 광부였어요. 2023년 12월 20일에 끌려갔어요.” 오 씨가 털어놨다.")["오", "act"] == [
        {"detention/elder_brother"}
    ]
    assert told("황 씨는 “보위부가 형을 때렸다”고 말했다.")["황", "act"] == [{"beating"}]


def test_a_date_outside_the_quotation_is_that_of_the_telling():
    """What somebody says in an interview on a day did not happen on that day."""
    _, found = scan("구 씨는 2월 20일 “가족이 위협받고 있다”고 말했다.")
    assert [s.role for s in found.said if s.attribute == "act_date"] == ["told"]


@pytest.mark.parametrize(
    "text",
    [
        "2월 3일 손 씨는 전화를 받았다. 보위부가 집을 급습했다는 것이었다.",
        "보위부가 손 씨의 집을 급습했다. 손 씨는 그 소식을 2월 3일에 들었다.",
        "손 씨는 2월 3일 동생이 잡혀갔다는 소식을 들었다.",
    ],
)
def test_news_and_act_are_joined_across_sentences(text):
    """The day on which news came dates the news, wherever the act is told."""
    _, found = scan(text)
    dates = [(s.key, s.role, s.values) for s in found.said if s.attribute == "act_date"]
    assert dates == [("손", "learned", Days.between(date(2024, 2, 3), date(2024, 2, 3)))]


@pytest.mark.parametrize(
    "text",
    [
        "탈북민 가족들이 더 심한 감시를 받는다.",
        "보위부는 탈북민들의 송금을 반역죄로 다룬다.",
        "권 씨는 많은 탈북민 가족이 조사를 받고 있다고 말했다.",
        "다시 연락하면 체포하겠다고 했다.",
    ],
)
def test_what_is_said_in_general_is_said_of_nobody(text):
    """General statements, threats of what may come and the law are nobody's claims."""
    assert not [s for s in scan(text)[1].said if s.attribute in ("act", "trait", "status")]


def test_what_did_not_happen_is_not_said_but_a_denied_release_is_detention():
    """A denial says nothing; "not released yet" says that somebody is held."""
    assert ("주", "act") not in told("주 씨의 형은 체포되지 않았다.")
    assert told("주 씨의 형은 아직 풀려나지 못했다.")["주", "act"] == [{"detention/elder_brother"}]


def test_somebody_whose_relative_left_is_the_relative():
    """"A parent of a daughter who went south" is described as what they are to the one who left."""
    _, found = scan("남한으로 간 딸을 둔 윤 씨는 보위부에 소환됐다.")
    assert {m.stands_as for m in found.mentions} == {"relative"}
    assert told("남한으로 간 딸을 둔 윤 씨는 보위부에 소환됐다.")["윤", "kin"] == [{"father", "mother"}]


def test_people_without_a_name_are_told_apart():
    """Letters, ages, descriptions and carriers are people; two of a kind are two."""
    text, found = scan("40대 여성은 울었다. 회령 출신의 한 탈북민은 지인에게서 들었다. 다른 탈북민은 B씨를 모른다.")
    people = [(text[m.start : m.end], m.stands_as) for m in found.mentions]
    assert people == [
        ("40대 여성", "left"), ("회령 출신의 한 탈북민", "left"), ("지인", "carrier"), ("다른 탈북민", "left"),
        ("B씨", "left"),
    ]  # fmt: skip
    assert len({m.key for m in found.mentions}) == 5


def test_two_of_one_surname_with_different_ages_are_two_people():
    """The ages tell them apart, and the bare surname after that may be either."""
    _, found = scan("김모(40) 씨와 김모(52) 씨가 왔다. 김 씨는 울었다.")
    assert [m.key for m in found.mentions] == ["김-40", "김-52", "김-40", "김-52"]


def test_a_pseudonym_is_a_person_and_no_doubt():
    """"(가명)" marks a person whose name says nothing; later short forms are the same."""
    _, found = scan("김은주(가명) 씨는 간호사였다. 김 씨의 오빠는 구타당했다.")
    assert {(m.key, m.pseudonym) for m in found.mentions} == {("김은주", True)}
    assert not [s for s in found.said if s.attribute in ("surname", "name")]
    assert not found.doubts


@pytest.mark.parametrize("particles", ["은", "이", "의", "에게", "에게서도", "까지만은", "한테서는"])
def test_particles_are_left_out_of_every_passage(particles):
    """However many particles are stacked, the passage ends before them."""
    text, found = scan(f"신의주 출신 박 씨{particles} 보냈다.")
    assert [text[m.start : m.end] for m in found.mentions] == ["박 씨"]
    assert [text[s.start : s.end] for s in found.said if s.attribute == "home"] == ["신의주"]


@pytest.mark.parametrize(
    "text",
    [
        "\u1109\u1175\u11ab\u110b\u1174\u110c\u116e 출신 박 씨가 말했다.", "신\u200b의주 출신 박\u200b 씨가 말했다.",
        "신의주 출신 박\u00a0씨가 말했다.", "신\u00ad의주 출신 박 씨가 말했다.",
    ],
)  # fmt: skip
def test_hidden_characters_hide_nothing(text):
    """Decomposed Hangul, zero-width characters, soft hyphens and no-break spaces are seen through."""
    values = told(text)
    assert values["박", "home"] == [{"pyongbuk/sinuiju"}]
    assert values["박", "surname"] == [{"박"}]


def test_people_of_the_record_are_never_found_again():
    """Mentions that the caller found are people shown, with the caller's keys, and no doubt."""
    text = "최은심은 신의주에서 태어났다. 은심이의 오빠는 체포됐다."
    known = (
        Mention(start=0, end=3, key="p1", label="최은심", full="최은심", surname="최"),
        Mention(start=text.index("은심이의"), end=text.index("은심이의") + 2, key="p1", label="은심"),
    )
    values = told(text, known=known)
    assert values["p1", "home"] == [{"pyongbuk/sinuiju"}]
    assert values["p1", "act"] == [{"detention/elder_brother"}]
    _, found = scan(text, known=known)
    assert not found.mentions
    assert not found.doubts


def test_a_name_that_may_mean_two_is_said_of_both():
    """Two mentions with one passage: everything said there is said of each."""
    text = "최 씨는 혜산 출신이다."
    known = tuple(Mention(start=0, end=3, key=k, label="최 씨") for k in ("p1", "p2"))
    values = told(text, known=known)
    assert values["p1", "home"] == values["p2", "home"] == [{"ryanggang/hyesan"}]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("임모씨(35·여)의 동생이 불려 갔다.", "summons"), ("성 씨의 집이 수색당했다.", "raid"),
        ("주 씨의 아내는 강제로 이혼시켰다.", "forced_divorce"),
        ("허 씨가 보낸 돈을 보위부가 압수했다.", "confiscation_remittance"),
        ("홍 씨의 딸은 대학에서 쫓겨났다.", "school_loss"), ("홍 씨의 아들은 군에서 강등됐다.", "demotion"),
        ("홍 씨의 부모는 산골로 쫓겨났다.", "exile"), ("홍 씨는 공개 비판을 당했다.", "public_criticism"),
    ],
)  # fmt: skip
def test_acts_are_read_in_their_wordings(text, act):
    """Each kind of act has its own words."""
    _, found = scan(text)
    assert act in {code for s in found.said if s.attribute == "act" for code in s.values.codes}


def test_an_empty_text_has_nothing():
    """No text, no statements, no doubts."""
    assert scan("")[1].said == ()
