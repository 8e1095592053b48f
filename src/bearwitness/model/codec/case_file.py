"""The case file."""

from __future__ import annotations

from typing import Final

from bearwitness.errors import CaseError
from bearwitness.model.codec.case_checks import check_case
from bearwitness.model.codec.case_records import ACT, ATTACHMENT, CONSENT, HOUSEHOLD, PERSON, PLACE, TESTIMONY
from bearwitness.model.codec.claims import CASE_CLAIM, mark_persons
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.file_kind import VERSION_FIELD, FileKind
from bearwitness.model.codec.kinds import Identifier
from bearwitness.model.codec.shapes import Field, ListOf, Record
from bearwitness.model.places import PlaceTree
from bearwitness.model.records import Case
from bearwitness.model.vocabulary import Vocabulary


def _claims(case: Case) -> object:
    return mark_persons(case.claims, frozenset(p.id for p in case.persons))


def _make(_: Context, values: dict[str, object]) -> Case:
    return Case(id=values.pop("case"), **{k: v for k, v in values.items() if k != "bearwitness"})  # type: ignore[arg-type]


CASE_FILE: Final = FileKind(
    name="case",
    about="What is recorded of the people of one case: who they are, what was done to them, who told it, who consents.",
    error=CaseError,
    check=check_case,
    record=Record(
        name="case",
        fields=(
            VERSION_FIELD,
            Field("case", Identifier(of="case"), "id of the case", required=True, get=lambda case: case.id),
            # First, so that everything else can name these places.
            Field("places", ListOf(of=PLACE), "wards and villages that the shipped list of places lacks", default=()),
            Field("households", ListOf(of=HOUSEHOLD, unique="id"), "people punished together", default=()),
            Field("persons", ListOf(of=PERSON, unique="id"), "everybody the case speaks of", default=()),
            Field("acts", ListOf(of=ACT, unique="id"), "what was done to them", default=()),
            Field("testimonies", ListOf(of=TESTIMONY, unique="id"), "the accounts it rests on", default=()),
            Field("consents", ListOf(of=CONSENT, unique="id"), "who agreed to what", default=()),
            Field("attachments", ListOf(of=ATTACHMENT, unique="id"), "files that belong to it, kept beside this one",
                  default=()),
            Field("claims", ListOf(of=CASE_CLAIM, unique="id"), "claims an editor made by hand; they override what is "
                  "found in the text", default=(), get=_claims),
        ),
        make=_make,
    ),
)  # fmt: skip


def load_case(text: str, *, name: str, tree: PlaceTree, vocabulary: Vocabulary) -> Case:
    """A case from the text of its file.

    Parameters
    ----------
    text : str
        YAML or JSON, as docs/reference/files.md has it.
    name : str
        What messages call the file.
    tree, vocabulary
        The places and terms it may name.

    Raises
    ------
    CaseError
        With file, line, column and advice, never a value of the file.
    """
    found: Case = CASE_FILE.load(text, name=name, context=Context(tree=tree, vocabulary=vocabulary))
    return found


def dump_case(case: Case) -> str:
    """The canonical text of a case: the same case comes back from it, and the same text from that.

    Offsets of an editor's quotes are not kept: a file holds words, and the draft may change.
    """
    return CASE_FILE.dump(case)
