"""What is wrong at one place of a file: said without the file's content, before the position is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable

Path = tuple[str | int, ...]


class FileFormatError(Exception):
    """One thing wrong with a file.

    Parameters
    ----------
    message : str
        What is wrong, in one line, without a value of the file.
    hint : str
        What to do.
    path : tuple of str or int
        Keys and list positions that lead to the place; those who pass the problem on put theirs in front.
    mark : tuple of int, optional
        Line and column, both from 1, where they are known already.
    at_key : bool
        Whether the key itself is meant, not its value.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        path: Path = (),
        mark: tuple[int, int] | None = None,
        at_key: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.mark = mark
        self.at_key = at_key

    def within(self, step: str | int) -> FileFormatError:
        """The same problem, seen from the collection that holds its place under ``step``."""
        self.path = (step, *self.path)
        return self


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like ``word``; empty where none is near."""
    # Only a mistake needs it, and a right file should not pay for the import.
    from difflib import get_close_matches

    found = get_close_matches(word.casefold(), sorted(known), 1, 0.6)
    return found[0] if found else ""


def check_known(name: str, known: Collection[str], what: str, path: Path, *, at_key: bool = False) -> None:
    """Refuse an id that nothing in the file has, and name the nearest that something has.

    Raises
    ------
    FileFormatError
        At ``path``, if ``name`` is not known.
    """
    if name not in known:
        near = nearest(name, known)
        hint = f"The nearest is {near}." if near else f"Add the {what}, or correct the id."
        raise FileFormatError(f"no {what} has this id.", hint, path=path, at_key=at_key)
