"""What is written as Markdown is read again as it was: words that look like markup are words still."""

from __future__ import annotations

from dataclasses import replace

import pytest
from document_strategies import documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness.documents.content import Block, Document, Note, Paragraph, ParagraphKind, Picture, Run, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.markdown_reading import read_markdown
from bearwitness.documents.markdown_writing import write_markdown

SAID: tuple[ParagraphKind, ...] = ("paragraph", "heading", "list_item", "quote", "code")
# Whatever means something in Markdown somewhere, between letters, spaces and signs of any sort.
PIECES = (
    *"\\`*_{}[]()#+-.!|<>~&=:;\"'/^$@% \t\n\u00a0\u3000ab1은é9", "&lt;", "1. ", "2019) ", "- ", "---", "***", "[^1]",
    "```", "~~", "~~~", "<br>", "<b>", "https://a.example/b", "![", "](", "    ", "\n\n", "&#10;", "<!--", "-->",
    "| --- |", "[x]: y", "[^1]: z", "[a 1]", "[x]", "<a@b.example>", "]:", "+++",
)  # fmt: skip
LINKS = (
    "", "", "", "https://a.example/(c", "https://a.example/ c<d>", "mailto:a|b\\c", "https://x.example/&lt;`q*_",
    "http://강.example/가",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


def words(text: str, **more: object) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph(runs=(Run(text=text),), **more)  # type: ignore[arg-type]


@st.composite
def rough_runs(draw: st.DrawFn) -> tuple[Run, ...]:
    """Runs side by side with no space between them, no two of one look, none without words."""
    runs: list[Run] = []
    for _ in range(draw(st.integers(1, 4))):
        run = Run(
            text=draw(TEXTS), bold=draw(st.booleans()), italic=draw(st.booleans()), link=draw(st.sampled_from(LINKS))
        )
        if not runs or replace(runs[-1], text="") != replace(run, text=""):
            runs.append(run)
    return tuple(runs)


@st.composite
def rough_documents(draw: st.DrawFn) -> Document:
    """Documents whose every word looks like markup."""
    blocks: list[Block] = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from([*SAID, "table"]))
        if kind == "table":
            width = draw(st.integers(1, 3))
            rows = st.tuples(*[rough_runs().map(lambda runs: (Paragraph(runs=runs),))] * width)
            blocks.append(Table(rows=tuple(draw(st.lists(rows, min_size=1, max_size=3))), header_rows=1))
        elif kind == "code":
            blocks.append(words(draw(TEXTS), kind=kind))
        else:
            levels = {"heading": st.integers(1, 6), "list_item": st.integers(0, 4)}.get(kind, st.just(0))
            ordered = kind == "list_item" and draw(st.booleans())
            blocks.append(Paragraph(runs=draw(rough_runs()), kind=kind, level=draw(levels), ordered=ordered))
    return Document(blocks=tuple(blocks))


def comes_back(document: Document) -> None:
    """Written and read it is the same, hides nothing but where links go, and is written in the same bytes again."""
    content = write_markdown(document)
    opened = read_markdown(content)
    assert opened.document == document
    assert {h.kind for h in opened.hidden} <= {"link_target"}
    assert write_markdown(opened.document) == content


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(kinds=SAID, simple_tables=True, margins=False, tabs=True, spaces=True))
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    """Headings, lists, tables, looks, links and footnotes, in Korean and from right to left."""
    comes_back(document)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(rough_documents())
def test_words_that_look_like_markup_come_back_as_words(document: Document) -> None:
    """Signs of markup, breaks and spaces at any edge, looks that begin or end within a word."""
    comes_back(document)


def test_a_look_may_end_between_a_bracket_and_a_particle() -> None:
    """Stars mean nothing there to any program, so that the look is said by a tag."""
    content = write_markdown(Document(blocks=(Paragraph(runs=(Run(text="(은심)", bold=True), Run(text="이"))),)))
    assert content.decode() == "<strong>(은심)</strong>이\n"
    assert write_markdown(Document(blocks=(Paragraph(runs=(Run(text="은심", bold=True), Run(text="이"))),))) == (
        "**은심**이\n".encode()
    )


def test_placeholders_stay_legible() -> None:
    """Words in brackets need no mark where no link can be made of them."""
    said = "[person 1] met [장소 2]."
    assert write_markdown(Document(blocks=(words(said),))).decode() == f"{said}\n"
    assert b"\\[person 1\\](" in write_markdown(Document(blocks=(words("[person 1](so)"),)))


def test_of_what_markdown_cannot_say_every_word_is_kept() -> None:
    """Captions, margins, two heading rows, cells of two paragraphs, notes that only code names: all words are there."""
    document = Document(
        blocks=(
            words("under a picture", kind="caption"),
            Table(rows=(((words("a"),), (words("b"), words("c"))), ((words("d"),),)), header_rows=2),
            Paragraph(runs=(Run(text="code", bold=True, note="z"),), kind="code"), words("", kind="quote"),
        ),
        notes=(Note(id="z", paragraphs=(words("from code"),)), Note(id="y", paragraphs=(words("from nothing"),))),
        margins=(words("at the foot"),),
    )  # fmt: skip
    opened = read_markdown(write_markdown(document))
    assert opened.hidden == ()
    assert flatten(opened.document).text.split() == flatten(
        replace(document, notes=(), margins=(*document.margins, words("from code"), words("from nothing")))
    ).text.split()  # fmt: skip
    assert [note.id for note in opened.document.notes] == ["1", "2"]
    assert opened.document.blocks[-1].runs == (Run(text="", note="1"), Run(text="", note="2"))  # type: ignore[union-attr]


def test_characters_without_width_and_links_that_do_more_than_lead_go() -> None:
    """What nobody sees is not written; a script is no link. A sign of several joined ones stays whole."""
    run = Run(text="은\u200b심 \u202eabc\u202c 👩\u200d🌾 ❤\ufe0f", link="javascript:alert(1)")
    content = write_markdown(Document(blocks=(Paragraph(runs=(run,)),)))
    assert content.decode() == "은심 abc 👩\u200d🌾 ❤\ufe0f\n"
    assert read_markdown(content).hidden == ()


def test_a_picture_stands_in_the_text_and_any_other_kind_is_refused() -> None:
    """A PNG comes back as the same bytes, told as a picture; a GIF has to be rebuilt first."""
    import io

    from PIL import Image

    made = {}
    for kind in ("PNG", "GIF"):
        out = io.BytesIO()
        Image.new("RGB", (4, 3), (9, 90, 9)).save(out, kind)
        made[kind] = out.getvalue()
    document = Document(blocks=(words("before"), Picture(content=made["PNG"], alternative="a [field]")))
    opened = read_markdown(write_markdown(document))
    assert opened.document == document
    assert {h.kind for h in opened.hidden} == {"image", "alternative_text"}
    with pytest.raises(ValueError, match="PNG"):
        write_markdown(Document(blocks=(Picture(content=made["GIF"]),)))
