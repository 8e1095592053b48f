"""What a claim says, read out for people: "Sinuiju", "a brother or sister", "left between 2017 and 2019"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bearwitness.model.calendar_units import unit_around
from bearwitness.model.claims import KIN_LEAVES, Language
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Codes, Days, NoneOf, Paths, ValueSet
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.date_words import word_date

SIBLINGS: Final = frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"})
# Sets of relatives that one word says, the smallest first.
KIN_WORDS: Final[tuple[tuple[frozenset[str], str, str], ...]] = (
    (frozenset({"elder_brother", "younger_brother"}), "brother", "형제"),
    (frozenset({"elder_sister", "younger_sister"}), "sister", "자매"),
    (frozenset({"younger_brother", "younger_sister"}), "younger brother or sister", "동생"),
    (frozenset({"elder_brother", "elder_sister"}), "elder brother or sister", "손위 형제자매"),
    (SIBLINGS, "sibling", "형제자매"),
    (frozenset({"father", "mother"}), "parent", "부모"),
    (frozenset({"son", "daughter"}), "child", "자녀"),
    (frozenset({"husband", "wife"}), "spouse", "배우자"),
    (frozenset(KIN_LEAVES), "relative", "친척"),
)
_HEADS: Final = {
    "en": {
        "status": "left the country", "name": "name", "surname": "surname", "sex": "sex", "birth": "born",
        "home": "home", "occupation": "work", "route": "way of leaving", "departure": "left", "kin": "relative",
        "trait": "", "act": "", "act_date": "date of the act", "count": "how many", "amount": "amount",
    },
    "ko": {
        "status": "탈북", "name": "이름", "surname": "성", "sex": "성별", "birth": "출생", "home": "고향",
        "occupation": "직업", "route": "탈북 경로", "departure": "떠난 때", "kin": "가족", "trait": "", "act": "",
        "act_date": "사건 날짜", "count": "인원", "amount": "금액",
    },
}  # fmt: skip
_DETENTION: Final = "detention/"
# More alternatives than this are counted, not listed.
_MOST_LISTED: Final = 4
_DAY_LEVELS: Final = ("day", "third", "month", "season", "year", "decade")


def say_values(
    attribute: str, values: ValueSet, language: Language, *, tree: PlaceTree, vocabulary: Vocabulary
) -> str:
    """A short reading of what a claim allows.

    Parameters
    ----------
    attribute : str
        One of ``model.claims.ATTRIBUTES``.
    values : ValueSet
        What the wording allows.
    language : {"en", "ko"}
        Language of the reading.
    tree, vocabulary
        Names of places and terms.

    Returns
    -------
    str
        For example ``home: Sinuiju`` or ``detained: younger brother``.
    """
    head = _HEADS[language].get(attribute, attribute)
    if attribute == "status":
        return head
    body = _body(attribute, values, language, tree, vocabulary)
    return f"{head}: {body}" if head else body


def _body(attribute: str, values: ValueSet, language: Language, tree: PlaceTree, vocabulary: Vocabulary) -> str:
    if isinstance(values, Days):
        return say_days(values, language)
    if isinstance(values, Paths):
        if attribute == "home":
            return say_places(values, language, tree)
        return _listed((vocabulary.label(attribute, p, language) for p in sorted(values.paths)), language)
    if isinstance(values, NoneOf):
        return _say_absent(attribute, values, language, vocabulary)
    if attribute == "kin":
        return say_kin(values.codes, language, vocabulary)
    if attribute == "act":
        return _say_acts(values, language, vocabulary)
    if attribute in ("sex", "trait"):
        return _listed((vocabulary.label(attribute, c, language) for c in sorted(values.codes)), language)
    return _listed(sorted(values.codes), language)


def say_days(days: Days, language: Language) -> str:
    """Days in the finest calendar unit that says them exactly, else from the first to the last day."""
    if days.is_empty:
        return ""
    first, last = days.spans[0][0], days.spans[-1][1]
    if len(days.spans) == 1:
        for level in _DAY_LEVELS:
            if unit_around(first, level) == (first, last):
                words = word_date(days, level, language)
                return words.removeprefix("on ").removeprefix("in ")
    start, end = (date.fromordinal(o) for o in (first, last))
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}~{end.year}년" if language == "ko" else f"{start.year} to {end.year}"
    return f"{start.isoformat()} ~ {end.isoformat()}" if language == "ko" else f"{start} to {end}"


def say_places(values: Paths, language: Language, tree: PlaceTree) -> str:
    """Places by their labels; provinces that form a region by the region's."""
    for region in tree.regions.values():
        if region.provinces == values.paths and len(values.paths) > 1:
            return region.labels[language]
    labels = (tree.places[p].labels[language] if p in tree.places else _known_part(p, tree, language)
              for p in sorted(values.paths))  # fmt: skip
    return _listed(labels, language)


def _known_part(path: str, tree: PlaceTree, language: Language) -> str:
    while path and path not in tree.places:
        path = path.rpartition("/")[0]
    return tree.places[path].labels[language] if path else "?"


def say_kin(codes: frozenset[str], language: Language, vocabulary: Vocabulary) -> str:
    """Relatives in one word where there is one."""
    for group, english, korean in KIN_WORDS:
        if codes == group:
            return korean if language == "ko" else english
    return _listed((vocabulary.label("kin", c, language) for c in sorted(codes)), language)


def _say_acts(values: Codes, language: Language, vocabulary: Vocabulary) -> str:
    taken = frozenset(c.removeprefix(_DETENTION) for c in values.codes if c.startswith(_DETENTION))
    others = sorted(c for c in values.codes if not c.startswith(_DETENTION))
    said = [vocabulary.label("act", c, language) for c in others]
    if taken:
        detained = vocabulary.label("act", "detention", language)
        said.insert(0, f"{detained}: {say_kin(taken, language, vocabulary)}")
    if len(said) > _MOST_LISTED:
        return "박해" if language == "ko" else "some reprisal"
    return _listed(said, language)


def _say_absent(attribute: str, values: NoneOf, language: Language, vocabulary: Vocabulary) -> str:
    """What is not there: "no child", "자녀 없음"; a trait is a whole phrase, so "not: sends money home"."""
    if attribute == "kin":
        said = [say_kin(values.codes, language, vocabulary)] if _is_one_word(values.codes) else [
            vocabulary.label("kin", c, language) for c in sorted(values.codes)
        ]  # fmt: skip
    else:
        kinds = frozenset(c.partition("/")[0] for c in values.codes if c.startswith(_DETENTION))
        whole = kinds if all(_DETENTION + k in values.codes for k in KIN_LEAVES) else frozenset()
        named = sorted(whole | {c for c in values.codes if c.partition("/")[0] not in whole})
        said = [vocabulary.label(attribute, c, language) for c in named]
    if len(said) > _MOST_LISTED:
        return f"{len(said)}가지 모두 없음" if language == "ko" else f"none of {len(said)}"
    if language == "ko":
        return f"{'·'.join(said)} {'모두 ' if len(said) > 1 else ''}없음"
    return f"{'not:' if attribute == 'trait' else 'no'} {' or '.join(said)}"


def _is_one_word(codes: frozenset[str]) -> bool:
    return len(codes) == 1 or any(codes == group for group, _, _ in KIN_WORDS)


def _listed(items: Iterable[str], language: Language) -> str:
    found: Sequence[str] = list(dict.fromkeys(items))
    if len(found) > _MOST_LISTED:
        return f"{len(found)}가지 가운데 하나" if language == "ko" else f"one of {len(found)}"
    return (" 또는 " if language == "ko" else " or ").join(found)
