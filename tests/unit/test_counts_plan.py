"""What may be printed of a table of counts: primary cells, differencing, accounts told before, rounding."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.disclosure.counts_accounts import accounts_of
from bearwitness.disclosure.counts_world import Rules
from bearwitness.documents.count_table_csv import read_count_sheet
from bearwitness.errors import TableError, UsageError
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, PersonaId
from bearwitness.model.codec import dump_ledger, load_case, load_ledger
from bearwitness.model.codec.context import Context
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.release.ledger import ledger_head
from bearwitness.services.counts import contributions_of, enter_table, figures_of, protect_counts

TREE, TERMS = load_place_tree(), load_vocabulary()
CONTEXT = Context(tree=TREE, vocabulary=TERMS)
DAY = date(2024, 3, 1)
ONE = Policy(adversaries=("state_security",))
WIDE = """place,households
*,900
pyongbuk,500
hambuk,400
"""


def sheet_of(text, as_of=None):
    return read_count_sheet(text, where="t.csv", context=CONTEXT, as_of=as_of)


def protect(text, ledger=None, *, as_of=None, release="new", **more):
    return protect_counts(sheet_of(text, as_of), None, ledger, ONE, release=release, **more)


def entered(text, *, as_of=None, figures=None, release="old"):
    sheet = sheet_of(text, as_of)
    shown = {c.id: c.count for c in sheet.table.cells} | (figures or {})
    return enter_table(None, sheet, shown, release=release, outlet="our site", published=DAY)


def test_wide_cells_with_many_households_are_printed():
    """Hundreds of households in whole provinces hide among each other: nothing is hidden."""
    found = protect(WIDE)
    assert found.safe
    assert not found.hide
    assert all(t.safe for t in found.told)


def test_a_cell_of_one_says_what_a_claim_says_and_is_hidden_with_another():
    """A small cell is primary by the household measure; a second cell and no total can be subtracted from."""
    found = protect("place,households\n*,900\npyongbuk,500\nhambuk,399\njagang,1\n")
    primary = {p.cell: p for p in found.primary}
    assert set(primary) == {"row-5"}
    assert {"household", "few"} <= set(primary["row-5"].why)
    assert found.safe
    assert found.proved
    assert len(found.hide) > 1
    interval = next(h for h in found.hidden if h.cell == "row-5")
    assert interval.low == 0
    assert interval.high is None or interval.high >= 3


def test_the_difference_of_two_days_is_a_cell_of_one():
    """One more household in a province since the table of last month: not printed, though the count is 501."""
    ledger = entered(WIDE, as_of=date(2024, 1, 31))
    later = WIDE.replace("900", "901").replace("500", "501")
    found = protect(later, ledger, as_of=date(2024, 2, 29))
    assert "row-3" in found.hide
    assert protect(later, as_of=date(2024, 2, 29)).hide == ()
    interval = next(h for h in found.hidden if h.cell == "row-3" and h.release == "new")
    assert interval.low == 500


def test_other_cut_points_isolate_what_lies_between():
    """All counties of a province but a few are printed beside the province: what is left holds one, and is not told."""
    ledger = entered(WIDE)
    county = sorted(p for p in TREE.places if p.startswith("hambuk/") and p.count("/") == 1)
    text = f"place,households\n{'|'.join(county[:-1])},399\npyongbuk,500\n"
    found = protect(text, ledger)
    assert "row-2" in found.hide
    assert protect(text).hide == ()


def test_a_cell_hidden_by_an_earlier_table_stays_hidden():
    """A new table may not fill the hole of an old one: what was hidden stays between nobody and the least."""
    old = "place,households\n*,900\npyongbuk,497\nhambuk,400\njagang,3\n"
    ledger = entered(old, figures={"row-4": None, "row-5": None})
    found = protect("place,households\npyongbuk,497\nhambuk,400\n", ledger)
    hole = next(h for h in found.hidden if (h.release, h.cell) == ("old", "row-5"))
    assert hole.low == 0
    assert hole.high >= 3
    assert "row-3" in found.hide


def test_tables_that_cannot_both_be_true_are_an_error():
    """A count that shrank since the earlier release is refused, with the release's id and no figure."""
    with pytest.raises(TableError, match="release old cannot all be true") as error:
        protect(WIDE.replace("900", "800").replace("500", "400"), entered(WIDE))
    assert "400" not in str(error.value)


def test_a_table_that_does_not_add_up_is_an_error():
    """A total that is not the sum of its cells is refused by its id."""
    with pytest.raises(TableError, match="row-2 is not the sum"):
        protect(WIDE.replace("900", "901"))


def test_an_empty_and_a_full_cell_are_reported():
    """Nobody in one province, everybody in the other: both tell something of each household, and are named."""
    found = protect("place,households\n*,900\npyongbuk,900\nhambuk,0\n")
    assert {(a.kind, a.cell, a.of) for a in found.attributes} == {("none", "row-4", "row-2"), ("all", "row-3", "row-2")}


def test_a_table_that_leaves_nothing_is_refused():
    """Where every cell would have to be hidden the table is not safe, and says so."""
    found = protect("place,month,households\n신의주시,2024-02,1\n")
    assert not found.safe
    assert "nothing_left" in found.notes


def test_rounded_figures_keep_their_sums_and_lie_within_the_base():
    """Each rounded figure is a multiple near its count, totals are the sums of their cells."""
    text = "place,households\n*,901\npyongbuk,501\nhambuk,400\n"
    found = protect(text, bases=(3, 5), rng=np.random.default_rng(1))
    counts = {c.id: c.count for c in sheet_of(text).table.cells}
    for rounded in found.rounded:
        figures = dict(rounded.figures)
        assert figures["row-2"] == figures["row-3"] + figures["row-4"]
        assert all(f % rounded.base == 0 and abs(f - counts[c]) < rounded.base for c, f in figures.items())
        assert all(h.low <= counts[h.cell] <= h.high for h in rounded.hidden)


def test_a_rounded_table_that_still_tells_is_not_safe():
    """Three households of a month in print are somebody, whatever the base; figures_of gives none of it out."""
    sheet = sheet_of("place,month,households\n*,*,900\npyongbuk,*,500\nhambuk,*,400\n"
                     "pyongbuk,2024-02,3\npyongbuk,2023,497\n")  # fmt: skip
    found = protect_counts(sheet, None, None, ONE, release="new", bases=(3,), rng=np.random.default_rng(2))
    rounded = found.rounded[0]
    assert not rounded.safe
    with pytest.raises(ValueError, match="not safe"):
        figures_of(sheet, found, base=3)


def test_alternatives_print_something_that_the_optimum_hides():
    """Other choices cost no less, and each leaves a cell in print that the better ones hide."""
    found = protect("place,households\n*,900\npyongbuk,300\nhambuk,300\nryanggang,299\njagang,1\n")
    assert found.alternatives
    hidden = [set(found.hide), *(set(c.cells) for c in found.alternatives)]
    assert all(c.cost >= found.cost for c in found.alternatives)
    assert all(not one <= other for i, one in enumerate(hidden) for other in hidden[i + 1 :])


def account(household, release, home, day, codes):
    claims = (
        Claim(id=ClaimId("c1"), persona=PersonaId("p"), attribute="home", values=Paths(frozenset({home})), says="",
              spans=(), origin="record"),
        Claim(id=ClaimId("c2"), persona=PersonaId("p"), attribute="act", values=Codes(frozenset(codes)), says="",
              spans=(), origin="record"),
        Claim(id=ClaimId("c3"), persona=PersonaId("p"), attribute="act_date", values=Days(((day, day + 9),)), says="",
              spans=(), origin="record", about="a1"),
    )  # fmt: skip
    persona = LedgerPersona(id=PersonaId("p"), household=HouseholdId(household), claims=claims)
    return LedgerEntry(id=release, outlet="x", published=DAY, title="", personas=(persona,))


def test_an_act_told_twice_is_one_account_and_two_acts_are_two():
    """What two releases tell of one act is taken together; on days that exclude each other they are two acts."""
    day = date(2024, 2, 1).toordinal()
    same = Ledger(entries=(account("h", "r1", "pyongbuk", day, {"raid"}),
                           account("h", "r2", "pyongbuk/sinuiju", day + 5, {"raid"})))  # fmt: skip
    (one,) = accounts_of(same, "acts")
    allows = dict(one.allows)
    assert allows["home"] == Paths(frozenset({"pyongbuk/sinuiju"}))
    assert allows["act_date"] == Days(((day + 5, day + 9),))
    other = Ledger(entries=(same.entries[0], account("h", "r2", "pyongbuk", day + 60, {"raid"})))
    assert len(accounts_of(other, "acts")) == 2
    assert len(accounts_of(other, "households")) == 1


CASE = load_case(worked_case_path("case.yaml").read_text(encoding="utf-8"), name="case", tree=TREE, vocabulary=TERMS)


def test_what_is_left_of_a_cell_is_measured_when_a_told_account_is_taken_away():
    """A cell of four, of which one account was told, holds three others; without the account it holds four."""
    text = "place,act,acts\n*,*,904\npyongbuk,*,504\nhambuk,*,400\npyongbuk,raid,4\npyongbuk,threat,500\n"
    told = account("h-ahn", "r1", "pyongbuk/sinuiju", date(2024, 2, 1).toordinal(), {"raid"})
    left = {}
    for name, ledger in (("told", Ledger(entries=(told,))), ("untold", Ledger())):
        found = protect_counts(sheet_of(text), CASE, ledger, ONE, release="new")
        left[name] = {p.cell: p.left for p in found.primary}["row-5"]
        assert found.accounts_counted == (name == "told")
    assert left == {"told": 3, "untold": 4}


def test_a_ledger_with_accounts_needs_the_case():
    """Without the record nobody knows whose accounts are counted: refused, as a draft would be."""
    with pytest.raises(UsageError, match="without a case"):
        protect(WIDE, Ledger(entries=(account("h", "r1", "pyongbuk", 738_000, {"raid"}),)))


def test_acts_of_the_record_are_found_in_their_smallest_cells():
    """An act with a known place and month stands in one cell for certain, one of a fuzzy month in several, perhaps."""
    text = "place,month,acts\n*,*,9\npyongbuk,2024-01,3\npyongbuk,2024-02,3\nhambuk,2024-01,2\nhambuk,2023-12,1\n"
    table = sheet_of(text).table
    found = contributions_of(CASE, [("new", table)])
    where = {}
    for (_, cell), ones in found.items():
        for one in ones:
            where.setdefault(str(one.act), {})[cell] = one.certain
    assert where["ahn-raid"] == {"row-4": True}
    assert set(where["lee-threat"]) == {"row-5", "row-6"}
    assert not any(where["lee-threat"].values())


def test_one_family_with_most_of_a_cell_dominates_it():
    """Two of two acts in a cell are one household's: hidden as dominated."""
    text = "place,month,acts\n*,*,900\npyongbuk,*,500\nhambuk,*,400\npyongbuk,2024-02,2\npyongbuk,2023,498\n"
    found = protect_counts(sheet_of(text), CASE, None, ONE, release="new", rules=Rules(least=1))
    assert "dominated" in {p.cell: p.why for p in found.primary}["row-5"]


def test_a_ledger_keeps_a_table_as_it_was_printed():
    """Written and read again the table is the same, and holds no hidden count."""
    ledger = entered(WIDE, as_of=date(2024, 1, 31), figures={"row-3": None})
    text = dump_ledger(ledger)
    assert load_ledger(text, name="l", tree=TREE, vocabulary=TERMS) == ledger
    assert "500" not in text
    assert replace(ledger.entries[0], table=None) != ledger.entries[0]


def test_a_ledger_without_tables_has_the_head_it_had_before_there_were_any():
    """An entry with no table hashes as if it had no such field; with one, every printed figure moves the head."""
    entry = LedgerEntry(id="r-1", outlet="x", published=DAY, title="", personas=())
    plain = json.dumps([["LedgerEntry", "r-1", "x", "2024-03-01", "", []]], ensure_ascii=False, sort_keys=True)
    assert ledger_head(Ledger(entries=(entry,))) == hashlib.sha256(plain.encode()).hexdigest()
    heads = {ledger_head(entered(WIDE, figures=f)) for f in ({}, {"row-3": None}, {"row-3": 501})}
    assert len(heads) == 3
    kept = replace(Ledger(entries=(entry,)), head=ledger_head(Ledger(entries=(entry,))))
    after = enter_table(
        kept, sheet_of(WIDE), {"row-2": 900, "row-3": 500, "row-4": 400}, release="t", outlet="x", published=DAY
    )
    assert after.head == ledger_head(after)
