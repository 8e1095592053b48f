"""Files are read without guessing and written without risk."""

import os
import stat
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.documents import files
from bearwitness.documents.files import read_text, write_atomically
from bearwitness.errors import CaseError, DraftError, LedgerError, OutputError

CANARY = "kanarienvogel"
HANGUL = "안도솔은 신의주에서 왔다"


@pytest.fixture
def written(tmp_path):
    """Writes bytes into a file and gives its path."""

    def write(content, name="draft.txt"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    "content",
    [
        HANGUL.encode(),
        b"\xef\xbb\xbf" + HANGUL.encode(),
        HANGUL.encode("utf-16"),
        b"\xfe\xff" + HANGUL.encode("utf-16-be"),
    ],
)
def test_text_with_or_without_a_mark_is_read(written, content):
    """UTF-8, UTF-8 with its mark and UTF-16 with its mark give the same text."""
    assert read_text(written(content), kind=DraftError) == HANGUL


def test_line_breaks_stay_as_they_are(written):
    """Offsets count in the file as its author wrote it."""
    assert read_text(written(b"a\r\nb\n"), kind=DraftError) == "a\r\nb\n"


def test_a_text_that_begins_like_an_image_is_text(written):
    """Three printable letters alone do not make a file binary."""
    assert read_text(written(b"BZh and GIF8"), kind=DraftError) == "BZh and GIF8"


def refused(path, kind=DraftError, **options):
    """The error of a file, after a look at what every one must be like."""
    with pytest.raises(kind) as caught:
        read_text(path, kind=kind, **options)
    said = str(caught.value)
    assert CANARY not in said
    assert "\n" not in said
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("encoding", ["cp949", "euc-kr"])
def test_the_old_korean_encoding_is_named(written, encoding):
    """CP949 is refused with its name, the first bad character and how to mend it."""
    path = written(f"{CANARY}\nab".encode() + HANGUL.encode(encoding))
    found = refused(path)
    assert "CP949" in found.message
    assert "UTF-8" in found.hint
    assert found.where == f"{path}:2:3"
    assert found.status == 4


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"caf\xe9 x", "1:4"),
        (b"one\ntwo \xff", "2:5"),
        ("안".encode() + b"\xec\x95", "1:2"),
        (b"\xed\xa0\x80", "1:1"),
    ],
)
def test_what_is_not_utf_8_is_refused_where_it_begins(written, content, place):
    """The line and column of the first bad byte are told, counted in characters."""
    path = written(content)
    found = refused(path)
    assert "UTF-8" in found.message
    assert found.where == f"{path}:{place}"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "Word"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        (b"PK\x03\x04....mimetypeapplication/hwp+zip", "Hangul"),
        (b"PK\x03\x04....whatever", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "HWP"),
        (b"HWP Document File V3.00", "Hangul"),
        (b"{\\rtf1 ", "RTF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"\x1f\x8b....", "gzip"),
        (b"RIFF\x00\x00", "RIFF"),
        (b"a\x00b\x00c\x00", "UTF-16"),
        (b"abc\x00defghijk", "binary"),
        ("a\x00b".encode("utf-16"), "binary"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
    ],
)
def test_binary_is_named(written, head, name):
    """A file that is no text is called what it is."""
    assert name in refused(written(head + CANARY.encode() * (0 if head[:2] in (b"a\x00", b"\xff\xfe") else 1))).message


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", "\u3000\n".encode(), b"\xff\xfe"])
def test_an_empty_file_is_refused(written, content):
    """Nothing, or only white space, is not a draft."""
    assert "empty" in refused(written(content)).message


def test_a_huge_file_is_refused_unread(tmp_path, monkeypatch):
    """Of a 50 MB file only the first bytes are read."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.write(b"bearwitness: 1\n" * 1000)
        file.truncate(50_000_000)
    counts = []
    read_up_to = files.read_up_to
    monkeypatch.setattr(files, "read_up_to", lambda file, count: counts.append(count) or read_up_to(file, count))
    assert "20 MB" in refused(path, kind=CaseError).message
    assert "2 MB" in refused(path, kind=DraftError).message
    assert sum(counts) < 20_000


def test_the_limit_is_a_limit(written):
    """A file of just the size is read, one byte more is not."""
    assert read_text(written(b"x" * 10_000), kind=DraftError, most_bytes=10_000)
    assert refused(written(b"x" * 10_001), most_bytes=10_000).where.endswith("draft.txt")


def test_a_pipe_is_read_and_bounded(tmp_path):
    """A decrypted draft may come through a pipe, which has no size; it is never read without end."""
    for content, right in ((HANGUL.encode(), True), (b"x" * 9000, False)):
        reading, writing = os.pipe()
        os.write(writing, content)
        os.close(writing)
        try:
            if right:
                assert read_text(f"/dev/fd/{reading}", kind=DraftError) == HANGUL
            else:
                assert "larger" in refused(f"/dev/fd/{reading}", most_bytes=8500).message
        finally:
            os.close(reading)
    assert not list(tmp_path.iterdir())


def test_an_endless_device_is_refused():
    """A device that never ends does not fill the memory."""
    assert refused("/dev/zero").message


def test_missing_folders_and_forbidden_files_are_told_apart(tmp_path, written, monkeypatch):
    """No file, a folder, a file in place of a folder and a file that may not be read: each in its own words."""
    assert "no such file" in refused(tmp_path / "none.yaml", kind=LedgerError).message
    assert "no such file" in refused(written(b"x") / "below").message
    assert "folder" in refused(tmp_path).message
    assert "name of a file" in refused("").message
    assert "name of a file" in refused("a\0b").message
    monkeypatch.setattr(files, "_open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    found = refused(written(b"x"), kind=CaseError)
    assert "may not be read" in found.message
    assert found.status == 5


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_is_read_back(text):
    """Any text survives, line breaks and all."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out.txt")
        write_atomically(path, text)
        with open(path, "rb") as file:
            assert file.read() == text.encode()


def test_only_its_owner_can_read_what_is_written(tmp_path):
    """The file is private from the moment it is there, and nothing is left beside it."""
    path = tmp_path / "out.txt"
    write_atomically(path, HANGUL)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def not_written(path, text="new", **options):
    """The error of a writing that must not happen."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(OutputError) as caught:
        write_atomically(path, text, **options)
    assert caught.value.status == 11
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    if path.parent.is_dir():
        assert sorted(path.parent.iterdir()) == before
    return caught.value


def test_a_file_is_replaced_only_when_told(tmp_path):
    """An existing file stays as it is unless its replacement is wanted."""
    path = tmp_path / "out.txt"
    path.write_text("old")
    assert "already" in not_written(path).message
    assert path.read_text() == "old"
    write_atomically(path, "new", replace=True)
    assert path.read_text() == "new"


@pytest.mark.parametrize("way", ["name", "dots", "symlink", "hardlink", "folder link", "loop to missing"])
def test_an_input_is_never_overwritten(tmp_path, way):
    """By whatever name or link the input is called, it is left alone, even when replacing is wanted."""
    folder = tmp_path / "in"
    folder.mkdir()
    draft = folder / "draft.txt"
    draft.write_text("old")
    if way == "name":
        target = draft
    elif way == "dots":
        target = folder / ".." / "in" / "draft.txt"
    elif way == "symlink":
        target = tmp_path / "link"
        target.symlink_to(draft)
    elif way == "hardlink":
        target = tmp_path / "link"
        os.link(draft, target)
    elif way == "folder link":
        (tmp_path / "other").symlink_to(folder)
        target = tmp_path / "other" / "draft.txt"
    else:
        target = tmp_path / "link"
        target.symlink_to(folder / "gone.txt")
        draft = folder / "gone.txt"
    assert "input" in not_written(target, forbidden=[draft], replace=True).message
    if draft.exists():
        assert draft.read_text() == "old"


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    """A full disk, a folder in the way, a missing folder, a device: told, and nothing is half done."""
    assert "no such folder" in not_written(tmp_path / "none" / "out.txt").message
    assert "folder" in not_written(tmp_path / "", replace=True).message
    with pytest.raises(OutputError, match="device"):
        write_atomically("/dev/null", "x", replace=True)
    with pytest.raises(OutputError, match="name of a file"):
        write_atomically(f"{tmp_path}/", "x")
    monkeypatch.setattr(files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    assert "space" in not_written(tmp_path / "out.txt").hint


def test_an_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    """Even a key pressed in the middle of writing removes the temporary file."""
    monkeypatch.setattr(files.os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "out.txt", "x")
    assert not list(tmp_path.iterdir())


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    """Between the check and the move somebody else may write: their file stays."""
    path = tmp_path / "out.txt"
    check = files._check_target

    def check_then_appear(*arguments, **options):
        check(*arguments, **options)
        path.write_text("theirs")

    monkeypatch.setattr(files, "_check_target", check_then_appear)
    with pytest.raises(OutputError, match="already"):
        write_atomically(path, "ours")
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_links_is_written_too(tmp_path, monkeypatch):
    """Where links do not exist, the file is moved instead."""
    monkeypatch.setattr(files.os, "link", lambda *_: (_ for _ in ()).throw(OSError(95, "no links")))
    write_atomically(tmp_path / "out.txt", HANGUL)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == HANGUL
    assert len(list(tmp_path.iterdir())) == 1
