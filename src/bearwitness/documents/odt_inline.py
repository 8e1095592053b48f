"""What stands within a paragraph of an OpenDocument text: words, links, fields, notes, comments, changes, shapes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Final

from bearwitness.documents.content import Note, Paragraph, Picture
from bearwitness.documents.odt_blocks import read_blocks
from bearwitness.documents.odt_story import Story, is_far
from bearwitness.documents.odt_styles import long, short
from bearwitness.documents.office_looks import Look, is_unseen, number
from bearwitness.documents.office_story import Line, Sink, as_paragraphs, without_gap
from bearwitness.documents.office_strings import describe_binary
from bearwitness.documents.office_text import LINKS
from bearwitness.documents.office_xml import Element

_WHITE: Final = re.compile("[ \t\r\n]+")
_MOST_SPACES: Final = 1000
# What fields say of themselves.
_SAID: Final = frozenset(
    {"name", "formula", "condition", "string-value", "string-value-if-true", "string-value-if-false", "description",
     "placeholder-type", "table-name", "column-name", "database-name", "identifier", "author", "title", "publisher",
     "annote", "note", "url"}
)  # fmt: skip
_BOOKMARKS: Final = frozenset(
    {"text:bookmark", "text:bookmark-start", "text:bookmark-end", "text:reference-mark", "text:reference-mark-start",
     "text:reference-mark-end"}
)  # fmt: skip


def read_content(story: Story, line: Line, element: Element, look: Look) -> None:
    """The words and elements within an element, in order."""
    _put_words(story, line, story.part.take(element), look)
    for child in element:
        read_inline(story, line, child, look)
        _put_words(story, line, story.part.take_tail(child), look)


def read_inline(story: Story, line: Line, element: Element, look: Look) -> None:
    """Read one element of a paragraph into its line."""
    name = short(element.tag)
    if not name:
        return
    read = _READERS.get(name)
    if read is not None:
        read(story, line, element, look)
    elif name in _BOOKMARKS:
        mark = story.part.take(element, long("text:name"))
        story.book.findings.report_if("field", f"{story.place}, a bookmark", mark)
    elif name.startswith(("draw:", "dr3d:")):
        _read_shape(story, line, element, look)
    elif name.startswith(("text:", "presentation:", "loext:")) or name == "hlinkClick":
        _read_field(story, line, element, look)


def _put_words(story: Story, line: Line, text: str, look: Look) -> None:
    """Text as the format has it: any white space is one space, and none at the beginning."""
    text = _WHITE.sub(" ", text)
    if story.gap and text.startswith(" "):
        text = text[1:]
    if text:
        story.gap = text.endswith(" ")
        _put(story, line, text, look)


def _put(story: Story, line: Line, text: str, look: Look) -> None:
    findings = story.book.findings
    if is_unseen(look, story.background):
        with findings.aside("hidden_text", story.place):
            findings.see(text)
    elif findings.see(text):
        line.add(text, bold=bool(look.get("b")), italic=bool(look.get("i")), link=look.get("link") or "")


def _put_sign(story: Story, line: Line, text: str, look: Look) -> None:
    story.gap = False
    _put(story, line, text, look)


def _read_span(story: Story, line: Line, element: Element, look: Look) -> None:
    style = story.styles.get("text", element.get(long("text:style-name")))
    own = style.look
    # A size in per cent is one of what stands around it; the smallest there can be is taken.
    read_content(story, line, element, {**look, **own})


def _read_link(story: Story, line: Line, element: Element, look: Look) -> None:
    findings, place = story.book.findings, f"{story.place}, a link"
    target = story.part.take(element, long("xlink:href"))
    findings.report_if("link_target", place, target)
    for name in ("office:title", "office:name", "office:target-frame-name"):
        findings.report_if("alternative_text", place, story.part.take(element, long(name)))
    link = target if target.lower().startswith(LINKS) else ""
    # The look of links is not the writer's choice.
    read_content(story, line, element, {**look, "link": link} if link else look)


def _read_spaces(story: Story, line: Line, element: Element, look: Look) -> None:
    count = int(number(element.get(long("text:c"))) or 1)
    _put_sign(story, line, " " * min(max(count, 1), _MOST_SPACES), look)


def _read_tab(story: Story, line: Line, _element: Element, look: Look) -> None:
    _put_sign(story, line, "\t", look)


def _read_break(story: Story, line: Line, _element: Element, look: Look) -> None:
    _put_sign(story, line, "\n", look)


def _read_field(story: Story, line: Line, element: Element, look: Look) -> None:
    """A field: what it shows is shown, unless it says that it is not; how it comes about is reported."""
    findings = story.book.findings
    if element.get(long("text:display")) in ("none", "formula"):
        with findings.aside("hidden_text", story.place):
            read_content(story, line, element, look)
    else:
        read_content(story, line, element, look)
    said = [name for name in element.attrib if short(name).partition(":")[2] in _SAID]
    findings.report_if("field", story.place, "\n".join(story.part.take(element, name) for name in said))


def _read_hidden_field(story: Story, line: Line, element: Element, look: Look) -> None:
    with story.book.findings.aside("hidden_text", story.place):
        read_content(story, line, element, look)
    story.book.findings.report_if("hidden_text", story.place, story.part.take_texts(element))


def _read_script(story: Story, _line: Line, element: Element, _look: Look) -> None:
    story.book.findings.report("script", story.place, story.part.take_texts(element))


def _read_note(story: Story, line: Line, element: Element, look: Look) -> None:
    book = story.book
    outer = (story.gap, story.list_style, story.depth)
    story.list_style, story.depth = "", -1
    concealed = book.findings.concealed or is_unseen(look, story.background)
    found: tuple[Paragraph, ...] = ()
    for child in element:
        if short(child.tag) == "text:note-citation":
            _read_citation(story, line, child, look)
        elif concealed:
            with book.findings.aside("hidden_text", f"{story.place}, a note that nothing shows"):
                read_blocks(story, child)
        else:
            at = len(book.notes)
            # Its place is kept while it is read, as it may name another one.
            book.notes.append(Note(id=str(at + 1), paragraphs=()))
            # A tracked insertion around the mark is not one of the note's words.
            sinks, book.findings.sinks = book.findings.sinks, []
            found = without_gap(as_paragraphs(read_blocks(story, child)))
            book.findings.sinks = sinks
            book.notes[at] = Note(id=str(at + 1), paragraphs=found)
            line.add_note(str(at + 1))
    story.gap, story.list_style, story.depth = outer


def _read_citation(story: Story, line: Line, element: Element, look: Look) -> None:
    """The mark of a note: a number that is counted is no text, anything else is."""
    mark = story.part.take_texts(element)
    if not re.fullmatch(r"\s*(\d{1,4}|[ivxlcIVXLC]{1,8}|[a-z])?\s*", mark):
        _put(story, line, mark, look)


def _read_comment(story: Story, _line: Line, element: Element, _look: Look) -> None:
    said = [story.part.take(e) for e in element if short(e.tag) in ("dc:creator", "dc:date", "meta:creator-initials")]
    said += [story.part.take(e) for e in element if short(e.tag) == "loext:sender-initials"]
    outer = story.gap
    with story.book.findings.aside("comment", story.place, label=" ".join(filter(None, said)), always=True):
        read_blocks(story, element)
    story.gap = outer


def _read_ruby(story: Story, line: Line, element: Element, look: Look) -> None:
    """A word with its reading above it: the reading in brackets after it."""
    for child in element:
        is_reading = short(child.tag) == "text:ruby-text"
        if is_reading:
            _put_sign(story, line, "(", look)
        read_content(story, line, child, look)
        if is_reading:
            _put_sign(story, line, ")", look)


def _read_change_start(story: Story, _line: Line, element: Element, _look: Look) -> None:
    name = element.get(long("text:change-id")) or ""
    kind, label = story.book.regions.get(name, ("", ""))
    if kind == "insertion":
        sink = Sink(kind="inserted", where=story.place, conceals=False, label=label)
        story.open_changes[name] = sink
        story.book.findings.sinks.append(sink)


def _read_change_end(story: Story, _line: Line, element: Element, _look: Look) -> None:
    sink = story.open_changes.pop(element.get(long("text:change-id")) or "", None)
    if sink is not None:
        close_change(story, sink)


def close_change(story: Story, sink: Sink) -> None:
    """Report a tracked insertion, which ends here."""
    findings = story.book.findings
    findings.sinks = [s for s in findings.sinks if s is not sink]
    findings.report("inserted", sink.where, "\n".join(filter(None, (sink.label, "".join(sink.pieces).strip("\n")))))


def _read_shape(story: Story, line: Line, element: Element, look: Look) -> None:
    """A picture, a text box or a group of them."""
    findings = story.book.findings
    unseen = "hidden_text" if look.get("vanish") or element.get(long("draw:display"), "always") != "always" else ""
    unseen = unseen or ("off_page" if is_far(element) else "")
    outer = (story.background, story.gap, story.list_style, story.depth)
    style = story.styles.get("graphic", element.get(long("draw:style-name")))
    story.background = style.look.get("box") or story.book.page_colour
    story.list_style, story.depth = "", -1
    if unseen:
        with findings.aside("off_page" if unseen == "off_page" else "hidden_text", f"{story.place}, a shape"):
            _read_in_shape(story, Line(), element)
    else:
        _read_in_shape(story, line, element)
    story.background, story.gap, story.list_style, story.depth = outer


def _read_in_shape(story: Story, line: Line, element: Element) -> None:
    for child in element:
        name = short(child.tag)
        if name in ("svg:title", "svg:desc"):
            findings = story.book.findings
            findings.report_if("alternative_text", f"{story.place}, a shape", story.part.take(child))
        elif name == "draw:image":
            _read_picture(story, line, child)
        elif name.startswith("draw:") and name not in ("draw:text-box", "draw:enhanced-geometry", "draw:glue-point"):
            _read_shape(story, line, child, {})
        elif name == "draw:text-box":
            line.floats += read_blocks(story, child)
        elif name.startswith(("text:", "table:")):
            line.floats += read_blocks(story, (child,))


def _read_picture(story: Story, line: Line, element: Element) -> None:
    member = (element.get(long("xlink:href")) or "").removeprefix("./")
    content = story.book.members.get(member)
    for data in element:
        if short(data.tag) == "office:binary-data":
            content = _decoded(story.part.take(data))
            story.book.findings.hidden += describe_binary(content, "image", f"{story.place}, a picture")
    siblings = [e for e in element.getparent() if short(e.tag) == "draw:image"]
    if content and not story.book.findings.concealed and siblings[0] is element:
        line.floats.append(Picture(content=content, alternative=_alternative(element.getparent())))
    line.floats += read_blocks(story, element)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return text.encode()


def _alternative(frame: Element) -> str:
    said = {short(e.tag): str(e.text or "") for e in frame}
    return said.get("svg:desc") or said.get("svg:title") or ""


_READERS: Final[dict[str, Callable[[Story, Line, Element, Look], None]]] = {
    "text:span": _read_span, "text:a": _read_link, "text:s": _read_spaces, "text:tab": _read_tab,
    "text:line-break": _read_break, "text:note": _read_note, "office:annotation": _read_comment,
    "text:ruby": _read_ruby, "text:change-start": _read_change_start, "text:change-end": _read_change_end,
    "text:hidden-text": _read_hidden_field, "text:hidden-paragraph": _read_hidden_field, "text:script": _read_script,
    "draw:a": _read_link,
}  # fmt: skip
