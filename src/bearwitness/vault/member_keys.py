"""The keys of a member: a hybrid post-quantum pair to be given secrets by (HPKE), and a pair to sign with (Ed25519)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from bearwitness.vault.sealing import Unsealable

# ML-KEM-768 (FIPS 203) joined with X25519: whoever breaks only one of them reads nothing.
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SEED, _DH, _SIGN = 64, 32, 32
_KEM_PUBLIC: Final = 1184
PRIVATE_BYTES: Final = _SEED + _DH + _SIGN


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeys:
    """What others know of a member: where to wrap secrets to, and what to check signatures by. Raw bytes."""

    kem: bytes
    dh: bytes
    sign: bytes

    def to_bytes(self) -> bytes:
        """All three, one after the other."""
        return self.kem + self.dh + self.sign

    @classmethod
    def from_bytes(cls, raw: bytes) -> PublicKeys:
        """What :meth:`to_bytes` gave."""
        if len(raw) != _KEM_PUBLIC + 64:
            raise ValueError("public keys have 1248 bytes")
        return cls(kem=raw[:_KEM_PUBLIC], dh=raw[_KEM_PUBLIC : _KEM_PUBLIC + 32], sign=raw[_KEM_PUBLIC + 32 :])

    def fingerprint(self) -> bytes:
        """SHA-256 over all of them."""
        return hashlib.sha256(self.to_bytes()).digest()

    def wrap(self, secret: bytes, *, context: bytes) -> bytes:
        """A secret that only the holder of the private keys unwraps, and only in the same context (RFC 9180)."""
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.kem), X25519PublicKey.from_public_bytes(self.dh)
        )
        return _SUITE.encrypt(secret, key, info=context)

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether the holder of the private keys signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.sign).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class MemberKeys:
    """The private keys of a member.

    Parameters
    ----------
    raw : bytes
        128 bytes: the seed of the ML-KEM key, the X25519 key, the Ed25519 key.
    """

    __slots__ = ("_kem", "_sign", "public", "raw")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != PRIVATE_BYTES:
            raise ValueError("private keys have 128 bytes")
        self.raw = raw
        kem = MLKEM768PrivateKey.from_seed_bytes(raw[:_SEED])
        dh = X25519PrivateKey.from_private_bytes(raw[_SEED : _SEED + _DH])
        self._kem = MLKEM768X25519PrivateKey(kem, dh)
        self._sign = Ed25519PrivateKey.from_private_bytes(raw[_SEED + _DH :])
        self.public = PublicKeys(
            kem=kem.public_key().public_bytes_raw(), dh=dh.public_key().public_bytes_raw(),
            sign=self._sign.public_key().public_bytes_raw(),
        )  # fmt: skip

    def __repr__(self) -> str:
        return "MemberKeys(...)"

    @classmethod
    def generate(cls) -> MemberKeys:
        """New random keys."""
        return cls(
            MLKEM768PrivateKey.generate().private_bytes_raw()
            + X25519PrivateKey.generate().private_bytes_raw()
            + Ed25519PrivateKey.generate().private_bytes_raw()
        )

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """The secret that somebody wrapped to these keys.

        Raises
        ------
        Unsealable
            If it was wrapped to others or in another context, or is damaged.
        """
        try:
            return _SUITE.decrypt(wrapped, self._kem, info=context)
        except (InvalidTag, ValueError):
            raise Unsealable from None

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature (RFC 8032) of a message."""
        return self._sign.sign(message)
