"""What goes out comes in the same; a stopped import goes on; consent decides what leaves, whoever asks and however."""

import csv
import io
import random
import re
from dataclasses import replace

import pyrage
import pytest
from vault_kills import Keeping, kill_at_step
from vault_machine_known import ALL, KnownCase
from vault_machine_steps import case_of, make_families
from vault_scene import CASE, MIN, SORI, check_whole, empty_place, let_go, look, make_scene, save, worked_case

from bearwitness.errors import AccessDenied, CaseError, ConsentMissing, OutputError, RecordError, UsageError
from bearwitness.model.codec import dump_case
from bearwitness.model.records import Consent
from bearwitness.release.consent import LEAVING
from bearwitness.services.attachments import add_attachment, extract_attachment
from bearwitness.services.exporting import export_case
from bearwitness.services.importing import import_file
from bearwitness.services.intake import show_testimony, use_case
from bearwitness.services.search import search
from bearwitness.services.withdrawal import list_uses

PHOTO = b"what the photo shows"
# Enough records that an import tells three times how far it is.
FAMILIES = 200


@pytest.fixture
def scene(tmp_path):
    made = make_scene(empty_place("sqlcipher", tmp_path), members=((MIN, ("content",)), (SORI, ALL[:3])))
    made.folder = tmp_path
    return made


@pytest.fixture
def vault(scene):
    vault = scene.open()
    yield vault
    let_go(vault)


def attach(scene, vault, name, testimony):
    path = scene.folder / name
    path.write_bytes(PHOTO)
    return add_attachment(vault, CASE, path, testimony=testimony).id


def text_of(path):
    return re.sub("^case: .*$", "", path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)


def answer(vault, purpose, **states):
    """Let people of the worked case answer for a purpose, in a consent each."""
    case = worked_case()
    new = tuple(
        Consent(id=f"c-{n}-{purpose}", giver=n, purpose=purpose, identifiability="pseudonym", quoting="verbatim",
                persons=((n, state),))
        for n, state in states.items()
    )  # fmt: skip
    save(vault, CASE, replace(case, consents=(*case.consents, *new)))


# What goes out comes in.

def test_a_case_given_out_comes_in_the_same(place, tmp_path):
    """Exported, imported as another case, exported again: the same to the byte, with its files."""
    scene = make_scene(place)
    with scene.as_() as vault:
        scene.folder = tmp_path
        attach(scene, vault, "photo.jpg", "t-lee")
        export_case(vault, CASE, tmp_path / "first.yaml", purpose="documentation")
        import_file(vault, tmp_path / "first.yaml", name="again", step=3)
        export_case(vault, "again", tmp_path / "second.yaml", purpose="documentation")
        assert text_of(tmp_path / "first.yaml") == text_of(tmp_path / "second.yaml")
        assert (tmp_path / "second.attachments" / "f-1").read_bytes() == PHOTO
        rows = [{r.id for r in vault.store.records(vault.open_case(n).id)} for n in (CASE, "again")]
        assert not rows[0] & rows[1], "two cases have a row in common, by which they could be told to be the same"


def test_a_workbook_brings_back_the_records(scene, vault):
    """What a workbook holds comes back as it was; it says nothing of claims and files."""
    export_case(vault, CASE, scene.folder / "book.xlsx", purpose="documentation", form="xlsx")
    made = import_file(vault, scene.folder / "book.xlsx", name="book")
    assert text_of_look(vault, "book") == text_of_look(vault, CASE)
    assert made.changed == 0


def text_of_look(vault, name):
    return re.sub("^case: .*$", "", look(vault, name), count=1, flags=re.MULTILINE)


def test_importing_again_adds_nothing(scene, vault):
    """Into the same case, everything is there already; as another case of the same name, it is refused."""
    export_case(vault, CASE, scene.folder / "out.yaml", purpose="documentation")
    again = import_file(vault, scene.folder / "out.yaml", into=CASE)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 22)
    import_file(vault, scene.folder / "out.yaml", name="copy")
    with pytest.raises(RecordError, match="imported already"):
        import_file(vault, scene.folder / "out.yaml", name="copy")


def test_a_file_that_contradicts_itself_changes_nothing(scene, vault):
    """Not even a part of it is written."""
    path = scene.folder / "bad.yaml"
    path.write_text(dump_case(worked_case()).replace("victims: [ahn-brother]", "victims: [nobody]"), encoding="utf-8")
    before = [e.action for e in check_whole(vault)]
    with pytest.raises(CaseError):
        import_file(vault, path, name="bad")
    assert [c.roster.name for c in vault.cases()] == [CASE]
    assert [e.action for e in check_whole(vault)] == before


# A stopped import goes on.

def large_file(folder):
    known = KnownCase(id="", seats={})
    path = folder / "large.yaml"
    path.write_text(dump_case(case_of(known, make_families(known, FAMILIES))), encoding="utf-8")
    return path


def rows_of(vault, name):
    """What lies in a case: the kind, place and version of every row, and no row twice."""
    rows = vault.store.records(vault.open_case(name).id)
    assert len({r.id for r in rows}) == len(rows)
    return sorted((r.kind, r.place, r.version) for r in rows)


@pytest.mark.parametrize("seed", range(3))
def test_a_stopped_import_goes_on(scene, vault, seed):
    """Stopped while it tells how far it is, again and again: in the end as if it had never been, and nothing twice."""
    path, chance = large_file(scene.folder), random.Random(seed)
    whole = import_file(vault, path, name="whole")
    for _ in range(3):
        stop = chance.choice([500, 1000])

        def tell(done, _, stop=stop):
            if done == stop:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_file(vault, path, name="stopped", report=tell, step=chance.randrange(20, 400))
    kept = {r.id for r in vault.store.records(vault.open_case("stopped").id)}
    last = import_file(vault, path, name="stopped", step=chance.randrange(20, 400))
    assert last.resumed
    assert last.added == whole.added - len(kept)
    assert kept <= {r.id for r in vault.store.records(vault.open_case("stopped").id)}
    assert rows_of(vault, "stopped") == rows_of(vault, "whole")
    assert text_of_look(vault, "stopped") == text_of_look(vault, "whole")
    check_whole(vault)


def test_an_import_whose_process_is_killed_goes_on(place, tmp_path):
    """Killed at a later step each time, until it comes through: nothing is lost, and nothing is there twice."""
    scene, path = make_scene(place), tmp_path / "out.yaml"
    path.write_text(dump_case(worked_case()), encoding="utf-8")
    keeping = Keeping(place, tmp_path / "kept")

    def task():
        with scene.as_() as vault:
            import_file(vault, path, name="killed", step=2)

    kills, step, seen = 0, 40, 0
    while kill_at_step(task, step):
        kills, step = kills + 1, step + 25
        keeping.wait_for_others()
        with scene.as_() as vault:
            check_whole(vault)
            if any(c.roster.name == "killed" for c in vault.cases()):
                rows = rows_of(vault, "killed")
                assert len(rows) >= seen, "a kill took away what was there"
                seen = len(rows)
    assert kills >= 3
    assert seen
    with scene.as_() as vault:
        assert rows_of(vault, "killed") == rows_of(vault, CASE)
        assert text_of_look(vault, "killed") == text_of_look(vault, CASE)
        check_whole(vault)


# Consent decides.

def accounts(path):
    return set(re.findall("^  - id: (t-[a-z]+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize("purpose", LEAVING)
def test_only_what_its_teller_agreed_to_leaves(scene, vault, purpose):
    """For each purpose the accounts of those who agreed to it, with their files only, and to whom is written down."""
    attach(scene, vault, "lee.jpg", "t-lee")
    attach(scene, vault, "ahn.jpg", "t-ahn")
    attach(scene, vault, "nobody's.jpg", None)
    answer(vault, purpose, lee="given", ahn="refused")
    out = scene.folder / "out.yaml"
    done = export_case(vault, CASE, out, purpose=purpose, recipient="the commission")
    agreed = {"t-lee", "t-bae"} if purpose == "publication" else {"t-lee"}
    assert accounts(out) == agreed
    assert {f.name for f in (scene.folder / "out.attachments").iterdir()} == {"f-1"}
    assert "안도솔" not in out.read_text(encoding="utf-8")
    assert "t-ahn" in {w.id for w in done.withheld}
    assert [(d.recipient, d.purpose, len(d.testimonies)) for d in list_uses(vault, CASE)] == [
        ("the commission", purpose, len(agreed))]  # fmt: skip


def test_files_and_archives_obey_consent_as_well(scene, vault):
    """A table and an encrypted archive hold no more than a case file does."""
    attach(scene, vault, "ahn.jpg", "t-ahn")
    answer(vault, "sharing", lee="given")
    more = {"purpose": "sharing", "recipient": "the commission"}
    export_case(vault, CASE, scene.folder / "t.csv", form="csv", table="testimonies", **more)
    rows = list(csv.reader(io.StringIO((scene.folder / "t.csv").read_text(encoding="utf-8-sig"))))
    assert [r[0] for r in rows[1:]] == ["t-lee"]
    key = pyrage.x25519.Identity.generate()
    export_case(vault, CASE, scene.folder / "out.age", age_recipients=[str(key.to_public())], **more)
    packed = pyrage.decrypt((scene.folder / "out.age").read_bytes(), [key])
    assert b"t-lee" in packed
    assert b"t-ahn" not in packed
    assert PHOTO not in packed


def test_without_a_recipient_or_a_known_purpose_nothing_leaves(scene, vault):
    """Nothing is written, and nothing is written down as having left."""
    for purpose, recipient in (("publication", ""), ("sharing", " "), ("fun", "the commission")):
        with pytest.raises(UsageError):
            export_case(vault, CASE, scene.folder / "out.yaml", purpose=purpose, recipient=recipient)
    assert not (scene.folder / "out.yaml").exists()
    assert not list_uses(vault, CASE)


def test_a_file_that_is_there_is_not_replaced_unasked(scene, vault):
    """It stays as it is; the trail may speak of a copy that failed, never miss one that was made."""
    out = scene.folder / "out.yaml"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        export_case(vault, CASE, out, purpose="documentation")
    assert out.read_text(encoding="utf-8") == "mine"
    export_case(vault, CASE, out, purpose="documentation", replace_file=True)
    assert accounts(out) == {"t-ahn", "t-lee", "t-bae"}


def test_whoever_lacks_the_evidence_does_not_export_a_case_that_has_some(scene, vault):
    """They are refused, not given a case that looks whole; without any files they export it."""
    with scene.as_(SORI) as sori:
        export_case(sori, CASE, scene.folder / "one.yaml", purpose="documentation")
        attach(scene, vault, "photo.jpg", None)
        with pytest.raises(AccessDenied, match="evidence"):
            export_case(sori, CASE, scene.folder / "two.yaml", purpose="documentation")
    assert not (scene.folder / "two.yaml").exists()


def test_who_refused_is_not_used_inside_either(scene, vault):
    """Their account and its file are not shown, found, given out or listed; the others are."""
    attach(scene, vault, "ahn.jpg", "t-ahn")
    attach(scene, vault, "lee.jpg", "t-lee")
    answer(vault, "documentation", ahn="refused")
    with pytest.raises(ConsentMissing):
        show_testimony(vault, CASE, "t-ahn")
    with pytest.raises(ConsentMissing):
        extract_attachment(vault, CASE, "f-1", scene.folder / "out.jpg")
    assert not (scene.folder / "out.jpg").exists()
    assert [f.id for f in search(vault, "jpg")] == ["f-2"]
    assert {f.kind for f in search(vault, "안도솔")} == set()
    used = use_case(vault, CASE, action="case.show").case
    assert ({t.id for t in used.testimonies}, {a.id for a in used.attachments}) == ({"t-lee", "t-bae"}, {"f-2"})
    assert show_testimony(vault, CASE, "t-lee")[0].id == "t-lee"


def test_whoever_cannot_see_who_told_gets_no_account_once_somebody_refused(scene, vault):
    """A member with the content only cannot tell whose account is refused: none is shown, found or listed."""
    with scene.as_(MIN) as min_:
        name = use_case(min_, CASE, action="case.show").case.testimonies[0].id
        assert show_testimony(min_, CASE, name)[0].text.startswith("2월 5일")
        assert search(min_, "보위부")
        answer(vault, "documentation", ahn="refused")
        with pytest.raises(ConsentMissing):
            show_testimony(min_, CASE, name)
        assert not [f for f in search(min_, "보위부") if f.kind == "testimony"]
        assert use_case(min_, CASE, action="case.show").case.testimonies == ()
    assert len(use_case(vault, CASE, action="case.show").case.testimonies) == 2
