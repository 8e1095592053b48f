"""The ways to write a place of a record and what it lies in: each name with how many steps above the place it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bearwitness.model.places import Place, PlaceTree
from bearwitness.model.records import CasePlace
from bearwitness.text.romanisation import is_hangul, north_south
from bearwitness.text.romanisation_systems import SYSTEMS, romanise
from bearwitness.text.surface_names import without_marks
from bearwitness.text.surface_nations import nation_words, with_other_nation_words

# What a Korean place is, at the end of its name, and how that is written in Latin letters and in English.
_KINDS: Final = {
    "로동자구": ("rodongjagu", "workers' district"), "노동자구": ("nodongjagu", "workers' district"),
    "특별시": ("special city", "city"), "직할시": ("city",), "동": ("dong", "neighbourhood"),
    "리": ("ri", "ni", "village"), "읍": ("up", "eup", "town"), "구역": ("guyok", "kuyok", "district"),
    "구": ("gu", "ku", "district"), "시": ("si", "city"), "군": ("gun", "kun", "county"),
    "면": ("myon", "myeon", "township"), "도": ("do", "province"), "마을": ("maul", "village"), "반": ("ban", "unit"),
}  # fmt: skip
_OF: Final = re.compile(
    r"^(?:the )?(?:city|town|village|municipality|province|county|district|region|department|state|commune|republic"
    r"|kingdom|canton) of (?:the )?",
    re.IGNORECASE,
)  # fmt: skip
_SUFFIX: Final = re.compile(
    r"[ -](?:city|town|village|municipality|province|county|district|region|department|si|dong|ri|gun|gu|up|do)$",
    re.IGNORECASE,
)  # fmt: skip
_FEWEST_SYLLABLES: Final = 2
_LONGEST_JOINED: Final = 4


def place_ladder(place: str, tree: PlaceTree, case_places: Iterable[CasePlace]) -> tuple[tuple[str, str, int], ...]:
    """Every name of a place, of what it lies in, and of the regions around it.

    Parameters
    ----------
    place : str
        As the record has it: a path or a name.
    tree : PlaceTree
        The places known to everybody.
    case_places : iterable of CasePlace
        Places of the case, below those.

    Returns
    -------
    tuple of (str, str, int)
        Written form; path, or id of a region; rung: 0 for the place itself, one more for each step up. Of a name
        that means several places all are taken. A place that nobody knows has the forms of its name alone.
    """
    own: dict[str, list[str]] = {}
    for known in case_places:
        own.setdefault(known.path, []).extend(known.names)
    paths = [p for p, names in own.items() if place == p or place in names]
    paths += [p for p in tree.find(place) if p not in paths]
    if not paths and "/" in place:
        paths = [place]
    found: dict[tuple[str, str], int] = {}
    for path in paths:
        for form, value, rung in _branch(path, tree, own):
            found.setdefault((form, value), rung)
            found[form, value] = min(found[form, value], rung)
    if not paths:
        found = {(form, place): 0 for form in written_forms(place)}
    return tuple((form, value, rung) for (form, value), rung in found.items())


def _branch(path: str, tree: PlaceTree, own: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, int]]:
    rung = 0
    at = path
    while at:
        names = [f for name in own.get(at, ()) for f in written_forms(name)]
        if at in tree.places:
            names += _tree_names(tree.places[at])
        yield from ((name, at, rung) for name in dict.fromkeys(names))
        rung += bool(names) or at == path
        at = at.rpartition("/")[0]
    province = path.partition("/")[0]
    regions = sorted((len(r.provinces), r.id) for r in tree.regions.values() if province in r.provinces)
    sizes = sorted({size for size, _ in regions})
    for size, region in regions:
        names = [n for written in tree.regions[region].names.values() for n in written]
        names += tree.regions[region].labels.values()
        yield from ((name, region, rung + sizes.index(size)) for name in dict.fromkeys(names))


def _tree_names(place: Place) -> list[str]:
    names = [n for written in place.names.values() for n in written]
    return [*names, *(label for label in place.labels.values() if label not in names)]


def written_forms(name: str) -> tuple[str, ...]:
    """The name of a small Korean place as both sides write it, without what kind of place it is, and in Latin letters.

    Parameters
    ----------
    name : str
        A name in Hangul or Latin letters.
    """
    bare = name.replace(" ", "")
    if not is_hangul(bare):
        return expand_place(name)
    words = name.split()
    found = [name, bare]
    for word in words:
        for side in (word[0], *sorted(north_south(word[0]) - {word[0]})):
            spelled = side + word[1:]
            kind = next((k for k in _KINDS if spelled.endswith(k) and len(spelled) > len(k)), "")
            stem = spelled.removesuffix(kind) if kind else spelled
            if len(stem) >= _FEWEST_SYLLABLES:
                found += [spelled, stem, f"{stem} {kind}".strip()]
            elif len(words) == 1:
                found.append(spelled)
            found += _latin(stem, _KINDS.get(kind, ()))
    return tuple(dict.fromkeys(found))


def _latin(stem: str, kinds: Iterable[str]) -> Iterator[str]:
    for system in SYSTEMS:
        for as_word in (True, False):
            for form in without_marks(romanise(stem, system, as_word=as_word)):
                if len(stem) >= _FEWEST_SYLLABLES:
                    yield form
                yield from (f"{form} {kind}" for kind in kinds)
                yield from (f"{form}{kind}" for kind in kinds if len(kind) <= _LONGEST_JOINED)


def expand_place(form: str) -> tuple[str, ...]:
    """The ways in which a place is usually written again, the form itself first.

    Parameters
    ----------
    form : str
        A place in either language, with or without "the city of" and the like.

    Returns
    -------
    tuple of str
        Without its article and its kind; each part of "Lyons, France"; of countries also their adjectives and people.
    """
    form = " ".join(form.split())
    bare = re.sub(r"^the ", "", form, flags=re.IGNORECASE)
    core = _SUFFIX.sub("", _OF.sub("", bare))
    found = [form, bare, core]
    parts = [p.strip() for p in re.split(r",|\(|\)", bare) if len(p.strip()) > 1]
    if len(parts) > 1:
        found += [f for part in parts for f in expand_place(part)]
    for part in (bare, core):
        found += nation_words(part) or with_other_nation_words(part)
    if is_hangul(core.replace(" ", "")) and not nation_words(core):
        found += written_forms(core)
    elif core.isascii() is False or core[:1].isupper():
        found += [f"{core} City", f"City of {core}"] if " " not in core and not nation_words(core) else []
    return tuple(dict.fromkeys(f for f in found if len(f) > 1))
