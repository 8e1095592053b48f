"""The English words for a claim said less exactly, each of which the scanner reads as no more than the claim allows."""

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

DETENTION: Final = "detention/"
RELATIVE: Final = "relative"
_SIBLINGS: Final = frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"})
# Sets of relatives that one English word says; a wider set than any of them is "relative".
_KIN: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({"elder_brother"}), "elder brother"), (frozenset({"younger_brother"}), "younger brother"),
    (frozenset({"elder_sister"}), "elder sister"), (frozenset({"younger_sister"}), "younger sister"),
    (frozenset({"elder_brother", "younger_brother"}), "brother"),
    (frozenset({"elder_sister", "younger_sister"}), "sister"), (_SIBLINGS, "sibling"),
    (frozenset({"father"}), "father"), (frozenset({"mother"}), "mother"), (frozenset({"father", "mother"}), "parent"),
    (frozenset({"son"}), "son"), (frozenset({"daughter"}), "daughter"), (frozenset({"son", "daughter"}), "child"),
    (frozenset({"husband"}), "husband"), (frozenset({"wife"}), "wife"), (frozenset({"husband", "wife"}), "spouse"),
    (frozenset({"grandparent"}), "grandparent"),
)  # fmt: skip
_PLURALS: Final = {"child": "children", "wife": "wives"}
_ROUTES: Final = {"china": "by way of China", "abroad": "from abroad"}
# What is said of the household of an act that is only known to have been one.
SOME_ACT: Final = "harassed"
_YEAR: Final = re.compile(r"\d{4}")


def kin_word(codes: frozenset[str]) -> str:
    """The word that allows all of these relatives and the fewest others: "sibling", "relative"."""
    wanted = frozenset(c.removeprefix(DETENTION) for c in codes)
    fitting = [(len(group), word) for group, word in _KIN if wanted <= group]
    return min(fitting)[1] if fitting and wanted < frozenset(KIN_LEAVES) else RELATIVE


def plural_of(word: str) -> str:
    """The plural of one of the words of ``kin_word``."""
    return _PLURALS.get(word, f"{word}s")


def with_article(word: str) -> str:
    """A word with "a" or "an" before it, by its first letter."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def place_words(values: Paths, tree: PlaceTree) -> str:
    """The name of a place or region, with its article where it has one; empty where no one name says the places."""
    for region in tree.regions.values():
        if region.provinces == values.paths and len(values.paths) > 1:
            return region.labels["en"]
    if len(values.paths) != 1:
        return ""
    path = next(iter(values.paths))
    return tree.places[path].labels["en"] if path in tree.places else ""


def term_words(name: str, values: Paths, vocabulary: Vocabulary) -> str:
    """The label of an occupation without an article, or a way of leaving; empty where it is not one term."""
    if len(values.paths) != 1:
        return ""
    code = next(iter(values.paths))
    if name == "route":
        return _ROUTES.get(code, "")
    return vocabulary.label(name, code, "en") if code in vocabulary.lists.get(name, {}) else ""


def day_words(days: Days, level: str, *, quote: str, published: date | None) -> str:
    """Words for a date, with their preposition; read back, they allow the same days and no others.

    Parameters
    ----------
    days : Days
        What the words may allow.
    level : str
        The unit to say them in.
    quote : str
        How the draft says the date: without a year there, none is added where the words mean the same without one.
    published : date or None
        When the draft would leave.

    Returns
    -------
    str
        Empty where no words say these days and no others.
    """
    bare = [word_date(days, level, "en", with_year=False)] if not _YEAR.search(quote) else []
    for words in (*bare, word_date(days, level, "en")):
        found = find_dates(words, language="en", published=published)
        if len(found) == 1 and found[0].days is not None and values_include(found[0].days, days):
            return words
    return ""


def birth_words(days: Days, level: str, *, published: date | None) -> str:
    """Words for a time of birth: "born in 1988", "born between 1985 and 1989"."""
    words = day_words(days, level, quote="2000", published=published)
    return f"born {words}" if words else ""


def word_en(claim: Claim, rung: Rung, *, tree: PlaceTree, vocabulary: Vocabulary) -> str:
    """The words that say a claim at a rung, standing alone; empty where nothing is said any more.

    Parameters
    ----------
    claim : Claim
        The claim as the draft makes it.
    rung : Rung
        How it is to be said.
    tree, vocabulary
        Names of places and terms.
    """
    values = rung.values
    if values is None:
        return ""
    if values == claim.values:
        return claim.spans[0].quote if claim.spans else ""
    if isinstance(values, Days):
        if claim.attribute == "birth":
            return birth_words(values, rung.level, published=None)
        return day_words(values, rung.level, quote="2000", published=None)
    if isinstance(values, Paths):
        if claim.attribute == "home":
            return place_words(values, tree)
        return term_words(claim.attribute, values, vocabulary)
    return _code_words(claim.attribute, values) if isinstance(values, Codes) else ""


def _code_words(attribute: str, values: Codes) -> str:
    if attribute == "kin":
        return with_article(kin_word(values.codes))
    if attribute == "act":
        taken = all(c.startswith(DETENTION) for c in values.codes)
        return with_article(kin_word(values.codes)) if taken else SOME_ACT
    return ""
