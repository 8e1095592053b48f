"""A checked file and a redacted draft in a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bearwitness.cli.figures import show_passage
from bearwitness.cli.strings import say
from bearwitness.cli.terminal import print_assessment
from bearwitness.documents.hidden_reasons import HIDDEN_REASONS, say_hidden
from bearwitness.model.claims import Language
from bearwitness.services.check import Checked, Unseen
from bearwitness.services.rebuilding import Rebuilt
from bearwitness.text.redaction import Hole

WIDTH_OF_FILES: Final = 100
# Of a long comment or an old version so many passages are enough to see what it is.
MOST_PASSAGES: Final = 6
_UNREAD: Final = frozenset({"image", "sound", "no_text_layer"})


class Report(Console):
    """A console of a terminal's width, or of a fixed one in a file; it does not decide the exit status."""

    def __init__(self) -> None:
        super().__init__(width=None if sys.stdout.isatty() else WIDTH_OF_FILES, highlight=False)

    def on_broken_pipe(self) -> None:
        """Let the caller end quietly."""
        raise BrokenPipeError


def print_checked(console: Console, found: Checked, language: Language) -> None:
    """What a finished file gives away, the verdict first.

    Parameters
    ----------
    console : rich.console.Console
        Where to.
    found : Checked
        What ``services.check`` returns.
    language : {"en", "ko"}
        Language of the interface.
    """
    if found.clean:
        console.print(Text(f"✓ {say(language, 'file_clean')}", style="bold green"))
        return
    why = []
    if found.page is None:
        why.append(say(language, "file_no_page"))
    elif not found.page.safe:
        why.append(say(language, "file_page_unsafe"))
    if found.unseen:
        why.append(say(language, "file_carries", count=len(found.unseen), n=len(found.unseen)))
    console.print(Text.assemble((f"✕ {say(language, 'file_unclean')}", "bold red"), ": ", ", ".join(why)))
    if found.unseen:
        _print_unseen(console, found, language)
    if found.page is not None and not found.page.safe:
        console.print()
        print_assessment(console, found.page, language=language)


def _print_unseen(console: Console, found: Checked, language: Language) -> None:
    console.print()
    console.print(Text(say(language, "file_hidden"), style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for key, ratio in (("file_col_kind", 2), ("file_col_where", 3), ("file_col_says", 4)):
        table.add_column(say(language, key), overflow="fold", ratio=ratio)
    for entry in found.unseen:
        reason = HIDDEN_REASONS[entry.kind]
        name = reason.name_ko if language == "ko" else reason.name_en
        table.add_row(Text(name), Text(show_passage(entry.where)), Text(_says(entry, language)))
    console.print(table)
    console.print()
    for kind in dict.fromkeys(entry.kind for entry in found.unseen):
        console.print(Text(f"· {say_hidden(language, kind)}", style="dim"))
    if any(entry.kind in _UNREAD for entry in found.unseen):
        console.print(Text(say(language, "file_unread")))
    is_media = found.form in ("image", "audio")
    console.print(Text(say(language, "file_next_media" if is_media else "file_next")))


def _says(entry: Unseen, language: Language) -> str:
    parts = [say(language, "file_persons", persons=", ".join(entry.persons))] if entry.persons else []
    parts += [f"“{show_passage(p)}”" for p in entry.passages[:MOST_PASSAGES]]
    more = len(entry.passages) - MOST_PASSAGES
    if more > 0:
        parts.append(say(language, "file_more", count=more, n=more))
    return "; ".join(parts) or say(language, "file_says_nothing")


def print_redacted(console: Console, holes: tuple[Hole, ...], taken: frozenset[str], language: Language) -> None:
    """What was taken out of a draft, counted by role; the words themselves are not repeated.

    Parameters
    ----------
    console : rich.console.Console
        Where to.
    holes : tuple of Hole
        What was taken out.
    taken : frozenset of str
        Kinds of claims that had to go besides.
    language : {"en", "ko"}
        Language of the interface.
    """
    counts = Counter({h.role: 0 for h in holes})
    for role, _ in {(h.role, h.key) for h in holes}:
        counts[role] += 1
    words = ", ".join(say(language, f"role_{role}", count=n, n=n) for role, n in counts.most_common())
    if words:
        console.print(Text(say(language, "redacted_counts", counts=words)))
    if taken:
        console.print(Text(say(language, "redacted_further")))


def print_rebuilt(console: Console, found: Rebuilt, language: Language) -> None:
    """What of an image or a sound stayed behind, and that nobody judged what it shows or says."""
    if found.carried:
        console.print(Text(say(language, "rebuilt_without", count=len(found.carried), n=len(found.carried))))
    console.print(Text(say(language, f"rebuilt_{found.form}"), style="bold"))


def print_unjudged(console: Console, carried: int, language: Language) -> None:
    """That a draft's file holds more than the text that was assessed."""
    console.print(Text(say(language, "draft_unjudged", count=carried, n=carried)))


def print_carried(console: Console, carried: int, language: Language) -> None:
    """That a draft's file held more than its text."""
    if carried:
        console.print(Text(say(language, "draft_carries", count=carried, n=carried)))
