"""The empty Word document that others are set in: styles and lists, and nothing that tells of a program or a person."""

from __future__ import annotations

from typing import Final

from bearwitness.documents.zip_bounds import pack_archive

BULLETS: Final = 1
NUMBERS: Final = 2
DEEPEST_LEVEL: Final = 8

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SIZES: Final = (36, 30, 26, 24, 22, 22)


def empty_docx() -> bytes:
    """A Word document without text; always the same bytes."""
    texts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
    }
    return pack_archive({name: (_HEAD + text).encode() for name, text in texts.items()})


def _types() -> str:
    parts = (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
    listed = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_TYPE}.{t}+xml"/>' for n, t in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _document() -> str:
    return (
        f'<w:document {_W} {_R}><w:body><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709"'
        ' w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _style(kind: str, style_id: str, name: str, inner: str = "", *, default: bool = False) -> str:
    based = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" and not default else ""
    mark = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}"{mark} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{inner}</w:style>'
    )


def _styles() -> str:
    styles = [
        _style("paragraph", "Normal", "Normal", '<w:pPr><w:spacing w:after="120"/></w:pPr>', default=True),
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True),
    ]
    for at, size in enumerate(_SIZES):
        inner = (
            '<w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/>'
            f'<w:outlineLvl w:val="{at}"/></w:pPr>'
            f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        )
        styles.append(_style("paragraph", f"Heading{at + 1}", f"heading {at + 1}", inner))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    styles += [
        _style("paragraph", "Quote", "Quote", '<w:pPr><w:ind w:left="567" w:right="567"/></w:pPr>'),
        _style("paragraph", "Code", "Code",
               '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/></w:rPr>'),
        _style("paragraph", "Caption", "caption", "<w:rPr><w:i/><w:iCs/></w:rPr>"),
        _style("paragraph", "Header", "header"),
        _style("paragraph", "FootnoteText", "footnote text",
               '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'),
        _style("character", "FootnoteReference", "footnote reference",
               '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
        _style("table", "TableGrid", "Table Grid", f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"),
    ]  # fmt: skip
    defaults = '<w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
    return f"<w:styles {_W}><w:docDefaults>{defaults}</w:docDefaults>{''.join(styles)}</w:styles>"


def _numbering() -> str:
    lists = ((BULLETS, "bullet", "•"), (NUMBERS, "decimal", ""))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{mark or f"%{at + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{(at + 1) * 454}" w:hanging="454"/></w:pPr></w:lvl>'
            for at in range(DEEPEST_LEVEL + 1)
        )
        + "</w:abstractNum>"
        for number, form, mark in lists
    )
    used = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'
    return f"<w:numbering {_W}>{abstract}{used}</w:numbering>"
