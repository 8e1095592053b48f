"""What a teller says of an act: its kind, day, place, number, by whom; each as well as such a person knows it."""

from __future__ import annotations

from datetime import date

from synthetic_accounts_world import AGENCIES, counties

from bearwitness.model.dates import parse_edtf

GRAINS = ("day", "about", "month", "season", "year", "unknown")
# What an act is told as by one who knows only part of it.
TOLD_AS = {
    "raid": ("interrogation", "detention", "summons"), "detention": ("interrogation", "summons", "raid"),
    "interrogation": ("summons", "detention", "threat"), "summons": ("interrogation", "detention"),
    "threat": ("interrogation", "surveillance"), "extortion_remittance": ("confiscation_remittance", "threat"),
    "confiscation_remittance": ("extortion_remittance", "raid"), "forced_call": ("interrogation", "threat"),
    "job_loss": ("demotion", "party_loss"), "exile": ("job_loss", "detention"),
    "public_criticism": ("threat", "job_loss"), "beating": ("interrogation", "detention"),
    "party_loss": ("job_loss",), "death_in_custody": ("detention", "beating"),
}  # fmt: skip


def say_day(rng, teller, telling, day, told_on):
    """The day as an EDTF text of some grain; None for unknown.

    Parameters
    ----------
    rng : random.Random
        The only source of chance.
    teller, telling : Teller, Telling
        Who, and how anybody tells.
    day : int
        When it was, as this teller believes: see ``believed_day``.
    told_on : int
        The day of the account; the longer ago, the coarser.
    """
    years = max(0.0, (told_on - day) / 365.25)
    weights = list(teller.dates)
    kept = (1.0 - telling.years_blur) ** years
    for fine, coarse in ((0, 2), (1, 2)):
        weights[coarse] += weights[fine] * (1.0 - kept)
        weights[fine] *= kept
    when = date.fromordinal(day)
    grain = rng.choices(GRAINS, weights)[0]
    # Winter began in the year before for January and February.
    season = {0: 24, 1: 21, 2: 22, 3: 23}[when.month % 12 // 3]
    winter_year = when.year - (when.month < 3)
    return {
        "day": when.isoformat(), "about": f"{when.isoformat()}~", "month": f"{when:%Y-%m}",
        "season": f"{winter_year}-{season}", "year": f"{when.year}", "unknown": None,
    }[grain]  # fmt: skip


def believed_day(rng, teller, telling, day):
    """The day as somebody passes it on: right, off by days, off by a month, or that on which the news came."""
    draw = rng.random()
    if draw < teller.days_off:
        return day + rng.choice((-1, 1)) * rng.randint(1, telling.most_days_off)
    if draw < teller.days_off + teller.month_off:
        return day + rng.choice((-1, 1)) * rng.randint(20, 45)
    if draw < teller.days_off + teller.month_off + teller.news_date:
        return day + 1 + round(rng.expovariate(1 / telling.news_days))
    return day


def days_allowed(written):
    """First and last day of an EDTF text, as ordinals; None twice where unknown."""
    if written is None:
        return None, None
    spans = parse_edtf(written).days.spans
    return spans[0][0], spans[-1][1]


def say_kind(rng, teller, kind):
    """The kind, its parent for one kind of relative ("detention"), or what came with it."""
    parent = kind.split("/")[0]
    if rng.random() < teller.other_kind:
        return rng.choice(TOLD_AS[parent])
    return parent if rng.random() < 0.6 else kind


def say_place(rng, teller, place):
    """The ward, county, province, another county of the province (no map of borders is needed), or nothing."""
    grain = rng.choices(("ward", "county", "province", "neighbour", "unknown"), teller.places)[0]
    path = place.split("/")
    if grain == "neighbour":
        others = {c: n for c, n in counties()[path[0]].items() if c != "/".join(path[:2])}
        return rng.choices(list(others), others.values())[0] if others else path[0]
    steps = {"ward": 3, "county": 2, "province": 1, "unknown": 0}[grain]
    return "/".join(path[:steps]) or None


def say_perpetrator(rng, telling, by):
    """The office, the agency, another agency, or nothing."""
    grain = rng.choices(("office", "agency", "other", "unknown"), telling.perpetrators)[0]
    agency = by.split("/")[0]
    other = rng.choice([a for a in AGENCIES if a != agency])
    return {"office": by, "agency": agency, "other": other, "unknown": None}[grain]


def say_count(rng, telling, number):
    """How many were struck, at times one more or less."""
    if rng.random() >= telling.count_told:
        return None
    wrong = rng.random() < telling.count_wrong
    return max(1, number + rng.choice((-1, 1))) if wrong else number


def say_ordinal(rng, telling, act, known):
    """The how manieth time: of all, or of those the teller knows of; ``known`` are acts of its kind told before it."""
    if act.ordinal == 1 or rng.random() >= telling.ordinal_told:
        return None
    if rng.random() < telling.ordinal_wrong:
        return max(1, act.ordinal + rng.choice((-1, 1)))
    return act.ordinal if rng.random() < 0.7 else known + 1
