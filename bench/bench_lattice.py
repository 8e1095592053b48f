"""All anonymity-set sizes of a lattice of 720 nodes over 26 million rows."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from measuring import best_of, record
from synthetic_rows import ROWS, draw_rows

from bearwitness.disclosure.hierarchies import Hierarchy
from bearwitness.disclosure.lattice_counts import class_counts, count_rows
from bearwitness.disclosure.lattice_nodes import NodeSummaries, node_summaries

SEED = 18
NODES = 720


def levels(codes: int, *sizes: int) -> Hierarchy:
    """Codes, then groups of so many neighbours each."""
    return Hierarchy((np.arange(codes), *(np.arange(codes) // size for size in sizes)))


# sex; whether somebody left; standing; occupation; birth by groups of five years, or by the year; county, province,
# region. The attribute with most codes is the last one.
FEW = (levels(2, 2), levels(2, 2), levels(5, 2, 5), levels(24, 3, 24))
HOME = levels(208, 16, 64, 208)
BY_FIVE_YEARS = (*FEW, levels(20, 2, 4, 8, 20), HOME)
BY_YEAR = (*FEW, levels(100, 5, 10, 20, 100), HOME)


def summarise(columns: list[npt.NDArray[np.uint8]], hierarchies: tuple[Hierarchy, ...]) -> NodeSummaries:
    """From the rows to the class sizes of every node."""
    shape = [h.width(0) for h in hierarchies]
    return node_summaries(count_rows(columns, shape, threads=2), hierarchies, threads=2)


def count_plainly(
    columns: list[npt.NDArray[np.uint8]], hierarchies: tuple[Hierarchy, ...], node: tuple[int, ...]
) -> tuple[int, int]:
    """Number of classes and the smallest of one node, from the rows by plain array operations."""
    cells = np.zeros(len(columns[0]), dtype=np.int64)
    for column, hierarchy, level in zip(columns, hierarchies, node, strict=True):
        cells = cells * hierarchy.width(level) + hierarchy.levels[level][column]
    counts = np.bincount(cells)
    counts = counts[counts > 0]
    return len(counts), int(counts.min())


def measure(hierarchies: tuple[Hierarchy, ...], rng: np.random.Generator) -> tuple[float, float, float]:
    """Median seconds of the whole, of the nodes alone, and of plain arrays, which must find the same."""
    shape = [h.width(0) for h in hierarchies]
    columns = draw_rows(shape, rng)
    histogram = count_rows(columns, shape)
    found = summarise(columns, hierarchies)
    if len(found.nodes) != NODES:
        raise SystemExit(f"the lattice has {len(found.nodes)} nodes")
    chosen = [tuple(found.nodes[i].tolist()) for i in (0, 101, 517)]
    for i, node in zip((0, 101, 517), chosen, strict=True):
        plainly = count_plainly(columns, hierarchies, node)
        if plainly != (found.classes[i], found.smallest[i]) or plainly[0] != len(
            class_counts(histogram, hierarchies, node).counts
        ):
            raise SystemExit(f"node {node} is not what plain arrays find")
    whole = best_of(lambda: summarise(columns, hierarchies), times=15)[1]
    nodes = best_of(lambda: node_summaries(histogram, hierarchies, threads=2), times=9)[1]
    plain = best_of(lambda: [count_plainly(columns, hierarchies, n) for n in chosen], times=1)[1] / len(chosen)
    return whole, nodes, plain * NODES


def run() -> None:
    """Birth by groups of five years decides; by single years, five times as many combinations, is told beside it."""
    whole, nodes, plain = measure(BY_FIVE_YEARS, np.random.default_rng(SEED))
    finer = measure(BY_YEAR, np.random.default_rng(SEED))[0]
    cells, more = (math.prod(h.width(0) for h in hs) / 1e6 for hs in (BY_FIVE_YEARS, BY_YEAR))
    record(
        "lattice_nodes",
        what=f"class sizes of all nodes of a {NODES}-node lattice over {ROWS:,} rows, two threads, warm, median",
        asked="under 150 ms",
        measured=f"{whole * 1e3:.0f} ms from six columns of codes in memory ({cells:.1f} million combinations), of "
        f"which all nodes from the histogram {nodes * 1e3:.0f} ms; {plain / whole:,.0f} times plain arrays; with "
        f"{more:.1f} million combinations {finer * 1e3:.0f} ms; nothing prepared but the codes",
        reached=whole < 0.15, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    run()
