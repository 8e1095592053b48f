"""The tables of a case as a spreadsheet holds them: which columns each has, and how a column is read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bearwitness.documents.spreadsheet_cells import (
    RELATIONS,
    ChoiceCell,
    DateCell,
    FlagCell,
    Form,
    KinCell,
    ListCell,
    NamesCell,
    NumberCell,
    StatesCell,
    TextCell,
    WordCell,
)
from bearwitness.documents.spreadsheet_words import FLAGS, HEADINGS, LANGUAGES, NAME_KINDS, SEXES, SHEET_NAMES
from bearwitness.model.codec.case_records import ACT, CONSENT, HOUSEHOLD, LINK, PERSON, PLACE, TESTIMONY
from bearwitness.model.codec.context import Context, fold
from bearwitness.model.codec.kinds import Choice, Flag, Identifier, Quantity, Text
from bearwitness.model.codec.kinds_of_fact import FuzzyDay
from bearwitness.model.codec.shapes import Field, ListOf, MapOf, Record
from bearwitness.model.codec.yaml_reading import Plain
from bearwitness.model.records import Case, SourceLink

MOST_HOPS: Final = 10_000

_SIGNS: Final = re.compile(r"[\s_\-]+")
# Columns whose cells are no plain word of their kind; what a field's kind alone tells is in _form_of.
_SPECIAL: Final[Mapping[tuple[str, str], Form]] = {
    ("persons", "names"): NamesCell(kinds=ChoiceCell(
        words=("full", "given", "hanja", "nickname", "pseudonym", "former"), also=NAME_KINDS)),
    ("persons", "kin"): KinCell(relations=RELATIONS),
    ("persons", "sex"): ChoiceCell(words=("female", "male"), terms="sex", also=SEXES),
    ("testimonies", "language"): ChoiceCell(words=("ko", "en"), also=LANGUAGES),
}  # fmt: skip
# Columns that the record needs and a sheet does not: an act is called after its row.
_GIVEN: Final = frozenset({("acts", "id")})
# Columns whose words the vocabulary has a list of.
_TERMS: Final = frozenset({"directness", "identifiability", "quoting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One row of the chain table: a link, of which testimony it is, and which one in order (None: as it stands)."""

    testimony: str
    hop: int | None
    link: SourceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the field it fills, how its cells are read and written, and whether a sheet must have it.

    ``blank`` is what an empty cell says where the field must hold something; None where it then says too little.
    """

    field: Field
    form: Form
    needed: bool
    blank: Plain = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its record, its columns, what may stand above each column, and which values of a case it lists."""

    name: str
    record: Record
    columns: tuple[Column, ...]
    headings: Mapping[str, str]
    values_of: Callable[[Case], Iterable[Any]]

    def find_key(self, heading: str) -> str | None:
        """The key of the column that a heading means; None where it means none."""
        return self.headings.get(fold_heading(heading))


def fold_heading(text: str) -> str:
    """A heading as it is compared: without case, and with nothing in place of spaces, hyphens and underscores."""
    return _SIGNS.sub("", fold(text))


def _form_of(table: str, field: Field) -> Form:
    special = _SPECIAL.get((table, field.key))
    if special is not None:
        return special
    kind = field.kind
    if isinstance(kind, Text):
        return TextCell()
    if isinstance(kind, Flag):
        return FlagCell(words=FLAGS)
    if isinstance(kind, FuzzyDay):
        return DateCell()
    if isinstance(kind, ListOf):
        return ListCell()
    if isinstance(kind, Quantity):
        return NumberCell()
    if isinstance(kind, MapOf) and isinstance(kind.of, Choice):
        return StatesCell(states=ChoiceCell(words=tuple(kind.of.words), terms="consent", also={}))
    if isinstance(kind, Choice):
        terms = field.key if field.key in _TERMS else ""
        return ChoiceCell(words=tuple(kind.words), terms=terms, also={})
    return WordCell()


def _table(name: str, record: Record, values_of: Callable[[Case], Iterable[Any]], *, without: str = "") -> Table:
    fields = tuple(field for field in record.fields if field.key != without)
    headings: dict[str, str] = {}
    for field in fields:
        for heading in (field.key, *HEADINGS[name][field.key]):
            if headings.setdefault(fold_heading(heading), field.key) != field.key:
                raise ValueError(f"the heading {heading} of table {name} means two columns")
    columns = tuple(
        Column(
            field=field, form=_form_of(name, field), needed=field.required and (name, field.key) not in _GIVEN,
            blank={} if isinstance(field.kind, MapOf) else None,
        )
        for field in fields
    )  # fmt: skip
    return Table(name=name, record=record, columns=columns, headings=headings, values_of=values_of)


def _make_hop(_: Context, values: dict[str, Any]) -> Hop:
    return Hop(testimony=values.pop("testimony"), hop=values.pop("hop"), link=SourceLink(**values))


def _link_field(field: Field) -> Field:
    """A field of a link, found in the hop around it."""
    return Field(field.key, field.kind, field.means, required=field.required, default=field.default,
                 get=lambda hop: field.value_in(hop.link))  # fmt: skip


def _hops(case: Case) -> Iterable[Hop]:
    for testimony in case.testimonies:
        for at, link in enumerate(testimony.chain, 1):
            yield Hop(testimony=testimony.id, hop=at, link=link)


HOP: Final = Record(
    name="chain link",
    fields=(
        Field("testimony", Identifier(of="testimony"), "of which testimony this is a link", required=True),
        Field("hop", Quantity(lowest=1, highest=MOST_HOPS, whole=True), "which link it is, from 1 for the first"),
        *(_link_field(field) for field in LINK.fields),
    ),
    make=_make_hop,
)
# In the order in which they are read: what a table names is known by then.
TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        _table("places", PLACE, lambda case: case.places),
        _table("households", HOUSEHOLD, lambda case: case.households),
        _table("persons", PERSON, lambda case: case.persons),
        _table("acts", ACT, lambda case: case.acts),
        _table("testimonies", TESTIMONY, lambda case: case.testimonies, without="chain"),
        _table("chain", HOP, _hops),
        _table("consents", CONSENT, lambda case: case.consents),
    )
}
_BY_NAME: Final = {
    fold_heading(word): name for name in TABLES for word in (name, *SHEET_NAMES[name])
}  # fmt: skip


def find_table(called: str) -> Table | None:
    """The table that the name of a sheet or file means, in either language; None where it means none."""
    name = _BY_NAME.get(fold_heading(called))
    return None if name is None else TABLES[name]
