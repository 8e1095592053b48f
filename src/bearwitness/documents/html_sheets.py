"""The style sheets of a page: which declarations hold for which element, and what a sheet carries besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bearwitness.documents.content import Hidden, HiddenKind
from bearwitness.documents.html_style import PAGE_CSS

MOST_RULES: Final = 5000
_FETCHES: Final = re.compile(r"url\s*\(|@import|image-set|\bsrc\s*\(|\\", re.IGNORECASE)
# A rule that is not followed to the elements it is for is told if it may hide or show something.
_MAY_HIDE: Final = re.compile(
    r"display|visibility|opacity|font|(?<![\w-])(?:color|left|top|right|bottom|margin|inset|indent)|width|height|size"
    r"|background|clip|transform|translate|scale|filter|mask|content|index|position|overflow|security|order|float"
    r"|direction|bidi|\\",
    re.IGNORECASE,
)
_ALWAYS: Final = frozenset({"", "all", "screen", "screen, print", "all, screen", "print, screen"})
_HARMLESS_AT: Final = frozenset({"charset", "namespace"})
_PSEUDO: Final = re.compile(r"::?(?:before|after|marker|first-line|first-letter|placeholder|backdrop|selection)\b")
# All the words that the property takes.
_DISPLAY: Final = re.compile(
    r"none|contents|block|inline(?:-block|-flex|-grid|-table)?|flow(?:-root)?|flex|grid|math|list-item|inherit|initial"
    r"|unset|revert(?:-layer)?|table(?:-row|-cell|-column|-caption)?|table-(?:row|header|footer|column)-group"
    r"|ruby(?:-base|-text)?(?:-container)?|-webkit-(?:inline-)?(?:box|flex)"
)
_STRING: Final = re.compile(r"[\"']|attr\s*\(|counter|var\s*\(", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Sheets:
    """The rules of all sheets of a page, in their order, and what is to be told of the sheets."""

    matcher: Any
    hidden: list[Hidden] = field(default_factory=list)
    rules: int = 0

    def tell(self, kind: HiddenKind, where: str, text: str) -> None:
        """Tell something of a sheet."""
        self.hidden.append(Hidden(kind=kind, where=where, text=text))


Declared = Sequence[tuple[str, str, bool]]


def read_sheets(sheets: Sequence[tuple[str, str, str]]) -> Sheets:
    """The style sheets of a page.

    Parameters
    ----------
    sheets : sequence of tuple of str
        Of each the place, its text, and for which media it is.

    Returns
    -------
    Sheets
        A sheet that is not the one of the pages written here is told as a whole; so is what it fetches, which text it
        shows of its own, and which rules may hide something and cannot be followed.
    """
    from cssselect2 import Matcher  # type: ignore[import-untyped]

    read = Sheets(matcher=Matcher())
    for where, text, media in sheets:
        if text.strip() == PAGE_CSS.strip() and not media:
            continue
        if text.strip():
            read.tell("metadata", where, text)
        if _FETCHES.search(text):
            read.tell("external", f"{where}, what it fetches", "")
        _read_rules(read, where, _parsed(text), always=media.strip().lower() in _ALWAYS)
    return read


def _parsed(text: str) -> Sequence[Any]:
    import tinycss2  # type: ignore[import-untyped]

    found: Sequence[Any] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return found


def _read_rules(read: Sheets, where: str, rules: Sequence[Any], *, always: bool) -> None:
    import tinycss2

    for rule in rules:
        read.rules += 1
        if read.rules > MOST_RULES:
            read.tell("unread_part", f"{where}, more rules than are followed", "")
            return
        if rule.type == "qualified-rule":
            _read_rule(read, where, rule, always=always)
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "layer", "supports") and rule.content:
            condition = tinycss2.serialize(rule.prelude).strip().lower()
            holds = always and rule.lower_at_keyword == "media" and condition in _ALWAYS
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            _read_rules(read, where, inner, always=holds)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            # The edges of a printed page hide nothing, and may say something.
            if "content" in rule.serialize().lower():
                read.tell("hidden_text", f"{where}, text that it shows", rule.serialize())
        elif rule.type != "at-rule" or rule.lower_at_keyword not in _HARMLESS_AT:
            _tell_unread(read, where, rule)


def _read_rule(read: Sheets, where: str, rule: Any, *, always: bool) -> None:
    import cssselect2
    import tinycss2

    selector = tinycss2.serialize(rule.prelude)
    content = tinycss2.serialize(rule.content)
    parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    if _PSEUDO.search(selector.lower()) and re.search(r"content\s*:", content.lower()) and _STRING.search(content):
        read.tell("hidden_text", f"{where}, text that it shows", content)
    try:
        compiled = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        compiled = None
    if compiled is None or not always or any(part.type != "declaration" for part in parsed):
        _tell_unread(read, where, rule)
        return
    declared = tuple(_declared(parsed))
    for one in compiled:
        if one.pseudo_element is None:
            read.matcher.add_selector(one, declared)


def _declared(parsed: Sequence[Any]) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for part in parsed:
        if part.type == "declaration":
            value = " ".join(tinycss2.serialize(part.value).lower().split())
            # A browser passes over a word that it does not know, and what was said before holds.
            if part.lower_name != "display" or "(" in value or all(map(_DISPLAY.fullmatch, value.split())):
                yield part.lower_name, value, part.important


def _tell_unread(read: Sheets, where: str, rule: Any) -> None:
    text = rule.serialize() if rule.type != "error" else ""
    if rule.type == "error" or _MAY_HIDE.search(text):
        read.tell("unread_part", f"{where}, rules that are not followed", text)


def styles_of(root: Any, sheets: Sheets) -> dict[int, dict[str, str]]:
    """The declarations that hold for each element, by the element's ``id()``; those of ``style`` attributes too.

    Parameters
    ----------
    root : Element
        Of the page's tree, whose elements must live as long as the result is used.
    sheets : Sheets
        Its style sheets.
    """
    from cssselect2 import ElementWrapper

    found: dict[int, dict[str, str]] = {}
    if sheets.rules:
        for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
            matches = sorted(sheets.matcher.match(wrapper), key=lambda match: (match[0], match[1]))
            declared = [part for *_, rules in matches for part in rules]
            if declared:
                found[id(wrapper.etree_element)] = _settled([*declared, *_inline(wrapper.etree_element)])
    for element in root.iter():
        if isinstance(element.tag, str) and id(element) not in found and (own := _inline(element)):
            found[id(element)] = _settled(own)
    return found


def _inline(element: Any) -> list[tuple[str, str, bool]]:
    import tinycss2

    style = element.get("style")
    if not style:
        return []
    parsed = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return list(_declared(parsed))


def _settled(declared: Declared) -> dict[str, str]:
    """One value for each property: the last important one, else the last."""
    settled: dict[str, str] = {}
    important: set[str] = set()
    for name, value, matters in declared:
        if matters or name not in important:
            # A shorthand sets what it does not name, too.
            for longer in _SETS.get(name, ()):
                if matters or longer not in important:
                    settled.pop(longer, None)
            settled[name] = value
            important |= {name} if matters else set()
    return settled


_SETS: Final[Mapping[str, tuple[str, ...]]] = {
    "background": ("background-color", "background-image"),
    "font": ("font-size", "font-weight", "font-style", "line-height"),
    "overflow": ("overflow-x", "overflow-y"),
}
