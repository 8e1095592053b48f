"""Rewrite a draft: make the least changes, read the result anew, and give it back only if it is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.errors import NotSafe
from bearwitness.model.assessment import Assessment, Edit
from bearwitness.model.claims import Claim
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.model.values import Codes
from bearwitness.services.workbench import Workbench, set_up
from bearwitness.services.world import load_ladders
from bearwitness.text.carried import carry_over
from bearwitness.text.editing import apply_edits, compose_edits
from bearwitness.text.normalise import normalise
from bearwitness.text.record_edited import locate_quote

# A changed draft is read anew; where the new wording says more than was planned, what is left is changed again.
MOST_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A changed draft that was assessed again and is safe; ``edits`` are those of each round, in turn."""

    text: str
    edits: tuple[tuple[Edit, ...], ...]
    before: Assessment
    after: Assessment
    rounds: int


def rewrite(
    draft: str,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Rewritten:
    """The draft with the least changes made, assessed again and safe.

    Parameters are those of ``assess``.

    Returns
    -------
    Rewritten
        The text, the assessments before and after, and how many rounds it took.

    Raises
    ------
    NotSafe
        If passages are unresolved, consent is missing, no wording is safe, or the changed draft, read anew, is
        still not safe. Nothing is returned then: there is no half-safe draft.
    """
    bench = set_up(case, ledger, policy, decisions)
    before = bench.read(draft, today=today)
    first = bench.assess_and_plan(draft, before, today=today)
    current, text = first, draft
    edits: list[tuple[Edit, ...]] = []
    for rounds in range(MOST_ROUNDS + 1):
        if current.safe:
            check_nothing_vanished(first, current)
            return Rewritten(text=text, edits=tuple(edits), before=first, after=current, rounds=rounds)
        refuse_what_no_wording_mends(current, rounds)
        changed = apply_edits(text, current.edits)
        if changed == text:
            break
        text = changed
        edits.append(current.edits)
        bench = with_claims_as_changed(bench, text, current)
        # Of whom the draft spoke is known, however little of them is left.
        reading = carry_over(before, bench.read(text, today=today), compose_edits(len(draft), edits))
        current = bench.assess_and_plan(text, reading, today=today)
    raise NotSafe(
        "the changed draft, read anew, is still not safe; nothing was written.",
        hint="Take out the passages of the households over the threshold by hand, then assess again.",
    )


def with_claims_as_changed(bench: Workbench, text: str, done: Assessment) -> Workbench:
    """The workbench for a changed draft: an editor's claim whose words are gone says what was put in their place.

    Parameters
    ----------
    bench : Workbench
        Of the draft before.
    text : str
        The changed draft.
    done : Assessment
        Whose changes were made. A claim that was left out is gone; one whose words went with those of another
        still counts as it was, without words.
    """
    if bench.prepared is None or not bench.prepared.case.claims:
        return bench
    case = replace(bench.prepared.case, claims=claims_as_changed(bench.prepared.case.claims, text, done))
    return replace(bench, prepared=replace(bench.prepared, case=case))


def claims_as_changed(edited: Sequence[Claim], text: str, done: Assessment) -> tuple[Claim, ...]:
    """An editor's claims of a changed draft; parameters and what becomes of each as :func:`with_claims_as_changed`."""
    normal, levels = normalise(text).text, {change.claim: change.level for change in done.changes}
    claims = []
    for claim in edited:
        left = tuple(s for s in claim.spans if locate_quote(normal, s.quote))
        if left or not claim.spans:
            claims.append(replace(claim, spans=left))
        elif levels.get(claim.id) != "none":
            rungs = {r.level: r.values for r in load_ladders().of(claim)}
            claims.append(replace(claim, values=rungs.get(levels.get(claim.id, "exact")) or claim.values, spans=()))
    return tuple(claims)


def check_nothing_vanished(first: Assessment, last: Assessment) -> None:
    """Refuse a changed draft whose own reading finds an act of fewer people than were to keep it.

    Words that stay in a text but are read as said of nobody would pass for safe.

    Parameters
    ----------
    first, last : Assessment
        Of the draft, with the changes that were planned, and of the changed draft.

    Raises
    ------
    NotSafe
        If so; names the ids of the claims.
    """
    dropped = {(change.start, change.end) for change in first.changes if change.level == "none"}
    kept = [
        c for c in first.claims if c.attribute == "act" and not any((s.start, s.end) in dropped for s in c.spans[:1])
    ]
    for kind in frozenset().union(*map(_kind, kept)):
        told = {c.persona for c in kept if _kind(c) == {kind}}
        read = {c.persona for c in last.claims if c.attribute == "act" and kind in _kind(c)}
        if len(read) < len(told):
            ids = ", ".join(sorted(str(c.id) for c in kept if _kind(c) == {kind}))
            raise NotSafe(
                f"the changed draft, read anew, shows the acts of claims {ids} of fewer people; nothing was written.",
                hint="Reword these passages by hand, then assess again.",
            )


def _kind(claim: Claim) -> frozenset[str]:
    """The kinds of act a claim allows, whoever suffered it."""
    codes = claim.values.codes if isinstance(claim.values, Codes) else frozenset()
    return frozenset(code.partition("/")[0] for code in codes)


def refuse_what_no_wording_mends(current: Assessment, rounds: int) -> None:
    """Refuse a draft that no change of its words makes safe.

    Parameters
    ----------
    current : Assessment
        Of the draft as it stands.
    rounds : int
        How often it has been changed.

    Raises
    ------
    NotSafe
        If passages are unresolved, consent is missing, or no wording is safe.
    """
    which = "the draft" if rounds == 0 else "the changed draft, read anew,"
    if current.unresolved:
        raise NotSafe(
            f"{which} has {len(current.unresolved)} passages that nobody accounts for; nothing was written.",
            hint="Run assess, decide each form in a decisions file, and give it with --decisions.",
        )
    if current.consent_gaps:
        people = ", ".join(str(g.person) for g in current.consent_gaps)
        hint_people = "Leave them out, or obtain consent and record it."
        if any(not g.why.startswith("could not be asked") for g in current.consent_gaps):
            raise NotSafe(f"{which} shows persons without consent: {people}; nothing was written.", hint=hint_people)
    if not current.possible:
        raise NotSafe(
            f"no wording of {'a passage' if rounds == 0 else 'a passage of the changed draft'} is safe while the "
            "policy keeps what it keeps; nothing was written.",
            hint="Drop the passage, or let the policy keep less.",
        )
