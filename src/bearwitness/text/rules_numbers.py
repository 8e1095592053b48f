"""Rules of numbers: counts, ages, sums and lengths of time."""

from __future__ import annotations

from typing import Final

from bearwitness.text.rules_form import Rule

NUMBER: Final = Rule(
    code="number", theme="numbers",
    why_en="a number that nothing accounts for", why_ko="무엇인지 알 수 없는 숫자",
    looks_for_en="Any digit or number word that is no date, age, sum or count of somebody shown.",
    looks_for_ko="날짜, 나이, 금액, 인원 가운데 어느 것도 아닌 숫자와 수를 나타내는 말입니다.",
    because_en="Numbers of houses, units, cells and files are in lists; so is a family of three children.",
    because_ko="건물, 부대, 감방, 문서의 번호는 모두 명부에 있습니다. 세 남매 같은 말도 그렇습니다.",
    examples_en=("They stood in front of building 12.",),
    examples_ko=("12호 건물 앞에 서 있었다.",),
    instead_en="“Several”, “a building”, or leave it out.",
    instead_ko="“여러”, “어느 건물”처럼 쓰거나 빼십시오.",
)  # fmt: skip
AGE: Final = Rule(
    code="age", theme="numbers",
    why_en="an age or a birth said of nobody", why_ko="누구에 관한 것인지 알 수 없는 나이나 출생",
    looks_for_en="An age or a year of birth that the sentence gives to nobody shown.",
    looks_for_ko="누구의 것인지 알 수 없는 나이나 태어난 해입니다.",
    because_en="A register can be searched by year of birth, and an age is one year of it or two.",
    because_ko="대장은 출생 연도로 찾을 수 있고, 나이 하나면 한두 해만 남습니다.",
    examples_en=("All are 52 years old.",),
    examples_ko=("모두 52세다.",),
    instead_en="“In her fifties”, said of somebody, or leave it out.",
    instead_ko="누구인지 밝히고 “50대”로 쓰거나 빼십시오.",
)  # fmt: skip
AMOUNT: Final = Rule(
    code="amount", theme="numbers",
    why_en="a sum or measure said of nobody", why_ko="누구에 관한 것인지 알 수 없는 금액이나 수량",
    looks_for_en="Money, weights and lengths that the sentence gives to nobody shown.",
    looks_for_ko="누구에 관한 것인지 알 수 없는 돈, 무게, 길이입니다.",
    because_en="The sum stands in the paper about the confiscation, and the broker named it under questioning.",
    because_ko="금액은 몰수 서류에 적혀 있고, 브로커가 조사에서 이미 말했을 수 있습니다.",
    examples_en=("Rice cost 6,000 won.",),
    examples_ko=("쌀값이 6000원이었다.",),
    instead_en="“Money”, “a large sum”.",
    instead_ko="“돈”, “큰돈”처럼 쓰십시오.",
)  # fmt: skip
LENGTH: Final = Rule(
    code="length_of_time", theme="numbers",
    why_en="a length of time", why_ko="기간",
    looks_for_en="“For six days”, “ten years in prison” (Korean).",
    looks_for_ko="“엿새 동안”, “교화 10년”처럼 얼마 동안인지 쓴 것입니다.",
    because_en="With one end known it gives the other: a release, a sentence, a stay.",
    because_ko="한쪽 끝을 알면 풀려난 날이나 형기처럼 다른 쪽 끝도 나옵니다.",
    examples_ko=("엿새 동안 비가 왔다.",),
    instead_en="“For some time”.",
    instead_ko="“얼마 동안”으로 쓰십시오.",
)  # fmt: skip
NUMBER_RULES: Final = (NUMBER, AGE, AMOUNT, LENGTH)
