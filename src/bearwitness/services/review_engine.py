"""What scores the pairs of a case: the plain reference, or Splink on DuckDB or Spark. All three say the same.

The reference needs nothing and is as fast for some hundred accounts. DuckDB pays off from some thousand on, Spark where
the records do not fit one machine's memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Literal, Protocol, get_args

from bearwitness.linkage.conditions import Record
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import Scored, score_all

Engine = Literal["plain", "duckdb", "spark"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)


class Score(Protocol):
    """Every pair that a block compares, with at least such a probability."""

    def __call__(self, model: LinkModel, records: Sequence[Record], least: float = 0.0, /) -> Sequence[Scored]:
        """By ids; as ``linkage.scoring.score_all``."""
        ...


@contextmanager
def opened_engine(engine: Engine) -> Iterator[Score]:
    """What scores pairs, for as long as it is open.

    Raises
    ------
    LinkageError
        If the engine is not installed, or does not start.
    """
    if engine == "plain":
        yield score_all
    elif engine == "duckdb":
        from bearwitness.engines.duckdb_backend import duckdb_engine

        with duckdb_engine() as opened:
            yield opened.score
    else:
        from bearwitness.engines.spark_backend import spark_engine

        with spark_engine() as opened:
            yield opened.score
