"""Why a passage or a person stands against a draft, in Korean: the reasons themselves are written in English."""

from __future__ import annotations

import re
from typing import Final

from bearwitness.model.claims import Language

# Word for word as the scanners and the rule of consent give them.
_KOREAN: Final[dict[str, str]] = {
    # Names, places, numbers
    "a name that no record knows": "기록에 없는 이름",
    "a capital word that no record or list knows": "기록이나 목록에 없는 대문자 낱말",
    "a place said of nobody": "누구에 관한 것인지 알 수 없는 장소",
    "a date that is said of nobody": "누구에 관한 것인지 알 수 없는 날짜",
    "an age or a birth said of nobody": "누구에 관한 것인지 알 수 없는 나이나 출생",
    "a sum or measure said of nobody": "누구에 관한 것인지 알 수 없는 금액이나 수량",
    "a number that nothing accounts for": "무엇인지 알 수 없는 숫자",
    "an occupation said of nobody": "누구에 관한 것인지 알 수 없는 직업",
    "a word that no list knows": "목록에 없는 낱말",
    "the text says both of one person": "한 사람의 성별이 서로 다르게 쓰임",
    "a word in another script, which may be a name or a place": "다른 문자로 쓰인 말. 이름이나 장소일 수 있음",
    "letters of different scripts that look alike, or text that is shown in another order; retype it":
        "모양이 비슷한 다른 문자가 섞였거나 순서가 바뀌어 보이는 글. 다시 입력하십시오",
    # Dates
    "the year is not said, and the date of publication is not known": "연도가 없고 공개 날짜도 알 수 없음",
    "the year is not said, and the sentence names another year": "연도가 없고 문장에 다른 연도가 있음",
    "a place told by another one; write the place, or take it out": "다른 곳에 빗댄 장소. 장소를 쓰거나 빼십시오",
    "a place of work or study; code it as an occupation in the record, or take it out":
        "직장이나 학교. 기록에 직업으로 넣거나 빼십시오",
    "a date relative to another one; write the date, or take it out": "상대적인 날짜. 날짜를 쓰거나 빼십시오",
    "a day of the lunar calendar; write the solar date, or take it out": "음력 날짜. 양력으로 쓰거나 빼십시오",
    "an open-ended period; say from when to when, or take it out": "끝이 없는 기간. 시작과 끝을 쓰거나 빼십시오",
    "there is no such day": "없는 날짜",
    "the period ends before it begins": "시작보다 끝이 앞서는 기간",
    "day and month can be read both ways; write the month as a word": "일과 월이 분명하지 않음. 월을 글자로 쓰십시오",
    "a part of a period that has no fixed days; say early, mid or late, or take it out":
        "날짜가 정해지지 않은 시기. 초, 중, 말로 쓰거나 빼십시오",
    "a month or a name": "달 이름일 수도 사람 이름일 수도 있음",
    "a season lies in one year": "계절은 한 해에 속해야 함",
    "a season without a year": "연도가 없는 계절",
    "the Juche year is not that year": "주체 연도와 서기 연도가 다름",
    "a day without a month": "월이 없는 날짜",
    "a year of two digits that can lie in two centuries": "어느 세기인지 알 수 없는 두 자리 연도",
    # The record
    "decided to be protected; put it into the record, so that it is assessed":
        "보호하기로 정함. 평가할 수 있도록 기록에 넣으십시오",
    "a name of the record that is an ordinary word too; decide it as ordinary, or name nobody":
        "기록에 있는 이름이면서 일반 낱말임. 일반 낱말로 정하거나 이름을 빼십시오",
    "nobody of the record fits all that is said here; correct it, or put the person into the record":
        "여기 쓰인 내용에 모두 맞는 사람이 기록에 없음. 고치거나 그 사람을 기록에 넣으십시오",
    "too many persons of the record fit this; say in the case file who is meant":
        "기록에서 맞는 사람이 너무 많음. 누구인지 사건 파일에 쓰십시오",
    # Consent
    "refused": "거부함",
    "no consent covers this person": "이 사람에 대한 동의가 없음",
    "shown by full name without having agreed to it": "동의 없이 실명이 드러남",
    "could not be asked, and the threshold is not met for the household": "물어볼 수 없었고 그 가족이 한도를 넘음",
}  # fmt: skip
# Reasons that name ids of the record.
_KOREAN_PATTERNS: Final = tuple(
    (re.compile(pattern), korean)
    for pattern, korean in (
        (r"repeats testimony (.+) word for word, which its consent does not allow; say it in other words",
         "증언 {0}의 말을 그대로 옮겼으나 동의에 없음. 다른 말로 쓰십시오"),
        (r"contradicts the record of (.+): (.+); correct the text or the record",
         "{0}의 기록과 맞지 않음: {1}. 글이나 기록을 고치십시오"),
        (r"may be (.+) of the record; write whom it means", "기록의 {0}일 수 있음. 누구인지 쓰십시오"),
        (r"no consent for (.+) is in force", "유효한 동의가 없음 ({0})"),
        (r"consent was given to less than this draft shows \((.+)\)", "동의한 범위보다 많이 드러남 ({0})"),
    )
)  # fmt: skip


def say_reason(language: Language, why: str) -> str:
    """A reason in the language of the interface; one that has no Korean words is shown as it stands.

    Parameters
    ----------
    language : {"en", "ko"}
        Language of the interface.
    why : str
        The reason as a scanner or the rule of consent gives it.
    """
    if language == "en":
        return why
    if why in _KOREAN:
        return _KOREAN[why]
    for pattern, korean in _KOREAN_PATTERNS:
        match = pattern.fullmatch(why)
        if match:
            return korean.format(*match.groups())
    return why
