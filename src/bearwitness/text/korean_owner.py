"""Whom a passage of a Korean sentence speaks of: by clause, by particle and by apposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.text.korean_people import describes
from bearwitness.text.korean_scene import Passage, group_of
from bearwitness.text.korean_terms import FAMILY, HOUSE, find_kin_start
from bearwitness.text.scene import Mention

Role = Literal["topic", "owner", "aside", "object"]

_ROLES: Final = re.compile(
    r"(?P<aside>에게서|한테서|으로부터|로부터|을 통해|를 통해|에 따르면|와 함께|과 함께|에게|한테|께(?!서)|더러"
    r"|보다|처럼|같은|[와과](?= ))"
    r"|(?P<topic>께서는?|[은는도](?= |,|$)|[이가](?= ))|(?P<owner>의(?= )|네(?= ))|(?P<object>[을를](?= ))"
)
_REPORTED: Final = re.compile(r"(?:다고|다는|다며|라고|라는|라며|냐고|자고)(?= |,|$|\")")
_ADNOMINAL: Final = re.compile(
    r"(?:[가-힣]*(?:하|되|있|없|사|가|오|나|보내|받|지내|만나|돌보|부르|다니|머무르|맡|드나드|숨|키우|기다리|두"
    r"|일하|싶)는"
    r"|[가-힣]*(?:받|남|잃|맞|겪|입|넘|잡|찾|얻|숨|맡|젊|늙|옮|참|둔)은|[가-힣]*던)$"
)
_CLAUSE_ENDS: Final = re.compile(r"[,;\"\n]|(?:다고|라고|다며|라며|지만|는데|으며|하며|[가-힣]{2,}씨?[은는] )")
_N_FINAL: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a description can belong to: somebody shown, or a relative of theirs (``about`` names which)."""

    start: int
    end: int
    keys: tuple[str, ...]
    about: str = ""


def role_of(text: str, mention: Mention) -> Role:
    """What a person is in a clause, by the particle after the name; next to a relative or a home its owner."""
    match = _ROLES.match(text, mention.end)
    if match is None:
        following = mention.end + 1 if text[mention.end : mention.end + 1] == " " else mention.end
        owns = find_kin_start(text, following) or FAMILY.match(text, following) or HOUSE.match(text, following)
        return "owner" if owns else "topic"
    kind = match.lastgroup
    return "aside" if kind == "aside" else "owner" if kind == "owner" else "object" if kind == "object" else "topic"


def speaks_of(text: str, passage: Passage, start: int, end: int, *, act: bool = False) -> tuple[str, ...]:
    """Whom a passage is about: the person whose clause it is in, else those before, else those of the sentence before.

    Parameters
    ----------
    text : str
        Normalised text.
    passage : Passage
        The sentence.
    start, end : int
        Where the word stands.
    act : bool
        Whether it is something done to somebody, or a relative: then it may be another's than the speaker's, and
        where the wording leaves it open it is said of both.
    """
    quoted = next((q for q in passage.heard if q[0] <= start < q[1]), None)
    people = [m for m in passage.people if quoted is None or quoted[0] <= m.start < quoted[1]]
    if quoted is not None and not [m for m in people if m.end <= start]:
        return quoted[2] or passage.keys
    if not people:
        return passage.keys
    head = _head_after(text, people, end)
    if head is None and not act:
        # "브로커 민 씨": a noun right before the name.
        head = next((m for m in people if m.start == end + 1 and text[end] == " "), None)
    if head is not None:
        return _adjacent(text, people, head)
    before = [m for m in people if m.end <= start]
    if not before:
        # "체포된 것은 ... 박 씨는": nobody stands before; what goes before speaks of whoever comes first.
        return group_of(text, people, people[0])
    nearest = before[-1]
    near = group_of(text, people, nearest)
    others = [m for m in before if m.key not in near and role_of(text, m) == "topic" and _starts_clause(text, m, start)]
    role = role_of(text, nearest)
    if not others or role == "topic" or (role in ("owner", "object") and act):
        return near
    topic = group_of(text, people, others[-1])
    if act and role == "aside" and _REPORTED.search(text, end, passage.sentence.end):
        return tuple(dict.fromkeys((*topic, *near)))
    return topic


def _starts_clause(text: str, topic: Mention, start: int) -> bool:
    """Whether the clause that a topic opens can still be going on: no full stop in between."""
    return re.search(r"다[.!?] ", text[topic.end : start]) is None


def _head_after(text: str, people: Sequence[Mention], end: int) -> Mention | None:
    """The person whom a clause before the name describes ("2019년에 탈북한 박 씨"), if the passage stands in one."""
    for mention in people:
        if mention.start < end:
            continue
        if mention.start - end > 60:
            return None
        between = text[end : mention.start]
        if _CLAUSE_ENDS.search(_without_verbs(between)):
            return None
        words = between.split()
        last = words[-1] if words else ""
        glued = len(words) == 1 and not between.startswith(" ")
        own = text[max(0, end - 20) : end].split()[-1]
        return mention if _modifies(own + last if glued else last or own) else None
    return None


def _without_verbs(between: str) -> str:
    return " ".join("" if _ADNOMINAL.match(w) else w for w in between.split(" "))


def _modifies(word: str) -> bool:
    """Whether a word before a name belongs to the name: an adnominal verb, or a noun in apposition."""
    if _ADNOMINAL.match(word) or word.endswith("출신"):
        return True
    last = word[-1:]
    if not ("가" <= last <= "힣"):
        return False
    return (ord(last) - 0xAC00) % 28 == _N_FINAL and not word.endswith(("은", "는"))


def _adjacent(text: str, people: Sequence[Mention], head: Mention) -> tuple[str, ...]:
    """The head and those joined to it with nothing of their own in between ("탈북한 노 씨와 배 씨")."""
    keys = [head.key]
    last = head
    for mention in people:
        if mention.start == head.start and mention.key != head.key:
            keys.append(mention.key)
        elif mention.start >= last.end and re.fullmatch(r"(?:와|과|,|·|하고) ?", text[last.end : mention.start]):
            keys.append(mention.key)
            last = mention
    return tuple(dict.fromkeys(keys))


_PREDICATE: Final = re.compile(
    r"(?:이|가)?(?:로|으로|로서|으로서|였|이었|인(?= |데|$)|이다|이며|이고|이자|입니다|라고|이라|였던|이던"
    r"|다(?![가-힣])|다고|다며"
    r"|이었던| 출신)"
)


def described(
    text: str, passage: Passage, start: int, end: int, *, anchors: Sequence[Anchor], loose: bool = False
) -> Anchor | None:
    """What a description (an occupation, an age) belongs to.

    The nearest person or relative after it that it can be an attribute of; else, where it is a predicate (or
    ``loose``), the nearest before it in the sentence, and without any whom the sentence can speak of.
    """
    for anchor in anchors:
        if anchor.start <= start and end <= anchor.end:
            return anchor
    after = [a for a in anchors if a.start >= end]
    if after and describes(text, end, after[0].start):
        return after[0]
    before = [a for a in anchors if a.end <= start]
    if before and re.fullmatch(r" ?\(", text[before[-1].end : start]):
        return before[-1]
    if not loose and not _PREDICATE.match(text, end):
        return None
    # "간호사로 ... 떠난 안 씨": a predicate of a clause that describes the name after it.
    head = _head_after(text, passage.people, end) or _only_after(passage, start)
    if head is not None:
        return Anchor(start=head.start, end=head.end, keys=_adjacent(text, passage.people, head))
    if before:
        return before[-1]
    return Anchor(start=start, end=end, keys=passage.keys) if passage.keys else None


def _only_after(passage: Passage, start: int) -> Mention | None:
    if passage.people and all(m.start > start for m in passage.people):
        return passage.people[0]
    return None


def anchors_of(text: str, passage: Passage) -> tuple[Anchor, ...]:
    """Everybody a sentence can describe, in order: people, carriers, relatives."""
    shown = dict.fromkeys((m.start, m.end) for m in (*passage.people, *passage.carriers))
    people = [
        Anchor(start=a, end=b, keys=tuple(m.key for m in (*passage.people, *passage.carriers) if m.start == a))
        for a, b in shown
    ]
    kin = [
        Anchor(start=t.start, end=t.end, keys=speaks_of(text, passage, t.start, t.end, act=True),
               about="kin:" + "|".join(sorted(t.codes)))
        for t in passage.terms if t.attribute == "kin"
    ]  # fmt: skip
    return tuple(sorted((*people, *kin), key=lambda a: (a.start, a.end)))
