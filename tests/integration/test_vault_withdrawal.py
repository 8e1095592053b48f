"""What is taken back is nowhere afterwards: its rows, keys and files are gone, and everybody else's stay."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from vault_machine_looking import open_everything
from vault_scene import CASE, HANA, MIN, change_case, check_whole, let_go, look, make_scene, noon, save, worked_case

from bearwitness.errors import AccessDenied, DamagedVault, RecordError
from bearwitness.model.records import Consent
from bearwitness.services.archive import load_case
from bearwitness.services.attachments import add_attachment, verify_attachment
from bearwitness.services.exporting import export_case
from bearwitness.services.intake import add_act, add_testimony, code_act, show_testimony
from bearwitness.services.members import revoke_member
from bearwitness.services.saving import save_case
from bearwitness.services.search import search
from bearwitness.services.withdrawal import withdraw_consent, withdraw_testimony
from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.parts import read_carriers
from bearwitness.vault.rows import COMPARTMENTS
from bearwitness.vault.tables import METADATA
from bearwitness.vault.trail import Act

SECOND = {
    "id": "t-second", "teller": "bae", "language": "ko", "directness": "told_by_third_party",
    "text": "그 집 일도 들었어요.",
}  # fmt: skip
OF_AHN = [
    "ahn", "ahn-brother", "ahn-mother", "carrier", "안도솔", "보위부가 우리 집을", "ahn-raid", "c-ahn", "h-ahn",
    "2024-02-04",
]  # fmt: skip


@pytest.fixture
def scene(place, tmp_path):
    made = make_scene(place, members=((MIN, ("content",)),))
    made.folder = tmp_path
    return made


@pytest.fixture
def vault(scene):
    vault = scene.open()
    yield vault
    let_go(vault)


def rows(vault):
    """Row by kind and name, of everything that is there."""
    return {key: s.row for key, s in load_case(vault, vault.open_case(CASE)).records.items()}


def under_all_keys(vault):
    """Row and unit of every part of the case that one of its keys opens, earlier versions among them."""
    opened = vault.open_case(CASE)
    found = []
    for row in vault.store.records(opened.id):
        for compartment in COMPARTMENTS:
            keys = vault.unit_keys(opened)
            sealed = getattr(row, compartment)
            for unit, epoch in read_carriers(sealed) if sealed else ():
                found += [(row.id, unit)] if keys.get(unit, compartment, epoch) else []
    return found


def test_an_account_is_gone_with_what_is_known_from_it_alone(scene, vault):
    """No row, key or file of it is left; nobody finds, reads or gives out a word of it; the rest is untouched."""
    (scene.folder / "photo.jpg").write_bytes(b"what the photo shows")
    add_attachment(vault, CASE, scene.folder / "photo.jpg", testimony="t-ahn")
    code_act(vault, CASE, "ahn-raid", {"date": "2024-02-03"})
    before, text = rows(vault), look(vault, CASE)
    done = withdraw_testimony(vault, CASE, "t-ahn")
    assert (done.destroyed, done.files) == (("t-ahn",), 1)
    gone = {row for key, row in before.items() if key not in rows(vault)}
    assert {k for k, row in before.items() if row in gone} == {
        ("testimony", "t-ahn"), ("act", "ahn-raid"), ("act", "ahn-detention"), ("consent", "c-ahn"),
        ("household", "h-ahn"), ("household", "h-carrier"), ("attachment", "f-1"),
        *(("person", p) for p in ("ahn", "ahn-brother", "ahn-mother", "carrier")),
    }  # fmt: skip
    assert done.records == len(gone)
    case = vault.open_case(CASE)
    assert not vault.store.records(case.id, ids=sorted(gone))
    assert not vault.store.unit_keys(case.id, units=sorted(gone))
    assert not AttachmentFolder(vault.files).names()
    after = look(vault, CASE)
    export_case(vault, CASE, scene.folder / "out.yaml", purpose="documentation")
    for words in OF_AHN:
        assert words in text
        assert words not in after.replace("bearwitness", "")
        assert words not in (scene.folder / "out.yaml").read_text(encoding="utf-8")
        assert search(vault, words) == ()
    for kept in ("이서빈", "t-bae", "lee-threat"):
        assert kept in after
    check_whole(vault)


def test_what_another_account_tells_too_stays(vault):
    """An act told twice outlives the first account, and goes with the second; each row and key then too."""
    add_testimony(vault, CASE, {**SECOND, "acts": ["ahn-raid"]})
    before = rows(vault)
    withdraw_testimony(vault, CASE, "t-ahn")
    assert ("act", "ahn-raid") in rows(vault)
    assert ("act", "ahn-detention") not in rows(vault)
    assert "ahn-raid" in look(vault, CASE)
    withdraw_testimony(vault, CASE, "t-second")
    lost = [before["act", "ahn-raid"], before["household", "h-ahn"]]
    assert not vault.store.records(vault.open_case(CASE).id, ids=lost)
    assert all(row not in lost for row, _ in under_all_keys(vault))


def test_nothing_that_was_withdrawn_can_be_opened_with_all_keys(scene, vault):
    """Not even in earlier versions: with every sub-key of the case, its words are not there."""
    code_act(vault, CASE, "bae-threat", {"date": "2024-01-05"})
    add_act(vault, CASE, {"id": "bae-raid", "kind": "raid", "household": "h-bae", "victims": ["bae-father"]}, ["t-bae"])
    change_case(vault, CASE, lambda case: replace(case, testimonies=tuple(
        replace(t, text="1999-01-01 일입니다.") if t.id == "t-bae" else t for t in case.testimonies)))  # fmt: skip
    keys = dict(vault.open_case(CASE).sub_keys)
    assert open_everything(vault.store, vault.organisation, scene.case, keys) == {"1999-01-01"}
    withdraw_testimony(vault, CASE, "t-bae")
    assert open_everything(vault.store, vault.organisation, scene.case, keys) == set()
    assert ("household", "h-bae") not in rows(vault)


def test_a_consent_taken_back_blocks_its_purpose_and_the_last_one_takes_the_account_along(scene, vault):
    """While another is in force the account stays inside; with the last one it is destroyed, and who gave it."""
    more = Consent(id="c-lee-2", giver="lee", purpose="submission", identifiability="pseudonym", quoting="verbatim",
                   persons=(("lee", "given"),))  # fmt: skip
    save(vault, CASE, replace(worked_case(), consents=(*worked_case().consents, more)))
    export_case(vault, CASE, scene.folder / "one.yaml", purpose="publication", recipient="a paper")
    done = withdraw_consent(vault, CASE, "c-lee")
    assert (done.blocked, done.destroyed) == (("publication",), ())
    assert [(left.recipient, left.testimonies) for left in done.left] == [("a paper", ("t-lee",))]
    export_case(vault, CASE, scene.folder / "two.yaml", purpose="publication", recipient="a paper")
    assert "t-lee" not in (scene.folder / "two.yaml").read_text(encoding="utf-8")
    assert show_testimony(vault, CASE, "t-lee")[0].id == "t-lee"
    with pytest.raises(RecordError):
        withdraw_consent(vault, CASE, "c-lee")
    done = withdraw_consent(vault, CASE, "c-lee-2")
    assert done.destroyed == ("t-lee",)
    assert not {"t-lee", "lee", "c-lee", "c-lee-2"} & {name for _, name in rows(vault)}


def test_a_relative_known_from_anothers_account_stays_when_somebody_goes(vault):
    """What others told of them is theirs to take back; kinship with who is gone is gone."""
    add_testimony(vault, CASE, {**SECOND, "acts": ["lee-threat"]})
    withdraw_consent(vault, CASE, "c-lee")
    case = load_case(vault, vault.open_case(CASE)).case
    people = {p.id: p for p in case.persons}
    assert "lee" not in people
    assert people["lee-sister"].kin == ()
    assert next(a for a in case.acts if a.id == "lee-threat").because_of is None
    assert {t.id for t in case.testimonies} == {"t-ahn", "t-bae", "t-second"}


def test_what_was_destroyed_does_not_come_back_by_an_old_copy(vault):
    """Whoever saves what they read before gives a unit that was destroyed no new key."""
    opened = vault.open_case(CASE)
    old = load_case(vault, opened)
    withdraw_testimony(vault, CASE, "t-lee")
    new = replace(old.case, testimonies=tuple(replace(t, text="다시") for t in old.case.testimonies))
    with pytest.raises(AccessDenied, match="withdrawn"):
        save_case(vault, opened, old, new, Act(action="case.save", case=opened.id))
    assert ("testimony", "t-lee") not in rows(vault)


def test_only_whoever_holds_the_whole_case_withdraws(scene, vault):
    """Others are refused, and nothing is gone; the refusal is in the trail."""
    with scene.as_(MIN) as min_:
        name = load_case(min_, min_.open_case(CASE)).case.testimonies[0].id
        for step in (withdraw_testimony, withdraw_consent):
            with pytest.raises(AccessDenied):
                step(min_, CASE, name)
    assert len(load_case(vault, vault.open_case(CASE)).case.testimonies) == 3
    assert [e.outcome for e in check_whole(vault)[-2:]] == ["refused", "refused"]


@pytest.mark.parametrize("step", [withdraw_testimony, withdraw_consent])
def test_what_is_not_there_is_not_withdrawn(vault, step):
    """It is said so, and nothing changes."""
    text = look(vault, CASE)
    with pytest.raises(RecordError):
        step(vault, CASE, "x-nobody")
    assert look(vault, CASE) == text


def test_an_account_can_be_taken_back_while_a_case_is_closed(scene, vault):
    """Somebody who left still has a seat: nothing is added, and what is to be destroyed is."""
    revoke_member(vault, scene.ids[MIN])
    assert withdraw_testimony(vault, CASE, "t-lee").destroyed == ("t-lee",)
    assert ("testimony", "t-lee") not in rows(vault)


def test_the_trail_tells_that_it_happened_and_no_word_of_it(scene, vault):
    """Who withdrew, how many rows of which entry went; no id that people chose is in it."""
    withdraw_testimony(vault, CASE, "t-ahn")
    entry = check_whole(vault)[-1]
    assert (entry.action, entry.actor, entry.outcome) == ("testimony.withdraw", scene.ids[HANA], "done")
    assert sum(entry.removed.values()) > 10
    with vault.store.engine.connect() as connection:
        sealed = connection.execute(sa.select(METADATA.tables["trail"].c.sealed)).scalars().all()
    assert not [s for s in sealed if b"t-ahn" in bytes(s)]


def test_a_file_that_was_swept_or_swapped_is_named(scene, vault):
    """A file that is missing is not passed over."""
    (scene.folder / "photo.jpg").write_bytes(b"what the photo shows")
    add_attachment(vault, CASE, scene.folder / "photo.jpg")
    folder = AttachmentFolder(vault.files)
    for name in folder.names():
        folder.remove(name)
    with pytest.raises(DamagedVault, match="f-1"):
        verify_attachment(vault, CASE, "f-1")


def test_a_consent_that_has_run_out_keeps_nothing(scene, vault):
    """A giver whose other consent is over has none in force: what they told goes with the one they take back."""
    over = Consent(id="c-old", giver="lee", purpose="submission", identifiability="pseudonym", quoting="verbatim",
                   persons=(("lee", "given"),), expires=worked_case().consents[0].asked)  # fmt: skip
    save(vault, CASE, replace(worked_case(), consents=(*worked_case().consents, over)))
    vault.clock = lambda: noon() + timedelta(days=30)
    assert withdraw_consent(vault, CASE, "c-lee").destroyed == ("t-lee",)
    assert scene.case == vault.open_case(CASE).id
