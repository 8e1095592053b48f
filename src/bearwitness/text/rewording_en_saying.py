"""Passages of an English sentence said in other words, and what is left of the sentence put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bearwitness.text.rewording_en_cast import Patch
from bearwitness.text.rewording_en_sentence import BE, NAMING, CannotKeep, Part, Sentence, Span
from bearwitness.text.rewording_en_taking import drop, drop_aside, drop_clause, drop_qualifiers

# What hangs on a verb without being what it says.
_NOT_SAID: Final = frozenset(["subject", "word", "", "conj", "coord"])


def drop_work(sentence: Sentence, part: Part, *, noun: str, renamed: bool) -> None:
    """Take out a word for somebody's work; where it is the noun that shows them, another noun stands for it.

    Parameters
    ----------
    part : Part
        The passage.
    noun : str
        What the person may be called.
    renamed : bool
        Whether their name goes too, so that this may become what introduces them.

    Raises
    ------
    CannotKeep
        If no sentence is left.
    """
    tokens = sentence.tokens_of(part.start, part.end)
    if not tokens or all(t in sentence.gone for t in tokens):
        return
    at = sentence.shape.unit_at(tokens[-1])
    unit = sentence.units[at]
    predicate = unit.role == "object" and sentence.word(unit.head) in BE
    as_work = unit.role == "pobj" and sentence.word(unit.head) == "as"
    if unit.kind != "np" or tokens[-1] < unit.last or predicate or as_work:
        drop(sentence, part)
        return
    kept = [c for c in sentence.shape.children(at) if not sentence.is_gone(c) and sentence.units[c].role != "conj"]
    if unit.role in ("appos", "conj") and not kept:
        drop_aside(sentence, at)
        return
    start, end = sentence.shape.tokens[unit.first].start, sentence.shape.tokens[unit.last].end
    if not renamed and _is_with_name(sentence, at):
        sentence.said.append(Patch(start=start, end=end, words=f"a {noun}"))
    else:
        sentence.said.append(Patch(start=start, end=end, persona=part.persona, form="plain"))


def _is_with_name(sentence: Sentence, np: int) -> bool:
    """Whether a noun stands beside a name: "Ahn, a nurse", "a nurse named Ahn"."""
    if sentence.units[np].role in ("appos", "conj"):
        return True
    return any(sentence.word(c) in NAMING for c in sentence.shape.children(np) if sentence.units[c].kind == "verb")


def finish(sentence: Sentence, parts: Iterable[Span]) -> None:
    """Take out what says nothing any more, and the commas around what has gone.

    Parameters
    ----------
    parts : iterable of (int, int)
        Every passage that was to be changed.

    Raises
    ------
    CannotKeep
        If one of them is still there unchanged, or nothing is left.
    """
    while (verb := _emptied(sentence)) >= 0:
        drop_clause(sentence, verb)
    for start, end in parts:
        left = [t for t in sentence.tokens_of(start, end) if t not in sentence.gone]
        if any(not _is_said(sentence, t) for t in left):
            raise CannotKeep
    _drop_commas(sentence)
    verbs = [i for i, u in enumerate(sentence.units) if u.kind == "verb"]
    if (verbs and all(sentence.is_gone(v) for v in verbs)) or _is_cleft(sentence):
        raise CannotKeep


def _is_cleft(sentence: Sentence) -> bool:
    """Whether "It was on 3 May that ..." has lost what happened then."""
    words = [t.lower for t in sentence.shape.tokens[:2]]
    that = [i for i, t in enumerate(sentence.shape.tokens) if t.tag == "that"]
    return words in (["it", "was"], ["it", "is"]) and bool(that) and that[0] in sentence.gone


def _is_said(sentence: Sentence, token: int) -> bool:
    t = sentence.shape.tokens[token]
    return any(p.start < t.end and t.start < p.end for p in sentence.said)


def _emptied(sentence: Sentence) -> int:
    """A verb that has lost everything that was said with it."""
    for i, unit in enumerate(sentence.units):
        own = range(unit.first, unit.last + 1)
        if unit.kind != "verb" or sentence.is_gone(i) or sentence.covers(own, (*sentence.must, *sentence.wanted)):
            continue
        said = [c for c in sentence.shape.children(i) if sentence.units[c].role not in _NOT_SAID]
        if said and all(sentence.is_gone(c) for c in said):
            return i
    return -1


def _drop_commas(sentence: Sentence) -> None:
    tokens = sentence.shape.tokens
    joined = [u for i, u in enumerate(sentence.units) if u.role == "conj" and not sentence.is_gone(i)]
    joining = [u for u in sentence.units if sentence.shape.tokens[u.first].tag == "cc"]
    # Of two that are joined no comma stands before the "and".
    in_list = {t for u in (*joined, *joining) for t in range(u.first, u.last + 1)} if len(joined) > 1 else set()
    for i in [i for i, t in enumerate(tokens) if t.tag == "comma"]:
        if i in sentence.gone:
            continue
        inner, after = 0, i + 1
        while after < len(tokens) and (after in sentence.gone or _is_inner(sentence, after)):
            inner += tokens[after].tag == "comma"
            sentence.gone.add(after)
            after += 1
        if after == i + 1 or after >= len(tokens):
            continue
        if tokens[after].tag == "comma" and after + 1 not in in_list:
            sentence.gone |= {i} if _is_needed(sentence, after, i) else {i, after}
        elif tokens[after].tag != "comma" and inner % 2:
            sentence.gone.add(i)


def _is_needed(sentence: Sentence, comma: int, opening: int) -> bool:
    """Whether a comma that closed an aside opens the next one, or ends the phrase a sentence begins with."""
    unit = sentence.shape.unit_at(comma)
    if any(u.comma == unit and not sentence.is_gone(i) for i, u in enumerate(sentence.units)):
        return True
    leads = sentence.units[0].kind == "prep" and sentence.units[0].head > sentence.shape.unit_at(comma)
    return leads and set(range(opening)) <= set(sentence.tokens_below(0))


def _is_inner(sentence: Sentence, token: int) -> bool:
    """Whether a comma stands between two words that have gone."""
    tokens = sentence.shape.tokens
    return tokens[token].tag == "comma" and token - 1 in sentence.gone and token + 1 in sentence.gone


def say(sentence: Sentence, part: Part) -> None:
    """Put other words for a passage; what only says more of a place goes with it."""
    tokens = sentence.tokens_of(part.start, part.end)
    if not tokens or all(t in sentence.gone for t in tokens):
        return
    start, end, words = part.start, part.end, part.words
    unit = sentence.units[sentence.shape.unit_at(tokens[-1])]
    if part.attribute == "home":
        if tokens[-1] < unit.last:
            words = words.removeprefix("a ").removeprefix("the ")
        else:
            at = sentence.shape.unit_at(tokens[-1])
            start = min(start, _before_name(sentence, at, tokens[0]))
            _drop_below_place(sentence, at)
    sentence.said.append(Patch(start=start, end=end, words=words))


def _before_name(sentence: Sentence, unit: int, token: int) -> int:
    """Where "the city of" begins before the name of a place."""
    np = sentence.units[unit]
    head = np.head
    if np.role == "pobj" and sentence.word(head) == "of":
        kind = sentence.units[head].head
        if kind >= 0 and sentence.units[kind].kind == "np" and sentence.word(kind) in (
            "city", "town", "county", "village", "port", "province", "district", "region"
        ):  # fmt: skip
            return sentence.shape.tokens[sentence.units[kind].first].start
    return sentence.shape.tokens[token].start


def _drop_below_place(sentence: Sentence, unit: int) -> None:
    for child in sentence.shape.children(unit):
        own = sentence.tokens_below(child)
        if child > unit and not sentence.covers(own, (*sentence.must, *sentence.wanted, *sentence.changing)) and (
            sentence.units[child].role != "conj"
        ):
            sentence.remove(own)
    if sentence.units[unit].role == "pobj":
        prep = sentence.units[unit].head
        drop_qualifiers(sentence, prep, sentence.units[prep].head)
