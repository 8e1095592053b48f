"""Acts that no list of words knows: whatever those who act for the state do to a family, a home or a relative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.text.attribution import Anchor
from bearwitness.text.english_focus import Scene, default_keys, show_unnamed
from bearwitness.text.english_pronouns import Passage
from bearwitness.text.english_terms import ALL_ACTS, Term
from bearwitness.text.english_words import FUNCTION_WORDS

_FORCE: Final = re.compile(
    r"\b(?:(?:[Oo]fficers?|[Oo]fficials?|[Aa]gents?|[Pp]olice(?:m[ae]n)?|[Gg]uards?|[Ss]oldiers|[Tt]roops"
    r"|[Ii]nvestigators?|[Ii]nspectors?|[Aa]uthorities|[Ii]nterrogators?|[Ss]ecurity (?:forces|services?))"
    r"|(?:[Tt]he )?(?:Ministry of (?:State|Social|People's) Security|(?:[Ss]tate )?[Ss]ecurity (?:ministry"
    r"|department|bureau)|[Mm]inistry|MSS|MPS|State Security|[Bb]owibu|[Rr]egime|[Pp]arty committee))\b"
)
_OF_THE_SOUTH: Final = re.compile(r"\b(?:South Korean|South Korea's|Unification|Seoul|foreign|embassy) $")
_SOUTHERN_AFTER: Final = re.compile(r" of (?:Unification|Foreign)|,? (?:in|from) (?:Seoul|South Korea)")
_CLAUSE_END: Final = re.compile(
    r"[.;:!?\n\"]|\b(?:that|who|whose|which|because|when|while|after|before|since|until|if|unless|whether)\b"
)
_PAST: Final = frozenset(
    ["took", "gave", "kept", "made", "put", "drove", "threw", "struck", "hit", "shut", "broke", "tore", "stole", "beat",
     "sent", "brought", "held", "caught", "dug", "cut", "came", "went", "got", "told", "paid", "laid", "led", "set",
     "burnt", "forbade", "shot", "swept", "stood", "left", "robbed", "descended", "turned"]
)  # fmt: skip
# Speaking and knowing is nothing done to anybody.
_MILD: Final = frozenset(
    ["believed", "learned", "learnt", "reported", "noticed", "denied", "declined", "announced", "claimed", "added",
     "noted", "admitted", "explained", "confirmed", "helped", "released", "related", "based", "named", "called"]
)  # fmt: skip
_SAY: Final = frozenset(
    ["said", "say", "says", "know", "knew", "knows", "think", "thought", "believe", "found", "heard"]
)
_SUFFERED: Final = re.compile(r"\b(?:was|were|been|being|is|are) $")
_BY: Final = re.compile(r"\b(?:was|were|been|being|got) (?:[a-z]+ly )?(?P<v>[a-z]+)(?: [a-z]+)? by (?:the |local )*$")
_A_SINGLE: Final = re.compile(r"\b(?:an?|the|this|that|one|another)(?: [a-z-]+){0,3} $", re.I)
_A_THREAT: Final = re.compile(r" (?:to|of|against|that)\b")
_WAS: Final = re.compile(r"\b(?:was|had been|has been|is being)(?: [a-z]+ly)? $")
_REACHES: Final = 60


def unknown_acts(scene: Scene, passage: Passage, acts: Sequence[Term]) -> Iterator[Term]:
    """Verbs of officers, police or ministry with a family, home, relative or person as object, where no known act is.

    The act may then be any of those a household can suffer.
    """
    text, sentence = scene.page.text, passage.sentence
    objects = [a for a in passage.anchors if a.keys and a.kind in ("family", "house", "kin", "person")]
    for force in _FORCE.finditer(text, sentence.start, sentence.end) if objects else ():
        if _OF_THE_SOUTH.search(text, sentence.start, force.start()) or _SOUTHERN_AFTER.match(text, force.end()):
            continue
        by = _BY.search(text, sentence.start, force.start())
        if by is not None and by["v"] not in _MILD and not _between(acts, by.start(), force.end()):
            if any(a.end <= by.start() for a in objects):
                yield Term(start=by.start("v"), end=by.end("v"), attribute="act", codes=ALL_ACTS, voice="passive")
            continue
        limit = _CLAUSE_END.search(text, force.end(), sentence.end)
        end = limit.start() if limit else sentence.end
        found = next((a for a in objects if force.end() < a.start < end), None)
        if found is None or _between(acts, force.start(), end):
            continue
        verb = _verb(scene, force.end(), found)
        if verb is not None:
            yield Term(start=verb[0], end=verb[1], attribute="act", codes=ALL_ACTS, voice="active")


def _between(acts: Sequence[Term], start: int, end: int) -> bool:
    return any(start <= t.start < end for t in acts)


def _verb(scene: Scene, start: int, found: Anchor) -> tuple[int, int] | None:
    """The last word before an object that can be what was done: a past form that does not only say or know."""
    words = scene.page.words_in(start, found.start)
    for word in reversed(words):
        past = word.lower in _PAST or (word.lower.endswith("ed") and len(word.lower) > 3)
        if past and found.start - word.end < _REACHES and word.lower not in FUNCTION_WORDS and not word.capital:
            suffered = _SUFFERED.search(scene.page.text, start, word.start)
            return None if word.lower in _MILD or suffered else (word.start, word.end)
    first = words[0] if words else None
    if first is None or scene.page.text[start : first.start] != " " or first.capital or first.lower in FUNCTION_WORDS:
        return None
    return None if first.lower in _MILD | _SAY else (first.start, first.end)


def show_whom(scene: Scene, passage: Passage, terms: Sequence[Term]) -> None:
    """Where something single was done or is told and no words show to whom, let the words show somebody unnamed."""
    if any(a.keys or (a.kind == "generic" and a.subject) for a in passage.anchors):
        return
    for term in terms:
        if term.codes == {"china"} and not any(t.attribute == "status" for t in terms):
            # Goods and news come through China too.
            continue
        if not _is_single(scene.page.text, passage, term) or default_keys(scene, passage, term.start):
            continue
        keys = show_unnamed(scene, passage, term.start, term.end)
        passage.anchors.append(Anchor(start=term.start, end=term.end, kind="family", keys=keys, subject=False))
        return


def _is_single(text: str, passage: Passage, term: Term) -> bool:
    """Whether wording speaks of one case: "a raid", "was searched", "officers detained"; not "raids", "is common"."""
    start = passage.sentence.start
    if term.attribute == "status" or any(a.kind == "generic" and a.end >= term.end for a in passage.anchors):
        return False
    if term.attribute == "route":
        return True
    if term.voice in ("noun", "") and _A_SINGLE.search(text, max(start, term.start - 40), term.start):
        plural = text[term.start : term.end].endswith("s")
        return not plural and not (term.codes == {"threat"} and _A_THREAT.match(text, term.end))
    if term.voice in ("passive", "state"):
        return _WAS.search(text, max(start, term.start - 40), term.start) is not None
    return term.voice == "active" and _FORCE.search(text, start, term.start) is not None
