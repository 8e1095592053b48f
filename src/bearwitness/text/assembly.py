"""From what was found in a text to personas and claims: who is one person, whose household, what is said of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.model.claims import Claim, ClaimId, Origin, Persona, PersonaId, PersonId
from bearwitness.model.values import Codes, Days, Paths, ValueSet, intersect_values
from bearwitness.text import rules_record
from bearwitness.text.cast import Cast, SpanOf
from bearwitness.text.record_acts import ActNames, Acts, codes_of, is_contradicted, is_recorded
from bearwitness.text.record_compare import Comparison
from bearwitness.text.record_kin import inverse_kin
from bearwitness.text.record_people import People
from bearwitness.text.record_targets import Targets
from bearwitness.text.scene import Doubt, Said, Scan

# What is said of one person; the rest is said of a household whoever of it is shown.
PERSONAL: Final = frozenset({"name", "surname", "sex", "birth", "home", "occupation", "route", "departure"})
_NAMES: Final = frozenset({"name", "surname"})

_OPEN: Final = rules_record.OPEN.why_en

SayValues = Callable[[str, ValueSet], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What a record adds to a scan: its persons, their acts, and where only a pseudonym showed somebody."""

    people: People
    acts: Acts
    comparison: Comparison
    pseudonyms: frozenset[tuple[str, PersonId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """Personas in the order they are shown, their claims in the order of the text, and what contradicts the record.

    ``keys`` are the keys of the scan behind each persona.
    """

    personas: tuple[Persona, ...]
    claims: tuple[Claim, ...]
    doubts: tuple[Doubt, ...]
    keys: Mapping[PersonaId, frozenset[str]]


@dataclass(slots=True)
class _Claim:
    """A claim while its passages are being collected."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    also: list[tuple[int, int]] = field(default_factory=list)
    backed: bool = False


_Merged = tuple[PersonaId, str, str, ValueSet, str | None, int]


def assemble(
    scan: Scan, targets: Targets, backing: Backing | None, *, span_of: SpanOf, say: SayValues
) -> Assembled:
    """Make personas and claims of a scan.

    Parameters
    ----------
    scan : Scan
        Everything found, names of the record included.
    targets : Targets
        Whom of the record each key stands for.
    backing : Backing or None
        The record; None reads the text alone.
    span_of : callable
        The passage of the draft that two offsets of the scan are.
    say : callable
        A short reading of an attribute's values for people.

    Returns
    -------
    Assembled
        One claim per persona, attribute, what it is about and values, with all its passages.
    """
    cast = Cast(targets, backing.people if backing else None)
    cast.add(scan.mentions, span_of)
    cast.add_silent(s for s in scan.said if s.key not in targets.dropped)
    work = _Assembly(cast, backing, ActNames(backing.acts if backing else {}))
    open_keys = {key for key, personas in cast.of_key.items() if len(personas) > 1}
    for said in sorted(scan.said, key=lambda s: (s.start, s.end, s.attribute, s.about)):
        for persona in cast.of_key.get(said.key, ()):
            work.add(cast.personas[persona], said, is_open=said.key in open_keys)
    claims = tuple(work.claims(span_of, say))
    return Assembled(
        personas=tuple(cast.personas.values()), claims=claims, doubts=tuple(work.doubts),
        keys={p: frozenset(k for k, ids in cast.of_key.items() if p in ids) for p in cast.personas},
    )  # fmt: skip


class _Assembly:
    """The claims of a text while they are collected."""

    def __init__(self, cast: Cast, backing: Backing | None, acts: ActNames) -> None:
        self._cast = cast
        self._backing = backing
        self._acts = acts
        self._merged: dict[_Merged, _Claim] = {}
        self.doubts: list[Doubt] = []

    def add(self, persona: Persona, said: Said, *, is_open: bool) -> None:
        """Add what is said to the claims of a persona; ``is_open`` where it may be said of somebody else."""
        if said.attribute in _NAMES and self._is_pseudonym(persona, said.key):
            return
        values, about, backed = said.values, "", False
        if said.attribute == "act_date":
            about, backed, contradicted = self._acts.name_of(persona.household, said)
            if contradicted:
                self._doubt(persona.household, said)
        elif said.attribute in PERSONAL:
            about, backed = self._about(persona, said)
        elif said.attribute == "kin":
            values, backed = self._kin(persona, said)
        else:
            backed = self._is_backed(persona, said)
        if is_open and said.attribute in PERSONAL and self._cannot_be(persona, said.attribute, about, values):
            self.doubts.append(Doubt(start=said.start, end=said.end, form=f"{said.key} {said.attribute}", why=_OPEN))
            return
        key: _Merged = (persona.id, said.attribute, about, values, said.role, said.lag_days)
        claim = self._merged.setdefault(key, _Claim())
        _append(claim.spans, [(said.start, said.end)])
        _append(claim.also, said.also)
        claim.backed = claim.backed or backed

    def _cannot_be(self, persona: Persona, attribute: str, about: str, values: ValueSet) -> bool:
        """Whether a claim already made of this person excludes these values."""
        return any(
            key[:3] == (persona.id, attribute, about) and intersect_values(key[3], values).is_empty
            for key in self._merged
        )

    def _is_pseudonym(self, persona: Persona, key: str) -> bool:
        return bool(self._backing and persona.person and (key, persona.person) in self._backing.pseudonyms)

    def _about(self, persona: Persona, said: Said) -> tuple[str, bool]:
        """Whose attribute it is: the one who left (empty), or a relative by person id or kin codes."""
        compared = self._backing.comparison if self._backing else None
        if not said.about:
            own = persona.person or persona.id
            backed = bool(compared and persona.person and compared.backs(persona.person, said))
            return (str(own) if persona.stands_as == "relative" else ""), backed
        codes = said.about.removeprefix("kin:")
        relatives: Sequence[PersonId] = ()
        if self._backing and persona.person:
            relatives = self._backing.people.relatives.of(persona.person, codes.split("|"))
        if compared is None or len(relatives) != 1:
            return codes, False
        relative = self._backing.people.persons[relatives[0]] if self._backing else None
        if compared.contradicted(relatives[0], (said,)):
            self._doubt(relatives[0], said)
        # A brother who left is the one who left, whoever speaks of him.
        return ("" if relative and relative.stands_as == "left" else relatives[0]), compared.backs(relatives[0], said)

    def _kin(self, persona: Persona, said: Said) -> tuple[ValueSet, bool]:
        """What the household has by this kin word: the narrator's relative, seen from the one who left."""
        codes = codes_of(said)
        if self._backing is None or persona.person is None:
            return said.values, False
        people = self._backing.people
        relatives = [people.persons[r] for r in people.relatives.of(persona.person, codes)]
        if persona.stands_as == "relative" and any(r.stands_as == "left" for r in relatives):
            sexes = people.persons[persona.person].facts.get("sex")
            told = self._told_sex(persona.id)
            sex = told if isinstance(sexes, Codes) and told in sexes.codes else None
            return Codes(inverse_kin(codes, sex)), True
        return said.values, bool(relatives)

    def _told_sex(self, persona: PersonaId) -> str | None:
        """The sex that the text tells of somebody, as far as it has been read."""
        for (of, attribute, _, values, _, _) in self._merged:
            if of == persona and attribute == "sex" and isinstance(values, Codes) and len(values.codes) == 1:
                return next(iter(values.codes))
        return None

    def _is_backed(self, persona: Persona, said: Said) -> bool:
        if self._backing is None or persona.person is None:
            return False
        codes = codes_of(said)
        people = self._backing.people
        if said.attribute == "status":
            return any(p.household == persona.household and p.stands_as == "left" for p in people.persons.values())
        if said.attribute == "trait":
            return bool(people.persons[persona.person].traits & codes)
        if said.attribute == "act":
            acts = self._backing.acts.get(persona.household, ())
            if is_contradicted(acts, codes):
                self._doubt(persona.household, said)
            return is_recorded(acts, codes)
        return False

    def _doubt(self, who: str, said: Said) -> None:
        self.doubts.append(contradiction(who, said))

    def claims(self, span_of: SpanOf, say: SayValues) -> Iterable[Claim]:
        """The claims, numbered in the order of the text."""
        order = {p: at for at, p in enumerate(self._cast.personas)}
        merged = sorted(
            self._merged.items(),
            key=lambda item: (item[1].spans[0], order[item[0][0]], item[0][1], item[0][2], order_of(item[0][3])),
        )
        for number, ((persona, attribute, about, values, role, lag), claim) in enumerate(merged, 1):
            origin: Origin = "record" if claim.backed else "pattern"
            passages = [*claim.spans, *(p for p in claim.also if p not in claim.spans)]
            yield Claim(
                id=ClaimId(f"c{number}"), persona=persona, attribute=attribute, values=values,
                says=say(attribute, values), spans=tuple(span_of(a, b) for a, b in passages), origin=origin,
                about=about, role=role, lag_days=lag,  # type: ignore[arg-type]
            )  # fmt: skip


def contradiction(who: str, said: Said) -> Doubt:
    """A passage that says something else than the record of a person (or a household's acts)."""
    attribute = said.attribute.replace("_", " ")
    return Doubt(
        start=said.start, end=said.end, form=f"{who} {attribute}",
        why=rules_record.CONTRADICTION.fill(who=who, attribute=attribute),
    )  # fmt: skip


def order_of(values: ValueSet) -> tuple[str, ...]:
    """A fixed order for sets of values."""
    if isinstance(values, Days):
        return tuple(f"{first:07d}-{last:07d}" for first, last in values.spans)
    return tuple(sorted(values.paths if isinstance(values, Paths) else values.codes))


def _append(known: list[tuple[int, int]], more: Iterable[tuple[int, int]]) -> None:
    known.extend(m for m in more if m not in known)
