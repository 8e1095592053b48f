"""Files damaged at random: read, or refused cleanly; never a crash, never a word of the file."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.errors import CaseError
from bearwitness.model.codec import load_case

CASE = worked_case_path("case.yaml").read_text(encoding="utf-8")
# Words of the case that tell something, long enough not to stand in a message by chance.
SECRETS = (
    "안도솔",
    "노서운",
    "신의주",
    "보위부",
    "household of",
    "간호",
    "nurse",
    "visa_private",
    "1986",
    "2024-02-02",
)
FRAGMENTS = st.sampled_from(
    [*"\n\r\t'\"[]{}|>?%@#~X\\\x85\u2028\ufeff가\U0001f600", "", "  ", "- ", ": ", "&a ", "*a", "!x ", "---\n",
     "2024-13", "[2018..]", "null", "true", "1e999", "-1", "ahn", "h-noh"]
)  # fmt: skip
DAMAGE = st.tuples(st.integers(0, len(CASE)), st.integers(0, 12), FRAGMENTS)


def complaint(text):
    """The error of a text; None if it is read after all."""
    try:
        load_case(text, name="case.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())
    except CaseError as error:
        return error
    return None


def check(error):
    assert re.fullmatch(r"case\.yaml:[0-9]+:[0-9]+", error.where)
    assert error.hint
    assert "\n" not in str(error)
    assert not [secret for secret in SECRETS if secret in error.message]


@settings(max_examples=100, deadline=None)
@given(st.lists(DAMAGE, min_size=1, max_size=3))
def test_a_damaged_case_is_read_or_refused(damages):
    """Whatever is cut out of a file and put into it, the answer is a case or one clean error with a position."""
    text = CASE
    for at, cut, put in damages:
        text = text[:at] + put + text[at + cut :]
    error = complaint(text)
    if error is not None:
        check(error)


@given(st.text("0123456789X-~?%/.,[]{}SYT: +Z", max_size=14))
def test_any_date_text_is_read_or_refused(written):
    """No text in place of a date leads to anything but a date or a clean error."""
    error = complaint(CASE.replace("birth: 1986", f"birth: {json.dumps(written)}"))
    if error is not None:
        check(error)
