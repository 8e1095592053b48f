"""How a table of counts stands in a ledger: its dimensions, and a line for each cell as it was printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, get_args

from bearwitness.model.codec.claim_values import read_values
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Choice, Identifier, Quantity, Text
from bearwitness.model.codec.kinds_of_fact import Day
from bearwitness.model.codec.shapes import Field, ListOf, Record, made
from bearwitness.model.counts import CUT_BY, EVERYTHING, UNKNOWN, CountCell, CountTable, Unit
from bearwitness.model.values import ValueSet

MOST_COUNT: Final = 10**9
# Between the values of a category that holds several.
SEPARATOR: Final = "|"


def category_values(attribute: str, category: str, context: Context) -> ValueSet | None:
    """What a category of a table allows of its attribute; None where it is everything, or what is not known.

    Raises
    ------
    FileFormatError
        If it is no value of the attribute, or several parts of which one is none.
    """
    if category in (EVERYTHING, UNKNOWN):
        return None
    try:
        return read_values(attribute, tuple(part.strip() for part in category.split(SEPARATOR)), context)
    except FileFormatError as problem:
        raise FileFormatError(problem.message, problem.hint) from None


def read_categories(
    dimensions: tuple[str, ...], cells: Iterable[CountCell], context: Context
) -> tuple[tuple[tuple[str, ValueSet], ...], ...]:
    """What every category of a table's cells means, per dimension, sorted.

    Raises
    ------
    FileFormatError
        With the number of the cell and of its category.
    """
    found: list[dict[str, ValueSet]] = [{} for _ in dimensions]
    for number, cell in enumerate(cells):
        if len(cell.at) != len(dimensions):
            raise FileFormatError(
                f"cell {cell.id} has {len(cell.at)} categories, and the table {len(dimensions)} dimensions.",
                "Give a category per dimension; * is everything, - what is not known.", path=(number, "at"),
            )  # fmt: skip
        for at, (attribute, category) in enumerate(zip(dimensions, cell.at, strict=True)):
            if category not in found[at]:
                try:
                    values = category_values(attribute, category, context)
                except FileFormatError as problem:
                    raise problem.within(at).within("at").within(number) from None
                if values is not None:
                    found[at][category] = values
    return tuple(tuple(sorted(meaning.items(), key=lambda pair: pair[0])) for meaning in found)


def _make_table(context: Context, values: dict[str, Any]) -> CountTable:
    try:
        meanings = read_categories(values["dimensions"], values["cells"], context)
    except FileFormatError as problem:
        raise problem.within("cells") from None
    return CountTable(**values, values=meanings)


TABLE: Final = Record(
    name="table of counts",
    fields=(
        Field("unit", Choice(words=get_args(Unit)), "what is counted; a household is counted once in a table",
              required=True),
        Field("dimensions", ListOf(of=Choice(words=CUT_BY), least=1, distinct=True), "the attributes it is cut by",
              required=True),
        Field("as_of", Day(), "it counts what was recorded up to this day; if left out, everything ever"),
        Field("rounded_to", Quantity(lowest=0, highest=100, whole=True), "the base that figures were rounded to",
              default=0),
        Field("cells", ListOf(of=Record(
            name="table cell",
            fields=(
                Field("id", Identifier(of="cell"), "its id, unique in the table", required=True),
                Field("at", ListOf(of=Text()), "its category in each dimension: a value, several joined by |, "
                      "* for everything, - for what is not known", required=True),
                Field("count", Quantity(lowest=0, highest=MOST_COUNT, whole=True), "the printed figure; left out "
                      "where the cell was hidden"),
            ),
            make=made(CountCell),
            one_line=True,
        ), unique="id"), "the cells as they were printed", required=True),
    ),
    make=_make_table,
)  # fmt: skip
