"""Linkage of a million records, of one new account against 100,000, and Spark against DuckDB at 10,000."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from concurrent.futures import ProcessPoolExecutor

from measuring import record
from synthetic_persons import quality, synthetic_persons

from bearwitness.engines.duckdb_backend import duckdb_engine
from bearwitness.engines.spark_backend import spark_engine
from bearwitness.linkage.person_model import person_model

SEED = 51
MILLION, ARCHIVE, BOTH = 1_000_000, 100_000, 10_000
# Fixed beforehand: more likely one person than two.
THRESHOLD = 0.5


def link_million() -> tuple[float, float, float, int]:
    """Seconds to train and to score, peak GB of the whole process with its records, F1, pairs."""
    known = list(synthetic_persons(MILLION, SEED))
    records = [r for r, _ in known]
    began = time.perf_counter()
    with duckdb_engine(threads=2, memory_gb=2.5) as engine:
        model = engine.train(person_model(), records, seed=SEED)
        found = engine.score(model, records, THRESHOLD)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 10**9
    return seconds, peak, quality([(s.one, s.other) for s in found], known), len(found)


def score_new() -> tuple[float, float, int]:
    """Median seconds for one new record against an archive that is held, and once with the archive handed over."""
    known = [r for r, _ in synthetic_persons(ARCHIVE + 20, SEED)]
    new, archive, model = known[:20], known[20:], person_model()
    with duckdb_engine(threads=2) as engine:
        engine.score(model, archive[:10])
        began = time.perf_counter()
        held = engine.index(model, archive)
        handed = time.perf_counter() - began
        seconds, pairs = [], 0
        for one in new:
            began = time.perf_counter()
            pairs += len(held.score_new(one))
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), handed + statistics.median(seconds), pairs


def both_engines() -> tuple[float, float]:
    """F1 of DuckDB and of Spark, each trained by itself."""
    known = list(synthetic_persons(BOTH, SEED))
    records, found = [r for r, _ in known], []
    for opened in (duckdb_engine, spark_engine):
        with opened(threads=2) as engine:
            model = engine.train(person_model(), records, seed=SEED)
            pairs = engine.score(model, records, THRESHOLD)
            found.append(quality([(s.one, s.other) for s in pairs], known))
    return found[0], found[1]


def main() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        seconds, peak, f1, pairs = pool.submit(link_million).result()
    record(
        "linkage of a million", what="1,000,000 synthetic persons linked on DuckDB, 2 cores, training included",
        asked="under 120 s and 5 GB", measured=f"{seconds:.0f} s, {peak:.1f} GB, F1 {f1:.3f}, {pairs:,} pairs",
        reached=seconds < 120 and peak < 5, seed=SEED,
    )  # fmt: skip
    one, whole, pairs = score_new()
    record(
        "linkage of one", what="one new record against 100,000", asked="under 1 s",
        measured=f"{one:.2f} s, {whole:.2f} s with handing over the archive ({pairs} pairs of 20)",
        reached=one < 1 and pairs > 0, seed=SEED,
    )  # fmt: skip
    duckdb, spark = both_engines()
    record(
        "linkage on Spark", what="F1 of 10,000 synthetic persons, Spark and DuckDB", asked="within 0.002",
        measured=f"{spark:.4f} and {duckdb:.4f}", reached=abs(spark - duckdb) <= 0.002, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    main()
