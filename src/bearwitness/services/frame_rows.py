"""The frames of rows that a policy names: found, read and put in the place of tables.

A policy names them (``rows: residents.yaml``), and no command has an option for it: whoever the crowd consists of is
part of what an organisation accepts, and every command that judges takes a policy already. So a draft, its rewriting,
a series, a table and the jigsaw are judged by the same people. In Python ``Policy(rows=("residents.yaml",))``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bearwitness.data.load import FRAME_NAMES, load_place_tree, load_vocabulary
from bearwitness.documents.files import read_text
from bearwitness.errors import FrameError
from bearwitness.model.codec.frame_rows import load_frame_rows
from bearwitness.model.frame_rows import FrameRows, row_kind

if TYPE_CHECKING:
    from bearwitness.disclosure.frames import Frames


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFiles:
    """A description and its table, with what tells that the table was changed since."""

    file: Path
    table: Path
    described: FrameRows
    state: tuple[int, int, int]


def find_rows(names: Sequence[str]) -> tuple[RowFiles, ...]:
    """The descriptions of rows, read, outermost frame first.

    Parameters
    ----------
    names : sequence of str
        Their files.

    Raises
    ------
    FrameError
        If one is malformed, its table is not there, or two are of one frame.
    """
    if not names:
        return ()
    tree, vocabulary = load_place_tree(), load_vocabulary()
    found: dict[str, RowFiles] = {}
    for name in names:
        described = load_frame_rows(read_text(name, kind=FrameError), name=name, tree=tree, vocabulary=vocabulary)
        if described.frame in found:
            raise FrameError(f"two files hold the rows of frame {described.frame}.", hint="Keep one.", where=name)
        table = Path(name).parent / described.rows
        try:
            state = table.stat()
        except OSError:
            raise FrameError("the table of the rows is not there.", hint="Correct the key rows.", where=name) from None
        stamp = (state.st_size, state.st_mtime_ns, state.st_ino)
        found[described.frame] = RowFiles(file=Path(name), table=table, described=described, state=stamp)
    return tuple(found[name] for name in FRAME_NAMES if name in found)


def put_row_files(frames: Frames, files: Sequence[RowFiles], *, seed: int) -> Frames:
    """The frames with rows in the place of the tables of each frame that has some.

    Parameters
    ----------
    frames : Frames
        Frames of tables.
    files : sequence of RowFiles
        From :func:`find_rows`.
    seed : int
        The same rows give the same verdict every time.

    Raises
    ------
    FrameError
        If rows could be people, or something is far more common in them than in the tables.
    TableError
        If a table does not hold what its description says.
    """
    if not files:
        return frames
    # Bitmaps load a compiler; a run without rows needs none of it.
    from bearwitness.disclosure.row_agreement import check_rows_agree
    from bearwitness.disclosure.row_frame import RowFrame, put_rows
    from bearwitness.documents.frame_rows import read_rows

    for one in files:
        described = one.described
        columns = {
            c.attribute: {
                "kind": row_kind(c.attribute), "leaf_share": c.leaf_share,
                **({"edges": [day.isoformat() for day in c.edges]} if c.edges else {"values": list(c.values)}),
            } for c in described.columns
        }  # fmt: skip
        spec = {
            "frame": described.frame, "sources": described.sources, "rows_are": described.rows_are,
            "stands_for": described.stands_for, "every_household": described.every_household, "columns": columns,
            "rows": read_rows(one.table, described),
        }  # fmt: skip
        level = FRAME_NAMES.index(described.frame)
        try:
            put = put_rows(frames, spec, np.random.default_rng([seed, level]))
            rows = put.at(level)
            if isinstance(rows, RowFrame):
                check_rows_agree(rows, frames.at(level))
        except FrameError as error:
            raise FrameError(error.message, hint=error.hint, where=str(one.file)) from None
        frames = put
    return frames
