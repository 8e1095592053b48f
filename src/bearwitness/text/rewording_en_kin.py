"""Words for relatives in an English sentence, made to tell less of who the relative is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from bearwitness.text.rewording_en_cast import Patch, kin_plural
from bearwitness.text.rewording_en_sentence import Sentence

_KIN_NOUN: Final = re.compile(
    r"(?:[a-z]+[ -])*(?:(?:step|half-|grand)?(?:brother|sister|mother|father|son|daughter|child|parent)s?(?:-in-law)?"
    r"|sibling|twin|children|mom|mum|dad|husband|wife|wives|spouse|grand(?:ma|pa|children)|aunt|uncle|cousin|nephew"
    r"|niece|fiance)s?(?:-in-law)?", re.I
)  # fmt: skip
_BESIDE_KIN: Final = frozenset(
    ["only", "former", "estranged", "twin", "first", "second", "third", "own", "late", "elderly", "aged", "big",
     "little", "elder", "younger", "older", "eldest", "youngest", "half", "step", "baby"]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPart:
    """A passage that names or stands for somebody, or for a relative of theirs, and must no longer do so.

    ``what``: "name", "pronoun", "noun" (a noun that tells a sex), "kin" (``words`` is the new kin word in the
    singular, ``relative`` tells relatives apart, ``unsexed`` that whoever "her" is must not be told). ``first``: the
    text has not shown them before.
    """

    start: int
    end: int
    what: str
    persona: str
    words: str = ""
    relative: str = ""
    unsexed: bool = False
    first: bool = False


def is_kin_noun(quote: str) -> bool:
    """Whether a passage is a word for a relative."""
    return _KIN_NOUN.fullmatch(quote) is not None


def place_kin(sentence: Sentence, part: PersonPart, kin: list[int]) -> None:
    """Put a vaguer word for a relative, with its article or owner.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    part : PersonPart
        The passage and the new word.
    kin : list of int
        The tokens of the passage.
    """
    tokens = sentence.shape.tokens
    unit = sentence.units[sentence.shape.unit_at(kin[0])]
    head = tokens[kin[-1]]
    word = head.lower.removesuffix("'s").removesuffix("'")
    plural = (word.endswith("s") and not word.endswith("ss")) or word in ("children", "wives", "grandchildren")
    words = kin_plural(part.words, plural=plural)
    tail = ("'" if plural and words.endswith("s") else "'s") if head.possessive else ""
    first = kin[0]
    while first > unit.first and (tokens[first - 1].lower in _BESIDE_KIN or first - 1 in sentence.gone):
        first -= 1
    owner = tokens[first - 1] if first > unit.first else None
    start, end = tokens[first].start, tokens[kin[-1]].end
    if _joins_same(sentence, first, kin[-1], words):
        return
    own = {"persona": part.persona, "relative": part.relative, "plural": plural}
    if owner is not None and (
        owner.possessive or owner.lower in ("their", "my", "our", "whose", "its")
        or (owner.tag == "poss" and not part.unsexed)
    ):  # fmt: skip
        sentence.said.append(Patch(start=start, end=end, words=words, form="owned", **own))  # type: ignore[arg-type]
    elif owner is not None and owner.tag in ("poss", "det") and owner.lower not in ("those", "these", "both", "all"):
        if plural and owner.tag == "poss":
            sentence.said.append(Patch(start=start, end=end, words=words))
            sentence.said.append(Patch(start=owner.start, end=owner.end, persona=part.persona, form="whose"))
        elif owner.lower == "the" and not _has_owner_after(sentence, kin[-1]):
            sentence.said.append(Patch(start=start, end=end, words=words, form="owned", **own))  # type: ignore[arg-type]
        else:
            sentence.said.append(Patch(start=owner.start, end=end, words=words, form="kin", **own))  # type: ignore[arg-type]
    else:
        sentence.said.append(Patch(start=start, end=end, words=words))
    if tail:
        sentence.said.append(Patch(start=end, end=end, words=tail))


def _joins_same(sentence: Sentence, first: int, last: int, words: str) -> bool:
    """Make one plural of "her relative and relative"."""
    tokens = sentence.shape.tokens
    before = next((p for p in reversed(sentence.said) if p.form == "owned" and p.end <= tokens[first].start), None)
    if before is None or before.plural or before.words != words:
        return False
    between = [t for t in range(len(tokens)) if before.end <= tokens[t].start < tokens[first].start]
    if [tokens[t].lower for t in between if tokens[t].tag != "poss"] != ["and"]:
        return False
    sentence.said.remove(before)
    sentence.said.append(replace(before, words=kin_plural(words, plural=True), plural=True))
    # Who was taken is still said, by the plural.
    sentence.gone |= {*between, *range(first, last + 1)}
    return True


def _has_owner_after(sentence: Sentence, token: int) -> bool:
    tokens = sentence.shape.tokens
    return token + 1 < len(tokens) and tokens[token + 1].lower == "of"
