"""What a Korean text calls somebody without a name: a surname and a post, a nickname, a word for whose parent it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from bearwitness.text import rules_names
from bearwitness.text.korean_cover import Cover, doubt_at
from bearwitness.text.scene import Doubt

_CALLED: Final = re.compile(
    r"(?<![가-힣])(?:별명|별호|애칭|아명|택호|암호명|통칭|필명|예명|세례명)(?:은|이) ?['\"]?(?P<is>[가-힣]{1,6}?)"
    r"(?=['\"]?(?:이?라[고는]|인 |이었|였|이다|으로|로 |[,.]|$))"
    r"|(?<![가-힣])['\"]?(?P<so>[가-힣]{2,6}?(?: (?:엄마|아빠|아버지|어머니|할머니|할아버지|댁|삼촌|아저씨"
    r"|아주머니))?)['\"]?"
    r"(?:(?:이?라고(?:만|도)?|이?라는 (?:이름|별명|별호|호칭)으로|으로|로) (?:[가-힣]+ )?(?:부르|부른|불렀|불러|불리"
    r"|불렸|불린|놀리|놀렸"
    r"|알려진|알려졌|알려져|통하|통했|통한)|이?라(?:는|고 하는) (?:이름|별명|별호|호칭|사람|여자|남자|여성|남성|여인"
    r"|아이|처녀|총각|청년|소녀|소년|노인|할머니|할아버지|아주머니|아저씨|자|분|놈|형|누나|언니|오빠)(?![가-힣]{3}))"
)
# Words that what is called so may be, and that name nobody.
_NOBODY_CALLED: Final = frozenset(
    [
        "그것", "이것", "저것", "무엇", "차례", "큰소리", "목소리", "이름", "별명",
        "그렇게", "동무", "선생님", "노래", "한자리", "따로", "안으", "밖으", "마음대",
        "뜻대", "간첩", "반동", "반역자", "배신자", "조국", "브로커", "보위원", "안전원",
        "소식통", "엄마", "아빠", "어머니", "아버지", "동생", "가족", "배반자", "민족반역자",
    ]
)  # fmt: skip
_ROLES: Final = (
    r"반장|인민반장|조장|분조장|지도원|과장|부장|처장|국장|소장|실장|원장|교장|지배인|기사장|위원장|부위원장|비서"
    r"|당비서|세포비서"
    r"|선생님?|교원|동무|동지|대장|소대장|중대장|대대장|사령관|군관|부원|검사|판사|예심원|보위원|보안원|안전원"
    r"|주재원|사장|회장|대표"
    r"|선교사|전도사|신부|수녀|스님|약사|변호사|통역|브로커|작가|감독|영감님|여인|아주머님|아저씨|할아버님|할머님"
    r"|삼촌|이모|고모|오빠|언니|누나|형님?|목사|박사|교수|의사|간호사|기자|간부|영감|노인|로인|령감|처녀|총각|할멈"
    r"|할배|아바이|아매|마담|과부|서방|집사|장로"
)
# "이 반장", "한 간부", "전 대표": a word before a noun as often as a surname.
_OR_DETERMINER: Final = frozenset("이한전신고온주공양그옥맹여부정")
_NO_NAME_BEFORE: Final = re.compile(r"(?:간부|대표|의사|간호사|기자|사장|노인|로인|처녀|총각|교원|동무|보위원|보안원"
                                    r"|안전원|군관|검사|판사|예심원|주재원|교수|박사|목사|회장)$")


_JAMO: Final = re.compile(r"[ㄱ-ㅎ](?: ?[ㄱ-ㅎ]){1,3}(?![ㄱ-ㅎ])")


def find_titled_surnames(text: str, cover: Cover, surnames: Collection[str]) -> Iterator[Doubt]:
    """A surname before a post or a form of address: "김 반장", "최 부위원장".

    Parameters
    ----------
    text : str
        Normalised text.
    cover : Cover
        What is accounted for.
    surnames : collection of str
        Hangul surnames.
    """
    for match in re.finditer(rf"(?<![가-힣])(?P<sur>[가-힣]{{1,2}}) (?P<role>{_ROLES})(?![가-힣]{{3}})", text):
        name = match["sur"]
        if name not in surnames or cover.has(match.start(), match.end("sur")):
            continue
        if name in _OR_DETERMINER and _NO_NAME_BEFORE.match(match["role"]):
            continue
        yield doubt_at(text, match.start(), match.end("role"), rules_names.TITLED.why_en)


def find_called(text: str, cover: Cover) -> Iterator[Doubt]:
    """What somebody is called by those around ("곰보", "쌍둥이 엄마"), and initials in Hangul ("ㄱㅅㅇ")."""
    for match in _JAMO.finditer(text):
        if len(set(match.group())) > 1 and not cover.has(match.start(), match.end()):
            yield doubt_at(text, match.start(), match.end(), rules_names.MAYBE_NAME.why_en)
    for match in _CALLED.finditer(text):
        group = "is" if match["is"] else "so"
        start, end = match.span(group)
        if match[group] not in _NOBODY_CALLED and not cover.has(start, end):
            yield doubt_at(text, start, end, rules_names.CALLED.why_en)
