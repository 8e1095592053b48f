"""A recovery kit on paper: what one officer keeps, printed to be typed again years later.

What is printed after the key's first line has no letter B, I or O and no digit 1; whoever types one of these
can only have meant what looks like it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pyrage

from bearwitness.errors import RecoveryError
from bearwitness.vault.recovery_kits import FEWEST_NEEDED, MOST_OFFICERS

_START: Final = "AGE-SECRET-KEY-1"
# The alphabet of Bech32 (BIP 173), in which age writes its keys.
_ALPHABET: Final = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_KEY_LETTERS: Final = 58
_GROUP: Final = 5
_CHECK_LETTERS: Final = 8
_LOOK_ALIKE: Final = str.maketrans("BIO1", "8L0L")
_LOOK_ALIKE_HEX: Final = str.maketrans("ilo", "110")
_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}", re.ASCII)

_FIND_START: Final = re.compile(r"[\s-]*".join((*"AGESECRETKEY", "[1IL]")), re.IGNORECASE)
_FIND_CHECK: Final = re.compile(r"(?:CHECK\s*WORD|확\s*인\s*문\s*자)[^:\n]*:?", re.IGNORECASE)
# What may stand between a label and its value: the label in the other language, and a colon. A label without either
# is one only before its value; elsewhere it may be a part of an organisation's id.
_TO_NAME: Final = r"(?:[^:\d\n]{0,40}:|(?=\s))\s*"
_TO_NUMBER: Final = r"(?:[^:\d\n]{0,40}:|(?=\s+\d))\s*"
# The lines above the key: how each begins, and its value.
_LINES: Final = {
    "organisation": (rf"(?:organi[sz]ation|단\s*체){_TO_NAME}", rf"({_ID.pattern})(?!\S)"),
    "officer": (rf"(?:officer|담\s*당\s*자){_TO_NUMBER}", r"(\d\d?)\s*(?:of|OF|/|,)\s*(\d\d?)(?!\d)"),
    "needed": (rf"(?:needed|필\s*요\s*인\s*원){_TO_NUMBER}", r"(\d\d?)(?!\d)"),
    "date": (rf"(?:date|날\s*짜){_TO_NUMBER}", r"(\d{4}\s*[-./]\s*\d\d?\s*[-./]\s*\d\d?)(?!\d)"),
}
_GAPS: Final = re.compile(r"[\s-]+")

_TEXT: Final = """\
BEARWITNESS RECOVERY KIT / 복구 키트
========================================================================
Organisation / 단체     : {organisation}
Officer / 담당자        : {officer} of {officers}
Needed / 필요 인원      : {need}
Date / 날짜             : {day}

Secret key / 비밀 키

    {start}
    {first}
    {second}

Check word / 확인 문자  : {check}
========================================================================
What this is
  One of {officers} keys that together open your organisation's records when
  nobody else can. {need} officers must come together; this kit alone opens
  nothing.
Keep it
  On this paper only, locked away, apart from the other kits. Take no
  photograph of it, and do not put it into any computer but to recover.
  If it is lost or somebody saw it, say so at once, so that a new set of
  kits is made.
Use it
  Type the kit into a file, or its key when asked, one officer after the
  other. Spaces, line breaks and small letters do not matter. After its
  first line the key has no letters B, I, O and no digit 1.
  Prove once a year that it works: bearwitness recovery drill

이 종이는
  아무도 기록을 열 수 없게 되었을 때 함께 기록을 여는 열쇠 {officers}개 중
  하나입니다. 담당자 {need}명이 함께 있어야 하며, 이 종이 하나로는
  아무것도 열 수 없습니다.
보관
  이 종이로만, 다른 키트와 떨어진 곳에 잠가 두십시오. 사진을 찍지 말고
  복구할 때가 아니면 컴퓨터에 입력하지 마십시오. 잃어버렸거나 누가
  보았다면 바로 알려 새 키트를 만들게 하십시오.
사용
  담당자가 차례로 키트를 파일에 옮겨 적거나, 물을 때 열쇠를 입력합니다.
  띄어쓰기, 줄바꿈, 대소문자는 상관없습니다. 열쇠의 첫 줄 다음에는
  글자 B, I, O와 숫자 1이 없습니다.
  해마다 한 번 확인하십시오: bearwitness recovery drill
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What one officer holds.

    Parameters
    ----------
    identity : str
        The age secret key.
    organisation : str
        The organisation's id; empty if the kit was typed without it.
    officer, officers, need : int or None
        Which officer's it is, of how many, and how many must come together; None if typed without.
    day : date or None
        When the set was made; None if typed without.
    """

    identity: str = field(repr=False)
    organisation: str = ""
    officer: int | None = None
    officers: int | None = None
    need: int | None = None
    day: date | None = None


def write_kit(kit: Kit) -> str:
    """The kit as plain text to print: fewer than 60 lines, none wider than 72 columns.

    Parameters
    ----------
    kit : Kit
        With all its fields.

    Raises
    ------
    ValueError
        If a field is missing or out of its range, or the key is no age secret key.
    """
    is_whole = None not in (kit.officer, kit.officers, kit.need) and _ID.fullmatch(kit.organisation)
    if not is_whole or kit.day is None or not _fits(kit) or not _is_key(kit.identity):
        raise ValueError("a kit to print needs an organisation's id, fitting numbers, a day and an age secret key")
    letters = kit.identity[len(_START) :]
    groups = [letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP)]
    word = check_word(kit.identity)
    return _TEXT.format(
        organisation=kit.organisation, officer=kit.officer, officers=kit.officers, need=kit.need,
        day=kit.day.isoformat(), start=_START, first=" ".join(groups[:6]), second=" ".join(groups[6:]),
        check=f"{word[:4]} {word[4:]}",
    )  # fmt: skip


def read_kit(text: str) -> Kit:
    """A kit that somebody typed or scanned.

    Spaces, line breaks, hyphens and capital or small letters do not matter. What stands above the key may be missing,
    and so may the check word, since the key carries a checksum of its own; what is there must be right.

    Parameters
    ----------
    text : str
        The kit's text, or its key alone.

    Returns
    -------
    Kit
        With the fields that were typed.

    Raises
    ------
    RecoveryError
        If a part is wrong; names the part, and never repeats what was typed.
    """
    text = unicodedata.normalize("NFKC", text)
    start = _FIND_START.search(text)
    if start is None:
        raise _wrong("the key's first line is missing.", f"Type the key from {_START} on.")
    return _read_header(text[: start.start()], _read_key(text[start.end() :]))


def check_word(identity: str) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of an age secret key; they tell nothing of it that helps."""
    return hashlib.sha256(identity.encode("ascii")).hexdigest()[:_CHECK_LETTERS]


def _read_key(text: str) -> str:
    """The key, from what follows its first line."""
    label = _FIND_CHECK.search(text)
    letters = _GAPS.sub("", text[: label.start()] if label else text).upper()
    if label:
        typed = _GAPS.sub("", text[label.end() :])[:_CHECK_LETTERS]
    else:
        # A key typed without labels: the check word is what stands behind it.
        letters, typed = letters[:_KEY_LETTERS], letters[_KEY_LETTERS:]
    letters = letters.translate(_LOOK_ALIKE)
    for i, letter in enumerate(letters):
        if letter not in _ALPHABET:
            raise _wrong(f"group {i // _GROUP + 1} of the key has a sign that no key has.")
    if len(letters) != _KEY_LETTERS:
        raise _wrong(f"the key has {len(letters)} letters and digits after its first line, not {_KEY_LETTERS}.")
    if not _is_key(_START + letters):
        raise _wrong(_find_slip(letters))
    if (label or typed) and typed.lower().translate(_LOOK_ALIKE_HEX) != check_word(_START + letters):
        raise _wrong("the check word does not fit the key.")
    return _START + letters


def _find_slip(letters: str) -> str:
    """Which group is wrong, where one other letter would make the key right."""
    for i in range(len(letters)):
        if any(_is_key(_START + letters[:i] + other + letters[i + 1 :]) for other in _ALPHABET):
            return f"group {i // _GROUP + 1} of the key has a wrong letter or digit."
    return "more than one letter or digit of the key is wrong."


def _read_header(text: str, identity: str) -> Kit:
    """The kit, with what stands above the key."""
    found = {part: _read_line(text, part) for part in _LINES}
    organisation, officer, need, day = (found[part] for part in _LINES)
    kit = Kit(
        identity=identity, organisation=organisation[0] if organisation else "",
        officer=int(officer[0]) if officer else None, officers=int(officer[1]) if officer else None,
        need=int(need[0]) if need else None, day=_read_day(day[0]) if day else None,
    )  # fmt: skip
    if not _fits(kit):
        raise _wrong("the numbers of officers do not fit each other.", 'Check the lines "Officer" and "Needed".')
    return kit


def _read_line(text: str, part: str) -> tuple[str, ...]:
    """The groups of a line's value; none where its label is missing."""
    label, value = _LINES[part]
    found = re.search(label, text, re.IGNORECASE)
    if found is None:
        return ()
    behind = re.compile(value, re.ASCII).match(text, found.end())
    if behind is None:
        raise _wrong(f'the line "{part}" cannot be read.', "Type it as it is printed, or leave it out.")
    return behind.groups()


def _read_day(text: str) -> date:
    year, month, day = (int(p) for p in re.split(r"\D+", text))
    try:
        return date(year, month, day)
    except ValueError:
        raise _wrong('the line "date" is no day of the calendar.', "Type it as it is printed.") from None


def _fits(kit: Kit) -> bool:
    """Whether the numbers that are there can stand beside each other; a printed kit has all of them."""
    officers = kit.officers if kit.officers is not None else MOST_OFFICERS
    officer_fits = kit.officer is None or 1 <= kit.officer <= officers
    need_fits = kit.need is None or FEWEST_NEEDED <= kit.need <= officers
    return officers <= MOST_OFFICERS and officer_fits and need_fits


def _is_key(identity: str) -> bool:
    try:
        pyrage.x25519.Identity.from_str(identity)
    except pyrage.IdentityError:
        return False
    return identity.startswith(_START) and len(identity) == len(_START) + _KEY_LETTERS


def _wrong(message: str, hint: str = "Compare it with the paper.") -> RecoveryError:
    return RecoveryError(message, hint=hint)
