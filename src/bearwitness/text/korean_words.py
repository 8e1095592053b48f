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
_PLACE_WORDS: Final = (
    "구역", "마을", "광산", "탄광", "농장", "공장", "병원", "학교", "대학", "시장", "역전", "교화소", "관리소",
    "수용소", "단련대", "집결소", "회사", "상점", "식당", "기업소", "사업소", "로동자구", "노동자구",
)  # fmt: skip
_PLACE_ENDS: Final = frozenset("동리구군읍면역골촌")
_COMMONEST: Final = frozenset("김이박정최조강윤장임신유한오전서권황안송홍양고문손배백허노심리류림량로")
# What makes a predicate or an adverb of a noun: 강조했다, 강조된, 조사받던, 평화롭게, 정치적인, 조사 중.
_AFTER_NOUN: Final = re.compile(
    r"(?:하|한|할|함|합|해|했|되|된|될|됨|됩|돼|됐|시키|시킨|시킬|시켜|시켰|받|당하|당한|당할|당해|당했|스러"
    r"|스럽|스레|롭|로운|로워|없|있|"
    r"같|적|이었|이라|인|일|이|입|였|여|여서|쳐|치|째|씩|용|중|별|들|감|님)"
    r"[고며면서지만는데니까다라게도록려자나은을음아어여았었였겠시셨던든거야요죠습입기것채이인일히로의가에워운움러]*"
)


# Inflected forms of the commonest predicates of one syllable, whose endings no name has (보지도, 하라고, 나면, 오던).
_SHORT: Final = re.compile(
    r"(?:[가오보주하나두사자타지내대되서쓰켜펴피매재세싸따떠떼캐차파이]|있|없|않|같|먹|잡|맞|앉|놓|받|찾|얻|읽|묻|믿"
    r"|듣|살|알|울|팔|들|걸|열|말|놀|불|물|벌|쌓|쫓|뜯|씻|웃|입|벗|신|죽|남|넘|참|숨|새|세|깨|매|메|베|떼|안|쏘|썩"
    r"|끌|닦|묶|꺾|깎|볶|섞|업|품|감|굶|옮|쫓|맡|뱉|긁|늙|젊|밟|읊|핥|잃|앓|끓|뚫|싫|옳|많|길|멀|달|풀|밀|빌|털|갈"
    r"|흔)"
    r"(?:지(?:도|는|를|만|요)?|으?면서?(?:도|요)?|고(?:도|서|는|자)?|으?며|으?라(?:고|는|며|던)|으?려(?:고|는|면"
    r"|던)?|던(?:데|지)?|는(?:데|지|가|데도)?"
    r"|으?니까|도록|게|거나|자(?:고|는|마자)|다(?:고|는|며|가)|느냐고?|으?냐고?|기(?:도|만|는|를|에|로|까지)"
    r"|더[니라]|더라고|듯이?|지만|든지|습니다|습니까|습니다만|으?므로)"
    r"|(?:가|와|봐|줘|해|나|사|자|타|내|돼|서|써|켜|펴|커|떠|꺼|져|쳐|깨|매|세|대|재|싸|차|파|싸|따|캐|쏴|둬|꿔|춰"
    r"|눠|놔|까)서(?:는|도|야|라도)?"
    r"|[갔왔봤줬했났샀잤탔냈됐섰썼켰폈컸떴껐졌쳤깼맸셌댔쟀쌌찼팠땄캤쐈뒀꿨췄눴놨깠였]다(?:고|는|며|면|던|가|더라)?"
    r"|[간온본준한난둔쓴산잔탄진낸댄된선켠편핀맨싼딴뗀캔찬판인든연논문분운건](?:다(?:고|는|며|면|던|기에|지만)?|대"
    r"|댔다)"
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
        if _SHORT.fullmatch(word):
            return True
        stems = [stem for stem, tail in split_particles(word) if can_stand(stem, tail)]
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
        return not named and any(self._is_compound(stem) for stem in stems) and not self._may_be_place(stems)

    def _may_be_place(self, stems: list[str]) -> bool:
        """Whether a stem ends as places do and is no word: "강구동의" is 강구동 with a particle, not 강구 and 동의."""
        return any(stem[-1] in _PLACE_ENDS and not self._is_compound(stem) for stem in stems[1:])

    def _is_compound(self, word: str) -> bool:
        """Whether a word of four syllables or more is two or three listed words written together."""
        if len(word) < 2 * _SHORTEST_STEM:
            return False
        # "회상구역" is a ward, whatever its first part means.
        if word.endswith(_PLACE_WORDS):
            return False
        return any(
            word[:cut] in self._stems and (word[cut:] in self._stems or self._is_compound(word[cut:]))
            for cut in range(_SHORTEST_STEM, len(word) - _SHORTEST_STEM + 1)
        )


@lru_cache(maxsize=4)
def ordinary_words(stems: frozenset[str], terms: frozenset[str] = frozenset()) -> OrdinaryWords:
    """One ``OrdinaryWords`` a list: what it has looked up once it knows."""
    return OrdinaryWords(stems, terms)


def can_stand(stem: str, tail: str) -> bool:
    """Whether particles stand in an order in which an ordinary noun takes them."""
    if not tail or tail in PARTICLES:
        return True
    return any(
        fits(stem, tail[:n]) and tail[:n] not in _LAST and can_stand(tail[:n], tail[n:])
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
