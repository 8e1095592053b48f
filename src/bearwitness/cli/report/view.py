"""What the page and the terminal show of an assessment: families with their labels, numbered notes on passages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bearwitness.cli.figures import format_count, format_factor, format_share
from bearwitness.cli.strings import say, say_code
from bearwitness.model.assessment import Assessment, AttributeDisclosure, Change, HouseholdRisk
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, Language, Persona, PersonaId, Span
from bearwitness.model.series import DraftChanges
from bearwitness.release.report_document import is_releasable

# Bits from which a passage counts as helping a lot, helping, helping a little: 10, 3 and 1.1 times fewer families.
SEVERITY_BITS: Final = (math.log2(10), math.log2(3), math.log2(1.1))


# A sensitive claim that makes less of a difference than this to what is believed of whoever fits is not mentioned.
LEAST_TOLD: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How far one claim helps one adversary: households that fit without it and with it."""

    adversary: str
    before: float
    after: float

    @property
    def bits(self) -> float:
        """By how many halvings the crowd shrinks."""
        return math.log2(self.before / self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedClaim:
    """One claim of a note: the family it helps to find, how far, and how it would be said instead.

    ``checked`` tells a claim that adds next to nothing from one that no adversary can check at all. ``told`` is what a
    sensitive claim makes the adversary believe of whoever fits who learns most, ``leads_to`` how many uninvolved
    households a changed claim leads to.
    """

    claim: Claim
    family: str
    checked: bool
    effects: tuple[Effect, ...]
    change: Change | None
    told: AttributeDisclosure | None = None
    leads_to: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What one passage (or the same words in several places) gives away; ``severity`` 0 to 3."""

    number: int
    spans: tuple[Span, ...]
    claims: tuple[NotedClaim, ...]
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One household: its label and a row per adversary, the one with the highest risk named."""

    id: HouseholdId
    label: str
    rows: tuple[HouseholdRisk, ...]
    worst: HouseholdRisk

    @property
    def safe(self) -> bool:
        """Whether no adversary finds it beyond the limit."""
        return all(row.safe for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An assessment with all that is derived from it for showing."""

    assessment: Assessment
    language: Language
    safe: bool
    families: tuple[Family, ...]
    notes: tuple[Note, ...]

    @property
    def exposed(self) -> tuple[Family, ...]:
        """The families beyond the limit, the most exposed first."""
        found = [f for f in self.families if not f.safe]
        return tuple(sorted(found, key=lambda f: (-worst_upper(f.worst), f.worst.joined.candidates)))


def build_view(a: Assessment, language: Language) -> View:
    """Derive what is shown from an assessment.

    Parameters
    ----------
    a : Assessment
        What ``assess`` returns.
    language : {"en", "ko"}
        Language of the interface.
    """
    labels = _family_labels(a.personas, [h.household for h in a.households], language)
    return View(
        assessment=a,
        language=language,
        safe=is_releasable(a),
        families=_families(a.households, labels),
        notes=_notes(a, labels),
    )


def worst_upper(h: HouseholdRisk) -> float:
    """The upper bound that decides: the draft's own or the joined one, whichever is higher."""
    return max(h.alone.upper, h.joined.upper)


def _family_labels(
    personas: Iterable[Persona], households: Iterable[HouseholdId], language: Language
) -> dict[HouseholdId, str]:
    """A label per household: that of the person who left, else of the first shown; told apart where they are equal."""
    found: dict[HouseholdId, Persona] = {}
    for p in personas:
        known = found.get(p.household)
        if known is None or (p.stands_as == "left" and known.stands_as != "left"):
            found[p.household] = p
    labels = {home: say(language, "family", label=p.label or str(p.id)) for home, p in found.items()}
    labels |= {home: say(language, "family", label=home) for home in households if home not in labels}
    shown: dict[str, int] = {}
    for home, label in labels.items():
        shown[label] = shown.get(label, 0) + 1
        if shown[label] > 1:
            labels[home] = f"{label} ({shown[label]})"
    return labels


def _families(rows: Iterable[HouseholdRisk], labels: Mapping[HouseholdId, str]) -> tuple[Family, ...]:
    grouped: dict[HouseholdId, list[HouseholdRisk]] = {}
    for row in rows:
        grouped.setdefault(row.household, []).append(row)
    return tuple(
        Family(
            id=home,
            label=labels[home],
            rows=tuple(found),
            worst=max(found, key=lambda h: (worst_upper(h), -h.joined.candidates)),
        )
        for home, found in grouped.items()
    )


def _notes(a: Assessment, labels: Mapping[HouseholdId, str]) -> tuple[Note, ...]:
    """One note per set of spans, numbered in the order of the draft; claims no words make come last."""
    homes = {p.id: p.household for p in a.personas}
    changes = {c.claim: c for c in a.changes}
    grouped: dict[tuple[Span, ...], list[Claim]] = {}
    for claim in a.claims:
        grouped.setdefault(tuple(sorted(claim.spans, key=lambda s: (s.start, s.end))), []).append(claim)
    ordered = sorted(grouped.items(), key=lambda g: (not g[0], [(s.start, -s.end) for s in g[0]]))
    effects, checked = _effects(a, homes), {h.claim for h in a.helps}
    told: dict[ClaimId, AttributeDisclosure] = {}
    for d in a.disclosures:
        if d.after - d.before >= LEAST_TOLD and (d.claim not in told or d.after > told[d.claim].after):
            told[d.claim] = d
    misled = {claim: m.others for m in sorted(a.misled, key=lambda m: m.others) for claim in m.claims}
    notes: list[Note] = []
    for number, (spans, claims) in enumerate(ordered, start=1):
        noted = tuple(
            NotedClaim(
                claim=c,
                family=labels[homes[c.persona]],
                checked=c.id in checked,
                effects=effects.get(c.id, ()),
                change=changes.get(c.id),
                told=told.get(c.id),
                leads_to=misled.get(c.id, 0.0),
            )
            for c in claims
        )
        most = max((e.bits for n in noted for e in n.effects), default=0.0)
        notes.append(Note(number=number, spans=spans, claims=noted, severity=severity_of(most)))
    return tuple(notes)


def severity_of(bits: float) -> int:
    """0 hardly helps, 1 a little, 2 helps, 3 a lot."""
    return next((3 - i for i, least in enumerate(SEVERITY_BITS) if bits >= least - 1e-9), 0)


def _effects(a: Assessment, homes: Mapping[PersonaId, HouseholdId]) -> dict[ClaimId, tuple[Effect, ...]]:
    """By claim, the adversaries it helps, most helped first.

    Three measures, of which the largest counts: what leaving the claim out would give back, everything else staying;
    what it took away when it was added in the order of the draft; and what it takes away by itself. The first alone
    would call two claims that say the same (a sister; the sister's arrest) no help at all, and would call nothing a
    help where the rest already gives the family away.
    """
    added: dict[tuple[ClaimId, str], Effect] = {}
    joined: dict[tuple[HouseholdId, str], float] = {}
    for row in a.households:
        joined[row.household, row.adversary] = row.joined.candidates
        for before, step in pairwise(row.steps):
            added[step.claim, row.adversary] = Effect(
                adversary=row.adversary, before=before.candidates, after=max(step.candidates, 1.0)
            )
    of_claim = {c.id: homes[c.persona] for c in a.claims}
    found: dict[ClaimId, list[Effect]] = {}
    for h in a.helps:
        left = max(joined.get((of_claim[h.claim], h.adversary), 1.0), 1.0)
        spared = Effect(adversary=h.adversary, before=left * 2.0**h.bits, after=left)
        alone = Effect(adversary=h.adversary, before=h.alone_before, after=max(h.alone_after, 1.0))
        best = max(spared, added.get((h.claim, h.adversary), spared), alone, key=lambda e: e.bits)
        if severity_of(best.bits):
            found.setdefault(h.claim, []).append(best)
    return {claim: tuple(sorted(effects, key=lambda e: -e.bits)) for claim, effects in found.items()}


def adversary_name(language: Language, adversary: str, *, begins: bool = False) -> str:
    """What an adversary is called; with a capital where the name begins a sentence or a cell."""
    name = say_code(language, "adversary", adversary)
    return begin(name) if begins else name


def begin(words: str) -> str:
    """Words with a capital, to begin a sentence or a cell."""
    return words[:1].upper() + words[1:]


def further_words(noted: NotedClaim, language: Language) -> tuple[str, ...]:
    """What else there is to say of a claim: what it tells of whoever fits, whom it leads to if it was changed."""
    found = []
    if noted.told is not None:
        found.append(
            say(
                language, "told_of_all", adversary=adversary_name(language, noted.told.adversary, begins=True),
                before=format_share(noted.told.before), after=format_share(noted.told.after),
            )
        )  # fmt: skip
    if noted.claim.changed:
        count = format_count(noted.leads_to, language)
        found.append(say(language, "leads_to", count=noted.leads_to, n=count))
    return tuple(found)


def effect_words(effect: Effect, language: Language) -> str:
    """How far a claim helps one adversary, in words."""
    return say(
        language,
        "effect",
        adversary=adversary_name(language, effect.adversary, begins=True),
        factor=format_factor(effect.before / effect.after),
        before=format_count(effect.before, language),
        after=format_count(effect.after, language),
    )


def group_changes(a: Assessment | DraftChanges) -> tuple[Change, ...]:
    """The changes in their order; claims that the same words make and that change together count once."""
    grouped: dict[tuple[int, int, str], Change] = {}
    for c in a.changes:
        key = (c.start, c.end, c.instead)
        known = grouped.get(key, c)
        before, after = max(known.risk_before, c.risk_before), min(known.risk_after, c.risk_after)
        grouped[key] = replace(known, risk_before=before, risk_after=after)
    return tuple(grouped.values())


def costliest_rows(view: View) -> dict[str, list[tuple[str, HouseholdRisk]]]:
    """By earlier release: the families and adversaries it costs most, where joining really leaves fewer families."""
    found: dict[str, list[tuple[str, HouseholdRisk]]] = {}
    for family in view.families:
        for row in family.rows:
            if row.costliest_release and row.joined.candidates < row.alone.candidates:
                found.setdefault(row.costliest_release, []).append((family.label, row))
    return found
