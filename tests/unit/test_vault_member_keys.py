"""A member's keys: what is wrapped to them opens for them in its context only, and their signature is theirs."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bearwitness.vault.member_keys import PRIVATE_BYTES, MemberKeys, PublicKeys
from bearwitness.vault.sealing import Unsealable

MINE, OTHERS = MemberKeys.generate(), MemberKeys.generate()
SECRET, HERE = b"a sub-key of 32 bytes, let us say", b"grant g-1"


def test_who_it_was_wrapped_to_unwraps():
    """The secret comes back, also for keys that were kept as bytes."""
    wrapped = MINE.public.wrap(SECRET, context=HERE)
    assert MINE.unwrap(wrapped, context=HERE) == SECRET
    assert MemberKeys(MINE.raw).unwrap(wrapped, context=HERE) == SECRET


@pytest.mark.parametrize(("keys", "context"), [(OTHERS, HERE), (MINE, b"grant g-2"), (MINE, b"")])
def test_others_and_other_contexts_do_not_unwrap(keys, context):
    """Another member, or the same one for another grant, gets nothing."""
    with pytest.raises(Unsealable):
        keys.unwrap(MINE.public.wrap(SECRET, context=HERE), context=context)


@pytest.mark.parametrize("at", [0, 1087, 1088, 1119, 1120, -1])
def test_a_changed_byte_does_not_unwrap(at):
    """Neither in what ML-KEM or X25519 encapsulates, nor in the secret, nor in its tag."""
    wrapped = bytearray(MINE.public.wrap(SECRET, context=HERE))
    wrapped[at] ^= 1
    with pytest.raises(Unsealable):
        MINE.unwrap(bytes(wrapped), context=HERE)


@pytest.mark.parametrize("length", [0, 1, 1088, 1120, 1135])
def test_a_cut_one_does_not_unwrap(length):
    """Whatever is missing, it is refused as everything else is."""
    with pytest.raises(Unsealable):
        MINE.unwrap(MINE.public.wrap(SECRET, context=HERE)[:length], context=HERE)


def test_both_halves_of_the_pair_are_needed():
    """Whoever has broken one of ML-KEM and X25519, and holds that half of the keys, opens nothing."""
    wrapped = MINE.public.wrap(SECRET, context=HERE)
    for raw in (MINE.raw[:64] + OTHERS.raw[64:], OTHERS.raw[:64] + MINE.raw[64:]):
        with pytest.raises(Unsealable):
            MemberKeys(raw).unwrap(wrapped, context=HERE)


def test_a_signature_is_of_one_member_over_one_message():
    """It holds for a published verifier, and not for another member, message, or a changed byte."""
    signature = MINE.sign(b"said")
    Ed25519PublicKey.from_public_bytes(MINE.public.sign).verify(signature, b"said")
    assert MINE.public.signed(b"said", signature)
    assert not OTHERS.public.signed(b"said", signature)
    assert not MINE.public.signed(b"not said", signature)
    assert not MINE.public.signed(b"said", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not MINE.public.signed(b"said", b"")


def test_public_keys_come_back_from_their_bytes():
    """The same keys with the same fingerprint; other lengths are refused."""
    raw = MINE.public.to_bytes()
    assert PublicKeys.from_bytes(raw) == MINE.public
    assert PublicKeys.from_bytes(raw).fingerprint() == MINE.public.fingerprint() != OTHERS.public.fingerprint()
    for wrong in (raw[:-1], raw + b"\0"):
        with pytest.raises(ValueError, match="1248"):
            PublicKeys.from_bytes(wrong)


def test_a_fingerprint_is_of_all_three_keys():
    """Whoever swaps only one of them is noticed."""
    raw, other = MINE.public.to_bytes(), OTHERS.public.to_bytes()
    swapped = [other[:1184] + raw[1184:], raw[:1184] + other[1184:1216] + raw[1216:], raw[:1216] + other[1216:]]
    assert len({PublicKeys.from_bytes(r).fingerprint() for r in (raw, *swapped)}) == 4


def test_private_keys_do_not_show_themselves():
    """Their text holds nothing of them."""
    assert repr(MINE) == "MemberKeys(...)"
    assert len(MINE.raw) == PRIVATE_BYTES
    with pytest.raises(ValueError, match="128 bytes"):
        MemberKeys(MINE.raw[:-1])
