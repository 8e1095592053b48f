"""The examples of rules as the checker reads them, with an invented record, decisions and day of publication."""

from __future__ import annotations

from datetime import date
from typing import Final

from bearwitness.model.claims import HouseholdId, Language, PersonId, Reading
from bearwitness.model.dates import parse_edtf
from bearwitness.model.publication import Decision, Decisions
from bearwitness.model.records import Case, Household, Name, Person, Testimony
from bearwitness.text.dates import find_dates
from bearwitness.text.normalise import normalise
from bearwitness.text.reading import read_draft
from bearwitness.text.rules import find_rule
from bearwitness.text.rules_form import ReadWith, Rule
from bearwitness.text.world import World

PUBLISHED: Final = date(2024, 3, 1)
# One more than the households a description may fit.
_MANY: Final = 13
_SEO: Final = PersonId("seo")


def _person(
    name: str, *names: str, sex: str, home: str | None = None, left: str | None = None,
    other_names: tuple[str, ...] = (),
) -> Person:
    return Person(
        id=PersonId(name), household=HouseholdId(f"h-{name}"), sex="male" if sex == "male" else "female", home=home,
        departure=parse_edtf(left) if left else None,
        names=(*(Name(text=n) for n in names), *(Name(text=n, kind="nickname") for n in other_names)),
    )  # fmt: skip


_PERSONS: Final = (
    _person("seo", "서다온", sex="female", home="ryanggang/hyesan", left="2018"),
    _person("gu", "구해솔", sex="male", home="hambuk/musan", left="2015"),
    _person("min", "민하늘", sex="female", other_names=("하늘", "Sky")),
    _person("min-other", "민들레", sex="female"),
    *(_person(f"p{n}", sex="female", home="hambuk/chongjin", left="2017") for n in range(_MANY)),
)
CASE: Final = Case(
    id="examples", persons=_PERSONS, households=tuple(Household(id=p.household) for p in _PERSONS if p.household),
    testimonies=(
        Testimony(id="t-en", teller=_SEO, language="en", told=None, directness="experienced",
                  text="It was so cold that the soup was frozen in the bowl by morning."),
        Testimony(id="t-ko", teller=_SEO, language="ko", told=None, directness="experienced",
                  text="어찌나 추운지 아침이면 국이 그릇째 꽁꽁 얼어 있었다."),
    ),
)  # fmt: skip
DECISIONS: Final = Decisions(
    decisions=(
        *(Decision(form=f, kind="protected", reason="", signer="") for f in ("Ban Nari", "반나리")),
        *(Decision(form=f, kind="ordinary", reason="", signer="") for f in ("Kang", "강 씨")),
    )
)


def read_example(text: str, read_with: ReadWith, world: World) -> Reading:
    """Read an invented sentence as its rule says.

    Parameters
    ----------
    text : str
        The sentence.
    read_with : str
        As ``Rule.read_with``, but not "no_day": a draft always has a day of publication.
    world : World
        What a reading knows outside the case.
    """
    return read_draft(
        text, world=world, published=PUBLISHED, case=CASE if read_with == "record" else None,
        decisions=DECISIONS if read_with == "decisions" else Decisions(),
    )  # fmt: skip


def find_passages(rule: Rule, text: str, language: Language, world: World) -> tuple[tuple[int, int], ...]:
    """Where a rule leaves an invented sentence in doubt, as offsets in it, in order; empty where it does not.

    Parameters
    ----------
    rule : Rule
        The rule.
    text : str
        The sentence.
    language : {"en", "ko"}
        The language that it is in.
    world : World
        What a reading knows outside the case.
    """
    if rule.read_with == "no_day":
        normal = normalise(text)
        dates = find_dates(normal.text, language=language, published=None)
        return tuple(normal.original_span(d.start, d.end) for d in dates if d.why == rule.why_en)
    found = read_example(text, rule.read_with, world)
    raised = ((u.span, find_rule(u.why)) for u in found.unresolved)
    spans = {(s.start, s.end) for s, by in raised if by and by[0] is rule}
    return tuple(sorted(spans)) if found.language == language else ()
