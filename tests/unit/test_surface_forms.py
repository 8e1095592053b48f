"""The record's forms are found where they stand, in whatever way they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Decision, Decisions
from bearwitness.model.records import Act, Case, CasePlace, Household, Name, Person
from bearwitness.services.recorded_forms import find_recorded, finder
from bearwitness.services.world import load_world
from bearwitness.text.form_matcher import FormMatcher, find_forms
from bearwitness.text.surface_forms import expand_case, expand_protected

WARD = "pyongbuk/sinuiju/ryonsang"
SISTER = Person(
    id="sister", household="h", names=(Name(text="최은심"),), sex="female", birth=parse_edtf("1988"), home=WARD,
    occupation="professional/health/nurse",
)  # fmt: skip
CASE = Case(
    id="case", persons=(SISTER,), households=(Household(id="h"),),
    acts=(Act(id="taken", kind="detention", household="h", victims=("sister",), date=parse_edtf("2019-04-12")),),
    places=(CasePlace(path=WARD, names=("련상동",)),),
)  # fmt: skip
NONE = Decisions()


def protected(form, role):
    """Decisions that protect one form."""
    return Decisions(decisions=(Decision(form=form, kind="protected", reason="", signer="", role=role),))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("최은심에게서 들었다.", "최은심"), ("It was Choe Un Sim who came.", "Choe Un Sim"),
        ("CHOE UN\u2011SIM came.", "CHOE UN\u2011SIM"), ("그는 련상동에서 왔다.", "련상동"),
        ("It was 12 April 2019.", "12 April 2019"), ("그날은 주체108년 4월 12일이었다.", "주체108년 4월 12일"),
        ("2019. 4. 12. 밤", "2019. 4. 12"), ("신\u200b의주 련상\u200b동", "련상\u200b동"),
    ],
)  # fmt: skip
def test_a_form_of_the_record_is_found_where_it_stands(text, quote):
    """Names, places and days in both languages, hidden characters and particles notwithstanding."""
    found = find_recorded(text, CASE, NONE)
    assert any(text[h.start : h.end].startswith(quote) and h.person == "sister" for h in found)


def test_a_name_that_resembles_one_of_the_record_is_not_found():
    """Choe Son-hui is somebody else."""
    assert not [h for h in find_recorded("Choe Son-hui spoke.", CASE, NONE) if h.role == "person"]


@pytest.mark.parametrize(
    ("form", "role", "text"),
    [
        ("Mr Raymond John Oduya", "person", "Later Oduya wept."),
        ("12 April 2019", "date", "On 12/04/2019 it rained."),
        ("Northern Mining Company", "organisation", "The NMC paid."),
        ("12,000 yuan", "quantity", "They took twelve thousand yuan."),
        ("Sweden", "place", "A Swedish paper."),
    ],
)
def test_a_protected_form_is_found_in_its_other_spellings(form, role, text):
    """A surname alone, a date in digits, an acronym, a number in words, a country's adjective."""
    assert find_recorded(text, None, protected(form, role))
    assert not find_recorded("Nothing of that is here.", None, protected(form, role))


def test_what_a_text_names_is_told_by_ids():
    """The finder gives ids and keys, and no word of the text for a person of the record."""
    assert set(finder(CASE, NONE)("최은심이 왔다. Choe Un Sim came.")) == {"sister"}


@given(st.data())
def test_every_form_of_a_case_is_found_with_its_offsets(data):
    """Whatever form of the record is put into a text, exactly its letters are found."""
    forms = [f for f in expand_case(CASE, world=load_world()) if f.attribute in ("name", "act_date", "home")]
    form = data.draw(st.sampled_from(forms))
    before = data.draw(st.sampled_from(["", "So ", "그래서 ", "(", "\n"]))
    text = f"{before}{form.text} ."
    found = FormMatcher([(f.text, f) for f in forms]).find_all(text)
    assert any(text[m.start : m.end].strip() == form.text.strip() for m in found)


@given(st.dates(date(1950, 1, 1), date(2030, 12, 31)))
def test_the_forms_of_a_protected_day_mean_that_day(day):
    """Written out in the usual way, the day is among its forms, and the day after is not."""
    said = f"{day.day} {day:%B} {day.year}"
    forms = expand_protected(said, "date")
    assert day.isoformat() in forms
    after = date.fromordinal(day.toordinal() + 1)
    assert after.isoformat() not in forms


def test_a_form_without_letters_is_refused():
    """Nothing to look for is a programmer's mistake."""
    with pytest.raises(ValueError, match="letter or a digit"):
        find_forms("text", [("--", 1)])
