"""Rows that could be people are refused: a frame of rows is synthetic, or a public sample that points at nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from bearwitness.disclosure.frames import LEVELS
from bearwitness.errors import FrameError
from bearwitness.model.claims import ATTRIBUTES
from bearwitness.model.frame_rows import NOT_FOR_ROWS, row_kind

SYNTHETIC: Final = "synthetic"
PUBLIC_SAMPLE: Final = "public sample"
_FEWEST_ROWS: Final = 100
# A column with fewer rows per value tells its rows apart, as a number of a register does.
_ROWS_PER_VALUE: Final = 10
# In a public sample: the households each row stands for, and the rows that each value must have.
_HOUSEHOLDS_PER_ROW: Final = 10
_ROWS_OF_A_CELL: Final = 5
_LONGEST_CODE: Final = 40
_CODES: Final = (np.dtype(np.uint8), np.dtype(np.uint16), np.dtype(np.uint32))
# A code: words joined by strokes or the steps of a tree; no blank, no sentence, no long number.
_CODE: Final = re.compile(r"\(other\)|(?!.*\d{5})\w+(?:[/-]\w+)*")


def check_rows_are_not_people(spec: Mapping[str, Any]) -> None:
    """Refuse rows that could be real households.

    Rows state their sources and what they are: "synthetic", or a "public sample". They hold only attributes that a
    claim can be about, as codes with a list of short values: no names, free text or identifiers, and no column whose
    values (nearly) tell single rows apart. A public sample states how many households it was drawn from, at least
    ten per row, and every value of every column has at least five rows.

    Parameters
    ----------
    spec : mapping
        As ``row_frame.put_rows`` takes it.

    Raises
    ------
    FrameError
        Names the frame and the column, never a value.
    """
    name = spec.get("frame", "?")
    if name not in LEVELS:
        raise FrameError(f"rows name no frame that there is: {name}.", hint=f"Use one of {', '.join(LEVELS)}.")
    if not spec.get("sources"):
        raise FrameError(f"the rows of frame {name} state no sources.", hint="Every number needs its source.")
    if spec.get("rows_are") not in (SYNTHETIC, PUBLIC_SAMPLE):
        raise FrameError(
            f"the rows of frame {name} are neither synthetic nor a public sample.",
            hint="State rows_are; a list of real people cannot be loaded.",
        )
    columns, rows = spec.get("columns"), spec.get("rows")
    if not isinstance(columns, Mapping) or not isinstance(rows, Mapping) or not columns or set(columns) != set(rows):
        raise FrameError(f"frame {name} does not describe exactly the columns its rows have.", hint="Describe each.")
    for attribute in columns:
        _check_description(name, attribute, columns[attribute])
        _check_codes(name, attribute, columns[attribute], rows[attribute])
    lengths = {np.shape(held)[-1] for held in rows.values()}
    if len(lengths) > 1 or max(lengths) < _FEWEST_ROWS:
        raise FrameError(
            f"the columns of frame {name} differ in length, or have under {_FEWEST_ROWS} rows.",
            hint="Give one code per household in every column.",
        )
    if spec["rows_are"] == PUBLIC_SAMPLE:
        _check_sample(name, spec, max(lengths))


def _check_description(name: str, attribute: str, column: Mapping[str, Any]) -> None:
    if attribute not in ATTRIBUTES or attribute in NOT_FOR_ROWS:
        raise FrameError(
            f"column {attribute} of frame {name} is none that rows may have.",
            hint="Rows have attributes a claim can be about; no names, free text or identifiers.",
        )
    kind = row_kind(attribute)
    if not isinstance(column, Mapping) or column.get("kind") != kind:
        raise FrameError(f"column {attribute} of frame {name} must be of the kind {kind}.", hint="Correct its kind.")
    if kind == "days":
        if not isinstance(column.get("edges"), list | tuple):
            raise FrameError(f"column {attribute} of frame {name} has no edges.", hint="Give the first day per bin.")
        return
    values = column.get("values")
    if not isinstance(values, list | tuple) or not values or len(set(values)) < len(values):
        raise FrameError(f"column {attribute} of frame {name} lists no values, or one twice.", hint="List each once.")
    if not all(isinstance(v, str) and len(v) <= _LONGEST_CODE and _CODE.fullmatch(v) for v in values):
        raise FrameError(
            f"column {attribute} of frame {name} has values that are no short codes.",
            hint="Rows hold no names, free text or identifiers.",
        )
    share = column.get("leaf_share")
    if kind == "paths" and not (isinstance(share, int | float) and 0.0 < share <= 1.0):
        raise FrameError(f"column {attribute} of frame {name} has no leaf_share.", hint="Give a share from 0 to 1.")


def _check_codes(name: str, attribute: str, column: Mapping[str, Any], held: Any) -> None:
    several = column["kind"] == "existence"
    if not isinstance(held, np.ndarray) or held.dtype not in _CODES or held.ndim != 1 + several:
        raise FrameError(
            f"column {attribute} of frame {name} is not whole unsigned codes.",
            hint="Rows hold codes; for what a household has several of, a row of 0 and 1 for each value.",
        )
    known = 2 if several else len(column["values"]) if "values" in column else len(column["edges"]) - 1
    missing = several and len(held) != len(column["values"])
    if missing or (held.size and int(held.max()) >= known):
        raise FrameError(f"column {attribute} of frame {name} has a code without a value.", hint="List every value.")
    if not several and np.count_nonzero(np.bincount(held)) * _ROWS_PER_VALUE > len(held):
        raise FrameError(
            f"column {attribute} of frame {name} tells its rows apart, as an identifier does.",
            hint=f"Make it coarser: at least {_ROWS_PER_VALUE} rows per value.",
        )


def _check_sample(name: str, spec: Mapping[str, Any], rows: int) -> None:
    """A sample of real households: each row stands for many, and no value for a single one."""
    stands_for = spec.get("stands_for")
    if not isinstance(stands_for, int) or stands_for < _HOUSEHOLDS_PER_ROW * rows or spec.get("every_household"):
        raise FrameError(
            f"the sample of frame {name} is not shown to be one household in {_HOUSEHOLDS_PER_ROW} or fewer.",
            hint="State stands_for; a register cannot be loaded.",
        )
    for attribute, held in spec["rows"].items():
        for one in np.atleast_2d(held):
            counts = np.bincount(one)
            if (counts[counts > 0] < _ROWS_OF_A_CELL).any():
                raise FrameError(
                    f"column {attribute} of frame {name} has cells that stand for single persons.",
                    hint=f"Put rare values together: at least {_ROWS_OF_A_CELL} rows each.",
                )
