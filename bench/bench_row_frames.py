"""Candidate sets of 1,000 personas with six claims over a frame of 26 million rows."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
from measuring import best_of, record
from synthetic_rows import ROWS, draw_rows

from bearwitness.disclosure.bitmaps import Conjunction, any_of, candidates, count_candidates, pack_rows

SEED = 17
PERSONAS = 1000
# sex; year of birth; county, in the order of its province; occupation; month of departure; way of leaving.
VALUES = (2, 100, 208, 24, 120, 5)
COUNTIES_PER_PROVINCE = 16
# Up to how many years or months a text leaves open around the true one.
LEFT_OPEN = {1: 10, 4: 12}


def persona_of(row: list[int], rng: np.random.Generator) -> Conjunction:
    """What a text might say of one household: exact for some attributes, an interval or a province for others."""
    claims = []
    for column, code in enumerate(row):
        first = last = code
        if column in LEFT_OPEN:
            first = max(0, code - int(rng.integers(LEFT_OPEN[column])))
            last = min(VALUES[column] - 1, code + int(rng.integers(LEFT_OPEN[column])))
        elif column == 2 and rng.random() < 0.5:
            first = code // COUNTIES_PER_PROVINCE * COUNTIES_PER_PROVINCE
            last = first + COUNTIES_PER_PROVINCE - 1
        elif column == 3 and rng.random() < 0.5:
            last = min(VALUES[column] - 1, code + 3)
        claims.append(any_of(column, range(first, last + 1)))
    return tuple(claims)


def count_plainly(columns: list[npt.NDArray[np.uint8]], persona: Conjunction) -> int:
    """The same count from the columns by plain array operations."""
    fits = np.ones(len(columns[0]), dtype=bool)
    for (run,) in persona:
        fits &= (columns[run.column] >= run.first) & (columns[run.column] <= run.last)
    return int(np.count_nonzero(fits))


def run() -> None:
    """Draw the rows and personas, then count by one and two threads, and in part by plain arrays."""
    rng = np.random.default_rng(SEED)
    columns = draw_rows(VALUES, rng)
    personas = [persona_of([int(c[i]) for c in columns], rng) for i in rng.integers(0, ROWS, PERSONAS)]
    began = time.perf_counter()
    bitmaps = pack_rows(columns, VALUES)
    packed = time.perf_counter() - began
    counts = count_candidates(bitmaps, personas)
    one = best_of(lambda: count_candidates(bitmaps, personas), times=5)[1]
    two = best_of(lambda: count_candidates(bitmaps, personas, threads=2), times=9)[1]
    rows = best_of(lambda: candidates(bitmaps, personas[0]), times=5)[1]
    plain = best_of(lambda: count_plainly(columns, personas[0]), times=3)[1] * PERSONAS
    if [count_plainly(columns, p) for p in personas[:5]] != counts[:5].tolist():
        raise SystemExit("the counts of the bitmaps are not those of the columns")
    record(
        "row_frame_personas",
        what=f"candidate sets of {PERSONAS:,} personas with six claims over {ROWS:,} rows, two threads, median",
        asked="under 1 s on 2 cores",
        measured=f"{two:.2f} s ({one:.2f} s by one thread); {plain / two:.0f} times plain arrays; the rows of one "
        f"persona {rows * 1e3:.0f} ms; {bitmaps.words.nbytes / 1e9:.1f} GB of bitmaps packed before in {packed:.1f} s",
        reached=two < 1.0, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    run()
