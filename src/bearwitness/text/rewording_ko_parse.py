"""A Korean sentence as tokens that each lean on a later one: what can be taken out of it, and with what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["bare", "of", "topic", "subject", "object", "case", "time", "relative", "link", "quote", "final"]

VERBS: Final = frozenset({"relative", "link", "quote", "final"})
ARGUMENTS: Final = frozenset({"topic", "subject", "object", "case", "time"})
# Nouns that say nothing without the clause or the noun before them.
LEANING: Final = re.compile(
    r"(?:뒤|후|직후|이후|때|무렵|당시|동안|사이|전|도중|중|채|것|적|바|줄|덕분|탓|이유|사실|상태|과정|경험|처지|가운데)"
    r"(?:에|에서|은|는|이|가|을|를|로|으로|도|의|부터|까지|인)*$"
)
_POSTPOSITION: Final = re.compile(r"(?:위해|위하여|통해|통하여|대해|대하여|의해|따라|향해|비롯해|포함해|거쳐|인해|관해)(?:서)?$")
_QUOTE: Final = re.compile(r"(?:다|라|냐|자)(?:고|며|면서|는|던)?$")
_QUOTED: Final = re.compile(r"(?:[다라냐자]고|[다라]며|다면서|라면서|[다라]고도|[다라]고는)$")
_LINK: Final = re.compile(
    r"(?:고|며|면서|지만|는데|은데|한데|인데|다가|아서|어서|여서|해서|와서|가서|러서|려서|져서|켜서|자마자|니까|므로|거나"
    r"|도록|려고|으려|더니|자니|는지|되어|되여|하여|해|돼|당해|받아|잡혀|가둬|끌려가|불려가|데려가|끌고가|건너|넘어|떠나|나와|빠져나와|넘어와"
    r"|들어와|찾아와|들여와|살아|남아|숨어|앉아|보내|팔아|알려|들이닥쳐|뒤져|시켜|갇혀|쫓겨나|풀려나|때려|붙들려|이어|없이)$"
)
_NO_LINK: Final = re.compile(
    r"(?:^|.*)(?:사고|창고|광고|경고|보고|신고|중고|재고|금고|최고|참고|에서|에게서|한테서|께서|로서|으로서|친구하고|하고많은)$"
)
_NOT_THE_VERB_IN_GO: Final = re.compile(r"^(?:그리고|하지만|그런데|그래서|따라서|그러나|그러면서)$")
_RELATIVE: Final = re.compile(
    r"(?:[가-힣]*[한된진난간온던킨긴힌친린운준본산쓴떤넌둔건선편킨뜬단든챈낸킨센]"
    r"|[가-힣]*(?:하|되|있|없|사|가|오|나|보내|받|지내|만나|돌보|부르|다니|머무르|맡|드나드|숨|키우|기다리|두|일하|싶|다|라|쓰|잇|걸|나누|남|따르|아)는"
    r"|[가-힣]*(?:받|남|잃|맞|겪|입|넘|잡|찾|얻|숨|맡|젊|늙|옮|참|않|많|같|높|좋|작)은"
    r"|[가-힣]{2,}인)$"
)
_NO_RELATIVE: Final = frozenset(
    "북한 남한 시간 기간 인간 순간 공간 주간 야간 사진 행진 재난 비난 피난 지인 본인 상인 군인 여인 범인 개인 주인 부인 증인 연인 노인"
    " 외국인 중개인 언론인 정치인 민간인 한국인 중국인 자본 일본 기본 대본 훈련 조선 남조선 북조선 인권 출신 전직 동안 조건 사건 물건 여건"
    " 정권 당간 한 어떤 모든 이런 그런 저런 다른 또다른 여러 지난 현장인 확인 원인 법인 통신 신문 국민 주민 탈북민 간부 한산 부산 마산 원산 무산"
    " 재산 생산 광산 예산 단산 혜산 하산 발전 안전 보안 국가안전 오전 이전 동료인 가운데 위협 시선 노선 우선 생선 개선 신선 계단 집단 군단 판단 차단"
    " 수단 중단 사단 여단 결단 진단 간단 경험 증언 방언 조언 발언 인원 보위원 안전원 보안원 요원 직원 회원 병원 공원".split()
)
_TIME_WORD: Final = re.compile(
    r"(?:지금|현재|최근|요즘|당시|이후|매달|매년|매일|매주|며칠|곧|다시|이미|여전히|아직|계속|몰래|자주|가끔|함께|처음|결국|특히|모두|거듭|더욱|심하게|크게)$"
)
_CASE: Final = re.compile(
    r"(?:에서|에게서|한테서|에게|한테|으로부터|로부터|으로서|로서|으로써|로써|으로|로|에|께서|께|부터|까지|와|과|하고|랑|처럼"
    r"|보다|만큼|같이|마다|만|도|에는|에서는|에게는|로는|으로는|에도|에서도|와의|조차|밖에|대로)$"
)


@dataclass(slots=True, kw_only=True)
class Token:
    """One word with what is attached to it, or several that one passage covers; ``start`` and ``end`` are offsets.

    ``core_end`` is where the passage ends that made it one token (the particle after it begins there); ``end``
    excludes the punctuation that follows.
    """

    start: int
    end: int
    core_end: int
    text: str
    trail: str
    kind: Kind = "bare"
    head: int = -1


def parse(text: str, start: int, end: int, passages: Iterable[tuple[int, int]], times: Iterable[int]) -> list[Token]:
    """The tokens of a sentence, each with the one that it leans on.

    Parameters
    ----------
    text : str
        Normalised text.
    start, end : int
        The sentence, without the white space around it.
    passages : iterable of (int, int)
        Passages that stay together (names, dates, terms).
    times : iterable of int
        Where dates begin.
    """
    tokens = _tokens(text, start, end, sorted(passages))
    when = set(times)
    for at, token in enumerate(tokens):
        token.kind = _kind(token, at == len(tokens) - 1, token.start in when)
    _merge_postpositions(tokens)
    _attach(tokens)
    return tokens


def _tokens(text: str, start: int, end: int, passages: Sequence[tuple[int, int]]) -> list[Token]:
    found: list[Token] = []
    for match in re.finditer(r"\S+", text[start:end]):
        a, b = start + match.start(), start + match.end()
        if found and any(p < a < q and found[-1].start < q and found[-1].end > p for p, q in passages):
            found[-1].end = b
        else:
            found.append(Token(start=a, end=b, core_end=b, text="", trail=""))
    for token in found:
        word = text[token.start : token.end]
        core = word.rstrip(".,!?;:\"')…")
        token.trail = word[len(core) :]
        token.end -= len(token.trail)
        opening = len(core) - len(core.lstrip("\"'("))
        token.start += opening
        token.text = core[opening:]
        ends = [q for p, q in passages if token.start <= p and q <= token.end]
        token.core_end = max(ends, default=token.end)
    return [t for t in found if t.end > t.start]


def _kind(token: Token, is_last: bool, is_time: bool) -> Kind:
    word = token.text
    if is_last:
        return "final"
    if is_time and not token.trail.startswith("."):
        return "time" if not word.endswith("의") else "of"
    if _POSTPOSITION.search(word):
        return "case"
    if _QUOTED.search(word) or re.search(r"[.!?][\"']", token.trail):
        return "quote"
    if _NOT_THE_VERB_IN_GO.match(word) or _TIME_WORD.search(word):
        return "time"
    if _LINK.search(word) and not _NO_LINK.match(word):
        return "link"
    if _RELATIVE.fullmatch(word) and word not in _NO_RELATIVE:
        return "relative"
    return _noun_kind(word)


def _noun_kind(word: str) -> Kind:
    if len(word) == 1:
        return "bare"
    last = word[-1]
    if last == "의":
        return "of"
    if last in "을를":
        return "object"
    if last in "은는" or word.endswith("께서는"):
        return "topic"
    if last in "이가" and len(word) > 1 and word[-2:] not in ("같이", "없이"):
        return "subject"
    return "case" if _CASE.search(word) else "bare"


def _merge_postpositions(tokens: list[Token]) -> None:
    """"가족들을 위해" is one adverbial: the noun leans on the word after it."""
    for at in range(len(tokens) - 1, 0, -1):
        if _POSTPOSITION.search(tokens[at].text) and tokens[at - 1].kind in ("object", "case", "topic"):
            tokens[at - 1].head = at


def _attach(tokens: list[Token]) -> None:
    pending: list[int] = []
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        if token.head >= 0:
            continue
        if token.kind == "bare":
            token.head = min(at + 1, last)
        elif token.kind in ("of", "relative"):
            token.head = next((j for j in range(at + 1, last + 1) if tokens[j].kind not in ("bare", "relative")), last)
        if token.kind in VERBS:
            _take(tokens, at, pending)
        if token.kind in ARGUMENTS or token.kind in ("link", "quote"):
            pending.append(at)
    for at in pending:
        tokens[at].head = last


def _take(tokens: list[Token], verb: int, pending: list[int]) -> None:
    """Give a verb what stands before it: at most one subject, and a topic only to the verb that ends the sentence."""
    taken_subject = False
    is_final = tokens[verb].kind == "final"
    while pending:
        at = pending[-1]
        kind = tokens[at].kind
        if kind == "topic" and not is_final:
            break
        if kind == "subject" and taken_subject and not is_final:
            break
        if taken_subject and not is_final and any(tokens[p].kind == "subject" for p in pending):
            break
        taken_subject = taken_subject or kind == "subject"
        tokens[at].head = verb
        pending.pop()


def below(tokens: Sequence[Token], at: int) -> frozenset[int]:
    """A token with everything that leans on it."""
    found = {at}
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].head in found and tokens[index].head != index:
            found.add(index)
    return frozenset(found)


def leaning_on(tokens: Sequence[Token], at: int) -> list[int]:
    """What leans directly on a token, in order."""
    return [i for i, t in enumerate(tokens) if t.head == at and i != at]
