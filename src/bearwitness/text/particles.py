"""Korean particles: what a word may be without the particles attached to its right.

A particle is taken off only where its form fits the sound before it (은 after a consonant, 는 after a vowel), so that
"최은" is not read as "최" unless it can be. Foreign letters and digits before a particle fit every form.
"""

from __future__ import annotations

from typing import Final

FIRST_SYLLABLE: Final = 0xAC00
LAST_SYLLABLE: Final = 0xD7A3
FINALS: Final = 28
RIEUL: Final = 8
# A noun with more particles than this in a row is not written.
MOST_PARTICLES: Final = 4


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for tables written as text."""
    return frozenset(text.split())


_AFTER_ANY: Final = word_set(
    """
    의 에 에게 에게서 에서 한테 한테서 께 께서 께선 께서는 도 만 부터 까지 마저 조차 처럼 보다 만큼
    같이 밖에 대로 들 하고 뿐 마다 더러 보고 치고 씩 커녕 에겐 에게는 에선 에서는 에는 엔 에도 에서도
    에게도 만은 만이 만을 만의 들은 들이 들을 들의 들도 네 쯤 측 하고는 입니다 이다 이었다 이었던 이라는 이라고
    이라며 이라면 이며 이고 이자 인 인데 이던 이란 이나마 였다 였던 임 이지만 뿐만 때문 외 등
    이면 이면서 이므로 인지 이거나 이지 이었고 이었으며 이었지만 이라서
    """
)
_AFTER_CONSONANT: Final = word_set(
    """
    은 이 을 과 으로 으로는 으로도 으로서 으로써 으로부터 이나 이랑 이야 이야말로 이라 이라도 이든 이든지 아 은커녕
    과의 과는 과도
    """
)
_AFTER_VOWEL: Final = word_set(
    """
    는 가 를 와 나 랑 야 야말로 라 라도 든 든지 는커녕 와의 와는 와도 라는 라고 라며 라면
    며 고 자 란 다 지만 라서 므로
    """
)
_AFTER_VOWEL_OR_RIEUL: Final = word_set(
    """
    로 로는 로도 로서 로써 로부터 로의
    """
)
# Forms that end in a consonant fused with the vowel before it ("나는" written "난") are not split.
PARTICLES: Final = _AFTER_ANY | _AFTER_CONSONANT | _AFTER_VOWEL | _AFTER_VOWEL_OR_RIEUL
LONGEST_PARTICLE: Final = max(len(p) for p in PARTICLES)


def final_of(character: str) -> int | None:
    """The index of the final consonant of a Hangul syllable: 0 none, 8 ㄹ; None for anything else."""
    code = ord(character)
    return (code - FIRST_SYLLABLE) % FINALS if FIRST_SYLLABLE <= code <= LAST_SYLLABLE else None


def fits(stem: str, particle: str) -> bool:
    """Whether a particle has the form that it takes after this stem."""
    if not stem or particle not in PARTICLES:
        return False
    final = final_of(stem[-1])
    if final is None or particle in _AFTER_ANY:
        return True
    if particle in _AFTER_VOWEL_OR_RIEUL:
        return final in (0, RIEUL)
    return particle in (_AFTER_CONSONANT if final else _AFTER_VOWEL)


def split_particles(word: str) -> tuple[tuple[str, str], ...]:
    """Every way to read a word as a stem and what is attached to it, the whole word first, then shorter stems.

    Parameters
    ----------
    word : str
        One written word (eojeol) in normalised text, without punctuation.

    Returns
    -------
    tuple of (str, str)
        Stem and attached particles ("은심이가" gives ("은심이가", ""), ("은심이", "가"), ("은심", "이가")).
    """
    found = {word: ""}
    frontier = [word]
    for _ in range(MOST_PARTICLES):
        shorter = []
        for stem in frontier:
            for length in range(1, min(LONGEST_PARTICLE, len(stem) - 1) + 1):
                rest = stem[:-length]
                if rest not in found and fits(rest, stem[-length:]):
                    found[rest] = word[len(rest) :]
                    shorter.append(rest)
        frontier = shorter
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def strip_particle(word: str) -> tuple[str, ...]:
    """The stems that a written word may have: the word itself, then every shorter one its particles allow."""
    return tuple(stem for stem, _ in split_particles(word))


def are_particles(text: str, *, after: str) -> bool:
    """Whether ``text`` can be nothing but particles attached to ``after`` (true for no text at all)."""
    if not text:
        return True
    return any(
        fits(after, text[:length]) and are_particles(text[length:], after=text[:length])
        for length in range(1, min(LONGEST_PARTICLE, len(text)) + 1)
    )
