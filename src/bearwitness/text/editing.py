"""Make a changed draft from a draft and the edits to it."""

from __future__ import annotations

from collections.abc import Sequence

from bearwitness.model.assessment import Edit


def apply_edits(draft: str, edits: Sequence[Edit]) -> str:
    """The draft with every edit made.

    Parameters
    ----------
    draft : str
        The text as its author wrote it.
    edits : sequence of Edit
        In any order; two of them may touch but not share a character, and two insertions at one place are made in
        the order given.

    Returns
    -------
    str
        The changed draft.

    Raises
    ------
    ValueError
        If an edit lies outside the draft, ends before it begins, or overlaps another one.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start > edit.end or edit.end > len(draft):
            raise ValueError(f"an edit from {edit.start} to {edit.end} is no passage of {len(draft)} characters")
        if edit.start < done:
            raise ValueError(f"the edit at {edit.start} overlaps the one before it")
        pieces += (draft[done : edit.start], edit.instead)
        done = edit.end
    return "".join((*pieces, draft[done:]))
