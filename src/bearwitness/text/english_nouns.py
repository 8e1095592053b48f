"""Nouns of a sentence that can be whose something is done to: relatives, families, homes, people in general."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.text.attribution import ALL_KIN, sex_of_kin
from bearwitness.text.english_words import FUNCTION_WORDS, LARGE_NUMBERS, PERSON_VERBS, Page, Word, number_of

NounKind = Literal["kin", "family", "house", "generic"]

BROTHERS: Final = frozenset({"elder_brother", "younger_brother"})
SISTERS: Final = frozenset({"elder_sister", "younger_sister"})
_ELDER: Final = frozenset({"older", "elder", "eldest", "oldest", "big"})
_YOUNGER: Final = frozenset({"younger", "youngest", "little", "baby", "small"})
_OTHER: Final = frozenset({"other_relative"})
_HEADS: Final[dict[str, frozenset[str]]] = {
    "brother": BROTHERS, "sister": SISTERS, "sibling": BROTHERS | SISTERS, "twin": BROTHERS | SISTERS,
    "mother": frozenset({"mother"}), "mom": frozenset({"mother"}), "mum": frozenset({"mother"}),
    "stepmother": frozenset({"mother"}), "father": frozenset({"father"}), "dad": frozenset({"father"}),
    "stepfather": frozenset({"father"}), "parent": frozenset({"father", "mother"}), "son": frozenset({"son"}),
    "daughter": frozenset({"daughter"}), "child": frozenset({"son", "daughter"}), "husband": frozenset({"husband"}),
    "wife": frozenset({"wife"}), "spouse": frozenset({"husband", "wife"}),
    **dict.fromkeys(["grandmother", "grandfather", "grandparent", "grandma", "grandpa"], frozenset({"grandparent"})),
    **dict.fromkeys(
        ["aunt", "uncle", "cousin", "nephew", "niece", "grandson", "granddaughter", "grandchild", "fiance"], _OTHER
    ),
    "relative": ALL_KIN,
    **dict.fromkeys(["stepbrother", "half-brother"], BROTHERS), **dict.fromkeys(["stepsister", "half-sister"], SISTERS),
    "stepson": frozenset({"son"}), "stepdaughter": frozenset({"daughter"}),
}  # fmt: skip
_PLURALS: Final = {"children": "child", "wives": "wife", "grandchildren": "grandchild"}
_FAMILY: Final = frozenset({"family", "household", "kin", "kinsman", "folk"})
_FAMILY_PLURALS: Final = {"families": "family", "households": "household", "relatives": "relative", "folks": "folk"}
_HOUSE: Final = frozenset({"home", "house", "apartment", "flat", "residence", "dwelling"})
# Not a relative: what follows makes it a word of another kind.
_NOT_KIN: Final = re.compile(
    r"[ -](?:tongue|land|nation|country|company|labou?r|ship|superior|figure|organi[sz]ation|party|state|soldiers?"
    r"|support|protection|prostitution|trafficking|ticket|plot|arrest|search(?:es)?|of god)\b", re.I
)  # fmt: skip
_MODIFIERS: Final = frozenset(
    ["younger", "older", "elder", "eldest", "oldest", "youngest", "little", "big", "baby", "small", "only", "own",
     "late", "elderly", "aged", "ageing", "aging", "sick", "ill", "first", "second", "third", "fourth", "twin",
     "remaining", "surviving", "entire", "whole", "extended", "immediate", "close", "closest", "dear", "beloved",
     "unmarried", "married", "disabled", "widowed", "teenage", "adult", "infant", "young", "old", "estranged",
     "former", "other", "remaining", "parental", "ancestral", "original", "modest", "rented", "empty", "new",
     "family's", "half", "step", "maternal", "paternal", "wider", "poor", "frail", "pregnant", "then"]
)  # fmt: skip
POSSESSIVES: Final = frozenset({"her", "his", "their", "my", "our", "your", "its", "whose"})
_DETERMINERS: Final = POSSESSIVES | {
    "the", "a", "an", "this", "that", "these", "those", "another", "both", "no", "each", "every", "any", "some",
    "all", "many", "most", "several", "few", "other", "such",
}  # fmt: skip
_GENERAL: Final = frozenset(
    {"no", "each", "every", "any", "some", "all", "many", "most", "several", "few", "other", "such"}
)
_GENERIC_HEADS: Final = frozenset(
    ["defectors", "escapees", "refugees", "people", "residents", "citizens", "women", "men", "households",
     "north-koreans", "koreans", "activists", "returnees", "migrants", "others", "anyone", "everybody", "everyone",
     "those", "brokers", "traders", "workers", "students", "soldiers", "prisoners", "detainees", "victims",
     "witnesses", "villagers", "neighbours", "neighbors", "youths", "teenagers", "members"]
)  # fmt: skip
_OF_MEMBERS: Final = re.compile(r"[ ]members?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """One such noun. ``start``/``end`` say what it is ("younger brother"); ``whole`` is where its phrase begins.

    ``owner`` is the possessive before it in lower case ("her", "the", "'s"), empty for none; ``owner_end`` where the
    phrase of a genitive ("Park's") ends. ``number`` is how many the text counts, with its passage.
    """

    start: int
    end: int
    whole: int
    kind: NounKind
    codes: frozenset[str] = frozenset()
    owner: str = ""
    owner_end: int = 0
    plural: bool = False
    number: int | None = None
    number_span: tuple[int, int] | None = None

    @property
    def sex(self) -> str:
        """The sex the noun tells."""
        return sex_of_kin(self.codes)


def find_nouns(page: Page) -> tuple[Noun, ...]:
    """Every such noun of a text, in order."""
    return tuple(noun for i in range(len(page.words)) if (noun := _noun_at(page, i)) is not None)


def _noun_at(page: Page, index: int) -> Noun | None:
    word = page.words[index]
    if word.capital and not word.first:
        return None
    head = word.lower
    single = _PLURALS.get(head) or _FAMILY_PLURALS.get(head) or (head[:-1] if head.endswith("s") else head)
    if head in _GENERIC_HEADS:
        return _generic(page, index)
    plural = single != head
    if head == "relative" and _is_adjective(page, index):
        return None
    if single in _HEADS and head != "relatives":
        return _kin(page, index, _HEADS[single], plural)
    if head in _FAMILY or head in _FAMILY_PLURALS:
        return _family(page, index, plural)
    if head in _HOUSE or single in _HOUSE:
        return _house(page, index, plural)
    return None


def _is_adjective(page: Page, index: int) -> bool:
    """Whether "relative" describes the word after it: "relative calm", "relative to"."""
    word = page.words[index]
    after = page.words[index + 1] if index + 1 < len(page.words) else None
    if after is None or page.text[word.end : after.start] != " ":
        return False
    verb = after.lower in PERSON_VERBS or after.lower in FUNCTION_WORDS or after.lower.endswith("ed")
    return after.lower == "to" or not verb


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a noun in its phrase: where the phrase begins, whose, how many, and the narrow beginning."""

    whole: int
    owner: str
    owner_end: int
    narrow: int
    words: tuple[str, ...]
    number: int | None
    number_span: tuple[int, int] | None


def _look_before(page: Page, index: int) -> _Before:
    """Walk left over the modifiers of a noun to the word that says whose it is."""
    text, words = page.text, page.words
    at = index
    narrow = whole = words[index].start
    seen: list[str] = []
    number, span = None, None
    while at > 0:
        before = words[at - 1]
        gap = text[before.end : words[at].start]
        if gap in ("'s ", "' ", "'S ") or (gap == "' " and before.lower.endswith("s")):
            return _Before(whole, "'s", before.end, narrow, tuple(seen), number, span)
        if gap not in (" ", "-") or (before.capital and not before.first and not before.general):
            break
        one_of_some = before.lower == "other" and at > 1 and words[at - 2].lower in POSSESSIVES | {"the"}
        if before.lower in _DETERMINERS and not one_of_some:
            return _Before(before.start, before.lower, 0, narrow, tuple(seen), number, span)
        value = number_of(before.lower)
        if value is not None and gap == " ":
            number, span = value, (before.start, before.end)
        elif before.lower not in _MODIFIERS and before.lower not in ("year", "old") and not _is_year_old(text, before):
            break
        if before.lower in _ELDER or before.lower in _YOUNGER:
            narrow = before.start
        seen.append(before.lower)
        at -= 1
        whole = words[at].start
    return _Before(whole, "", 0, narrow, tuple(seen), number, span)


def _is_year_old(text: str, word: Word) -> bool:
    return text.startswith(("-year-old", " year old", " year-old"), word.end)


def _kin(page: Page, index: int, codes: frozenset[str], plural: bool) -> Noun | None:
    word = page.words[index]
    if _NOT_KIN.match(page.text, word.end):
        return None
    before = _look_before(page, index)
    end = word.end
    if page.text.startswith(("-in-law", "s-in-law", " in law"), end):
        end, codes = end + len("-in-law"), _OTHER
    if index and page.text[page.words[index - 1].start : word.start] in ("half-", "step-", "half ", "step "):
        before = _look_before(page, index - 1)
    if codes & (BROTHERS | SISTERS):
        if _ELDER & set(before.words):
            codes = frozenset(c for c in codes if c.startswith("elder"))
        elif _YOUNGER & set(before.words):
            codes = frozenset(c for c in codes if c.startswith("younger"))
    if before.owner in _GENERAL or (plural and not before.owner and before.number is None):
        return Noun(start=before.whole, end=end, whole=before.whole, kind="generic", plural=plural)
    return Noun(
        start=before.narrow, end=end, whole=before.whole, kind="kin", codes=codes, owner=before.owner,
        owner_end=before.owner_end, plural=plural, number=before.number, number_span=before.number_span,
    )  # fmt: skip


def _family(page: Page, index: int, plural: bool) -> Noun | None:
    word = page.words[index]
    if page.text.startswith((" name", " ties", " background", " law", " register"), word.end):
        return None
    members = _OF_MEMBERS.match(page.text, word.end)
    before = _look_before(page, index)
    end = members.end() if members else word.end
    general = before.owner in _GENERAL or (before.owner in ("", "these", "those") and before.number is None)
    if (
        before.owner == ""
        and (members or word.lower in ("family", "relatives"))
        and not general_start(page, before.whole)
    ):
        general = False
    return Noun(
        start=before.narrow, end=end, whole=before.whole, kind="generic" if general else "family", owner=before.owner,
        owner_end=before.owner_end, plural=plural, number=before.number, number_span=before.number_span,
    )  # fmt: skip


def general_start(page: Page, start: int) -> bool:
    """Whether a phrase without a determiner begins a sentence, or is what many or other people have."""
    index = page.index_at(start)
    return index < len(page.words) and (
        page.words[index].first or page.text[max(0, start - 7) : start].endswith((" for ", " of "))
    )


def _house(page: Page, index: int, plural: bool) -> Noun | None:
    text, word = page.text, page.words[index]
    if text.startswith(("town", " town", " country", " arrest", "land", "less", "-made", " from", " to "), word.end):
        return None
    at = index
    if at and page.words[at - 1].lower == "family" and text[page.words[at - 1].end : word.start] == " ":
        at -= 1
    before = _look_before(page, at)
    if not before.owner and at == index:
        return None
    if before.owner in _GENERAL:
        return Noun(start=before.whole, end=word.end, whole=before.whole, kind="generic", plural=plural)
    return Noun(
        start=page.words[at].start, end=word.end, whole=before.whole, kind="house", owner=before.owner,
        owner_end=before.owner_end, plural=plural,
    )  # fmt: skip


def _generic(page: Page, index: int) -> Noun | None:
    """People in general: a plural without a small number and without an owner."""
    word = page.words[index]
    if word.lower == "those" and not re.match(
        r" (?:who|whose|known|in|of|from|left|with)\b", page.text[word.end : word.end + 8]
    ):
        return None
    at = index
    while at > 0 and page.text[page.words[at - 1].end : page.words[at].start] in (" ", "-"):
        before = page.words[at - 1]
        if number_of(before.lower) is not None and before.lower not in LARGE_NUMBERS:
            return None
        if before.lower in POSSESSIVES:
            return None
        counted = before.lower == "of" and at > 1 and page.words[at - 2].lower in LARGE_NUMBERS
        if (
            not counted
            and before.lower not in _DETERMINERS
            and not before.general
            and before.lower not in _ADJECTIVES
            and number_of(before.lower) is None
        ):
            break
        at -= 1
    return Noun(start=page.words[at].start, end=word.end, whole=page.words[at].start, kind="generic", plural=True)


_ADJECTIVES: Final = frozenset(
    [
        "fellow", "more", "other", "former", "young", "old", "ordinary", "local", "female", "male", "countless",
        "numerous", "thousands", "hundreds", "dozens", "elderly", "vulnerable", "resettled", "older", "younger",
    ]
)  # fmt: skip
