"""The place tree: provinces, counties and what lies below, with every name each has and the regions they form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bearwitness.model.claims import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node of the tree. ``path`` is ``province`` or ``province/county`` or deeper; ``names`` are all its names.

    ``labels`` is what it is called in wording, per language. ``population`` is persons (2008), None where unknown.
    """

    path: str
    kind: str
    labels: Mapping[Language, str]
    names: Mapping[Language, tuple[str, ...]]
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Provinces that one wording names together ("a northern border province")."""

    id: str
    labels: Mapping[Language, str]
    names: Mapping[Language, tuple[str, ...]]
    provinces: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTree:
    """All places by path, and all regions by id."""

    places: Mapping[str, Place]
    regions: Mapping[str, Region]

    def find(self, name: str) -> tuple[str, ...]:
        """The paths that a name (or a path) may mean: none, one, or several where the name is ambiguous.

        Parameters
        ----------
        name : str
            A name in either language, compared without case, or a path.
        """
        if name in self.places:
            return (name,)
        wanted = name.strip().casefold()
        return tuple(
            p.path for p in self.places.values()
            if any(n.casefold() == wanted for names in p.names.values() for n in names)
        )  # fmt: skip

    def forms(self, language: Language) -> dict[str, frozenset[str]]:
        """Every way a place or region is written in a language, with the paths that wording allows."""
        found: dict[str, set[str]] = {}
        for place in self.places.values():
            for name in place.names.get(language, ()):
                found.setdefault(name, set()).add(place.path)
        for region in self.regions.values():
            for name in region.names.get(language, ()):
                found.setdefault(name, set()).update(region.provinces)
        return {name: frozenset(paths) for name, paths in found.items()}

    def with_places(self, more: Iterable[Place]) -> PlaceTree:
        """The tree with places of a case added (wards and villages that the shipped tree lacks)."""
        return PlaceTree(places={**self.places, **{p.path: p for p in more}}, regions=self.regions)
