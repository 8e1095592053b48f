"""The file of capture tables, for those who have lists of their own and no record here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bearwitness.errors import EstimationError
from bearwitness.model.captures import CaptureFile, CaptureStratum
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.file_kind import VERSION_FIELD, FileKind
from bearwitness.model.codec.kinds import Schema, Text, Word, expected
from bearwitness.model.codec.shapes import Field, ListOf, MapOf, Record, made
from bearwitness.model.codec.yaml_reading import Number, Plain

_LABEL_FORM: Final = "[A-Za-z0-9\uac00-\ud7a3][A-Za-z0-9\uac00-\ud7a3+/._-]{0,63}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A combination of lists. Whether it fits them is checked with the table, which has an id to name."""

    says: str = "a 0 or 1 for each list, in their order, such as `101`"

    def read(self, raw: Plain, context: Context) -> str:
        """Any text."""
        return Text().read(raw, context)

    def write(self, value: str) -> Plain:
        """The pattern."""
        return value

    def schema(self) -> Schema:
        """Zeros and ones."""
        return {"pattern": "^[01]+$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """A number of acts. Whether it is one is checked with the table, which has an id to name."""

    says: str = "whole number, 0 or more"

    def read(self, raw: Plain, context: Context) -> float:  # noqa: ARG002
        """Any number."""
        if not isinstance(raw, Number):
            raise expected("a number", raw, "Write a whole number, without quotes.")
        return float(raw)

    def write(self, value: float) -> Plain:
        """The number."""
        return Number(int(value) if value == int(value) else value)

    def schema(self) -> Schema:
        """A count."""
        return {"type": "integer", "minimum": 0}


_STRATUM: Final = Record(
    name="stratum",
    fields=(
        Field("id", Word(form=_LABEL_FORM, says="a short word such as north-2021"), "its id, by which it is named in "
              "the report", required=True),
        Field("lists", ListOf(of=Word(form=_LABEL_FORM, says="a short word such as seoul-desk")), "the independent "
              "channels; two that one broker feeds are one", required=True),
        Field("cells", MapOf(keys=Pattern(), of=CellCount(), pairs=True), "how many acts each combination of lists "
              "has; one that is left out has none", required=True),
    ),
    make=made(CaptureStratum),
)  # fmt: skip

CAPTURES_FILE: Final = FileKind(
    name="captures",
    about="How many acts were on which lists together, for `estimate acts` without a record.",
    error=EstimationError,
    record=Record(
        name="captures",
        fields=(VERSION_FIELD, Field("strata", ListOf(of=_STRATUM, unique="id", least=1), "the tables", required=True)),
        make=lambda _, values: CaptureFile(strata=values["strata"]),
    ),
)


def load_captures(text: str, *, name: str) -> CaptureFile:
    """Capture tables from the text of their file; raises EstimationError as ``load_case`` raises CaseError."""
    found: CaptureFile = CAPTURES_FILE.load(text, name=name, context=Context())
    return found
