"""A model of agreement as Splink takes it, and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from bearwitness.engines.tables import NUMBER, Kind
from bearwitness.linkage.conditions import Dialect
from bearwitness.linkage.model import Block, Comparison, LinkModel
from bearwitness.linkage.scoring import MISSING

# As in the reference scorer: a level that never occurs among a few records is rare, not impossible.
_LEAST: Final = 1e-9


def settings_of(
    model: LinkModel, kinds: Mapping[str, Kind], dialect: Dialect, *, kept: Collection[str] = ()
) -> dict[str, Any]:  # fmt: skip
    """The settings of Splink for a model.

    Parameters
    ----------
    model : LinkModel
        Comparison i is named ``ci``, since names may hold anything.
    kinds : mapping of str to str
        Of ``tables.column_kinds``.
    dialect : {"duckdb", "spark"}
        In which conditions are written.
    kept : collection of str
        Comparisons whose probabilities training leaves as they are.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": NUMBER,
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [_rule(b, kinds, dialect) for b in model.blocks],
        "comparisons": [
            {"output_column_name": f"c{i}", "comparison_levels": list(_levels(c, dialect, kept=c.name in kept))}
            for i, c in enumerate(model.comparisons)
        ],
        # Without the columns that were compared Splink does not say which level it found.
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }


def rule_of(block: Block) -> str:
    """The condition that brings two records of a block together."""
    return " AND ".join(f'l."{column}" = r."{column}"' for column in block)


def _rule(block: Block, kinds: Mapping[str, Kind], dialect: Dialect) -> dict[str, Any]:
    sets = [c for c in block if kinds[c] == "set"]
    condition = rule_of(block) if dialect == "duckdb" else rule_of(block).replace('"', "`")
    return {"blocking_rule": condition, "sql_dialect": dialect, **({"arrays_to_explode": sets} if sets else {})}


def _levels(comparison: Comparison, dialect: Dialect, *, kept: bool) -> Iterator[dict[str, Any]]:
    if comparison.needs:
        unknown = " OR ".join(f"{c}_{side} IS NULL" for c in comparison.needs for side in ("l", "r"))
        yield {"sql_condition": unknown, "label_for_charts": MISSING, "is_null_level": True}
    for level in comparison.levels:
        found: dict[str, Any] = {
            "sql_condition": level.condition.sql(dialect) if level.condition else "ELSE",
            "label_for_charts": level.name, "fix_m_probability": kept, "fix_u_probability": kept,
        }  # fmt: skip
        if level.m is not None:
            found["m_probability"] = max(level.m, _LEAST)
        if level.u is not None:
            found["u_probability"] = max(level.u, _LEAST)
        if level.frequency:
            # The weight is log2(m / u); Splink adds log2(u / share), and what stays is log2(m / share).
            found |= {
                "tf_adjustment_column": level.frequency, "tf_adjustment_weight": 1.0, "tf_minimum_u_value": _LEAST,
                "disable_tf_exact_match_detection": True,
            }  # fmt: skip
        yield found


def level_names(whole: LinkModel, part: LinkModel) -> Callable[[Sequence[int]], tuple[tuple[str, str], ...]]:
    """What tells, per comparison of the whole, the level that Splink's numbers mean.

    -1 is unknown and 0 the last level; a comparison that is not in the part is unknown.
    """
    place = {c.name: i for i, c in enumerate(part.comparisons)}
    # From the last level to the best, and unknown at the end, where -1 finds it.
    names = [[*((c.name, x.name) for x in reversed(c.levels)), (c.name, MISSING)] for c in whole.comparisons]
    used = [(place.get(c.name), n) for c, n in zip(whole.comparisons, names, strict=True)]
    return lambda values: tuple([n[-1 if i is None else values[i]] for i, n in used])


def frequency_columns(model: LinkModel) -> tuple[str, ...]:
    """The columns whose frequencies a model uses."""
    return tuple(dict.fromkeys(x.frequency for c in model.comparisons for x in c.levels if x.frequency))


def trained_model(model: LinkModel, linker: Any, kept: Collection[str]) -> LinkModel:
    """The model with the probabilities that Splink estimated.

    A level that was never seen keeps what was stated, else the least; each comparison's probabilities then add to one.
    """
    chances: dict[tuple[str, str], tuple[float, float]] = {}
    for i, comparison in enumerate(model.comparisons):
        if comparison.name in kept:
            continue
        found = linker._settings_obj._get_comparison_by_output_column_name(f"c{i}")
        by_value = {x.comparison_vector_value: x for x in found.comparison_levels if not x.is_null_level}
        ms, us = [], []
        for k, level in enumerate(comparison.levels):
            told = by_value[len(comparison.levels) - 1 - k]
            ms.append(_probability(told.m_probability if told._has_estimated_m_values else level.m))
            us.append(_probability(told.u_probability if told._has_estimated_u_values else level.u))
        for level, m, u in zip(comparison.levels, ms, us, strict=True):
            chances[comparison.name, level.name] = (m / sum(ms), u / sum(us))
    return model.with_chances(chances, model.prior)


def _probability(value: float | str | None) -> float:
    return max(value, _LEAST) if isinstance(value, int | float) else _LEAST
