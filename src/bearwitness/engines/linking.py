"""Records and a model handed to Splink on an opened database, and the pairs that it scored read back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log2
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bearwitness.engines.settings import frequency_columns, level_names, settings_of
from bearwitness.engines.tables import NUMBER, Kind, batches, column_kinds, schema_of, told_columns
from bearwitness.linkage.conditions import Dialect, Record
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import Scored

if TYPE_CHECKING:
    import pyarrow as pa


class Backend(Protocol):
    """A database that Splink can use, opened."""

    @property
    def dialect(self) -> Dialect:
        """How conditions are written for it."""
        ...

    def api(self) -> Any:
        """A fresh database API of Splink, with nothing remembered."""
        ...

    def load(self, name: str, schema: pa.Schema, rows: Iterable[pa.RecordBatch]) -> None:
        """Make a table."""
        ...

    def read(self, table: str, columns: Sequence[str]) -> Iterator[Mapping[str, Sequence[Any]]]:
        """The columns of a table, in pieces."""
        ...

    def clear(self) -> None:
        """Drop every table."""
        ...


class Told(NamedTuple):
    """Records, and the part of a model that they can tell anything about: ``known`` are the columns with a value."""

    whole: LinkModel
    model: LinkModel
    kinds: dict[str, Kind]
    known: frozenset[str]
    records: Sequence[Record]


def told_by(model: LinkModel, records: Iterable[Record]) -> Told:
    """Leave out what no record tells: it is missing in every pair, and would cost time only."""
    held = records if isinstance(records, Sequence) else tuple(records)
    known = told_columns(held)
    kinds = column_kinds(model, held, known)
    # Splink needs a comparison; with none at all known the first says nothing, as it should.
    comparisons = tuple(c for c in model.comparisons if known.issuperset(c.needs)) or model.comparisons[:1]
    # Without a block every pair would be compared.
    blocks = tuple(b for b in model.blocks if known.issuperset(b)) or model.blocks[:1]
    kept = replace(model, comparisons=comparisons, blocks=blocks)
    return Told(model, kept, {c: kinds[c] for c in kept.columns}, known, held)


def linker_of(
    backend: Backend, told: Told, ids: list[str], kept: Collection[str] = ()
) -> tuple[Any, Any]:  # fmt: skip
    """Splink's linker over the records, with the population's frequencies; and its table."""
    import pyarrow as pa
    from splink import Linker

    api = backend.api()
    backend.load("records", schema_of(told.kinds), batches(told.records, told.kinds, ids))
    table = api.register("records", table_name="registered_records")
    settings = settings_of(told.model, told.kinds, backend.dialect, kept=kept)
    linker = Linker(table, settings, log_level=None, validate_settings=False)
    for i, column in enumerate(frequency_columns(told.model)):
        shares = told.model.frequencies.get(column, {})
        schema = pa.schema([(column, pa.string()), (f"tf_{column}", pa.float64())])
        rows = pa.RecordBatch.from_arrays(
            [pa.array(shares.keys(), pa.string()), pa.array(shares.values(), pa.float64())], schema=schema
        )
        backend.load(f"shares_{i}", schema, [rows])
        linker.table_management.register_term_frequency_lookup(
            api.register(f"shares_{i}", table_name=f"registered_shares_{i}"), column
        )
    return linker, table


def weight_threshold(least: float) -> float | None:
    """The weight of a probability, a little less for rounding; None where every pair is kept."""
    return None if least <= 0.0 else log_odds(min(least, 1.0 - 1e-15)) - 1e-6


def log_odds(probability: float) -> float:
    """The weight in bits of a probability between 0 and 1."""
    return log2(probability) - log2(1.0 - probability)


def scored_pairs(
    backend: Backend, told: Told, table: str, left: Sequence[str], right: Sequence[str], least: float
) -> Iterator[Scored]:  # fmt: skip
    """The pairs of a table of predictions."""
    gammas = [f"gamma_c{i}" for i in range(len(told.model.comparisons))]
    known: dict[tuple[int, ...], tuple[tuple[str, str], ...]] = {}
    names = level_names(told.whole, told.model)
    columns = [f"{NUMBER}_l", f"{NUMBER}_r", "match_weight", "match_probability", *gammas]
    for piece in backend.read(table, columns):
        # By columns, not by rows: a loop over the rows would take a tenth of what Splink takes.
        found = list(zip(*(piece[g] for g in gammas), strict=True))
        known.update((levels, names(levels)) for levels in set(found) - known.keys())
        ones = [left[i] for i in piece[columns[0]]]
        others = [right[j] for j in piece[columns[1]]]
        rows = zip(
            map(min, ones, others), map(max, ones, others), piece["match_weight"], piece["match_probability"],
            map(known.__getitem__, found), strict=True,
        )  # fmt: skip
        yield from (scored for scored in map(Scored._make, rows) if scored.probability >= least)
