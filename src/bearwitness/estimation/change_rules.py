"""The verdict on a change, in plain words.

Three answers are possible, and "not identified" is the one that is given unless another has earned it.

changed
    The interval of the intensity ratio leaves 1 out, on the same side also if slower reporting means that more acts
    are lost for good, and of all dates, placebo dates among them, the real one is among the most extreme.
not changed
    The whole interval is within the region in which nobody would act differently, also if slower reporting loses acts.
not identified
    All else, and whatever the interval says where a check fails: few months after the date or few placebo dates; few
    reports; a mode not found; both steps too correlated to be told apart; the prior decides, or another prior of the
    delay step or of late reports would give another answer; channels that disagree on what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.estimation.outcome import Check

Verdict = Literal["changed", "not changed", "not identified"]

# What each check means where it fails, and what would change it.
_FAILED: Final = {
    "months_after": ("too few months after the date are over", "Wait until more months after the date are over."),
    "placebo_dates": ("there are too few earlier months to try as dates, so chance cannot be judged",
                      "Take earlier months in."),
    "reports_before": ("too few acts from before the date are reported", "Collect reports of earlier acts."),
    "not_converged": ("the fit did not settle", "Take longer periods or a shorter longest delay, so that cells fill."),
    "correlation": ("a step of acts and a step of reporting cannot be told apart yet",
                    "Wait until acts from shortly after the date have had time to be reported."),
    "prior_width": ("the data hardly narrow down what was supposed beforehand", "Collect more reports."),
    "priors_that_flip": ("another supposition on how much reporting changed, or on how much comes late, gives another "
                         "answer", "Wait for late reports, or collect more of them."),
    "channels_apart": ("channels do not agree on what changed, as when one falls silent or a new one opens",
                       "Find out what happened to each channel, and judge those that went on alone."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A positive number: the central interval and the median."""

    low: float
    median: float
    high: float

    @property
    def side(self) -> int:
        """-1 or 1 where all of it is below or above 1, else 0."""
        return int(self.low > 1) - int(self.high < 1)

    def within(self, region: tuple[float, float]) -> bool:
        """Whether all of it is inside."""
        return region[0] <= self.low and self.high <= region[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The answer, why, and what would change it."""

    verdict: Verdict
    reasons: tuple[str, ...]
    changes: tuple[str, ...]


def judge(
    ratio: Interval, if_lost: Interval, extreme: Check, checks: Sequence[Check], region: tuple[float, float]
) -> Judged:
    """Say which of the three it is.

    Parameters
    ----------
    ratio : Interval
        Of the intensity after the date by that before it.
    if_lost : Interval
        The same, if slower reporting loses acts for good.
    extreme : Check
        The share of dates at least as extreme as the real one, and what it may be at most.
    checks : sequence of Check
        By the names of this module.
    region : (float, float)
        The ratios that are as good as no change.
    """
    failed = [check.name for check in checks if not check.holds]
    if failed:
        return refused(failed)
    told = f"the ratio is within {ratio.low:.2f} and {ratio.high:.2f}"
    if ratio.side and ratio.side == if_lost.side and extreme.holds:
        small = ratio.within(region) and if_lost.within(region)
        return Judged(verdict="changed", changes=(), reasons=(
            told, f"of all dates tried, {extreme.value:.0%} show so large a step",
            *(("it is a small change, though a sure one",) if small else ()),
        ))  # fmt: skip
    if ratio.within(region) and if_lost.within(region):
        inside = f"{told}, inside the region from {region[0]:g} to {region[1]:g} that counts as none"
        return Judged(verdict="not changed", changes=(), reasons=(inside,))
    if ratio.side and ratio.side != if_lost.side:
        why, change = ("reporting changed at the date as well, and acts that are lost for good could explain the ratio",
                       "Find out how many acts never get reported before and after the date.")  # fmt: skip
    elif ratio.side:
        why, change = (f"as large a step is met at {extreme.value:.0%} of dates on which nothing is known to have "
                       "happened", "Take earlier months in, or look for what makes months so different.")  # fmt: skip
    elif ratio.within(region):
        why, change = ("if slower reporting loses acts for good, the ratio may be outside of what counts as none",
                       "Find out how many acts never get reported before and after the date.")  # fmt: skip
    else:
        why, change = ("that is too wide to tell a change from none", "Collect more reports, or wait for more months.")
    return Judged(verdict="not identified", reasons=(told, why), changes=(change,))


def refused(failed: Sequence[str]) -> Judged:
    """Not identified, because these checks fail."""
    told = [_FAILED[name] for name in failed]
    return Judged(verdict="not identified", reasons=tuple(why for why, _ in told), changes=tuple(to for _, to in told))
