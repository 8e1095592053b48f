"""What an editor decided about forms: public or ordinary ones are no longer in doubt, protected ones stay so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bearwitness.model.publication import Decisions
from bearwitness.text import rules_record
from bearwitness.text.normalise import normalise
from bearwitness.text.particles import split_particles
from bearwitness.text.scene import Doubt, Mention, Said

_PUT_IN_RECORD: Final = rules_record.PUT_IN_RECORD.why_en
_SAID_OF_WORD: Final = rules_record.SAID_OF_WORD.why_en
# A stem of fewer syllables is kept with a one-syllable particle: 은 of 김정은 is no particle.
FEWEST_SYLLABLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Decided forms in plain form: ``settled`` (public or ordinary), ``ordinary`` ones alone, and ``protected``."""

    settled: frozenset[str]
    ordinary: frozenset[str]
    protected: frozenset[str]


def plain_form(form: str) -> str:
    """A form as it is compared: normalised, in lower case, spaces single, without particles.

    Parameters
    ----------
    form : str
        As a decision or a doubt has it.

    Notes
    -----
    A particle of one syllable comes off only where three syllables stay, since it may end a short name.
    """
    folded = " ".join(normalise(form).text.casefold().split()).strip(".,;:!?\"'()[]")
    found = folded
    for stem, _ in split_particles(folded)[1:]:
        attached = found[len(stem) :]
        if _syllables(stem) >= (FEWEST_SYLLABLES if len(attached) == 1 else FEWEST_SYLLABLES - 1):
            found = stem
    return found


def _syllables(text: str) -> int:
    return sum("가" <= c <= "힣" for c in text)


def compile_decisions(decisions: Decisions) -> Decided:
    """The decisions by what they decide; a form decided both ways stays protected."""
    protected = {plain_form(d.form) for d in decisions.decisions if d.kind == "protected"} - {""}
    settled = {plain_form(d.form) for d in decisions.decisions if d.kind != "protected"} - {""}
    ordinary = {plain_form(d.form) for d in decisions.decisions if d.kind == "ordinary"} & settled
    return Decided(
        settled=frozenset(settled - protected), ordinary=frozenset(ordinary - protected), protected=frozenset(protected)
    )


def settle_doubts(doubts: Iterable[Doubt], decided: Decided) -> tuple[Doubt, ...]:
    """The doubts that remain; those decided protected say what to do next."""
    kept: list[Doubt] = []
    for doubt in doubts:
        form = plain_form(doubt.form)
        if form in decided.settled:
            continue
        kept.append(replace(doubt, why=_PUT_IN_RECORD) if form in decided.protected else doubt)
    return tuple(kept)


def settled_keys(mentions: Iterable[Mention], decided: Decided, recorded: Iterable[str]) -> frozenset[str]:
    """The keys of people whom a decision says to be public or nobody; a name of the record is never settled so.

    Parameters
    ----------
    mentions : iterable of Mention
        Everybody shown.
    decided : Decided
        The decisions.
    recorded : iterable of str
        Keys that a name of the record stands behind.
    """
    return _keys_of(mentions, decided.settled) - frozenset(recorded)


def _keys_of(mentions: Iterable[Mention], forms: frozenset[str]) -> frozenset[str]:
    if not forms:
        return frozenset()
    return frozenset(m.key for m in mentions if plain_form(m.full) in forms or plain_form(m.label) in forms)


def contested_doubts(mentions: Iterable[Mention], said: Iterable[Said], decided: Decided) -> tuple[Doubt, ...]:
    """Words decided ordinary of which the text says something as of a person: they would vanish with whom it means.

    Parameters
    ----------
    mentions : iterable of Mention
        Everybody shown.
    said : iterable of Said
        What is said of them.
    decided : Decided
        The decisions.
    """
    mentions = tuple(mentions)
    keys = _keys_of((m for m in mentions if m.stands_as != "named"), decided.ordinary)
    told = {s.key for s in said if s.attribute not in ("name", "surname")} & keys
    return tuple(
        Doubt(start=m.start, end=m.end, form=f"{m.label} (what is said)", why=_SAID_OF_WORD)
        for m in mentions
        if m.key in told
    )
