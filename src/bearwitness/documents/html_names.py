"""What the elements and attributes of HTML are for, as far as a reader has to know it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bearwitness.documents.content import HiddenKind
from bearwitness.documents.html_style import NOTE_MARK, NOTE_PLACE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS: Final = _words(
    "html body p div section article main header footer nav aside address h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl "
    "dt dd figure figcaption form fieldset legend details summary hr center dir menu hgroup search listing xmp dialog "
    "plaintext table caption thead tbody tfoot tr td th colgroup col"
)
INLINE: Final = _words(
    "a abbr acronym b bdi bdo big br cite code dfn em font i ins del s strike img kbd label mark nobr q rp rt rtc rb "
    "ruby samp small span strong sub sup time tt u var wbr output button data blink marquee picture map basefont "
    "bgsound slot"
)
# What stands in these is not shown, or is shown by a program of its own.
CONCEALED: Final[Mapping[str, HiddenKind]] = {
    "script": "script", "template": "hidden_text", "noscript": "hidden_text", "noframes": "hidden_text",
    "noembed": "hidden_text", "canvas": "hidden_text", "head": "metadata", "title": "metadata", "meta": "metadata",
    "base": "external", "link": "external", "iframe": "external", "frame": "external", "frameset": "external",
    "object": "external", "embed": "external", "applet": "external", "param": "external", "video": "external",
    "audio": "external", "source": "external", "track": "external", "portal": "external", "fencedframe": "external",
    "area": "link_target", "input": "field", "select": "field", "option": "field", "optgroup": "field",
    "datalist": "field", "textarea": "field", "keygen": "field", "isindex": "field", "progress": "field",
    "meter": "field", "selectedcontent": "field",
}  # fmt: skip
_ATTRIBUTES: Final[Mapping[str, HiddenKind]] = {
    "href": "link_target", "cite": "link_target", "longdesc": "link_target", "action": "link_target",
    "formaction": "link_target", "usemap": "link_target", "ping": "external", "src": "external", "srcset": "external",
    "poster": "external", "background": "external", "data": "external", "manifest": "external",
    "codebase": "external", "archive": "external", "imagesrcset": "external", "dynsrc": "external",
    "lowsrc": "external", "classid": "external", "profile": "external", "attributionsrc": "external",
    "alt": "alternative_text", "title": "alternative_text", "summary": "alternative_text",
    "abbr": "alternative_text", "label": "alternative_text", "standby": "alternative_text", "value": "field",
    "placeholder": "field", "srcdoc": "hidden_text", "content": "metadata", "datetime": "metadata",
}  # fmt: skip
# Attributes that make a browser fetch something from elsewhere or go there.
FETCHED: Final = frozenset(name for name, kind in _ATTRIBUTES.items() if kind == "external")
# Values in which nobody can say anything.
_NUMBER: Final = re.compile(r"[0-9]{1,4}%?")
_PLAIN: Final[Mapping[str, re.Pattern[str]]] = {
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2})?"),
    "dir": re.compile(r"(?:ltr|rtl|auto)", re.IGNORECASE),
    "scope": re.compile(r"(?:row|col)(?:group)?", re.IGNORECASE),
    "charset": re.compile(r"utf-?8", re.IGNORECASE),
    "role": re.compile(rf"{NOTE_PLACE}|{NOTE_MARK}|doc-backlink"),
    "id": re.compile(r"(?:note-|fn|fnref)[0-9]{1,4}"),
    "href": re.compile(r"#(?:note-|fn|fnref)[0-9]{1,4}"),
    "align": re.compile(r"(?:left|right|center|justify|middle|top|bottom)", re.IGNORECASE),
    "valign": re.compile(r"(?:top|middle|bottom|baseline)", re.IGNORECASE),
    "target": re.compile(r"_(?:blank|self|top|parent)", re.IGNORECASE),
    "type": re.compile(r"[1aAiI]|disc|circle|square|text/css"),
    "content": re.compile(
        r"width=device-width(?:, ?initial-scale=1(?:\.0)?)?|text/html; ?charset=(?:utf-8|euc-kr)", re.IGNORECASE
    ),
    "http-equiv": re.compile(r"content-type", re.IGNORECASE),
    "name": re.compile(r"viewport", re.IGNORECASE),
} | dict.fromkeys(
    ("colspan", "rowspan", "width", "height", "border", "cellpadding", "cellspacing", "start", "span", "size"), _NUMBER
)
_STYLE_WORDS: Final = _words(
    "color background-color white-space font-weight font-style text-align text-decoration vertical-align width height "
    "font-size line-height margin margin-left margin-right margin-top margin-bottom padding padding-left padding-right "
    "padding-top padding-bottom border border-collapse display visibility position float text-indent direction opacity "
    "left top right bottom overflow pre pre-wrap pre-line nowrap normal break-spaces bold italic underline none "
    "inherit initial center justify start end ltr rtl solid dotted dashed collapse auto block inline inline-block "
    "hidden visible absolute relative fixed white black red green blue gray grey yellow transparent baseline middle "
    "sub super px pt em"
)
_STYLE_NUMBER: Final = re.compile(r"-?[0-9.]{1,7}(?:px|pt|em|rem|%|cm|mm|in)?|#[0-9a-f]{3}|#[0-9a-f]{6}")
_FLAGS: Final = ("hidden", "reversed", "nowrap", "open", "disabled", "checked", "selected", "async", "defer")


def is_known(name: str) -> bool:
    """Whether an element is one of HTML."""
    return name in BLOCKS or name in INLINE or name in CONCEALED or name == "style"


def is_plain(name: str, value: str) -> bool:
    """Whether the value of an attribute is one of those in which nobody can say anything."""
    value = value.strip()
    if name in _FLAGS:
        return value.lower() in ("", name)
    if name == "style":
        words = re.split(r"[\s;:,]+", value.lower())
        return all(not w or w in _STYLE_WORDS or _STYLE_NUMBER.fullmatch(w) is not None for w in words)
    return name in _PLAIN and _PLAIN[name].fullmatch(value) is not None


def kind_of_attribute(name: str) -> HiddenKind:
    """What the value of an attribute is, to who opens the file."""
    if name.startswith("on"):
        return "script"
    if name.startswith("aria-"):
        return "alternative_text"
    return _ATTRIBUTES.get(name, "metadata")


# Every name of the language itself: where one is left over in the file's markup it says nothing.
VOCABULARY: Final = (
    BLOCKS | INLINE | frozenset(CONCEALED) | frozenset(_ATTRIBUTES) | frozenset(_PLAIN) | frozenset(_FLAGS)
    | frozenset(part for word in _STYLE_WORDS for part in (word, *word.split("-")))
    | _words("style doctype html public xml version encoding utf 8 class id name rel type viewport device width "
             "initial scale 1 0 content charset http equiv xmlns lang role for tabindex cdata dtd en nbsp amp lt gt "
             "quot aria text css xlink doc endnotes noteref backlink note")
)  # fmt: skip
