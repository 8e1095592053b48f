"""The tables of a case file: what may be written of places, persons, acts, accounts and consent."""

from __future__ import annotations

import re
from typing import Any, Final, get_args

from bearwitness.model.claims import KIN_LEAVES
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Choice, Flag, Identifier, Quantity, Text, Word
from bearwitness.model.codec.kinds_of_fact import Code, FuzzyDay, PlaceName
from bearwitness.model.codec.shapes import Field, ListOf, MapOf, Record, made
from bearwitness.model.records import (
    Act,
    Attachment,
    CasePlace,
    Consent,
    ConsentState,
    Custody,
    Directness,
    Household,
    Kin,
    Name,
    NameKind,
    Person,
    SourceLink,
    Testimony,
)

_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN: Final = re.compile("[A-Za-z]")
PATH_FORM: Final = "[a-z0-9-]+(?:/[a-z0-9-]+)+"

# Lower-case letters, digits, Hangul and hyphens.
COLLECTOR_FORM: Final = "[a-z0-9\uac00-\ud7a3](?:[a-z0-9\uac00-\ud7a3-]{0,38}[a-z0-9\uac00-\ud7a3])?"

PERSON_ID: Final = Identifier(of="person")
HOUSEHOLD_ID: Final = Identifier(of="household")
ACT_ID: Final = Identifier(of="act")


def _script_of(text: str) -> str:
    """The language of a name that does not say it: Latin letters are read as English, Chinese characters as hanja."""
    return "hanja" if _HAN.search(text) else "en" if _LATIN.search(text) else "ko"


def _make_name(_: Context, values: dict[str, Any]) -> Name:
    values["language"] = values["language"] or _script_of(values["text"])
    return Name(**values)


def _make_person(context: Context, values: dict[str, Any]) -> Person:
    """Adds the person to the context, so that claims read after it can be of them."""
    context.persons.add(values["id"])
    return Person(**values)


def _make_place(context: Context, values: dict[str, Any]) -> CasePlace:
    """Adds the place to the context, so that what is read after it can name it."""
    path, parent, names = values["path"], values["parent"], values["names"]
    if (path is None) == (parent is None):
        raise FileFormatError("a place has either a path or a parent.", "Write path: or parent:.")
    if path is None:
        numbered = (f"{parent}/place-{n}" for n in range(1, len(context.paths) + 2))
        path = next(p for p in numbered if p not in context.paths)
    elif path in context.paths:
        raise FileFormatError("this place is listed already.", "Leave it out, or give it another path.", path=("path",))
    elif path.rpartition("/")[0] not in context.paths:
        raise FileFormatError(
            "the place above it is not listed.", "Begin the path with a known one, and list it before.", path=("path",)
        )
    context.add_place(path, names)
    return CasePlace(path=path, names=names)


NAME: Final = Record(
    name="name",
    fields=(
        Field("text", Text(), "the name as somebody uses it; a Hangul full name is family name first, without a space",
              required=True),
        Field("kind", Choice(words=get_args(NameKind)), "what sort of name", default="full"),
        Field("language", Choice(words=("ko", "en", "hanja")), "its language, where its script does not say it",
              get=lambda name: None if name.language == _script_of(name.text) else name.language),
    ),
    make=_make_name,
    one_line=True,
)  # fmt: skip

KIN: Final = Record(
    name="kin",
    fields=(
        Field("relation", Choice(words=KIN_LEAVES), "what this person is", required=True),
        Field("of", PERSON_ID, "of whom", required=True),
    ),
    make=made(Kin),
    one_line=True,
)

PLACE: Final = Record(
    name="place",
    fields=(
        Field("path", Word(form=PATH_FORM, says="a path such as pyongbuk/sinuiju/ryonsang"),
              "where it is: the path of a known place, a slash and a word of lower-case letters, digits, hyphens"),
        Field("parent", PlaceName(), "or only the place it lies in", get=lambda _: None),
        Field("names", ListOf(of=Text(), least=1), "what it is called", required=True),
    ),
    make=_make_place,
    one_line=True,
    also={"oneOf": [{"required": ["path"]}, {"required": ["parent"]}]},
)  # fmt: skip

HOUSEHOLD: Final = Record(
    name="household",
    fields=(
        Field("id", HOUSEHOLD_ID, "its id", required=True),
        Field("label", Text(), "what the report calls it", default=""),
    ),
    make=made(Household),
    one_line=True,
)

PERSON: Final = Record(
    name="person",
    fields=(
        Field("id", PERSON_ID, "their id", required=True),
        Field("household", HOUSEHOLD_ID, "the household they are punished with (needed unless protected is false)"),
        Field("names", ListOf(of=NAME), "every name they go by", default=()),
        Field("sex", Choice(words=("female", "male")), "their sex"),
        Field("birth", FuzzyDay(), "when they were born"),
        Field("home", PlaceName(), "where they live, or lived before they left"),
        Field("occupation", Code(list="occupation"), "what they do or did"),
        Field("route", Code(list="route"), "how they left"),
        Field("departure", FuzzyDay(), "when they left"),
        Field("kin", ListOf(of=KIN), "whose relative they are", default=()),
        Field("traits", ListOf(of=Code(list="trait"), unordered=True), "what else the authorities may know of them",
              default=frozenset()),
        Field("protected", Flag(), "false for somebody who acts in office, and for a public figure", default=True),
    ),
    make=_make_person,
    also={"anyOf": [{"required": ["household"]},
                    {"required": ["protected"], "properties": {"protected": {"const": False}}}]},
)  # fmt: skip

ACT: Final = Record(
    name="act",
    fields=(
        Field("id", ACT_ID, "its id", required=True),
        Field("kind", Code(list="act"), "what was done", required=True),
        Field("household", HOUSEHOLD_ID, "to which household", required=True),
        Field("victims", ListOf(of=PERSON_ID, distinct=True), "to whom of it", default=()),
        Field("date", FuzzyDay(), "when it was done"),
        Field("place", PlaceName(), "where"),
        Field("perpetrator", Code(list="perpetrator"), "by whom"),
        Field("because_of", PERSON_ID, "whose deed it punishes"),
        Field("count", Quantity(lowest=1, highest=1000, whole=True), "how many victims the account counts"),
        Field("ordinal", Quantity(lowest=1, highest=100, whole=True), "the how manieth time it was done to the "
              "household, where the account says so"),
    ),
    make=made(Act),
)

LINK: Final = Record(
    name="source link",
    fields=(
        Field("teller", PERSON_ID, "who told", required=True),
        Field("hearer", PERSON_ID, "whom", required=True),
        Field("medium", Code(list="medium"), "by what means", required=True),
        Field("date", FuzzyDay(), "when"),
        Field("contactable", Flag(), "whether the one who told can be reached again"),
    ),
    make=made(SourceLink),
    one_line=True,
)

TESTIMONY: Final = Record(
    name="testimony",
    fields=(
        Field("id", Identifier(of="testimony"), "its id", required=True),
        Field("teller", PERSON_ID, "who gave it", required=True),
        Field("language", Choice(words=("ko", "en")), "the language of the text", required=True),
        Field("told", FuzzyDay(), "when it was given"),
        Field("directness", Choice(words=get_args(Directness)), "how its teller knows", required=True),
        Field("text", Text(), "the account in its own words", required=True),
        Field("acts", ListOf(of=ACT_ID, distinct=True), "the acts it speaks of", default=()),
        Field("chain", ListOf(of=LINK), "the way it came, one link per hop", default=()),
        Field("collected_by", Word(form=COLLECTOR_FORM, says="a short word such as seoul-desk"), "the organisation or "
              "desk that took it, never a person"),
    ),
    make=made(Testimony),
)

CONSENT: Final = Record(
    name="consent",
    fields=(
        Field("id", Identifier(of="consent"), "its id", required=True),
        Field("giver", PERSON_ID, "who gave it", required=True),
        Field("purpose", Word(form="[a-z0-9_-]{1,64}", says="a word such as publication"), "for what", required=True),
        Field("identifiability", Choice(words=("full_name", "pseudonym", "role", "aggregate", "internal")),
              "how far the giver may be shown", required=True),
        Field("quoting", Choice(words=("none", "paraphrase", "verbatim")), "how far they may be quoted", required=True),
        Field("persons", MapOf(keys=PERSON_ID, of=Choice(words=get_args(ConsentState)), pairs=True),
              "whom it touches, and how it stands with each", required=True),
        Field("asked", FuzzyDay(), "when they were asked"),
        Field("expires", FuzzyDay(), "when it ends"),
        Field("withdrawn", FuzzyDay(), "when it was withdrawn"),
    ),
    make=made(Consent),
)  # fmt: skip

CUSTODY: Final = Record(
    name="custody",
    fields=(
        Field("at", Word(form=r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+-]{8,24}Z?", says="a time such as "
                         "2024-02-05T10:00:00+00:00"), "when", required=True),
        Field("what", Choice(words=("taken", "checked", "extracted", "handed_over", "received")), "what was done with "
              "the file", required=True),
        Field("by", Word(form="[a-z0-9-]{1,64}", says="an id"), "by whom", required=True),
    ),
    make=made(Custody),
    one_line=True,
)  # fmt: skip

ATTACHMENT: Final = Record(
    name="attachment",
    fields=(
        Field("id", Identifier(of="attachment"), "its id", required=True),
        Field("testimony", Identifier(of="testimony"), "the account it belongs to"),
        Field("name", Text(), "the name of the file", required=True),
        Field("sha256", Word(form="[0-9a-f]{64}", says="the SHA-256 in hex"), "its SHA-256 when it was taken",
              required=True),
        Field("size", Quantity(lowest=0, highest=1e13, whole=True), "its size in bytes", required=True),
        Field("custody", ListOf(of=CUSTODY), "what was done with it since, without a gap", default=()),
    ),
    make=made(Attachment),
)  # fmt: skip
