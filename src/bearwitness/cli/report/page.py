"""The assessment as one HTML page that needs nothing else: no network, no font, no script but its own."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from bearwitness.cli.report.draft_section import draw_draft, draw_notes
from bearwitness.cli.report.markup import Markup, Piece, element
from bearwitness.cli.report.passage import OpenForm, group_open_forms
from bearwitness.cli.report.sections import (
    draw_changes,
    draw_charts,
    draw_families,
    draw_releases,
    draw_section,
    draw_unresolved,
)
from bearwitness.cli.report.verdict import (
    explain_basis,
    explain_verdict,
    list_consent_gaps,
    list_facts,
    list_next_steps,
)
from bearwitness.cli.report.view import View, build_view
from bearwitness.cli.strings import say, say_code
from bearwitness.model.assessment import Assessment
from bearwitness.model.claims import Language


def render_page(a: Assessment, *, language: Language | None = None) -> str:
    """One self-contained HTML page for an editor, to read on screen or on paper.

    Parameters
    ----------
    a : Assessment
        What ``assess`` returns. Everything in it is escaped.
    language : {"en", "ko"}, optional
        Language of the interface; the draft's if not given.

    Returns
    -------
    str
        A whole document. Its content security policy forbids everything but the page's own style and script, which
        it names by their hashes.
    """
    view = build_view(a, language or a.language)
    style, script = _asset("report.css"), _asset("report.js")
    open_forms = group_open_forms(a.unresolved)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{say(view.language, 'safe' if view.safe else 'unsafe')} · bearwitness"),
        element("style", Markup(style)),
    )
    body = element("body", _banner(view), _main(view, open_forms), _footer(view), element("script", Markup(script)))
    return f"<!doctype html>\n{element('html', head, body, lang=view.language).html}\n"


@cache
def _asset(name: str) -> str:
    return files("bearwitness.cli.report").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    def digest(content: str) -> str:
        return b64encode(sha256(content.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _banner(view: View) -> Markup:
    return element(
        "header",
        element("span", "bearwitness", class_="brand"),
        element("span", say(view.language, "title"), class_="quiet"),
        class_="banner",
    )


def _main(view: View, open_forms: tuple[OpenForm, ...]) -> Markup:
    language = view.language
    note_pop = element(
        "div",
        element("button", "×", type="button", class_="close", aria_label=say(language, "close")),
        element("div", class_="pop-body"),
        id="pop",
        class_="pop",
        hidden="",
    )
    return element(
        "main",
        _verdict(view),
        draw_section("next", view, element("ol", [element("li", s) for s in list_next_steps(view)], class_="next")),
        draw_draft(view, open_forms),
        draw_unresolved(view, open_forms),
        draw_changes(view),
        draw_families(view),
        draw_charts(view),
        draw_releases(view),
        _consent(view),
        draw_notes(view),
        _remarks(view),
        draw_section("rests_on", view, [element("p", p, class_="quiet") for p in explain_basis(view)]),
        note_pop,
    )


def _verdict(view: View) -> Markup:
    words = say(view.language, "safe" if view.safe else "unsafe")
    sign = element(
        "svg",
        element("circle", cx=24, cy=24, r=22),
        element("path", d="M14 25l7 7 13-15" if view.safe else "M16 16l16 16M32 16l-16 16"),
        viewBox="0 0 48 48",
        class_="sign",
        aria_hidden="true",
    )
    return element(
        "section",
        element("div", sign, element("h1", words, id="verdict"), class_="headline"),
        [element("p", p, class_="lead") for p in explain_verdict(view)],
        _facts(view),
        class_="verdict good" if view.safe else "verdict bad",
        aria_labelledby="verdict",
    )


def _facts(view: View) -> Markup:
    items = [
        element("div", element("dt", f.words), element("dd", f.value), class_="fact on" if f.counts else "fact")
        for f in list_facts(view)
    ]
    return element("dl", items, class_="facts")


def _consent(view: View) -> Markup | None:
    items = [
        element("li", element("strong", label), element("span", f" ({person}): ", class_="quiet"), why)
        for label, person, why in list_consent_gaps(view)
    ]
    return draw_section("consent", view, element("ul", items, class_="rows")) if items else None


def _remarks(view: View) -> Markup | None:
    items: list[Piece] = [element("li", say_code(view.language, "note", n)) for n in view.assessment.notes]
    return draw_section("remarks", view, element("ul", items, class_="rows")) if items else None


def _footer(view: View) -> Markup:
    return element("footer", element("p", say(view.language, "confidential")), class_="quiet")
