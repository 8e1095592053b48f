"""A narrative measured against tables already published, in a world small enough to count by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import toy_worlds as toys

from bearwitness.disclosure.counts_regions import Domain
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.ladders import Ladders
from bearwitness.disclosure.ledger_index import index_ledger
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.plan import plan_changes
from bearwitness.disclosure.tables import Existence, Interval, Tree
from bearwitness.model.claims import HouseholdId
from bearwitness.model.counts import CountCell, CountTable
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import Codes, Days, Paths

FIRST = date(2023, 6, 1).toordinal()
MONTHS = {"june": (FIRST, FIRST + 29), "july": (FIRST + 30, FIRST + 59), "august": (FIRST + 60, FIRST + 89)}
PLACES = {name[-1]: Paths(frozenset({name})) for name in toys.HOMES}
TOWNS = Domain(below={"home": {
    "": ("north", "south"), "north": ("north/a", "north/b"), "south": ("south/c", "south/d"),
}})  # fmt: skip
RAID, THREAT = Codes(frozenset({"raid"})), Codes(frozenset({"threat"}))
SUMMER = Days(((FIRST, FIRST + 89),))


def days(*months):
    """The days of some months of the test, each of thirty."""
    return Days(tuple(MONTHS[m] for m in months))


# 1,200 other households of the innermost frame: a quarter in each town, a month as likely as another, and each kind of
# act done to half of them. A raid in one town in summer fits 150 others, in one month 50.
def world(checks=toys.CHECKS):
    """The crowd of the test, with one draw."""
    homes = Tree(toys.HOMES, np.full((1, 4), 0.25), np.array([0.1]))
    acted = {
        "home": homes,
        "act": Existence(("raid", "threat"), np.full((1, 1, 2), 0.5), np.ones((1, 1))),
        "act_date": Interval(np.array([FIRST, FIRST + 30, FIRST + 60, FIRST + 90]), np.full((1, 3), 1 / 3)),
    }
    frames = (
        Frame("residents", 0, np.array([1e6]), {"home": homes}), Frame("left", 1, np.array([1e4]), {"home": homes}),
        Frame("acted", 2, np.array([1201.0]), acted),
    )  # fmt: skip
    return Crowd(Frames(frames), toys.adversary(20, checks))


def told(home="a", act=RAID, when=SUMMER, prefix="c"):
    """What a narrative says of one act; what is None is not said."""
    found = []
    if home:
        found.append(toys.claim("home", PLACES[home], f"{prefix}-home"))
    if act:
        found.append(toys.claim("act", act, f"{prefix}-act"))
    if when:
        found.append(toys.claim("act_date", when, f"{prefix}-date", about=f"{prefix}-act"))
    return tuple(found)


def entry(name, published=date(2023, 11, 1), table=None, personas=()):
    """A release of the ledger."""
    return LedgerEntry(id=name, outlet="paper", published=published, title="", personas=personas, table=table)


def account(name, household, claims, published=date(2023, 9, 1)):
    """A narrative that was published before."""
    shown = LedgerPersona(id=f"{name}-p", household=HouseholdId(household), claims=claims)
    return entry(name, published, personas=(shown,))


def table(counts, unit="acts", as_of=date(2023, 10, 1), **more):
    """A table by town and month; ``*`` for all months."""
    homes = tuple(sorted({(h, PLACES[h]) for h, _ in counts if h != "*"}, key=lambda p: p[0]))
    months = tuple(sorted({(m, days(m)) for _, m in counts if m != "*"}, key=lambda p: p[0]))
    cells = tuple(CountCell(id=f"k{n}", at=at, count=c) for n, (at, c) in enumerate(counts.items()))
    return CountTable(
        unit=unit, dimensions=("home", "act_date"), cells=cells, values=(homes, months), as_of=as_of, **more
    )


def index(*entries):
    """A ledger with all the towns there are."""
    return index_ledger(Ledger(entries=entries), lambda: TOWNS)


def measured(claims, *entries, crowd=None):
    """The household of the draft, joined with a ledger."""
    household, = gather_households([toys.persona()], claims, index(*entries), Policy())
    return measure_household(household, crowd or world(), Policy())


def others(claims, *entries, crowd=None):
    """How many others fit what is told, joined."""
    return measured(claims, *entries, crowd=crowd).joined.candidates - 1.0


SHORT = table({("a", "june"): 1, ("a", "july"): 0, ("a", "august"): 0})


def test_a_table_says_in_which_month_an_act_told_of_a_summer_was():
    """One raid in June and none in July and August: a raid in summer is the one in June."""
    found = measured(told(), entry("t", table=SHORT))
    assert found.alone.candidates == pytest.approx(151.0)
    assert found.joined.candidates == pytest.approx(51.0)
    assert found.joined.upper > found.alone.upper
    assert found.costliest_release == "t"


def test_what_a_table_does_not_print_is_left_open():
    """Cells of June and July say nothing of August, nor of another town."""
    june = entry("t", table=table({("a", "june"): 1, ("a", "july"): 0}))
    assert others(told(), june) == pytest.approx(100.0)
    assert others(told(home="b"), june) == pytest.approx(150.0)


def test_a_place_said_vaguely_is_narrowed_to_the_town_that_has_a_case():
    """Of two towns of a province one has none: the other is meant."""
    draft = (toys.claim("home", Paths(frozenset({"north"})), "c-home"), *told(home=None))
    counts = {(h, m): int(h == "a") for h in "ab" for m in MONTHS}
    assert others(draft) == pytest.approx(300.0)
    assert others(draft, entry("t", table=table(counts))) == pytest.approx(150.0)


def test_a_cell_that_another_narrative_fills_is_excluded():
    """One raid in June and one in July, of which June's was told of another family: July is left."""
    both = entry("t", table=table({("a", "june"): 1, ("a", "july"): 1, ("a", "august"): 0}))
    june = account("r", "h2", told(when=days("june"), prefix="r"))
    assert others(told(), both) == pytest.approx(100.0)
    assert others(told(), both, june) == pytest.approx(50.0)
    assert others(told(when=days("june")), both) == pytest.approx(50.0)


def test_an_account_of_the_same_household_fills_no_cell():
    """What was told of it before may be the same act."""
    both = entry("t", table=table({("a", "june"): 1, ("a", "july"): 1, ("a", "august"): 0}))
    june = account("r", "h1", told(when=days("june"), prefix="r"))
    alone = others(told(), june)
    assert others(told(), both, june) == pytest.approx(alone * 2 / 3)


def test_a_narrative_published_after_the_day_of_the_table_fills_nothing():
    """It may have been recorded later, and then it is not in the table."""
    both = entry("t", table=table({("a", "june"): 1, ("a", "july"): 1, ("a", "august"): 0}))
    later = account("r", "h2", told(when=days("june"), prefix="r"), date(2023, 10, 20))
    assert others(told(), both, later) == pytest.approx(100.0)


def test_a_hidden_cell_can_hold_the_act_unless_the_sums_say_no():
    """A hidden July is open by itself, and closed where the total leaves nothing for it."""
    hidden = {("a", "june"): 1, ("a", "july"): None, ("a", "august"): 0}
    assert others(told(), entry("t", table=table(hidden))) == pytest.approx(100.0)
    full = {("a", "*"): 1, **hidden}
    assert others(told(), entry("t", table=table(full))) == pytest.approx(50.0)


def test_a_rounded_cell_can_hold_what_its_figure_allows():
    """Rounded to 3, a printed 0 may be 2: nothing is excluded, until accounts fill all that it may hold."""
    counts = {("a", "june"): 3, ("a", "july"): 0, ("a", "august"): 0}
    rounded = entry("t", table=table(counts, rounded_to=3))
    assert others(told(), rounded) == pytest.approx(150.0)
    july = [account(f"r{n}", f"h{n}", told(when=days("july"), prefix=f"r{n}")) for n in (2, 3)]
    assert others(told(), rounded, july[0]) == pytest.approx(150.0)
    assert others(told(), rounded, *july) == pytest.approx(100.0)


def test_an_act_that_no_cell_can_hold_was_not_counted():
    """A draft of July against a table without July: no error, no narrowing, and the contradiction is known."""
    printed = entry("t", table=SHORT)
    draft = told(when=days("july"))
    household, = gather_households([toys.persona()], draft, index(printed), Policy())
    assert household.tables.contradicts(household.told)
    assert others(draft, printed) == pytest.approx(50.0)
    summer, = gather_households([toys.persona()], told(), index(printed), Policy())
    assert not summer.tables.contradicts(summer.told)


def test_an_act_after_the_day_of_the_table_contradicts_nothing():
    """What happened later cannot be in it, whatever its cells say."""
    early = entry("t", table=table({("a", "june"): 0, ("a", "august"): 0, ("a", "july"): 0}, as_of=date(2023, 6, 20)))
    household, = gather_households([toys.persona()], told(when=days("july")), index(early), Policy())
    assert not household.tables.contradicts(household.told)
    assert others(told(when=days("july")), early) == pytest.approx(50.0)


def test_where_a_later_table_counts_more_the_worse_of_both_counts():
    """Recorded by October only June had one; by December July too: the smaller crowd counts."""
    second = entry("u", date(2023, 12, 20), replace(SHORT, as_of=date(2023, 12, 1), cells=(
        replace(SHORT.cells[0], count=1), replace(SHORT.cells[1], count=2), replace(SHORT.cells[2], count=0),
    )))  # fmt: skip
    assert others(told(), entry("t", table=SHORT), second) == pytest.approx(50.0)
    assert others(told(), second) == pytest.approx(100.0)


def test_a_table_of_households_tells_as_well():
    """Families are counted once, in the cell of one of their acts."""
    families = entry("t", table=replace(SHORT, unit="households"))
    assert others(told(), families) == pytest.approx(50.0)


def test_a_table_of_acts_and_one_of_households_tell_more_together():
    """One leaves June and July, the other July and August: together July."""
    acts = entry("t", table=table({("a", "june"): 1, ("a", "july"): 1, ("a", "august"): 0}))
    families = entry("u", table=table({("a", "june"): 0, ("a", "july"): 1, ("a", "august"): 1}, unit="households"))
    assert others(told(), acts) == pytest.approx(100.0)
    assert others(told(), acts, families) == pytest.approx(50.0)


def test_the_kind_of_act_is_narrowed_too():
    """A raid or a threat, and the table has only threats."""
    kinds = (("raid", RAID), ("threat", THREAT))
    cells = tuple(CountCell(id=k, at=("a", k), count=n) for k, n in (("raid", 0), ("threat", 2)))
    counted = CountTable(
        unit="acts", dimensions=("home", "act"), cells=cells, values=((("a", PLACES["a"]),), kinds),
        as_of=date(2023, 10, 1),
    )  # fmt: skip
    either = Codes(frozenset({"raid", "threat"}))
    # Three of four households have suffered one of the two.
    assert others(told(act=either)) == pytest.approx(225.0)
    assert others(told(act=either), entry("t", table=counted)) == pytest.approx(150.0)


def test_what_the_adversary_cannot_check_still_tells_which_cell_is_meant():
    """One that has no log of acts reads in the table in which town the act was."""
    draft = (toys.claim("home", Paths(frozenset({"north"})), "c-home"), *told(home=None))
    counts = {(h, m): int(h == "a") for h in "ab" for m in MONTHS}
    crowd = world(checks=("home", "act_date"))
    assert others(draft, crowd=crowd) == pytest.approx(600.0)
    assert others(draft, entry("t", table=table(counts)), crowd=crowd) == pytest.approx(300.0)


def test_of_a_household_of_which_no_act_is_told_a_table_tells_nothing():
    """Where somebody comes from puts nobody into a cell."""
    household, = gather_households(
        [toys.persona()], told(act=None, when=None), index(entry("t", table=SHORT)), Policy()
    )
    assert household.tables is None


def test_tables_that_cannot_both_be_true_are_read_apart():
    """Nothing raises, and the one that tells more counts."""
    other = entry("u", table=table({("a", "june"): 0, ("a", "july"): 1, ("a", "august"): 1}))
    assert others(told(), entry("t", table=SHORT), other) == pytest.approx(50.0)


def test_a_table_that_does_not_add_up_is_said_not_to_be_read():
    """Its own cells contradict each other: no error, no narrowing."""
    wrong = entry("t", table=table({("a", "*"): 0, ("a", "june"): 1, ("a", "july"): 0, ("a", "august"): 0}))
    household, = gather_households([toys.persona()], told(), index(wrong), Policy())
    assert others(told(), wrong) == pytest.approx(150.0)
    assert index(wrong).tables.unread() == {"t"}
    assert household.tables is not None


def test_vaguer_words_that_read_as_if_they_had_been_counted_are_not_taken_for_safer():
    """A draft of July that the table excludes: "in summer" would point at June, so the plan is checked, not proved."""
    draft, printed = told(when=days("july")), index(entry("t", table=SHORT))
    policy = Policy(threshold=0.25, keep=frozenset())
    household, = gather_households([toys.persona()], draft, printed, policy)
    plan = plan_changes(
        [household], [world()], policy, Ladders(regions={}, acts=frozenset({"raid", "threat"})), [[c.id] for c in draft]
    )
    assert not any(d.is_monotone for d in plan.demands)
    assert plan.solution.possible
    assert not plan.solution.proved
    chosen = plan.chosen()
    said = tuple(replace(c, values=chosen[c.id].values) for c in draft if chosen[c.id].values is not None)
    again, = gather_households([toys.persona()], said, printed, policy)
    assert measure_household(again, world(), policy).safe
