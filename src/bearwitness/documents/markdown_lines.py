"""The inside of a paragraph of Markdown: words and their looks, links, marks of footnotes, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from bearwitness.documents.content import Hidden, HiddenKind, Picture, Run
from bearwitness.documents.data_addresses import is_data, open_data
from bearwitness.documents.markdown_footnotes import note_key

if TYPE_CHECKING:
    from markdown_it.token import Token

# Tags that say no more than Markdown's own marks do. Any other tag, and any with an attribute, is told.
_LOOK_TAG: Final = re.compile(r"<(/?)(?:(b|strong)|(i|em))>", re.IGNORECASE)
_LINE_BREAK: Final = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
# These and the marks of footnotes that are numbers need no telling.
SILENT: Final = re.compile(rf"{_LOOK_TAG.pattern}|{_LINE_BREAK.pattern}|\[\^\d{{1,3}}\]:?", re.IGNORECASE)
_COMMENT: Final = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Reading:
    """What is known of a text while it is read: what is hidden in it, its notes by number, labels that were used."""

    hidden: list[Hidden] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    excused: dict[int, set[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def tell(self, kind: HiddenKind, where: str, text: str = "") -> None:
        """Something that the page does not show."""
        self.hidden.append(Hidden(kind=kind, where=where, text=text))

    def excuse(self, line: int, word: str) -> None:
        """A word of a line, counted from 1, that says nothing."""
        self.excused.setdefault(line, set()).add(word)


@dataclass(slots=True, kw_only=True)
class Line:
    """A paragraph as far as it is read."""

    reading: Reading
    number: int
    runs: list[Run] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    bold: int = 0
    italic: int = 0
    link: str = ""

    @property
    def place(self) -> str:
        """Where it begins."""
        return f"line {self.number}"

    def add(self, text: str) -> None:
        """More words, of the look that is open."""
        run = Run(text=text, bold=self.bold > 0, italic=self.italic > 0, link=self.link)
        last = self.runs[-1] if self.runs else None
        if last and not last.note and replace(last, text="") == replace(run, text=""):
            self.runs[-1] = replace(last, text=last.text + text)
        elif text:
            self.runs.append(run)

    def mark(self, note: str) -> None:
        """The mark of a footnote, after what was read."""
        if self.runs and not self.runs[-1].note:
            self.runs[-1] = replace(self.runs[-1], note=note)
        else:
            self.runs.append(Run(text="", note=note))


def read_line(reading: Reading, tokens: Iterable[Token], number: int) -> Line:
    """The words of a paragraph that begins in a line (from 1); whatever they hide goes to the reading."""
    line = Line(reading=reading, number=number)
    for token in tokens:
        _READ.get(token.type, _unknown)(line, token)
    return line


def _unknown(line: Line, token: Token) -> None:
    line.reading.tell("unread_part", line.place, token.content)


def _text(line: Line, token: Token) -> None:
    line.add(token.content)


def _soft_break(line: Line, _: Token) -> None:
    if not (line.runs and line.runs[-1].text.endswith("\n")):
        line.add(" ")


def _look(bold: int, italic: int) -> Callable[[Line, Token], None]:
    def read(line: Line, _: Token) -> None:
        line.bold = max(line.bold + bold, 0)
        line.italic = max(line.italic + italic, 0)

    return read


def _struck(_: Line, __: Token) -> None:
    """Words struck out are on the page all the same."""


def _open_link(line: Line, token: Token) -> None:
    reading = line.reading
    line.link = str(token.attrs.get("href", ""))
    reading.labels.add(token.meta.get("label", ""))
    if is_data(line.link):
        reading.hidden += open_data(line.link, where=f"{line.place}, a link").told
    reading.tell("link_target", f"{line.place}, a link", line.link)
    if token.attrs.get("title"):
        reading.tell("alternative_text", f"{line.place}, the title of a link", str(token.attrs["title"]))


def _close_link(line: Line, _: Token) -> None:
    line.link = ""


def _image(line: Line, token: Token) -> None:
    reading = line.reading
    source = str(token.attrs.get("src", ""))
    reading.labels.add(token.meta.get("label", ""))
    # What it is called may hold links and marks of its own.
    inside = read_line(reading, token.children or (), line.number)
    called = "".join(run.text for run in inside.runs)
    for name, text in (("the text instead", called), ("the title", str(token.attrs.get("title", "")))):
        if text:
            reading.tell("alternative_text", f"{line.place}, {name} of a picture", text)
    line.pictures += inside.pictures
    if not is_data(source):
        reading.tell("external", f"{line.place}, a picture", source)
        return
    found = open_data(source, where=f"{line.place}, a picture")
    reading.hidden += found.told
    if found.picture is not None:
        reading.files.append(source)
        line.pictures.append(Picture(content=found.picture, alternative=called))


def _html(line: Line, token: Token) -> None:
    if _LINE_BREAK.fullmatch(token.content):
        line.add("\n")
        return
    if found := _LOOK_TAG.fullmatch(token.content):
        step = -1 if found[1] else 1
        _look(step * bool(found[2]), step * bool(found[3]))(line, token)
        return
    tell_html(line.reading, line.place, token.content)


def tell_html(reading: Reading, place: str, content: str) -> None:
    """Raw HTML, told whole: a comment as such, anything else as not understood."""
    found = _COMMENT.fullmatch(content)
    # Of several comments in a row only the first ends where it says.
    if found and "-->" not in found[1]:
        reading.tell("comment", f"{place}, a comment of HTML", found[1])
    else:
        reading.tell("unread_part", f"{place}, HTML", content)


def _note(line: Line, token: Token) -> None:
    numbers = line.reading.numbers
    label = token.meta["label"]
    number = numbers.setdefault(note_key(label), str(len(numbers) + 1))
    if label != number:
        line.reading.tell("field", f"{line.place}, what a footnote is called", label)
    line.mark(number)


_READ: Final[dict[str, Callable[[Line, Token], None]]] = {
    "text": _text, "code_inline": _text, "hardbreak": lambda line, _: line.add("\n"), "softbreak": _soft_break,
    "strong_open": _look(1, 0), "strong_close": _look(-1, 0), "em_open": _look(0, 1), "em_close": _look(0, -1),
    "s_open": _struck, "s_close": _struck, "link_open": _open_link, "link_close": _close_link, "image": _image,
    "html_inline": _html, "note_mark": _note,
}  # fmt: skip
