"""Rows are compared with the tables whose place they take: a crowd that published counts do not know protects nobody.

Rows that say too much of a value - all of a country in one town - would make whoever is of it look safe. So a value
may be more common in the rows than in the table, but not by a factor that no doubt about either explains. Rows that
say too little of it make crowds smaller, which is the careful side. What goes together is compared with nothing: that
is what rows are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from bearwitness.disclosure.frames import Population
from bearwitness.disclosure.row_columns import CodeColumn, DayColumn, PathColumn, RowColumn, ThingColumn
from bearwitness.disclosure.row_frame import RowFrame
from bearwitness.errors import FrameError
from bearwitness.model.frame_rows import OTHER_VALUES
from bearwitness.model.values import Codes, Days, Paths, ValueSet

# Rows may say this many times what the table says at most; and one row is no evidence of a share.
_TIMES: Final = 3.0
_DOUBT: Final = 0.025


def check_rows_agree(rows: RowFrame, tables: Population) -> None:
    """Refuse rows in which something is far more common than in the tables.

    Parameters
    ----------
    rows : RowFrame
        The rows of a frame.
    tables : Population
        The frame before rows took the place of its tables; an attribute that it does not have is not compared.

    Raises
    ------
    FrameError
        If the rows' lower 97.5 % bound of a value's share, or the number of rows that are every household, exceeds
        three times the table's upper one; names frame, column and the value's place in its list.
    """
    known = tables.tables
    for attribute, column in rows.rows.columns.items():
        if attribute not in known:
            continue
        for place, value in enumerate(_values(column), 1):
            if value is None:
                continue
            block = ((attribute, (value,)),)
            most = max(float(np.quantile(tables.factor(block), 1.0 - _DOUBT)), 1.0 / rows.rows.bitmaps.rows)
            if float(np.quantile(rows.rows.share(block), _DOUBT)) > _TIMES * most:
                raise FrameError(
                    f"value {place} of column {attribute} is more than {_TIMES:.0f} times as common in the rows of "
                    f"frame {rows.id} as in its table.",
                    hint="Rows must be of the whole population of the frame; with these a family would look safe.",
                )
    if float(np.median(rows.size)) > _TIMES * float(np.quantile(tables.size, 1.0 - _DOUBT)):
        raise FrameError(
            f"there are more than {_TIMES:.0f} times as many rows as frame {rows.id} has households.",
            hint="Rows are households, not persons; leave out every_household if they are not all there are.",
        )


def _values(column: RowColumn) -> Iterator[ValueSet | None]:
    """Each value of a column by itself; None where it stands for no value that a claim names."""
    if isinstance(column, DayColumn):
        for first, after in zip(column.edges[:-1], column.edges[1:], strict=True):
            yield Days(((first, after - 1),))
    elif isinstance(column, PathColumn):
        yield from (Paths(frozenset({leaf})) for leaf in column.leaves)
    elif isinstance(column, ThingColumn):
        yield from (Codes(frozenset({leaf})) for leaf in column.leaves)
    elif isinstance(column, CodeColumn):
        yield from (None if value == OTHER_VALUES else Codes(frozenset({value})) for value in column.values)
