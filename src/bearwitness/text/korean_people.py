"""The people whom a Korean text shows without any record: "박 씨", "정모(47) 씨", "A씨", "40대 여성", "지인"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bearwitness.text.korean_names import find_full_names
from bearwitness.text.korean_syllables import RARE_SURNAMES
from bearwitness.text.korean_terms import FAMILY, HOUSE, find_kin_start
from bearwitness.text.korean_words import OrdinaryWords
from bearwitness.text.particles import word_set
from bearwitness.text.scene import Mention

# The key of whoever has no name, before a number.
SOMEONE: Final = "someone"
_MASK: Final = r"(?: ?모(?= ?씨|\(| \(|[은는이가의를에 ]|$)| ?아무개| ?[○〇◯●×*]{1,2}| ?[OXo]{2}(?![A-Za-z]))"
TITLE: Final = (
    r"(?:씨|여인|여사|노인|할머니|할아버지|아주머니|아저씨|군(?=[은이과의에을도, ]|$)|양(?=[은이과의에을도, ]|$))"
)
BRACKET: Final = r"(?: ?\([^()\n]{1,25}\))"
_LETTER: Final = re.compile(rf"(?<![A-Za-zㄱ-ㅎ])(?P<name>[A-Zㄱ-ㅎ]){BRACKET}? ?(?:씨|군(?![가-힣]{{2}})"
                            rf"|양(?![가-힣]{{2}}))")
_DETERMINER: Final = (
    r"(?:한|어느|어떤|또 다른|다른|익명의|익명을 요구한|익명을 원한|이름을 밝히지 않은|이름을 밝히길 거부한"
    r"|신원을 밝히지 않은)"
)
_KIND: Final = (
    r"(?:여성|남성|청년|여인|남자|여자|소녀|소년|대학생|노인|주민|노?부부|모녀|부녀|탈북민|탈북자|새터민|북한이탈주민"
    r"|이탈주민|생존자|증언자|제보자)"
)
_NO_GROUP: Final = r"(?!들|계|단체|사회|지원|가족|의 가족|운동|동맹|반|용|의 날| ?인권)"
_HEAD: Final = rf"(?:(?:탈북|이탈) ?)?{_KIND}{_NO_GROUP}"
_AGED: Final = r"(?:[1-9]0대|[0-9]{1,2} ?[세살])"
_FROM: Final = r"(?:(?:[가-힣]{2,6} ){0,2}[가-힣]{2,10} 출신(?:의|인)?)"
_AT: Final = r"[가-힣]{2,10}(?:의|에 있는|에 사는|에 살던|에서는?)"
_STRUCK: Final = r"에서?[는도]? (?:[^.]{0,12} )?(?:보위|안전원|보안|경찰|요원|군인|당국)"
# A family or a home, where something is done to it, not where somebody merely is ("한 집에 모여 살았다").
_HOUSEHOLD: Final = (
    r"(?:가족|집|가정|집안|세대|일가)(?!이나|이든|들)(?=[은이가의을를도]|에게|에서[는도]|"
    + _STRUCK + ")"
)
_NO_PART: Final = r"(?<!가족 )(?<!식구 )(?<!중 )(?<!가운데 )"
_ANONYMOUS: Final = re.compile(
    rf"(?<![가-힣0-9])(?:{_DETERMINER} (?:[가-힣0-9]{{1,8}} ){{0,3}}?{_HEAD}(?: ?한 (?:명|사람))?"
    rf"|(?:{_FROM} )?{_AGED}(?: ?(?:초반|중반|후반))?(?:의)? (?:[가-힣]{{1,8}} ){{0,2}}?{_HEAD}"
    rf"|{_FROM} (?:[가-힣]{{1,8}} ){{0,2}}?{_HEAD}(?: ?한 (?:명|사람))?"
    rf"|{_KIND} ?(?:한|1) ?(?:명|사람)"
    rf"|{_NO_PART}{_DETERMINER} 사람(?=[은는이가의을를]|에게|한테)"
    rf"|(?:{_AT} )?(?:한|어느|어떤|또 다른) (?:[가-힣]{{1,8}} )?{_HOUSEHOLD}"
    r"|누군가(?=의 ))"
)
# "이웃의 아들", "옆집이": a household of its own, though the people of it are not otherwise shown.
_NEAR: Final = re.compile(
    r"(?<![가-힣])(?:(?P<who>이웃(?: ?사람| ?주민)?|친구|동료|지인|아는 (?:사람|언니|형님|분)"
    r"|(?:동네|마을) (?:사람|주민))(?=의 |네 |네(?:가|는|의|를))"
    r"|(?P<house>이웃집|이웃 가족|옆집|앞집|뒷집|아랫집|윗집|건넛집)"
    rf"(?=[이가은는을의도 ]|{_STRUCK}))"
)
_NEWS: Final = r"(?:전했|전해|알려|알렸|말했|연락|귀띔|들려|찾아와|전화)"
_CARRIER: Final = re.compile(
    r"(?<![가-힣])(?:(?:현지|내부|북한|대북|익명의|가까운|친한|옛) )?"
    rf"(?:(?P<who>지인|아는 (?:사람|언니|형님|분)|소식통(?!들)|정보원(?!들)|연락책"
    rf"|전달책)(?= ?[이가은는의을를과와도에한으로]|$)"
    rf"|(?P<near>친구|이웃|동료|브로커|거간군|중개인)"
    rf"(?=에게서|한테서|으로부터|로부터|의 전화|이 전화|가 전화|의 말|에 따르면|을 통해|를 통해"
    rf"|[이가은는](?: [^ .]+){{0,4}}? ?{_NEWS}))"
)
_SURNAME_BEFORE: Final = re.compile(r"(?<![가-힣])(?P<sur>[가-힣]{1,2}) $")
# Between a description and the noun it describes: nothing that ends a phrase.
_ENDS_PHRASE: Final = re.compile(
    r"[,.;:!?\n\"]|(?:을|를|으로|로|에게|한테|고|며|지만|다|와|과|[가-힣]{2,}(?:[은이가]|(?<![사있하되])는))(?: |$)"
)
_ACTING: Final = re.compile(r"[는의]|에게|한테")
_MARKED: Final = re.compile(r"(?:은|는|이|가|도)(?= |,)")
_LONGEST_PHRASE: Final = 40
# "Mask" syllables that are a word with the surname before them, and words that end like a title.
_WORDS: Final = word_set(
    "이모 고모 주모 공모 전모 유모 양모 음모 노모 추모 사모 조모 외조모 규모 지모 이군 양군 고양 지양 공군 우군"
    " 주군 성씨"
    " 배양 심양 함양 여군 남군 백군 조군 한양 강양 이양 천양 표양 공양"
)
_WORD_AND_TITLE: Final = re.compile(r"(?:이|한|저|그|옥) (?:군|양|여인|노인|할머니|할아버지|아주머니|아저씨)|성씨")
WOMEN: Final = re.compile(r"(?:여사|할머니|아주머니|양)$")
MEN: Final = re.compile(r"(?:할아버지|아저씨|군)$")


@lru_cache(maxsize=4)
def _name_pattern(surnames: frozenset[str]) -> re.Pattern[str]:
    """A surname, or a name of any kind, with what shows it to be one: a mask, a title, or that it is made up."""
    family = "|".join(sorted(map(re.escape, surnames), key=lambda s: (-len(s), s)))
    rare = "".join(sorted(RARE_SURNAMES - surnames))
    made_up = r"(?: ?\((?:가명|필명)[^()\n]{0,15}\))"
    return re.compile(
        rf"(?<![가-힣])(?:(?P<made>[가-힣]{{1,4}}){made_up}(?: ?{TITLE})?"
        rf"|(?P<sur>{family})(?:{_MASK}{BRACKET}?(?: ?{TITLE}{BRACKET}?)?(?![가-힣]{{3}})"
        rf"|{BRACKET}? ?{TITLE}{BRACKET}?)"
        rf"|(?P<rare>[{rare}])(?: ?모)?{BRACKET}? ?씨(?![가-힣]{{2}}))"
    )


def find_people(
    text: str, surnames: Collection[str], ordinary: OrdinaryWords, taken: Sequence[Mention]
) -> list[Mention]:
    """The people a text shows without any record, in order, without overlap.

    Parameters
    ----------
    text : str
        Normalised text.
    surnames : collection of str
        Hangul surnames.
    ordinary : OrdinaryWords
        Words that name nobody.
    taken : sequence of Mention
        Who is known already; none of these passages is found again.
    """
    people = _without_overlap([], _masked(text, frozenset(surnames)), taken)
    people = _without_overlap(people, find_full_names(text, surnames, ordinary), taken)
    people = _without_overlap(people, _again(text, people, frozenset(surnames)), taken)
    people = [_short_form(m, people) for m in people]
    people = _without_overlap(people, _letters(text), taken)
    people = _without_overlap(people, _neighbours(text), taken)
    people = _without_overlap(people, _carriers(text), taken)
    people = _without_overlap(people, _anonymous(text, [*people, *taken]), taken)
    people = number_groups(people)
    return _told_apart(sorted(people, key=lambda m: m.start))


def _without_overlap(people: list[Mention], more: Iterator[Mention], taken: Sequence[Mention]) -> list[Mention]:
    kept = list(people)
    spans = [(m.start, m.end) for m in (*taken, *people)]
    for mention in more:
        if all(mention.end <= a or mention.start >= b for a, b in spans):
            kept.append(mention)
            spans.append((mention.start, mention.end))
    return kept


def _masked(text: str, surnames: frozenset[str]) -> Iterator[Mention]:
    for match in _name_pattern(surnames).finditer(text):
        said = match.group()
        # "성씨" is a person only where it does or suffers something ("성씨는"), elsewhere the word for a surname.
        if said == "성씨" and _ACTING.match(text, match.end()):
            pass
        elif said.strip() in _WORDS or _WORD_AND_TITLE.fullmatch(said):
            continue
        made, surname = match["made"] or "", match["sur"] or match["rare"] or ""
        yield Mention(
            start=match.start(), end=match.end(), key=made or surname, label=said, surname=surname, full=made,
            pseudonym=bool(made),
        )  # fmt: skip


def _again(text: str, people: Sequence[Mention], surnames: frozenset[str]) -> Iterator[Mention]:
    """A full name once shown is the same person wherever it stands, and so is its given name with a title."""
    full = {m.full: m for m in people if len(m.full) > 1}
    if not full:
        return
    given = {name[1:]: m for name, m in full.items() if len(name) == 3 and name[:1] in surnames}
    names = "|".join(sorted(map(re.escape, full), key=len, reverse=True))
    shorts = "|".join(map(re.escape, given))
    pattern = rf"(?<![가-힣])(?:(?P<full>{names})(?: ?씨)?" + (rf"|(?P<short>{shorts}) ?씨)" if shorts else ")")
    for match in re.finditer(pattern, text):
        known = full[match["full"]] if match["full"] else given[match["short"]]
        before = _SURNAME_BEFORE.search(text, max(0, match.start() - 4), match.start())
        if not match["full"] and before and before["sur"] in surnames:
            # "구 말통 씨" is another person than 서말통.
            name = before["sur"] + match["short"]
            start = before.start("sur")
            other = Mention(start=start, end=match.end(), key=name, label=text[start : match.end()], stands_as="named",
                            surname=before["sur"], full=name)  # fmt: skip
            yield other
            continue
        yield replace(known, start=match.start(), end=match.end(), label=match.group())


def _short_form(mention: Mention, people: Sequence[Mention]) -> Mention:
    """"이 씨" after "이소연 씨" is that person, where the text shows just one full name of that surname and title."""
    if mention.full or not mention.surname or "모" in mention.label or "(" in mention.label:
        return mention
    before = {
        m.key: m for m in people
        if m.full.startswith(mention.surname) and m.start < mention.start and "씨" in m.label
    }  # fmt: skip
    if len(before) != 1:
        return mention
    return replace(next(iter(before.values())), start=mention.start, end=mention.end, label=mention.label)


def _letters(text: str) -> Iterator[Mention]:
    for match in _LETTER.finditer(text):
        yield Mention(start=match.start(), end=match.end(), key=match["name"], label=match.group())


def _carriers(text: str) -> Iterator[Mention]:
    for match in _CARRIER.finditer(text):
        who = match["who"] or match["near"]
        yield Mention(
            start=match.start(), end=match.end(), key="carrier-" + who.replace(" ", ""), label=who, stands_as="carrier"
        )


def _neighbours(text: str) -> Iterator[Mention]:
    for match in _NEAR.finditer(text):
        next_word = re.compile(r"(?:의|네)? ?").match(text, match.end())
        after = next_word.end() if next_word else match.end()
        has = find_kin_start(text, after) or FAMILY.match(text, after) or HOUSE.match(text, after)
        alone = match["house"] and not text.startswith(" ", match.end())
        if has or alone or text.startswith("네", match.end()):
            yield Mention(start=match.start(), end=match.end(), key=SOMEONE, label=match.group())


def number_groups(people: Iterable[Mention], before: Sequence[Mention] = ()) -> list[Mention]:
    """Everybody without a name is somebody else, numbered in the order of the text after those numbered before."""
    numbered: list[Mention] = []
    count = len({m.key for m in before if m.key.startswith(f"{SOMEONE}-")})
    for mention in sorted(people, key=lambda m: m.start):
        count += mention.key == SOMEONE
        numbered.append(replace(mention, key=f"{SOMEONE}-{count}") if mention.key == SOMEONE else mention)
    return numbered


def _anonymous(text: str, others: Sequence[Mention]) -> Iterator[Mention]:
    at = 0
    while match := _ANONYMOUS.search(text, at):
        # "이 씨와 다른 량강도 출신인 탈북민": the description begins after the name that it seems to hold.
        held = max((m.end for m in others if m.start < match.end() and match.start() < m.end), default=0)
        at = held or match.end()
        if held:
            continue
        # "신의주 출신 탈북민 박 씨": the phrase describes the name that follows it.
        if any(match.start() < m.start <= match.end() + 12 and describes(text, match.end(), m.start) for m in others):
            continue
        yield Mention(start=match.start(), end=match.end(), key=SOMEONE, label=match.group())


def _told_apart(people: list[Mention]) -> list[Mention]:
    """Two of one surname with different ages are two people; the bare surname after that may be either."""
    ages: dict[str, list[str]] = {}
    for mention in people:
        age = re.search(r"\(([0-9]{1,3})", mention.label)
        if age and mention.surname and age[1] not in ages.setdefault(mention.key, []):
            ages[mention.key].append(age[1])
    several: Mapping[str, list[str]] = {key: found for key, found in ages.items() if len(found) > 1}
    found: list[Mention] = []
    for mention in people:
        if mention.key not in several:
            found.append(mention)
            continue
        age = re.search(r"\(([0-9]{1,3})", mention.label)
        which = [age[1]] if age else several[mention.key]
        found += [replace(mention, key=f"{mention.key}-{one}") for one in which]
    return found


def describes(text: str, end: int, start: int) -> bool:
    """Whether a description that ends at ``end`` can belong to the noun that begins at ``start``."""
    if not 0 <= start - end <= _LONGEST_PHRASE or _MARKED.match(text, end):
        return False
    return _ENDS_PHRASE.search(text, end, start) is None
