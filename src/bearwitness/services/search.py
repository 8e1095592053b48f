"""Search what a member may read: decrypted in memory, scanned, and forgotten. There is no index to seize."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bearwitness.errors import DamagedVault, UsageError
from bearwitness.release.consent import DOCUMENTATION
from bearwitness.services.archive import load_case, name_of, read_stored
from bearwitness.services.record_shapes import SHAPES
from bearwitness.services.unlocked import OpenCase, SearchTexts, Unlocked
from bearwitness.services.usable import select_usable
from bearwitness.vault.parts import open_part, read_carriers
from bearwitness.vault.rows import COMPARTMENTS, Compartment, RecordRow
from bearwitness.vault.sealing import Unsealable
from bearwitness.vault.trail import Act

MOST_FOUND: Final = 1000
_AROUND: Final = 40
# Of more than this nobody reads the list; some of them may be earlier versions, which tell nothing.
_MOST_LOOKED_AT: Final = 2 * MOST_FOUND
# Where people's words are: the rest of a record is codes, rows of others and times.
_SEARCHED: Final[Mapping[Compartment, tuple[str, ...]]] = {
    "identity": ("person", "household", "claim"), "content": tuple(k for k in SHAPES if k != "claim"),
    "evidence": ("attachment",),
}  # fmt: skip
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
        texts = _texts(vault, opened)
        hits = _scan(texts, needle)
        if hits:
            found += _tell(vault, opened, hits, needle, asks_consent=texts.asks_consent)
        vault.record(Act(action="search", case=opened.id, things={"found": len(hits)}), case=opened)
        if len(found) >= MOST_FOUND:
            break
    return tuple(found[:MOST_FOUND])


def fold(text: str) -> str:
    """A text as it is searched."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).casefold()


def _scan(texts: SearchTexts, needle: str) -> frozenset[str]:
    """The rows that hold the words somewhere, in any version: only those are looked at more closely."""
    escaped = json.dumps(needle, ensure_ascii=False)[1:-1]
    return frozenset(owner for owner, text in zip(texts.owners, texts.texts, strict=True) if escaped in text)


def _texts(vault: Unlocked, opened: OpenCase) -> SearchTexts:
    """The words of a case, decrypted once and kept in memory as long as nothing is written."""
    known = vault.texts.get(opened.id)
    if known is not None and not vault.changed_since(known.number):
        return known
    number = vault.store.head().number
    owners: list[str] = []
    parts: list[bytes] = []
    asks_consent = False
    for compartment, kinds in _SEARCHED.items():
        if compartment not in opened.compartments:
            continue
        found = vault.store.parts(opened.id, compartment, kinds)
        keys = vault.unit_keys(opened, (compartment,))
        for row, version, kind, sealed in found:
            try:
                plain = open_part(sealed, row=(kind, row, version), compartment=compartment, keys=keys)
            except (Unsealable, DamagedVault):
                # Named by the check of the vault; what cannot be read cannot be found.
                continue
            if plain is not None:
                owners.append(row)
                parts.append(plain)
                asks_consent = asks_consent or (kind == "consent" and DOCUMENTATION.encode() in plain)
    # Folded all at once: a part holds no NUL, and folding makes none.
    texts = fold(b"\0".join(parts).decode()).split("\0") if parts else []
    kept = SearchTexts(number=number, owners=tuple(owners), texts=tuple(texts), asks_consent=asks_consent)
    vault.texts[opened.id] = kept
    return kept


def _tell(vault: Unlocked, opened: OpenCase, hits: frozenset[str], needle: str, *, asks_consent: bool) -> list[Found]:
    """The records as they are now, by the ids people know; earlier versions and withheld accounts tell nothing."""
    rows = vault.store.records(opened.id, ids=sorted(hits)[:_MOST_LOOKED_AT])
    units = {unit for row in rows for part in _parts(row) for unit, _ in read_carriers(part)}
    stored, _ = read_stored(rows, vault.unit_keys(opened, units=sorted(units)))
    withheld = _withheld(vault, opened) if asks_consent else frozenset()
    found: list[Found] = []
    for record in stored:
        shape = SHAPES[record.kind]
        name = name_of(record)
        if (record.kind, name) in withheld:
            continue
        for key, value in record.plain.items():
            if key in shape.sealed_only:
                continue
            at = fold(text := value if isinstance(value, str) else str(value)).find(needle)
            if at >= 0:
                found.append(
                    Found(
                        case=opened.id, case_name=opened.roster.name, kind=record.kind, id=name, key=key,
                        excerpt=_excerpt(text, at, len(needle)),
                    )
                )  # fmt: skip
                break
        if len(found) >= MOST_FOUND:
            break
    return found


def _parts(row: RecordRow) -> list[bytes]:
    return [part for c in COMPARTMENTS if (part := getattr(row, c)) is not None]


def _withheld(vault: Unlocked, opened: OpenCase) -> frozenset[tuple[str, str]]:
    """What consent keeps from being used inside; asked only where some consent speaks of that."""
    case = load_case(vault, opened, tolerant=True).case
    chosen = select_usable(opened, case, DOCUMENTATION, vault.today())
    used = {a.id for a in chosen.case.attachments}
    files = {("attachment", a.id) for a in case.attachments if a.id not in used}
    return frozenset({*((w.kind, w.id) for w in chosen.withheld), *files})


def _excerpt(text: str, at: int, length: int) -> str:
    start, end = max(0, at - _AROUND), min(len(text), at + length + _AROUND)
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
