"""Which Korean words are ordinary: stems with particles, predicates in their inflected forms, compounds of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bearwitness.text.korean_syllables import is_usual_name
from bearwitness.text.particles import (
    FINALS,
    FIRST_SYLLABLE,
    LONGEST_PARTICLE,
    PARTICLES,
    final_of,
    fits,
    split_particles,
)

_VOWELS: Final = 21
_A, _AE, _EO, _YEO, _O, _WA, _WAE, _OE, _U, _WO, _EU, _I = 0, 1, 4, 6, 8, 9, 10, 11, 13, 14, 18, 20
_N, _L, _M, _B, _SS = 4, 8, 16, 17, 20
# The vowel of a predicate's last syllable from that of its contraction with 아 or 어 (배우+어, 마치+어, 쓰+어).
_BEFORE: Final = {
    _YEO: (_I,), _WA: (_O,), _WO: (_U,), _WAE: (_OE,), _AE: (_A,), _A: (_EU,), _EO: (_EU,),
}  # fmt: skip
_FUSED: Final = frozenset({_N, _L, _M, _B, _SS})

_ENDINGS: Final = re.compile(
    r"[고며면서지만는데니까다라게도록려자나은을음아어여았었였겠시셨던든거야요죠습입기것채군네냐란련로해했한할함한테차큼]*"
)
_SHORTEST_STEM: Final = 2
# After these no further particle follows an ordinary noun ("이상은이" is the name 이상은 with 이).
_LAST: Final = frozenset(["은", "는", "이", "가", "을", "를", "의", "도", "야", "아"])
_COMMONEST: Final = frozenset("김이박정최조강윤장임신유한오전서권황안송홍양고문손배백허노심리류림량로")
# What makes a predicate or an adverb of a noun: 강조했다, 강조된, 조사받던, 평화롭게, 정치적인, 조사 중.
_AFTER_NOUN: Final = re.compile(
    r"(?:하|한|할|함|합|해|했|되|된|될|됨|됩|돼|됐|시키|시킨|시킬|시켜|시켰|받|당하|당한|당할|당해|당했|스러"
    r"|스럽|스레|롭|로운|로워|없|있|"
    r"같|적|이었|이라|인|일|이|입|였|여|여서|쳐|치|째|씩|용|중|별|들|감|님)"
    r"[고며면서지만는데니까다라게도록려자나은을음아어여았었였겠시셨던든거야요죠습입기것채이인일히로의가에워운움러]*"
)


class OrdinaryWords:
    """A list of stems, asked whether it accounts for a written word.

    Parameters
    ----------
    stems : frozenset of str
        Nouns, adverbs and the like as they are, predicates with 다.
    terms : frozenset of str
        Words that say something known (places, occupations): with particles only, never as part of a compound.
    """

    __slots__ = ("_known", "_stems", "_terms")

    def __init__(self, stems: frozenset[str], terms: frozenset[str] = frozenset()) -> None:
        self._stems = stems
        self._terms = terms
        self._known: dict[str, bool] = {}

    def accounts_for(self, word: str) -> bool:
        """Whether a written word can be an ordinary one, with what is attached to it."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._looked_up(word)
        return known

    def _looked_up(self, word: str) -> bool:
        stems = [stem for stem, tail in split_particles(word) if _can_stand(stem, tail)]
        if any(stem in self._stems or stem in self._terms for stem in stems):
            return True
        for length in range(_SHORTEST_STEM, len(word) + 1):
            head, tail = word[:length], word[length:]
            if head in self._stems and _AFTER_NOUN.fullmatch(tail):
                return True
            if _ENDINGS.fullmatch(tail) and any(stem + "다" in self._stems for stem in _predicates(head)):
                return True
        # "유관순도" is 유관 and 순도 as well as a name with a particle: what can be a name is not a compound.
        named = any(is_usual_name(stem, _COMMONEST) for stem in stems)
        return not named and any(self._is_compound(stem) for stem in stems)

    def _is_compound(self, word: str) -> bool:
        """Whether a word of four syllables or more is two or three listed words written together."""
        if len(word) < 2 * _SHORTEST_STEM:
            return False
        return any(
            word[:cut] in self._stems and (word[cut:] in self._stems or self._is_compound(word[cut:]))
            for cut in range(_SHORTEST_STEM, len(word) - _SHORTEST_STEM + 1)
        )


@lru_cache(maxsize=4)
def ordinary_words(stems: frozenset[str], terms: frozenset[str] = frozenset()) -> OrdinaryWords:
    """One ``OrdinaryWords`` a list: what it has looked up once it knows."""
    return OrdinaryWords(stems, terms)


def _can_stand(stem: str, tail: str) -> bool:
    """Whether particles stand in an order in which an ordinary noun takes them."""
    if not tail or tail in PARTICLES:
        return True
    return any(
        fits(stem, tail[:n]) and tail[:n] not in _LAST and _can_stand(tail[:n], tail[n:])
        for n in range(1, min(LONGEST_PARTICLE, len(tail)) + 1)
    )


def _predicates(head: str) -> Iterator[str]:
    """The stems of which ``head`` can be an inflected form, none shorter than two syllables."""
    if len(head) < _SHORTEST_STEM:
        return
    yield head
    front, last = head[:-1], head[-1]
    final = final_of(last)
    if final is None:
        return
    code = ord(last) - FIRST_SYLLABLE
    initial, vowel = code // FINALS // _VOWELS, code // FINALS % _VOWELS
    if final in _FUSED:
        yield front + _syllable(initial, vowel, 0)
        yield front + _syllable(initial, vowel, _L)
    if final in (0, _SS):
        for before in _BEFORE.get(vowel, ()):
            yield front + _syllable(initial, before, 0)
        if last in "라러랐렀" and final_of(front[-1]) == _L:
            yield front[:-1] + _with_final(front[-1], 0) + "르"
    if last in "우운울움워웠와왔" and final_of(front[-1]) == 0 and len(front) >= _SHORTEST_STEM:
        yield front[:-1] + _with_final(front[-1], _B)


def _syllable(initial: int, vowel: int, final: int) -> str:
    return chr(FIRST_SYLLABLE + (initial * _VOWELS + vowel) * FINALS + final)


def _with_final(syllable: str, final: int) -> str:
    code = ord(syllable) - FIRST_SYLLABLE
    return chr(FIRST_SYLLABLE + code // FINALS * FINALS + final)
