"""An organisation's recovery secret, which exists only as blobs that several officers open together.

For every combination of as many officers as are needed there is one blob: the secret, encrypted with age (pyrage) to
the last officer of the combination, then to the one before, and so on to the first. Whoever holds one officer's key
and all blobs can take one layer off some of them and learns nothing.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import pyrage

from bearwitness.errors import RecoveryError

FEWEST_NEEDED: Final = 2
MOST_OFFICERS: Final = 9

# Numbers of officers from 1, ascending.
Combination = tuple[int, ...]

_VERSION: Final = 1
_COMBINATION: Final = re.compile(r"[1-9](,[1-9])+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitSet:
    """What comes of splitting a secret.

    Parameters
    ----------
    blobs : mapping of combinations to bytes
        One per combination of officers; may be stored with the data.
    identities : tuple of str
        The age secret key of each officer, the first one's first. It belongs on that officer's kit and nowhere else.
    """

    blobs: Mapping[Combination, bytes]
    identities: tuple[str, ...] = field(repr=False)


def split_secret(secret: bytes, *, officers: int, need: int) -> KitSet:
    """New keys for all officers, and the secret for every combination of as many as are needed.

    Parameters
    ----------
    secret : bytes
        What is to be recovered; opaque here.
    officers : int
        How many officers hold a kit, 2 to 9.
    need : int
        How many of them must come together, 2 to ``officers``.

    Returns
    -------
    KitSet
        The blobs and the officers' keys; neither is stored anywhere yet.

    Raises
    ------
    ValueError
        If a number is out of its range, or there is no secret.
    """
    if not FEWEST_NEEDED <= need <= officers <= MOST_OFFICERS:
        raise ValueError(f"officers are 2 to {MOST_OFFICERS}, and from 2 to all of them are needed")
    if not secret:
        raise ValueError("there is no secret to split")
    keys = [pyrage.x25519.Identity.generate() for _ in range(officers)]
    blobs: dict[Combination, bytes] = {}
    for combination in combinations(range(1, officers + 1), need):
        blob = secret
        for number in reversed(combination):
            blob = pyrage.encrypt(blob, [keys[number - 1].to_public()])
        blobs[combination] = blob
    return KitSet(blobs=blobs, identities=tuple(map(str, keys)))


def join_secret(blobs: Mapping[Combination, bytes], identities: Mapping[int, str]) -> bytes:
    """The secret, from the keys of enough officers.

    Age shows that a blob was not damaged, not who made it: whoever can write to where the blobs lie can put others
    there that hold another secret. The caller must compare the secret with what is publicly known of it.

    Parameters
    ----------
    blobs : mapping of combinations to bytes
        As `split_secret` made them; some may be missing.
    identities : mapping of int to str
        The age secret key of each officer who is there. More than are needed may be given; a wrong one among them
        does no harm where the others are enough.

    Returns
    -------
    bytes
        The secret.

    Raises
    ------
    RecoveryError
        If too few keys are given, or if no blob opens, be it because a key is wrong or of another set, or because a
        blob is damaged. Which of these, and which officer's, is not told.
    """
    need = min((len(c) for c in blobs), default=FEWEST_NEEDED)
    if len(identities) < need:
        raise RecoveryError(
            f"too few kits: {need} are needed, {len(identities)} given.", hint="Ask another officer to come."
        )
    for combination in sorted(blobs):
        # One layer is never enough, whatever a store that somebody wrote into may say.
        if len(combination) >= FEWEST_NEEDED and identities.keys() >= set(combination):
            secret = _peel(blobs[combination], [identities[number] for number in combination])
            if secret is not None:
                return secret
    raise RecoveryError(
        "these kits do not open the recovery secret.",
        hint="Check that all are of the latest set, that each has its officer's number, or restore a backup.",
    )


def _peel(blob: bytes, identities: list[str]) -> bytes | None:
    """What is inside all layers; None if one of them does not open."""
    try:
        for identity in identities:
            blob = pyrage.decrypt(blob, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        return None
    return blob


def dump_blobs(blobs: Mapping[Combination, bytes]) -> str:
    """The blobs as JSON text, always the same text for the same blobs."""
    plain = {",".join(map(str, c)): base64.b64encode(blobs[c]).decode("ascii") for c in sorted(blobs)}
    return json.dumps({"bearwitness_recovery": _VERSION, "blobs": plain}, indent=1) + "\n"


def load_blobs(text: str) -> dict[Combination, bytes]:
    """The blobs of a text that `dump_blobs` wrote.

    Raises
    ------
    RecoveryError
        If the text is not such a one.
    """
    try:
        plain = json.loads(text)
        if plain["bearwitness_recovery"] != _VERSION or set(plain) != {"bearwitness_recovery", "blobs"}:
            raise ValueError
        blobs = {_load_combination(c): base64.b64decode(b, validate=True) for c, b in plain["blobs"].items()}
        if len({len(c) for c in blobs}) != 1:
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise RecoveryError("the file of recovery blobs is damaged.", hint="Take it from a backup.") from None
    return blobs


def _load_combination(text: str) -> Combination:
    if not _COMBINATION.fullmatch(text):
        raise ValueError
    combination = tuple(map(int, text.split(",")))
    if list(combination) != sorted(set(combination)):
        raise ValueError
    return combination
