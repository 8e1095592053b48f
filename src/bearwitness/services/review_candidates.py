"""A new account against the archive: which accounts, in any case that its taker may read by name, may tell of the same.

A case of which the member lacks identity or content is not read, and has no part in anything: no figure rests on it, no
entry is left in it. What is found in another case can be looked at there; decisions are made within one case only,
since whoever is in one need not be in the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bearwitness.errors import RecordError
from bearwitness.linkage.conditions import Record, Value
from bearwitness.linkage.model import LinkModel
from bearwitness.linkage.scoring import Scored, score_new
from bearwitness.model.review import Layer
from bearwitness.services.accounts import Accounts, county_shares, records_of
from bearwitness.services.intake import check_may_use
from bearwitness.services.review_facts import ReviewDesk, open_desk, open_review
from bearwitness.services.review_pairs import model_of, people_model, worst_first
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.rows import Compartment
from bearwitness.vault.trail import Act

NAMED: Final[tuple[Compartment, ...]] = ("identity", "content")
_MOST: Final = 3
_ACT: Final[Layer] = "act"
_BETWEEN: Final = "/"
# Columns of a record that name another record.
_NAMING: Final = ("id", "household", "victims")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An act of the archive that an act of the new account may be, the likeliest first; without any score.

    ``differs`` and ``agrees``: what was compared, and how far it agrees.
    """

    act: str
    case: str
    case_name: str
    other: str
    told_by: tuple[str, ...]
    differs: tuple[str, ...]
    agrees: tuple[str, ...]


def find_candidates(vault: Unlocked, name: str, testimony: str) -> tuple[Candidate, ...]:
    """The acts that a new account may tell of too: for each of its acts up to three, the likeliest first.

    Parameters
    ----------
    vault : Unlocked
        By a member with identity and content of the case; other cases are looked at where they have both.
    name : str
        The case of the new account.
    testimony : str
        Its id.

    Returns
    -------
    tuple of Candidate
        By act of the account. A case is named only to who is in it.

    Raises
    ------
    RecordError
        If there is no such testimony, or it tells of no act yet.
    ConsentMissing
        If its consent does not let it be used for documentation.
    """
    home = open_review(vault, name, needs=NAMED)
    step = Act(
        action="review.candidates", case=home.opened.id,
        things={"record": home.archive.row_of("testimony", testimony)},
    )  # fmt: skip
    with vault.refusing(step, case=home.opened):
        new = _acts_of(vault, home, testimony)
    vault.record(step, case=home.opened)
    desks = [home]
    for opened in vault.cases():
        if opened.id != home.opened.id and opened.compartments >= set(NAMED):
            desks.append(open_desk(vault, opened))
            vault.record(Act(action="review.candidates", case=opened.id), case=opened)
    return tuple(_compare({d.opened.id: d for d in desks}, home.opened.id, new))


def _acts_of(vault: Unlocked, home: ReviewDesk, testimony: str) -> tuple[str, ...]:
    found = next((t for t in home.archive.case.testimonies if t.id == testimony), None)
    if found is None:
        raise RecordError("there is no such testimony.", hint="See all with bearwitness case show.")
    check_may_use(vault, home.opened, home.archive.case, testimony)
    acts = tuple(str(a) for a in found.acts if str(a) in home.ids(_ACT))
    if not acts:
        raise RecordError(
            f"testimony {testimony} tells of no act yet.", hint="Code what it tells of with bearwitness act add."
        )
    return acts


def _compare(desks: Mapping[str, ReviewDesk], home: str, acts: Sequence[str]) -> Iterator[Candidate]:
    from bearwitness.linkage.layers import candidates, link_acts

    accounts = [_apart(records_of(desk.case), case) for case, desk in desks.items()]
    new = {f"{home}{_BETWEEN}{act}": act for act in acts}

    def score(model: LinkModel, records: Sequence[Record]) -> list[Scored]:
        """Only what is new against all, each pair once."""
        found = (score_new(model, r, records) for r in records if r["id"] in new)
        return list({(s.one, s.other): s for s in chain.from_iterable(found)}.values())

    pairs = link_acts(
        *(tuple(chain.from_iterable(part)) for part in zip(*accounts, strict=True)), people=people_model(),
        counties=county_shares(), score=score, learn=False,
    )  # fmt: skip
    for key, act in new.items():
        for other, pair in candidates(pairs, key, _MOST):
            case, name = other.split(_BETWEEN, 1)
            desk = desks[case]
            levels = list(worst_first(pair.levels, model_of(_ACT)))
            yield Candidate(
                act=act, case=case, case_name=desk.opened.roster.name, other=name,
                told_by=tuple(t.id for t in desk.case.testimonies if name in t.acts),
                differs=tuple(f"{what}: {how}" for what, how, word in levels if word == "differs"),
                agrees=tuple(f"{what}: {how}" for what, how, word in levels if word == "agrees"),
            )  # fmt: skip


def _apart(accounts: Accounts, case: str) -> Accounts:
    """The records of a case with ids that no other case has."""
    return Accounts(*(tuple(_named(record, case) for record in part) for part in accounts))


def _named(record: Record, case: str) -> Record:
    columns: Collection[str] = (*_NAMING, "accounts")
    return {key: _with_case(value, case) if key in columns else value for key, value in record.items()}


def _with_case(value: Value, case: str) -> Value:
    if isinstance(value, tuple):
        return tuple(f"{case}{_BETWEEN}{x}" for x in value)
    return f"{case}{_BETWEEN}{value}" if value else value
