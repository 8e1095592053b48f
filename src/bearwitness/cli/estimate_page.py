"""The report of an estimate as one HTML page that needs nothing else: no network, no font, no script at all."""

from __future__ import annotations

from bearwitness.cli.estimate_shell import draw_card, draw_figure, draw_items, draw_page, draw_verdict
from bearwitness.cli.estimate_strings import say
from bearwitness.cli.estimate_svg import draw_models, draw_overlaps
from bearwitness.cli.estimate_view import (
    Said,
    counted,
    estimated,
    share_of,
    short_reason,
    split_overlaps,
    tell_basis,
    tell_stratum,
    title_of,
    verdict_of,
)
from bearwitness.cli.report.markup import Markup, element
from bearwitness.model.claims import Language
from bearwitness.services.estimate_shown import ActsEstimated, StratumShown


def render_acts(found: ActsEstimated, language: Language) -> str:
    """One self-contained HTML page, to read on screen or on paper.

    Parameters
    ----------
    found : ActsEstimated
        What ``services.estimate`` returns. Everything in it is escaped.
    language : {"en", "ko"}
        Of the interface.

    Returns
    -------
    str
        A whole document, the same bytes for the same estimate.
    """
    return draw_page(
        verdict_of(found, language), say(language, "title"), language,
        _overview(found, language) if len(found.strata) > 1 else None,
        [_stratum(stratum, found, language) for stratum in found.strata],
        element("section", element("h2", say(language, "basis")), draw_items(tell_basis(found.basis, language))),
    )  # fmt: skip


def _overview(found: ActsEstimated, language: Language) -> Markup:
    share = share_of(found.basis.level)
    heads = (
        say(language, "col_stratum"), say(language, "col_seen"), say(language, "col_given"),
        say(language, "col_interval", share=share),
    )  # fmt: skip
    rows = []
    for stratum in found.strata:
        given = stratum.given
        cells: tuple[str, str] = (
            ("–", say(language, "col_none", why=short_reason(stratum, language))) if given is None
            else (estimated(given.median), f"{estimated(given.low)} – {estimated(given.high)}")
        )  # fmt: skip
        rows.append(element(
            "tr", element("th", title_of(stratum.stratum, language), scope="row"),
            [element("td", cell) for cell in (counted(stratum.observed), *cells)],
        ))  # fmt: skip
    table = element(
        "table", element("thead", element("tr", [element("th", h, scope="col") for h in heads])),
        element("tbody", rows),
    )  # fmt: skip
    return element("section", element("h2", verdict_of(found, language)), element("div", table, class_="card"))


def _stratum(stratum: StratumShown, found: ActsEstimated, language: Language) -> Markup:
    said = tell_stratum(stratum, found.basis, language)
    models = draw_models(stratum, language)
    return element(
        "section",
        _verdict(stratum, said, language),
        draw_figure(
            say(language, "overlaps"), f"{say(language, 'overlaps_columns')} {say(language, 'lists_about')}",
            draw_overlaps(stratum, language), _more(stratum, said, language),
        ) if stratum.overlaps and stratum.lists else None,
        draw_figure(
            say(language, "models"), say(language, "models_about", share=share_of(found.basis.level)), models
        ) if models is not None else None,
        draw_card(say(language, "checks"), draw_items(said.checks, "checks")) if said.checks else None,
        draw_card(
            say(language, "each_model"), draw_items(f"{model}: {why}" for model, why in said.lacked)
        ) if said.lacked else None,
        class_="stratum",
    )  # fmt: skip


def _verdict(stratum: StratumShown, said: Said, language: Language) -> Markup:
    reasons = [(say(language, key), words) for key, words in (("why", said.why), ("change", said.change))]
    return draw_verdict(f"{said.title}: {said.headline}", said.lead, reasons, good=stratum.given is not None)


def _more(stratum: StratumShown, said: Said, language: Language) -> Markup | None:
    """What the picture leaves out."""
    _, more = split_overlaps(stratum)
    words = list(said.beside)
    if more:
        words.append(say(language, "overlaps_more", n=len(more), acts=counted(sum(o.acts for o in more))))
    return element("p", " ".join(words), class_="quiet small") if words else None
