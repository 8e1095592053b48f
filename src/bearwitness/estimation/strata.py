"""A stratum as a piece of work: its table, what it is estimated by, and a key that names both.

A task is all that its outcome depends on. The same task has the same outcome to the last digit, in any order, beside
any others and on any machine of one kind; so its key may name the outcome wherever it is kept.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final

from bearwitness.errors import EstimationError
from bearwitness.estimation.lists import FEWEST_LISTS, MOST_LISTS, CaptureTable, capture_table, check_estimable
from bearwitness.estimation.outcome import Model, Reason, Refusal

# To be changed with anything that may change an outcome; what was kept under another one is not found again.
MODEL_VERSION: Final = "2"
MODELS: Final[tuple[Model, ...]] = ("latent_class", "uneven", "decomposable", "log_linear")
# Without a cap of its own a stratum may have so many times the acts that were seen; what comes near it is refused.
CAP_RATIO: Final = 21
# Doubles hold every whole number up to this one.
_MOST: Final = 2.0**53


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumTask:
    """One stratum and how to estimate it.

    Attributes
    ----------
    stratum : str
        Its id, by which a refusal names it.
    lists : tuple of str
        The ids of the independent channels.
    cells : tuple of (str, float)
        The acts of each pattern of lists, as of `capture_table`; they need not be in order, nor right.
    seed : int
        0 or more.
    level : float
        The probability of the interval.
    models : tuple of str
        Which models are asked.
    every_model : bool
        Ask all of them even where those asked so far leave no number to give. Among thousands of strata most are
        refused, and a model whose word changes nothing is then left out; its place has a refusal that says so.
    most : int, optional
        The cap on the number of acts, seen and unseen; 21 times the seen ones where None.
    classes : int
        The most latent classes.
    delta : float, optional
        How many acts the prior of decomposable models counts for each cell; one act for the whole table where None.
    replicates : int
        Tables drawn for the log-linear interval.

    Raises
    ------
    ValueError
        A setting is outside; what is wrong with the table is said by its outcome.
    """

    stratum: str
    lists: tuple[str, ...]
    cells: tuple[tuple[str, float | None], ...]
    seed: int
    level: float = 0.95
    models: tuple[Model, ...] = MODELS
    every_model: bool = True
    most: int | None = None
    classes: int = 10
    delta: float | None = None
    replicates: int = 1000

    def __post_init__(self) -> None:
        if not 0 < self.level < 1 or self.seed < 0:
            raise ValueError("a level is above 0 and below 1, and a seed 0 or more")
        if not self.models or not set(self.models) <= set(MODELS) or len(set(self.models)) != len(self.models):
            raise ValueError("models are some of latent_class, uneven, decomposable and log_linear, each once")


def task_of(table: CaptureTable, *, seed: int) -> StratumTask:
    """The task of a table, with every setting left as it is; `dataclasses.replace` changes them."""
    width = len(table.lists)
    cells = tuple((format(place, f"0{width}b"), float(count)) for place, count in enumerate(table.counts) if count)
    return StratumTask(stratum=table.stratum, lists=table.lists, cells=cells, seed=seed)


def task_key(task: StratumTask) -> str:
    """The SHA-256 of everything that a task's outcome depends on, in hexadecimal digits.

    Patterns may come in any order, and such without acts may be left out; any other difference makes another key.
    """
    content = asdict(task) | {"version": MODEL_VERSION}
    # What is no number has a text too, so that wrong tables have keys.
    content["cells"] = sorted([pattern, repr(value)] for pattern, value in _without_empty(task.cells))
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _without_empty(cells: tuple[tuple[str, float | None], ...]) -> list[tuple[str, float | None]]:
    return [(pattern, None if value is None else float(value)) for pattern, value in cells if value != 0]


def model_seed(task: StratumTask, model: Model) -> int:
    """A seed for one model in one stratum, so that no two share their luck."""
    text = f"{task.seed}\n{model}\n{task.stratum}"
    return int.from_bytes(sha256(text.encode()).digest()[:4])


def read_table(task: StratumTask) -> CaptureTable | Refusal:
    """The table of a task, or why no model may be asked of it.

    Returns
    -------
    CaptureTable or Refusal
        A table that `check_estimable` lets pass; otherwise a refusal, which names the stratum.
    """
    patterns = [pattern for pattern, _ in task.cells]
    if len(set(patterns)) != len(patterns):
        return Refusal(reason="unreadable", what=f"Stratum {task.stratum}: a pattern has two numbers.",
                       change="Give each pattern of lists once.")  # fmt: skip
    try:
        table = capture_table(task.stratum, task.lists, dict(task.cells))
    except EstimationError as error:
        few, many = len(task.lists) < FEWEST_LISTS, len(task.lists) > MOST_LISTS
        return refusal_of(error, "too_few_lists" if few else "not_estimable" if many else "unreadable")
    try:
        check_estimable(table)
    except EstimationError as error:
        return refusal_of(error, "not_estimable")
    return table


def refusal_of(error: EstimationError, reason: Reason, model: Model | None = None) -> Refusal:
    """An error of a table or a model as what is said of it."""
    return Refusal(reason=reason, what=error.message, change=error.hint, model=model)


def readable_cells(task: StratumTask) -> tuple[tuple[str, float], ...]:
    """The acts of each pattern that has any, in order; nothing where one cell or pattern is wrong."""
    width = len(task.lists)
    found: dict[str, float] = {}
    for pattern, value in task.cells:
        fits = len(pattern) == width and set(pattern) <= {"0", "1"} and pattern not in found
        if not fits or value is None or not (0 <= value <= _MOST) or value != int(value):
            return ()
        found[pattern] = float(value)
    return tuple(sorted((pattern, value) for pattern, value in found.items() if value))
