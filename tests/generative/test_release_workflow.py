"""A random walk through everything that can happen to a release, with a plain account of what must hold beside it."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import BearwitnessError
from bearwitness.model.publication import Decisions, Policy
from bearwitness.model.release import Assessed, Binding, Draft, Publication, ReleaseFacts, Retraction, Vote
from bearwitness.release.binding import hash_decisions, hash_draft, hash_policy, vote_message
from bearwitness.release.transitions import TRANSITIONS
from bearwitness.release.workflow import (
    APPROVALS_NEEDED,
    can_publish,
    check_can_publish,
    check_can_retract,
    check_can_vote,
    status_of,
)

AT = "2024-03-01T10:00:00Z"
PEOPLE = ("m-drafter", "m-a", "m-b", "m-c", "m-d")
TEXTS, UNSAFE_TEXT = ("a", "b", "c"), "c"
POLICY_HASH, DECISIONS_HASH = hash_policy(Policy()), hash_decisions(Decisions())
FIRST = date(2024, 3, 1)
EVENTS = ("assess", "vote", "vote", "vote", "vote", "access", "change", "ledger", "day", "publish", "retract")


def verify(voter, message, signature):
    return signature == voter.encode() + message[-8:]


@dataclass
class World:
    """One draft, the people around it, and what happened, written down without the program."""

    facts: ReleaseFacts = field(default_factory=lambda: ReleaseFacts(draft=Draft(
        id="d", text="a", policy=Policy(), decisions=Decisions(), drafter="m-drafter", made=AT)))
    members: set = field(default_factory=lambda: set(PEOPLE))
    ledger: str = "a" * 64
    today: date = FIRST
    votes_made: int = 0

    @property
    def now(self):
        draft = self.facts.draft
        return Binding(
            draft=hash_draft(draft.text), policy=POLICY_HASH, decisions=DECISIONS_HASH,
            ledger=self.ledger, record="b" * 64, assessment=hash_draft(f"assessment of {draft.text} {self.ledger}"),
        )  # fmt: skip

    @property
    def around(self):
        return {"now": self.now, "today": self.today, "eligible": self.members.__contains__, "verify": verify}

    @property
    def state(self):
        return status_of(self.facts, **self.around).state

    def add(self, kind, fact):
        self.facts = replace(self.facts, **{kind: (*getattr(self.facts, kind), fact)})

    def do(self, event, rng):
        """One thing happens, by the rules; what the rules close does not happen."""
        getattr(self, event)(rng)

    def assess(self, _):
        if self.state not in ("published", "withdrawn"):
            self.add("assessments", Assessed(draft="d", binding=self.now, by="m-a", at=AT, day=self.today,
                                             safe=self.facts.draft.text != UNSAFE_TEXT))  # fmt: skip

    def vote(self, rng):
        voter, self.votes_made = rng.choice(PEOPLE), self.votes_made + 1
        check_can_vote(self.facts, voter, **self.around)
        made = Vote(id=f"v-{self.votes_made}", draft="d", binding=self.now, voter=voter, reason="", at=AT,
                    approves=rng.random() < 0.85)  # fmt: skip
        signature = voter.encode() + vote_message(made)[-8:]
        self.add("votes", replace(made, signature=signature.hex()))

    def access(self, rng):
        away = sorted(set(PEOPLE) - self.members)
        if away and rng.random() < 0.7:
            self.members.add(rng.choice(away))
        else:
            self.members.discard(rng.choice(PEOPLE))

    def change(self, rng):
        if self.state not in ("published", "withdrawn"):
            self.facts = replace(self.facts, draft=replace(self.facts.draft, text=rng.choice(TEXTS)))

    def ledger_moves(self, rng):
        self.ledger = rng.choice("ab") * 64

    def day(self, rng):
        if rng.random() < 0.2:
            self.today += timedelta(days=1)

    def publish(self, rng):
        who = rng.choice(PEOPLE)
        check_can_publish(self.facts, who, **self.around)
        self.add("publications", Publication(draft="d", binding=self.now, by=who, at=AT, day=self.today,
                                             recipients=(), entry=None, testimonies=()))  # fmt: skip

    def retract(self, rng):
        who = rng.choice(PEOPLE)
        check_can_retract(self.facts, who, eligible=self.members.__contains__)
        self.add("retractions", Retraction(draft="d", by=who, at=AT, reason=""))


def must_not_leave(world):
    """Why a draft must stay inside, counted by hand: no word of the program's own rules."""
    facts = world.facts
    if facts.publications or facts.retractions or not facts.assessments:
        return True
    last = facts.assessments[-1]
    if not last.safe or last.binding != world.now or last.day != world.today:
        return True
    said = {}
    for vote in facts.votes:
        if vote.binding == world.now:
            said[vote.voter] = vote.approves
    yes = {v for v, approves in said.items() if approves and v in world.members and v != "m-drafter"}
    return not all(said.values()) or len(yes) < APPROVALS_NEEDED


def walk(seed, steps):
    """The states passed through, as (before, event, after), each checked against the plain account."""
    rng, world = random.Random(seed), World()
    seen = []
    for _ in range(steps):
        before, event = world.state, rng.choice(EVENTS)
        try:
            world.do({"ledger": "ledger_moves"}.get(event, event), rng)
        except BearwitnessError:
            assert event in ("vote", "publish", "retract")
        after = world.state
        assert can_publish(world.facts, "m-a", **world.around) == (
            "m-a" in world.members and not must_not_leave(world)
        )
        if before != after:
            name = event if event not in ("ledger", "day", "change") else "undo" if before == "stale" else "change"
            seen.append((before, name, after))
    return seen


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_nothing_leaves_that_a_plain_account_keeps_inside(seed):
    """At every step of a random walk, publishing is open exactly where a count by hand lets it be."""
    walk(seed, 60)


def test_the_table_of_transitions_is_what_happens():
    """Over many random walks every step of the table is taken, and no other."""
    table = {(b, t.event, a) for t in TRANSITIONS for b in t.before for a in t.after}
    taken = {step for seed in range(100) for step in walk(seed, 120)}
    assert taken - table == set()
    assert table - taken == set()


@pytest.mark.parametrize("voter", PEOPLE)
def test_one_person_never_publishes_alone(voter):
    """However often one person votes, and whoever else is removed, nothing is approved."""
    world = World()
    world.assess(None)
    for number in range(3):
        made = Vote(id=f"v-{number}", draft="d", binding=world.now, voter=voter, reason="", at=AT, approves=True)
        world.add("votes", replace(made, signature=(voter.encode() + vote_message(made)[-8:]).hex()))
    world.members = {voter}
    assert world.state == "assessed"
