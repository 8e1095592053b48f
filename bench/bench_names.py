"""Romanised names: real spellings by cited sources, and the same spellings against names that differ in a syllable.

The list is bench/names/spellings.tsv (sources: bench/names/SOURCES.md). A hash cuts it into halves: the spelling tables
were tuned on the first, then measured on the second (figure in SOURCES.md), and only then given what the second half
shows. A third part, read last, was never tuned on: it is what the figure promises for spellings not in the list.
"""

from __future__ import annotations

import csv
import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from measuring import record

from bearwitness.data.load import load_surnames
from bearwitness.model.records import Name
from bearwitness.text.name_readings import may_be, reading_keys
from bearwitness.text.names import NameIndex
from bearwitness.text.normalise import normalise
from bearwitness.text.romanisation import canonical, fold_latin
from bearwitness.text.romanisation_systems import SYSTEMS, romanise

LIST = Path(__file__).resolve().parent / "names" / "spellings.tsv"
SEED = 7
READ_LAST = "assembly19-late"
HALVES = ("all", "first half", "second half", "read last")
SURNAMES = load_surnames()
# Surnames to put beside a given name, Hangul and as written: a household's own, not what is measured here.
BESIDE = (("김", "Kim"), ("최", "Choe"), ("박", "Pak"), ("리", "Ri"), ("장", "Jang"))
CONTEXTS = ("They say {} was taken away.", "the account that {} gave", "{}'s brother came home.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list."""

    hangul: str
    spelling: str
    kind: str
    half: str


def rows() -> list[Row]:
    """The list, each row in its half."""
    with LIST.open(encoding="utf-8") as file:
        return [
            Row(hangul=r["hangul"], spelling=r["spelling"], kind=r["kind"], half=_half(r))
            for r in csv.DictReader(file, delimiter="\t")
        ]


def _half(row: Mapping[str, str]) -> str:
    if row["source"] == READ_LAST:
        return "read last"
    digest = hashlib.sha256(f"{row['hangul']}|{row['spelling']}|{row['kind']}".encode()).digest()
    return "second half" if digest[-1] % 2 else "first half"


def _found(names: Sequence[str], texts: Iterable[str]) -> list[set[str]]:
    """Which of some recorded names are found as a full name in each of some texts."""
    index = NameIndex([(name, Name(text=name)) for name in names], SURNAMES)
    return [
        {key for match in index.find(normalise(text).text) if match.kind == "full" for key in match.keys}
        for text in texts
    ]


def _orders(family: str, given: str, rng: random.Random) -> list[str]:
    context = rng.choice(CONTEXTS)
    return [context.format(f"{family} {given}"), context.format(f"{given} {family}")]


def recognised(row: Row, rng: random.Random) -> tuple[bool, bool]:
    """Whether the name is found in text in both orders, and whether it is among the readings of its spelling."""
    spelling = normalise(row.spelling).text
    if row.kind == "given":
        hangul, family = rng.choice(BESIDE)
        full, texts, alone = hangul + row.hangul, _orders(family, row.spelling, rng), row.hangul
    elif row.kind == "surname":
        full, texts = row.hangul + "은심", _orders(row.spelling, "Eun-sim", rng)
        alone, spelling = full, f"{spelling} Eun-sim"
    else:
        family, given = row.spelling.split(" ", 1)
        full, texts, alone = row.hangul, _orders(family, given, rng), row.hangul
    return all(full in found for found in _found([full], texts)), may_be(spelling, alone, SURNAMES)


def _attested(list_rows: Sequence[Row]) -> dict[str, set[str]]:
    """Letters to the given names that are attested to be written so, each syllable canonical."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in list_rows:
        if row.kind == "given":
            found[_letters(row.spelling)].add(_canonical(row.hangul))
    return found


def _letters(spelling: str) -> str:
    return "".join(c for c in fold_latin(normalise(spelling).text) if c.isalpha())


def _canonical(hangul: str) -> str:
    return "".join(map(canonical, hangul))


def neighbours(hangul: str, syllables: Iterable[str]) -> list[str]:
    """A given name with each syllable in turn replaced by every other one that is not merely its Northern spelling."""
    return [
        hangul[:at] + other + hangul[at + 1 :]
        for at, own in enumerate(hangul)
        for other in syllables
        if canonical(other) != canonical(own)
    ]


def false_positives(given: Sequence[Row], list_rows: Sequence[Row], rng: random.Random) -> Counter[str]:
    """How often a name that differs in one syllable is taken for the written one, over the whole grid."""
    attested = _attested(list_rows)
    common = Counter(s for row in list_rows if row.kind == "given" for s in row.hangul)
    syllables = sorted(common)
    counts: Counter[str] = Counter()
    for row in given:
        hangul, family = rng.choice(BESIDE)
        others = neighbours(row.hangul, syllables)
        found = _found([hangul + other for other in others], _orders(family, row.spelling, rng))
        taken = {name.removeprefix(hangul) for names in found for name in names}
        spelling, letters = normalise(row.spelling).text, _letters(row.spelling)
        for other in others:
            own = letters in _systematic(other) or _canonical(other) in attested[letters]
            counts["pairs"] += 1
            counts["excluded"] += own
            weight = common[next(o for o, s in zip(other, row.hangul, strict=True) if o != s)]
            counts["weight"] += weight
            counts["weight of wrong"] += weight * (other in taken and not own)
            for how, wrong in (("text", other in taken), ("readings", may_be(spelling, other, SURNAMES))):
                counts[how] += wrong and not own
                counts[f"{how}, nothing excluded"] += wrong
    return counts


@cache
def _systematic(hangul: str) -> frozenset[str]:
    return frozenset(_letters(romanise(hangul, system)) for system in SYSTEMS)


def linked(given: Sequence[Row]) -> tuple[int, int]:
    """Pairs of spellings of one given name, and how many of them share a blocking key."""
    keys = {row.spelling: reading_keys(normalise(row.spelling).text, SURNAMES) for row in given}
    spellings: dict[str, list[str]] = defaultdict(list)
    for row in given:
        spellings[_canonical(row.hangul)].append(row.spelling)
    pairs = [(a, b) for same in spellings.values() for a, b in combinations(same, 2)]
    return len(pairs), sum(not keys[a].isdisjoint(keys[b]) for a, b in pairs)


def measure() -> None:
    """Both figures, over the list and over each half."""
    list_rows = rows()
    rng = random.Random(SEED)
    results = {row: recognised(row, rng) for row in list_rows}
    shares = {half: _shares([r for row, r in results.items() if half in (row.half, "all")]) for half in HALVES}
    for row, verdicts in results.items():
        if not all(verdicts):
            print(f"  missed ({row.half}): {row.hangul} {row.spelling} ({row.kind})")
    given = [row for row in list_rows if row.kind == "given"]
    pairs, shared = linked(given)
    text, read = shares["all"]
    record(
        "names_recall",
        what=f"{len(list_rows)} real spellings of Korean names by cited sources, found in text in both orders",
        asked="at least 0.90",
        measured=f"{text:.3f} (first half {shares['first half'][0]:.3f}, second {shares['second half'][0]:.3f}, "
        f"read last and never tuned on {shares['read last'][0]:.3f}); among the readings of the spelling {read:.3f}; "
        f"{shared} of {pairs} pairs of spellings of one name share a blocking key",
        reached=text >= 0.90 and read >= 0.90, seed=SEED,
    )  # fmt: skip
    halves = {half: false_positives([r for r in given if r.half == half], list_rows, rng) for half in HALVES[1:]}
    counts = sum(halves.values(), Counter())
    rates = {how: counts[how] / counts["pairs"] for how in counts}
    record(
        "names_false",
        what="the same spellings taken for a name that differs in one syllable, whole grid of the list's syllables",
        asked="at most 0.01",
        measured=f"{rates['text']:.4f} of {counts['pairs']:,} pairs ("
        + ", ".join(f"{half} {c['text'] / c['pairs']:.4f}" for half, c in halves.items())
        + f"), {counts['weight of wrong'] / counts['weight']:.4f} with syllables counted as often as the list has "
        f"them; {rates['text, nothing excluded']:.4f} with the {counts['excluded']} pairs left in whose other name is "
        f"attested with that very spelling; by readings {rates['readings']:.4f} and "
        f"{rates['readings, nothing excluded']:.4f}",
        reached=max(rates["text"], rates["readings"]) <= 0.01, seed=SEED,
    )  # fmt: skip


def _shares(results: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    return sum(t for t, _ in results) / len(results), sum(r for _, r in results) / len(results)


if __name__ == "__main__":
    measure()
