"""A workbench: one draft against a ledger of 1,000 releases and 2,000 protected households, then one changed claim."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from large_case import HOMES, LATIN, TOWNS, large_case, large_ledger
from measuring import best_of, record

from bearwitness.model.records import Case
from bearwitness.model.values import Paths
from bearwitness.services.inputs import Inputs, read_inputs
from bearwitness.services.workbench import set_up
from bearwitness.text.romanisation_systems import romanise

SEED = 7
HOUSEHOLDS = 2000
RELEASES = 1000
SHOWN = 20
FILLER = (
    "The families say that nothing has been the same since the winter. Neighbours look away when the officers come, "
    "and nobody speaks about it afterwards."
)


def draft_about(case: Case, rng: random.Random) -> str:
    """A text of about 1,200 words that names twenty of those who left, each with town, year and a raid."""
    leavers = [p for p in case.persons if p.departure is not None]
    paragraphs = []
    for person in rng.sample(leavers, SHOWN):
        name = person.names[0].text
        given = "-".join(romanise(syllable, "rr") for syllable in name[1:])
        town = TOWNS[HOMES.index(person.home or HOMES[0])]
        words = f"{LATIN[name[0]]} {given.capitalize()}"
        assert person.departure is not None
        paragraphs.append(
            f"{words}, from {town}, left the country in {person.departure.written}. Officers of the Ministry of State"
            f" Security raided the family home, {words} said. {FILLER}"
        )
    return "\n\n".join(paragraphs) + "\n"


def inputs_of(root: Path) -> Inputs:
    """Case, ledger and draft, as files that a command reads."""
    rng = random.Random(SEED)
    case, _ = large_case(rng, 4 * HOUSEHOLDS)
    (root / "case.yaml").write_text(case, encoding="utf-8")
    (root / "ledger.yaml").write_text(large_ledger(rng, RELEASES, HOUSEHOLDS), encoding="utf-8")
    read = read_inputs(None, case=root / "case.yaml")
    assert read.case is not None
    (root / "draft.txt").write_text(draft_about(read.case, rng), encoding="utf-8")
    return read_inputs(root / "draft.txt", case=root / "case.yaml", ledger=root / "ledger.yaml")


def main() -> None:
    """The whole draft warm, and one claim of it said less exactly."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = inputs_of(Path(folder))
    bench = set_up(inputs.case, inputs.ledger)
    found = bench.assess(inputs.draft)
    _, seconds = best_of(lambda: bench.assess(inputs.draft), times=7)
    homes = [c for c in found.claims if c.attribute == "home" and isinstance(c.values, Paths)]
    assert homes

    def change() -> None:
        # Another claim each time, so that nothing is remembered from the time before.
        claim = homes[change_at[0] % len(homes)]
        change_at[0] += 1
        province = Paths(frozenset(p.split("/")[0] for p in claim.values.paths))  # type: ignore[union-attr]
        bench.what_if(found, {claim.id: province})

    change_at = [0]
    _, changed = best_of(change, times=9)
    shown = len({r.household for r in found.households})
    record(
        "workbench", what=f"one draft against {RELEASES:,} releases and {HOUSEHOLDS:,} protected households, warm",
        asked="under 300 ms, and under 50 ms for a change of one claim",
        measured=f"{seconds * 1e3:.0f} ms ({shown} households shown), {changed * 1e3:.0f} ms",
        reached=seconds < 0.3 and changed < 0.05, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    main()
