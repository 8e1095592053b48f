"""Every rule of the checker: no passage is in doubt for a reason that is not here.

The readers take their reasons from the rules, the interface its Korean, and the guide for editors everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bearwitness.text.rules_claims import CLAIM_RULES as CLAIM_RULES
from bearwitness.text.rules_date_forms import DATE_FORM_RULES
from bearwitness.text.rules_dates import DATE_RULES
from bearwitness.text.rules_form import ClaimRule as ClaimRule
from bearwitness.text.rules_form import Rule as Rule
from bearwitness.text.rules_form import Theme
from bearwitness.text.rules_names import NAME_RULES
from bearwitness.text.rules_numbers import NUMBER_RULES
from bearwitness.text.rules_occupations import OCCUPATION_RULES, TRAIT_RULES
from bearwitness.text.rules_places import PLACE_RULES
from bearwitness.text.rules_record import (
    CONTRADICTION_RULES,
    DECISION_RULES,
    PERSON_RULES,
    QUOTATION_RULES,
    SCRIPT_RULES,
)

RULES: Final[tuple[Rule, ...]] = (
    *NAME_RULES, *PLACE_RULES, *DATE_RULES, *DATE_FORM_RULES, *NUMBER_RULES, *OCCUPATION_RULES, *TRAIT_RULES,
    *SCRIPT_RULES, *QUOTATION_RULES, *CONTRADICTION_RULES, *PERSON_RULES, *DECISION_RULES,
)  # fmt: skip
THEMES: Final[Mapping[Theme, tuple[str, str]]] = {
    "names": ("Names", "이름"),
    "places": ("Places", "장소"),
    "dates": ("Dates", "날짜"),
    "numbers": ("Numbers", "숫자"),
    "occupations": ("Work", "직업"),
    "traits": ("Body, faith, descent", "몸, 종교, 혈통"),
    "scripts": ("Other scripts", "다른 문자"),
    "quotations": ("Quotations of testimony", "증언을 그대로 옮긴 말"),
    "contradictions": ("Contradictions", "서로 맞지 않는 내용"),
    "people": ("Who is meant", "누구인지"),
    "decisions": ("Decisions that do not settle it", "정했는데도 남는 것"),
}
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_PLAIN: Final[Mapping[str, Rule]] = {r.why_en: r for r in RULES if "{" not in r.why_en}
_FILLED: Final = tuple(
    (re.compile(_FIELD.sub(r"(?P<\1>.+)", re.escape(rule.why_en))), rule) for rule in RULES if "{" in rule.why_en
)


def find_rule(why: str) -> tuple[Rule, Mapping[str, str]] | None:
    """The rule that gave a reason, and the ids that it names; None where no rule gives it.

    Parameters
    ----------
    why : str
        The reason in English, as a doubt carries it.
    """
    if why in _PLAIN:
        return _PLAIN[why], {}
    for pattern, rule in _FILLED:
        match = pattern.fullmatch(why)
        if match:
            return rule, match.groupdict()
    return None
