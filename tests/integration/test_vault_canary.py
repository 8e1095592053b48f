"""Words planted in a case are found nowhere outside it: no file, no server, no backup, no log, no message."""

import base64
import logging
import os
import resource
import traceback
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from vault_scene import (
    CHEAP,
    HANA,
    MIN,
    in_child,
    make_scene,
    phrase_of,
    tamper,
    worked_case,
)

from bearwitness.errors import BearwitnessError
from bearwitness.model.records import Name
from bearwitness.services.archive import load_case
from bearwitness.services.attachments import add_attachment, extract_attachment, verify_attachment
from bearwitness.services.audit import show_trail
from bearwitness.services.backup import backup
from bearwitness.services.case_access import create_case, grant_case, renew_case
from bearwitness.services.exporting import export_case
from bearwitness.services.importing import import_file
from bearwitness.services.intake import add_testimony, show_testimony, use_case
from bearwitness.services.members import add_member, change_passphrase
from bearwitness.services.saving import save_case
from bearwitness.services.search import search
from bearwitness.services.unlocking import create_vault, unlock
from bearwitness.services.withdrawal import withdraw_consent, withdraw_testimony
from bearwitness.vault.tables import RECORD
from bearwitness.vault.trail import Act

# Invented, and in no text of ours. Hangul has two forms, composed and not.
PERSON, TOLD, NAMED, FILED = "꿩뫼를뵌쪽", "Zaraphelquillon 뚫쌔벴", "Vexilmarrow 쩔뭔햐", "Oddlethorpe-쌩뚱.jpg"
CANARIES = (PERSON, TOLD, "Zaraphelquillon", "뚫쌔벴", NAMED, "Vexilmarrow", FILED, "Oddlethorpe")


def forms_of(word):
    """The bytes by which a word could lie somewhere."""
    found = set()
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, word)
        for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            found |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
            for start in range(3):
                # The first and last letters of a base64 text hang on what stands beside the word.
                coded = base64.b64encode(b"\0" * start + raw)
                found.add(coded[4 if start else 0 : -4])
        found.add(text.encode("unicode-escape"))
        found.add(ascii(text)[1:-1].replace("\\x", "\\u00").encode())
    return {f for f in found if len(f) >= 6}


NEEDLES = {needle for word in CANARIES for needle in forms_of(word)}


def leaks(content):
    # The files of a server's log end in megabytes of nothing. One search after the other is faster than a pattern.
    full = content.rstrip(b"\0")
    return sorted(needle for needle in NEEDLES if needle in full)


def files_of(folder, since=0.0):
    """The files under a folder that were written since a time."""
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    return [p for p in found if p.is_file() and not p.is_symlink() and p.stat().st_mtime >= since]


def leaks_in(folder, since=0.0):
    """The files under a folder, written since a time, that hold one of the words, and in which form."""
    found = {str(path): leaks(str(path).encode() + path.read_bytes()) for path in files_of(folder, since)}
    return {path: held for path, held in found.items() if held}


@pytest.fixture
def planted(place, tmp_path, monkeypatch):
    """A vault with the words in a name, an account, a case's name and a file; temporary files have a folder."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    case = worked_case()
    persons = tuple(replace(p, names=(Name(text=PERSON),)) if p.id == "lee" else p for p in case.persons)
    told = tuple(replace(t, text=f"{t.text} {TOLD}") if t.id == "t-ahn" else t for t in case.testimonies)
    scene = make_scene(place, members=((MIN, ()),))
    (tmp_path / "source").mkdir()
    photo = tmp_path / "source" / FILED
    photo.write_bytes(f"{TOLD} {PERSON}".encode() * 100)
    with scene.as_() as vault:
        opened = create_case(vault, NAMED)
        new = replace(case, id=opened.id, persons=persons, testimonies=told)
        save_case(vault, opened, load_case(vault, opened), new, Act(action="case.save", case=opened.id))
        add_attachment(vault, NAMED, photo, testimony="t-ahn")
    # What a server wrote before cannot hold a word.
    scene.since = photo.stat().st_mtime - 2
    return scene


def work(scene, vault, out):
    """What is done with a case in a day."""
    use_case(vault, NAMED, action="case.show")
    show_testimony(vault, NAMED, "t-ahn")
    assert search(vault, PERSON)
    assert search(vault, "zaraphelquillon")
    verify_attachment(vault, NAMED, "f-1")
    extract_attachment(vault, NAMED, "f-1", out / "extracted")
    export_case(vault, NAMED, out / "case.yaml", purpose="documentation")
    export_case(vault, NAMED, out / "case.xlsx", purpose="documentation", form="xlsx")
    import_file(vault, out / "case.yaml", name=f"{NAMED} again")
    add_testimony(vault, NAMED, {"teller": "bae", "language": "ko", "directness": "told_by_victim", "text": TOLD})
    grant_case(vault, NAMED, scene.ids[MIN], ["content"])
    renew_case(vault, NAMED)
    withdraw_testimony(vault, NAMED, "t-ahn")
    withdraw_consent(vault, NAMED, "c-lee")


def places_of(scene, tmp_path):
    """Every folder in which something of a vault or its work could lie; not the files a member asked for."""
    found = [tmp_path / "tmp", scene.place.state]
    if not scene.place.in_database:
        return [*found, scene.place.folder]
    # Of the databases of other tests nothing is read: they lie each in a folder of its own.
    data = Path(sa.make_url(scene.place.where).query["host"]) / "data"
    engine = sa.create_engine(scene.place.where, poolclass=sa.NullPool)
    with engine.connect() as connection:
        number = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()  # fmt: skip
    others = [p for p in data.iterdir() if p.is_dir() and p.name != "base"]
    return [*found, scene.place.files, data / "base" / str(number), *others, data.parent / "log"]


def flush(scene):
    """Let a server write all it has in memory."""
    if scene.place.in_database:
        engine = sa.create_engine(scene.place.where, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")


def test_the_words_are_found_where_they_lie_open(planted, tmp_path):
    """The search for the words finds each in each form: else the tests below are blind."""
    out = tmp_path / "open"
    out.mkdir()
    with planted.as_() as vault:
        export_case(vault, NAMED, out / "case.yaml", purpose="documentation")
    assert str(out / "case.yaml") in leaks_in(out)
    for word in CANARIES:
        for text in (word, unicodedata.normalize("NFD", word)):
            for raw in (text.encode(), text.encode("utf-16-le"), base64.b64encode(b"ab" + text.encode() + b"c")):
                (out / "one").write_bytes(b"before" + raw + b"after")
                assert str(out / "one") in leaks_in(out)


def test_no_file_and_no_log_holds_a_word(planted, tmp_path, caplog):
    """While a vault is worked on and afterwards, no file of it, of its server, its backup or its log holds a word."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy").setLevel(logging.NOTSET)
    out = tmp_path / "out"
    out.mkdir()
    with planted.as_() as vault:
        assert not vault.store.engine.echo
        work(planted, vault, out)
        backup(vault, tmp_path / "backup")
        # With the database open its write-ahead log is there too.
        flush(planted)
        for folder in (*places_of(planted, tmp_path), tmp_path / "backup"):
            assert leaks_in(folder, planted.since) == {}
        assert len(list((tmp_path / "backup").iterdir())) == 2
    flush(planted)
    for folder in places_of(planted, tmp_path):
        assert leaks_in(folder, planted.since) == {}
    text = "\n".join(f"{r.getMessage()} {r.exc_text}" for r in caplog.records)
    assert leaks(text.encode()) == []


def test_the_statements_of_the_database_hold_no_word(planted, tmp_path):
    """Even whoever turns on the log of all statements and their values reads no word, and not the vault's key."""
    said = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    logger = logging.getLogger("sqlalchemy.engine")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        (tmp_path / "out").mkdir()
        with planted.as_() as vault:
            work(planted, vault, tmp_path / "out")
            keys = [k.raw for k in (vault.vault_keys.database, *vault.vault_keys.organisation)] + [vault.keys.raw]
    finally:
        logger.setLevel(logging.NOTSET)
        logger.removeHandler(handler)
    text = "\n".join(said)
    assert "INSERT INTO record" in text
    assert leaks(text.encode()) == []
    assert not [k for k in keys if k.hex() in text or repr(k)[2:-1] in text]


def test_the_trail_holds_no_word(planted, tmp_path):
    """Neither a member outside the case nor one inside reads a word in the trail."""
    (tmp_path / "out").mkdir()
    with planted.as_() as vault:
        work(planted, vault, tmp_path / "out")
        inside = show_trail(vault)
    with planted.as_(MIN) as vault:
        outside = show_trail(vault)
    assert len(inside) > 15
    for entries in (inside, outside):
        assert leaks(repr(entries).encode()) == []


def wrong_steps(scene, vault, tmp_path):
    """Steps that are refused, with the words in what they are given and in what they meet."""
    account = {"teller": "ahn", "language": "ko", "directness": "told_by_victim", "text": TOLD}
    bad = tmp_path / "source" / "bad.yaml"
    bad.write_text(f"bearwitness: 1\ncase: x\npersons:\n  - {{id: a, names: [{{text: {PERSON}}}], sex: {TOLD}}}\n",
                   encoding="utf-8")  # fmt: skip
    row = load_case(vault, vault.open_case(NAMED)).row_of("testimony", "t-ahn")
    yield lambda: create_case(vault, NAMED)
    yield lambda: create_vault(scene.place, name=PERSON, passphrase=phrase_of(HANA), cost=CHEAP)
    yield lambda: add_member(vault, name=PERSON, passphrase="short", cost=CHEAP)
    yield lambda: change_passphrase(vault, old=TOLD, new=f"{TOLD} and more", cost=CHEAP)
    yield lambda: unlock(scene.place, passphrase=lambda: TOLD, member=PERSON)
    yield lambda: use_case(vault, TOLD, action="case.show")
    yield lambda: show_testimony(vault, NAMED, TOLD)
    yield lambda: add_testimony(vault, NAMED, {**account, "directness": TOLD})
    yield lambda: add_testimony(vault, NAMED, {**account, "id": "t-ahn"})
    yield lambda: add_testimony(vault, NAMED, {**account, "told": TOLD})
    yield lambda: grant_case(vault, NAMED, PERSON, ["content"])
    yield lambda: withdraw_testimony(vault, NAMED, TOLD)
    yield lambda: export_case(vault, NAMED, tmp_path, purpose="documentation")
    yield lambda: export_case(vault, NAMED, tmp_path / "x", purpose=TOLD)
    yield lambda: extract_attachment(vault, NAMED, PERSON, tmp_path / "x")
    yield lambda: import_file(vault, bad)
    yield lambda: search(vault, " ")
    tamper(vault, sa.update(RECORD).where(RECORD.c.id == row).values(content=RECORD.c.chain))
    yield lambda: load_case(vault, vault.open_case(NAMED))
    yield lambda: show_testimony(vault, NAMED, "t-ahn")


def test_no_message_holds_a_word(planted, tmp_path):
    """No error, and nothing that Python prints of one, holds a word of the case or of what a step was given."""
    said = []
    with planted.as_() as vault:
        for number, step in enumerate(wrong_steps(planted, vault, tmp_path)):
            with pytest.raises(BearwitnessError) as refused:
                step()
            assert leaks(str(refused.value).encode()) == [], f"step {number}: {refused.value}"
            lines = traceback.format_exception_only(refused.value)
            said.append("".join(lines))
            assert leaks("".join(lines).encode()) == []
            assert leaks(repr(refused.value.__cause__).encode()) == []
    with planted.as_(MIN) as vault, pytest.raises(BearwitnessError) as refused:
        vault.open_case(NAMED)
    assert leaks(str(refused.value).encode()) == []
    assert len(said) == 19


def test_the_passphrase_is_nowhere(planted, tmp_path):
    """The passphrase and the private keys of a member lie in no file."""
    with planted.as_() as vault:
        secrets = [phrase_of(HANA).encode(), vault.keys.raw, vault.keys.raw.hex().encode(),
                   base64.b64encode(vault.keys.raw), vault.vault_keys.organisation[0].raw]  # fmt: skip
        if not planted.place.in_database:
            secrets.append(vault.vault_keys.database.raw)
        backup(vault, tmp_path / "backup")
    flush(planted)
    for folder in (*places_of(planted, tmp_path), tmp_path / "backup"):
        for path in files_of(folder, planted.since):
            held = path.read_bytes()
            assert not [n for n, s in enumerate(secrets) if s in held], path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux has this")
def test_no_core_is_dumped(planted):
    """A process that unlocked a vault leaves no core, and no other process of the user may read its memory."""

    def run():
        import ctypes

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
        before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
        with planted.as_():
            return before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)

    assert in_child(run) == (1, 0, (0, 0))
    assert os.getpid() > 1
