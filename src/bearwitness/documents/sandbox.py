"""Opens a file in a process of its own, which may use little, write nothing and reach no network.

A file from a stranger may be made to break the program that reads it. Whatever happens to the reader, this process
gets a document, a rebuilt medium or an error; what comes back is data that nothing can run.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from bearwitness.documents.content import DocumentForm, Opened
from bearwitness.documents.sandbox_bounds import Bound
from bearwitness.documents.sandbox_child import BOUNDS, LENGTH_BYTES, READ, REBUILT, REFUSED, RebuiltForm
from bearwitness.documents.sandbox_codec import decode_opened
from bearwitness.errors import DocumentError

_Task = Literal["read", "rebuild", "bounds"]

# The first line of what the process is given says what to do and where the program lies.
_BEGIN: Final = (
    "import json, sys; header = json.loads(sys.stdin.buffer.readline()); sys.path[:] = header['path']; "
    "from bearwitness.documents.sandbox_child import answer; answer(header)"
)
_PROGRAM: Final = str(Path(__file__).resolve().parents[2])
_MOST_MESSAGE: Final = 1000
_SAVE_AGAIN: Final = (
    "The file may be damaged, or made to break what reads it. Open it where it can do no harm, and save it anew; or "
    "type it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may cost."""

    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 60
    wall_seconds: float = 60.0
    answer_bytes: int = 400_000_000


_USUAL: Final = Limits()


def read_apart(content: bytes, form: DocumentForm, *, limits: Limits = _USUAL) -> Opened:
    """Read a file of a known form in a process of its own.

    Parameters
    ----------
    content : bytes
        The file.
    form : DocumentForm
        What it is.
    limits : Limits
        What reading it may cost.

    Returns
    -------
    Opened
        As its reader gives it.

    Raises
    ------
    DocumentError
        If the reader refuses the file, breaks on it, or needs more than it may.
    """
    sort, reply = _ask("read", form, content, limits)
    if sort != READ:
        raise _broken()
    try:
        opened = decode_opened(reply)
    except ValueError:
        raise _broken() from None
    if opened.form != form:
        raise _broken()
    return opened


def rebuild_apart(content: bytes, form: RebuiltForm, *, limits: Limits = _USUAL) -> bytes:
    """Make an image or a sound anew in a process of its own; as ``rebuild_image`` and ``rebuild_sound``.

    Raises
    ------
    DocumentError
        If it cannot be made anew, or that breaks or needs more than it may.
    """
    sort, reply = _ask("rebuild", form, content, limits)
    if sort != REBUILT or not reply:
        raise _broken()
    return reply


def find_bounds() -> frozenset[Bound]:
    """Which bounds hold on this machine for a process that reads a file; nothing is claimed that was not tried."""
    sort, reply = _ask("bounds", "text", b"", _USUAL)
    return frozenset(name for name in json.loads(reply) if name in get_args(Bound)) if sort == BOUNDS else frozenset()


def _ask(task: _Task, form: DocumentForm | RebuiltForm, content: bytes, limits: Limits) -> tuple[bytes, bytes]:
    header = {
        "task": task, "form": form, "path": [_PROGRAM, *(p for p in sys.path if p)],
        "memory_bytes": limits.memory_bytes, "cpu_seconds": limits.cpu_seconds,
    }  # fmt: skip
    process = _start()
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        _kill(process)

    timer = threading.Timer(limits.wall_seconds, expire)
    timer.daemon = True
    timer.start()
    giver = threading.Thread(target=_give, args=(process, json.dumps(header).encode() + b"\n", content), daemon=True)
    giver.start()
    try:
        assert process.stdout is not None
        reply = process.stdout.read(limits.answer_bytes + 1)
    finally:
        timer.cancel()
        _kill(process)
        process.wait()
        giver.join()
        assert process.stdout is not None
        process.stdout.close()
    # An ended process may have left a reply in full or in part: only its own end, by itself, tells.
    if expired.is_set():
        raise DocumentError(f"reading the file took longer than {limits.wall_seconds:g} seconds.", hint=_SAVE_AGAIN)
    if len(reply) > limits.answer_bytes:
        raise DocumentError("the file holds more than can be handed over.", hint="Give it in several parts.")
    sort, said = reply[:1], reply[1 + LENGTH_BYTES :]
    if not sort or len(said) != int.from_bytes(reply[1 : 1 + LENGTH_BYTES], "big"):
        raise _broken()
    if sort == REFUSED:
        raise _refusal(said)
    return sort, said


def _start() -> subprocess.Popen[bytes]:
    # Nothing of this process's environment goes along but what a system cannot do without.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-c", _BEGIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TZ": "UTC"},
        cwd=os.path.abspath(os.sep),
        start_new_session=True,
    )


def _give(process: subprocess.Popen[bytes], header: bytes, content: bytes) -> None:
    assert process.stdin is not None
    # The process may end before it has read everything.
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(header)
        process.stdin.write(content)
    with contextlib.suppress(OSError, ValueError):
        process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _refusal(reply: bytes) -> DocumentError:
    try:
        parts: Any = json.loads(reply)
        message, hint, where = (str(part)[:_MOST_MESSAGE] for part in parts)
    except (ValueError, TypeError):
        return _broken()
    return DocumentError(message, hint=hint, where=where) if message else _broken()


def _broken() -> DocumentError:
    return DocumentError("reading the file broke the reader, or needed more than it may use.", hint=_SAVE_AGAIN)
