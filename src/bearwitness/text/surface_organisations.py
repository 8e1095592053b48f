"""Ways to write the name of an organisation: without its article, by its capitals, by its head, turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.text.surface_nations import with_other_nation_words

_SMALL: Final = frozenset(
    ["the", "a", "an", "of", "for", "and", "in", "on", "at", "to", "de", "des", "du", "la", "le", "les", "der", "die",
     "das", "und", "et", "y", "von", "van", "di", "del", "w", "i", "&"]
)  # fmt: skip
_ARTICLE: Final = re.compile(r"^(?:the|a|an|le|la|les|der|die|das|el) ", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_QUOTED: Final = re.compile(r"\"([^\"]{2,})\"")
_OF: Final = re.compile(r"^(?P<head>.+?) (?:of|for) (?P<the>the )?(?P<rest>.+)$")
_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
FEWEST_WORDS: Final = 2
_FEWEST_CAPITALS: Final = 3


def expand_organisation(form: str) -> tuple[str, ...]:
    """The ways in which an organisation is usually written again, the form itself first.

    Parameters
    ----------
    form : str
        Its name, also with another one in brackets.

    Returns
    -------
    tuple of str
        A head ("State Security Court" of "the Ankara State Security Court") only with two words or more that mean
        something: one alone ("the Court") is anybody's.
    """
    form = " ".join(form.split())
    outside = " ".join(_BRACKETS.sub(" ", form).split())
    names = [outside, *(m.split(",")[0].split(";")[0] for m in _BRACKETS.findall(form)), *_QUOTED.findall(form)]
    found = [form, outside]
    for name in names:
        bare = _ARTICLE.sub("", name.strip(" \"'.,"))
        if len(bare) < FEWEST_WORDS:
            continue
        found += [bare, f"the {bare}", *_acronyms(bare), *_turned(bare), *_heads(bare), *with_other_nation_words(bare)]
        if any("가" <= c <= "힣" for c in bare):
            found.append(bare.replace(" ", ""))
    return tuple(dict.fromkeys(f for f in found if len(_WORD.findall(f)) and len(f) > 1))


def _acronyms(name: str) -> Iterator[str]:
    words = _WORD.findall(name)
    capitals = [w[0] for w in words if w[0].isupper()]
    if len(capitals) >= _FEWEST_CAPITALS and len(words) > 1:
        yield from ("".join(capitals), ".".join(capitals) + ".")
        every = [w[0].upper() for w in words if w.casefold() not in _SMALL]
        yield "".join(every)


def _turned(name: str) -> Iterator[str]:
    """"Court of Appeal of Ankara" as "Ankara Court of Appeal", "Ministry of Defence" as "Defence Ministry"."""
    match = _OF.match(name)
    if match:
        head, rest = match["head"], match["rest"]
        yield from (f"{rest} {head}", f"{head} of {rest}", f"{head} of the {rest}", f"{head} for {rest}")
        inner = name.rpartition(" of ")
        if inner[0] and inner[0] != head:
            yield from (f"{inner[2]} {inner[0]}", f"{inner[2].removeprefix('the ')} {inner[0]}")
    words = name.split()
    if len(words) > FEWEST_WORDS - 1 and " of " not in name and words[0][:1].isupper():
        rest = " ".join(words[1:])
        yield from (f"{rest} of {words[0]}", f"{rest} in {words[0]}", f"{words[0]}'s {rest}")


def _heads(name: str) -> Iterator[str]:
    """What remains without the first words, where two words at least mean something and the first of them is one."""
    words = name.split()
    stop = next((i for i, w in enumerate(words) if w.casefold() in ("of", "for")), len(words))
    for start in range(1, stop):
        rest = words[start:]
        if _content(words[start:stop]) >= FEWEST_WORDS and rest[0].casefold() not in _SMALL:
            yield " ".join(rest)


def _content(words: Sequence[str]) -> int:
    return sum(w.casefold() not in _SMALL for w in words)
