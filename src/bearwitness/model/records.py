"""What is recorded of a case: persons, households, kin, acts, testimonies with their chains, consent. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bearwitness.model.claims import ActId, Claim, HouseholdId, PersonId
from bearwitness.model.dates import FuzzyDate

NameKind = Literal["full", "given", "hanja", "nickname", "pseudonym", "former"]
Directness = Literal[
    "experienced", "witnessed", "told_by_victim", "told_by_witness", "told_by_third_party", "document", "inferred",
    "unknown",
]
ConsentState = Literal["given", "refused", "cannot_be_asked", "deceased", "not_identifiable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as somebody uses it. A Hangul full name is family name first, without a space ("최은심")."""

    text: str
    kind: NameKind = "full"
    language: Literal["ko", "en", "hanja"] = "ko"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """The person who has this is ``relation`` (a KIN leaf) of person ``of``."""

    relation: str
    of: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the record; protected unless said otherwise (acting in office, or a public figure)."""

    id: PersonId
    household: HouseholdId | None
    names: tuple[Name, ...] = ()
    sex: Literal["female", "male"] | None = None
    birth: FuzzyDate | None = None
    home: str | None = None
    occupation: str | None = None
    route: str | None = None
    departure: FuzzyDate | None = None
    kin: tuple[Kin, ...] = ()
    traits: frozenset[str] = frozenset()
    protected: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People punished together."""

    id: HouseholdId
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing done by a perpetrator to a victim; ``because_of`` is the person whose deed it punishes.

    ``count``: how many victims the account counts, named or not. ``ordinal``: the how manieth time this was done to
    the household, where the account says so ("the second time": 2).
    """

    id: ActId
    kind: str
    household: HouseholdId
    victims: tuple[PersonId, ...] = ()
    date: FuzzyDate | None = None
    place: str | None = None
    perpetrator: str | None = None
    because_of: PersonId | None = None
    count: int | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """One hop of a source chain: who told whom, by what medium, when, and whether they can be reached again."""

    teller: PersonId
    hearer: PersonId
    medium: str
    date: FuzzyDate | None = None
    contactable: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """An account somebody gave, in its own words, with the chain by which it came.

    ``collected_by``: a short word for the organisation or desk that took it, never a person; None where it is not said.
    """

    id: str
    teller: PersonId
    language: Literal["en", "ko"]
    told: FuzzyDate | None
    directness: Directness
    text: str
    acts: tuple[ActId, ...] = ()
    chain: tuple[SourceLink, ...] = ()
    collected_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one giver agreed to for one purpose, and the state of each person it touches."""

    id: str
    giver: PersonId
    purpose: str
    identifiability: Literal["full_name", "pseudonym", "role", "aggregate", "internal"]
    quoting: Literal["none", "paraphrase", "verbatim"]
    persons: tuple[tuple[PersonId, ConsentState], ...]
    asked: FuzzyDate | None = None
    expires: FuzzyDate | None = None
    withdrawn: FuzzyDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One step in the life of a file: when, what was done with it, by whom (a member's opaque id)."""

    at: str
    what: Literal["taken", "checked", "extracted", "handed_over", "received"]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a case: its SHA-256 (hex) and size in bytes as they were when it was taken."""

    id: str
    name: str
    sha256: str
    size: int
    testimony: str | None = None
    custody: tuple[Custody, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlace:
    """A place below a county that the shipped tree lacks: a ward or village with its names."""

    path: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A whole case file. ``claims`` are those an editor wrote by hand; they override what is found in the text."""

    id: str
    persons: tuple[Person, ...] = ()
    households: tuple[Household, ...] = ()
    acts: tuple[Act, ...] = ()
    testimonies: tuple[Testimony, ...] = ()
    consents: tuple[Consent, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    places: tuple[CasePlace, ...] = ()
    claims: tuple[Claim, ...] = ()
