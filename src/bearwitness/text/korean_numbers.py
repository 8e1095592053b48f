"""Numbers in a Korean text that nothing accounts for: lengths of time, counts, ages in words, hours, digits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from bearwitness.text import rules_numbers
from bearwitness.text.korean_cover import Cover, doubt_at
from bearwitness.text.scene import Doubt

NUMBER: Final = rules_numbers.NUMBER.why_en
LENGTH: Final = rules_numbers.LENGTH.why_en
AGE: Final = rules_numbers.AGE.why_en
AMOUNT: Final = rules_numbers.AMOUNT.why_en

_ONES: Final = (
    "하나|둘|셋|넷|두|세|네|석|서|넉|너|닷|엿|서너|두서너|두세|두어|너댓|네댓|네다섯|대여섯|예닐곱|일고여덟|다섯|여섯"
    "|일곱|여덟|아홉|열(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|댓|서너)?"
    "|스무|스물[가-힣]?|서른|마흔|쉰|예순|일흔|여든|아흔"
)
# Numerals of Chinese origin of more than one syllable, which begin no other word: 이십, 오천, 삼백만, 만 오천.
_SINO: Final = (
    r"(?:[이삼사오육칠팔구]?[십백천만](?:[일이삼사오육칠팔구]?[십백천만억])*[일이삼사오육칠팔구]?"
    r"(?: ?[일이삼사오육칠팔구]?[십백천만][일이삼사오육칠팔구십백천만]*)*)"
)
_NOT_LONG: Final = r"(?!아침|빨리|하루|종일|살이|벌이|속히|같이|에도|가 다르|도 (?:마음|편|빠|안|못|쉬|거르|잊))"
_LENGTH: Final = re.compile(
    r"(?<![0-9가-힣])(?:(?:약 |꼬박 |거의 |무려 |한 )?(?:[0-9][0-9,.]*|[일이삼사오육칠팔구십백]{2,}"
    r"|[삼사오육칠팔구십백]|[일이](?= ?(?:년|개월))|한|" + _ONES + r") ?(?:여 ?)?"
    r"(?:일|주일|주|달|개월|년|해|시간|분|밤|나절|계절)(?: ?반)?(?= ?(?:동안|간|째|넘게|이상|가까이|내내|만에|남짓|형"
    r"|을 선고|의 (?:형|교화)|이나|[이가을를은는도] |의 |,|$| ))"
    r"|(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름)" + _NOT_LONG
    + r"|반(?:년|달|나절|평생)(?=[이을은도의, ]|이나|만에|$))(?: ?(?:동안|간|째|넘게|내내|만에|남짓))?"
    r"|(?<![가-힣])(?:무기 ?(?:징역|교화|로동교화|노동교화)형?|종신형)"
)
_UNITS: Final = (
    "명|사람|분|번|차례|가지|개|곳|집|가족|가구|세대|식구|군데|살|째|배|마리|채|대|마을|도시|여성|남성|탈북민|탈북자"
    "|아이|말|되|섬|가마니?|자루|포대|배낭|지함|상자|벌|켤레|권|통|장|필|그루|칸|평|돈|냥|근|관|푼|병|학년|층|호|줄|단"
    "|키로(?:그람|그램|메터|미터)?|그람|그램|리터|메터|미터|정보|짝|쌍|모금|숟가락|갑|보루|되박|지게|그릇|끼"
)
_NUMBER_WORD: Final = re.compile(
    rf"(?<![가-힣])(?:[이삼사오육칠팔구] ?(?:남매|형제|자매)(?![가-힣]{{2}})"
    rf"|(?:{_ONES}) ?(?:{_UNITS}|형제|자매|남매)(?![가-힣]*(?:기|나라))(?=[^가-힣]"
    rf"|[은는이가을를의에도만과와로으째씩쯤짜께여나]|$)"
    r"|한 ?(?:가마니?|마리|포대|배낭|자루|지함|냥|근|관)(?=[을를과와이가로만, ]|$)"
    rf"|{_SINO} ?(?:여 ?)?(?:{_UNITS}|년|월|세|촌|줄|고개|군단|사단|여단|려단|연대)(?=[^가-힣]"
    rf"|[은는이가을를의에도만과와로으째씩쯤짜께생대]|$)"
    r"|[삼사오육칠팔구]촌(?=[이은과의에을도, ]|$)"
    r"|(?:새벽|아침|낮|저녁|밤|한밤중?|오전|오후) ?(?:한|열한|열두|" + _ONES + r"|[0-9]{1,2}) ?시"
    r"(?:(?: ?반|[ ]?[가-힣0-9]{1,3} ?분)?(?=[가이에를은도의경쯤, ]|부터|까지|무렵|$))"
    r"|(?:" + _ONES + r"|열한) ?시(?= ?(?:반|쯤|경|무렵|정각)|에 |부터|까지|[가를]))"
)
# Ages that no unit follows: "갓 서른이 되던 해", "열아홉에", "환갑을 넘긴", "소띠", "오십 줄에 들어선".
_TENS: Final = "스물|서른|마흔|쉰|예순|일흔|여든|아흔"
_UNIT_WORDS: Final = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉"
_AGE_WORD: Final = re.compile(
    rf"(?<![가-힣0-9])(?:(?:{_TENS})(?:{_UNIT_WORDS})?(?! ?(?:{_UNITS})(?=[^가-힣]|[은는이가을를의에도만]|$))"
    rf"(?! (?:목소리|밥|음식|냄새|김치))"
    rf"(?=[이가은는을를에인도의나, ]|부터|까지|밖에|살|을|으로|$)"
    rf"|열(?:{_UNIT_WORDS})(?=[이가은는에인이나, ]|부터|까지|$)(?! (?:{_UNITS}))"
    rf"|(?:(?:{_TENS}|열)?(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)|열|스무|{_TENS}) ?살"
    r"|(?:이|삼|사|오|육|칠|팔|구)십(?: ?(?:대|줄|고개|세|살)|(?=이 (?:넘|다|된|되)|을 (?:넘|바라)))"
    r"|(?:환갑|회갑|진갑|칠순|팔순|구순|고희|미수|희수|백수)(?=[이가은는을를에도, ]|잔치|연|상|$)"
    r"|(?:쥐|소|호랑이|범|토끼|룡|용|뱀|말|양|잔나비|원숭이|닭|개|돼지) ?띠"
    r"|(?:쥐|범|호랑이|토끼|룡|용|뱀|원숭이|잔나비|닭|돼지)해(?=에|생|의|였)"
    r"|[갑을병정무기경신임계][자축인묘진사오미신유술해]년"
    r"|동갑(?:내기)?(?=[이인은의과, ])|(?:백일|돌)(?=이? ?(?:지난|갓|된|도 안|잔치|쟁이))|(?:돌|젖먹이|갓난"
    r"|백일)(?:쟁이|아기|아이|애)"
    r"|젖먹이|갓난(?:아기|아이|애|쟁이)|(?:[가-힣]{1,2}|한|두|세)살(?:배기|박이))"
)
_NOTHING_SAID: Final = re.compile(
    r"(?:두|세) (?:번 다시|나라|가지)|한 (?:번|차례|가지)|(?:두|세) (?:가지|손|눈)|(?:두|세) 번(?= 다시)|백 번"
)
_TOGETHER: Final = re.compile(r"(?P<n>두|세|네|다섯|여섯) ?(?:명|사람|탈북민|탈북자|분)")
# "두 사람은", at the beginning of a sentence: those shown before.
_OPENS: Final = re.compile(r"(?:^|[.\n\"] ?)$")
_ALL: Final = re.compile(r"의|은|에게| 모두")
_NUMERALS: Final = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}
_DIGITS: Final = re.compile(r"[0-9][0-9,.:]*[0-9]|[0-9]")


def is_together(text: str, start: int) -> bool:
    """Whether a number says only that those shown are meant, or nothing at all ("두 사람", "두 번 다시")."""
    return _TOGETHER.match(text, start) is not None or _NOTHING_SAID.match(text, start) is not None


def find_counted(text: str, cover: Cover, shown: Collection[int]) -> Iterator[Doubt]:
    """Lengths of time, ages and counts in words, hours, and every digit, that nothing accounts for.

    Parameters
    ----------
    text : str
        Normalised text.
    cover : Cover
        What is accounted for.
    shown : collection of int
        How many people the text shows: "these three" say nothing more where three are shown.
    """
    for pattern, why in ((_LENGTH, LENGTH), (_AGE_WORD, AGE), (_NUMBER_WORD, NUMBER)):
        for match in pattern.finditer(text):
            if cover.has(match.start(), match.end()) or _NOTHING_SAID.match(text, match.start()):
                continue
            together = _TOGETHER.match(text, match.start())
            if together and (_NUMERALS[together["n"]] in shown or text[: match.start()].endswith("이 ")):
                continue
            opens = _OPENS.search(text, max(0, match.start() - 3), match.start())
            if together and opens and _ALL.match(text, match.end()):
                continue
            yield doubt_at(text, match.start(), match.end(), why)
    for match in _DIGITS.finditer(text):
        if not cover.has(match.start(), match.end()):
            yield doubt_at(text, match.start(), match.end(), NUMBER)
