"""Files as a stranger may send them: bombs, locked, cut, with macros, drawn out of order. All people are invented."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from typing import Any

from office_files import made_docx, members_of, with_body, with_members

from bearwitness.documents.content import Document, Paragraph, Run
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.odt_writing import write_odt
from bearwitness.documents.pdf_writing import write_pdf
from bearwitness.documents.zip_bounds import pack_archive

# A name that no message may repeat, on the page of every file here.
NAME = "Kanarienvogel"
WRITERS = {"docx": write_docx, "odt": write_odt, "pdf": write_pdf}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_LOCKED_ENTRY = (
    '<manifest:file-entry manifest:full-path="{0}" manifest:media-type=""><manifest:encryption-data>'
    '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
    "</manifest:encryption-data></manifest:file-entry></manifest:manifest>"
)
_MACROS = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)


def paper(*lines: str) -> Document:
    """A document of some paragraphs; without any, of one that is unsafe."""
    said = lines or (f"{NAME} Chol-su, a nurse from Sinuiju, was questioned in 2020.",)
    return Document(blocks=tuple(Paragraph(runs=(Run(text=line),)) for line in said))


def written(form: str) -> bytes:
    """That document in a form."""
    return WRITERS[form](paper())


_Packed = tuple[bytes, int, int]


def zipped(entries: Iterable[tuple[str, _Packed]]) -> bytes:
    """An archive of entries that are packed already, each by its name."""
    body, listed, count = io.BytesIO(), io.BytesIO(), 0
    for name, (packed, size, check) in entries:
        at = body.tell()
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(packed), size, len(name), 0)
        body.write(b"PK\x03\x04" + common + name.encode() + packed)
        listed.write(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, at) + name.encode())
        count += 1
    whole = (listed.tell(), body.tell())
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count % 65536, count % 65536, *whole, 0)
    return body.getvalue() + listed.getvalue() + end


def _packed(content: bytes) -> _Packed:
    """Some content packed, how long it was, and its checksum."""
    deflate = zlib.compressobj(wbits=-15)
    return deflate.compress(content) + deflate.flush(), len(content), zlib.crc32(content)


def _bomb(form: str, extra: Iterable[tuple[str, _Packed]]) -> bytes:
    sound = [(name, _packed(part)) for name, part in members_of(written(form)).items()]
    return zipped([*sound, *extra])


def flat_bomb(form: str) -> bytes:
    """One entry that unpacks to sixty million bytes."""
    return _bomb(form, [("media/bomb.bin", _packed(bytes(60_000_000)))])


def many_bomb(form: str) -> bytes:
    """A thousand entries, none of them suspicious, that unpack to four hundred million bytes."""
    block = _packed(b"0123456789abcdef" * 4_000 + bytes(340_000))
    return _bomb(form, ((f"media/{n}.bin", block) for n in range(1_000)))


def listed_bomb(form: str) -> bytes:
    """Two hundred thousand empty entries."""
    return _bomb(form, ((f"media/{n}.bin", (b"\x03\x00", 0, 0)) for n in range(200_000)))


def nested_bomb() -> bytes:
    """A document with a bomb in it, four archives deep."""
    inner = flat_bomb("docx")
    for _ in range(3):
        inner = with_members(written("docx"), {"word/embeddings/inner.docx": inner})
    return inner


def xml_bomb(form: str, kind: str) -> bytes:
    """The page's part with entities that multiply, that fetch a file, or with elements in elements without end."""
    name = {"docx": "word/document.xml", "odt": "content.xml"}[form]
    sound = written(form)
    part = members_of(sound)[name].decode()
    head, _, rest = part.partition("?>")
    many = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = {
        "multiplied": f'<!DOCTYPE x [<!ENTITY l0 "{NAME}">{many}]>', "deep": "",
        "fetched": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    }[kind]  # fmt: skip
    inside = "".join(f"<a{n % 7}>" for n in range(2_000)) + "".join(f"</a{n % 7}>" for n in reversed(range(2_000)))
    rest = rest.replace(NAME, "&l9;") if declared else rest.replace("</w:body>", f"{inside}</w:body>")
    rest = rest if declared else rest.replace("</office:text>", f"{inside}</office:text>")
    return with_members(sound, {name: f"{head}?>{declared}{rest}".encode()})


def locked_odt(*, whole: bool) -> bytes:
    """A text locked with a password: its parts as older programs lock them, or the whole of it as newer ones do."""
    members = members_of(written("odt"))
    name = "encrypted-package" if whole else "content.xml"
    manifest = members["META-INF/manifest.xml"].decode().replace("</manifest:manifest>", _LOCKED_ENTRY.format(name))
    kept = {"mimetype": members["mimetype"], name: bytes(range(256)) * 9, "META-INF/manifest.xml": manifest.encode()}
    return pack_archive(kept if whole else members | kept)


def locked_docx() -> bytes:
    """What a Word document locked with a password looks like from outside."""
    return OLD + "EncryptedPackage".encode("utf-16-le") + bytes(400)


def with_macros(form: str) -> bytes:
    """A document with a macro that says a word."""
    sound = written(form)
    if form == "odt":
        return with_members(sound, {"Basic/Standard/Module1.xml": b"<m>Sub Reedcutter</m>"})
    types = members_of(sound)["[Content_Types].xml"].replace(*_MACROS)
    return with_members(sound, {"[Content_Types].xml": types, "word/vbaProject.bin": b"\0\1 Sub Reedcutter\0"})


def turned_docx() -> bytes:
    """A document whose page shows a name that is written backwards in it."""
    turned = '<w:bdo w:val="rtl"><w:r><w:t>legovneiranaK</w:t></w:r></w:bdo>'
    before = '<w:r><w:t xml:space="preserve">They asked for </w:t></w:r>'
    return with_body(made_docx(), f"<w:p>{before}{turned}</w:p>")


def pdf_book(*drawings: str, font: str = "Helvetica") -> Any:
    """A PDF file, open, with a page for each drawing; ``I`` is a picture, ``F`` a font."""
    import pikepdf
    from pikepdf import Dictionary, Name, Stream

    made = pikepdf.new()
    letters = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + font), Encoding=Name.WinAnsiEncoding)
    picture = made.make_indirect(Stream(
        made, zlib.compress(bytes(12)), Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Filter=Name.FlateDecode,
    ))  # fmt: skip
    for drawing in drawings:
        page = made.add_blank_page(page_size=(612, 792))
        page.obj.Resources = Dictionary(Font=Dictionary(F=letters), XObject=Dictionary(I=picture))
        page.obj.Contents = Stream(made, drawing.encode("latin-1"))
    return made


def pdf_bytes(made: Any, **options: Any) -> bytes:
    """The bytes of an open PDF file."""
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


SCAN = "q 612 0 0 792 0 0 cm /I Do Q\n"


def pdf_line(text: str, *, before: str = "") -> str:
    """A drawing of one line of text."""
    return f"BT {before} /F 12 Tf 72 700 Td ({text}) Tj ET\n"


def long_file(form: str, pages: int) -> bytes:
    """A document of many pages with some fifty words on each."""
    said = "They waited by the river and said that nobody came while the ferry stood at the far bank in the cold. " * 2
    if form == "pdf":
        lines = "0 -20 Td ".join(f"({line}) Tj " for line in (said[:100], said[100:]))
        return pdf_bytes(pdf_book(*[f"BT /F 10 Tf 72 700 Td {lines}ET"] * pages))
    if form == "odt":
        return write_odt(paper(*[said.strip()] * pages))

    def fill(made: Any) -> None:
        for _ in range(pages):
            made.add_paragraph(said.strip())
            made.add_page_break()

    return made_docx(fill)
