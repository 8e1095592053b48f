"""What of a record may be used for a purpose: what consent does not cover is left out, with all that points to it.

The rules (docs/explanation/consent.md), each taking the reading that protects:

- an account is used only where its teller agreed; an account that names somebody who is kept out is left out too;
- an act told only in accounts whose tellers did not agree is left out. One that rests on no account stays for the
  work inside; it leaves only where somebody to whom, or because of whom, it was done agreed themselves;
- who refused, or withdrew, is nowhere in what remains, nor is a teller without consent: no name, no link, no kin;
- somebody to whom nothing that remains refers is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from bearwitness.model.claims import PersonId
from bearwitness.model.records import Case, Testimony
from bearwitness.release.consent import DOCUMENTATION, check_purpose, consent_states, why_kept_out, why_not_covered
from bearwitness.release.left_out_names import Names
from bearwitness.release.pruning import drop_unreferenced, prune

RecordKind = Literal["testimony", "act", "person", "household", "consent", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """One thing of the record that was left out, by its id, and why."""

    id: str
    kind: RecordKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of a case may be used, and what was left out of it, in the order of the case."""

    case: Case
    withheld: tuple[Withheld, ...]


_USUAL: Final[Mapping[RecordKind, str]] = {
    "testimony": "its teller is left out",
    "act": "no account on which it rests may be used",
    "person": "nothing that may be used refers to them",
    "household": "nobody and nothing of it may be used",
    "consent": "it is of somebody who is left out",
    "claim": "it is about somebody or something that is left out",
}


def select_for(case: Case, purpose: str, on: date) -> Selection:
    """What of a case may be used for a purpose on a day.

    Parameters
    ----------
    case : Case
        The whole record, with its consents.
    purpose : str
        One of ``release.consent.PURPOSES``.
    on : date
        The day of the use.

    Returns
    -------
    Selection
        A case that passes ``check_case``; with more consent in force, never a smaller one. Whether a relative who
        cannot be asked may be shown is not decided here but by the assessment of what would leave.

    Raises
    ------
    UsageError
        If the purpose is not known.
    """
    check_purpose(purpose)
    states = consent_states(case)
    tellers = {t.teller for t in case.testimonies}
    kept_out = {p: why for p in states if (why := why_kept_out(states[p], purpose, on))}
    silent = {p: why for p in tellers if (why := why_not_covered(states.get(p, ()), purpose, on))}
    out = silent | kept_out
    names = _names_of(case, out)
    naming = {
        t.id: "its text names somebody who is left out"
        for t in case.testimonies
        if t.teller not in out and names and names.stand_in(t.text)
    }
    acts = _acts_left_out(case, out, kept_out)
    if purpose != DOCUMENTATION:
        agreed = {p for p in states if p not in out and not why_not_covered(states[p], purpose, on)}
        acts |= _acts_of_nobody(case, agreed)
    cut = prune(case, testimonies=naming, persons=out, acts=acts)
    cut = drop_unreferenced(case, cut, strictly=purpose != DOCUMENTATION)
    cut = _without_names(cut, names)
    told = {t.id: out[t.teller] for t in case.testimonies if t.teller in out}
    people = {str(p): why for p, why in out.items()}
    whys: dict[RecordKind, Mapping[str, str]] = {"testimony": naming | told, "act": acts, "person": people}
    return Selection(case=cut, withheld=tuple(_list_withheld(case, cut, whys)))


def _acts_left_out(case: Case, out: Collection[PersonId], kept_out: Collection[PersonId]) -> dict[str, str]:
    """Acts of which only those told who did not agree, and acts done only to people who are kept out."""
    tellers = _tellers_by_act(case.testimonies)
    found: dict[str, str] = {}
    for act in case.acts:
        told_by = tellers.get(act.id, set())
        if told_by and all(teller in out for teller in told_by):
            found[act.id] = _USUAL["act"]
        elif act.victims and all(victim in kept_out for victim in act.victims):
            found[act.id] = "everybody to whom it was done is left out"
    return found


def _acts_of_nobody(case: Case, agreed: Collection[PersonId]) -> dict[str, str]:
    """Acts that rest on no account, and were done neither to nor because of anybody who agreed."""
    told = {act for testimony in case.testimonies for act in testimony.acts}
    why = "it rests on no account, and nobody to whom it was done agreed"
    return {
        a.id: why
        for a in case.acts
        if a.id not in told and not any(p in agreed for p in (*a.victims, a.because_of))
    }


def _tellers_by_act(testimonies: Iterable[Testimony]) -> dict[str, set[PersonId]]:
    found: dict[str, set[PersonId]] = {}
    for testimony in testimonies:
        for act in testimony.acts:
            found.setdefault(act, set()).add(testimony.teller)
    return found


def _names_of(case: Case, persons: Collection[PersonId]) -> Names | None:
    """Every recorded name of some people; None where they have none."""
    found = {n.text for p in case.persons if p.id in persons for n in p.names}
    return Names(found) if found else None


def _without_names(case: Case, names: Names | None) -> Case:
    """The case without the labels and the editor's claims in which one of these names stands."""
    if names is None:
        return case

    def has_name(*texts: str) -> bool:
        return any(names.stand_in(text) for text in texts)

    households = tuple(replace(h, label="") if has_name(h.label) else h for h in case.households)
    claims = tuple(
        c for c in case.claims if not has_name(c.persona, c.says, str(c.values), *(s.quote for s in c.spans))
    )
    return replace(case, households=households, claims=claims)


def _list_withheld(
    before: Case, after: Case, whys: Mapping[RecordKind, Mapping[str, str]]
) -> Iterable[Withheld]:
    """Everything of one case that the other lacks."""
    tables: tuple[tuple[RecordKind, list[str], list[str]], ...] = (
        ("testimony", [t.id for t in before.testimonies], [t.id for t in after.testimonies]),
        ("act", [str(a.id) for a in before.acts], [str(a.id) for a in after.acts]),
        ("person", [str(p.id) for p in before.persons], [str(p.id) for p in after.persons]),
        ("household", [str(h.id) for h in before.households], [str(h.id) for h in after.households]),
        ("consent", [c.id for c in before.consents], [c.id for c in after.consents]),
        ("claim", [str(c.id) for c in before.claims], [str(c.id) for c in after.claims]),
    )
    for kind, had, has in tables:
        kept = set(has)
        for name in had:
            if name not in kept:
                yield Withheld(id=name, kind=kind, why=whys.get(kind, {}).get(name, _USUAL[kind]))
