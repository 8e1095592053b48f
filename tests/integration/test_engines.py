"""The engines at work: what they learn, what they refuse, and that they leave nothing behind and say nothing."""

import logging
import os
import shutil

import pytest

from bearwitness.engines import spark_backend
from bearwitness.engines.duckdb_backend import duckdb_engine
from bearwitness.errors import LinkageError
from bearwitness.linkage.conditions import Same
from bearwitness.linkage.model import Comparison, Level, LinkModel
from bearwitness.linkage.person_model import person_model
from bearwitness.linkage.scoring import score_all
from bearwitness.linkage.spelling import Alike, EditsAtMost
from bench.febrl_records import f1, febrl
from bench.synthetic_persons import quality, synthetic_persons

SEED = 7
NAMES = LinkModel(
    layer="any", prior=0.1, comparisons=(
        Comparison("name", ("name",), (Level("same", Same("name"), 0.9, 0.1), Level("different", None, 0.1, 0.9))),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine():
    with duckdb_engine(threads=2, memory_gb=1.0) as opened:
        yield opened


def test_febrl_3_is_linked_without_the_truth(engine):
    """The general model, learnt from the records alone, finds the known pairs; the stated one does nearly as well."""
    records, true = febrl(3)
    model = engine.train(person_model(), records, seed=SEED)
    assert model.is_complete
    found = engine.score(model, records, 0.5)
    assert f1(((s.one, s.other) for s in found), true) >= 0.99
    # One pair in so many is of one person, which the records themselves have to tell.
    assert model.prior == pytest.approx(len(true) / (5000 * 4999 / 2), rel=0.05)
    stated = engine.score(person_model(), records, 0.5)
    assert f1(((s.one, s.other) for s in stated), true) >= 0.98


def test_what_is_learnt_depends_on_the_seed_alone(engine):
    """The same records and seed give the same probabilities; what nothing is known of, and what is kept, stays."""
    known = list(synthetic_persons(800, SEED))
    records = [r for r, _ in known]
    model = person_model()
    one, other = (engine.train(model, records, seed=SEED, kept=("home",)) for _ in range(2))
    # Threads add up in any order, which shows in the last digits.
    for mine, theirs in zip(one.comparisons, other.comparisons, strict=True):
        assert [x.m for x in mine.levels] == pytest.approx([x.m for x in theirs.levels], rel=1e-6)
        assert [x.u for x in mine.levels] == pytest.approx([x.u for x in theirs.levels], rel=1e-6)
    assert one.prior == pytest.approx(other.prior, rel=1e-6)
    stated, learnt = ({c.name: c for c in m.comparisons} for m in (model, one))
    assert {name for name in stated if stated[name] == learnt[name]} >= {"sex", "birth", "occupation", "kin", "home"}
    assert all(stated[name] != learnt[name] for name in ("surname", "given name", "number", "address"))
    found = [(s.one, s.other) for s in engine.score(one, records, 0.5)]
    assert quality(found, known) > 0.98


def test_of_few_records_nothing_is_learnt(engine):
    """Too few records, or none that could be of one thing, are refused with what to do instead."""
    few = [r for r, _ in synthetic_persons(100, SEED)]
    with pytest.raises(LinkageError, match="as it is stated"):
        engine.train(person_model(), few, seed=SEED)
    apart = [{"id": str(i), "number": str(i)} for i in range(600)]
    with pytest.raises(LinkageError, match="No block brings"):
        engine.train(person_model(), apart, seed=SEED)


def test_five_persons_need_no_training(engine):
    """The stated model tells a person from the namesake, in whatever script the name was written."""
    kim = {"readings": ("김/은심",), "name_keys": ("김/ㅇ.ㅅㅁ",), "surnames": ("김",), "givens": ("은심",)}
    records = [
        {"id": "a", **kim, "family": "김", "given": "은심", "sex": "female", "birth_lo": 720_000, "birth_hi": 720_364},
        {"id": "b", **kim, "sex": "female", "birth_lo": 720_100, "birth_hi": 720_100, "home": "hambuk/musan"},
        {"id": "c", **kim, "family": "김", "given": "은심", "sex": "male", "birth_lo": 734_000, "birth_hi": 734_000},
        {"id": "d", "kin": ("mother",)},
        {"id": "e", "surnames": ("박",), "sex": "male", "home": "hambuk/musan"},
    ]
    found = engine.score(person_model({"김": 0.215}), records)
    assert [(s.one, s.other) for s in found if s.probability > 0.5] == [("a", "b")]
    assert {(s.one, s.other) for s in found} >= {("a", "c"), ("b", "c")}


@pytest.mark.parametrize("records", [[], [{"id": "a", "name": "x"}], [{"id": "a"}, {"id": "b"}]])
def test_next_to_nothing_is_scored_too(engine, records):
    """No record, one, or two of which nothing is known, as the reference has them."""
    found, wanted = engine.score(NAMES, records), score_all(NAMES, records)
    assert [s[:2] for s in found] == [s[:2] for s in wanted]
    assert all(s.probability == pytest.approx(0.1) and s.levels == (("name", "missing"),) for s in found)
    assert engine.score_new(NAMES, {"id": "new", "name": "x"}, records) == [
        s for s in engine.score_new(NAMES, {"id": "new", "name": "x"}, records) if "new" in (s.one, s.other)
    ]


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([{"id": "a"}, {"id": "a"}], "two records have one id"),
        ([{"id": "a", "name": "x"}, {"id": "b", "name": ("x",)}], "not of its column's type"),
        ([{"id": "a", "name": "x"}, {"id": "b", "name": "secret\ud800"}], "not of its column's type"),
    ],
)
def test_records_that_are_none_are_refused(engine, records, why):
    """Two records of one id, and values of another type, without a word of what they hold."""
    with pytest.raises(ValueError, match=why) as told:
        engine.score(NAMES, records)
    assert "secret" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_model_without_probabilities_is_refused(engine):
    """An incomplete level is a mistake, not a guess; so is a frequency of "else"."""
    open_level = Comparison("name", ("name",), (Level("same", Same("name")), Level("else", None)))
    with pytest.raises(ValueError, match="no probabilities"):
        engine.score(LinkModel(layer="any", prior=0.1, comparisons=(open_level,)), [])
    with pytest.raises(ValueError, match="no value that could be rare"):
        Comparison("name", ("name",), (Level("else", None, 1.0, 1.0, "name"),))


def test_a_short_word_is_not_alike_by_its_length():
    """Of surnames of one syllable any two are one edit apart, which says nothing."""
    one, other = {"id": "a", "name": "김"}, {"id": "b", "name": "박"}
    assert EditsAtMost("name", 1).holds(one, other)
    assert not Alike("name").holds(one, other)
    assert Alike("name").holds({"id": "a", "name": "mason"}, {"id": "b", "name": "mahson"})


def test_want_of_memory_is_said_so(tmp_path, monkeypatch):
    """Pairs that do not fit are an error with advice, and nothing is put on the disk."""
    monkeypatch.chdir(tmp_path)
    records = [{"id": str(i), "name": f"{i % 7} {'x' * 200}"} for i in range(20_000)]
    with duckdb_engine(threads=1, memory_gb=0.05) as small, pytest.raises(LinkageError, match="more memory"):
        small.score(NAMES, records)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_said_and_nothing_left(tmp_path, monkeypatch, capfd, caplog):
    """No word on the terminal or in a log, no file; and the logs of others speak again afterwards."""
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    with duckdb_engine(threads=1, memory_gb=1.0) as engine:
        engine.train(person_model(), [r for r, _ in synthetic_persons(700, SEED)], seed=SEED)
    assert capfd.readouterr() == ("", "")
    assert caplog.text == ""
    assert list(tmp_path.iterdir()) == []
    assert logging.getLogger("splink").propagate


def test_nothing_is_fetched_or_read_from_outside():
    """The database may neither open a file nor load an extension."""
    with duckdb_engine(threads=1, memory_gb=1.0) as engine:
        run = engine._backend._connection.execute
        for query in (f"SELECT * FROM read_text('{__file__}')", "INSTALL httpfs", "SET enable_external_access = true"):
            with pytest.raises(Exception, match=r"(?i)permission|disabled|cannot"):
                run(query)


def test_spark_says_what_is_missing(monkeypatch):
    """Without pyspark or without Java the error says what to install."""
    monkeypatch.setattr(spark_backend, "find_spec", lambda _: None)
    with pytest.raises(LinkageError, match=r"pip install 'bearwitness\[spark\]'"), spark_backend.spark_engine():
        pass
    monkeypatch.setattr(spark_backend, "find_spec", lambda _: True)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(os.environ, "JAVA_HOME", "/nowhere")
    with pytest.raises(LinkageError, match="needs Java"), spark_backend.spark_engine():
        pass
