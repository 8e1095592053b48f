"""YAML to plain values: only what a record needs, so that no file can surprise its reader.

Text stays as written: ``2019-05`` is no date, ``no`` is no boolean. Plain ``true`` and ``false`` are, plain ``null``,
``~`` and nothing are None, a plain number is a :class:`Number`, which is still its text. Refused: anchors and aliases,
tags, a key twice in one mapping, keys that are collections, a second document, nesting deeper than ``DEEPEST``.
JSON is YAML, and is read too.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from bearwitness.model.codec.format_error import FileFormatError, Path

DEEPEST: Final = 20

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Number(str):
    """A number as it is written, without quotes."""

    __slots__ = ()


Plain = bool | str | list[Any] | dict[str, Any] | None

# What the parser complains of -> what to tell. The parser's own words may repeat the file, so they are never shown.
_COMPLAINTS: Final = (
    ("mapping values", "a colon stands where none can stand.",
     "Put text that has a colon in it in quotes, and check the indentation.", False),
    ("nesting depth", "the file is nested too deeply.", "Close the brackets.", False),
    ("end of stream", "a quotation mark is opened here and never closed.", "Close it.", True),
    ("expected ','", "a bracket is opened here and a comma or its closing bracket is missing.",
     "Close it; put text that has a bracket or comma in it in quotes.", True),
    ("escape", "a backslash is followed by what cannot follow it.",
     "Use single quotes, in which a backslash is only a backslash.", False),
    ("tag", "a tag (!) stands here.", "Put text that begins with ! in quotes.", False),
    ("anchor", "an anchor or alias (& or *) stands here.", "Write the value out, or put the text in quotes.", False),
    ("alias", "an anchor or alias (& or *) stands here.", "Write the value out, or put the text in quotes.", False),
    ("cannot start", "a value begins with a character that needs quotes.", "Put the value in quotes.", False),
    ("document", "a second document begins here.", "Keep one document in one file; take out --- and ... lines.", False),
    ("directive", "a line begins with %.", "Take it out, or put the text in quotes.", False),
)  # fmt: skip


def read_plain(text: str) -> Plain:
    """The values a YAML text holds.

    Raises
    ------
    FileFormatError
        With its mark, if the text is not YAML of the kind read here, or is empty.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{") and (found := _read_json(text)) is not None:
        return found
    _check_characters(text)
    import yaml

    try:
        return _build(_event_source(text))
    except yaml.MarkedYAMLError as error:
        raise _syntax_problem(error, text) from None


def _read_json(text: str) -> Plain:
    """The values of a JSON text, many times faster than as YAML; None where anything is wrong with it.

    What is wrong is then said by the reader of YAML, which knows where it stands.
    """
    try:
        found: Plain = json.loads(
            text, parse_int=Number, parse_float=Number, parse_constant=_refuse, object_pairs_hook=_unique_keys
        )
    except (ValueError, RecursionError):
        return None
    return found


def _refuse(_: str) -> None:
    raise ValueError("no number")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _build(next_event: Callable[[], Any]) -> Plain:
    """Events to values, on a stack of our own: no recursion that a file could exhaust."""
    import yaml

    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    stack: list[tuple[Any, str | None]] = []
    here: Any = None
    key: str | None = None
    documents: list[Any] = []
    while True:
        event = next_event()
        kind = type(event)
        value: Any
        if kind is scalar:
            if event.anchor is not None or event.tag is not None:
                raise _marked(event)
            if key is None and type(here) is dict:
                key = event.value
                if key in here:
                    raise FileFormatError(
                        "a key stands twice in one mapping.", "Keep one of the two.", mark=_mark(event)
                    )
                continue
            value = event.value if event.style else _scalar(event.value)
        elif kind is mapping or kind is sequence:
            _check_collection(event, is_key=key is None and type(here) is dict, depth=len(stack))
            stack.append((here, key))
            here, key = ({} if kind is mapping else []), None
            continue
        elif kind in ends:
            value = here
            here, key = stack.pop()
        elif kind is yaml.StreamEndEvent:
            break
        else:
            _check_other(event, documents)
            continue
        if here is None:
            documents.append(value)
        elif type(here) is dict:
            here[key] = value
            key = None
        else:
            here.append(value)
    if not documents:
        raise FileFormatError("the file holds nothing.", "Begin it with: bearwitness: 1", mark=(1, 1))
    return documents[0]  # type: ignore[no-any-return]


def _scalar(written: str) -> Plain:
    if written in _WORDS:
        return _WORDS[written]
    if written[0] in "-0123456789" and _NUMBER.fullmatch(written):
        return Number(written)
    return written


def _check_collection(event: Any, *, is_key: bool, depth: int) -> None:
    if event.anchor is not None or event.tag is not None:
        raise _marked(event)
    if is_key:
        raise FileFormatError(
            "a key is a list or a mapping.", "Write a plain word before the colon.", mark=_mark(event)
        )
    if depth >= DEEPEST:
        raise FileFormatError("the file is nested too deeply.", "Close the brackets.", mark=_mark(event))


def _check_other(event: Any, documents: list[Any]) -> None:
    import yaml

    if type(event) is yaml.AliasEvent:
        raise _marked(event)
    if type(event) is yaml.DocumentStartEvent and documents:
        raise FileFormatError(
            "a second document begins here.", "Keep one document in one file; take out --- lines.", mark=_mark(event)
        )


def _marked(event: Any) -> FileFormatError:
    if event.anchor is not None:
        return FileFormatError(
            "an anchor or alias (& or *) stands here.", "Write the value out, or put the text in quotes.",
            mark=_mark(event),
        )  # fmt: skip
    return FileFormatError("a tag (!) stands here.", "Put text that begins with ! in quotes.", mark=_mark(event))


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _event_source(text: str) -> Callable[[], Any]:
    """The C library's parser where it is built in, else the one in Python."""
    import yaml

    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser(text).get_event
    return _python_parser(text)


def _python_parser(text: str) -> Callable[[], Any]:
    import yaml

    class Events(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
        def __init__(self) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)

    return Events().get_event


def _check_characters(text: str) -> None:
    found = _UNPRINTABLE.search(text)
    if found is not None:
        before = text[: found.start()]
        line_start = before.rfind("\n") + 1
        raise FileFormatError(
            "a control character stands here.",
            "Take it out; the file must be plain text.",
            mark=(before.count("\n") + 1, len(before) - line_start + 1),
        )


def _syntax_problem(error: Any, text: str) -> FileFormatError:
    complaint = str(error.problem or "")
    mark, opened = error.problem_mark, error.context_mark
    at = mark or opened
    if at is not None and text[at.index : at.index + 1] == "\t":
        return FileFormatError("a tab stands where only spaces can stand.", "Indent with spaces.", mark=_place(at))
    for part, message, hint, where_opened in _COMPLAINTS:
        if part in complaint:
            return FileFormatError(message, hint, mark=_place(opened if where_opened and opened else at))
    return FileFormatError(
        "the line does not fit the ones above it.",
        "Check the indentation and the dashes, and put text that has one of : # , [ ] { } in it in quotes.",
        mark=_place(at),
    )


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def locate(text: str, path: Path, *, at_key: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of the value (or the key) that a path leads to, or of the nearest one above it.

    The text must be one that :func:`read_plain` accepts. It is parsed again, since only a file with a mistake pays.
    """
    import yaml

    best = (1, 1)
    # JSON may have an escape that YAML lacks: what is found before it is near enough.
    with contextlib.suppress(yaml.YAMLError):
        for mark in _marks_on_the_way(text, path, at_key=at_key):
            best = mark
    return best


def _marks_on_the_way(text: str, path: Path, *, at_key: bool) -> Iterator[tuple[int, int]]:
    """The marks of the values that a path leads through, outermost first."""
    import yaml

    next_event = _event_source(text.removeprefix("\ufeff"))
    starts: tuple[Any, ...] = (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)
    trail: list[str | int | None] = []
    while type(event := next_event()) is not yaml.StreamEndEvent:
        if isinstance(event, starts):
            if trail and trail[-1] is None:
                trail[-1] = event.value
                if at_key and tuple(trail) == path:
                    yield _mark(event)
                    return
                continue
            if tuple(trail) == path[: len(trail)]:
                yield _mark(event)
                if len(trail) == len(path):
                    return
            if not isinstance(event, yaml.ScalarEvent):
                trail.append(None if isinstance(event, yaml.MappingStartEvent) else 0)
                continue
        elif isinstance(event, yaml.CollectionEndEvent):
            trail.pop()
        else:
            continue
        _advance(trail)


def _advance(trail: list[str | int | None]) -> None:
    """Move on to the next item of a list, or wait for the next key of a mapping."""
    if trail:
        step = trail[-1]
        trail[-1] = step + 1 if isinstance(step, int) else None
