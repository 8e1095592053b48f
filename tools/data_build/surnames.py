"""Surnames: every Latin spelling of each, by the three systems and by passport practice."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

SOURCE: Final = (
    "Shares: Statistics Korea, 2015 census of population (South Korea). Spellings: Revised Romanization (2000),"
    " McCune-Reischauer (1939, marks dropped), North Korean use, and the spellings common in South Korean passports as"
    " surveyed by the National Institute of Korean Language; rarer surnames by the same systems, without a share."
)
# Surnames for which the table of spellings is empty: Revised, McCune-Reischauer, North Korean, common in passports.
MORE: Final = {
    "주": "Ju Joo Chu Jou", "하": "Ha Hah", "곽": "Gwak Kwak Kwack Gwag Kwag", "구": "Gu Koo Ku Goo Kou",
    "차": "Cha Tcha", "우": "U Woo Wu", "성": "Seong Sung Song Soung", "진": "Jin Chin Jean Zin",
    "나": "Na Ra Rha Nah La", "지": "Ji Jee Chi Chee", "민": "Min Minn", "남": "Nam Nahm",
    "엄": "Eom Um Om Uhm Eum Ohm", "변": "Byeon Byun Pyon Byon Pyun",
    "원": "Won Weon", "채": "Chae Chai Che Chay",
    "방": "Bang Pang Bahng", "천": "Cheon Chun Chon Chen",
    "공": "Gong Kong", "현": "Hyeon Hyun Hyon Hyoun", "여": "Yeo Yuh Yo Ryo Ryeo",
    "함": "Ham Hahm", "염": "Yeom Yum Yom Ryom Ryeom Youm", "추": "Chu Choo Chou",
    # Rarer ones that seldom begin an ordinary word, and those of two syllables.
    "길": "Gil Kil Kiel", "표": "Pyo Phyo", "왕": "Wang", "옥": "Ok Ock", "탁": "Tak Thak", "맹": "Maeng Maing",
    "봉": "Bong Pong", "마": "Ma Mah", "석": "Seok Sok Suk", "남궁": "Namgung Namkung Namgoong",
    "황보": "Hwangbo Hwangpo", "제갈": "Jegal Chegal", "선우": "Seonu Sonu Sunwoo Seonwoo",
    "독고": "Dokgo Tokko Dokko", "사공": "Sagong Sakong",
}  # fmt: skip


def read_surname_rows(table: Path) -> list[dict[str, str]]:
    """The census table, commonest first."""
    return list(csv.DictReader(table.open(encoding="utf-8")))


def build_surnames(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Hangul surname (South Korean spelling) to its Latin spellings, commonest first."""
    found: dict[str, list[str]] = {}
    for row in rows:
        hangul = row["hangul_rok"]
        words = (row["romanised_variants"] or MORE[hangul]).split()
        official = [row["rr"], _plain(row["mr"]).split("(")[0].strip(), *row["dprk"].split("(")[0].split("/")]
        found[hangul] = [w for w in dict.fromkeys([*words, *(o.strip() for o in official)]) if w]
    for hangul, spellings in MORE.items():
        found.setdefault(hangul, spellings.split())
    return {"source": SOURCE, "surnames": found}


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != "'")
