"""The kinds of scalar that mean something outside a file: days, dates as far as known, places, terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.codec.context import Context, lunar
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Schema, either, expected
from bearwitness.model.codec.yaml_reading import Plain
from bearwitness.model.codec.yaml_writing import DateText, OneLine
from bearwitness.model.dates import FuzzyDate

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the calendar."""

    says: str = "a day, `2024-02-05`"

    def read(self, raw: Plain, context: Context) -> date:  # noqa: ARG002
        """A day that exists."""
        hint = "Write a day as year-month-day: 2024-02-05."
        if not isinstance(raw, str) or not _DAY.fullmatch(raw):
            raise (
                expected("a day", raw, hint)
                if not isinstance(raw, str)
                else FileFormatError("this is not a day.", hint)
            )
        try:
            return date.fromisoformat(raw)
        except ValueError:
            raise FileFormatError("there is no such day.", hint) from None

    def write(self, value: date) -> Plain:
        """Year, month, day."""
        return DateText(value.isoformat())

    def schema(self) -> Schema:
        """The form of a day."""
        return {"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzyDay:
    """A date as far as it is known: EDTF text, or a mapping with the text and the mark that it is a lunar date."""

    says: str = "EDTF date (`2024-02-05`, `2024-02~`, `2023/2024-02`), or `{date: 2024-01, lunar: true}`"

    def read(self, raw: Plain, context: Context) -> FuzzyDate:
        """The date and the days it allows; a lunar date allows every solar day it may be."""
        if isinstance(raw, dict) and raw.keys() == {"date", "lunar"} and raw["lunar"] is True:
            return lunar(self._read_text(raw["date"], context))
        return self._read_text(raw, context)

    def _read_text(self, raw: Plain, context: Context) -> FuzzyDate:
        if not isinstance(raw, str):
            raise expected("a date", raw, "Write a date such as 2024-02, or {date: 2024-01, lunar: true}.")
        return context.find_date(str(raw))

    def write(self, value: FuzzyDate) -> Plain:
        """The date as it was written."""
        written = DateText(value.written)
        return OneLine(date=written, lunar=True) if value.lunar else written

    def schema(self) -> Schema:
        """Text, a bare year, or a lunar date."""
        text: Schema = {"type": ["string", "integer"]}
        marked = {
            "type": "object", "additionalProperties": False, "required": ["date", "lunar"],
            "properties": {"date": text, "lunar": {"const": True}},
        }  # fmt: skip
        return {"anyOf": [text, marked]}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A place, by path or by a name that only one place has."""

    says: str = "place: a path (`pyongbuk/sinuiju`) or a name"

    def read(self, raw: Plain, context: Context) -> str:
        """The path of the place."""
        if not isinstance(raw, str):
            raise expected("a place", raw)
        return context.find_place(str(raw))

    def write(self, value: str) -> Plain:
        """The path."""
        return value

    def schema(self) -> Schema:
        """Text."""
        return {"type": "string", "pattern": r"\S"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A term of a list of the vocabulary, by its code, or by a label or form that only one term has."""

    list: str

    @property
    def says(self) -> str:
        """The list."""
        return f"code of the list [{self.list}](#list-{self.list})"

    def read(self, raw: Plain, context: Context) -> str:
        """The code."""
        if not isinstance(raw, str):
            raise expected(f"a code of the list {self.list}", raw)
        found = sorted(context.find_codes(self.list, str(raw)))
        if len(found) > 1:
            raise FileFormatError(
                f"{len(found)} terms of the list {self.list} are called so.", f"Write {either(found)}."
            )
        return found[0]

    def write(self, value: str) -> Plain:
        """The code."""
        return value

    def schema(self) -> Schema:
        """Text: which codes there are is the vocabulary's business."""
        return {"type": "string", "pattern": r"\S"}
