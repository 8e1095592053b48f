"""XML of an office document: parsed within bounds, and kept account of, so that no text in it is passed over.

A reader takes texts and attributes from a part; whatever it has not taken when it is done is given as left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.office_values import is_plain_value
from bearwitness.errors import DocumentError

DEEPEST: Final = 200
_XML: Final = "http://www.w3.org/XML/1998/namespace"

_SAVE_AGAIN: Final = "Open it in the program that wrote it and save it again."
_REVISION: Final = re.compile("rsid|paraId|textId|docId|durableId", re.IGNORECASE)
# Attributes that hold what a person wrote, whatever it looks like.
_FREE: Final = frozenset(
    {"descr", "title", "alias", "author", "initials", "date", "tooltip", "userId", "providerId", "string", "desc",
     "help-text", "placeholder"}
)  # fmt: skip

Element = Any


class Part:
    """One XML part of a file, and what of it has been taken.

    Parameters
    ----------
    name : str
        What messages and places call it.
    content : bytes
        The XML.
    where : str
        What messages call the file.

    Raises
    ------
    DocumentError
        If it is no well-formed XML, is deeper than ``DEEPEST`` levels, or declares a document type or entities.
    """

    __slots__ = ("_elements", "_taken", "name", "root")

    def __init__(self, name: str, content: bytes, *, where: str) -> None:
        self.name = name
        self.root: Element = parse_xml(content, name=name, where=where)
        # The library gives an element the same identity as long as somebody holds it.
        self._elements: list[Element] = [*self.root.itersiblings(preceding=True), *self.root.iter(),
                                         *self.root.itersiblings()]  # fmt: skip
        self._taken: set[tuple[Element, str]] = set()

    def take(self, element: Element, attribute: str = "") -> str:
        """The text of an element before its first child, or an attribute of it; empty where it has none."""
        if attribute:
            self._taken.add((element, attribute))
            return str(element.get(attribute) or "")
        self._taken.add((element, "text()"))
        return str(element.text or "")

    def is_taken(self, element: Element, attribute: str) -> bool:
        """Whether an attribute has been taken."""
        return (element, attribute) in self._taken

    def take_tail(self, element: Element) -> str:
        """The text after an element."""
        self._taken.add((element, "tail()"))
        return str(element.tail or "")

    def take_texts(self, element: Element, *, between: str = "\n") -> str:
        """All text within an element not taken before, and its attributes that say something; all is taken."""
        found = [*self._left(element.iter())]
        return between.join(found)

    def left_over(self, kind: HiddenKind = "unread_part") -> tuple[Hidden, ...]:
        """What nobody has taken."""
        texts: list[str] = []
        values: list[str] = []
        revisions: list[str] = []
        remarks: list[str] = []
        for element in self._elements:
            if not isinstance(element.tag, str):
                remarks.append(str(element.text or ""))
            elif text := self._untaken(element, "text()", element.text):
                texts.append(text)
            if element is not self.root and (text := self._untaken(element, "tail()", element.tail)):
                texts.append(text)
            for name, value in self._attributes(element):
                (revisions if _REVISION.search(name) else values).append(value)
        found = (
            (kind, f"{self.name}, text that is not shown", texts),
            ("metadata", f"{self.name}, names and values", values),
            ("revision", f"{self.name}, marks of revisions", revisions),
            ("hidden_text", f"{self.name}, remarks", remarks),
        )
        return tuple(
            Hidden(kind=what, where=place, text="\n".join(dict.fromkeys(lines)))  # type: ignore[arg-type]
            for what, place, lines in found
            if lines
        )

    def _left(self, elements: Iterator[Element]) -> Iterator[str]:
        first = True
        for element in elements:
            if isinstance(element.tag, str):
                if text := self._untaken(element, "text()", element.text):
                    yield text
                yield from (value for name, value in self._attributes(element) if not _REVISION.search(name))
            # The text after the element that was asked for is not within it.
            if not first and (text := self._untaken(element, "tail()", element.tail)):
                yield text
            first = False

    def _untaken(self, element: Element, place: str, text: str | None) -> str:
        if not text or (element, place) in self._taken or not text.strip():
            return ""
        self._taken.add((element, place))
        return str(text)

    def _attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        """Attributes that nobody took and that say more than a number or a word of the format."""
        if not isinstance(element.tag, str):
            return
        for name, value in element.attrib.items():
            if (element, name) in self._taken or not value.strip():
                continue
            short = local(name)
            is_spacing = name == f"{{{_XML}}}space" and value in ("preserve", "default")
            if (short in _FREE or not is_plain_value(value)) and not is_spacing:
                self._taken.add((element, name))
                yield short, value
        parent = element.getparent()
        inherited = parent.nsmap if parent is not None else {}
        for prefix, uri in element.nsmap.items():
            mark = (element, f"xmlns:{prefix}")
            if inherited.get(prefix) != uri and not is_plain_value(uri) and mark not in self._taken:
                self._taken.add(mark)
                yield "xmlns", uri
                yield "tag", f"{prefix or ''} {local(element.tag)}".strip()


def parse_xml(content: bytes, *, name: str, where: str) -> Element:
    """The root element of some XML, without entities, without anything fetched.

    Parameters
    ----------
    content : bytes
        The XML.
    name : str
        Which part of the file it is.
    where : str
        What messages call the file.

    Raises
    ------
    DocumentError
        As :class:`Part` says.
    """
    from lxml import etree  # type: ignore[import-untyped]

    place = f"{where}:{name}" if where else name
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, dtd_validation=False,
        attribute_defaults=False, remove_comments=False, remove_pis=False, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise DocumentError("a part of the file is damaged.", hint=_SAVE_AGAIN, where=place) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(
            "a part of the file declares a type of its own, as attacks do.", hint=_SAVE_AGAIN, where=place
        )
    if _depth(root) > DEEPEST:
        raise DocumentError(f"a part of the file is nested deeper than {DEEPEST}.", hint=_SAVE_AGAIN, where=place)
    return root


def _depth(root: Element) -> int:
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def local(name: Any) -> str:
    """A name without its namespace; empty for a remark."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
