"""Reads the elements of a page into paragraphs, lists, tables and pictures, as a browser would lay them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bearwitness.documents.content import Note, ParagraphKind, Picture
from bearwitness.documents.html_findings import name_of, text_within
from bearwitness.documents.html_lines import Piece
from bearwitness.documents.html_looks import is_concealed, is_doubtful, look_of
from bearwitness.documents.html_names import BLOCKS, CONCEALED
from bearwitness.documents.html_story import UNSEEN, Context, Story
from bearwitness.documents.html_style import NOTE_MARK, NOTE_PLACE
from bearwitness.documents.html_tables import read_table
from bearwitness.documents.office_story import as_paragraphs

_LINKS: Final = ("http://", "https://", "mailto:")
_KINDS: Final[Mapping[str, ParagraphKind]] = {
    "blockquote": "quote", "pre": "code", "listing": "code", "xmp": "code", "plaintext": "code",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
_BOLD: Final = ("b", "strong")
_ITALIC: Final = ("i", "em", "cite", "dfn", "var", "address")
_INLINE_DISPLAY: Final = ("inline", "inline-block", "contents", "inline-flex", "inline-grid", "inline-table", "ruby")
_NUMBER: Final = re.compile(r"[\[(]?[0-9]{1,4}[\])]?|[*†‡§]{1,3}")
_ARROW: Final = re.compile(r"[\s\u00a0]*[↩↑^⏎\ufe0e\ufe0f]+[\s\u00a0]*")
_URL_SPACE: Final = re.compile(r"[\t\r\n]|^[\x00-\x20]+|[\x00-\x20]+$")


def read_element(story: Story, element: Any, context: Context) -> None:
    """Read an element with all that is in it; a remark has nothing that is read here."""
    name = name_of(element)
    if not name:
        return
    if name.startswith("{"):
        story.findings.foreign(element)
        _swallow(story, element)
        return
    style = story.styles.get(id(element), {})
    if name == "head":
        read_children(story, element, replace(context, unseen=("metadata", "the head of the page")))
        return
    if name in CONCEALED or name == "style" or (name == "dialog" and "open" not in element.attrib):
        _read_unshown(story, element, name)
        return
    inner = _inner(story, element, name, style, context)
    is_block = _is_block(name, style)
    special = _SPECIAL.get(name)
    if is_block:
        story.close()
    if special is not None:
        special(story, element, inner)
    elif element.get("role") == NOTE_PLACE and inner.unseen is None:
        _read_notes(story, element, inner)
    else:
        read_children(story, element, inner)
    if is_block:
        story.close()


def read_children(story: Story, element: Any, context: Context) -> None:
    """Read what stands in an element, with the text between."""
    story.say(element, context)
    for child in element:
        read_element(story, child, context)
        story.say(child, context, behind=True)


def _is_block(name: str, style: Mapping[str, str]) -> bool:
    display = style.get("display", "").split(" ")[0]
    if name in BLOCKS:
        # Lists and tables keep their shape, however they are drawn.
        return display not in _INLINE_DISPLAY or name in ("li", "table", "tr", "td", "th", "body", "html")
    return bool(display) and display not in (*_INLINE_DISPLAY, "inherit", "initial", "unset", "none", "revert")


def _inner(story: Story, element: Any, name: str, style: Mapping[str, str], context: Context) -> Context:
    """What holds within an element."""
    look = look_of(element.attrib, style, context.look)
    if name == "th" or re.fullmatch("h[1-6]", name):
        # They are bold wherever nothing is said; said of all of one, it marks nothing in it.
        look = replace(look, bold=context.look.bold)
    if name in ("pre", "listing", "xmp", "plaintext", "nobr") and "white-space" not in style:
        look = replace(look, white="folded" if name == "nobr" else "kept")
    look = replace(look, bold=look.bold or (name in _BOLD and "font-weight" not in style),
                   italic=look.italic or (name in _ITALIC and "font-style" not in style))  # fmt: skip
    inner = replace(context, look=look)
    if context.unseen is None and is_concealed(element.attrib, style):
        inner = replace(inner, unseen=(UNSEEN, f"{story.findings.place(element)}, which is not shown"))
    elif style and is_doubtful(style):
        story.doubtful += 1
    if context.unseen is None and name == "del":
        inner = replace(inner, unseen=("deleted", story.findings.place(element)))
    if name == "ins":
        story.findings.add("inserted", story.findings.place(element), text_within(element))
    if name == "bdo" or style.get("unicode-bidi", "normal") not in ("normal", "embed", "isolate", "plaintext"):
        said = text_within(element)
        story.findings.add("unread_part", f"{story.findings.place(element)}, set in a forced direction", said[::-1])
    if name == "a":
        inner = replace(inner, link=_link(element.get("href") or ""))
    return _kind(element, name, inner)


def _kind(element: Any, name: str, context: Context) -> Context:
    """The kind of paragraph within an element."""
    if re.fullmatch("h[1-6]", name):
        return replace(context, kind="heading", level=int(name[1]), ordered=False)
    if name in _KINDS:
        return replace(context, kind=_KINDS[name], level=0, ordered=False, item=0)
    if name in ("ul", "ol", "menu", "dir"):
        return replace(context, depth=context.depth + 1, ordered=name == "ol")
    if name == "li":
        depth = max(context.depth, 0)
        ordered = context.ordered if context.depth >= 0 else False
        return replace(context, kind="list_item", level=depth, ordered=ordered, item=id(element))
    if name in ("td", "th"):
        return replace(context, kind="paragraph", level=0, ordered=False, depth=-1, item=0)
    return context


def _link(address: str) -> str:
    """Where a browser would go, if it is a page or mail."""
    address = _URL_SPACE.sub("", address)
    return address if address.lower().startswith(_LINKS) else ""


def _read_unshown(story: Story, element: Any, name: str) -> None:
    """Tell what stands in an element that a browser does not show as text of the page."""
    text = text_within(element)
    place = story.findings.place(element)
    # A sheet is told by itself, a title once the page is read; both are told elsewhere.
    if name not in ("style", "title") and (text or name == "script"):
        story.findings.add(CONCEALED.get(name, UNSEEN), place, text)
        story.findings.known.append(text)
    for part in element.iter():
        if name_of(part) == "script" and part is not element:
            story.findings.add("script", story.findings.place(part), part.text or "")
        elif name_of(part).startswith("{"):
            story.findings.foreign(part)
    _swallow(story, element)


def _swallow(story: Story, element: Any) -> None:
    """Count all texts in an element as read."""
    for part in element.iter():
        story.read.add((id(part), False))
        if part is not element:
            story.read.add((id(part), True))
        story.findings.known += [part.text or "", (part.tail or "") if part is not element else ""]


def _read_break(story: Story, _: Any, context: Context) -> None:
    look = context.look
    line_break = Piece(text="\n", bold=look.bold, italic=look.italic, link=context.link, white="kept",
                       unseen=context.unseen)  # fmt: skip
    story.put(line_break, context)


def _read_picture(story: Story, element: Any, context: Context) -> None:
    picture = story.findings.pictures.get(id(element))
    if picture is None or context.unseen is not None or not context.look.visible:
        return
    story.floats.append(Picture(content=picture.content, alternative=picture.alternative))


def _read_link(story: Story, element: Any, context: Context) -> None:
    role = element.get("role") or ""
    number = story.notes.get((element.get("href") or "").removeprefix("#"))
    said = text_within(element)
    if role == NOTE_MARK and number is not None and _NUMBER.fullmatch(said) and not context.unseen:
        story.put(Piece(note=str(number)), context)
        _swallow(story, element)
    elif role == "doc-backlink" and _ARROW.fullmatch(said):
        _swallow(story, element)
    else:
        read_children(story, element, context)


def _read_table(story: Story, element: Any, context: Context) -> None:
    if context.unseen is not None or context.in_margin:
        read_children(story, element, context)
    else:
        read_table(story, element, context, read_children=read_children, inner=_inner)


def _read_footer(story: Story, element: Any, context: Context) -> None:
    """What stands at the foot of the page, if it is the page's and no article's."""
    if id(element) not in story.findings.feet or context.unseen is not None:
        read_children(story, element, context)
        return
    with story.aside() as blocks:
        read_children(story, element, replace(context, in_margin=True))
    story.margins += as_paragraphs(blocks)
    story.blocks += [block for block in blocks if isinstance(block, Picture)]


def _read_notes(story: Story, section: Any, context: Context) -> None:
    """Footnotes, in their order; whatever else stands in their section is of the page."""
    story.say(section, context)
    for child in section:
        inner = _inner(story, child, name_of(child), story.styles.get(id(child), {}), context)
        if name_of(child) != "ol" or inner.unseen is not None:
            read_element(story, child, context)
        else:
            story.say(child, inner)
            for item in child:
                number = story.notes.get(item.get("id") or "") if name_of(item) == "li" else None
                if number is None or number in story.told_notes:
                    read_element(story, item, inner)
                else:
                    story.told_notes[number] = _read_note(story, item, inner, number)
                story.say(item, inner, behind=True)
        story.say(child, context, behind=True)


def _read_note(story: Story, item: Any, context: Context, number: int) -> Note:
    with story.aside() as blocks:
        plain = replace(context, kind="paragraph", level=0, ordered=False, depth=-1, item=0)
        style = story.styles.get(id(item), {})
        inner = replace(_inner(story, item, "div", style, plain), in_margin=True)
        read_children(story, item, inner)
    story.blocks += [block for block in blocks if isinstance(block, Picture)]
    return Note(id=str(number), paragraphs=as_paragraphs(blocks))


_SPECIAL: Final[Mapping[str, Callable[[Story, Any, Context], None]]] = {
    "br": _read_break, "img": _read_picture, "a": _read_link, "table": _read_table, "footer": _read_footer,
}  # fmt: skip
