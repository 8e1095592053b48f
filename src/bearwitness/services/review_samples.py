"""What the accounts of a case may come to: clusterings drawn from the doubt that is left, for the estimate.

An estimate that took one clustering for the truth would be too sure. It is made over many, each of which obeys what was
decided and draws what was not.
"""

from __future__ import annotations

from itertools import combinations

from bearwitness.linkage.pair_graph import Clustering
from bearwitness.linkage.sampling import prepare_sampling, sample_clustering
from bearwitness.linkage.standing import constraints
from bearwitness.services.review_facts import ReviewDesk, open_review
from bearwitness.services.review_pairs import candidate_pairs
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.trail import Act

# So many at least go to an estimate.
SAMPLES = 20


def sample_acts(vault: Unlocked, name: str, *, seed: int, count: int = SAMPLES) -> tuple[Clustering, ...]:
    """Draw clusterings of the accounts of acts of a case; leaves an entry.

    Parameters
    ----------
    vault : Unlocked
        By a member with the content of the case; whoever knows names too draws with less doubt.
    name : str
        The case.
    seed : int
        The same seed gives the same clusterings of the same record.
    count : int
        How many.

    Returns
    -------
    tuple of Clustering
        Each has every act of the record once; acts that one account tells apart are never together, unless reviewers
        decided that they are one.
    """
    desk = open_review(vault, name)
    found = draw(desk, seed=seed, count=count)
    vault.record(Act(action="review.sample", case=desk.opened.id, things={"samples": count}), case=desk.opened)
    return found


def draw(desk: ReviewDesk, *, seed: int, count: int) -> tuple[Clustering, ...]:
    """As ``sample_acts``, from a desk that is open."""
    pairs = [(*p.pair, p.probability) for p in candidate_pairs(desk, "act").values()]
    # Through what consent withholds two others may have been decided to be one.
    group = desk.groups("act")
    must = [(x, first) for x, first in group.items() if x != first]
    cannot = {pair for pair in constraints(desk.decisions, "act").cannot if set(pair) <= group.keys()}
    apart = {(a, b) for a, b in _told_apart(desk) if {a, b} <= group.keys() and group[a] != group[b]}
    task = prepare_sampling(group, pairs, must, sorted(cannot | apart))
    return tuple(sample_clustering(task, seed, index) for index in range(count))


def _told_apart(desk: ReviewDesk) -> set[tuple[str, str]]:
    """Pairs of acts of one account."""
    return {
        (one, other)
        for testimony in desk.case.testimonies
        for one, other in combinations(sorted(str(a) for a in testimony.acts), 2)
    }
