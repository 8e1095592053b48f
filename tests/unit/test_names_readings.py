"""Names as sets of readings: for redaction, for linkage, and the keys that bring spellings of one name together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.data.load import load_surnames
from bearwitness.model.records import Name
from bearwitness.text.name_readings import MOST_LETTERS, NameReading, may_be, reading_keys, readings, same_name
from bearwitness.text.name_syllables import SYLLABLES
from bearwitness.text.names import NameIndex, name_forms, romanisations
from bearwitness.text.normalise import normalise
from bearwitness.text.romanisation import canonical, fold_latin, join_sounds, sounds_of
from bearwitness.text.romanisation_sounds import heard, heard_name
from bearwitness.text.romanisation_systems import SYSTEMS, romanise

SURNAMES = load_surnames()
GIVEN = st.text(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=2)
FAMILY = st.sampled_from(sorted(SURNAMES))
SYSTEM = st.sampled_from(SYSTEMS)


def test_a_spelling_is_a_set_of_readings():
    """Both orders are read, a comma settles the order, and nothing is read that is not spelled so."""
    found = readings("Choe Un Sim", SURNAMES)
    assert {NameReading(surname="최", given="은심"), NameReading(surname="심", given="최은")} <= found
    assert not any(r.given in ("은심", "선희") for r in found if r.surname != "최")
    assert {r.surname for r in readings("Choe, Un Sim", SURNAMES)} == {"최"}
    assert readings("Un Choe, Sim", SURNAMES) == frozenset()


def test_northern_and_southern_spelling_are_one_reading():
    """리련희 and 이연희 are one name, in Hangul and in Latin letters."""
    assert readings("리련희", SURNAMES) == readings("이연희", SURNAMES)
    assert same_name("Ri Ryon Hui", "Lee Yeonhee", SURNAMES)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Choe Un-sim", "Eunsim Choi"), ("Choeunsim", "최은심"), ("Ch'oe Ŭn-sim", "CHOI EUNSHIM"),
        ("Sŏng-min", "Seokmin"), ("Pak Mogwŏl", "Mok Wol Park"), ("Hangnyŏl", "Hak Ryol"),
        ("Boo Jwahyun", "Pu Chwahyŏn"), ("최 은심", "최은심"), ("Sunwoo Hyuk", "선우혁"),
        ("Rimnip Jon", "전립립"), ("Byeon Ingnyŏn", "변익년"), ("Choe, Eun-sim", "Eun-sim Choe"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_name_are_the_same_name_and_share_a_key(a, b):
    """Systems, orders, joined words, sound changes and surnames of no list do not part a name from itself."""
    assert same_name(a, b, SURNAMES)
    assert same_name(b, a, SURNAMES)
    assert reading_keys(a, SURNAMES) & reading_keys(b, SURNAMES)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Choe Son-hui", "최은심"), ("Choe Son-hui", "Choe Un-sim"), ("Kim Un-sim", "Choe Un-sim"), ("은심", "최은심"),
        ("Un-sim", "최은심"), ("Sŏng-nim", "Seokmin"), ("은심", "은신"), ("John Smith", "Choe Un-sim"),
    ],
)  # fmt: skip
def test_other_names_are_not_the_same_name(a, b):
    """A name that shares a part, or only resembles, is another; a given name is not a full one."""
    assert not same_name(a, b, SURNAMES)


@pytest.mark.parametrize("written", ["", "Washington", "123", "a" * (MOST_LETTERS + 1), "one two three four five six"])
def test_what_can_be_no_name_has_no_reading(written):
    """Nothing, foreign words and long text are no names."""
    assert readings(written, SURNAMES) == frozenset()
    assert reading_keys(written, SURNAMES) == frozenset()


def test_the_readings_of_anything_are_bounded():
    """Words that can be cut and read in the most ways still give a set that fits in memory many times over."""
    worst = ("Sung Jung Kun Chun Un", "yeoyuyeoyuyeoyu yu", "o i o i o", "Ununununun", "Yiyiyiyiyiyiyi Yi")
    assert max(len(readings(written, SURNAMES)) for written in worst) < 20_000


def test_only_hangul_is_compared_with():
    """A programmer's mistake is told, not answered."""
    with pytest.raises(ValueError, match="Hangul"):
        may_be("Choe Un-sim", "Choe Un-sim", SURNAMES)
    with pytest.raises(ValueError, match="Hangul"):
        romanise("Un-sim", "mr")
    with pytest.raises(ValueError, match="system"):
        romanise("은심", "yale")


@given(FAMILY, GIVEN, SYSTEM, st.booleans())
def test_a_name_in_any_system_is_read_back(family, name, system, surname_last):
    """Whatever system wrote a name, its Hangul is among the readings and shares a key with them, in both orders."""
    words = [SURNAMES[family][0], romanise(name, system)]
    written = " ".join(reversed(words) if surname_last else words)
    full = NameReading(surname="".join(map(canonical, family)), given="".join(map(canonical, name)))
    assert may_be(written, family + name, SURNAMES)
    assert full in readings(written, SURNAMES)
    assert reading_keys(written, SURNAMES) & reading_keys(family + name, SURNAMES)


@given(GIVEN, SYSTEM, SYSTEM)
def test_two_systems_write_one_name(name, one, other):
    """A given name in two systems is one name."""
    assert same_name(romanise(name, one), romanise(name, other), SURNAMES)


@given(FAMILY, st.text(st.sampled_from(sorted(SYLLABLES)), min_size=2, max_size=2), SYSTEM)
def test_the_index_finds_what_any_system_writes(family, name, system):
    """A recorded name is found in a text that writes it by any of the systems."""
    index = NameIndex([("known", Name(text=family + name))], SURNAMES)
    text = normalise(f"They say {SURNAMES[family][0]} {romanise(name, system)} was taken.").text
    assert ("known",) in [match.keys for match in index.find(text) if match.kind == "full"]


@given(st.text(max_size=40))
def test_any_text_can_be_asked_about(written):
    """No input breaks the readings, and their keys are those of the readings."""
    assert bool(readings(written, SURNAMES)) == bool(reading_keys(written, SURNAMES))


@given(st.text(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=4))
def test_what_is_heard_keeps_the_syllables(word):
    """Hearing changes consonants at the seams, never the number of syllables, a vowel or a first consonant."""
    for northern in (False, True):
        sounds = heard(word, northern=northern)
        assert [s.vowel for s in sounds] == [sounds_of(c)[1] for c in word]
        assert sounds[0].initial == sounds_of(word[0])[0]
    changed = heard_name(word)
    assert changed == () or len(changed) == len(word)


def test_sounds_are_put_together_again():
    """A syllable taken apart and put together is itself."""
    assert all(join_sounds(*sounds_of(s)) == s for s in SYLLABLES)


def test_a_sound_changed_form_is_among_the_forms_and_only_by_the_systems():
    """석민 is written Sŏngmin, as heard, but habits of 성 do not become habits of 석."""
    is_name = romanisations("석민")
    assert is_name("Sŏng-min")
    assert is_name("Suk Min")
    assert not is_name("Sung Min")
    patterns = [f for f in name_forms(Name(text="최석민"), SURNAMES) if f.kind == "given" and f.is_pattern]
    assert romanisations("석민")(fold_latin("Songmin"))
    assert len(patterns) == 1
