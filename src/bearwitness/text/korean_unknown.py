"""Korean nouns that no list knows: a stem with a particle that only nouns take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bearwitness.text.korean_words import OrdinaryWords, can_stand
from bearwitness.text.particles import final_of, word_set

# Particles that predicates do not take, and that therefore show a noun.
_NOMINAL: Final = word_set(
    "을 를 에게 에게서 에게는 에게도 에게만 에겐 한테 한테서 한테는 한테도 께 께서 께서는 에서 에서는 에서도 에서의 "
    "에서만"
    " 에서부터 에 에는 에도 에만 에까지 으로 으로는 으로도 으로서 으로부터 과 과는 과의 과도 의 까지 까지만 까지도 부터"
    " 마저 조차 처럼 밖에 밖에는 이라고 이라는 이라며 이었다 이었던 이었고 이던 입니다 이랑 이나 이라도 이야말로 이며"
    " 이네 이네는 이도 이가 이를 이의 이에게 이에게서 이한테 이한테서 이와 들 들이 들은 들을 들의 들에게 들도 들과 "
    "들까지 들로 만을 만이 만은 뿐이 랑"
)
# Particles that some predicates seem to take; shown to be a noun by what the stem does not end in.
_MAYBE: Final = word_set("은 이 는 가 와 로 인 였다 였던 이다 인데 와는 로는 로부터")
# A stem that ends so is that of a predicate (붙잡은, 내놓을) or of the ending of one.
_CONSONANT_STEMS: Final = frozenset(
    "놓잡맞앉넣있없않같받먹찾얻읽묻믿닫싶높깊늦좋많늙젊듣걷웃참남넘씻죽막입벗숨심뽑접녹뜯엎갚덮짚깎볶섞꺾닦묶끊끓잃뚫꿇앓싫옳찮잖닮옮굶"
)
_VOWEL_STEMS: Final = frozenset(
    "리기히지치니하되우추두주내나서오보시르쓰크키으피티미루무러려이어여켜푸수누구꾸사자재캐매배떼메베세새대가아해져쳐와워쉬뜨끄트외뇌쇠"
)
_BEFORE_CASE: Final = frozenset("어아여러려해져쳐와워라나다까니지고며면서")
_ENDINGS: Final = frozenset("다고며면서니까려자데도록거던든지네게라므듯")
# Nouns of one syllable: with a particle they are no noun of two ("말뿐", "날에").
_SHORT_NOUNS: Final = frozenset(
    "말날뒤앞문밤집곳것줄때밖안옆속위밑곁길물불손발눈귀입코몸맘맛힘꿈잠술밥국떡빵옷돈쌀콩닭소개말새산강들논밭숲돌흙비눈해달별땅하늘방벽창칼총책글꽃풀섬끝틈짐뜻죄벌법값빚몫수번명분쪽편식채척뿐데바이그저나너뭐왜"
)
_AS_A_NOUN: Final = ("라기", "다기", "하기", "되기", "시기", "으기", "지기", "리기")
_SS: Final = 20
_LONGEST: Final = 7


def unknown_noun(pairs: Sequence[tuple[str, str]], ordinary: OrdinaryWords) -> str:
    """The stem of a word that is a noun by its particles and that no list accounts for; empty where there is none.

    Parameters
    ----------
    pairs : sequence of (str, str)
        The ways to take a written word apart (``particles.split_particles``), the longest stem first.
    ordinary : OrdinaryWords
        Words that name nobody; the whole word is not one.
    """
    if any(len(stem) == 1 and stem in _SHORT_NOUNS and tail and can_stand(stem, tail) for stem, tail in pairs):
        return ""
    found = ""
    for stem, tail in pairs:
        if not 2 <= len(stem) <= _LONGEST or ordinary.accounts_for(stem):
            continue
        if tail in _NOMINAL:
            clear = stem[-1] not in _CONSONANT_STEMS or tail[0] not in "을이"
        else:
            clear = tail in _MAYBE and _is_no_predicate(stem, tail)
        clear = clear and final_of(stem[-1]) != _SS
        # "저절로": an adverb is no stem; what ends like a predicate is one ("먹으면서도").
        if clear and stem[-1] not in _ENDINGS and not stem.endswith(_AS_A_NOUN):
            found = stem
    return found


def _is_no_predicate(stem: str, tail: str) -> bool:
    last = stem[-1]
    if tail in ("은", "이"):
        return last not in _CONSONANT_STEMS
    if tail == "는":
        return last not in _VOWEL_STEMS and last not in _CONSONANT_STEMS
    if tail in ("가", "와"):
        return last not in _BEFORE_CASE
    if tail == "인":
        return final_of(last) == 0
    return tail != "로" or last not in _VOWEL_STEMS
