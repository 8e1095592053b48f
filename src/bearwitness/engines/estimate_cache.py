"""Outcomes of strata that were estimated before, in a folder that the caller names; nothing is kept without one.

A file is named after the key of its task, and holds the outcome: the counts of a stratum and what the models said.
These are numbers of a sealed record, in the clear, readable by their owner alone; whoever names the folder decides
where such numbers may lie. A file that is not whole, or not of its task, is as good as none.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from bearwitness.errors import OutputError
from bearwitness.estimation.outcome import StratumOutcome
from bearwitness.estimation.outcome_values import outcome_from, outcome_values
from bearwitness.estimation.strata import StratumTask, task_key


class EstimateCache:
    """A folder of outcomes, shared by any number of processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, task: StratumTask) -> StratumOutcome | None:
        """The outcome that was kept for a task; None where there is none that can be trusted."""
        key = task_key(task)
        try:
            kept = json.loads(self._place(key).read_text(encoding="utf-8"))
            outcome = outcome_from(kept["outcome"])
            whole = kept["key"] == key and kept["sum"] == _sum(key, kept["outcome"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return outcome if whole and outcome.stratum == task.stratum else None

    def write(self, task: StratumTask, outcome: StratumOutcome) -> None:
        """Keep the outcome of a task: whole, or not at all.

        Raises
        ------
        OutputError
            The folder cannot be written to.
        """
        key, values = task_key(task), outcome_values(outcome)
        text = json.dumps({"key": key, "sum": _sum(key, values), "outcome": values}, allow_nan=False)
        place, temporary = self._place(key), ""
        try:
            for folder in (self._folder, place.parent):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Beside its place, for its owner only, under a name that no other process takes.
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=place.parent)
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, place)
            temporary = ""
        except OSError as error:
            raise OutputError("the folder for kept estimates cannot be written to.", where=str(self._folder),
                              hint="Name another folder, or estimate without one.") from error  # fmt: skip
        finally:
            if temporary:
                with suppress(OSError):
                    os.unlink(temporary)

    def _place(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _sum(key: str, values: Any) -> str:
    """What binds an outcome to its key, so that a file that was cut, altered or renamed is found out."""
    return sha256((key + json.dumps(values, sort_keys=True)).encode()).hexdigest()
