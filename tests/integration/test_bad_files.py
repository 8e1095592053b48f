"""What a stranger's file can do to assess, redact and check: nothing but be refused in a line that says what to do."""

from __future__ import annotations

import json
import os
import random
import resource
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from bad_files import (
    NAME,
    OLD,
    SCAN,
    flat_bomb,
    listed_bomb,
    locked_docx,
    locked_odt,
    many_bomb,
    pdf_book,
    pdf_bytes,
    pdf_line,
    written,
    xml_bomb,
)

from bearwitness.documents import files, files_streams
from bearwitness.documents.zip_bounds import pack_archive

STATUS = {"assess": 4, "redact": 4, "check": 23}
SAFE, UNSAFE = 0, 3


def refused(run: Callable[..., tuple[int, str, str]], path: Path, *said: str, named: str = "") -> None:
    """See that all three commands refuse a file: one line, its own status, the file's name, advice, nothing written."""
    for command, status in STATUS.items():
        found, out, err = run(command, path)
        assert (command, found, out) == (command, status, "")
        assert err.count("\n") == 1
        assert (named or path.name) in err
        assert all(word in err for word in said)
        # What is wrong, and what to do about it.
        assert err.count(". ") + err.count(".\n") >= 2
        assert NAME not in err
        assert not [p for p in path.parent.glob("*out.txt*") if p.is_file()]


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_a_file_cut_short_is_refused(run, put, form):
    """Half of a file, and its first bytes, are damaged files to every command."""
    sound = written(form)
    for at in (30, len(sound) // 2):
        refused(run, put(f"cut.{form}", sound[:at]), "damaged")


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_a_file_with_flipped_bits_is_refused_or_read_whole(run, put, form):
    """Damage anywhere is told, or changes nothing: of an unsafe draft no part that is left is ever safe."""
    sound = written(form)
    rng = random.Random(41)
    read = 0
    for _ in range(8):
        content = bytearray(sound)
        for _ in range(rng.choice([1, 3, 20])):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        status, out, err = run("assess", put(f"flipped.{form}", bytes(content)), "--json")
        assert status in (UNSAFE, 4), err
        assert NAME not in err
        if status == UNSAFE:
            assert not json.loads(out)["safe"]
            read += 1
    # Some damage falls where it does not matter, and some where it does.
    assert read < 8


def test_a_damaged_drawing_of_a_pdf_file_is_refused_not_read_in_part(run, put):
    """The first half of a page, which is all that a damaged one gives, would be safe."""
    lines = "".join(pdf_line("They waited by the river.").replace("700", str(700 - n)) for n in range(0, 600, 12))
    made = pdf_book(lines + pdf_line(f"{NAME} Chol-su, a nurse"))
    content = pdf_bytes(made, compress_streams=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    content = pdf_bytes(pikepdf.open(put("sound.pdf", content)), recompress_flate=True)
    with pikepdf.open(put("sound.pdf", content)) as book:
        raw = bytes(book.pages[0].Contents.read_raw_bytes())
    assert raw in content
    assert run("assess", put("sound.pdf", content))[0] == UNSAFE
    for share in (0.5, 0.9):
        broken = bytearray(raw)
        at = int(len(raw) * share)
        broken[at : at + 4] = b"\xff\xff\xff\xff"
        refused(run, put("broken.pdf", content.replace(raw, bytes(broken))), "damaged", "object")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", locked_docx()), ("a.odt", locked_odt(whole=False)), ("new.odt", locked_odt(whole=True)),
        ("a.pdf", pdf_bytes(pdf_book(pdf_line(NAME)), encryption=pikepdf.Encryption(owner="o", user="u"))),
    ],
)  # fmt: skip
def test_a_locked_file_is_said_to_be_locked(run, put, name, content):
    """A password is told as such in every form, and not as damage."""
    refused(run, put(name, content), "locked with a password", "without")


@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize("bomb", [flat_bomb, many_bomb, listed_bomb])
def test_a_zip_bomb_is_refused_before_it_goes_off(run, put, form, bomb):
    """One huge entry, many large ones, or a list without end: refused at once, at the price of its packed size."""
    content = bomb(form)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    refused(run, put(f"bomb.{form}", content), "smaller files")
    assert time.monotonic() - began < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize("kind", ["multiplied", "fetched", "deep"])
def test_an_xml_bomb_is_refused(run, put, form, kind):
    """Entities that multiply or fetch, and elements nested without end, are refused by the name of the part."""
    refused(run, put(f"bomb.{form}", xml_bomb(form, kind)), "content.xml" if form == "odt" else "word/document.xml")


@pytest.mark.parametrize("drawing", [SCAN, SCAN + pdf_line("They waited.", before="3 Tr")])
def test_a_scan_has_no_text_layer_and_is_never_clean(run, put, drawing):
    """A picture of a page, with or without invisible letters under it, is refused as a draft and told by check."""
    path = put("scan.pdf", pdf_bytes(pdf_book(drawing)))
    status, out, _ = run("check", path, "--language", "en")
    assert status == UNSAFE
    assert "page without text" in " ".join(out.split())
    for command in ("assess", "redact"):
        status, out, err = run(command, path)
        assert (status, out) == (4, "")
        assert "no text layer" in err
        assert "Type" in err


def test_a_draft_of_which_some_pages_are_scans_is_refused_by_page(run, put):
    """What the other pages say is not judged for the whole; a blank page at the end is no scan."""
    path = put("partly.pdf", pdf_bytes(pdf_book(pdf_line("They waited by the river."), SCAN, "")))
    for command in ("assess", "redact"):
        status, out, err = run(command, path)
        assert (status, out) == (4, "")
        assert "partly.pdf: page 2:" in err
        assert "no text layer" in err
    blank = put("blank.pdf", pdf_bytes(pdf_book(pdf_line("They waited by the river."), "")))
    assert run("assess", blank)[0] == SAFE


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.hwp", OLD, "HWP"), ("a.hwpx", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/hwp+zip", "damaged"),
        ("a.doc", OLD, "save it as DOCX"), ("a.rtf", b"{\\rtf1 " + NAME.encode() + b"}", "RTF"),
        ("a.zip", pack_archive({"a.txt": NAME.encode()}), "zip archive"),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(100), "Films are not read"), ("a.docx", b"", "empty"),
        ("a.odt", b"", "empty"), ("a.pdf", b"", "empty"), ("a.txt", b"", "empty"), ("b.docx", b"PK\x03\x04", "damaged"),
        ("c.txt", b"%PDF-1.4 " + NAME.encode(), "rename it"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named_with_advice(run, put, name, content, said):
    """Hangul and old Word documents, rich text, archives, films, nothing at all, and names that lie."""
    refused(run, put(name, content), said)


@pytest.mark.parametrize("name", ["big.docx", "big.odt", "big.pdf", "big.txt"])
def test_a_file_of_more_than_a_hundred_megabytes_is_refused_unread(run, tmp_path, name):
    """Size is asked before content."""
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(100_000_001)
    began = time.monotonic()
    refused(run, path, "100 MB")
    assert time.monotonic() - began < 5


def test_a_pipe_is_waited_for_and_not_for_ever(run, tmp_path, monkeypatch):
    """A draft may come through a pipe, late; where nobody ever writes, an error says so."""
    monkeypatch.setattr(files_streams, "MOST_WAIT_SECONDS", 0.3)
    pipe = tmp_path / "draft.fifo"
    os.mkfifo(pipe)
    refused(run, pipe, "pipe")
    monkeypatch.setattr(files_streams, "MOST_WAIT_SECONDS", 20.0)

    def give() -> None:
        time.sleep(0.3)
        pipe.write_bytes(f"{NAME} Chol-su, a nurse from Sinuiju".encode())

    giver = threading.Thread(target=give)
    giver.start()
    assert run("assess", pipe)[0] == UNSAFE
    giver.join()


def test_a_folder_a_missing_file_and_a_forbidden_one_are_told_apart(run, put, tmp_path, monkeypatch):
    """Each in its own words, by the path that was given."""
    folder = tmp_path / "papers"
    folder.mkdir()
    refused(run, folder, "folder")
    refused(run, tmp_path / "none.docx", "no such file")
    refused(run, Path("/dev/null"), "empty", named="null")
    path = put("secret.docx", written("docx"))

    def forbid(_: str) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(files, "open_unbuffered", forbid)
    refused(run, path, "may not be read")


def test_a_file_that_changes_while_it_is_read_is_refused(run, put, monkeypatch):
    """Half of one state and half of another is neither."""
    path = put("draft.docx", written("docx"))
    read_up_to = files.read_up_to

    def read_and_change(file: object, count: int) -> bytes:
        content = read_up_to(file, count)
        with path.open("ab") as other:
            other.write(b"more")
        return content

    monkeypatch.setattr(files, "read_up_to", read_and_change)
    refused(run, path, "changed while")


@pytest.mark.parametrize(
    "name", ["한글 이름.pdf", "-x.pdf", "a\nb\x1b[31m.pdf", "a\u202efdp.pdf", os.fsdecode(b"a\xff.pdf")]
)
def test_odd_names_are_told_in_one_line_that_harms_no_terminal(run, put, name):
    """Line breaks, orders to the terminal, turned letters and broken encodings are shown as signs."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    refused(run, put(name, b"%PDF-1.7 broken"), "damaged", named=shown)
