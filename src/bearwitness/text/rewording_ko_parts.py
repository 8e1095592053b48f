"""What is to become of each passage of a Korean draft that a changed claim stands on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bearwitness.model.claims import Claim
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Codes, Days
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.korean_terms import CHILDREN, PARENTS, SIBLINGS, find_terms
from bearwitness.text.rewording_ko_people import Chosen, name_left
from bearwitness.text.rewording_ko_sentence import Part
from bearwitness.text.rewording_ko_words import (
    BROAD_ACT,
    FAMILY_WORD,
    THAT_PERSON,
    act_kind,
    taken_of,
    word_amount,
    word_day,
    word_kin,
    word_value,
)

Span = tuple[int, int]
_AFTER_PLACE: Final = re.compile(
    r"(?: ?(?:시내|지역|일대|인근|주변|쪽))?(?: ?(?:출신|태생|토박이)(?: ?(?:사람|주민))?)?(?=[가-힣]{0,3}(?:[ ,.)]|$))"
)
_STAYED_HERE: Final = re.compile(
    r"(?<![가-힣])(?:그|이|같은) (?:도시|시|군|마을|고장|동네|읍|지방)(?=[의에은이을로]|에서|[ ,.]|$)"
)
_TITLE_AFTER: Final = re.compile(r" ?(?:씨|님|여사|군|양)(?=[은는이가을를의에과와도께, .]|$)")
_AGE_AFTER: Final = re.compile(r" ?(?:생|출생)(?![가-힣]*활)")
_SEXES: Final = re.compile(r"여성|남성|여자|남자|여인|소녀|소년|처녀|총각|청년|사내")
_TITLE: Final = re.compile(r"(?:여인|여사|할머니|할아버지|아주머니|아저씨|군|양)$")
_STATUS_NOUN: Final = re.compile(
    r"탈북민|탈북자|북한이탈주민|이탈주민|새터민|귀순자|월남자|도북자|탈북 ?(?P<who>[가-힣]+)"
)
_PHONE: Final = re.compile(r"[가-힣 ]*(?:전화(?:기)?|휴대폰|핸드폰|스마트폰|대포폰)$")
_SPOUSES: Final = frozenset({"husband", "wife"})
_COUNTED: Final = re.compile(r"(?<![가-힣0-9])(?:[두세네]|다섯|여섯|[2-9])(?: ?명의)? $")
# What somebody is called right before the name: "탈북민 강 씨", "여성 김 씨".
_WHO_BEFORE: Final = re.compile(
    r"(?<![가-힣])(?:탈북 )?(?P<noun>탈북민|탈북자|새터민|북한이탈주민|이탈주민|여성|남성|주민|청년|대학생|노인) $"
)
_CALLED: Final = re.compile(
    r"(?P<noun>탈북민|탈북자|새터민|북한이탈주민|이탈주민|여성|남성|여인|남자|여자|주민|청년|대학생|노인|소녀|소년|부부|증언자|제보자|생존자)"
    r"(?: ?한 ?(?:명|사람))?$"
)
_NATIVE: Final = re.compile(r" ?(?:출신|태생)(?:의|인)? ?")
_PRONOUN: Final = re.compile(r"그|이 |본인|자신")
_LONGEST_MENTION: Final = 60
_MODIFIES: Final = re.compile(r"(?:건넌|파견된|나온|탄)$")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A draft with what it may still say; ``at`` gives the place in normalised text of a passage of the original."""

    text: str
    chosen: Chosen
    tree: PlaceTree
    vocabulary: Vocabulary
    published: date
    at: Mapping[Span, Span]
    _claims: list[tuple[int, int, Claim]] = field(default_factory=list)
    _mentions: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        reading = self.chosen.reading
        self._claims = sorted(
            ((*self.at[s.start, s.end], c) for c in reading.claims for s in c.spans), key=lambda f: f[:2]
        )
        shown: dict[Span, set[str]] = {}
        for persona in reading.personas:
            for span in persona.mentions if persona.stands_as != "carrier" else ():
                shown.setdefault(self.at[span.start, span.end], set()).add(persona.id)
        self._mentions = sorted(((*span, frozenset(people)) for span, people in shown.items()), key=lambda m: m[:2])

    def claims_in(self, start: int, end: int) -> list[tuple[Claim, int, int]]:
        """Claims with their passages in a part of the text, in order."""
        first = bisect_left(self._claims, start, key=lambda f: f[0])
        last = bisect_left(self._claims, end, key=lambda f: f[0])
        return [(claim, a, b) for a, b, claim in self._claims[first:last]]

    def mentions_in(self, start: int, end: int) -> list[tuple[int, int, frozenset[str]]]:
        """Who is shown in a part of the text, in order; carriers of news left out."""
        first = bisect_left(self._mentions, start, key=lambda m: m[0])
        last = bisect_left(self._mentions, end, key=lambda m: m[0])
        return self._mentions[first:last]

    def passages(self, start: int, end: int) -> list[Span]:
        """Passages that are one token: names and whatever a claim stands on, a place with the word for a native."""
        found = {(a, b) for _, a, b in self.claims_in(start, end)}
        found |= {(a, b) for a, b, _ in self.mentions_in(start, end)}
        found |= {(a, self._native_end(b)) for c, a, b in self.claims_in(start, end) if c.attribute == "home"}
        found |= {m.span() for m in _STAYED_HERE.finditer(self.text, start, end)}
        return sorted(found)

    def _native_end(self, end: int) -> int:
        match = _AFTER_PLACE.match(self.text, end)
        return match.end() if match else end

    def is_act_word(self, start: int, end: int) -> bool:
        """Whether a passage of an act is what was done, not to whom."""
        return not any(t.attribute == "kin" for t in find_terms(self.text[start:end]))

    def act_words(self, start: int, end: int) -> list[Span]:
        """What was done, where it has to stay."""
        return [
            (a, b) for claim, a, b in self.claims_in(start, end)
            if claim.attribute == "act" and self.chosen.values(claim) is not None and self.is_act_word(a, b)
        ]  # fmt: skip

    def must(self, start: int, end: int) -> list[Span]:
        """What was done, where it has to stay, and those to whose families it was done."""
        whose = {c.persona for c in self.kept_acts(start, end)}
        people = [(a, b) for a, b, shown in self.mentions_in(start, end) if shown & whose and not _PRONOUN.match(
            self.text, a, b
        )]
        return [*self.act_words(start, end), *people]

    def kept_acts(self, start: int, end: int) -> list[Claim]:
        """Acts that a part of the text has to go on saying."""
        found = [
            claim for claim, a, b in self.claims_in(start, end)
            if claim.attribute == "act" and self.chosen.values(claim) is not None and self.is_act_word(a, b)
        ]  # fmt: skip
        return list({c.id: c for c in found}.values())

    def wanted(self, start: int, end: int) -> list[Span]:
        """Passages of whatever else may stay."""
        return [
            (a, b) for claim, a, b in self.claims_in(start, end)
            if claim.attribute not in ("act", "surname", "name") and self.chosen.values(claim) is not None
        ]  # fmt: skip

    def groups(self) -> dict[str, frozenset[str]]:
        """By persona all those whom the same passages show."""
        found: dict[str, frozenset[str]] = {}
        for _, _, people in self._mentions:
            for person in people:
                found.setdefault(person, people)
        return found

    def mention_around(self, start: int, end: int) -> tuple[int, int, frozenset[str]] | None:
        """The passage that shows somebody and holds another one, with those it shows."""
        near = self.mentions_in(start - _LONGEST_MENTION, start + 1)
        return next((m for m in reversed(near) if m[0] <= start and end <= m[1]), None)


def parts_of(draft: Draft, start: int, end: int) -> list[Part]:
    """What is to become of the passages of one sentence, each once; where two claims share one, the vaguer wording."""
    found: dict[Span, list[Part]] = {}
    claims = draft.claims_in(start, end)
    for claim, a, b in claims:
        if draft.chosen.is_changed(claim):
            for part in _part(draft, claim, a, b):
                found.setdefault((part.start, part.end), []).append(part)
    parts = [_vaguest(options) for options in found.values()]
    if any(c.attribute == "home" and draft.chosen.is_changed(c) for c in draft.chosen.reading.claims):
        parts += [
            Part(start=m.start(), end=m.end(), how="say", words="그 지역")
            for m in _STAYED_HERE.finditer(draft.text, start, end)
        ]
    for mention in draft.mentions_in(start, end):
        parts = _shown_anew(draft, mention, parts)
    wide = [p for p in parts if p.how in ("name", "say")]
    parts = [p for p in parts if not any(_holds(w, p) for w in wide)]
    return sorted(parts, key=lambda p: (p.start, p.end))


def _holds(one: Part, other: Part) -> bool:
    """Whether other words for one passage replace another one with it."""
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


def _shown_anew(draft: Draft, mention: tuple[int, int, frozenset[str]], parts: list[Part]) -> list[Part]:
    """Somebody shown by a description ("회령 출신의 40대 여성"): what is left of it, and who it is."""
    a, b, people = mention
    called = _CALLED.search(draft.text, a, b)
    inside = [(c, x, y) for c, x, y in draft.claims_in(a, b) if y <= b]
    changed = [(c, x, y) for c, x, y in inside if draft.chosen.is_changed(c)]
    if called is None or any(c.attribute in ("name", "surname") for c, _, _ in inside):
        return parts
    homes = [p for p in parts if p.attribute == "home" and a <= p.start < b]
    homeless = any(p.how == "drop" for p in homes)
    if not homeless and not any(c.attribute in ("birth", "status") for c, _, _ in changed):
        return parts
    first = a
    for claim, _, y in inside:
        if claim.attribute == "home" and not homeless:
            after = _NATIVE.match(draft.text, y)
            first = max(first, after.end() if after else y)
    noun = "" if draft.chosen.hides(people, ("sex", "status")) else called["noun"]
    kept = [p for p in parts if not first <= p.start < b]
    return [*kept, Part(start=first, end=b, how="name", people=people, noun=noun)]


_VAGUENESS: Final = {"say": 0, "alone": 1, "drop": 2, "clause": 3, "anew": 4, "name": 5}


def _vaguest(options: list[Part]) -> Part:
    family = [p for p in options if p.words == FAMILY_WORD]
    only_words = all(p.how == "say" for p in options)
    if family and only_words:
        return family[0]
    return max(options, key=lambda p: (_VAGUENESS[p.how], -len(p.words)))


def _part(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    attribute = claim.attribute
    made = _PARTS.get(attribute)
    return made(draft, claim, a, b) if made else [Part(start=a, end=b, how="drop", attribute=attribute)]


def _say_or_drop(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    rung = draft.chosen.rungs[claim.id]
    words = word_value(claim, rung, draft.tree, draft.vocabulary)
    if words:
        return [Part(start=a, end=b, how="say", words=words, attribute=claim.attribute)]
    return [Part(start=a, end=b, how="drop", attribute=claim.attribute)]


def _name(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    around = draft.mention_around(a, b)
    people = around[2] if around else frozenset({str(claim.persona)})
    if around and around[0] == a:
        b = max(b, around[1])
    match = _TITLE_AFTER.match(draft.text, b)
    b = match.end() if match else b
    described = _WHO_BEFORE.search(draft.text, max(0, a - 12), a)
    if len(people) == 1 and claim.attribute == "name":
        persona = next(p for p in draft.chosen.reading.personas if p.id in people)
        left = name_left(draft.chosen, persona)
        if left:
            return [Part(start=a, end=b, how="say", words=left)]
    if described:
        hidden = draft.chosen.hides(people, ("sex", "status"))
        noun = "" if hidden else described["noun"]
        return [Part(start=described.start("noun"), end=b, how="name", people=people, noun=noun)]
    return [Part(start=a, end=b, how="name", people=people)]


def _sex(draft: Draft, _: Claim, a: int, b: int) -> list[Part]:
    quote = draft.text[a:b]
    if quote.startswith("그녀"):
        return [Part(start=a, end=a + 2, how="say", words=THAT_PERSON)]
    kin = [t for t in find_terms(quote) if t.attribute == "kin"]
    if kin:
        return [Part(start=a, end=b, how="say", words=_without_sex(kin[0].codes))]
    around = draft.mention_around(a, b)
    title = _TITLE.search(quote)
    if title and around and (around[0], around[1]) == (a, b) and not _SEXES.match(quote):
        return [Part(start=a + title.start(), end=b, how="say", words="씨")]
    if around and around[0] <= a and b <= around[1]:
        before = "탈북 " if draft.text[:a].endswith("탈북 ") else ""
        return [Part(start=a - len(before), end=b, how="say", words=draft.chosen.noun(around[2]))]
    return [Part(start=a, end=b, how="drop", attribute="sex")]


def _without_sex(codes: frozenset[str]) -> str:
    for group in (SIBLINGS, PARENTS, CHILDREN, _SPOUSES):
        if codes <= group:
            return word_kin(frozenset(group))
    return FAMILY_WORD


def _status(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    quote = draft.text[a:b]
    match = _STATUS_NOUN.fullmatch(quote)
    if match is None:
        return [Part(start=a, end=b, how="clause", attribute="status")]
    around = draft.mention_around(a, b)
    if around and match["who"]:
        return [Part(start=a, end=b, how="say", words=match["who"])]
    if around is None and draft.text[:a].rstrip().endswith(("두", "세", "네", "다섯")):
        return [Part(start=a, end=b, how="say", words=draft.chosen.noun({claim.persona}))]
    return [Part(start=a, end=b, how="drop", attribute="status")]


def _birth(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    rung = draft.chosen.rungs[claim.id]
    words = word_value(claim, rung, draft.tree, draft.vocabulary)
    match = _AGE_AFTER.match(draft.text, b)
    end = match.end() if match else b
    if match is None and re.match(r"에? ?(?:태어|출생)", draft.text[b : b + 5]):
        words = words.removesuffix("생")
    if words:
        return [Part(start=a, end=end, how="say", words=words)]
    if draft.text[:a].endswith("(") and draft.text.startswith(")", b):
        first = a - 2 if draft.text[:a].endswith(" (") else a - 1
        return [Part(start=first, end=b + 1, how="say")]
    return [Part(start=a, end=end, how="drop", attribute="birth")]
    return [Part(start=a, end=end, how="drop", attribute="birth")]


def _date(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    rung = draft.chosen.rungs[claim.id]
    if isinstance(rung.values, Days):
        words = word_day(rung.values, rung.level, draft.text[a:b], draft.published)
        if words:
            return [Part(start=a, end=b, how="say", words=words)]
    return [Part(start=a, end=b, how="drop", attribute=claim.attribute)]


def _route(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    """An adverbial for an adverbial ("중국을 거쳐"); anything else is taken out."""
    rung = draft.chosen.rungs[claim.id]
    words = word_value(claim, rung, draft.tree, draft.vocabulary)
    after = re.match(r"(?:으?로)?(?= )", draft.text[b : b + 4])
    if not words or after is None or words.split("을 ")[0] in draft.text[b : b + 12]:
        return [Part(start=a, end=b, how="drop", attribute="route")]
    if _MODIFIES.search(draft.text[a:b]):
        words += " 나온"
    return [Part(start=a, end=b + after.end(), how="say", words=words)]


def _kin(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    values = draft.chosen.values(claim)
    words = word_kin(values.codes) if isinstance(values, Codes) else FAMILY_WORD
    end = b + 1 if draft.text.startswith(("들", "님"), b) else b
    counted = _COUNTED.search(draft.text, max(0, a - 8), a) if words == FAMILY_WORD else None
    return [Part(start=counted.start() if counted else a, end=end, how="say", words=words)]


def _act(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    values = draft.chosen.values(claim)
    if draft.is_act_word(a, b):
        if isinstance(values, Codes) and act_kind(values.codes) != BROAD_ACT:
            return []
        return [Part(start=a, end=b, how="anew" if values is not None else "clause", attribute="act")]
    if not isinstance(values, Codes):
        return []
    end = b + 1 if draft.text.startswith(("들", "님"), b) else b
    return [Part(start=a, end=end, how="say", words=word_kin(taken_of(values)))]


def _trait(draft: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    by_phone = re.match(r"(?:으?로(?=[ ,])|[을를] 통해)", draft.text[b : b + 5])
    adverbial = (_PHONE.match(draft.text[a:b]) and by_phone) or draft.text.startswith(" ", b)
    return [Part(start=a, end=b, how="drop" if adverbial else "clause", attribute=claim.attribute)]


def _count(_: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    return [Part(start=a, end=b, how="alone", attribute=claim.attribute)]


def _amount(draft: Draft, _: Claim, a: int, b: int) -> list[Part]:
    return [Part(start=a, end=b, how="say", words=word_amount(draft.text[a:b]))]


_PARTS: Final = {
    "name": _name, "surname": _name, "sex": _sex, "birth": _birth, "home": _say_or_drop, "occupation": _say_or_drop,
    "route": _route, "departure": _date, "kin": _kin, "trait": _trait, "act": _act, "act_date": _date,
    "count": _count, "amount": _amount, "status": _status,
}  # fmt: skip


def _one_more(text: str, end: int) -> int:
    """Past "한 명" after what somebody is called."""
    match = re.match(r" ?한 (?:명|사람)", text[end : end + 6])
    return end + match.end() if match else end
