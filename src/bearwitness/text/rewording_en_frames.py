"""The clauses of an English sentence while it is read from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

from bearwitness.text.rewording_en_units import Role, Shape


@dataclass(slots=True)
class Frame:
    """A clause while it is read; ``root`` is its verb (the noun of an apposition, the preposition of an aside)."""

    role: Role
    head: int
    root: int = -1
    verb: int = -1
    subject: int = -1
    comma: int = -1
    last_np: int = -1
    waiting: list[int] = field(default_factory=list)


class Reader:
    """What is open at a place of a sentence: its clauses, and a conjunction, preposition or comma just read."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.frames = [Frame(role="main", head=-1)]
        self.cc = self.prep = self.comma = -1
        self.adverbs: list[int] = []
        self.quoted = False

    def hang(self, i: int, head: int, role: Role) -> None:
        """Hang a unit on another one; a waiting "and" goes with it."""
        self.shape.units[i].head, self.shape.units[i].role = head, role
        if self.cc >= 0:
            self.shape.units[self.cc].head, self.shape.units[self.cc].role = i, "word"
            self.cc = -1

    def push(self, frame: Frame) -> None:
        """Begin a clause."""
        self.frames.append(frame)

    def pop(self, closing: int = -1) -> None:
        """End a clause; what waited for a verb of its own hangs on what the clause does."""
        frame = self.frames.pop()
        for w in frame.waiting:
            self.shape.units[w].head = frame.head
        if frame.root >= 0 and closing >= 0:
            self.shape.units[frame.root].closing = closing

    def join(self, i: int, frame: Frame) -> None:
        """Let a verb take the place of the one it is joined to, as what further units hang on."""
        self.hang(i, frame.verb, "conj")
        frame.verb = i
        frame.last_np = -1

    def assign(self, i: int) -> None:
        """Make a verb that of the clause being read."""
        frame = self.frames[-1]
        frame.verb = frame.root = i
        self.shape.units[i].comma = frame.comma
        self.hang(i, frame.head, frame.role)
        for w in frame.waiting:
            self.shape.units[w].head = i
        frame.waiting.clear()

    def open(self, i: int, role: Role, head: int) -> None:
        """Begin a clause with its verb."""
        new = Frame(role=role, head=head, root=i, verb=i, comma=self.comma)
        self.shape.units[i].comma = self.comma
        self.hang(i, head, role)
        self.push(new)
