"""Sealed bytes open with their key in their place and nowhere else, and tell a rounded size only."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.vault.sealing import (
    MAGIC,
    SEALED_KEY_BYTES,
    SecretKey,
    Unsealable,
    bind,
    bucket_size,
    pad,
    unpad,
)

KEY = SecretKey(bytes(range(32)))
HERE = bind("record", "o-1", "c-1", 7)
PARTS = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])) | st.integers(), max_size=5)


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_in_its_place(plain):
    """Any bytes come back, and the ciphertext is the magic, a nonce, and AES-256-GCM of a published library."""
    sealed = KEY.seal(plain, bound=HERE)
    assert KEY.open(sealed, bound=HERE) == plain
    assert sealed.startswith(MAGIC)
    assert AESGCM(KEY.raw).decrypt(sealed[3:15], sealed[15:], HERE) == plain


def test_the_same_bytes_are_never_sealed_the_same():
    """Nonces are random, so that two equal records do not show that they are equal."""
    assert len({KEY.seal(b"same", bound=HERE) for _ in range(50)}) == 50


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_does_not_open(at, change):
    """Wherever a ciphertext is changed, it is refused."""
    sealed = bytearray(KEY.seal(b"what was said", bound=HERE))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(Unsealable):
        KEY.open(bytes(sealed), bound=HERE)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 14, 15, 30])
def test_a_cut_ciphertext_does_not_open(length):
    """Where the end is missing, nothing is given out, whatever is left."""
    with pytest.raises(Unsealable):
        KEY.open(KEY.seal(b"what was said", bound=HERE)[:length], bound=HERE)


def test_another_place_or_key_does_not_open():
    """A ciphertext moved elsewhere, or read with another key, is refused."""
    sealed = KEY.seal(b"said", bound=HERE)
    for key, bound in ((KEY, bind("record", "o-1", "c-1", 8)), (SecretKey.generate(), HERE), (KEY.derive("x"), HERE)):
        with pytest.raises(Unsealable):
            key.open(sealed, bound=bound)


@given(PARTS, PARTS)
def test_two_contexts_are_never_the_same_bytes(one, other):
    """Different lists of parts bind differently, wherever the border between two parts lies."""
    assert (bind(*one) == bind(*other)) == ([str(p) for p in one] == [str(p) for p in other])


def test_a_part_that_could_move_a_border_is_refused():
    """A NUL inside a part would let one context pass for another."""
    with pytest.raises(ValueError, match="NUL"):
        bind("a\0b")


def test_purposes_give_different_keys_always_the_same():
    """A key for a purpose is the same each time, and another for each purpose."""
    assert KEY.derive("content").raw == KEY.derive("content").raw
    assert len({KEY.raw, KEY.derive("content").raw, KEY.derive("chain").raw}) == 3


def test_a_key_does_not_show_itself():
    """Neither the text of a key nor that of an error about it holds a byte of it."""
    assert repr(KEY) == "SecretKey(...)"
    with pytest.raises(ValueError, match="32 bytes"):
        SecretKey(b"short")


def test_a_sealed_key_has_the_length_that_parts_count_on():
    """Wrapped keys are cut out of a part by their length."""
    assert len(KEY.seal(KEY.raw, bound=HERE)) == SEALED_KEY_BYTES


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(plain):
    """Any bytes come back, from a size that is a bucket."""
    padded = pad(plain)
    assert unpad(padded) == plain
    assert len(padded) == bucket_size(len(plain) + 4)


@given(st.integers(0, 2**40))
def test_a_bucket_holds_what_it_is_for_and_little_more(size):
    """No bucket is too small, more than 12 % too large (above the smallest), or other than itself."""
    bucket = bucket_size(size)
    assert bucket >= size
    assert bucket == 64 or bucket <= size * 1.12
    assert bucket_size(bucket) == bucket


def test_few_sizes_are_told_apart():
    """Of a hundred thousand lengths, fewer than two hundred sizes can be seen."""
    assert len({bucket_size(n) for n in range(100_000)}) < 200


@pytest.mark.parametrize("padded", [b"", b"\0\0\0", b"\0\0\0\5abcd", b"\xff\xff\xff\xff" + bytes(60)])
def test_a_length_that_cannot_be_true_is_refused(padded):
    """Padding that claims more than is there does not come off."""
    with pytest.raises(Unsealable):
        unpad(padded)
