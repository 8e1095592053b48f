"""The book of slots: a passphrase opens its own slot, and nobody can count the members from outside."""

import json
from dataclasses import replace

import pytest

from bearwitness.errors import DamagedVault, UnlockError
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.passphrase import Cost
from bearwitness.vault.sealing import SecretKey, Unsealable
from bearwitness.vault.slots import (
    Book,
    VaultKeys,
    dump_book,
    fill_up,
    load_book,
    make_slot,
    new_id,
    open_slot,
    put_slot,
    unwrap_vault_keys,
    wrap_for_nobody,
)

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
VAULT = VaultKeys(SecretKey.generate(), (SecretKey.generate(), SecretKey.generate()))
FOUNDER = bytes(range(32))
KEYS = {f"m-{n}": MemberKeys.generate() for n in range(9)}
# The point of X25519 lies behind what ML-KEM encapsulates.
LAST_OF_POINT = 1088 + 31


def book_of(members):
    """A book with these members' slots, filled up."""
    book = Book(organisation="o-1")
    for member in members:
        book = put_slot(book, make_slot(book, member, KEYS[member], FOUNDER, VAULT, f"words of {member}", CHEAP))
    return fill_up(book, frozenset(members), CHEAP)


def same(one, other):
    return one.to_bytes() == other.to_bytes()


def test_a_passphrase_opens_its_own_slot():
    """The member's keys, the founder's fingerprint, and the vault's keys are there."""
    book = load_book(dump_book(book_of(["m-0", "m-1"])))
    found = open_slot(book, "m-1", "words of m-1")
    assert (found.keys.raw, found.founder) == (KEYS["m-1"].raw, FOUNDER)
    assert same(found.vault_keys, VAULT)


@pytest.mark.parametrize(("member", "words"), [
    ("m-0", "words of m-1"), ("m-nobody", "words of m-0"), ("m-0", "Words of m-0"), ("", "")])  # fmt: skip
def test_a_wrong_member_and_a_wrong_passphrase_are_answered_the_same(member, words):
    """Who tries is not told which of both was wrong."""
    with pytest.raises(UnlockError) as refused:
        open_slot(book_of(["m-0", "m-1"]), member, words)
    assert str(refused.value) == str(UnlockError("the member or the passphrase is wrong.", hint=refused.value.hint))


def test_a_decoy_opens_with_nothing():
    """Not even with the passphrase of a member."""
    book = book_of(["m-0"])
    for slot in book.slots:
        if slot.member != "m-0":
            with pytest.raises(UnlockError):
                open_slot(book, slot.member, "words of m-0")


@pytest.mark.parametrize("count", range(1, 10))
def test_the_number_of_slots_is_a_multiple_of_eight(count):
    """One member or eight make eight slots, nine make sixteen."""
    assert len(book_of(list(KEYS)[:count]).slots) == (8 if count <= 8 else 16)


def test_a_decoy_looks_like_a_slot():
    """Every field of every slot has the length, the beginning and the cost that the others have."""
    found = json.loads(dump_book(book_of(["m-0", "m-1", "m-2"])))["slots"]
    shapes = {tuple((k, len(v) if isinstance(v, str) else v) for k, v in s.items() if k != "member") for s in found}
    assert len(shapes) == 1
    assert len({s.private[:3] for s in book_of(["m-0"]).slots}) == 1


def test_a_decoy_holds_a_point_of_x25519_as_a_slot_does():
    """No bit that wrapped keys never have set is set in a decoy: of random ones, every second would show itself."""
    decoys = [s for _ in range(8) for s in book_of(["m-0"]).slots if s.member != "m-0"]
    assert not any(s.vault_keys[LAST_OF_POINT] & 0x80 for s in decoys)
    assert {len(wrap_for_nobody())} == {len(s.vault_keys) for s in book_of(["m-0"]).slots}


def test_slots_stand_in_no_order_of_joining():
    """Where a slot stands follows from its opaque id, not from when it was made."""
    for members in (["m-0", "m-1", "m-2"], ["m-2", "m-0", "m-1"]):
        names = [s.member for s in book_of(members).slots]
        assert names == sorted(names)


def test_filling_up_keeps_decoys_that_are_there():
    """A new member takes the place of one decoy; the others stay, so that no decoy shows itself by changing."""
    before = book_of(["m-0"])
    slot = make_slot(before, "m-1", KEYS["m-1"], FOUNDER, VAULT, "words of m-1", CHEAP)
    after = fill_up(put_slot(before, slot), frozenset({"m-0", "m-1"}), CHEAP)
    assert len(set(before.slots) & set(after.slots)) == 7


@pytest.mark.parametrize("field", ["member", "salt", "cost"])
def test_a_slot_is_bound_to_its_member_salt_and_cost(field):
    """A slot under another name, or with a cheaper cost written into it, does not open."""
    book = book_of(["m-0"])
    changed = {"member": "m-1", "salt": bytes(16), "cost": Cost(memory_kib=128, passes=1, lanes=1)}[field]
    slots = tuple(replace(s, **{field: changed}) if s.member == "m-0" else s for s in book.slots)
    with pytest.raises(UnlockError):
        open_slot(replace(book, slots=slots), "m-1" if field == "member" else "m-0", "words of m-0")


def test_the_vaults_keys_are_wrapped_to_one_member_of_one_organisation():
    """Another member's, and another organisation's, do not open."""
    wrapped = next(s for s in book_of(["m-0"]).slots if s.member == "m-0").vault_keys
    assert same(unwrap_vault_keys("o-1", "m-0", KEYS["m-0"], wrapped), VAULT)
    for organisation, member, keys in (("o-2", "m-0", "m-0"), ("o-1", "m-1", "m-0"), ("o-1", "m-0", "m-1")):
        with pytest.raises(Unsealable):
            unwrap_vault_keys(organisation, member, KEYS[keys], wrapped)


def test_the_length_of_the_vaults_keys_does_not_tell_how_many_left():
    """One key of the organisation or a hundred and twenty-six take the same room; one more is refused."""
    lengths = {len(VaultKeys(VAULT.database, (SecretKey(bytes(32)),) * n).to_bytes()) for n in (1, 14, 15, 126)}
    assert len(lengths) == 1
    with pytest.raises(ValueError, match="too many"):
        VaultKeys(VAULT.database, (SecretKey(bytes(32)),) * 127).to_bytes()
    many = VaultKeys(VAULT.database, tuple(SecretKey(bytes([n]) * 32) for n in range(126)))
    assert same(VaultKeys.from_bytes(many.to_bytes()), many)


@pytest.mark.parametrize("text", [
    b"", b"{}", b"[]", b"null", b"\xff", b'{"bearwitness": "slots", "version": 2}',
    b'{"bearwitness": "slots", "version": 1, "organisation": "o", "slots": [{}], "recovery": null}'])  # fmt: skip
def test_a_book_that_is_none_is_refused(text):
    """Whatever lies there instead, it is said that the book cannot be read, and nothing of what lies there."""
    with pytest.raises(DamagedVault, match="cannot be read"):
        load_book(text)


def test_ids_are_opaque():
    """Ids say their kind only and do not repeat."""
    found = {new_id("m") for _ in range(1000)}
    assert len(found) == 1000
    assert all(len(i) == 10 and i.startswith("m-") for i in found)
