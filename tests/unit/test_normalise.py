"""Normalised text and the way back to the original."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unicodedata.normalize("NFD", "최은심은 신의주"), "최은심은 신의주"),
        ("신의\u200b주", "신의주"),
        ("최\u00a0은심", "최 은심"),
        ("Ch\u043ee", "Choe"),
        ("Eun\u00adsim", "Eunsim"),
        ("CHOE UN\u2011SIM", "CHOE UN-SIM"),
        ("\uff23\uff48\uff4f\uff45", "Choe"),
        ("\ufb01nd", "find"),
        ("infor-\nmation", "information"),
        ("Un-\nSim", "Un-Sim"),
        ("Ch\u2019oe U\u0306n", "Ch'oe \u016cn"),
        ("\u201ca\u201d \u2014 b", '"a" \u2014 b'),
        ("Москва", "Москва"),
    ],
)
def test_brings_hidden_forms_into_one(text, expected):
    """Each way to hide a name from a search is undone, and ordinary text stays."""
    assert normalise(text).text == expected


def test_spans_point_back_to_the_original_passage():
    """A name found in normalised text is cut out of the original with all that was hidden in it."""
    original = unicodedata.normalize("NFD", "나는 ") + "신의\u200b주에서"
    found = normalise(original)
    start = found.text.index("신의주")
    first, last = found.original_span(start, start + 3)
    assert original[first:last] == "신의\u200b주"


def test_reports_mixed_scripts_and_reversed_text():
    """A Cyrillic letter in a Latin word and an override of the reading order are suspicious."""
    assert normalise("by Ch\u043ee").suspicious == ((3, 7),)
    assert normalise("a \u202ebc\u202c d").suspicious == ((2, 4),)
    assert normalise("Москва and Choe").suspicious == ()


@given(st.text(max_size=60))
def test_offsets_are_ordered_and_lie_in_the_original(text):
    """Whatever the text, every code point has a passage, in order, inside the original."""
    found = normalise(text)
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    assert list(found.starts) == sorted(found.starts)


@given(st.text(alphabet="abc XYZ.,'-\n", max_size=40).filter(lambda t: "-\n" not in t and "- " not in t))
def test_plain_text_is_unchanged(text):
    """Plain text comes back as it is."""
    assert normalise(text).text == text


def test_a_passage_outside_the_text_is_refused():
    """Offsets beyond the text are an error, not a guess."""
    with pytest.raises(ValueError, match="within"):
        normalise("abc").original_span(1, 9)
