"""Known answers 7 to 9 of the text design: what wording leaves of a small register, in both languages."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bearwitness.disclosure.adversaries import Adversary
from bearwitness.disclosure.crowd import Crowd
from bearwitness.disclosure.frames import Frame, Frames
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.disclosure.measure import measure_household
from bearwitness.disclosure.tables import Categorical, Interval, Tree
from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.records import Case, Household, Kin, Name, Person
from bearwitness.services.world import load_world
from bearwitness.text.reading import read_draft

HOMES = ("pyongbuk/sinuiju", "ryanggang/hyesan")
WORK = ("professional/health/nurse", "professional/health/doctor", "farming")
YEARS = (2017, 2018, 2019)
POLICY = Policy(threshold=0.2)


def register(size, *, homes, work, years, surnames=(1, 1)):
    """A register of households whose shares are those of whole counts, and an adversary that holds all of it."""

    def shares(counts):
        return (np.array(counts) / sum(counts))[None, :]

    edges = np.array([date(y, 1, 1).toordinal() for y in (*YEARS, YEARS[-1] + 1)])
    tables = {
        "home": Tree(HOMES, shares(homes), np.array([0.0])),
        "occupation": Tree(WORK, shares(work), np.array([0.0])),
        "surname": Categorical(("최", "김"), shares(surnames)),
        "departure": Interval(edges, shares(years)),
    }
    count = np.array([float(size)])
    frames = Frames(tuple(Frame(n, level, count, dict(tables)) for level, n in enumerate(("residents", "left", "acted"))))  # noqa: E501
    checks = dict.fromkeys(("home", "occupation", "surname", "departure"), 0.0)
    adversary = Adversary(id="register", capacity=1, checks=checks, act_leaves=frozenset(), labels={"en": "register"})
    return Crowd(frames, adversary)


def households(draft, ledger=None, case=None):
    """The households that a draft shows."""
    reading = read_draft(draft, world=load_world(), case=case, published=date(2020, 1, 15))
    assert reading.unresolved == ()
    return gather_households(reading.personas, reading.claims, ledger or Ledger(), POLICY, draft)


def measured(draft, crowd, **more):
    """The one household that a draft shows, before the register."""
    (household,) = households(draft, **more)
    return measure_household(household, crowd, POLICY)


# Twenty households: twelve of them from Sinuiju, five of them a nurse's, a third of them left in 2018.
TWENTY = register(20, homes=(3, 2), work=(1, 1, 2), years=(1, 1, 1))


@pytest.mark.parametrize(
    ("draft", "others", "safe"),
    [
        ("Choe, a nurse from Sinuiju, left.", 19 * 3 / 20, False),
        ("Choe, a nurse from Sinuiju, left in 2018.", 19 * 1 / 20, False),
        ("Choe, a health worker, left.", 19 * 10 / 20, True),
        ("신의주 출신의 간호사 최 씨가 북한을 떠났다.", 19 * 3 / 20, False),
        ("2018년에 북한을 떠난 신의주 출신의 간호사 최 씨가 말했다.", 19 * 1 / 20, False),
        ("보건 일꾼 최 씨가 북한을 떠났다.", 19 * 10 / 20, True),
    ],
)  # fmt: skip
def test_7_what_wording_leaves_of_a_register_of_twenty(draft, others, safe):
    """Three nurses of Sinuiju, one of them who left in 2018: blocked; a health worker, ten: passes."""
    crowd = register(20, homes=(3, 2), work=(1, 1, 2), years=(1, 1, 1), surnames=(1, 0))
    found = measured(draft, crowd)
    assert found.alone.candidates == pytest.approx(1 + others)
    assert found.safe is safe


DRAFTS = {
    "en": ("Choe, a nurse, left in 2018.", "Choe, who is from Sinuiju, left."),
    "ko": ("2018년에 북한을 떠난 간호사 최 씨가 말했다.", "신의주 출신의 최 씨가 북한을 떠났다."),
}
PERSON = Person(
    id="choe", household="h", names=(Name(text="최경호"),), sex="male", home="pyongbuk/sinuiju",
    occupation="professional/health/nurse", departure=parse_edtf("2018"),
)  # fmt: skip
CASE = Case(id="case", persons=(PERSON,), households=(Household(id="h"),))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_8_two_releases_each_leave_enough_and_together_too_few(language, order):
    """The second is blocked once the first is in the ledger, in either order; without the ledger each passes."""
    crowd = register(49, homes=(1, 6), work=(1, 1, 1), years=(3, 3, 1), surnames=(1, 0))
    first, second = (DRAFTS[language][i] for i in order)
    alone = [measured(d, crowd, case=CASE) for d in (first, second)]
    assert all(r.safe and r.alone.candidates > 6 for r in alone)
    reading = read_draft(first, world=load_world(), case=CASE, published=date(2020, 1, 15))
    entry = LedgerEntry(
        id="first", outlet="o", published=date(2020, 1, 15), title="",
        personas=(LedgerPersona(id="p1", household="h", claims=reading.claims),),
    )  # fmt: skip
    joined = measured(second, crowd, ledger=Ledger(entries=(entry,)), case=CASE)
    assert joined.alone.candidates > 6
    assert joined.joined.candidates < 3
    assert not joined.safe


@pytest.mark.parametrize(
    "draft", ["Choe Kyong Ho, a nurse from Sinuiju, left in 2018.", "2018년에 북한을 떠난 신의주 출신의 간호사 최경호 씨가 말했다."]  # noqa: E501
)
def test_9_hiding_the_sister_and_leaving_the_brother_alone_in_his_set_is_blocked(draft):
    """Both are of one household: what singles him out finds her."""
    sister = Person(
        id="sister", household="h", names=(Name(text="최은심"),), sex="female", home="pyongbuk/sinuiju",
        kin=(Kin(relation="elder_sister", of="choe"),),
    )  # fmt: skip
    case = replace(CASE, persons=(PERSON, sister))
    reading = read_draft(draft, world=load_world(), case=case, published=date(2020, 1, 15))
    (household,) = gather_households(reading.personas, reading.claims, Ledger(), POLICY, draft)
    assert household.id == "h"
    assert not measure_household(household, TWENTY, POLICY).safe
