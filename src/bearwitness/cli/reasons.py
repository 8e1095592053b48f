"""Why a passage or a person stands against a draft, in Korean: the reasons themselves are written in English.

Reasons of passages come from the rules of the checker with their Korean; those of consent are here.
"""

from __future__ import annotations

import re
from typing import Final

from bearwitness.model.claims import Language
from bearwitness.text.rules import CLAIM_RULES, find_rule

# Word for word as the rule of consent gives them.
_CONSENT: Final[dict[str, str]] = {
    "refused": "거부함",
    "the consent to documentation was withdrawn or has run out": "기록에 대한 동의를 거두었거나 기한이 지남",
    "no consent covers this person": "이 사람에 대한 동의가 없음",
    "shown by full name without having agreed to it": "동의 없이 실명이 드러남",
    "could not be asked, and the threshold is not met for the household": "물어볼 수 없었고 그 가족이 한도를 넘음",
}
_CONSENT_PATTERNS: Final = tuple(
    (re.compile(pattern), korean)
    for pattern, korean in (
        (r"refused (.+)", "거부함 ({0})"),
        (r"no consent for (.+) is in force", "유효한 동의가 없음 ({0})"),
        (r"consent was given to less than this draft shows \((.+)\)", "동의한 범위보다 많이 드러남 ({0})"),
    )
)
_ATTRIBUTES: Final = {rule.attribute.replace("_", " "): rule.title_ko for rule in CLAIM_RULES}


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
    found = find_rule(why)
    if found:
        rule, values = found
        shown = {k: _ATTRIBUTES.get(v, v) if k == "attribute" else v for k, v in values.items()}
        return rule.why_ko.format(**shown)
    if why in _CONSENT:
        return _CONSENT[why]
    for pattern, korean in _CONSENT_PATTERNS:
        match = pattern.fullmatch(why)
        if match:
            return korean.format(*match.groups())
    return why
