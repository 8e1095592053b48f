"""The tables of what reviewers decided and counted, by which they are kept as plain mappings."""

from __future__ import annotations

from typing import Final, get_args

from bearwitness.model.codec.kinds import Choice, Identifier, Quantity
from bearwitness.model.codec.release_records import HASH, MEMBER, MOMENT, ExactText
from bearwitness.model.codec.shapes import Field, ListOf, Record, made
from bearwitness.model.review import Layer, ReviewDecision, SourceCount, Verdict

_DECISION_ID: Final = Identifier(of="decision")
_SOURCES: Final = Quantity(lowest=0, highest=1_000_000, whole=True)

DECISION: Final = Record(
    name="decision on a pair",
    fields=(
        Field("id", _DECISION_ID, "its id", required=True),
        Field("layer", Choice(words=get_args(Layer)), "what the two are accounts of", required=True),
        Field("pair", ListOf(of=Identifier(of="record"), distinct=True, least=2), "the two", required=True),
        Field("verdict", Choice(words=get_args(Verdict)), "what was decided", required=True),
        Field("reviewer", MEMBER, "by whom", required=True),
        Field("reason", ExactText(), "why", required=True),
        Field("at", MOMENT, "when", required=True),
        Field("supersedes", _DECISION_ID, "the decision that no longer counts"),
    ),
    make=made(ReviewDecision),
)

COUNT: Final = Record(
    name="count of sources",
    fields=(
        Field("acts", ListOf(of=Identifier(of="act"), distinct=True, least=1), "accounts of one act", required=True),
        Field("accounts", ListOf(of=Identifier(of="testimony"), distinct=True), "who tells them", required=True),
        Field("lower", _SOURCES, "independent sources, at the least", required=True),
        Field("upper", _SOURCES, "independent sources, at the most", required=True),
        Field("at", MOMENT, "when it was counted", required=True),
        Field("by", MEMBER, "by whom", required=True),
        Field("rests_on", HASH, "of the versions it was counted from", required=True),
    ),
    make=made(SourceCount),
)
