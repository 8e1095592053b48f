"""Source chains, which a spreadsheet keeps in a table of their own, and tables of several files put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bearwitness.documents.spreadsheet_origins import Origin, Tables, check_ids
from bearwitness.documents.spreadsheet_tables import Hop
from bearwitness.errors import TableError
from bearwitness.model.codec.format_error import nearest
from bearwitness.model.records import Household, SourceLink, Testimony


def with_chains(tables: Tables, hops: Sequence[Hop], origin: Origin) -> Tables:
    """The tables with the links of the chain table in their testimonies, or apart where they have no such table.

    Raises
    ------
    TableError
        If a link is of a testimony that is not listed, or links are not numbered one after another.
    """
    by_testimony: dict[str, list[tuple[int, Hop]]] = {}
    for number, hop in zip(origin.rows, hops, strict=True):
        by_testimony.setdefault(hop.testimony, []).append((number, hop))
    chains = {name: _in_order(found, origin) for name, found in by_testimony.items()}
    if "testimonies" not in tables.origins:
        return replace(tables, chains=tuple(chains.items()))
    known = {t.id for t in tables.testimonies}
    for name, found in by_testimony.items():
        if name not in known:
            near = nearest(name, known)
            raise TableError(
                "no testimony of this file has this id.",
                hint=f"The nearest is {near}." if near else "Add the testimony, or correct the id.",
                where=f"{origin.where}!{origin.columns['testimony']}{found[0][0]}",
            )
    return replace(tables, testimonies=tuple(replace(t, chain=chains.get(t.id, ())) for t in tables.testimonies))


def _in_order(found: Iterable[tuple[int, Hop]], origin: Origin) -> tuple[SourceLink, ...]:
    """The links of one testimony by their numbers, or as they stand where none has one."""
    rows = list(found)
    if all(hop.hop is None for _, hop in rows):
        return tuple(hop.link for _, hop in rows)
    rows.sort(key=lambda row: row[1].hop or 0)
    for wanted, (number, hop) in enumerate(rows, 1):
        if hop.hop != wanted:
            raise TableError(
                f"the links of testimony {hop.testimony} are not numbered 1 to {len(rows)}.",
                hint="Number each of them once, or none.",
                where=f"{origin.where}!{origin.columns['hop']}{number}",
            )
    return tuple(hop.link for _, hop in rows)


def join_tables(parts: Sequence[Tables]) -> Tables:
    """Tables of several files as one: each testimony gets the chain that another file has of it.

    Raises
    ------
    TableError
        If two files list one id, or both have the chain of a testimony.
    """
    joined: dict[str, Any] = {}
    listed = {h.id for part in parts for h in _listed_households(part)}
    made: dict[str, Household] = {}
    for part in parts:
        made |= {h.id: h for h in part.households[len(_listed_households(part)) :] if h.id not in listed}
    joined["households"] = (*(h for part in parts for h in _listed_households(part)), *made.values())
    for table in ("places", "persons", "acts", "testimonies", "consents"):
        joined[table] = tuple(value for part in parts for value in getattr(part, table))
    names = {name for part in parts for name in part.origins}
    joined["origins"] = {n: tuple(origin for part in parts for origin in part.origins.get(n, ())) for n in names}
    chains = _joined_chains(parts)
    joined["testimonies"] = tuple(_chained(t, chains.pop(t.id, None)) for t in joined["testimonies"])
    found = Tables(**joined, chains=tuple(chains.items()))
    for table in ("households", "persons", "acts", "testimonies", "consents"):
        check_ids(table, found)
    return found


def _listed_households(part: Tables) -> tuple[Household, ...]:
    return part.households[: sum(len(origin.rows) for origin in part.origins.get("households", ()))]


def _joined_chains(parts: Sequence[Tables]) -> dict[str, tuple[SourceLink, ...]]:
    chains: dict[str, tuple[SourceLink, ...]] = {}
    for part in parts:
        for name, links in part.chains:
            if name in chains:
                raise _two_chains(name)
            chains[name] = links
    return chains


def _chained(testimony: Testimony, links: tuple[SourceLink, ...] | None) -> Testimony:
    if links is None:
        return testimony
    if testimony.chain:
        raise _two_chains(testimony.id)
    return replace(testimony, chain=links)


def _two_chains(name: str) -> TableError:
    return TableError(f"two files have the chain of testimony {name}.", hint="Put all its links into one.")
