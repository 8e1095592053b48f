"""A plain English sentence about what was done, for where the draft's own cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.text.rewording_en_cast import Cast, Patch
from bearwitness.text.rewording_en_words import DETENTION, SOME_ACT, kin_word

# What follows "was" or "were"; each is read back as its act.
_DONE: Final[Mapping[str, str]] = {
    "interrogation": "questioned", "threat": "threatened", "summons": "summoned",
    "surveillance": "put under surveillance", "exile": "banished",
    "extortion_remittance": "forced to pay", "forced_call": "forced to call abroad", "job_loss": "dismissed from work",
    "school_loss": "expelled from school", "party_loss": "expelled from the Party", "demotion": "demoted",
    "forced_divorce": "forced to divorce", "public_criticism": "publicly denounced", "beating": "beaten",
    "death_in_custody": "killed",
}  # fmt: skip
_HAD: Final[Mapping[str, str]] = {"confiscation_remittance": "had belongings confiscated"}
_ONLY_ONE: Final = frozenset(["father", "mother", "husband", "wife", "spouse"])
# Done to one person: with a detention, to whoever was taken.
_TO_ONE: Final = frozenset(["interrogation", "beating", "summons", "death_in_custody", "forced_call"])


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose relatives something was done to: the words, those for saying it again, whether several, whether a name."""

    words: str
    again: str
    many: bool
    named: bool

    def of(self, noun: str, article: str, *, again: bool = False) -> str:
        """A noun with whose it is."""
        if self.named:
            return f"{self.words}'s {noun}"
        words = self.again if again else self.words
        return f"{article} {noun} of {words}" if words else f"{article} {noun}"


def compose(acts: Mapping[str, Sequence[frozenset[str]]], cast: Cast) -> str:
    """Sentences that say the acts done to the households of some personas.

    Parameters
    ----------
    acts : mapping of str to sequence of frozenset of str
        For each persona the codes of each act, as much as may be said of it.
    cast : Cast
        What the personas are called.
    """
    same: dict[tuple[frozenset[str], ...], list[str]] = {}
    for persona, codes in acts.items():
        same.setdefault(tuple(sorted(codes, key=sorted)), []).append(persona)
    found: list[str] = []
    for codes, personas in same.items():
        cast.begin_sentence()
        owners = " and ".join(cast.say(Patch(start=0, end=0, persona=p, form="plain")) for p in personas)
        again = owners
        if len(personas) == 1 and personas[0] not in cast.named:
            again = f"the {cast.nouns.get(personas[0], 'person')}" if len(cast.called) < 2 else ""
        named = len(personas) == 1 and personas[0] in cast.named
        found += _sentences(codes, _Owner(owners, again, len(personas) > 1, named))
    return " ".join(found)


def _sentences(codes: Sequence[frozenset[str]], owner: _Owner) -> list[str]:
    taken = [c for c in codes if all(x.startswith(DETENTION) for x in c)]
    plain = [next(iter(c)) for c in codes if len(c) == 1 and next(iter(c)) in _DONE]
    had = [_HAD[next(iter(c))] for c in codes if len(c) == 1 and next(iter(c)) in _HAD]
    vague = [c for c in codes if c not in taken and not (len(c) == 1 and next(iter(c)) in {*_DONE, *_HAD, "raid"})]
    to_one = [p for p in plain if taken and p in _TO_ONE]
    to_all = [_DONE[p] for p in plain if p not in to_one] + ([SOME_ACT] if vague else [])
    was = "were" if owner.many else "was"
    found: list[str] = []
    if any(c == {"raid"} for c in codes):
        found.append(f"{owner.of('family homes' if owner.many else 'family home', 'the')} {was} raided.")
    for n, codes_of in enumerate(taken):
        word = kin_word(codes_of)
        said = ["detained", *(_DONE[p] for p in to_one if n == 0)]
        article = "the" if word in _ONLY_ONE else "an" if word[0] in "aeiou" else "a"
        found.append(f"{owner.of(word, article, again=bool(found))} was {_listed(said)}.")
    for done in ([f"{was} {_listed(to_all)}"] if to_all else []) + had:
        family = "families" if owner.many else "family"
        found.append(f"{owner.of(family, 'the', again=bool(found))} {done}.")
    return [s[0].upper() + s[1:] for s in found]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
