"""Ways to write a code, a file number or a telephone number: with and without its marks, in its usual groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

# A piece with fewer letters and digits than this says nothing by itself.
FEWEST_SIGNS: Final = 4
_FEWEST_DIGITS: Final = 7
_FEWEST_ALONE: Final = 3
_LABEL: Final = re.compile(
    r"^(?:(?:case|file|application|appl?|passport|id|identity card|reference|ref|registration|telephone|phone|tel"
    r"|mobile|사건|여권|전화|번호|등록)[ .:]+)*(?:(?:numbers?|nos?|nr|번호)\b[ .:]*|№ ?|# ?)?",
    re.IGNORECASE,
)  # fmt: skip
_NUMBERED: Final = re.compile(r"제 ?(?P<n>[0-9][0-9/-]*) ?호")
_SEVERAL: Final = re.compile(r"(?:,|;| and| to|및|와|과)\s+(?=\S*[0-9])")
_BEFORE: Final = ("no. {}", "no {}", "nos. {}", "№ {}", "#{}", "제{}호")
_RUNS: Final = re.compile(r"[0-9]+|[^\W\d_]+")
# Groups of telephone numbers by their number of digits: North Korea, China, South Korea, Japan, and in pairs.
_GROUPS: Final = {
    7: ((3, 4),), 8: ((4, 4), (2, 2, 2, 2)), 9: ((2, 3, 4), (3, 3, 3)), 10: ((3, 3, 4), (2, 4, 4), (2, 2, 2, 2, 2)),
    11: ((3, 4, 4), (3, 3, 5), (3, 8)), 12: ((3, 3, 3, 3), (4, 4, 4)), 13: ((3, 4, 6),),
}  # fmt: skip
_MOBILE: Final = {10: (("01", "82"),), 11: (("01", "82"), ("1", "86"))}
_COUNTRIES: Final = ("850", "82", "86", "81", "7", "1")


def expand_code(form: str) -> tuple[str, ...]:
    """The ways in which a code is usually written again, the form itself first.

    Parameters
    ----------
    form : str
        A code with or without a label ("no. 22302/10", "AB 123456", "+86 138 1234 5678").

    Returns
    -------
    tuple of str
        Hyphens are not varied: a matcher takes them and spaces for the same.
    """
    form = form.strip()
    numbered = _NUMBERED.fullmatch(form)
    core = numbered["n"] if numbered else _LABEL.sub("", form).strip() or form
    pieces = [p for p in _SEVERAL.split(core) if p.strip()]
    if len(pieces) > 1:
        return tuple(dict.fromkeys((form, core, *(f for p in pieces for f in expand_code(p)))))
    found = [form, core]
    runs = _RUNS.findall(core)
    found += _joined(runs, core)
    digits = re.sub("[^0-9]", "", core)
    if len(digits) >= _FEWEST_DIGITS and re.fullmatch(r"[0-9 .()+-]*", core):
        found += telephone_forms(digits, international=core.startswith(("+", "00")))
    if len(core) > FEWEST_SIGNS or not core.isdigit():
        found += [way.format(core) for way in _BEFORE]
    return tuple(dict.fromkeys(f for f in found if f == form or len(re.sub(r"\W", "", f)) >= _FEWEST_ALONE))


def _joined(runs: list[str], core: str) -> Iterator[str]:
    """The runs of letters and digits of a code with every mark between them, and without leading zeros."""
    bare = [r.lstrip("0") or "0" if r.isdigit() else r for r in runs]
    for pieces in (runs, bare):
        signs = sum(map(len, pieces))
        if signs < FEWEST_SIGNS or (len(pieces) < 2 and pieces == runs):
            continue
        for mark in (" ", "/", ".", " / ", ""):
            if mark or signs > FEWEST_SIGNS:
                yield mark.join(pieces)
    if len(runs) > 2 and "/" in core:
        yield f"{runs[0]} {'/'.join(runs[1:])}"


def telephone_forms(digits: str, *, international: bool) -> Iterable[str]:
    """A telephone number in its usual groups, with and without the country's code where it is known.

    Parameters
    ----------
    digits : str
        Digits only.
    international : bool
        Whether the number was written with the code of its country.
    """
    plain = digits.removeprefix("00")
    country = next((c for c in _COUNTRIES if plain.startswith(c)), "") if international else ""
    if not international and len(digits) in _MOBILE:
        # Without a code of a country: a mobile telephone of South Korea or of China.
        country = next((code for start, code in _MOBILE[len(digits)] if digits.startswith(start)), "")
        plain = country + digits.removeprefix("0") if country else plain
    numbers = {digits: ""}
    if country:
        rest = plain.removeprefix(country).removeprefix("0")
        numbers |= {rest: country, "0" + rest: "", plain: ""}
    for number, country in numbers.items():
        for groups in (*_GROUPS.get(len(number), ()), (len(number),)):
            pieces = _cut(number, groups)
            for mark in dict.fromkeys((" ", ".", "") if len(pieces) > 1 else ("",)):
                written = mark.join(pieces)
                yield written
                if country:
                    yield from (f"+{country}{mark or ' '}{written}", f"+{country}{written}", f"00{country} {written}")


def _cut(number: str, groups: Iterable[int]) -> list[str]:
    pieces, done = [], 0
    for size in groups:
        pieces.append(number[done : done + size])
        done += size
    return pieces
