"""Numbers and passages as people read them: "about 3,100", "12%", control characters made visible."""

from __future__ import annotations

import math
from typing import Final

from bearwitness.model.claims import Language

# Households are not counted one by one: above this, two significant digits are all that the frames carry.
_EXACT_BELOW: Final = 20
# "1.4 families" is an expectation, and no longer the same as one; above this, whole numbers are close enough.
_FEW: Final = 3
_NEARLY_WHOLE: Final = 0.05
_MAN: Final = 10_000
# Rounding may never make a risk look like the limit that it breaks, nor like one it keeps.
_MOST_DECIMALS: Final = 6
_KEPT_CONTROLS: Final = "\n\t"
# Characters that reorder what is shown; an editor must see the draft in the order in which it will be published.
_REORDERING: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))
_BREAKS: Final = "\n\t\u2028\u2029"
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def format_count(count: float, language: Language, *, about: bool = True) -> str:
    """A number of households for people: "1", "about 12", "about 3,100", "about 5.9 million"; Korean in 만.

    Parameters
    ----------
    count : float
        Households; an estimate, at least 0.
    language : {"en", "ko"}
        Language of the interface.
    about : bool
        Whether to say that it is an estimate; a table whose heading says so can leave it out.
    """
    if not math.isfinite(count):
        return "?"
    rounded = round_count(count)
    if rounded in (0, 1):
        return f"{rounded:.0f}"
    estimate = ("about " if language == "en" else "약 ") if about else ""
    if language == "ko" and rounded >= 10 * _MAN:
        return f"{estimate}{rounded / _MAN:,.0f}만"
    if language == "en" and rounded >= 1_000_000:
        return f"{estimate}{rounded / 1e6:,.4g} million"
    return f"{estimate}{rounded:,g}" if rounded < _EXACT_BELOW else f"{estimate}{rounded:,.0f}"


def round_count(count: float) -> float:
    """A count as far as it is known: one decimal below 3, whole below 20, two significant digits above."""
    if count < _FEW:
        return round(count, 1) if abs(count - round(count)) >= _NEARLY_WHOLE else round(count)
    if count < _EXACT_BELOW:
        return round(count)
    unit = float(10 ** (len(str(round(count))) - 2))
    return round(count / unit) * unit


def format_share(share: float, *, limit: float | None = None) -> str:
    """A probability as a percentage, with as many decimals as it takes not to look equal to a limit it is not at.

    Parameters
    ----------
    share : float
        Probability in [0, 1].
    limit : float, optional
        The threshold it will be read against.
    """
    if not math.isfinite(share):
        return "?"
    text = _percent(share)
    if limit is None or share == limit or text != _percent(limit):
        return text
    for decimals in range(1, _MOST_DECIMALS):
        text = f"{share:.{decimals}%}"
        if text != f"{limit:.{decimals}%}":
            return text
    return text


def speak_share(share: float, language: Language, *, limit: float | None = None) -> str:
    """A probability as it stands in a sentence: "over 99%" for ">99%"."""
    text = format_share(share, limit=limit)
    over, under = ("over {}", "under {}") if language == "en" else ("{} 초과", "{} 미만")
    if text[0] in "<>":
        return (over if text[0] == ">" else under).format(text[1:])
    return text


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.995 <= share < 1:
        return ">99%"
    if share < 0.0995:
        return f"{share:.1%}".replace(".0%", "%")
    return f"{share:.0%}"


def format_factor(factor: float) -> str:
    """How many times fewer: one decimal below 10, two significant digits above."""
    if not math.isfinite(factor):
        return "?"
    if factor < 9.95:
        return f"{factor:.1f}".removesuffix(".0")
    return f"{round_count(max(factor, 10.0)):,.0f}"


def show_passage(text: str) -> str:
    """A passage with control and reordering characters replaced by a visible sign; line breaks and tabs stay.

    The number of code points stays the same, so that offsets still hold.
    """
    # A carriage return belongs to a Windows line break; alone it would overprint the line in a terminal.
    return "".join(" " if c == "\r" else _REPLACEMENT if _is_unseen(c) else c for c in text)


def show_line(text: object) -> str:
    """A name of a file, or what is said of one, in one line: whoever named it may have had more in mind."""
    return "".join(_REPLACEMENT if c in _BREAKS else c for c in show_passage(str(text)))


def _is_unseen(character: str) -> bool:
    code = ord(character)
    if code < 0x20:
        return character not in _KEPT_CONTROLS
    return 0x7F <= code < 0xA0 or character in _REORDERING or 0xD800 <= code < 0xE000


def count_form(forms: str, count: float) -> str:
    """The right one of "family|families" for a count as it is shown; a single form serves every count."""
    one, _, many = forms.partition("|")
    return one if not many or round_count(count) == 1 else many
