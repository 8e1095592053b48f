"""The long proofs in full size; results go to docs/proofs with date, seed and machine."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "attack"), str(ROOT / "bench")]

import numpy as np  # noqa: E402
from measuring import machine  # noqa: E402
from scipy.stats import binom  # noqa: E402
from test_calibration import campaign, deciles  # noqa: E402

SEEDS = (1001, 1002, 1003, 1004)
ATTACKED = 5000
HEAD = """# Calibration by attack

An attacker that shares no code with the model searches a simulated register of households. Predicted: the mean of the
model's pursuit risk in a decile. Achieved: the share of attacked households that were among those pursued. The band is
the binomial 95 % interval around the prediction. Correlated attributes (sex with age and year of leaving) are part of
the worlds. Written by `python3 dev.py prove`.
"""


def calibration_table(title: str, *, linked: bool, errors: float) -> tuple[str, int]:
    """A table of deciles over several worlds, and how many deciles lie outside the band."""
    campaigns = [campaign(s, linked=linked, errors=errors, attacked=ATTACKED) for s in SEEDS]
    predicted, hit = (np.concatenate(part) for part in zip(*campaigns, strict=True))
    rows, outside = [], 0
    for number, mean, successes in deciles(predicted, hit):
        low, high = binom.interval(0.95, number, mean)
        inside = low <= successes <= high
        outside += not inside
        word = "inside" if inside else ("below" if successes < low else "ABOVE")
        rows.append(
            f"| {mean:.4f} | {successes / number:.4f} | {low / number:.4f} to {high / number:.4f} | {word} |"
        )
    head = "| predicted | achieved | band | |\n| --- | --- | --- | --- |"
    return "\n".join([f"## {title}", "", f"{len(predicted):,} households attacked.", "", head, *rows, ""]), outside


def main() -> None:
    """Run and publish."""
    parts = [HEAD, f"{datetime.now(UTC).date().isoformat()}, seeds {SEEDS}, {machine()}\n"]
    for title, linked, errors in (
        ("One release", False, 0.0),
        ("Two linked releases", True, 0.0),
        ("One release, 20 % of records missing", False, 0.2),
    ):
        table, outside = calibration_table(title, linked=linked, errors=errors)
        parts.append(table)
        print(f"{title}: {outside} of 10 deciles outside the 95 % band", flush=True)
    target = ROOT / "docs" / "proofs" / "calibration.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), encoding="utf-8")
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
