"""What can happen to a release, as a table: the diagram is drawn from it, and tests walk along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bearwitness.release.workflow import State

# Of which nothing that is bound has changed since the draft was assessed.
_FRESH: Final[tuple[State, ...]] = ("assessed", "unsafe", "refused", "approved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One thing that happens, the states in which it changes something, and those to which it can lead."""

    event: str
    says: str
    before: tuple[State, ...]
    after: tuple[State, ...]


TRANSITIONS: Final = (
    Transition(event="assess", says="it is assessed", before=("draft",), after=("assessed", "unsafe")),
    Transition(event="vote", says="somebody approves as the second, or refuses", before=("assessed",),
               after=("approved", "refused")),
    Transition(event="vote", says="somebody who approved, or a third, refuses", before=("approved",),
               after=("refused",)),
    Transition(event="vote", says="who refused approves instead", before=("refused",), after=("assessed", "approved")),
    Transition(event="access", says="somebody who approved loses access to the case", before=("approved",),
               after=("assessed",)),
    Transition(event="access", says="somebody who approved gets access again", before=("assessed",),
               after=("approved",)),
    Transition(event="change", says="something bound changes, or the day it was assessed for is over", before=_FRESH,
               after=("stale",)),
    Transition(event="undo", says="everything bound is again as it was assessed", before=("stale",), after=_FRESH),
    Transition(event="assess", says="it is assessed again; votes on the very same binding still hold",
               before=("stale",), after=_FRESH),
    Transition(event="publish", says="it leaves", before=("approved",), after=("published",)),
    Transition(event="retract", says="it is taken back", before=("published",), after=("withdrawn",)),
)  # fmt: skip


def transitions_diagram() -> str:
    """The table as a Mermaid state diagram: an arrow from state to state, named after all that can lead along it."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for one in TRANSITIONS:
        for before in one.before:
            for after in one.after:
                arrows.setdefault((before, after), []).append(one.event)
    lines = [f"    {before} --> {after} : {', '.join(events)}\n" for (before, after), events in arrows.items()]
    return "".join(["stateDiagram-v2\n", "    [*] --> draft\n", *lines, "    withdrawn --> [*]\n"])


def transitions_table() -> str:
    """The table in Markdown: what happens, in which states, and where it leads."""
    rows = [f"| {t.event} | {t.says} | {', '.join(t.before)} | {', '.join(t.after)} |\n" for t in TRANSITIONS]
    return "".join(["| event | what happens | from | to |\n", "| --- | --- | --- | --- |\n", *rows])
