"""The acts of a case with their accounts: how many independent voices tell of each, and with what words that is said.

Accounts are put together here only where reviewers decided so: what is merely probable raises no act's level, and would
tell a reviewer the score of what they have not decided yet.

Who told whom never leaves its compartment. Whoever holds it sees the number counted as of now; everybody else sees the
one that was last recorded, as long as nothing it rests on has changed, and a level that needs no more than that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bearwitness.errors import LinkageError, RecordError
from bearwitness.linkage.chains import Chain, chains_of
from bearwitness.linkage.counted import pick_counted
from bearwitness.linkage.independence import Corroboration, Independence, corroborate
from bearwitness.linkage.wording import attribute
from bearwitness.model.claims import PersonId
from bearwitness.model.records import Act, Directness, Testimony
from bearwitness.model.review import SourceCount
from bearwitness.services.archive import WITHHELD
from bearwitness.services.review_facts import ReviewDesk, open_review
from bearwitness.services.review_pairs import candidate_pairs
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.rows import Change, Compartment
from bearwitness.vault.trail import Act as Step

# Without these nobody can say who told whom, and who of them is one person.
WHOLE: Final[tuple[Compartment, ...]] = ("identity", "chain", "content")
# Two people of whom this is as probable may be one, and then two accounts that look apart have one source.
MAY_BE_ONE: Final = 0.05
NOT_COUNTED: Final = "not counted yet"
CHANGED: Final = "counted before the record changed"
NOW: Final = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One act: the records of it, the accounts that tell of it, and how well it is corroborated.

    ``least`` and ``most`` are the bounds of the number of independent sources, None where it is not counted;
    ``counted`` says as of when, or why not. Without a number there is no level, and no wording.
    """

    acts: tuple[str, ...]
    kind: str
    date: str
    accounts: tuple[str, ...]
    least: int | None
    most: int | None
    counted: str
    level: str
    wording_en: str
    wording_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way by which an account came: whoever observed it first, whoever told the record last; "?" is not known.

    ``counts``: whether it is one of those by which ``least`` was counted; others may do as well.
    """

    testimony: str
    directness: Directness
    people: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActChains:
    """Every way by which the accounts of one act came, and the bounds of the number of independent sources."""

    acts: tuple[str, ...]
    least: int
    most: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """The accounts of one act."""

    acts: tuple[Act, ...]
    accounts: tuple[Testimony, ...]

    @property
    def act_ids(self) -> tuple[str, ...]:
        return tuple(sorted(str(a.id) for a in self.acts))

    @property
    def account_ids(self) -> tuple[str, ...]:
        return tuple(sorted(t.id for t in self.accounts))


def list_acts(vault: Unlocked, name: str) -> tuple[ActView, ...]:
    """The acts of a case with their corroboration, in the order of the case; leaves an entry.

    Raises
    ------
    LinkageError
        If an account's chain returns to somebody who had told it before, or decisions contradict each other.
    """
    desk = open_review(vault, name)
    found = _views(desk)
    vault.record(Step(action="review.acts", case=desk.opened.id), case=desk.opened)
    return found


def count_sources(vault: Unlocked, name: str) -> tuple[ActView, ...]:
    """Record for every act how many independent sources it has, for those of the case who may not see the chains.

    Parameters
    ----------
    vault : Unlocked
        By a member with identity, chain and content.
    name : str
        The case.

    Returns
    -------
    tuple of ActView
        As ``list_acts``.
    """
    desk = open_review(vault, name, needs=WHOLE)
    step = Step(action="review.count", case=desk.opened.id)
    with vault.refusing(step, case=desk.opened):
        vault.check_may_write(desk.opened)
        alike = people_alike(desk)
        new = [_count(desk, g, alike) for g in _groups(desk) if _recorded(desk, g)[0] is None]
    keys = vault.unit_keys(desk.opened)
    change = Change(records=desk.count_rows(new, keys), unit_keys=keys.made)
    vault.record(replace(step, things={"acts": len(new)}), change, case=desk.opened)
    return _views(desk)


def show_chains(vault: Unlocked, name: str, act: str | None = None) -> tuple[ActChains, ...]:
    """Who told whom, act by act; only with the chain compartment. Leaves an entry.

    Raises
    ------
    AccessDenied
        Without identity, chain or content of the case, whether or not there is such an act.
    RecordError
        If there is no such act.
    """
    desk = open_review(vault, name, needs=WHOLE)
    groups = [g for g in _groups(desk) if act is None or act in g.act_ids]
    step = Step(action="review.chains", case=desk.opened.id, things={"acts": len(groups)})
    with vault.refusing(step, case=desk.opened):
        if not groups:
            raise RecordError("there is no such act.", hint="See all with bearwitness review acts.")
        alike = people_alike(desk)
        found = tuple(_chains_view(desk, group, alike) for group in groups)
    vault.record(step, case=desk.opened)
    return found


def _groups(desk: ReviewDesk) -> list[_Group]:
    """What was decided to be one act, in the order of the case."""
    members: dict[str, list[Act]] = defaultdict(list)
    root = desk.groups("act")
    for act in desk.case.acts:
        members[root[str(act.id)]].append(act)
    return [
        _Group(tuple(acts), tuple(t for t in desk.case.testimonies if {a.id for a in acts} & set(t.acts)))
        for acts in members.values()
    ]


def _chains(desk: ReviewDesk, group: _Group, one: Mapping[str, str]) -> list[Chain]:
    """Every way of every account; ``one`` tells who is taken for one person, by somebody who stands for all of them."""
    # Two records without any name may be of one person: nobody can tell, so they are taken for unknown.
    named = {p.id for p in desk.case.persons if p.names}

    def key_of(person: PersonId) -> str | None:
        return one.get(str(person)) if person in named and person != WITHHELD else None

    return [chain for t in group.accounts for chain in chains_of(t, key_of)]


def _corroborate(desk: ReviewDesk, group: _Group, alike: Sequence[tuple[str, str]]) -> Corroboration:
    """How well an act is corroborated, whoever of those in its chains who may be one person are one.

    The upper bound takes for one only who was decided to be; the lower one, and all that is said, also ``alike``.
    """
    one = desk.groups("person")
    most = corroborate(_chains(desk, group, one))
    doubtful = _doubtful(group, alike)
    if not doubtful:
        return most
    try:
        least = corroborate(_chains(desk, group, _joined(one, doubtful)))
    except LinkageError:
        # Not all of them can be one: a chain would return to who had told it before. Which, nobody has decided.
        least = corroborate(Chain(testimony=t.id, hops=(None, t.id), directness=t.directness) for t in group.accounts)
    lower = min(least.independence.lower, most.independence.lower)
    return replace(least, independence=Independence(lower=lower, upper=most.independence.upper))


def _doubtful(group: _Group, alike: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who of those in the chains of an act may be one person."""
    people = {str(p) for t in group.accounts for p in (t.teller, *(x for c in t.chain for x in (c.teller, c.hearer)))}
    return [pair for pair in alike if people.issuperset(pair)]


def people_alike(desk: ReviewDesk) -> list[tuple[str, str]]:
    """Pairs of people who may be one person and were not decided to be two."""
    different = {s.pair for s in desk.standing.values() if s.layer == "person" and s.state == "different"}
    found = candidate_pairs(desk, "person").values()
    return [p.pair for p in found if p.probability >= MAY_BE_ONE and p.pair not in different]


def _joined(one: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined = dict(one)
    for a, b in pairs:
        kept, gone = sorted((joined[a], joined[b]))
        joined = {x: kept if y == gone else y for x, y in joined.items()}
    return joined


def _views(desk: ReviewDesk) -> tuple[ActView, ...]:
    alike = people_alike(desk) if desk.opened.compartments >= set(WHOLE) else None
    return tuple(_view(desk, group, alike) for group in _groups(desk))


def _view(desk: ReviewDesk, group: _Group, alike: Sequence[tuple[str, str]] | None) -> ActView:
    if alike is not None:
        found: Corroboration | None = _corroborate(desk, group, alike)
        counted = NOW
    else:
        count, counted = _recorded(desk, group)
        found = _without_chains(group.accounts, count) if count is not None else None
    first = group.acts[0]
    told = found is not None and found.level != "no_account"
    return ActView(
        acts=group.act_ids, kind=first.kind, date=first.date.written if first.date is not None else "",
        accounts=group.account_ids, least=found.independence.lower if found is not None else None,
        most=found.independence.upper if found is not None else None, counted=counted,
        level=found.level if found is not None else "",
        wording_en=attribute(found, "en") if found is not None and told else "",
        wording_ko=attribute(found, "ko") if found is not None and told else "",
    )  # fmt: skip


def _recorded(desk: ReviewDesk, group: _Group) -> tuple[SourceCount | None, str]:
    """The number that was last recorded for just these accounts, or why there is none that holds."""
    touching = [c for c in desk.counts if set(c.acts) & set(group.act_ids)]
    if not touching:
        return None, NOT_COUNTED
    exact = [c for c in touching if (c.acts, c.accounts) == (group.act_ids, group.account_ids)]
    if exact:
        holds = exact[-1].rests_on == desk.rests_on(group.act_ids, group.account_ids)
        return (exact[-1], exact[-1].at[:10]) if holds else (None, CHANGED)
    last = max(touching, key=lambda c: len(c.accounts))
    came = len(set(group.account_ids) - set(last.accounts))
    if came and set(last.accounts) <= set(group.account_ids):
        return None, f"counted before {came} {'account' if came == 1 else 'accounts'} came"
    return None, CHANGED


def _without_chains(accounts: Iterable[Testimony], count: SourceCount) -> Corroboration:
    """The level that a number and the accounts' own words for how they know allow.

    Whether whoever was there told the record themselves is told by the length of a chain, so it is left unsaid.
    """
    # As if every account had come from somebody unknown: no chain is known to be short.
    blind = corroborate(Chain(testimony=t.id, hops=(None, t.id), directness=t.directness) for t in accounts)
    level = blind.level if count.lower < 2 else "two_accounts" if count.lower == 2 else "three_or_more"
    bounds = Independence(lower=count.lower, upper=count.upper)
    return Corroboration(independence=bounds, level=level, first_hand=False)


def _count(desk: ReviewDesk, group: _Group, alike: Sequence[tuple[str, str]]) -> SourceCount:
    bounds = _corroborate(desk, group, alike).independence
    return SourceCount(
        acts=group.act_ids, accounts=group.account_ids, lower=bounds.lower, upper=bounds.upper, at=desk.vault.now(),
        by=desk.vault.member, rests_on=desk.rests_on(group.act_ids, group.account_ids),
    )  # fmt: skip


def _chains_view(desk: ReviewDesk, group: _Group, alike: Sequence[tuple[str, str]]) -> ActChains:
    one = desk.groups("person")
    chains = _chains(desk, group, one)
    bounds = _corroborate(desk, group, alike).independence
    counted = pick_counted(chains, _joined(one, _doubtful(group, alike)), bounds.lower)
    called = {str(p.id): " ".join([str(p.id), *(n.text for n in p.names[:1])]) for p in desk.case.persons}
    ways = tuple(
        Way(
            testimony=c.testimony, directness=c.directness,
            people=tuple("?" if hop is None else called.get(hop, hop) for hop in c.hops), counts=at in counted,
        )
        for at, c in enumerate(chains)
    )  # fmt: skip
    return ActChains(acts=group.act_ids, least=bounds.lower, most=bounds.upper, ways=ways)
