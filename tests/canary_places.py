"""Words that must not leave, and every place of a file in which one can be put. All of them are invented."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from office_files import with_body, with_members, with_part

from bearwitness.documents.content import Document, Note, Paragraph, Picture, Run, Table
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.html_writing import write_html
from bearwitness.documents.markdown_writing import write_markdown
from bearwitness.documents.odt_writing import write_odt
from bearwitness.documents.pdf_writing import write_pdf

CANARIES = (
    "곽새별님", "표은여울", "방초롱이", "석가람솔", "모래내골", "은고개말", "솔티마을", "갈밭나루", "버들여울목", "주체백팔년",  # noqa: E501  # noqa: E501
    "제삼십칠호반", "까치골다리", "Vordanika", "Trelundby", "Quoskovar", "Hembrazil", "Osterwyck-Lan", "Pfaldrun", "Jaquelmor",  # noqa: E501  # noqa: E501
    "Wybrantsev", "Drozhenka", "O'Farrindel", "Ilvesmarsh", "Kordovelle", "2031-07-19-k", "19.7.2031/b", "040-7731-2265",  # noqa: E501  # noqa: E501
    "88204/17/36", "6,204,937", "B-51-7702", "zq_87_mm", "4471-KX-09", "x9Lt4Rw2", "초소47번길", "한-강-Pex8", "Q7-련못-31",  # noqa: E501  # noqa: E501
    "a&b<q>77", "tag{yu}88", "쌍둥이Bex", "두루미99호",
)  # fmt: skip
WORDS = ("강가에서", "사흘을", "기다렸다.", "river", "the", "ferry", "never", "came", "돌아오지", "않았다.", "stone", "12")  # noqa: E501  # noqa: E501
Plant = Callable[[bytes, str], bytes]


def picture(rng: random.Random, canary: str) -> bytes:
    """An image with a canary in its EXIF, its remark, a text chunk or behind its end."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    image = Image.new("RGB", (9, 6), (rng.randrange(256), 90, 40))
    out = io.BytesIO()
    how = rng.randrange(4)
    if how == 0:
        exif = image.getexif()
        exif[0x9C9B] = canary.encode("utf-16-le")
        image.save(out, "JPEG", exif=exif)
    elif how == 1:
        image.save(out, "JPEG", comment=canary.encode())
    elif how == 2:
        chunks = PngInfo()
        chunks.add_itxt("Description", canary, zip=True)
        image.save(out, "PNG", pnginfo=chunks)
    else:
        image.save(out, "PNG")
        return out.getvalue() + canary.encode()
    return out.getvalue()


def document(rng: random.Random, seen: list[str], image: bytes | None) -> Document:
    """A random document with some canaries among the words of its page."""

    def words() -> str:
        return " ".join(rng.choices(WORDS, k=rng.randrange(2, 7)))

    pending = list(seen)

    def paragraph(kind: Any = "paragraph", **more: Any) -> Paragraph:
        said = [words(), *([pending.pop()] if pending and rng.random() < 0.7 else []), words()]
        return Paragraph(runs=(Run(text=" ".join(said), bold=rng.random() < 0.2),), kind=kind, **more)

    kinds = (("heading", {"level": 1}), ("list_item", {"ordered": True}), ("quote", {}), ("paragraph", {}))
    blocks: list[Any] = [paragraph(kind, **more) for kind, more in rng.sample(kinds, 3)]
    blocks.append(Table(rows=((((paragraph(),)), (paragraph(),)), ((paragraph(),), (paragraph(),))), header_rows=1))
    link = f"https://example.org/{'x' * rng.randrange(3)}"
    blocks.append(Paragraph(runs=(Run(text=words(), link=link), Run(text=" so.", note="1"))))
    if image is not None:
        blocks.append(Picture(content=image))
    notes = (Note(id="1", paragraphs=(paragraph(),)),)
    return Document(blocks=tuple(blocks), notes=notes, margins=(paragraph(),) if rng.random() < 0.5 else ())


def _body(xml: str) -> Plant:
    return lambda content, canary: with_body(content, xml.replace("CANARY", escape(canary)).replace(
        "QUOTED", quoteattr(canary)))  # fmt: skip


def _member(name: str, xml: str = "<x>CANARY</x>") -> Plant:
    return lambda content, canary: with_members(content, {name: xml.replace("CANARY", escape(canary)).encode()})


def _commented(content: bytes, canary: str) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = canary.encode()
    return out.getvalue()


def _linked(content: bytes, canary: str) -> bytes:
    """A link with a harmless word on the page, which leads to a canary."""
    from urllib.parse import quote

    import docx

    made = docx.Document(io.BytesIO(content))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    name = made.part.relate_to(f"https://example.org/{quote(canary)}", kind, is_external=True)
    out = io.BytesIO()
    made.save(out)
    return with_body(out.getvalue(), f'<w:p><w:hyperlink r:id="{name}"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>')


_BY = 'w:id="1" w:author=QUOTED w:date="2001-01-01T00:00:00Z"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>CANARY</dc:creator></cp:coreProperties>'
)
DOCX: dict[str, Plant] = {
    "deleted": _body('<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>CANARY</w:delText></w:r></w:del></w:p>'),
    "author of an insertion": _body(f"<w:p><w:ins {_BY}><w:r><w:t>words</w:t></w:r></w:ins></w:p>"),
    "hidden": _body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>CANARY</w:t></w:r></w:p>"),
    "white": _body('<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>CANARY</w:t></w:r></w:p>'),
    "field": _body("<w:p><w:r><w:instrText>CANARY</w:instrText></w:r></w:p>"),
    "bookmark": _body('<w:p><w:bookmarkStart w:id="7" w:name=QUOTED/><w:bookmarkEnd w:id="7"/></w:p>'),
    "attribute": _member("word/extra.xml", '<x><y z="CANARY"/></x>'),
    "remark": _member("word/more.xml", "<x><!-- CANARY --></x>"),
    "link target": _linked, "properties": _member("docProps/core.xml", _CORE), "comment of the archive": _commented,
    "custom part": _member("customXml/item1.xml"), "thumbnail": _member("docProps/thumbnail.jpeg", "\ufeff CANARY"),
    "behind the end": lambda content, canary: content + canary.encode(),
}  # fmt: skip


def _annotated(content: bytes, canary: str) -> bytes:
    from lxml import etree

    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"

    def change(root: Any) -> None:
        place = next(root.iter(f"{{{text}}}p", f"{{{text}}}h"))
        note = etree.SubElement(place, f"{{{office}}}annotation")
        etree.SubElement(note, f"{{{text}}}p").text = canary

    return with_part(content, "content.xml", change)


def _odt_hidden(content: bytes, canary: str) -> bytes:
    from lxml import etree

    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"

    def change(root: Any) -> None:
        place = next(root.iter(f"{{{text}}}p", f"{{{text}}}h"))
        hidden = etree.SubElement(place, f"{{{text}}}hidden-text")
        hidden.set(f"{{{text}}}string-value", canary)

    return with_part(content, "content.xml", change)


_PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:own="http://example.org/own/" rdf:about=""><own:said>CANARY</own:said></rdf:Description>'
    "</rdf:RDF></x:xmpmeta>"
)
ODT: dict[str, Plant] = {
    "annotation": _annotated, "hidden": _odt_hidden, "behind the end": DOCX["behind the end"],
    "settings": _member("settings.xml"), "extra": _member("Configurations2/x.xml"), "comment of the archive": _commented,  # noqa: E501  # noqa: E501
    "remark": _member("extra.xml", "<x><!-- CANARY --></x>"), "thumbnail": _member("Thumbnails/a.png", "\ufeff CANARY"),
}  # fmt: skip


def _pdf(change: Callable[[Any, Any, str], None]) -> Plant:
    def plant(content: bytes, canary: str) -> bytes:
        import pikepdf

        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as book:
            change(pikepdf, book, canary)
            book.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()

    return plant


def _info(_: Any, book: Any, canary: str) -> None:
    book.docinfo["/Subject"] = canary


def _xmp(pdf: Any, book: Any, canary: str) -> None:
    packet = _PACKET.replace("CANARY", escape(canary)).encode()
    book.Root.Metadata = pdf.Stream(book, packet, Type=pdf.Name.Metadata, Subtype=pdf.Name.XML)


def _note(pdf: Any, book: Any, canary: str) -> None:
    entries = pdf.Dictionary(Type=pdf.Name.Annot, Subtype=pdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pdf.String(canary))
    book.pages[0].obj["/Annots"] = book.make_indirect(pdf.Array([book.make_indirect(entries)]))


def _attached(pdf: Any, book: Any, canary: str) -> None:
    book.attachments["a.txt"] = pdf.AttachedFileSpec(book, canary.encode(), filename="a.txt")


def _loose(pdf: Any, book: Any, canary: str) -> None:
    book.Root["/PieceInfo"] = pdf.Dictionary({"/Own": pdf.Dictionary({"/Private": pdf.Stream(book, canary.encode())})})


PDF: dict[str, Plant] = {
    "information": _pdf(_info), "XMP": _pdf(_xmp), "annotation": _pdf(_note), "attachment": _pdf(_attached),
    "private": _pdf(_loose), "behind the end": DOCX["behind the end"],
}  # fmt: skip


def _added(text: str) -> Plant:
    """A block at the end of a text; signs that would end what it stands in are marked as text."""

    def plant(content: bytes, canary: str) -> bytes:
        marked = canary.replace("<", "\\<").replace(">", "\\>") if "MARKED" in text else canary
        return content + f"\n{text.replace('MARKED', marked).replace('CANARY', canary)}\n".encode()

    return plant


MARKDOWN: dict[str, Plant] = {
    "remark": _added("words <!-- CANARY -->"), "attribute": _added("words <i title='CANARY'>more</i>"),
    "block of HTML": _added("<div>CANARY</div>"), "link target": _added("[here](<https://example.org/MARKED>)"),
    "link title": _added('[here](https://example.org "CANARY")'), "picture": _added("![here](<MARKED.png>)"),
    "alternative text": _added("![MARKED](a.png)"), "definition": _added("[here]: <https://example.org/MARKED>"),
    "note without a mark": _added("[^never]: CANARY"), "language of a code": _added("~~~CANARY\nwords\n~~~"),
    "cell too many": _added("| a |\n|---|\n| b | CANARY |"),
    "head": lambda content, canary: f"---\ntitle: {canary}\n---\n".encode() + content,
    "file in an address": _added("[here](data:text/plain,CANARY)"),
}  # fmt: skip


def _set(html: str, *, before: str = "</body>") -> Plant:
    """A piece of a page before a tag; TEXT is the canary as text or attribute, CANARY as it is."""

    def plant(content: bytes, canary: str) -> bytes:
        text = escape(canary, {'"': "&quot;"})
        piece = html.replace("TEXT", text).replace("CANARY", canary)
        return content.decode().replace(before, piece + before, 1).encode()

    return plant


HTML: dict[str, Plant] = {
    "remark": _set("<!-- CANARY -->"), "title": _set("<title>TEXT</title>", before="</head>"),
    "property": _set('<meta name="author" content="TEXT">', before="</head>"),
    "program": _set("<script>var a = 'CANARY'</script>"), "data": _set('<p data-own="TEXT">words</p>'),
    "sheet": _set("<style>p::after { content: 'CANARY' }</style>"), "class": _set('<p class="TEXT">words</p>'),
    "hidden": _set("<p hidden>TEXT</p>"), "white": _set('<p style="color:#fff">TEXT</p>'),
    "link target": _set('<a href="https://example.org/TEXT">here</a>'), "entry": _set('<input value="TEXT">'),
    "alternative text": _set('<img src="a.png" alt="TEXT">'), "deleted": _set("<del>TEXT</del>"),
    "template": _set("<template>TEXT</template>"), "drawing": _set("<svg><desc>TEXT</desc></svg>"),
    "frame": _set('<iframe srcdoc="TEXT"></iframe>'), "end tag": _set('<p>words</p title="TEXT">'),
    "second attribute": _set('<p id="a" id="TEXT">words</p>'), "file in an address": _set('<a href="data:,TEXT">x</a>'),
    "behind the end": DOCX["behind the end"],
}  # fmt: skip
# Whoever packs a file anew loses what hangs on none of its parts: the first of these come first, the others last.
ORDER = {"link target": 0, "comment of the archive": 2, "behind the end": 3}
PLACES: dict[str, dict[str, Plant]] = {"docx": DOCX, "odt": ODT, "pdf": PDF, "markdown": MARKDOWN, "html": HTML}
WRITE: dict[str, Callable[[Document], bytes]] = {
    "docx": write_docx, "odt": write_odt, "pdf": write_pdf, "markdown": write_markdown,
    "html": write_html,
}  # fmt: skip
