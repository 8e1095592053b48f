"""What every assessment needs and nobody has to give: lexicons, ladders, drawn frames, adversaries; made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, TypeVar

import numpy as np

from bearwitness.data.load import (
    load_adversary_specs,
    load_frame_specs,
    load_place_tree,
    load_surnames,
    load_vocabulary,
    load_words,
)
from bearwitness.disclosure.adversaries import Adversary, check_adversary, read_adversary
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import Frames, draw_frames
from bearwitness.disclosure.ladders import Ladders
from bearwitness.errors import PolicyError
from bearwitness.model.claims import KIN_LEAVES, Language
from bearwitness.model.publication import EstimatedSize, Policy
from bearwitness.services.frame_rows import RowFiles, find_rows, put_row_files
from bearwitness.services.frame_size import ActedSize, find_size, put_size
from bearwitness.services.lexicon import build_lexicon
from bearwitness.text.world import World

# One fixed seed: the same draft gets the same verdict every time, on every machine.
FRAME_SEED: Final = 20240115
LANGUAGES: Final[tuple[Language, ...]] = ("en", "ko")
Value = TypeVar("Value")


class _ByLanguage(Mapping[Language, Value]):
    """A value per language, made when it is first asked for: a draft in one language never loads the other's words."""

    def __init__(self, make: Callable[[Language], Value]) -> None:
        self._make = make

    def __getitem__(self, language: Language) -> Value:
        return self._make(language)

    def __iter__(self) -> Iterator[Language]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


@cache
def load_world() -> World:
    """What a reading knows outside the case."""
    return World(
        lexicons=_ByLanguage(build_lexicon),
        ordinary=_ByLanguage(load_words),
        tree=load_place_tree(),
        vocabulary=load_vocabulary(),
        surnames=load_surnames(),
    )


@cache
def load_frames() -> Frames:
    """The shipped frames, drawn from their posteriors."""
    return draw_frames(load_frame_specs(), np.random.default_rng(FRAME_SEED))


@cache
def load_adversaries() -> dict[str, Adversary]:
    """The shipped adversaries by id."""
    found = [read_adversary(spec) for spec in load_adversary_specs()]
    return {a.id: a for a in found}


def crowds_of(policy: Policy) -> tuple[Crowd, ...]:
    """One crowd per adversary of a policy, among the households that it says; errors as of `crowds_for`."""
    return crowds_for(policy.adversaries, policy.rows, policy.acted_size)


def crowds_for(
    ids: tuple[str, ...], rows: tuple[str, ...] = (), sized: EstimatedSize | None = None
) -> tuple[Crowd, ...]:  # fmt: skip
    """One crowd per adversary of a policy; kept, with what they remember, for as long as the files stay as they are.

    Parameters
    ----------
    ids : tuple of str
        The adversaries.
    rows : tuple of str
        The files of frames of rows that the policy names.
    sized : EstimatedSize, optional
        The estimate that it reads the number of households acted upon from.

    Raises
    ------
    PolicyError
        If the policy names an adversary that does not exist, or none at all.
    FrameError
        If a file of rows is malformed, or its rows could be people; or if an estimate gives no number that may be used.
    TableError
        If the table of one does not hold what the file says.
    """
    return _crowds_over(ids, find_rows(rows), find_size(sized) if sized else None)


@lru_cache(maxsize=4)
def _crowds_over(ids: tuple[str, ...], rows: tuple[RowFiles, ...], size: ActedSize | None) -> tuple[Crowd, ...]:
    return _crowds_among(ids, _frames_over(rows, size))


@lru_cache(maxsize=2)
def _frames_over(rows: tuple[RowFiles, ...], size: ActedSize | None) -> Frames:
    frames = put_size(load_frames(), size, seed=FRAME_SEED) if size else load_frames()
    return put_row_files(frames, rows, seed=FRAME_SEED)


def _crowds_among(ids: tuple[str, ...], frames: Frames) -> tuple[Crowd, ...]:
    known = load_adversaries()
    unknown = [i for i in ids if i not in known]
    if unknown or not ids:
        raise PolicyError(
            "the policy names an adversary that does not exist." if unknown else "the policy names no adversary.",
            hint=f"Choose from: {', '.join(known)}.",
        )
    for i in ids:
        check_adversary(known[i], frames)
    return tuple(Crowd(frames, known[i]) for i in ids)


@cache
def load_ladders() -> Ladders:
    """How values widen: the regions of the place tree, the acts of the vocabulary."""
    tree, vocabulary = load_place_tree(), load_vocabulary()
    regions: dict[str, frozenset[str]] = {}
    for region in tree.regions.values():
        for province in region.provinces:
            # The widest region a province belongs to is the one that tells least.
            if len(region.provinces) > len(regions.get(province, ())):
                regions[province] = region.provinces
    acts = {code for code in vocabulary.lists.get("act", {}) if code != "detention"}
    acts |= {f"detention/{leaf}" for leaf in KIN_LEAVES}
    return Ladders(regions=regions, acts=frozenset(acts))
