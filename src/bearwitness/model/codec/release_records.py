"""The tables of a release's facts, by which they are kept as plain mappings: what is read back is what was written.

Read a publication in a context that knows the places of its case: claims of its entry may name them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Choice, Flag, Identifier, Schema, Word, expected
from bearwitness.model.codec.kinds_of_fact import Day
from bearwitness.model.codec.publication_files import DECISIONS_FILE, LEDGER_FILE, POLICY_FILE, RELEASE
from bearwitness.model.codec.shapes import Field, ListOf, Record, made
from bearwitness.model.codec.yaml_reading import Plain
from bearwitness.model.publication import Decisions, Ledger, LedgerEntry, Policy
from bearwitness.model.release import Assessed, Binding, Draft, Publication, Retraction, Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactText:
    """Text kept to the last character, also an empty one: what was signed or hashed must come back as it was."""

    says: str = "text, exactly"

    def read(self, raw: Plain, context: Context) -> str:  # noqa: ARG002
        """Any text."""
        if not isinstance(raw, str):
            raise expected("text", raw)
        return str(raw)

    def write(self, value: str) -> Plain:
        """The text."""
        return value

    def schema(self) -> Schema:
        """Text."""
        return {"type": "string"}


HASH: Final = Word(form="[0-9a-f]{64}", says="a SHA-256 hash in lower-case hex")
SIGNATURE: Final = Word(form="(?:[0-9a-f]{2})*", says="a signature in lower-case hex")
MEMBER: Final = Identifier(of="member")
DRAFT_ID: Final = Identifier(of="draft")
MOMENT: Final = Word(
    form=r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})",
    says="a day and time such as 2024-02-05T09:30:00Z",
)


def _make_policy(_: Context, values: dict[str, Any]) -> Policy:
    return Policy(**{key: value for key, value in values.items() if key != "bearwitness"})


def _make_decisions(_: Context, values: dict[str, Any]) -> Decisions:
    found = Decisions(decisions=values["decisions"])
    DECISIONS_FILE.check(found)
    return found


def _make_entry(context: Context, values: dict[str, Any]) -> LedgerEntry:
    found: LedgerEntry = RELEASE.make(context, values)
    try:
        LEDGER_FILE.check(Ledger(entries=(found,)))
    except FileFormatError as problem:
        raise FileFormatError(problem.message, problem.hint) from None
    return found


BINDING: Final = Record(
    name="binding",
    fields=(
        Field("draft", HASH, "of the exact text", required=True),
        Field("policy", HASH, "of the policy", required=True),
        Field("decisions", HASH, "of the decisions", required=True),
        Field("ledger", HASH, "head of the ledger", required=True),
        Field("record", HASH, "head of the record", required=True),
        Field("assessment", HASH, "of the assessment", required=True),
    ),
    make=made(Binding),
)

# The file's own tables; a policy that is kept also has its images.
_POLICY: Final = Record(
    name="policy of a draft",
    fields=(
        *POLICY_FILE.record.fields,
        Field("images", ListOf(of=ExactText(), unordered=True), "ids of the images that go out with the draft",
              default=frozenset()),
    ),
    make=_make_policy,
)  # fmt: skip
_DECISIONS: Final = Record(name="decisions on a draft", fields=DECISIONS_FILE.record.fields, make=_make_decisions)
_ENTRY: Final = Record(name="release", fields=RELEASE.fields, make=_make_entry)

DRAFT: Final = Record(
    name="draft",
    fields=(
        Field("id", DRAFT_ID, "its id", required=True),
        Field("text", ExactText(), "the text that would leave", required=True),
        Field("language", Choice(words=("ko", "en")), "its language"),
        Field("policy", _POLICY, "by what it is assessed", required=True),
        Field("decisions", _DECISIONS, "what was decided about its forms", required=True),
        Field("drafter", MEMBER, "who wrote it", required=True),
        Field("made", MOMENT, "when", required=True),
    ),
    make=made(Draft),
)

_OF_DRAFT: Final = Field("draft", DRAFT_ID, "of which draft", required=True)
_BOUND: Final = Field("binding", BINDING, "what it holds for", required=True)
_BY: Final = Field("by", MEMBER, "who did it", required=True)
_AT: Final = Field("at", MOMENT, "when", required=True)

ASSESSED: Final = Record(
    name="assessed",
    fields=(
        _OF_DRAFT,
        _BOUND,
        Field("safe", Flag(), "the verdict", required=True),
        _BY,
        _AT,
        Field("day", Day(), "the day for which it was assessed", required=True),
    ),
    make=made(Assessed),
)

VOTE: Final = Record(
    name="vote",
    fields=(
        Field("id", Identifier(of="vote"), "its id", required=True),
        _OF_DRAFT,
        _BOUND,
        Field("voter", MEMBER, "whose", required=True),
        Field("approves", Flag(), "yes or no", required=True),
        Field("reason", ExactText(), "why", required=True),
        _AT,
        Field("signature", SIGNATURE, "over everything else", required=True),
    ),
    make=made(Vote),
)

PUBLICATION: Final = Record(
    name="publication",
    fields=(
        _OF_DRAFT,
        _BOUND,
        _BY,
        _AT,
        Field("day", Day(), "on which day it left", required=True),
        Field("recipients", ListOf(of=ExactText()), "to whom", required=True),
        Field("entry", _ENTRY, "its entry of the ledger", required=True),
        Field("testimonies", ListOf(of=Identifier(of="testimony"), distinct=True), "the accounts it rests on",
              required=True),
    ),
    make=made(Publication),
)  # fmt: skip

RETRACTION: Final = Record(
    name="retraction",
    fields=(_OF_DRAFT, _BY, _AT, Field("reason", ExactText(), "why", required=True)),
    make=made(Retraction),
)
