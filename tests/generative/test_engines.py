"""The reference scorer, DuckDB and Spark say the same of every pair."""

import shutil
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness.engines.duckdb_backend import duckdb_engine
from bearwitness.linkage.conditions import (
    All,
    AnyOf,
    Crossed,
    DifferenceAtMost,
    GapAtMost,
    Same,
    SameBranch,
    Shared,
    SpanAtMost,
    Within,
)  # fmt: skip
from bearwitness.linkage.model import Comparison, Level, LinkModel
from bearwitness.linkage.scoring import score_all, score_new
from bearwitness.linkage.spelling import Alike, EditsAtMost

KINDS = {
    "name": "text", "by": "text", "place": "path", "circle": "set", "tags": "set", "lo": "day", "hi": "day",
    "count": "number", "ordinal": "number",
}  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from((
        "김은심", "김은실", "박만규", "이", "리", "kim", "kym", "mason", "mahson", "pridham street", "pridhamstreat",
        "O'Neil", "", " ", "é", "e\u0301", "😀", "a/b",
    )),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
)  # fmt: skip
VALUES = {
    "text": TEXTS,
    "path": st.lists(st.sampled_from(("함북", "무산", "ward", "")), min_size=1, max_size=4).map("/".join),
    "set": st.lists(TEXTS, max_size=4, unique=True).map(lambda x: tuple(sorted(x))),
    "day": st.integers(738_000, 738_400),
    "number": st.one_of(st.integers(-3, 3), st.sampled_from((0.5, 1.5, 1e6))),
}


def columns(kind):
    return st.sampled_from([c for c, k in KINDS.items() if k == kind])


DAYS = st.integers(-1, 400)
SIMPLE = st.one_of(
    st.builds(Same, st.sampled_from([c for c in KINDS if c != "place"])),
    st.builds(Shared, columns("set"), st.integers(1, 3)),
    st.builds(SameBranch, columns("path"), st.integers(1, 3)),
    st.builds(Within, columns("path")),
    st.builds(GapAtMost, st.just("lo"), st.just("hi"), DAYS),
    st.builds(SpanAtMost, st.just("lo"), st.just("hi"), DAYS),
    st.builds(EditsAtMost, columns("text"), st.integers(0, 3)),
    st.builds(Alike, columns("text")),
    st.builds(DifferenceAtMost, columns("number"), st.sampled_from((0, 1, 0.5, 2.25))),
    st.builds(Crossed, st.just("name"), st.just("by")),
)
CONDITIONS = st.recursive(
    SIMPLE, lambda c: st.lists(c, min_size=1, max_size=3).map(tuple).flatmap(
        lambda parts: st.sampled_from((All(parts), AnyOf(parts)))
    ), max_leaves=4,
)  # fmt: skip
CHANCES = st.one_of(st.just(0.0), st.floats(1e-12, 1.0))


@st.composite
def comparisons(draw, name):
    conditions = draw(st.lists(CONDITIONS, min_size=1, max_size=4))
    levels = [
        Level(f"level {i}", c, draw(CHANCES), draw(CHANCES), draw(st.sampled_from(("", "", "name", "by"))))
        for i, c in enumerate(conditions)
    ]
    # Any columns may be needed, also such as no condition looks at.
    needs = draw(st.one_of(st.just(conditions[0].columns), st.lists(st.sampled_from(list(KINDS)), max_size=2)))
    return Comparison(name, tuple(dict.fromkeys(needs)), (*levels, Level("else", None, draw(CHANCES), draw(CHANCES))))


@st.composite
def models(draw):
    return LinkModel(
        layer="any", prior=draw(st.floats(1e-9, 1 - 1e-9)),
        comparisons=tuple(draw(comparisons(f"what {i}?")) for i in range(draw(st.integers(1, 4)))),
        blocks=tuple(draw(st.lists(
            st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=2, unique=True).map(tuple), max_size=3,
        ))),
        frequencies={c: draw(st.dictionaries(TEXTS, st.floats(1e-12, 1.0), max_size=6)) for c in ("name", "by")},
    )  # fmt: skip


@st.composite
def records(draw, most=9):
    """Records of which any column is often unknown, some in all of them, and many values come twice."""
    told = draw(st.sets(st.sampled_from(list(KINDS))))
    pools = {c: st.sampled_from(draw(st.lists(VALUES[k], min_size=1, max_size=4))) for c, k in KINDS.items()}
    found = []
    for i in range(draw(st.integers(0, most))):
        row = {c: draw(st.none() | pools[c]) for c in told}
        if row.get("lo") is not None and row.get("hi") is not None:
            row["lo"], row["hi"] = sorted((row["lo"], row["hi"]))
        found.append({"id": f"{'밥' if i % 2 else 'r'}{i}", **row})
    return found


@pytest.fixture(scope="module")
def duckdb():
    with duckdb_engine(threads=1, memory_gb=1.0) as engine:
        yield engine


def assert_same(found, wanted):
    assert [(s.one, s.other) for s in found] == [(s.one, s.other) for s in wanted]
    for mine, other in zip(found, wanted, strict=True):
        assert mine.levels == other.levels
        assert mine.weight == pytest.approx(other.weight, abs=1e-9)
        assert mine.probability == pytest.approx(other.probability, abs=1e-9)


ENGINE_SETTINGS = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


@ENGINE_SETTINGS
@given(models(), records())
def test_duckdb_scores_as_the_reference(duckdb, model, rows):
    """Every pair, weight and level is the reference scorer's, whatever is compared and whatever is unknown."""
    assert_same(duckdb.score(model, rows), score_all(model, rows))


@ENGINE_SETTINGS
@given(models(), records())
def test_one_new_record_scores_as_by_the_reference(duckdb, model, rows):
    """Against an archive that stays in the engine each record finds what the reference finds."""
    archive = duckdb.index(model, rows[2:])
    for new in rows[:2]:
        found, wanted = archive.score_new(new), score_new(model, new, rows[2:])
        assert_same(sorted(found), sorted(wanted))
        weights = [s.weight for s in found]
        assert weights == sorted(weights, reverse=True)
    if len(rows) > 2:
        assert_same(sorted(archive.score_new(rows[2])), sorted(score_new(model, rows[2], rows[2:])))


def examples(strategy, number):
    """So many values of a strategy, the same ones in every run of the same tests."""
    found = []

    @settings(max_examples=number, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


@pytest.mark.skipif(find_spec("pyspark") is None or not shutil.which("java"), reason="needs pyspark and Java")
def test_spark_scores_as_the_reference():
    """Every condition on one batch of records, and one new record, as the reference has them."""
    from bearwitness.engines.spark_backend import spark_engine

    rows = [
        {**row, "id": f"{i} {row['id']}"} for i, batch in enumerate(examples(records(most=20), 80)) for row in batch
    ][:450]
    # What is drawn differs with what else is loaded. Each record is there twice, so that there are always pairs.
    rows += [{**row, "id": f"again {row['id']}"} for row in rows]
    found = [c for m in examples(models(), 40) for c in m.comparisons]
    every = tuple(Comparison(f"c {i}", c.needs, c.levels) for i, c in enumerate(found[:20]))
    shares = {"name": {"김은심": 0.01, "kim": 0.2, "": 0.5}, "by": {"박만규": 1e-12, "e\u0301": 0.3}}
    model = LinkModel(
        layer="any", comparisons=every, prior=0.01, blocks=(("circle",), ("place", "ordinal"), ("name",)),
        frequencies=shares,
    )  # fmt: skip
    with spark_engine() as spark:
        wanted = score_all(model, rows)
        assert len(wanted) > 200
        assert_same(spark.score(model, rows), wanted)
        assert_same(sorted(spark.score_new(model, rows[0], rows)), sorted(score_new(model, rows[0], rows)))
