"""The folder of attachments: whole files or none, for nobody else, under names that lead nowhere else."""

import io
import os
import re
import stat
import time

import pytest

from bearwitness.errors import AttachmentError, DamagedAttachment
from bearwitness.vault.attachment_files import AttachmentFolder
from bearwitness.vault.attachment_stream import open_stream, seal_stream


@pytest.fixture
def folder(tmp_path):
    return AttachmentFolder(tmp_path / "attachments")


def everything(path):
    """All files and folders below a path."""
    return sorted(str(p.relative_to(path)) for p in path.rglob("*"))


def test_what_is_written_is_read_again(folder):
    """A file comes back under the name it was given, with what its writer returned."""
    name, result = folder.write(lambda file: file.write(b"sealed"))
    assert result == 6
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    with folder.open(name) as file:
        assert file.read() == b"sealed"
    assert folder.names() == (name,)


def test_names_are_new_every_time(folder):
    """The same content twice gives two names, listed in order."""
    names = {folder.write(lambda f: f.write(b"same"))[0] for _ in range(20)}
    assert len(names) == 20
    assert folder.names() == tuple(sorted(names))


def test_files_and_folders_are_the_owners_only(tmp_path, folder):
    """Nobody else can read a file or list a folder, whatever the process allows others by default."""
    before = os.umask(0)
    try:
        name, _ = folder.write(lambda f: f.write(b"x"))
    finally:
        os.umask(before)
    place = tmp_path / "attachments" / name[:2] / name
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    for path in (place.parent, place.parent.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), DamagedAttachment("x")])
def test_a_write_that_fails_leaves_nothing(tmp_path, folder, error):
    """Whatever stops a write passes through, and no file of it is left."""

    def fill(file):
        file.write(b"half")
        raise error

    with pytest.raises(type(error)):
        folder.write(fill)
    assert everything(tmp_path / "attachments") == []


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, folder):
    """An error of the system becomes an error that says what to do, without the path."""

    def fill(file):
        file.write(b"half")
        raise OSError(28, "No space left on device", str(tmp_path))

    with pytest.raises(AttachmentError) as caught:
        folder.write(fill)
    assert "space" in caught.value.hint
    assert str(tmp_path) not in str(caught.value)
    assert caught.value.status == 15
    assert everything(tmp_path / "attachments") == []


@pytest.mark.parametrize("failing", ["rename", "fsync"])
def test_a_failure_late_in_a_write_leaves_no_file(tmp_path, folder, monkeypatch, failing):
    """If a file cannot be made durable or renamed, it is not there afterwards."""

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(AttachmentError):
        folder.write(lambda f: f.write(b"x"))
    monkeypatch.undo()
    assert folder.names() == ()
    assert not [p for p in (tmp_path / "attachments").rglob("*") if p.is_file()]


def test_a_file_is_durable_before_it_has_its_name(folder, monkeypatch):
    """The content is synchronised before the rename, and the folder after it."""
    steps = []
    sync, rename = os.fsync, os.rename

    def noted_sync(handle):
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def noted_rename(one, other):
        steps.append("rename")
        rename(one, other)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "rename", noted_rename)
    folder.write(lambda f: f.write(b"x"))
    assert [s for s in steps if s != "folder"] == ["file", "rename"]
    assert steps[-2:] == ["rename", "folder"]


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../../../etc/passwd", "/etc/passwd", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "a" * 32 + "\n",
     "a" * 31 + "/", "a" * 30 + "\0a", "a" * 32 + ".part", "١" * 32],
)  # fmt: skip
def test_a_name_that_is_none_of_ours_is_refused(folder, name):
    """No name leads out of the folder, nor to a leftover."""
    folder.write(lambda f: f.write(b"x"))
    for step in (folder.open, folder.remove):
        with pytest.raises(AttachmentError) as caught:
            step(name)
        assert "not the name" in caught.value.message


def test_a_file_that_is_not_there_is_named(folder):
    """A missing file is an error that names it and says where to get it."""
    with pytest.raises(AttachmentError) as caught:
        folder.open("0" * 32)
    assert caught.value.where == "0" * 32
    assert "backup" in caught.value.hint


def test_links_and_pipes_are_not_read(tmp_path, folder):
    """What stands under a file's name but is no regular file is not opened."""
    name, _ = folder.write(lambda f: f.write(b"x"))
    place = tmp_path / "attachments" / name[:2] / name
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    place.unlink()
    place.symlink_to(secret)
    with pytest.raises(AttachmentError):
        folder.open(name)
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(AttachmentError):
        folder.open(name)
    assert folder.names() == ()


def test_removing_twice_is_no_error(folder):
    """A removal that was interrupted can be done again."""
    name, _ = folder.write(lambda f: f.write(b"x"))
    folder.remove(name)
    folder.remove(name)
    assert folder.names() == ()


def test_a_folder_without_a_write_is_empty(tmp_path, folder):
    """Looking makes nothing."""
    assert folder.names() == ()
    assert folder.sweep(()) == 0
    assert not (tmp_path / "attachments").exists()


def test_a_sweep_removes_leftovers_and_what_nobody_knows(tmp_path, folder):
    """Old leftovers and unknown files go; known files, and what is not of our making, stay."""
    root = tmp_path / "attachments"
    known, unknown = (folder.write(lambda f: f.write(b"x"))[0] for _ in range(2))
    (root / f"{'1' * 32}.part").write_bytes(b"half")
    (root / "README").write_text("ours not", encoding="utf-8")
    (root / known[:2] / "note.part").write_bytes(b"ours not")
    assert folder.sweep({known}, least_age=0) == 2
    assert folder.names() == (known,)
    assert unknown not in "".join(everything(root))
    assert (root / "README").exists()
    assert (root / known[:2] / "note.part").exists()
    assert folder.sweep({known}, least_age=0) == 0


def test_a_sweep_spares_what_was_written_just_now(tmp_path, folder):
    """A file whose record may still be on its way, or that is being written, is swept an hour later only."""
    name, _ = folder.write(lambda f: f.write(b"x"))
    part = tmp_path / "attachments" / f"{'1' * 32}.part"
    part.write_bytes(b"half")
    assert folder.sweep(()) == 0
    long_ago = time.time() - 2 * 3600
    for path in (part, tmp_path / "attachments" / name[:2] / name):
        os.utime(path, (long_ago, long_ago))
    assert folder.sweep(()) == 2
    assert folder.names() == ()


def test_a_sweep_does_not_follow_links_out_of_the_folder(tmp_path, folder):
    """A sub-folder that is a link is not entered."""
    other = tmp_path / "other"
    other.mkdir()
    name = "ab" + "0" * 30
    (other / name).write_bytes(b"somebody's")
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "ab").symlink_to(other)
    assert folder.names() == ()
    assert folder.sweep((), least_age=0) == 0
    assert (other / name).exists()


def test_a_sealed_stream_goes_in_and_comes_out(folder):
    """Folder and stream fit together: an attachment is sealed into a file and opened from it."""
    key, plain = os.urandom(32), os.urandom(200_000)
    name, sealed = folder.write(lambda f: seal_stream(io.BytesIO(plain), f, key=key, file_id=b"a-1"))
    target = io.BytesIO()
    with folder.open(name) as file:
        assert open_stream(file, target, key=key, file_id=b"a-1") == sealed
    assert target.getvalue() == plain
