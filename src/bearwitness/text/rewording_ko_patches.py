"""The changes of one Korean sentence once it is settled what goes and what is said otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bearwitness.text.rewording_ko_parse import Token, leaning_on
from bearwitness.text.rewording_ko_sentence import CannotKeep, Part, Sentence
from bearwitness.text.rewording_ko_words import FAMILY_WORD, refit

_SPEAKS: Final = re.compile(
    r"^(?:말했|말한|전했|밝혔|알렸|설명|덧붙|했다|들었|증언|주장|강조|토로|호소|답했|회상|전해)"
)
_FAMILY_AND: Final = frozenset(["과", "와", "하고", "의", "이랑", ""])
_SAME: Final = re.compile(r"^가족(?![가-힣]*끼리)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Replace ``text[start:end]``; ``people`` are those whose wording stands there before ``instead``."""

    start: int
    end: int
    instead: str
    people: frozenset[str] = frozenset()
    noun: str = ""


def patches_of(sentence: Sentence) -> tuple[Patch, ...]:
    """The changes, in order.

    Raises
    ------
    CannotKeep
        If what is left is no sentence.
    """
    _drop_doubled(sentence)
    _check(sentence)
    found: list[Patch] = []
    for index, token in enumerate(sentence.tokens):
        if index in sentence.removed:
            _grow(sentence, found, index)
        else:
            found += _of_token(sentence, index, token)
    return tuple(found)


def _grow(sentence: Sentence, found: list[Patch], index: int) -> None:
    token = sentence.tokens[index]
    end = sentence.tokens[index + 1].start if index + 1 < len(sentence.tokens) else sentence.end
    end = min(end, sentence.end)
    if index > sentence.last:
        start, end = sentence.tokens[sentence.last].end, sentence.end
        if found and found[-1].start == start:
            return
        found.append(Patch(start=start, end=end, instead=_ending(sentence.text[start:end])))
    elif found and found[-1].end == token.start and not found[-1].instead and not found[-1].people:
        found[-1] = Patch(start=found[-1].start, end=end, instead="")
    else:
        found.append(Patch(start=token.start, end=end, instead=""))


def _of_token(sentence: Sentence, index: int, token: Token) -> list[Patch]:
    parts = sorted(sentence.said.get(index, ()), key=lambda p: (p.start, -p.end))
    kept: list[Part] = []
    for part in parts:
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    found: list[Patch] = []
    tail_start = max([p.end for p in kept], default=token.core_end)
    for part in kept:
        last = part is kept[-1]
        tail = sentence.text[part.end : token.end] if last else ""
        if last and index in sentence.tails:
            tail = sentence.tails[index]
        tail = refit(part.words, tail) if part.how == "say" else tail
        end = token.end if last else part.end
        found.append(
            Patch(start=part.start, end=end, instead=part.words + tail, people=part.people, noun=part.noun)
        )
    if not kept and index in sentence.tails:
        stem = token.text.removesuffix("의") if token.kind == "of" else token.text
        tail = refit(stem, sentence.tails[index])
        found.append(Patch(start=token.start, end=token.end, instead=stem + tail))
    if index == sentence.last and sentence.closing and index != len(sentence.tokens) - 1:
        found.append(Patch(start=token.start if not kept else tail_start, end=token.end, instead=sentence.closing))
    return [p for p in found if sentence.text[p.start : p.end] != p.instead or p.people]


def _drop_doubled(sentence: Sentence) -> None:
    """"가족과 가족" says no more than "가족"."""
    left = [i for i in range(len(sentence.tokens)) if i not in sentence.removed]
    for one, other in pairwise(left):
        first, second = _new_core(sentence, one), _new_core(sentence, other)
        if one not in sentence.said and other not in sentence.said:
            continue
        if first[0] == second[0] != FAMILY_WORD and not first[1] and one in sentence.said:
            sentence.removed.add(one)
        doubled = first[0] == FAMILY_WORD and first[1] in _FAMILY_AND and _SAME.match(second[0])
        if doubled and one not in _must_tokens(sentence):
            sentence.removed.add(one)


def _must_tokens(sentence: Sentence) -> frozenset[int]:
    every = range(len(sentence.tokens))
    return frozenset(i for i in every if sentence.has([i], sentence.must) and i not in sentence.said)


def _new_core(sentence: Sentence, index: int) -> tuple[str, str]:
    token = sentence.tokens[index]
    parts = [p for p in sentence.said.get(index, ()) if p.how == "say"]
    if parts and parts[0].start == token.start:
        return parts[0].words, sentence.text[parts[-1].end : token.end]
    if token.text.startswith(FAMILY_WORD):
        return FAMILY_WORD, token.text[len(FAMILY_WORD) :]
    return token.text, ""


def _check(sentence: Sentence) -> None:
    left = [i for i in range(len(sentence.tokens)) if i not in sentence.removed]
    if not left or sentence.last not in left:
        raise CannotKeep
    for index, token in enumerate(sentence.tokens):
        if token.kind == "quote" and index in left and not sentence.has([index], sentence.must):
            theirs = leaning_on(sentence.tokens, index)
            if theirs and not [i for i in theirs if i not in sentence.removed]:
                raise CannotKeep
    before = leaning_on(sentence.tokens, sentence.last)
    still = [i for i in before if i not in sentence.removed]
    lost = len(before) > len(still)
    only_topic = all(sentence.tokens[i].kind in ("topic", "time") for i in still)
    is_act = sentence.has([sentence.last], sentence.must)
    says_little = sentence.closing or not still or _SPEAKS.match(sentence.tokens[sentence.last].text)
    if lost and only_topic and says_little and not is_act:
        raise CannotKeep


def _ending(text: str) -> str:
    """The punctuation with which a passage ends."""
    match = re.search(r"[.!?\"')]*$", text)
    return match.group() if match else ""
