"""The document that ``assess --json`` prints: an assessment as plain dictionaries, lists, strings and numbers."""

from __future__ import annotations

import math
from datetime import date

from bearwitness.model.assessment import Assessment, HouseholdRisk, Risk
from bearwitness.model.claims import Claim, Persona, Span
from bearwitness.model.values import Codes, Days, NoneOf, ValueSet

Document = dict[str, object]


def is_releasable(a: Assessment) -> bool:
    """Whether nothing at all speaks against the draft.

    The verdict of the assessment, and fail-closed: a household over the threshold or a passage that nobody accounts
    for makes a draft unsafe whatever the verdict says.
    """
    return a.safe and not a.unresolved and all(h.safe for h in a.households)


def assessment_document(a: Assessment) -> Document:
    """The assessment in the terms of the interface contract, ready for ``json.dumps``.

    Offsets count code points of the draft, the end excluded. A claim's ``start``, ``end`` and ``quote`` are those of
    its first span (None, None and "" for a claim that no words of the draft make), ``spans`` has all of them. Risks
    are probabilities, ``candidates`` and ``bystanders`` are households, ``bits`` and ``cost`` are bits. A number that
    is not finite is None, since JSON has no word for it.

    Parameters
    ----------
    a : Assessment
        What ``assess`` returns.

    Returns
    -------
    dict
        Keys in a fixed order; the draft itself is not repeated.
    """
    return {
        "bearwitness": 1,
        "safe": is_releasable(a),
        "threshold": a.threshold,
        "language": a.language,
        "personas": [_persona(p) for p in a.personas],
        "claims": [_claim(c) for c in a.claims],
        "households": [_household(h) for h in a.households],
        "helps": [
            {
                "claim": h.claim, "adversary": h.adversary, "bits": _number(h.bits),
                "alone_before": _number(h.alone_before), "alone_after": _number(h.alone_after),
            }
            for h in a.helps
        ],
        "changes": [
            {
                "claim": c.claim, "start": c.start, "end": c.end, "quote": c.quote, "instead": c.instead,
                "level": c.level, "risk_before": _number(c.risk_before), "risk_after": _number(c.risk_after),
                "cost": _number(c.cost),
            }
            for c in a.changes
        ],
        "edits": [{"start": e.start, "end": e.end, "instead": e.instead} for e in a.edits],
        "optimal": a.optimal,
        "possible": a.possible,
        "cost": _number(a.cost),
        "alternatives": [
            {"cost": _number(o.cost), "changes": [{"claim": claim, "level": level} for claim, level in o.changes]}
            for o in a.alternatives
        ],
        "unresolved": [{**_span(u.span), "form": u.form, "why": u.why} for u in a.unresolved],
        "consent_gaps": [{"person": g.person, "why": g.why} for g in a.consent_gaps],
        "ledger_head": a.ledger_head,
        "notes": list(a.notes),
        "disclosures": [
            {
                "household": d.household, "adversary": d.adversary, "claim": d.claim, "before": _number(d.before),
                "after": _number(d.after),
            }
            for d in a.disclosures
        ],
        "misled": [
            {
                "household": m.household, "adversary": m.adversary, "claims": list(m.claims),
                "others": _number(m.others),
            }
            for m in a.misled
        ],
    }  # fmt: skip


def _persona(p: Persona) -> Document:
    return {
        "id": p.id,
        "label": p.label,
        "household": p.household,
        "person": p.person,
        "stands_as": p.stands_as,
        "kin": sorted(p.kin),
        "mentions": [_span(s) for s in p.mentions],
    }


def _claim(c: Claim) -> Document:
    first = c.spans[0] if c.spans else None
    return {
        "id": c.id,
        "persona": c.persona,
        "attribute": c.attribute,
        "says": c.says,
        "quote": first.quote if first else "",
        "start": first.start if first else None,
        "end": first.end if first else None,
        "origin": c.origin,
        "role": c.role,
        "about": c.about,
        "values": _values(c.values),
        "lag_days": c.lag_days,
        "trust": c.trust,
        "keep": c.keep,
        "changed": c.changed,
        "spans": [_span(s) for s in c.spans],
    }


def _household(h: HouseholdRisk) -> Document:
    return {
        "household": h.household,
        "adversary": h.adversary,
        "frame": h.frame,
        "capacity": h.capacity,
        "alone": _risk(h.alone),
        "joined": _risk(h.joined),
        "costliest_release": h.costliest_release,
        "flips_at_suspicion": None if h.flips_at_suspicion is None else _number(h.flips_at_suspicion),
        "bystanders": _number(h.bystanders),
        "steps": [{"claim": s.claim, "candidates": _number(s.candidates)} for s in h.steps],
        "safe": h.safe,
    }


def _risk(r: Risk) -> Document:
    return {"candidates": _number(r.candidates), "risk": _number(r.risk), "upper": _number(r.upper)}


def _span(s: Span) -> Document:
    return {"start": s.start, "end": s.end, "quote": s.quote}


def _values(values: ValueSet) -> list[object]:
    """Codes and paths as sorted strings; days as pairs of ISO dates, both included; what is absent as "no son"."""
    if isinstance(values, Days):
        return [[date.fromordinal(a).isoformat(), date.fromordinal(b).isoformat()] for a, b in values.spans]
    if isinstance(values, NoneOf):
        return [f"no {code}" for code in sorted(values.codes)]
    return [*sorted(values.codes if isinstance(values, Codes) else values.paths)]


def _number(value: float) -> float | None:
    # numpy scalars come out as plain floats, so that the document holds nothing json cannot write.
    return float(value) if math.isfinite(value) else None
