"""Independent sources: a whole archive of acts, and one act with as many links as the archive."""

from __future__ import annotations

import random

from measuring import best_of, record

from bearwitness.linkage.chains import Chain
from bearwitness.linkage.independence import count_independent

SEED = 31
LINKS = 100_000


def invented_chains(rng: random.Random, links: int, people: int, brokers: int, act: str = "") -> list[Chain]:
    """Chains of one act with two to four people each: observers and tellers anybody, between them shared brokers."""
    made: list[Chain] = []
    while links > 0:
        between = rng.sample(range(brokers), rng.choices((0, 1, 2), (3, 5, 2))[0])
        ends = rng.sample(range(people), 2)
        hops: list[str | None] = [f"p{ends[0]}", *(f"b{n}" for n in between), f"p{ends[1]}"]
        if rng.random() < 0.1:
            hops[rng.randrange(len(hops))] = None
        made.append(Chain(testimony=f"{act}-{len(made)}", hops=tuple(hops), directness="told_by_witness"))
        links -= len(hops) - 1
    return made


def archive(rng: random.Random) -> None:
    """Acts with one to forty links each, most with few, that share people with other acts and among themselves."""
    acts: list[list[Chain]] = []
    left = LINKS
    while left > 0:
        links = min(left, 1 + int(rng.paretovariate(1.2)), 40)
        acts.append(invented_chains(rng, links, people=links + 2, brokers=4, act=str(len(acts))))
        left -= links
    found = [count_independent(chains) for chains in acts]
    exact = sum(f.lower == f.upper for f in found)
    most = max(len(chains) for chains in acts)
    seconds = best_of(lambda: [count_independent(chains) for chains in acts], times=5)[1]
    record(
        "independence_archive", what=f"independent sources of {len(acts):,} acts with {LINKS:,} links, median",
        asked="under 1 s",
        measured=f"{seconds:.2f} s; up to {most} accounts of an act, bounds equal in {exact / len(acts):.0%}",
        reached=seconds < 1, seed=SEED,
    )  # fmt: skip


def one_act(rng: random.Random) -> None:
    """All links in one act, of thousands of people who each tell and hear of it several times."""
    chains = invented_chains(rng, LINKS, people=30_000, brokers=10_000)
    found = count_independent(chains)
    seconds = best_of(lambda: count_independent(chains), times=3)[1]
    record(
        "independence_one_act", what=f"independent sources of one act with {LINKS:,} links, median", asked="under 1 s",
        measured=f"{seconds:.2f} s; {len(chains):,} accounts, {found.lower:,} to {found.upper:,} independent",
        reached=seconds < 1, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    archive(random.Random(SEED))
    one_act(random.Random(SEED))
