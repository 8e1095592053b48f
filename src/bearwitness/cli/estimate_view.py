"""An estimate as people read it: the same words, numbers and rows for the terminal and for the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.cli.estimate_strings import has, say
from bearwitness.cli.figures import show_line
from bearwitness.estimation.outcome import Check, Refusal
from bearwitness.linkage.channels import Merger
from bearwitness.model.claims import Language
from bearwitness.services.estimate_shown import ActsBasis, ActsEstimated, NumberShown, Overlap, StratumShown
from bearwitness.services.estimate_strata import ALL_ACTS

# More combinations than these are told as one number.
MOST_ROWS: Final = 16
# From here on an estimate is told with three digits: it is not known better.
_EXACT_BELOW: Final = 1000
# An axis that spans more than this many times is logarithmic.
_LONG: Final = 8.0
# Checks whose value is a share.
_SHARES: Final = frozenset({"near_cap", "tables_without_estimate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A stratum in words. ``why`` and ``change`` are empty where a number is given; ``lacked`` is told of models.

    ``beside`` is told with the lists.
    """

    title: str
    headline: str
    lead: tuple[str, ...]
    why: str
    change: str
    lacked: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model's number, with its name; ``given`` is the one that may be used."""

    label: str
    number: NumberShown
    given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From numbers of acts to places from 0 to 1: even, or by their logarithm where the axis is long."""

    low: float
    high: float

    @property
    def by_log(self) -> bool:
        """Whether equal steps are equal factors."""
        return self.high > _LONG * max(self.low, 1.0)

    def at(self, value: float) -> float:
        """The place of a number."""
        if self.high <= self.low:
            return 0.0
        if self.by_log:
            low = math.log(max(self.low, 1.0))
            return (math.log(max(value, 1.0)) - low) / (math.log(self.high) - low)
        return (value - self.low) / (self.high - self.low)


def title_of(stratum: str, language: Language) -> str:
    """What a stratum is called."""
    return say(language, "whole") if stratum == ALL_ACTS else show_line(stratum)


def verdict_of(found: ActsEstimated, language: Language) -> str:
    """How many strata have a number."""
    if not found.given:
        return say(language, "none_given")
    key = "all_given" if found.given == len(found.strata) else "some_given"
    return say(language, key, n=len(found.strata), given=found.given)


def tell_stratum(stratum: StratumShown, basis: ActsBasis, language: Language) -> Said:
    """A stratum in words."""
    whole = next((r for r in stratum.refusals if r.model is None), None)
    lacked = () if whole is not None and _is_all(stratum) else tuple(
        (say(language, f"model_{r.model}"), _why(r, stratum.stratum, language))
        for r in stratum.refusals if r.model is not None
    )  # fmt: skip
    return Said(
        title=title_of(stratum.stratum, language),
        headline=say(language, "refused") if stratum.given is None else say(
            language, "given", median=estimated(stratum.given.median)),
        lead=tuple(_lead(stratum, basis, language)),
        why=_why(whole, stratum.stratum, language) if whole is not None else "",
        change=_change(whole, stratum.stratum, language) if whole is not None else "",
        lacked=lacked, checks=tuple(_checks(stratum, language)),
        beside=tuple(_beside(stratum, language)),
    )  # fmt: skip


def _is_all(stratum: StratumShown) -> bool:
    """Whether no model was asked."""
    return all(r.model is None for r in stratum.refusals)


def _lead(stratum: StratumShown, basis: ActsBasis, language: Language) -> list[str]:
    observed, given = stratum.observed, stratum.given
    if given is None:
        return [say(language, "refused_seen", observed=counted(observed))]
    lead = [say(
        language, "given_range", share=share_of(given.level), low=estimated(given.low), high=estimated(given.high),
        observed=counted(observed),
        unseen=estimated(given.median - observed), least=estimated(given.low - observed),
        most=estimated(given.high - observed),
    )]  # fmt: skip
    off, known = basis.off_lists, basis.known
    if off is not None and known is not None and off[1] and stratum.stratum == ALL_ACTS:
        # An interval of the lists alone may begin below what is known.
        lead.append(say(language, "given_known", known=span_of(off, language), least=f"{known[0]:,}"))
    return lead


def _beside(stratum: StratumShown, language: Language) -> list[str]:
    said = [say(language, "empty", lists=", ".join(map(show_line, stratum.empty)))] if stratum.empty else []
    if any("." in counted(o.acts) for o in stratum.overlaps):
        said.append(say(language, "means"))
    return said


def rows_of(stratum: StratumShown, language: Language) -> tuple[Row, ...]:
    """The number of each model, and the one that is given last; none where it is refused."""
    if stratum.given is None:
        return ()
    rows = [Row(label=say(language, f"model_{n.model}"), number=n, given=False) for n in stratum.models]
    return (*rows, Row(label=say(language, f"model_{stratum.given.model}"), number=stratum.given, given=True))


def scale_of(stratum: StratumShown) -> Scale:
    """An axis that begins at the documented acts and holds every interval."""
    numbers = [*stratum.models, *([stratum.given] if stratum.given is not None else [])]
    return Scale(low=stratum.observed, high=max((n.high for n in numbers), default=stratum.observed))


def split_overlaps(stratum: StratumShown) -> tuple[tuple[Overlap, ...], tuple[Overlap, ...]]:
    """The combinations with most acts, and those that are told as one number."""
    ordered = sorted(stratum.overlaps, key=lambda o: (-o.acts, -o.on.count("1"), o.on))
    return tuple(ordered[:MOST_ROWS]), tuple(ordered[MOST_ROWS:])


def tell_overlap(overlap: Overlap, stratum: StratumShown, language: Language) -> str:
    """A combination in words."""
    on = [show_line(one.name) for one, digit in zip(stratum.lists, overlap.on, strict=True) if digit == "1"]
    key = "overlap_only" if len(on) == 1 else "overlap_both"
    return say(language, key, lists=", ".join(on), acts=counted(overlap.acts))


def tell_basis(basis: ActsBasis, language: Language) -> list[str]:
    """What everything rests on, a line for each thing."""
    said = [say(language, f"source_{basis.source}", n=basis.clusterings), *tell_mergers(basis.merged, language)]
    for key in ("without_collector", "unknown_way"):
        number = getattr(basis, key)
        if number:
            said.append(say(language, key, n=number))
    if basis.off_lists is not None and basis.off_lists[1]:
        said.append(say(language, "off_lists", acts=span_of(basis.off_lists, language)))
    if basis.drawn[1]:
        fields = ", ".join(say(language, f"by_{field}") for field in basis.by)
        said.append(say(language, "drawn", acts=span_of(basis.drawn, language), by=fields))
    if basis.cap is not None:
        said.append(say(language, "cap", cap=f"{basis.cap:,}"))
    else:
        said.append(say(language, "cap_ratio", n=basis.cap_ratio))
    said += [say(language, f"prior_{basis.prior}"), say(language, "assumption"), say(language, "seed", seed=basis.seed)]
    return said


def tell_mergers(merged: Sequence[Merger], language: Language) -> list[str]:
    """Which desks are one list, by how many people; nobody is named."""
    said = []
    for merger in merged:
        key, n = ("merged", merger.people) if merger.people else ("merged_maybe", merger.maybe)
        said.append(say(language, key, one=show_line(merger.one), other=show_line(merger.other), n=n))
    return [*said, say(language, "merged_hint")] if any(not m.people for m in merged) else said


def short_reason(stratum: StratumShown, language: Language) -> str:
    """Why a stratum has no number, in a few words."""
    whole = next(r for r in stratum.refusals if r.model is None)
    return say(language, f"reason_{whole.reason}")


def counted(number: float) -> str:
    """A number of documented acts: whole, or a mean over clusterings with one decimal."""
    return f"{number:,.0f}" if abs(number - round(number)) < 0.05 else f"{number:,.1f}"


def estimated(number: float) -> str:
    """An estimated number of acts: three digits, since it is not known better."""
    if number < _EXACT_BELOW:
        return f"{number:,.0f}"
    unit = 10.0 ** (len(str(round(number))) - 3)
    return f"{round(number / unit) * unit:,.0f}"


def interval(number: NumberShown, language: Language) -> str:
    """A number with the ends of its interval."""
    return say(
        language, "interval", median=estimated(number.median), low=estimated(number.low), high=estimated(number.high)
    )


def share_of(level: float) -> str:
    """A probability, with as many decimals as it has."""
    return f"{level * 100:.6g}%"


def span_of(numbers: Sequence[int], language: Language) -> str:
    """So many acts, or between so many."""
    low, high = min(numbers), max(numbers)
    if low == high:
        return say(language, "acts_one", n=f"{low:,}")
    return say(language, "acts_span", low=f"{low:,}", high=f"{high:,}")


def _why(refusal: Refusal, stratum: str, language: Language) -> str:
    return _plain(refusal.what, stratum) if language == "en" else f"{say(language, f'reason_{refusal.reason}')}."


def _change(refusal: Refusal, stratum: str, language: Language) -> str:
    return _plain(refusal.change, stratum) if language == "en" else say(language, f"change_{refusal.reason}")


def _plain(words: str, stratum: str) -> str:
    """What a refusal says, without the id of its stratum, under whose heading it stands."""
    told = words.replace(f"Stratum {stratum}: ", "")
    return show_line(told[:1].upper() + told[1:])


def _checks(stratum: StratumShown, language: Language) -> list[str]:
    found: list[str] = []
    for row in rows_of(stratum, language):
        for check in row.number.checks:
            if check.name == "tables" and not row.given:
                continue
            words = _check(check, language)
            found.append(words if row.given else say(language, "check_of", model=row.label, check=words))
    return list(dict.fromkeys(found))


def _check(check: Check, language: Language) -> str:
    key = f"check_{check.name}"
    if check.name in _SHARES:
        value, limit = (_percent(n) for n in (check.value, check.limit))
    else:
        value, limit = (f"{n:,.4g}" if abs(n) < 1e4 else f"{n:,.0f}" for n in (check.value, check.limit))
    if not has(key):
        return say(language, "check_other", name=check.name.replace("_", " "), value=value, limit=limit)
    return say(language, key, value=value, limit=limit)


def _percent(share: float) -> str:
    return "<0.01%" if 0 < share < 1e-4 else f"{share * 100:.3g}%"
