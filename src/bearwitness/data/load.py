"""Reads the package's own data, each file once: places, vocabulary, surnames, words, frames, adversaries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from bearwitness.model.claims import Language
from bearwitness.model.places import Place, PlaceTree, Region
from bearwitness.model.vocabulary import Term, Vocabulary

_HERE: Final = Path(__file__).resolve().parent
_WORDS: Final = {"en": "english_words.txt", "ko": "korean_words.txt"}
FRAME_NAMES: Final = ("residents", "left", "acted")
ADVERSARY_NAMES: Final = ("state_security", "informant", "reader")


def _read(name: str) -> Any:
    with (_HERE / name).open("rb") as file:
        return json.load(file)


@cache
def load_place_tree() -> PlaceTree:
    """Provinces and counties with all their names, and the regions they form; sources in places.json."""
    spec = _read("places.json")
    places = {path: _place(path, p) for path, p in spec["places"].items()}
    regions = {
        name: Region(id=name, labels=r["labels"], names=_names(r), provinces=frozenset(r["provinces"]))
        for name, r in spec["regions"].items()
    }
    return PlaceTree(places=places, regions=regions)


def _place(path: str, spec: Mapping[str, Any]) -> Place:
    return Place(
        path=path, kind=spec["kind"], labels=spec["labels"], names=_names(spec), population=spec["population"]
    )  # fmt: skip


def _names(spec: Mapping[str, Any]) -> dict[Language, tuple[str, ...]]:
    return {"en": tuple(spec["names"]["en"]), "ko": tuple(spec["names"]["ko"])}


@cache
def load_vocabulary() -> Vocabulary:
    """The lists of terms by name, from vocabulary.yaml; forms are separated by |, the label first."""
    with (_HERE / "vocabulary.yaml").open("rb") as file:
        spec = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Vocabulary(
        lists={
            name: {code: _term(code, forms) for code, forms in entry["terms"].items()}
            for name, entry in spec["lists"].items()
        }
    )


def _term(code: str, written: Mapping[str, str]) -> Term:
    english, korean = (tuple(f.strip() for f in written[language].split("|")) for language in ("en", "ko"))
    return Term(
        code=code, labels={"en": english[0], "ko": korean[0]}, forms={"en": english[1:], "ko": korean[1:]},
        huridocs_code=written.get("huridocs", ""),
    )  # fmt: skip


@cache
def load_surnames() -> Mapping[str, tuple[str, ...]]:
    """Hangul surname, as written in the South, to its Latin spellings; commonest surname first."""
    return MappingProxyType({s: tuple(latin) for s, latin in _read("surnames.json")["surnames"].items()})


@cache
def load_public_days() -> frozenset[date]:
    """Days of laws, speeches and other public events, which say nothing of a household."""
    return frozenset(date.fromisoformat(day) for day in _read("public_days.json")["days"])


@cache
def load_institutions(language: Language) -> frozenset[str]:
    """Names of authorities and organisations that may be printed."""
    return frozenset(_read("public_names.json")["institutions"][language])


@cache
def load_world(language: Language) -> frozenset[str]:
    """Countries, their people and far cities that say nothing of a household (not the Chinese border towns)."""
    return frozenset(_read("public_names.json")["world"][language])


@cache
def load_words(language: Language) -> frozenset[str]:
    """Ordinary words of a language in lower case; none where the list is not shipped."""
    path = _HERE / _WORDS[language]
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def load_frame_specs() -> tuple[Mapping[str, Any], ...]:
    """The frame files, outermost first, as ``disclosure.frames.draw_frames`` takes them."""
    return tuple(_read(f"frames/{name}.json") for name in FRAME_NAMES)


@cache
def load_adversary_specs() -> tuple[Mapping[str, Any], ...]:
    """The adversary files, as ``disclosure.adversaries.read_adversary`` takes them."""
    return tuple(_read(f"adversaries/{name}.json") for name in ADVERSARY_NAMES)


def worked_case_path(name: str) -> Path:
    """Where a file of the worked case lies.

    Parameters
    ----------
    name : str
        ``case.yaml``, ``draft.en.txt``, ``draft.ko.txt``, ``ledger.yaml``, ``policy.yaml`` or ``decisions.yaml``.

    Raises
    ------
    ValueError
        If the worked case has no such file.
    """
    path = _HERE / "worked_case" / name
    if path.parent != _HERE / "worked_case" or not path.is_file():
        raise ValueError(f"the worked case has no file {name}")
    return path
