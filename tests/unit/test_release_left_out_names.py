"""Names looked for in free text, against a plain search letter by letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.release.left_out_names import Names


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("안도솔", "안도솔은 갔다", True), ("안도솔", "안 도-솔이", True), ("안도솔", "안도", False),
        ("솔", "솔직히", False),
        ("솔", "그 솔, 이", True), ("Li", "living", False), ("Li", "Mr LI.", True), ("Li Wei", "Ms. Li-Wei's", True),
        ("Li Wei", "LiWei", True), ("Li Wei", "Li Weiss", False), ("K", "OK", False), ("K", "as K. said", True),
        ("안도솔", "\u110b\u1161\u11ab도솔", True), ("...", "...", False),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_write_it(name, text, stands):
    """Hangul before particles, Latin and single letters as words, spaces and signs between letters, any form."""
    assert Names([name]).stand_in(text) is stands


def plainly(name, text):
    """The same search, as a regular expression."""
    body = r"[\W_]*".join(re.escape(c) for c in name if c.isalnum())
    if not body:
        return False
    whole = rf"(?<![^\W_]){body}(?![^\W_])"
    return bool(re.search(whole if name.strip("- ")[0].isascii() or len(body) == 1 else body, text))


WORDS = st.text("abc가나 -.", max_size=14)


@given(st.lists(st.text("abc가나 -", max_size=5), max_size=4), WORDS)
def test_all_names_are_looked_for_at_once(names, text):
    """Something is found exactly where one of the names is found alone."""
    assert Names(names).stand_in(text) == any(plainly(name, text) for name in names)
