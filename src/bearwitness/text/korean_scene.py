"""A Korean text laid out for reading: its sentences, who is shown in each, and what each could be saying of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from bearwitness.text.date_atoms import DateMention
from bearwitness.text.korean_sentences import Sentence, find_quotations, split_sentences
from bearwitness.text.korean_terms import Term
from bearwitness.text.korean_values import Value
from bearwitness.text.scene import Mention

ANAPHOR: Final = re.compile(
    r"(?<![가-힣])(?:그(?:는|가|의|를|에게|도| 역시)|그녀|자신|본인|저는|제가|나는|내가|우리 |(?:이|그) (?:여성"
    r"|남성|탈북민|탈북자|사람|가족|부부|청년)|두 사람|세 사람"
    r"|이들|그들|가족|식구|집(?=[은이을에의])|당시|이후|그 ?뒤|그 ?후|이때|그러자|결국|이 일|이 사건|이 소식"
    r"|그 소식|며칠 (?:뒤|후))"
)
PRONOUN: Final = re.compile(
    r"(?<![가-힣])(?:그녀|그(?=[는가의를도]|에게)|(?:이|그) (?:여성|남성|탈북민|탈북자|사람|청년)(?!들)|본인"
    r"|자신(?=[은의이을과도]|에게))"
)
_TOGETHER: Final = re.compile(r"(?<![가-힣])(?:(?P<n>두|세|네|다섯) (?:사람|명|탈북민|가족|집안|여성|남성)|이들"
                              r"|그들)(?!의? ?부모)")
_NUMBER: Final[Mapping[str, int]] = {"두": 2, "세": 3, "네": 4, "다섯": 5}
_JOINED: Final = re.compile(r"(?:와|과|하고|,| 및|·| 그리고|이랑|랑)(?= |[가-힣A-Z])")
_SPEECH: Final = (
    "(?:말|전|밝|설명|덧붙|강조|주장|증언|토로|털어|호소|회상|반문|이야기|얘기|고백|하소연|했다|탄식|한숨|되뇌"
    "|지적|우려)"
)
_TOPIC: Final = re.compile(r"(?:은|는|도|이|가|께서는?)(?= |,|$)")
_MOST_APART: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence with all that was found in it.

    ``keys`` are those it speaks of where it shows nobody; ``heard`` are its quotations with those who speak in them;
    ``joined`` tells whether it goes on in the paragraph of the people before.
    """

    sentence: Sentence
    people: tuple[Mention, ...]
    carriers: tuple[Mention, ...]
    keys: tuple[str, ...]
    heard: tuple[tuple[int, int, tuple[str, ...]], ...]
    joined: bool
    terms: tuple[Term, ...]
    places: tuple[Value, ...]
    numbers: tuple[Value, ...]
    occupations: tuple[Value, ...]
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """What was found in a whole text, in order."""

    terms: tuple[Term, ...]
    places: tuple[Value, ...]
    numbers: tuple[Value, ...]
    occupations: tuple[Value, ...]
    dates: tuple[DateMention, ...]


def lay_out(text: str, mentions: Sequence[Mention], layers: Layers) -> tuple[Passage, ...]:
    """Cut a text into sentences and say, for each, what was found in it and whom it can speak of.

    Parameters
    ----------
    text : str
        Normalised text.
    mentions : sequence of Mention
        Who is shown, in order; several with one passage where a name may mean several persons.
    layers : Layers
        Everything else that was found.
    """
    quotations = find_quotations(text)
    passages: list[Passage] = []
    recent: tuple[str, ...] = ()
    shown: list[str] = []
    paragraph = -1
    for sentence in split_sentences(text):
        inside = [m for m in mentions if sentence.start <= m.start < sentence.end]
        people = tuple(m for m in inside if m.stands_as != "carrier")
        said = text[sentence.start : sentence.end]
        near = sentence.paragraph == paragraph
        keys = tuple(dict.fromkeys(m.key for m in people))
        if not keys and (near or ANAPHOR.search(said)):
            keys = _together(said, shown) or recent
        heard = tuple(
            (a, b, speakers_of(text, (a, b), mentions, recent))
            for a, b in quotations
            if a < sentence.end and sentence.start < b
        )
        if not people and heard and heard[0][0] <= sentence.start and sentence.end <= heard[0][1]:
            keys = heard[0][2]
        if people:
            recent = subject_keys(text, people)
            shown = [k for k in shown if k not in keys] + [m.key for m in people if m.key in keys]
            shown = list(dict.fromkeys(shown))
        if keys:
            paragraph = sentence.paragraph
        passages.append(
            Passage(
                sentence=sentence, people=people, carriers=tuple(m for m in inside if m.stands_as == "carrier"),
                keys=keys, heard=heard, joined=near, terms=_within(sentence, layers.terms),
                places=_within(sentence, layers.places), numbers=_within(sentence, layers.numbers),
                occupations=_within(sentence, layers.occupations), dates=_within(sentence, layers.dates),
            )
        )  # fmt: skip
    return tuple(passages)


_Item = TypeVar("_Item", Term, Value, DateMention)


def _within(sentence: Sentence, items: Sequence[_Item]) -> tuple[_Item, ...]:
    return tuple(i for i in items if sentence.start <= i.start < sentence.end)


def _together(said: str, shown: Sequence[str]) -> tuple[str, ...]:
    """Those whom "these two" or "they" takes together: the last so many who were shown."""
    match = _TOGETHER.search(said)
    if match is None:
        return ()
    number = _NUMBER.get(match["n"] or "", len(shown))
    return tuple(shown[-number:])


def speakers_of(
    text: str, quotation: tuple[int, int], mentions: Sequence[Mention], recent: tuple[str, ...]
) -> tuple[str, ...]:
    """Who says a quotation: whoever is named after it with a verb of speech, else before it, else spoken of last."""
    start, end = quotation
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    stop = re.compile(r"[.\n\"]").search(text, end)
    after = text[end : min(line, stop.start() if stop else line)]
    people = [m for m in mentions if m.stands_as != "carrier"]
    if re.search(_SPEECH, after):
        following = [m for m in people if end <= m.start < end + len(after) and _TOPIC.match(text, m.end)]
        if following:
            return group_of(text, people, following[0])
    first = text.rfind("\n", 0, start) + 1
    before = [m for m in people if first <= m.start and m.end <= start]
    topics = [m for m in before if _TOPIC.match(text, m.end)]
    if before:
        return group_of(text, before, (topics or before)[-1])
    return recent


def subject_keys(text: str, people: Sequence[Mention]) -> tuple[str, ...]:
    """Whom the next sentence goes on about: the topic of this one with all joined to it, else the last shown."""
    topic = next((m for m in people if re.compile(r"(?:은|는)(?= |,|$)").match(text, m.end)), None)
    return group_of(text, people, topic or people[-1])


def group_of(text: str, people: Sequence[Mention], member: Mention) -> tuple[str, ...]:
    """Everybody joined to one person of a sentence by "and" or commas, and all that one passage may mean."""
    groups: list[list[Mention]] = []
    for mention in people:
        before = groups[-1][-1] if groups else None
        same = before is not None and before.start == mention.start
        if before is not None and (same or _are_joined(text, before, mention)):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    group = next(g for g in groups if member in g)
    return tuple(dict.fromkeys(m.key for m in group))


def _are_joined(text: str, one: Mention, other: Mention) -> bool:
    if not _JOINED.match(text, one.end) or other.start - one.end > _MOST_APART:
        return False
    # "박 씨와 만난 정 씨" and "박 씨와 함께 온 정 씨" are no list; "노 씨와 량강도 출신인 배 씨" is one.
    between = text[one.end : other.start]
    return re.search(r"(?:만[난나]|함께|결혼|통화|헤어|다[,. ]|고 )", between) is None
