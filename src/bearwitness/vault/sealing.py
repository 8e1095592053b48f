"""Sealing of bytes under a key and a context: AES-256-GCM, HKDF and padding, with nothing of our own but the order.

Every ciphertext starts with ``MAGIC``, whose last byte is the version of this format. What a ciphertext is bound to
(its domain, organisation, table, row, field) is authenticated with it, so that one that is moved does not open.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC: Final = b"bw\x01"
DOMAIN: Final = "bearwitness/1"
KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(MAGIC) + _NONCE_BYTES
# What a sealed key takes: magic, nonce, key, tag.
SEALED_KEY_BYTES: Final = _HEAD_BYTES + KEY_BYTES + 16
_LENGTH_BYTES: Final = 4
_SMALLEST_BUCKET: Final = 64


class Unsealable(Exception):
    """A ciphertext does not open: wrong key, wrong place, or damaged. Which of these cannot be told."""


class SecretKey:
    """A 256-bit key that never shows itself in a message.

    Parameters
    ----------
    raw : bytes
        32 bytes.
    """

    __slots__ = ("_aead", "raw")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self.raw = raw
        self._aead = AESGCM(raw)

    def __repr__(self) -> str:
        return "SecretKey(...)"

    @classmethod
    def generate(cls) -> SecretKey:
        """A new random key."""
        return cls(os.urandom(KEY_BYTES))

    def derive(self, purpose: str) -> SecretKey:
        """The key for a purpose, by HKDF-SHA256 (RFC 5869); one purpose's key tells nothing of another's."""
        info = bind("derive", purpose)
        return SecretKey(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self.raw))

    def seal(self, plain: bytes, *, bound: bytes) -> bytes:
        """The ciphertext of ``plain``, bound to a context (see :func:`bind`)."""
        nonce = os.urandom(_NONCE_BYTES)
        return MAGIC + nonce + self._aead.encrypt(nonce, plain, bound)

    def open(self, sealed: bytes, *, bound: bytes) -> bytes:
        """What was sealed in this context.

        Raises
        ------
        Unsealable
            If the key, the context or the bytes are not those of the sealing.
        """
        if sealed[: len(MAGIC)] != MAGIC or len(sealed) < _HEAD_BYTES:
            raise Unsealable
        try:
            return self._aead.decrypt(sealed[len(MAGIC) : _HEAD_BYTES], sealed[_HEAD_BYTES:], bound)
        except InvalidTag:
            raise Unsealable from None


def bind(*parts: str | int) -> bytes:
    """The bytes of a context: the domain and the parts, which hold no NUL, each ended by one.

    Two different lists of parts never give the same bytes.
    """
    words = [str(part) for part in parts]
    text = "\0".join((DOMAIN, *words, ""))
    if text.count("\0") != len(words) + 1:
        raise ValueError("a part of a context holds a NUL")
    return text.encode()


def pad(plain: bytes) -> bytes:
    """``plain`` with its length in front, filled up to a bucket, so that a ciphertext tells only a rounded size.

    Buckets follow Padme (Nikitin et al., PETS 2019): at most 12 % more, and no more than O(log log n) bits told.
    """
    size = len(plain) + _LENGTH_BYTES
    return len(plain).to_bytes(_LENGTH_BYTES, "big") + plain + bytes(bucket_size(size) - size)


def unpad(padded: bytes) -> bytes:
    """What :func:`pad` was given; raises Unsealable where the length cannot be true."""
    size = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) < _LENGTH_BYTES or size + _LENGTH_BYTES > len(padded):
        raise Unsealable
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + size]


def bucket_size(size: int) -> int:
    """The smallest bucket that holds ``size`` bytes."""
    if size <= _SMALLEST_BUCKET:
        return _SMALLEST_BUCKET
    exponent = size.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    step = 1 << low_bits
    return (size + step - 1) // step * step
