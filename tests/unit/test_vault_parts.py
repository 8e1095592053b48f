"""A part of a record opens where it lies, for whoever holds its compartment, while one of its carriers is there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import DamagedVault
from bearwitness.vault.parts import UnitKeys, open_part, read_carriers, seal_part
from bearwitness.vault.rows import COMPARTMENTS
from bearwitness.vault.sealing import SecretKey, Unsealable, bucket_size

UNITS = [f"{n:032x}" for n in range(1, 6)]
ROW = ("testimony", "a" * 32, 3)
SUB_KEYS = {(c, epoch): SecretKey.generate() for c in COMPARTMENTS for epoch in (1, 2)}


def keys_of(stored=(), *, sub_keys=SUB_KEYS, epoch=1, case="c-1", organisation="o-1", destroyed=()):
    kept = {(k.unit, k.compartment, k.epoch): k.sealed for k in stored}
    return UnitKeys(organisation, case, epoch, sub_keys, kept, destroyed)


def seal(plain=b"said", *, carriers=UNITS[:1], compartment="content", keys=None, row=ROW):
    keys = keys or keys_of()
    return seal_part(plain, row=row, compartment=compartment, carriers=carriers, keys=keys), keys.made


def read(sealed, stored, *, row=ROW, compartment="content", **more):
    return open_part(sealed, row=row, compartment=compartment, keys=keys_of(stored, **more))


@given(st.binary(max_size=300), st.integers(1, 5))
def test_a_part_opens_by_each_of_its_carriers(plain, count):
    """However many carry it, one is enough as long as the others were destroyed; without any it is gone."""
    sealed, made = seal(plain, carriers=UNITS[:count])
    for kept in made:
        assert read(sealed, [kept], destroyed=set(UNITS[:count]) - {kept.unit}) == plain
    assert read(sealed, [], destroyed=UNITS[:count]) is None
    assert [unit for unit, _ in read_carriers(sealed)] == UNITS[:count]


def test_a_key_that_nobody_destroyed_is_missed():
    """Whoever takes keys out of the database does not make a record look withdrawn: it is damage, and is named."""
    sealed, made = seal(carriers=UNITS[:2])
    assert read(sealed, made[1:]) == b"said"
    with pytest.raises(DamagedVault, match=UNITS[1]):
        read(sealed, [], destroyed=UNITS[:1])


@pytest.mark.parametrize("moved", [
    {"row": ("act", ROW[1], 3)}, {"row": (ROW[0], "b" * 32, 3)}, {"row": (ROW[0], ROW[1], 2)}, {"case": "c-2"},
    {"organisation": "o-2"},
])  # fmt: skip
@pytest.mark.parametrize("count", [1, 3])
def test_a_part_that_was_moved_does_not_open(moved, count):
    """In another row, version, case or organisation it is refused, also where its keys are at hand."""
    sealed, made = seal(carriers=UNITS[:count])
    keys = keys_of(made)
    opened = {(k.unit, k.compartment, k.epoch): keys.get(k.unit, k.compartment, k.epoch) for k in made}
    elsewhere = keys_of(made, **{k: v for k, v in moved.items() if k != "row"})
    elsewhere._open.update(opened)
    with pytest.raises(Unsealable):
        open_part(sealed, row=moved.get("row", ROW), compartment="content", keys=elsewhere)


def test_a_part_is_of_one_compartment():
    """Read as another compartment it does not open, whether that one's unit has a key or none."""
    sealed, made = seal()
    _, others = seal(compartment="chain")
    with pytest.raises(Unsealable):
        read(sealed, [*made, *others], compartment="chain")
    with pytest.raises(DamagedVault):
        read(sealed, made, compartment="chain")


@pytest.mark.parametrize("compartment", COMPARTMENTS)
def test_without_the_sub_key_a_part_stays_closed(compartment):
    """Whoever holds all compartments but one reads nothing of that one, and is not told it is damaged."""
    sealed, made = seal(compartment=compartment)
    others = {held: key for held, key in SUB_KEYS.items() if held[0] != compartment}
    assert read(sealed, made, compartment=compartment, sub_keys=others) is None
    assert read(sealed, made, compartment=compartment) == b"said"


def test_a_new_epoch_seals_with_new_keys_and_reads_the_old():
    """Whoever has the keys of both epochs reads both; to who left after the first the second's are missing."""
    old, first = seal(b"before")
    new, second = seal(b"after", keys=keys_of(first, epoch=2))
    assert read(old, [*first, *second], epoch=2) == b"before"
    assert read(new, [*first, *second], epoch=2) == b"after"
    left = {held: key for held, key in SUB_KEYS.items() if held[1] == 1}
    assert read(old, [*first, *second], sub_keys=left) == b"before"
    with pytest.raises(DamagedVault):
        read(new, [*first, *second], sub_keys=left)


def test_a_unit_has_one_key_in_an_epoch():
    """Made when it is first needed, told once, and used again for what comes later."""
    keys = keys_of()
    assert not keys.exists(UNITS[0], "content", 1)
    one, _ = seal(b"one", keys=keys)
    two, _ = seal(b"two", keys=keys, row=("act", "b" * 32, 1))
    assert len(keys.made) == 1
    assert keys.exists(UNITS[0], "content", 1)
    assert read(one, keys.made) == b"one"
    assert read(two, keys.made, row=("act", "b" * 32, 1)) == b"two"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_changed_byte_is_noticed(count):
    """Wherever a part is changed, it does not open as something else."""
    sealed, made = seal(carriers=UNITS[:count])
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        try:
            found = read(bytes(changed), made)
        except (Unsealable, DamagedVault):
            continue
        # A byte of the other carriers' wrapped keys: the part is read by the first, and is the same. A changed epoch
        # of the carriers is one whose sub-key the reader does not have.
        assert found == b"said" or (found is None and (at - 4) % 20 >= 16)


@pytest.mark.parametrize(
    "sealed", [b"", b"bp\x01", b"bp\x01\x00", b"bp\x02\x01" + bytes(99), b"bp\x01\x05" + bytes(60)]
)
def test_what_is_no_part_is_refused(sealed):
    """Where the carriers cannot be read, nothing is guessed."""
    with pytest.raises(Unsealable):
        read_carriers(sealed)


def test_a_key_that_was_swapped_is_named():
    """One unit's key put in place of another's does not open, and the unit is named."""
    sealed, made = seal(carriers=UNITS[:2])
    swapped = [replace(made[0], unit=made[1].unit)]
    with pytest.raises(DamagedVault, match=made[1].unit):
        read(sealed, swapped, destroyed=UNITS[:1])


def test_the_size_of_a_part_is_that_of_a_bucket():
    """Texts of different length within a bucket cannot be told apart."""
    sizes = {len(seal(b"x" * n)[0]) for n in range(60)}
    assert len(sizes) == 1
    assert len(seal(b"x" * 61)[0]) - sizes.pop() == bucket_size(65) - bucket_size(64)


@pytest.mark.parametrize("count", [0, 256])
def test_a_part_has_1_to_255_carriers(count):
    """Others cannot be written down."""
    with pytest.raises(ValueError, match="carriers"):
        seal(carriers=[f"{n:032x}" for n in range(count)])
