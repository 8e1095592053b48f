"""Households of people who left, and what was done to them: the truth that accounts are then told of.

Days are ordinals. Places are paths of the place tree; a ward is a third step below a county, which the shipped tree
does not name. An office is a second step below an agency.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from synthetic_accounts_names import DATA, NICKNAMES, draw_given, draw_surname

LEFT = "left"
SEX_OF = {
    "elder_brother": "male", "younger_brother": "male", "elder_sister": "female", "younger_sister": "female",
    "father": "male", "mother": "female", "son": "male", "daughter": "female", "husband": "male", "wife": "female",
}  # fmt: skip
SIBLINGS = ("elder_brother", "younger_brother", "elder_sister", "younger_sister")
# Codes of the vocabulary and how common they are: markets feed most families, farms and factories employ them.
OCCUPATIONS = {
    "service/trade/trader": 24, "worker/farming/farmer": 18, "worker/factory/factory_worker": 12,
    "worker/mining/miner": 7, "dependant/housewife": 10, "military/soldier": 5, "worker/transport/driver": 4,
    "professional/education/teacher": 4, "professional/health/nurse": 3, "service/trade/smuggler": 5,
    "worker/construction/builder": 4, "management/party": 2, "service/money/money_changer": 2,
}  # fmt: skip
# What happens together in one visit: the act that leads, its weight, what comes with it and how often, how many days
# later at most. A house is searched and somebody is taken; who is taken is questioned.
VISITS = (
    ("raid", 30, (("detention", 0.55, 0), ("interrogation", 0.25, 6), ("confiscation_remittance", 0.12, 0),
                  ("beating", 0.10, 1))),
    ("detention", 14, (("interrogation", 0.4, 10), ("beating", 0.2, 20), ("death_in_custody", 0.04, 300))),
    ("interrogation", 18, (("threat", 0.3, 0),)),
    ("summons", 10, (("interrogation", 0.5, 2),)),
    ("extortion_remittance", 9, (("threat", 0.4, 0),)),
    ("confiscation_remittance", 5, ()),
    ("forced_call", 4, (("threat", 0.3, 0),)),
    ("job_loss", 4, (("party_loss", 0.2, 30),)),
    ("exile", 3, (("job_loss", 0.2, 20),)),
    ("public_criticism", 3, ()),
)  # fmt: skip
# Who comes: secret police for those with family abroad, ordinary police, inspection groups, the neighbourhood.
AGENCIES = {"state_security": 62, "social_security": 22, "command": 10, "neighbourhood_unit": 6}
CAMPAIGN_LEADS = frozenset({"raid", "detention", "interrogation"})


@dataclass(frozen=True, kw_only=True)
class Person:
    """``role``: towards the one who left. ``birth``: the year."""

    id: str
    household: str
    role: str
    sex: str
    surname: str
    given: str
    nickname: str
    birth: int
    occupation: str


@dataclass(frozen=True, kw_only=True)
class Household:
    """``people``: the one who left, then the relatives. ``left``: the day."""

    id: str
    home: str
    left: int
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class Act:
    """``ordinal``: the how manieth of its kind for this household."""

    id: str
    household: str
    kind: str
    day: int
    place: str
    victims: tuple[str, ...]
    by: str
    ordinal: int


@dataclass(frozen=True, kw_only=True)
class Happened:
    """All of a world. ``campaigns``: province, first and last day. ``brokers``: ids by province."""

    households: tuple[Household, ...]
    acts: tuple[Act, ...]
    campaigns: tuple[tuple[str, int, int], ...]
    brokers: dict[str, tuple[str, ...]]


@cache
def counties():
    """By province its counties with their population in 2008; one whose count is unknown is taken for a small one."""
    found = defaultdict(dict)
    places = json.loads((DATA / "places.json").read_text(encoding="utf-8"))["places"]
    for path, place in places.items():
        if path.count("/") == 1:
            found[path.split("/")[0]][path] = place["population"] or 50_000
    return dict(found)


@cache
def _home_provinces():
    frame = json.loads((DATA / "frames" / "left.json").read_text(encoding="utf-8"))
    return frame["tables"]["home"]["tree"]["alpha"]


def make_world(rng, world):
    """Draw a world.

    Parameters
    ----------
    rng : random.Random
        The only source of chance.
    world : World
        Its parameters.

    Returns
    -------
    Happened
    """
    households = []
    for number in range(world.households):
        home = _home(rng, world, households)
        households.append(_household(rng, world, f"H{number}", home))
    campaigns = tuple(_campaign(rng, world) for _ in range(world.campaigns))
    acted = [h for h in households if rng.random() < world.acted_share]
    visits = {h.id: _visits(rng, world, h, campaigns) for h in acted}
    _village_raids(rng, world, acted, visits)
    acts = []
    for household in acted:
        acts += _acts(rng, household, visits[household.id], first=len(acts))
    per_province = Counter(h.home.split("/")[0] for h in households)
    brokers = {
        province: tuple(f"B{province}{i}" for i in range(max(1, round(n * world.brokers_per_household))))
        for province, n in per_province.items()
    }
    return Happened(households=tuple(households), acts=tuple(acts), campaigns=campaigns, brokers=brokers)


def _home(rng, world, before):
    """A county by where people left from and its population; with a ward, or the ward of a household before it."""
    with_ward = [h.home for h in before if h.home.count("/") == 2]
    if with_ward and rng.random() < world.same_ward:
        return rng.choice(with_ward)
    provinces = _home_provinces()
    inside = counties()[rng.choices(list(provinces), provinces.values())[0]]
    county = rng.choices(list(inside), inside.values())[0]
    # A ward has some six thousand people.
    ward = 1 + rng.randrange(max(4, inside[county] // 6000))
    return f"{county}/w{ward}" if rng.random() < world.in_ward else county


def _household(rng, world, name, home):
    sex = rng.choices(("female", "male"), (361, 139))[0]
    left_on = date(rng.randint(world.first_year, world.last_year), 1, 1).toordinal() + rng.randrange(365)
    born = date.fromordinal(left_on).year - max(16, round(rng.gauss(33, 10)))
    family = draw_surname(rng)
    generation = {s: draw_given(rng, s)[0] for s in ("female", "male")} if rng.random() < world.shared_syllable else {}
    roles = _roles(rng, sex, rng.randint(world.least_kin, world.most_kin))
    father_of_children = family if sex == "male" else draw_surname(rng)
    people = []
    for role in (LEFT, *roles):
        own = sex if role == LEFT else SEX_OF[role]
        if role in ("mother", "husband", "wife"):
            surname = father_of_children if role == "husband" else draw_surname(rng)
        else:
            surname = father_of_children if role in ("son", "daughter") else family
        given = draw_given(rng, own, generation.get(own) if role in (LEFT, *SIBLINGS) else None)
        birth = _birth(rng, role, born)
        work = rng.choices(list(OCCUPATIONS), OCCUPATIONS.values())[0]
        people.append(Person(
            id=f"{name}.{len(people)}", household=name, role=role, sex=own, surname=surname, given=given,
            nickname=rng.choice(NICKNAMES), birth=birth,
            occupation="child/pupil" if birth + 17 > date.fromordinal(left_on).year else work,
        ))  # fmt: skip
    return Household(id=name, home=home, left=left_on, people=tuple(people))


def _roles(rng, sex, number):
    """Who is left behind: a parent and brothers or sisters first of all; several of one kind may be."""
    once = ["father", "mother", "husband" if sex == "female" else "wife"]
    found = []
    for _ in range(number):
        pool = [r for r in once if r not in found] + [*SIBLINGS, "son", "daughter"]
        weights = [{"mother": 8, "father": 6, "husband": 4, "wife": 5}.get(r, 3) for r in pool]
        found.append(rng.choices(pool, weights)[0])
    return found


def _birth(rng, role, born):
    if role in ("father", "mother"):
        return born - rng.randint(21, 36)
    if role in ("son", "daughter"):
        return born + rng.randint(20, 32)
    apart = rng.randint(1, 9)
    return born + {LEFT: 0, "husband": rng.randint(-7, 2), "wife": rng.randint(-2, 7)}.get(
        role, -apart if role.startswith("elder") else apart
    )


def _campaign(rng, world):
    provinces = _home_provinces()
    province = rng.choices(list(provinces), provinces.values())[0]
    first = date(rng.randint(world.first_year + 1, world.last_day_year), 1, 1).toordinal() + rng.randrange(290)
    return province, first, first + world.campaign_days


def _visits(rng, world, household, campaigns):
    """Days on which something was begun against a household, with what led: several, months to years apart."""
    last = date(world.last_day_year, 12, 31).toordinal()
    leads, weights = [v[0] for v in VISITS], [v[1] for v in VISITS]
    day = household.left + 5 + round(rng.expovariate(1 / world.first_act_days))
    found = [(day, rng.choices(leads, weights)[0])]
    while rng.random() < world.more_follows:
        day += round(20 + world.between_median * rng.lognormvariate(0, world.between_spread))
        again = rng.random() < world.same_again
        found.append((day, found[-1][1] if again else rng.choices(leads, weights)[0]))
    here = [c for c in campaigns if c[0] == household.home.split("/")[0] and c[1] > household.left]
    moved = []
    for when, lead in found:
        if here and lead in CAMPAIGN_LEADS and rng.random() < world.campaign_share:
            # The campaign that lies nearest draws it in.
            _, first, end = min(here, key=lambda c: abs(c[1] - when))
            moved.append((rng.randint(first, end), lead))
        else:
            moved.append((when, lead))
    return sorted(v for v in moved if v[0] <= last) or [(min(household.left + 5, last), found[0][1])]


def _village_raids(rng, world, acted, visits):
    """Search several houses of one ward on one day, after all of them were known to have somebody gone."""
    wards = defaultdict(list)
    for household in acted:
        if household.home.count("/") == 2:
            wards[household.home].append(household)
    last = date(world.last_day_year, 12, 31).toordinal()
    for ward in sorted(wards):
        together = wards[ward]
        day = max(h.left for h in together) + 10 + rng.randrange(200)
        if len(together) > 1 and day <= last and rng.random() < world.village_raid:
            for household in together:
                visits[household.id] = sorted([*visits[household.id], (day, "raid")])


def _acts(rng, household, visits, first):
    """The acts of all visits, numbered by kind in the order of their days."""
    drawn = []
    agency = rng.choices(list(AGENCIES), AGENCIES.values())[0]
    office = household.home.split("/")[1]
    for day, lead in visits:
        # The same officers mostly come again.
        if rng.random() < 0.25:
            agency = rng.choices(list(AGENCIES), AGENCIES.values())[0]
        victims = _victims(rng, household)
        drawn.append((day, lead, victims, f"{agency}/{office}"))
        for kind, share, later in next(v[2] for v in VISITS if v[0] == lead):
            if rng.random() < share:
                whom = victims if kind != "death_in_custody" else victims[:1]
                drawn.append((day + rng.randint(0, later), kind, whom, f"{agency}/{office}"))
    role = {p.id: p.role for p in household.people}
    acts, times = [], Counter()
    for day, kind, victims, by in sorted(drawn):
        times[kind] += 1
        alone = kind == "detention" and len(victims) == 1
        acts.append(Act(
            id=f"A{first + len(acts)}", household=household.id, kind=f"detention/{role[victims[0]]}" if alone else kind,
            day=day, place=household.home, victims=victims, by=by, ordinal=times[kind],
        ))  # fmt: skip
    return acts


def _victims(rng, household):
    """One relative mostly, now and then several."""
    relatives = [p.id for p in household.people if p.role != LEFT]
    number = min(len(relatives), rng.choices((1, 2, 3, 4), (62, 24, 9, 5))[0])
    return tuple(sorted(rng.sample(relatives, number)))
