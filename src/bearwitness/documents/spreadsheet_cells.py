"""What a cell of each sort of column says in the plain values of the case file, and how it is written back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Protocol

from bearwitness.documents.spreadsheet_dates import edtf_of, split_lunar
from bearwitness.documents.spreadsheet_lists import join_items, quote_item, split_items, split_texts
from bearwitness.model.claims import KIN_LEAVES
from bearwitness.model.codec.context import Context, fold
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.yaml_reading import Number, Plain

Cell = str | bool | int | float | date | datetime | time | timedelta | None

# Beyond so many digits a spreadsheet program has rounded what was typed.
_MOST_EXACT: Final = 10**15
_MARKS: Final = re.compile(r"\s*[(（]([^()（）]*)[)）]\Z")
_OF: Final = re.compile(r"(.*\S)\s+of\s+(\S+)", re.DOTALL)
_OF_KOREAN: Final = re.compile(r"(\S+)의\s+(.*\S)", re.DOTALL)
_IN_LANGUAGE: Final = {"in ko": "ko", "in en": "en", "in hanja": "hanja"}


class Form(Protocol):
    """How the cells of one column are read and written."""

    def read(self, cell: Cell, context: Context) -> Plain:
        """The plain value of a cell that is not empty; raises FileFormatError where it has none."""

    def write(self, plain: Any) -> str | bool | int:
        """The cell from which ``read`` makes the same plain value again."""


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing, or only what cannot be seen."""
    return cell is None or cell == "" or (type(cell) is str and cell.isspace())


def scalar_of(cell: Cell) -> str | bool:
    """Text as it stands with line breaks of one sort, a whole number without its decimals, true and false.

    Raises
    ------
    FileFormatError
        For a date or time, and for a number that has lost digits.
    """
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    if isinstance(cell, bool):
        return cell
    if not isinstance(cell, int | float):
        raise FileFormatError(
            "the spreadsheet program holds this cell for a date or a time.",
            "Give the cell the format Text, and write it again.",
        )
    if not abs(cell) < _MOST_EXACT:
        raise FileFormatError(
            "the number has more digits than a spreadsheet keeps.", "Give the cell the format Text, and write it again."
        )
    return Number(int(cell)) if cell % 1 == 0 else Number(repr(cell))


def _text_of(cell: Cell) -> str:
    found = scalar_of(cell)
    if isinstance(found, bool):
        raise FileFormatError("text belongs here, not true or false.", "Give the cell the format Text.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCell:
    """Free text, exactly as it stands."""

    def read(self, cell: Cell, context: Context) -> Plain:  # noqa: ARG002
        """The text."""
        return _text_of(cell)

    def write(self, plain: Any) -> str:
        """The text."""
        return str(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCell:
    """An id, a code, a place: without the spaces around it."""

    def read(self, cell: Cell, context: Context) -> Plain:  # noqa: ARG002
        """The word; a number stays one."""
        if type(cell) is str:
            return cell.strip()
        return _text_of(cell)

    def write(self, plain: Any) -> str:
        """The word."""
        return str(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCell:
    """A whole number."""

    def read(self, cell: Cell, context: Context) -> Plain:  # noqa: ARG002
        """The number, also where it is kept as text."""
        found = _text_of(cell).strip()
        return Number(found) if found.isascii() and found.isdigit() else found

    def write(self, plain: Any) -> int:
        """The number."""
        return int(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceCell:
    """One of a few words: the word, the same with spaces, or a label or form of a list of the vocabulary."""

    words: tuple[str, ...]
    terms: str = ""
    also: Mapping[str, str]

    def read(self, cell: Cell, context: Context) -> Plain:
        """The word that is meant; what is not understood stays, for the column to refuse."""
        return self.find(_text_of(cell), context)

    def find(self, written: str, context: Context) -> str:
        """The word that a text means; the text itself where it means none, or several."""
        if written in self.words:
            return written
        folded = fold(written)
        word = self.also.get(folded, re.sub(r"[\s-]+", "_", folded))
        if word in self.words or not self.terms:
            return word
        try:
            meant = context.find_codes(self.terms, folded)
        except FileFormatError:
            return word
        return next(iter(meant)) if len(meant) == 1 else word

    def write(self, plain: Any) -> str:
        """The word."""
        return str(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagCell:
    """Yes or no, in a column where nothing else can stand."""

    words: Mapping[str, bool]

    def read(self, cell: Cell, context: Context) -> Plain:  # noqa: ARG002
        """True or false."""
        if isinstance(cell, bool):
            return cell
        found = self.words.get(fold(cell)) if isinstance(cell, str) else None
        if found is None:
            raise FileFormatError("true or false belongs here.", "Write true, false, yes, no, 예 or 아니요.")
        return found

    def write(self, plain: Any) -> bool:
        """The flag itself."""
        return bool(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCell:
    """A date as far as it is known, of the solar or the lunar calendar."""

    def read(self, cell: Cell, context: Context) -> Plain:  # noqa: ARG002
        """EDTF text, or the mapping of a lunar date."""
        if not isinstance(cell, str):
            return edtf_of(cell)
        written, is_lunar = split_lunar(cell.strip())
        found = edtf_of(written)
        return {"date": found, "lunar": True} if is_lunar else found

    def write(self, plain: Any) -> str:
        """EDTF text; the word lunar before it. A date that is there and empty is an unknown one."""
        if isinstance(plain, dict):
            return f"lunar {plain['date'] or 'unknown'}"
        return str(plain).strip() or "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCell:
    """Ids, codes or names of places between semicolons."""

    def read(self, cell: Cell, context: Context) -> Plain:  # noqa: ARG002
        """A list of texts."""
        found = _text_of(cell)
        return [found] if isinstance(found, Number) else split_texts(found)

    def write(self, plain: Any) -> str:
        """The texts, in quotation marks where needed."""
        return join_items(quote_item(str(text)) for text in plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesCell:
    """Names between semicolons, each with its kind after it where it is not the full name: ``해솔 (nickname)``."""

    kinds: ChoiceCell

    def read(self, cell: Cell, context: Context) -> Plain:
        """A list of names as mappings."""
        found: list[Plain] = []
        for item in split_items(_text_of(cell)):
            marks, name = None, item.text
            if item.quoted and item.rest:
                marks = self._marks_in(item.rest, context)
                if marks is None or not _MARKS.fullmatch(item.rest):
                    raise FileFormatError(
                        "something follows a closing quotation mark that is not the kind of a name.",
                        "Put a semicolon between, or write the kind in round brackets.",
                    )
            elif not item.quoted:
                marks = self._marks_in(name, context)
                name = name if marks is None else _MARKS.sub("", name)
            found.append({"text": name, **(marks or {})})
        return found

    def _marks_in(self, written: str, context: Context) -> dict[str, str] | None:
        """Kind and language in the brackets at the end; None where nothing like that stands there."""
        match = _MARKS.search(written)
        if match is None:
            return None
        found: dict[str, str] = {}
        for word in match[1].split(","):
            language = _IN_LANGUAGE.get(fold(word))
            kind = self.kinds.find(word.strip(), context)
            if language is None and kind not in self.kinds.words:
                return None
            found["kind" if language is None else "language"] = language or kind
        return found

    def write(self, plain: Any) -> str:
        """Each name, in quotation marks where it could be read as something else, and its kind."""
        return join_items(self._one(name) for name in plain)

    def _one(self, name: Mapping[str, str]) -> str:
        marks = [name["kind"]] if "kind" in name else []
        if "language" in name:
            marks.append(f"in {name['language']}")
        text = quote_item(name["text"], always=self._marks_in(name["text"], Context()) is not None)
        return f"{text} ({', '.join(marks)})" if marks else text


@dataclass(frozen=True, slots=True, kw_only=True)
class KinCell:
    """Relations between semicolons: ``younger_brother of ahn``, or ``ahn의 남동생``."""

    relations: ChoiceCell

    def read(self, cell: Cell, context: Context) -> Plain:
        """A list of relations as mappings."""
        found: list[Plain] = []
        for text in split_texts(_text_of(cell)):
            if match := _OF.fullmatch(text):
                relation, of = match[1], match[2]
            elif match := _OF_KOREAN.fullmatch(text):
                of, relation = match[1], match[2]
            else:
                raise FileFormatError("this does not say whose relative.", "Write a word and an id: mother of p-3.")
            found.append({"relation": self.relations.find(relation, context), "of": of})
        return found

    def write(self, plain: Any) -> str:
        """Each relation and of whom."""
        return join_items(f"{kin['relation']} of {kin['of']}" for kin in plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatesCell:
    """Persons and how consent stands with each, between semicolons: ``p-1: given; p-2: deceased``."""

    states: ChoiceCell

    def read(self, cell: Cell, context: Context) -> Plain:
        """A mapping of ids to words."""
        found: dict[str, Any] = {}
        for text in split_texts(_text_of(cell)):
            name, colon, state = (part.strip() for part in text.replace("：", ":").partition(":"))
            if not colon:
                raise FileFormatError("this does not say how it stands with whom.", "Write p-1: given; p-2: refused.")
            if name in found:
                raise FileFormatError("a person stands here twice.", "Take one out.")
            found[name] = self.states.find(state, context)
        return found

    def write(self, plain: Any) -> str:
        """Each person and their word."""
        return join_items(f"{name}: {state}" for name, state in plain.items())


RELATIONS: Final = ChoiceCell(words=KIN_LEAVES, terms="kin", also={})
