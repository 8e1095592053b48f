"""What a file is that is not plain text, by its first bytes."""

from __future__ import annotations

from typing import Final, Literal

MediaKind = Literal["png", "jpeg", "gif", "tiff", "webp", "bmp", "wav", "flac", "ogg", "mp3"]

# So many bytes hold the first entries of a zip archive, whose names tell which program wrote it.
HEAD_BYTES: Final = 8192

_ZIP: Final = b"PK\x03\x04"
_ZIP_FORMS: Final = (
    (b"word/", "a Word document (DOCX)"),
    (b"application/hwp+zip", "a Hangul document (HWPX)"),
    (b"Contents/section", "a Hangul document (HWPX)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (ODT, ODS)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint file (PPTX)"),
    (b"epub+zip", "an e-book (EPUB)"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Hangul document (DOC, XLS, HWP)"),
    (b"HWP Document File", "a Hangul document (HWP)"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"II+\x00", "an image (BigTIFF)"),
    (b"MM\x00+", "an image (BigTIFF)"),
    (b"BM", "an image (BMP)"),
    (b"\x00\x00\x00\x0cjP  ", "an image (JPEG 2000)"),
    (b"\xff\x0a", "an image (JPEG XL)"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"fLaC", "a sound (FLAC)"),
    (b"OggS", "a sound or film (OGG)"),
    (b"ID3", "a sound (MP3)"),
    (b"FORM", "a sound (AIFF)"),
    (b"#!AMR", "a sound (AMR)"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a sound or film (WMA, WMV)"),
    (b"\x1a\x45\xdf\xa3", "a film (MKV, WEBM)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"age-encryption.org/", "an encrypted file (age)"),
    (b"-----BEGIN PGP", "an encrypted file (PGP)"),
    (b"\xff\xfe\x00\x00", "text in UTF-32"),
    (b"\x00\x00\xfe\xff", "text in UTF-32"),
)
# A printable beginning may also be the first word of a text: then only what follows tells.
_PRINTABLE: Final = frozenset({b"BZh", b"GIF8", b"RIFF", b"BM", b"fLaC", b"OggS", b"ID3", b"FORM", b"#!AMR"})
# In a file of boxes the first one says which brand it is.
_BRANDS: Final = (
    ((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), "an image (HEIC)"),
    ((b"avif", b"avis"), "an image (AVIF)"),
    ((b"M4A ", b"M4B ", b"M4P "), "a sound (M4A)"),
    ((b"crx ",), "an image (CR3)"),
)
_MEDIA: Final[tuple[tuple[bytes, MediaKind], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
)
# The first two bytes of a frame of MPEG sound, layer III.
_MP3_FRAMES: Final = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")


def name_binary(head: bytes) -> str:
    """What the first bytes of a file say it is; empty where nothing says that it is not text."""
    if head.startswith(_ZIP):
        return next((name for mark, name in _ZIP_FORMS if mark in head), "a zip archive")
    found = next(((mark, name) for mark, name in _MAGIC if head.startswith(mark)), None)
    if found is not None and (found[0] not in _PRINTABLE or b"\0" in head):
        return found[1]
    if head[4:8] == b"ftyp":
        return next((name for brands, name in _BRANDS if head[8:12] in brands), "a film (MP4, MOV)")
    if head.startswith(_MP3_FRAMES):
        return "a sound (MP3)"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > 0.3 * len(head) / 2:
            return "text in UTF-16 without its mark, or binary data"
        return "binary data"
    return ""


def find_media_kind(head: bytes) -> MediaKind | None:
    """Which image or sound a file is that this program reads; None for everything else."""
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE"):
        return "webp" if head[8:12] == b"WEBP" else "wav"
    if head.startswith(b"BM") and b"\0" in head[:32]:
        return "bmp"
    if head.startswith(_MP3_FRAMES):
        return "mp3"
    found = next((kind for mark, kind in _MEDIA if head.startswith(mark)), None)
    # A text may begin with these letters too.
    return found if found not in ("flac", "ogg", "mp3", "gif") or b"\0" in head else None
