"""What runs in the process that reads a file: it binds itself, does the one task, answers, and ends.

Started by ``bearwitness.documents.sandbox``. It imports only the reader of the file's form.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Literal

from bearwitness.documents.content import DocumentForm, Opened
from bearwitness.documents.sandbox_bounds import set_bounds
from bearwitness.documents.sandbox_codec import encode_opened
from bearwitness.errors import BearwitnessError, DocumentError

# An image in the form it had, as far as that is one that is written, or in one that is asked for; a sound.
RebuiltForm = Literal["image", "png", "jpeg", "audio"]
READERS: Final[dict[DocumentForm, tuple[str, str]]] = {
    "text": ("plain_reading", "read_plain"),
    "markdown": ("markdown_reading", "read_markdown"),
    "html": ("html_reading", "read_html"),
    "docx": ("docx_reading", "read_docx"),
    "odt": ("odt_reading", "read_odt"),
    "pdf": ("pdf_reading", "read_pdf"),
    "image": ("media_images", "read_image"),
    "audio": ("media_sounds", "read_sound"),
}
REBUILDERS: Final[dict[RebuiltForm, tuple[str, str]]] = {
    "image": ("media_images", "rebuild_image"),
    "png": ("media_images", "rebuild_as_png"),
    "jpeg": ("media_images", "rebuild_as_jpeg"),
    "audio": ("media_sounds", "rebuild_sound"),
}
# The first byte of an answer.
READ: Final = b"R"
REBUILT: Final = b"B"
REFUSED: Final = b"X"
BOUNDS: Final = b"L"
# Then the number of bytes that follow, so that an answer cut short is seen.
LENGTH_BYTES: Final = 8


def find_reader(form: DocumentForm) -> Callable[[bytes], Opened]:
    """The function that reads a form, imported now."""
    return _find(READERS[form])


def find_rebuilder(form: RebuiltForm) -> Callable[[bytes], bytes]:
    """The function that makes an image or a sound anew, imported now."""
    return _find(REBUILDERS[form])


def _find(name: tuple[str, str]) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f"bearwitness.documents.{name[0]}"), name[1])
    return found


def answer(header: dict[str, Any]) -> None:
    """Read the content from standard input, do the task of the header, write the answer and end.

    Parameters
    ----------
    header : dict
        ``task`` ("read", "rebuild" or "bounds"), ``form``, ``memory_bytes``, ``cpu_seconds``.
    """
    # What a library prints must not mix with the answer.
    channel = os.dup(1)
    silence = os.open(os.devnull, os.O_RDWR)
    content = sys.stdin.buffer.read()
    for number in (0, 1, 2):
        os.dup2(silence, number)
    held = set_bounds(memory_bytes=header["memory_bytes"], cpu_seconds=header["cpu_seconds"])
    sort, said = (BOUNDS, json.dumps(sorted(held)).encode()) if header["task"] == "bounds" else _reply(header, content)
    reply = sort + len(said).to_bytes(LENGTH_BYTES, "big") + said
    at = 0
    view = memoryview(reply)
    while at < len(reply):
        at += os.write(channel, view[at:])
    # Nothing that a library left behind is given a chance to run.
    os._exit(0)


def _reply(header: dict[str, Any], content: bytes) -> tuple[bytes, bytes]:
    form = header["form"]
    try:
        if header["task"] == "rebuild":
            return REBUILT, find_rebuilder(form)(content)
        return READ, encode_opened(find_reader(form)(content))
    except BearwitnessError as error:
        said = [error.message, error.hint, error.where] if isinstance(error, DocumentError) else ["", "", ""]
        return REFUSED, json.dumps(said).encode("ascii")
