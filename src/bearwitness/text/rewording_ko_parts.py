"""What is to become of each passage of a Korean draft that a changed claim stands on."""

from __future__ import annotations

import re
from typing import Final

from bearwitness.model.claims import Claim
from bearwitness.model.values import Codes, Days, NoneOf
from bearwitness.text.korean_terms import CHILDREN, PARENTS, SIBLINGS, find_terms
from bearwitness.text.rewording_ko_draft import STAYED_HERE, Draft, Span
from bearwitness.text.rewording_ko_people import name_left
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
_AS_WORK: Final = re.compile(r" (?:역할|일[을도]|노릇|활동)")
_COUNT_AFTER: Final = re.compile(r" (?:[두세네2-6]|다섯|여섯) ?(?:명|사람)")
_STATUS_AFTER: Final = re.compile(r" (?P<noun>탈북민|탈북자|새터민|북한이탈주민|이탈주민)")
_NATIVE: Final = re.compile(r" ?(?:출신|태생)(?:의|인)? ?")
_MODIFIES: Final = re.compile(r"(?:건넌|파견된|나온|탄)$")


def parts_of(draft: Draft, start: int, end: int) -> list[Part]:
    """What is to become of the passages of one sentence, each once; where two claims share one, the vaguer wording."""
    found: dict[Span, list[Part]] = {}
    claims = draft.claims_in(start, end)
    for claim, a, b in claims:
        if draft.chosen.is_changed(claim):
            for part in _part(draft, claim, a, b):
                found.setdefault((part.start, part.end), []).append(part)
    gone = {c.persona for c, _, _ in claims if c.attribute == "status" and draft.chosen.is_changed(c)}
    acts = [c for c, _, _ in claims if c.attribute == "act"]
    undated = bool(acts) and not draft.kept_acts(start, end)
    for claim, a, b in claims:
        # When and how somebody left says that they left; the date of what is no longer said dates nothing.
        of_departure = claim.persona in gone and claim.attribute in ("departure", "route")
        if of_departure or (undated and claim.attribute == "act_date"):
            found.setdefault((a, b), []).append(Part(start=a, end=b, how="drop", attribute=claim.attribute))
    parts = [_vaguest(options) for options in found.values()]
    if draft.hides_homes:
        parts += [
            Part(start=m.start(), end=m.end(), how="say", words="그 지역")
            for m in STAYED_HERE.finditer(draft.text, start, end)
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
    also = _STATUS_AFTER.match(draft.text, b)
    b = also.end() if also else b
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
    if _COUNT_AFTER.match(draft.text, b):
        words = noun or draft.chosen.noun(people)
        kept = [p for p in parts if not called.start() <= p.start < b]
        return [*kept, Part(start=called.start(), end=b, how="say", words=words)]
    noun = "" if also else noun
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
    if isinstance(claim.values, NoneOf):
        # No vaguer word says less of what is not there: its predicate goes.
        return [Part(start=a, end=b, how="clause", attribute=attribute)]
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
        left = name_left(draft.chosen, draft.chosen.people(people)[0])
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
        also = _STATUS_AFTER.match(draft.text, b)
        if also:
            return [Part(start=a, end=also.end(), how="say", words=draft.chosen.noun(around[2]))]
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
    if words and words.split("을 ")[0] in draft.text[b : b + 12]:
        return [Part(start=a, end=b, how="alone", attribute="route")]
    if not words or after is None:
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
    if _AS_WORK.match(draft.text, b):
        return [Part(start=a, end=b, how="clause", attribute=claim.attribute)]
    by_phone = re.match(r"(?:으?로(?=[ ,])|[을를] 통해)", draft.text[b : b + 5])
    adverbial = (_PHONE.match(draft.text[a:b]) and by_phone) or draft.text.startswith(" ", b)
    return [Part(start=a, end=b, how="drop" if adverbial else "clause", attribute=claim.attribute)]


def _count(_: Draft, claim: Claim, a: int, b: int) -> list[Part]:
    return [Part(start=a, end=b, how="alone", attribute=claim.attribute)]


def _amount(draft: Draft, _: Claim, a: int, b: int) -> list[Part]:
    return [Part(start=a, end=b, how="say", words=word_amount(draft.text[a:b], draft.text[b : b + 12]))]


_PARTS: Final = {
    "name": _name, "surname": _name, "sex": _sex, "birth": _birth, "home": _say_or_drop, "occupation": _say_or_drop,
    "route": _route, "departure": _date, "kin": _kin, "trait": _trait, "act": _act, "act_date": _date,
    "count": _count, "amount": _amount, "status": _status,
}  # fmt: skip
