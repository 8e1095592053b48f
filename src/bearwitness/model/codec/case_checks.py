"""What no single record of a case can show: that ids are known, and that kin and source chains can be true."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Final, TypeVar

from bearwitness.model.claims import KIN_LEAVES, PersonId
from bearwitness.model.codec.format_error import FileFormatError, Path, check_known, nearest
from bearwitness.model.records import Act, Case, Person, Testimony

# Relations of which nobody can be a link of a ring: the one is older than the other by a generation.
OLDER: Final = frozenset({"father", "mother", "grandparent"})
YOUNGER: Final = frozenset({"son", "daughter"})
_NEW_ACT: Final = re.compile("act[0-9]*")

Node = TypeVar("Node", bound=Hashable)


def check_case(case: Case) -> None:
    """Refuse a case that contradicts itself.

    Raises
    ------
    FileFormatError
        At the first reference to what is not in the file, person without a household, impossible kin, or source
        chain that returns to where it was. Names ids only.
    """
    persons = {p.id: p for p in case.persons}
    households = {h.id for h in case.households}
    acts = {a.id for a in case.acts}
    for at, person in enumerate(case.persons):
        _check_person(person, persons, households, ("persons", at))
    _check_generations(case)
    for at, act in enumerate(case.acts):
        _check_act(act, persons, households, ("acts", at))
    for at, testimony in enumerate(case.testimonies):
        _check_testimony(testimony, persons, acts, ("testimonies", at))
    for at, consent in enumerate(case.consents):
        check_known(consent.giver, persons, "person", ("consents", at, "giver"))
        for name, _ in consent.persons:
            check_known(name, persons, "person", ("consents", at, "persons", name), at_key=True)
    testimonies = {t.id for t in case.testimonies}
    for at, attachment in enumerate(case.attachments):
        if attachment.testimony is not None:
            check_known(attachment.testimony, testimonies, "testimony", ("attachments", at, "testimony"))
    for at, claim in enumerate(case.claims):
        if claim.about:
            _check_about(claim.about, persons.keys() | acts, ("claims", at, "about"))


def _check_person(person: Person, persons: Collection[str], households: Collection[str], path: Path) -> None:
    if person.household is not None:
        check_known(person.household, households, "household", (*path, "household"))
    elif person.protected:
        raise FileFormatError(
            f"person {person.id} is in no household.",
            "Add household:, or protected: false for somebody who acts in office.",
            path=path,
        )
    for at, kin in enumerate(person.kin):
        check_known(kin.of, persons, "person", (*path, "kin", at, "of"))
        if kin.of == person.id:
            raise FileFormatError(
                f"person {person.id} is their own relative.", "Correct one id.", path=(*path, "kin", at)
            )


def _check_generations(case: Case) -> None:
    younger: dict[PersonId, set[PersonId]] = {}
    for person in case.persons:
        for kin in person.kin:
            if kin.relation in OLDER:
                younger.setdefault(person.id, set()).add(kin.of)
            elif kin.relation in YOUNGER:
                younger.setdefault(kin.of, set()).add(person.id)
    ring = _on_a_ring(younger)
    if ring is not None:
        at = next(i for i, p in enumerate(case.persons) if p.id == ring)
        raise FileFormatError(
            f"person {ring} is their own ancestor.", "Correct the kin of one of them.", path=("persons", at)
        )


def _check_act(act: Act, persons: Mapping[PersonId, Person], households: Collection[str], path: Path) -> None:
    check_known(act.household, households, "household", (*path, "household"))
    for at, victim in enumerate(act.victims):
        where = (*path, "victims", at)
        check_known(victim, persons, "person", where)
        if persons[victim].household not in (act.household, None):
            # The act would count for one household, and the other's victim would be forgotten.
            raise FileFormatError(
                f"the victim {victim} of act {act.id} is of another household.",
                "Write one act for each household.",
                path=where,
            )
    if act.because_of is not None:
        check_known(act.because_of, persons, "person", (*path, "because_of"))


def _check_testimony(testimony: Testimony, persons: Collection[str], acts: Collection[str], path: Path) -> None:
    check_known(testimony.teller, persons, "person", (*path, "teller"))
    for at, act in enumerate(testimony.acts):
        check_known(act, acts, "act", (*path, "acts", at))
    told: dict[PersonId, set[PersonId]] = {}
    for at, link in enumerate(testimony.chain):
        check_known(link.teller, persons, "person", (*path, "chain", at, "teller"))
        check_known(link.hearer, persons, "person", (*path, "chain", at, "hearer"))
        told.setdefault(link.teller, set()).add(link.hearer)
        if _on_a_ring(told) is not None:
            raise FileFormatError(
                f"the source chain of testimony {testimony.id} returns to somebody who had told it before.",
                "Correct who told whom in this link.",
                path=(*path, "chain", at),
            )


def _check_about(about: str, known: Collection[str], path: Path) -> None:
    if about in known or about == "left" or _NEW_ACT.fullmatch(about):
        return
    if all(word in KIN_LEAVES for word in about.removeprefix("kin:").split("|")):
        return
    near = nearest(about, known)
    raise FileFormatError(
        "this is about nobody and nothing of the case.",
        f"The nearest is {near}." if near else "Write a person id, an act id, or kin codes joined by |.",
        path=path,
    )


def _on_a_ring(edges: Mapping[Node, Iterable[Node]]) -> Node | None:
    """A node from which the edges lead back to itself; None where there is none. Without recursion."""
    finished: set[Node] = set()
    for start in edges:
        trail: list[tuple[Node, list[Node]]] = [(start, list(edges.get(start, ())))]
        on_trail = {start}
        while trail and start not in finished:
            node, ahead = trail[-1]
            if not ahead:
                trail.pop()
                on_trail.discard(node)
                finished.add(node)
                continue
            following = ahead.pop()
            if following in on_trail:
                return following
            if following not in finished:
                trail.append((following, list(edges.get(following, ()))))
                on_trail.add(following)
    return None
