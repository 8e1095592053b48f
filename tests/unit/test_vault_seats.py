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
    read_roster,
    seal_roster,
)

KEYS = {name: MemberKeys.generate() for name in ("m-hana", "m-min", "m-duri")}
MEMBERS = {
    name: Member(id=name, name=name, administrator=False, keys=KEYS[name].public, added_by="m-hana", added_at="")
    for name in ("m-hana", "m-min")
}
DIRECTORY = Directory(organisation="o-1", members=MEMBERS, pairs={})
HELD = Held(case="c-1", epoch=1, compartment="content", key=SecretKey.generate(), by="m-hana")


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


RK = {("roster", epoch): SecretKey.generate() for epoch in (1, 2, 3)}
WHOLE = ALL[1:]


def seats(**held):
    """A roster in which members hold some compartments."""
    made = (Seat(member=f"m-{m}", compartments=tuple(c), grants=(), by="m-hana", at="") for m, c in held.items())
    return Roster(name="the Ahn case", seats=tuple(made))


def row(version, roster, *, by="m-hana", epoch=1, signer=None, case="c-1"):
    return seal_roster(
        case, version, epoch, roster, organisation="o-1", key=RK["roster", epoch], by=by, signer=KEYS[signer or by]
    )


def read(*rows, keys=RK, **more):
    return read_roster(rows, directory=DIRECTORY, keys=keys, **more)


FIRST = row(1, seats(hana=WHOLE))
SECOND = row(2, seats(hana=WHOLE, min=["content"]))


def test_a_roster_opens_in_its_place():
    """The name and the seats of the newest version, as they were sealed; also where the first were read before."""
    found = read(FIRST, SECOND)
    assert found == (SECOND, seats(hana=WHOLE, min=["content"]))
    assert found == read(SECOND, known=read(FIRST))
    assert b"Ahn" not in SECOND.sealed
    assert found[1].seat("m-min").compartments == ("content",)
    assert found[1].seat("m-duri") is None


@pytest.mark.parametrize("moved", [{"id": "c-2"}, {"version": 1}, {"version": 3}, {"epoch": 2}, {"sealed": b""}])
def test_a_roster_that_was_moved_does_not_open(moved):
    """Another case's, another version or epoch, or a changed one is found out."""
    with pytest.raises(DamagedVault, match="roster of case"):
        read(FIRST, replace(SECOND, **moved))


@pytest.mark.parametrize("rows", [
    [SECOND], [FIRST, row(3, seats(hana=WHOLE))], [FIRST, FIRST], [SECOND, FIRST],
    [row(1, seats(hana=["content"]))], [row(1, seats(hana=WHOLE), by="m-min")],
])  # fmt: skip
def test_a_case_begins_with_its_maker_and_misses_no_version(rows):
    """One that is missing, put in twice or out of order, or made by somebody else than who holds it."""
    with pytest.raises(DamagedVault):
        read(*rows)


def test_without_the_epochs_key_a_roster_stays_closed():
    """Whoever left before the epoch began does not read who is in the case."""
    for keys in ({}, {("roster", 2): RK["roster", 1]}, {("content", 1): RK["roster", 1]}):
        with pytest.raises(DamagedVault):
            read(FIRST, keys=keys)


@pytest.mark.parametrize(("by", "epoch", "after"), [
    ("m-min", 1, {"hana": WHOLE, "min": ["content", "chain"]}), ("m-min", 1, {"hana": ["content"], "min": ["content"]}),
    ("m-min", 1, {"min": ["content"]}), ("m-min", 2, {"hana": WHOLE, "min": ["content"]}),
    ("m-min", 1, {"hana": WHOLE, "min": ["content"], "duri": ["identity"]}),
    ("m-hana", 3, {"hana": WHOLE, "min": ["content"]}),
])  # fmt: skip
def test_nobody_changes_more_of_a_roster_than_they_hold(by, epoch, after):
    """Who holds a part gives no more than that, takes nobody out, and begins no epoch; and no epoch is left out."""
    with pytest.raises(DamagedVault, match="may not"):
        read(FIRST, SECOND, row(3, seats(**after), by=by, epoch=epoch))


@pytest.mark.parametrize(("by", "signer"), [("m-duri", "m-duri"), ("m-hana", "m-min"), ("m-min", "m-duri")])
def test_nobody_outside_makes_a_roster(by, signer):
    """Neither a stranger, nor anybody in another's name."""
    with pytest.raises(DamagedVault, match="may not"):
        read(FIRST, SECOND, row(3, seats(hana=WHOLE, min=["content"]), by=by, signer=signer))


def test_a_member_of_the_house_without_a_seat_makes_no_roster():
    """Belonging to the organisation is no right to any case."""
    with pytest.raises(DamagedVault, match="may not"):
        read(FIRST, row(2, seats(hana=WHOLE, min=["content"]), by="m-min", epoch=2))


def test_who_may_change_a_roster_changes_it():
    """A holder of a part lets somebody in to that part; a keeper takes them out again and begins an epoch."""
    shared = row(3, seats(hana=WHOLE, min=["content"], duri=["content"]), by="m-min")
    renewed = row(4, seats(hana=WHOLE), epoch=2)
    assert read(FIRST, SECOND, shared, renewed)[1] == seats(hana=WHOLE)


def test_sub_keys_are_found_by_case_compartment_and_epoch():
    """What a member holds of two cases and two epochs does not mix."""
    held = [
        Held(case=case, epoch=epoch, compartment=c, key=SecretKey.generate(), by="m-hana")
        for case in ("c-1", "c-2") for epoch in (1, 2) for c in ALL
    ]  # fmt: skip
    found = keys_by_case(held)
    assert {c: len(k) for c, k in found.items()} == {"c-1": 10, "c-2": 10}
    assert all(found[h.case][h.compartment, h.epoch] is h.key for h in held)
