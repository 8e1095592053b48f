"""Accounts told before that are among what a table counts: what is left of a cell when they are taken away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import block_array, csr_array

from bearwitness.disclosure.counts_attack import System
from bearwitness.disclosure.counts_regions import RECORDED, Axis, Joint
from bearwitness.disclosure.crowd import LEAVER, constrain
from bearwitness.model.claims import Claim
from bearwitness.model.counts import Unit
from bearwitness.model.publication import Ledger, LedgerEntry
from bearwitness.model.values import Codes, Days, ValueSet, intersect_values

Told = dict[str, ValueSet]


class Account(NamedTuple):
    """One act (or household) that earlier releases told: whose, in which releases, and what they allow of it."""

    household: str
    releases: tuple[str, ...]
    allows: tuple[tuple[str, ValueSet], ...]


def accounts_of(ledger: Ledger, unit: Unit) -> tuple[Account, ...]:
    """Everything told before that a table of a unit may count.

    Parameters
    ----------
    ledger : Ledger
        The earlier releases.
    unit : {"households", "acts"}
        Of acts, one account per household and act that was told; of households one per household: where several of
        its acts were told it is open in whose cell it is counted, and only its home is known.

    Returns
    -------
    tuple of Account
        In the order of households. What is told of one act in several releases is taken together.
    """
    found: dict[tuple[str, frozenset[str]], list[tuple[Told, list[str]]]] = {}
    for entry in sorted(ledger.entries, key=lambda e: e.id):
        for persona in entry.personas:
            said = [c for c in persona.claims if c.trust >= 1.0 and not c.values.is_empty]
            acts = {c.values.codes: c for c in said if c.attribute == "act" and isinstance(c.values, Codes)}
            homes = [c for c in said if c.attribute == "home" and not c.about]
            dates = [c for c in said if c.attribute == "act_date"]
            for codes, act in acts.items():
                # With several acts in one account it is open which date is whose.
                new = _said([*homes, act, *(dates if len(acts) == 1 else ())], entry)
                known = found.setdefault((str(persona.household), codes), [])
                one = next((k for k in known if _is_one(k[0], new)), None)
                if one is None:
                    known.append((new, [entry.id]))
                    continue
                for attribute, values in new.items():
                    _narrow(one[0], attribute, values)
                one[1].append(entry.id)
    if unit == "acts":
        return tuple(
            Account(home, tuple(dict.fromkeys(r)), tuple(t.items()))
            for (home, _), pairs in found.items() for t, r in pairs
        )  # fmt: skip
    homes_told: dict[str, list[tuple[Told, list[str]]]] = {}
    for (home, _), pairs in found.items():
        homes_told.setdefault(home, []).extend(pairs)
    return tuple(Account(home, *_as_one(pairs)) for home, pairs in homes_told.items())


def _said(claims: Sequence[Claim], entry: LedgerEntry) -> Told:
    # What was printed on a day was recorded by then.
    told: Told = {RECORDED: Days(((1, entry.published.toordinal()),))}
    for claim in claims:
        _narrow(told, claim.attribute, constrain(claim, about=LEAVER, lag_share=1.0).allowed)
    return told


def _is_one(one: Told, other: Told) -> bool:
    """Whether two tellings can be of one act."""
    return not any(a in one and intersect_values(one[a], v).is_empty for a, v in other.items())


def _narrow(told: Told, attribute: str, values: ValueSet) -> None:
    before = told.get(attribute)
    common = values if before is None else intersect_values(before, values)
    if not common.is_empty:
        told[attribute] = common


def _as_one(pairs: Sequence[tuple[Told, list[str]]]) -> tuple[tuple[str, ...], tuple[tuple[str, ValueSet], ...]]:
    releases = tuple(dict.fromkeys(r for _, rs in pairs for r in rs))
    if len(pairs) == 1:
        return releases, tuple(pairs[0][0].items())
    told: Told = {}
    for one, _ in pairs:
        for attribute in ("home", RECORDED):
            if attribute in one:
                _narrow(told, attribute, one[attribute])
    return releases, tuple(told.items())


def touched_parts(joint: Joint, account: Account) -> frozenset[int]:
    """The parts in which an account may be counted."""
    allows = dict(account.allows)
    wanted = [pieces_touched(axis, allows.get(axis.attribute)) for axis in joint.axes]
    return frozenset(
        number for number, combos in enumerate(joint.parts)
        if any(all(p in w for p, w in zip(combo, wanted, strict=True)) for combo in combos)
    )  # fmt: skip


def pieces_touched(axis: Axis, values: ValueSet | None) -> frozenset[int]:
    """The pieces of a dimension in which something may be of which so much is told; all, where nothing is."""
    if values is None:
        return frozenset(range(len(axis.pieces)))
    return frozenset(
        n for n, p in enumerate(axis.pieces)
        if p.values is not None and not intersect_values(p.values, values).is_empty
    )  # fmt: skip


def make_system(
    joint: Joint, places: Sequence[Collection[int]] = (), times: Sequence[int] | None = None
) -> System:
    """Everything printed as a system; the unknowns of parts come first, then where each account is counted.

    Parameters
    ----------
    joint : Joint
        The tables.
    places : sequence of collections of int
        For every account that is counted, the parts in which it may be.
    times : sequence of int, optional
        How many accounts each of the places stands for; one, if not given.
    """
    low = [float(r.low) for r in joint.rows]
    high = [float("inf") if r.high is None else float(r.high) for r in joint.rows]
    matrix = joint.matrix
    if places:
        columns = [p for one in places for p in sorted(one)]
        owners = [n for n, one in enumerate(places) for _ in one]
        lower = csr_array((np.ones(len(owners)), (owners, range(len(owners)))), shape=(len(places), len(owners)))
        empty = csr_array((len(places), matrix.shape[1]))
        matrix = csr_array(block_array([[matrix, matrix[:, columns]], [empty, lower]], format="csr"))
        matrix.sort_indices()
        counted = [1.0] * len(places) if times is None else [float(n) for n in times]
        low += counted
        high += counted
    return System(matrix=matrix, low=np.array(low), high=np.array(high))
