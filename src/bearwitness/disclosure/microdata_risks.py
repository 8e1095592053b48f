"""How likely a record of a data set is found, by three kinds of attacker.

The *prosecutor* knows that somebody is in the data set, the *journalist* only that they are in the population it was
taken from, the *marketer* wants as many as possible and no one in particular. Suppressed records are not published and
are left out of all figures.

A household counts as found if any member is: :func:`household_prosecutor` gives the figures per household.

Notes
-----
El Emam (2013), "Guide to the De-Identification of Personal Health Information", chapter 16.
"""

from __future__ import annotations

import numpy as np

from bearwitness.disclosure.microdata import BoolArray, FloatArray, IntArray
from bearwitness.disclosure.microdata_classes import Classes
from bearwitness.model.dataset_plan import Risks


def prosecutor(class_sizes: IntArray, threshold: float) -> Risks:
    """Risks if the attacker knows who is in the data set: 1 over the size of the class.

    Parameters
    ----------
    class_sizes : int64 array of shape (classes,)
        Records of each published class.
    threshold : float
        The risk that a record may have, in (0, 1); 1/k asks for what k-anonymity does.
    """
    return journalist(class_sizes, class_sizes, threshold)


def journalist(class_sizes: IntArray, population_sizes: IntArray, threshold: float) -> Risks:
    """Risks if the attacker only knows the population: 1 over the size of the class in the population.

    Parameters
    ----------
    class_sizes, population_sizes : int64 arrays of shape (classes,)
        Records of each published class, in the data set and in the population that holds it.
    threshold : float
        The risk that a record may have, in (0, 1).

    Notes
    -----
    ``average`` is the larger of El Emam's two figures: the share found by picking records of the data set, and the
    share found by picking persons of the population who fit.
    """
    _check(class_sizes, population_sizes, threshold)
    risks = 1.0 / population_sizes
    records = float(class_sizes.sum())
    return Risks(
        at_risk=float(class_sizes[risks > threshold].sum()) / records,
        highest=float(risks.max()),
        average=max(float(class_sizes @ risks) / records, len(class_sizes) / float(population_sizes.sum())),
    )


def marketer(class_sizes: IntArray, population_sizes: IntArray) -> float:
    """The share of the records that is matched rightly if every record is matched with somebody who fits."""
    _check(class_sizes, population_sizes, 0.5)
    return float(class_sizes @ (1.0 / population_sizes)) / float(class_sizes.sum())


def household_prosecutor(classes: Classes, published: BoolArray, threshold: float) -> Risks:
    """Risks per household of the published classes, each member looked for among households, the worst one counting.

    Where the data knows no households every record is one.
    """
    sizes = classes.households[published]
    household = classes.data.household
    if household is None:
        return prosecutor(sizes, threshold)
    _check(sizes, sizes, threshold)
    owner, who, _ = classes.cells(household)
    shown = published[owner]
    worst: FloatArray = np.zeros(len(household.values))
    np.maximum.at(worst, who[shown], 1.0 / classes.households[owner[shown]])
    worst = worst[worst > 0.0]
    return Risks(at_risk=float((worst > threshold).mean()), highest=float(worst.max()), average=float(worst.mean()))


def _check(class_sizes: IntArray, population_sizes: IntArray, threshold: float) -> None:
    if not 0.0 < threshold < 1.0:
        raise ValueError("the threshold lies between 0 and 1")
    if not len(class_sizes) or int(class_sizes.min()) < 1:
        raise ValueError("there must be classes, and none of them empty")
    if class_sizes.shape != population_sizes.shape or bool((population_sizes < class_sizes).any()):
        raise ValueError("a population holds its sample: no class may be smaller there")
