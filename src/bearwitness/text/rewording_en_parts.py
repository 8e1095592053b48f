"""What is to become of each passage of an English draft, by the claims it makes and the rungs chosen for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.model.assessment import Rung
from bearwitness.model.claims import DAY_ATTRIBUTES, Claim, ClaimId, Reading, Span
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Codes, Days, NoneOf, Paths
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.english_words import TITLES
from bearwitness.text.rewording_en_kin import PersonPart, is_kin_noun
from bearwitness.text.rewording_en_people import SEX_NOUNS
from bearwitness.text.rewording_en_sentence import Part
from bearwitness.text.rewording_en_words import birth_words, day_words, kin_word, place_words, term_words

_NAMES: Final = frozenset({"name", "surname"})
_PREPOSITION: Final = re.compile(
    r"\b(?:(?:on|in|during) the (?:night|morning|evening|afternoon|day|eve|week|month|spring|summer|autumn|winter) of"
    r"|on|in|at|during|since|from|by|around|about|before|after|until|till|late in|early in)(?: the)? $", re.I
)
# These say more than that something was then: what follows them stays a date without its own preposition.
_OWN: Final = frozenset(["since", "before", "after", "until", "till", "from", "by"])
# Ways of leaving that are said with the verb of leaving.
_GOING: Final = re.compile(
    r"(?:cross(?:ed|(ing))|waded|(wading)|swam|(swimming)|forded|sailed|(sailing)|flew|(flying)|walked|(walking)|went|came"
    r"|slipped)\b", re.I
)  # fmt: skip
_PRONOUNS: Final = frozenset(["she", "he", "her", "his", "him", "hers", "herself", "himself"])
_NO_NAMES: Final = _PRONOUNS | {"a", "an", "the", "one", "another", "i", "my", "me", "they", "their", "those"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A reading with what was chosen for its claims, and what the words for it need."""

    text: str
    reading: Reading
    rungs: Mapping[ClaimId, Rung]
    tree: PlaceTree
    vocabulary: Vocabulary
    published: date

    def rung(self, claim: Claim) -> Rung:
        """The rung of a claim; its own words where none was chosen."""
        return self.rungs.get(claim.id) or Rung(level="exact", values=claim.values)

    def is_changed(self, claim: Claim) -> bool:
        """Whether a claim is to be said less exactly.

        The sex of a relative goes with the word for the relative: "she" of "a sibling" would be somebody else.
        """
        if claim.attribute == "sex" and claim.about not in ("", claim.persona):
            return self.rung(claim).values != claim.values or self.has_vague_kin(claim.persona)
        return self.rung(claim).values != claim.values

    def has_vague_kin(self, persona: str) -> bool:
        """Whether a relative of somebody is to be said less exactly."""
        return any(
            c.attribute == "kin" and c.persona == persona and self.rung(c).values != c.values
            for c in self.reading.claims
        )

    def is_unsexed(self, persona: str, about: str) -> bool:
        """Whether the sex of somebody, told now, must not be told any more."""
        return any(
            c.attribute == "sex" and c.persona == persona and c.about == about and self.is_changed(c)
            for c in self.reading.claims
        )

    def noun(self, persona: str) -> str:
        """What somebody without a name may be called."""
        return "defector" if self.has_left(persona) else "person"

    def has_left(self, persona: str) -> bool:
        """Whether the draft says that somebody left, and may go on saying it."""
        left = [c for c in self.reading.claims if c.persona == persona and c.attribute == "status"]
        return bool(left) and all(self.rung(c).values is not None for c in left)

    def named(self) -> dict[str, str]:
        """The personas who are called by a name that stays."""
        claims = self.reading.claims
        changed = {c.persona for c in claims if c.attribute in _NAMES and not c.about and self.is_changed(c)}
        return {
            p.id: p.label for p in self.reading.personas
            if p.id not in changed and p.label[:1].isupper() and p.label.split()[0].lower() not in _NO_NAMES
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """All parts of a draft, and the passages that have to stay (acts) or may (other claims)."""

    parts: tuple[Part, ...]
    people: tuple[PersonPart, ...]
    must: tuple[tuple[int, int], ...]
    kept: tuple[tuple[int, int], ...]


def find_parts(chosen: Chosen) -> Wanted:
    """What is to become of each passage."""
    parts: dict[tuple[int, int, str, str], Part] = {}
    people: dict[tuple[int, int, str], PersonPart] = {}
    must: list[tuple[int, int]] = []
    kept: list[tuple[int, int]] = []
    for claim in chosen.reading.claims:
        rung = chosen.rung(claim)
        spans = [(s.start, s.end) for s in claim.spans]
        if claim.attribute == "act" and rung.values is not None and rung.level != "broad":
            must += spans
        elif not chosen.is_changed(claim):
            kept += spans
        if not chosen.is_changed(claim):
            continue
        for made in _of_claim(chosen, claim, rung):
            if isinstance(made, PersonPart):
                key = (made.start, made.end, made.what)
                # What a relative is called is for the claim of the relative to say, not for that of a sex.
                if key not in people or claim.attribute == "kin":
                    people[key] = made
            else:
                parts.setdefault((made.start, made.end, made.attribute, made.persona), made)
                if made.how == "say":
                    kept.append((made.start, made.end))
    return Wanted(
        parts=tuple(sorted(_distinct(parts.values()), key=lambda p: (p.start, p.end))),
        people=tuple(sorted(people.values(), key=lambda p: (p.start, p.end))), must=tuple(must), kept=tuple(kept),
    )  # fmt: skip


def _distinct(parts: Iterable[Part]) -> list[Part]:
    """Where claims of several personas change one passage, what says least of it."""
    found: dict[tuple[int, int, str], Part] = {}
    for part in parts:
        key = (part.start, part.end, part.attribute)
        if key not in found or part.how in ("drop", "clause"):
            found[key] = part
    return list(found.values())


def _of_claim(chosen: Chosen, claim: Claim, rung: Rung) -> Iterator[Part | PersonPart]:
    if isinstance(claim.values, NoneOf):
        # No vaguer word says less of what is not there ("has relatives" would say something else).
        for span in claim.spans:
            yield Part(start=span.start, end=span.end, how="clause", attribute=claim.attribute, persona=claim.persona)
    elif claim.attribute in _NAMES:
        word = _relative_word(chosen, claim) if claim.about and claim.about != claim.persona else ""
        first = min(
            (m.start for p in chosen.reading.personas if p.id == claim.persona for m in p.mentions
             if m.quote.lower() not in _PRONOUNS), default=0,
        )  # fmt: skip
        for span in claim.spans:
            yield PersonPart(start=span.start, end=span.end, what="name", persona=claim.persona, words=word,
                             relative=claim.about if word else "", first=span.start <= first)  # fmt: skip
    elif claim.attribute == "sex":
        for span in claim.spans:
            yield from _of_sex(chosen, claim, span)
    elif claim.attribute == "kin" or (claim.attribute == "act" and rung.values is not None and rung.level != "broad"):
        for span in claim.spans:
            yield from _of_kin(chosen, claim, rung, span)
    elif claim.attribute == "status":
        for span in claim.spans:
            noun = re.fullmatch(r"(?:defector|escapee|refugee|runaway)(s?)(?:-turned-[a-z]+)?", span.quote, re.I)
            if noun:
                yield PersonPart(start=span.start, end=span.end, what="noun", persona=claim.persona,
                                 words="people" if noun[1] else "person")  # fmt: skip
            else:
                yield _drop(claim, span)
    else:
        for span in claim.spans:
            yield _of_value(chosen, claim, rung, span)


def _drop(claim: Claim, span: Span) -> Part:
    how = "clause" if claim.attribute == "act" else "drop"
    return Part(start=span.start, end=span.end, how=how, attribute=claim.attribute, persona=claim.persona)  # type: ignore[arg-type]


def _relative_word(chosen: Chosen, claim: Claim) -> str:
    """What the relative that a claim is about may be called."""
    for other in chosen.reading.claims:
        if other.attribute == "kin" and other.persona == claim.persona and isinstance(other.values, Codes):
            values = chosen.rung(other).values
            if claim.about == "|".join(sorted(other.values.codes)) and isinstance(values, Codes):
                return kin_word(values.codes)
    return "relative"


def _of_sex(chosen: Chosen, claim: Claim, span: Span) -> Iterator[PersonPart]:
    quote = span.quote.lower().rstrip(".")
    about = bool(claim.about) and claim.about != claim.persona
    at = {"start": span.start, "end": span.end, "persona": claim.persona}
    if quote in _PRONOUNS:
        word = _relative_word(chosen, claim) if about else ""
        vague = chosen.has_vague_kin(claim.persona)
        yield PersonPart(**at, what="pronoun", words=word, relative="vague" if vague else "")  # type: ignore[arg-type]
    elif quote in TITLES:
        yield PersonPart(**at, what="title")  # type: ignore[arg-type]
    elif is_kin_noun(quote) and quote not in SEX_NOUNS:
        yield PersonPart(**at, what="kin", words="spouse", relative="spouse")  # type: ignore[arg-type]
    else:
        noun = "relative" if about else chosen.noun(claim.persona)
        yield PersonPart(**at, what="noun", words=noun)  # type: ignore[arg-type]


def _of_kin(chosen: Chosen, claim: Claim, rung: Rung, span: Span) -> Iterator[Part | PersonPart]:
    if not is_kin_noun(span.quote):
        if claim.attribute == "kin":
            yield _drop(claim, span)
        return
    word = kin_word(rung.values.codes) if isinstance(rung.values, Codes) else "relative"
    codes = "|".join(sorted(c.removeprefix("detention/") for c in claim.values.codes)) if isinstance(
        claim.values, Codes
    ) else ""  # fmt: skip
    yield PersonPart(
        start=span.start, end=span.end, what="kin", persona=claim.persona, words=word, relative=codes,
        unsexed=chosen.is_unsexed(claim.persona, ""),
    )  # fmt: skip


def _of_value(chosen: Chosen, claim: Claim, rung: Rung, span: Span) -> Part:
    words, start, values = "", span.start, rung.values
    if isinstance(values, Days):
        if claim.attribute == "birth":
            words = birth_words(values, rung.level, published=chosen.published)
        else:
            words = day_words(values, rung.level, quote=span.quote, published=chosen.published)
            start, words = _with_preposition(chosen.text, span.start, words)
            if words.startswith("between") and claim.attribute == "departure" and _begins(chosen.text, start):
                # Nothing tells a reader that such a date, before its verb, is that of leaving.
                words = ""
    elif values is None and claim.attribute in DAY_ATTRIBUTES and (
        whole := re.search(r"\b(?:on|in|during) the [a-z]+ of $", chosen.text[max(0, start - 30) : start])
    ):
        start -= len(whole.group())
    elif isinstance(values, Paths):
        if claim.attribute == "home":
            words = place_words(values, chosen.tree)
        else:
            words = term_words(claim.attribute, values, chosen.vocabulary)
    if claim.attribute == "route" and _GOING.match(span.quote):
        if not chosen.has_left(claim.persona):
            return _drop(claim, span)
        going = "leaving" if any(_GOING.match(span.quote).groups()) else "left"  # type: ignore[union-attr]
        words = f"{going} the country {words}".rstrip()
    if not words:
        return replace(_drop(claim, span), start=start, words=_left_over(chosen, claim))
    return Part(
        start=start, end=span.end, how="say", attribute=claim.attribute, words=words, persona=claim.persona
    )


def _left_over(chosen: Chosen, claim: Claim) -> str:
    """What stands for a place that somebody left or for a sum, where the verb needs something after it."""
    if claim.attribute == "home":
        return "the country" if chosen.has_left(claim.persona) else "home"
    sends = any(
        c.attribute == "trait" and c.persona == claim.persona and c.values == Codes(frozenset({"remittance"}))
        and chosen.rung(c).values is not None
        for c in chosen.reading.claims
    )
    return ("money" if sends else "a sum of money") if claim.attribute == "amount" else ""


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at a place."""
    return not text[:start].strip() or text[:start].rstrip(" \"'")[-1:] in ".!?:\n"


def _with_preposition(text: str, start: int, words: str) -> tuple[int, str]:
    """A date's words in the place of the old preposition too: "on 5 February" becomes "in early February"."""
    before = _PREPOSITION.search(text, max(0, start - 16), start)
    if before is None or not words:
        return start, words
    old = before.group().split()[0].lower()
    if old in _OWN:
        bare = words.removeprefix("on ").removeprefix("in ")
        return (start, bare) if not words.startswith("between") else (before.start(), words)
    return before.start(), words
