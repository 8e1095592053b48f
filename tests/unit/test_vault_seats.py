"""Grants and rosters: a sub-key reaches the member it is wrapped to, signed by who gave it, and tells of no other."""

from dataclasses import replace

import pytest

from bearwitness.errors import DamagedVault
from bearwitness.vault.cards import Directory, Member
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.seats import (
    ALL,
    Held,
    Roster,
    Seat,
    keys_by_case,
    mailbox_of,
    make_grant,
    new_epoch,
    open_grant,
    open_roster,
    seal_roster,
)

KEYS = {name: MemberKeys.generate() for name in ("m-hana", "m-min", "m-duri")}
MEMBERS = {
    name: Member(id=name, name=name, administrator=False, keys=KEYS[name].public, added_by="m-hana", added_at="")
    for name in ("m-hana", "m-min")
}
DIRECTORY = Directory(organisation="o-1", members=MEMBERS, pairs={})
HELD = Held(case="c-1", epoch=1, compartment="content", key=SecretKey.generate(), by="m-hana")
SEAT = Seat(member="m-hana", compartments=("identity", "content"), grants=("g-1", "g-2"), by="m-hana", at="2024")
ROSTER = Roster(name="the Ahn case", seats=(SEAT,))


def grant(held=HELD, *, name="g-1", member="m-min", keys=None, signer="m-hana", organisation="o-1"):
    return make_grant(
        name, held, organisation=organisation, member=member, keys=(keys or KEYS[member]).public, mailbox="x",
        signer=KEYS[signer],
    )  # fmt: skip


def open_as(made, member="m-min"):
    return open_grant(made, directory=DIRECTORY, member=member, keys=KEYS[member])


def test_the_one_it_is_for_opens_a_grant():
    """The sub-key, its case, epoch and compartment, and who gave it."""
    found = open_as(grant())
    assert found.key.raw == HELD.key.raw
    assert (found.case, found.epoch, found.compartment, found.by) == ("c-1", 1, "content", "m-hana")


@pytest.mark.parametrize("made", [
    lambda: grant(member="m-hana"), lambda: replace(grant(), id="g-2"), lambda: grant(organisation="o-2"),
    lambda: grant(replace(HELD, by="m-duri"), signer="m-duri"), lambda: grant(signer="m-duri"),
    lambda: grant(replace(HELD, by="recovery")), lambda: replace(grant(), wrapped=grant().wrapped[:-1]),
    lambda: replace(grant(), wrapped=b""),
])  # fmt: skip
def test_a_grant_that_nobody_could_give_is_named(made):
    """Wrapped to somebody else, moved, of another organisation, signed by a stranger or for one, or cut."""
    forged = made()
    with pytest.raises(DamagedVault, match=forged.id):
        open_as(forged)


class Pen:
    """Signs what it is asked to, or gives a signature that was made for something else."""

    def __init__(self, copied=None):
        self.last = copied

    def sign(self, message):
        self.last = self.last or KEYS["m-hana"].sign(message)
        return self.last


@pytest.mark.parametrize("other", [
    {"case": "c-2"}, {"epoch": 2}, {"compartment": "chain"}, {"by": "m-min"}, {"key": SecretKey.generate()},
])  # fmt: skip
def test_a_signature_is_for_one_sub_key_of_one_case(other):
    """What one grant was signed for cannot be used for another case, epoch, compartment, giver or key."""
    pen, to = Pen(), {"organisation": "o-1", "member": "m-min", "keys": KEYS["m-min"].public, "mailbox": "x"}
    honest = make_grant("g-1", HELD, signer=pen, **to)
    assert open_as(honest).key.raw == HELD.key.raw
    made = make_grant("g-1", replace(HELD, **other), signer=Pen(pen.last), **to)
    with pytest.raises(DamagedVault, match="g-1"):
        open_as(made)


def test_one_compartment_tells_nothing_of_another():
    """The sub-keys of an epoch differ from each other and from those of the next."""
    one, two = new_epoch(), new_epoch()
    assert set(one) == set(ALL)
    assert len({k.raw for k in (*one.values(), *two.values())}) == 2 * len(ALL)


def test_the_grants_of_a_compartment_look_like_those_of_another():
    """All grants have one size, so that nobody sees from outside what was granted."""
    held = [replace(HELD, compartment=c, epoch=e) for c in ALL for e in (1, 999)]
    assert len({len(grant(h, member=m).wrapped) for h in held for m in ("m-hana", "m-min")}) == 1


def test_a_mailbox_is_the_same_for_one_member_and_names_nobody():
    """Whoever has no key of the organisation cannot tell whose it is."""
    key, other = SecretKey.generate(), SecretKey.generate()
    assert mailbox_of("m-hana", key) == mailbox_of("m-hana", key)
    assert len({mailbox_of(m, k) for m in ("m-hana", "m-min") for k in (key, other)}) == 4
    assert "hana" not in mailbox_of("m-hana", key)


def test_a_roster_opens_in_its_place():
    """The name and the seats, as they were sealed."""
    keys = new_epoch()
    row = seal_roster("c-1", 3, 1, ROSTER, organisation="o-1", key=keys["roster"])
    assert b"Ahn" not in row.sealed
    assert open_roster(row, organisation="o-1", keys={("roster", 1): keys["roster"]}) == ROSTER
    assert ROSTER.seat("m-hana") == SEAT
    assert ROSTER.seat("m-min") is None


@pytest.mark.parametrize("moved", [{"id": "c-2"}, {"version": 2}, {"epoch": 2}, {"sealed": b""}])
def test_a_roster_that_was_moved_does_not_open(moved):
    """An earlier roster put in place of a later one, or another case's, is found out; so is one of another epoch."""
    keys = {("roster", 1): SecretKey.generate(), ("roster", 2): SecretKey.generate()}
    row = seal_roster("c-1", 3, 1, ROSTER, organisation="o-1", key=keys["roster", 1])
    with pytest.raises(DamagedVault, match="roster of case"):
        open_roster(replace(row, **moved), organisation="o-1", keys=keys)


def test_without_the_epochs_key_a_roster_stays_closed():
    """Whoever left before the epoch began does not read who is in the case."""
    keys = new_epoch()
    row = seal_roster("c-1", 3, 2, ROSTER, organisation="o-1", key=keys["roster"])
    for held in ({}, {("roster", 1): keys["roster"]}, {("content", 2): keys["content"]}):
        with pytest.raises(DamagedVault):
            open_roster(row, organisation="o-1", keys=held)


def test_sub_keys_are_found_by_case_compartment_and_epoch():
    """What a member holds of two cases and two epochs does not mix."""
    held = [
        Held(case=case, epoch=epoch, compartment=c, key=SecretKey.generate(), by="m-hana")
        for case in ("c-1", "c-2") for epoch in (1, 2) for c in ALL
    ]  # fmt: skip
    found = keys_by_case(held)
    assert {c: len(k) for c, k in found.items()} == {"c-1": 10, "c-2": 10}
    assert all(found[h.case][h.compartment, h.epoch] is h.key for h in held)
