"""What a produced file may carry is told by its place; what a stranger digs out of a PDF file or a remark is seen."""

from __future__ import annotations

import io

import pikepdf
import pytest

from bearwitness.documents.content import Document, Hidden, Note, Paragraph, Picture, Run, Table
from bearwitness.documents.opening import open_document
from bearwitness.documents.pdf_writing import write_pdf
from bearwitness.documents.producing import produce
from bearwitness.documents.verifying import is_harmless, verify_artefact
from bearwitness.documents.verifying_parts import parts_of, texts_of
from bearwitness.errors import LeakError

EMPTY = Document(blocks=())


def _words(text: str, **more: object) -> Paragraph:
    return Paragraph(runs=(Run(text=text, **more),))  # type: ignore[arg-type]


def _picture(kind: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (30, 20), (9, 90, 200)).save(out, kind)
    return out.getvalue()


FULL = Document(
    blocks=(
        Paragraph(runs=(Run(text="강가의 하루"),), kind="heading", level=1), _words("came", note="b"), _words("so", note="a"),  # noqa: E501
        Table(rows=(((_words("month"),), (_words("catch"),)), ((_words("May"),), (_words("12"),))), header_rows=1),
        Picture(content=_picture("PNG"), alternative="who"), Picture(content=_picture("JPEG")),
    ),
    notes=(Note(id="b", paragraphs=(_words("they said"),)), Note(id="a", paragraphs=(_words("others too"),))),
    margins=(_words("River papers"),),
)  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_a_document_with_everything_is_produced_without_a_leak(form: str) -> None:
    """Headings of tables, footnotes, margins and pictures of both sorts raise no false alarm."""
    made = produce(FULL, form)  # type: ignore[arg-type]
    assert verify_artefact(made, finds=lambda _: [], canaries=["who"], name=f"a.{form}") == ()


@pytest.mark.parametrize("said", ["kim", "ko", "2019-04-12", "010-5523-9917", "30-0-1", "note-1", "NanumGothic"])
@pytest.mark.parametrize("key", ["/Subject", "/Keywords", "/Author"])
def test_no_property_of_a_file_is_harmless_whatever_it_says(key: str, said: str) -> None:
    """A name, a date or a number in a property is somebody's, though a file's own parts may be called the same."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_PLAIN)) as book:
        book.docinfo[key] = said
        book.save(out)
    opened = open_document(out.getvalue(), name="a.pdf")
    assert [h.text for h in opened.hidden if not is_harmless(h, opened.document)] == [said]


_PLAIN = write_pdf(Document(blocks=(_words("words"),)))


@pytest.mark.parametrize(
    "entry",
    [
        Hidden(kind="metadata", where="object 1, /Lang", text="kim"),
        Hidden(kind="comment", where="object 5, /Contents", text="note-1 and more"),
        Hidden(kind="unread_part", where="object 5, /Headers", text="010-5523-9917"),
        Hidden(kind="link_target", where="object 5, /Dest", text="vordanika"),
        Hidden(kind="image", where="the picture itself"),
        Hidden(kind="embedded_file", where="page 1, 1 picture"),
    ],
)
def test_a_place_of_our_own_with_other_words_is_not_harmless(entry: Hidden) -> None:
    """Place, kind and the whole text must be what a writer of ours puts there."""
    assert not is_harmless(entry, EMPTY)


def test_the_letters_of_a_pdf_page_are_seen_without_the_reader_of_pages() -> None:
    """Codes of the file's own font are turned to letters by the table that the file has."""
    said = [text for where, part in parts_of(write_pdf(Document(blocks=(_words("강가의 Vordanika"),))))
            if where.startswith("letters") for text in texts_of(where, part)]  # fmt: skip
    assert "".join("".join(said).split()) == "강가의Vordanika"


def test_a_name_on_the_page_of_a_pdf_file_is_a_leak_as_a_canary_and_as_a_form() -> None:
    """Both looks see it: the reader's page, and the letters that are drawn."""
    made = write_pdf(Document(blocks=(_words("최은심은 왔다"),)))
    leaks = verify_artefact(made, finds=lambda t: ["sister"] if "최은심" in t else [], canaries=["최은심"], name="a.pdf")  # noqa: E501
    for kind in ("form", "canary"):
        assert {leak.where for leak in leaks if leak.kind == kind} >= {"the page", "letters of page 1"}


@pytest.mark.parametrize("part", [
    b"<x><!-- Vordanika --></x>", b"<?x Vordanika?><x/>", b"<x><![CDATA[Vordanika]]></x>", b"<x y='Vordanika'/>",
    b"\xef\xbb\xbf<x>Vor<b/>danika</x>", "\ufeff<x>Vordanika</x>".encode("utf-16-le"), b"<x>&#86;ordanika</x>",
])  # fmt: skip
def test_markup_is_searched_in_its_texts_attributes_and_remarks(part: bytes) -> None:
    """In whatever place and encoding markup says it, a name is among the texts."""
    assert any("Vordanika" in text for text in texts_of("entry 1", part))


def test_what_cannot_be_unpacked_is_not_passed() -> None:
    """An archive or PDF file that the plain look cannot open stops the file, as nobody has looked into it."""
    for content in (b"PK\x03\x04" + bytes(40), b"%PDF-1.7 nothing more"):
        with pytest.raises(LeakError):
            list(parts_of(content))
