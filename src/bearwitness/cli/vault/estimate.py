"""Commands of the estimate: what never reached anyone, and when no number may be given."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TypeVar

from bearwitness.cli.printing import output
from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.opening import unlocked
from bearwitness.documents.files import write_atomically
from bearwitness.errors import NumberRefused, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from bearwitness.estimation.linked import Estimator
    from bearwitness.estimation.outcome import StratumOutcome
    from bearwitness.estimation.strata import StratumTask
    from bearwitness.model.claims import Language
    from bearwitness.services.estimate_shown import ActsEstimated
    from bearwitness.services.estimate_strata import By

Found = TypeVar("Found")


def run_acts(options: argparse.Namespace) -> int:
    """``estimate acts``: the report or its JSON; status 27 where a number is refused for one stratum at least."""
    by = _fields(options)
    _check(options, by)
    found = _estimate(options, by)
    from bearwitness.cli.estimate_page import render_acts
    from bearwitness.cli.estimate_text import print_acts

    _give_out(options, found, print_acts, render_acts, [options.table] if options.table is not None else [])
    return 0 if found.given == len(found.strata) else NumberRefused.status


def run_change(options: argparse.Namespace) -> int:
    """``estimate change``: as ``estimate acts``; status 27 where it is not identified."""
    _check_numbers(options, ("seed", 0), ("longest", 1))
    month, as_of = _month(options.month, "month"), _day(options.as_of)
    since = _month(options.since, "since") if options.since is not None else None
    from bearwitness.services.estimate_change import estimate_change

    with unlocked(options, Secrets(options.passphrase_fd)) as vault:
        found = estimate_change(
            vault, options.case, month=month, as_of=as_of, since=since, longest=options.longest, level=options.level,
            seed=options.seed,
        )  # fmt: skip
    from bearwitness.cli.estimate_change_report import print_change, render_change

    _give_out(options, found, print_change, render_change, [])
    return 0 if found.ratio is not None else NumberRefused.status


def _give_out(
    options: argparse.Namespace, found: Found, show: Callable[[Console, Found, Language], None],
    render: Callable[[Found, Language], str], forbidden: Sequence[Path],
) -> None:  # fmt: skip
    """Write the page, and write or print the report or the document."""
    if options.html is not None:
        page = render(found, options.language)
        write_atomically(options.html, page, forbidden=forbidden, replace=options.force)
    text = _document(options, found) if options.json else _report(options, found, show)
    if options.output is not None:
        written = [*forbidden, *([options.html] if options.html is not None else [])]
        write_atomically(options.output, text, forbidden=written, replace=options.force)
    with output():
        if options.output is None:
            sys.stdout.write(text)


def _estimate(options: argparse.Namespace, by: Sequence[By]) -> ActsEstimated:
    # What estimates takes a while to load, and no other command needs it.
    from bearwitness.services.estimate import ActsSettings, estimate_case, estimate_file

    settings = ActsSettings(level=options.level, seed=options.seed, cap=options.cap)
    estimate = _estimator(options.cache, options.processes)
    if options.table is not None:
        return estimate_file(options.table, settings=settings, estimate=estimate)
    with unlocked(options, Secrets(options.passphrase_fd)) as vault:
        return estimate_case(vault, options.case, by=by, settings=settings, estimate=estimate)


def _estimator(folder: Path | None, processes: int | None) -> Estimator:
    from bearwitness.engines.estimate_cache import EstimateCache
    from bearwitness.engines.strata_processes import estimate_strata

    cache = EstimateCache(folder) if folder is not None else None
    workers = processes or os.cpu_count() or 1

    def estimate(tasks: Sequence[StratumTask]) -> Iterable[StratumOutcome]:
        told = _tell if sys.stderr.isatty() else None
        return estimate_strata(tasks, workers=min(workers, max(len(tasks), 1)), cache=cache, progress=told)

    return estimate


def _tell(done: int, tasks: int) -> None:
    """How far it is, in one line of the terminal that the report takes the place of."""
    print(f"\r{done} / {tasks}", end="\r" if done < tasks else "\r\x1b[K", file=sys.stderr, flush=True)


def _document(options: argparse.Namespace, found: object) -> str:
    from bearwitness.cli.result_document import document

    plain = {"command": options.words, "answer": document(found)}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _report(options: argparse.Namespace, found: Found, show: Callable[[Console, Found, Language], None]) -> str:
    from rich.console import Console

    from bearwitness.cli.estimate_text import WIDTH

    colours = options.output is None and sys.stdout.isatty()
    width = min(WIDTH, get_terminal_size().columns) if colours else WIDTH
    drawn = io.StringIO()
    show(Console(file=drawn, width=width, highlight=False, force_terminal=colours), found, options.language)
    return "".join(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines())


def _fields(options: argparse.Namespace) -> tuple[By, ...]:
    from bearwitness.services.estimate_strata import FIELDS

    named = [word.strip() for word in options.by.split(",") if word.strip()]
    if not set(named) <= set(FIELDS) or len(set(named)) != len(named):
        raise UsageError(
            "acts are divided by some of kind, province and year, each once.", hint="Such as --by kind,year."
        )
    return tuple(field for field in FIELDS if field in named)


def _check(options: argparse.Namespace, by: Sequence[By]) -> None:
    if (options.case is None) == (options.table is None):
        raise UsageError("acts are estimated from a case or from a table.", hint="Give --case CASE or --table FILE.")
    if by and options.table is not None:
        raise UsageError(
            "the strata of a file are those that it has.", hint="Leave out --by, or divide the acts in the file."
        )
    _check_numbers(options, ("seed", 0), ("cap", 1), ("processes", 1))


def _check_numbers(options: argparse.Namespace, *least: tuple[str, int]) -> None:
    if not 0 < options.level < 1:
        raise UsageError("a level is above 0 and below 1.", hint="Such as --level 0.9.")
    for name, lowest in least:
        number = getattr(options, name)
        if number is not None and number < lowest:
            raise UsageError(f"the number of --{name} is too small.", hint=f"Give {lowest} or more.")
    if any(o is not None and str(o) == "-" for o in (options.html, options.output)):
        raise UsageError("an output has to be a file.", hint="Name a file that does not exist yet.")


def _month(written: str, name: str) -> date:
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        raise UsageError(f"the month of --{name} is none.", hint="Write it as 2021-01.") from None


def _day(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise UsageError("the day of --as-of is none.", hint="Write it as 2024-02-05.") from None
