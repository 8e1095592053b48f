"""A word planted anywhere in a Word document is either on the page that is read or among what is hidden in it."""

from __future__ import annotations

from typing import Any

import pytest
from office_files import fill_everything, hidden_of, made_docx, members_of, seen, with_members

from bearwitness.documents.docx_reading import read_docx

_STRUCTURE = ("[Content_Types].xml", "_rels/.rels")


def _planted(content: bytes, how: str) -> tuple[bytes, list[str]]:
    """One part with a word of its own in each of its texts, or in a new attribute of each element, or as remarks."""
    from lxml import etree

    root = etree.fromstring(content)
    words: list[str] = []

    def word() -> str:
        words.append(f"Qz{how[0]}x{len(words)}canary")
        return words[-1]

    for element in [e for e in root.iter() if isinstance(e.tag, str)]:
        if how == "texts":
            element.text = f"{element.text or ''} {word()} "
            if element is not root:
                element.tail = f"{element.tail or ''} {word()} "
        elif how == "attributes":
            element.set("unheard-of", word())
        elif how == "values":
            for key in element.attrib:
                element.set(key, f"{element.get(key)} {word()}")
        elif how == "remarks":
            element.append(etree.Comment(word()))
            element.append(etree.ProcessingInstruction("said", word()))
        else:
            extra = etree.SubElement(element, "{urn:unheard-of}thing")
            extra.text = word()
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), words


def _lost(content: bytes, read: Any, how: str, skip: tuple[str, ...] = ()) -> list[str]:
    members = members_of(content)
    lost = []
    for name, part in members.items():
        if not part.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") or name in skip:
            continue
        changed, words = _planted(part, how)
        opened = read(with_members(content, {name: changed}))
        told = f"{seen(opened)}\n{hidden_of(opened)}"
        lost += [f"{name}: {word}" for word in words if word not in told]
    return lost


@pytest.mark.parametrize("how", ["texts", "attributes", "remarks", "elements"])
def test_no_word_in_a_part_of_a_word_document_is_passed_over(how: str) -> None:
    """A word in any text, in an unknown attribute or element, or in a remark of any part is told."""
    assert not _lost(made_docx(fill_everything), read_docx, how)


def test_no_value_in_a_part_of_a_word_document_is_passed_over() -> None:
    """A word in any attribute is told; only what holds the package together cannot be changed."""
    rels = tuple(n for n in members_of(made_docx(fill_everything)) if n.endswith(".rels"))
    assert not _lost(made_docx(fill_everything), read_docx, "values", (*_STRUCTURE, *rels))
