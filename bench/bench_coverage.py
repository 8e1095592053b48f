"""Coverage in full: of 500 invented worlds in each of five scenarios, how many intervals at 95 % have the truth.

The seed was set before the first run. The first word, where there is one, is a folder in which outcomes are kept: a
run that was stopped goes on where it was. The second is the number of worlds in each scenario, where not 500.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests")]

from coverage_campaign import SEED, ScenarioCoverage, prove_coverage  # noqa: E402
from measuring import record  # noqa: E402

from bearwitness.engines.estimate_cache import EstimateCache  # noqa: E402

WORLDS = 500
LEAST, MOST = 0.93, 0.97


def shown(found: ScenarioCoverage) -> str:
    """One scenario in a line for each of the given number, the models, and the reasons for none."""
    lines = [f"{found.scenario}:"]
    for name, covered in (("given", found.given), *found.by_model.items()):
        lines.append(
            f"  {name:13} {covered.holding} of {covered.given} have the truth ({covered.share:.1%}; {covered.too_low} "
            f"end below it, {covered.too_high} begin above), {covered.refused:.1%} refused"
        )
    lines += [f"  {reason}: {number}" for reason, number in found.reasons.most_common()]
    return "\n".join(lines)


def publish(found: list[ScenarioCoverage]) -> None:
    """Keep the figure: reached where every scenario in which a number was given is within 93 to 97 %."""
    record(
        "coverage", what=f"intervals of given numbers, {found[0].given.worlds} worlds in each of five scenarios",
        asked="93-97 % have the truth, 500 worlds each; the share refused is said",
        measured="; ".join(f"{x.scenario} {x.given.share:.1%} ({x.given.refused:.0%} refused)" for x in found),
        reached=all(LEAST <= x.given.share <= MOST for x in found if x.given.given)
        and any(x.given.given for x in found) and found[0].given.worlds >= WORLDS,
        seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    words = sys.argv[1:]
    found = prove_coverage(
        worlds=int(words[1]) if words[1:] else WORLDS, cache=EstimateCache(Path(words[0])) if words else None
    )
    print("\n".join(map(shown, found)), flush=True)
    publish(found)
