"""Which decisions stand: two must say "the same", one may say "different", and a dispute binds nobody until settled.

- "Same" stands when two different reviewers said so, each without having seen the other's verdict (which is for the
  caller to see to); a reviewer who says it twice counts once. "Different" stands by itself.
- Where one said "same" and another "different", the pair is disputed and is neither put together nor kept apart. It
  is settled by one of the two, who supersedes a decision of their own; or by a third who has not judged this pair: a
  verdict of theirs that supersedes a decision for the other side overrules it. So nobody overrules as a party, and what
  stands as the same was in the end said by two. A third may overrule several decisions, and counts once.
- Nobody else's decision can be superseded. When a third takes an overruling back, what it overruled counts again.
- Decisions that stand must not contradict each other, over any number of steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from bearwitness.errors import LinkageError
from bearwitness.linkage.contradictions import find_contradiction
from bearwitness.linkage.decisions import Layer, ReviewDecision, Verdict

PairState = Literal["open", "awaiting", "same", "different", "disputed", "unsure"]
PairKey = tuple[Layer, tuple[str, str]]
_OPPOSITE: Final[Mapping[Verdict, Verdict]] = {"same": "different", "different": "same"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStanding:
    """How a pair stands, and the decisions that count for that, in the order in which they were made.

    "open": all was withdrawn; "awaiting": one reviewer said "same", a second is asked for.
    """

    layer: Layer
    pair: tuple[str, str]
    state: PairState
    decisions: tuple[ReviewDecision, ...]


class Constraints(NamedTuple):
    """Pairs that are always, and never, in one cluster."""

    must: frozenset[tuple[str, str]]
    cannot: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Book:
    """Decisions read so far. ``superseded``: by which; ``overrules``: a third's decision to the one it overrules."""

    known: dict[str, ReviewDecision] = field(default_factory=dict)
    superseded: dict[str, str] = field(default_factory=dict)
    overrules: dict[str, str] = field(default_factory=dict)
    counting: dict[PairKey, dict[str, ReviewDecision]] = field(default_factory=dict)
    parties: dict[PairKey, set[str]] = field(default_factory=dict)


def standing(decisions: Iterable[ReviewDecision]) -> dict[PairKey, PairStanding]:
    """How every pair stands that a decision is about.

    Parameters
    ----------
    decisions : iterable of ReviewDecision
        All of them, in the order in which they were made.

    Returns
    -------
    dict
        By layer and pair. A pair that is not in it was never decided.

    Raises
    ------
    LinkageError
        A decision supersedes one that is unknown, of another pair or layer, superseded already, or another's without
        leave; a reviewer has two verdicts on a pair; or decisions that stand contradict each other. All are named.
    """
    found = _all_standing(_read(decisions))
    _check(found)
    return found


def check_decision(new: ReviewDecision, old: Iterable[ReviewDecision]) -> PairStanding:
    """How its pair would stand with a new decision; raises what `standing` does if it cannot be added.

    Parameters
    ----------
    new : ReviewDecision
        Not yet among the others.
    old : iterable of ReviewDecision
        All there are, in the order in which they were made.
    """
    book = _read(old)
    _add(book, new)
    found = _all_standing(book)
    _check(found)
    return found[new.layer, new.pair]


def constraints(decisions: Iterable[ReviewDecision], layer: Layer) -> Constraints:
    """What clusterings of a layer must obey; raises what `standing` does."""
    found = [s for s in standing(decisions).values() if s.layer == layer]
    return Constraints(
        frozenset(s.pair for s in found if s.state == "same"),
        frozenset(s.pair for s in found if s.state == "different"),
    )


def _read(decisions: Iterable[ReviewDecision]) -> _Book:
    book = _Book()
    for decision in decisions:
        _add(book, decision)
    return book


def _add(book: _Book, new: ReviewDecision) -> None:
    if new.id in book.known:
        raise LinkageError(f"decision {new.id} is there already.", hint="Give every decision an id of its own.")
    key = (new.layer, new.pair)
    counting = book.counting.setdefault(key, {})
    parties = book.parties.setdefault(key, set())
    old = _superseded(book, new)
    if old is None:
        parties.add(new.reviewer)
    elif old.reviewer == new.reviewer:
        _change(book, new, old, counting)
    else:
        _refuse_party(new, old, counting, parties)
        book.overrules[new.id] = old.id
    if old is not None:
        book.superseded[old.id] = new.id
        counting.pop(old.id, None)
    for other in counting.values():
        if new.verdict != "withdrawn" and other.reviewer == new.reviewer and other.verdict != new.verdict:
            raise LinkageError(
                f"decision {new.id} differs from decision {other.id} of the same reviewer, which still counts.",
                hint="Let it supersede that one.",
            )
    book.known[new.id] = new
    if new.verdict != "withdrawn":
        counting[new.id] = new


def _superseded(book: _Book, new: ReviewDecision) -> ReviewDecision | None:
    """The decision that a new one supersedes, if it may be."""
    if new.supersedes is None:
        return None
    old = book.known.get(new.supersedes)
    if old is None:
        raise LinkageError(f"decision {new.id} supersedes {new.supersedes}, which is not there.", hint="Add it before.")
    if by := book.superseded.get(old.id):
        raise LinkageError(
            f"decision {new.id} supersedes {old.id}, which {by} superseded.", hint=f"Look at {by} and supersede that."
        )
    if (old.layer, old.pair) != (new.layer, new.pair):
        raise LinkageError(
            f"decision {new.id} supersedes {old.id}, which is about another pair or layer.",
            hint="A decision supersedes one about the same pair of the same layer.",
        )
    return old


def _change(book: _Book, new: ReviewDecision, old: ReviewDecision, counting: dict[str, ReviewDecision]) -> None:
    """A reviewer changes a decision of their own; what an overruling overruled counts again if it is taken back."""
    overruled = book.overrules.get(old.id)
    if overruled is None:
        return
    if new.verdict == old.verdict:
        book.overrules[new.id] = overruled
        return
    again = book.known[overruled]
    if all(d.reviewer != again.reviewer for d in counting.values()):
        del book.superseded[again.id]
        counting[again.id] = again


def _refuse_party(
    new: ReviewDecision, old: ReviewDecision, counting: Mapping[str, ReviewDecision], parties: set[str]
) -> None:
    """Refuse that another's decision is superseded, but by a third who settles a dispute."""
    if _state(counting.values()) != "disputed":
        why = "and the pair is not disputed"
    elif new.reviewer in parties:
        why = "and its reviewer has judged this pair before"
    elif _OPPOSITE.get(new.verdict) != old.verdict:
        why = "and is not for the other side"
    else:
        return
    raise LinkageError(
        f"decision {new.id} supersedes {old.id} of another reviewer, {why}.",
        hint="Add a decision of one's own; a dispute is settled by a third reviewer who says same or different.",
    )


def _state(counting: Iterable[ReviewDecision]) -> PairState:
    said: dict[str, set[str]] = {}
    for decision in counting:
        said.setdefault(decision.verdict, set()).add(decision.reviewer)
    if "different" in said:
        return "disputed" if "same" in said else "different"
    if "same" in said:
        return "same" if len(said["same"]) > 1 else "awaiting"
    return "unsure" if said else "open"


def _all_standing(book: _Book) -> dict[PairKey, PairStanding]:
    place = {one: i for i, one in enumerate(book.known)}
    return {
        (layer, pair): PairStanding(
            layer=layer, pair=pair, state=_state(counting.values()),
            decisions=tuple(sorted(counting.values(), key=lambda d: place[d.id])),
        )
        for (layer, pair), counting in book.counting.items()
    }  # fmt: skip


def _check(found: Mapping[PairKey, PairStanding]) -> None:
    """Refuse decisions that stand and contradict each other, naming those of the shortest path."""
    for layer in sorted({layer for layer, _ in found}):
        here = [s for s in found.values() if s.layer == layer]
        path = find_contradiction(
            [s.pair for s in here if s.state == "same"], [s.pair for s in here if s.state == "different"]
        )
        if path is None:
            continue
        ends: tuple[str, str] = (min(path[0], path[-1]), max(path[0], path[-1]))
        steps = [(min(a, b), max(a, b)) for a, b in pairwise(path)]
        ids = [d.id for pair in [*steps, ends] for d in found[layer, pair].decisions if d.verdict != "unsure"]
        raise LinkageError(
            f"decisions {', '.join(ids)} contradict each other: {' = '.join(path)}, but {ends[0]} and {ends[1]} were "
            "found different.",
            hint="Look at these pairs again; supersede one of the decisions, or dispute it by another verdict.",
        )
