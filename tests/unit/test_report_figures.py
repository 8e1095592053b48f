"""Numbers as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.cli.figures import (
    count_form,
    format_count,
    format_factor,
    format_share,
    show_passage,
    speak_share,
)


@pytest.mark.parametrize(
    ("count", "english", "korean"),
    [
        (1.0, "1", "1"),
        (1.04, "1", "1"),
        (1.31, "about 1.3", "약 1.3"),
        (2.0, "about 2", "약 2"),
        (7.6, "about 8", "약 8"),
        (19.4, "about 19", "약 19"),
        (3127.0, "about 3,100", "약 3,100"),
        (99_600.0, "about 100,000", "약 10만"),
        (5_887_471.0, "about 5.9 million", "약 590만"),
        (24_052_231.0, "about 24 million", "약 2,400만"),
        (float("inf"), "?", "?"),
    ],
)
def test_counts_are_rounded_to_what_is_known(count: float, english: str, korean: str) -> None:
    """An estimate carries two digits, says that it is one, and counts in 만 in Korean."""
    assert format_count(count, "en") == english
    assert format_count(count, "ko") == korean
    assert format_count(count, "en", about=False) == english.removeprefix("about ")


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "0%"), (2e-7, "<0.1%"), (0.0042, "0.4%"), (0.05, "5%"), (0.31, "31%"), (0.999, ">99%"), (1.0, "100%")],
)
def test_shares_are_short_percentages(share: float, expected: str) -> None:
    """A probability reads as a percentage with no more digits than matter."""
    assert format_share(share) == expected


def test_a_share_in_a_sentence_is_spoken() -> None:
    """In a sentence the signs become words."""
    assert speak_share(0.999, "en") == "over 99%"
    assert speak_share(1e-6, "ko") == "0.1% 미만"


@given(st.floats(0.01, 0.9), st.floats(-1, 1))
def test_a_risk_over_the_limit_never_looks_like_the_limit(limit: float, shift: float) -> None:
    """Rounding never shows a risk that differs from the limit as the limit itself."""
    share = min(max(limit * (1 + shift * 1e-3), 0.0), 1.0)
    if abs(share - limit) > 1e-6:
        assert format_share(share, limit=limit) != format_share(limit)


@pytest.mark.parametrize(
    ("factor", "expected"), [(1.94, "1.9"), (2.0, "2"), (9.97, "10"), (77.4, "77"), (3127, "3,100")]
)
def test_factors_have_two_digits(factor: float, expected: str) -> None:
    """How many times fewer, to two digits."""
    assert format_factor(factor) == expected


def test_only_one_is_singular() -> None:
    """One family, but 1.3 families, as shown."""
    assert [count_form("family|families", n) for n in (1, 1.02, 1.3, 0, 2)] == [
        "family", "family", "families", "families", "families",
    ]  # fmt: skip


@given(st.text(st.characters()))
def test_shown_passages_keep_their_length_and_hide_no_control(text: str) -> None:
    """No control or reordering character survives, and offsets stay true."""
    shown = show_passage(text)
    assert len(shown) == len(text)
    assert not set(shown) & {"\x1b", "\x00", "\r", "\x9b", "\u202e", "\u2066"}
