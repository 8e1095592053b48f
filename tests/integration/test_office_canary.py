"""A word planted anywhere in an office document is either on the page that is read or among what is hidden in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from office_conversion import convert_all
from office_files import fill_everything, hidden_of, made_docx, members_of, seen, with_members

from bearwitness.documents.content import Opened
from bearwitness.documents.docx_reading import read_docx
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.odt_reading import read_odt
from bearwitness.documents.odt_writing import write_odt

HOW = ("texts", "attributes", "values", "remarks", "elements")
FILES = ("word docx", "office docx", "office odt", "own docx", "own odt")
# Values in these hold the package together: with any other there is no document.
_STRUCTURE = ("[Content_Types].xml", "META-INF/manifest.xml", "mimetype")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """A document with every feature as different programs write it."""
    word = made_docx(fill_everything)
    own = read_docx(word).document
    return {"word docx": word, "own docx": write_docx(own), "own odt": write_odt(own)}


@pytest.fixture(scope="module")
def saved(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same, saved by LibreOffice in both formats."""
    word = {"a.docx": made["word docx"]}
    made_by = {form: convert_all(word, form, tmp_path_factory.mktemp(form)) for form in ("odt", "docx")}
    return {f"office {form}": files["a.docx"] for form, files in made_by.items()}


def _plant(element: Any, how: str, word: Callable[[], str]) -> None:
    from lxml import etree

    if how == "texts":
        element.text = f"{element.text or ''} {word()} "
        if element.getparent() is not None:
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
        etree.SubElement(element, "{urn:unheard-of}thing").text = word()


def _lost(content: bytes, read: Callable[[bytes], Opened], how: str) -> tuple[int, list[str]]:
    """How many words were planted in all parts, and those that are nowhere to be found."""
    from lxml import etree

    words: dict[str, str] = {}
    changed = {}
    for name, part in members_of(content).items():
        if not part.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
            continue
        if how == "values" and (name in _STRUCTURE or name.endswith(".rels")):
            continue

        def word(name: str = name) -> str:
            planted = f"Qz{len(words)}canary"
            words[planted] = name
            return planted

        root = etree.fromstring(part)
        for element in [e for e in root.iter() if isinstance(e.tag, str)]:
            _plant(element, how, word)
        changed[name] = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    opened = read(with_members(content, changed))
    told = set(re.findall("Qz[0-9]+canary", f"{seen(opened)}\n{hidden_of(opened)}"))
    return len(words), [f"{name}: {planted}" for planted, name in words.items() if planted not in told]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("file", FILES)
def test_no_word_in_any_part_is_passed_over(file: str, how: str, request: pytest.FixtureRequest) -> None:
    """A word in any text or value, in an unknown attribute or element, or in a remark of any part is told."""
    source = "saved" if file.startswith("office") else "made"
    content = request.getfixturevalue(source)[file]
    planted, lost = _lost(content, read_odt if file.endswith("odt") else read_docx, how)
    assert planted > 20
    assert not lost, f"{len(lost)} of {planted}: {lost[:20]}"
