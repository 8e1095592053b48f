"""A series of drafts in a terminal: what all of them give away together, and what must change in each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bearwitness.cli.figures import format_share, show_passage
from bearwitness.cli.reasons import say_reason
from bearwitness.cli.report.passage import group_open_forms
from bearwitness.cli.report.view import adversary_name, begin, group_changes
from bearwitness.cli.strings import say, say_code
from bearwitness.model.claims import Language
from bearwitness.model.series import DraftChanges, Series, SeriesRisk

_UNDER = (0, 0, 0, 2)
_NAME_WIDTH = 22
_FIGURE_WIDTH = 9


def print_series(console: Console, found: Series, names: Sequence[str], language: Language) -> None:
    """Print a series for an editor, the verdict first.

    Parameters
    ----------
    console : rich.console.Console
        Where to.
    found : Series
        What ``services.series`` returns.
    names : sequence of str
        What the drafts are called, in their order.
    language : {"en", "ko"}
        Language of the interface.
    """
    _print_verdict(console, found, language)
    _print_families(console, found, language)
    for draft, name in zip(found.drafts, names, strict=True):
        _print_draft(console, draft, name, found.threshold, language)
    if all(r.safe for r in found.households):
        return
    console.print()
    if not found.possible:
        console.print(Text(say(language, "no_way"), style="bold red"))
        return
    console.print(Text(say(language, "optimal" if found.optimal else "not_optimal"), style="dim"))
    console.print(Text(say(language, "series_next")))


def _print_verdict(console: Console, found: Series, language: Language) -> None:
    limit, count = format_share(found.threshold), len(found.drafts)
    over = {r.household for r in found.households if not r.safe}
    if found.safe:
        words = say(language, "series_safe", count=count, n=count, limit=limit)
        console.print(Text(f"✓ {words}", style="bold green"))
        if count > 1:
            console.print(Text(say(language, "series_parts")))
    else:
        console.print(Text(f"✕ {say(language, 'unsafe')}", style="bold red"))
    if over:
        console.print(Text(say(language, "series_unsafe", count=len(over), n=len(over))))
    if over and count > 1 and all(d.joined.upper <= found.threshold for r in found.households for d in r.drafts):
        console.print(Text(say(language, "series_only_together", limit=limit)))
    opened = sum(len(d.unresolved) for d in found.drafts)
    gaps = len({g.person for d in found.drafts for g in d.consent_gaps})
    if opened:
        console.print(Text(say(language, "series_open", count=opened, n=opened), style="magenta"))
    if gaps:
        console.print(Text(say(language, "series_consent", count=gaps, n=gaps), style="magenta"))
    if "unrecorded_apart" in found.notes:
        console.print(Text(say(language, "series_unrecorded"), style="yellow"))
    if "submission" in found.notes:
        console.print(Text(say_code(language, "note", "submission"), style="yellow"))


def _print_families(console: Console, found: Series, language: Language) -> None:
    if not found.households:
        return
    console.print()
    console.print(Text(say(language, "households"), style="bold"))
    console.print(Text(say(language, "series_intro", limit=format_share(found.threshold)), style="dim"))
    worst: dict[str, float] = {}
    for row in found.households:
        worst[row.household] = max(row.joined.upper, worst.get(row.household, 0.0))
    ordered = sorted(found.households, key=lambda r: (-worst[r.household], r.household))
    for _, group in groupby(ordered, key=lambda r: r.household):
        rows = list(group)
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        label = say(language, "family", label=show_passage(rows[0].label or rows[0].household))
        table.add_column(Text(begin(label), style="bold not dim"), width=_NAME_WIDTH, overflow="fold")
        for key in ("series_one", "series_together", "col_both", "series_after", "col_limit"):
            table.add_column(say(language, key), width=_FIGURE_WIDTH, overflow="fold")
        for row in rows:
            table.add_row(*_row(row, found.threshold, language))
        console.print()
        console.print(table)


def _row(row: SeriesRisk, limit: float, language: Language) -> list[Text]:
    sign, key, style = ("✓", "within_word", "green") if row.safe else ("✕", "over_word", "bold red")
    most = max(row.drafts, key=lambda d: d.alone.upper)
    return [
        Text(adversary_name(language, row.adversary, begins=True)),
        Text(f"{format_share(most.alone.upper, limit=limit)} ({most.draft})"),
        *(Text(format_share(upper, limit=limit)) for upper in (row.together.upper, row.joined.upper, row.after)),
        Text(f"{sign} {say(language, key)}", style=style),
    ]


def _print_draft(console: Console, draft: DraftChanges, name: str, limit: float, language: Language) -> None:
    console.print()
    console.print(Text(say(language, "series_draft", n=draft.draft, name=show_passage(name)), style="bold"))
    changes = group_changes(draft)
    if changes:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
        for key in ("col_now", "col_instead", "col_before", "col_after"):
            table.add_column(say(language, key), overflow="fold")
        for c in changes:
            instead = c.instead.strip()
            words = Text(f"→ {show_passage(instead)}", style="green") if instead else Text(
                f"→ {say(language, 'taken_out')}"
            )  # fmt: skip
            risks = (Text(format_share(risk, limit=limit)) for risk in (c.risk_before, c.risk_after))
            table.add_row(Text(show_passage(c.quote)), words, *risks)
        console.print(Padding(table, _UNDER))
        console.print(Padding(Text(say(language, "series_cost", cost=f"{draft.cost:.1f}"), style="dim"), _UNDER))
    elif not draft.unresolved and not draft.consent_gaps:
        console.print(Padding(Text(say(language, "series_unchanged"), style="dim"), _UNDER))
    for form in group_open_forms(draft.unresolved):
        whys = dict.fromkeys(say_reason(language, u.why) for u in form.passages)
        line = Text.assemble(
            (show_passage(form.passages[0].span.quote), "magenta"), ": ", show_passage("; ".join(whys))
        )
        console.print(Padding(line, _UNDER))
    for gap in draft.consent_gaps:
        console.print(Padding(Text(f"{show_passage(gap.person)}: {say_reason(language, gap.why)}"), _UNDER))
