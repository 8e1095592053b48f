"""FEBRL 3 and 4 with the general person model, learnt without the truth, and what the engine adds to bare Splink."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from febrl_records import f1, febrl
from measuring import record
from synthetic_persons import synthetic_persons

from bearwitness.engines.duckdb_backend import duckdb_engine
from bearwitness.engines.settings import settings_of
from bearwitness.engines.tables import column_kinds, schema_of, told_columns
from bearwitness.linkage.conditions import Record
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.person_model import person_model

SEED = 51
# Fixed beforehand: more likely one person than two.
THRESHOLD = 0.5
COMPARED, RUNS = 100_000, 5


def link(number: int) -> tuple[float, float]:
    """F1 of one of the sets, and the seconds it took to learn and to score."""
    records, true = febrl(number)
    began = time.perf_counter()
    with duckdb_engine(threads=2) as engine:
        model = engine.train(person_model(), records, seed=SEED)
        found = engine.score(model, records, THRESHOLD)
    return f1(((s.one, s.other) for s in found), true), time.perf_counter() - began


def bare(model: LinkModel, records: list[Record]) -> list[tuple[Any, ...]]:
    """The same with Splink alone: a table of the same columns in, rows out."""
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

    kinds = column_kinds(model, records, told_columns(records))
    schema = schema_of(kinds).insert(1, pa.field("id", pa.string()))
    frame = pa.Table.from_pylist([{**r, "unique_id": i} for i, r in enumerate(records)], schema)
    api = DuckDBAPI(duckdb.connect(":memory:", config={"threads": 2}))
    linker = Linker(api.register(frame), settings_of(model, kinds, "duckdb"), log_level=None, validate_settings=False)
    found = linker.inference.predict(threshold_match_probability=THRESHOLD, warning_mode="never")
    # Only what the engine reads too: all columns as rows would take Splink longer.
    wanted = "unique_id_l, unique_id_r, match_weight, match_probability"
    gammas = ", ".join(f"gamma_c{i}" for i in range(len(model.comparisons)))
    rows: list[tuple[Any, ...]] = found.as_duckdbpyrelation().project(f"{wanted}, {gammas}").fetchall()
    return rows


def overhead() -> tuple[float, float]:
    """Ratio of the best times of the engine and of bare Splink, taken in turn: by the clock, and of all threads."""
    records = [r for r, _ in synthetic_persons(COMPARED, SEED)]
    # Only what the records tell, and no frequencies: bare Splink has to be given exactly the same.
    whole = person_model()
    known = told_columns(records)
    told = [c for c in whole.comparisons if known.issuperset(c.needs)]
    model = LinkModel(
        layer="person", prior=whole.prior, blocks=tuple(b for b in whole.blocks if known.issuperset(b)),
        comparisons=tuple(replace(c, levels=tuple(replace(x, frequency="") for x in c.levels)) for c in told),
    )  # fmt: skip
    ours, theirs = [], []
    for _ in range(RUNS):
        began = time.perf_counter(), time.process_time()
        with duckdb_engine(threads=2) as engine:
            found = engine.score(model, records, THRESHOLD)
        ours.append((time.perf_counter() - began[0], time.process_time() - began[1]))
        began = time.perf_counter(), time.process_time()
        rows = bare(model, records)
        theirs.append((time.perf_counter() - began[0], time.process_time() - began[1]))
        if len(found) != len(rows):
            raise SystemExit(f"the engine finds {len(found)} pairs, bare Splink {len(rows)}")
    (clock, work), (bare_clock, bare_work) = ([min(x) for x in zip(*t, strict=True)] for t in (ours, theirs))
    print(f"  {clock:.2f} s ({work:.2f} s of all threads), bare {bare_clock:.2f} s ({bare_work:.2f} s)", flush=True)
    return clock / bare_clock, work / bare_work


def main() -> None:
    for number, asked in ((3, 0.99), (4, 0.995)):
        value, seconds = link(number)
        record(
            f"FEBRL {number}", what=f"F1 of FEBRL {number} with the general person model, learnt without the truth",
            asked=f"at least {asked}", measured=f"{value:.4f} in {seconds:.1f} s", reached=value >= asked, seed=SEED,
        )  # fmt: skip
    clock, work = overhead()
    record(
        "overhead over Splink", what=f"time over bare Splink, same settings, 100,000 records, best of {RUNS} each",
        asked="ratio under 1.1", measured=f"{clock:.2f} by the clock, {work:.2f} in seconds of all threads",
        reached=max(clock, work) < 1.1, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    main()
