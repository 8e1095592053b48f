"""Files broken in every way that comes to mind: a reader gives a document or one error of our own, and always ends.

``BEARWITNESS_FUZZ_INPUTS`` says how many inputs there are over all forms; ``BEARWITNESS_FUZZ_SEED`` from which seed.
"""

from __future__ import annotations

import faulthandler
import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from bearwitness.documents.content import Document, DocumentForm, Note, Opened, Paragraph, Picture, Run, Table
from bearwitness.documents.opening_forms import find_form
from bearwitness.documents.producing import WRITERS
from bearwitness.documents.sandbox_child import READERS, find_reader
from bearwitness.documents.sandbox_codec import decode_opened, encode_opened
from bearwitness.errors import DocumentError

# The library for images tells of damage in words too.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

INPUTS = int(os.environ.get("BEARWITNESS_FUZZ_INPUTS", "2000"))
SEED = int(os.environ.get("BEARWITNESS_FUZZ_SEED", "4104"))
SHARES = {"text": 0.1, "markdown": 0.1, "html": 0.1, "docx": 0.25, "odt": 0.2, "pdf": 0.2, "image": 0.25, "audio": 0.2}
SOUNDS = (("WAV", "PCM_16"), ("WAV", "FLOAT"), ("FLAC", "PCM_16"), ("OGG", "VORBIS"), ("OGG", "OPUS"),
          ("MP3", "MPEG_LAYER_III"))  # fmt: skip
MARKED = """---
title: river
---
# One [two](https://example.org "three") ![four](data:image/png;base64,iVBORw0KGgo=)

1. *five* **six** ~~seven~~ `eight`[^a]
   - <b>nine</b> <!-- ten -->

> | a | b |
> |---|---|
> | c |

[^a]: eleven &amp; [twelve][b]

[b]: <https://example.org/b>
"""
# No reader may take longer over so small a file, on a slow machine under load.
MOST_SECONDS = 20.0
FRAGMENTS = (
    b"<w:p/>", b"<w:tbl><w:tr/></w:tbl>", b"<!DOCTYPE a [<!ENTITY b 'cc'>]>", b"&b;", b"<![CDATA[x]]>", b"</w:p>",
    b"<a", b"<w:t>\x00</w:t>", b'w:val="-1"',
    b'w:val="99999999999"', b"<text:p/>", b'table:number-columns-repeated="999999"',
    b"<draw:frame/>", b"<?x?>", b"\xff\xfe", b"&#0;", b"&#xD800;", b"<w:sdt/>", b"<w:fldChar w:fldCharType='begin'/>",
    b"1 0 obj", b"endobj", b"stream", b"<< /Type /Page >>", b"/Kids [1 0 R]", b"/Length -5", b"/Count 999999999",
    b"[[[[[[[[", b"<<<<<<<<", b"startxref\n0\n", b"%%EOF", b"(\\777\\", b"q Q BT ET", b"/Filter /FlateDecode",
    b"8BIM\x04\x04\x00\x00\x00\x00\xff\xff", b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff", b"\xff\xe1\xff\xff",
    b"\xff\xd9", b"iTXt", b"zTXt", b"\x00\x00\x00\x00IEND", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x0c",
    b"\n> ", b"\n1. ", b"\n    ", b"[^a]: ", b"\n```", b"](", b"\n|---|\n", b"~~", b"**", b"\n\n", b"[b]: c", b"\t",
    b"<table>", b"<tr><td rowspan=0 colspan=99>", b"<svg>", b"<!--", b"<select>", b"<style>p{", b"<frameset>",
    b"</body>", b"<p style='font-size:0'>", b"<template>", b"<plaintext>", b"<math><mi>", b"<b><p><i></b>",
    b"<li role=doc-endnotes>",
)  # fmt: skip


def _words(text: str, **more: object) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), **more)  # type: ignore[arg-type]


def _image(kind: str) -> bytes:
    from PIL import Image

    picture = Image.new("RGB", (7, 5), (10, 120, 30))
    exif = picture.getexif()
    exif[0x010F], exif[0x8825] = "Lodestar", {1: "N", 2: (37.0, 1.0, 2.0)}
    out = io.BytesIO()
    picture.save(out, kind, **({"exif": exif.tobytes()} if kind in ("JPEG", "PNG", "WEBP", "TIFF") else {}))
    return out.getvalue()


def _sound(kind: str, inner: str) -> bytes:
    import numpy as np
    import soundfile

    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", 8000, 1, format=kind, subtype=inner) as file:
        if kind != "MP3":
            file.title = "강가의 하루"
        file.write(0.2 * np.sin(np.arange(1600) / 3))
    return out.getvalue()


def _tagged(content: bytes) -> bytes:
    frames = b"TPE1\0\0\0\x08\0\0\x03someone" + b"APIC\0\0\0\x12\0\0\0image/png\0\x03\0\x89PNG"
    behind = b"APETAGEX" + bytes(40) + b"TAG".ljust(128, b"x")
    return b"ID3\x03\0\0\0\0\0\x40" + frames.ljust(64, b"\0") + content + behind


def _document() -> Document:
    return Document(
        blocks=(
            _words("강가의 하루", kind="heading", level=1),
            Paragraph(runs=(Run(text="The ferry ", bold=True), Run(text="never came.", note="1"))),
            _words("first", kind="list_item"), _words("second", kind="list_item", level=1, ordered=True),
            Table(rows=(((_words("month"),), (_words("catch"),)), ((_words("May"),), (_words("12"),))), header_rows=1),
            Picture(content=_image("PNG")), Paragraph(runs=(Run(text="here", link="https://example.org/a"),)),
        ),
        notes=(Note(id="1", paragraphs=(_words("so they said"),)),),
        margins=(_words("River papers"),),
    )  # fmt: skip


def _written(form: DocumentForm) -> bytes:
    from importlib import import_module

    module, name = WRITERS[form]
    made: bytes = getattr(import_module(f"bearwitness.documents.{module}"), name)(_document())
    return made


def seeds(form: DocumentForm) -> list[bytes]:
    """Sound files of a form, which are then broken."""
    if form == "image":
        return [_image(kind) for kind in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")]
    if form == "audio":
        return [_sound(*kinds) for kinds in SOUNDS] + [_tagged(_sound("MP3", "MPEG_LAYER_III"))]
    if form == "text":
        words = "강가에서 사흘을 기다렸다. The ferry never came.\r\n\r\n# not a heading\n"
        return [words.encode(), words.encode("utf-16"), "말".encode("cp949") * 20]
    if form == "markdown":
        return [_written("markdown"), MARKED.encode()]
    if form == "html":
        from html_page import PAGE

        return [_written("html"), PAGE.encode(), PAGE.encode("utf-16")]
    if form == "docx":
        from office_files import fill_everything, made_docx

        return [_written("docx"), made_docx(fill_everything)]
    return [_written(form)]


def _flip(rng: random.Random, content: bytes) -> bytes:
    broken = bytearray(content)
    for _ in range(rng.choice((1, 2, 8, 40))):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def _cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(1, len(content) + 1)]


def _splice(rng: random.Random, content: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    at = rng.randrange(len(content) + 1)
    return content[:at] + content[start : min(end, start + 4000)] + content[at:]


def _remove(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + content[at + rng.choice((1, 4, 60, 500)) :] or b"x"


def _insert(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(FRAGMENTS) * rng.choice((1, 1, 3)) + content[at:]


def _number(rng: random.Random, content: bytes) -> bytes:
    """One digit or length made extreme."""
    at = rng.randrange(len(content))
    extreme = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1", b"\x7f\xff"))
    return content[:at] + extreme + content[at + 4 :]


BREAKS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _cut, _splice, _remove, _insert, _number)


def _inside(rng: random.Random, content: bytes) -> bytes:
    """An archive, sound as such, of which members are broken, swapped, renamed or missing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    # Half of the time the member that holds the words.
    main = [name for name in members if name in ("word/document.xml", "content.xml")]
    name = rng.choice(main) if rng.random() < 0.5 else rng.choice(sorted(members))
    how = rng.randrange(6)
    if how == 0:
        other = rng.choice(sorted(members))
        members[name], members[other] = members[other], members[name]
    elif how == 1:
        del members[name]
    elif how == 2:
        members[rng.choice(("word/x.xml", "META-INF/manifest.xml", "customXml/item1.xml", "a/b.bin"))] = members[name]
    else:
        for _ in range(rng.choice((1, 1, 2, 5))):
            members[name] = rng.choice(BREAKS)(rng, members[name] or b"<")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, data in members.items():
            archive.writestr(at, data)
    return out.getvalue()


def broken(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """One file made from a sound one."""
    if content.startswith(b"PK") and rng.random() < 0.7:
        return _inside(rng, content)
    if rng.random() < 0.05:
        other = rng.choice(others)
        return content[: rng.randrange(1, len(content))] + other[rng.randrange(len(other)) :]
    for _ in range(rng.choice((1, 1, 2, 4))):
        content = rng.choice(BREAKS)(rng, content) or b"x"
    return content


@pytest.mark.parametrize("form", sorted(SHARES))
def test_a_reader_gives_a_document_or_one_error_for_any_file(form: DocumentForm) -> None:
    """Whatever is in a file, its reader ends in a document that can be handed over, or in a DocumentError."""
    rng = random.Random(SEED)
    sound = seeds(form)
    read = find_reader(form)
    count = max(int(INPUTS * SHARES[form]), 1)
    opened = 0
    # A reader that hangs ends the run with the place where it hung.
    faulthandler.dump_traceback_later(MOST_SECONDS * 10 + count, exit=True)
    try:
        for number in range(count):
            content = broken(rng, rng.choice(sound), sound)
            began = time.monotonic()
            with suppress(DocumentError):
                try:
                    found = read(content)
                except DocumentError:
                    raise
                except Exception as error:
                    pytest.fail(f"input {number} of seed {SEED} ({form}): {type(error).__name__}: {error}")
                assert isinstance(found, Opened)
                assert decode_opened(encode_opened(found)).hidden is not None
                opened += 1
            assert time.monotonic() - began < MOST_SECONDS, f"input {number} of seed {SEED} took too long"
    finally:
        faulthandler.cancel_dump_traceback_later()
    # Were all of them refused at the door, nothing would have been tried.
    assert opened > count * 0.05


def test_any_bytes_have_a_form_or_are_refused() -> None:
    """Telling what a file is ends in a form that has a reader, or in a DocumentError."""
    rng = random.Random(SEED)
    sound = [content for form in SHARES for content in seeds(form)]  # type: ignore[arg-type]
    for _ in range(INPUTS // 10):
        with suppress(DocumentError):
            assert find_form(broken(rng, rng.choice(sound), sound)) in READERS
