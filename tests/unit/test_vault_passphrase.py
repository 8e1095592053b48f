"""The key of a passphrase depends on its words as composed, its salt and its cost, and short ones are refused."""

import unicodedata

import nacl.pwhash.argon2id
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import UsageError
from bearwitness.vault.passphrase import USUAL_COST, Cost, check_new_passphrase, stretch

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
SALT = b"sixteen bytes !!"
WORDS = "네 낱말 비밀 문장"


def test_the_key_is_that_of_another_implementation():
    """The Argon2id of libsodium gives the same key for the same words, salt and cost."""
    expected = nacl.pwhash.argon2id.kdf(32, WORDS.encode(), SALT, opslimit=1, memlimit=64 * 1024)
    assert stretch(WORDS, SALT, CHEAP).raw == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_keyboards_that_compose_differently_type_the_same(words):
    """Composed and decomposed spellings of the same words give one key."""
    composed, taken_apart = (unicodedata.normalize(form, words) for form in ("NFC", "NFD"))
    assert stretch(composed, SALT, CHEAP).raw == stretch(taken_apart, SALT, CHEAP).raw


def test_letters_that_only_look_alike_are_others():
    """A full-width letter is not the letter: nothing but composition is evened out."""
    assert stretch("ＡＢＣ", SALT, CHEAP).raw != stretch("ABC", SALT, CHEAP).raw


@pytest.mark.parametrize(
    ("salt", "cost"),
    [(b"another 16 bytes", CHEAP), (SALT, Cost(memory_kib=128, passes=1, lanes=1)),
     (SALT, Cost(memory_kib=64, passes=2, lanes=1)), (SALT, Cost(memory_kib=64, passes=1, lanes=2))],
)  # fmt: skip
def test_salt_and_cost_change_the_key(salt, cost):
    """Each of them is part of what a guess has to have right."""
    assert stretch(WORDS, salt, cost).raw != stretch(WORDS, SALT, CHEAP).raw


def test_the_usual_cost_is_that_of_the_design():
    """256 MiB, three passes, four lanes."""
    assert (USUAL_COST.memory_kib, USUAL_COST.passes, USUAL_COST.lanes) == (262_144, 3, 4)


@pytest.mark.parametrize("words", ["", "eleven char", "   padded    ", unicodedata.normalize("NFD", "가나다라마바")])
def test_short_passphrases_are_refused(words):
    """Fewer than twelve characters as composed, without the blanks around them, are not taken, and not repeated."""
    with pytest.raises(UsageError) as refused:
        check_new_passphrase(words)
    assert not words.strip() or words.strip() not in str(refused.value)


def test_twelve_characters_are_enough():
    """The shortest that is taken, in Korean too."""
    check_new_passphrase("twelve chars")
    check_new_passphrase("네낱말비밀문장네낱말비밀")
