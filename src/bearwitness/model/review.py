"""What reviewers said about pairs, and what was counted of an act's sources. Both are only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from bearwitness.errors import LinkageError

Layer = Literal["person", "household", "act"]
Verdict = Literal["same", "different", "unsure", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """One reviewer's verdict on one pair, with the reason.

    A verdict is changed or undone ("withdrawn") by a later decision that supersedes it. The pair is kept in order.

    Parameters
    ----------
    id : str
        Of this decision.
    layer : "person", "household" or "act"
        What the two are accounts of.
    pair : (str, str)
        Two different ids.
    verdict : "same", "different", "unsure" or "withdrawn"
    reviewer : str
        Opaque id of who decided.
    reason : str
        Why, in the reviewer's words; never empty, and never shown in a message.
    at : str
        Date and time, ISO 8601.
    supersedes : str or None
        The decision that no longer counts.

    Raises
    ------
    LinkageError
        No reason, no such date, an empty id, a pair of one id, or a withdrawal of nothing.
    ValueError
        A layer or verdict that there is none of.
    """

    id: str
    layer: Layer
    pair: tuple[str, str]
    verdict: Verdict
    reviewer: str
    reason: str
    at: str
    supersedes: str | None = None

    def __post_init__(self) -> None:
        if self.layer not in get_args(Layer) or self.verdict not in get_args(Verdict):
            raise ValueError("no such layer or verdict")
        if len(self.pair) != 2 or not all((self.id, self.reviewer, *self.pair)):
            raise LinkageError(f"decision {self.id!r} lacks an id.", hint="Name it, its reviewer and two items.")
        first, second = sorted(self.pair)
        if first == second:
            raise LinkageError(f"decision {self.id} is about {first} and itself.", hint="Name two different items.")
        object.__setattr__(self, "pair", (first, second))
        if not self.reason.strip():
            raise LinkageError(f"decision {self.id} gives no reason.", hint="Say why, in a few words.")
        try:
            datetime.fromisoformat(self.at)
        except ValueError:
            raise LinkageError(
                f"decision {self.id} has no date and time that can be read.", hint="Write it like 2031-05-04T10:00:00Z."
            ) from None
        if self.verdict == "withdrawn" and self.supersedes is None:
            raise LinkageError(f"decision {self.id} withdraws nothing.", hint="Name the decision that it supersedes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """How many independent sources some accounts of one act have, as a member counted who may see the chains.

    Parameters
    ----------
    acts : tuple of str
        The accounts that were decided to be of one act.
    accounts : tuple of str
        The testimonies that tell them.
    lower, upper : int
        Both bounds.
    at : str
        When it was counted, ISO 8601.
    by : str
        Opaque id of who counted.
    rests_on : str
        SHA-256 (hex) over which version of which record it was counted from; nothing of a chain goes into it.
    """

    acts: tuple[str, ...]
    accounts: tuple[str, ...]
    lower: int
    upper: int
    at: str
    by: str
    rests_on: str
