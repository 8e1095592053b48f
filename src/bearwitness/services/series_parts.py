"""The drafts of a series as they are read: each by itself, and under names that no other draft has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from bearwitness.disclosure.series import place_in_series
from bearwitness.errors import BearwitnessError, CaseError
from bearwitness.model.assessment import Assessment, Edit
from bearwitness.model.claims import Claim, Reading
from bearwitness.model.records import Case
from bearwitness.services.workbench import Workbench
from bearwitness.text.carried import carry_over
from bearwitness.text.normalise import normalise
from bearwitness.text.record_edited import locate_quote

# What stands between two drafts of the series' one text.
BETWEEN: Final = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One draft of a series: its reading under its own names, the same and what is judged of it under the series'.

    ``found`` is its assessment by itself; ``at`` where its text begins in that of the series.
    """

    number: int
    at: int
    reading: Reading
    found: Assessment
    placed: Reading
    judged: Reading


@contextmanager
def of_draft(number: int) -> Iterator[None]:
    """Let whatever goes wrong with one draft name it."""
    try:
        yield
    except BearwitnessError as error:
        where = f"draft {number}: {error.where}" if error.where else f"draft {number}"
        raise type(error)(error.message, hint=error.hint, where=where) from None


class Before(NamedTuple):
    """What a changed draft was: its reading then, and all that was changed since, at once."""

    reading: Reading
    edits: tuple[Edit, ...]


def read_parts(
    bench: Workbench, drafts: Sequence[str], *, today: date | None = None, before: Sequence[Before] = (),
    edited: Sequence[tuple[Claim, ...]] = (),
) -> list[Part]:  # fmt: skip
    """Each draft as the workbench reads and judges it, and as a part of the series.

    Parameters
    ----------
    bench : Workbench
        Record, ledger, policy and decisions.
    drafts : sequence of str
        The texts, in their order.
    today : date, optional
        The day of publication where the policy names none.
    before : sequence of Before
        Of changed drafts what each was: whom it still shows is known from there. Empty for drafts as written.
    edited : sequence of tuple of Claim
        Of changed drafts what an editor's claims say of each now. Empty for drafts as written.

    Raises
    ------
    BearwitnessError
        As ``assess``, with the number of the draft; CaseError for a claim of the case whose words no draft has.
    """
    parts: list[Part] = []
    at = 0
    own_claims = edited or edited_claims(bench.case, drafts)
    for number, (draft, claims) in enumerate(zip(drafts, own_claims, strict=True), 1):
        own = bench
        if bench.prepared is not None and claims != bench.prepared.case.claims:
            case = replace(bench.prepared.case, claims=claims)
            own = replace(bench, prepared=replace(bench.prepared, case=case))
        with of_draft(number):
            reading = own.read(draft, today=today)
            if before:
                reading = carry_over(before[number - 1].reading, reading, before[number - 1].edits)
            found = own.assess_reading(draft, reading, today=today)
        judged = replace(reading, claims=found.claims)
        parts.append(Part(
            number=number, at=at, reading=reading, found=found, placed=place_in_series(reading, number, at, bench.case),
            judged=place_in_series(judged, number, at, bench.case),
        ))  # fmt: skip
        at += len(draft) + len(BETWEEN)
    return parts


def edited_claims(case: Case | None, drafts: Sequence[str]) -> list[tuple[Claim, ...]]:
    """Of the claims that an editor wrote, those of each draft: with the words that it has, or with no words at all.

    Raises
    ------
    CaseError
        For a claim whose words no draft has.
    """
    texts = [normalise(draft).text for draft in drafts]
    found: list[tuple[Claim, ...]] = [() for _ in drafts]
    for claim in case.claims if case else ():
        quoted = [tuple(s for s in claim.spans if locate_quote(text, s.quote)) for text in texts]
        if set(claim.spans).difference(*quoted):
            raise CaseError(
                f"claim {claim.id} quotes words that no draft has.",
                hint="Write the words as they stand in a draft, or take the claim out of the case file.",
            )
        found = [
            (*known, replace(claim, spans=spans)) if spans or not claim.spans else known
            for known, spans in zip(found, quoted, strict=True)
        ]
    return found
