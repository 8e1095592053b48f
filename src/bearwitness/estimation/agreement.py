"""Whether the models of one stratum agree well enough for a number to be given, and which one that is.

A model that failed its own checks has no number, and the others may still make one. Two things are asked of them. Two
models at least must have a number: none can be checked from inside. And the latent classes must be one of them, since
only they let acts differ in how hard they are to see. Where acts do differ, the other two agree with each other, both
too low, so that two numbers without the latent classes confirm nothing.

The number that is given has the widest interval: from the lowest end of all models to the highest. Simulated tables
of four lists (``tests/capture_worlds.py``, 58 to 60 of each kind, before anything is refused, latent classes by four
plain chains) had the truth in the interval at 95 % so often:

==================  ==============  ==========  ==========  ======
acts                latent classes  graphs      log-linear  widest
==================  ==============  ==========  ==========  ======
independent lists   60 of 60        60          59          60
one dependent pair  55 of 58        57 of 60    56          58
sparse overlaps     56 of 59        56 of 60    56          57
two kinds of acts   30 of 60        13          12          30
uneven visibility   36 of 59        27 of 60    17          38
==================  ==============  ==========  ==========  ======

Hence the widest, and not the latent classes alone. In the last two kinds no choice among these models is enough: that
all lists miss the same acts alike cannot be told from a table, and the models then agree on numbers that are too low;
in nine of ten of these tables the truth is less than 4 % above the upper end. What is given is a number of acts that
lists of this kind can reach, and where some acts are hidden from all of them a lower one than the truth; whoever shows
it has to say so. ``bench/bench_coverage.py`` measures it in full, refusals included.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Final

from scipy.special import ndtri

from bearwitness.estimation.outcome import Check, Model, ModelNumber, Refusal

# Past this the number is that of whoever chose the model.
MOST_RATIO: Final = 2.0
FEWEST_MODELS: Final = 2
# The only model in which some acts are harder to see than others.
REQUIRED: Final[Model] = "latent_class"

MODEL_NAMES: Final[dict[Model, str]] = {
    "latent_class": "the model of latent classes", "decomposable": "the average over graphs",
    "log_linear": "the log-linear model", "pooled": "all models together",
}  # fmt: skip


def agree(stratum: str, numbers: Sequence[ModelNumber], *, level: float) -> ModelNumber | Refusal:
    """Give one number for several models', or say why none may be.

    Parameters
    ----------
    stratum : str
        Its id, for a refusal.
    numbers : sequence of ModelNumber
        Those of the models that gave one, at one level.
    level : float
        The probability of the interval.

    Returns
    -------
    ModelNumber or Refusal
        The number that is given, or a refusal of all models.
    """
    if len(numbers) < FEWEST_MODELS or not any(number.model == REQUIRED for number in numbers):
        return _unconfirmed(stratum, numbers)
    ratio = spread_ratio(numbers)
    if ratio > MOST_RATIO:
        return disagreement(stratum, ratio)
    checks = (
        Check(name="models", value=float(len(numbers)), limit=float(FEWEST_MODELS), least=True),
        Check(name="models_ratio", value=ratio, limit=MOST_RATIO),
    )
    return widest(numbers, level=level, checks=checks)


def spread_ratio(numbers: Sequence[ModelNumber]) -> float:
    """The largest median over the smallest."""
    medians = [number.median for number in numbers]
    return max(medians) / min(medians)


def disagreement(stratum: str, ratio: float) -> Refusal:
    """The refusal of all models because their numbers differ so many times."""
    return Refusal(
        reason="models_disagree",
        what=f"Stratum {stratum}: the models' numbers differ {ratio:.1f} times; the lists do not say which holds.",
        change="A channel that does not depend on the others, or strata whose acts are more alike.",
    )


def _unconfirmed(stratum: str, numbers: Sequence[ModelNumber]) -> Refusal:
    change = "What each model asks for; mostly more acts on two and three lists at once, or fewer and larger strata."
    if len(numbers) >= FEWEST_MODELS:
        what = "the model of latent classes has no number, and the others do not allow for acts that are hard to see"
    elif numbers:
        what = f"only {MODEL_NAMES[numbers[0].model]} has a number, and no other confirms it"
    else:
        what = "no model has a number"
    return Refusal(reason="too_few_models", what=f"Stratum {stratum}: {what}.", change=change)


def widest(numbers: Sequence[ModelNumber], *, level: float, checks: tuple[Check, ...] = ()) -> ModelNumber:
    """The number whose interval holds those of all models; its middle is the geometric mean of theirs.

    Parameters
    ----------
    numbers : sequence of ModelNumber
        At one level.
    level : float
        The probability of the interval.
    checks : tuple of Check
        To be kept with the number.

    Raises
    ------
    ValueError
        There is no number, one has another level, or its ends are out of order.
    """
    if not numbers or any(number.level != level for number in numbers):
        raise ValueError("numbers that are put together have one level")
    if any(not 0 < number.low <= number.median <= number.high for number in numbers):
        raise ValueError("a number lies between its ends, and these are above 0")
    low, high = min(number.low for number in numbers), max(number.high for number in numbers)
    middle = exp(sum(log(number.median) for number in numbers) / len(numbers))
    return ModelNumber(
        # Rounding must not put the middle outside.
        model="pooled", low=low, median=min(max(middle, low), high), high=high, level=level,
        log_spread=log(high / low) / (2 * float(ndtri((1 + level) / 2))), checks=checks,
    )  # fmt: skip
