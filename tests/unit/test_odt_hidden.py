"""What an OpenDocument text holds and does not show is told, by what it is; and is not part of the text."""

from __future__ import annotations

from typing import Any

import pytest
from office_files import PIXEL, hidden_of, members_of, seen, with_members, with_part

from bearwitness.documents.content import Document, Note, Paragraph, Run
from bearwitness.documents.odt_reading import read_odt
from bearwitness.documents.odt_writing import write_odt
from bearwitness.errors import DocumentError

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
_PLAIN = write_odt(Document(blocks=(Paragraph(runs=(Run(text="a heron"),)),)))


def _into(content: bytes, place: str, xml: str) -> bytes:
    """A document with elements put before all others of the first element of a name in its content."""
    from lxml import etree

    prefix, _, name = place.partition(":")

    def change(root: Any) -> None:
        target = next(root.iter(f"{{{_SPACES[prefix]}}}{name}"))
        for at, child in enumerate(etree.fromstring(f"<x {_DECLARED}>{xml}</x>")):
            target.insert(at, child)

    return with_part(content, "content.xml", change)


def _with_style(look: str, xml: str) -> bytes:
    made = f'<style:style style:name="Z" style:family="text"><style:text-properties {look}/></style:style>'
    return _into(_into(_PLAIN, "office:automatic-styles", made), "office:text", xml)


_SPAN = '<text:p><text:span text:style-name="Z">under the reeds</text:span></text:p>'


@pytest.mark.parametrize(
    "look",
    ['text:display="none"', 'fo:color="#ffffff"', 'fo:color="#fefdff"',
     'fo:color="#ffff00" fo:background-color="#ffff00"',
     'fo:font-size="1pt"', 'style:text-scale="1%"', 'loext:opacity="0%"', 'style:font-size-asian="1pt"'],
)  # fmt: skip
def test_words_that_no_eye_sees_are_hidden(look: str) -> None:
    """Words that are switched off, of the colour of what is behind them, or tiny, are hidden and not on the page."""
    opened = read_odt(_with_style(look, _SPAN))
    assert seen(opened) == "a heron"
    assert "under the reeds" in hidden_of(opened, "hidden_text")


@pytest.mark.parametrize(
    "look",
    ['text:display="true"', 'fo:color="#000000"', 'fo:color="#ffffff" fo:background-color="#000000"',
     'fo:font-size="8pt"',
     'fo:font-weight="bold"'],
)  # fmt: skip
def test_words_that_can_be_seen_are_on_the_page(look: str) -> None:
    """Words that are switched on, white on black, or small, are text of the page."""
    assert "under the reeds" in seen(read_odt(_with_style(look, _SPAN)))


@pytest.mark.parametrize(
    ("xml", "kind", "shown"),
    [
        ('<text:section text:display="none" text:name="S"><text:p>heddle</text:p></text:section>',
         "hidden_text", False),
        ('<text:section text:display="condition" text:condition="x"><text:p>heddle</text:p></text:section>',
         "hidden_text", False),
        ('<text:p>so<text:hidden-text text:string-value="heddle"/></text:p>', "hidden_text", False),
        ('<text:p>heddle<text:hidden-paragraph text:condition="x"/></text:p>', "hidden_text", False),
        ("<text:p>so<office:annotation>"
         "<dc:creator>Mok Ara</dc:creator><text:p>heddle</text:p></office:annotation></text:p>",
         "comment", False),
        ('<text:p>so<text:bookmark text:name="heddle"/></text:p>', "field", False),
        ('<text:p>so<text:placeholder text:placeholder-type="text"'
         ' text:description="heddle">x</text:placeholder></text:p>',
         "field", False),
        ('<text:p>so<text:script script:language="JavaScript">heddle</text:script></text:p>', "script", False),
        ('<text:p><text:a xlink:href="ftp://heddle/">so</text:a></text:p>', "link_target", False),
        ('<text:p><draw:frame><svg:desc>heddle</svg:desc></draw:frame></text:p>', "alternative_text", False),
        ('<text:p><draw:frame><draw:image xlink:href="https://heddle.example/x.png"/></draw:frame></text:p>',
         "external", False),
        ('<text:p><draw:frame><draw:text-box><text:p>heddle</text:p></draw:text-box></draw:frame></text:p>', "", True),
        ('<text:p><draw:frame svg:x="90cm">'
         '<draw:text-box><text:p>heddle</text:p></draw:text-box></draw:frame></text:p>',
         "off_page", False),
        ('<text:user-field-decls><text:user-field-decl text:name="heddle"/></text:user-field-decls>', "field", False),
        ('<table:table><table:table-column/><table:table-row table:visibility="collapse"><table:table-cell>'
         "<text:p>heddle</text:p></table:table-cell></table:table-row></table:table>", "hidden_text", False),
        ('<table:table><table:table-column table:visibility="collapse"/><table:table-row><table:table-cell>'
         "<text:p>heddle</text:p></table:table-cell></table:table-row></table:table>", "hidden_text", False),
        ('<text:list text:style-name="List_20_1"><text:list-item><text:p>heddle</text:p></text:list-item></text:list>',
         "", True),
    ],
)  # fmt: skip
def test_every_feature_is_shown_or_told(xml: str, kind: str, shown: bool) -> None:
    """Sections, fields, comments, marks, scripts, shapes and hidden rows are told by what they are, others read."""
    opened = read_odt(_into(_PLAIN, "office:text", xml))
    assert ("heddle" in seen(opened)) is shown
    assert not kind or "heddle" in hidden_of(opened, kind)
    assert "a heron" in seen(opened)


def test_tracked_changes_are_told_with_who_made_them() -> None:
    """An insertion is on the page and told, a deletion is told only, each with its author and its date."""
    region = (
        '<text:changed-region text:id="{0}"><text:{1}><office:change-info><dc:creator>{2}</dc:creator>'
        "<dc:date>2021-03-04</dc:date></office:change-info>{3}</text:{1}></text:changed-region>"
    )
    opened = read_odt(_into(_PLAIN, "office:text", (
        f"<text:tracked-changes>{region.format('i', 'insertion', 'Mok Ara', '')}"
        f"{region.format('d', 'deletion', 'Sim Nuri', '<text:p>blue</text:p>')}</text:tracked-changes>"
        '<text:p>the <text:change-start text:change-id="i"/>grey<text:change-end text:change-id="i"/>'
        '<text:change text:change-id="d"/> boat</text:p>'
    )))  # fmt: skip
    assert "the grey boat" in seen(opened)
    assert "blue" not in seen(opened)
    assert "Mok Ara" in hidden_of(opened, "inserted")
    assert "grey" in hidden_of(opened, "inserted")
    assert "Sim Nuri" in hidden_of(opened, "deleted")
    assert "blue" in hidden_of(opened, "deleted")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Basic/Standard/Module1.xml", b"<a>heddle</a>", "script"),
        ("Scripts/python/x.py", b"# heddle\n", "script"),
        ("Thumbnails/thumbnail.png", b"\0\1heddle\0", "thumbnail"),
        ("Versions/Version1", b"\0heddle\0", "revision"),
        ("Configurations2/x.xml", b"<a>heddle</a>", "metadata"),
        ("META-INF/documentsignatures.xml", b"<a>heddle</a>", "metadata"),
        ("ObjectReplacements/Object 1", b"\0\1heddle\0", "embedded_file"),
        ("Object 1/content.xml", b"<a>heddle</a>", "embedded_file"),
        ("unheard-of", b"\0\xff heddle \0", "unread_part"),
        ("meta.xml", f"<a {_DECLARED}><office:meta><dc:creator>heddle</dc:creator></office:meta></a>"
         .encode(), "metadata"),
        ("settings.xml", f'<a {_DECLARED}><config:config-item config:name="PrinterName" config:type="string">heddle'
         "</config:config-item></a>".encode(), "metadata"),
    ],
)  # fmt: skip
def test_every_other_member_is_told_by_what_it_is(name: str, content: bytes, kind: str) -> None:
    """Scripts, versions, thumbnails, objects, properties, printers and unknown members are told with their words."""
    opened = read_odt(with_members(_PLAIN, {name: content}))
    assert "heddle" in hidden_of(opened, kind)
    assert seen(opened) == "a heron"


def test_a_picture_that_is_there_and_not_shown_is_told() -> None:
    """A picture without a place in the text is told as an image."""
    assert any(h.kind == "image" for h in read_odt(with_members(_PLAIN, {"Pictures/x.png": PIXEL})).hidden)


def test_a_locked_document_is_refused() -> None:
    """A document with a password is refused, and the message says so."""

    def lock(root: Any) -> None:
        from lxml import etree

        etree.SubElement(root[0], f"{{{_SPACES['manifest']}}}encryption-data")

    with pytest.raises(DocumentError, match="locked with a password") as caught:
        read_odt(with_part(_PLAIN, "META-INF/manifest.xml", lock))
    assert caught.value.hint


@pytest.mark.parametrize("name", ["mimetype", "content.xml"])
def test_what_is_no_opendocument_text_is_refused(name: str) -> None:
    """Without its type or its content a file is no document."""
    with pytest.raises(DocumentError, match="not an OpenDocument text"):
        read_odt(_without(_PLAIN, name))


def _without(content: bytes, name: str) -> bytes:
    from bearwitness.documents.zip_bounds import pack_archive

    return pack_archive({key: part for key, part in members_of(content).items() if key != name})


def test_what_is_written_holds_no_person_time_or_program() -> None:
    """A file that is written has the text, its styles and its list of members, and no other member."""
    note = Note(id="1", paragraphs=(Paragraph(runs=(Run(text="so"),)),))
    content = write_odt(Document(blocks=(Paragraph(runs=(Run(text="a", note="1"),)),), notes=(note,)))
    assert set(members_of(content)) == {"mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"}
    assert content.startswith(b"PK\x03\x04")
    assert content[30:38] == b"mimetype"
    assert not hidden_of(read_odt(content))
