"""Making a changed draft from edits, and bringing overlapping edits into order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.assessment import Edit
from bearwitness.text.editing import apply_edits, compose_edits
from bearwitness.text.rewording import merge_edits

DRAFT = "Tak, a miner from Musan, fled in 2019."


def test_edits_are_made_in_any_order():
    """Edits may be given in any order, and two that touch are both made."""
    year, name = Edit(start=33, end=37, instead="2018"), Edit(start=0, end=3, instead="A man")
    comma = Edit(start=3, end=4, instead="")
    assert apply_edits(DRAFT, [year, name, comma]) == "A man a miner from Musan, fled in 2018."


def test_an_insertion_keeps_everything():
    """An edit of no length puts words between two characters."""
    assert apply_edits(DRAFT, [Edit(start=5, end=5, instead="once ")]).startswith("Tak, once a miner")


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(start=0, end=5, instead=""), Edit(start=4, end=6, instead="")],
        [Edit(start=5, end=4, instead="")],
        [Edit(start=30, end=99, instead="")],
    ],
)
def test_edits_that_make_no_sense_are_refused(edits):
    """Overlapping edits, an end before its beginning, and a passage outside the draft raise ValueError."""
    with pytest.raises(ValueError, match="edit"):
        apply_edits(DRAFT, edits)


def test_of_two_overlapping_edits_the_longer_wins():
    """Where two edits overlap the one that covers more is made, over all that either would change."""
    longer, shorter = Edit(start=3, end=23, instead=""), Edit(start=18, end=24, instead="x")
    assert merge_edits(DRAFT, [shorter, longer]) == (Edit(start=3, end=24, instead=""),)


def test_duplicates_and_edits_that_change_nothing_go():
    """An exact duplicate is taken once; an edit that puts the same words is left out."""
    edit = Edit(start=0, end=3, instead="A man")
    assert merge_edits(DRAFT, [edit, edit, Edit(start=5, end=6, instead="a")]) == (edit,)


_EDITS = st.lists(
    st.builds(
        lambda a, b, words: Edit(start=min(a, b), end=max(a, b), instead=words),
        st.integers(0, len(DRAFT)), st.integers(0, len(DRAFT)), st.sampled_from(["", "x", "a person"]),
    ),
    max_size=8,
)  # fmt: skip


@given(_EDITS)
def test_merged_edits_can_always_be_made_and_leave_nothing_that_one_would_take_out(edits):
    """After merging no two edits share a character, and each character one of them replaces is replaced."""
    merged = merge_edits(DRAFT, edits)
    apply_edits(DRAFT, merged)
    covered = {i for e in merged for i in range(e.start, e.end)}
    same = {i for e in edits if DRAFT[e.start : e.end] == e.instead for i in range(e.start, e.end)}
    assert {i for e in edits for i in range(e.start, e.end)} - same <= covered


@given(st.text("abcdef", min_size=1, max_size=30), st.data())
def test_rounds_composed_are_the_rounds_made_one_by_one(draft, data):
    """Edits made at once give what three rounds of edits gave."""
    text, rounds = draft, []
    for _ in range(3):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
        edits = [
            Edit(start=a, end=b, instead=data.draw(st.sampled_from(["", "X", "yz"])))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        rounds.append(edits)
        text = apply_edits(text, edits)
    assert apply_edits(draft, compose_edits(len(draft), rounds)) == text
