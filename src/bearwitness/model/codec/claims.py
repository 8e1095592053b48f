"""How a claim stands in a file: in a case, of a person or persona; in a ledger, within its persona."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, get_args

from bearwitness.model.claims import ATTRIBUTES, DAY_ATTRIBUTES, Claim, DateRole, Origin, PersonaId, Span
from bearwitness.model.codec.claim_values import read_values, write_values
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError, check_known
from bearwitness.model.codec.kinds import Choice, Flag, Identifier, Quantity, Text, Word
from bearwitness.model.codec.shapes import Field, OneOrMore, Record

# Offsets of a quote that nobody has looked up in a draft: files keep words, not places in a text that may change.
NOT_LOCATED: Final = -1
LONGEST_LAG_DAYS: Final = 3660


ATTRIBUTE: Final = Choice(words=ATTRIBUTES, called="[attribute](#values)")


class PersonRef(str):
    """A claim's persona that is a person of the case; marks, while a case is written, which key to write."""

    __slots__ = ()


def _quotes(claim: Claim) -> tuple[str, ...]:
    return tuple(span.quote for span in claim.spans)


_WHAT: Final = (
    Field("attribute", ATTRIBUTE, "what the claim is about", required=True),
    Field("value", OneOrMore(of=Text(says="[value](#values) of the attribute")),
          "what the wording still allows; a list allows each of its items", required=True,
          get=lambda claim: write_values(claim.values)),
    Field("quote", OneOrMore(of=Text()), "the words that make the claim, as they stand in the text",
          default=(), get=_quotes),
    Field("about", Word(form="[a-z0-9_:|-]{1,200}", says="a person id, an act id or kin codes joined by |"),
          "whom or which act it is about, where that is not the persona", default=""),
    Field("role", Choice(words=get_args(DateRole)), "for a date: what the text dates"),
    Field("lag_days", Quantity(lowest=0, highest=LONGEST_LAG_DAYS, whole=True),
          "for a date: how many days before it the act may have happened", default=0),
    Field("trust", Quantity(lowest=0, highest=1, above=True), "how far an adversary believes it; 1 is the worst case",
          default=1.0),
    Field("keep", Flag(), "whether the story needs it as it is", default=False),
    Field("changed", Flag(), "whether it was changed on purpose and is not true; others are then at risk",
          default=False),
    Field("says", Text(), "a short reading of it for people", default=""),
)  # fmt: skip

# A role and a lag are said of dates only.
_DATES_ONLY: Final = {"properties": {"attribute": {"enum": sorted(DAY_ATTRIBUTES)}}}


def _prepare(context: Context, values: dict[str, Any], origin: Origin) -> Callable[..., Claim]:
    """A claim that only lacks its persona."""
    if values["attribute"] not in DAY_ATTRIBUTES:
        for key in ("role", "lag_days"):
            if values[key]:
                raise FileFormatError(
                    f"{key} belongs to a claim about a date.", f"Take it out, or use {_either_day()}.", path=(key,)
                )
    return partial(
        Claim,
        id=values["id"],
        attribute=values["attribute"],
        values=read_values(values["attribute"], values["value"], context),
        says=values["says"],
        spans=tuple(Span(start=NOT_LOCATED, end=NOT_LOCATED, quote=quote) for quote in values["quote"]),
        origin=origin,
        about=values["about"],
        role=values["role"],
        lag_days=values["lag_days"],
        trust=values["trust"],
        keep=values["keep"],
        changed=values["changed"],
    )


def _either_day() -> str:
    return ", ".join(sorted(DAY_ATTRIBUTES))


def _make_case_claim(context: Context, values: dict[str, Any]) -> Claim:
    person, persona = values["person"], values["persona"]
    if (person is None) == (persona is None):
        raise FileFormatError(
            "a claim is of either a person or a persona.", "Write person: with an id, or persona: with a label."
        )
    if person is not None:
        check_known(person, context.persons, "person", ("person",))
    return _prepare(context, values, "editor")(persona=PersonaId(person or persona))


def _prepare_ledger_claim(context: Context, values: dict[str, Any]) -> Callable[..., Claim]:
    # Its persona stands around it in the file, and is known once the whole of that has been read.
    return _prepare(context, values, values["origin"])


CASE_CLAIM: Final = Record(
    name="case claim",
    fields=(
        Field("id", Identifier(of="claim"), "its id", required=True),
        Field("person", Identifier(of="person"), "the person of this case whom it is of",
              get=lambda claim: str(claim.persona) if isinstance(claim.persona, PersonRef) else None),
        Field("persona", Text(), "or the label by which the draft shows somebody",
              get=lambda claim: None if isinstance(claim.persona, PersonRef) else claim.persona),
        *_WHAT,
    ),
    make=_make_case_claim,
    one_line=True,
    also={
        "oneOf": [{"required": ["person"]}, {"required": ["persona"]}],
        "dependentSchemas": {"role": _DATES_ONLY, "lag_days": _DATES_ONLY},
    },
)  # fmt: skip

LEDGER_CLAIM: Final = Record(
    name="ledger claim",
    fields=(
        Field("id", Identifier(of="claim"), "its id, unique in its release", required=True),
        *_WHAT,
        Field("origin", Choice(words=get_args(Origin)), "how it was found", default="editor"),
    ),
    make=_prepare_ledger_claim,
    one_line=True,
    also={"dependentSchemas": {"role": _DATES_ONLY, "lag_days": _DATES_ONLY}},
)


def mark_persons(claims: tuple[Claim, ...], persons: frozenset[str]) -> tuple[Claim, ...]:
    """The claims, those of persons of the case marked so that they are written with ``person:``."""
    return tuple(
        replace(claim, persona=PersonaId(PersonRef(claim.persona))) if claim.persona in persons else claim
        for claim in claims
    )
