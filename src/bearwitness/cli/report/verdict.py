"""The verdict in sentences: why, what to do next, and what the figures rest on; the same on the page and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bearwitness.cli.figures import format_count, format_share, speak_share
from bearwitness.cli.reasons import say_reason
from bearwitness.cli.report.view import View, adversary_name, group_changes, worst_upper
from bearwitness.cli.strings import say, say_code

# Enough of the ledger's hash to tell two states apart by eye; the whole of it is in the JSON document.
_SHOWN_OF_HEAD: Final = 12


def explain_verdict(view: View) -> tuple[str, ...]:
    """Why the draft is, or is not, safe; most important first."""
    a, language, limit = view.assessment, view.language, format_share(view.assessment.threshold)
    if view.safe:
        if not view.families:
            return (say(language, "lead_nobody"),)
        upper = max(worst_upper(f.worst) for f in view.families)
        return (say(language, "lead_safe", limit=limit, upper=speak_share(upper, language, limit=a.threshold)),)
    found = []
    if view.exposed:
        worst = view.exposed[0]
        candidates, n = min(worst.worst.joined.candidates, worst.worst.alone.candidates), len(view.families)
        found.append(say(language, "lead_found", count=n, n=len(view.exposed), all=n))
        found.append(
            say(
                language,
                "lead_worst",
                count=candidates,
                family=worst.label,
                adversary=adversary_name(language, worst.worst.adversary, begins=True),
                candidates=format_count(candidates, language),
                upper=speak_share(worst_upper(worst.worst), language, limit=a.threshold),
                limit=limit,
            )
        )
    if a.unresolved:
        n = len(a.unresolved)
        found.append(say(language, "lead_unresolved", count=n, n=n))
    if a.consent_gaps:
        n = len({g.person for g in a.consent_gaps})
        found.append(say(language, "lead_consent", count=n, n=n))
    return tuple(found) or (say(language, "lead_verdict"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure of the verdict with its words; ``counts`` where it speaks against the draft."""

    key: str
    value: str
    words: str
    count: int
    counts: bool


def list_facts(view: View) -> tuple[Fact, ...]:
    """The figures that belong to the verdict: families at risk, the highest risk, what is to change and to decide."""
    a, language, limit, n = view.assessment, view.language, view.assessment.threshold, len(view.families)
    facts = []
    if n:
        upper = max(worst_upper(f.worst) for f in view.families)
        for key, value, words, counts in (
            ("fact_families", say(language, "of", n=len(view.exposed), all=n), "", bool(view.exposed)),
            ("fact_upper", format_share(upper, limit=limit), format_share(limit), upper > limit),
        ):
            facts.append(Fact(key=key, value=value, words=say(language, key, limit=words), count=n, counts=counts))
    for key, count in (
        ("fact_changes", len(group_changes(a))),
        ("fact_unresolved", len(a.unresolved)),
        ("fact_consent", len(a.consent_gaps)),
    ):
        words = say(language, key, count=count)
        facts.append(Fact(key=key, value=str(count), words=words, count=count, counts=count > 0))
    return tuple(facts)


def list_consent_gaps(view: View) -> tuple[tuple[str, str, str], ...]:
    """Persons whose consent does not cover the draft: how they are shown, their id in the record, and why."""
    labels = {p.person: p.label for p in view.assessment.personas if p.person and p.label}
    return tuple(
        (labels.get(g.person, g.person), g.person, say_reason(view.language, g.why))
        for g in view.assessment.consent_gaps
    )


def list_next_steps(view: View) -> tuple[str, ...]:
    """What an editor does now, in order."""
    a, language = view.assessment, view.language
    steps = []
    n = len(group_changes(a))
    if not a.possible:
        families = ", ".join(f.label for f in view.exposed) or say(language, "draft")
        steps.append(say(language, "next_impossible", families=families))
    elif n:
        changes, them = say(language, "changes_word", count=n), say(language, "them", count=n)
        steps.append(say(language, "next_changes", n=n, changes=changes, them=them))
    if a.unresolved:
        open_count = len(a.unresolved)
        words = say(language, "passages_word", count=open_count)
        steps.append(say(language, "next_unresolved", n=open_count, passages=words))
    if a.consent_gaps:
        people = len({g.person for g in a.consent_gaps})
        steps.append(say(language, "next_consent", n=people, people=say(language, "people_word", count=people)))
    return tuple(steps) or (say(language, "next_none" if view.safe else "next_look"),)


def explain_basis(view: View) -> tuple[str, ...]:
    """What the figures rest on and what is only assumed."""
    a, language = view.assessment, view.language
    found = []
    if a.households:
        frames = dict.fromkeys(say_code(language, "frame", h.frame) for h in a.households)
        capacities = {h.adversary: h.capacity for h in a.households}
        found.append(say(language, "rests_frames", frames=", ".join(frames)))
        items = [
            say(
                language,
                "rests_capacity_item",
                adversary=adversary_name(language, adversary),
                n=f"{capacity:,}",
                families=say(language, "families_word", count=capacity),
            )
            for adversary, capacity in capacities.items()
        ]
        found.append(say(language, "rests_capacity", capacities=", ".join(items)))
    found.append(say(language, "rests_text"))
    head = a.ledger_head[:_SHOWN_OF_HEAD]
    ledger = say(language, "rests_ledger", head=head) if a.ledger_head else say(language, "rests_no_ledger")
    return (*found, ledger)
