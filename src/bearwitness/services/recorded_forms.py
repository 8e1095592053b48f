"""Where a text writes what the record or an editor's decision protects, in whatever form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bearwitness.model.publication import Decisions, ProtectedRole
from bearwitness.model.records import Case
from bearwitness.services.world import load_world
from bearwitness.text.decided import plain_form
from bearwitness.text.english_bodies import in_state_name
from bearwitness.text.form_matcher import FormMatcher
from bearwitness.text.names import NameIndex
from bearwitness.text.normalise import normalise
from bearwitness.text.placeholders import HoleRole
from bearwitness.text.redaction import Hole
from bearwitness.text.surface_forms import expand_case, expand_decisions

_OF_ROLE: Final[Mapping[ProtectedRole, HoleRole]] = {
    "person": "name", "place": "place", "organisation": "name", "date": "date", "code": "number",
    "quantity": "amount", "description": "detail", "other": "detail",
}  # fmt: skip
# What a person is called by everybody ("his sister", "a nurse") is a claim where it is said of them, and no name.
_NAMING: Final[Mapping[str, HoleRole]] = {"name": "person", "home": "place", "birth": "date", "act_date": "date",
                                          "departure": "date"}  # fmt: skip

Meaning = tuple[HoleRole, str, str]


class RecordedForms:
    """The forms of one case and of the protected decisions, ready to be found; kept in memory only."""

    def __init__(self, case: Case | None, decisions: Decisions) -> None:
        world = load_world()
        forms: list[tuple[str, Meaning]] = [
            (text, (_OF_ROLE[role], f"{role} {plain_form(form)}", "")) for text, form, role in expand_decisions(decisions)  # noqa: E501
        ]
        names = []
        if case is not None:
            for form in expand_case(case, world=world):
                if form.attribute in _NAMING and form.rung == 0:
                    key = f"{form.attribute} {form.value}" if form.attribute != "name" else f"person {form.person}"
                    forms.append((form.text, (_NAMING[form.attribute], key, form.person)))
            names = [(str(p.id), name) for p in case.persons if p.protected for name in p.names]
        self._matcher = FormMatcher(forms, world.ordinary["en"])
        self._names = NameIndex(names, world.surnames)

    def find(self, text: str) -> tuple[Hole, ...]:
        """Every passage of a text that is one of the forms, with offsets in the text that is given."""
        normal = normalise(text)
        found = [
            (m.start, m.end, role, key, person) for m in self._matcher.find_all(normal.text)
            for role, key, person in m.values[:1]
        ]  # fmt: skip
        # A surname alone is everybody's of that name; the reader decides who it is.
        found += [
            (m.start, m.end, "person", f"person {m.keys[0]}", m.keys[0])
            for m in self._names.find(normal.text, load_world().ordinary["en"]) if m.kind != "surname"
        ]  # fmt: skip
        holes = []
        for start, end, role, key, person in found:
            if in_state_name(normal.text, start, end):
                continue
            first, last = normal.original_span(start, end)
            holes.append(Hole(start=first, end=last, role=role, key=key, source="record", person=person))
        return tuple(sorted(set(holes), key=lambda h: (h.start, -h.end, h.key)))


def find_recorded(text: str, case: Case | None, decisions: Decisions) -> tuple[Hole, ...]:
    """The passages of a text that write what the record or a decision protects.

    Parameters
    ----------
    text : str
        Any text, normalised or not.
    case : Case, optional
        The record.
    decisions : Decisions
        What an editor decided.
    """
    return RecordedForms(case, decisions).find(text)


def finder(case: Case | None, decisions: Decisions) -> Callable[[str], Sequence[str]]:
    """A function that says which protected things a text names, by ids and keys, never by words of the text."""
    forms = RecordedForms(case, decisions)
    return lambda text: [h.person or h.key for h in forms.find(text)]
