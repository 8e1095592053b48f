"""Files that are no Word document that can be read are refused, and say what to do; unusual ones are read."""

from __future__ import annotations

import pytest
from office_files import W, hidden_of, made_docx, members_of, seen, with_members

from bearwitness.documents.docx_reading import read_docx
from bearwitness.documents.odt_reading import read_odt
from bearwitness.errors import DocumentError

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_BOMB = (
    '<!DOCTYPE a [<!ENTITY x "reed"><!ENTITY y "&x;&x;&x;&x;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&y;</w:t>'
    "</w:r></w:p></w:body></w:document>"
)
_STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_OLD, "old Word document"),
        (_OLD + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (made_docx()[:2000], "damaged"),
    ],
)
def test_what_is_no_word_document_is_refused(content: bytes, said: str) -> None:
    """An old document, a locked one, another file, or half of one is an error with something to do next."""
    with pytest.raises(DocumentError, match=said) as caught:
        read_docx(content)
    assert caught.value.status == 23
    assert caught.value.hint


@pytest.mark.parametrize(
    "body",
    [_BOMB, "<w:document", "<a>" * 300 + "</a>" * 300, ""],
    ids=["entities", "broken", "deep", "empty"],
)
def test_xml_that_attacks_is_refused(body: str) -> None:
    """Entities, broken XML, XML nested beyond the bound, and no XML are refused."""
    with pytest.raises(DocumentError):
        read_docx(with_members(made_docx(), {"word/document.xml": body.encode()}))


def test_text_nested_within_the_bound_is_read() -> None:
    """Tables in tables, as deep as the bound allows, are read or refused with an error of the program's own."""
    inner = "<w:p><w:r><w:t>a heron</w:t></w:r></w:p>"
    for _ in range(55):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    body = f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'
    assert "a heron" in seen(read_docx(with_members(made_docx(), {"word/document.xml": body.encode()})))


def test_the_strict_form_is_read_as_the_common_one() -> None:
    """A document in the strict form gives the same document."""
    content = made_docx(lambda made: (made.add_heading("강가", 1), made.add_paragraph("a reed", style="List Bullet")))
    members = members_of(content)
    for old, new in _STRICT:
        members = {
            name: part.replace(old.encode(), new.encode()) if name.endswith((".xml", ".rels")) else part
            for name, part in members.items()
        }
    strict = with_members(content, members)
    assert b"purl.oclc.org" in members_of(strict)["word/document.xml"]
    assert read_docx(strict).document == read_docx(content).document


def test_a_document_with_macros_is_read_and_the_macro_told() -> None:
    """A document with macros is read as one without; the macro is a script."""
    types = members_of(made_docx())["[Content_Types].xml"]
    types = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    made = made_docx(lambda d: d.add_paragraph("a heron"))
    macro = {"[Content_Types].xml": types, "word/vbaProject.bin": b"\0\1 Sub Reedcutter\0"}
    opened = read_docx(with_members(made, macro))
    assert seen(opened) == "a heron"
    assert "Reedcutter" in hidden_of(opened, "script")


def test_a_spreadsheet_is_no_word_document() -> None:
    """A package whose main part is something else is refused."""
    types = members_of(made_docx())["[Content_Types].xml"]
    types = types.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    with pytest.raises(DocumentError, match="not a Word document"):
        read_docx(with_members(made_docx(), {"[Content_Types].xml": types}))


def test_an_opendocument_text_is_no_word_document_and_the_other_way_round() -> None:
    """Each reader refuses the other's files."""
    from bearwitness.documents.content import Document
    from bearwitness.documents.odt_writing import write_odt

    with pytest.raises(DocumentError):
        read_docx(write_odt(Document(blocks=())))
    with pytest.raises(DocumentError):
        read_odt(made_docx())
