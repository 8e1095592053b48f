"""The kinds of scalar that a file holds: each reads it, writes it, and says in JSON Schema what it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.yaml_reading import Number, Plain

Schema = dict[str, Any]

ID_PATTERN: Final = "[a-z0-9-]{1,64}"
_ID: Final = re.compile(ID_PATTERN)
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Kind(Protocol):
    """What may stand as the value of a key."""

    @property
    def says(self) -> str:
        """What it is, in a few words, for the reference page."""

    def read(self, raw: Plain, context: Context) -> Any:
        """The value in the model; raises FileFormatError where ``raw`` is not of this kind."""

    def write(self, value: Any) -> Plain:
        """The canonical plain value that ``read`` turns into the same value again."""

    def schema(self) -> Schema:
        """The JSON Schema of the plain value."""


def expected(what: str, raw: Plain, hint: str = "") -> FileFormatError:
    """The problem that something else stands where ``what`` belongs; says what sort, never which value."""
    if raw is None:
        return FileFormatError("nothing is written here.", hint or f"Write {what}, or leave the key out.")
    sorts = ((bool, "true or false"), (Number, "a number"), (str, "text"), (list, "a list"), (dict, "a mapping"))
    sort = next(name for kind, name in sorts if isinstance(raw, kind))
    return FileFormatError(f"{what} belongs here, not {sort}.", hint or "Correct it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text as written, of one or more lines."""

    says: str = "text"

    def read(self, raw: Plain, context: Context) -> str:  # noqa: ARG002
        """Any scalar but true and false, which need quotes to be words."""
        if not isinstance(raw, str):
            hint = "Put the word in quotes." if isinstance(raw, bool) else ""
            raise expected("text", raw, hint)
        if not raw or raw.isspace():
            raise FileFormatError("the text is empty.", "Write something, or leave the key out.")
        if not raw.isprintable() and _CONTROL.search(raw):
            raise FileFormatError("the text holds a control character.", "Take it out.")
        return str(raw)

    def write(self, value: str) -> Plain:
        """The text."""
        return value

    def schema(self) -> Schema:
        """Text, or a number as its text."""
        return {"type": ["string", "number"], "pattern": r"\S"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """An id: it may stand in messages, so it must not say anything; ``of`` is what it names."""

    of: str

    @property
    def says(self) -> str:
        """Named by what it is of."""
        return f"{self.of} id"

    def read(self, raw: Plain, context: Context) -> str:  # noqa: ARG002
        """Lower-case letters, digits and hyphens."""
        if not isinstance(raw, str):
            raise expected("an id", raw)
        if not _ID.fullmatch(raw):
            raise FileFormatError("this is not an id.", "Use 1 to 64 lower-case letters a-z, digits and hyphens.")
        return str(raw)

    def write(self, value: str) -> Plain:
        """The id."""
        return value

    def schema(self) -> Schema:
        """The form of an id."""
        return {"type": ["string", "integer"], "pattern": f"^{ID_PATTERN}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a fixed form (a regular expression that JSON Schema shares) that says nothing of anybody."""

    form: str
    says: str

    def read(self, raw: Plain, context: Context) -> str:  # noqa: ARG002
        """The word, if it has the form."""
        if not isinstance(raw, str):
            raise expected("a word", raw)
        if not re.fullmatch(self.form, raw):
            raise FileFormatError("this does not have the form it must have.", f"Write {self.says}.")
        return str(raw)

    def write(self, value: str) -> Plain:
        """The word."""
        return value

    def schema(self) -> Schema:
        """The form."""
        return {"type": ["string", "integer"], "pattern": f"^(?:{self.form})$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few fixed words; ``called`` is what the reference page calls them, if it lists them elsewhere."""

    words: Sequence[str]
    called: str = ""

    @property
    def says(self) -> str:
        """The words."""
        return self.called or "one of " + ", ".join(f"`{w}`" for w in self.words)

    def read(self, raw: Plain, context: Context) -> str:  # noqa: ARG002
        """One of the words exactly."""
        if not isinstance(raw, str) or raw not in self.words:
            raise FileFormatError("this is not one of the words that can stand here.", f"Write {either(self.words)}.")
        return str(raw)

    def write(self, value: str) -> Plain:
        """The word."""
        return value

    def schema(self) -> Schema:
        """The words."""
        return {"enum": list(self.words)}


def either(words: Sequence[str]) -> str:
    """The words, to choose from: "a, b or c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Yes or no."""

    says: str = "`true` or `false`"

    def read(self, raw: Plain, context: Context) -> bool:  # noqa: ARG002
        """Plain true or false only: ``no`` is a Korean surname before it is a boolean."""
        if not isinstance(raw, bool):
            raise expected("true or false", raw, "Write true or false, without quotes.")
        return raw

    def write(self, value: bool) -> Plain:
        """The flag."""
        return value

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number between two bounds, both allowed unless the lower one is to be exceeded, or the upper not reached."""

    lowest: float
    highest: float
    above: bool = False
    below: bool = False
    whole: bool = False

    @property
    def says(self) -> str:
        """The bounds."""
        sort = "whole number" if self.whole else "number"
        return f"{sort}, {self._bounds()}"

    def _bounds(self) -> str:
        lowest, highest = f"{self.lowest:,g}", f"{self.highest:,.0f}"
        if not self.above and not self.below:
            return f"from {lowest} to {highest}"
        return f"{'above' if self.above else 'from'} {lowest} and {'below' if self.below else 'at most'} {highest}"

    def read(self, raw: Plain, context: Context) -> float:  # noqa: ARG002
        """The number, if it lies within the bounds."""
        hint = f"Write a {'whole ' if self.whole else ''}number, {self._bounds()}, without quotes."
        if not isinstance(raw, Number):
            raise expected("a number", raw, hint)
        if self.whole and not raw.lstrip("-").isdigit():
            raise FileFormatError("a whole number belongs here.", hint)
        value = float(raw)
        low = value > self.lowest if self.above else value >= self.lowest
        high = value < self.highest if self.below else value <= self.highest
        if not (low and high):
            raise FileFormatError("the number is out of bounds.", hint)
        return int(raw) if self.whole else value

    def write(self, value: float) -> Plain:
        """The shortest number that reads back as the same."""
        return Number(repr(int(value) if self.whole else float(value)))

    def schema(self) -> Schema:
        """The bounds."""
        return {
            "type": "integer" if self.whole else "number",
            "exclusiveMinimum" if self.above else "minimum": self.lowest,
            "exclusiveMaximum" if self.below else "maximum": self.highest,
        }
