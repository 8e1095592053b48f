"""The files about publishing: the ledger of earlier releases, the policy, the editor's decisions."""

from __future__ import annotations

from typing import Any, Final, get_args

from bearwitness.errors import DecisionsError, LedgerError, PolicyError
from bearwitness.model.codec.claims import ATTRIBUTE, LEDGER_CLAIM
from bearwitness.model.codec.context import Context, fold
from bearwitness.model.codec.count_tables import TABLE
from bearwitness.model.codec.file_kind import VERSION_FIELD, FileKind
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.kinds import Choice, Flag, Identifier, Quantity, Text, Word
from bearwitness.model.codec.kinds_of_fact import Day
from bearwitness.model.codec.shapes import Field, ListOf, MapOf, OneOrMore, Record, made
from bearwitness.model.levels import LEVELS
from bearwitness.model.places import PlaceTree
from bearwitness.model.publication import (
    Decision,
    Decisions,
    EstimatedSize,
    Ledger,
    LedgerEntry,
    LedgerPersona,
    Policy,
    ProtectedRole,
)
from bearwitness.model.vocabulary import Vocabulary

_USUAL: Final = Policy()
_ADVERSARY: Final = Word(form="[a-z][a-z0-9_]{0,63}", says="the id of an adversary, such as state_security")
_ROLES: Final = get_args(ProtectedRole)
MOST_SUSPICION: Final = 1e6


def _make_persona(_: Context, values: dict[str, Any]) -> LedgerPersona:
    values["claims"] = tuple(claim(persona=values["id"]) for claim in values["claims"])
    return LedgerPersona(**values)


def _make_decision(_: Context, values: dict[str, Any]) -> Decision:
    if values["kind"] == "public":
        for key in ("reason", "signer"):
            if not values[key]:
                raise FileFormatError(
                    f"a decision that something is public needs its {key}.",
                    "Say why it is public, and who answers for it.",
                )
    return Decision(**values)


def _check_decisions(found: Decisions) -> None:
    seen: set[str] = set()
    for at, decision in enumerate(found.decisions):
        form = fold(decision.form)
        if form in seen:
            raise FileFormatError(
                "this form is decided twice.", "Keep one of the two decisions.", path=("decisions", at, "form")
            )
        seen.add(form)


def _check_policy(found: Policy) -> None:
    """What a recipient prints is said of a recipient."""
    if found.prints and not found.recipient:
        raise FileFormatError(
            "prints belongs to a recipient.", "Name the recipient, or take it out.", path=("prints",)
        )


def _check_ledger(found: Ledger) -> None:
    """Claim ids tell what an earlier release said, so they are unique in a whole release."""
    for at, entry in enumerate(found.entries):
        seen: set[str] = set()
        for number, persona in enumerate(entry.personas):
            for position, claim in enumerate(persona.claims):
                if claim.id in seen:
                    path = ("releases", at, "personas", number, "claims", position, "id")
                    raise FileFormatError(
                        f"the claim id {claim.id} stands twice in release {entry.id}.", "Rename one.", path=path
                    )
                seen.add(claim.id)


_PERSONA: Final = Record(
    name="ledger persona",
    fields=(
        Field("id", Identifier(of="persona"), "its id, unique in its release", required=True),
        Field("household", Identifier(of="household"), "the household it stands for; we know it, the reader does not",
              required=True),
        Field("label", Text(), "how the release shows the person", default=""),
        Field("claims", ListOf(of=LEDGER_CLAIM), "what the release says of them", required=True),
        Field("images", ListOf(of=Text(), unordered=True), "hashes or names of images of them", default=frozenset()),
        Field("quotations", ListOf(of=Text(), unordered=True), "what it quotes of them word by word",
              default=frozenset()),
        Field("upper", Quantity(lowest=0, highest=1), "upper bound of the household's risk when it left"),
    ),
    make=_make_persona,
)  # fmt: skip

RELEASE: Final = Record(
    name="release",
    fields=(
        Field("id", Identifier(of="release"), "its id", required=True),
        Field("outlet", Text(), "where it was published", required=True),
        Field("published", Day(), "on which day", required=True),
        Field("title", Text(), "its title", default=""),
        Field("personas", ListOf(of=_PERSONA, unique="id"), "whom it shows", required=True),
        Field("table", TABLE, "the table of counts it prints"),
    ),
    make=made(LedgerEntry),
)

LEDGER_FILE: Final = FileKind(
    name="ledger",
    about="Everything published so far about the people of a case, and what each release said of whom.",
    error=LedgerError,
    check=_check_ledger,
    record=Record(
        name="ledger",
        fields=(
            VERSION_FIELD,
            Field("ledger", Identifier(of="ledger"), "id of the ledger", default="", get=lambda ledger: ledger.id),
            Field("releases", ListOf(of=RELEASE, unique="id"), "the releases, in any order", required=True,
                  get=lambda ledger: ledger.entries),
            Field("head", Word(form="[0-9a-f]{64}", says="a SHA-256 in hex"), "the hash over the releases that `assess "
                  "--json` prints as ledger_head; where it stands, an altered or missing release is refused",
                  default=""),
        ),
        make=lambda _, values: Ledger(id=values["ledger"], entries=values["releases"], head=values["head"]),
    ),
)  # fmt: skip

_ACTED_SIZE: Final = Record(
    name="estimated size",
    fields=(
        Field("estimate", Text(), "a file beside this one that `bearwitness estimate acts --json` wrote",
              required=True),
        Field("stratum", Text(), "its stratum that holds all acts of the country", required=True),
        Field("acts_per_household", Quantity(lowest=1, highest=1000), "how many acts a household that was acted upon "
              "had; the more, the fewer households, and the greater every risk", required=True),
    ),
    make=lambda _, values: EstimatedSize(**values),
)  # fmt: skip

POLICY_FILE: Final = FileKind(
    name="policy",
    about="What the organisation accepts. Every key may be left out.",
    error=PolicyError,
    check=_check_policy,
    record=Record(
        name="policy",
        fields=(
            VERSION_FIELD,
            Field("threshold", Quantity(lowest=0, highest=1, above=True, below=True),
                  "the highest pursuit risk (upper 95 % bound) at which a draft is safe", default=_USUAL.threshold,
                  always=True),
            Field("link", Quantity(lowest=0, highest=1), "probability that an adversary links the draft with an "
                  "earlier release about the same household; 1 is the worst case", default=_USUAL.link, always=True),
            Field("news_lag_days", Quantity(lowest=0, highest=366, whole=True), "an act told as news happened within "
                  "so many days before", default=_USUAL.news_lag_days, always=True),
            Field("lag_share", Quantity(lowest=0, highest=1, above=True), "of the days within a lag so small a share "
                  "is counted, since news is often fast; 1 takes all as alike", default=_USUAL.lag_share),
            Field("outlet", Text(), "where the draft will be published", default=_USUAL.outlet),
            Field("published", Day(), "on which day", default=_USUAL.published),
            Field("adversaries", ListOf(of=_ADVERSARY, least=1, distinct=True), "against whom it has to be safe",
                  default=_USUAL.adversaries, always=True),
            Field("rows", OneOrMore(of=Text()), "a [rows](#rows) file beside this one, or several: households that "
                  "crowds are counted over, in the place of a frame's tables", default=_USUAL.rows),
            Field("acted_size", _ACTED_SIZE, "an estimate of acts that says how many households were acted upon, in "
                  "the place of the frame's own number", default=_USUAL.acted_size),
            Field("weights", MapOf(keys=ATTRIBUTE, of=Quantity(lowest=0, highest=1e6)), "what losing a bit of an "
                  "attribute costs the story; 1 is usual", default=_USUAL.weights),
            Field("keep", ListOf(of=ATTRIBUTE, unordered=True), "attributes that the story cannot lose",
                  default=_USUAL.keep, always=True),
            Field("suspicion", MapOf(keys=Identifier(of="household"),
                                     of=Quantity(lowest=0, highest=MOST_SUSPICION, above=True)),
                  "prior odds of a household against the others; 1 is usual", default=_USUAL.suspicion),
            Field("require_consent", Flag(), "whether missing consent makes a draft unsafe",
                  default=_USUAL.require_consent, always=True),
            Field("recipient", Text(), "to whom a submission goes who may publish it; it is judged by what they print",
                  default=_USUAL.recipient),
            Field("prints", MapOf(keys=ATTRIBUTE, of=Choice(words=LEVELS)), "to which level the recipient is known to "
                  "print an attribute at most; anything else counts as printed as it stands", default=_USUAL.prints),
        ),
        make=lambda _, values: Policy(**{k: v for k, v in values.items() if k != "bearwitness"}),
    ),
)  # fmt: skip

DECISIONS_FILE: Final = FileKind(
    name="decisions",
    about="What an editor decided about each form that looks like a name, a place, a date or a number.",
    error=DecisionsError,
    check=_check_decisions,
    record=Record(
        name="decisions",
        fields=(
            VERSION_FIELD,
            Field("decisions", ListOf(of=Record(
                name="decision",
                fields=(
                    Field("form", Text(), "the passage in its plainest form, as the report lists it", required=True),
                    Field("kind", Choice(words=("public", "ordinary", "protected")), "what it is", required=True),
                    Field("reason", Text(), "why; needed where it is public", default=""),
                    Field("signer", Text(), "who answers for it; needed where it is public", default=""),
                    Field("role", Choice(words=_ROLES), "what a protected form names", default="other"),
                ),
                make=_make_decision,
                one_line=True,
                also={"if": {"properties": {"kind": {"const": "public"}}}, "then": {"required": ["reason", "signer"]}},
            )), "one decision per form", required=True),
        ),
        make=lambda _, values: Decisions(decisions=values["decisions"]),
    ),
)  # fmt: skip


def load_ledger(text: str, *, name: str, tree: PlaceTree, vocabulary: Vocabulary) -> Ledger:
    """A ledger from the text of its file; raises LedgerError as ``load_case`` raises CaseError."""
    found: Ledger = LEDGER_FILE.load(text, name=name, context=Context(tree=tree, vocabulary=vocabulary))
    return found


def load_policy(text: str, *, name: str) -> Policy:
    """A policy from the text of its file; raises PolicyError as ``load_case`` raises CaseError."""
    found: Policy = POLICY_FILE.load(text, name=name, context=Context())
    return found


def load_decisions(text: str, *, name: str) -> Decisions:
    """An editor's decisions from the text of their file; raises DecisionsError as ``load_case`` raises CaseError."""
    found: Decisions = DECISIONS_FILE.load(text, name=name, context=Context())
    return found


def dump_ledger(ledger: Ledger) -> str:
    """The canonical text of a ledger. Offsets of quotes are not kept: the text they count in has left."""
    return LEDGER_FILE.dump(ledger)


def dump_policy(policy: Policy) -> str:
    """The canonical text of a policy; what decides is written even where it is as usual."""
    return POLICY_FILE.dump(policy)


def dump_decisions(decisions: Decisions) -> str:
    """The canonical text of an editor's decisions."""
    return DECISIONS_FILE.dump(decisions)
