"""Romanisation as published, and known answers 2 and 3 of the text design for sound-changed names; people are invented.

Examples: proclamation 2000-8 (rr); McCune and Reischauer 1939 with the ALA-LC table (mr); the DPRK's guideline of 1992
and later (dprk); the South Korean passport office (passport).
"""

import pytest

from bearwitness.data.load import load_surnames
from bearwitness.model.records import Name
from bearwitness.text.names import NameIndex
from bearwitness.text.normalise import normalise
from bearwitness.text.romanisation_systems import romanise

RR_WORDS = (
    "구미 Gumi 영동 Yeongdong 백암 Baegam 옥천 Okcheon 합덕 Hapdeok 호법 Hobeop 월곶 Wolgot 벚꽃 Beotkkot 한밭 Hanbat "
    "구리 Guri 설악 Seorak 칠곡 Chilgok 임실 Imsil 울릉 Ulleung 대관령 Daegwallyeong 백마 Baengma 종로 Jongno "
    "왕십리 Wangsimni 신라 Silla 좋고 Joko 묵호 Mukho 집현전 Jiphyeonjeon 압구정 Apgujeong 낙동강 Nakdonggang "
    "죽변 Jukbyeon 낙성대 Nakseongdae 합정 Hapjeong 팔당 Paldang 샛별 Saetbyeol 울산 Ulsan 해돋이 Haedoji "
    "광희문 Gwanghuimun"
)
RR_NAMES = "용하 Yongha 나리 Nari 복남 Boknam 빛나 Bitna 석민 Seokmin 성민 Seongmin"
MR = (
    "구경 kugyŏng 금광 kŭmgwang 양국 yangguk 물건 mulgŏn 국민 kungmin 막내 mangnae 합계 hapkye 각각 kakkak 속히 sokhi "
    "신라 silla 종로 chongno 독립 tongnip 십리 simni 물리학 mullihak 삼등 samdŭng 벽돌 pyŏktol 열도 yŏlto 갈비 kalbi "
    "십명 simmyŏng 입내 imnae 답장 tapchang 약방 yakpang 목사 moksa 갓모 kanmo 독일 togil 민족 minjok 물질 mulchil "
    "김치 kimch'i 학회 hakhoe 토끼 t'okki 닭 tak 준비 chunbi 왜콩 waek'ong 쉽다 shwipta 넓이 nŏlbi 얽매다 ŏngmaeda "
    "콩씨 k'ongssi 짜르다 tcharŭda 잇해 ithae 개성 kaesŏng 평양 p'yŏngyang 난곡 nan'gok 황우 hwangu 일하 irha "
    "철원 ch'ŏrwŏn 석민 sŏngmin 중근 chunggŭn 창룡 ch'angnyong 철운 ch'ŏrun 철수 ch'ŏlsu 영희 yŏnghŭi 소월 sowŏl "
    "목월 mogwŏl 약용 yagyong 옥균 okkyun"
)
DPRK_WORDS = (
    "백마산 Paengmasan 압록 Amrok 은률 Ŭnryul 칠보산 Chilbosan 강동 Kangdong 초도 Chodo 교구 Kyogu 곡산 Koksan "
    "갑산 Kapsan 닭섬 Taksŏm 울산 Ulsan 금교 Kŭmgyo 앞산 Apsan 붉은 Pulgŭn 앉은 Anjŭn"
)
DPRK_NAMES = "동구 Tonggu 복철 Pokchŏl 꽃분이 Kkotpuni 보람 Poram"
PASSPORT = "복남 Boknam 빛나 Bitna 주은 Jueun 요셉 Yosep 민수 Minsu 하늘 Haneul"


def pairs(text):
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


CASES = [
    (system, as_word, hangul, latin)
    for system, as_word, examples in (
        ("rr", True, RR_WORDS), ("rr", False, RR_NAMES), ("mr", False, MR), ("dprk", True, DPRK_WORDS),
        ("dprk", False, DPRK_NAMES), ("passport", False, PASSPORT),
    )
    for hangul, latin in pairs(examples)
]  # fmt: skip


@pytest.mark.parametrize(("system", "as_word", "hangul", "latin"), CASES)
def test_a_published_example_is_written_as_published(system, as_word, hangul, latin):
    """Every example of the four publications comes out letter by letter."""
    assert romanise(hangul, system, as_word=as_word) == latin[:1].upper() + latin[1:]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("최백마", "Ch'oe Paeng-ma"), ("박은주", "Pak Ŭnju"), ("박병호", "Pyŏngho Pak"), ("김학렬", "Kim Hangnyŏl"),
        ("김석란", "Kim Sŏng-nan"), ("리옥련", "Ri Ongnyŏn"), ("리옥련", "Okryon Ri"), ("리옥련", "Ri Ok Ryon"),
        ("정복녀", "Chŏng Pongnyŏ"), ("정국례", "Chŏng Kungnye"), ("한막례", "Han Mang-nye"),
        ("한향련", "Han Hyangnyŏn"), ("오진라", "O Chilla"), ("오철원", "Ch'ŏr-wŏn O"), ("조빛나", "Binna Jo"),
        ("조갑룡", "Jo Kamnyong"),
    ],
)  # fmt: skip
def test_2_a_name_is_found_as_it_sounds(name, written):
    """Assimilation, voicing, liaison and ㄹ after consonants do not hide a name, in either order."""
    index = NameIndex([("known", Name(text=name))], load_surnames())
    found = index.find(normalise(f"Then {written} came home.").text)
    assert [(m.quote, m.keys, m.kind) for m in found] == [(normalise(written).text, ("known",), "full")]


@pytest.mark.parametrize(
    ("name", "written"), [("최은심", "Choe Son-hui"), ("김석민", "Kim Sungnim"), ("김학렬", "Kim Hanyol")]
)
def test_2_a_name_that_sounds_otherwise_is_nobody(name, written):
    """A change that no rule makes is not read into a name."""
    index = NameIndex([("known", Name(text=name))], load_surnames())
    assert index.find(normalise(f"Then {written} came home.").text) == ()


@pytest.mark.parametrize(
    "written", ["Ho' Tam", "HO\u2019 TAM", "Tam Ho\u2019", "H\u043e\u2019 Tam", "Ho\u2019\u00a0Tam"]
)
def test_3_marks_of_a_system_do_not_hide_a_name(written):
    """An apostrophe that stands for a vowel mark, also at a word's end, beside look-alikes and no-break spaces."""
    index = NameIndex([("known", Name(text="허담"))], load_surnames())
    assert [m.keys for m in index.find(normalise(f"Then {written} came home.").text)] == [("known",)]
