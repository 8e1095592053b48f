"""What Korean wording says of a person: kin, ways of leaving, traits, acts, each as a pattern with what it allows.

Patterns are matched on normalised text. A kin word is relative to the person it is said of, and some kin words also
tell that person's sex (only a woman has an 언니 or an 오빠).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from bearwitness.model.claims import KIN_LEAVES
from bearwitness.text.korean_acts import ACTS, ANY

BROTHERS: Final = frozenset({"elder_brother", "younger_brother"})
SISTERS: Final = frozenset({"elder_sister", "younger_sister"})
SIBLINGS: Final = BROTHERS | SISTERS
PARENTS: Final = frozenset({"father", "mother"})
CHILDREN: Final = frozenset({"son", "daughter"})
ALL_KIN: Final = frozenset(KIN_LEAVES)
OTHER: Final = frozenset({"other_relative"})
# What an act of no stated kind may be.
ALL_ACTS: Final = frozenset(code for _, code in ACTS if code not in (ANY, "detention")) | {
    f"detention/{leaf}" for leaf in KIN_LEAVES
}

_RANK: Final = "(?:친|큰|작은|둘째|셋째|막내|맏)?"
_ENDS: Final = r"(?=님|네|들|[은이을의과에도만가]|[ ,.)\"']|$)"
# Kin word: what the relative may be, the sex of the person it is said of.
_KIN: Final[tuple[tuple[str, frozenset[str], str], ...]] = (
    # Relatives by a second marriage or by adoption are coded as what they stand for, or as another relative.
    ("(?:의붓|새|양|수양|이복|계)(?:아버지|아빠|부모)|계부|양부", frozenset({"father", "other_relative"}), ""),
    ("(?:의붓|새|양|수양)(?:어머니|엄마)|계모|양모(?=[가는를와의도 ])", frozenset({"mother", "other_relative"}), ""),
    ("(?:의붓|양|수양)아들", frozenset({"son", "other_relative"}), ""),
    ("(?:의붓|양|수양)딸", frozenset({"daughter", "other_relative"}), ""),
    ("(?:의붓|이복|이부)(?:동생|형제|남매|자매|남동생|여동생|누나|누이|언니|오빠|형)", SIBLINGS | OTHER, ""),
    ("전처|전 ?부인|전 ?안해", frozenset({"wife", "other_relative"}), "male"),
    ("외동아들", frozenset({"son"}), ""),
    ("외동딸|외딸", frozenset({"daughter"}), ""),
    ("약혼(?:자|녀)|(?:안|바깥)?사돈|시형|시집 ?식구|시(?:할머니|할아버지|삼촌|이모|고모|조카|누)|가시(?:아버지"
     "|어머니|부모|집|형제)"
     "|(?:손위|손아래|손윗|손아랫|큰|작은) ?동서|외손(?:자|녀)|증손(?:자|녀)|(?:고종|이종|외종|친) ?사촌|[3-8](?:촌"
     "|寸)(?: ?(?:조카|형|동생|누이|언니|오빠))?"
     "|[삼사오육칠팔]촌(?= ?(?:조카|형|동생|누이|언니|오빠|아저씨|고모|이모))|당숙모?|당고모|외숙모?|외당숙"
     "|(?:큰|작은|맏|막내|둘째 ?|셋째 ?)(?:며느리|사위|시누이|외삼촌|삼촌|이모|고모|매부|처남|처제|올케)", OTHER, ""),
    ("시(?:어머니|아버지|부모님?|누이|동생|댁)|장인|장모(?!음)|처남|처제|처형(?=[은이을의과에도만]|[ ,.)]|$)"
     "|처가|매형|매부|매제|형수|제수"
     "|올케|며느리|사위(?!원)|외?삼촌|이모부?|고모부?|조카(?:딸|며느리|사위)?|외?사촌|육촌|숙부|숙모|손자|손녀"
     "|손주|큰아버지|작은아버지|큰어머니"
     "|작은어머니|백부", OTHER, ""),
    ("(?:일가)?친척(?! ?방문)|친지(?! ?방문)", ALL_KIN, ""),
    ("친?형제 ?자매|친?남매|친?오누이|동기간|형제간|형제나 자매", SIBLINGS, ""),
    (f"{_RANK}(?:누나|누님|누이(?!동생))", frozenset({"elder_sister"}), "male"),
    (f"{_RANK}언니", frozenset({"elder_sister"}), "female"),
    (f"{_RANK}(?:오빠|오라버니|오라비)", frozenset({"elder_brother"}), "female"),
    (f"{_RANK}형{_ENDS}", frozenset({"elder_brother"}), "male"),
    (f"{_RANK}(?:남동생|사내동생)", frozenset({"younger_brother"}), ""),
    (f"{_RANK}(?:여동생|누이동생)", frozenset({"younger_sister"}), ""),
    (f"{_RANK}동생", frozenset({"younger_brother", "younger_sister"}), ""),
    ("친?자매", SISTERS, ""),
    ("친?형제", BROTHERS, ""),
    ("(?:친|친정 ?|홀|노)?(?:어머니|어머님)|모친|엄마", frozenset({"mother"}), ""),
    ("(?:친|친정 ?|홀|노)?(?:아버지|아버님)|부친|아빠", frozenset({"father"}), ""),
    ("(?:친|노|홀)?부모님?", PARENTS, ""),
    (f"(?:외)?{_RANK}아들(?!로)", frozenset({"son"}), ""),
    (f"(?:외)?{_RANK}딸{_ENDS}", frozenset({"daughter"}), ""),
    ("자녀|자식", CHILDREN, ""),
    ("(?:전 ?)?남편", frozenset({"husband"}), "female"),
    ("아내|부인(?!하|했|한|할|병)|안해|처(?=[는가를의와] )", frozenset({"wife"}), "male"),
    ("배우자", frozenset({"husband", "wife"}), ""),
    ("(?:외|친)?할머니|(?:외|친)?할아버지|조부모?|조모", frozenset({"grandparent"}), ""),
)  # fmt: skip
# Relatives of no stated kind: no claim of kin, but an act may be theirs.
FAMILY = re.compile(r"(?<![가-힣])(?:가족|식구|일가(?!친척)|혈육|친인척|가정|집안|유가족|가족·)")
HOUSE = re.compile(r"(?<![가-힣])(?:집(?=[은이을의에과도으 ,.]|$)|살림집|자택|본가|친정집|집안|가택)")

_ABROAD: Final = "(?:한국|남한|남조선|서울|제3국|중국|태국|라오스|미국|캐나다|영국|독일|일본|유럽)"
_STATUS: Final = (
    "탈북 ?(?:여성|남성|청년|청소년|작가|가수|기자|활동가|단체장|주민|군인|의사|교사|간호사)|탈북민|탈북자"
    "|탈북(?! ?단체)"
    "|북한이탈주민|이탈주민|새터민|월남자|도북자|귀순자|귀순|탈출(?=했|한|해|하|에)"
    f"|{_ABROAD}(?:에|으로|로|땅에|땅으로)? ?(?:온|왔|와서|들어온|들어왔|입국|정착|망명|도착|넘어온|넘어왔|탈출"
    f"|간(?= )|갔|거주)"
    "|(?:북한|조선|공화국|북|북녘|고향|조국|나라)(?:을|를) (?:떠나|떠난|떠났|탈출|빠져나|벗어나|등지|등진)"
    "|(?<!직장을 )(?<!회사를 )(?<!학교를 )(?<!자리를 )(?<!교단을 )(?<!일터를 )"
    "(?<!현장을 )(?<!세상을 )(?<!군대를 )(?:떠난|떠났)"
    "|남쪽으로 (?:온|왔|간|갔)"
)
_ROUTE: Final[tuple[tuple[str, str], ...]] = (
    ("사사 ?(?:여행|려행|여권|려권|비자|방문)(?: ?(?:비자|여권))?|친[척지] ?방문(?:용)?(?: ?(?:비자|여권)|(?=으로|차))"
     "|개인 ?(?:여행|려행|비자)(?: ?비자)?", "china/visa_private"),
    # Overland to these countries the way leads through China.
    ("(?:중국|몽골|라오스|베트남|윁남|태국|타이|미얀마|캄보디아|제3국)(?:땅)?(?:[을를]| 등[을를]?) ?"
     "(?:거쳐|거친|거치|경유)"
     "(?![^.\n]{0,12}(?:송금|돈|보내|보낸|보냈|전달))|중국 경유", "china"),
    ("도강|월강|(?:두만강|압록강|강)을 (?:건너|건넜|건넌|건널|헤엄|넘)|(?:두만강|압록강)", "china/river"),
    ("관광 ?비자", "china/tourist"),
    ("해외 ?(?:파견|근로|로동|노동)(?: ?(?:노동자|로동자|근로자|일꾼))?|파견 ?(?:노동자|로동자|근로자)|외화벌이 ?일꾼"
     "|해외에 파견|(?:러시아|중국|쿠웨이트|몽골|폴란드)(?:에|로) 파견", "abroad/worker"),
    ("(?:목선|어선|배|쪽배|고깃배|보트)를 타고|해상으로|해상 ?탈북|바다를 건너|바닷길", "sea"),
    ("(?:뗏목|튜브|고무 ?보트|나무 ?쪽)(?=[을를] |에 )", "china/river|sea"),
    ("군사 ?분계선|휴전선|비무장 ?지대", "dmz"),
    ("(?:항공기|비행기|전투기|여객기)를 타고 (?:탈출|탈북|귀순|넘어)", "air"),
)  # fmt: skip
_MONEY: Final = "(?:계속 |꾸준히 |정기적으로 |몰래 |매년 |매달 |조금씩 |가족에게 |부모에게 |집에 |다시 )?"
_TRAIT: Final[tuple[tuple[str, str], ...]] = (
    ("(?:송금 |탈북 )?(?:브로커|거간군|거간꾼|중개인|중개자|전달책|송금책|심부름꾼)(?=로 |로서|으로 |으로서"
     "| 역할| 일| 노릇| 활동"
     "|였|이었|인 |이다|이기|까지| [가-힣]{1,3} ?씨|을 맡|를 맡|을 해|를 해|을 했|를 했|이자|이며)"
     "|송금을? (?:대신|대행|중개|주선|도와|돕)"
     "|돈을 (?:대신 )?전달해 ?주|중개(?:해|했|하는|하며|하던|를 맡)", "broker"),
    ("(?:중국(?:산)? ?)?(?:휴대 ?전화(?:기)?|휴대폰|손전화(?:기)?|핸드폰|스마트폰|이동전화|대포폰|중국 ?전화|전화기)"
     "|(?:전화 ?|영상 ?)?통화(?=[를가도는 ,.하했할한해]|$)|밀수(?:한|된)? ?전화"
     "|전화(?=[를가로도 ]|했|하|해|통|연)(?!를? (?:걸게|하게|하도록|하라|걸도록))", "phone"),
    ("송금(?!책)|생활비를? (?:보내|보낸|보냈|부치|부친|부쳤)"
     f"|(?:돈|외화|현금)을? {_MONEY}(?:보내|보낸|보냈|보낼|부치|부친|부쳤|전달|전해 ?[주줬])|(?:보내|보낸"
     f"|보내는|부친|부치는) ?(?:준 )?돈"
     "|(?:(?<=위안을 )|(?<=달러를 )|(?<=원을 )|(?<=엔을 )|(?<=씩 ))(?:보내|보낸|보냈|부치|부친|부쳤)",
     "remittance"),
    ("인권 ?(?:활동|운동)(?:가)?|대북 ?(?:전단|방송|풍선)|전단 ?살포|(?:북한)? ?인권 ?단체(?:에서|의 대표"
     "|의 회원|를 이끌)"
     "|시위에 (?:참가|나서|나섰)|활동가", "activism"),
    ("(?:방송|텔레비전|유튜브|라디오)(?:에|에도) ?(?:출연|나오|나온|나왔)|유튜버|언론에 (?:나오|나온|나왔|증언)"
     "|공개 ?증언", "media"),
)  # fmt: skip
_SEX: Final[tuple[tuple[str, str], ...]] = (
    ("그녀|여성(?!들|계)|여자(?!들| ?친구)|여인|소녀|처녀", "female"),
    ("남성(?!들)|남자(?!들| ?친구)|사내(?!들|동생)|소년(?!단)|총각|청년(?!들|동맹|교양)", "male"),
)
_ACT_PREFIX: Final = "(?:긴급|강제|불법|비밀|공개|재|기습|집단)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A passage of normalised text that says something, and the codes it allows; ``ego`` is a sex it also tells."""

    start: int
    end: int
    attribute: str
    codes: frozenset[str]
    ego: str = ""


Meaning = tuple[frozenset[str], str]


@cache
def _tables() -> dict[str, tuple[re.Pattern[str], tuple[Meaning, ...]]]:
    """Per attribute one pattern, whose groups stand for the meanings in order; compiled when first needed."""
    return {
        "kin": _one([(pattern, codes, ego) for pattern, codes, ego in _KIN]),
        "status": _one([(_STATUS, frozenset({"left"}), "")]),
        "route": _one([(p, frozenset(code.split("|")), "") for p, code in _ROUTE]),
        "trait": _one([(p, frozenset({code}), "") for p, code in _TRAIT]),
        "act": _one(
            [(p, ALL_ACTS if code == ANY else frozenset({code}), "") for p, code in ACTS], _ACT_PREFIX
        ),
        "sex": _one([(p, frozenset({code}), "") for p, code in _SEX]),
    }


def _one(
    rows: Sequence[tuple[str, frozenset[str], str]], prefix: str = ""
) -> tuple[re.Pattern[str], tuple[Meaning, ...]]:
    pattern = rf"(?<![가-힣]){prefix}(?:" + "|".join(f"({p.replace('(?P', '(?:')})" for p, _, _ in rows) + ")"
    return re.compile(pattern), tuple((codes, ego) for _, codes, ego in rows)


def find_terms(text: str) -> tuple[Term, ...]:
    """Every passage that one of the tables knows, in order; those of one attribute do not overlap.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    found: list[Term] = []
    for attribute, (pattern, meanings) in _tables().items():
        for match in pattern.finditer(text):
            codes, ego = meanings[(match.lastindex or 1) - 1]
            found.append(Term(start=match.start(), end=match.end(), attribute=attribute, codes=codes, ego=ego))
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def find_kin_start(text: str, at: int) -> bool:
    """Whether a kin word begins right here."""
    return _tables()["kin"][0].match(text, at) is not None
