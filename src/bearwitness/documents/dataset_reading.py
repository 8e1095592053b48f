"""Large tables, read in pieces: only the rows that differ, each with its number, are ever held at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bearwitness.errors import TableError

if TYPE_CHECKING:
    import polars as pl

FORMS: Final = (".csv", ".csv.gz", ".parquet")
_NUMBER: Final = "\x00number of rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctRows:
    """The distinct rows of some columns, as text by column, and how often each stands in the table."""

    columns: dict[str, list[str]]
    counts: list[int]


def headings(path: Path) -> tuple[str, ...]:
    """The headings of a table, from its beginning.

    Raises
    ------
    TableError
        If the file is no CSV or Parquet table, cannot be read, or two headings are the same.
    """
    import polars as pl

    try:
        names = tuple(scan_table(path).collect_schema().names())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable(path, error) from None
    if any(name.endswith("_duplicated_0") and name.removesuffix("_duplicated_0") in names for name in names):
        raise TableError("two columns have the same heading.", hint="Rename one.", where=str(path))
    return names


def distinct_rows(path: Path, columns: Sequence[str]) -> DistinctRows:
    """The distinct combinations of some columns of a CSV (plain or gzip) or Parquet file, sorted, with their numbers.

    Every value is taken as the text it is written as; a missing one is an empty text.

    Raises
    ------
    TableError
        If the file cannot be read as a table, or lacks one of the columns.
    """
    import polars as pl

    known = headings(path)
    for name in columns:
        if name not in known:
            raise TableError(
                f"there is no column {name}.", hint="Compare the roles with the table's headings.", where=str(path)
            )
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in columns]
    try:
        grouped = scan_table(path).select(texts).group_by(list(columns)).agg(pl.len().alias(_NUMBER))
        found = grouped.collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable(path, error) from None
    found = found.sort(list(columns))
    return DistinctRows(columns={name: found[name].to_list() for name in columns}, counts=found[_NUMBER].to_list())


def scan_table(path: Path) -> pl.LazyFrame:
    """A table that is read in pieces; every cell of a CSV is text.

    Raises
    ------
    TableError
        If there is no such file, or it is of another form.
    """
    import polars as pl

    if not path.name.endswith(FORMS):
        raise TableError(
            "this is not a form of table that is read.", hint=f"Give one of {', '.join(FORMS)}.", where=str(path)
        )
    if not path.is_file():
        raise TableError("there is no such file.", hint="Check its name.", where=str(path))
    if path.name.endswith(".parquet"):
        return pl.scan_parquet(path)
    return pl.scan_csv(path, infer_schema=False)


def unreadable(path: Path, error: Exception) -> TableError:
    """What is said where a table cannot be read."""
    # What the library says may quote the file, so only its kind is passed on.
    return TableError(
        f"the table cannot be read ({type(error).__name__}).",
        hint="It must be UTF-8 with one heading per column and as many cells in every row.", where=str(path),
    )  # fmt: skip
