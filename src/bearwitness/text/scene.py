"""What a scan of a text yields, the same for every language: who is shown, what is said of them, what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bearwitness.model.claims import DateRole
from bearwitness.model.values import ValueSet

Forms = Mapping[str, frozenset[str]]
Stand = Literal["left", "relative", "carrier", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A passage that shows somebody. ``key`` tells people apart; all passages of one person share it.

    ``stands_as`` is "named" for a full name that no record knows: what the text says of that person belongs to
    nobody protected, but the name stays in doubt until an editor decides it. ``surname`` is a Hangul surname as in
    the surname table; ``full`` a full name as written; ``pseudonym`` that the text says it is not the real one.
    Mentions with one passage and several keys: a name that may mean several persons of the record.
    """

    start: int
    end: int
    key: str
    label: str
    stands_as: Stand = "left"
    surname: str = ""
    full: str = ""
    pseudonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said of one person: a passage of normalised text and what its wording allows.

    ``about`` is empty for the person, ``kin:<codes joined by |>`` for a relative of theirs, ``act:<codes joined by
    |>`` for the date of an act. ``also`` are further passages that say the same thing (the kin word of an act whose
    victim it names): a vaguer wording has to change those too.
    """

    start: int
    end: int
    key: str
    attribute: str
    values: ValueSet
    about: str = ""
    role: DateRole | None = None
    lag_days: int = 0
    also: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A passage that looks like a name, place, date, age, amount, occupation or number and that nothing accounts for.

    ``form`` is what one decision of an editor settles everywhere: the passage in its plainest form, and for a later
    short form of a full name ("Kim" after "Kim Jong Un") the full name.
    """

    start: int
    end: int
    form: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Everything one language's scanner found, with offsets in normalised text."""

    mentions: tuple[Mention, ...]
    said: tuple[Said, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What a scanner knows of the world, in the language of the text.

    ``places`` and ``occupations``: written forms and the paths they allow. ``surnames``: Hangul surname to its Latin
    spellings. ``institutions``: names of authorities that may be printed. ``world``: countries and cities abroad
    that say nothing of a household. ``public_days``: days of public events (speeches, laws), which a date may be.
    """

    places: Forms
    occupations: Forms
    surnames: Mapping[str, tuple[str, ...]]
    institutions: frozenset[str]
    world: frozenset[str]
    public_days: frozenset[date]
