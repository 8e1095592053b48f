"""What the columns of a data set are to somebody who searches for a person, and how each may be said less exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnRole = Literal["quasi-identifier", "sensitive", "household", "ignored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Whole numbers from ``lowest`` to ``highest``, joined into bands of ever larger ``widths``."""

    lowest: int
    highest: int
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recursive:
    """Recursive (c, l)-diversity: the most frequent value is rarer than ``c`` times the ``l``-th and rarer together."""

    c: float
    l: int  # noqa: E741  (the literature's name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetColumn:
    """One column.

    Parameters
    ----------
    name : str
        Its heading.
    role : str
        A *quasi-identifier* can be known from elsewhere and is generalised; a *sensitive* value must not be learnt of
        a person; a *household* says who belongs together and is never published (rows without one count as one
        household together, the unfavourable side); what is *ignored* is left out.
    levels : tuple of (str, tuple of str)
        Of a quasi-identifier: per exact value what to say instead, ever less exactly.
    bands : Bands or None
        Of a quasi-identifier that is a whole number, instead of ``levels``.
    distinct : int
        Of a sensitive column: how many different values those who read alike must have at least.
    entropy : float or None
        Of a sensitive column: its values must be spread at least as evenly as so many values that are equally
        frequent (entropy l-diversity; need not be whole).
    recursive : Recursive or None
        Of a sensitive column: how far its most frequent value may stand out.
    closeness : float or None
        Of a sensitive column: how far its spread among those who read alike may be from that of all (0 to 1).
    order : tuple of str
        Of a sensitive column: its values in their order, if they have one.
    """

    name: str
    role: ColumnRole
    levels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bands: Bands | None = None
    distinct: int = 2
    entropy: float | None = None
    recursive: Recursive | None = None
    closeness: float | None = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRoles:
    """All columns of a data set; ``hierarchies`` names a table of levels beside the file, or is empty."""

    columns: tuple[DatasetColumn, ...]
    hierarchies: str = ""

    def named(self, role: ColumnRole) -> tuple[DatasetColumn, ...]:
        """The columns of one role."""
        return tuple(c for c in self.columns if c.role == role)
