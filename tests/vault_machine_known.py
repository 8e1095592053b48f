"""A plain account of a vault: who was granted what, and which words stand where. Nothing of the program is in it.

Every record carries words of its own: ``qzi12q`` in what says who somebody is, ``qzc13q`` in what is told, a day of the
nineties in who told whom, ``qze14q`` in evidence. So it can be asked of any text whose words it holds.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

ALL = ("identity", "chain", "content", "evidence")
WORDS = re.compile(r"qz[ice]\d+q|199\d-\d\d-\d\d")
_NUMBERS = count(1)


def words_in(text):
    """The words of records that stand in a text."""
    return frozenset(WORDS.findall(text))


def new_word(compartment):
    """A word that was never there before."""
    number = next(_NUMBERS)
    if compartment == "chain":
        return (date(1990, 1, 1) + timedelta(days=number % 3650)).isoformat()
    return f"qz{compartment[0]}{number}q"


@dataclass
class Family:
    """Somebody who tells, and a relative; both are in one household."""

    household: str
    label: str
    teller: str
    relative: str
    names: dict
    teller_is_there: bool = True
    relative_is_there: bool = True

    @property
    def people(self):
        """The ids of who is there."""
        both = ((self.teller, self.teller_is_there), (self.relative, self.relative_is_there))
        return [name for name, there in both if there]


@dataclass
class Deed:
    """An act against the relative of a family, because of who tells; ``told`` by accounts, or never by any."""

    family: int
    told: set


@dataclass
class Account:
    """An account of a family's teller: its word, and the day of its chain."""

    family: int
    text: str
    day: str


@dataclass
class KnownCase:
    """A case as it must be."""

    id: str
    seats: dict
    families: dict = field(default_factory=dict)
    deeds: dict = field(default_factory=dict)
    accounts: dict = field(default_factory=dict)
    consents: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    drafts: list = field(default_factory=list)
    gone: set = field(default_factory=set)
    numbers: count = field(default_factory=lambda: count(1))

    def holds(self, member, *compartments):
        """Whether a member has a seat and all these compartments."""
        return member in self.seats and set(compartments) <= self.seats[member]

    def words(self, compartments):
        """The words of the case that whoever holds some compartments reads in it, as it is put together."""
        found = set()
        for family in self.families.values():
            if "identity" in compartments and family.people:
                found |= {family.household, family.label, *family.people}
                found |= {family.names[p] for p in family.people}
        if {"identity", "content"} <= set(compartments):
            found |= {*self.deeds, *self.accounts, *self.consents}
        if "content" in compartments:
            found |= {a.text for a in self.accounts.values()}
        if {"chain", "content"} <= set(compartments):
            found |= {a.day for a in self.accounts.values()}
        if "evidence" in compartments:
            found |= {file.name for file in self.files.values()}
        return found

    def keys_open(self, compartments):
        """The words that lie under the keys of some compartments, drafts among them, whether shown or not."""
        found = self.words(ALL)
        kinds = {"identity": "qzi", "content": "qzc", "evidence": "qze", "chain": "199"}
        found = {w for w in found if any(w.startswith(kinds[c]) for c in compartments)}
        return found | (set(self.drafts) if "content" in compartments else set())

    def hits(self, compartments):
        """How many records of which kind a search for what all words begin with must find."""
        found = {"person": 0, "household": 0, "testimony": 0, "attachment": 0}
        if "identity" in compartments:
            found["person"] = sum(len(f.people) for f in self.families.values())
            found["household"] = sum(bool(f.people) for f in self.families.values())
        if "content" in compartments:
            found["testimony"] = len(self.accounts)
        if "evidence" in compartments:
            found["attachment"] = len(self.files)
        return {kind: n for kind, n in found.items() if n}

    def withdraw(self, accounts, teller_of=None):
        """Accounts go, who tells of one family perhaps too, and whatever and whoever is known from nothing else."""
        before = self.words(ALL)
        for name in accounts:
            del self.accounts[name]
            self.files = {i: f for i, f in self.files.items() if f.account != name}
            for act in [a for a, deed in self.deeds.items() if name in deed.told]:
                self.deeds[act].told.discard(name)
                if not self.deeds[act].told:
                    del self.deeds[act]
        if teller_of is not None:
            self.families[teller_of].teller_is_there = False
        for number, family in self.families.items():
            is_known = self._is_known(number)
            family.teller_is_there &= is_known
            family.relative_is_there &= is_known
        self.consents = {c: held for c, held in self.consents.items() if self.families[held[0]].teller_is_there}
        self.gone |= before - self.words(ALL)

    def _is_known(self, number):
        """Whether anything speaks of a family: whoever tells is known from what was done to the relative, and so on."""
        told = any(a.family == number for a in self.accounts.values())
        return told or any(d.family == number for d in self.deeds.values())

    def may_leave(self, purpose):
        """The words of the accounts that may leave for a purpose."""
        agreed = {family for family, what, in_force in self.consents.values() if what == purpose and in_force}
        return {a.text for a in self.accounts.values() if a.family in agreed}


@dataclass
class File:
    """A file of an account, or of none."""

    name: str
    account: str | None
    content: bytes


@dataclass
class Known:
    """A vault as it must be: members by name (whether they still are one, whether they administer), and its cases."""

    members: dict = field(default_factory=dict)
    administrators: set = field(default_factory=set)
    cases: list = field(default_factory=list)

    def is_closed(self, case):
        """Whether somebody who left still has a seat."""
        return any(not self.members[m] for m in case.seats)
