"""What an OpenDocument text that is written holds besides its words: styles, and nothing of a program or a person."""

from __future__ import annotations

from typing import Any, Final

SPACES: Final = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
MIME: Final = "application/vnd.oasis.opendocument.text"
DEEPEST_LEVEL: Final = 8

_DECLARED: Final = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items()) + ' office:version="1.3"'
_MANIFEST: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SIZES: Final = (18, 15, 13, 12, 11, 11)
_WEIGHTS: Final = 'fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
_SLANTS: Final = 'fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"'
_LOOKS: Final = (("Strong", _WEIGHTS), ("Emphasis", _SLANTS), ("StrongEmphasis", f"{_WEIGHTS} {_SLANTS}"))


def empty_content() -> Any:
    """The root of ``content.xml`` without text."""
    return _parse(
        f"<office:document-content {_DECLARED}><office:automatic-styles>"
        '<style:style style:name="Table1" style:family="table"><style:table-properties table:align="margins"/>'
        "</style:style>"
        '<style:style style:name="Table1.A1" style:family="table-cell">'
        '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties style:writing-mode="rl-tb"/></style:style>'
        "</office:automatic-styles><office:body><office:text/></office:body></office:document-content>"
    )


def styles() -> Any:
    """The root of ``styles.xml``, with a page that has no header yet."""
    named = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in _LOOKS
    )
    return _parse(
        f"<office:document-styles {_DECLARED}><office:styles>"
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"'
        ' style:font-size-asian="11pt" style:font-size-complex="11pt"/></style:default-style>'
        f"{_paragraph_styles()}{named}{_list_styles()}</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties'
        ' fo:page-width="210mm" fo:page-height="297mm" fo:margin="25mm"/>'
        "<style:header-style><style:header-footer-properties"
        ' fo:min-height="5mm" fo:margin-bottom="5mm"/></style:header-style></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/>'  # noqa: E501
        "</office:master-styles></office:document-styles>"
    )


def _paragraph_styles() -> str:
    found = [_style("Standard", '<style:paragraph-properties fo:margin-bottom="6pt"/>', parent="")]
    for at, size in enumerate(_SIZES, 1):
        looks = (
            '<style:paragraph-properties fo:margin-top="12pt" fo:keep-with-next="always"/><style:text-properties'
            f' fo:font-size="{size}pt" style:font-size-asian="{size}pt" style:font-size-complex="{size}pt" {_WEIGHTS}/>'
        )
        found.append(_style(f"Heading_20_{at}", looks, shown=f"Heading {at}", level=at))
    found += [
        _style("Quotations", '<style:paragraph-properties fo:margin-left="10mm" fo:margin-right="10mm"/>'),
        _style("Preformatted_20_Text", '<style:text-properties fo:font-family="Courier New" style:font-pitch="fixed"/>',
               shown="Preformatted Text"),
        _style("Caption", f"<style:text-properties {_SLANTS}/>"),
        _style("Header", ""),
        _style("Footnote", '<style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"'
               ' style:font-size-complex="9pt"/>'),
    ]  # fmt: skip
    return "".join(found)


def _style(name: str, inner: str, *, shown: str = "", parent: str = "Standard", level: int = 0) -> str:
    said = f' style:display-name="{shown}"' if shown else ""
    said += f' style:parent-style-name="{parent}"' if parent else ""
    said += f' style:default-outline-level="{level}"' if level else ""
    return f'<style:style style:name="{name}" style:family="paragraph"{said}>{inner}</style:style>'


def _list_styles() -> str:
    """One list style with numbers at all levels, and one with marks."""
    found = []
    for name, kind, mark in (
        ("List_20_1", "bullet", 'text:bullet-char="•"'),
        ("Numbering_20_1", "number", 'style:num-format="1" style:num-suffix="."'),
    ):
        levels = "".join(
            f'<text:list-level-style-{kind} text:level="{at}" {mark}><style:list-level-properties'
            ' text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment'
            f' text:label-followed-by="listtab" fo:text-indent="-8mm" fo:margin-left="{at * 8}mm"/>'
            f"</style:list-level-properties></text:list-level-style-{kind}>"
            for at in range(1, DEEPEST_LEVEL + 2)
        )
        found.append(f'<text:list-style style:name="{name}">{levels}</text:list-style>')
    return "".join(found)


def manifest(pictures: dict[str, str]) -> bytes:
    """The list of members; ``pictures`` are names and what they are."""
    listed = {"/": MIME, "content.xml": "text/xml", "styles.xml": "text/xml", **pictures}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in listed.items()
    )
    text = f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3">{entries}</manifest:manifest>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _parse(text: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    return etree.fromstring(text.encode())
