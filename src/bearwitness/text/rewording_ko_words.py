"""The Korean words for a claim said less exactly, and the morphology that keeps a changed sentence whole."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bearwitness.model.assessment import Rung
from bearwitness.model.claims import KIN_LEAVES, Claim
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Codes, Days, Paths, values_include
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.date_words import word_date
from bearwitness.text.dates import find_dates
from bearwitness.text.korean_terms import find_terms
from bearwitness.text.particles import FINALS, FIRST_SYLLABLE, RIEUL, are_particles, final_of
from bearwitness.text.saying import KIN_WORDS, say_places

FAMILY_WORD: Final = "가족"
DETENTION: Final = "detention/"
_ALL_KIN: Final = frozenset(KIN_LEAVES)
_KIN_WORDS: Final = {
    **{group: korean for group, _, korean in KIN_WORDS},
    frozenset({"elder_brother"}): "손위 형제", frozenset({"elder_sister"}): "손위 자매",
    frozenset({"younger_brother"}): "남동생", frozenset({"younger_sister"}): "여동생",
    _ALL_KIN: FAMILY_WORD,
}  # fmt: skip
_DECADE: Final = 9
_MONEY: Final = re.compile(r"(?:위안|원|달러|엔|유로|루블)$")

# Forms of a particle after a consonant and after a vowel, the longest first.
_FORMS: Final = tuple(
    sorted(
        (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이나", "나"), ("이랑", "랑"),
         ("이라", "라"), ("이며", "며"), ("이고", "고"), ("이자", "자"), ("이다", "다"), ("이었", "였"),
         ("이란", "란"), ("이든", "든"), ("이지만", "지만"), ("이던", "던")),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip


def refit(stem: str, tail: str) -> str:
    """What was attached to one word, in the form it takes after another.

    Parameters
    ----------
    stem : str
        The word that stands before it now.
    tail : str
        What was attached, as it stood ("는", "으로서", "이라고").
    """
    final = final_of(stem[-1]) if stem else None
    if final is None or not tail:
        return tail
    for closed, opened in _FORMS:
        for form in (closed, opened):
            if tail.startswith(form) and (closed != "이" or tail == form) and (len(form) > 1 or _stands(tail, form)):
                vowel = final == 0 or (closed == "으로" and final == RIEUL)
                return (opened if vowel else closed) + tail[len(form) :]
    return tail


def _stands(tail: str, form: str) -> bool:
    """Whether a particle of one syllable is one, and not the beginning of a longer ending."""
    rest = tail[len(form) :]
    return not rest or are_particles(rest, after=form) or form in ("라", "다", "였")


def word_value(claim: Claim, rung: Rung, tree: PlaceTree, vocabulary: Vocabulary) -> str:
    """Words for what a rung still allows; empty where no words say just that, or nothing is said any more."""
    values = rung.values
    if values is None:
        return ""
    if isinstance(values, Days):
        return _word_birth(values) if claim.attribute == "birth" else word_date(values, rung.level, "ko")
    if isinstance(values, Paths):
        return _word_paths(claim.attribute, values, tree, vocabulary)
    if claim.attribute == "kin":
        return word_kin(values.codes)
    if claim.attribute == "act":
        taken = frozenset(c.removeprefix(DETENTION) for c in values.codes if c.startswith(DETENTION))
        return word_kin(taken) if len(taken) == len(values.codes) else BROAD_NOUN
    return ""


def word_kin(codes: frozenset[str]) -> str:
    """One word for a set of relatives, or the family at large where there is none."""
    return _KIN_WORDS.get(codes) or _WORDS_OF_ONE.get(next(iter(codes)) if len(codes) == 1 else "") or FAMILY_WORD


_WORDS_OF_ONE: Final = {
    "father": "아버지", "mother": "어머니", "son": "아들", "daughter": "딸", "husband": "남편", "wife": "아내",
    "grandparent": "조부모", "other_relative": "친척",
}  # fmt: skip


def _word_paths(attribute: str, values: Paths, tree: PlaceTree, vocabulary: Vocabulary) -> str:
    if attribute == "home":
        words = say_places(values, "ko", tree)
        return "" if " 또는 " in words or "가지 가운데" in words or words == "?" else words
    labels = {vocabulary.label(attribute, path, "ko") for path in values.paths}
    label = next(iter(labels)) if len(labels) == 1 else ""
    return "" if "/" in label or label in values.paths else label


def _word_birth(days: Days) -> str:
    first = date.fromordinal(days.spans[0][0]).year
    last = date.fromordinal(days.spans[-1][1]).year
    if first == last:
        return f"{first}년생"
    if first % 10 == 0 and last == first + _DECADE:
        return f"{first}년대생"
    return f"{first}년~{last}년생"


def word_day(days: Days, level: str, quote: str, published: date) -> str:
    """A date at a level, with the year only where the draft gave one or the wording would allow less without it."""
    for with_year in (bool(re.search(r"[0-9]{4}|년|주체", quote)), True):
        words = word_date(days, level, "ko", with_year=with_year)
        found = find_dates(words, language="ko", published=published)
        if len(found) == 1 and found[0].days is not None and values_include(found[0].days, days):
            return words
    return ""


def word_amount(quote: str, after: str) -> str:
    """A sum without the sum, such that with what follows it says of no act more than before ("돈을 빼앗")."""
    if not _MONEY.search(quote.strip()):
        return "얼마"
    takes_part = any(t.attribute == "act" and t.start == 0 for t in find_terms("돈" + after))
    return "재산" if takes_part else "돈"


# --- verbs -----------------------------------------------------------------------------------------------------

_A, _AE, _YA, _EO, _E, _YEO, _O, _WA, _OE, _U, _WO, _EU, _I = 0, 1, 2, 4, 5, 6, 8, 9, 11, 13, 14, 18, 20
_N, _SS, _RIEUL = 4, 20, 8
_VOWELS: Final = 21
_FUSED: Final = {_A: _A, _EO: _EO, _AE: _AE, _E: _E, _YEO: _YEO, _O: _WA, _U: _WO, _I: _YEO, _OE: 10}
# Stems in ㅂ, ㄷ and ㅅ may change before a vowel; of these it is known that they do not.
_IRREGULAR: Final = frozenset([17, 7, 19])
_REGULAR: Final = frozenset("받얻믿닫쏟뜯입잡뽑접집씹벗웃씻앗솟")


def _parts(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - FIRST_SYLLABLE
    return code // FINALS // _VOWELS, code // FINALS % _VOWELS, code % FINALS


def _syllable(initial: int, vowel: int, final: int) -> str:
    return chr(FIRST_SYLLABLE + (initial * _VOWELS + vowel) * FINALS + final)


_TO_STEM: Final = re.compile(r"(?:으며|으면서|면서|다가|지만|는데|고|며|다)$")
_INFINITIVES: Final = (
    ("되어", "되었다"), ("되여", "되었다"), ("하여", "하였다"), ("해", "했다"), ("돼", "됐다"), ("져", "졌다"),
    ("혀", "혔다"), ("려", "렸다"), ("켜", "켰다"), ("겨", "겼다"), ("와", "왔다"), ("가", "갔다"), ("받아", "받았다"),
    ("나", "났다"), ("너", "넜다"), ("어", "었다"), ("아", "았다"),
)  # fmt: skip


def close_sentence(verb: str, last: str) -> str:
    """A linking verb as the verb of a sentence, in the tense of the verb that closed it; empty where that is unsure.

    Parameters
    ----------
    verb : str
        The verb with its linking ending ("보내고", "체포되어").
    last : str
        The verb that ended the sentence ("일한다", "받았다").
    """
    word = verb.rstrip(" ,")
    past = bool(re.search(r"[았었였했됐갔왔났랐렸혔졌켰겼섰]다?[^가-힣]*$|[가-힣]다$", last)) and _is_past(last)
    match = _TO_STEM.search(word)
    if match is None:
        word = word.removesuffix("서")
        return next((word.removesuffix(old) + new for old, new in _INFINITIVES if word.endswith(old)), "")
    stem = word[: match.start()]
    if not stem or not "가" <= stem[-1] <= "힣":
        return ""
    if _parts(stem[-1])[2] == _SS and stem[-1] not in "있":
        return stem + "다"
    if stem[-1] in "있없":
        return stem + ("었다" if past else "다")
    return _past(stem) if past else _present(stem)


def _is_past(last: str) -> bool:
    match = re.search(r"([가-힣])(?:다|습니다|어요|답니다)[^가-힣]*$", last)
    return bool(match) and match is not None and _parts(match[1])[2] == _SS and match[1] not in "있"


def _present(stem: str) -> str:
    initial, vowel, final = _parts(stem[-1])
    if final in (0, _RIEUL):
        return stem[:-1] + _syllable(initial, vowel, _N) + "다"
    return stem + "는다"


def _past(stem: str) -> str:
    initial, vowel, final = _parts(stem[-1])
    if stem[-1] == "하":
        return stem[:-1] + "했다"
    if (final in _IRREGULAR and stem[-1] not in _REGULAR) or stem[-1] in "르러":
        return ""
    if final:
        return stem + ("았다" if vowel in (_A, _O, _YA) else "었다")
    if vowel == _EU or vowel not in _FUSED:
        return ""
    return stem[:-1] + _syllable(initial, _FUSED[vowel], _SS) + "다"


# --- people ----------------------------------------------------------------------------------------------------

THAT_PERSON: Final = "그 사람"
WHO_LEFT: Final = "탈북민"
WHO_TELLS: Final = "증언자"
WHO_STAYED: Final = "주민"


def introduce(noun: str, number: int) -> str:
    """How somebody without a name is shown first: the first, the second, every further one of a kind."""
    return f"{('한', '다른')[number] if number < 2 else '또 다른'} {noun}"


def recall(place: str = "") -> str:
    """How somebody without a name is shown again: by ``place`` ("앞의"), or as whoever was shown last."""
    return f"{place or '이'} 사람"


# --- acts ------------------------------------------------------------------------------------------------------

BROAD_ACT: Final = "broad"
BROAD_NOUN: Final = "박해"
# What was done as a predicate in the passive, without and with a linking ending; whose house or relative stands before.
ACT_PREDICATES: Final[dict[str, tuple[str, str, str]]] = {
    "raid": ("집이", "급습을 당했다", "급습을 당했고"),
    "detention": ("", "체포됐다", "체포됐고"),
    "interrogation": ("", "조사를 받았다", "조사를 받았고"),
    "threat": ("", "위협을 받았다", "위협을 받았고"),
    "summons": ("", "소환됐다", "소환됐고"),
    "surveillance": ("", "감시를 받았다", "감시를 받았고"),
    "exile": ("", "추방됐다", "추방됐고"),
    "confiscation_remittance": ("", "돈을 몰수당했다", "돈을 몰수당했고"),
    "extortion_remittance": ("", "갈취를 당했다", "갈취를 당했고"),
    "forced_call": ("", "전화를 걸도록 강요받았다", "전화를 걸도록 강요받았고"),
    "job_loss": ("", "해고됐다", "해고됐고"),
    "school_loss": ("", "제적됐다", "제적됐고"),
    "party_loss": ("", "출당됐다", "출당됐고"),
    "demotion": ("", "강등됐다", "강등됐고"),
    "forced_divorce": ("", "강제 이혼을 당했다", "강제 이혼을 당했고"),
    "public_criticism": ("", "공개 비판을 받았다", "공개 비판을 받았고"),
    "beating": ("", "폭행을 당했다", "폭행을 당했고"),
    "death_in_custody": ("", "구금 중 숨졌다", "구금 중 숨졌고"),
    BROAD_ACT: ("", "박해를 받았다", "박해를 받았고"),
}  # fmt: skip


def act_kind(codes: frozenset[str]) -> str:
    """The one kind of act that codes allow, ``broad`` where they allow several."""
    kinds = {c.split("/")[0] for c in codes}
    return next(iter(kinds)) if len(kinds) == 1 else BROAD_ACT


def taken_of(values: Codes) -> frozenset[str]:
    """Whose detention codes allow; empty for another act."""
    return frozenset(c.removeprefix(DETENTION) for c in values.codes if c.startswith(DETENTION))
