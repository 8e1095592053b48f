"""A submission as its recipient prints it: each claim to the level to which they are known to print it at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bearwitness.disclosure.ladders import Ladders
from bearwitness.model.claims import Claim
from bearwitness.model.levels import RANKS


def as_printed(claims: Sequence[Claim], prints: Mapping[str, str], ladders: Ladders) -> tuple[Claim, ...]:
    """The claims that a recipient would print.

    Parameters
    ----------
    claims : sequence of Claim
        What a submission says.
    prints : mapping of str to str
        Attribute to the vaguest level that is sure; an attribute that is not in it is printed as it stands.
    ladders : Ladders
        How values widen.

    Returns
    -------
    tuple of Claim
        A claim that has no rung of just that level stays on the next finer one: never vaguer than what is known of the
        recipient. Claims that are not printed at all are left out.
    """
    found = []
    for claim in claims:
        level = prints.get(claim.attribute, "exact")
        rungs = [r for r in ladders.of(claim) if RANKS[r.level] <= RANKS[level]]
        values = rungs[-1].values
        if values is not None:
            found.append(claim if values == claim.values else replace(claim, values=values))
    return tuple(found)
