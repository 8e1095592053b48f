"""Images: what one carries besides what it shows, and the same picture made anew from its pixels alone."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from bearwitness.documents.binary_forms import HEAD_BYTES, find_media_kind
from bearwitness.documents.content import Document, Hidden, Opened
from bearwitness.documents.media_exif import describe_entries, read_exif, read_iptc, read_photoshop
from bearwitness.documents.media_image_parts import WALKS
from bearwitness.documents.media_strings import find_words
from bearwitness.errors import DocumentError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 50_000_000

_FORMATS: Final = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")
_KINDS: Final = frozenset({"png", "jpeg", "gif", "tiff", "webp", "bmp"})
_QUALITY: Final = 90
_CONVERT: Final = "Open it in a program for images and save it as PNG or JPEG."
_MOST_FRAMES: Final = 1000
_TIFF_PARTS: Final = {700: "XMP", 33723: "IPTC", 34377: "Photoshop", 34675: "colour profile"}
_TIFF_DIRECTORIES: Final = (34665, 34853, 40965)
# Where the pixels lie, and what describes them: numbers that say nothing of anybody.
_TIFF_SHAPE: Final = frozenset(
    {254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 296, 317, 320, 322, 323, 324, 325, 338,
     339}
)  # fmt: skip


def read_image(content: bytes) -> Opened:
    """An image and everything that it carries besides its pixels.

    Parameters
    ----------
    content : bytes
        A PNG, JPEG, GIF, TIFF, WebP or BMP file.

    Returns
    -------
    Opened
        Its document has no words. The first hidden entry says that the picture itself cannot be read; there is none
        that says nothing is hidden.

    Raises
    ------
    DocumentError
        If it is no such image, is damaged, or has more than ``MOST_PIXELS``.
    """
    kind = _kind_of(content)
    hidden = [Hidden(kind="image", where="the picture itself")]
    with _opened(content) as image:
        hidden += _clear_pixels(image)
        hidden += _tiff_parts(image, content) if kind == "tiff" else WALKS[kind](content)
    return Opened(form="image", document=Document(blocks=()), hidden=tuple(hidden))


def rebuild_image(content: bytes) -> bytes:
    """The same picture, from nothing but its pixels.

    It is turned upright, its colours are those of sRGB, what is transparent shows white, as on paper, and nothing lies
    under it any more. Of a moving picture or one of several pages only the first is kept. A mark that somebody hid in
    the pixels themselves stays.

    Parameters
    ----------
    content : bytes
        As for :func:`read_image`.

    Returns
    -------
    bytes
        A JPEG for a JPEG, a PNG for all else; the same for the same picture.

    Raises
    ------
    DocumentError
        As :func:`read_image`.
    """
    return rebuild_as_jpeg(content) if _kind_of(content) == "jpeg" else rebuild_as_png(content)


def rebuild_as_png(content: bytes) -> bytes:
    """As :func:`rebuild_image`; always a PNG."""
    out = io.BytesIO()
    _fresh(content).save(out, "PNG", compress_level=6)
    return out.getvalue()


def rebuild_as_jpeg(content: bytes) -> bytes:
    """As :func:`rebuild_image`; always a JPEG."""
    out = io.BytesIO()
    _fresh(content).save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()


def _fresh(content: bytes) -> Image:
    """A new picture of the pixels of an image."""
    from PIL import Image, ImageOps

    _kind_of(content)
    with _opened(content) as image:
        try:
            upright = ImageOps.exif_transpose(image)
            painted = _on_white(_in_srgb(upright))
        except DocumentError:
            raise
        except Exception:
            raise _damaged() from None
    # Nothing that was kept beside the old pixels can come along.
    return Image.frombytes(painted.mode, painted.size, painted.tobytes())


def _kind_of(content: bytes) -> str:
    kind = find_media_kind(content[:HEAD_BYTES])
    if kind not in _KINDS:
        raise DocumentError("this is not an image that is read.", hint=_CONVERT)
    return str(kind)


def _opened(content: bytes) -> Image:
    """The decoded first frame."""
    from PIL import Image, ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        # Another library switches this on for the whole process: grey would stand for what is cut off.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise DocumentError(
                    f"the image has more than {MOST_PIXELS // 1_000_000} million pixels.", hint="Make it smaller."
                )
            image.load()
    except DocumentError:
        raise
    except Exception:
        # A decoder raises whatever a damaged file leads it to.
        raise _damaged() from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return image


def _damaged() -> DocumentError:
    return DocumentError("the image is damaged, or cannot be decoded.", hint=_CONVERT)


def _in_srgb(image: Image) -> Image:
    """The image in grey or red, green and blue, with its transparency, its colours as its profile means them."""
    from PIL import ImageCms

    has_alpha = "A" in image.getbands() or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        colours = image.convert("RGB") if alpha is not None else image
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None
        if turned is not None:
            if alpha is not None:
                turned.putalpha(alpha)
            return turned
    if has_alpha:
        return image.convert("RGBA")
    if image.mode.startswith(("I", "F")):
        # More than 8 bits of grey: to the range of 8, not cut off at it.
        low, high = (float(v) for v in image.getextrema())  # type: ignore[arg-type]
        scale = 255 / (high - low) if high > low else 1.0
        return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _on_white(image: Image) -> Image:
    from PIL import Image

    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, image).convert("RGB")


def _clear_pixels(image: Image) -> Iterator[Hidden]:
    """Whether something may lie under what is transparent."""
    if "A" in image.getbands():
        low = image.getchannel("A").getextrema()[0]
    elif "transparency" in image.info:
        low = 0
    else:
        return
    if isinstance(low, int) and low < 255:
        yield Hidden(kind="layer", where="pixels that are transparent, whose colours are kept in the file")


def _tiff_parts(image: Any, content: bytes) -> Iterator[Hidden]:
    """The entries of every page of a TIFF, and all of the file that no page counts as its pixels."""
    from PIL import ExifTags

    masked = bytearray(content)
    try:
        pages = min(getattr(image, "n_frames", 1), _MOST_FRAMES)
    except Exception:
        # Counting goes to each page, and a damaged one raises whatever its numbers lead to.
        raise _damaged() from None
    for page in range(pages):
        try:
            image.seek(page)
            tags = dict(image.tag_v2)
        except Exception:
            yield Hidden(kind="unread_part", where=f"page {page + 1}, which is damaged")
            break
        if page:
            yield Hidden(kind="image", where=f"page {page + 1}: not shown once the picture is rebuilt")
        where = f"page {page + 1}"
        for starts, sizes in ((273, 279), (324, 325)):
            for start, size in zip(_whole(tags.get(starts)), _whole(tags.get(sizes)), strict=False):
                masked[start : start + size] = bytes(len(masked[start : start + size]))
        entries = {
            tag: value
            for tag, value in tags.items()
            if tag not in _TIFF_SHAPE and tag not in _TIFF_PARTS and tag not in _TIFF_DIRECTORIES
        }
        if entries:
            yield Hidden(kind="exif", where=where, text=describe_entries(entries, ExifTags.TAGS))
        for tag, name in _TIFF_PARTS.items():
            if tag in tags:
                yield from _tiff_part(name, tags[tag], where)
    yield from read_exif(bytes(masked), "the whole file but its pixels")


def _tiff_part(name: str, value: Any, where: str) -> Iterator[Hidden]:
    data = value if isinstance(value, bytes) else bytes(v & 255 for v in _whole(value))
    if name == "IPTC":
        yield from read_iptc(data, where)
    elif name == "Photoshop":
        yield from read_photoshop(data, where)
    else:
        yield Hidden(kind="xmp" if name == "XMP" else "metadata", where=f"{where}, {name}", text=find_words(data))


def _whole(value: Any) -> tuple[int, ...]:
    values = value if isinstance(value, tuple | list) else (value,)
    return tuple(v for v in values if isinstance(v, int) and v >= 0)
