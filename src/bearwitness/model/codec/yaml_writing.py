"""Plain values to YAML, in one canonical form: what is read back is the same, and is written the same again.

Mappings are blocks in the order of their keys; a :class:`OneLine` mapping, and a list of scalars, stand on one line
where they fit. Text of several lines is a literal block where such a block can hold it.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

from bearwitness.model.codec.yaml_reading import Number, Plain

WIDEST: Final = 110

_BARE: Final = re.compile(r"[0-9A-Za-z가-힣][0-9A-Za-z가-힣_./~%()'’ +-]*(?<! )")
# Words that YAML 1.1 or 1.2 takes for something else than text.
_RESERVED: Final = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_BLOCK: Final = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff][^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*"
)
_ESCAPED: Final = re.compile('[\x00-\x1f"\\\\\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')


class OneLine(dict[str, Any]):
    """A mapping that is written on one line where it fits."""

    __slots__ = ()


class DateText(str):
    """A date as written; it needs no quotes where only its form is like a number's."""

    __slots__ = ()


def write_yaml(values: dict[str, Any]) -> str:
    """The canonical YAML of a file's values, ending in a line break."""
    return "".join(f"{line}\n" for key, value in values.items() for line in _entry(key, value))


def _entry(key: str, value: Plain) -> list[str]:
    """The lines of one key and its value, not indented."""
    name = _scalar(key)
    if isinstance(value, str) and type(value) is str and "\n" in value and _holds_as_block(value):
        return _block(name, value)
    line = _one_line(value)
    if line is not None and len(name) + 2 + len(line) <= WIDEST:
        return [f"{name}: {line}"]
    if isinstance(value, dict):
        return [f"{name}:", *(f"  {line}" if line else "" for k, v in value.items() for line in _entry(k, v))]
    if isinstance(value, list):
        return [f"{name}:", *(f"  {line}" if line else "" for item in value for line in _item(item))]
    return [f"{name}: {_scalar(value)}"]


def _item(value: Plain) -> list[str]:
    line = _one_line(value)
    if line is not None and (len(line) <= WIDEST or not isinstance(value, dict | list)):
        return [f"- {line}"]
    if isinstance(value, dict):
        lines = [line for k, v in value.items() for line in _entry(k, v)]
    else:
        lines = [line for item in cast(list[Plain], value) for line in _item(item)]
    return [("- " if i == 0 else "  " if line else "") + line for i, line in enumerate(lines)]


def _one_line(value: Plain) -> str | None:
    """The value on one line; None where it is to be a block: a mapping that is not to be one line, a list of such."""
    if isinstance(value, OneLine) or value == {}:
        parts = {k: _one_line(v) for k, v in value.items()}
        return None if None in parts.values() else "{" + ", ".join(f"{_scalar(k)}: {v}" for k, v in parts.items()) + "}"
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        items = [None if isinstance(v, dict) and v else _one_line(v) for v in value]
        return None if None in items else "[" + ", ".join(str(item) for item in items) + "]"
    return _scalar(value)


def _scalar(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number):
        return str(value)
    text = str(value)
    # Some reader takes much that begins with a digit for a number, a time or a date; ours does not.
    bare = _BARE.fullmatch(text) and (isinstance(value, DateText) or not text[0].isdigit())
    if bare and text.casefold() not in _RESERVED:
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    short = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(character)
    return short or f"\\u{ord(character):04x}"


def _holds_as_block(text: str) -> bool:
    """Whether a literal block gives back the text exactly."""
    return _BLOCK.fullmatch(text) is not None


def _block(name: str, text: str) -> list[str]:
    body = text.rstrip("\n")
    ending = len(text) - len(body)
    chomp = {0: "-", 1: ""}.get(ending, "+")
    lines = [f"  {line}" if line else "" for line in body.split("\n")]
    return [f"{name}: |{chomp}", *lines, *[""] * max(ending - 1, 0)]
