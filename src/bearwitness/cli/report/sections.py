"""The tables of the page: families by adversary, charts, changes, earlier releases, what is left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bearwitness.cli.figures import format_count, format_factor, format_share
from bearwitness.cli.reasons import say_reason
from bearwitness.cli.report.chart import draw_chart
from bearwitness.cli.report.markup import Markup, Piece, element, join
from bearwitness.cli.report.passage import OpenForm
from bearwitness.cli.report.view import (
    Family,
    View,
    adversary_name,
    begin,
    costliest_rows,
    group_changes,
    worst_upper,
)
from bearwitness.cli.strings import say, say_code
from bearwitness.model.assessment import HouseholdRisk
from bearwitness.model.claims import Language


def draw_table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Piece]], class_: str = "") -> Markup:
    """A table whose rows become cards on a narrow screen: each cell knows the name of its column."""
    head = element("tr", [element("th", c, scope="col", role="columnheader") for c in columns], role="row")
    body = [
        element(
            "tr",
            [
                element("td" if i else "th", cell, data_label=c, scope=None if i else "row",
                        role="cell" if i else "rowheader")
                for i, (c, cell) in enumerate(zip(columns, row, strict=True))
            ],
            role="row",
        )
        for row in rows
    ]  # fmt: skip
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head, role="rowgroup"),
        element("tbody", body, role="rowgroup"),
        role="table",
        class_=class_ or None,
    )


def draw_section(key: str, view: View, *pieces: Piece | Iterable[Piece]) -> Markup:
    """A section with its heading."""
    heading = element("h2", say(view.language, key), id=f"s-{key}")
    return element("section", heading, join(*pieces), aria_labelledby=f"s-{key}")


def draw_families(view: View) -> Markup:
    """One card per family with a row per adversary."""
    language, a = view.language, view.assessment
    if not view.families:
        return draw_section("households", view, element("p", say(language, "no_households"), class_="quiet"))
    intro = element("p", say(language, "families_intro", limit=format_share(a.threshold)), class_="quiet")
    cards = [_family_card(f, view) for f in view.families]
    return draw_section("households", view, intro, join(cards))


def _family_card(family: Family, view: View) -> Markup:
    language = view.language
    columns = [say(language, c) for c in ("col_adversary", "col_alone", "col_joined", "col_risk", "col_upper",
                                          "col_release", "col_verdict")]  # fmt: skip
    rows = [_family_row(row, view) for row in family.rows]
    return element(
        "div",
        element("h3", begin(family.label), " ", _verdict(family.safe, language)),
        draw_table(begin(family.label), columns, rows, "families"),
        element("p", " ".join(_asides(family.worst, view)), class_="quiet small"),
        class_="card",
    )


def _family_row(row: HouseholdRisk, view: View) -> list[Piece]:
    language, limit = view.language, view.assessment.threshold
    risk = max(row.alone.risk, row.joined.risk)
    upper = worst_upper(row)
    return [
        adversary_name(language, row.adversary, begins=True),
        format_count(row.alone.candidates, language),
        format_count(row.joined.candidates, language),
        format_share(risk, limit=limit),
        join(_gauge(upper, limit, row.safe), " ", format_share(upper, limit=limit)),
        row.costliest_release or "–",
        _verdict(row.safe, language),
    ]


def _verdict(safe: bool, language: Language) -> Markup:
    sign, key = ("✓", "within") if safe else ("✕", "over")
    return element(
        "span", element("span", sign, aria_hidden="true"), " ", say(language, key), class_="ok" if safe else "bad"
    )


def _gauge(upper: float, limit: float, safe: bool) -> Markup:
    """A bar from 0 to 100% with a tick at the limit; the figure beside it says the same."""
    width = round(100 * min(max(upper, 0.0), 1.0), 1)
    at = round(100 * min(max(limit, 0.0), 1.0), 1)
    return element(
        "svg",
        element("rect", class_="track", x=0, y=3, width=100, height=6, rx=3),
        element("rect", class_="fill ok" if safe else "fill bad", x=0, y=3, width=width, height=6, rx=3),
        element("path", class_="mark", d=f"M{at} 0v12"),
        viewBox="0 0 100 12",
        class_="gauge",
        aria_hidden="true",
    )


def _asides(row: HouseholdRisk, view: View) -> list[str]:
    language = view.language
    found = []
    if row.bystanders >= 0.5:
        count, families = format_count(row.bystanders, language), say(language, "families_word", count=row.bystanders)
        found.append(say(language, "bystanders", others=begin(count), families=families))
    odds = row.flips_at_suspicion
    if odds is not None and odds > 0:
        up = odds >= 1
        found.append(say(language, "flips_up" if up else "flips_down", odds=format_factor(odds if up else 1 / odds)))
    return found


def draw_charts(view: View) -> Markup | None:
    """A chart per family with its caption and its values as a table."""
    language = view.language
    notes = {c.claim.id: n for n in view.notes for c in n.claims}
    figures = []
    for family in view.families:
        drawn = draw_chart(family, notes, view.assessment.threshold, language)
        if drawn is not None:
            who = element("span", adversary_name(language, family.worst.adversary, begins=True), class_="quiet")
            caption = element("figcaption", element("strong", begin(family.label)), who)
            figures.append(element("figure", caption, drawn, _chart_values(family, view)))
    if not figures:
        return None
    intro = element("p", say(language, "chart_intro"), class_="quiet")
    return draw_section("chart", view, intro, element("div", figures, class_="charts"))


def _chart_values(family: Family, view: View) -> Markup:
    language = view.language
    numbers = {c.claim.id: (n.number, c.claim.says) for n in view.notes for c in n.claims}
    rows: list[list[Piece]] = []
    for step in family.worst.steps:
        number, says = numbers.get(step.claim, (0, step.claim))
        words = element("span", f"{number}. {says}" if number else says, lang=view.assessment.language)
        rows.append([words, format_count(step.candidates, language)])
    rows.append([say(language, "joined"), format_count(family.worst.joined.candidates, language)])
    columns = [say(language, "chart_claim"), say(language, "chart_left")]
    table = draw_table(begin(family.label), columns, rows, "plain")
    return element("details", element("summary", say(language, "chart_values")), table, class_="screen")


def draw_changes(view: View) -> Markup | None:
    """The changes with their wording and the two risks, whether the set is proved least, and other choices."""
    a, language = view.assessment, view.language
    changes = group_changes(a)
    if not changes and a.possible:
        return None
    proof = say(language, "optimal" if a.optimal else "not_optimal") if a.possible else say(language, "no_way")
    columns = [say(language, c) for c in ("col_now", "col_instead", "col_before", "col_after")]
    rows: list[list[Piece]] = []
    for c in changes:
        instead = c.instead.strip()
        words = element("ins", instead, lang=a.language) if instead else say(language, "taken_out")
        quote = element("span", c.quote, class_="quote", lang=a.language)
        before, after = (format_share(r, limit=a.threshold) for r in (c.risk_before, c.risk_after))
        rows.append([quote, element("span", words), before, after])
    return draw_section(
        "changes",
        view,
        element("p", proof, class_="quiet" if a.possible else "warning"),
        element("p", say(language, "changes_intro"), class_="quiet") if rows else None,
        draw_table(say(language, "changes"), columns, rows, "plain changes") if rows else None,
        _alternatives(view),
    )


def _alternatives(view: View) -> Markup | None:
    a, language = view.assessment, view.language
    if not a.alternatives:
        return None
    says = {c.id: c.says for c in a.claims}
    items = []
    for option in a.alternatives:
        parts = [f"{says.get(claim, claim)}: {say_code(language, 'level', level)}" for claim, level in option.changes]
        more = format_factor(max(option.cost - a.cost, 0.0))
        words = element("span", " · ".join(parts), lang=a.language)
        items.append(element("li", words, " ", element("span", say(language, "alternative_cost", cost=more))))
    n = len(a.alternatives)
    summary = element("summary", say(language, "alternatives", count=n, n=n))
    return element("details", summary, element("ol", items, class_="plain"), class_="screen")


def draw_releases(view: View) -> Markup | None:
    """The earlier releases that cost a family most, each with whom it helps to find."""
    language = view.language
    items = []
    for release, rows in costliest_rows(view).items():
        effects = [
            element(
                "li",
                say(
                    language,
                    "release_effect",
                    family=begin(family),
                    adversary=adversary_name(language, row.adversary),
                    before=format_count(row.alone.candidates, language),
                    after=format_count(row.joined.candidates, language),
                ),
            )
            for family, row in rows
        ]
        items.append(element("li", element("strong", release), element("ul", effects)))
    return draw_section("releases", view, element("ul", items, class_="rows")) if items else None


def draw_unresolved(view: View, open_forms: Sequence[OpenForm]) -> Markup | None:
    """What looks like a name, place, date or number and is not accounted for, one entry per form."""
    language = view.language
    if not open_forms:
        return None
    items = [_open_form(form, view) for form in open_forms]
    intro = element("p", say(language, "unresolved_intro"), class_="quiet")
    return draw_section("unresolved", view, intro, element("ol", items, class_="notes"))


def _open_form(form: OpenForm, view: View) -> Markup:
    language, n = view.language, len(form.passages)
    whys = dict.fromkeys(u.why for u in form.passages)
    return element(
        "li",
        element(
            "div",
            element("span", form.letter, class_="number"),
            element("span", form.passages[0].span.quote, class_="quote", lang=view.assessment.language),
            element("span", say(language, "times", count=n, n=n), class_="quiet") if n > 1 else None,
            element("span", say(language, "unresolved_word"), class_="tag open"),
            class_="head",
        ),
        [element("p", say_reason(language, w)) for w in whys],
        id=f"open-{form.letter}",
        class_="note open",
    )
