"""Redaction: what points at one person goes, nothing around it tells its sound or sex, and the same stays the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.data.load import worked_case_path
from bearwitness.services.world import load_world
from bearwitness.text.editing import apply_edits
from bearwitness.text.placeholders import PLACEHOLDER, hide_placeholders, placeholder, role_of
from bearwitness.text.reading import read_draft
from bearwitness.text.redaction import Hole, fill_holes, find_holes, left_over

DAY = date(2026, 1, 1)


def read(text):
    """What a text says, without a record."""
    return read_draft(text, world=load_world(), published=DAY)


def redacted(text):
    """A text with its holes filled."""
    reading = read(text)
    return apply_edits(text, fill_holes(text, find_holes(text, reading), reading.language))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Mr Raymond Oduya lives there.", "[name 1] lives there."),
        ("Park, a nurse from Sinuiju, fled in 2019.", "[person 1], [work 1] from [place 1], fled in [date 1]."),
        ("Park wept. Ahn wept. Park slept.", "[person 1] wept. [person 2] wept. [person 1] slept."),
        ("안 씨는 울었다. 박 씨는 울었다. 안 씨가 갔다.", "[사람 1]은(는) 울었다. [사람 2]은(는) 울었다. [사람 1]이(가) 갔다."),  # noqa: E501
        ("안 씨는 신의주로 갔다.", "[사람 1]은(는) [장소 1](으)로 갔다."),
    ],
)  # fmt: skip
def test_what_points_at_one_person_goes(draft, expected):
    """Names with their titles, places, dates and work become placeholders that tell no sound, sex or length."""
    assert redacted(draft) == expected


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_redacted_draft_is_read_without_a_doubt(language):
    """Placeholders are known to the reader: nothing of the redacted worked case is in doubt, and people stay people."""
    draft = worked_case_path(f"draft.{language}.txt").read_text(encoding="utf-8")
    reading = read(redacted(draft))
    assert reading.unresolved == ()
    shown = {p.label for p in reading.personas}
    assert {placeholder("person", n, language) for n in (1, 2, 3)} <= shown
    assert {c.attribute for c in reading.claims} <= {"status", "sex", "kin", "trait", "act", "count"}


def test_acts_and_kin_are_what_is_left_over():
    """The claims of passages that stay are left over; those of a name and a home are not."""
    draft = "Park, a nurse from Sinuiju, said officers had detained her younger brother."
    reading = read(draft)
    left = {c.attribute for c in left_over(reading, find_holes(draft, reading))}
    assert "act" in left
    assert not left & {"surname", "home", "occupation"}


def test_further_attributes_go_where_they_must():
    """Kin words become holes when they are asked for."""
    draft = "Park said officers had detained her younger brother."
    reading = read(draft)
    plain, more = (find_holes(draft, reading, further=f) for f in ({}, {"kin": "detail", "act": "detail"}))
    assert not any(draft[h.start : h.end] == "younger brother" for h in plain)
    assert left_over(reading, more) == tuple(c for c in reading.claims if c.attribute in ("sex", "status"))


def test_a_form_of_the_record_is_a_hole_wherever_it_stands():
    """What the caller found of the record is taken out, and joins what it touches."""
    draft = "The blue gate stood open."
    hole = Hole(start=4, end=13, role="detail", key="gate", source="record")
    holes = find_holes(draft, read(draft), [hole])
    assert apply_edits(draft, fill_holes(draft, holes, "en")) == "The [detail 1] stood open."


def test_two_passages_of_one_role_side_by_side_are_one_hole():
    """The number of words of a name is not told."""
    draft = "xx yy zz"
    holes = [Hole(start=a, end=a + 2, role="name", key=str(a), source="undecided") for a in (0, 3)]
    found = find_holes(draft, read("ordinary words"), holes)
    assert [(h.start, h.end) for h in found] == [(0, 5)]


@given(
    text=st.text("abc 은는.\n[1]", max_size=60),
    cuts=st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9)), max_size=6),
    language=st.sampled_from(["en", "ko"]),
)
def test_holes_are_filled_and_the_rest_stays(text, cuts, language):
    """Outside holes and the particles after them every character stays; no two edits overlap."""
    holes = [
        Hole(start=a, end=min(a + n, len(text)), role="place", key=text[a : a + n], source="record")
        for a, n in cuts if a < len(text)
    ]  # fmt: skip
    found = find_holes(text, read("ordinary words"), holes)
    edits = fill_holes(text, found, language)
    covered = {i for h in holes for i in range(h.start, h.end)}
    touched = {i for e in edits for i in range(e.start, e.end)}
    assert covered <= touched
    assert all(text[i] in "은는a -" for i in touched - covered)
    assert len(PLACEHOLDER.findall(apply_edits(text, edits))) >= len(edits)


def test_blank_placeholders_keep_offsets():
    """The reader sees spaces where placeholders stand, and is told which of them are people."""
    text = "So [person 12] met [날짜 1]."
    hidden, persons = hide_placeholders(text)
    assert len(hidden) == len(text)
    assert hidden.split() == ["So", "met", "."]
    assert persons == ((3, 14, "[person 12]"),)
    with pytest.raises(ValueError, match="no placeholder"):
        role_of("nobody")


def test_numbers_go_on_where_a_text_was_redacted_before():
    """A second round never gives a number that stands for something else already."""
    draft = "[place 2] and the gate."
    hole = Hole(start=18, end=22, role="place", key="gate", source="record")
    assert apply_edits(draft, fill_holes(draft, [hole], "en")) == "[place 2] and the [place 3]."
