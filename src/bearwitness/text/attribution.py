"""Who a passage speaks of, whatever the language: everybody a sentence shows as anchors, and choices among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.model.claims import KIN_LEAVES

Kind = Literal["person", "carrier", "named", "kin", "family", "house", "generic"]

ALL_KIN: Final = frozenset(KIN_LEAVES)
_FEMALE: Final = frozenset({"elder_sister", "younger_sister", "mother", "daughter", "wife"})
_MALE: Final = frozenset({"elder_brother", "younger_brother", "father", "son", "husband"})
# Whose relatives these are stays in one household; the relatives of any other relative are further relatives.
_SAME_FOR_SIBLINGS: Final = frozenset({"father", "mother", "grandparent"})
_PARENTS: Final = frozenset({"father", "mother"})
_CHILDREN: Final = frozenset({"son", "daughter"})
_SIBLINGS: Final = frozenset({"elder_brother", "younger_brother", "elder_sister", "younger_sister"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A passage that stands for somebody: a person, a relative of one, a family, a home, or people in general.

    ``keys`` are those it stands for (several where that is open, or for a group; none for people in general), and
    ``about`` names the relative of theirs that is meant, empty for the person. ``root`` is the passage that says
    what kind of relative. ``subject`` tells whether it can be what a sentence is about, ``possessive`` whether it
    only says whose something is.
    """

    start: int
    end: int
    kind: Kind
    keys: tuple[str, ...] = ()
    about: str = ""
    sex: str = ""
    root: tuple[int, int] | None = None
    plural: bool = False
    subject: bool = True
    possessive: bool = False

    @property
    def kin(self) -> frozenset[str]:
        """What the relative may be; empty for the person."""
        return frozenset(self.about.removeprefix("kin:").split("|")) if self.about else frozenset()


def about_kin(codes: Iterable[str]) -> str:
    """How a statement names a relative as what it is about."""
    return "kin:" + "|".join(sorted(codes))


def sex_of_kin(codes: frozenset[str]) -> str:
    """The sex that a kin word tells, empty where it tells none."""
    if codes and codes <= _FEMALE:
        return "female"
    return "male" if codes and codes <= _MALE else ""


def kin_of_kin(owner: frozenset[str], codes: frozenset[str]) -> frozenset[str]:
    """What a relative's relative is to the one who left: a brother's mother is the mother, his wife a relative."""
    if not owner:
        return codes
    if owner <= _SIBLINGS and codes <= _SAME_FOR_SIBLINGS:
        return codes
    # The son of somebody's mother may be that person: nothing is said of a relative.
    return frozenset() if owner <= _PARENTS and codes <= _CHILDREN else frozenset({"other_relative"})


def nearest_before(anchors: Sequence[Anchor], at: int, hidden: Sequence[tuple[int, int]] = ()) -> Anchor | None:
    """The last anchor that ends before a passage, those in a closed aside (``hidden``) left out unless it is in it."""
    best: Anchor | None = None
    for anchor in anchors:
        if anchor.end > at:
            continue
        if any(a <= anchor.start < b <= at for a, b in hidden):
            continue
        if best is None or (anchor.end, anchor.start) > (best.end, best.start):
            best = anchor
    return best


def nearest_after(anchors: Sequence[Anchor], at: int, before: int) -> Anchor | None:
    """The first anchor that begins at or after a passage and before a limit; of two the longer."""
    inside = [a for a in anchors if at <= a.start < before]
    return min(inside, key=lambda a: (a.start, -a.end), default=None)


def merge_keys(anchors: Iterable[Anchor]) -> tuple[str, ...]:
    """The keys of several anchors, each once, in order."""
    return tuple(dict.fromkeys(k for a in anchors for k in a.keys))
