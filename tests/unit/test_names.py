"""Korean names in text (known answers 1 to 3); all names are invented."""

import unicodedata

import pytest

from bearwitness.model.records import Name
from bearwitness.text.names import NameIndex, name_forms, romanisations
from bearwitness.text.normalise import normalise
from bearwitness.text.particles import split_particles, strip_particle

VARIANTS = {"최": ("Choi", "Choe", "Choy"), "박": ("Park", "Pak"), "이": ("Lee", "Yi", "Rhee"), "손": ("Son",)}
INDEX = NameIndex(
    [
        ("sister", Name(text="최은심")), ("teller", Name(text="최경호")), ("officer", Name(text="박만길")),
        ("other", Name(text="리련희")), ("sister", Name(text="崔銀心", kind="hanja", language="hanja")),
    ],
    VARIANTS,
)  # fmt: skip


def found(text):
    return [(m.quote, m.keys, m.kind) for m in INDEX.find(normalise(text).text)]


@pytest.mark.parametrize("word", ["최은심은", "최은심이", "최은심의", "최은심에게"])
def test_a_full_name_is_found_without_its_particle(word):
    """Known answer 1: one person, the particle excluded."""
    assert found(word) == [("최은심", ("sister",), "full")]


def test_a_given_name_and_a_surname_with_title_are_found():
    """Known answer 1: given name with a name suffix, and a surname with 씨, which either bearer may be."""
    assert found("은심이가") == [("은심", ("sister",), "given")]
    assert found("최 씨는") == [("최 씨", ("sister", "teller"), "surname_title")]


@pytest.mark.parametrize(
    "text",
    ["Choe Un Sim", "Choi Eun-shim", "Ch'oe Ŭn-sim", "Eunsim Choi", "CHOE UN\u2011SIM", "Choe, Eun-sim", "Choeunsim",
     "choe eunsim", "Ch\u043ee Eunsim", "Choe Eun\u00adsim"],
)  # fmt: skip
def test_every_romanisation_in_both_orders_is_found(text):
    """Known answers 2 and 3: spelling system, order, case, hyphen, mark and look-alike do not hide a name."""
    assert [(keys, kind) for _, keys, kind in found(text)] == [(("sister",), "full")]


@pytest.mark.parametrize("text", ["Choe Son-hui said", "Son-hui Choe said", "Hong Sang-nam", "서은심은", "최근에",
     "이모가"])
def test_another_name_is_nobody_of_the_record(text):
    """Known answer 2: a name that only shares a part is not taken for the recorded one."""
    assert found(text) == []


@pytest.mark.parametrize("text", [unicodedata.normalize("NFD", "최은심은"), "최\u00a0은심은", "최은\u200b심은"])
def test_hidden_hangul_is_found(text):
    """Known answer 3: decomposed, spaced and interrupted Hangul."""
    assert [keys for _, keys, _ in found(text)] == [("sister",)]


@pytest.mark.parametrize("text", ["이연희는", "리련희", "Rhee Yeonhee", "Lee Ryon Hui", "이련희가"])
def test_northern_and_southern_spellings_are_one(text):
    """리/이 and 련/연 are one name."""
    assert [keys for _, keys, _ in found(text)] == [("other",)]


@pytest.mark.parametrize("text", ["E. S. Choi", "Choi E.S. said"])
def test_initials_with_the_surname_are_found(text):
    """Initials do not hide a name."""
    assert [(keys, kind) for _, keys, kind in found(text)] == [(("sister",), "initials")]


def test_hanja_and_possessives_are_found():
    """A hanja name, and a name before 's."""
    assert found("崔銀心") == [("崔銀心", ("sister",), "full")]
    assert found("Eunsim's brother")[0][0] == "Eunsim"


def test_romanisation_is_by_syllable_not_by_likeness():
    """심 may be shim, never son."""
    is_name = romanisations("은심")
    assert is_name("Ŭn-sim")
    assert is_name("OUN SHIM")
    assert not is_name("Un-son")


def test_forms_carry_their_kind():
    """The forms of a full name include given, title and initials forms."""
    kinds = {form.kind for form in name_forms(Name(text="최은심"), VARIANTS)}
    assert kinds == {"full", "given", "surname", "surname_title", "initials"}


def test_particles_come_off_only_where_they_fit():
    """은 follows a consonant, 는 a vowel; the word itself is always a stem."""
    assert strip_particle("은심이가") == ("은심이가", "은심이", "은심")
    assert strip_particle("신의주은") == ("신의주은",)
    assert split_particles("신의주에서는")[-1] == ("신의주", "에서는")
