"""People an English text shows without a name: "a defector", "a woman in her forties", "an acquaintance"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bearwitness.text.english_nouns import POSSESSIVES, Noun
from bearwitness.text.english_words import FUNCTION_WORDS, LARGE_NUMBERS, PERSON_VERBS, Page, number_of
from bearwitness.text.scene import Mention

Role = Literal["new", "same", "describes_before", "describes_after", "predicate"]

HEADS: Final[dict[str, str]] = {
    **dict.fromkeys(["woman", "girl", "lady", "schoolgirl", "housewife", "grandmother", "widow", "mother"], "female"),
    **dict.fromkeys(["man", "boy", "schoolboy", "widower", "father"], "male"),
    **dict.fromkeys(
        ["defector", "escapee", "refugee", "resident", "teenager", "teen", "youth", "student", "person",
         "activist", "survivor", "returnee", "witness", "villager", "victim", "citizen", "native", "interviewee",
         "orphan", "runaway", "couple", "family", "household", "trader", "worker", "farmer", "miner", "nurse",
         "teacher", "doctor", "soldier", "driver", "fisherman", "engineer", "singer", "athlete", "dancer",
         "logger", "labourer", "laborer", "pensioner", "newcomer", "colleague-in-exile", "speaker", "caller"], ""
    ),
}  # fmt: skip
_PLURALS: Final[dict[str, str]] = {
    **{f"{h}s": s for h, s in HEADS.items() if not h.endswith(("man", "y", "s"))},
    "women": "female", "men": "male", "couples": "", "families": "", "witnesses": "", "girls": "female", "boys": "male",
    "fishermen": "", "people": "", "persons": "", "youths": "", "ladies": "female", "households": "",
}  # fmt: skip
# A mother or a father only in "a mother of two"; otherwise they are somebody's.
_OF_CHILDREN: Final = re.compile(r" of (?:one|two|three|four|five|six|seven|[1-9])\b")
CARRIERS: Final = frozenset(
    [
        "acquaintance", "friend", "neighbour", "neighbor", "source", "broker", "contact", "intermediary",
        "middleman", "colleague", "coworker", "co-worker", "classmate", "schoolmate", "informant", "courier",
        "smuggler", "go-between", "insider", "messenger", "trader", "comrade", "schoolfriend",
    ]
)  # fmt: skip
CARRIER_PLURALS: Final = frozenset(
    ["sources", "acquaintances", "friends", "neighbours", "neighbors", "brokers", "contacts"]
)
_TOLD: Final = re.compile(
    r" (?:[a-z'-]+ ){0,3}?(?:told|tells|informed|informs|phoned|called|rang|wrote|messaged|let|reported|passed"
    r"|alerted|notified|confirmed"
    r"|contacted)\b"
)
_INDEFINITE: Final = frozenset(["a", "an", "another", "one"])
_DEFINITE: Final = frozenset(["the", "this", "that"])
_NAMED_AFTER: Final = re.compile(
    r"(?:,? (?:who (?:is|was|asked to be|wished to be|wants to be|gave (?:only )?(?:her|his"
    r"|their)) ?)?(?:only )?(?:[^,.;:\n\"]{0,60}? )?"
    r"(?:named|surnamed|called|nicknamed|identified(?: only)? (?:as|by)(?: (?:her|his|their) surname,?)?"
    r"|known(?: only)? as"
    r"|who goes by|whose surname is|with the surname|by the name of|surname,?)|,)? [\"']?$"
)
# "Two other defectors, another defector from Musan, and a third from Hyesan": the two are those who follow.
_ONE_BY_ONE: Final = re.compile(
    r", (?:(?:one|another|an? (?:second|third|fourth)) |an? (?:(?! who | which )[^.;:]){1,70}?,? and an? )"
)
_ANOTHER: Final = re.compile(r"(?i:another|one|an? (?:second|third|fourth|fifth)) ")
_PREDICATE: Final = re.compile(
    r"(?:\b(?:is|was|are|were|am|be|been|being|become|became|becomes|remains?|remained|as|like|than|not|'s"
    r"|'m)(?: also| still| now| once"
    r"| only| just| originally)?|\bas|\bof being) $", re.I
)  # fmt: skip
_BREAKS: Final = frozenset([*FUNCTION_WORDS, "said", "says", "told"]) - {
    "own",
    "former",
    "very",
    "least",
    "first",
    "most",
    "other",
}
_AGED: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) (?:[1-9][0-9]|[a-z]+(?:-[a-z]+)?)-year-old"
    r"(?=[,.;)]| (?:who|said|says|told|was|is|had|has|from|and|fled|left|whose)\b)"
)
_SOME_OF: Final = re.compile(
    r"\b(?P<n>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[2-9]|1[0-2]) of (?:those"
    r"|the people|the many|them|the)(?= )"
    r"(?! (?:family|household|brothers|sisters|children|siblings|relatives))(?: (?:defectors|escapees|women|men"
    r"|people))?"
)
_MOST_MODIFIERS: Final = 6
# Words that tell people of one description apart.
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "other", "another")
_WHAT_PEOPLE_DO: Final = "|".join(sorted(PERSON_VERBS - {"who", "whose", "is", "was"}))
_ORDINAL_ALONE: Final = re.compile(
    rf"\b(?:[Tt]he (?P<o>first|second|third|fourth|other)|(?P<a>Another)|(?<![Nn]o )(?<!the )(?<!this )(?<!that )"
    rf"(?<!any )(?<!each )(?<!every )(?<!only )(?<!last )[Oo]ne)(?= (?:{_WHAT_PEOPLE_DO})\b)"
    r"|\bAnother(?= was\b)|\b[Tt]he (?P<l>first|second|third)(?= to (?:leave|flee|go|escape|cross|defect)\b)"
)


@dataclass(frozen=True, slots=True)
class Description:
    """A phrase that shows or describes somebody: its passage, its head, the sex it tells, and how it stands."""

    start: int
    end: int
    head: str
    sex: str
    role: Role
    carrier: bool = False
    plural: bool = False
    owned: str = ""
    number_span: tuple[int, int] | None = None
    ordinal: str = ""


def find_descriptions(
    page: Page, named: Sequence[Mention], nouns: Sequence[Noun], occupations: Collection[str]
) -> tuple[Description, ...]:
    """Every phrase around a noun for a person, in order.

    Parameters
    ----------
    page : Page
        The text.
    named : sequence of Mention
        The people shown by name, in order; a description next to one belongs to them.
    nouns : sequence of Noun
        Relatives; a description next to one is theirs.
    occupations : collection of str
        Occupations in lower case, each of which can stand for a person.
    """
    starts = sorted({m.start for m in named})
    found = [d for d in _one_of(page) if not any(d.start - m.end == 2 and page.text[m.end] == "," for m in named)]
    ends = {*(m.end for m in named), *(n.end for n in nouns if n.kind == "kin"), *(d.end for d in found)}
    for i, word in enumerate(page.words):
        if word.capital and not word.first:
            continue
        description = _description_at(page, i, starts, ends, occupations)
        if description is not None and description.role == "new" and _continues(page.text, found, description):
            description = replace(description, role="predicate")
        if description is not None and not any(d.start < description.end and description.start < d.end for d in found):
            found.append(description)
            if not (description.plural and _ONE_BY_ONE.match(page.text, description.end)):
                ends.add(description.end)
    return tuple(sorted(found, key=lambda d: d.start))


def _continues(text: str, found: Sequence[Description], description: Description) -> bool:
    """Whether it is joined to a description of somebody already shown: "Nam is a nurse and an activist"."""
    return any(
        d.role in ("predicate", "describes_before")
        and re.fullmatch(r",? (?:and|or|but)(?: [a-z]+)? |, ", text[d.end : description.start])
        for d in found[-3:]
    )


def _one_of(page: Page) -> Iterator[Description]:
    """Some who cannot be told apart or have no noun: "one of them", "three of those who left", "the 52-year-old"."""
    for match in _SOME_OF.finditer(page.text):
        yield Description(match.start(), match.end(), "those", "", "new", plural=True, number_span=match.span("n"))
    for match in _AGED.finditer(page.text):
        yield Description(match.start(), match.end(), "old", "", "same" if match[0][0] in "tT" else "new")
    for match in _ORDINAL_ALONE.finditer(page.text):
        yield Description(match.start(), match.end(), "one", "", "new", ordinal=match["o"] or match["l"] or "")
    for match in re.finditer(r"\b[Ss]ome(?:body|one)\b(?: else)?", page.text):
        yield Description(match.start(), match.end(), "somebody", "", "new")
    for match in re.finditer(
        r"\b[Oo]ne of (?:them|the (?:defectors|women|men|escapees|two|three|four|five|group))\b", page.text
    ):
        yield Description(match.start(), match.end(), "one", "", "new")


def _description_at(
    page: Page, index: int, starts: Sequence[int], ends: Collection[int], occupations: Collection[str]
) -> Description | None:
    word = page.words[index]
    head = word.lower
    plural = head in _PLURALS
    carrier = head in CARRIERS or head in CARRIER_PLURALS
    if not (head in HEADS or plural or carrier or head in occupations):
        return None
    if head in ("family", "household") and page.words[max(index - 1, 0)].lower in (*_DEFINITE, *POSSESSIVES):
        return None
    if head in ("mother", "father") and not _OF_CHILDREN.match(page.text, word.end):
        return None
    at, determiner, number = _walk(page, index)
    start = page.words[at].start
    if _is_genitive_or_compound(page, index) or (plural and number is None):
        return None
    if head == "grandmother" and determiner not in _INDEFINITE:
        return None
    sex = HEADS.get(head) or _PLURALS.get(head, "")
    role = _role(page, start, word.end, determiner, starts, ends)
    if role is None:
        return None
    if carrier and determiner == "'s":
        # "Kim's neighbour told him": a genitive and no "is".
        role = "new"
    if carrier:
        carrier = role in ("new", "same") and (determiner != "" or head in CARRIER_PLURALS)
        carrier = carrier and not (head in HEADS and not tells(page.text, start, word.end))
        if not carrier and head not in HEADS:
            return None
    if head not in HEADS and not plural and not carrier and determiner in _DEFINITE:
        return None
    return Description(
        start, word.end, head, sex, role, carrier, plural or head in CARRIER_PLURALS,
        determiner if determiner in POSSESSIVES or determiner == "'s" else "", number,
        next((w.lower for w in page.words[at:index] if w.lower in ORDINALS), ""),
    )  # fmt: skip


def _walk(page: Page, index: int) -> tuple[int, str, tuple[int, int] | None]:
    """Left over the modifiers of a noun: where its phrase begins, its determiner, the passage of a small number."""
    words, text = page.words, page.text
    at, number = index, None
    while at > 0 and index - at < _MOST_MODIFIERS:
        before = words[at - 1]
        gap = text[before.end : words[at].start]
        if gap in ("'s ", "' "):
            return at, "'s", number
        if gap not in (" ", "-"):
            break
        lower = before.lower
        if lower in _INDEFINITE or lower in _DEFINITE or lower in POSSESSIVES:
            return at - 1, lower, number
        if number_of(lower) is not None and gap == " " and lower not in LARGE_NUMBERS:
            number = (before.start, before.end)
        elif lower not in ("former", "other", "more") and (
            lower in _BREAKS or (before.capital and not before.first and not before.general)
        ):
            break
        at -= 1
    return (at, "number", number) if number else (index, "", None)


def _is_genitive_or_compound(page: Page, index: int) -> bool:
    """A noun before another one: "a soldier's widow", "a defector group", "family home"."""
    word = page.words[index]
    after = page.text[word.end : word.end + 2]
    if after.startswith(("'", "-")):
        return False
    if after[:1] != " " or index + 1 >= len(page.words):
        return False
    following = page.words[index + 1]
    return following.lower in (
        "group", "groups", "community", "family", "families", "organization", "organisation", "member", "members",
        "home",
        "network", "networks", "status", "population", "policy", "support", "resettlement", "issue", "activist", "news",
        "register", "house", "name", "ties", "background", "visa", "doctor", "driver", "worker", "trader", "unit",
        "school",
    )  # fmt: skip


def _role(
    page: Page, start: int, end: int, determiner: str, starts: Sequence[int], ends: Collection[int]
) -> Role | None:
    text = page.text
    for at in starts:
        # "a defector from Musan named Park", "a defector, Kim, said"; "former nurse Ahn" without a determiner.
        if end <= at <= end + 90 and _NAMED_AFTER.fullmatch(text[end:at]):
            return "describes_after"
        if end <= at <= end + 40 and determiner == "number" and re.fullmatch(r" ?[,:(-] ?(?:an? |one )?", text[end:at]):
            return "describes_after"
    if determiner == "number" and _ONE_BY_ONE.match(text, end):
        return "describes_after"
    before = text[max(0, start - 30) : start]
    if _PREDICATE.search(before) and not re.search(r"\b(?:like|than) $", before):
        return "predicate"
    for at in ends if not _ANOTHER.match(text, start) else ():
        if 0 <= start - at <= 60 and re.fullmatch(
            r"(?:'s)?(?: \([^()\n]{1,40}\))?,(?: (?:aged )?\d\d,)?(?: (?:both|all|then|now|himself|herself))? ",
            text[at:start],
        ):
            return "describes_before"
    if determiner in ("", "number") and determiner == "":
        return None
    return "same" if determiner in _DEFINITE else "new"


def tells(text: str, start: int, end: int) -> bool:
    """Whether a carrier is one here: what follows says that news came from them, or where they are."""
    if _TOLD.match(text, end):
        return True
    before = text[max(0, start - 30) : start]
    return re.search(r"\b(?:by|from|through|via|to|according to|with|told) $", before, re.I) is not None
