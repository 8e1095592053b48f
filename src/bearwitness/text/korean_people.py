"""The people whom a Korean text shows: "박 씨", "정모(47) 씨", "A씨", "40대 여성", "지인", and who stands beside whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.text.scene import Mention

_MASK: Final = r"(?: ?모| ?아무개| ?[○〇◯●×*]{1,2})"
_TITLE: Final = r"(?:씨|여인|여사|노인|할머니|할아버지|아주머니|아저씨|군(?=[은이과의에을도, ])|양(?=[은이과의에을도, ]))"
_BRACKET: Final = r"(?: ?\([^()\n]{1,25}\))"
_LETTER = re.compile(r"(?<![A-Za-z])(?P<name>[A-Z])(?:\([^()\n]{1,25}\))? ?씨")
_DETERMINER: Final = r"(?:한|어느|어떤|또 다른|다른|익명의|익명을 요구한|이름을 밝히지 않은)"
_HEAD: Final = (
    r"(?:(?:탈북|이탈) ?)?(?:여성|남성|청년|여인|남자|여자|소녀|소년|대학생|노인|주민|부부|탈북민|탈북자|새터민|북한이탈주민|이탈주민)"
    r"(?!들|계|단체|사회|지원|가족|의 가족|운동|동맹|반)"
)
_AGED: Final = r"(?:[1-9]0대|[0-9]{1,2} ?[세살])"
_FROM: Final = r"(?:[가-힣]{2,6} 출신(?:의)?)"
_ANONYMOUS = re.compile(
    rf"(?<![가-힣])(?:{_DETERMINER} (?:[가-힣0-9]{{1,8}} ){{0,3}}?{_HEAD}"
    rf"|(?:{_FROM} )?{_AGED}(?: ?(?:초반|중반|후반))?(?:의)? (?:[가-힣]{{1,8}} ){{0,2}}?{_HEAD}"
    rf"|{_FROM} (?:[가-힣]{{1,8}} ){{0,1}}?{_HEAD})"
)
_CARRIER = re.compile(
    r"(?<![가-힣])(?:현지 |내부 |북한 |대북 |익명의 |가까운 |친한 )?"
    r"(?P<who>지인|친구|소식통|이웃|동료|브로커|중개인|전달책|정보원|연락책|옛 동료)"
    r"(?=에게서|한테서|으로부터|로부터|에게|한테|의 전화|이 전화|가 전화|의 말|에 따르면|을 통해|를 통해"
    r"|[이가은는](?: [가-힣]+){0,3} ?(?:전했|전해|알려|알렸|말했|연락|귀띔))"
)
# Between the passage of a description and the person it describes: nothing that ends a phrase.
_ENDS_PHRASE = re.compile(r"[,.;:!?\n]|(?:을|를|으로|로|에게|한테|고|며|지만|다|와|과|[가-힣]{2,}(?:[은이가]|(?<![사있하되])는))(?: |$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of normalised text and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


_BOUNDARY = re.compile(r"(?<=[다요까죠음함됨임])[.!?]+['\")]*(?:\s+|$)|[.!?]['\")]+\s+|\n+")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of normalised text; a line is a paragraph."""
    found: list[Sentence] = []
    start = paragraph = 0
    for match in [*_BOUNDARY.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            found.append(Sentence(start=start, end=end, paragraph=paragraph))
        if match is None:
            break
        start = match.end()
        if "\n" in match.group():
            paragraph += 1
    return tuple(found)


def find_people(text: str, surnames: Collection[str]) -> tuple[Mention, ...]:
    """The people a text shows without any record, in order, without overlap.

    Parameters
    ----------
    text : str
        Normalised text.
    surnames : collection of str
        Hangul surnames.

    Notes
    -----
    A full name counts where a title or "(가명)" follows; any other is left for what nobody accounts for.
    """
    names = list(_named(text, surnames))
    taken = [(m.start, m.end) for m in names]
    for mention in (*_letters(text), *_carriers(text)):
        if all(mention.end <= a or mention.start >= b for a, b in taken):
            names.append(mention)
            taken.append((mention.start, mention.end))
    for mention in _anonymous(text, taken):
        if all(mention.end <= a or mention.start >= b for a, b in taken):
            names.append(mention)
            taken.append((mention.start, mention.end))
    return tuple(sorted(names, key=lambda m: m.start))


def name_pattern(surnames: Collection[str]) -> re.Pattern[str]:
    """A surname or a full name with what shows it to be one: a mask, a title, or a note that it is made up."""
    family = "|".join(sorted(map(re.escape, surnames), key=lambda s: (-len(s), s)))
    return re.compile(
        rf"(?<![가-힣])(?P<sur>{family})(?:(?P<mask>{_MASK}){_BRACKET}?(?: ?{_TITLE})?(?![가-힣]{{3}})"
        rf"|(?P<given>[가-힣]{{1,3}}?)?(?P<note> ?\((?:가명|가명임)[^()\n]{{0,15}}\))(?: ?{_TITLE})?"
        rf"|(?P<age>{_BRACKET}) ?{_TITLE}"
        rf"|(?P<two>[가-힣]{{2}}){_BRACKET}? ?씨|(?P<one>[가-힣]){_BRACKET}? 씨| ?{_TITLE})"
    )


def _named(text: str, surnames: Collection[str]) -> Iterator[Mention]:
    for match in name_pattern(surnames).finditer(text):
        given = match["given"] or match["two"] or match["one"] or ""
        surname = match["sur"]
        if given == "모" or _is_word(match):
            if given != "모":
                continue
            given = ""
        key = surname + given
        yield Mention(
            start=match.start(), end=match.end(), key=key, label=text[match.start() : match.end()], surname=surname,
            full=key if given else "", pseudonym=bool(match["note"]),
        )  # fmt: skip


# "Mask" syllables that are a word with the surname before them ("이모", "고모", "주모", "하모니카"), and words on 씨.
_WORDS: Final = frozenset(
    ["이모", "고모", "주모", "공모", "전모", "유모", "양모", "음모", "노모", "추모", "사모", "조모", "외조모", "규모", "지모"]
)
_WORD_WITH_TITLE: Final = frozenset(["이 군", "이 양", "한 여인", "한 노인", "한 할머니", "한 아주머니", "한 아저씨", "한 할아버지"])


def _is_word(match: re.Match[str]) -> bool:
    said = match.group()
    return said.strip() in _WORDS or said in _WORD_WITH_TITLE or said in ("이군", "양군", "고양", "지양", "공군", "우군", "주군")


def _letters(text: str) -> Iterator[Mention]:
    for match in _LETTER.finditer(text):
        yield Mention(start=match.start(), end=match.end(), key=match["name"], label=match.group())


def _carriers(text: str) -> Iterator[Mention]:
    for match in _CARRIER.finditer(text):
        yield Mention(
            start=match.start(), end=match.end(), key="carrier-" + match["who"].replace(" ", ""), label=match["who"],
            stands_as="carrier",
        )  # fmt: skip


def _anonymous(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    count = 0
    for match in _ANONYMOUS.finditer(text):
        # "신의주 출신 탈북민 박 씨": the phrase describes the name that follows it.
        if any(match.end() <= a <= match.end() + 12 and describes(text, match.end(), a) for a, _ in taken):
            continue
        count += 1
        yield Mention(start=match.start(), end=match.end(), key=f"someone-{count}", label=match.group())


def describes(text: str, end: int, start: int) -> bool:
    """Whether a description that ends at ``end`` can belong to the noun that begins at ``start``."""
    between = text[end:start]
    return 0 <= start - end <= 40 and _ENDS_PHRASE.search(between) is None
