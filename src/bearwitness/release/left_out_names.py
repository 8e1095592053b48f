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
        self._by_beginning: dict[str, list[tuple[str, bool]]] = {}
        for name in {_letters(n)[0] for n in names} - {""}:
            # Particles follow a Hangul name; a Latin one, or a single letter, would be found inside other words.
            whole = len(name) == 1 or name[0].isascii()
            self._by_beginning.setdefault(name[:_KEY_LETTERS], []).append((name, whole))

    def stand_in(self, text: str) -> bool:
        """Whether one of the names stands in a text, in any case and with spaces or signs between its letters."""
        flat, places = _letters(text)
        return any(
            self._stands_at(at, flat, places)
            for at in range(len(flat))
            if flat[at : at + _KEY_LETTERS] in self._by_beginning or flat[at] in self._by_beginning
        )

    def _stands_at(self, at: int, flat: str, places: list[int]) -> bool:
        for key in (flat[at : at + _KEY_LETTERS], flat[at]):
            for name, whole in self._by_beginning.get(key, ()):
                end = at + len(name)
                if flat.startswith(name, at) and (not whole or (_breaks(places, at) and _breaks(places, end))):
                    return True
        return False


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, folded, and where in the normal form of the text each stands."""
    folded = normalise(text).text.casefold()
    places = [at for at, c in enumerate(folded) if c.isalnum()]
    return "".join(folded[at] for at in places), places


def _breaks(places: list[int], at: int) -> bool:
    """Whether something else than a letter stands before the letter at a position, or the text begins or ends there."""
    return at in (0, len(places)) or places[at] - places[at - 1] > 1
