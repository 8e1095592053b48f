"""What the small picture of the chains of an act shows, before it is drawn as text or as SVG.

Who told whom is the most dangerous of all that a record holds. A picture is only ever made for members who hold the
chain compartment: nothing here asks again, so nothing here may be called with chains that were not read for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from bearwitness.cli.chain_strings import say, say_directness
from bearwitness.cli.figures import show_line
from bearwitness.linkage.chains import Chain
from bearwitness.model.claims import Language

# What no XML document may hold, though it is a character.
_NO_CHARACTERS = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The chains of one act, and what they may be labelled with.

    Parameters
    ----------
    act : str
        What the act is called.
    chains : tuple of Chain
        All chains of all its accounts.
    labels : mapping
        The key of a person -> what they are called in the picture; the key itself where they are missing.
    counted : frozenset of int
        The places of the chains that count as independent (``pick_counted``).
    least, most : int
        The bounds of the number of independent sources.
    """

    act: str
    chains: tuple[Chain, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    least: int
    most: int

    def label(self, person: str) -> str:
        """What a person is called, in one line and without characters that are not seen."""
        return one_line(self.labels.get(person, person))


class Way(NamedTuple):
    """A chain as it is drawn: its hops are keys of people, or, of somebody unknown, what nobody else has."""

    chain: Chain
    counted: bool
    hops: tuple[Hashable, ...]


def ways_in_order(picture: Picture) -> list[Way]:
    """The chains so that those with a common beginning lie beside each other; the same for the same picture."""
    every = [
        Way(c, at in picture.counted, tuple(_Unknown(at, n) if h is None else h for n, h in enumerate(c.hops)))
        for at, c in enumerate(picture.chains)
    ]
    first: dict[Hashable, int] = {}
    for way in every:
        for hop in way.hops:
            first.setdefault(hop, len(first))
    return sorted(every, key=lambda w: (tuple(first[h] for h in w.hops), w.chain.testimony))


class _Unknown(NamedTuple):
    """Somebody unknown, by their place: nobody can say that two of them are one."""

    chain: int
    place: int


def is_unknown(hop: Hashable) -> bool:
    """Whether a hop of a way is somebody unknown."""
    return isinstance(hop, _Unknown)


def shared_people(ways: Iterable[Way]) -> list[str]:
    """Who is on more than one way, in the order of the ways."""
    times = Counter(hop for way in ways for hop in way.hops if isinstance(hop, str))
    return [person for person, n in times.items() if n > 1]


def layers(paths: Sequence[Sequence[Hashable]]) -> dict[Hashable, int]:
    """How far from the left each node stands, as far as the longest path to it.

    Where two accounts tell opposite orders, the one that comes first is followed.
    """
    after: dict[Hashable, list[Hashable]] = {node: [] for path in paths for node in path}
    for path in paths:
        for one, other in pairwise(path):
            if other not in after[one] and not _reaches(after, other, one):
                after[one].append(other)
    before = Counter(other for others in after.values() for other in others)
    ready = [node for node in after if not before[node]]
    found = dict.fromkeys(after, 0)
    while ready:
        node = ready.pop()
        for other in after[node]:
            found[other] = max(found[other], found[node] + 1)
            before[other] -= 1
            if not before[other]:
                ready.append(other)
    return found


def _reaches(after: Mapping[Hashable, Sequence[Hashable]], start: Hashable, end: Hashable) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        new = [n for n in after[node] if n not in seen]
        seen.update(new)
        waiting.extend(new)
    return False


def tell(picture: Picture, language: Language) -> list[str]:
    """The same as the picture, in sentences."""
    ways = ways_in_order(picture)
    if not ways:
        return [say(language, "none")]
    told = [say(language, "bounds", least=picture.least, most=picture.most)]
    for chain, counted, hops in ways:
        people = (picture.label(h) if isinstance(h, str) else say(language, "somebody") for h in hops)
        told.append(say(
            language, "way_counted" if counted else "way", testimony=one_line(chain.testimony),
            directness=say_directness(language, chain.directness), people=say(language, "then").join(people),
        ))  # fmt: skip
    shared = shared_people(ways)
    if shared:
        told.append(say(language, "shared", people=", ".join(map(picture.label, shared))))
    return told


def one_line(text: str) -> str:
    """A text as it can stand in a picture: in one line, every character seen and allowed in XML."""
    return show_line(text).translate(_NO_CHARACTERS)


def cut(text: str, cells: int) -> str:
    """A text in at most so many cells of a terminal, where Korean letters take two; its end may become an ellipsis."""
    return text if cell_len(text) <= cells else set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"
