"""What can be wrong with an Excel workbook before any of it is laid out in memory.

A small archive can hold a sheet of sixteen thousand million cells, and a reader may take a cell with an error for an
empty one: both are found here, in one pass over the packed file that never holds more than a part of it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from bearwitness.errors import TableError

MOST_UNPACKED_BYTES: Final = 500_000_000
MOST_RATIO: Final = 200
MOST_PARTS: Final = 10_000
# Tables have no more than a dozen columns: a cell beyond column Z was not meant, and pulls an empty plain behind it.
LAST_ROW: Final = 1_048_576

_AT_ONCE: Final = 1 << 20
_LONGEST_ROW: Final = 64 << 20
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_SAVE_AGAIN: Final = "Open it in a spreadsheet program and save it as XLSX again."
_REMOVE: Final = "Delete the rows and columns outside of the table, and save it again."

# What is looked for is written loosely, as the reader of cells is not strict about what it takes.
_CELL: Final = rb"<(?:[^\s<>/:]+:)?c(?=[\s/>])"
_NAME: Final = rb"""[^\s=<>"'/]+"""
_QUOTED: Final = rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
_MORE: Final = rb"(?:\s*" + _NAME + _QUOTED + rb")*"
_REF: Final = re.compile(_CELL + _MORE + rb"""?\s*r\s*=\s*["']([A-Za-z]+[0-9]+)["']""")
_ERROR: Final = re.compile(_CELL + _MORE + rb"""?\s*t\s*=\s*["']e["']""" + _MORE + rb"\s*/?>")
_FAR_QUOTED: Final = rb"""["'](?:[A-Za-z]{2,}[0-9]+|[A-Za-z][0-9]{7,})["']"""
_FAR_REF: Final = re.compile(_FAR_QUOTED)
_FAR: Final = re.compile(_CELL + _MORE + rb"?\s*r\s*=\s*" + _FAR_QUOTED + _MORE + rb"\s*>")
_NOWHERE: Final = re.compile(_CELL + rb"(?:\s*(?!r\s*=)" + _NAME + _QUOTED + rb")*\s*/?>")
_NO_VALUE: Final = re.compile(
    rb"(" + _CELL + _MORE + rb")\s*>\s*"
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_TEXT_RESULT: Final = re.compile(rb"""\bt\s*=\s*["']str["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """The first thing of a sheet that must not be passed over; ``cell`` is where, empty if it is everywhere."""

    cell: str
    message: str
    hint: str


def check_archive(content: bytes, *, where: str) -> tuple[Flaw | None, ...]:
    """Look through a packed workbook.

    Parameters
    ----------
    content : bytes
        The file.
    where : str
        What messages call it.

    Returns
    -------
    tuple of Flaw or None
        For each sheet in the order of the workbook what is wrong with it; None too where it is no sheet of cells.

    Raises
    ------
    TableError
        If it is damaged, encrypted or no workbook, or would be too large unpacked: more than ``MOST_UNPACKED_BYTES``
        or more than ``MOST_RATIO`` times its size. What the file says of its own sizes is not believed but tried.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, len(content), where)
            parts = tuple(_sheet_parts(archive))
            flaws = {
                name: _look_through(archive, info, is_sheet=name in parts)
                for name, info in ((info.filename.lower(), info) for info in archive.infolist())
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, LookupError, ValueError):
        raise _damaged(where) from None
    except (NotImplementedError, RuntimeError):
        raise _encrypted(where) from None
    if not parts or not flaws.keys() >= set(parts):
        raise _damaged(where)
    return tuple(flaws[part] for part in parts)


def _damaged(where: str) -> TableError:
    return TableError("the workbook is damaged, or is none.", hint=_SAVE_AGAIN, where=where)


def _encrypted(where: str) -> TableError:
    return TableError("the archive is encrypted or packed in an unusual way.", hint=_SAVE_AGAIN, where=where)


def _check_sizes(archive: zipfile.ZipFile, packed: int, where: str) -> None:
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED_BYTES or unpacked > MOST_RATIO * packed or len(infos) > MOST_PARTS:
        raise TableError(
            "the workbook is too large once it is unpacked.", hint="Give its tables in several files.", where=where
        )
    if len({info.filename.lower() for info in infos}) < len(infos):
        raise _damaged(where)
    usual = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if any(info.flag_bits & 1 or info.compress_type not in usual for info in infos):
        raise _encrypted(where)


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """The names of the files of the sheets, in lower case, in the order of the workbook."""
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in _elements(archive, _RELATIONS)
        if element.tag.endswith("}Relationship")
    }
    for element in _elements(archive, _WORKBOOK):
        if element.tag.endswith("}sheet"):
            link = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets[link]
            yield (target[1:] if target.startswith("/") else f"xl/{target}").lower()


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[ElementTree.Element]:
    info = archive.getinfo(part)
    if info.file_size > _AT_ONCE:
        raise KeyError(part)
    return ElementTree.fromstring(archive.read(info)).iter()


def _look_through(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, is_sheet: bool) -> Flaw | None:
    """Unpack a part to its end, so that its size and checksum are proved, and find the first flaw of a sheet."""
    found: Flaw | None = None
    kept = b""
    with archive.open(info) as part:
        while chunk := part.read(_AT_ONCE):
            if not is_sheet or found is not None:
                continue
            kept += chunk
            # A row is looked at when it is there in full.
            end = kept.rfind(b"row>") + 4
            if end > 3:
                found, kept = _flaw_in(kept[:end]), kept[end:]
            elif len(kept) > _LONGEST_ROW:
                found = Flaw(cell="", message="a row of the sheet is too long to be read.", hint=_REMOVE)
    return found or _flaw_in(kept)


def _flaw_in(rows: bytes) -> Flaw | None:
    """The first flaw in some rows; what is plainly not there is not looked for in every cell."""
    all_placed = rows.count(b"<c") == rows.count(b'<c r="') and b":c" not in rows
    if not all_placed and _NOWHERE.search(rows):
        return Flaw(cell="", message="the sheet has cells that do not say where they are.", hint=_SAVE_AGAIN)
    for match in _FAR.finditer(rows) if _FAR_REF.search(rows) else ():
        reference = _reference(match[0])
        if reference[1:2].isalpha() or int(reference[1:]) > LAST_ROW:
            return Flaw(cell=reference, message="this cell lies far outside of the table.", hint=_REMOVE)
    if (b'"e"' in rows or b"'e'" in rows) and (error := _ERROR.search(rows)):
        return Flaw(
            cell=_reference(error[0]),
            message="the spreadsheet program shows an error in this cell.",
            hint="Correct its formula, or write the value.",
        )
    for cell in _NO_VALUE.finditer(rows) if b"<f" in rows or b":f" in rows else ():
        # A formula that gives an empty text has no value either, and says so.
        if not _TEXT_RESULT.search(cell[1]):
            return Flaw(
                cell=_reference(cell[0]), message="the formula of this cell was never computed.", hint=_SAVE_AGAIN
            )
    return None


def _reference(cell: bytes) -> str:
    found = _REF.search(cell)
    return found[1].decode("ascii").upper() if found else ""


def named_parts(content: bytes) -> Mapping[str, int]:
    """What a zip archive says it packs: names in lower case, and sizes; nothing where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {info.filename.lower(): info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        return {}
