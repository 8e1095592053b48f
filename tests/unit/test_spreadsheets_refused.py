"""Spreadsheets that cannot be read rightly are refused, with the cell and never with what is in it."""

import contextlib
import io
import os
import re
import struct
import time
import zipfile
from datetime import time as time_of_day

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spreadsheet_files import fresh, read, write_book

from bearwitness.documents import spreadsheet_archive
from bearwitness.documents.spreadsheet_reading import read_tables
from bearwitness.errors import TableError

CANARY = "kanarienvogel"
HEAD = ["id", "kind", "household", "victims", "date", "place", "because_of"]
GOOD = ["a-1", "threat", "h-1", "p-1", "2024-02", "무산군", "p-2"]


def refused(path, **options):
    """The error of a file, after a look at what every one must be like."""
    with pytest.raises(TableError) as caught:
        read(path, **options)
    assert CANARY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    assert caught.value.status == 12
    return caught.value


def book(folder, sheets, **options):
    return write_book(folder / "a.xlsx", sheets, **options)


def changed(**cells):
    return [cells.get(key, cell) for key, cell in zip(HEAD, GOOD, strict=True)]


@pytest.mark.parametrize(
    ("key", "cell", "place"),
    [
        ("kind", CANARY, "B3"), ("kind", None, "B3"), ("kind", 3.5, "B3"), ("household", CANARY.upper(), "C3"),
        ("victims", f"p-1; {CANARY} x", "D3"), ("victims", "p-1; p-1", "D3"), ("victims", f'"{CANARY}', "D3"),
        ("victims", f'"p-1" {CANARY}', "D3"), ("victims", "p-1, p-2", "D3"),
        ("date", CANARY, "E3"), ("date", 45323, "E3"), ("date", time_of_day(3, 4), "E3"), ("date", "12/05/2019", "E3"),
        ("date", True, "E3"), ("date", "2019년 13월", "E3"), ("date", "2023.24", "E3"),
        ("place", CANARY, "F3"), ("because_of", 1e15, "G3"), ("because_of", True, "G3"), ("id", "a-1", "A3"),
        ("id", f"{CANARY}!", "A3"), ("kind", "detention/brother", "B3"),
    ],
)  # fmt: skip
def test_the_cell_of_a_mistake_is_named(tmp_path, key, cell, place):
    """File, sheet, column and row, whatever is wrong with the cell."""
    path = book(tmp_path, {"acts": [HEAD, GOOD, changed(**{"id": "a-2", key: cell})]})
    assert refused(path).where == f"{path}:acts!{place}"


def test_an_empty_cell_says_what_belongs_there(tmp_path):
    """What a column asks for is told in its own words."""
    found = refused(book(tmp_path, {"acts": [HEAD, changed(kind=" ")]}))
    assert (found.message, found.hint) == ("this cell is empty.", "Write what was done.")


@pytest.mark.parametrize(
    ("table", "rows", "place"),
    [
        ("persons", [["id", "household", "protected"], ["p-1", "h-1", CANARY]], "C2"),
        ("persons", [["id", "kin"], ["p-1", f"{CANARY} of p-2"]], "B2"),
        ("persons", [["id", "kin"], ["p-1", f"mother {CANARY}"]], "B2"),
        ("persons", [["id", "kin"], ["p-1", "동생 of p-2"]], "B2"),
        ("persons", [["id", "names"], ["p-1", f'"{CANARY}" x']], "B2"),
        ("persons", [["id", "names"], ["p-1", "(가명)"]], "B2"),
        ("consents", [["id", "giver", "purpose", "identifiability", "quoting", "persons"],
                      ["c-1", "p-1", "publication", "role", "none", CANARY]], "F2"),
        ("consents", [["id", "giver", "purpose", "identifiability", "quoting", "persons"],
                      ["c-1", "p-1", "publication", "role", "none", "p-1: given; p-1: refused"]], "F2"),
        ("consents", [["id", "giver", "purpose", "identifiability", "quoting", "persons"],
                      ["c-1", "p-1", "publication", "role", "none", f"p-1: {CANARY}"]], "F2"),
        ("places", [["path", "names"], ["hambuk/musan/x", None]], "B2"),
        ("places", [["path", "parent", "names"], ["hambuk/musan/x", "무산군", CANARY]], "2"),
        ("chain", [["testimony", "hop", "teller", "hearer", "medium"], ["t-1", 1.5, "p-1", "p-2", "phone"]], "B2"),
        ("chain", [["testimony", "hop", "teller", "hearer", "medium"], ["t-1", 2, "p-1", "p-2", "phone"]], "B2"),
    ],
)  # fmt: skip
def test_the_cell_of_a_mistake_is_named_in_every_table(tmp_path, table, rows, place):
    """Also where a cell says several things, or two cells contradict each other."""
    path = book(tmp_path, {table: rows})
    assert refused(path).where == f"{path}:{table}!{place}"


def test_an_unknown_heading_is_answered_with_the_nearest(tmp_path):
    """Not with the heading itself: where none was written, the first row is about somebody."""
    path = book(tmp_path, {"acts": [["kind", "household", "victms"], ["threat", "h-1", "p-1"]]})
    found = refused(path)
    assert found.hint == "The nearest is victims."
    assert found.where == f"{path}:acts!C1"
    assert "kind" in refused(book(tmp_path, {"acts": [[CANARY, "x"]]})).hint


@pytest.mark.parametrize(
    ("rows", "place", "says"),
    [
        ([["kind"], ["threat"]], "acts!1", "household is missing"),
        ([["kind", "household", "유형"], ["threat", "h-1", "raid"]], "acts!C1", "second column for kind"),
        ([["kind", "household"], ["threat", "h-1", CANARY]], "acts!C2", "no name"),
        ([["kind", "household", None, "date"], ["threat", "h-1", CANARY, "2024"]], "acts!C2", "no name"),
        ([["kind", 2024], ["threat", "h-1"]], "acts!B1", "no column"),
        ([[" "]], "acts", "empty"),
    ],
)
def test_headings_must_fit_what_is_below(tmp_path, rows, place, says):
    """No cell is left out because nobody said what it is."""
    path = book(tmp_path, {"acts": rows})
    found = refused(path)
    assert found.where == f"{path}:{place}"
    assert says in found.message


def test_a_link_of_nobodys_account_is_refused(tmp_path):
    """A chain names a testimony of the file, and its links count from 1 without a gap."""
    told = [["id", "teller", "language", "directness", "text"], ["t-10", "p-1", "ko", "inferred", "글"]]
    hops = [["testimony", "teller", "hearer", "medium"], ["t-11", "p-1", "p-2", "phone"]]
    path = book(tmp_path, {"testimonies": told, "chain": hops})
    found = refused(path)
    assert (found.where, found.hint) == (f"{path}:chain!A2", "The nearest is t-10.")


def test_cells_with_errors_are_refused(tmp_path):
    """An error is not an empty cell, also in a sheet of many rows; nor is a formula that nobody computed."""
    rows = [HEAD, *[[f"a-{n}", *GOOD[1:]] for n in range(2000)]]
    path = book(tmp_path, {"acts": rows},
                also=lambda s: s["acts"].write_formula("E1777", "=A0", None, "#REF!"))  # fmt: skip
    found = refused(path)
    assert found.where == f"{path}:acts!E1777"
    assert "error" in found.message
    path = book(tmp_path, {"acts": [HEAD, GOOD]}, also=lambda s: s["acts"].write_formula("D2", "=B1", None, ""))
    xml = packed(path, lambda xml: re.sub(rb'(<c r="D2"[^>]*?)( t="str")?>(<f>.*?</f>)<v></v>', rb"\1>\3", xml))
    assert xml.count(b"<f>") == 1
    assert refused(path).where == f"{path}:acts!D2"


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path):
    """It was computed, and there is nothing."""
    path = book(tmp_path, {"acts": [HEAD, GOOD]}, also=lambda s: s["acts"].write_formula("D2", '=""', None, ""))
    packed(path, lambda xml: re.sub(rb'<c r="D2"( s="[0-9]+")?>', rb'<c r="D2"\1 t="str">', xml))
    assert read(path).acts[0].victims == ()


def packed(path, change, part="xl/worksheets/sheet1.xml"):
    """Changes one part of a packed workbook; gives the part as it is then."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    new = change(parts[part])
    assert parts[part] != new
    parts[part] = new
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return new


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="3"><c r="XFD3"><v>1</v></c></row>',
        b'<row r="1048576"><c r="AA1048576"><v>1</v></c></row>',
        b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>',
        b"<row r='9'><c s=\">\"  r = 'ZZZ9' ><v>1</v></c></row>",
        b'<row r="9"><x:c r="xfd9"><v>1</v></x:c></row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1048576"><c s="1"t="n"><v>1</v></c></row>',
    ],
)
def test_cells_far_away_are_refused_before_anything_is_laid_out(tmp_path, cell):
    """A small file that would need a plain of cells as wide as a sheet can be costs neither time nor memory."""
    path = book(tmp_path, {"acts": [HEAD, GOOD]})
    packed(path, lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"))
    begun = time.monotonic()
    assert "cell" in refused(path).message
    assert time.monotonic() - begun < 2


def test_empty_cells_far_away_do_no_harm(tmp_path):
    """Rows that are only formatted down to the end of the sheet hold nothing."""
    path = book(tmp_path, {"acts": [HEAD, GOOD]})
    packed(path, lambda xml: xml.replace(b"</sheetData>", b'<row r="9"><c r="XFD9" s="0"/></row></sheetData>'))
    assert len(read(path).acts) == 1


def bomb(path, size, *, claimed=None):
    """A workbook one part of which unpacks to ``size`` bytes, or says that it does to ``claimed``."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.xml", b"0" * size)
    if claimed is not None:
        content = bytearray(path.read_bytes())
        at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/x.xml"))
        content[at + 24 : at + 28] = struct.pack("<I", claimed)
        path.write_bytes(content)
    return path


def test_zip_bombs_are_refused(tmp_path, monkeypatch):
    """Too much once it is unpacked, by size or by ratio, also where the archive lies about it."""
    assert "too large" in refused(bomb(book(tmp_path, {"acts": [HEAD, GOOD]}), 20_000_000)).message
    assert "damaged" in refused(bomb(book(tmp_path, {"acts": [HEAD, GOOD]}), 20_000_000, claimed=1000)).message
    monkeypatch.setattr(spreadsheet_archive, "MOST_UNPACKED_BYTES", 5000)
    assert "too large" in refused(book(tmp_path, {"acts": [HEAD, GOOD]})).message


def archive_of(names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"), (b" \n", "empty"), (b"\xef\xbb\xbf", "empty"), (b"%PDF-1.7 x", "PDF"),
        (OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLD + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old Word, Excel"),
        (archive_of(["word/document.xml"]), "Word"), (archive_of(["xl/workbook.bin"]), "XLSB"),
        (archive_of(["mimetypeapplication/vnd.oasis.opendocument.spreadsheet"]), "OpenDocument"),
        (archive_of(["xl/workbook.xml"]), "damaged"), (archive_of(["xl/worksheets/sheet1.xml"])[:-30], "damaged"),
        (b"PK\x03\x04" + b"x" * 100, "zip archive"), ("행위,가구\n위협,h-1".encode("cp949"), "CP949"),
        ("kind,household".encode("utf-16-le"), "UTF-16"),
        (f'kind,household\n"threat,{CANARY}'.encode(), "quotation mark"),
        (f'kind,household\n"threat"{CANARY},h-1'.encode(), "quotation mark"),
    ],
)  # fmt: skip
def test_other_files_are_refused_by_what_they_are(tmp_path, content, says):
    """Each says what it is, and what to save it as."""
    path = tmp_path / "acts.csv"
    path.write_bytes(content)
    found = refused(path)
    assert says in found.message
    assert found.where.startswith(os.fspath(path))


def test_folders_and_missing_files_are_refused(tmp_path):
    """With the advice that every reader of files gives."""
    assert "folder" in refused(tmp_path).message
    assert "no such file" in refused(tmp_path / "acts.csv").message


def test_a_workbook_that_is_cut_or_scrambled_is_refused(tmp_path):
    """Nothing of a damaged workbook is read, wherever it is damaged."""
    path = book(tmp_path, {"acts": [HEAD, GOOD]})
    content = path.read_bytes()
    for at in range(0, len(content), len(content) // 40):
        path.write_bytes(content[:at])
        refused(path, table="acts")
    packed_twice = io.BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(packed_twice, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml"))
    path.write_bytes(packed_twice.getvalue())
    assert "damaged" in refused(path).message


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    part=st.sampled_from(["worksheets/sheet1.xml", "workbook.xml", "_rels/workbook.xml.rels", "styles.xml"]),
    at=st.integers(0, 10_000),
    what=st.binary(min_size=1, max_size=8),
)
@example(part="workbook.xml", at=34, what=b"9")
def test_a_scrambled_sheet_is_read_or_refused(tmp_path_factory, part, at, what):
    """Whatever stands in the XML of a workbook, the answer is tables or a refusal."""
    path = book(tmp_path_factory.mktemp("scrambled"), {"acts": [HEAD, GOOD]})
    packed(path, lambda xml: xml[: at % len(xml)] + what + xml[at % len(xml) + len(what) :] + b"\n", f"xl/{part}")
    with contextlib.suppress(TableError):
        assert len(read_tables(path, context=fresh()).acts) < 2


@pytest.mark.parametrize(
    ("sheets", "place", "says"),
    [
        ({CANARY: [["x"]], "acts": [HEAD, GOOD]}, ":sheet 1", "not that of a table"),
        ({"acts": [HEAD, GOOD], "행위": [HEAD, GOOD]}, ":행위", "two sheets"),
        ({"acts": []}, "", "nothing"),
    ],
)
def test_sheets_that_are_no_tables_are_refused(tmp_path, sheets, place, says):
    """No sheet is passed over unsaid, and its name, if it is none of ours, is not repeated."""
    path = book(tmp_path, sheets)
    found = refused(path)
    assert found.where == f"{path}{place}"
    assert says in found.message


def test_a_table_must_be_known_and_there(tmp_path):
    """What is asked for by a wrong name, or not told at all, is said at once."""
    path = book(tmp_path, {"acts": [HEAD, GOOD], "persons": [["id"], ["p-1"]]})
    assert "nearest is consents" in refused(path, table="consens").hint
    assert "no sheet called consents" in refused(path, table="consents").message
    csv = tmp_path / f"{CANARY.upper()}.csv"
    csv.write_text("kind,household\n")
    assert "which table" in refused(csv).message


def test_an_id_made_from_a_row_is_not_another_acts(tmp_path):
    """Where somebody else is called so already, that is said."""
    path = book(tmp_path, {"acts": [HEAD, changed(id="row-3"), changed(id=None)]})
    assert refused(path).where == f"{path}:acts!A3"
