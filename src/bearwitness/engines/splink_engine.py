"""Splink behind three functions: score all pairs, score one new record, estimate a model's probabilities.

Which database does the work is a backend (``duckdb_backend``, ``spark_backend``). Whatever the backend, weights and
levels are those of the reference scorer (tests/generative/test_engines.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Final

import numpy as np

from bearwitness.engines.linking import Backend, Told, linker_of, log_odds, scored_pairs, told_by, weight_threshold
from bearwitness.engines.quiet import quietly, uncollected
from bearwitness.engines.settings import trained_model
from bearwitness.engines.tables import batches, schema_of
from bearwitness.engines.training import estimate_m, estimate_u, settled_prior
from bearwitness.errors import LinkageError
from bearwitness.linkage.conditions import Record
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import Scored

# Fewer records hold too few pairs of one thing for their probabilities to be estimated.
LEAST_RECORDS: Final = 500
# Pairs less likely than one in a thousand at the first guess add nothing to the number of matches.
_LEAST_BITS: Final = -10.0
# Where one record in three has a match, some ten thousand matches are among so many records of a million.
_MOST_FOR_PRIOR: Final = 200_000


class Archive:
    """Records that stay in the engine, so that new ones are scored against them as they come."""

    def __init__(self, backend: Backend, model: LinkModel, records: Iterable[Record]) -> None:
        self._backend, self._told, self._ids = backend, told_by(model, records), list[str]()
        with quietly():
            backend.clear()
            self._linker, self._table = linker_of(backend, self._told, self._ids)
        self._new = 0

    def score_new(self, new: Record, least: float = 0.0) -> list[Scored]:
        """One new record against those of the archive that a block brings together with it, the likeliest first.

        Parameters
        ----------
        new : Record
            With ``id``; a record of the archive with that id is passed over.
        least : float
            The least probability that is kept.
        """
        if not self._ids:
            return []
        self._new += 1
        ids: list[str] = []
        # What no record of the archive tells, of whatever type it would be, agrees with nothing.
        comparable = {c: v for c, v in new.items() if c == "id" or c in self._told.known}
        with quietly():
            name = f"new_record_{self._new}"
            self._backend.load(name, schema_of(self._told.kinds), batches([comparable], self._told.kinds, ids))
            one = self._linker._db_api.register(name, table_name=f"registered_{name}")
            found = self._linker.inference.predict_between(
                one, self._table, threshold_match_weight=weight_threshold(least), warning_mode="never"
            )
            scored = list(scored_pairs(self._backend, self._told, found.physical_name, ids, self._ids, least))
            found.drop_table_from_database_and_remove_from_cache()
        return sorted((s for s in scored if s.one != s.other), key=lambda s: (-s.weight, s.one, s.other))


class SplinkEngine:
    """Splink on an opened backend; one run at a time."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def score(self, model: LinkModel, records: Iterable[Record], least: float = 0.0) -> list[Scored]:
        """Every pair that a block compares, with at least such a probability; as ``linkage.scoring.score_all``.

        Parameters
        ----------
        model : LinkModel
            Complete.
        records : iterable of Record
            With distinct ids. Read once where it is no sequence.
        least : float
            The least probability that is kept.

        Returns
        -------
        list of Scored
            By ids.

        Raises
        ------
        ValueError
            A level without probabilities, two records with one id, or a value not of its column's type.
        LinkageError
            The engine gave up, for want of memory for instance.
        """
        _require_complete(model)
        told = told_by(model, records)
        ids: list[str] = []
        with quietly(), self._cleared(), uncollected():
            linker, _ = linker_of(self._backend, told, ids)
            if len(ids) < 2:
                return []
            found = linker.inference.predict(threshold_match_weight=weight_threshold(least), warning_mode="never")
            return sorted(scored_pairs(self._backend, told, found.physical_name, ids, ids, least))

    def index(self, model: LinkModel, records: Iterable[Record]) -> Archive:
        """Records that stay in the engine until its next call, for scoring new ones against them."""
        _require_complete(model)
        return Archive(self._backend, model, records)

    def score_new(
        self, model: LinkModel, new: Record, records: Iterable[Record], least: float = 0.0
    ) -> list[Scored]:  # fmt: skip
        """One new record against those that are there; as ``linkage.scoring.score_new``."""
        return self.index(model, records).score_new(new, least)

    def train(
        self, model: LinkModel, records: Iterable[Record], *, seed: int, kept: Collection[str] = ()
    ) -> LinkModel:  # fmt: skip
        """Estimate a model's probabilities from the records themselves, without known truth.

        u comes from pairs at random; m by expectation-maximisation (Dempster, Laird and Rubin 1977) over rounds of
        blocking, one per block of the model that has no set; the prior from what all blocks then hold. A level that
        was never seen keeps what is stated.

        Parameters
        ----------
        model : LinkModel
            Its probabilities are the first guess.
        records : iterable of Record
            At least 500, most of them of different things.
        seed : int
            Of the pairs at random.
        kept : collection of str
            Comparisons whose probabilities stay as stated.

        Raises
        ------
        LinkageError
            Too few records, or none that a block brings together.
        """
        if unknown := set(kept) - {c.name for c in model.comparisons}:
            raise ValueError(f"no comparison is named {', '.join(sorted(unknown))}")
        told = told_by(model, records)
        ids: list[str] = []
        with quietly(), self._cleared():
            linker, _ = linker_of(self._backend, told, ids, kept)
            if len(ids) < LEAST_RECORDS:
                raise LinkageError(
                    f"Of {len(ids)} records nothing can be learnt; {LEAST_RECORDS} are needed.",
                    hint="Use the model as it is stated.",
                )
            linker._settings_obj._probability_two_random_records_match = 1.0 / len(ids)
            estimate_u(linker, seed)
            estimate_m(linker, told, self._backend.dialect, len(ids))
            trained = replace(trained_model(told.model, linker, kept), prior=1.0 / len(ids))
        prior = self._prior(told._replace(model=trained), seed)
        named = {c.name: c for c in trained.comparisons}
        return replace(model, comparisons=tuple(named.get(c.name, c) for c in model.comparisons), prior=prior)

    def _prior(self, told: Told, seed: int) -> float:
        """The share of all pairs that are of one thing: the mean of what the blocks' pairs are found to be."""
        number = min(len(told.records), _MOST_FOR_PRIOR)
        some = told._replace(records=Random(seed).sample(told.records, number))
        with quietly(), self._cleared():
            linker, _ = linker_of(self._backend, some, [])
            found = linker.inference.predict(threshold_match_weight=_LEAST_BITS, warning_mode="never")
            pieces = [p["match_weight"] for p in self._backend.read(found.physical_name, ["match_weight"])]
        weights = np.concatenate([np.asarray(p, float) for p in pieces]) if pieces else np.empty(0)
        return settled_prior(weights - log_odds(told.model.prior), number * (number - 1) / 2, told.model.prior)

    @contextmanager
    def _cleared(self) -> Iterator[None]:
        self._backend.clear()
        try:
            yield
        finally:
            self._backend.clear()


def _require_complete(model: LinkModel) -> None:
    for comparison in model.comparisons:
        for level in comparison.levels:
            if level.m is None or level.u is None:
                raise ValueError(f"level {level.name} has no probabilities yet")
