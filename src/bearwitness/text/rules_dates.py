"""Rules of dates that can be read and of dates that cannot."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

DATE: Final = Rule(
    code="date", theme="dates",
    why_en="a date that is said of nobody", why_ko="누구에 관한 것인지 알 수 없는 날짜",
    looks_for_en="A day, month or year that dates no act, birth or departure the sentence tells.",
    looks_for_ko="사건, 출생, 떠난 때 가운데 어느 것의 날짜인지 알 수 없는 날, 달, 해입니다.",
    because_en="Whoever did it has a log by day. A date the checker cannot tie to an act it cannot measure either.",
    because_ko="일을 저지른 쪽에는 날짜별 기록이 있습니다. 무엇의 날짜인지 모르면 위험도 잴 수 없습니다.",
    examples_en=("The river froze on 16 January 2021.",),
    examples_ko=("2021년 1월 16일에 강이 얼었다.",),
    instead_en="Take it out, or write the month, the season or the year, beside what happened.",
    instead_ko="빼거나, 무슨 일의 날짜인지 밝히고 달, 계절, 해까지만 쓰십시오.",
)  # fmt: skip
RELATIVE: Final = Rule(
    code="relative_date", theme="dates",
    why_en="a date relative to another one; write the date, or take it out",
    why_ko="상대적인 날짜. 날짜를 쓰거나 빼십시오",
    looks_for_en="“Three days later”, “last winter”, “the following Monday”.",
    looks_for_ko="“사흘 뒤”, “지난해 겨울”, “다음 날”처럼 다른 날짜에 기댄 말입니다.",
    because_en="With one more date, from here or another article, it becomes a day. The checker never computes it.",
    because_ko="이 글이나 다른 기사에서 날짜 하나만 알면 정확한 날이 됩니다. 검사기는 이것을 계산하지 않습니다.",
    examples_en=("Three days later the lights went out.",),
    examples_ko=("사흘 뒤 불이 꺼졌다.",),
    instead_en="“Soon after”, “some time later”, or the month written out.",
    instead_ko="“얼마 뒤”처럼 쓰거나 달까지만 적으십시오.",
)  # fmt: skip
LUNAR: Final = Rule(
    code="lunar_date", theme="dates",
    why_en="a day of the lunar calendar; write the solar date, or take it out",
    why_ko="음력 날짜. 양력으로 쓰거나 빼십시오",
    looks_for_en="A lunar day or feast: Chuseok, Lunar New Year.",
    looks_for_ko="추석, 설, 음력 몇 월 며칠 같은 음력 날짜입니다.",
    because_en="It is one exact day of that year, whoever reads it can look it up.",
    because_ko="찾아보면 그해의 정확한 하루가 나옵니다.",
    examples_en=("The river froze at Chuseok.",),
    examples_ko=("추석에 강물이 불었다.",),
    instead_en="“In autumn”, or the month.",
    instead_ko="“가을에”처럼 계절이나 달로 쓰십시오.",
)  # fmt: skip
OPEN_ENDED: Final = Rule(
    code="open_period", theme="dates",
    why_en="an open-ended period; say from when to when, or take it out",
    why_ko="끝이 없는 기간. 시작과 끝을 쓰거나 빼십시오",
    looks_for_en="“Before June 2021”, “since 2019”, “until spring”.",
    looks_for_ko="“2021년 6월 이전”, “2019년 이후”처럼 한쪽이 열린 기간입니다.",
    because_en="How many households it leaves depends on the end that is not said.",
    because_ko="적지 않은 쪽 끝에 따라 남는 가구 수가 달라져 잴 수 없습니다.",
    examples_en=("The bridge was closed before June 2021.",),
    examples_ko=("다리는 2021년 6월 이전에 막혔다.",),
    instead_en="“Between 2019 and 2021”, or leave it out.",
    instead_ko="“2019년에서 2021년 사이”처럼 양쪽을 쓰거나 빼십시오.",
)  # fmt: skip
YEAR_OPEN: Final = Rule(
    code="year_open", theme="dates",
    why_en="the year is not said, and the sentence names another year", why_ko="연도가 없고 문장에 다른 연도가 있음",
    looks_for_en="A day or month without a year, in a sentence whose year cannot be its own.",
    looks_for_ko="연도 없는 날짜가 다른 연도와 한 문장에 있어 어느 해인지 모르는 것입니다.",
    because_en="Read with the wrong year the risk would be measured of another day.",
    because_ko="연도를 잘못 읽으면 다른 날의 위험을 재게 됩니다.",
    examples_en=("The river froze on 16 January, unlike in 2018.",),
    examples_ko=("2018년과 달리 1월 16일에 강이 얼었다.",),
    instead_en="Write the year, or take the day out.",
    instead_ko="연도를 쓰거나 날짜를 빼십시오.",
)  # fmt: skip
NO_YEAR: Final = Rule(
    code="no_year", theme="dates",
    why_en="the year is not said, and the date of publication is not known",
    why_ko="연도가 없고 공개 날짜도 알 수 없음",
    looks_for_en="A day or month without a year, where nobody said when the text is published.",
    looks_for_ko="연도 없는 날짜인데 글을 언제 공개하는지도 정하지 않은 것입니다.",
    because_en="“On 5 March” means the last one before publication; without that day it means any year.",
    because_ko="“3월 5일”은 공개 직전의 3월 5일로 읽히는데, 공개 날짜가 없으면 어느 해인지 알 수 없습니다.",
    examples_en=("The river froze on 16 January.",),
    examples_ko=("1월 16일에 강이 얼었다.",),
    instead_en="Give the day of publication in the policy, or the year in the text.",
    instead_ko="방침에 공개 날짜를 쓰거나 글에 연도를 쓰십시오.",
    read_with="no_day",
)  # fmt: skip
IMPOSSIBLE: Final = Rule(
    code="no_such_day", theme="dates",
    why_en="there is no such day", why_ko="없는 날짜",
    looks_for_en="31 April, 30 February, a 13th month.",
    looks_for_ko="4월 31일, 2월 30일, 13월 같은 날짜입니다.",
    because_en="A slip hides the true date, and somebody else may read it right.",
    because_ko="잘못 적힌 날짜 뒤에 진짜 날짜가 있고, 다른 사람은 바로 읽어 낼 수 있습니다.",
    examples_en=("The river froze on 30 February 2021.",),
    examples_ko=("2021년 2월 30일에 강이 얼었다.",),
    instead_en="Look it up and correct it.",
    instead_ko="확인하고 고치십시오.",
)  # fmt: skip
BACKWARDS: Final = Rule(
    code="period_backwards", theme="dates",
    why_en="the period ends before it begins", why_ko="시작보다 끝이 앞서는 기간",
    looks_for_en="“From June 2021 to March 2020”.",
    looks_for_ko="“2021년 6월부터 2020년 3월까지”처럼 끝이 먼저 오는 기간입니다.",
    because_en="One of the two dates is wrong, and the checker cannot know which.",
    because_ko="둘 가운데 하나가 틀렸는데 어느 쪽인지 검사기는 모릅니다.",
    examples_en=("The bridge was closed from June 2021 to March 2020.",),
    examples_ko=("다리는 2021년 6월부터 2020년 3월까지 막혔다.",),
    instead_en="Correct it.",
    instead_ko="고치십시오.",
)  # fmt: skip
DATE_RULES: Final = (DATE, RELATIVE, LUNAR, OPEN_ENDED, YEAR_OPEN, NO_YEAR, IMPOSSIBLE, BACKWARDS)
