"""Which passages of a text something accounts for, and a doubt about one that nothing does."""

from __future__ import annotations

from bearwitness.text.scene import Doubt


class Cover:
    """Which code points of a text something accounts for."""

    __slots__ = ("_covered",)

    def __init__(self, length: int) -> None:
        self._covered = bytearray(length + 1)

    def add(self, start: int, end: int) -> None:
        """Account for a passage."""
        self._covered[start:end] = b"\x01" * (end - start)

    def has(self, start: int, end: int) -> bool:
        """Whether any of a passage is accounted for."""
        return 1 in self._covered[start:end]

    def last(self, start: int, end: int) -> int:
        """The end of the last accounted part of a passage; ``start`` where there is none."""
        at = self._covered.rfind(b"\x01", start, end)
        return start if at < 0 else at + 1


def doubt_at(text: str, start: int, end: int, why: str) -> Doubt:
    """A doubt about a passage, whose form is the passage with single spaces."""
    return Doubt(start=start, end=end, form=" ".join(text[start:end].split()), why=why)
