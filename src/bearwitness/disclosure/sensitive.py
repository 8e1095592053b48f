"""Attribute disclosure: what an adversary comes to believe of everybody who fits, however many they are.

A release that keeps the right household among thousands can still tell of all of them: where nearly every household
that fits has a foreign phone, a large crowd protects none. For a sensitive claim ``c`` let ``q`` be the share that has
it among the other households that fit everything else said, and ``K`` the number that fit, the true one included. A
household picked from those ``K`` is the true one with probability ``1/K``, and then has it; so an adversary that
believes the text expects

    after = E[1/K + (1 - 1/K) q] = q + (1 - q) R1,        R1 = E[1/K],

against ``before``, the share of the searched frame that has it. Since ``R1`` is at most the pursuit risk, a text about
one household adds at most the threshold to ``q``; what it cannot help is that ``q`` itself is high where the other
claims go together with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.jigsaw import Household
from bearwitness.disclosure.risk import pursuit_risk
from bearwitness.model.assessment import AttributeDisclosure
from bearwitness.model.claims import ClaimId
from bearwitness.model.values import NoneOf

# What is punished, or shows that something punished was done.
SENSITIVE: Final = frozenset({"trait", "act", "route"})
# An adversary whose record of an attribute misses or errs less often than this knows it without the text.
KNOWN_BELOW: Final = 0.25


def measure_disclosures(households: Sequence[Household], crowds: Sequence[Crowd]) -> tuple[AttributeDisclosure, ...]:
    """What each sensitive claim of a draft tells of whoever fits.

    Parameters
    ----------
    households : sequence of Household
        As gathered; of several readings of one household the one that tells most counts.
    crowds : sequence of Crowd
        One per adversary.

    Returns
    -------
    tuple of AttributeDisclosure
        One per sensitive claim and adversary that does not have it on record already.
    """
    found: dict[tuple[str, str], AttributeDisclosure] = {}
    for household in households:
        for c in household.draft:
            for crowd in crowds:
                if _is_sensitive(c) and crowd.adversary.checks.get(c.attribute, 1.0) >= KNOWN_BELOW:
                    told = _disclosure(household, c, crowd)
                    key = (str(told.claim), told.adversary)
                    if key not in found or told.after > found[key].after:
                        found[key] = told
    return tuple(found.values())


def _is_sensitive(c: Constraint) -> bool:
    """Whether what is said is punished; that somebody has no phone is not."""
    return c.attribute in SENSITIVE and not isinstance(c.allowed, NoneOf)


def _disclosure(household: Household, c: Constraint, crowd: Crowd) -> AttributeDisclosure:
    key = ("told", household.draft, household.releases, c[:4])
    known: tuple[float, float] | None = crowd.remembered.get(key)
    if known is None:
        known = crowd.remembered[key] = _before_and_after(household, c, crowd)
    return AttributeDisclosure(
        household=household.id, adversary=crowd.adversary.id, claim=ClaimId(c.claim), before=known[0], after=known[1]
    )


def _before_and_after(household: Household, c: Constraint, crowd: Crowd) -> tuple[float, float]:
    everything = [*household.draft, *(r for release in household.releases for r in release.constraints)]
    # Not what says the same again, here or in an earlier release.
    used = [o for o in everything if crowd.checkable(o) and (o.attribute, o.allowed) != (c.attribute, c.allowed)]
    level = max(crowd.level(used), crowd.level([c]))
    others = crowd.count(level, used)
    share = np.clip(crowd.in_frame(level, [*used, c]) / np.maximum(crowd.in_frame(level, used), 1e-300), 0.0, 1.0)
    before = crowd.in_frame(level, [c]) / np.maximum(crowd.in_frame(level, []), 1e-300)
    after = share + (1.0 - share) * pursuit_risk(others, 1)
    return float(np.median(before)), float(np.median(after))
