"""A Korean sentence as tokens that each lean on a later one: what can be taken out of it, and with what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bearwitness.text.particles import word_set

Kind = Literal["bare", "of", "topic", "subject", "object", "case", "time", "relative", "link", "quote", "final"]

VERBS: Final = frozenset({"relative", "link", "quote", "final"})
ARGUMENTS: Final = frozenset({"topic", "subject", "object", "case", "time"})
# Nouns that say nothing without the clause or the noun before them.
LEANING: Final = re.compile(
    r"(?:뒤|후|직후|다음|이후|때|무렵|당시|동안|사이|전|도중|중|채|것|적|바|줄|덕분|탓|이유|사실|상태|과정|경험|처지|가운데)"
    r"(?:에|에서|은|는|이|가|을|를|로|으로|도|의|부터|까지|인)*$"
)
_JOINS: Final = re.compile(r"(?:와|과|하고|이랑)$")
_POSTPOSITION: Final = re.compile(
    r"(?:위해|위하여|통해|통하여|대해|대하여|의해|따라|향해|비롯해|포함해|거쳐|인해|관해)(?:서)?$"
)
_NEWS: Final = re.compile(
    r"(?:소식|말|이야기|얘기|주장|설명|통보|연락|요구|지시|명령|요청|부탁|경고)(?:을|를|이|가|도|은|는)$"
)
_SHORT: Final[dict[str, Kind]] = {"건": "topic", "게": "subject", "걸": "object"}
_REPORTED: Final = re.compile(r"(?:[다라냐자]는|[다라]던)$")
# A verb that only helps the one before it: "받고 있다", "갇혀 있는", "전해지지 않았다".
_HELPED: Final = re.compile(r"(?:고|어|아|여|해|혀|져|려|겨|켜|와|지|게|돼)$")
_HELPS: Final = re.compile(
    r"^(?:있|없|않|못하|못했|말[아라]|싶|왔|온$|오는|오고|오던|줬|준$|주었|주고|버렸|버린|놓|놨|둔$|두었|됐|되었|된$)"
)
# "국가에 대한 범죄": the noun before leans on it, and it on the noun after.
_ABOUT: Final = re.compile(r"(?:대한|관한|위한|의한|통한|향한|따른|비롯한|포함한)$")
_QUOTED: Final = re.compile(r"(?:[다라냐자]고|[다라]며|다면서|라면서|[다라]고도|[다라]고는)$")
_LINK: Final = re.compile(
    r"(?:고|며|면서|지만|는데|은데|한데|인데|다가|아서|어서|여서|해서|와서|가서|러서|려서|져서|켜서|자마자|니까|므로|거나"
    r"|도록|려고|으려|더니|자니|는지|되어|되여|하여|해|돼|당해|받아|잡혀|가둬|끌려가|불려가|데려가|끌고가|건너|넘어|떠나|나와|빠져나와|넘어와"
    r"|들어와|찾아와|들여와|살아|남아|숨어|앉아|보내|팔아|알려|들이닥쳐|뒤져|시켜|태어나|자라나|갇혀|쫓겨나|풀려나|때려|붙들려|이어|없이|[가-힣]다)$"
)
_NO_LINK: Final = re.compile(
    r"(?:^|.*)(?:사고|창고|광고|경고|보고|신고|중고|재고|금고|최고|참고|에서|에게서|한테서|께서|로서|으로서|친구하고|하고많은|바다|모두다|다)$"
)
_NOT_THE_VERB_IN_GO: Final = re.compile(r"^(?:그리고|하지만|그런데|그래서|따라서|그러나|그러면서)$")
_RELATIVE: Final = re.compile(
    r"(?:[가-힣]*[한된진난간온던킨긴힌친린운준본산쓴떤넌둔건선편킨뜬단든챈낸킨센]"
    r"|[가-힣]*(?:하|되|있|없|사|가|오|나|보내|받|지내|만나|돌보|부르|다니|머무르|맡|드나드|숨|키우|기다리|두|일하|싶|다|라|쓰|잇|걸|나누|남|따르|아)는"
    r"|[가-힣]*(?:받|남|잃|맞|겪|입|넘|잡|찾|얻|숨|맡|젊|늙|옮|참|않|많|같|높|좋|작)은"
    r"|[가-힣]{2,}인)$"
)
# Nouns and determiners that end like an adnominal verb.
_NO_RELATIVE: Final = word_set(
    """
    가운데 간단 간부 개선 개인 결단 경험 계단 공간 공원 광산 국가안전 국민 군단 군인 그런 기간
    기본 남조선 남한 노선 노인 다른 단산 당간 대본 동료인 동안 또다른 마산 모든 무산 물건 민간인
    발언 발전 방언 범인 법인 병원 보안 보안원 보위원 본인 부산 부인 북조선 북한 비난 사건 사단
    사진 상인 생산 생선 수단 순간 시간 시선 신문 신선 안전 안전원 야간 어떤 언론인 여건 여단 여러
    여인 연인 예산 오전 외국인 요원 우선 원산 원인 위협 이런 이전 인간 인권 인원 일본 자본 재난
    재산 저런 전직 정권 정치인 조건 조선 조언 주간 주민 주인 중개인 중국인 중단 증언 증인 지난
    지인 직원 진단 집단 차단 출신 탈북민 통신 판단 피난 하산 한 한국인 한산 행진 현장인 혜산 확인
    회원 훈련
    """
)
_TIME_WORD: Final = re.compile(
    r"(?:지금|현재|최근|요즘|당시|이후|매달|매년|매일|매주|며칠|곧|다시|이미|여전히|아직|계속|몰래|자주|가끔|함께|처음|결국|특히|모두|거듭|더욱|심하게|크게)$"
)
_ENDS_CASE: Final = re.compile(r"(?:에서|에게|으로|을|를)$")
_CASE: Final = re.compile(
    r"(?:에서|에게서|한테서|에게|한테|으로부터|로부터|으로서|로서|으로써|로써|으로|로|에|께서|께|부터|까지|와|과|하고|랑|처럼"
    r"|보다|만큼|같이|마다|만|도|에는|에서는|에게는|로는|으로는|에도|에서도|와의|조차|밖에|대로)$"
)


@dataclass(slots=True, kw_only=True)
class Token:
    """One word with what is attached to it, or several that one passage covers; ``start`` and ``end`` are offsets.

    ``core_end`` is where the passage ends that made it one token (the particle after it begins there), and ``plain``
    tells that the token is no more than that passage; ``end`` excludes the punctuation that follows.
    """

    start: int
    end: int
    core_end: int
    text: str
    trail: str
    plain: bool = False
    kind: Kind = "bare"
    head: int = -1


def parse(
    text: str, start: int, end: int, passages: Iterable[tuple[int, int]], times: Iterable[int], people: Iterable[int]
) -> list[Token]:
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
    people : iterable of int
        Where somebody is shown.
    """
    tokens = _with_helping_verbs(text, _tokens(text, start, end, sorted(passages)))
    when = set(times)
    for at, token in enumerate(tokens):
        token.kind = _kind(token, at == len(tokens) - 1, token.start in when)
    for at in range(1, len(tokens)):
        if tokens[at].kind == "bare" and tokens[at - 1].kind == "relative" and LEANING.fullmatch(tokens[at].text):
            tokens[at].kind = "time"
    _merge_postpositions(tokens)
    names = set(people)
    _attach(tokens, frozenset(i for i, t in enumerate(tokens) if t.start in names and _JOINS.search(t.text)))
    return tokens


def _with_helping_verbs(text: str, tokens: list[Token]) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before and not before.trail and _HELPS.match(token.text) and _HELPED.search(before.text):
            noun = before.text.endswith(("가", "와")) and not _LINK.search(before.text)
            if not noun and not _QUOTED.search(before.text):
                before.end, before.trail = token.end, token.trail
                before.text = text[before.start : before.end]
                continue
        found.append(token)
    return found


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
        token.plain = (token.start, token.end) in passages
    return [t for t in found if t.end > t.start]


def leans_back(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun says nothing without the clause or the noun before it."""
    if LEANING.fullmatch(tokens[at].text) or tokens[at].text in _SHORT:
        return True
    reported = at > 0 and _REPORTED.search(tokens[at - 1].text)
    return bool(reported) and _NEWS.fullmatch(tokens[at].text) is not None


def _kind(token: Token, is_last: bool, is_time: bool) -> Kind:
    word = token.text.rpartition(" ")[2]
    if is_last:
        return "final"
    if is_time and not token.trail.startswith("."):
        return "time" if not word.endswith("의") else "of"
    if _POSTPOSITION.search(word):
        return "case"
    if _ABOUT.fullmatch(word):
        return "of"
    if _QUOTED.search(word) or re.search(r"[.!?][\"']", token.trail):
        return "quote"
    if _NOT_THE_VERB_IN_GO.match(word) or _TIME_WORD.search(word):
        return "time"
    if _LINK.search(word) and not _NO_LINK.match(word):
        return "link"
    if _RELATIVE.fullmatch(word) and word not in _NO_RELATIVE:
        return "relative"
    return "bare" if token.plain and not _ENDS_CASE.search(word) else _noun_kind(word)


def _noun_kind(word: str) -> Kind:
    if len(word) == 1:
        return _SHORT.get(word, "bare")
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
        joins = _POSTPOSITION.search(tokens[at].text) or _ABOUT.fullmatch(tokens[at].text)
        if joins and tokens[at - 1].kind in ("object", "case", "topic"):
            tokens[at - 1].head = at


def _attach(tokens: list[Token], joined: frozenset[int]) -> None:
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
            _take(tokens, at, pending, joined)
        if token.kind in ARGUMENTS or token.kind in ("link", "quote"):
            pending.append(at)
    for at in pending:
        tokens[at].head = last


def _take(tokens: list[Token], verb: int, pending: list[int], joined: frozenset[int]) -> None:
    """Give a verb what stands before it: at most one subject, and a topic only to the verb that ends the sentence."""
    taken_subject = False
    is_final = tokens[verb].kind == "final"
    while pending:
        at = pending[-1]
        kind = tokens[at].kind
        if kind == "topic" and not is_final:
            break
        # A clause set off by a comma goes with the verb that ends the sentence, not with one that describes a noun.
        if tokens[verb].kind == "relative" and ("," in tokens[at].trail or at in joined):
            break
        # "신의주 출신인": a noun with a copula takes only what it is said of.
        if tokens[verb].kind == "relative" and tokens[verb].text.endswith("인") and kind != "subject":
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
