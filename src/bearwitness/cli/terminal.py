"""The assessment in a terminal: the verdict in one line, tables that fit 80 columns, the passage with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bearwitness.cli.figures import format_count, format_share, show_passage
from bearwitness.cli.reasons import say_reason
from bearwitness.cli.report.passage import OpenForm, Segment, group_open_forms, split_passage
from bearwitness.cli.report.verdict import Fact, explain_verdict, list_consent_gaps, list_facts, list_next_steps
from bearwitness.cli.report.view import (
    Note,
    View,
    adversary_name,
    begin,
    build_view,
    effect_words,
    further_words,
    group_changes,
    worst_upper,
)
from bearwitness.cli.strings import say, say_code
from bearwitness.model.assessment import Assessment, HouseholdRisk
from bearwitness.model.claims import Language

# Colour only repeats what a sign or a word says.
_TONES: Final = ("dim", "blue", "yellow", "bold red")
_OPEN: Final = "magenta"
_INDENT: Final = (0, 0, 0, 2)
# Without these an editor would take the verdict for another one.
_SAID_FIRST: Final = frozenset({"submission", "changed_on_purpose", "frame_rows", "frame_size"})
_USUAL_WIDTH: Final = 80
_NAME_WIDTH: Final = 22
_FIGURE_COLUMNS: Final = (("col_fit", 11), ("col_both", 11), ("col_bound", 6), ("col_prior", 12), ("col_limit", 8))
# What a wider terminal gives to the names of releases.
_MOST_ROOM: Final = 20


def print_assessment(console: Console, a: Assessment, *, language: Language | None = None) -> None:
    """Print an assessment for an editor.

    Parameters
    ----------
    console : rich.console.Console
        Where to; its width is kept to, and it decides about colour (none under NO_COLOR or outside a terminal).
    a : Assessment
        What ``assess`` returns.
    language : {"en", "ko"}, optional
        Language of the interface; the draft's if not given.
    """
    view = build_view(a, language or a.language)
    open_forms = group_open_forms(a.unresolved)
    _print_verdict(console, view)
    _print_families(console, view)
    _print_passage(console, view, open_forms)
    _print_notes(console, view)
    _print_changes(console, view)
    _print_unresolved(console, view, open_forms)
    _print_consent(console, view)
    _print_next(console, view)


def _line(words: str, style: str = "") -> Text:
    return Text(show_passage(words), style=style)


def _heading(console: Console, view: View, key: str) -> None:
    console.print()
    console.print(_line(say(view.language, key), "bold"))


def _print_verdict(console: Console, view: View) -> None:
    sign, key, style = ("✓", "safe_word", "bold green") if view.safe else ("✕", "unsafe_word", "bold red")
    # The highest risk stands in the sentence below; what remains fits one line.
    facts = [_fact(f, view.language) for f in list_facts(view) if f.counts and f.key != "fact_upper"]
    console.print(Text.assemble((f"{sign} {say(view.language, key)}", style), ": " if facts else "", ", ".join(facts)))
    for sentence in explain_verdict(view):
        console.print(_line(sentence))
    for code in view.assessment.notes:
        if code in _SAID_FIRST:
            console.print(_line(say_code(view.language, "note", code), "yellow"))


def _fact(fact: Fact, language: Language) -> str:
    words = say(language, f"short_{fact.key}", count=fact.count)
    return f"{fact.value} {words}" if language == "en" else f"{words} {fact.value}"


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print_families(console: Console, view: View) -> None:
    language = view.language
    _heading(console, view, "households")
    if not view.families:
        console.print(_line(say(language, "no_households"), "dim"))
        return
    console.print(_line(say(language, "families_intro", limit=format_share(view.assessment.threshold)), "dim"))
    for family in view.families:
        # A table per family, all of one shape, headed by its name.
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        table.add_column(_line(begin(family.label), "bold not dim"), width=_NAME_WIDTH, overflow="fold")
        for key, width in _FIGURE_COLUMNS:
            room = max(console.width, _USUAL_WIDTH) - _USUAL_WIDTH if key == "col_prior" else 0
            table.add_column(say(language, key), width=width + min(room, _MOST_ROOM), overflow="fold")
        for row in family.rows:
            table.add_row(*_family_row(row, view))
        console.print()
        console.print(table)


def _family_row(row: HouseholdRisk, view: View) -> list[Text]:
    language, limit = view.language, view.assessment.threshold
    sign, key, style = ("✓", "within_word", "green") if row.safe else ("✕", "over_word", "bold red")
    return [
        _line(adversary_name(language, row.adversary, begins=True)),
        _line(format_count(row.alone.candidates, language, about=False)),
        _line(format_count(row.joined.candidates, language, about=False)),
        _line(format_share(worst_upper(row), limit=limit)),
        _line(row.costliest_release or "–"),
        _line(f"{sign} {say(language, key)}", style),
    ]


def _print_passage(console: Console, view: View, open_forms: Sequence[OpenForm]) -> None:
    _heading(console, view, "draft")
    text = Text()
    for segment in split_passage(view.assessment.draft, view.notes, open_forms):
        _append_segment(text, segment)
    console.print(Padding(text, _INDENT))


def _append_segment(text: Text, segment: Segment) -> None:
    words = show_passage(segment.text)
    if not segment.is_marked:
        text.append(words)
        return
    style = _TONES[segment.severity] if segment.notes else _OPEN
    text.append("[", style=style).append(words, style=f"{style} underline")
    text.append(f" {','.join(segment.ends)}]" if segment.ends else "]", style=style)


def _print_notes(console: Console, view: View) -> None:
    if not view.notes:
        return
    _heading(console, view, "notes_title")
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for note in view.notes:
        table.add_row(_line(str(note.number), _TONES[note.severity]), _note_lines(note, view))
    console.print(table)


def _note_lines(note: Note, view: View) -> Text:
    """What a passage says, and for each claim the adversary it helps most."""
    language = view.language
    text = Text()
    for i, noted in enumerate(note.claims):
        text.append("\n" if i else "").append(show_passage(noted.claim.says))
        if noted.effects:
            text.append(f"\n  {show_passage(effect_words(noted.effects[0], language))}", style="dim")
        else:
            text.append(f"\n  {say(language, 'no_help' if noted.checked else 'no_check')}", style="dim")
        for words in further_words(noted, language):
            text.append(f"\n  {show_passage(words)}", style="dim")
    return text


def _print_changes(console: Console, view: View) -> None:
    a, language = view.assessment, view.language
    changes = group_changes(a)
    if not changes and a.possible:
        return
    _heading(console, view, "changes")
    if changes:
        table = _table(*(say(language, k) for k in ("col_now", "col_instead", "col_before", "col_after")))
        for c in changes:
            instead = c.instead.strip()
            before, after = (format_share(r, limit=a.threshold) for r in (c.risk_before, c.risk_after))
            words = _line(f"→ {instead}", "green") if instead else _line(f"→ {say(language, 'taken_out')}")
            table.add_row(_line(c.quote), words, _line(before), _line(after))
        console.print(table)
    if not a.possible:
        console.print(_line(say(language, "no_way"), "bold red"))
        return
    console.print(_line(say(language, "optimal" if a.optimal else "not_optimal"), "dim"))


def _print_unresolved(console: Console, view: View, open_forms: Sequence[OpenForm]) -> None:
    if not open_forms:
        return
    _heading(console, view, "unresolved")
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for form in open_forms:
        n = len(form.passages)
        words = form.passages[0].span.quote + (f" ({say(view.language, 'times', count=n, n=n)})" if n > 1 else "")
        whys = dict.fromkeys(say_reason(view.language, u.why) for u in form.passages)
        table.add_row(_line(form.letter, _OPEN), _line(words), _line("; ".join(whys), "dim"))
    console.print(table)


def _print_consent(console: Console, view: View) -> None:
    gaps = list_consent_gaps(view)
    if not gaps:
        return
    _heading(console, view, "consent")
    for label, person, why in gaps:
        console.print(Padding(_line(f"{label} ({person}): {why}"), _INDENT))


def _print_next(console: Console, view: View) -> None:
    _heading(console, view, "next")
    table = Table.grid(padding=(0, 1))
    for i, step in enumerate(list_next_steps(view), start=1):
        table.add_row(f"{i}.", _line(step))
    console.print(table)
