"""An image tells everything it carries besides its pixels, and rebuilt from them it carries nothing."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bearwitness.documents.media_images import read_image, rebuild_image
from bearwitness.errors import DocumentError

WORD = "Vordanika"
KINDS = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")


def made(kind: str, size: tuple[int, int] = (8, 6), **more: object) -> bytes:
    """An image of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 30)).save(out, kind, **more)
    return out.getvalue()


def exif() -> Image.Exif:
    """Camera, owner, and the place: 37 degrees north."""
    found = Image.Exif()
    found[0x010F], found[0x013B] = "Lodestar", WORD
    found.get_ifd(0x8825).update({1: "N", 2: (37.0, 1.0, 2.0)})
    found.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0remark", 0xA431: "serial 88204"})
    return found


def told(content: bytes) -> str:
    """Everything that is hidden in an image, as one text."""
    return "\n".join(f"{h.kind} {h.where} {h.text}" for h in read_image(content).hidden)


@pytest.mark.parametrize("kind", KINDS)
def test_an_image_is_never_clean_and_a_bare_one_carries_only_itself(kind: str) -> None:
    """What it shows cannot be read, and that is said of each; nothing else is where there is nothing else."""
    hidden = read_image(made(kind)).hidden
    assert hidden[0].kind == "image"
    # A TIFF file is one block of entries, which are told even where they only say how large the picture is.
    assert [h.kind for h in hidden[1:]] == (["exif"] if kind == "TIFF" else [])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_camera_owner_serial_and_place_are_told(kind: str) -> None:
    """The entries of EXIF are told by name and value."""
    said = told(made(kind, exif=exif()))
    # The library that makes these files leaves the inner directories out of a TIFF file.
    for word in ("Lodestar", WORD, *(() if kind == "TIFF" else ("serial 88204", "37.0"))):
        assert word in said


def test_text_chunks_comments_and_what_is_behind_the_end_are_told() -> None:
    """Packed and plain chunks, a comment of a JPEG or GIF file, and whatever follows the picture."""
    chunks = PngInfo()
    chunks.add_text("Author", WORD, zip=True)
    for content in (
        made("PNG", pnginfo=chunks), made("JPEG", comment=WORD.encode()), made("GIF", comment=WORD.encode()),
        made("JPEG", xmp=f"<x>{WORD}</x>".encode()),
        *(made(kind) + WORD.encode() for kind in ("PNG", "JPEG", "GIF", "BMP")),
    ):  # fmt: skip
        assert WORD in told(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_rebuilt_image_carries_nothing_and_shows_the_same(kind: str) -> None:
    """Of metadata, chunks and what follows the end nothing is left; size and colour are, and the bytes are the same again."""  # noqa: E501
    content = made(kind, exif=exif()) + WORD.encode()
    rebuilt = rebuild_image(content)
    assert len(read_image(rebuilt).hidden) == 1
    assert WORD.encode() not in rebuilt
    assert rebuild_image(content) == rebuilt
    shown = Image.open(io.BytesIO(rebuilt)).convert("RGB")
    assert shown.size == (8, 6)
    assert all(abs(a - b) < 8 for a, b in zip(shown.getpixel((3, 3)), (10, 200, 30), strict=True))  # type: ignore[arg-type]


def test_a_picture_taken_sideways_stands_upright_without_its_entry() -> None:
    """The orientation is made into pixels, as the entry that told it goes."""
    turned = Image.Exif()
    turned[0x0112] = 6
    assert Image.open(io.BytesIO(rebuild_image(made("JPEG", exif=turned)))).size == (6, 8)


def test_what_lies_under_transparent_pixels_does_not_go_along() -> None:
    """Colours that nobody sees are told, and painted over in the rebuilt picture."""
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (200, 10, 10, 0)).save(out, "PNG")
    assert any(h.kind == "layer" for h in read_image(out.getvalue()).hidden)
    assert Image.open(io.BytesIO(rebuild_image(out.getvalue()))).convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_further_frames_are_told_and_left_out() -> None:
    """Of an animation the first frame is kept, and it is said that there were others."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), (shade, 0, 0)) for shade in (0, 120, 240)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert sum(h.kind == "image" for h in read_image(out.getvalue()).hidden) == 3
    assert getattr(Image.open(io.BytesIO(rebuild_image(out.getvalue()))), "n_frames", 1) == 1


@pytest.mark.parametrize("read", [read_image, rebuild_image])
def test_damaged_too_large_and_other_files_are_refused(read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut short, a picture of a hundred million pixels, and no picture: each one error, with advice."""
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    bomb = bytearray(made("PNG"))
    bomb[16:24] = (10_000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    for content in (made("PNG")[:50], made("JPEG")[:200], bytes(bomb), b"words", b""):
        with pytest.raises(DocumentError) as caught:
            read(content)  # type: ignore[operator]
        assert caught.value.hint


def test_a_damaged_page_of_a_tiff_file_is_no_surprise() -> None:
    """A second page without a size, as bit errors make one, is told or refused."""
    out = io.BytesIO()
    first = Image.new("RGB", (4, 4))
    first.save(out, "TIFF", save_all=True, append_images=[Image.new("RGB", (4, 4))])
    content = bytearray(out.getvalue())
    # The entries of width and height of the second page, the last in the file.
    for tag in (b"\x00\x01\x04\x00", b"\x01\x01\x04\x00", b"\x00\x01\x03\x00", b"\x01\x01\x03\x00"):
        at = content.rfind(tag)
        if at >= 0:
            content[at : at + 2] = b"\xfe\x7f"
    try:
        hidden = read_image(bytes(content)).hidden
    except DocumentError:
        return
    assert any(h.kind == "unread_part" for h in hidden)
