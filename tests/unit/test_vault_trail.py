"""The trail: each entry follows the one before, is signed by whom it names, and says to whom it may what was done."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import DamagedVault
from bearwitness.vault.cards import Directory, Member
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.rows import GENESIS, Head
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.trail import REFUSED, Act, Seals, entry_maker, is_genesis, read_entry, verify_trail

KEYS = {name: MemberKeys.generate() for name in ("m-hana", "m-min")}
MEMBERS = {
    name: Member(id=name, name=name, administrator=False, keys=k.public, added_by="m-hana", added_at="")
    for name, k in KEYS.items()
}
DIRECTORY = Directory(organisation="o-1", members=MEMBERS, pairs={})
ORGANISATION = (SecretKey.generate(), SecretKey.generate())
ROSTER, OTHER_ROSTER = SecretKey.generate(), SecretKey.generate()


def noon():
    return datetime(2024, 3, 1, 12, 30, 5, 999, tzinfo=UTC)


def entry(head, act, *, actor="m-hana", keys=None, seals=None, wrote=None, removed=None):
    seals = seals or Seals(organisation="o-1", keys=ORGANISATION, roster=ROSTER, epoch=2)
    maker = entry_maker(act, actor=actor, keys=keys or KEYS[actor], seals=seals, wrote=wrote or {}, now=noon)
    return maker(head, removed or {})


def chain(*acts, **more):
    rows, head = [], Head()
    for act in acts:
        rows.append(entry(head, act, **more))
        head = Head(number=rows[-1].number, hash=rows[-1].hash)
    return rows


ROWS = chain(
    Act(action="vault.init", things={"member": "m-hana"}), Act(action="search", case="c-1", things={"found": 3}),
    Act(action="access", case="c-1", outcome=REFUSED), Act(action="vault.unlock"),
)  # fmt: skip


def verify(rows, **more):
    return verify_trail(rows, directory=DIRECTORY, keys=ORGANISATION, **more)


def read(row, *rosters):
    return read_entry(row, organisation="o-1", keys=ORGANISATION, rosters={2: rosters})


def broken(number, rows, **more):
    with pytest.raises(DamagedVault, match=f"^entry {number} of the trail"):
        verify(rows, **more)


def test_a_whole_trail_holds():
    """Every entry is there with who did what, whether it was done, and what it wrote and took away."""
    found = verify(ROWS)
    assert [(e.number, e.actor, e.action, e.outcome) for e in found] == [
        (1, "m-hana", "vault.init", "done"), (2, "m-hana", "search", "done"), (3, "m-hana", "access", "refused"),
        (4, "m-hana", "vault.unlock", "done")]  # fmt: skip
    assert {e.at for e in found} == {"2024-03-01T12:30:05+00:00"}
    counted = entry(Head(), Act(action="import"), wrote={"record": 5}, removed={7: 2, 3: 1})
    assert (verify([counted])[0].wrote, verify([counted])[0].removed) == ({"record": 5}, {3: 1, 7: 2})


@given(st.integers(0, 2))
def test_a_missing_entry_is_named(at):
    """Whichever is taken out of the middle, the first one that is not there is named."""
    broken(at + 1, ROWS[:at] + ROWS[at + 1 :])


def test_two_entries_that_change_places_are_noticed():
    """The order is part of what is signed."""
    broken(2, [ROWS[0], ROWS[2], ROWS[1], ROWS[3]])


@pytest.mark.parametrize("changed", [
    {"at": "2024-03-02T12:30:05+00:00"}, {"before": GENESIS}, {"hash": "1" * 64}, {"sealed": b""},
    {"sealed": ROWS[0].sealed}, {"signature": ROWS[0].signature}, {"signature": b""}])  # fmt: skip
def test_a_changed_entry_is_named(changed):
    """Whatever of an entry is changed, it is that one that does not hold."""
    broken(2, [ROWS[0], replace(ROWS[1], **changed), *ROWS[2:]])


def test_an_entry_is_signed_by_whom_it_names():
    """Nobody writes an entry in another's name, and a stranger writes none."""
    broken(1, [entry(Head(), Act(action="x"), actor="m-hana", keys=KEYS["m-min"])])
    broken(1, [entry(Head(), Act(action="x"), actor="m-nobody", keys=KEYS["m-min"])])


def test_a_rewritten_end_is_noticed_by_whoever_saw_the_old_one():
    """A member who forges their own past entries makes a chain that holds, and not the head that was seen."""
    seen = Head(number=4, hash=ROWS[3].hash)
    forged = chain(Act(action="vault.init"), Act(action="nothing"), Act(action="nothing"), Act(action="vault.unlock"))
    assert verify(forged)
    broken(4, forged, last=seen)
    assert verify(ROWS, last=seen)


def test_a_shortened_trail_is_noticed_by_whoever_saw_more():
    """An older copy holds in itself, and lacks what was seen."""
    assert verify(ROWS[:2])
    broken(3, ROWS[:2], last=Head(number=4, hash=ROWS[3].hash))
    broken(1, [], last=Head(number=1, hash=ROWS[0].hash))


def test_only_those_in_a_case_read_what_was_done_in_it():
    """Others see that something was done, by whom, and neither the case nor the things."""
    inside, outside = read(ROWS[1], OTHER_ROSTER, ROSTER), read(ROWS[1], OTHER_ROSTER)
    assert (inside.case, inside.things, inside.readable) == ("c-1", {"found": 3}, True)
    assert (outside.case, outside.things, outside.readable) == ("", {}, False)
    assert (outside.actor, outside.action) == ("m-hana", "search")
    assert read(ROWS[0]).things == {"member": "m-hana"}


def test_the_things_of_an_entry_do_not_move_to_another():
    """What was sealed for one number does not open as another's, even with all the keys."""
    with pytest.raises(DamagedVault, match="entry 4"):
        read(replace(ROWS[1], number=4), ROSTER)


def test_without_the_organisations_key_nothing_is_read():
    """Neither with an earlier key nor with another organisation's."""
    for keys in (ORGANISATION[:1], (SecretKey.generate(), SecretKey.generate()), ()):
        with pytest.raises(DamagedVault, match="entry 2"):
            read_entry(ROWS[1], organisation="o-1", keys=keys, rosters={})
    with pytest.raises(DamagedVault, match="entry 2"):
        read_entry(ROWS[1], organisation="o-2", keys=ORGANISATION, rosters={})


def test_an_act_in_a_case_is_never_sealed_for_all():
    """Without the roster key nothing is written, so that no case is named to everybody by mistake."""
    with pytest.raises(ValueError, match="roster"):
        entry(Head(), Act(action="x", case="c-1"), seals=Seals(organisation="o-1", keys=ORGANISATION))


def test_entries_of_different_acts_have_one_size():
    """From outside nobody tells a refusal from a search, or one case from another."""
    kinds = product(("search", "access"), ("c-1", "c-22"), ("done", REFUSED))
    rows = chain(*(Act(action=action, case=case, outcome=outcome) for action, case, outcome in kinds))
    assert len({len(row.sealed) for row in rows}) == 1


def test_the_beginning_is_no_entry():
    """The head of an empty trail."""
    assert is_genesis(Head())
    assert not is_genesis(Head(number=1, hash=ROWS[0].hash))
