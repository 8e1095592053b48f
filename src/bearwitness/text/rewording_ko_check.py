"""Whether a changed Korean sentence still says what has to go, or lost what has to stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.claims import Claim
from bearwitness.model.values import Codes, Days, Paths, ValueSet, intersect_values, values_include
from bearwitness.text.dates import find_dates
from bearwitness.text.korean_terms import find_terms
from bearwitness.text.korean_values import find_numbers, find_occupations, find_places
from bearwitness.text.rewording_ko_people import Chosen
from bearwitness.text.rewording_ko_words import BROAD_ACT, BROAD_NOUN, act_kind

_NAMES: Final = frozenset({"name", "surname"})
_BY_TERM: Final = frozenset({"status", "trait", "kin", "sex"})
_BY_NUMBER: Final = frozenset({"birth", "count", "amount"})
_BY_DATE: Final = frozenset({"act_date", "departure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finders:
    """What says something in a sentence, with the forms of places and occupations."""

    places: Mapping[str, frozenset[str]]
    occupations: Mapping[str, frozenset[str]]
    published: date

    def find(self, text: str, attributes: frozenset[str]) -> Iterator[tuple[int, str, ValueSet]]:
        """Everything in a sentence that could say something of these attributes: where, which, what it allows."""
        for term in find_terms(text):
            if term.attribute in _BY_TERM:
                yield term.start, term.attribute, Codes(term.codes)
                if term.ego:
                    yield term.start, "sex", Codes(frozenset({term.ego}))
            elif term.attribute == "route":
                yield term.start, "route", Paths(term.codes)
            elif term.attribute == "act" and "detention" not in term.codes:
                yield term.start, "act", Codes(term.codes)
        if "home" in attributes:
            for place in find_places(text, self.places):
                yield place.start, "home", place.values
        if "occupation" in attributes:
            for work in find_occupations(text, self.occupations):
                yield work.start, "occupation", work.values
        if attributes & (_BY_NUMBER | _BY_DATE):
            yield from self._dates_and_numbers(text)

    def _dates_and_numbers(self, text: str) -> Iterator[tuple[int, str, ValueSet]]:
        dates = find_dates(text, language="ko", published=self.published)
        for number in find_numbers(text, dates, self.published):
            yield number.start, number.what, number.values
        for mention in dates:
            if mention.days is not None:
                for attribute in sorted(_BY_DATE):
                    yield mention.start, attribute, Days(mention.days.spans)


def leaks(
    was: str, written: str, changed: Sequence[tuple[Claim, int, int]], chosen: Chosen, finders: Finders
) -> bool:
    """Whether a sentence says more of a changed claim than its rung allows.

    Parameters
    ----------
    was, written : str
        The sentence before and after.
    changed : sequence of (Claim, int, int)
        Claims of the sentence that may not stay as they are, with their passages in ``was``. What ``was`` says
        elsewhere, of nobody or of somebody else, may stay.
    chosen : Chosen
        What each may still say.
    finders : Finders
        What says something.
    """
    if any(was[a:b] in written for c, a, b in changed if c.attribute in _NAMES):
        return True
    attributes = frozenset(c.attribute for c, _, _ in changed)
    spans = [(a, b) for _, a, b in changed]
    before = Counter(
        (attribute, values) for start, attribute, values in finders.find(was, attributes)
        if not any(a <= start < b for a, b in spans)
    )  # fmt: skip
    after = Counter((attribute, values) for _, attribute, values in finders.find(written, attributes))
    more = after - before
    claims = list({c.id: c for c, _, _ in changed}.values())
    return any(
        attribute == claim.attribute and _is_leak(values, claim, chosen.values(claim))
        for claim in claims for attribute, values in more
    )  # fmt: skip


def _is_leak(values: ValueSet, claim: Claim, allowed: ValueSet | None) -> bool:
    if type(values) is not type(claim.values) or intersect_values(values, claim.values).is_empty:
        return False
    return allowed is None or not values_include(values, allowed)


def strays(was: str, written: str, acts: Sequence[Claim], chosen: Chosen) -> bool:
    """Whether other words made a sentence say an act that it did not say before."""
    before = Counter(act_kind(t.codes) for t in find_terms(was) if t.attribute == "act")
    after = Counter(act_kind(t.codes) for t in find_terms(written) if t.attribute == "act")
    kept = {act_kind(v.codes) for c in acts if isinstance(v := chosen.values(c), Codes)}
    return any(kind not in kept for kind in after - before)


def loses(written: str, acts: Sequence[Claim], chosen: Chosen) -> bool:
    """Whether a sentence no longer says an act that has to stay."""
    said = {act_kind(term.codes) for term in find_terms(written) if term.attribute == "act"}
    if BROAD_NOUN in written:
        said.add(BROAD_ACT)
    kept = {act_kind(v.codes) for c in acts if isinstance(v := chosen.values(c), Codes)}
    return not kept <= said
