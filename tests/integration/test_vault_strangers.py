"""People who may not: a wrong passphrase, forged statements and grants, an administrator outside, somebody who left."""

import contextlib
from dataclasses import replace

import pytest
import sqlalchemy as sa
from vault_scene import (
    CASE,
    CHEAP,
    HANA,
    MIN,
    SORI,
    change_case,
    make_scene,
    phrase_of,
    slots_of,
    tamper,
)

from bearwitness.errors import AccessDenied, DamagedVault, RecordError, UnlockError
from bearwitness.services.audit import show_trail
from bearwitness.services.case_access import grant_case, list_cases, renew_case, revoke_case
from bearwitness.services.intake import use_case
from bearwitness.services.members import add_member, revoke_member
from bearwitness.services.search import search
from bearwitness.services.unlocking import open_store, unlock
from bearwitness.vault import slots as slots_module
from bearwitness.vault.cards import MEMBER, Member, make_card, member_body
from bearwitness.vault.member_keys import MemberKeys
from bearwitness.vault.parts import UnitKeys, open_part, read_carriers
from bearwitness.vault.rows import Change
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.seats import ALL, Held, Roster, Seat, mailbox_of, make_grant, open_grant, seal_roster
from bearwitness.vault.slots import load_book, new_id, open_slot
from bearwitness.vault.tables import CARD, CASE_FILE, GRANT
from bearwitness.vault.trail import Act

WHOLE = ("identity", "chain", "content", "evidence")


@pytest.fixture
def scene(place):
    """Min is in the case with its content, Sori only administers."""
    made = make_scene(place, members=((MIN, ("content",)),))
    with made.as_() as vault:
        made.ids[SORI] = add_member(
            vault, name=SORI, passphrase=phrase_of(SORI), administrator=True, cost=CHEAP
        ).id  # fmt: skip
    return made


def test_a_wrong_passphrase_and_an_unknown_member_are_answered_alike(scene, monkeypatch):
    """Wrong, unknown, decoy and revoked: the same error, the same words, the same work of deriving a key."""
    calls = []

    def stretch(passphrase, salt, cost):
        calls.append((len(salt), cost))
        return real(passphrase, salt, cost)

    real = slots_module.stretch
    with scene.as_() as vault:
        revoke_member(vault, scene.ids[MIN])
    decoy = next(s.member for s in load_book(slots_of(scene.place)).slots if s.member not in scene.ids.values())
    monkeypatch.setattr(slots_module, "stretch", stretch)
    answers = set()
    for member, phrase in ((HANA, "not the words of Hana"), (MIN, phrase_of(MIN)), ("m-aaaaaaaa", phrase_of(HANA)),
                           (decoy, phrase_of(HANA)), (SORI, "")):  # fmt: skip
        calls.clear()
        with pytest.raises(UnlockError) as refused:
            unlock(scene.place, passphrase=lambda phrase=phrase: phrase, member=scene.ids.get(member, member))
        answers.add((type(refused.value), str(refused.value), tuple(calls)))
    assert len(answers) == 1
    assert answers.pop()[2] == ((16, CHEAP),)


def wrapped(vault, member, held, signer):
    """A grant to a member as anybody can make one who knows the member's public key."""
    keys = vault.directory.members[member].keys
    return make_grant(
        new_id("g"), held, organisation=vault.organisation, member=member, keys=keys, signer=signer,
        mailbox=mailbox_of(member, vault.mailbox_key),
    )  # fmt: skip


def put(vault, table, row):
    tamper(vault, sa.insert(table).values(**{n: getattr(row, n) for n in type(row).__slots__}, entry=1))


@pytest.mark.parametrize("by", ["stranger", HANA])
def test_a_forged_grant_is_refused(scene, by):
    """A key that a stranger wrapped to a member, in their own name or in another's, is never used."""
    with scene.as_() as vault:
        held = Held(case=scene.case, epoch=1, compartment="content", key=SecretKey.generate(),
                    by=scene.ids.get(by, "m-stranger"))  # fmt: skip
        put(vault, GRANT, wrapped(vault, scene.ids[MIN], held, MemberKeys.generate()))
    with scene.as_(MIN) as vault, pytest.raises(DamagedVault, match="grant"):
        vault.open_case(CASE)


def test_a_grant_to_somebody_else_opens_nothing(scene):
    """A grant put into another member's mailbox is refused, and whoever put it there cannot open it either."""
    with scene.as_() as vault:
        mine = vault.store.grants(mailbox_of(vault.member, vault.mailbox_key))[0]
        tamper(vault, sa.update(GRANT).where(GRANT.c.id == mine.id).values(
            mailbox=mailbox_of(scene.ids[SORI], vault.mailbox_key)))  # fmt: skip
    with scene.as_(SORI) as vault, pytest.raises(DamagedVault, match=mine.id):
        vault.held()


def test_a_member_outside_cannot_slip_in_a_key(scene):
    """An administrator who is in no case signs a grant of their own key: what is written next is not theirs to read."""
    own = SecretKey.generate()
    with scene.as_(SORI) as vault:
        held = Held(case=scene.case, epoch=1, compartment="identity", key=own, by=vault.member)
        grant = wrapped(vault, scene.ids[HANA], held, vault.keys)
        vault.record(Act(action="case.list"), Change(grants=[grant]))
    with scene.as_() as vault, pytest.raises(DamagedVault, match=f"two keys .* identity .*{scene.ids[SORI]}"):
        vault.open_case(CASE)


def test_a_grant_beyond_the_seat_gives_nothing(scene):
    """Whoever is granted a key that the roster does not give them does not write under it."""
    with scene.as_() as vault:
        grant_case(vault, CASE, scene.ids[SORI], ["content"])
    with scene.as_(MIN) as vault:
        held = Held(case=scene.case, epoch=1, compartment="evidence", key=SecretKey.generate(), by=vault.member)
        grant = wrapped(vault, scene.ids[SORI], held, vault.keys)
        vault.record(Act(action="case.list"), Change(grants=[grant]))
    with scene.as_(SORI) as vault:
        opened = vault.open_case(CASE)
        assert opened.compartments == {"content"}
        assert ("evidence", 1) not in opened.sub_keys


@pytest.mark.parametrize("by", [SORI, HANA])
@pytest.mark.parametrize("version", [2, 3])
def test_a_member_outside_cannot_begin_an_epoch(scene, by, version):
    """An administrator outside makes a roster and an epoch, in either name: nobody writes under its keys."""
    with scene.as_(SORI) as vault:
        keys = {c: SecretKey.generate() for c in ALL}
        held = [Held(case=scene.case, epoch=2, compartment=c, key=k, by=vault.member) for c, k in keys.items()]
        grants = [wrapped(vault, scene.ids[HANA], h, vault.keys) for h in held]
        seats = tuple(Seat(member=m, compartments=WHOLE, grants=(), by=vault.member, at="") for m in scene.ids.values())
        row = seal_roster(
            scene.case, version, 2, Roster(name=CASE, seats=seats), organisation=vault.organisation, key=keys["roster"],
            by=scene.ids[by], signer=vault.keys,
        )  # fmt: skip
        if version == 2:
            tamper(vault, sa.delete(CASE_FILE).where(CASE_FILE.c.version == 2))
        vault.record(Act(action="case.list"), Change(grants=grants, cases=[row]))
    with scene.as_() as vault, pytest.raises(DamagedVault, match=f"roster of case {scene.case}"):
        vault.open_case(CASE)


def test_a_member_inside_cannot_take_more(scene):
    """Who holds the content makes a roster in which everybody holds all: it does not count."""
    with scene.as_(MIN) as vault:
        case = vault.open_case(CASE)
        seats = tuple(replace(s, compartments=WHOLE) for s in case.roster.seats)
        row = seal_roster(
            case.id, case.row.version + 1, 1, replace(case.roster, seats=seats), organisation=vault.organisation,
            key=case.sub_keys["roster", 1], by=vault.member, signer=vault.keys,
        )  # fmt: skip
        vault.record(Act(action="case.list"), Change(cases=[row]))
    with scene.as_() as vault, pytest.raises(DamagedVault, match="by somebody who may not"):
        vault.open_case(CASE)


def test_a_key_without_a_seat_is_not_used(scene):
    """A member outside grants one inside a key for a compartment that they lack: they do not write under it."""
    with scene.as_(SORI) as vault:
        held = Held(case=scene.case, epoch=1, compartment="identity", key=SecretKey.generate(), by=vault.member)
        vault.record(Act(action="case.list"), Change(grants=[wrapped(vault, scene.ids[MIN], held, vault.keys)]))
    with scene.as_(MIN) as vault:
        try:
            compartments = vault.open_case(CASE).compartments
        except DamagedVault:
            compartments = {"content"}
        assert compartments == {"content"}


@pytest.mark.parametrize("signer", ["stranger", MIN])
def test_a_forged_member_is_refused(scene, signer):
    """A card signed by a stranger, or by a member who is no administrator, makes nobody a member."""
    with scene.as_(MIN) as vault:
        keys = MemberKeys.generate() if signer == "stranger" else vault.keys
        fake = Member(id="m-fake2222", name="Fake", administrator=True, keys=MemberKeys.generate().public,
                      added_by=vault.member, added_at="")  # fmt: skip
        card = make_card("s-fake2222", MEMBER, member_body(fake), organisation=vault.organisation, signer=vault.member,
                         keys=keys, seals=vault.vault_keys.organisation)  # fmt: skip
        put(vault, CARD, card)
    for name in (HANA, MIN):
        with pytest.raises(DamagedVault, match="s-fake2222"):
            scene.open(name)


def test_a_members_keys_cannot_be_swapped(scene):
    """A server that puts its own card in place of a member's, keys and all, is found out before anything is granted."""
    with scene.as_(MIN) as vault:
        card = vault.store.cards()[2]
        fake = replace(vault.directory.members[scene.ids[SORI]], keys=MemberKeys.generate().public)
        forged = make_card(card.id, MEMBER, member_body(fake), organisation=vault.organisation, signer=scene.ids[HANA],
                           keys=MemberKeys.generate(), seals=vault.vault_keys.organisation)  # fmt: skip
        tamper(vault, sa.update(CARD).where(CARD.c.id == card.id).values(sealed=forged.sealed))
    with pytest.raises(DamagedVault, match=card.id):
        scene.open()


def all_that_is_shown(vault):
    """Everything that a member without a seat could try, as text."""
    return "\n".join(repr(x) for x in (list_cases(vault), search(vault, "안"), search(vault, "e"), show_trail(vault)))


def test_an_administrator_outside_sees_nothing_of_a_case(scene):
    """Administration is not membership: no name, no list, no search, no grant to oneself, no trail of a case."""
    with scene.as_(SORI) as vault:
        for attempt in (
            lambda: vault.open_case(CASE), lambda: vault.open_case(scene.case),
            lambda: grant_case(vault, scene.case, vault.member, ["content"]),
            lambda: revoke_case(vault, scene.case, scene.ids[MIN]), lambda: renew_case(vault, CASE),
            lambda: use_case(vault, scene.case, action="case.show"),
        ):  # fmt: skip
            with pytest.raises(RecordError, match="no such case among yours"):
                attempt()
        shown = all_that_is_shown(vault)
        assert not vault.held()
    assert CASE not in shown
    assert scene.case not in shown
    # Who outside asks for a case that is there, and for one that is not, hears the same.
    with scene.as_(SORI) as vault, pytest.raises(RecordError) as unknown:
        vault.open_case("c-aaaaaaaa")
    assert "among yours" in unknown.value.message


def raw_store(scene, opened):
    """The database as somebody opens it who copied the vault's key."""
    return open_store(scene.place, opened.vault_keys)


def epochs_that_open(scene, opened, store, grants, directory):
    """Of each content that opens with what somebody kept: the epoch of its key."""
    sub_keys = {}
    for grant in grants:
        held = open_grant(grant, directory=directory, member=scene.ids[MIN], keys=opened.keys)
        sub_keys[held.compartment, held.epoch] = held.key
    keys = UnitKeys(directory.organisation, scene.case, 1, sub_keys, store.unit_keys(scene.case))
    found = []
    for row in store.records(scene.case):
        if row.content is not None:
            # A key of an epoch that they were never given is missing to them.
            with contextlib.suppress(DamagedVault):
                plain = open_part(row.content, row=(row.kind, row.id, row.version), compartment="content", keys=keys)
                found += [epoch for _, epoch in read_carriers(row.content)[:1] if plain is not None]
    return found


@pytest.mark.parametrize("leaving", ["case", "organisation"])
def test_who_left_reads_nothing_new(scene, leaving):
    """Whoever leaves a case or the organisation and kept all their keys opens what was there, and nothing later."""
    book = load_book(slots_of(scene.place))
    kept = open_slot(book, scene.ids[MIN], phrase_of(MIN))
    with scene.as_(MIN) as vault:
        box, directory = mailbox_of(vault.member, vault.mailbox_key), vault.directory
        grants = vault.store.grants(box)
    with scene.as_() as vault:
        if leaving == "case":
            revoke_case(vault, CASE, scene.ids[MIN])
        else:
            revoke_member(vault, scene.ids[MIN])
            with pytest.raises(AccessDenied, match="case renew"):
                change_case(vault, CASE, _elsewhere)
            renew_case(vault, CASE)
        before = sum(r.content is not None for r in vault.store.records(scene.case))
        change_case(vault, CASE, _elsewhere)
        after = sum(r.content is not None for r in vault.store.records(scene.case))
    store = raw_store(scene, kept)
    # Their grants are gone from the vault; what they copied before is all they have.
    assert not store.grants(box)
    found = epochs_that_open(scene, kept, store, grants, directory)
    store.close()
    assert found == [1] * before
    assert after == before + 4
    if leaving == "case":
        with scene.as_(MIN) as vault, pytest.raises(RecordError, match="among yours"):
            vault.open_case(CASE)
        return
    assert scene.ids[MIN] not in {s.member for s in load_book(slots_of(scene.place)).slots}
    with pytest.raises(UnlockError):
        scene.open(MIN)
    with scene.as_() as vault:
        newest = vault.vault_keys.organisation[-1].raw
    assert newest not in [k.raw for k in kept.vault_keys.organisation]


def _elsewhere(case):
    return replace(case, acts=tuple(replace(a, place="혜산시" if a.place != "혜산시" else "무산군") for a in case.acts))
