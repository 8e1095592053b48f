"""Whether text of an office document can be seen at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

SMALLEST_HALF_POINTS: Final = 4
_NARROWEST_PERCENT: Final = 10
# So near to each other no eye tells two colours apart.
_NEAR: Final = 24

# What is said of looks: b, i, vanish, no_fill, rtl, cs; colour, fill, highlight (six hexadecimal digits); sz, szCs (half  # noqa: E501
# points); scale (per cent).
Look = Mapping[str, Any]


def number(value: str | None) -> float | None:
    """The number an attribute begins with."""
    found = re.match(r"\s*-?\d+(?:\.\d+)?", value or "")
    return float(found[0]) if found else None


def is_unseen(look: Look, background: str) -> bool:
    """Whether no eye sees text of this look on this background."""
    size = look.get("szCs") if look.get("rtl") or look.get("cs") else look.get("sz")
    scale = look.get("scale")
    below = look.get("highlight") or look.get("fill") or background
    return bool(
        look.get("vanish")
        or look.get("no_fill")
        or (size is not None and size <= SMALLEST_HALF_POINTS)
        or (scale is not None and 0 < scale <= _NARROWEST_PERCENT)
        or (look.get("colour") and are_alike(look["colour"], below))
    )


def are_alike(one: str, other: str) -> bool:
    """Whether two colours, each six hexadecimal digits, cannot be told apart."""
    try:
        pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4)]
    except ValueError:
        return one.lower() == other.lower()
    return all(abs(a - b) <= _NEAR for a, b in pairs)
