"""Ways to write the name of a person who is recorded in Latin letters: orders, parts, initials, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

TITLES: Final = (
    "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Prof.", "Professor", "Sir", "Judge", "Comrade"
)  # fmt: skip
_TITLE: Final = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lady|lord|judge|justice|madam|mme|m|mlle|rev|reverend|father"
    r"|sister|brother|pastor|col|colonel|gen|general|capt|captain|lt|lieutenant|sgt|sergeant|major|officer|comrade"
    r"|the late|minister|president)\b\.? +)+",
    re.IGNORECASE,
)  # fmt: skip
# Small words that belong to the surname after them.
_PARTICLES: Final = frozenset(
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn",
     "ben", "abu", "ter", "ten", "zu", "af", "av", "y", "i", "e", "o", "und"]
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
FEWEST_LETTERS: Final = 2


def latin_name_forms(name: str) -> tuple[str, ...]:
    """The ways in which a person's Latin name is usually written again, the name itself first.

    Parameters
    ----------
    name : str
        With or without a title, a middle name, initials; either order.

    Returns
    -------
    tuple of str
        Whole in both orders, without the middle names, with initials, each word of it alone (two letters or more),
        surname with titles, surname as a family ("the Bergs").
    """
    name = " ".join(name.split())
    bare = _TITLE.sub("", name)
    last_first = [p.strip() for p in bare.split(",")]
    if len(last_first) == 2 and all(_WORD.match(p) for p in last_first):
        bare = f"{last_first[1]} {last_first[0]}"
    words = _WORD.findall(bare)
    found = [name, bare]
    if len(words) > 1:
        found += _orders(words)
        found += _with_initials(words)
    for word in words:
        if len(word.rstrip(".")) >= FEWEST_LETTERS and not word.endswith(".") and word.casefold() not in _PARTICLES:
            found += [word, *(f"{title} {word}" for title in TITLES)]
    found += _family(words)
    return tuple(dict.fromkeys(f for f in found if any(c.isalpha() for c in f)))


def _surname_at(words: Sequence[str]) -> int:
    """Where the surname of a name in Western order begins: its last word, with the small words before it."""
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return at


def _orders(words: Sequence[str]) -> Iterator[str]:
    at = _surname_at(words)
    first, last = " ".join(words[:at]), " ".join(words[at:])
    yield from (f"{last} {first}", f"{last}, {first}", last, f"{words[0]} {last}", f"{last} {words[0]}")
    if any(w.casefold() in _PARTICLES for w in words):
        return
    # A name in Eastern order.
    rest = " ".join(words[1:])
    yield from (f"{rest} {words[0]}", f"{words[0]}, {rest}")
    if len(words) > 2:
        yield from (f"{one} {other}" for i, one in enumerate(words) for other in words[i + 1 :])
        if not any("." in w for w in words):
            joined = "".join((words[1], *(w.lower() for w in words[2:])))
            yield from (joined, f"{words[0]} {joined}", f"{joined} {words[0]}")


def _with_initials(words: Sequence[str]) -> Iterator[str]:
    at = _surname_at(words)
    yield from _initials(words[:at], " ".join(words[at:]), words[-1][0])
    if at == len(words) - 1:
        yield from _initials(words[1:], words[0], words[0][0])


def _initials(names: Sequence[str], last: str, last_letter: str) -> Iterator[str]:
    """First names as initials beside a surname, and initials alone."""
    letters = [w[0].upper() for w in names if w.casefold() not in _PARTICLES]
    for joint in (".", ". "):
        dotted = joint.join(letters) + "."
        yield from (f"{dotted} {last}", f"{last} {dotted}", f"{last}, {dotted}")
        yield joint.join((*letters, last_letter.upper())) + "."
    yield from (f"{letters[0]}. {last}", f"{last} {letters[0]}.", f"{letters[0]} {last}", f"{last} {letters[0]}")
    yield f"{names[0]} {last_letter.upper()}."
    if len(letters) > 1:
        yield from (f"{names[0]} {' '.join(x + '.' for x in letters[1:])} {last}", f"{''.join(letters)} {last}")
        yield "".join((*letters, last_letter.upper()))


def _family(words: Sequence[str]) -> Iterator[str]:
    if words and len(words[-1]) > FEWEST_LETTERS:
        last = words[-1].rstrip(".")
        plural = last + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")
        yield from (plural, f"the {plural}")
