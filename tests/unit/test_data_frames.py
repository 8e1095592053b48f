from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bearwitness.data.load import load_adversary_specs, load_frame_specs, load_place_tree, load_vocabulary
from bearwitness.disclosure.adversaries import read_adversary
from bearwitness.disclosure.crowd import Constraint, Crowd
from bearwitness.disclosure.frames import Frame, Frames, draw_frames
from bearwitness.model.claims import ATTRIBUTES, KIN_LEAVES
from bearwitness.model.values import Codes, Days, Paths, ValueSet

ROOT = Path(__file__).resolve().parents[2]
SIBLINGS = frozenset(k for k in KIN_LEAVES if k.endswith(("brother", "sister")))


@pytest.fixture(scope="module")
def frames() -> Frames:
    return draw_frames(load_frame_specs(), np.random.default_rng(7))


@pytest.fixture(scope="module")
def _tools() -> None:
    if str(ROOT / "tools") not in sys.path:
        sys.path.insert(0, str(ROOT / "tools"))


def middle(frame: Frame, attribute: str, values: ValueSet) -> float:
    probability = frame.factor(((attribute, (values,)),))
    return float(np.median(probability))


def codes(*names: str) -> Codes:
    return Codes(frozenset(names))


def paths(*names: str) -> Paths:
    return Paths(frozenset(names))


def test_every_number_says_what_it_rests_on() -> None:
    """Every size and table names its source, whether it is counted, derived or assumed, and how uncertain it is."""
    for spec in load_frame_specs():
        for entry in (spec["size"], *spec["tables"].values()):
            assert entry["source"]
            assert entry["uncertainty"]
            assert entry["status"] in ("counted", "derived", "assumed")
        assert spec["sources"]
        assert all(a["name"] and a["why"] for a in spec["assumptions"])
        assert set(spec["tables"]) <= set(ATTRIBUTES)


def test_nothing_shipped_names_a_machine() -> None:
    """No data file names a path of the machine it was made on."""
    for name in (ROOT / "src/bearwitness/data").rglob("*.json"):
        text = name.read_text(encoding="utf-8")
        assert not any(word in text for word in ("/work/", "/home/", "find_string", "stored copy", "/tmp")), name


def test_every_code_has_households_in_every_frame(frames: Frames) -> None:
    """No place, occupation, kin, trait, route or act of the vocabulary fits nobody."""
    lists = load_vocabulary().lists
    for frame in frames.by_level:
        for path in load_place_tree().places:
            assert middle(frame, "home", paths(path)) > 1e-7, path
        for code in lists["occupation"]:
            assert middle(frame, "occupation", paths(code)) > 1e-6, code
        for name in ("kin", "trait"):
            for code in lists[name]:
                assert middle(frame, name, codes(code)) > 1e-4, code
        for count in range(1, 13):
            assert middle(frame, "count", codes(str(count))) > 1e-9
    for code in lists["route"]:
        assert middle(frames.at(1), "route", paths(code)) > 1e-5, code
    for code in lists["act"]:
        if code != "detention":
            assert middle(frames.at(2), "act", codes(code)) > 1e-3, code


def test_published_counts_come_back(frames: Frames) -> None:
    """Shares drawn from the frames have the published ones as their middle."""
    left = frames.at(1)
    assert middle(left, "home", paths("hambuk")) == pytest.approx(19145 / 31540, rel=0.02)
    assert middle(left, "home", paths("ryanggang")) == pytest.approx(5061 / 31540, rel=0.05)
    assert middle(left, "sex", codes("female")) == pytest.approx(24944 / 34538, rel=0.02)
    assert middle(left, "occupation", paths("dependant")) == pytest.approx(0.4483, rel=0.03)
    assert middle(frames.at(0), "surname", codes("김")) == pytest.approx(0.215, rel=0.03)
    assert middle(frames.at(0), "home", paths("pyongyang")) == pytest.approx(2_999_466 / 23_349_859, rel=0.03)


def test_what_nobody_counted_is_wide(frames: Frames) -> None:
    """The 95 % interval of an assumed share spans at least a factor of three, that of a counted one far less."""
    assumed = (
        (frames.at(1), "route", paths("china/visa_private")), (frames.at(2), "act", codes("raid")),
        (frames.at(1), "home", paths("pyongbuk/sinuiju")), (frames.at(1), "trait", codes("broker")),
        (frames.at(1), "occupation", paths("professional/health/nurse")),
        (frames.at(2), "act_date", Days.between(date(2024, 2, 1), date(2024, 2, 29))),
    )  # fmt: skip
    for frame, attribute, values in assumed:
        low, high = np.quantile(frame.factor(((attribute, (values,)),)), [0.025, 0.975])
        assert high / low > 3, attribute
    low, high = np.quantile(frames.at(1).factor((("sex", (codes("female"),)),)), [0.025, 0.975])
    assert high / low < 1.2
    assert np.quantile(frames.at(2).size, 0.975) / np.quantile(frames.at(2).size, 0.025) > 10


def test_frames_lie_within_one_another(frames: Frames) -> None:
    """In every draw those acted upon are at most those of people who left, and these at most the residents."""
    assert np.all(frames.at(2).size <= frames.at(1).size)
    assert np.all(frames.at(1).size <= frames.at(0).size)
    assert 10_000 < np.median(frames.at(1).size) < 60_000


def test_acts_are_denser_after_the_speech(frames: Frames) -> None:
    """A month after 15 January 2024 holds about twice the acts of a month of 2023."""
    acted = frames.at(2)
    before = middle(acted, "act_date", Days.between(date(2023, 4, 1), date(2023, 9, 30)))
    after = middle(acted, "act_date", Days.between(date(2024, 4, 1), date(2024, 9, 30)))
    assert after / before == pytest.approx(2.0, rel=0.15)


def test_women_left_later_than_men(frames: Frames) -> None:
    """Sex and year of leaving go together as counted: few women left before 1998, and most since 2005."""
    left = frames.at(1)
    early = (("departure", (Days.between(date(1990, 1, 1), date(1996, 12, 31)),)),)
    women = left.factor((*early, ("sex", (codes("female"),))))
    men = left.factor((*early, ("sex", (codes("male"),))))
    assert np.median(men) > 2 * np.median(women)


def persona(*said: tuple[str, ValueSet]) -> list[Constraint]:
    return [Constraint(a, "act1" if a == "act_date" else "left", v, 1.0, f"c{i}") for i, (a, v) in enumerate(said)]


def test_more_said_leaves_a_far_smaller_crowd(frames: Frames) -> None:
    """A border city, a visa, a raid and its date leave under a hundredth of what a province and a threat leave."""
    crowd = Crowd(frames, read_adversary(load_adversary_specs()[0]))
    status = ("status", codes("left"))
    close = crowd.others(persona(
        status, ("surname", codes("강")), ("home", paths("pyongbuk/sinuiju")), ("route", paths("china/visa_private")),
        ("act", codes("raid")), ("act", Codes(frozenset(f"detention/{k}" for k in SIBLINGS))),
        ("act_date", Days.between(date(2024, 1, 6), date(2024, 2, 5))), ("kin", Codes(SIBLINGS)),
    ))  # fmt: skip
    for surname, province in (("윤", "hambuk"), ("최", "ryanggang")):
        far = persona(status, ("surname", codes(surname)), ("home", paths(province)), ("act", codes("threat")))
        assert np.median(crowd.others(far)) > 100 * np.median(close)


def test_adversaries_check_what_frames_have_and_say_why(frames: Frames) -> None:
    """Each adversary's checks have a table, a reason and an error rate; its acts are terms; one is the strongest."""
    acts = set(load_vocabulary().lists["act"])
    specs = load_adversary_specs()
    for spec in specs:
        adversary = read_adversary(spec)
        assert adversary.id == spec["id"]
        assert set(spec["why"]) == set(adversary.checks)
        assert adversary.act_leaves <= acts
        assert set(adversary.labels) == {"en", "ko"}
        for attribute in set(adversary.checks) - {"status"}:
            assert frames.at(2).table(attribute)
    strongest, *others = (read_adversary(s) for s in specs)
    for other in others:
        assert set(other.checks) <= set(strongest.checks)
        assert other.act_leaves <= strongest.act_leaves
        assert other.capacity < strongest.capacity


@pytest.mark.usefixtures("_tools")
def test_the_page_is_what_the_files_say() -> None:
    """docs/explanation/frames.md is exactly what the data files generate."""
    from build_data import PAGE, build_page  # type: ignore[import-not-found]

    assert PAGE.read_text(encoding="utf-8") == build_page()


def test_the_page_names_every_table_and_assumption() -> None:
    """Nothing assumed is silent: every table and assumed number of the files stands on the page."""
    page = (ROOT / "docs/explanation/frames.md").read_text(encoding="utf-8")
    for spec in load_frame_specs():
        for a in spec["assumptions"]:
            assert f"| {a['name']} | {a['value']:g} | {a['why']} |" in page
        for attribute, table in spec["tables"].items():
            assert f"| {attribute} | " in page
            assert table["uncertainty"] in page


@pytest.mark.usefixtures("_tools")
def test_departures_keep_the_number_of_people() -> None:
    """Laying arrivals back by the lag loses nobody who arrived by the last year, and moves them only backward."""
    from data_build.departures import LAG_SHARES, LAST_YEAR, departures_by_year

    assert sum(LAG_SHARES.values()) == pytest.approx(1.0)
    found = departures_by_year({2010: 1000.0, 2011: 0.0})
    assert sum(n for year, n in found.items() if year <= 2010) == pytest.approx(1000.0)
    assert max(year for year, n in found.items() if n > 0) <= min(2010, LAST_YEAR)


@pytest.mark.usefixtures("_tools")
def test_births_follow_age_and_year_of_arrival() -> None:
    """Somebody of 20 to 29 who arrived in 2010 was born between 1981 and 1990."""
    from data_build.departures import births_by_cohort

    found = births_by_cohort({2010: 10.0}, {(20, 30): 5})
    assert found[1975] == pytest.approx(0.4)
    assert found[1985] == pytest.approx(0.6)
    assert sum(found.values()) == pytest.approx(1.0)


@pytest.mark.usefixtures("_tools")
def test_an_unknown_county_has_its_share_of_the_rest() -> None:
    """A county without a figure gets an equal share of what its province has beyond the others."""
    from data_build.homes import county_populations

    places = {
        "a": {"population": 100}, "a/x": {"population": 40}, "a/y": {"population": None}, "a/z": {"population": None},
    }  # fmt: skip
    assert county_populations(places) == {"a": {"x": 40, "y": 30.0, "z": 30.0}}


def test_frame_files_stay_small() -> None:
    """The frames hold a moderate number of cells, so that drawing them stays quick."""
    cells = sum(len(json.dumps(spec)) for spec in load_frame_specs())
    assert cells < 100_000
