"""What a PDF file hides is told: every way of hiding, by a file made by hand for it."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from bearwitness.documents.pdf_reading import read_pdf
from bearwitness.errors import DocumentError

PAGE = "BT /F 12 Tf 72 700 Td (Plain words here) Tj ET\n"


def book(*drawings, **more):
    """A file with one page for each drawing; ``more`` are entries of its catalogue."""
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    for drawing in drawings:
        page = made.add_blank_page(page_size=(612, 792))
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = Stream(made, drawing.encode())
    for key, value in more.items():
        made.Root["/" + key] = value
    return made


def saved(made, **options):
    """The bytes of a file."""
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def words(opened):
    """The words of the page."""
    return " ".join(b.text for b in opened.document.blocks)


def of_kind(opened, kind):
    """The texts of what is hidden in one way."""
    return [h.text for h in opened.hidden if h.kind == kind]


@pytest.mark.parametrize(
    ("drawing", "kind"),
    [
        (PAGE + "BT 3 Tr /F 12 Tf 72 600 Td (Secret) Tj ET", "hidden_text"),
        (PAGE + "1 1 1 rg BT /F 12 Tf 72 600 Td (Secret) Tj ET", "hidden_text"),
        (PAGE + "BT /F 1 Tf 72 600 Td (Secret) Tj ET", "hidden_text"),
        (PAGE + "0 0 1 rg 60 590 200 30 re f 0 0 1 rg BT /F 12 Tf 72 600 Td (Secret) Tj ET", "hidden_text"),
        (PAGE + "BT /F 12 Tf 72 600 Td (Secret) Tj ET 0 g 60 590 200 30 re f", "covered_text"),
        (PAGE + "BT /F 12 Tf 72 600 Td (Secret) Tj ET 1 1 1 rg 60 590 200 30 re f", "covered_text"),
        (PAGE + "BT /F 12 Tf 900 600 Td (Secret) Tj ET", "off_page"),
    ],
)  # fmt: skip
def test_words_that_nobody_sees_are_hidden_and_not_of_the_page(drawing, kind):
    """Invisible, white, tiny, of its ground's colour, under a box, off the page."""
    opened = read_pdf(saved(book(drawing)))
    assert words(opened) == "Plain words here"
    assert of_kind(opened, kind) == ["Secret"]


def test_words_on_a_coloured_ground_are_seen():
    """White on a dark box is shown; so is what a box stands beside."""
    drawing = PAGE + "0 g 60 590 200 30 re f 1 1 1 rg BT /F 12 Tf 72 600 Td (Shown) Tj ET 0 g 300 590 20 30 re f"
    opened = read_pdf(saved(book(drawing)))
    assert words(opened).split() == ["Plain", "words", "here", "Shown"]
    assert not of_kind(opened, "hidden_text") + of_kind(opened, "covered_text")


def annotated(subtype, **entries):
    """A file whose page has one annotation."""
    made = book(PAGE)
    note = Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[0, 0, 9, 9], **entries)
    made.pages[0].obj.Annots = Array([made.make_indirect(note)])
    return made


def attached():
    """A file with another file in it."""
    made = book(PAGE)
    made.attachments["list.txt"] = b"SECRET list of names"
    return made


def with_info():
    """A file with an author."""
    made = book(PAGE)
    made.docinfo["/Author"] = "SECRET"
    return made


def with_xmp():
    """A file with an XMP packet."""
    made = book(PAGE)
    made.Root.Metadata = Stream(made, b"<x:xmpmeta>SECRET</x:xmpmeta>", Type=Name.Metadata, Subtype=Name.XML)
    return made


def unreferenced():
    """A file with an object that nothing points at."""
    made = book(PAGE)
    made.Root.Kept = made.make_indirect(Stream(made, b"SECRET words of an old page"))
    return made


MADE = {
    "comment": lambda: annotated("Text", Contents=String("SECRET"), T=String("Editor")),
    "link_target": lambda: annotated("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/SECRET"))),
    "field": lambda: annotated("Widget", FT=Name.Tx, V=String("SECRET")),
    "script": lambda: book(PAGE, OpenAction=Dictionary(S=Name.JavaScript, JS=String("SECRET()"))),
    "embedded_file": attached,
    "metadata": with_info,
    "xmp": with_xmp,
    "layer": lambda: book(PAGE, OCProperties=Dictionary(OCGs=[Dictionary(Type=Name.OCG, Name=String("SECRET"))])),
    "alternative_text": lambda: book(PAGE, StructTreeRoot=Dictionary(K=Dictionary(ActualText=String("SECRET")))),
    "unread_part": unreferenced,
    "revision": lambda: book(PAGE, PieceInfo=Dictionary(App=Dictionary(Private=String("SECRET")))),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(MADE))
def test_what_a_file_carries_is_told_by_its_kind(kind):
    """Comments, links, fields, scripts, files in the file, properties, layers, and what no rule knows."""
    opened = read_pdf(saved(MADE[kind](), fix_metadata_version=False))
    assert words(opened) == "Plain words here"
    assert any("SECRET" in text for text in of_kind(opened, kind))


def test_korean_strings_are_read():
    """A comment in UTF-16 is told as its words."""
    assert of_kind(read_pdf(saved(annotated("Text", Contents=String("최은심")))), "comment") == ["최은심"]


def test_an_earlier_state_is_told():
    """A file changed by adding to its end still holds what it was."""
    first = saved(book("BT /F 12 Tf 72 700 Td (The name was Secret) Tj ET"))
    second = saved(book("BT /F 12 Tf 72 700 Td (The name was withheld) Tj ET"))
    opened = read_pdf(first + second)
    assert "Secret" not in words(opened)
    assert any("Secret" in t for t in of_kind(opened, "revision"))


def test_what_stands_around_the_file_is_told():
    """Bytes before the beginning and after the end are read as words."""
    content = b"SECRET one\n" + saved(book(PAGE)) + b"\nSECRET two\n"
    assert sum("SECRET" in t for t in of_kind(read_pdf(content), "unread_part")) == 2


def test_a_scan_is_said_to_have_no_text():
    """Pages that are pictures only are named, each."""
    made = book("q 612 0 0 792 0 0 cm /I Do Q", PAGE)
    pixels = zlib.compress(bytes(12))
    picture = Stream(made, pixels, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
                     ColorSpace=Name.DeviceRGB, Filter=Name.FlateDecode)  # fmt: skip
    made.pages[0].obj.Resources.XObject = Dictionary(I=picture)
    opened = read_pdf(saved(made))
    assert [h.where.partition(",")[0] for h in opened.hidden if h.kind == "no_text_layer"] == ["page 1"]
    assert [h.where.partition(",")[0] for h in opened.hidden if h.kind == "image"] == ["page 1"]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n" + bytes(range(256)) * 4, b"%PDF-1.7\n%%EOF\n", saved(book(PAGE))[:200], b"%PDF-"],
)
def test_a_damaged_file_is_refused(content):
    """One error of our own, that says what to do."""
    with pytest.raises(DocumentError) as caught:
        read_pdf(content)
    assert caught.value.hint


def test_a_locked_file_is_refused_and_one_locked_for_changes_is_read():
    """A password for reading ends it; one for changes only is told."""
    locked = saved(book(PAGE), encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(DocumentError, match="password"):
        read_pdf(locked)
    opened = read_pdf(saved(book(PAGE), encryption=pikepdf.Encryption(owner="o", user="")))
    assert words(opened) == "Plain words here"
    assert any("locked for changes" in h.where for h in opened.hidden)


def test_five_hundred_pages_are_read():
    """A long file is read page by page."""
    opened = read_pdf(saved(book(*[PAGE] * 500)))
    assert len(opened.document.blocks) == 500


def drawn(made, text):
    """A drawing of its own, that says some words."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    return made.make_indirect(Stream(
        made, f"BT /F 12 Tf 72 600 Td ({text}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form,
        BBox=[0, 0, 612, 792], Resources=Dictionary(Font=Dictionary(F=font)),
    ))  # fmt: skip


def stamped():
    """A file with a stamp over its page, which says something only as a drawing."""
    made = book(PAGE)
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 99, 99], AP=Dictionary(N=drawn(made, "SECRET")))
    made.pages[0].obj.Annots = Array([made.make_indirect(stamp)])
    return made


def patterned():
    """A file whose page is painted with a pattern that says something."""
    made = book(PAGE + "/Pattern cs /T scn 0 0 600 700 re f")
    pattern = drawn(made, "SECRET")
    del pattern.Subtype
    pattern.Type, pattern.PatternType, pattern.PaintType, pattern.TilingType = Name.Pattern, 1, 1, 1
    pattern.XStep, pattern.YStep = 600, 700
    made.pages[0].obj.Resources.Pattern = Dictionary(T=pattern)
    return made


def left_over():
    """A file with a drawing that no page shows any more."""
    made = book(PAGE)
    made.Root.Kept = drawn(made, "SECRET")
    return made


@pytest.mark.parametrize("make", [stamped, patterned, left_over])
def test_what_is_drawn_apart_from_the_page_is_told(make):
    """A stamp over the page, a pattern, and a drawing that is shown nowhere are not read with the page."""
    opened = read_pdf(saved(make()))
    assert words(opened) == "Plain words here"
    assert of_kind(opened, "unread_part") == ["SECRET"]


def test_a_drawing_that_the_page_shows_is_read_with_it():
    """Words within a drawing of the page are the page's, and told no second time."""
    made = book(PAGE + "/P Do")
    made.pages[0].obj.Resources.XObject = Dictionary(P=drawn(made, "shown too"))
    opened = read_pdf(saved(made))
    assert words(opened) == "Plain words here shown too"
    assert opened.hidden == ()


@pytest.mark.parametrize(
    ("drawing", "shapes"),
    [
        ("72 500 m 80 520 90 520 100 500 c f", 1), ("0 0 m 9 9 l 20 5 l 30 9 l 40 2 l 50 9 l 60 1 l 70 9 l S", 1),
        ("60 500 200 30 re S 60 400 m 300 400 l S 60 380 m 90 380 l 90 390 l 60 390 l h f", 0),
    ],
)  # fmt: skip
def test_shapes_that_may_be_letters_are_told_and_lines_and_boxes_are_not(drawing, shapes):
    """Letters that were turned to outlines can be seen and not read."""
    told = [h.where for h in read_pdf(saved(book(PAGE + drawing))).hidden if h.kind == "image"]
    assert told == ([f"page 1, {shapes} shape that may be letters"] if shapes else [])


def test_a_picture_within_a_drawing_is_told():
    """A scanner may wrap its picture."""
    made = book(PAGE + "/P Do")
    form = drawn(made, " ")
    form.write(b"q 100 0 0 100 72 72 cm /I Do Q")
    form.Resources.XObject = Dictionary(I=Stream(
        made, zlib.compress(bytes(12)), Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Filter=Name.FlateDecode,
    ))  # fmt: skip
    made.pages[0].obj.Resources.XObject = Dictionary(P=form)
    assert [h.where for h in read_pdf(saved(made)).hidden] == ["page 1, 1 picture"]


def test_hidden_words_keep_the_spaces_between_them():
    """The letters under a scan are told as the words they are, so that a name among them is found."""
    opened = read_pdf(saved(book(PAGE + "BT 3 Tr /F 12 Tf 72 600 Td (Mok Ara was here) Tj ET")))
    assert of_kind(opened, "hidden_text") == ["Mok Ara was here"]


def test_a_file_that_had_to_be_mended_is_told_and_one_that_lost_something_is_refused():
    """Without its list of objects a file is read, and not clean; with half a drawing it is not read at all."""
    sound = saved(book(PAGE))
    mended = read_pdf(sound[: sound.rindex(b"startxref")])
    assert words(mended) == "Plain words here"
    assert any("damaged" in h.where for h in mended.hidden)
    drawing = saved(book(PAGE * 40), recompress_flate=True)
    at = drawing.index(b"stream\n") + 40
    with pytest.raises(DocumentError, match="lost"):
        read_pdf(drawing[:at] + b"\xff\xff\xff\xff" + drawing[at + 4 :])
