"""The values of a claim as a file writes them: places, terms, EDTF dates or plain words, as its attribute has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from bearwitness.model.calendar_units import merge_intervals, months_interval, years_interval
from bearwitness.model.claims import DAY_ATTRIBUTES, KIN_LEAVES
from bearwitness.model.codec.context import ACTS_BY_RELATIVE, TREES, Context, fold
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.yaml_writing import DateText
from bearwitness.model.values import Codes, Days, NoneOf, Paths, ValueSet

T = TypeVar("T")

# Attributes whose words are few and fixed.
FIXED: Final = {
    "status": frozenset({"left"}),
    "sex": frozenset({"female", "male"}),
    "count": frozenset(str(n) for n in range(1, 13)),
}
# Attributes whose words are codes of the list of the vocabulary that has their name; a household can have several of
# them, and an editor can say that it has none of some: "no son or daughter".
LISTED: Final = frozenset({"kin", "trait", "act"})
_ABSENT: Final = re.compile(r"no +(?=\S)", re.I)
_OR: Final = re.compile(r" +or +", re.I)

_SURNAME: Final = re.compile("[가-힣]{1,2}")
_HANGUL_BASE, _VOWELS, _FINALS = 0xAC00, 21, 28
_N, _R, _SILENT = 2, 5, 11
# Vowels that begin with a y, and i: before them the South drops an initial n or r.
_Y_VOWELS: Final = frozenset({2, 3, 6, 7, 12, 17, 20})


def read_values(attribute: str, written: tuple[str, ...], context: Context) -> ValueSet:
    """The set of values that a claim's ``value`` allows: each item adds to it.

    Raises
    ------
    FileFormatError
        At the item that is no value of the attribute.
    """
    known = context.values.get((attribute, written))
    if known is None:
        known = context.values[attribute, written] = _read(attribute, written, context)
    return known


def _read(attribute: str, written: tuple[str, ...], context: Context) -> ValueSet:
    if attribute in DAY_ATTRIBUTES:
        spans = [span for days in _each(written, lambda w: _days(w, context)) for span in days.spans]
        return merge_intervals(spans)
    if attribute == "home":
        return Paths(frozenset().union(*_each(written, context.find_places)))
    if attribute in TREES:
        return Paths(frozenset().union(*_each(written, lambda w: context.find_codes(attribute, w))))
    if attribute in LISTED and any(_ABSENT.match(w) for w in written):
        return _none_of(attribute, written, context)
    return Codes(frozenset().union(*_each(written, lambda w: _codes(attribute, w, context))))


def _none_of(attribute: str, written: tuple[str, ...], context: Context) -> NoneOf:
    """What is said to be absent. It stands alone: a list would allow each of its items, which nobody means here."""
    if len(written) > 1:
        raise FileFormatError(
            "what is absent does not stand in a list.",
            "Write a claim for each, or no son or daughter.",
            path=("value",),
        )
    words = tuple(_OR.split(written[0].strip()[len("no") :].strip()))
    try:
        return NoneOf(frozenset().union(*(_codes(attribute, w, context) for w in words)))
    except FileFormatError as problem:
        raise problem.within(0).within("value") from None


def _each(written: tuple[str, ...], read: Callable[[str], T]) -> list[T]:
    found: list[T] = []
    try:
        for item in written:
            found.append(read(item))  # noqa: PERF401, its length tells where it stopped
    except FileFormatError as problem:
        raise problem.within(len(found)).within("value") from None
    return found


def _days(written: str, context: Context) -> Days:
    days = context.find_date(written).days
    if days is None:
        raise FileFormatError(
            "an unknown date says nothing.", "Leave the claim out, or write what is known of the date."
        )
    return days


def _codes(attribute: str, written: str, context: Context) -> frozenset[str]:
    if attribute in LISTED:
        found = context.find_codes(attribute, written)
        if attribute == "act":
            return frozenset(leaf for code in found for leaf in _act_leaves(code))
        return found
    if attribute in FIXED:
        if written not in FIXED[attribute]:
            words = sorted(FIXED[attribute], key=lambda w: (len(w), w))
            raise FileFormatError(f"this is not a value of {attribute}.", f"Write one of {', '.join(words)}.")
        return frozenset({written})
    if attribute == "surname":
        return frozenset({southern_surname(written)})
    # "name" is compared without case; "amount" is the text itself.
    return frozenset({fold(written) if attribute == "name" else written})


def _act_leaves(code: str) -> tuple[str, ...]:
    """The leaves an act stands for: of one done to a relative who is not said, every relative's."""
    return tuple(f"{code}/{leaf}" for leaf in KIN_LEAVES) if code in ACTS_BY_RELATIVE else (code,)


def southern_surname(written: str) -> str:
    """A Hangul surname as the South writes it, as surname codes are: 리 is 이, 로 is 노, 류 is 유.

    Raises
    ------
    FileFormatError
        If it is not one or two Hangul syllables.
    """
    surname = fold(written)
    if not _SURNAME.fullmatch(surname):
        raise FileFormatError("a surname is one or two Hangul syllables.", "Write it in Hangul.")
    initial, rest = divmod(ord(surname[0]) - _HANGUL_BASE, _VOWELS * _FINALS)
    before_y = rest // _FINALS in _Y_VOWELS
    if initial in (_N, _R):
        initial = _SILENT if before_y else _N
    return chr(_HANGUL_BASE + initial * _VOWELS * _FINALS + rest) + surname[1:]


def write_values(values: ValueSet) -> tuple[str, ...]:
    """What ``read_values`` turns into these values again, sorted."""
    if isinstance(values, Days):
        return tuple(DateText(_edtf(first, last)) for first, last in values.spans)
    if isinstance(values, NoneOf):
        return (f"no {' or '.join(sorted(values.codes))}",)
    return tuple(sorted(values.codes if isinstance(values, Codes) else values.paths))


def _edtf(first: int, last: int) -> str:
    """The shortest EDTF text of an interval of days."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    if start == end:
        return start.isoformat()
    if years_interval(start.year, start.year) == (first, last):
        return f"{start.year:04d}"
    if months_interval(start.year, start.month, 1) == (first, last):
        return f"{start.year:04d}-{start.month:02d}"
    whole_years = years_interval(start.year, end.year) == (first, last)
    return f"{start.year:04d}/{end.year:04d}" if whole_years else f"{start.isoformat()}/{end.isoformat()}"
