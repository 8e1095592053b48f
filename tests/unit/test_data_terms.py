from __future__ import annotations

import re
from datetime import date

import pytest
import yaml

from bearwitness.data.load import (
    load_institutions,
    load_public_days,
    load_surnames,
    load_vocabulary,
    load_words,
    load_world,
    worked_case_path,
)
from bearwitness.model.claims import KIN_LEAVES
from bearwitness.services.lexicon import build_lexicon
from bearwitness.text import korean_terms

LISTS = load_vocabulary().lists


def test_every_code_of_the_worked_case_exists() -> None:
    """Every act, kin, trait, route, occupation, medium and perpetrator of the worked case is a term."""
    case = yaml.safe_load(worked_case_path("case.yaml").read_text(encoding="utf-8"))
    used = {
        "act": {a["kind"] for a in case["acts"]},
        "perpetrator": {a["perpetrator"] for a in case["acts"]},
        "occupation": {p["occupation"] for p in case["persons"] if "occupation" in p},
        "route": {p["route"] for p in case["persons"] if "route" in p},
        "trait": {t for p in case["persons"] for t in p.get("traits", ())},
        "kin": {k["relation"] for p in case["persons"] for k in p.get("kin", ())},
        "medium": {link["medium"] for t in case["testimonies"] for link in t.get("chain", ())},
        "directness": {t["directness"] for t in case["testimonies"]},
        "consent": {state for c in case["consents"] for state in c["persons"].values()},
        "identifiability": {c["identifiability"] for c in case["consents"]},
        "quoting": {c["quoting"] for c in case["consents"]},
    }
    for name, codes in used.items():
        assert codes <= set(LISTS[name]), name


def test_every_code_a_scanner_can_find_exists() -> None:
    """Every code in the Korean term tables is a term of its list."""
    text = (
        "급습 체포 조사 위협 소환 감시 추방 몰수 갈취 해고 퇴학 출당 강등 강제 이혼 공개 비판 구타 옥사 사사여행 도강 "
        "관광 비자 해외 파견 어선을 타고 휴전선 비행기를 타고 탈출 휴대전화 송금 브로커로 인권 활동 유튜버 누나 "
        "언니 오빠 남동생 어머니 아버지"
    )
    found = korean_terms.find_terms(text)
    assert len(found) > 20
    for term in found:
        for code in term.codes:
            assert code in LISTS[term.attribute], (term.attribute, code)


def test_kin_and_detentions_are_complete() -> None:
    """There is a term for each relative and for the detention of each."""
    assert set(LISTS["kin"]) == set(KIN_LEAVES)
    assert {c.removeprefix("detention/") for c in LISTS["act"] if c.startswith("detention/")} == set(KIN_LEAVES)


def test_terms_are_written_in_both_languages() -> None:
    """Every term has a label in both languages, no form is given twice, and none has stray spaces."""
    for terms in LISTS.values():
        for term in terms.values():
            for language in ("en", "ko"):
                forms = [term.labels[language], *term.forms[language]]  # type: ignore[index]
                assert all(f and f == f.strip() for f in forms), term.code
                assert len(forms) == len(set(forms)), (term.code, language)
                assert bool(re.search("[가-힣]", "".join(forms))) == (language == "ko"), (term.code, language)


def test_one_way_to_write_an_occupation_means_one_branch() -> None:
    """No written occupation stands for two."""
    for language in ("en", "ko"):
        forms = build_lexicon(language).occupations  # type: ignore[arg-type]
        assert {f: c for f, c in forms.items() if len(c) > 1} == {}


def test_a_code_below_a_known_one_has_its_label() -> None:
    """The label of a code that no list names is that of the nearest one above it."""
    assert load_vocabulary().label("occupation", "professional/health/nurse/ward_sister", "en") == "nurse"
    assert load_vocabulary().label("occupation", "professional/health", "ko") == "보건 일꾼"


@pytest.mark.parametrize(
    ("spelling", "surname"),
    [("Park", "박"), ("Choi", "최"), ("Jeong", "정"), ("Ri", "이"), ("Rim", "임"), ("Joo", "주"), ("Kwak", "곽"),
     ("Ryom", "염"), ("Namkung", "남궁"), ("Paik", "백"), ("Chon", "전"), ("Chong", "정"), ("Ryang", "양")],
)  # fmt: skip
def test_a_surname_is_found_by_any_spelling(spelling: str, surname: str) -> None:
    """A surname has its spellings by three systems and by habit, those of the North included."""
    assert spelling in load_surnames()[surname]


def test_every_surname_has_spellings() -> None:
    """Every surname has at least one spelling, in letters only, and none twice."""
    assert list(load_surnames())[:3] == ["김", "이", "박"]
    for surname, spellings in load_surnames().items():
        assert spellings, surname
        assert len(spellings) == len(set(spellings)), surname
        assert all(s.isascii() and s.isalpha() and s[0].isupper() for s in spellings), surname


def test_a_public_day_is_a_speech_and_not_a_return_of_people() -> None:
    """The day of a speech is public; the days of mass returns date what happened to families and are not."""
    days = load_public_days()
    assert date(2024, 1, 15) in days
    assert not days & {date(2023, 10, 9), date(2023, 8, 29), date(2020, 1, 22)}


def test_border_towns_and_rivers_say_something() -> None:
    """A far country may be printed; a Chinese border town, a border river or a home county stays in question."""
    assert {"China", "Seoul", "South Korea"} <= load_world("en")
    assert not load_world("en") & {"Dandong", "Yanji", "Changbai", "Tumen", "Yalu", "Hunchun"}
    for language in ("en", "ko"):
        lexicon = build_lexicon(language)  # type: ignore[arg-type]
        assert not (lexicon.world | lexicon.institutions) & set(lexicon.places)
    assert "국가보위성" in load_institutions("ko")
    assert "Ministry of State Security" in load_institutions("en")


def test_words_are_ordinary_lower_case_or_none() -> None:
    """A word list holds no comment line, and nothing is loaded where none is shipped."""
    for language in ("en", "ko"):
        assert not any(w.startswith("#") or w != w.strip() for w in load_words(language))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["nothing.yaml", "../places.json", "/etc/passwd", ""])
def test_only_files_of_the_worked_case_are_given(name: str) -> None:
    """Asking for anything but a file of the worked case is a programmer's mistake."""
    with pytest.raises(ValueError, match="worked case"):
        worked_case_path(name)
