"""Taking accounts and people out of a record so that nothing points to what is no longer there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bearwitness.model.claims import ActId, Claim, PersonId
from bearwitness.model.records import Act, Case, Consent, Person, Testimony
from bearwitness.model.values import Paths


def without(case: Case, *, testimonies: Collection[str] = (), persons: Collection[str] = ()) -> Case:
    """A case without some accounts and people, and without everything that rests on them or belongs to them alone.

    Parameters
    ----------
    case : Case
        The record.
    testimonies : collection of str
        Ids of accounts. Acts that rest on these accounts only go with them.
    persons : collection of str
        Ids of people. Their accounts go with them, and every link, kinship and claim of theirs; an act keeps its other
        victims. What others' accounts say of them in free text stays.

    Returns
    -------
    Case
        It passes ``check_case`` if ``case`` does. A consent goes with its giver, but not what it says of somebody
        else who refused: that stays as their own.

    Raises
    ------
    ValueError
        If there is no such account or person.
    """
    missing = set(testimonies) - {t.id for t in case.testimonies} | set(persons) - {p.id for p in case.persons}
    if missing:
        raise ValueError("the case has no such testimony or person")
    gone = {t.id for t in case.testimonies if t.id in testimonies or t.teller in persons}
    cut = prune(case, testimonies=gone, persons=persons, acts=acts_only_in(case, gone))
    return _drop_emptied(case, cut)


def known_only_from(case: Case, testimonies: Collection[str]) -> tuple[PersonId, ...]:
    """Everybody whom these accounts, and the acts that rest on them alone, refer to and nothing else does.

    Whoever is only somebody's relative is known from the accounts that speak of that somebody. To destroy an account
    and what is known from it alone: ``without(case, testimonies=ids, persons=known_only_from(case, ids))``.
    """
    gone = set(testimonies)
    cut = prune(case, testimonies=gone, persons=(), acts=acts_only_in(case, gone))
    before, after = referred_to(case), referred_to(cut)
    return tuple(p.id for p in case.persons if p.id in before and p.id not in after)


def acts_only_in(case: Case, testimonies: Collection[str]) -> set[ActId]:
    """Acts that rest on some accounts, and all of them are these."""
    inside = {act for t in case.testimonies if t.id in testimonies for act in t.acts}
    return inside - {act for t in case.testimonies if t.id not in testimonies for act in t.acts}


def prune(
    case: Case, *, testimonies: Collection[str], persons: Collection[str], acts: Collection[str]
) -> Case:
    """The case without these accounts, people and acts, and without all that points to them.

    Accounts of these people go too. Households and places stay, also where nothing of theirs is left.
    """
    if not testimonies and not persons and not acts:
        return case
    return replace(
        case,
        persons=tuple(_person(p, persons) for p in case.persons if p.id not in persons),
        acts=tuple(_act(a, persons) for a in case.acts if a.id not in acts),
        testimonies=tuple(
            _testimony(t, persons, acts)
            for t in case.testimonies
            if t.id not in testimonies and t.teller not in persons
        ),
        consents=tuple(kept for c in case.consents if (kept := _consent(c, persons)) is not None),
        claims=tuple(c for c in case.claims if _stays(c, persons, acts)),
    )


def drop_unreferenced(before: Case, after: Case, *, strictly: bool) -> Case:
    """A pruned case without the people, households and places to which nothing in it refers.

    Parameters
    ----------
    before, after : Case
        The case as it was, and pruned.
    strictly : bool
        Whether also what nothing referred to before is dropped.
    """
    refers, referred = referred_to(after), referred_to(before)
    loose = {p.id for p in after.persons if p.id not in refers and (strictly or p.id in referred)}
    cut = prune(after, testimonies=(), persons=loose, acts=())
    if not strictly:
        return _drop_emptied(before, cut)
    homes, paths = _households_in_use(cut), _paths_in_use(cut)
    return replace(
        cut,
        households=tuple(h for h in cut.households if h.id in homes),
        places=tuple(p for p in cut.places if p.path in paths),
    )


def referred_to(case: Case) -> set[PersonId]:
    """The people to whom an account or an act refers, and those whose relatives such people are."""
    found = {p for a in case.acts for p in (*a.victims, a.because_of) if p is not None}
    for testimony in case.testimonies:
        found.add(testimony.teller)
        found |= {p for link in testimony.chain for p in (link.teller, link.hearer)}
    kin = {p.id: [k.of for k in p.kin] for p in case.persons}
    ahead = list(found)
    while ahead:
        more = [of for of in kin.get(ahead.pop(), ()) if of not in found]
        found.update(more)
        ahead += more
    return found


# What does not change is kept as it is: of a large record that is nearly all of it.


def _person(person: Person, persons: Collection[str]) -> Person:
    kin = tuple(k for k in person.kin if k.of not in persons)
    return person if len(kin) == len(person.kin) else replace(person, kin=kin)


def _act(act: Act, persons: Collection[str]) -> Act:
    victims = tuple(v for v in act.victims if v not in persons)
    because_of = None if act.because_of in persons else act.because_of
    if len(victims) == len(act.victims) and because_of == act.because_of:
        return act
    return replace(act, victims=victims, because_of=because_of)


def _testimony(testimony: Testimony, persons: Collection[str], acts: Collection[str]) -> Testimony:
    chain = tuple(k for k in testimony.chain if k.teller not in persons and k.hearer not in persons)
    told = tuple(a for a in testimony.acts if a not in acts)
    if len(chain) == len(testimony.chain) and len(told) == len(testimony.acts):
        return testimony
    return replace(testimony, acts=told, chain=chain)


def _consent(consent: Consent, persons: Collection[str]) -> Consent | None:
    touched = tuple((p, state) for p, state in consent.persons if p not in persons)
    if consent.giver not in persons:
        return replace(consent, persons=touched)
    # A refusal weighs more than anybody's yes: it must not be lost with the one who wrote it down.
    refused = tuple((p, state) for p, state in touched if state == "refused")
    return replace(consent, giver=refused[0][0], persons=refused) if refused else None


def _stays(claim: Claim, persons: Collection[str], acts: Collection[str]) -> bool:
    return claim.persona not in persons and claim.about not in persons and claim.about not in acts


def _drop_emptied(before: Case, after: Case) -> Case:
    """Without the households and places that something referred to before, and nothing does now."""
    homes = _households_in_use(before) - _households_in_use(after)
    paths = _paths_in_use(before) - _paths_in_use(after)
    return replace(
        after,
        households=tuple(h for h in after.households if h.id not in homes),
        places=tuple(p for p in after.places if p.path not in paths),
    )


def _households_in_use(case: Case) -> set[str]:
    return {str(p.household) for p in case.persons} | {str(a.household) for a in case.acts}


def _paths_in_use(case: Case) -> set[str]:
    """Every place that something of the case names, with all those that it lies in."""
    named = [p.home for p in case.persons] + [a.place for a in case.acts]
    said = (path for c in case.claims if isinstance(c.values, Paths) for path in c.values.paths)
    return {part for path in (*filter(None, named), *said) for part in _upwards(path)}


def _upwards(path: str) -> Iterable[str]:
    steps = path.split("/")
    return ("/".join(steps[:n]) for n in range(1, len(steps) + 1))
