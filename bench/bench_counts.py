"""A table of 12 places, 24 months and 8 acts with all margins: time until it is protected, or refused, with proof."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
from measuring import record

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.disclosure.counts_findings import Protection
from bearwitness.documents.count_table_csv import CountSheet, read_count_sheet
from bearwitness.model.codec.context import Context
from bearwitness.model.publication import Policy
from bearwitness.services.counts import protect_counts

SEED = 11
ACTS = ("raid", "interrogation", "threat", "summons", "surveillance", "exile", "job_loss", "forced_call")
# A reader without records can check no cell: then the classic rule alone decides what is hidden.
FIGURES = (("count_table_few", ("reader",), 60.0), ("count_table_household", ("state_security",), 60.0))


def sheet(mean: float) -> CountSheet:
    """Random counts of acts, few of them small, with every total."""
    rng = np.random.default_rng(SEED)
    tree = load_place_tree()
    places = sorted(p for p in tree.places if "/" not in p)[:12]
    places += sorted(p for p in tree.places if p.count("/") == 1 and p.split("/")[0] not in places)[: 12 - len(places)]
    months = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]
    counts = rng.poisson(rng.gamma(4.0, mean / 4.0, (12, 24, 8)))
    lines = ["place,month,act,households"]
    sides = [[*range(n), None] for n in counts.shape]
    for at in product(*sides):
        total = counts[tuple(slice(None) if i is None else i for i in at)].sum()
        words = [names[i] if i is not None else "*" for names, i in zip((places, months, ACTS), at, strict=True)]
        lines.append(",".join([*words, str(int(total))]))
    context = Context(tree=tree, vocabulary=load_vocabulary())
    return read_count_sheet("\n".join(lines), where="table.csv", context=context)


def protect(table: CountSheet, adversaries: tuple[str, ...]) -> tuple[float, Protection]:
    """Seconds, and what was found."""
    began = time.perf_counter()
    found = protect_counts(table, policy=Policy(adversaries=adversaries), release="new")
    return time.perf_counter() - began, found


def main() -> None:
    """Measure and record."""
    table = sheet(20.0)
    for name, adversaries, asked in FIGURES:
        seconds, found = protect(table, adversaries)
        least = "proved the least" if found.proved else f"at least {found.bound:,.0f} must be"
        end = f"{len(found.hide):,} are hidden ({found.cost:,.0f} counted there, {least})" if found.safe else "refused"
        record(
            name, what=f"a table of 12 x 24 x 8 with margins, 2,925 cells, before {adversaries[0].replace('_', ' ')}",
            asked=f"under {asked:.0f} s",
            measured=f"{seconds:.1f} s: {len(found.primary):,} cells may not be printed, {end}",
            reached=seconds < asked, seed=SEED,
        )  # fmt: skip


if __name__ == "__main__":
    main()
