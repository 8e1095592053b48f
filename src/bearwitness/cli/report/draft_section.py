"""The draft with its marked passages, the changed draft beside it, and the numbered notes that explain the marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bearwitness.cli.figures import show_passage
from bearwitness.cli.report.markup import Markup, element, join
from bearwitness.cli.report.passage import OpenForm, Segment, split_changed, split_passage
from bearwitness.cli.report.view import Note, NotedClaim, View, effect_words, further_words
from bearwitness.cli.strings import say

# Keeps the number of a note on the line of the word it belongs to.
_JOINER: Final = "\N{WORD JOINER}"


def draw_draft(view: View, open_forms: Sequence[OpenForm]) -> Markup:
    """The section with the draft as written and, where something changes, as changed."""
    a, language = view.assessment, view.language
    segments = split_passage(a.draft, view.notes, open_forms)
    written = element("div", [_segment(s) for s in segments], class_="text", lang=a.language, dir="auto")
    has_marks = any(s.is_marked for s in segments)
    columns = [element("div", element("h3", say(language, "as_written")), written, class_="column")]
    message = None
    if a.edits:
        columns.append(
            element("div", element("h3", say(language, "as_changed")), _changed(view), class_="column changed")
        )
    elif a.possible and not a.changes:
        message = element("p", say(language, "no_change"), class_="quiet")
    if not a.possible:
        message = element("p", say(language, "no_way"), class_="warning")
    return element(
        "section",
        element("h2", say(language, "draft"), id="draft"),
        element("p", say(language, "hint"), class_="quiet screen") if has_marks else None,
        element("div", columns, class_="columns" if len(columns) > 1 else "columns single"),
        message,
        _legend(view, segments) if has_marks else None,
        aria_labelledby="draft",
    )


def _segment(segment: Segment) -> Markup:
    if not segment.is_marked:
        return join(segment.text)
    ids = [f"note-{n.number}" for n in segment.notes] + [f"open-{f.letter}" for f in segment.open_forms]
    classes = ["s", f"sev{segment.severity}" if segment.notes else "", "open" if segment.open_forms else ""]
    signs = element("sup", _JOINER + ",".join(segment.ends), aria_hidden="true") if segment.ends else None
    return element(
        "a",
        element("span", segment.text, class_="w"),
        signs,
        class_=" ".join(c for c in classes if c),
        href=f"#{ids[0]}",
        data_notes=" ".join(ids),
        aria_describedby=" ".join(ids),
    )


def _changed(view: View) -> Markup:
    a, language = view.assessment, view.language
    pieces: list[Markup] = []
    for piece in split_changed(a.draft, a.edits):
        if piece.removed is None:
            pieces.append(join(piece.text))
        elif piece.text.strip():
            pieces.append(element("ins", piece.text))
        else:
            gone = element("span", say(language, "taken_out"), class_="unseen")
            pieces.append(join(element("span", gone, class_="gone"), piece.text))
    return element("div", pieces, class_="text", lang=a.language, dir="auto")


def _legend(view: View, segments: Sequence[Segment]) -> Markup:
    """Only the marks that are used, each with its own words."""
    language = view.language
    shown = sorted({s.severity for s in segments if s.notes}, reverse=True)
    items = [_legend_item(f"s sev{n}", say(language, f"severity{n}")) for n in shown]
    if any(s.open_forms for s in segments):
        items.append(_legend_item("s open", say(language, "legend_unresolved")))
    pieces = split_changed(view.assessment.draft, view.assessment.edits) if view.assessment.edits else ()
    if any(p.removed is not None and p.text.strip() for p in pieces):
        items.append(element("li", element("ins", "abc", aria_hidden="true"), " ", say(language, "legend_changed")))
    if any(p.removed is not None and not p.text.strip() for p in pieces):
        items.append(element("li", element("span", class_="gone"), " ", say(language, "legend_removed")))
    return element("ul", items, class_="legend", aria_label=say(language, "legend"))


def _legend_item(classes: str, words: str) -> Markup:
    sample = element("span", element("span", "abc", class_="w"), class_=classes, aria_hidden="true")
    return element("li", sample, " ", words)


def draw_notes(view: View) -> Markup | None:
    """Every passage by number: what it says, whom it helps to find, and what to say instead."""
    if not view.notes:
        return None
    return element(
        "section",
        element("h2", say(view.language, "notes_title"), id="passages"),
        element("ol", [_note(n, view) for n in view.notes], class_="notes"),
        aria_labelledby="passages",
    )


def _note(note: Note, view: View) -> Markup:
    language = view.language
    quotes = list(dict.fromkeys(show_passage(s.quote) for s in note.spans))
    return element(
        "li",
        element(
            "div",
            element("span", str(note.number), class_="number"),
            element("span", " … ".join(quotes), class_="quote", lang=view.assessment.language) if quotes else None,
            element("span", say(language, f"severity{note.severity}_word"), class_=f"tag sev{note.severity}"),
            class_="head",
        ),
        [_noted_claim(c, view) for c in note.claims],
        id=f"note-{note.number}",
        class_=f"note sev{note.severity}",
    )


def _noted_claim(noted: NotedClaim, view: View) -> Markup:
    language = view.language
    says = element("p", noted.claim.says, class_="says", lang=view.assessment.language)
    further = [element("p", words, class_="quiet") for words in further_words(noted, language)]
    if not noted.effects:
        little = say(language, "no_help" if noted.checked else "no_check")
        return element("div", says, element("p", little, class_="quiet"), further, class_="claim")
    return element(
        "div",
        says,
        element("p", say(language, "helps_find", family=noted.family), class_="whom"),
        element("ul", [element("li", effect_words(e, language)) for e in noted.effects], class_="effects"),
        further,
        _instead(noted, view),
        class_="claim",
    )


def _instead(noted: NotedClaim, view: View) -> Markup:
    language, change = view.language, noted.change
    if change is None:
        # Without a safe choice of changes nothing can be said to be harmless.
        stays = say(language, "stays") if view.assessment.possible else say(language, "no_way")
        return element("p", stays, class_="quiet")
    if not change.instead.strip():
        return element("p", say(language, "take_out"), class_="instead")
    words = element("ins", change.instead, lang=view.assessment.language)
    return element("p", say(language, "instead"), " ", words, class_="instead")
