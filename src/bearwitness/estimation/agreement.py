"""Whether the models of one stratum agree well enough for a number to be given, and which one that is.

A model that failed its own checks has no number, and the others may still make one. What is asked of them: the latent
classes and uneven visibility must both have a number, since only they let acts differ in how hard they are to see, by
kinds and by degrees. Where acts do differ, the other two agree with each other, both too low, so that their numbers
confirm nothing.

The number that is given has the widest interval: from the lowest end of all models to the highest. On simulated
tables of four lists (``tests/capture_worlds.py``, 40 of each kind, chosen on these and measured anew on others by
``bench/bench_coverage.py``) the interval at 95 % held the truth so often, where the models agreed within a factor of
two:

==================  =======================  =================  =========
acts                without uneven           uneven visibility  widest
                    visibility, the widest   alone              of all
==================  =======================  =================  =========
independent lists   37 of 40                 35 of 40           38 of 40
one dependent pair  39 of 40                 35 of 40           39 of 40
sparse overlaps     34 of 34                 13 of 40           34 of 34
two kinds of acts   20 of 40                 37 of 40           37 of 40
uneven visibility   28 of 40                 38 of 40           40 of 40
==================  =======================  =================  =========

No model is enough by itself, and where acts are unevenly visible those that take them as alike agree on too few. What
is given is still a number of acts that lists of this kind can reach: what no list could ever see leaves no trace.
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
# The models in which some acts are harder to see than others.
REQUIRED: Final[frozenset[Model]] = frozenset({"latent_class", "uneven"})

MODEL_NAMES: Final[dict[Model, str]] = {
    "latent_class": "the model of latent classes", "uneven": "the model of uneven visibility",
    "decomposable": "the average over graphs",
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
    if len(numbers) < FEWEST_MODELS or not {number.model for number in numbers} >= REQUIRED:
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
        without = " and ".join(MODEL_NAMES[m] for m in sorted(REQUIRED - {number.model for number in numbers}))
        what = f"there is no number by {without}, and the others do not allow for acts that are hard to see"
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
