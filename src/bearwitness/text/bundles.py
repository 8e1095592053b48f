"""Claims that the same words make, and that therefore can only be worded together."""

from __future__ import annotations

from collections.abc import Sequence

from bearwitness.model.claims import Claim, ClaimId


def bundle_claims(claims: Sequence[Claim]) -> tuple[tuple[ClaimId, ...], ...]:
    """Gather claims whose passages overlap: a brother and his detention, one date of several households' acts.

    Parameters
    ----------
    claims : sequence of Claim
        All claims of a draft.

    Returns
    -------
    tuple of tuples of ClaimId
        Every claim in exactly one bundle, both in the order given. A claim that no words make is by itself.
    """
    owner = list(range(len(claims)))

    def root(i: int) -> int:
        while owner[i] != i:
            i = owner[i]
        return i

    spans = sorted((s.start, s.end, i) for i, claim in enumerate(claims) for s in claim.spans)
    reach, last = -1, -1
    for start, end, i in spans:
        # Sorted by their beginning, a passage overlaps an earlier one exactly where it begins before the furthest end.
        if start < reach:
            one, other = sorted((root(i), root(last)))
            owner[other] = one
        if end > reach:
            reach, last = end, i
    gathered: dict[int, list[ClaimId]] = {}
    for i, claim in enumerate(claims):
        gathered.setdefault(root(i), []).append(claim.id)
    return tuple(tuple(ids) for ids in gathered.values())
