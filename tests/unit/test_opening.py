"""Files are opened apart from this process, by what is in them, and end in a document or in one error of our own."""

import io
import zipfile

import pytest

from bearwitness.documents.content import Document, Paragraph, Run
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.markdown_writing import write_markdown
from bearwitness.documents.odt_writing import write_odt
from bearwitness.documents.opening import open_document, rebuild_media
from bearwitness.documents.opening_forms import find_form
from bearwitness.documents.pdf_writing import write_pdf
from bearwitness.documents.sandbox import Limits, find_bounds, read_apart
from bearwitness.documents.sandbox_codec import decode_opened, encode_opened
from bearwitness.errors import DocumentError

SAMPLE = Document(blocks=(Paragraph(runs=(Run(text="강가에서 사흘을 기다렸다."),)),))
WRITERS = {"docx": write_docx, "odt": write_odt, "pdf": write_pdf, "md": write_markdown}
FORMS = {"md": "markdown"}


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_a_document_is_read_apart_and_comes_back_whole(form):
    """The other process hands over the words of the page, and nothing that could run."""
    opened = open_document(WRITERS[form](SAMPLE), name=f"draft.{form}")
    assert opened.form == FORMS.get(form, form)
    assert [b.text for b in opened.document.blocks] == ["강가에서 사흘을 기다렸다."]
    assert decode_opened(encode_opened(opened)) == opened


def test_reading_is_bound_in_memory_time_and_writing():
    """On this kind of system no reader writes a file or takes more than its share."""
    assert {"memory", "processor", "no_writing"} <= find_bounds()


def test_a_reader_that_takes_too_long_is_ended():
    """Time out is an error that says what to do."""
    with pytest.raises(DocumentError, match="longer") as caught:
        read_apart(write_docx(SAMPLE), "docx", limits=Limits(wall_seconds=0.01))
    assert caught.value.hint


def test_a_reader_that_takes_too_much_memory_is_ended():
    """A file that needs more than it may use breaks its reader, not this process."""
    with pytest.raises(DocumentError):
        read_apart(write_pdf(SAMPLE), "pdf", limits=Limits(memory_bytes=16_000_000))


def test_a_zip_bomb_is_refused():
    """A member that unpacks to a thousand times its size is not unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_docx(SAMPLE))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/bomb.bin", bytes(60_000_000))
    with pytest.raises(DocumentError):
        open_document(out.getvalue(), name="bomb.docx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.txt"), (b"%PDF-1.4 rest", "a.txt"), (b"words", "a.docx"), (b"\x7fELF" + bytes(60), "a"),
        (b"PK\x03\x04" + bytes(60), "a.docx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(60), "a.wav"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_with_advice(content, name):
    """Empty, mislabelled, damaged, a program, an old form, a sound: one line, and what to do next."""
    with pytest.raises(DocumentError) as caught:
        open_document(content, name=name)
    assert caught.value.hint


def test_a_picture_is_told_with_what_it_carries_and_rebuilt_without():
    """Camera, place and remark of a JPEG file are named; rebuilt from its pixels it has none, and is a picture still."""  # noqa: E501
    from PIL import Image

    out = io.BytesIO()
    picture = Image.new("RGB", (8, 6), (10, 200, 30))
    exif = picture.getexif()
    exif[0x010F] = "SECRETCAM"
    picture.save(out, "JPEG", exif=exif, comment=b"SECRET remark")
    opened = open_document(out.getvalue(), name="a.jpg")
    told = "\n".join(h.text for h in opened.hidden)
    assert "SECRETCAM" in told
    assert "SECRET remark" in told
    assert any(h.kind == "image" for h in opened.hidden)
    rebuilt = rebuild_media(out.getvalue(), "image")
    assert b"SECRET" not in rebuilt
    assert Image.open(io.BytesIO(rebuilt)).size == (8, 6)
    assert find_form(rebuilt) == "image"


def test_a_sound_is_told_with_what_it_carries_and_rebuilt_without():
    """The artist of a sound is named, and that nobody heard it; rebuilt from its samples it is a sound without one."""
    import numpy as np
    import soundfile

    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", 8000, 1, format="FLAC", subtype="PCM_16") as file:
        file.artist = "SECRETVOICE"
        file.write(0.2 * np.sin(np.arange(800) / 3))
    opened = open_document(out.getvalue(), name="a.flac")
    assert opened.form == "audio"
    assert opened.hidden[0].kind == "sound"
    assert "SECRETVOICE" in "\n".join(h.text for h in opened.hidden)
    rebuilt = rebuild_media(out.getvalue(), "audio")
    assert b"SECRET" not in rebuilt
    assert len(soundfile.read(io.BytesIO(rebuilt))[0]) == 800
    assert [h.kind for h in open_document(rebuilt, name="a.wav").hidden] == ["sound"]


def test_an_image_is_rebuilt_in_the_form_that_is_asked_for():
    """A JPEG as a PNG, and the other way round."""
    from PIL import Image

    for kind, wanted in (("JPEG", "png"), ("PNG", "jpeg")):
        out = io.BytesIO()
        Image.new("RGB", (8, 6), (10, 200, 30)).save(out, kind)
        assert Image.open(io.BytesIO(rebuild_media(out.getvalue(), wanted))).format == wanted.upper()
