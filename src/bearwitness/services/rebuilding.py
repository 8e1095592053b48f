"""Make an image or a sound anew, alone: nothing goes over but its pixels or samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bearwitness.documents.content import Hidden
from bearwitness.documents.files import read_bytes, write_through
from bearwitness.documents.opening_forms import find_form
from bearwitness.errors import DocumentError, DraftError, LeakError
from bearwitness.services.drafts import MOST_FILE_BYTES

MediaForm = Literal["png", "jpeg", "audio"]
ENDINGS: Final[dict[str, MediaForm]] = {
    ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".jpe": "jpeg", ".wav": "audio",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What was made anew, and what its file carried besides: all of that stayed behind.

    What an image shows was seen by nobody, and what is said in a sound was heard by nobody.
    """

    form: Literal["image", "audio"]
    carried: tuple[Hidden, ...]


def is_media_output(path: Path) -> bool:
    """Whether the ending of an output asks for an image or a sound."""
    return path.suffix.lower() in ENDINGS


def rebuild_file(source: Path, output: Path, *, replace: bool = False) -> Rebuilt:
    """Write an image or a sound made anew, looked at again as a stranger would.

    Parameters
    ----------
    source : Path
        An image or a sound of any form that is read.
    output : Path
        A name for which :func:`is_media_output` is true.
    replace : bool
        Whether a file of that name may be overwritten.

    Raises
    ------
    DraftError
        If the source is none, or not of the output's kind; or is damaged or too large.
    LeakError
        If anything lies beside the pixels or samples of what was made.
    OutputError
        If it cannot be written.
    """
    # What opens files takes a while to load.
    from bearwitness.documents.opening import open_document, rebuild_media

    wanted = ENDINGS[output.suffix.lower()]
    form: Literal["image", "audio"] = "audio" if wanted == "audio" else "image"
    content = read_bytes(source, kind=DraftError, most_bytes=MOST_FILE_BYTES)
    try:
        if find_form(content, name=source.name) != form:
            kind = "a sound (WAV, FLAC, Ogg, MP3)" if form == "audio" else "an image"
            raise DocumentError(
                f"an output with the ending {output.suffix.lower()} is made of {kind} only.",
                hint="Name an output for what the file is: .png or .jpg for images, .wav for sounds.",
            )
        opened = open_document(content, name=source.name)
        made = rebuild_media(content, wanted)
    except DocumentError as error:
        raise DraftError(error.message, hint=error.hint, where=str(source)) from None
    beside = open_document(made, name=output.name).hidden[1:]
    if beside:
        raise LeakError(
            f"what was made carries {len(beside)} things beside itself. Nothing was written.",
            hint="Please report this, without the file.", where=str(output),
        )  # fmt: skip
    write_through(output, lambda file: file.write(made), forbidden=(source,), replace=replace)
    if output.read_bytes() != made:
        output.unlink()
        raise LeakError("the disk gave back other bytes than were written; the file is gone.", hint="Check the disk.")
    return Rebuilt(form=form, carried=opened.hidden[1:])
