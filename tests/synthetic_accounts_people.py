"""How a teller describes people, and how word reached them."""

from __future__ import annotations

from datetime import date

from synthetic_accounts_names import NORTHERN, mishear, name_columns, romanise
from synthetic_accounts_world import LEFT

MODES = ("hangul", "latin", "given", "surname", "nickname", "role")
_OTHER_AGE = {
    "elder_brother": "younger_brother", "younger_brother": "elder_brother", "elder_sister": "younger_sister",
    "younger_sister": "elder_sister",
}  # fmt: skip


def describe_person(rng, teller, telling, person, household):
    """The columns of a record of a person, without ids, and the truth left out.

    Parameters
    ----------
    rng : random.Random
        The only source of chance.
    teller, telling : Teller, Telling
        Who, and how anybody tells.
    person : Person
        Whom.
    household : Household
        Theirs.

    Returns
    -------
    dict
        Columns; None where the teller does not know.
    """
    mode = rng.choices(MODES, teller.names)[0]
    if person.role == LEFT and teller.kind == LEFT:
        mode = "role" if rng.random() < telling.own_name_kept_back else rng.choice(("hangul", "hangul", "latin"))
    elif person.role == LEFT and mode == "role":
        # Others are spoken of as somebody's relatives; of the one who left at least a name is mostly known.
        mode = rng.choice(("hangul", "hangul", "role"))
    found = dict(name_columns(mode, _written(rng, telling, mode, person)))
    kin = _say_kin(rng, teller, telling, person.role)
    sure = kin is not None and person.role != LEFT
    found["sex"] = person.sex if sure or rng.random() < telling.sex_known else None
    found["birth_lo"], found["birth_hi"] = _say_birth(rng, telling, person.birth)
    home = household.home.split("/")
    found["home"] = "/".join(home[: rng.choices((0, 1, 2, 3), (15, 10, 55, 20))[0]]) or None
    work = person.occupation.split("/")
    known = rng.random() < telling.occupation_known
    found["occupation"] = "/".join(work[: len(work) if rng.random() < 0.7 else 1]) if known else None
    found["kin"] = kin
    left = person.role == LEFT and rng.random() < telling.departure_known
    found["departure_lo"], found["departure_hi"] = _say_departure(rng, household.left) if left else (None, None)
    return found


def _written(rng, telling, mode, person):
    given = mishear(rng, person.given) if rng.random() < telling.misheard else person.given
    if mode == "latin":
        return "", romanise(rng, person.surname, given)
    north = mode in ("hangul", "surname") and rng.random() < telling.northern_spelling
    surname = NORTHERN.get(person.surname, person.surname) if north else person.surname
    return {
        "hangul": (surname, given), "given": ("", given), "surname": (surname, ""),
        "nickname": ("", person.nickname), "role": ("", ""),
    }[mode]  # fmt: skip


def _say_kin(rng, teller, telling, role):
    """Roles towards the one who left: one, two where "his brother" leaves it open, or None."""
    if role == LEFT:
        return (LEFT,)
    if rng.random() >= teller.kin_known:
        return None
    other = _OTHER_AGE.get(role)
    if other and rng.random() < telling.wrong_age_of_kin:
        return (other,)
    if other and rng.random() < telling.open_age_of_kin:
        return tuple(sorted((role, other)))
    return (role,)


def _say_birth(rng, telling, year):
    """The year, or an age that is about right: an interval of years, wrong at times."""
    if rng.random() >= telling.birth_known:
        return None, None
    if rng.random() < telling.birth_wrong:
        year += rng.choice((-1, 1)) * rng.randint(1, 4)
    wide = rng.choice((0, 0, 1, 2, 5))
    return date(year - wide, 1, 1).toordinal(), date(year + wide, 12, 31).toordinal()


def _say_departure(rng, day):
    """The month or the year, now and then the year beside."""
    when = date.fromordinal(day)
    if rng.random() < 0.5:
        first = when.replace(day=1).toordinal()
        return first, first + 30
    year = when.year + rng.choices((-1, 0, 1), (6, 88, 6))[0]
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def draw_chain(rng, teller, telling, source, who, brokers):
    """Through whom word came, from who saw it to who tells: ids, None where a hop is not known.

    ``source``: the person of the family or the neighbour who saw it; ``who``: the teller; ``brokers``: of the
    province, shared by many families. Whoever saw it themselves stands alone.
    """
    if teller.kind in ("neighbour", "fellow_detainee") and rng.random() >= teller.through:
        return (who,)
    between = []
    if teller.kind != "broker" and rng.random() < teller.through:
        # A family keeps to few carriers, and some carriers serve many families.
        between.append(rng.choices(brokers, [1 / (i + 1) for i in range(len(brokers))])[0])
    hops = [h if rng.random() >= telling.hop_unknown else None for h in (source, *between)]
    return (*hops, who)
