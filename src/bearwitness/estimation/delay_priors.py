"""What the delay model believes before it sees a report."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayPriors:
    """All that is believed beforehand, but of the tail; the same for each channel.

    Scales have log-normal priors, given by their medians; ``spread`` is the standard deviation of the logarithms of
    ``swing`` and ``burst``, ``shape_spread`` that of the three of delays, of which a handful of channels tells little.
    They are kept off zero, for no channel is just like another and no month like the next.

    ``acts`` is the median number of acts a month, ``acts_spread`` the standard deviation of its logarithm. ``swing`` is
    the scale of how much months differ (in the logarithm); ``memory_stay`` and ``memory_leave`` make the beta prior of
    the correlation of a month with the next. ``clumping`` is the extra variance over the mean (1: twice that of
    independent acts), and ``clumping_spread`` the standard deviation of its logarithm.

    ``delay_start`` is the log-odds that an act is reported in its own month, give or take 1. Scales, all of log-odds:
    ``delay_step`` of the change from a delay to the next, ``channel_apart`` of how much channels differ,
    ``channel_step`` of how much that difference changes, ``burst`` of effects of the month of the report. These have a
    logistic distribution, of tails heavier than the normal's.
    """

    acts: float = 10.0
    acts_spread: float = 1.5
    swing: float = 0.4
    memory_stay: float = 4.0
    memory_leave: float = 2.0
    clumping: float = 0.5
    clumping_spread: float = 0.8
    delay_start: float = -1.0
    delay_step: float = 0.3
    channel_apart: float = 0.7
    channel_step: float = 0.15
    burst: float = 0.7
    spread: float = 0.6
    shape_spread: float = 0.35

    def __post_init__(self) -> None:
        for field in fields(self):
            least = float("-inf") if field.name == "delay_start" else 0.0
            if not least < getattr(self, field.name) < float("inf"):
                raise ValueError(f"{field.name} is out of range")


@dataclass(frozen=True, slots=True, kw_only=True)
class TailPrior:
    """What the caller believes of the share of acts that come later than the longest delay: Beta(late, in_time).

    No report can tell of it, so it is asked for and printed with the result. Beta(1, 19) says about 5 %, and less than
    15 % with a chance of 95 %.
    """

    late: float
    in_time: float

    def __post_init__(self) -> None:
        if not (0 < self.late < float("inf") and 0 < self.in_time < float("inf")):
            raise ValueError("both parameters of the tail's prior must be above 0")

    @property
    def mean(self) -> float:
        """The expected share."""
        return self.late / (self.late + self.in_time)
