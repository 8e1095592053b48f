"""Court cases: what a redaction takes out with a full record, half of one, and none, and how much has to be decided."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date

from court_cases import Document, entities_of, find_file, read_cases, score
from court_persons import count_found
from measuring import record

from bearwitness.model.publication import Decision, Decisions, ProtectedRole
from bearwitness.services.recorded_forms import find_recorded
from bearwitness.services.world import load_world
from bearwitness.text.reading import read_draft
from bearwitness.text.redaction import find_holes

DAY = date(2026, 1, 1)
ROLES: dict[str, ProtectedRole] = {
    "PERSON": "person", "LOC": "place", "ORG": "organisation", "DATETIME": "date", "CODE": "code",
    "QUANTITY": "quantity", "DEM": "description", "MISC": "other",
}  # fmt: skip


def longest_forms(case: Document, *, half: bool = False) -> Decisions:
    """The record of a case: the longest form of every marked entity, or of half of them, chosen by a hash."""
    forms: dict[str, Decision] = {}
    for (entity, _), mentions in entities_of(case).items():
        if half and hashlib.sha256(entity.encode()).digest()[0] % 2:
            continue
        longest = max(mentions, key=lambda m: len(m["span_text"]))
        role = ROLES[longest["entity_type"]]
        form = longest["span_text"]
        forms.setdefault(form.casefold(), Decision(form=form, kind="protected", reason="", signer="", role=role))
    return Decisions(decisions=tuple(forms.values()))


def holes_of(case: Document, decisions: Decisions) -> Iterator[tuple[int, int]]:
    """What redact takes out of a case."""
    text = case["text"]
    reading = read_draft(text, world=load_world(), decisions=decisions, published=DAY)
    for hole in find_holes(text, reading, find_recorded(text, None, decisions)):
        yield hole.start, hole.end


def found_of(case: Document) -> Iterator[tuple[int, int]]:
    """Every passage of a case that is a claim, a name of somebody shown, or undecided."""
    reading = read_draft(case["text"], world=load_world(), published=DAY)
    spans = [
        *(s for c in reading.claims for s in c.spans), *(u.span for u in reading.unresolved),
        *(s for p in reading.personas for s in p.names),
    ]  # fmt: skip
    return ((s.start, s.end) for s in spans)


def forms_a_thousand_words(cases: list[Document]) -> float:
    """Distinct forms that an editor has to decide, for each 1,000 words, without a record."""
    forms = words = 0
    for case in cases:
        reading = read_draft(case["text"], world=load_world(), published=DAY)
        forms += len({u.form for u in reading.unresolved})
        words += len(case["text"].split())
    return 1000 * forms / words


def records(cases: list[Document]) -> None:
    """The three rows of the table: full record, half a record, none."""
    full = score(cases, lambda c: holes_of(c, longest_forms(c)))
    half = score(cases, lambda c: holes_of(c, longest_forms(c, half=True)))
    none = score(cases, lambda c: holes_of(c, Decisions()))
    forms = forms_a_thousand_words(cases)
    record(
        "court_cases_full", what="court cases, record from the gold: DIRECT / QUASI entity recall, token precision",
        asked="1.000 / 0.997, over 0.70",
        measured=f"{full.recall('DIRECT'):.3f} / {full.recall('QUASI'):.3f}, {full.precision:.3f}",
        reached=full.recall("DIRECT") == 1 and full.recall("QUASI") >= 0.997 and full.precision > 0.70,
    )  # fmt: skip
    record(
        "court_cases_half", what="court cases, half of the record: DIRECT / QUASI entity recall", asked="0.997 / 0.94",
        measured=f"{half.recall('DIRECT'):.3f} / {half.recall('QUASI'):.3f}",
        reached=half.recall("DIRECT") >= 0.997 and half.recall("QUASI") >= 0.94,
    )  # fmt: skip
    record(
        "court_cases_none",
        what="court cases, no record: DIRECT / QUASI entity recall, forms to decide per 1,000 words",
        asked="0.995 / 0.90, at most 90",
        measured=f"{none.recall('DIRECT'):.3f} / {none.recall('QUASI'):.3f}, {forms:.0f}",
        reached=none.recall("DIRECT") >= 0.995 and none.recall("QUASI") >= 0.90 and forms <= 90,
    )  # fmt: skip


def persons(cases: list[Document]) -> None:
    """What can be inferred of each person, without a record."""
    tally = count_found(cases, found_of)
    share = (tally["stated"] + tally["inferred"]) / tally["all"]
    stated = tally["all"] - tally["not_stated"]
    record(
        "court_cases_persons",
        what="court cases, attributes of persons (certainty 3 and more) found as a claim or undecided",
        asked="at least 0.95",
        measured=f"{share:.3f} ({tally['stated']} of {stated} stated,"
        f" {tally['inferred']} of {tally['not_stated']} inferred)",
        reached=share >= 0.95,
    )  # fmt: skip


if __name__ == "__main__":
    place = find_file()
    if place is None:
        print("skipped: the court cases are not beside the project")
        sys.exit(0)
    cases = read_cases(place, sys.argv[1] if len(sys.argv) > 1 else "dev")
    records(cases)
    persons(cases)
