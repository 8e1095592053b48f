"""One kind of file: its table, its error, and the way from its text to a value and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.errors import BearwitnessError
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Schema
from bearwitness.model.codec.shapes import Field, Record
from bearwitness.model.codec.yaml_reading import Number, Plain, locate, read_plain
from bearwitness.model.codec.yaml_writing import write_yaml

VERSION: Final = 1
# A key that only one kind of file has -> the kind, to tell somebody who mixed two up.
TELLING_KEYS: Final = {
    "case": "case", "ledger": "ledger", "releases": "ledger", "threshold": "policy", "decisions": "decisions",
    "rows_are": "rows", "strata": "captures",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The version of the format."""

    says: str = f"`{VERSION}`"

    def read(self, raw: Plain, context: Context) -> int:  # noqa: ARG002
        """The one version there is."""
        if not isinstance(raw, Number) or raw != str(VERSION):
            raise FileFormatError(
                "this version of the format is not known.",
                f"Write bearwitness: {VERSION}; a file of a later version needs a later program.",
            )
        return VERSION

    def write(self, value: int) -> Plain:
        """The version."""
        return Number(value)

    def schema(self) -> Schema:
        """The one version there is."""
        return {"const": VERSION}


VERSION_FIELD: Final = Field(
    "bearwitness", Version(), "version of the format", required=True, get=lambda _: VERSION
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file. ``check`` looks at a whole value for what no single record can show."""

    name: str
    about: str
    record: Record
    error: type[BearwitnessError]
    check: Callable[[Any], None] = lambda _: None

    def load(self, text: str, *, name: str, context: Context) -> Any:
        """The value of a file's text; ``name`` is how messages call the file.

        Raises
        ------
        BearwitnessError
            The kind's own error, with file, line and column, never a value of the file.
        """
        try:
            raw = read_plain(text)
            self._check_head(raw)
            found = self.record.read(raw, context)
            self.check(found)
        except FileFormatError as problem:
            line, column = problem.mark or locate(text, problem.path, at_key=problem.at_key)
            raise self.error(problem.message, hint=problem.hint, where=f"{name}:{line}:{column}") from None
        return found

    def _check_head(self, raw: Plain) -> None:
        """Version and kind come before everything else: with a wrong one, every other complaint would mislead."""
        if not isinstance(raw, dict):
            raise FileFormatError(f"this is not a {self.name} file.", f"Begin it with: bearwitness: {VERSION}")
        if "bearwitness" not in raw:
            raise FileFormatError("the version is missing.", f"Begin the file with: bearwitness: {VERSION}")
        try:
            VERSION_FIELD.kind.read(raw["bearwitness"], Context())
        except FileFormatError as problem:
            raise problem.within("bearwitness") from None
        for key, kind in TELLING_KEYS.items():
            if kind != self.name and key in raw:
                raise FileFormatError(
                    f"this is a {kind} file, and a {self.name} file is wanted.", "Give the other file.",
                    path=(key,), at_key=True,
                )  # fmt: skip

    def dump(self, value: Any) -> str:
        """The canonical text of a value."""
        return write_yaml(self.record.write(value))

    def schema(self) -> Schema:
        """The JSON Schema of the kind."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:bearwitness:{VERSION}:{self.name}",
            "title": f"bearwitness {self.name} file",
            "description": self.about,
            **self.record.schema(),
        }
