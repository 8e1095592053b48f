"""A data set before it is published: what it gives away, the cheapest way to make it safe, and the safe table."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from bearwitness.disclosure.microdata import BoolArray, Hierarchy, Microdata, hierarchy, microdata
from bearwitness.disclosure.microdata_classes import ClassCounter, Classes
from bearwitness.disclosure.microdata_models import (
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    PrivacyModel,
    RecursiveDiversity,
    TCloseness,
)
from bearwitness.disclosure.microdata_risks import household_prosecutor
from bearwitness.disclosure.microdata_search import Generalisation, judge, optimal_generalisation
from bearwitness.disclosure.microdata_uniqueness import population_uniqueness
from bearwitness.documents.dataset_reading import DistinctRows, distinct_rows, headings
from bearwitness.documents.files import read_text, write_through
from bearwitness.documents.spreadsheet_csv import escape_cell
from bearwitness.errors import LeakError, NotSafe, PolicyError, TableError, UsageError
from bearwitness.model.codec.dataset_roles import load_roles
from bearwitness.model.dataset_plan import ColumnLevel, DatasetPlan, Demand, Risks
from bearwitness.model.dataset_roles import DatasetColumn, DatasetRoles

ANYTHING: Final = "*"
_MOST_ROLES: Final = 16 * 2**20
# Sums of shares; what is met exactly must not fail by a rounding.
_ROUNDING: Final = 1e-9
# What one row says of all quasi-identifiers once they are generalised.
_Said = tuple[str, ...]


class DatasetDesk:
    """One data set with its roles, read and counted.

    Parameters
    ----------
    table, roles : Path
        The table (CSV, plain or gzip, or Parquet), and the file that says what its columns are.
    k : int
        How many households must read alike, at least 2.
    suppress : float
        The share of the records that may be left out, in [0, 1).

    Raises
    ------
    BearwitnessError
        If a file cannot be read, a column has no role, or a value is in no hierarchy.
    """

    def __init__(self, table: Path, roles: Path, *, k: int = 5, suppress: float = 0.0) -> None:
        if k < 2:
            raise UsageError("k is at least 2.", hint="With fewer, everybody could be told from everybody else.")
        if not 0.0 <= suppress < 1.0:
            raise UsageError("the share that may be left out lies from 0 to below 1.", hint="Such as 0.05.")
        self.table, self.roles_file, self.k, self.suppress = table, roles, k, suppress
        self.roles = load_roles(read_text(roles, kind=PolicyError, most_bytes=_MOST_ROLES), name=str(roles))
        self.rows = _read(table, roles, self.roles)
        self.data = _counted(self.rows, _listed(roles, self.roles), self.roles)
        self.models = _models(self.roles, self.data, k)
        self.counter = ClassCounter(self.data)

    def plan(self, *, fraction: float | None = None) -> tuple[DatasetPlan, Generalisation | None]:
        """Assess the table and find the cheapest safe generalisation; ``fraction`` is what share of all it samples."""
        data = self.data
        exact = self.counter.at((0,) * len(data.hierarchies))
        lost = judge(exact, self.models).lost
        best = optimal_generalisation(data, self.models, suppression=self.suppress, counter=self.counter)
        everything = np.ones(len(exact.sizes), dtype=np.bool_)
        plan = DatasetPlan(
            records=data.records, differing=len(data.counts), k=self.k, safe=not bool(lost.any()),
            demands=_demands(self.roles),
            households=len(data.household.values) if data.household else None,
            as_it_stands=household_prosecutor(exact, everything, 1.0 / self.k),
            unique=None if fraction is None else population_uniqueness(exact.sizes, _checked(fraction)),
            possible=best is not None and best.classes > 0, levels=_levels(data, best) if best else (),
            loss=best.loss if best else None, suppressed=best.suppressed if best else 0,
            classes=best.classes if best else 0, after=self._after(best),
        )  # fmt: skip
        return plan, best

    def _after(self, best: Generalisation | None) -> Risks | None:
        if best is None or not best.classes:
            return None
        classes = self.counter.at(best.levels)
        return household_prosecutor(classes, ~judge(classes, self.models).lost, 1.0 / self.k)

    def write(self, path: Path, best: Generalisation | None, *, replace: bool = False) -> None:
        """Write the generalised table as CSV, sorted, without households and ignored columns.

        Raises
        ------
        NotSafe
            If no generalisation will do.
        LeakError
            If the rows about to be written, counted anew, do not hold what was asked; nothing is written then.
        OutputError
            If it cannot be written where it was asked for.
        """
        if best is None or not best.classes:
            raise NotSafe(
                "no way to say the columns less exactly is enough.",
                hint="Leave columns out, give them coarser levels, or allow more rows to be left out.",
            )
        classes = self.counter.at(best.levels)
        published = list(_published(self.rows, classes, ~judge(classes, self.models).lost))
        _verify(self.roles, self.rows, published, self.k)
        quasi = [h.name for h in self.data.hierarchies]
        shown = [n for n in headings(self.table) if n in quasi or n in {d.name for d in self.data.sensitive}]
        lines: Counter[_Said] = Counter()
        for said, place in published:
            row = (said[quasi.index(n)] if n in quasi else self.rows.columns[n][place] for n in shown)
            lines[tuple(row)] += self.rows.counts[place]

        def put(file: BinaryIO) -> None:
            for line in _lines(shown, lines):
                file.write(line)

        write_through(path, put, forbidden=(self.table, self.roles_file), replace=replace)


def _checked(fraction: float) -> float:
    if not 0.0 < fraction <= 1.0:
        raise UsageError("the sampling fraction lies above 0 and up to 1.", hint="Such as 0.1 for a tenth of all.")
    return fraction


def _levels(data: Microdata, best: Generalisation) -> tuple[ColumnLevel, ...]:
    return tuple(
        ColumnLevel(column=h.name, level=level, height=h.height, values=h.width(level))
        for h, level in zip(data.hierarchies, best.levels, strict=True)
    )


def _demands(roles: DatasetRoles) -> tuple[Demand, ...]:
    return tuple(
        Demand(
            column=c.name, distinct=c.distinct, entropy=c.entropy, recursive=c.recursive, closeness=c.closeness
        ) for c in roles.named("sensitive")
    )  # fmt: skip


def _read(table: Path, roles_file: Path, roles: DatasetRoles) -> DistinctRows:
    missing = [name for name in headings(table) if name not in {c.name for c in roles.columns}]
    if missing:
        raise PolicyError(
            f"{len(missing)} columns of the table have no role, the first is {missing[0]}.",
            hint="Give every column a role; ignored leaves it out.", where=str(roles_file),
        )  # fmt: skip
    rows = distinct_rows(table, [c.name for c in roles.columns if c.role != "ignored"])
    if not rows.counts:
        raise TableError("the table has no rows.", hint="There is nothing to assess.", where=str(table))
    return rows


def _counted(rows: DistinctRows, listed: dict[str, list[list[str]]], roles: DatasetRoles) -> Microdata:
    return microdata(
        rows.columns,
        [_hierarchy(c, listed, rows.columns[c.name]) for c in roles.named("quasi-identifier")],
        sensitive=[c.name for c in roles.named("sensitive")],
        household=next((c.name for c in roles.named("household")), None), records=rows.counts,
    )  # fmt: skip


def _listed(roles_file: Path, roles: DatasetRoles) -> dict[str, list[list[str]]]:
    """The rows of the table of hierarchies, by attribute; trailing empty cells are levels that an attribute lacks."""
    if not roles.hierarchies:
        return {}
    path = roles_file.parent / roles.hierarchies
    text = read_text(path, kind=PolicyError, most_bytes=_MOST_ROLES)
    found: dict[str, list[list[str]]] = {}
    for row in list(csv.reader(text.splitlines()))[1:]:
        while row and not row[-1]:
            row.pop()
        if row:
            found.setdefault(row[0], []).append(row[1:])
    return found


def _hierarchy(column: DatasetColumn, listed: dict[str, list[list[str]]], values: Sequence[str]) -> Hierarchy:
    if column.levels:
        return hierarchy(column.name, [[value, *levels] for value, levels in column.levels])
    if column.bands is not None:
        bands = column.bands
        return hierarchy(column.name, [
            [str(n), *(_band(n, width) for width in bands.widths), ANYTHING]
            for n in range(bands.lowest, bands.highest + 1)
        ])  # fmt: skip
    if column.name in listed:
        return hierarchy(column.name, listed[column.name])
    return hierarchy(column.name, [[value, ANYTHING] for value in sorted(set(values) - {ANYTHING})] or [[ANYTHING]])


def _band(number: int, width: int) -> str:
    lowest = number // width * width
    return f"{lowest} to {lowest + width - 1}"


def _models(roles: DatasetRoles, data: Microdata, k: int) -> list[PrivacyModel]:
    models: list[PrivacyModel] = [KAnonymity(k=k)]
    for column in roles.named("sensitive"):
        models.append(DistinctDiversity(attribute=column.name, l=column.distinct))
        if column.entropy is not None:
            models.append(EntropyDiversity(attribute=column.name, l=column.entropy))
        if column.recursive is not None:
            models.append(RecursiveDiversity(attribute=column.name, c=column.recursive.c, l=column.recursive.l))
        if column.closeness is not None:
            detail = next(d for d in data.sensitive if d.name == column.name)
            if column.order and set(column.order) != set(detail.values):
                raise PolicyError(
                    f"the order of {column.name} does not list exactly the values that the table has.",
                    hint="List each value once.",
                )
            models.append(TCloseness(attribute=column.name, t=column.closeness, order=column.order or None))
    return models


def _published(rows: DistinctRows, classes: Classes, kept: BoolArray) -> Iterator[tuple[_Said, int]]:
    """What each row of the table says once generalised, with the row's place; rows that are left out are not given."""
    data = classes.data
    words = [h.labels[level] for h, level in zip(data.hierarchies, classes.levels, strict=True)]
    values = [classes.values(j)[kept].tolist() for j in range(len(words))]
    shown = set(zip(*([said[c] for c in of] for said, of in zip(words, values, strict=True)), strict=True))
    says = [
        dict(zip(h.labels[0], (said[c] for c in h.levels[level].tolist()), strict=True))
        for h, level, said in zip(data.hierarchies, classes.levels, words, strict=True)
    ]
    exact = [rows.columns[h.name] for h in data.hierarchies]
    for place, row in enumerate(zip(*exact, strict=True)):
        said = tuple(known[value] for known, value in zip(says, row, strict=True))
        if said in shown:
            yield said, place


def _verify(roles: DatasetRoles, rows: DistinctRows, published: Sequence[tuple[_Said, int]], k: int) -> None:
    """Count what is about to be written anew, from its words alone, and stop where it is not what was asked for."""
    household = next((rows.columns[c.name] for c in roles.named("household")), None)
    sensitive = [(rows.columns[c.name], c) for c in roles.named("sensitive")]
    alike: dict[_Said, set[str]] = {}
    records: Counter[_Said] = Counter()
    values: dict[_Said, list[Counter[str]]] = {}
    for said, place in published:
        records[said] += rows.counts[place]
        alike.setdefault(said, set()).add(household[place] if household else "")
        for (of, _), counted in zip(sensitive, values.setdefault(said, [Counter() for _ in sensitive]), strict=True):
            counted[of[place]] += rows.counts[place]
    for said, count in records.items():
        enough = (len(alike[said]) if household else count) >= k
        if not enough or not all(_diverse(n, c) for n, (_, c) in zip(values[said], sensitive, strict=True)):
            raise LeakError("the table about to be written would give somebody away; nothing was written.",
                            hint="This is a fault of the program; please report it.")  # fmt: skip


def _diverse(counted: Counter[str], column: DatasetColumn) -> bool:
    """Whether the sensitive values of those who read alike are as many, and as evenly spread, as was asked."""
    by_frequency, total = sorted(counted.values(), reverse=True), counted.total()
    if len(by_frequency) < column.distinct:
        return False
    entropy = -sum(n / total * math.log(n / total) for n in by_frequency)
    if column.entropy is not None and entropy < math.log(column.entropy) - _ROUNDING:
        return False
    recursive = column.recursive
    return recursive is None or by_frequency[0] < recursive.c * sum(by_frequency[recursive.l - 1 :])


def _lines(names: Sequence[str], lines: Mapping[_Said, int]) -> Iterator[bytes]:
    """The table as CSV, sorted, so that the order of its rows says nothing."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([escape_cell(name) for name in names])
    for row in sorted(lines):
        writer.writerows([[escape_cell(cell) for cell in row]] * lines[row])
        yield text.getvalue().encode("utf-8")
        text.seek(0)
        text.truncate()
