"""What surrounds a draft: the ledger of earlier releases, the policy, the editor's decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bearwitness.model.claims import Claim, HouseholdId, PersonaId
from bearwitness.model.counts import CountTable


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPersona:
    """A persona of an earlier release: whose household it stands for is known to us, not to the adversary.

    ``upper`` is the highest upper bound of the household's joined risk when the release left, where that is on record.
    """

    id: PersonaId
    household: HouseholdId
    claims: tuple[Claim, ...]
    label: str = ""
    images: frozenset[str] = frozenset()
    quotations: frozenset[str] = frozenset()
    upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One release that has left: whom it shows, and the table of counts it prints, if it does."""

    id: str
    outlet: str
    published: date
    title: str
    personas: tuple[LedgerPersona, ...]
    table: CountTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything published so far; the order of entries carries no meaning.

    ``head`` is the hash over the entries that a file states, to be compared with that of what was read.
    """

    entries: tuple[LedgerEntry, ...] = ()
    id: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedSize:
    """How many households were acted upon, by an estimate of acts that the organisation made and keeps.

    ``estimate``: the file that ``estimate acts --json`` wrote. ``stratum``: the one that holds all acts of the country.
    ``acts_per_household``: how many acts a household that was acted upon had, one or more; the more, the fewer
    households and the greater every risk.
    """

    estimate: str
    stratum: str
    acts_per_household: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the organisation accepts.

    ``threshold`` is compared with the upper 95 % bound of the pursuit risk. ``link`` is the probability that the
    adversary links a draft's persona with an earlier release's. ``news_lag_days``: an act told as news on a day is
    taken to have happened within so many days before (shorter is the safer assumption for the family: it makes
    the candidate set smaller). ``lag_share``: of the days of a lag so small a share is counted: news is often fast,
    and an adversary that knows it tries the likeliest days first. With 0.1 and 30 days no day is taken to be likelier
    than one in three; 1 takes all days as alike. ``weights``: what losing a bit of an attribute costs the story.
    ``keep``: attributes whose story must stay (acts keep their kind). ``suspicion``: prior odds of a household, by id.
    ``rows``: files of frames of rows over which crowds are counted (docs/how-to/frames-of-rows.md).
    ``acted_size``: an estimate that the number of households acted upon is read from (docs/how-to/estimate.md).
    ``images``: ids of the images that go out with the draft (an image printed before links two releases).
    ``recipient`` is not empty for a submission to somebody who may publish: it is judged by what they are known to
    print. ``prints`` maps an attribute to the level (as in a ladder) to which they print it at most; an attribute that
    is not in it is printed as it stands.
    """

    threshold: float = 0.1
    link: float = 1.0
    news_lag_days: int = 30
    lag_share: float = 0.1
    outlet: str = ""
    published: date | None = None
    adversaries: tuple[str, ...] = ("state_security", "informant", "reader")
    rows: tuple[str, ...] = ()
    acted_size: EstimatedSize | None = None
    weights: dict[str, float] = field(default_factory=dict)
    keep: frozenset[str] = frozenset({"act"})
    suspicion: dict[str, float] = field(default_factory=dict)
    images: frozenset[str] = frozenset()
    require_consent: bool = True
    recipient: str = ""
    prints: dict[str, str] = field(default_factory=dict)


# What a protected form names: it tells in which other ways the same may be written.
ProtectedRole = Literal["person", "place", "organisation", "date", "code", "quantity", "description", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor decided about one form: public (somebody signs for it), ordinary, or protected.

    ``role`` says of a protected form what it names, so that its other spellings are found too.
    """

    form: str
    kind: Literal["public", "ordinary", "protected"]
    reason: str
    signer: str
    role: ProtectedRole = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All decisions of an editor, one per form."""

    decisions: tuple[Decision, ...] = ()
