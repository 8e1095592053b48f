"""The page around a report of an estimate: no network, no font, no script at all; and the cards that stand on it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from bearwitness.cli.estimate_strings import say
from bearwitness.cli.report.markup import Markup, Piece, element
from bearwitness.model.claims import Language


def draw_page(verdict: str, title: str, language: Language, *pieces: Piece | Iterable[Piece]) -> str:
    """A whole document, the same bytes for the same pieces.

    Its content security policy forbids everything but the page's own style, which it names by its hash. That it is no
    release stands at its top and at its end.

    Parameters
    ----------
    verdict : str
        What the window of a browser is called.
    title : str
        The heading.
    language : {"en", "ko"}
        Of the interface.
    *pieces
        What stands on it.
    """
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{verdict} · bearwitness"),
        element("style", Markup(style)),
    )
    banner = element(
        "header", element("span", "bearwitness", class_="brand"),
        element("span", say(language, "banner"), class_="quiet"), class_="banner",
    )  # fmt: skip
    guard = say(language, "not_a_release")
    main = element("main", element("h1", title, class_="title"), element("p", guard, class_="guard"), *pieces)
    footer = element("footer", element("p", guard), class_="quiet")
    return f"<!doctype html>\n{element('html', head, element('body', banner, main, footer), lang=language).html}\n"


@cache
def _style() -> str:
    folder = files("bearwitness.cli.report")
    return "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("report.css", "estimate.css"))


def draw_verdict(
    headline: str, lead: Iterable[str], reasons: Iterable[tuple[str, str]], *, good: bool
) -> Markup:
    """The answer: a sign with a headline, what it means, and terms with their words."""
    sign = element(
        "svg", element("circle", cx=24, cy=24, r=22),
        element("path", d="M14 25l7 7 13-15" if good else "M16 16l16 16M32 16l-16 16"),
        viewBox="0 0 48 48", class_="sign", aria_hidden="true",
    )  # fmt: skip
    told = [(element("dt", term), element("dd", words)) for term, words in reasons if words]
    return element(
        "div",
        element("div", sign, element("h2", headline), class_="headline"),
        [element("p", line, class_="lead") for line in lead],
        element("dl", *told, class_="reasons") if told else None,
        class_="verdict good" if good else "verdict bad",
    )


def draw_figure(title: str, about: str, drawing: Markup, below: Piece = None) -> Markup:
    """A picture with its heading and what it shows."""
    caption = element("figcaption", element("h3", title), element("p", about, class_="quiet small"))
    return element("figure", caption, drawing, below)


def draw_card(title: str, items: Markup) -> Markup:
    """A list under a heading."""
    return element("div", element("h3", title), items, class_="card")


def draw_items(lines: Iterable[str], more: str = "") -> Markup:
    """A list, an item a line."""
    return element("ul", [element("li", line) for line in lines], class_=f"plainlist {more}".rstrip())
