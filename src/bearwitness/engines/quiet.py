"""What libraries say while they work is kept off the terminal: it may quote a record."""

from __future__ import annotations

import gc
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bearwitness.errors import LinkageError

_LIBRARIES: Final = ("splink", "pyspark", "py4j", "duckdb", "sqlglot")


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nothing look for garbage while many small things are made that hold no cycle.

    It would go through all records again and again, for a twelfth of the time that Splink takes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def quietly() -> Iterator[None]:
    """Silence the engines' libraries; their errors are told without what they quote.

    Raises
    ------
    LinkageError
        The engine gave up; memory is named as the reason where it was.
    """
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    before = [(x, x.level, x.propagate) for x in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (LinkageError, ValueError):
        raise
    except Exception as error:
        raise _told(error) from None
    finally:
        for logger, level, propagate in before:
            logger.setLevel(level)
            logger.propagate = propagate


def _told(error: BaseException) -> LinkageError:
    """The error as a user meets it: the kind of what happened, never its words, which may quote a record."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    if any("OutOfMemory" in kind or kind == "MemoryError" for kind in kinds):
        return LinkageError(
            "The pairs to compare do not fit in the memory given.",
            hint="Give the engine more memory, or compare fewer records at once.",
        )
    return LinkageError(
        f"The engine could not compare the records ({kinds[-1]}).",
        hint="Compare them with the other engine, and report this with the model and without the records.",
    )


@contextmanager
def silent_start() -> Iterator[None]:
    """Nothing that is started meanwhile writes to the terminal, neither now nor later: it inherits no way to it."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        for number, copy in zip((1, 2), kept, strict=True):
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)
