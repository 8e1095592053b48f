"""What members do to a vault in any order, as rules of a state machine: who comes, who is let in, who leaves."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from vault_machine_known import ALL, Known, KnownCase
from vault_machine_steps import make_families, write_case_file
from vault_scene import CHEAP, empty_place, let_go, noon, phrase_of

from bearwitness.errors import BearwitnessError
from bearwitness.services.case_access import create_case, grant_case, renew_case, revoke_case
from bearwitness.services.importing import import_file
from bearwitness.services.members import add_member, revoke_member
from bearwitness.services.unlocking import create_vault, unlock

FOUNDER, NAMES = "Hana", ("Min", "Sori", "Duri")
MOST_CASES = 2
SOME = st.integers(0, 11)
SETS = st.sets(st.sampled_from(ALL), min_size=1)


class House(RuleBasedStateMachine):
    """A vault, its members' sessions, and beside them the plain account of what must be; members come and go."""

    kind, server = "sqlcipher", None

    @initialize(whole=st.booleans(), what=st.tuples(SETS, SETS))
    def begin(self, whole, what):
        """A founder, two members, and a case of two families in which one has a part and the other a part or all."""
        self.folder = Path(tempfile.mkdtemp(prefix="bw-machine-"))
        self.place = empty_place(self.kind, self.folder / "place", self.server)
        vault = create_vault(self.place, name=FOUNDER, passphrase=phrase_of(FOUNDER), cost=CHEAP, clock=noon)
        self.known = Known(members={FOUNDER: True}, administrators={FOUNDER})
        self.open, self.ids = {FOUNDER: vault}, {FOUNDER: vault.member}
        # All keys that anybody ever held, and what those who left took with them.
        self.every_key, self.taken_along = {}, []
        self.touched = []
        self.entries = 0
        self.drafts = {}
        case = self.make_case(0, 2)
        for name, compartments in zip(NAMES[:2], (set(ALL) if whole else what[0], what[1]), strict=True):
            self.enter(name, add_member(vault, name=name, passphrase=phrase_of(name), cost=CHEAP))
            grant_case(vault, case.id, self.ids[name], compartments)
            case.seats[name] = set(compartments)

    def enter(self, name, member):
        """A new member unlocks the vault."""
        self.known.members[name], self.ids[name] = True, member.id
        self.open[name] = unlock(self.place, passphrase=lambda: phrase_of(name), member=member.id, clock=noon)

    # Who, which case, and what must come of it.

    def pick(self, things, at):
        things = list(things)
        return things[at % len(things)] if things else None

    def someone(self, at, case=None):
        """One of the members; of a case rather somebody who holds all of it."""
        members = [m for m, active in self.known.members.items() if active]
        whole = [m for m in members if case is not None and case.holds(m, *ALL)]
        return self.pick([*whole, *members] if at % 2 else whole or members, at // 2)

    def case(self, at, fits=lambda _: True):
        """One of the cases that fit; it is the one that is looked at closely afterwards."""
        self.touched = [self.pick([c for c in self.known.cases if fits(c)], at)]
        return self.touched[0]

    def attempt(self, who, allowed, step):
        """What a step gives where it is allowed; where it is not, it is refused."""
        vault = self.open[who]
        vault.refresh()
        self.touched = self.touched or self.known.cases
        try:
            found = step(vault)
        except BearwitnessError:
            if allowed:
                raise
            return None
        assert allowed, f"{who} was not refused"
        return found

    def may(self, who, case, *needs, writes=True):
        return case.holds(who, *needs) and not (writes and self.known.is_closed(case))

    # The house.

    @precondition(lambda self: len(self.known.members) <= len(NAMES))
    @rule(by=SOME, administrator=st.booleans())
    def add_somebody(self, by, administrator):
        who, name = self.someone(by), NAMES[len(self.known.members) - 1]
        allowed = who in self.known.administrators
        new = self.attempt(who, allowed, lambda v: add_member(
            v, name=name, passphrase=phrase_of(name), administrator=administrator, cost=CHEAP))  # fmt: skip
        if new is not None:
            self.enter(name, new)
            if administrator:
                self.known.administrators.add(name)

    @precondition(lambda self: len(self.open) > 2)
    @rule(by=SOME, leaves=SOME)
    def somebody_leaves(self, by, leaves):
        who, name = self.someone(by), self.someone(2 * leaves + 1)
        others = {m for m in self.known.administrators if self.known.members[m]} - {name}
        allowed = who in self.known.administrators and (name not in self.known.administrators or bool(others))
        if self.attempt(who, allowed, lambda v: revoke_member(v, self.ids[name])) is None:
            return
        for case in self.known.cases:
            self.take_along(name, case)
        self.known.members[name] = False
        self.known.administrators.discard(name)
        let_go(self.open.pop(name))
        with pytest.raises(BearwitnessError):
            unlock(self.place, passphrase=lambda: phrase_of(name), member=self.ids[name], clock=noon)

    def take_along(self, name, case):
        """Whoever leaves keeps what keys they had: of what is written later they open nothing."""
        if name in case.seats:
            keys = dict(self.open[name].held().get(case.id, {}))
            self.taken_along.append((case, keys, case.keys_open(case.seats[name])))

    @precondition(lambda self: len(self.known.cases) < MOST_CASES)
    @rule(by=SOME, families=st.integers(0, 2))
    def another_case(self, by, families):
        self.make_case(by, families)

    def make_case(self, by, families):
        """A new case, made empty or from a file."""
        who, name = self.someone(by), f"case-{len(self.known.cases) + 1}"
        case = KnownCase(id="", seats={who: set(ALL)})
        if families:
            path = write_case_file(self.folder / f"{name}.yaml", case, make_families(case, families))
            case.id = self.attempt(who, True, lambda v: import_file(v, path, name=name, step=3)).case
        else:
            case.id = self.attempt(who, True, lambda v: create_case(v, name)).id
        self.known.cases.append(case)
        return case

    @precondition(lambda self: self.known.cases)
    @rule(by=SOME, at=SOME, to=SOME, what=SETS)
    def grant(self, by, at, to, what):
        case = self.case(at)
        who, name = self.someone(by, case), self.pick(self.known.members, to)
        allowed = self.may(who, case, *what) and self.known.members[name]
        if self.attempt(who, allowed, lambda v: grant_case(v, case.id, self.ids[name], what)) is not None:
            case.seats[name] = case.seats.get(name, set()) | what

    @precondition(lambda self: self.known.cases)
    @rule(by=SOME, at=SOME, to=SOME)
    def revoke(self, by, at, to):
        case = self.case(at)
        who, name = self.someone(by, case), self.pick(self.known.members, to)
        keepers = [m for m in case.seats if m != name and case.holds(m, *ALL) and self.known.members[m]]
        allowed = case.holds(who, *ALL) and name in case.seats and bool(keepers)
        gone = [m for m in case.seats if m == name or not self.known.members[m]]
        for member in set(gone) & self.open.keys() if allowed else ():
            self.open[member].refresh()
            self.take_along(member, case)
        if self.attempt(who, allowed, lambda v: revoke_case(v, case.id, self.ids[name])) is not None:
            case.seats = {m: held for m, held in case.seats.items() if m not in gone}

    @precondition(lambda self: self.known.cases)
    @rule(by=SOME, at=SOME)
    def renew(self, by, at):
        case = self.case(at)
        who = self.someone(by, case)
        if self.attempt(who, case.holds(who, *ALL), lambda v: renew_case(v, case.id)) is not None:
            case.seats = {m: held for m, held in case.seats.items() if self.known.members[m]}
