"""What a scanner knows of the world, put together from the package's data."""

from __future__ import annotations

from functools import cache

from bearwitness.data.load import (
    load_institutions,
    load_place_tree,
    load_public_days,
    load_surnames,
    load_vocabulary,
    load_world,
)
from bearwitness.model.claims import Language
from bearwitness.text.scene import Lexicon


@cache
def build_lexicon(language: Language) -> Lexicon:
    """The lexicon of a language; made once a process.

    Parameters
    ----------
    language : {"en", "ko"}
        Language of the text to be scanned.
    """
    return Lexicon(
        places=load_place_tree().forms(language), occupations=load_vocabulary().forms("occupation", language),
        surnames=load_surnames(), institutions=load_institutions(language), world=load_world(language),
        public_days=load_public_days(),
    )  # fmt: skip
