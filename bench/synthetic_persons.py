"""Invented persons in an invented register, each once to three times, with slips of the pen, swaps and gaps.

Two persons in three have one record. Of every further record each field is, independently: changed in one or two
letters or digits (one in eight), missing (one in sixteen); given name and surname are exchanged in one of fifty.
Names are made of syllables; how common they are falls with their rank, as names do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bearwitness.linkage.conditions import Record

GIVEN, FAMILY, STREETS, WARDS = 2_000, 20_000, 8_000, 3_000
_ONSETS, _VOWELS, _ENDS = list("bdfghklmnprstvz"), list("aeiou"), ["", "n", "r", "l", "s"]
_LETTERS, _DIGITS = "abdefghiklmnoprstuvz", "0123456789"
_SLIP, _GAP, _EXCHANGED = 1 / 8, 1 / 16, 1 / 50
_FIELDS = ("given", "family", "birth", "home", "address", "number")


def words(rng: np.random.Generator, count: int) -> list[str]:
    """So many different words of two or three syllables."""
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [rng.choice(x, 3) for x in (_ONSETS, _VOWELS, _ENDS)]
        found["".join(o + v + e for o, v, e in list(zip(*parts, strict=True))[: int(rng.integers(2, 4))])] = None
    return list(found)


def common(rng: np.random.Generator, count: int, size: int) -> np.ndarray:
    """Ranks of which the first are the commonest."""
    weight = 1.0 / (np.arange(count) + 20.0)
    return rng.choice(count, size, p=weight / weight.sum())


def synthetic_persons(number: int, seed: int) -> Iterator[tuple[Record, int]]:
    """So many records, in random order, each with the number of the person."""
    rng = np.random.default_rng(seed)
    copies = rng.choice((1, 2, 3), number, p=(2 / 3, 2 / 9, 1 / 9))
    people = np.repeat(np.arange(number), copies)[:number]
    given, family, streets = words(rng, GIVEN), words(rng, FAMILY), words(rng, STREETS)
    wards = [f"p{i % 8}/{1000 + i}/{w}" for i, w in enumerate(words(rng, WARDS))]
    pick = {
        "given": common(rng, GIVEN, number), "family": common(rng, FAMILY, number),
        "home": rng.integers(0, WARDS, number), "street": rng.integers(0, STREETS, number),
        "house": rng.integers(1, 250, number), "number": rng.integers(10**9, 10**10, number),
        "birth": rng.integers(0, 36_500, number),
    }  # fmt: skip
    days = np.datetime_as_string(np.datetime64("1911-01-01") + pick["birth"], unit="D")
    first = np.concatenate([[True], people[1:] != people[:-1]])
    for i in rng.permutation(number).tolist():
        p = int(people[i])
        row: dict[str, str | None] = {
            "given": given[pick["given"][p]], "family": family[pick["family"][p]], "home": wards[pick["home"][p]],
            "address": f"{pick['house'][p]} {streets[pick['street'][p]]}", "number": str(pick["number"][p]),
            "birth": days[p].replace("-", ""),
        }  # fmt: skip
        if not first[i]:
            spoil(rng, row)
        yield register_record(f"r{i}", row), p


def spoil(rng: np.random.Generator, row: dict[str, str | None]) -> None:
    """Make a further record of a person: slips, gaps, names exchanged."""
    fate = rng.random(len(_FIELDS))
    for field, chance in zip(_FIELDS, fate, strict=True):
        value = row[field]
        if chance < _GAP:
            row[field] = None
        elif chance < _GAP + _SLIP and value:
            letters = _DIGITS if value.isdigit() else _LETTERS
            for _ in range(int(rng.integers(1, 3))):
                at = int(rng.integers(0, len(value)))
                value = value[:at] + letters[int(rng.integers(0, len(letters)))] + value[at + 1 :]
            row[field] = value
    if rng.random() < _EXCHANGED:
        row["given"], row["family"] = row["family"], row["given"]


def register_record(name: str, row: dict[str, str | None]) -> Record:
    """A row of a register as the model of persons takes it: its names may be read in one way only."""
    given, family = row["given"], row["family"]
    return {
        "id": name, **row, "givens": (given,) if given else None, "surnames": (family,) if family else None,
    }  # fmt: skip


def quality(found: list[tuple[str, str]], records: list[tuple[Record, int]]) -> float:
    """F1 of pairs."""
    person = {str(r["id"]): p for r, p in records}
    true = sum(n * (n - 1) // 2 for n in np.bincount([p for _, p in records]).tolist())
    right = sum(person[a] == person[b] for a, b in found)
    return 2.0 * right / (len(found) + true)
