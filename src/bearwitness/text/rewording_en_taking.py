"""Passages taken out of an English sentence with what hangs on them, as little as leaves a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bearwitness.text.rewording_en_sentence import BE, CannotKeep, Part, Sentence
from bearwitness.text.rewording_en_tokens import PARTICIPLES

_OPTIONAL_OBJECT: Final = frozenset(["left", "fled", "leaving", "fleeing", "escaped", "escaping"])
# Verbs that say nothing without the place or work after them.
_NEEDS: Final = frozenset(
    ["lives", "lived", "live", "living", "resides", "resided", "born", "raised", "grew", "based", "hails", "hailed",
     "comes", "came", "come", "stay", "stays", "stayed", "act", "acts", "acted", "acting", "serves", "served",
     "serving", "works", "worked", "working", "work", "settled", "belongs", "spent", "located", "situated",
     "stands", "stood", "lies", "employed", "trained", "known"]
)  # fmt: skip
# Nothing is done to anybody by these, so that they never lean on a "was" before them.
_NO_PASSIVE: Final = frozenset(
    ["left", "defected", "escaped", "arrived", "settled", "resettled", "lived", "worked", "moved", "crossed",
     "returned", "stayed", "traded", "studied", "served", "remained", "died", "appeared", "resided", "sailed",
     "waded", "walked"]
)  # fmt: skip
_NEEDED: Final = frozenset(["in", "from", "at", "near", "as", "of", "outside", "on", "up", "to"])
_OF_A_WORK: Final = frozenset(
    ["former", "retired", "trained", "qualified", "onetime", "ex", "working", "senior", "junior"]
)  # fmt: skip
_PLACE_NOUNS: Final = frozenset(["border", "river", "coast", "city", "town", "province", "county", "region"])
_PLACE_PREPOSITIONS: Final = frozenset(["on", "in", "near", "along", "at", "by", "outside", "across", "beside"])


def drop(sentence: Sentence, part: Part) -> None:
    """Take out a passage with what hangs on it, as little as leaves a sentence.

    Raises
    ------
    CannotKeep
        If no sentence is left, or something that has to stay would go.
    """
    tokens = sentence.tokens_of(part.start, part.end)
    if not tokens:
        raise CannotKeep
    if all(t in sentence.gone for t in tokens):
        return
    first, last = sentence.shape.unit_at(tokens[0]), sentence.shape.unit_at(tokens[-1])
    unit = sentence.units[first]
    if part.how == "clause" or (unit.kind == "verb" and part.attribute != "status"):
        drop_clause(sentence, verb_of(sentence, first))
    elif unit.kind == "prep":
        _drop_phrase(sentence, first, part.attribute)
        if last != first and not sentence.is_gone(last):
            sentence.remove(sentence.tokens_below(last))
    elif unit.kind == "np":
        _drop_from_np(sentence, first, tokens, part)
    elif unit.kind == "verb" or last != first:
        verbs = [u for u in range(first, last + 1) if sentence.units[u].kind == "verb"]
        drop_clause(sentence, verbs[0] if verbs else verb_of(sentence, first))
    else:
        sentence.remove(tokens)


def verb_of(sentence: Sentence, unit: int) -> int:
    """The verb that a unit hangs on, through whatever lies between.

    Raises
    ------
    CannotKeep
        If it hangs on none.
    """
    seen: set[int] = set()
    while sentence.units[unit].kind != "verb":
        seen.add(unit)
        unit = sentence.units[unit].head
        if unit < 0 or unit in seen:
            raise CannotKeep
    return unit


def _drop_from_np(sentence: Sentence, unit: int, tokens: Sequence[int], part: Part) -> None:
    np = sentence.units[unit]
    if tokens[-1] < np.last and part.attribute == "count" and tokens[0] == np.first:
        sentence.put(np, "the", first=tokens[0], last=tokens[-1])
    elif part.attribute == "amount" and np.role != "pobj":
        sentence.put(np, part.words, first=tokens[0], last=tokens[-1])
    elif tokens[-1] < np.last and part.attribute != "trait":
        first = tokens[0]
        while first > np.first and sentence.shape.tokens[first - 1].lower in _OF_A_WORK:
            first -= 1
        sentence.remove(range(first, tokens[-1] + 1))
    elif np.role in ("pobj",):
        _drop_phrase(sentence, np.head, part.attribute)
    elif np.role in ("appos", "conj", "adjunct"):
        drop_aside(sentence, unit)
    elif np.role == "object":
        _drop_object(sentence, unit, part)
    elif np.role == "subject" or np.head >= 0:
        drop_clause(sentence, verb_of(sentence, unit))
    else:
        raise CannotKeep


def _drop_object(sentence: Sentence, unit: int, part: Part) -> None:
    verb = sentence.units[unit].head
    leaves = sentence.word(verb) in _OPTIONAL_OBJECT
    if part.attribute == "home" and leaves and (part.words != "home" or sentence.word(verb).startswith("le")):
        sentence.put(sentence.units[unit], part.words)
    else:
        drop_clause(sentence, verb)


def drop_aside(sentence: Sentence, unit: int) -> None:
    """An apposition or a further member of a list; what follows it in the list moves up."""
    following = [c for c in sentence.shape.children(unit) if sentence.units[c].role == "conj"]
    kept = set(sentence.tokens_below(following[0])) if following else set()
    if following:
        sentence.units[following[0]].head = sentence.units[unit].head
    sentence.remove(t for t in sentence.tokens_below(unit) if t not in kept)


def _drop_phrase(sentence: Sentence, prep: int, attribute: str) -> None:
    """A preposition with its noun, and what only says more of a place."""
    head = sentence.units[prep].head
    if head >= 0 and sentence.units[head].kind == "verb" and _needs(sentence, head, prep):
        drop_clause(sentence, head)
        return
    sentence.remove(sentence.tokens_below(prep))
    if attribute == "home":
        drop_qualifiers(sentence, prep, head)


def drop_qualifiers(sentence: Sentence, prep: int, head: int) -> None:
    """Take out the phrases after a place that only say more of it: "on the Chinese border"."""
    bound = (*sentence.must, *sentence.wanted, *sentence.changing)
    at = max(sentence.shape.below(prep)) + 1
    while at < len(sentence.units):
        unit = sentence.units[at]
        own = sentence.tokens_below(at)
        if (
            unit.kind != "prep" or unit.head != head or sentence.word(at) not in _PLACE_PREPOSITIONS
            or sentence.covers(own, bound) or not _names_place(sentence, at)
        ):  # fmt: skip
            return
        sentence.remove(own)
        at = max(sentence.shape.below(at)) + 1


def _names_place(sentence: Sentence, prep: int) -> bool:
    """Whether what a preposition governs is a place and no time."""
    units = [sentence.units[u] for u in sentence.shape.below(prep) if sentence.units[u].kind == "np"]
    words = [t for u in units for t in sentence.shape.tokens[u.first : u.last + 1]]
    named = any(t.capital or t.lower in _PLACE_NOUNS for t in words)
    return named and not any(t.tag == "num" for t in words)


def _needs(sentence: Sentence, verb: int, prep: int) -> bool:
    """Whether a verb says nothing without this phrase: "is from", "lives in", "works as"."""
    if sentence.word(prep) not in _NEEDED or not (sentence.word(verb) in _NEEDS or sentence.word(verb) in BE):
        return False
    if sentence.word(prep) == "on" and sentence.word(verb) not in BE:
        return False
    others = [
        c for c in sentence.shape.children(verb)
        if c > verb and c != prep and sentence.units[c].kind in ("np", "prep") and not sentence.is_gone(c)
        and sentence.units[c].role in ("adjunct", "object")
    ]  # fmt: skip
    return not others


def drop_clause(sentence: Sentence, verb: int) -> None:
    """Take out a verb with everything that hangs on it; a verb joined to it takes its place.

    Raises
    ------
    CannotKeep
        If nothing would be left, or something that has to stay would go.
    """
    if sentence.is_gone(verb):
        return
    unit = sentence.units[verb]
    joined = next((c for c in sentence.shape.children(verb) if sentence.units[c].role == "conj"), -1)
    if joined >= 0:
        _promote(sentence, verb, joined)
    elif unit.role in ("conj", "rel", "sub", "part", "coord"):
        _drop_dependent(sentence, verb)
    elif unit.role == "gerund":
        _drop_phrase(sentence, unit.head, "")
    elif unit.role == "inf" and unit.head >= 0 and not _is_beside(sentence, unit.head, verb):
        sentence.remove(sentence.tokens_below(verb))
    elif unit.role in ("comp", "inf") and unit.head >= 0:
        drop_clause(sentence, verb_of(sentence, unit.head))
    else:
        _drop_main(sentence, verb)


def _is_beside(sentence: Sentence, head: int, verb: int) -> bool:
    between = range(sentence.units[head].last + 1, sentence.units[verb].first)
    return sentence.units[head].kind == "verb" and all(t in sentence.gone for t in between)


def _drop_dependent(sentence: Sentence, verb: int) -> None:
    unit = sentence.units[verb]
    if unit.role == "conj":
        _close_list(sentence, verb)
    sentence.remove(sentence.tokens_below(verb))


def _close_list(sentence: Sentence, verb: int) -> None:
    """Let "and" stand before the new last member: of "A, B and C" without C is left "A and B"."""
    head = sentence.units[verb].head
    first = sentence.units[head].first
    comma = next((u for u in sentence.units if u.kind == "comma" and u.last == first - 1), None)
    if comma is not None and sentence.units[head].role == "conj" and not _has_word(sentence, head, "cc"):
        sentence.put(comma, " and")


def _has_word(sentence: Sentence, unit: int, tag: str) -> bool:
    return any(sentence.shape.tokens[sentence.units[c].first].tag == tag for c in sentence.shape.children(unit))


def _promote(sentence: Sentence, verb: int, joined: int) -> None:
    unit, successor = sentence.units[verb], sentence.units[joined]
    stays = set(sentence.tokens_below(joined))
    for child in sentence.shape.children(verb):
        before = child < verb and sentence.units[child].role != "conj"
        if before or child == joined:
            sentence.units[child].head = verb
            stays |= set(sentence.tokens_below(child)) if before else set()
    for child in sentence.shape.children(joined):
        if sentence.shape.tokens[sentence.units[child].first].tag == "cc" and unit.role != "conj":
            stays -= set(range(sentence.units[child].first, sentence.units[child].last + 1))
    if unit.role == "conj":
        stays -= {t for c in sentence.shape.children(verb) if c < verb for t in sentence.tokens_below(c)}
    if _shares(sentence, joined) and sentence.shape.tokens[unit.first].tag in ("aux", "to"):
        stays |= set(range(unit.first, unit.last))
    sentence.remove(t for t in sentence.tokens_below(verb) if t not in stays)
    for child in sentence.shape.children(verb):
        if child < verb:
            sentence.units[child].head = joined
    successor.head, successor.role, successor.comma, successor.closing = (
        unit.head, unit.role, unit.comma, unit.closing,
    )  # fmt: skip
    for u in sentence.units:
        if u.head == verb:
            u.head = joined


def _shares(sentence: Sentence, verb: int) -> bool:
    """Whether a verb joined to another needs its auxiliary: in "was taken and questioned", not "and left home"."""
    unit = sentence.units[verb]
    first = sentence.shape.tokens[unit.first]
    takes_object = any(sentence.units[c].role == "object" for c in sentence.shape.children(verb))
    if first.tag not in ("past", "ing") or (first.tag == "past" and (takes_object or first.lower in _NO_PASSIVE)):
        return False
    return first.lower.endswith(("ed", "ing")) or first.lower in PARTICIPLES


def _drop_main(sentence: Sentence, verb: int) -> None:
    other = next((c for c in sentence.shape.children(verb) if sentence.units[c].role == "coord"), -1)
    if other < 0:
        raise CannotKeep
    stays = set(sentence.tokens_below(other))
    for child in sentence.shape.children(other):
        if sentence.shape.tokens[sentence.units[child].first].tag == "cc":
            stays -= set(range(sentence.units[child].first, sentence.units[child].last + 1))
    sentence.remove(t for t in sentence.tokens_below(verb) if t not in stays)
    sentence.units[other].head, sentence.units[other].role = sentence.units[verb].head, sentence.units[verb].role
