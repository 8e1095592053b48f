"""Make a changed draft from a draft and the edits to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def compose_edits(length: int, rounds: Sequence[Sequence[Edit]]) -> tuple[Edit, ...]:
    """The edits of a draft that do at once what several rounds did one after the other.

    Parameters
    ----------
    length : int
        Number of characters of the draft.
    rounds : sequence of sequence of Edit
        Offsets of the first are those of the draft, of each later one those of what the rounds before it made.

    Returns
    -------
    tuple of Edit
        In order, without overlap; made at once they give what the rounds gave.
    """
    # What the text consists of: passages of the draft (start, end) and new words.
    parts: list[tuple[int, int] | str] = [(0, length)]
    for edits in rounds:
        parts = list(_edited(parts, sorted(edits, key=lambda e: (e.start, e.end))))
    found: list[Edit] = []
    at, new = 0, ""
    for part in (*parts, (length, length)):
        if isinstance(part, str):
            new += part
            continue
        if new or part[0] > at:
            found.append(Edit(start=at, end=part[0], instead=new))
        at, new = part[1], ""
    return tuple(found)


def _edited(parts: Sequence[tuple[int, int] | str], edits: Sequence[Edit]) -> Iterator[tuple[int, int] | str]:
    done = 0
    for edit in edits:
        yield from _cut(parts, done, edit.start)
        yield edit.instead
        done = edit.end
    yield from _cut(parts, done, sum(_length(p) for p in parts))


def _cut(parts: Sequence[tuple[int, int] | str], start: int, end: int) -> Iterator[tuple[int, int] | str]:
    """The parts of a passage of the text that parts make up."""
    at = 0
    for part in parts:
        first, last = max(start - at, 0), min(end - at, _length(part))
        if first < last:
            yield part[first:last] if isinstance(part, str) else (part[0] + first, part[0] + last)
        at += _length(part)


def _length(part: tuple[int, int] | str) -> int:
    return len(part) if isinstance(part, str) else part[1] - part[0]
