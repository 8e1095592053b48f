"""Whether an English word is an ordinary one, in whatever form it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

# Endings and first parts that make a known word out of a known word.
_ENDINGS: Final = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
                   ("ing", "e"), ("ly", ""),
                   ("er", ""), ("ers", ""), ("ness", ""), ("less", ""), ("like", ""), ("ise", "ize"), ("ised", "ized"),
                   ("ising", "izing"), ("isation", "ization"))  # fmt: skip
_BEGINNINGS: Final = (
    "re", "un", "non", "anti", "pre", "over", "under", "out", "inter", "counter", "mis", "co", "ex", "pro", "self",
)  # fmt: skip


def is_known(lower: str, ordinary: Collection[str]) -> bool:
    """Whether a word is ordinary, as it stands or without a usual ending, beginning or contraction."""
    if lower in ordinary:
        return True
    stem = lower.split("'")[0]
    if stem != lower and (stem in ordinary or (stem.endswith("n") and stem[:-1] in ordinary)):
        return True
    if any(
        lower.endswith(e) and len(lower) - len(e) > 2 and lower[: len(lower) - len(e)] + r in ordinary
        for e, r in _ENDINGS
    ):
        return True
    return any(lower.startswith(b) and len(lower) - len(b) > 2 and lower[len(b) :] in ordinary for b in _BEGINNINGS)
