"""What stands within a paragraph of a Word document: runs, links, fields, tracked changes, notes, pictures, shapes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from bearwitness.documents.content import Paragraph, Picture, Run
from bearwitness.documents.docx_blocks import read_alternatives, read_blocks
from bearwitness.documents.docx_looks import Style, joined, run_look
from bearwitness.documents.docx_package import R, W
from bearwitness.documents.docx_story import (
    WRAPPERS,
    FieldCode,
    Story,
    changed,
    end_field,
    read_wrapper,
)
from bearwitness.documents.office_looks import Look, is_unseen, number
from bearwitness.documents.office_story import Line
from bearwitness.documents.office_xml import Element, local

_LINKS: Final = ("http://", "https://", "mailto:")
_HYPERLINK: Final = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# What belongs into a run, and may stand outside of one where versions of it are given.
_IN_RUNS: Final = frozenset({"t", "sym", "instrText", "delText", "delInstrText", "fldChar", "ruby", *_SIGNS})
_FORCED: Final = {("bdo", "rtl"): "\u202e", ("bdo", "ltr"): "\u202d"}
_END_OF_FORCED: Final = "\u202c"
_FAR_EMU: Final = (-8_000_000, 20_000_000)
_SHAPES: Final = frozenset({"drawing", "pict", "object"})


def read_inline(story: Story, line: Line, element: Element, style: Style, outer: Look) -> None:
    """Read one element of a paragraph into its line; ``outer`` is what the elements around it say (a link)."""
    name = local(element.tag)
    read = _READERS.get(name)
    if read is not None:
        read(story, line, element, style, outer)
    elif name in _IN_RUNS:
        _read_in_run(story, line, element, style, dict(outer))
    elif name in WRAPPERS:
        read_wrapper(story, element)
        # Where the order of the letters is forced, the text says so: what is seen is not what stands there.
        forced = _FORCED.get((name, element.get(f"{W}val") or ""), "")
        _put(story, line, forced, outer)
        _read_all(story, line, element, style, outer)
        _put(story, line, _END_OF_FORCED if forced else "", outer)
    elif name in ("bookmarkStart", "bookmarkEnd"):
        bookmark = story.part.take(element, f"{W}name")
        if bookmark != "_GoBack":
            story.book.findings.report_if("field", f"{story.place}, a bookmark", bookmark)


def _read_all(story: Story, line: Line, element: Element, style: Style, outer: Look) -> None:
    for child in element:
        read_inline(story, line, child, style, outer)


def _put(story: Story, line: Line, text: str, look: Look) -> None:
    """Let text be shown where it can be seen, and be reported where not."""
    if not text:
        return
    code = next((f for f in reversed(story.fields) if f.in_code), None)
    if code is not None:
        code.code.append(text)
        return
    findings = story.book.findings
    if is_unseen(look, story.background):
        with findings.aside("hidden_text", story.place):
            findings.see(text)
        return
    link = look.get("link") or next((f.link for f in reversed(story.fields) if f.link), "")
    if findings.see(text):
        line.add(text, bold=bool(look.get("b")), italic=bool(look.get("i")), link=link)


def _read_run(story: Story, line: Line, element: Element, style: Style, outer: Look) -> None:
    own = run_look(element.find(f"{W}rPr"), story.book.styles.colours)
    look = {**joined(story.book.styles, style, own), **outer}
    for child in element:
        _read_in_run(story, line, child, style, look)


def _read_in_run(story: Story, line: Line, child: Element, style: Style, look: Look) -> None:
    name = local(child.tag)
    if name == "t":
        _put(story, line, re.sub("[\r\n]", " ", story.part.take(child)), look)
    elif name in _SIGNS:
        _put(story, line, _SIGNS[name], look)
    elif name == "sym":
        code = child.get(f"{W}char") or ""
        _put(story, line, chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "", look)
    elif name in ("delText", "delInstrText"):
        text = story.part.take(child)
        if story.book.findings.concealed:
            story.book.findings.see(text)
        else:
            story.book.findings.report_if("deleted", story.place, text)
    elif name == "instrText":
        _read_code(story, story.part.take(child))
    elif name == "fldChar":
        _read_field_mark(story, child)
    elif name in ("footnoteReference", "endnoteReference"):
        _read_note_mark(story, line, name, child, look)
    elif name == "ruby":
        _read_ruby(story, line, child, style, look)
    elif name != "rPr":
        read_inline(story, line, child, style, look)


def _read_code(story: Story, text: str) -> None:
    if story.fields and story.fields[-1].in_code:
        story.fields[-1].code.append(text)
    else:
        story.book.findings.report_if("field", story.place, text)


def _read_field_mark(story: Story, element: Element) -> None:
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        story.fields.append(FieldCode())
        story.book.findings.report_if("field", story.place, story.part.take_texts(element))
    elif kind == "separate" and story.fields:
        last = story.fields[-1]
        last.in_code = False
        last.link = _link_of("".join(last.code))
    elif kind == "end":
        end_field(story)


def _link_of(code: str) -> str:
    found = _HYPERLINK.match(code)
    return found[1] if found and found[1].lower().startswith(_LINKS) else ""


def _read_simple_field(story: Story, line: Line, element: Element, style: Style, outer: Look) -> None:
    code = story.part.take(element, f"{W}instr")
    story.book.findings.report_if("field", story.place, code)
    link = _link_of(code)
    _read_all(story, line, element, style, {**outer, "link": link} if link else outer)


def _read_note_mark(story: Story, line: Line, name: str, element: Element, look: Look) -> None:
    book = story.book
    key = (name.removesuffix("Reference"), element.get(f"{W}id") or "")
    if key in book.notes or book.findings.concealed or is_unseen(look, story.background):
        return
    book.notes[key] = str(len(book.notes) + 1)
    line.add_note(book.notes[key])


def _read_ruby(story: Story, line: Line, element: Element, style: Style, look: Look) -> None:
    """A word with its reading above it: the reading in brackets after it."""
    for name, before, after in (("rubyBase", "", ""), ("rt", "(", ")")):
        for child in element.iterfind(f"{W}{name}"):
            _put(story, line, before, look)
            _read_all(story, line, child, style, {})
            _put(story, line, after, look)


def _read_link(story: Story, line: Line, element: Element, style: Style, outer: Look) -> None:
    findings, place = story.book.findings, f"{story.place}, a link"
    findings.report_if("alternative_text", place, story.part.take(element, f"{W}tooltip"))
    for name in ("anchor", "docLocation"):
        findings.report_if("link_target", place, story.part.take(element, f"{W}{name}"))
    relation = story.relations.get(element.get(f"{R}id") or "")
    # Where it leads is reported with the relations of the part, whether it is used or not.
    target = relation.target if relation and relation.external else ""
    link = target if target.lower().startswith(_LINKS) else ""
    _read_all(story, line, element, style, {**outer, "link": link} if link else outer)


def _read_change(story: Story, line: Line, element: Element, style: Style, outer: Look) -> None:
    with changed(story, element):
        _read_all(story, line, element, style, outer)


def _read_formula(story: Story, line: Line, element: Element, _style: Style, _outer: Look) -> None:
    for found in element.iter():
        if local(found.tag) == "t":
            _put(story, line, story.part.take(found), {})


def _read_alternatives(story: Story, line: Line, element: Element, _style: Style, outer: Look) -> None:
    with _as_looked(story, outer):
        line.floats += read_alternatives(story, element)


def _as_looked(story: Story, look: Look) -> Any:
    """Reading of a shape: it is as hidden as the run that holds it."""
    from contextlib import nullcontext

    return story.book.findings.aside("hidden_text", story.place) if look.get("vanish") else nullcontext()


def _read_shape(story: Story, line: Line, element: Element, _style: Style, outer: Look) -> None:
    with _as_looked(story, outer):
        _read_in_shape(story, line, element)


def _read_in_shape(story: Story, line: Line, element: Element) -> None:
    """Pictures and texts of a drawing, in its order, whatever groups they are in."""
    findings = story.book.findings
    unseen = _hides(element)
    if unseen:
        with findings.aside("off_page" if unseen == "off_page" else "hidden_text", f"{story.place}, a shape"):
            for child in element:
                _read_shape_part(story, Line(), child)
        return
    for child in element:
        _read_shape_part(story, line, child)


def _hides(element: Element) -> str:
    """Whether a shape is never seen: hidden, or far from any page."""
    flags = [child.get("hidden") for child in element if local(child.tag) == "docPr"]
    if any(flag in ("1", "true") for flag in flags):
        return "hidden"
    style = (element.get("style") or "").replace(" ", "").lower()
    if "visibility:hidden" in style or "display:none" in style:
        return "hidden"
    if local(element.tag) == "anchor":
        for offset in element.iter():
            at = number(offset.text) if local(offset.tag) == "posOffset" else None
            if at is not None and not _FAR_EMU[0] <= at <= _FAR_EMU[1]:
                return "off_page"
    return ""


def _read_shape_part(story: Story, line: Line, element: Element) -> None:
    name = local(element.tag)
    part, findings = story.part, story.book.findings
    for attribute in [a for a in element.attrib if local(a) in ("descr", "title", "alt")]:
        findings.report_if("alternative_text", f"{story.place}, a shape", part.take(element, attribute))
    if name == "txbxContent":
        outer, story.background = story.background, story.book.page_colour
        line.floats += read_blocks(story, element)
        story.background = outer
    elif name in ("blip", "imagedata"):
        _read_picture(story, line, element)
        _read_in_shape(story, line, element)
    elif name == "textpath":
        _put_alone(story, line, part.take(element, "string"))
    elif name == "p" and not element.tag.startswith(W):
        _put_alone(story, line, "".join(part.take(e) for e in element.iter() if local(e.tag) == "t"))
    elif name == "AlternateContent":
        line.floats += read_alternatives(story, element)
    else:
        _read_in_shape(story, line, element)


def _put_alone(story: Story, line: Line, text: str) -> None:
    if text.strip() and story.book.findings.see(text):
        line.floats.append(Paragraph(runs=(Run(text=text),)))
    story.book.findings.see_end()


def _read_picture(story: Story, line: Line, element: Element) -> None:
    relation = story.relations.get(element.get(f"{R}embed") or element.get(f"{R}id") or "")
    content = story.book.package.members.get(relation.target) if relation and not relation.external else None
    if content is None or story.book.findings.concealed:
        return
    line.floats.append(Picture(content=content, alternative=_alternative(element)))


def _alternative(element: Element) -> str:
    """The alternative text of the drawing that a picture is in."""
    for ancestor in element.iterancestors():
        if local(ancestor.tag) in ("inline", "anchor"):
            described = next((c for c in ancestor if local(c.tag) == "docPr"), None)
            return str(described.get("descr") or described.get("title") or "") if described is not None else ""
        if local(ancestor.tag) == "shape":
            return str(ancestor.get("alt") or element.get("title") or "")
    return ""


_READERS: Final[dict[str, Callable[[Story, Line, Element, Style, Look], None]]] = {
    "r": _read_run, "hyperlink": _read_link, "fldSimple": _read_simple_field, "AlternateContent": _read_alternatives,
    "ins": _read_change, "del": _read_change, "moveFrom": _read_change, "moveTo": _read_change,
    "oMath": _read_formula, "oMathPara": _read_formula, **dict.fromkeys(_SHAPES, _read_shape),
}  # fmt: skip
