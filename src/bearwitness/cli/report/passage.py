"""The draft in pieces: marked passages, which may overlap, and the places that change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bearwitness.cli.report.view import Note
from bearwitness.model.assessment import Edit
from bearwitness.model.claims import Unresolved


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """One form that nobody has accounted for, with every passage in which it stands; ``letter`` names it."""

    letter: str
    form: str
    passages: tuple[Unresolved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the draft under one set of marks; ``ends`` are the signs of the marks that end with it."""

    start: int
    text: str
    notes: tuple[Note, ...] = ()
    open_forms: tuple[OpenForm, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether anything is to be seen here but the draft's own words."""
        return bool(self.notes or self.open_forms)

    @property
    def severity(self) -> int:
        """That of the most helpful mark."""
        return max((n.severity for n in self.notes), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPiece:
    """A stretch of the changed draft: kept words, or the words put in for ``removed``."""

    text: str
    removed: str | None = None


def group_open_forms(unresolved: Iterable[Unresolved]) -> tuple[OpenForm, ...]:
    """Unresolved passages by form, in the order of the draft, lettered a, b, ..., z, aa, ab, ..."""
    grouped: dict[str, list[Unresolved]] = {}
    for u in sorted(unresolved, key=lambda u: (u.span.start, u.span.end)):
        grouped.setdefault(u.form, []).append(u)
    return tuple(
        OpenForm(letter=_letter(i), form=form, passages=tuple(found))
        for i, (form, found) in enumerate(grouped.items())
    )


def _letter(index: int) -> str:
    first, last = divmod(index, 26)
    return (_letter(first - 1) if first else "") + chr(ord("a") + last)


def split_passage(draft: str, notes: Sequence[Note], open_forms: Sequence[OpenForm]) -> tuple[Segment, ...]:
    """The draft split wherever a mark begins or ends, so that overlapping marks need no nesting.

    Parameters
    ----------
    draft : str
        The draft as written.
    notes, open_forms
        What is marked; offsets are code points of the draft, those outside it are ignored.

    Returns
    -------
    tuple of Segment
        In order; their texts joined are the draft.
    """
    starts: dict[int, list[Note | OpenForm]] = {}
    stops: dict[int, list[Note | OpenForm]] = {}
    marks: list[Note | OpenForm] = [*notes, *open_forms]
    for mark in marks:
        spans = mark.spans if isinstance(mark, Note) else tuple(u.span for u in mark.passages)
        for start, end in dict.fromkeys((s.start, s.end) for s in spans):
            if 0 <= start < end <= len(draft):
                starts.setdefault(start, []).append(mark)
                stops.setdefault(end, []).append(mark)
    cuts = sorted({0, len(draft), *starts, *stops})
    active: list[Note | OpenForm] = []
    segments = []
    for start, end in pairwise(cuts):
        active += starts.get(start, ())
        ending = stops.get(end, [])
        segments.append(_segment(draft[start:end], start, active, ending))
        for mark in ending:
            active.remove(mark)
    return tuple(segments)


def _segment(words: str, start: int, active: Sequence[Note | OpenForm], ending: Sequence[Note | OpenForm]) -> Segment:
    notes = {m.number: m for m in active if isinstance(m, Note)}
    forms = {m.letter: m for m in active if isinstance(m, OpenForm)}
    signs = [str(n) for n in sorted({m.number for m in ending if isinstance(m, Note)})]
    signs += sorted({m.letter for m in ending if isinstance(m, OpenForm)})
    return Segment(
        start=start,
        text=words,
        notes=tuple(notes[n] for n in sorted(notes)),
        open_forms=tuple(forms.values()),
        ends=tuple(signs),
    )


def split_changed(draft: str, edits: Iterable[Edit]) -> tuple[ChangedPiece, ...]:
    """The changed draft in pieces, so that what was put in or taken out can be shown.

    Raises
    ------
    ValueError
        If edits overlap or lie outside the draft.
    """
    pieces: list[ChangedPiece] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not at <= edit.start <= edit.end <= len(draft):
            raise ValueError("edits must not overlap and must lie within the draft")
        if edit.start > at:
            pieces.append(ChangedPiece(text=draft[at : edit.start]))
        pieces.append(ChangedPiece(text=edit.instead, removed=draft[edit.start : edit.end]))
        at = edit.end
    if at < len(draft):
        pieces.append(ChangedPiece(text=draft[at:]))
    return tuple(pieces)
