"""A data set in a terminal: what it gives away as it stands, and what would be published instead."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bearwitness.cli.dataset_strings import DATASET_STRINGS
from bearwitness.cli.figures import format_share
from bearwitness.model.claims import Language
from bearwitness.model.dataset_plan import DatasetPlan, Demand, Risks


def _say(language: Language, key: str, **values: object) -> str:
    return DATASET_STRINGS[key][0 if language == "en" else 1].format(**values)


def print_plan(console: Console, plan: DatasetPlan, language: Language) -> None:
    """Print what was found of a data set, the verdict first."""
    who = _say(language, "dataset_records" if plan.households is None else "dataset_households")
    if plan.safe:
        console.print(Text(f"✓ {_say(language, 'dataset_safe', k=plan.k, who=who)}", style="bold green"))
    else:
        console.print(Text(f"✕ {_say(language, 'dataset_unsafe')}", style="bold red"))
    console.print(
        _say(language, "dataset_rows", n=f"{plan.records:,}", differing=f"{plan.differing:,}")
    )
    _print_risk(console, plan.as_it_stands, who, plan.k, language)
    for demand in plan.demands:
        console.print(Text(_say(language, "dataset_demand", column=demand.column, what=_asked(demand, language))))
    if plan.unique:
        share = format_share(plan.unique.share)
        console.print(_say(language, "dataset_unique", share=share, model=plan.unique.model))
    console.print()
    if not plan.possible or plan.after is None or plan.loss is None:
        console.print(Text(_say(language, "dataset_impossible"), style="bold red"))
        return
    console.print(Text(_say(language, "dataset_plan"), style="bold"))
    table = Table("dataset_column", "dataset_level", "dataset_values", box=None, pad_edge=False)
    for column, key in zip(table.columns, ("dataset_column", "dataset_level", "dataset_values"), strict=True):
        column.header = _say(language, key)
    for level in plan.levels:
        table.add_row(Text(level.column), f"{level.level}/{level.height}", f"{level.values:,}")
    console.print(table)
    console.print(_say(language, "dataset_loss", loss=format_share(plan.loss), n=f"{plan.suppressed:,}",
                       classes=f"{plan.classes:,}"))  # fmt: skip
    _print_risk(console, plan.after, who, plan.k, language)


def _asked(demand: Demand, language: Language) -> str:
    """All that is asked of a sensitive column."""
    asked = [_say(language, "dataset_distinct", n=f"{demand.distinct:,}")]
    if demand.entropy is not None:
        asked.append(_say(language, "dataset_entropy", n=f"{demand.entropy:g}"))
    if demand.recursive is not None:
        asked.append(_say(language, "dataset_recursive", c=f"{demand.recursive.c:g}", l=f"{demand.recursive.l:,}"))
    if demand.closeness is not None:
        asked.append(_say(language, "dataset_close", t=f"{demand.closeness:g}"))
    return "; ".join(asked)


def _print_risk(console: Console, risks: Risks, who: str, k: int, language: Language) -> None:
    console.print(_say(
        language, "dataset_risk", who=who, k=k, share=format_share(risks.at_risk), found=format_share(risks.average),
        highest=format_share(risks.highest),
    ))  # fmt: skip
