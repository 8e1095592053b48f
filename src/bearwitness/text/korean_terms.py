"""What Korean wording says of a person: kin, ways of leaving, traits, acts, each as a pattern with what it allows.

Patterns are matched on normalised text. A kin word is relative to the person it is said of, and some kin words also
tell that person's sex (only a woman has an 언니 or an 오빠).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bearwitness.model.claims import KIN_LEAVES

BROTHERS: Final = frozenset({"elder_brother", "younger_brother"})
SISTERS: Final = frozenset({"elder_sister", "younger_sister"})
SIBLINGS: Final = BROTHERS | SISTERS
PARENTS: Final = frozenset({"father", "mother"})
CHILDREN: Final = frozenset({"son", "daughter"})
ALL_KIN: Final = frozenset(KIN_LEAVES)

# Kin word: what the relative may be, the sex of the person it is said of.
_KIN: Final[tuple[tuple[str, frozenset[str], str], ...]] = (
    ("친?형제 ?자매|친?남매|친?오누이|동기간|형제간", SIBLINGS, ""),
    ("(?:의|친|큰|작은|둘째|셋째|막내|맏)?(?:누나|누님|누이(?!동생))", frozenset({"elder_sister"}), "male"),
    ("(?:친|큰|작은|둘째|셋째|막내|맏)?언니", frozenset({"elder_sister"}), "female"),
    ("(?:친|큰|작은|둘째|셋째|막내|맏)?오빠|오라버니|오라비", frozenset({"elder_brother"}), "female"),
    ("(?:친|큰|작은|둘째|셋째|맏)형(?=님|[은이을의과에도만]|[ ,.)]|$)|(?<![가-힣])형(?=님|[은이을의과에도만]|[ ,.)]|$)",
     frozenset({"elder_brother"}), "male"),
    ("(?:친|막내|큰|둘째|셋째)?(?:남동생|사내동생)", frozenset({"younger_brother"}), ""),
    ("(?:친|막내|큰|둘째|셋째)?(?:여동생|누이동생)", frozenset({"younger_sister"}), ""),
    ("(?:친|막내|큰|둘째|셋째)?동생", frozenset({"younger_brother", "younger_sister"}), ""),
    ("자매", SISTERS, ""),
    ("친?형제", BROTHERS, ""),
    ("(?:친|친정 ?|시|홀|노)?어머니|어머님|모친|엄마", frozenset({"mother"}), ""),
    ("(?:친|친정 ?|시|홀|노)?아버지|아버님|부친|아빠", frozenset({"father"}), ""),
    ("친?부모(?:님)?|노부모", PARENTS, ""),
    ("(?:외|큰|작은|맏|막내|둘째|셋째)?아들(?!로)", frozenset({"son"}), ""),
    ("(?:외|큰|작은|맏|막내|둘째|셋째)?딸(?=님|[은이을의과에도만]|[ ,.)]|$)", frozenset({"daughter"}), ""),
    ("자녀|자식", CHILDREN, ""),
    ("남편", frozenset({"husband"}), "female"),
    ("아내|부인(?!하|했|한|할)|안해|처(?=[는가를의와] )", frozenset({"wife"}), "male"),
    ("(?:외|친)?할머니|(?:외|친)?할아버지|조부모?|조모", frozenset({"grandparent"}), ""),
    ("삼촌|외삼촌|이모부?|고모부?|조카(?:딸)?|사촌|외사촌|숙부|숙모|손자|손녀|시누이|시동생|매형|매부|처남|처제|형수|제수"
     "|올케|며느리|사위|장인|장모|시부모|시댁|처가|친척|일가친척", frozenset({"other_relative"}), ""),
)  # fmt: skip
# Relatives of no stated kind: no claim of kin, but an act may be theirs.
FAMILY = re.compile(r"(?<![가-힣])(?:가족|식구|일가|혈육|친인척|가정|집안|유가족)")
HOUSE = re.compile(r"(?<![가-힣])(?:집(?=[은이을의에과도으 ,.]|$)|살림집|자택|본가|친정집|집안|가택)")

_STATUS: Final = (
    "탈북민|탈북자|탈북 ?(?:여성|남성|청년|청소년|작가|가수|기자|활동가|단체장|주민|군인|가족|의사|교사|간호사)?|"
    "북한이탈주민|이탈주민|새터민|월남자|도북자|귀순자|귀순|탈출(?=했|한|해|하)|"
    "(?:한국|남한|남조선|서울|제3국|중국|태국|미국|영국|일본|유럽)(?:에|으로|로|땅에|땅으로)? ?"
    "(?:온|왔|와서|들어온|들어왔|입국|정착|망명|도착|넘어온|넘어왔|탈출)|"
    "북한을 (?:떠나|떠난|떠났|탈출|빠져나|벗어나)|고향을 (?:떠나|떠난|떠났)|탈출해|북을 (?:떠나|떠난|탈출)"
)
_ROUTE: Final[tuple[tuple[str, str], ...]] = (
    ("사사 ?(?:여행|려행|여권|려권|비자|방문)(?: ?(?:비자|여권))?|친척 ?방문(?:용)? ?(?:비자|여권|으로)?|"
     "친지 ?방문 ?(?:비자)?|개인 ?(?:여행|비자)", "china/visa_private"),
    ("도강|월강|(?:두만강|압록강|강)을 (?:건너|건넜|건널|헤엄|넘)|(?:두만강|압록강)", "china/river"),
    ("관광 ?비자", "china/tourist"),
    ("해외 ?(?:파견|근로|로동|노동)(?: ?(?:노동자|로동자|근로자|일꾼))?|파견 ?(?:노동자|로동자|근로자)|외화벌이 ?일꾼|"
     "해외에 파견", "abroad/worker"),
    ("(?:목선|어선|배|쪽배|고깃배|보트)를 타고|해상으로|해상 ?탈북|바다를 건너|바닷길", "sea"),
    ("군사 ?분계선|휴전선|비무장 ?지대|DMZ", "dmz"),
    ("(?:항공기|비행기|전투기|여객기)를 타고 (?:탈출|탈북|귀순|넘어)", "air"),
)  # fmt: skip
_TRAIT: Final[tuple[tuple[str, str], ...]] = (
    ("(?:중국(?:산)? ?)?(?:휴대 ?전화(?:기)?|휴대폰|손전화(?:기)?|핸드폰|스마트폰|이동전화|대포폰|중국 ?전화|전화기)"
     "|통화(?=[를가도는 ,.하했할한]|$)|전화 ?통화|영상 ?통화|밀수(?:한|된)? ?전화", "phone"),
    ("송금(?!책)|생활비를? (?:보내|보낸|보냈|부치|부친|부쳤)|"
     "돈을? (?:계속 |꾸준히 |정기적으로 |몰래 |매년 |매달 )?(?:보내|보낸|보냈|보낼|부치|부친|부쳤|전달|전해)", "remittance"),
    ("(?:송금 |탈북 )?(?:브로커|거간군|거간꾼|중개인|중개자|전달책|송금책|심부름꾼)(?=로 |로서|으로 |으로서| 역할| 일을| 노릇| 활동"
     "|였|이었|인 |이다|이기|까지|을 맡|를 맡|을 해|를 해|을 했|를 했)|송금을? (?:대신|대행|중개|주선)|"
     "돈을 (?:대신 )?전달해 ?주|중개(?:해|했|하는|하며|하던|를 맡)", "broker"),
    ("인권 ?(?:활동|운동)(?:가)?|대북 ?(?:전단|방송|풍선)|전단 ?살포|(?:북한)? ?인권 ?단체(?:에서|의 대표|의 회원)|시위에 (?:참가|나서|나섰)"
     "|활동가", "activism"),
    ("(?:방송|텔레비전|유튜브|라디오)(?:에|에도) ?(?:출연|나오|나온|나왔)|유튜버|언론에 (?:나오|나온|나왔|증언)|공개 ?증언", "media"),
)  # fmt: skip
_ACT: Final[tuple[tuple[str, str], ...]] = (
    ("급습|습격|가택 ?수색|집 ?수색|수색(?=을|했|하|당|해|이|도)|압수 ?수색|들이닥|덮쳤|덮친|덮쳐|쳐들어|난입|뒤졌|뒤지|뒤져|샅샅이",
     "raid"),
    ("체포|구금|연행|구속|억류|수감|투옥|감금|끌려[가갔간갈]|끌고 ?[가갔간]|잡혀[가갔간 ]|붙잡[혀혔힌아았]|잡아[가갔간]|갇혔|갇힌|갇혀"
     "|가두|가뒀|유치장|구류|수용소(?:로|에) (?:보내|끌려|수감)|풀려[나났난]|석방", "detention"),
    ("조사(?=를|했|하|받|당|해)|취조|심문|신문(?=을 받|했|당)|추궁|문초|캐물|캐묻", "interrogation"),
    ("위협|협박|으름장|겁을 (?:주|줬|준)|경고(?=를|했|하|받|당)|공갈", "threat"),
    ("소환|출두|호출|불려[가갔간]|불러[가갔들]|출석 ?요구", "summons"),
    ("감시|미행|도청|밀착 ?관찰|동태를 (?:파악|살피)", "surveillance"),
    ("추방|유배|강제 ?이주|쫓겨[나났난]|오지로|산골로|관리소(?:로|에)", "exile"),
    ("(?:돈|송금|송금액|현금|외화)(?:을|를)? ?(?:모두 |전부 |다 )?(?:몰수|압수|빼앗|뺏)", "confiscation_remittance"),
    ("몰수|압수(?! ?수색)", "confiscation_remittance"),
    ("뇌물(?:을)? ?(?:요구|바치|바쳤|줬|강요|뜯)|돈을? (?:요구|뜯|내라|바치라|갈취)|갈취|금품을? ?(?:요구|갈취)|벌금", "extortion_remittance"),
    ("전화를? (?:걸게|하게|하도록|하라|걸도록|걸라)|통화를? (?:강요|시키|시켜|하게|하라)|강제로 (?:전화|통화)|유인 ?전화", "forced_call"),
    ("직장에서 (?:쫓겨|해고|해임|잘려|잘렸)|해고|해임|철직|파면|일자리를 (?:잃|빼앗)|직장을 (?:잃|빼앗)", "job_loss"),
    ("퇴학|제적|대학에서 (?:쫓겨|제명)|학교에서 (?:쫓겨|제명)|진학(?:이|을) ?(?:막|금지|못)", "school_loss"),
    ("출당|당에서 (?:쫓겨|제명|축출)|당적을? ?(?:박탈|잃)|당원증을 (?:빼앗|반납)", "party_loss"),
    ("강등|좌천|제대 ?당|불명예 ?제대", "demotion"),
    ("강제 ?이혼|이혼(?:을|하라고)? ?(?:강요|당|시키|하도록|하게)", "forced_divorce"),
    ("사상 ?투쟁|공개 ?비판|생활총화|비판 ?무대|군중 ?심판|공개 ?투쟁", "public_criticism"),
    ("구타|폭행|때렸|때리|때려|매를 맞|얻어맞|고문|두들겨", "beating"),
    ("옥사|구금 중 (?:숨|사망)|조사 중 (?:숨|사망)|고문(?:으로|받다|당하다|을 받다가) ?(?:숨|사망|죽)|감옥에서 (?:숨|사망|죽)|처형|총살",
     "death_in_custody"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A passage of normalised text that says something, and the codes it allows; ``ego`` is a sex it also tells."""

    start: int
    end: int
    attribute: str
    codes: frozenset[str]
    ego: str = ""


def _compile(table: tuple[tuple[str, frozenset[str], str], ...]) -> list[tuple[re.Pattern[str], frozenset[str], str]]:
    return [(re.compile(rf"(?<![가-힣])(?:{p})"), codes, ego) for p, codes, ego in table]


def _group(table: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], frozenset[str], str]]:
    return _compile(tuple((pattern, frozenset({code}), "") for pattern, code in table))


_TABLES: Final = {
    "kin": _compile(_KIN),
    "status": _group(((_STATUS, "left"),)),
    "route": _group(_ROUTE),
    "trait": _group(_TRAIT),
    "act": _group(_ACT),
    "sex": _group((
        ("그녀|여성(?!들|계)|여자(?!들)|여인|(?:아주머니|할머니)(?= 씨)|소녀|처녀", "female"),
        ("남성(?!들)|남자(?!들)|사내(?!들)|소년|총각|청년(?!들|동맹)", "male"),
    )),
}  # fmt: skip


def find_terms(text: str) -> tuple[Term, ...]:
    """Every passage that one of the tables knows, in order; of two of one attribute that overlap the longer one.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    found: list[Term] = []
    for attribute, table in _TABLES.items():
        kept: list[Term] = []
        for term in sorted(_all(text, attribute, table), key=lambda t: (t.start, -t.end)):
            if not kept or term.start >= kept[-1].end:
                kept.append(term)
        found += kept
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def _all(
    text: str, attribute: str, table: list[tuple[re.Pattern[str], frozenset[str], str]]
) -> Iterator[Term]:
    for pattern, codes, ego in table:
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield Term(start=match.start(), end=match.end(), attribute=attribute, codes=codes, ego=ego)
