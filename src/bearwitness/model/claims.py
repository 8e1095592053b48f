"""One thing that a release says of a persona, and what a reading of a whole draft returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NewType

from bearwitness.model.values import ValueSet

ClaimId = NewType("ClaimId", str)
PersonaId = NewType("PersonaId", str)
HouseholdId = NewType("HouseholdId", str)
PersonId = NewType("PersonId", str)
ActId = NewType("ActId", str)

Language = Literal["en", "ko"]
Origin = Literal["record", "pattern", "editor"]
DateRole = Literal["occurred", "learned", "told", "recorded", "published"]

# Attributes a claim can be about; each is a table of a frame (see docs/reference/frames.md). The value kind is
# fixed per attribute: Codes unless named in PATH_ATTRIBUTES or DAY_ATTRIBUTES.
ATTRIBUTES: Final = (
    "status",      # Codes {"left"}: somebody of this household left the country
    "name",        # Codes {casefolded full name}
    "surname",     # Codes of Hangul surnames as in surnames.csv column hangul_rok ("박")
    "sex",         # Codes {"female"}, {"male"}
    "birth",       # Days
    "home",        # Paths of places
    "occupation",  # Paths of occupations
    "route",       # Paths of ways of leaving
    "departure",   # Days
    "kin",         # Codes: the household has a relative (of the person who left) of one of these KIN leaves
    "trait",       # Codes {"phone"}, {"remittance"}, {"broker"}, {"activism"}, {"media"}: one claim per trait
    "act",         # Codes of ACT leaves: the household suffered one of these
    "act_date",    # Days on which the act may have occurred (role says what the text dated)
    "count",       # Codes "1".."12": how many relatives / victims the text counts
    "amount",      # Codes {exact text}: a sum of money or goods
)
PATH_ATTRIBUTES: Final = frozenset({"home", "occupation", "route"})
DAY_ATTRIBUTES: Final = frozenset({"birth", "departure", "act_date"})

KIN_LEAVES: Final = (
    "elder_brother", "younger_brother", "elder_sister", "younger_sister", "father", "mother", "son", "daughter",
    "husband", "wife", "grandparent", "other_relative",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A passage of the draft as its author wrote it: offsets in code points, end excluded."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing a release says of a persona: the set of values its wording still allows.

    ``about`` names what the claim is about: a person id, or for ``act_date`` the act id (``act1``), so that two
    claims are only combined when they speak of one thing. ``lag_days`` is how long before ``values`` an act may
    have happened when the text dates the news of it (role "learned") and not the act. ``trust`` in (0, 1] is how
    far the adversary believes the claim; 1 is the worst case. ``changed``: the organisation changed it on purpose, so
    it is not true of this household and protects it in nothing (an adversary may know); it leads to others.
    """

    id: ClaimId
    persona: PersonaId
    attribute: str
    values: ValueSet
    says: str
    spans: tuple[Span, ...]
    origin: Origin
    about: str = ""
    role: DateRole | None = None
    lag_days: int = 0
    trust: float = 1.0
    keep: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A person as a release shows them; ``person`` is the protected person behind, where the case says so.

    ``stands_as`` is the place in the household: "left" (the one who escaped), "relative" (still inside) or
    "carrier" (a link of the source chain, household of its own). ``kin`` are the KIN leaves a relative may be.
    ``names`` are those mentions that are a name, an initial or a pseudonym, and no pronoun or description.
    ``alternative`` is not empty where the text leaves open whose household this is: personas with one alternative
    are one person, who belongs to one of their households and not to the others.
    """

    id: PersonaId
    label: str
    household: HouseholdId
    person: PersonId | None = None
    stands_as: Literal["left", "relative", "carrier"] = "left"
    kin: frozenset[str] = frozenset()
    mentions: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    alternative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A passage that looks like a name, place, date or number and that nobody has accounted for."""

    span: Span
    form: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a draft says: its personas, their claims, and what nobody accounts for."""

    language: Language
    personas: tuple[Persona, ...]
    claims: tuple[Claim, ...]
    unresolved: tuple[Unresolved, ...]

