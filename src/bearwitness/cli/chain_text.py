"""The chains of an act drawn with the characters of a terminal.

One line for each chain, from the act at the left to the record at the right. Whoever is on several chains is one
column with their name above it, so that a broker through whom everything came is one line of dots from top to bottom;
whoever is on one chain only stands in its line.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.cells import cell_len

from bearwitness.cli.chain_picture import Picture, Way, cut, layers, one_line, shared_people, ways_in_order
from bearwitness.cli.chain_strings import say
from bearwitness.model.claims import Language

# What is left of a name has to be told from others: shorter than this, a chain goes on in a line of its own.
_SHORTEST: Final = 9
_LEAST: Final = 4
_LONGEST_ID: Final = 20
_MOST_IN_GAP: Final = (1_000, 4, 3, 2, 1)


@dataclass(slots=True)
class _Run:
    """A line, or, of a chain that has to go on in the next, a part of one.

    ``gaps``: before each column and, last, before the record, who stands in the line there.
    """

    way: Way
    gaps: list[list[str]]
    columns: set[int] = field(default_factory=set)
    goes_on: bool = False
    came: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: the cells of each gap and of a name, the place of each column and of the record."""

    gaps: list[int]
    name: int
    columns: list[int]
    record: int


def draw_text(picture: Picture, language: Language = "en", width: int = 80) -> str:
    """The picture as lines, for members who hold the chain compartment only.

    Parameters
    ----------
    picture : Picture
        The chains of one act with the labels of their people.
    language : {"en", "ko"}
        Of the words beside it.
    width : int
        Cells of the terminal.

    Returns
    -------
    str
        Without a line break at its end; no line takes more cells than ``width``. Long labels end with an ellipsis.
        Where more people are on several chains than there is room for columns, it says so and is not drawn.
    """
    ways = ways_in_order(picture)
    head = cut(f"{say(language, 'act')}: {one_line(picture.act)}", width)
    if not ways:
        return "\n".join((head, cut(say(language, "none"), width)))
    depth = layers([w.hops for w in ways])
    people = sorted(shared_people(ways), key=lambda p: depth[p])
    bounds = cut(say(language, "bounds", least=picture.least, most=picture.most), width)
    drawn = _fit(picture, ways, people, width)
    if drawn is None:
        return "\n".join((head, cut(say(language, "crowded", width=width), width), bounds))
    runs, frame = drawn
    lines = [head, *_stairs(picture, people, frame, width, language), *_rows(runs, frame, width)]
    unknown = any(None in c.hops for c in picture.chains)
    words = ["thick", *(["columns"] if people else []), *(["unknown"] if unknown else [])]
    words += ["wrapped"] if any(r.came for r in runs) else []
    return "\n".join(line.rstrip() for line in (*lines, bounds, *(cut(say(language, w), width) for w in words)))


def _fit(picture: Picture, ways: Sequence[Way], people: Sequence[str], width: int) -> tuple[list[_Run], _Frame] | None:
    """The lines with the longest names that fit; None where not even the columns do."""
    place: dict[Hashable, int] = {person: n for n, person in enumerate(people)}
    last = max(min(_LONGEST_ID, cell_len(one_line(w.chain.testimony))) for w in ways) + 4
    for most in _MOST_IN_GAP:
        runs = [run for way in ways for run in _runs(picture, way, place, most)]
        longest = max((cell_len(name) for run in runs for gap in run.gaps for name in gap), default=0)
        shortest = min(longest, _LEAST if most == 1 else _SHORTEST)
        for name in range(longest, shortest - 1, -1):
            gaps = [max(_needed(run.gaps[n], name) for run in runs) for n in range(len(people) + 1)]
            columns = [1 + sum(gaps[: n + 1]) + n for n in range(len(people))]
            record = 1 + sum(gaps) + len(people)
            if record + last <= width:
                return runs, _Frame(gaps, name, columns, record)
    return None


def _needed(names: Sequence[str], name: int) -> int:
    return 2 + sum(min(name, cell_len(n)) + 4 for n in names)


def _runs(picture: Picture, way: Way, place: Mapping[Hashable, int], most: int) -> Iterator[_Run]:
    """The lines of a way: one, unless it has to go back to a column, or more people stand in it than fit."""

    def start(*, came: bool) -> _Run:
        return _Run(way, [[] for _ in range(len(place) + 1)], came=came)

    run, waiting, reached = start(came=False), list[str](), -1
    for hop in way.hops:
        at = place.get(hop)
        if (at is None and len(waiting) == most) or (at is not None and at <= reached):
            # Whoever waits to be placed stands after the last column of this line.
            run.gaps[-1], run.goes_on = waiting, True
            yield run
            run, waiting, reached = start(came=True), [], -1
        if at is None:
            waiting.append(picture.label(hop) if isinstance(hop, str) else "?")
        else:
            run.gaps[at], waiting, reached = waiting, [], at
            run.columns.add(at)
    run.gaps[-1] = waiting
    yield run


def _stairs(picture: Picture, people: Sequence[str], frame: _Frame, width: int, language: Language) -> Iterator[str]:
    """The names of the columns, each a line lower than the one before, then the word over the record."""
    for n, person in enumerate(people):
        yield _between(frame.columns[:n], frame.columns[n]) + cut(picture.label(person), width - frame.columns[n])
    word = say(language, "record")
    yield _between(frame.columns, min(frame.record, width - cell_len(word))) + word


def _between(columns: Sequence[int], end: int) -> str:
    """The cells before ``end`` of a line in which only columns stand, and the act at the left."""
    return "".join("│" if x == 0 else "┊" if x in columns else " " for x in range(end))


def _rows(runs: Sequence[_Run], frame: _Frame, width: int) -> Iterator[str]:
    lowest = [max(n for n, run in enumerate(runs) if c in run.columns) for c in range(len(frame.columns))]
    bottom = max(n for n, run in enumerate(runs) if not run.came)
    for n, run in enumerate(runs):
        if n:
            standing = [x for c, x in enumerate(frame.columns) if lowest[c] >= n]
            yield ("│" if n <= bottom else " ") + _between(standing, frame.record)[1:] + "│"
        start = "↪" if run.came else "└" if n == bottom else "├"
        line = start + _line(run, frame)
        if not run.goes_on:
            mark = "✓" if run.way.counted else " "
            line += f"│ {mark} {cut(one_line(run.way.chain.testimony), width - frame.record - 4)}"
        yield line


def _line(run: _Run, frame: _Frame) -> str:
    """From the act to the record; what passes a column without stopping there goes on above it."""
    stroke = "━" if run.way.counted else "─"
    # Where the line goes on in the next one, it ends behind whoever it reached.
    reached = max(run.columns, default=-1) if run.goes_on and not run.gaps[-1] else len(frame.columns)
    found = ""
    for n, size in enumerate(frame.gaps[: reached + 1]):
        gap = "".join(f"{stroke}▶ {cut(name, frame.name)} " for name in run.gaps[n])
        if n == len(frame.columns):
            found += gap if run.goes_on else gap + stroke * (size - cell_len(gap) - 1) + "▶"
            continue
        stops = n in run.columns
        found += gap + stroke * (size - cell_len(gap) - stops) + ("▶●" if stops else stroke)
    return f"{found}{stroke}↩" if run.goes_on else found
