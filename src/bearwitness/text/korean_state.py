"""What the state does to a family in a word that no list of acts has: an act of no stated kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.text.korean_sentences import split_sentences
from bearwitness.text.korean_terms import ALL_ACTS, FAMILY, HOUSE, Term
from bearwitness.text.particles import final_of

_STATE: Final = re.compile(
    r"(?<![가-힣])(?<!한국 )(?<!남한 )(?:국가보위성|국가안전보위부|보위성|(?:시|군|도)?보위[부국](?:원|요원)?|보위원"
    r"|안전원|(?:시|군|도)?안전부(?:원)?"
    r"|사회안전성|보안원|보안서(?:원)?|보안부|인민보안성|(?:비밀)?경찰(?:관)?|공안|당국(?:자)?|요원|수사관|단속원|담당자|지도원)"
    r"(?: (?:지도원|간부|요원|책임자|군관|부장|반탐과장))?"
    r"(?:들)?(?: [2-9두세네몇]+ ?명| [둘셋넷])?(?P<case>이|가|은|는|에서|에서는|도|(?P<by>에 의해|의 손에))(?= )"
)
_CLAUSE: Final = re.compile(r"(?:다고|다는|다며|라고|라는|라며)(?=[ ,\"]|$)|[\"\n]")
_OBJECT: Final = re.compile(
    r"(?:들|네|님|들네)?(?: [가-힣]{1,4})?(?:의 [가-힣]{1,8}?)?"
    r"(?:을|를|에게|한테|에|으로|와|과|더러|까지|마저)(?= )"
)
_SUBJECT: Final = re.compile(r"(?:들|네|님)?(?: [가-힣]{1,4})?(?:이|가|은|는|도)(?= )")
_PREDICATE_END: Final = re.compile(r"(?:다|다고|다며|다는|고|며|면서|는데|자|던|려|라며|라고|는)$")
_SPEECH: Final = re.compile(r"[가-힣]+?다(?=고$|며$|는$|면서$)")
_DENIED: Final = ("않", "못", "없", "말았", "말고", "모르")
_SS: Final = 20


def find_state_acts(text: str, terms: Sequence[Term]) -> Iterator[Term]:
    """Predicates whose subject is the secret police or the like and whose object is a family, a home or a relative.

    Parameters
    ----------
    text : str
        Normalised text.
    terms : sequence of Term
        What the tables found; a clause in which they found an act is left alone.
    """
    nouns = sorted(
        [(t.start, t.end) for t in terms if t.attribute == "kin"]
        + [m.span() for pattern in (FAMILY, HOUSE) for m in pattern.finditer(text)]
    )
    acts = [t for t in terms if t.attribute == "act"]
    if not nouns:
        return
    for sentence in split_sentences(text):
        done = sentence.start
        for subject in _STATE.finditer(text, sentence.start, sentence.end):
            stop = _CLAUSE.search(text, subject.end(), sentence.end)
            end = stop.end() if stop else sentence.end
            if subject.start() < done or any(subject.start() <= a.start < end for a in acts):
                continue
            passive = subject["by"] is not None
            found = _predicate(text, subject.end(), end, nouns, first=sentence.start if passive else None)
            if found is not None:
                yield Term(start=found[0], end=found[1], attribute="act", codes=ALL_ACTS)
                done = end


def _predicate(
    text: str, start: int, end: int, nouns: Sequence[tuple[int, int]], *, first: int | None
) -> tuple[int, int] | None:
    """The predicate after the last object; of a passive clause, with a subject since ``first``, after the agent."""
    if first is None:
        ends = [m.end() for a, b in nouns if start <= a and b < end and (m := _OBJECT.match(text, b, end))]
    else:
        subjects = [m.end() for a, b in nouns if first <= a and b < end and (m := _SUBJECT.match(text, b, end))]
        ends = [max(start, *subjects)] if subjects else []
    if not ends:
        return None
    for word in re.finditer(r"[가-힣]+", text[ends[-1] : end]):
        at, said = ends[-1] + word.start(), word.group()
        if not (_PREDICATE_END.search(said) or any(final_of(c) == _SS for c in said)):
            continue
        following = text[at + len(said) : end].split()
        if said.startswith(_DENIED) or (following and following[0].startswith(_DENIED)):
            return None
        quoted = _SPEECH.match(said)
        return at, at + (quoted.end() if quoted else len(said))
    return None
