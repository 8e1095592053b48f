"""Names, pronouns and relatives of one English sentence put into the words for people without names."""

from __future__ import annotations

from typing import Final

from bearwitness.text.english_words import TITLES
from bearwitness.text.rewording_en_cast import Patch
from bearwitness.text.rewording_en_kin import PersonPart, is_kin_noun, place_kin
from bearwitness.text.rewording_en_sentence import NAMING, Part, Sentence
from bearwitness.text.rewording_en_taking import drop, drop_clause, verb_of
from bearwitness.text.rewording_en_units import NAME_NOUNS

_SHARED: Final = frozenset(["family", "home", "house", "household", "relatives", "relative", "apartment", "families"])
# Nouns that tell a sex.
SEX_NOUNS: Final = frozenset(
    ["woman", "man", "girl", "boy", "lady", "schoolgirl", "schoolboy", "housewife", "widow", "widower", "grandmother",
     "mother", "father"]
)  # fmt: skip


def place_person(sentence: Sentence, part: PersonPart) -> None:
    """Put the wording of somebody in the place of a passage that is still there.

    Raises
    ------
    CannotKeep
        If the sentence does not stand with it.
    """
    tokens = sentence.tokens_of(part.start, part.end)
    if not tokens or all(t in sentence.gone for t in tokens):
        return
    if part.what == "name":
        _place_name(sentence, part, tokens)
    elif part.what == "pronoun":
        _place_pronoun(sentence, part, tokens[0])
    elif part.what == "kin":
        place_kin(sentence, part, tokens)
    else:
        _place_noun(sentence, part, tokens)


def _span(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    tokens = sentence.shape.tokens
    return tokens[first].start, tokens[last].end


def _add(sentence: Sentence, patch: Patch) -> None:
    sentence.said.append(patch)


def _place_name(sentence: Sentence, part: PersonPart, name: list[int]) -> None:
    tokens, units = sentence.shape.tokens, sentence.units
    at = sentence.shape.unit_at(name[0])
    unit, first, last = units[at], name[0], name[-1]
    if part.relative:
        _place_name_of_relative(sentence, part, first, last)
        return
    first = _title_before(sentence, first)
    verb = _naming(sentence, at)
    if verb >= 0:
        sentence.remove(sentence.tokens_below(verb))
        _add(sentence, Patch(start=part.start, end=part.start, persona=part.persona, form="shown"))
        return
    if unit.role == "appos" and sentence.word(unit.head) in NAME_NOUNS:
        drop_clause(sentence, verb_of(sentence, unit.head))
        _add(sentence, Patch(start=part.start, end=part.start, persona=part.persona, form="shown"))
        return
    if unit.role in ("appos", "conj") and _stands_beside(sentence, at):
        drop(sentence, Part(start=part.start, end=part.end, how="drop", attribute="name"))
        _add(sentence, Patch(start=part.start, end=part.start, persona=part.persona, form="shown"))
        return
    asides = [c for c in sentence.shape.children(at) if units[c].role == "appos" and not sentence.is_gone(c)]
    beside = asides[0] if len(asides) == 1 and tokens[units[asides[0]].last].tag != "num" else -1
    if beside >= 0 and part.first and first == unit.first and last == unit.last:
        _describe_instead(sentence, part, at, beside)
        return
    before = [t for t in range(unit.first, first) if t not in sentence.gone]
    possessive = tokens[last].possessive
    others = [t for t in before if tokens[t].tag not in ("det", "poss")]
    if not others:
        start = tokens[before[0]].start if before and tokens[before[0]].tag == "det" else tokens[first].start
        form = "possessive" if possessive else "plain"
        _add(sentence, Patch(start=start, end=tokens[last].end, persona=part.persona, form=form))  # type: ignore[arg-type]
        return
    sentence.remove(range(first, last + 1))
    if possessive:
        _add(sentence, Patch(start=tokens[others[-1]].end, end=tokens[others[-1]].end, words="'s"))
    if len(others) == len(before):
        start = tokens[others[0]].start
        if others[0] == 0 and tokens[0].capital and tokens[0].tag == "noun":
            _add(sentence, Patch(start=start, end=start + 1, words=tokens[0].text[0].lower()))
        _add(sentence, Patch(start=start, end=start, persona=part.persona, form="article"))
    else:
        _add(sentence, Patch(start=part.start, end=part.start, persona=part.persona, form="shown"))


def _place_name_of_relative(sentence: Sentence, part: PersonPart, first: int, last: int) -> None:
    """A relative's name: out where a word beside it says who it is, else the relative's word."""
    tokens, units = sentence.shape.tokens, sentence.units
    at = sentence.shape.unit_at(first)
    unit, verb = units[at], _naming(sentence, at)
    if verb >= 0:
        sentence.remove(sentence.tokens_below(verb))
    elif unit.role == "appos":
        sentence.remove(sentence.tokens_below(at))
    elif first > unit.first:
        if tokens[last].possessive:
            _add(sentence, Patch(start=tokens[first - 1].end, end=tokens[first - 1].end, words="'s"))
        sentence.remove(range(first, last + 1))
    else:
        word = part.words or "relative"
        tail = "'s" if tokens[last].possessive else ""
        start, end = _span(sentence, first, last)
        _add(sentence, Patch(start=start, end=end, words=f"the {word}{tail}"))


def _title_before(sentence: Sentence, first: int) -> int:
    tokens = sentence.shape.tokens
    if first >= 1 and tokens[first - 1].lower in TITLES:
        return first - 1
    if first >= 2 and tokens[first - 1].text == "." and tokens[first - 2].lower in TITLES:
        sentence.gone |= {first - 2, first - 1}
    return first


def _naming(sentence: Sentence, np: int) -> int:
    """The participle "named" or "identified as" that a name hangs on; -1 for none."""
    seen, at = 0, sentence.units[np].head
    while at >= 0 and seen < 3:
        unit = sentence.units[at]
        if unit.kind == "verb":
            return at if sentence.word(at) in NAMING and unit.role == "part" else -1
        if unit.kind == "np":
            return -1
        at, seen = unit.head, seen + 1
    return -1


def _stands_beside(sentence: Sentence, np: int) -> bool:
    """Whether a name only says who somebody is that the sentence shows: "a defector, Park", "two others, a Kim"."""
    head = sentence.units[np].head
    if head < 0 or sentence.units[head].kind != "np":
        return False
    if sentence.units[np].role == "appos":
        kept = [c for c in sentence.shape.children(np) if sentence.units[c].role != "conj" and not sentence.is_gone(c)]
        return not kept
    counted = _is_counted(sentence, head)
    kept = [c for c in sentence.shape.children(np) if sentence.units[c].kind != "link" and not sentence.is_gone(c)]
    return counted and not kept


def _is_counted(sentence: Sentence, np: int) -> bool:
    """Whether a noun counts people, itself or what it is joined to: "two other defectors, a Kim and a Park"."""
    while sentence.units[np].role in ("appos", "conj") and sentence.units[np].head >= 0:
        np = sentence.units[np].head
    unit = sentence.units[np]
    return unit.kind == "np" and any(t.tag == "num" for t in sentence.shape.tokens[unit.first : unit.last + 1])


def _describe_instead(sentence: Sentence, part: PersonPart, name: int, beside: int) -> None:
    """Let what describes somebody stand for their name: "Ahn, a former nurse, said", "a former nurse said"."""
    units = sentence.units
    commas = {units[u].first for u in (units[beside].comma, units[beside].closing) if u >= 0}
    asides = [c for c in sentence.shape.children(name) if units[c].comma >= 0 and c != beside]
    others = [c for c in asides if not sentence.is_gone(c)]
    leads = units[0].kind == "prep" and name in sentence.shape.below(0) and units[0].head > name
    if others or leads:
        commas -= {units[units[beside].closing].first} if units[beside].closing >= 0 else set()
    sentence.remove({*range(units[name].first, units[name].last + 1), *commas})
    start, end = _span(sentence, units[beside].first, units[beside].last)
    if any(start <= p.start and p.end <= end and p.form == "plain" for p in sentence.said):
        return
    _add(sentence, Patch(start=part.start, end=part.start, persona=part.persona, form="shown"))


def _place_pronoun(sentence: Sentence, part: PersonPart, token: int) -> None:
    tokens = sentence.shape.tokens
    word, unit = tokens[token].lower, sentence.units[sentence.shape.unit_at(token)]
    start, end = _span(sentence, token, token)
    if any(p.start <= start and end <= p.end and p.form for p in sentence.said):
        return
    relative = part.words
    if word in ("himself", "herself"):
        _add(sentence, Patch(start=start, end=end, words="themselves"))
    elif word in ("hers",):
        _add(sentence, Patch(start=start, end=end, words="theirs"))
    elif tokens[token].tag == "poss" and word in ("her", "his"):
        head = tokens[unit.last].lower
        if unit.last > token and head in _SHARED and unit.last - token < 3:
            article = "their" if head in ("relative", "relatives") else "the"
            _add(sentence, Patch(start=start, end=end, words=article))
        elif relative:
            vague = any(p.form == "owned" and p.start > end and p.end <= tokens[unit.last].end for p in sentence.said)
            owned = f"the {relative}'s" if is_kin_noun(head) and not vague else "their"
            _add(sentence, Patch(start=start, end=end, words=owned))
        else:
            _add(sentence, Patch(start=start, end=end, persona=part.persona, form="whose"))
    else:
        again = "them" if tokens[token].tag == "pron" and word in ("her", "him") else _they(sentence, token)
        if relative:
            shown = any(p.form in ("kin", "owned") and p.end <= start for p in sentence.said)
            if not part.relative:
                _add(sentence, Patch(start=start, end=end, words=f"the {relative}"))
            elif shown and again:
                _add(sentence, Patch(start=start, end=end, words=again))
            else:
                _add(sentence, Patch(start=start, end=end, words=relative, persona=part.persona, form="kin"))
        else:
            _add(sentence, Patch(start=start, end=end, words=again, persona=part.persona, form="again"))


def _they(sentence: Sentence, token: int) -> str:
    """The word "they", where the verb after it is the same for one and for many."""
    after = sentence.shape.tokens[token + 1] if token + 1 < len(sentence.shape.tokens) else None
    if after is None or after.tag not in ("past", "aux"):
        return ""
    return "" if after.lower in ("is", "was", "has", "does", "doesn't", "isn't", "wasn't", "hasn't") else "they"


def _place_noun(sentence: Sentence, part: PersonPart, tokens: list[int]) -> None:
    """A noun that tells a sex, or says that somebody is a defector, becomes the wording of the person."""
    at = sentence.shape.unit_at(tokens[0])
    unit, all_tokens = sentence.units[at], sentence.shape.tokens
    if tokens[-1] != unit.last or unit.kind != "np":
        sentence.remove(tokens)
        return
    start, end = _span(sentence, tokens[0], tokens[-1])
    _add(sentence, Patch(start=start, end=end, words=part.words + ("'s" if all_tokens[unit.last].possessive else "")))
