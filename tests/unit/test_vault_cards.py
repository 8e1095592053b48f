"""Who is a member follows from signed cards in their order, from the founder on; nobody else can add to it."""

from dataclasses import replace

import pytest

from bearwitness.errors import DamagedVault
from bearwitness.vault.cards import (
    MEMBER,
    RECOVERY_PAIR,
    REVOCATION,
    Member,
    RecoveryPair,
    make_card,
    member_body,
    read_directory,
)
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.rows import Card
from bearwitness.vault.sealing import SecretKey

KEYS = {name: MemberKeys.generate() for name in ("m-hana", "m-min", "m-sori", "m-duri")}
SEALS = (SecretKey.generate(), SecretKey.generate())
FOUNDER = KEYS["m-hana"].public.fingerprint()
AT = "2024-03-01T12:00:00+00:00"
PAIR_KEYS = MemberKeys.generate()
PAIR = RecoveryPair(keys=PAIR_KEYS.public, officers=3, need=2, made_at=AT)


def card(number, kind, body, *, signer="m-hana", keys=None, seals=SEALS[:1], organisation="o-1"):
    return make_card(
        f"s-{number}", kind, body, organisation=organisation, signer=signer, keys=keys or KEYS[signer], seals=seals
    )


def joins(number, member, *, administrator=False, of=None, **more):
    made = Member(
        id=member, name=member.title(), administrator=administrator, keys=KEYS[of or member].public, added_by="",
        added_at=AT,
    )  # fmt: skip
    return card(number, MEMBER, member_body(made), **more)


def leaves(number, member, **more):
    return card(number, REVOCATION, {"member": member, "at": AT}, **more)


def read(*cards, founder=FOUNDER, seals=SEALS):
    return read_directory(cards, organisation="o-1", founder=founder, seals=seals)


def refused(*cards, **more):
    with pytest.raises(DamagedVault) as found:
        read(*cards, **more)
    assert cards[-1].id in found.value.message
    assert "Hana" not in str(found.value)


FIRST = joins(1, "m-hana", administrator=True)
SECOND = joins(2, "m-min", administrator=True)


def test_members_come_in_the_order_of_their_cards():
    """The founder, who adds an administrator, who adds a member; the second one leaves and stays known."""
    found = read(FIRST, SECOND, joins(3, "m-sori", signer="m-min"), leaves(4, "m-min"))
    assert list(found.members) == ["m-hana", "m-min", "m-sori"]
    assert [m.active for m in found.members.values()] == [True, False, True]
    assert found.members["m-sori"].added_by == "m-min"
    assert found.members["m-min"].revoked_at == AT
    assert found.signer("m-min") == KEYS["m-min"].public
    assert found.signer("m-nobody") is None


def test_the_founder_is_who_the_reader_keeps():
    """A server that puts its own founder there is found out."""
    refused(joins(1, "m-hana", administrator=True, of="m-duri", keys=KEYS["m-duri"]))
    refused(joins(1, "m-duri", administrator=True, signer="m-duri"))


@pytest.mark.parametrize("made", [
    lambda: joins(4, "m-duri", signer="m-sori"),
    lambda: joins(4, "m-duri", signer="m-duri"),
    lambda: joins(4, "m-duri", keys=KEYS["m-duri"]),
    lambda: leaves(4, "m-hana", signer="m-sori"),
    lambda: joins(4, "m-duri", signer=PAIR.id, keys=PAIR_KEYS),
])  # fmt: skip
def test_nobody_else_makes_statements(made):
    """Neither a member, a stranger, one who uses an administrator's name, nor a recovery pair that was never made."""
    refused(FIRST, SECOND, joins(3, "m-sori"), made())


def test_an_administrator_who_left_makes_no_more_statements():
    """What they signed before holds; what is put behind their leaving does not."""
    before = joins(3, "m-sori", signer="m-min")
    assert read(FIRST, SECOND, before, leaves(4, "m-min")).members["m-sori"].active
    refused(FIRST, SECOND, leaves(3, "m-min"), joins(4, "m-sori", signer="m-min"))
    refused(FIRST, SECOND, leaves(3, "m-min"), leaves(4, "m-hana", signer="m-min"))


def test_nobody_is_made_anew():
    """A second statement about a member would put other keys in place of theirs, or undo that they left."""
    refused(FIRST, SECOND, joins(3, "m-min", of="m-duri"))
    refused(FIRST, SECOND, leaves(3, "m-min"), joins(4, "m-min", administrator=True))


def test_the_order_of_cards_matters():
    """Cards read in another order make nobody a member before the one who adds them."""
    refused(FIRST, joins(3, "m-sori", signer="m-min"))
    refused(SECOND)


def test_whoever_was_never_there_cannot_leave():
    """A revocation of nobody is no statement."""
    refused(FIRST, leaves(2, "m-nobody"))


@pytest.mark.parametrize("changed", [
    lambda c: replace(c, id="s-9"), lambda c: replace(c, kind=REVOCATION), lambda c: replace(c, sealed=b""),
    lambda c: replace(c, sealed=bytes([2]) + c.sealed[1:]), lambda c: replace(c, sealed=bytes([3]) + c.sealed[1:]),
    lambda c: replace(c, sealed=c.sealed[:-1] + bytes([c.sealed[-1] ^ 1])),
])  # fmt: skip
def test_a_card_that_was_changed_or_moved_is_named(changed):
    """Under another id, kind, or epoch of the organisation's key, or with a changed byte."""
    made = changed(SECOND)
    refused(FIRST, made)


def test_a_card_of_another_organisation_is_none():
    """Even one that is sealed by the same key."""
    refused(FIRST, joins(2, "m-min", organisation="o-2"))


def test_whoever_lacks_a_later_key_of_the_organisation_does_not_read_on():
    """A card of a later epoch does not open with the keys of before."""
    later = joins(3, "m-sori", seals=SEALS)
    assert read(FIRST, SECOND, later).members["m-sori"].active
    refused(FIRST, SECOND, later, seals=SEALS[:1])


def test_the_newest_recovery_pair_counts():
    """An administrator names it; who recovers by it may then make statements, and no longer by the one before."""
    newer = MemberKeys.generate()
    cards = [
        card(n, RECOVERY_PAIR, {"keys": k.public.to_bytes().hex(), "officers": 3, "need": 2, "at": AT})
        for n, k in ((2, PAIR_KEYS), (3, newer))
    ]
    assert read(FIRST, cards[0], joins(4, "m-min", signer=PAIR.id, keys=PAIR_KEYS)).members["m-min"].active
    found = read(FIRST, *cards)
    assert found.recovery is not None
    assert (found.recovery.keys, found.recovery.officers, found.recovery.need) == (newer.public, 3, 2)
    assert list(found.pairs) == [PAIR.id, found.recovery.id]
    assert read(FIRST, *cards, joins(4, "m-min", signer=found.recovery.id, keys=newer)).members["m-min"].active
    refused(FIRST, *cards, joins(4, "m-min", signer=PAIR.id, keys=PAIR_KEYS))
    refused(FIRST, *cards, joins(4, "m-min", signer=found.recovery.id, keys=PAIR_KEYS))


def test_a_card_shows_neither_name_nor_keys():
    """Outside there is an opaque id, a kind, and a padded size that is the same for names of different length."""
    assert isinstance(SECOND, Card)
    assert b"Min" not in SECOND.sealed
    assert KEYS["m-min"].public.sign not in SECOND.sealed
    body = {**member_body(read(FIRST, SECOND).members["m-min"]), "name": "a longer name"}
    assert len(card(2, MEMBER, body).sealed) == len(SECOND.sealed)
