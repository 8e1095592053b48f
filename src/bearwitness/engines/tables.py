"""Records as tables that an engine reads: which type each column has, known or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Literal

from bearwitness.linkage.conditions import (
    All,
    AnyOf,
    Condition,
    Crossed,
    DifferenceAtMost,
    GapAtMost,
    Record,
    Same,
    Shared,
    SpanAtMost,
    Value,
)
from bearwitness.linkage.model import LinkModel

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["text", "whole", "float", "set"]
# The number of a record in its table; ids stay outside the engine.
NUMBER: Final = "unique_id"
_AT_ONCE: Final = 50_000


def told_columns(records: Sequence[Record]) -> frozenset[str]:
    """The columns of which some record has a value."""
    named: set[str] = set()
    for record in records:
        named.update(record)
    return frozenset(c for c in named if any(r.get(c) is not None for r in records))


def column_kinds(model: LinkModel, records: Sequence[Record], told: Collection[str]) -> dict[str, Kind]:
    """The type of every column of a model: what its conditions ask for, else what the records hold.

    Parameters
    ----------
    model : LinkModel
        Whose columns are looked at.
    records : sequence of Record
        Looked at for columns that no condition decides; one without any value is text.
    told : collection of str
        Of ``told_columns``.

    Returns
    -------
    dict of str to {"text", "whole", "float", "set"}
        Numbers are "float" where a condition asks for a number: whole numbers compare alike.
    """
    kinds: dict[str, Kind] = {}
    for comparison in model.comparisons:
        for level in comparison.levels:
            if level.condition is not None:
                kinds.update(_asked(level.condition))
    for column in model.columns:
        if column not in kinds:
            kinds[column] = _held(column, records) if column in told else "text"
    for column in {x.frequency for c in model.comparisons for x in c.levels if x.frequency}:
        if kinds[column] != "text":
            raise ValueError(f"column {column} has frequencies and is no text")
    return kinds


def _held(column: str, records: Sequence[Record]) -> Kind:
    first = next(v for r in records if (v := r.get(column)) is not None)
    if isinstance(first, int):
        return "float" if any(isinstance(r.get(column), float) for r in records) else "whole"
    return _kind_of(first)


def _kind_of(value: Value) -> Kind:
    return "set" if isinstance(value, tuple) else "text" if isinstance(value, str) else "float"


def _asked(condition: Condition) -> Iterator[tuple[str, Kind]]:
    """Columns and the type that a condition needs; equality takes any."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _asked(part)
    elif isinstance(condition, Shared):
        yield condition.column, "set"
    elif isinstance(condition, GapAtMost | SpanAtMost | DifferenceAtMost):
        yield from ((column, "float") for column in condition.columns)
    elif not isinstance(condition, Same | Crossed):
        yield from ((column, "text") for column in condition.columns)


def batches(records: Iterable[Record], kinds: Mapping[str, Kind], ids: list[str]) -> Iterator[pa.RecordBatch]:
    """Records as batches of columns, so that a large archive is never held twice.

    Parameters
    ----------
    records : iterable of Record
        With ``id``.
    kinds : mapping of str to str
        Columns and their types; a column that a record lacks is unknown.
    ids : list of str
        Empty; the ids are added to it, in order: a record's number is its place there.

    Raises
    ------
    ValueError
        A value that is not of its column's type, or an id that comes twice.
    """
    import pyarrow as pa

    schema = schema_of(kinds)
    waiting = iter(records)
    while chunk := list(islice(waiting, _AT_ONCE)):
        numbers = range(len(ids), len(ids) + len(chunk))
        ids.extend(str(record["id"]) for record in chunk)
        try:
            arrays = [
                pa.array(values, f.type) for values, f in zip((numbers, *_columns(chunk, kinds)), schema, strict=True)
            ]
        except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
            # What these say quotes the value.
            raise ValueError("a value is not of its column's type") from None
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
    if len(set(ids)) < len(ids):
        raise ValueError("two records have one id")


def _columns(chunk: Sequence[Record], kinds: Collection[str]) -> Iterator[Sequence[Value]]:
    """The values by column; most records have all keys, which is quicker."""
    for column in kinds:
        try:
            yield list(map(itemgetter(column), chunk))
        except KeyError:
            yield [record.get(column) for record in chunk]


def schema_of(kinds: Mapping[str, Kind]) -> pa.Schema:
    """The columns of a table of records, its number first."""
    import pyarrow as pa

    types = {"text": pa.string(), "whole": pa.int64(), "float": pa.float64(), "set": pa.list_(pa.string())}
    return pa.schema([(NUMBER, pa.int64()), *((c, types[kind]) for c, kind in kinds.items())])
