"""Reads and writes files so that nothing is guessed, nothing is half written and nothing is overwritten unasked."""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from bearwitness.documents.binary_forms import HEAD_BYTES, name_binary
from bearwitness.documents.files_streams import open_unbuffered, read_up_to, state_of
from bearwitness.errors import BearwitnessError, DraftError, OutputError

MOST_DRAFT_BYTES: Final = 2_000_000
MOST_BYTES: Final = 20_000_000

_AS_UTF8: Final = 'Open it in the program that wrote it and save it as plain text, encoding "UTF-8".'
# A text in the old Korean encoding reads as Hangul, kanji and ASCII; a text in another one seldom does.
_LEAST_HANGUL_SHARE: Final = 0.6


def read_text(path: str | Path, *, kind: type[BearwitnessError], most_bytes: int | None = None) -> str:
    """The text of a file, in UTF-8 or, with a byte order mark, UTF-16.

    Parameters
    ----------
    path : str or Path
        The file. A pipe or other stream is read too, never further than ``most_bytes``.
    kind : type of BearwitnessError
        The error to raise: DraftError, CaseError, ...
    most_bytes : int, optional
        The largest size accepted; ``MOST_DRAFT_BYTES`` for a draft, ``MOST_BYTES`` for others, if not given.

    Returns
    -------
    str
        Without its byte order mark; line breaks as they stand, so that offsets count in the file as written.

    Raises
    ------
    BearwitnessError
        Of the given kind, if there is no such file or it is not text, is empty or too large. Never quotes it.
    """
    most = most_bytes or (MOST_DRAFT_BYTES if issubclass(kind, DraftError) else MOST_BYTES)
    return _text_of(_read(path, kind, most, text_only=True), os.fspath(path), kind)


def read_bytes(path: str | Path, *, kind: type[BearwitnessError], most_bytes: int) -> bytes:
    """The content of a file of any sort, not longer than ``most_bytes``.

    Raises
    ------
    BearwitnessError
        Of the given kind, if there is no such file, it may not be read, or it is too large.
    """
    return _read(path, kind, most_bytes, text_only=False)


def decode_text(content: bytes, *, where: str, kind: type[BearwitnessError]) -> str:
    """The text of a file read before, as :func:`read_text` has it; ``where`` is what messages call the file.

    Raises
    ------
    BearwitnessError
        Of the given kind, if the content is not text in UTF-8 or, with its mark, UTF-16, or is empty.
    """
    _check_is_text(content[:HEAD_BYTES], where, kind)
    return _text_of(content, where, kind)


def _read(path: str | Path, kind: type[BearwitnessError], most: int, *, text_only: bool) -> bytes:
    where = os.fspath(path)
    try:
        with _open(where, kind) as file:
            return _read_bounded(file, where, kind, most, text_only=text_only)
    except OSError as error:
        raise _reading_error(error, where, kind) from None


def _text_of(content: bytes, where: str, kind: type[BearwitnessError]) -> str:
    text = _decode(content, where, kind)
    if not text or text.isspace():
        raise kind("the file is empty.", hint="Give a file that has text in it.", where=where)
    return text


def _open(where: str, kind: type[BearwitnessError]) -> BinaryIO:
    if "\0" in where or not where:
        raise kind("this is not the name of a file.", hint="Give the name of a file.")
    if os.path.isdir(where):
        raise kind("this is a folder, not a file.", hint="Name the file in it.", where=where)
    return open_unbuffered(where)


def _reading_error(error: OSError, where: str, kind: type[BearwitnessError]) -> BearwitnessError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return kind("there is no such file.", hint="Check its name and the folder you are in.", where=where)
    if isinstance(error, PermissionError):
        return kind("the file may not be read.", hint="Ask its owner for permission to read it.", where=where)
    if isinstance(error, TimeoutError):
        return kind("nothing came through this pipe.", hint="Start what writes into it, or give a file.", where=where)
    return kind("the file cannot be read.", hint="Check the disk and the name.", where=where)


def _check_is_text(head: bytes, where: str, kind: type[BearwitnessError]) -> None:
    what = name_binary(head)
    if what:
        raise kind(f"this is {what}, not plain text.", hint=_AS_UTF8, where=where)


def _read_bounded(file: BinaryIO, where: str, kind: type[BearwitnessError], most: int, *, text_only: bool) -> bytes:
    before = state_of(file)
    head = read_up_to(file, HEAD_BYTES)
    if text_only:
        _check_is_text(head, where, kind)
    size = os.fstat(file.fileno()).st_size
    # A stream has no size, and a file may grow: what is read is bounded too.
    content = b"" if size > most else head + read_up_to(file, most + 1 - len(head))
    if size > most or len(content) > most:
        raise kind(
            f"the file is larger than {most / 1e6:g} MB.", hint="Give a smaller file, or part of it.", where=where
        )
    if state_of(file) != before:
        raise kind("the file changed while it was read.", hint="Wait until it is written, and try again.", where=where)
    return content


def _decode(content: bytes, where: str, kind: type[BearwitnessError]) -> str:
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _encoding_error(error, content, encoding, where, kind) from None
    at = text.find("\0")
    if at >= 0:
        raise kind(
            "this is binary data or UTF-16 without its mark, not plain text.",
            hint=_AS_UTF8,
            where=f"{where}:{_line_and_column(text[:at])}",
        )
    return text


def _encoding_error(
    error: UnicodeDecodeError, content: bytes, encoding: str, where: str, kind: type[BearwitnessError]
) -> BearwitnessError:
    before = content[: error.start].decode(encoding, errors="ignore")
    name = "UTF-16" if encoding == "utf-16" else "UTF-8"
    message = f"the text is not {name} from here on."
    if name == "UTF-8" and _looks_korean(content):
        message = "the text is in the old Korean encoding (CP949, EUC-KR), not in UTF-8."
    return kind(message, hint=_AS_UTF8, where=f"{where}:{_line_and_column(before)}")


def _line_and_column(before: str) -> str:
    """Line and column, from 1, of what follows a text."""
    start = before.rfind("\n") + 1
    return f"{before.count(chr(10)) + 1}:{len(before) - start + 1}"


def _looks_korean(content: bytes) -> bool:
    try:
        text = content.decode("cp949")
    except UnicodeDecodeError:
        return False
    foreign = [c for c in text if ord(c) > 0x7F]
    return sum("가" <= c <= "힣" for c in foreign) >= _LEAST_HANGUL_SHARE * len(foreign)


def write_atomically(
    path: str | Path, text: str, *, forbidden: Sequence[str | Path] = (), replace: bool = False
) -> None:
    """Write a text so that the file is there in full or not at all; only its owner can read it.

    Parameters
    ----------
    path : str or Path
        The file to write.
    text : str
        Its content, written in UTF-8 with line breaks as they are.
    forbidden : sequence of str or Path
        Files that must not be overwritten, by whatever name or link: the inputs.
    replace : bool
        Whether a file that exists may be replaced.

    Raises
    ------
    OutputError
        If it must not or cannot be written; then nothing has changed and nothing is left behind.
    """
    content = text.encode("utf-8")
    write_through(path, lambda file: file.write(content), forbidden=forbidden, replace=replace)


def write_through(
    path: str | Path,
    write: Callable[[BinaryIO], object],
    *,
    forbidden: Sequence[str | Path] = (),
    replace: bool = False,
) -> None:
    """As :func:`write_atomically`, for what ``write`` puts into the binary file it is handed.

    That file lies beside the target under another name, readable only by its owner, until it is whole.
    """
    where = os.fspath(path)
    temporary = ""
    try:
        _check_target(where, forbidden, replace=replace)
        folder = os.path.dirname(where) or "."
        handle, temporary = tempfile.mkstemp(prefix=".bearwitness-", suffix=".tmp", dir=folder)
        with open(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        _move(temporary, where, replace=replace)
        temporary = ""
        _sync_folder(folder)
    except OSError as error:
        raise _writing_error(error, where) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _check_target(where: str, forbidden: Sequence[str | Path], *, replace: bool) -> None:
    if "\0" in where or not os.path.basename(where):
        raise OutputError("this is not the name of a file.", hint="Give the name of a file to write.")
    for other in forbidden:
        if _is_same_file(where, os.fspath(other)):
            raise OutputError("this file was read as input, and is not overwritten.", hint="Write to another file.",
                              where=where)  # fmt: skip
    try:
        mode = os.lstat(where).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise OutputError("this is a folder, not a file.", hint="Name a file in it.", where=where)
    if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
        raise OutputError("this is a device, not a file.", hint="Name a file.", where=where)
    if not replace:
        raise _exists(where)


def _exists(where: str) -> OutputError:
    return OutputError("there is a file of this name already.", hint="Give another name, or remove it.", where=where)


def _is_same_file(one: str, other: str) -> bool:
    """Whether two names lead to one file: through links of both sorts, or because they are one name."""
    with contextlib.suppress(OSError):
        if os.path.samefile(one, other):
            return True
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _move(temporary: str, where: str, *, replace: bool) -> None:
    if replace:
        os.replace(temporary, where)
        return
    try:
        # Unlike a rename, a new link never overwrites a file that has come into being since the check.
        os.link(temporary, where)
    except FileExistsError:
        raise _exists(where) from None
    except OSError:
        # A file system without links.
        if os.path.lexists(where):
            raise _exists(where) from None
        os.replace(temporary, where)
        return
    os.unlink(temporary)


def _sync_folder(folder: str) -> None:
    """Let the new name survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _writing_error(error: OSError, where: str) -> OutputError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return OutputError("there is no such folder.", hint="Make it, or name another.", where=where)
    if isinstance(error, PermissionError):
        return OutputError("the folder may not be written to.", hint="Name another folder.", where=where)
    return OutputError("the file cannot be written.", hint="Check the space on the disk and the name.", where=where)
