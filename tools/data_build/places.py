"""The place tree as package data: every unit with all the ways it is written, in both languages."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from data_build.place_spellings import (
    CITIES,
    DISTRICTS,
    DOUBLE_EN,
    FORMER,
    HALVES,
    ORDINARY_KO,
    PROVINCES,
    REGIONS,
    SOUTHERN,
    WHOLES,
)

# Latin suffixes by kind of unit; the first is the English word, the rest are romanised.
_SUFFIXES: Final = {
    "city": ("City", "-si", "-shi"),
    "county": ("County", "-gun", "-kun"),
    "district": ("District", "-guyok", "-guyeok", "-kuyok", "-gu", "-ku"),
    "district (gu)": ("District", "-gu", "-ku"),
    "area": ("District", "-jigu", "-chigu"),
}
_KOREAN_SUFFIXES: Final = ("구역", "지구", "시", "군", "구")
# The South writes ㄹ and ㄴ at the beginning of a word otherwise: 룡천 is 용천, 락원 is 낙원, 녕변 is 영변.
_INITIAL_SOUND: Final = str.maketrans({
    "량": "양", "려": "여", "력": "역", "련": "연", "령": "영", "룡": "용", "류": "유", "리": "이", "린": "인",
    "림": "임", "라": "나", "락": "낙", "랑": "낭", "로": "노", "녕": "영", "녀": "여",
})  # fmt: skip


def build_places(table: Path) -> dict[str, Any]:
    """The tree as it ships: places by path and regions by id.

    Parameters
    ----------
    table : Path
        CSV of units with Korean and Latin names and the population of the 2008 census.
    """
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    places: dict[str, Any] = {}
    for row in rows:
        if row["level"] == "1":
            places[PROVINCES[row["name_ko"]][0]] = _province(row)
    for row in rows:
        if row["level"] == "2":
            path, place = _county(row)
            if path in places:
                raise ValueError(f"two units have the path {path}")
            places[path] = place
    return {"source": SOURCE, "places": places, "regions": dict(_regions())}


SOURCE: Final = (
    "Names: official North Korean spelling, Revised, McCune-Reischauer and common English forms, North and South Korean"
    " Hangul. Population: DPRK 2008 census (Central Bureau of Statistics 2009); city figures as published, county"
    " figures from a secondary public table whose sums were checked against the published provincial totals."
)


def _province(row: dict[str, str]) -> dict[str, Any]:
    path, english, korean = PROVINCES[row["name_ko"]]
    if path in CITIES:
        latin, hangul = CITIES[path]
    else:
        latin, hangul = _province_names(path, row["name_ko"])
    return _place(row, english, korean, latin, hangul)


def _province_names(path: str, korean: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if path in WHOLES:
        bases, short = WHOLES[path]
        latin = [f for b in bases for f in (b, f"{b} Province", f"{b}-do", f"{b} Do", f"{b}do", f"{b}-to")]
        return tuple(latin), _without_ordinary(path, (korean, *short))
    bases, half, shorts, korean_shorts = HALVES[path]
    tails = ("nam", "namdo") if half == "South" else ("buk", "bukdo", "puk", "pukto", "pukdo")
    latin = []
    for base in bases:
        latin += [f"{half} {base}", f"{half} {base} Province", f"{half} {base}-do", f"{half}ern {base}"]
        latin += [f"{base}{t}" for t in tails if t.endswith(("do", "to"))]
        latin += [f"{base}-{t}" for t in tails]
        latin += [f"{base} {t.capitalize()}" for t in tails if t.endswith(("do", "to"))]
        latin += [f"{base}{t}-do" for t in tails if not t.endswith(("do", "to"))]
    latin += [f"{base} {half}" for base in bases[:2]]
    return (*latin, *shorts), _without_ordinary(path, (korean, *korean_shorts))


def _without_ordinary(path: str, names: tuple[str, ...]) -> tuple[str, ...]:
    # "량강" alone is safe to read; "양강" alone also means "two powers", so it is kept with its suffix only.
    return tuple(n for n in names if n != "양강") + (("양강 출신",) if path == "ryanggang" else ())


def _county(row: dict[str, str]) -> tuple[str, dict[str, Any]]:
    korean = row["name_ko"]
    more = DISTRICTS.get(korean, ())
    dprk = row["dprk_spelling"] or more[0]
    province = PROVINCES[row["parent_ko"]][0]
    path = f"{province}/{dprk.replace(' ', '').lower()}"
    kind_word = "" if row["kind"] == "city" else " " + _SUFFIXES[row["kind"]][0]
    label = _plain(row["common_english"] or dprk) + kind_word
    if path == "kaesong/kaesong":
        # The special city has this name; the city proper is found by its path only.
        return path, _place(row, "the city of Kaesong itself", "개성시 중심", (), ())
    return path, _place(row, label, korean, _latin(row, dprk, more), _hangul(korean, row["parent_ko"]))


def _latin(row: dict[str, str], dprk: str, more: tuple[str, ...]) -> tuple[str, ...]:
    """Every Latin base with and without the suffixes of its kind."""
    korean = row["name_ko"]
    revised = row["rr"].rpartition("-")[0]
    bases = [row["common_english"], dprk, *more, revised, row["mr"], *SOUTHERN.get(korean, ())]
    former = FORMER.get(korean, ((), ()))[1]
    plain = [v for b in (*bases, *former) if b for v in _latin_variants(b)]
    names: list[str] = []
    english, *romanised = _SUFFIXES[row["kind"]]
    for base in dict.fromkeys(plain):
        if base.endswith((" County", " District")) or " of " in base or "'s " in base:
            names.append(base)
            continue
        if base not in DOUBLE_EN:
            names.append(base)
        names.append(f"{base} {english}")
        names += [f"{base}{s}" for s in romanised]
    return tuple(names)


def _latin_variants(base: str) -> Iterator[str]:
    """With marks, without breves, without apostrophes, with h for an apostrophe (P'yŏngsŏng, Pyongsong, Phyongsong)."""
    base = unicodedata.normalize("NFC", base)
    bare = _plain(base, keep="'")
    yield base
    yield bare
    if "'" in bare:
        yield bare.replace("'", "")
        yield bare.replace("P'", "Ph").replace("p'", "ph").replace("T'", "Th").replace("t'", "th").replace(
            "K'", "Kh").replace("k'", "kh").replace("'", "")  # fmt: skip


def _plain(name: str, keep: str = "") -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and (c != "'" or c in keep))


def _hangul(korean: str, province: str) -> tuple[str, ...]:
    names: list[str] = []
    for full in dict.fromkeys((korean, _southern(korean), *FORMER.get(korean, ((), ()))[0])):
        base = next((full.removesuffix(s) for s in _KOREAN_SUFFIXES if full.endswith(s) and len(full) > len(s) + 1), "")
        names.append(full)
        if not base or base == full:
            continue
        if base in ORDINARY_KO:
            before = [province, _southern(province), *_short_province(province)]
            names += [f"{p} {base}" for p in dict.fromkeys(before)] + [f"{base} 출신"]
        else:
            names.append(base)
    return tuple(names)


def _short_province(province: str) -> Iterable[str]:
    path = PROVINCES[province][0]
    if path in HALVES:
        return [HALVES[path][3][0]]
    return [PROVINCES[province][2]]


def _southern(name: str) -> str:
    changed = name[0].translate(_INITIAL_SOUND) + name[1:]
    # After a vowel or ㄴ the South writes 률 as 율.
    return changed.replace("은률", "은율")


def _place(
    row: dict[str, str], english: str, korean: str, latin: tuple[str, ...], hangul: tuple[str, ...]
) -> dict[str, Any]:
    place: dict[str, Any] = {
        "kind": row["kind"],
        "labels": {"en": english, "ko": korean},
        "names": {"en": list(dict.fromkeys(n for n in latin if n)), "ko": list(dict.fromkeys(hangul))},
        "population": int(row["pop2008"]) if row["pop2008"] else None,
    }
    if row["pop_checked"]:
        place["checked"] = row["pop_checked"]
    return place


def _regions() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, provinces, english, korean, latin, hangul in REGIONS:
        yield name, {
            "labels": {"en": english, "ko": korean},
            "names": {"en": list(latin), "ko": list(hangul)},
            "provinces": sorted(provinces.split()),
        }
