"""What a reading knows outside the case: words, places, terms and surnames, the same for every draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bearwitness.model.claims import Language
from bearwitness.model.places import PlaceTree
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.scene import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything a reading takes from outside the draft and the case.

    Parameters
    ----------
    lexicons : mapping of Language to Lexicon
        What the scanner of each language looks for.
    ordinary : mapping of Language to frozenset of str
        Ordinary words of each language in lower case, which are no names.
    tree : PlaceTree
        Places with their labels.
    vocabulary : Vocabulary
        Terms with their labels.
    surnames : mapping of str to tuple of str
        Hangul surname, as the South writes it, to its Latin spellings.
    """

    lexicons: Mapping[Language, Lexicon]
    ordinary: Mapping[Language, frozenset[str]]
    tree: PlaceTree
    vocabulary: Vocabulary
    surnames: Mapping[str, tuple[str, ...]]
