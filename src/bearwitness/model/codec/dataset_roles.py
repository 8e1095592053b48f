"""The file that says what the columns of a data set are."""

from __future__ import annotations

from typing import Any, Final, get_args

from bearwitness.errors import PolicyError
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.file_kind import VERSION_FIELD, FileKind
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Choice, Quantity, Text
from bearwitness.model.codec.shapes import Field, ListOf, MapOf, Record, made
from bearwitness.model.dataset_roles import Bands, ColumnRole, DatasetColumn, DatasetRoles, Recursive

_MOST: Final = 10**6
# What only a column of this role can have.
_OF_ROLE: Final = {
    "levels": "quasi-identifier", "bands": "quasi-identifier", "closeness": "sensitive", "order": "sensitive",
    "entropy": "sensitive", "recursive": "sensitive",
}  # fmt: skip


def _make_bands(_: Context, values: dict[str, Any]) -> Bands:
    if values["highest"] < values["lowest"]:
        raise FileFormatError("the highest number is below the lowest.", "Exchange them.", path=("highest",))
    return Bands(**values)


def _make_column(_: Context, values: dict[str, Any]) -> DatasetColumn:
    for key, role in _OF_ROLE.items():
        if values[key] and values["role"] != role:
            raise FileFormatError(f"only a {role} has {key}.", f"Take {key} out, or correct the role.", path=(key,))
    if values["levels"] and values["bands"]:
        raise FileFormatError("a column has levels or bands, not both.", "Take one out.", path=("bands",))
    if values["order"] and values["closeness"] is None:
        raise FileFormatError("the order of values matters to closeness only.", "Add closeness.", path=("order",))
    return DatasetColumn(**values)


def _check_roles(found: DatasetRoles) -> None:
    if not found.named("quasi-identifier"):
        raise FileFormatError(
            "no column is a quasi-identifier.", "Name those that somebody could know from elsewhere.", path=("columns",)
        )
    if len(found.named("household")) > 1:
        raise FileFormatError("two columns are the household.", "Keep one.", path=("columns",))


_BANDS: Final = Record(
    name="bands",
    fields=(
        Field("lowest", Quantity(lowest=-_MOST, highest=_MOST, whole=True), "the lowest number there can be",
              required=True),
        Field("highest", Quantity(lowest=-_MOST, highest=_MOST, whole=True), "the highest", required=True),
        Field("widths", ListOf(of=Quantity(lowest=2, highest=_MOST, whole=True), distinct=True, least=1),
              "how many numbers a band joins, level by level; each a multiple of the one before", required=True),
    ),
    make=_make_bands,
)  # fmt: skip

_RECURSIVE: Final = Record(
    name="recursive",
    fields=(
        Field("c", Quantity(lowest=0, highest=_MOST, above=True), "how many times as frequent as the rarer values "
              "together the most frequent one must not be", required=True),
        Field("l", Quantity(lowest=2, highest=_MOST, whole=True), "from which place on, by frequency, values count as "
              "the rarer ones", required=True),
    ),
    make=made(Recursive),
    one_line=True,
)  # fmt: skip

_COLUMN: Final = Record(
    name="dataset column",
    fields=(
        Field("name", Text(), "its heading", required=True),
        Field("role", Choice(words=get_args(ColumnRole)), "what it is to somebody who searches for a person",
              required=True),
        Field("levels", MapOf(keys=Text(), of=ListOf(of=Text(), least=1), pairs=True),
              "per exact value, what to say instead, ever less exactly", default=()),
        Field("bands", _BANDS, "for whole numbers, instead of levels"),
        Field("distinct", Quantity(lowest=1, highest=_MOST, whole=True),
              "how many sensitive values those who read alike have at least", default=2),
        Field("entropy", Quantity(lowest=1, highest=_MOST, above=True),
              "as how many equally frequent values theirs are spread at least; entropy l-diversity"),
        Field("recursive", _RECURSIVE, "how far the most frequent value may stand out; recursive (c, l)-diversity"),
        Field("closeness", Quantity(lowest=0, highest=1),
              "how far their spread of sensitive values may be from that of all"),
        Field("order", ListOf(of=Text(), distinct=True), "the sensitive values in their order", default=()),
    ),
    make=_make_column,
)  # fmt: skip

ROLES_FILE: Final = FileKind(
    name="dataset roles",
    about="What the columns of a data set are, and how each may be said less exactly.",
    error=PolicyError,
    check=_check_roles,
    record=Record(
        name="dataset roles",
        fields=(
            VERSION_FIELD,
            Field("columns", ListOf(of=_COLUMN, unique="name", least=1), "every column of the table", required=True),
            Field("hierarchies", Text(), "a CSV file beside this one: attribute, value, level 1, level 2, ...",
                  default=""),
        ),
        make=lambda _, values: made(DatasetRoles)(
            _, {"columns": values["columns"], "hierarchies": values["hierarchies"]}
        ),
    ),
)  # fmt: skip


def load_roles(text: str, *, name: str) -> DatasetRoles:
    """The roles from the text of their file; raises PolicyError with file, line and column."""
    found: DatasetRoles = ROLES_FILE.load(text, name=name, context=Context())
    return found
