"""The review queue of a case: two records side by side, a decision with its reason, and only then the score.

Blindness: what others said of a pair is not shown to whoever has not said "same" or "different" of it themselves, in no
answer and by no order, as long as it does not stand. So "the same" is said by two who judged alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.errors import LinkageError, RecordError
from bearwitness.linkage.standing import PairStanding, PairState, check_decision
from bearwitness.model.review import Layer, ReviewDecision, Verdict
from bearwitness.services.review_engine import Engine
from bearwitness.services.review_facts import ReviewDesk, open_review
from bearwitness.services.review_pairs import candidate_pairs, is_judged_twice, waiting
from bearwitness.services.review_views import PairView, view_pair
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.rows import CONTENT, Change, Compartment
from bearwitness.vault.slots import new_id
from bearwitness.vault.trail import Act

Answer = Literal["same", "different", "unsure"]
# Who is who is told by names; whether two accounts are of one act also by place, day and kind.
NEEDS: Final[dict[Layer, tuple[Compartment, ...]]] = {"act": CONTENT, "person": ("identity", "content")}
_OPPOSITE: Final = {"same": "different", "different": "same"}
_STANDS: Final = frozenset({"same", "different"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that was stored, the score that was hidden until then, and how the pair stands now.

    ``probability``: that both are of one act, or one person; ``household``: that both are of one household. None where
    the two have nothing in common that could be compared. ``stands`` is empty as long as this reviewer is not to know
    what others said.
    """

    id: str
    one: str
    other: str
    verdict: str
    probability: float | None
    household: float | None
    stands: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision as a reviewer may see it; ``counts``: whether none supersedes it."""

    id: str
    layer: str
    one: str
    other: str
    verdict: str
    reviewer: str
    reason: str
    at: str
    supersedes: str
    counts: bool
    stands: str


def next_pair(
    vault: Unlocked, name: str, layer: Layer = "act", *, engine: Engine = "plain"
) -> PairView | None:
    """The pair that a decision of this member's would settle most by, without its score; leaves an entry.

    Parameters
    ----------
    vault, name
        The vault, and the case.
    layer : "act" or "person"
        Whether two accounts are of one act, or two records of one person.
    engine : "plain", "duckdb" or "spark"
        What scores the pairs; it changes how long it takes, not what is found.

    Returns
    -------
    PairView or None
        None where nothing waits for this member.
    """
    desk = open_review(vault, name, needs=needs_of(layer))
    queue = waiting(desk, layer, vault.member, engine)
    first = queue[0] if queue else None
    # Nor does the trail tell a second reviewer which pair the first one looked at before deciding.
    vault.record(Act(action="review.look", case=desk.opened.id), case=desk.opened)
    if first is None:
        return None
    return view_pair(
        desk.case, layer, first, waiting=len(queue), names_seen="identity" in desk.opened.compartments
    )


def decide(
    vault: Unlocked, name: str, pair: tuple[str, str], verdict: Answer, *, reason: str, layer: Layer = "act",
    engine: Engine = "plain",
) -> Decided:
    """Say whether two records are of one thing; what this member said of them before is superseded.

    Where two others dispute the pair, a third who says "same" or "different" settles it.

    Parameters
    ----------
    vault, name
        The vault, and the case.
    pair : (str, str)
        The ids of the two.
    verdict : "same", "different" or "unsure"
    reason : str
        Why, in a few words; it is content of the case.
    layer : "act" or "person"
    engine : "plain", "duckdb" or "spark"
        What scores the pairs.

    Returns
    -------
    Decided
        With the score that was hidden.

    Raises
    ------
    RecordError
        If the case has no such record, or somebody else decided at the same moment.
    LinkageError
        Without a reason, or if it says again what they said, or contradicts what stands: all decisions are named.
    """
    desk = open_review(vault, name, needs=needs_of(layer))
    act = Act(action="review.decide", case=desk.opened.id)
    with vault.refusing(act, case=desk.opened):
        vault.check_may_write(desk.opened)
        if not set(pair) <= desk.ids(layer):
            raise RecordError(f"there is no such {layer}.", hint="See all with bearwitness case show.")
        new = _new_decisions(desk, pair, verdict, reason, layer)
    return _store(desk, act, new, engine)


def undo(
    vault: Unlocked, name: str, decision: str, *, reason: str, engine: Engine = "plain"
) -> Decided:
    """Take back a decision of one's own, by a later one; both stay.

    Raises
    ------
    RecordError
        If this member has no such decision.
    LinkageError
        If it does not count any more, or what then stands again contradicts the rest.
    """
    desk = open_review(vault, name)
    act = Act(action="review.undo", case=desk.opened.id)
    with vault.refusing(act, case=desk.opened):
        vault.check_may_write(desk.opened)
        old = next((d for d in desk.decisions if d.id == decision and d.reviewer == vault.member), None)
        if old is None:
            raise RecordError("there is no such decision of yours.", hint="See yours with bearwitness review list.")
        new = _decision(vault, old.pair, "withdrawn", reason, old.layer, old.id)
        check_decision(new, desk.decisions)
    return _store(desk, act, [new], engine)


def list_decisions(vault: Unlocked, name: str) -> tuple[DecisionView, ...]:
    """The decisions of a case that this member may see, in the order in which they were made; leaves an entry."""
    desk = open_review(vault, name)
    superseded = {d.supersedes for d in desk.decisions}
    found = []
    for d in desk.decisions:
        stands = _find(desk, d)
        if not desk.opened.compartments >= set(NEEDS.get(d.layer, NEEDS["person"])):
            continue
        if d.reviewer == vault.member or _may_see(desk, d.layer, d.pair):
            found.append(DecisionView(
                id=d.id, layer=d.layer, one=d.pair[0], other=d.pair[1], verdict=d.verdict, reviewer=d.reviewer,
                reason=d.reason, at=d.at, supersedes=d.supersedes or "",
                counts=d.id not in superseded and d.verdict != "withdrawn", stands=_shown(desk, stands),
            ))  # fmt: skip
    vault.record(Act(action="review.list", case=desk.opened.id), case=desk.opened)
    return tuple(found)


def needs_of(layer: Layer) -> tuple[Compartment, ...]:
    """The compartments without which a layer is not reviewed."""
    if layer not in NEEDS:
        raise ValueError(f"{layer} is not reviewed")
    return NEEDS[layer]


def _new_decisions(
    desk: ReviewDesk, pair: tuple[str, str], verdict: Answer, reason: str, layer: Layer
) -> list[ReviewDecision]:
    """The decision, or the several that it takes for a third to settle a dispute; all checked."""
    vault = desk.vault
    stands = desk.standing.get((layer, (min(pair), max(pair))))
    counting = stands.decisions if stands is not None else ()
    mine = [d for d in counting if d.reviewer == vault.member]
    if any(d.verdict == verdict for d in mine):
        raise LinkageError(
            f"decision {mine[0].id} of yours says so already.", hint="Undo it, or give another verdict."
        )
    steps: list[tuple[Verdict, str | None]] = [(verdict, d.id) for d in mine[:1]]
    if not mine and stands is not None and stands.state == "disputed" and not _is_party(desk, stands):
        steps = [(verdict, d.id) for d in counting if d.verdict == _OPPOSITE.get(verdict)]
    # Whoever settled a dispute overruled several at once, and takes all but one back before they change their mind.
    steps = [*(("withdrawn", d.id) for d in mine[1:]), *steps]
    new: list[ReviewDecision] = []
    for said, old in steps or [(verdict, None)]:
        made = _decision(vault, pair, said, reason, layer, old)
        check_decision(made, [*desk.decisions, *new])
        new.append(made)
    return new


def _decision(
    vault: Unlocked, pair: tuple[str, str], verdict: Verdict, reason: str, layer: Layer, supersedes: str | None
) -> ReviewDecision:
    return ReviewDecision(
        id=new_id("r"), layer=layer, pair=pair, verdict=verdict, reviewer=vault.member, reason=reason, at=vault.now(),
        supersedes=supersedes,
    )  # fmt: skip


def _store(desk: ReviewDesk, act: Act, new: list[ReviewDecision], engine: Engine) -> Decided:
    """Write decisions with their entry, and tell what was hidden until then."""
    vault, last = desk.vault, new[-1]
    score = candidate_pairs(desk, last.layer, engine).get(last.pair)
    keys = vault.unit_keys(desk.opened)
    # The entry names the decision and not the pair or the verdict: a second reviewer may read the trail.
    step = Act(action=act.action, case=act.case, things={"decisions": [d.id for d in new]})
    change = Change(records=desk.decision_rows(new, keys), unit_keys=keys.made)
    vault.record(step, change, case=desk.opened)
    after = open_review(vault, desk.opened.id)
    stands = _find(after, last)
    others = [d for d in stands.decisions if d.reviewer != vault.member]
    seen = _may_see(after, last.layer, last.pair)
    return Decided(
        id=last.id, one=last.pair[0], other=last.pair[1], verdict=last.verdict,
        probability=score.probability if score else None, household=score.household if score else None,
        stands=_shown(after, stands),
        others=tuple(f"{d.reviewer}: {d.verdict}" for d in others) if seen else (),
    )  # fmt: skip


def _find(desk: ReviewDesk, decision: ReviewDecision) -> PairStanding:
    return desk.standing[decision.layer, decision.pair]


def _may_see(desk: ReviewDesk, layer: Layer, pair: tuple[str, str]) -> bool:
    """Whether a reviewer may know what others said of a pair."""
    stands = desk.standing[layer, pair]
    if stands.state == "same" or (stands.state == "different" and not is_judged_twice(desk, layer, pair)):
        return True
    return any(
        d.reviewer == desk.vault.member and d.verdict in _STANDS
        for d in desk.decisions if (d.layer, d.pair) == (layer, pair)
    )  # fmt: skip


def _shown(desk: ReviewDesk, stands: PairStanding) -> PairState | Literal[""]:
    return stands.state if _may_see(desk, stands.layer, stands.pair) else ""


def _is_party(desk: ReviewDesk, stands: PairStanding) -> bool:
    mine: Iterable[ReviewDecision] = (d for d in desk.decisions if d.reviewer == desk.vault.member)
    return any((d.layer, d.pair) == (stands.layer, stands.pair) and d.supersedes is None for d in mine)
