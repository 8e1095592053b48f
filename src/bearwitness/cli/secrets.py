"""Passphrases from a terminal that does not show them, or from a file descriptor; never from an argument."""

from __future__ import annotations

import getpass
import os
import sys

from bearwitness.errors import UsageError


class Secrets:
    """Where the passphrases of one command come from.

    Parameters
    ----------
    descriptor : int, optional
        An open file descriptor that gives one passphrase a line, in the order in which they are asked for.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        self._lines: list[str] | None = None
        self._descriptor = descriptor

    def ask(self, question: str, *, twice: bool = False) -> str:
        """A passphrase; a new one is asked for twice at a terminal.

        Raises
        ------
        UsageError
            If there is no terminal and no descriptor, the descriptor has no more lines, or the two differ.
        """
        if self._descriptor is not None:
            return self._next_line()
        if not sys.stdin.isatty():
            raise UsageError(
                "there is no terminal to ask for a passphrase.", hint="Give it through --passphrase-fd, one a line."
            )
        found = getpass.getpass(f"{question}: ")
        if twice and getpass.getpass("The same again: ") != found:
            raise UsageError("the two are not the same.", hint="Try again.")
        return found

    def _next_line(self) -> str:
        if self._lines is None:
            try:
                with os.fdopen(self._descriptor or 0, encoding="utf-8", closefd=False) as file:
                    self._lines = file.read().splitlines()
            except (OSError, UnicodeDecodeError):
                raise UsageError("the passphrases cannot be read.", hint="Check the descriptor.") from None
        if not self._lines:
            raise UsageError("a passphrase is missing.", hint="Give one a line, in the order they are asked for.")
        return self._lines.pop(0)
