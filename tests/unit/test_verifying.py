"""A produced file is taken apart as a stranger would: whatever must not leave is found in every place and encoding."""

import base64
import io
import random
import unicodedata
import zipfile
from urllib.parse import quote

import pikepdf
import pytest

from bearwitness.documents.content import Document, Paragraph, Run
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.odt_writing import write_odt
from bearwitness.documents.pdf_writing import write_pdf
from bearwitness.documents.producing import produce
from bearwitness.documents.verifying import verify_artefact, write_verified
from bearwitness.errors import LeakError, OutputError

SECRET = "최은심"
LATIN = "Oduyankova"
CANARIES = [
    *(["최은심", "박련희", "리명철", "류순애", "림춘식", "남궁혁", "황보사랑", "련상동", "위연동", "강안동", "삼봉로동자구", "라남구역"]),  # noqa: E501
    *(["Oduyankova", "Brezinski", "Marunde", "Tolvaja", "Quillory", "Fensdale", "Hrabovec", "Ostrinka"]),
    "2019-04-12-x", "주체108년", "010-5523-9917", "22302/10/77", "7,431,902", "A-88-4417", "kx_41_zz", "崔恩心", "惠山鎭",  # noqa: E501
    "Şahinöğlu", "Čadovská", "O'Quillory-Ray", "x7Gh2Lq9", "보위부77", "한-글-Mix9", "ΔΩ-canary", "Zażółćka", "tok{en}9",  # noqa: E501
    "a&b<c>9", "새벽네시반", "곰보아재",
]  # fmt: skip


def page(text, **more):
    """A document of one paragraph."""
    return Document(blocks=(Paragraph(runs=(Run(text=text),), **more),))


def finds(text):
    """What the record names: one person, in two scripts."""
    return ["sister"] if SECRET in text or LATIN in text else []


def with_member(content, name, data):
    """An archive with one more entry, or a changed one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("form", ["text", "docx", "odt", "pdf", "html"])
def test_a_clean_file_has_no_leak_and_one_with_a_name_on_its_page_has(form):
    """The page itself is looked at first."""
    name = f"a.{'txt' if form == 'text' else form}"
    assert verify_artefact(produce(page("강가에서 기다렸다."), form), finds=finds, canaries=CANARIES, name=name) == ()
    leaks = verify_artefact(produce(page(f"{SECRET}은 기다렸다."), form), finds=finds, canaries=[SECRET], name=name)
    assert {leak.kind for leak in leaks} == {"form", "canary"} if form != "pdf" else "form" in {k.kind for k in leaks}
    assert not any(SECRET in leak.where + leak.what for leak in leaks)


ENCODINGS = {
    "utf-8": SECRET.encode(), "utf-16-le": SECRET.encode("utf-16-le"), "utf-16-be": SECRET.encode("utf-16-be"),
    "entity": "".join(f"&#x{ord(c):x};" for c in SECRET).encode(), "percent": quote(SECRET).encode(),
    "base64": base64.b64encode(f"the name {SECRET} here".encode()), "hex": SECRET.encode().hex().encode(),
    "escape": "".join(f"\\u{ord(c):04x}" for c in SECRET).encode(),
    "office": "".join(f"_x{ord(c):04X}_" for c in SECRET).encode(),
    "split by tags": "최<i/>은<b>심</b>".encode(), "decomposed": unicodedata.normalize("NFD", SECRET).encode(),
}  # fmt: skip


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_a_canary_is_found_in_every_encoding(encoding):
    """A member that nobody reads holds it: it is found all the same, by the look that shares nothing with the readers."""  # noqa: E501
    raw = encoding.startswith("utf-16")
    data = ENCODINGS[encoding] if raw else b"<x>" + ENCODINGS[encoding] + b"</x>"
    content = with_member(write_docx(page("words")), f"word/extra.{'bin' if raw else 'xml'}", data)
    leaks = verify_artefact(content, finds=lambda _: [], canaries=[SECRET], name="a.docx")
    assert any(leak.kind == "canary" for leak in leaks)
    assert any(leak.kind == "hidden" for leak in leaks)


def test_a_name_in_a_members_name_and_in_properties_is_found():
    """Names of entries and properties of the file count."""
    for name, data in ((f"word/{LATIN}.xml", b"<x/>"), ("docProps/core.xml", f"<a><b>{LATIN}</b></a>".encode())):
        leaks = verify_artefact(
            with_member(write_docx(page("words")), name, data), finds=finds, canaries=[LATIN], name="a.docx"
        )
        assert any(leak.kind == "canary" for leak in leaks)


def test_an_author_and_a_comment_of_a_pdf_file_are_leaks():
    """A PDF file that somebody else touched carries what we do not write."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(write_pdf(page("words")))) as book:
        book.docinfo["/Author"] = SECRET
        book.save(out)
    leaks = verify_artefact(out.getvalue(), finds=finds, name="a.pdf")
    assert {leak.kind for leak in leaks} >= {"form", "hidden"}


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_nothing_of_forty_canaries_survives_in_what_is_produced(form):
    """Whatever an opened file hid, the document made of its page alone holds none of it."""
    rng = random.Random(7)
    words = ["강가에서", "river", "기다렸다", "the", "stone", "바람"]
    writers = {"docx": write_docx, "odt": write_odt}
    for number in range(6):
        seen = page(" ".join(rng.choices(words, k=20)))
        kind = rng.choice(sorted(writers))
        hiding = writers[kind](seen)
        for at, canary in enumerate(rng.sample(CANARIES, 12)):
            safe = canary.replace("&", "&amp;").replace("<", "&lt;")
            hiding = with_member(hiding, f"extra{at}.xml", f"<x a='1'>{safe}</x>".encode())
        from bearwitness.documents.opening import open_document

        opened = open_document(hiding, name=f"a.{kind}")
        assert opened.hidden, number
        made = produce(opened.document, form)
        assert verify_artefact(made, finds=finds, canaries=CANARIES, name=f"b.{form}") == ()


def test_nothing_is_written_where_something_leaks(tmp_path):
    """A file that holds a name is refused before it lies anywhere; a clean one is written."""
    place = tmp_path / "a.docx"
    with pytest.raises(LeakError) as caught:
        write_verified(place, write_docx(page(f"{LATIN} came")), finds=finds)
    assert LATIN not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    write_verified(place, write_docx(page("nobody came")), finds=finds)
    assert place.exists()


def test_the_link_of_a_document_is_no_leak_and_an_odt_file_is_looked_at_too():
    """What the document itself says it links to may be in the file."""
    linked = Document(blocks=(Paragraph(runs=(Run(text="here", link="https://example.org/a"),)),))
    for write, name in ((write_docx, "a.docx"), (write_odt, "a.odt"), (write_pdf, "a.pdf")):
        assert verify_artefact(write(linked), finds=finds, canaries=CANARIES, name=name) == ()


def test_a_form_that_is_not_written_is_refused():
    """Only forms that are set anew are written."""
    with pytest.raises(OutputError, match="not written"):
        produce(page("words"), "image")
