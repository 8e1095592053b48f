"""What each command of the vault answers: a value of a known type, words for people, an exit status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bearwitness.disclosure.counts_findings import Protection
from bearwitness.model.dataset_plan import DatasetPlan
from bearwitness.model.jigsaw import Jigsaw
from bearwitness.model.publication import Ledger
from bearwitness.model.records import Act, Attachment, Case, Consent, Testimony
from bearwitness.model.series import Series
from bearwitness.release.selection import Withheld
from bearwitness.services.audit import Verified
from bearwitness.services.backup import BackedUp, Restored
from bearwitness.services.case_access import CaseView
from bearwitness.services.estimate_change_shown import ChangeEstimated
from bearwitness.services.estimate_shown import ActsEstimated
from bearwitness.services.exporting import Exported
from bearwitness.services.importing import Imported
from bearwitness.services.recovery import Drill
from bearwitness.services.release_desk import ReleaseView
from bearwitness.services.review import Decided, DecisionView
from bearwitness.services.review_acts import ActChains, ActView
from bearwitness.services.review_agreement import ReviewersAgree
from bearwitness.services.review_candidates import Candidate
from bearwitness.services.review_views import PairView
from bearwitness.services.search import Found
from bearwitness.services.vault_check import Report
from bearwitness.services.withdrawal import Withdrawn
from bearwitness.vault.cards import Member
from bearwitness.vault.trail import TrailEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of an answer, what is said and drawn above it for people, and the exit status."""

    value: Any
    said: str = ""
    status: int = 0
    drawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A vault that was made or recovered: where, for which organisation, and who you are in it."""

    vault: str
    organisation: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown:
    """A case, who is in it, what consent withholds, which rows are damaged."""

    who: CaseView
    case: Case
    withheld: tuple[Withheld, ...]
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestimonyShown:
    """An account, its files, and the consents of whoever told it."""

    testimony: Testimony
    attachments: tuple[Attachment, ...]
    consents: tuple[Consent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How many accounts may be used for a purpose today, and which may not."""

    purpose: str
    usable: int
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentShown:
    """The consents of a case, and what they let be used today, by purpose."""

    consents: tuple[Consent, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kits:
    """The kits that were written: of how many officers, how many it takes, and the files."""

    officers: int
    need: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerShown:
    """The ledger of a case, and how many releases were entered just now."""

    entered: int
    ledger: Ledger


# Command -> the type of its answer; the published schema is made from these.
ANSWERS: Final[dict[str, Any]] = {
    "init": Made, "member add": Member, "member list": tuple[Member, ...], "member revoke": Member,
    "member passphrase": type(None), "case create": CaseView, "case list": tuple[CaseView, ...],
    "case show": CaseShown, "case grant": CaseView, "case revoke": CaseView, "case renew": CaseView,
    "testimony add": Testimony, "testimony show": TestimonyShown, "testimony withdraw": Withdrawn, "act add": Act,
    "act code": Act, "act list": tuple[Act, ...], "attach add": Attachment, "attach verify": Attachment,
    "attach extract": Attachment, "import": Imported, "export": Exported, "search": tuple[Found, ...],
    "vault check": Report, "vault backup": BackedUp, "vault restore": Restored, "recovery kit": Kits,
    "recovery cover": tuple[str, ...],
    "recovery drill": Drill, "recovery use": Made, "audit show": tuple[TrailEntry, ...], "audit verify": Verified,
    "consent show": ConsentShown, "consent withdraw": Withdrawn, "release list": tuple[ReleaseView, ...],
    "release draft": ReleaseView, "release assess": ReleaseView, "release vote": ReleaseView,
    "release publish": ReleaseView, "release withdraw": ReleaseView, "release ledger": LedgerShown,
    "release jigsaw": Jigsaw, "release dataset": DatasetPlan, "release series": Series,
    "release table": Protection, "review next": PairView | None, "review decide": Decided, "review undo": Decided,
    "review list": tuple[DecisionView, ...], "review agreement": tuple[ReviewersAgree, ...],
    "review acts": tuple[ActView, ...], "review count": tuple[ActView, ...], "review chains": tuple[ActChains, ...],
    "review candidates": tuple[Candidate, ...], "estimate acts": ActsEstimated,
    "estimate change": ChangeEstimated,
}  # fmt: skip
