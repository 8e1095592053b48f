"""The file that describes a frame of rows. Values are written as claims write them, and looked up as theirs are."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, get_args

from bearwitness.errors import FrameError
from bearwitness.model.codec.claim_values import read_values
from bearwitness.model.codec.claims import ATTRIBUTE
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.file_kind import VERSION_FIELD, FileKind
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Choice, Flag, Quantity, Text
from bearwitness.model.codec.kinds_of_fact import Day
from bearwitness.model.codec.shapes import Field, ListOf, MapOf, Record
from bearwitness.model.frame_rows import (
    NOT_FOR_ROWS,
    OTHER_VALUES,
    FrameColumn,
    FrameName,
    FrameRows,
    RowsAre,
    row_kind,
)
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Codes, Paths
from bearwitness.model.vocabulary import Vocabulary

_MOST_HOUSEHOLDS: Final = 10**10


def _make_rows(context: Context, values: dict[str, Any]) -> FrameRows:
    columns = []
    for attribute, column in values["columns"].items():
        try:
            columns.append(_column(context, attribute, column))
        except FileFormatError as problem:
            raise problem.within(attribute).within("columns") from None
    if not columns:
        raise FileFormatError("there are no columns.", "Describe those of the table.", path=("columns",))
    if values["every_household"] and values["rows_are"] != "synthetic":
        raise FileFormatError("only synthetic rows can be every household.", "Take it out.", path=("every_household",))
    if (values["stands_for"] is None) != (values["rows_are"] == "synthetic"):
        raise FileFormatError(
            "a public sample, and nothing else, states how many households it was drawn from.",
            "Write stands_for for a public sample; take it out for synthetic rows.", path=("rows_are",),
        )  # fmt: skip
    rest = {key: value for key, value in values.items() if key not in ("bearwitness", "columns")}
    return FrameRows(columns=tuple(columns), **rest)


def _column(context: Context, attribute: str, column: FrameColumn) -> FrameColumn:
    """A column with its attribute, by which its values are looked up."""
    if attribute in NOT_FOR_ROWS:
        raise FileFormatError("rows have no column of this.", "Take it out: no names, no sums, no membership.")
    kind = row_kind(attribute)
    wanted = {"values": kind != "days", "edges": kind == "days", "leaf_share": kind == "paths"}
    has = {"values": column.labels, "edges": column.edges, "leaf_share": column.leaf_share}
    for key, needed in wanted.items():
        if needed and not has[key]:
            raise FileFormatError(f"a column of {attribute} needs its {key}.", f"Add {key}.")
        if has[key] and not needed:
            raise FileFormatError(f"a column of {attribute} has no {key}.", "Take it out.", path=(key,))
    if any(a >= b for a, b in pairwise(column.edges)) or len(column.edges) == 1:
        raise FileFormatError(
            "the edges are no ascending days.", "Give the first day of each bin, and the day after the last.",
            path=("edges",),
        )  # fmt: skip
    codes = tuple(_code(context, attribute, i, label) for i, label in enumerate(column.labels))
    for i, code in enumerate(codes):
        if code in codes[:i]:
            raise FileFormatError("two of the values mean the same.", "Keep one.", path=("values", i))
    return FrameColumn(
        attribute=attribute, labels=column.labels, values=codes, edges=column.edges, leaf_share=column.leaf_share
    )


def _code(context: Context, attribute: str, at: int, label: str) -> str:
    """The one code that a value stands for."""
    if label == OTHER_VALUES and row_kind(attribute) == "codes":
        return label
    try:
        found = read_values(attribute, (label,), context)
    except FileFormatError as problem:
        raise FileFormatError(problem.message, problem.hint, path=("values", at)) from None
    codes = found.codes if isinstance(found, Codes) else found.paths if isinstance(found, Paths) else frozenset[str]()
    if len(codes) != 1:
        raise FileFormatError(
            "this stands for no single value.", "List each value that it can be by itself.", path=("values", at)
        )
    return next(iter(codes))


def _make_column(_: Context, values: dict[str, Any]) -> FrameColumn:
    return FrameColumn(
        attribute="", labels=values["values"], edges=values["edges"], leaf_share=values["leaf_share"]
    )


_COLUMN: Final = Record(
    name="column of rows",
    fields=(
        Field("values", ListOf(of=Text(says="[value](#values) of the attribute, or `(other)`"), distinct=True),
              "every value that the table has, written as there; one of claims each", default=(),
              get=lambda column: column.labels),
        Field("edges", ListOf(of=Day()), "of days: the first day of each bin, which is what the table writes for it, "
              "and the day after the last bin", default=()),
        Field("leaf_share", Quantity(lowest=0, highest=1, above=True), "of places, occupations and routes: which share "
              "of a value's households has any one value below it"),
    ),
    make=_make_column,
)  # fmt: skip

ROWS_FILE: Final = FileKind(
    name="rows",
    about="Households as rows, synthetic or a public sample, that take the place of a frame's tables; a policy names"
    " the file.",
    error=FrameError,
    record=Record(
        name="rows",
        fields=(
            VERSION_FIELD,
            Field("frame", Choice(words=get_args(FrameName)), "whose tables they replace", required=True),
            Field("sources", ListOf(of=Text(), least=1), "where they are from", required=True),
            Field("rows_are", Choice(words=get_args(RowsAre)), "what they are; a list of real people is refused",
                  required=True),
            Field("stands_for", Quantity(lowest=1, highest=_MOST_HOUSEHOLDS, whole=True), "of a public sample: the "
                  "number of households that it was drawn from"),
            Field("every_household", Flag(), "whether synthetic rows are the whole population", default=False),
            Field("columns", MapOf(keys=ATTRIBUTE, of=_COLUMN), "every column of the table, by the attribute that is "
                  "its heading", required=True, get=lambda rows: {c.attribute: c for c in rows.columns}),
            Field("rows", Text(), "the table beside this file: .csv, .csv.gz or .parquet, one row per household; "
                  "several things in one cell stand between semicolons", required=True),
        ),
        make=_make_rows,
    ),
)  # fmt: skip


def load_frame_rows(text: str, *, name: str, tree: PlaceTree, vocabulary: Vocabulary) -> FrameRows:
    """A description of rows from the text of its file; raises FrameError as ``load_case`` raises CaseError."""
    found: FrameRows = ROWS_FILE.load(text, name=name, context=Context(tree=tree, vocabulary=vocabulary))
    return found
