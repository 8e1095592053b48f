"""Write Hangul in Latin letters by the four published ways: what a name looks like where somebody kept the rules.

Sources
-------
rr
    Revised Romanization of Korean, Ministry of Culture and Tourism, proclamation 2000-8. Names (chapter 3, section 4)
    keep the letters of every syllable: 한복남 is Han Boknam, not Bongnam.
mr
    G. M. McCune and E. O. Reischauer, "The Romanization of the Korean Language", Transactions of the Korea Branch of
    the Royal Asiatic Society 29 (1939); names after the ALA-LC table, which writes their changes too: 창룡 Ch'angnyong.
dprk
    The guideline for the romanisation of Korean that the DPRK gave to the United Nations conference of 1992
    (E/CONF.85, working paper 46) and later versions, without its diacritics' variants: given names are written
    syllable by syllable (here joined), voiced between vowels and after ㄴ, ㄹ, ㅁ, ㅇ: 동구 Tonggu.
passport
    Usage of the South Korean passport office: the letters of rr, one syllable after the other, no change between
    them: 한복남 HAN BOKNAM, 이주은 LEE JUEUN.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from bearwitness.text.romanisation import INITIALS, VOWELS, sounds_of
from bearwitness.text.romanisation_sounds import Sound, heard

System = Literal["rr", "mr", "dprk", "passport"]
SYSTEMS: Final = get_args(System)


def _table(letters: str, written: str) -> dict[str, str]:
    return dict(zip(letters, (w.strip("-") for w in written.split()), strict=True))


_INITIAL: Final = {
    "rr": _table(INITIALS, "g kk n d tt r m b pp s ss - j jj ch k t p h"),
    "mr": _table(INITIALS, "k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h"),
    "dprk": _table(INITIALS, "k kk n t tt r m p pp s ss - j jj ch kh th ph h"),
}
_VOWEL: Final = {
    "rr": _table(VOWELS, "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"),
    "mr": _table(VOWELS, "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i"),
}
_FINAL: Final = _table("ㄱㄴㄷㄹㅁㅂㅇ", "k n t l m p ng")
_VOICED: Final = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
_RESONANT: Final = frozenset("ㄴㅁㅇㄹ")


def romanise(hangul: str, system: System, *, as_word: bool = False) -> str:
    """A Hangul given name or word in Latin letters, with a capital.

    Parameters
    ----------
    hangul : str
        Hangul syllables only. A surname is written by itself, and by habit rather than by these rules: see
        ``name_parts.surname_spellings``.
    system : {"rr", "mr", "dprk", "passport"}
        See the module.
    as_word : bool
        As an ordinary word or a place, where rr and dprk write what is heard; a name keeps its syllables there.

    Returns
    -------
    str
        Syllables joined, marks and apostrophes as the system has them ("Ch'ŏlsu").

    Raises
    ------
    ValueError
        For anything but Hangul, or another system.
    """
    if system not in SYSTEMS:
        raise ValueError(f"unknown system {system!r}")
    if system == "passport":
        sounds = [heard(s)[0] for s in hangul]
        written = "".join(_spelled(s, "rr") for s in sounds)
    elif system == "rr":
        written = _revised(heard(hangul) if as_word else _kept(hangul))
    elif system == "dprk":
        written = _northern(heard(hangul, northern=True) if as_word else _kept(hangul))
    else:
        written = _mccune(heard(hangul))
    return written[:1].upper() + written[1:]


def _kept(hangul: str) -> list[Sound]:
    """The syllables with nothing changed but a final consonant before a vowel, which is heard there."""
    sounds: list[Sound] = []
    for at, syllable in enumerate(hangul):
        linked = heard(hangul[at : at + 2])
        sound = heard(syllable)[0]
        if at + 1 < len(hangul) and sounds_of(hangul[at + 1])[0] == "ㅇ":
            sound.final = linked[0].final
        if at and sounds_of(syllable)[0] == "ㅇ":
            sound.initial = heard(hangul[at - 1 : at + 1])[1].initial
        sounds.append(sound)
    return sounds


def _spelled(sound: Sound, system: str) -> str:
    vowels = _VOWEL["rr" if system == "rr" else "mr"]
    return _INITIAL[system][sound.initial] + vowels[sound.vowel] + _FINAL.get(sound.final, "")


def _revised(sounds: list[Sound]) -> str:
    written = ""
    for before, sound in zip([None, *sounds], sounds, strict=False):
        doubled = before is not None and before.final == "ㄹ" and sound.initial == "ㄹ"
        written += "l" + _spelled(sound, "rr")[1:] if doubled else _spelled(sound, "rr")
    return written


def _northern(sounds: list[Sound]) -> str:
    written = ""
    for before, sound in zip([None, *sounds], sounds, strict=False):
        spelled = _spelled(sound, "dprk")
        voiced = before is not None and (not before.final or before.final in _RESONANT)
        written += _VOICED[sound.initial] + spelled[1:] if voiced and sound.initial in "ㄱㄷㅂ" else spelled
    return written


def _mccune(sounds: list[Sound]) -> str:
    written = ""
    for before, sound, after in zip([None, *sounds], sounds, [*sounds[1:], None], strict=False):
        initial = _mccune_initial(before, sound)
        if before is not None and before.final == "ㄴ" and initial == "g":
            initial = "'g"  # 난곡 Nan'gok: not the letters of ㅇ
        # ㄹ before ㅎ is written r: 일하 Irha.
        liquid = sound.final == "ㄹ" and after is not None and after.initial == "ㅎ"
        written += initial + _VOWEL["mr"][sound.vowel] + ("r" if liquid else _FINAL.get(sound.final, ""))
    return written


def _mccune_initial(before: Sound | None, sound: Sound) -> str:
    initial, spelled = sound.initial, _INITIAL["mr"][sound.initial]
    if initial == "ㅅ" and sound.vowel == "ㅟ":
        return "sh"
    if before is None:
        return spelled
    if before.final == "ㄹ" and initial == "ㄹ":
        return "l"
    # ㄹ leaves ㄷ and ㅈ voiceless (열도 yŏlto, 물질 mulchil), not ㄱ and ㅂ (물건 mulgŏn, 갈비 kalbi).
    voiceless = "ㄷㅈ" if before.final == "ㄹ" else ""
    if initial in _VOICED and initial not in voiceless and (not before.final or before.final in _RESONANT):
        return _VOICED[initial]
    return spelled
