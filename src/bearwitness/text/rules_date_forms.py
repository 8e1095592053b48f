"""Rules of dates whose written form can be read in more than one way."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

AMBIGUOUS: Final = Rule(
    code="day_or_month", theme="dates",
    why_en="day and month can be read both ways; write the month as a word",
    why_ko="일과 월이 분명하지 않음. 월을 글자로 쓰십시오",
    looks_for_en="A date in figures that may be of two days: 03/04/2021, 3.4.21.",
    looks_for_ko="영어 글에서 03/04/2021, 3.4.21처럼 숫자로만 써서 두 가지로 읽히는 날짜입니다.",
    because_en="It is one of two days; the checker would have to guess which one to measure.",
    because_ko="이틀 가운데 하루인데 어느 쪽을 잴지 짐작해야 합니다.",
    examples_en=("The river froze on 03/04/2021.",),
    instead_en="“March 2021”.",
    instead_ko="“March 2021”처럼 달을 글자로 쓰십시오.",
)  # fmt: skip
PART_OF_PERIOD: Final = Rule(
    code="part_of_period", theme="dates",
    why_en="a part of a period that has no fixed days; say early, mid or late, or take it out",
    why_ko="날짜가 정해지지 않은 시기. 초, 중, 말로 쓰거나 빼십시오",
    looks_for_en="“The first weeks of 2021”, “the last days of March”.",
    looks_for_ko="“the first weeks of 2021”처럼 며칠부터 며칠인지 정해지지 않은 시기입니다.",
    because_en="Readers take it for different days; none can be measured.",
    because_ko="읽는 사람마다 다르게 받아들이므로 잴 수 없습니다.",
    examples_en=("The river froze in the first weeks of 2021.",),
    instead_en="“In early 2021”.",
    instead_ko="“in early 2021”처럼 쓰십시오.",
)  # fmt: skip
NAME_OR_MONTH: Final = Rule(
    code="month_or_name", theme="dates",
    why_en="a month or a name", why_ko="달 이름일 수도 사람 이름일 수도 있음",
    looks_for_en="May, March, Jan or Dec, where no word before it says that it is a month.",
    looks_for_ko="영어 글에서 앞말로 달인지 알 수 없는 May, March 따위입니다.",
    because_en="If it is a name, it is one that no record knows.",
    because_ko="이름이라면 기록에 없는 이름입니다.",
    examples_en=("Everybody liked May very much.",),
    instead_en="“In May”, if it is the month; else decide the name.",
    instead_ko="달이면 “in May”처럼 쓰고, 이름이면 이름으로 정하십시오.",
)  # fmt: skip
SEASON_YEARS: Final = Rule(
    code="season_years", theme="dates",
    why_en="a season lies in one year", why_ko="계절은 한 해에 속해야 함",
    looks_for_en="“Summer 2020/21”: only a winter lies in two years.",
    looks_for_ko="“2020~2021년 여름”처럼 두 해에 걸친 계절입니다. 두 해에 걸치는 것은 겨울뿐입니다.",
    because_en="One of the two years is wrong.",
    because_ko="둘 가운데 한 해는 틀린 것입니다.",
    examples_en=("The crops failed in summer 2020/21.",),
    examples_ko=("2020~2021년 여름에 가물었다.",),
    instead_en="Write the one year.",
    instead_ko="한 해만 쓰십시오.",
)  # fmt: skip
BARE_SEASON: Final = Rule(
    code="season_without_year", theme="dates",
    why_en="a season without a year", why_ko="연도가 없는 계절",
    looks_for_en="“In winter”, “in the spring”.",
    looks_for_ko="“그해 겨울”, “봄에”처럼 연도 없이 쓴 계절입니다.",
    because_en="With another date beside it the year is known, and with it a quarter of a year.",
    because_ko="옆에 다른 날짜가 있으면 해를 알 수 있고, 그러면 석 달로 좁혀집니다.",
    examples_en=("The river froze in winter.",),
    examples_ko=("겨울에 강이 얼었다.",),
    instead_en="Write the year alone, or take it out.",
    instead_ko="연도만 쓰거나 빼십시오.",
)  # fmt: skip
JUCHE: Final = Rule(
    code="juche_year", theme="dates",
    why_en="the Juche year is not that year", why_ko="주체 연도와 서기 연도가 다름",
    looks_for_en="“Juche 108 (2020)”: Juche 108 is 2019.",
    looks_for_ko="“주체108(2020)년”처럼 두 연도가 맞지 않는 것입니다. 주체108년은 2019년입니다.",
    because_en="One of the two is wrong, and the checker cannot know which.",
    because_ko="둘 가운데 하나가 틀렸는데 어느 쪽인지 알 수 없습니다.",
    examples_en=("The bridge was built in Juche 108 (2020).",),
    examples_ko=("다리는 주체108(2020)년에 놓였다.",),
    instead_en="Write one of them, the right one.",
    instead_ko="맞는 것 하나만 쓰십시오.",
)  # fmt: skip
NO_MONTH: Final = Rule(
    code="day_without_month", theme="dates",
    why_en="a day without a month", why_ko="월이 없는 날짜",
    looks_for_en="“On the 5th” with no month in the same date (Korean).",
    looks_for_ko="“5일”처럼 달 없이 날만 쓴 것입니다.",
    because_en="The month stands somewhere near, for whoever reads on.",
    because_ko="달은 가까운 문장에 있어 이어서 읽으면 날짜를 알 수 있습니다.",
    examples_ko=("5일 강이 얼었다.",),
    instead_en="“That month”, or take it out.",
    instead_ko="“그달에”처럼 쓰거나 빼십시오.",
)  # fmt: skip
TWO_DIGITS: Final = Rule(
    code="two_digit_year", theme="dates",
    why_en="a year of two digits that can lie in two centuries", why_ko="어느 세기인지 알 수 없는 두 자리 연도",
    looks_for_en="'35 and the like, where nobody said when the text is published (Korean).",
    looks_for_ko="공개 날짜를 정하지 않은 글의 '35년 같은 연도입니다.",
    because_en="1935 and 2035 are both possible.",
    because_ko="1935년일 수도 2035년일 수도 있습니다.",
    examples_ko=("'35년 1월 16일에 강이 얼었다.",),
    instead_en="Write four digits.",
    instead_ko="네 자리로 쓰십시오.",
    read_with="no_day",
)  # fmt: skip
DATE_FORM_RULES: Final = (
    AMBIGUOUS, PART_OF_PERIOD, NAME_OR_MONTH, SEASON_YEARS, BARE_SEASON, JUCHE, NO_MONTH, TWO_DIGITS
)  # fmt: skip
