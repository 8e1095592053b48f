"""Whom a Korean sentence speaks of that shows nobody: nothing said of somebody is said of nobody.

"2월에 집이 급습당했다" tells of one home. Where nobody is shown before it, it may be that of whoever is shown next, and
in a text that shows nobody at all, that of a person who has no other passage than these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bearwitness.text.korean_claims import FIRM, read_passage
from bearwitness.text.korean_general import is_past
from bearwitness.text.korean_people import SOMEONE
from bearwitness.text.korean_scene import PRONOUN, Layers, Passage, subject_keys
from bearwitness.text.korean_terms import FAMILY, HOUSE
from bearwitness.text.scene import Mention, Said

_TRIAL: Final = "?"
# Dates, ages, counts and sums of nobody stay in doubt as they are.
_TELLING: Final = frozenset({"act", "kin", "trait", "route"})
# What a rule says of money or telephones, and what the state does about them, is said of nobody.
_RULE: Final = re.compile(
    r"불법|금지|범죄|반역|허용|단속|통제|엄벌"
    r"|(?:당국|정부|국가|보위[부성국]|안전[부성]|북한|정권)(?:은|는|이|가|에서는?)(?= )"
)
_MANY: Final = re.compile(
    r"(?:탈북민|탈북자|주민|사람|브로커|가족|부모|이|인|자)들(?:은|이|도)(?= )|(?:많은|여러|대부분의|모든) [가-힣]+"
    r"|[가-힣]는 (?:사람|이)(?=[이은의도])"
)
_GROUP_AFTER: Final = re.compile(
    r"[가-힣]{0,4}[는은던한된당할받] (?:[가-힣]+ )?(?:가족|사람|주민|부모|탈북민|탈북자|이)들"
)
_GROUPS: Final = re.compile(r"(?<![가-힣])(?:[가-힣]+ )?(?:가족|식구|부모|자녀|자식|아들|딸|형제|친척|집)들")
_A_CERTAIN: Final = re.compile(r"(?<![가-힣])(?:한|어느|어떤|또 다른|다른)(?: [가-힣]{1,6}){0,2} $")
_IN_CASE: Final = re.compile(r"(?:은|는|이|가|의|을|를|도|과|와|에게|한테)(?= )")
_LONGEST_DETERMINER: Final = 20
_IF: Final = re.compile(r"(?:으?면|거나|든지|경우)(?:[ ,]|에는)|누구[나든]")


def fill_in(
    text: str, passages: Sequence[Passage], people: Sequence[Mention]
) -> tuple[tuple[Passage, ...], tuple[Mention, ...]]:
    """Give each sentence that tells something of nobody shown those it may speak of.

    Parameters
    ----------
    text : str
        Normalised text.
    passages : sequence of Passage
        The sentences in order.
    people : sequence of Mention
        Who is shown.

    Returns
    -------
    tuple
        The sentences, and the mentions of whoever has no other passage than what is said.
    """
    shown = {m.key for m in people if m.stands_as != "named" and m.stands_as != "carrier"}
    named = {m.key for m in people if m.stands_as == "named"} - shown
    number = sum(1 for k in shown if k.startswith(SOMEONE))
    filled: list[Passage] = []
    made: list[Mention] = []
    recent: tuple[str, ...] = ()
    run = ""
    for at, passage in enumerate(passages):
        keys = passage.keys
        ours = tuple(m for m in passage.people if m.key not in named)
        if ours:
            recent, run = subject_keys(text, ours), ""
        elif not passage.people and not set(keys) - named and (words := _told(text, passage)):
            other = recent or _next_shown(text, passages[at + 1 :], named)
            if not other:
                if not run:
                    number += 1
                    run = f"{SOMEONE}-{number}"
                    made.append(Mention(start=words[0], end=words[1], key=run, label=text[words[0] : words[1]]))
                other = (run,)
            keys = tuple(dict.fromkeys((*keys, *other)))
        elif not keys and run and passage.joined:
            keys = (run,)
        filled.append(replace(passage, keys=keys))
    return tuple(filled), tuple(made)


def workers(text: str, layers: Layers, people: Sequence[Mention]) -> Iterator[Mention]:
    """People shown by their work alone: "한 교사는"."""
    for work in layers.occupations:
        before = _A_CERTAIN.search(text, max(0, work.start - _LONGEST_DETERMINER), work.start)
        if before is None or not _IN_CASE.match(text, work.end):
            continue
        if not any(m.start < work.end and before.start() < m.end for m in people):
            yield Mention(
                start=before.start(), end=work.end, key=SOMEONE, label=text[before.start() : work.end],
            )  # fmt: skip


def _next_shown(text: str, later: Sequence[Passage], named: set[str]) -> tuple[str, ...]:
    """Those whom the text shows first after a sentence: what a headline tells may be theirs."""
    for passage in later:
        ours = tuple(m for m in passage.people if m.key not in named)
        if ours:
            return subject_keys(text, ours)
    return ()


def _told(text: str, passage: Passage) -> tuple[int, int] | None:
    """The words that tell something of somebody, if any: those that mean a person, a relative, a family, a home."""
    trial = read_passage(text, replace(passage, keys=(_TRIAL,)), None)
    pronoun = PRONOUN.search(text, passage.sentence.start, passage.sentence.end)
    if pronoun and (trial.said or trial.homes):
        return pronoun.span()
    said = [s for s in trial.said if s.attribute in _TELLING and not _is_of_groups(text, passage, s)]
    said += [s for firmness, s in trial.homes if firmness >= FIRM]
    if not said:
        return None
    nouns = [(s.start, s.end) for s in said if s.attribute == "kin"]
    nouns += [
        m.span() for p in (FAMILY, HOUSE) for m in p.finditer(text, passage.sentence.start, passage.sentence.end)
    ]
    return min(nouns) if nouns else min((s.start, s.end) for s in said)


def _is_of_groups(text: str, passage: Passage, said: Said) -> bool:
    """Whether something is said of families in general, or of a thing by a rule about it."""
    first, last = passage.sentence.start, passage.sentence.end
    own = any(p.search(text, first, last) for p in (FAMILY, HOUSE)) or any(t.attribute == "kin" for t in passage.terms)
    if said.attribute in ("trait", "route"):
        rule = _RULE.search(text, first, last) is not None and not own
        return rule or (_MANY.search(text, first, last) is not None and not passage.dates)
    if is_past(text[first:last]) or passage.dates or passage.places:
        return False
    if said.attribute == "kin":
        return text.startswith("들", said.end)
    if not own and _IF.search(text, first, said.start):
        return True
    return _GROUP_AFTER.match(text, said.end) is not None or _GROUPS.search(text, first, last) is not None
