"""PDF files are set anew: the words come back, the same bytes anywhere, and nothing else is in them."""

import io
import os
import shutil
import subprocess
import sys
import unicodedata

import pikepdf
import pytest
from document_strategies import documents
from hypothesis import HealthCheck, given, settings

from bearwitness.documents.content import Document, Note, Paragraph, Run, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.pdf_reading import read_pdf
from bearwitness.documents.pdf_writing import _letters, write_pdf
from bearwitness.errors import OutputError


def line(text, **more):
    """A paragraph of one run."""
    return Paragraph(runs=(Run(text=text),), **more)


SAMPLE = Document(
    blocks=(
        line("떠난 사람 때문에 벌을 받는 가족들", kind="heading", level=1),
        line("련상동에서 온 사람은 강가에서 사흘을 기다렸다고 말했다. " * 6),
        line("She waited by the river for three days, she said. " * 8),
        line("첫째", kind="list_item"), line("second", kind="list_item"),
        Table(rows=(((line("北"),), (line("two"),)),), header_rows=0),
        Paragraph(runs=(Run(text="A word", bold=True, note="1"), Run(text=" and another."))),
    ),
    notes=(Note(id="1", paragraphs=(line("A note at the end."),)),),
)  # fmt: skip


def words(document):
    """The words of a document, without white space."""
    return "".join(flatten(document).text.split())


def test_the_words_come_back_in_order():
    """Headings, Korean without cut words, lists, cells and notes are read from the file again."""
    opened = read_pdf(write_pdf(SAMPLE))
    text = flatten(opened.document).text
    for part in ("련상동에서 온 사람은 강가에서 사흘을", "She waited by the river for three days", "北", "A note at the end."):  # noqa: E501
        assert part in text
    assert opened.document.blocks[0].kind == "heading"
    assert [b.text for b in opened.document.blocks if b.kind == "list_item"][:2] == ["첫째", "second"]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(margins=False))
def test_every_letter_of_any_document_is_in_the_file(document):
    """No word is lost, whatever the document; one with letters that the font lacks is refused."""
    text = unicodedata.normalize("NFC", flatten(document).text)
    lacking = {c for c in text if not c.isspace() and ord(c) not in _letters()}
    if lacking - {"\u2011", "\u00ad"}:
        with pytest.raises(OutputError, match="fonts") as caught:
            write_pdf(document)
        assert caught.value.hint
        return
    opened = read_pdf(write_pdf(document))
    everything = words(opened.document)
    for word in text.split():
        assert "".join(word.split()) in everything.replace("\u2010", "‑") or word in everything or _in_pieces(word, everything)  # noqa: E501


def _in_pieces(word, text):
    """Whether the letters of a word stand in a text one after the other, with a note's mark or a marker between."""
    at = 0
    for letter in word:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def test_nothing_but_the_words_is_in_the_file():
    """No producer, date, identifier of its own, XMP, bookmark or foreign font."""
    content = write_pdf(SAMPLE)
    for mark in (b"WeasyPrint", b"pydyf", b"/CreationDate", b"/Producer", b"D:20", b"xmpmeta", b"pikepdf"):
        assert mark not in content
    with pikepdf.open(io.BytesIO(content)) as book:
        assert "/Info" not in book.trailer
        assert "/Outlines" not in book.Root
        fonts = {str(o.BaseFont).partition("+")[2] for o in book.objects if isinstance(o, pikepdf.Dictionary)
                 and o.get("/Type") == "/Font" and "/BaseFont" in o}  # fmt: skip
    assert fonts == {"NanumGothic"}


@pytest.mark.parametrize(("zone", "seed"), [("Asia/Seoul", "1"), ("America/New_York", "2")])
def test_the_same_document_gives_the_same_bytes_in_another_process(zone, seed):
    """Neither time zone nor the order of a process's sets is in the file."""
    code = (
        "import sys; sys.path[:0] = ['tests', 'tests/unit']; from test_pdf_writing import SAMPLE, write_pdf;"
        "sys.stdout.buffer.write(write_pdf(SAMPLE))"
    )
    env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env)
    assert done.stdout == write_pdf(SAMPLE)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
def test_another_program_reads_the_same_words(tmp_path):
    """Poppler finds the words that were written, and no page but theirs."""
    place = tmp_path / "a.pdf"
    place.write_bytes(write_pdf(SAMPLE))
    text = subprocess.run(["pdftotext", str(place), "-"], capture_output=True, text=True, check=True).stdout
    assert "강가에서" in text
    assert "three days" in " ".join(text.split())


NAMES = (
    "Ch'oe Ŭn-sim met Pak Ch'ŏl-su in P'yŏngyang, Ŏm Ūn.", "Ольга Ким из Алматы, Нұрсұлтан Әбішев", "Élodie Šimůnek",
    "金哲洙 씨와 Ｐａｒｋ, ① ㈜",
)  # fmt: skip


def test_names_in_every_spelling_that_the_fonts_have_come_back():
    """McCune-Reischauer, Kazakh, Czech, Hanja and full width are set in a line, whichever font has the letter."""
    content = write_pdf(Document(blocks=tuple(line(name) for name in NAMES)))
    assert [b.text for b in read_pdf(content).document.blocks] == list(NAMES)
    with pikepdf.open(io.BytesIO(content)) as book:
        fonts = {str(o.BaseFont).partition("+")[2] for o in book.objects if isinstance(o, pikepdf.Dictionary)
                 and o.get("/Type") == "/Font" and "/BaseFont" in o}  # fmt: skip
    assert len(fonts) == 2
    assert write_pdf(Document(blocks=tuple(line(name) for name in NAMES))) == content


def test_letters_in_parts_are_set_as_one():
    """A name typed on a system that keeps jamo and accents apart is set as the same name typed elsewhere."""
    name = "Pak Ch'ŏl-su 김철수"
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    assert write_pdf(Document(blocks=(line(apart),))) == write_pdf(Document(blocks=(line(name),)))


@pytest.mark.parametrize("word", ["שלום", "مدينة", "习近平", "\u202ekraP\u202c", "🙂"])
def test_what_cannot_be_set_is_refused_by_its_place(word):
    """Letters from right to left, turned order, simplified Chinese and signs: the paragraph, no word, a way out."""
    with pytest.raises(OutputError, match="paragraph 2") as caught:
        write_pdf(Document(blocks=(line("plain"), line(f"with {word} in it"))))
    assert word not in str(caught.value)
    assert ".docx" in caught.value.hint
