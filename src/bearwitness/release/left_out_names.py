"""Names of people who are left out, looked for in what others said: in one pass, however many names there are."""

from __future__ import annotations

from collections.abc import Iterable

from bearwitness.text.normalise import normalise

_KEY_LETTERS = 2


class Names:
    """Names as they are recorded, to be found in free text whatever stands between their letters.

    Parameters
    ----------
    names : iterable of str
        As recorded; another romanisation of a name is another name.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {_letters(n)[0] for n in names} - {""}
        # All that share two letters at the beginning: how long they are, so that each is one look into the set.
        self._lengths: dict[str, set[int]] = {}
        for name in self._names:
            self._lengths.setdefault(name[:_KEY_LETTERS], set()).add(len(name))

    def stand_in(self, text: str) -> bool:
        """Whether one of the names stands in a text, in any case and with spaces or signs between its letters."""
        flat, places = _letters(text)
        return any(
            self._is_name(at, at + length, flat, places)
            for at in range(len(flat))
            for key in {flat[at : at + _KEY_LETTERS], flat[at]}
            for length in self._lengths.get(key, ())
        )

    def _is_name(self, start: int, end: int, flat: str, places: list[int]) -> bool:
        name = flat[start:end]
        if len(name) < end - start or name not in self._names:
            return False
        # Particles follow a Hangul name; a Latin one, or a single letter, would be found inside other words.
        stands_free = len(name) > 1 and not name[0].isascii()
        return stands_free or (_breaks(places, start) and _breaks(places, end))


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, folded, and where in the normal form of the text each stands."""
    folded = normalise(text).text.casefold()
    places = [at for at, c in enumerate(folded) if c.isalnum()]
    return "".join(folded[at] for at in places), places


def _breaks(places: list[int], at: int) -> bool:
    """Whether something else than a letter stands before the letter at a position, or the text begins or ends there."""
    return at in (0, len(places)) or places[at] - places[at - 1] > 1
