"""What reads a file can do no harm: it is bound, its answer is checked, and when it ends badly an error says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bearwitness.documents import sandbox
from bearwitness.documents.content import Document, Hidden, Note, Opened, Paragraph, Picture, Run, Table
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.opening import open_document
from bearwitness.documents.sandbox import Limits, find_bounds, read_apart
from bearwitness.documents.sandbox_codec import decode_opened, encode_opened
from bearwitness.errors import DocumentError

ATTEMPTS = """
import json, os, socket, sys
from bearwitness.documents.sandbox_bounds import set_bounds
held = set_bounds(memory_bytes=1_000_000_000, cpu_seconds=20)
done = []
def attempt(name, do):
    try:
        do()
        done.append(name)
    except (OSError, MemoryError):
        pass
def write():
    with open(sys.argv[1], "wb") as file:
        file.write(b"x")
def connect():
    with socket.socket() as s:
        s.settimeout(2)
        s.connect(("127.0.0.1", int(sys.argv[2])))
attempt("memory", lambda: bytearray(2_000_000_000))
attempt("no_writing", write)
attempt("no_network", connect)
attempt("no_programs", lambda: os.posix_spawn("/bin/true", ["true"], {}))
print(json.dumps([sorted(held), done]))
"""


def test_no_bound_is_claimed_that_does_not_hold(tmp_path: object) -> None:
    """What the bounds say is tried: memory, writing, a listening neighbour, another program."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        found = subprocess.run(
            [sys.executable, "-c", ATTEMPTS, os.path.join(str(tmp_path), "a"), str(server.getsockname()[1])],
            capture_output=True, check=True, text=True, env={**os.environ, "PYTHONPATH": sandbox._PROGRAM},
        )  # fmt: skip
    held, done = json.loads(found.stdout)
    assert {"memory", "no_writing"} <= set(held)
    assert not set(held) & set(done)


def test_the_bounds_that_are_told_are_those_of_the_process_that_reads() -> None:
    """The question goes to such a process, and on this kind of system it says what holds anywhere."""
    assert {"memory", "processor", "no_writing", "no_core", "few_files"} <= find_bounds()


def _started(code: str) -> object:
    """As the sandbox starts its process, with other code in it."""

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    return start


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()", "import sys; sys.exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "print('R', end='')", "import sys; sys.stdout.buffer.write(b'R' + (9).to_bytes(8, 'big') + b'{\"form\"')",
        "import sys; sys.stdout.buffer.write(b'R' + (2).to_bytes(8, 'big') + b'{}')",
        "import sys; sys.stdout.buffer.write(b'B' + (2).to_bytes(8, 'big') + b'{}')",
        "import sys; sys.stdout.buffer.write(b'X' + (3).to_bytes(8, 'big') + b'[1]')",
    ],
)  # fmt: skip
def test_a_reader_that_breaks_or_lies_is_an_error_of_our_own(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Killed, ended without an answer, cut short, or answering what is no document."""
    monkeypatch.setattr(sandbox, "_start", _started(code))
    with pytest.raises(DocumentError) as caught:
        read_apart(b"words", "docx")
    assert caught.value.hint


def test_an_answer_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that hands over more and more is ended."""
    endless = "import sys\nwhile True: sys.stdout.buffer.write(b'R' * 65536)"
    monkeypatch.setattr(sandbox, "_start", _started(endless))
    with pytest.raises(DocumentError, match="handed over"):
        read_apart(b"words", "docx", limits=Limits(answer_bytes=1_000_000))


def test_the_answer_for_another_form_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of Word documents that says it read plain text is broken."""
    said = encode_opened(Opened(form="text", document=Document(blocks=())))
    code = f"import sys; sys.stdout.buffer.write(b'R' + ({len(said)}).to_bytes(8, 'big') + {said!r})"
    monkeypatch.setattr(sandbox, "_start", _started(code))
    with pytest.raises(DocumentError, match="broke"):
        read_apart(b"words", "docx")


def test_nothing_of_the_environment_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase in a variable of this process is not in the one that reads."""
    monkeypatch.setenv("BEARWITNESS_SECRET", "Vordanika")
    process = sandbox._start()
    try:
        if not os.path.exists(f"/proc/{process.pid}/environ"):
            pytest.skip("this system does not show the environment of a process")
        with open(f"/proc/{process.pid}/environ", "rb") as file:
            assert b"Vordanika" not in file.read()
    finally:
        sandbox._kill(process)
        process.communicate()


def test_every_part_of_a_document_crosses_over() -> None:
    """Runs, tables, pictures, notes, headers and hidden things are the same on the other side."""
    run = Run(text="강가 \n\t😀", bold=True, link="https://example.org", note="1")
    words = Paragraph(runs=(run,), kind="heading", level=2)
    document = Document(
        blocks=(words, Table(rows=(((words,), ()),), header_rows=1), Picture(content=b"\x00\xff", alternative="곽")),
        notes=(Note(id="1", paragraphs=(words,)),), margins=(words,),
    )  # fmt: skip
    opened = Opened(form="odt", document=document, hidden=(Hidden(kind="comment", where="a", text="표"),))
    assert decode_opened(encode_opened(opened)) == opened


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b'{"form": "docx"}', b"[" * 100_000, b"\xff"])
def test_what_is_no_document_is_not_decoded(content: bytes) -> None:
    """Each part of an answer is checked; none is taken on trust."""
    with pytest.raises(ValueError):  # noqa: PT011
        decode_opened(content)


def test_a_file_of_a_hundred_million_bytes_is_not_opened() -> None:
    """Too large is told before anything reads it."""
    with pytest.raises(DocumentError, match="larger"):
        open_document(bytes(100_000_001), name="a.txt")


def test_the_name_of_the_file_is_in_the_error() -> None:
    """Whoever gives ten files must know which one."""
    with pytest.raises(DocumentError) as caught:
        open_document(write_docx(Document(blocks=()))[:-40], name="ferry.docx")
    assert caught.value.where.startswith("ferry.docx")
