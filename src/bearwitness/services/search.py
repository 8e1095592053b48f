"""Search what a member may read: decrypted in memory, scanned, and forgotten. There is no index to seize."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bearwitness.errors import UsageError
from bearwitness.release.consent import DOCUMENTATION
from bearwitness.release.selection import select_for
from bearwitness.services.archive import load_case
from bearwitness.services.record_shapes import SHAPES
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.parts import UnitKeys, open_part
from bearwitness.vault.rows import COMPARTMENTS, RecordRow
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.trail import Act

MOST_FOUND: Final = 1000
_AROUND: Final = 40
_INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record that holds the words: in which case, where, and the words around the first place."""

    case: str
    case_name: str
    kind: str
    id: str
    key: str
    excerpt: str


def search(vault: Unlocked, words: str, *, case: str | None = None) -> tuple[Found, ...]:
    """The records that hold some words, in the cases and compartments this member has.

    Parameters
    ----------
    vault : Unlocked
        The vault.
    words : str
        Compared composed (NFC), without case and without zero-width characters; any language.
    case : str, optional
        One case only.

    Returns
    -------
    tuple of Found
        At most ``MOST_FOUND``. Accounts that consent keeps from being used are not among them.

    Raises
    ------
    UsageError
        If there are no words.
    """
    needle = fold(words).strip()
    if not needle:
        raise UsageError("there is nothing to search for.", hint="Give a word or part of one.")
    cases = [vault.open_case(case)] if case else vault.cases()
    found: list[Found] = []
    for opened in cases:
        hits = _scan(vault, opened, needle)
        if hits:
            found += _tell(vault, opened, hits, needle)
        vault.record(Act(action="search", case=opened.id, things={"found": len(hits)}), case=opened)
        if len(found) >= MOST_FOUND:
            break
    return tuple(found[:MOST_FOUND])


def fold(text: str) -> str:
    """A text as it is searched."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).casefold()


def _scan(vault: Unlocked, opened: OpenCase, needle: str) -> frozenset[str]:
    """The rows that hold the words somewhere: only those are looked at more closely."""
    keys = vault.unit_keys(opened)
    owners: list[str] = []
    parts: list[bytes] = []
    for row in vault.store.records(opened.id, tuple(SHAPES)):
        for plain in _plain_parts(row, keys):
            owners.append(row.id)
            parts.append(plain)
    # Folded all at once: a part holds no NUL, and folding makes none.
    texts = fold(b"\0".join(parts).decode()).split("\0") if parts else []
    escaped = json.dumps(needle, ensure_ascii=False)[1:-1]
    return frozenset(owner for owner, text in zip(owners, texts, strict=True) if escaped in text)


def _plain_parts(row: RecordRow, keys: UnitKeys) -> Iterator[bytes]:
    for compartment in COMPARTMENTS:
        sealed = getattr(row, compartment)
        if sealed is None:
            continue
        try:
            plain = open_part(sealed, row=(row.id, row.version), compartment=compartment, keys=keys)
        except Unsealable:
            continue
        if plain is not None:
            yield plain


def _tell(vault: Unlocked, opened: OpenCase, hits: frozenset[str], needle: str) -> list[Found]:
    """The records as they are now, by the ids people know; earlier versions and withheld accounts tell nothing."""
    archive = load_case(vault, opened, tolerant=True)
    withheld = {(w.kind, w.id) for w in select_for(archive.case, DOCUMENTATION, vault.today()).withheld}
    found = []
    for (kind, name), stored in archive.records.items():
        if stored.row not in hits or (kind, name) in withheld:
            continue
        shape = SHAPES[kind]
        for key, value in stored.plain.items():
            if key in shape.sealed_only:
                continue
            at = fold(text := value if isinstance(value, str) else str(value)).find(needle)
            if at >= 0:
                found.append(
                    Found(
                        case=opened.id, case_name=opened.roster.name, kind=kind, id=name, key=key,
                        excerpt=_excerpt(text, at, len(needle)),
                    )
                )  # fmt: skip
                break
    return found


def _excerpt(text: str, at: int, length: int) -> str:
    start, end = max(0, at - _AROUND), min(len(text), at + length + _AROUND)
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
