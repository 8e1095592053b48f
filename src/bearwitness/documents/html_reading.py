"""Reads a web page: what a browser shows of it, and everything else that is in the file."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from bearwitness.documents.content import Document, Hidden, Opened
from bearwitness.documents.flat import flatten, paragraphs_of
from bearwitness.documents.html_blocks import read_element
from bearwitness.documents.html_encoding import decode_page
from bearwitness.documents.html_findings import Findings, name_of, text_within
from bearwitness.documents.html_sheets import read_sheets, styles_of
from bearwitness.documents.html_story import Context, Story
from bearwitness.documents.html_style import NOTE_PLACE, UNTITLED
from bearwitness.documents.office_story import as_paragraphs
from bearwitness.documents.widthless import drop_widthless
from bearwitness.errors import DocumentError

MOST_ELEMENTS: Final = 200_000
MOST_DEPTH: Final = 200
# Letters that nobody sees, a fixed distance from those of ASCII.
_TAGS: Final = range(0xE0000, 0xE0080)
_SAVE: Final = "Open it in a browser, copy what it shows into a word processor, and give that."


def read_html(content: bytes) -> Opened:
    """Open a web page.

    The page is taken apart as browsers take it apart. What lies elsewhere is not fetched. What programs in the page
    would make of it is not known: each is told.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    Opened
        Each text, attribute and remark of the file is on the page or under ``hidden``, but for values in which nobody
        can say anything.

    Raises
    ------
    DocumentError
        If it cannot be decoded, has more than ``MOST_ELEMENTS``, or is nested deeper than ``MOST_DEPTH``.
    """
    text, others = decode_page(content)
    tree = _parsed(text)
    _check_bounds(tree)
    try:
        return _read(tree, text, others)
    except RecursionError:
        raise _too_deep() from None


def _parsed(text: str) -> Any:
    """The tree of the page, with its remarks, as a browser that runs programs builds it."""
    from tinyhtml5.parser import HTMLParser

    if text.count("<") > 2 * MOST_ELEMENTS:
        raise _too_many()
    try:
        return HTMLParser().parse(text, full_tree=True, scripting=True)
    except Exception:
        # The library gives up on a few pages in ways of its own.
        raise DocumentError("the page cannot be taken apart.", hint=_SAVE) from None


def _check_bounds(tree: Any) -> None:
    level = [tree]
    count = 0
    for _ in range(MOST_DEPTH):
        level = [child for element in level for child in element]
        count += len(level)
        if count > MOST_ELEMENTS:
            raise _too_many()
        if not level:
            return
    raise _too_deep()


def _too_many() -> DocumentError:
    return DocumentError(f"the page has more than {MOST_ELEMENTS} elements.", hint="Give it in several parts.")


def _too_deep() -> DocumentError:
    return DocumentError("the page is nested too deeply.", hint=_SAVE)


def _read(tree: Any, source: str, others: tuple[Hidden, ...]) -> Opened:
    findings = Findings()
    root = next((child for child in tree if name_of(child) == "html"), None)
    if root is None:
        raise DocumentError("the page cannot be taken apart.", hint=_SAVE)
    for number, element in enumerate((e for e in root.iter() if isinstance(e.tag, str)), 1):
        findings.numbers[id(element)] = number
    _tell_markup(findings, tree)
    sheets = read_sheets([
        (f"{findings.place(e)}, a style sheet", e.text or "", e.get("media") or "")
        for e in root.iter() if name_of(e) == "style"
    ])  # fmt: skip
    findings.hidden += sheets.hidden
    body = next((child for child in root if name_of(child) == "body"), None)
    findings.feet |= {id(child) for child in (body if body is not None else ()) if name_of(child) == "footer"}
    story = Story(findings=findings, styles=styles_of(root, sheets), notes=_notes_of(root))
    _read_story(story, root)
    document = Document(
        blocks=tuple(story.blocks), margins=as_paragraphs(story.margins),
        notes=tuple(note for _, note in sorted(story.told_notes.items())),
    )  # fmt: skip
    _tell_title(findings, root, document)
    _tell_rest(story, root, document)
    shown = flatten(document).text
    return Opened(form="html", document=document, hidden=(*others, *findings.finish(source, shown)))


def _tell_markup(findings: Findings, tree: Any) -> None:
    """Attributes, remarks and the declaration of the type, wherever they stand."""
    inside: set[int] = set()
    remarks = 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            remarks += 1
            findings.remark(element.text or "", f"remark {remarks}")
        elif element.tag == "<!DOCTYPE>":
            findings.doctype(element)
        elif name_of(element).startswith("{"):
            # Told with the whole drawing or formula it is of.
            inside |= {id(part) for part in element.iter()}
        elif element.tag != "DOCUMENT_ROOT" and id(element) not in inside:
            findings.attributes(element)


def _notes_of(root: Any) -> dict[str, int]:
    """The footnotes that marks may name, numbered in their order, by the ids of their items."""
    found: dict[str, int] = {}
    for section in root.iter():
        if name_of(section) and section.get("role") == NOTE_PLACE:
            for item in (i for child in section if name_of(child) == "ol" for i in child if name_of(i) == "li"):
                if item.get("id"):
                    found.setdefault(item.get("id"), len(found) + 1)
    return found


def _read_story(story: Story, root: Any) -> None:
    read_element(story, root, Context())
    story.close()


def _tell_title(findings: Findings, root: Any, document: Document) -> None:
    """The title, unless a heading of the page says the same."""
    headings = {" ".join(p.text.split()) for p in paragraphs_of(document) if p.kind == "heading"}
    for element in root.iter():
        if name_of(element) == "title":
            said = " ".join(text_within(element).split())
            if said and said not in headings and said not in UNTITLED.values():
                findings.add("metadata", "the title of the page", said)


def _tell_rest(story: Story, root: Any, document: Document) -> None:
    """What no part of reading has met, and what cannot be judged."""
    findings = story.findings
    for element in root.iter():
        for text, behind in ((element.text if isinstance(element.tag, str) else "", False), (element.tail, True)):
            if text and text.strip() and (id(element), behind) not in story.read and element is not root:
                findings.add("unread_part", f"{findings.place(element)}, text of it", text)
    if story.doubtful:
        findings.add("unread_part", f"styles of {story.doubtful} elements, which may hide what they hold")
    shown = "".join(paragraph.text for paragraph in paragraphs_of(document))
    odd = Counter(shown) - Counter(drop_widthless(shown))
    if odd:
        names = ", ".join(f"U+{ord(c):04X} {n} times" for c, n in sorted(odd.items()))
        spelled = "".join(chr(ord(c) - _TAGS[0]) for c in shown if ord(c) in _TAGS)
        findings.add("hidden_text", f"the page, characters without width: {names}", spelled)

