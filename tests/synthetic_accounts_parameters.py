"""How a world of reprisals, and what is told of it, comes about: every number with its reason.

None was fitted to what a model of linkage finds, and none is taken from one. Where something is published it is read
from the frame files (home provinces, surnames, sex of those who left); the rest are stated beliefs on how families are
pressed and how people remember and pass things on, there to be changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, kw_only=True)
class World:
    """Households, and what was done to them.

    ``households``: of people who left. ``acted_share``: nearly every report calls questioning and watching routine
    where somebody is missing; 0.7 as in the frame of those acted upon. ``same_ward``: people leave from streets where
    others left before them, over the same river and the same guide. ``in_ward``: homes of which the ward or village
    is known to anybody at all. ``first_year``, ``last_year``: of departure; earlier ones are seldom told any more.
    """

    households: int = 860
    acted_share: float = 0.7
    same_ward: float = 0.15
    in_ward: float = 0.7
    first_year: int = 2009
    last_year: int = 2023
    last_day_year: int = 2025
    # A family of two to six beside the one who left: the 2008 census counts four in a household, and kin outside it
    # are acted upon too.
    least_kin: int = 2
    most_kin: int = 6
    # Brothers and sisters often share a syllable of their given names, by custom of the generation.
    shared_syllable: float = 0.5
    # From departure to the first act: days, exponential. A missing person is reported within weeks, often later, when
    # a call or money gives the family away.
    first_act_days: float = 120.0
    # How often something more follows, again and again: families are watched for years, holidays and calls bring the
    # same officers back.
    more_follows: float = 0.5
    # Between two of them: days, log-normal with this median and spread: months to years.
    between_median: float = 300.0
    between_spread: float = 0.9
    # What follows is often the same again: the house is searched once more.
    same_again: float = 0.6
    # Orders from above set in motion raids of a province's families in one season: number of campaigns, how long, and
    # what share of acts that could fall in one does.
    campaigns: int = 12
    campaign_days: int = 75
    campaign_share: float = 0.35
    # Families of one ward from which several left are searched on one day.
    village_raid: float = 0.4
    # An office for each county; who came is the county's office of the agency.
    brokers_per_household: float = 0.04


@dataclass(frozen=True, kw_only=True)
class Teller:
    """What one kind of teller knows and how they say it; weights are relative.

    ``tells``: how often such a person gives an account of a household that was acted upon. ``knows``: the share of
    its acts they know of. ``through``: how often word came through a broker. ``dates``: day, about a day, month,
    season, year, unknown. ``places``: ward, county, province, a neighbouring county, unknown. ``names``: full name in
    Hangul, full name in Latin letters, given name, surname, nickname, kin role only. ``days_off``, ``month_off``,
    ``news_date``: how often the date is wrong by days, by a month, or that of the news. ``other_kind``: how often an
    act is told as what came with it. ``mentions``: how often a relative is named who was not a victim.
    """

    kind: str
    tells: float
    knows: float
    through: float
    dates: tuple[float, ...]
    places: tuple[float, ...]
    names: tuple[float, ...]
    days_off: float
    month_off: float
    news_date: float
    other_kind: float
    mentions: float
    kin_known: float
    only: tuple[str, ...] = ()


# The one who left hears it on the telephone, soon, from the family itself; an aunt in another country hears it later;
# a neighbour saw it but remembers the season; a fellow detainee met the victim, knows no date and hardly the place; a
# broker carries the news of many families and knows when the money did not arrive.
TELLERS = (
    Teller(
        kind="left", tells=0.84, knows=0.85, through=0.40, dates=(22, 18, 32, 12, 12, 4), places=(30, 60, 4, 1, 5),
        names=(45, 22, 12, 0, 3, 18), days_off=0.08, month_off=0.06, news_date=0.08, other_kind=0.10, mentions=0.35,
        kin_known=1.0,
    ),
    Teller(
        kind="relative_abroad", tells=0.42, knows=0.60, through=0.35, dates=(12, 14, 33, 16, 20, 5),
        places=(12, 70, 10, 2, 6), names=(38, 24, 14, 1, 5, 18), days_off=0.10, month_off=0.10, news_date=0.15,
        other_kind=0.17, mentions=0.30, kin_known=0.95,
    ),
    Teller(
        kind="neighbour", tells=0.54, knows=0.55, through=0.10, dates=(9, 12, 30, 22, 20, 7), places=(45, 45, 3, 2, 5),
        names=(25, 12, 18, 12, 13, 20), days_off=0.08, month_off=0.14, news_date=0.05, other_kind=0.16, mentions=0.20,
        kin_known=0.80,
    ),
    Teller(
        kind="fellow_detainee", tells=0.25, knows=0.70, through=0.05, dates=(2, 6, 28, 22, 30, 12),
        places=(3, 52, 18, 12, 15), names=(20, 10, 25, 18, 7, 20), days_off=0.08, month_off=0.18, news_date=0.05,
        other_kind=0.12, mentions=0.08, kin_known=0.60,
        only=("detention", "interrogation", "beating", "death_in_custody"),
    ),
    Teller(
        kind="broker", tells=0.60, knows=0.50, through=1.0, dates=(16, 16, 32, 12, 14, 10), places=(8, 62, 14, 6, 10),
        names=(18, 8, 14, 20, 15, 25), days_off=0.12, month_off=0.10, news_date=0.20, other_kind=0.22, mentions=0.10,
        kin_known=0.75,
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How accounts differ from what happened, whoever tells.

    ``asked_again``: a person is interviewed by a second organisation, years apart, and tells it a little otherwise.
    ``bare``: an act is noted with one thing known and nothing else. ``victim_told``, ``wrong_victim``: whether each
    victim is told, and how often the brother is taken for the other. ``years_blur``: for each year between act and
    account, how much less likely a date to the day is (a tenth, memory of days fades first).
    """

    tellers: tuple[Teller, ...] = field(default=TELLERS)
    asked_again: float = 0.12
    bare: float = 0.01
    years_blur: float = 0.1
    # News travels by word of mouth: how long after the act, in days, exponential.
    news_days: float = 60.0
    most_days_off: int = 10
    victim_told: float = 0.88
    wrong_victim: float = 0.05
    # "They came for the younger one" becomes the elder one on the way; "his brother" leaves it open.
    wrong_age_of_kin: float = 0.06
    open_age_of_kin: float = 0.10
    # Heard on a bad line: one syllable of a given name with another vowel or without its last consonant.
    misheard: float = 0.06
    # Who learnt to write in the North writes some surnames with another first letter (리 for 이), others do not.
    northern_spelling: float = 0.4
    sex_known: float = 0.9
    birth_known: float = 0.45
    birth_wrong: float = 0.12
    occupation_known: float = 0.35
    departure_known: float = 0.7
    leaver_told: float = 0.94
    # Who gives an account gives a name with it, mostly; some tell only if none is taken down.
    own_name_kept_back: float = 0.15
    count_told: float = 0.6
    count_wrong: float = 0.15
    # "The second time they came": said of what was repeated, sometimes by one who does not know of the first.
    ordinal_told: float = 0.35
    ordinal_wrong: float = 0.12
    # The office, the agency only, another agency (secret and ordinary police are often mixed up), unknown.
    perpetrators: tuple[float, ...] = (25, 45, 10, 20)
    # Whoever passed word on is not always known.
    hop_unknown: float = 0.15


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A world and how it is told."""

    world: World = field(default=World())
    telling: Telling = field(default=Telling())

    def smaller(self, households: int) -> Parameters:
        """The same with another number of households."""
        return replace(self, world=replace(self.world, households=households))
