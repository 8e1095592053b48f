"""The interface speaks both languages completely."""

import re
from pathlib import Path
from string import Formatter

import pytest

from bearwitness.cli import strings
from bearwitness.cli.reasons import say_reason
from bearwitness.cli.strings import STRINGS, say, say_code
from bearwitness.text import date_atoms, dates_en, dates_ko

SOURCES = Path(strings.__file__).parent


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_every_string() -> None:
    """The two tables have the same keys and nothing is empty."""
    assert STRINGS["en"].keys() == STRINGS["ko"].keys()
    assert all(text.strip() for table in STRINGS.values() for text in table.values())


@pytest.mark.parametrize("key", sorted(STRINGS["en"]))
def test_korean_is_korean_and_needs_no_other_values(key: str) -> None:
    """A Korean string is in Hangul, or the same sign in both, and asks for nothing that English does not get."""
    english, korean = STRINGS["en"][key], STRINGS["ko"][key]
    assert re.search("[가-힣]", korean) or english == korean
    assert not re.search("[가-힣]", english)
    assert _fields(korean) <= _fields(english)


def test_every_string_is_used() -> None:
    """No string is left that nothing says."""
    sources = "".join(p.read_text("utf-8") for p in SOURCES.rglob("*.py") if p.name != "strings.py")
    made = {"severity", "short_fact_"}
    unused = [
        k for k in STRINGS["en"] if f'"{k}"' not in sources and "." not in k and not k.startswith(tuple(made))
    ]
    assert unused == []


def test_counts_choose_the_form() -> None:
    """Singular and plural follow the count."""
    assert say("en", "families_word", count=1) == "family"
    assert say("en", "families_word", count=1.3) == "families"


def test_an_unknown_code_is_shown_as_words() -> None:
    """An adversary of a file of one's own has no name here and keeps its own."""
    assert say_code("ko", "adversary", "border_guard") == "border guard"


def test_no_korean_particle_is_left_open() -> None:
    """Korean text never falls back on both forms of a particle."""
    assert not [t for t in STRINGS["ko"].values() if re.search(r"을\(를\)|이\(가\)|은\(는\)|\(으\)로|와\(과\)", t)]


def test_reasons_have_korean_words() -> None:
    """A reason is said in Korean in the Korean interface, with the ids it names; an unknown one stands as it is."""
    reasons = {date_atoms.RELATIVE, date_atoms.LUNAR, date_atoms.NO_YEAR, dates_en.AMBIGUOUS, dates_ko.TWO_DIGITS}
    assert all(re.search("[가-힣]", say_reason("ko", why)) for why in reasons)
    assert all(say_reason("en", why) == why for why in reasons)
    assert say_reason("ko", "may be ahn, noh of the record; write whom it means").startswith("기록의 ahn, noh일")
    assert say_reason("ko", "no consent for publication is in force") == "유효한 동의가 없음 (publication)"
    assert say_reason("ko", "something new") == "something new"
