"""Rules of places: where somebody lived, worked, was held."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

PLACE: Final = Rule(
    code="place", theme="places",
    why_en="a place said of nobody", why_ko="누구에 관한 것인지 알 수 없는 장소",
    looks_for_en="A town, county or province of the place tree that the sentence does not tie to anybody shown.",
    looks_for_ko="장소 목록에 있는 도시, 군, 도인데 문장에서 누구와 이어지는지 알 수 없는 것입니다.",
    because_en="A reader ties it to whoever is near. The register is kept place by place: one town leaves one drawer.",
    because_ko="읽는 사람은 가까이 나온 사람과 잇습니다. 주민 대장은 지역별로 있어 도시 하나면 서랍 하나만 남습니다.",
    examples_en=("Snow fell on Hyesan.",),
    examples_ko=("혜산은 추웠다.",),
    instead_en="Take it out, name the province or the region, or say whose place it is, so that it is measured.",
    instead_ko="빼거나, 도나 지역까지만 쓰거나, 누구의 장소인지 밝혀 평가되게 하십시오.",
)  # fmt: skip
MAYBE_PLACE: Final = Rule(
    code="maybe_place", theme="places",
    why_en="a word that may be a place or an institution", why_ko="장소나 기관일 수 있는 말",
    looks_for_en="A word that ends as places, works, camps and offices do, and is in no list, or a town on the "
                 "border (Korean).",
    looks_for_ko="동, 리, 탄광, 공장, 학교, 관리소처럼 장소나 기관 이름으로 끝나는데 목록에 없는 말이나, 국경 "
                 "도시입니다.",
    because_en="A ward or a mine has far fewer households than the county around it, and a list of its own.",
    because_ko="동이나 탄광은 시·군보다 가구가 훨씬 적고 명부도 따로 있습니다.",
    examples_ko=("덕산동에 눈이 왔다.",),
    instead_en="Write the county or the province, or the kind of place (“a mine”).",
    instead_ko="시·군이나 도까지만 쓰거나 “어느 탄광”처럼 종류만 쓰십시오.",
)  # fmt: skip
SAME_PLACE: Final = Rule(
    code="same_place", theme="places",
    why_en="a place told by another one; write the place, or take it out",
    why_ko="다른 곳에 빗댄 장소. 장소를 쓰거나 빼십시오",
    looks_for_en="“The same town”, “that same school”.",
    looks_for_ko="“같은 도시”, “같은 학교” 같은 말입니다.",
    because_en="Once the other place is known, here or from an older article, it tells a home as surely as a name.",
    because_ko="이 글이나 예전 기사로 앞의 장소를 알게 되면 이름을 쓴 것과 다름없습니다.",
    examples_en=("Another woman from the same town was questioned.",),
    examples_ko=("같은 도시에서 온 여성도 있었다.",),
    instead_en="Leave it out: two people need not be tied to one place.",
    instead_ko="빼십시오. 두 사람을 한곳에 묶을 까닭이 없습니다.",
)  # fmt: skip
WORKPLACE: Final = Rule(
    code="workplace", theme="places",
    why_en="a place of work or study; code it as an occupation in the record, or take it out",
    why_ko="직장이나 학교. 기록에 직업으로 넣거나 빼십시오",
    looks_for_en="Where somebody worked, studied or served: “worked at a paper mill”.",
    looks_for_ko="“worked at a paper mill”, “탄광에서 일했다”처럼 누가 일하거나 배우거나 복무한 곳입니다.",
    because_en="Works and schools keep lists of their own, shorter than a county's and with a photograph.",
    because_ko="직장과 학교에는 시·군 대장보다 짧고 사진까지 붙은 명부가 따로 있습니다.",
    examples_en=("Kang worked at a paper mill for years.",),
    examples_ko=("그는 탄광에서 나왔다.",),
    instead_en="Say the trade (“a worker”), and put it into the record as an occupation.",
    instead_ko="“노동자”처럼 직업으로 바꾸어 쓰고 기록에 직업으로 넣으십시오.",
)  # fmt: skip
PLACE_RULES: Final = (PLACE, MAYBE_PLACE, SAME_PLACE, WORKPLACE)
