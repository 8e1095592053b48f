"""Rules of work, and of traits by which one person is known: illness, faith, descent, standing."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

OCCUPATION: Final = Rule(
    code="occupation", theme="occupations",
    why_en="an occupation said of nobody", why_ko="누구에 관한 것인지 알 수 없는 직업",
    looks_for_en="An occupation in the singular that the sentence gives to nobody shown.",
    looks_for_ko="문장에 나온 누구의 것인지 알 수 없는 직업입니다.",
    because_en="Work is in the resident file, and every place of work has its list.",
    because_ko="직업은 주민 문건에 있고 직장마다 명부가 있습니다.",
    examples_en=("It was the nurse.",),
    examples_ko=("간호사가 필요했다.",),
    instead_en="The wider kind (“a health worker”), or say whose work it is, so that it is measured.",
    instead_ko="“의료 종사자”처럼 넓게 쓰거나, 누구의 직업인지 밝혀 평가되게 하십시오.",
)  # fmt: skip
NARROWING: Final = Rule(
    code="narrowed_occupation", theme="occupations",
    why_en="words that narrow an occupation", why_ko="직업을 좁히는 말",
    looks_for_en="Words between the article and the occupation: “a local housing officer”.",
    looks_for_ko="영어 글에서 “a local housing officer”처럼 직업 앞에 붙어 뜻을 좁히는 말입니다.",
    because_en="There are many officers, and few of them for housing.",
    because_ko="공무원은 많아도 주택 담당은 몇 명뿐입니다.",
    examples_en=("Kang was a glass painter.",),
    instead_en="The occupation alone.",
    instead_ko="직업만 쓰십시오.",
)  # fmt: skip
WORK: Final = Rule(
    code="work_in_words", theme="occupations",
    why_en="work or a post told in words of its own", why_ko="목록에 없는 말로 쓴 일이나 직책",
    looks_for_en="“Was a taxidermist”: work that the list of occupations lacks, by its ending or by what is said of "
                 "it.",
    looks_for_ko="“was a taxidermist”, “통신병이었다”처럼 직업 목록에 없는 말로 쓴 일입니다.",
    because_en="Rare work is a name. The model has no count for it, so it cannot be measured.",
    because_ko="드문 일은 이름과 같습니다. 몇 명인지 모르므로 잴 수도 없습니다.",
    examples_en=("Kang was a taxidermist.",),
    examples_ko=("형은 통신병이었다.",),
    instead_en="An occupation of the list, the wider the better.",
    instead_ko="목록에 있는 직업으로, 되도록 넓게 쓰십시오.",
)  # fmt: skip
ROLE: Final = Rule(
    code="role", theme="occupations",
    why_en="what somebody is to others or in a place, which few are", why_ko="다른 사람이나 장소와의 관계로, 드문 것",
    looks_for_en="What somebody is to others or in a place: the owner of the mill, a neighbour; married, jobless.",
    looks_for_ko="영어 글에서 방앗간 주인, 이웃, 목격자, 실직처럼 관계나 처지를 쓴 말입니다.",
    because_en="A mill has many workers and one owner; a family has few neighbours.",
    because_ko="방앗간에 일하는 사람은 많아도 주인은 하나이고, 한 집의 이웃은 몇 집뿐입니다.",
    examples_en=("Kang was the owner of the mill.",),
    instead_en="“Somebody who worked there”, or leave it out.",
    instead_ko="“그곳에서 일한 사람”처럼 쓰거나 빼십시오.",
)  # fmt: skip
HEALTH: Final = Rule(
    code="health", theme="traits",
    why_en="an illness, injury or trait of the body; take it out, or say it so that it fits many",
    why_ko="병, 부상, 몸의 특징. 빼거나 여럿에 맞게 쓰십시오",
    looks_for_en="Illness, injury, disability, pregnancy, scars and what else a body shows.",
    looks_for_ko="병, 부상, 장애, 임신, 흉터처럼 몸에 드러나는 것입니다.",
    because_en="Neighbours see it and clinics write it down; an informant needs nothing else.",
    because_ko="이웃이 보고 병원이 적습니다. 정보원에게는 이것만으로 넉넉합니다.",
    examples_en=("Kang walks with a limp.",),
    examples_ko=("어머니는 결핵을 앓았다.",),
    instead_en="“In poor health”, or leave it out.",
    instead_ko="“건강이 나쁘다” 정도로 쓰거나 빼십시오.",
)  # fmt: skip
DESCENT: Final = Rule(
    code="descent", theme="traits",
    why_en="faith, descent, or a state of the family that few share", why_ko="드문 종교, 혈통, 가족 사정",
    looks_for_en="Faith, descent, family from abroad, twins, orphans, the adopted and the divorced, the eldest and "
                 "the youngest.",
    looks_for_ko="종교, 혈통, 재일동포 출신, 쌍둥이, 고아, 입양, 이혼, 맏이와 막내 따위입니다.",
    because_en="Such families have files of their own; in a town there may be one.",
    because_ko="이런 가족은 따로 관리되며 한 도시에 한 집뿐일 수 있습니다.",
    examples_en=("Kang is an orphan.",),
    examples_ko=("쌍둥이를 데리고 갔다.",),
    instead_en="Leave it out unless it is why the family was punished; then leave out the place.",
    instead_ko="그것이 박해의 까닭이 아니면 빼십시오. 까닭이라면 장소를 빼십시오.",
)  # fmt: skip
NATION: Final = Rule(
    code="nation", theme="traits",
    why_en="a nationality or country of residence", why_ko="국적이나 사는 나라",
    looks_for_en="A nationality, or the country where somebody who is spoken of lives now.",
    looks_for_ko="영어 글의 국적이나 지금 사는 나라입니다.",
    because_en="In some countries those who left are so few that everybody there knows them by name.",
    because_ko="탈북민이 아주 적은 나라에서는 서로 이름을 압니다.",
    examples_en=("Kang lives in Japan.", "She is a national of Russia."),
    instead_en="“Abroad”.",
    instead_ko="“국외”로 쓰십시오.",
)  # fmt: skip
OCCUPATION_RULES: Final = (OCCUPATION, NARROWING, WORK, ROLE)
TRAIT_RULES: Final = (HEALTH, DESCENT, NATION)
