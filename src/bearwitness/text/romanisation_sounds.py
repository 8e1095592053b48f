"""How Korean syllables change one another where they meet: 백마 is heard [뱅마], 신라 [실라], 독립 [동닙].

Only what the romanisation rules of North and South name: neutral final consonants, nasals, liquids, liaison,
palatalisation and aspiration. Tense consonants are not written by any of them, and an inserted ㄴ (학여울) follows
from no rule; both are absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bearwitness.text.romanisation import HEARD, canonical, is_hangul, join_sounds, sounds_of

# A final consonant alone, or before a consonant: the one of seven that is heard.
_NEUTRAL: Final = {
    final: heard
    for heard, finals in {
        "ㄱ": "ㄱㄲㅋㄳㄺ", "ㄴ": "ㄴㄵㄶ", "ㄷ": "ㄷㅅㅆㅈㅊㅌㅎ", "ㄹ": "ㄹㄼㄽㄾㅀ", "ㅁ": "ㅁㄻ",
        "ㅂ": "ㅂㅍㅄㄿ", "ㅇ": "ㅇ",
    }.items()
    for final in finals
}  # fmt: skip
# A final consonant of two letters before a vowel: what stays and what moves on.
_SPLIT: Final = {
    "ㄳ": ("ㄱ", "ㅅ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄶ": ("", "ㄴ"), "ㄺ": ("ㄹ", "ㄱ"), "ㄻ": ("ㄹ", "ㅁ"),
    "ㄼ": ("ㄹ", "ㅂ"), "ㄽ": ("ㄹ", "ㅅ"), "ㄾ": ("ㄹ", "ㅌ"), "ㄿ": ("ㄹ", "ㅍ"), "ㅀ": ("", "ㄹ"),
    "ㅄ": ("ㅂ", "ㅅ"), "ㅎ": ("", "ㅇ"),
}  # fmt: skip
_NASAL: Final = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_ASPIRATED: Final = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_WITH_H: Final = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
_PALATAL: Final = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}


@dataclass(slots=True, kw_only=True)
class Sound:
    """One syllable as heard; ``final`` is one of the seven heard finals or empty."""

    initial: str
    vowel: str
    final: str


def heard(word: str, *, northern: bool = False) -> list[Sound]:
    """The syllables of a Hangul word as they are heard beside one another.

    Parameters
    ----------
    word : str
        Hangul syllables only.
    northern : bool
        The North keeps ㄹ after a consonant: 압록 [암록], 은률 [은률]; the South says [암녹], [을률].

    Returns
    -------
    list of Sound
        As many as ``word`` has syllables. An aspirate is joined only where ㅎ comes first (좋고 [조코]); a final ㄱ,
        ㄷ, ㅂ before ㅎ stays apart, as every system writes nouns and names (묵호 Mukho).
    """
    if not is_hangul(word):
        raise ValueError("only Hangul syllables can be heard")
    sounds = [Sound(initial=i, vowel=v, final=f) for i, v, f in map(sounds_of, word)]
    for here, after in pairwise(sounds):
        if after.initial == "ㅇ" and here.final not in ("", "ㅇ"):
            _move_on(here, after)
        elif here.final in _WITH_H and after.initial in _ASPIRATED:
            here.final, after.initial = _WITH_H[here.final], _ASPIRATED[after.initial]
        else:
            _assimilate(here, after, northern=northern)
    if sounds and sounds[-1].final:
        sounds[-1].final = _NEUTRAL[sounds[-1].final]
    return sounds


def _move_on(here: Sound, after: Sound) -> None:
    """Liaison: a final consonant is heard at the beginning of the vowel after it."""
    stays, moves = _SPLIT.get(here.final, ("", here.final))
    here.final = _NEUTRAL[stays] if stays else ""
    after.initial = _PALATAL.get(moves, moves) if after.vowel == "ㅣ" else moves


def _assimilate(here: Sound, after: Sound, *, northern: bool) -> None:
    final = here.final = _NEUTRAL.get(here.final, "")
    initial = after.initial
    if final in _NASAL and initial in "ㄴㅁㄹ":
        here.final = _NASAL[final]
        after.initial = "ㄴ" if initial == "ㄹ" and not northern else initial
    elif northern:
        return
    elif final in ("ㅁ", "ㅇ") and initial == "ㄹ":
        after.initial = "ㄴ"
    elif (final, initial) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
        here.final = after.initial = "ㄹ"


def heard_name(given: str) -> tuple[str, ...]:
    """The syllables of a given name where what is heard of one differs from its letters; empty where none does.

    Parameters
    ----------
    given : str
        Hangul syllables: 석민, heard [성민], is also written Sŏng-min.

    Returns
    -------
    tuple of str
        ``canonical`` syllables, those that changed after ``HEARD``. Liaison and ㅎ are left out: cutting "Mogwol"
        into mog and wol finds 목월, "Okhui" into ok and hui 옥희, without them.
    """
    sounds = [Sound(initial=i, vowel=v, final=f) for i, v, f in map(sounds_of, given)]
    for here, after in pairwise(sounds):
        if after.initial in "ㄴㅁㄹ":
            _assimilate(here, after, northern=False)
    changed = [canonical(join_sounds(s.initial, s.vowel, s.final)) for s in sounds]
    syllables = [canonical(s) for s in given]
    if changed == syllables:
        return ()
    return tuple(s if s == was else HEARD + s for s, was in zip(changed, syllables, strict=True))
