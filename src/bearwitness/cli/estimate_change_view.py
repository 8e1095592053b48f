"""A judgement on a change as people read it: the same words for the terminal and for the page."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from bearwitness.cli.estimate_strings import has, say
from bearwitness.cli.estimate_view import share_of, span_of, tell_mergers
from bearwitness.estimation.outcome import Check
from bearwitness.model.claims import Language
from bearwitness.services.estimate_change_shown import ChangeEstimated

_SHARES: Final = frozenset({"placebo_ratio"})


def verdict_words(found: ChangeEstimated, language: Language) -> str:
    """The verdict."""
    return say(language, f"change_{found.verdict.replace(' ', '_')}")


def tell_lead(found: ChangeEstimated, language: Language) -> list[str]:
    """What the verdict means."""
    key, ratio = f"change_lead_{found.verdict.replace(' ', '_')}", found.ratio
    if ratio is None:
        return [say(language, key)]
    said = [say(
        language, key, month=found.month, ratio=f"{ratio.median:.2f}", low=f"{ratio.low:.2f}",
        high=f"{ratio.high:.2f}", share=share_of(found.level),
    )]  # fmt: skip
    if found.if_lost is not None:
        said.append(say(language, "change_lost", low=f"{found.if_lost.low:.2f}", high=f"{found.if_lost.high:.2f}"))
    if found.delay_step is not None:
        step = found.delay_step
        said.append(say(
            language, "change_delay", ratio=f"{step.median:.2f}", low=f"{step.low:.2f}", high=f"{step.high:.2f}"
        ))  # fmt: skip
    return said


def tell_reasons(found: ChangeEstimated, language: Language) -> list[tuple[str, str]]:
    """Why, and what would change it; in English at length, in Korean the checks below tell it."""
    if language != "en":
        return []
    return [(say(language, key), "; ".join(words)[:1].upper() + "; ".join(words)[1:] + ("" if key == "change" else "."))
            for key, words in (("why", found.reasons), ("change", found.changes)) if words]  # fmt: skip


def tell_checks(found: ChangeEstimated, language: Language) -> list[tuple[bool, str]]:
    """Each check with whether it holds."""
    return [(check.holds, _check(check, language)) for check in found.checks]


def tell_change_basis(found: ChangeEstimated, language: Language) -> list[str]:
    """What the judgement rests on."""
    said = [say(
        language, "change_source", counted=span_of(found.counted, language), first=f"{found.first:%Y-%m}",
        as_of=found.as_of.isoformat(),
    )]  # fmt: skip
    if found.imputations > 1:
        said.append(say(language, "change_draws", n=found.imputations))
    for key, numbers in (("undated", found.undated), ("before", found.before), ("late", found.late)):
        if numbers[1]:
            said.append(say(language, f"change_{key}", acts=span_of(numbers, language), n=found.longest))
    said += tell_mergers(found.merged, language)
    if found.placebos:
        said.append(say(language, "change_placebos", n=found.placebos))
    said.append(say(language, "seed", seed=found.seed))
    return said


def spark(found: ChangeEstimated, width: int) -> tuple[str, int]:
    """The months as one line of small bars with the date as a line, and how many months a bar stands for."""
    number = len(found.months)
    each = -(-number // (width - 3))
    at = next(n for n, m in enumerate(found.months) if m.month == found.month)
    # No bar has months from both sides of the date.
    cuts = sorted({0, *range(at % each, at, each), *range(at, number, each), number})
    parts = [found.months[start:end] for start, end in pairwise(cuts)]
    means = [sum(m.acts for m in part) / len(part) for part in parts]
    most = max(means) or 1.0
    bars = ["▁▂▃▄▅▆▇█"[min(7, int(8 * mean / most))] if mean else " " for mean in means]
    place = sum(part[0].month < found.month for part in parts)
    return "".join([*bars[:place], "┃", *bars[place:]]), each


def _check(check: Check, language: Language) -> str:
    key = f"change_check_{check.name}"
    form = "{:.0%}" if check.name in _SHARES else "{:,.3g}" if check.value % 1 else "{:,.0f}"
    limit = "{:.0%}" if check.name in _SHARES else "{:,.3g}"
    values = {"value": form.format(check.value), "limit": limit.format(check.limit)}
    if not has(key):
        return say(language, "check_other", name=check.name.replace("_", " "), **values)
    return say(language, key, **values)
