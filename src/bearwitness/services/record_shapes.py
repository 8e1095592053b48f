"""How the records of a case lie in the vault: which key of each belongs to which compartment, and what refers to what.

In the vault a record refers to another by the opaque id of its row, so that the ids people chose, which may speak, are
sealed with the identities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from bearwitness.model.codec.case_records import ACT, ATTACHMENT, CONSENT, HOUSEHOLD, PERSON, PLACE, TESTIMONY
from bearwitness.model.codec.claims import CASE_CLAIM
from bearwitness.model.codec.shapes import Record
from bearwitness.vault.rows import Compartment

Plain = dict[str, Any]
# Turns the id of a record of a kind into another; None where there is no such record (any more).
Translate = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a record names others: a key, then ``*`` for each of a list, ``{}`` for the keys of a mapping, or a key.

    A record whose ``needed`` reference leads nowhere any more is gone with what it was about.
    """

    path: tuple[str, ...]
    kind: str
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of record: the attribute of a case that holds them, its table, its compartments, its references.

    Keys that are in no compartment named here are content; ``sealed_only`` are keys that no file and no model has.
    """

    kind: str
    attribute: str
    record: Record
    compartments: Mapping[str, Compartment] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    all_identity: bool = False
    sealed_only: tuple[str, ...] = ()

    def compartment(self, key: str) -> Compartment:
        """Where a key is sealed."""
        return "identity" if self.all_identity or key == self.id_key else self.compartments.get(key, "content")

    @property
    def id_key(self) -> str:
        """The key that holds the id people gave it."""
        return "path" if self.kind == "place" else "id"


SHAPES: Final[dict[str, Shape]] = {
    s.kind: s
    for s in (
        # In the order in which they are read: each kind refers to earlier ones and to itself.
        Shape(kind="place", attribute="places", record=PLACE, compartments={"path": "content"}),
        Shape(kind="household", attribute="households", record=HOUSEHOLD, compartments={"label": "identity"}),
        Shape(kind="person", attribute="persons", record=PERSON, compartments={"names": "identity"}, references=(
            Reference(path=("household",), kind="household"), Reference(path=("kin", "*", "of"), kind="person"))),
        Shape(kind="act", attribute="acts", record=ACT, references=(
            Reference(path=("household",), kind="household", needed=True),
            Reference(path=("victims", "*"), kind="person"), Reference(path=("because_of",), kind="person"))),
        Shape(kind="testimony", attribute="testimonies", record=TESTIMONY,
              compartments={"teller": "chain", "chain": "chain", "collected_by": "chain"}, references=(
                  Reference(path=("teller",), kind="person", needed=True), Reference(path=("acts", "*"), kind="act"),
                  Reference(path=("chain", "*", "teller"), kind="person"),
                  Reference(path=("chain", "*", "hearer"), kind="person"))),
        Shape(kind="consent", attribute="consents", record=CONSENT, references=(
            Reference(path=("giver",), kind="person", needed=True), Reference(path=("persons", "{}"), kind="person"))),
        Shape(kind="attachment", attribute="attachments", record=ATTACHMENT,
              compartments=dict.fromkeys(("name", "sha256", "size", "custody", "file", "key", "file_id"), "evidence"),
              sealed_only=("file", "key", "file_id"),
              references=(Reference(path=("testimony",), kind="testimony"),)),
        Shape(kind="claim", attribute="claims", record=CASE_CLAIM, all_identity=True, references=(
            Reference(path=("person",), kind="person", needed=True),)),
    )
}  # fmt: skip


# What a case keeps beside its records (services/case_notes.py, services/release_facts.py, services/review_facts.py).
DEPARTURE: Final = "departure"
EARLIER: Final = "earlier_release"
RELEASE_KINDS: Final = ("draft", "assessed", "vote", "publication", "retraction", EARLIER)
REVIEW: Final = "review"
SOURCE_COUNT: Final = "source_count"
KNOWN_KINDS: Final = frozenset((*SHAPES, *RELEASE_KINDS, DEPARTURE, REVIEW, SOURCE_COUNT))


class Gone(Exception):
    """A record refers to what is no more, and says nothing without it."""


def translate(plain: Plain, shape: Shape, to: Translate) -> Plain:
    """A record's plain form with its references translated; those that lead nowhere are left out.

    Raises
    ------
    Gone
        If one that it needs leads nowhere.
    """
    found = dict(plain)
    for reference in shape.references:
        key, *rest = reference.path
        if key not in found:
            continue
        value = _translate_at(found[key], rest, partial(to, reference.kind))
        if value is not None:
            found[key] = value
        elif reference.needed:
            raise Gone
        else:
            del found[key]
    return found


def _translate_at(value: Any, path: list[str], to: Callable[[str], str | None]) -> Any:
    """The value with what lies at the path translated; None where nothing of it is left."""
    if not path:
        return to(value)
    step, *rest = path
    if step == "*":
        items = (_translate_at(item, rest, to) for item in value)
        return [item for item in items if item is not None]
    if step == "{}":
        pairs = ((to(key), held) for key, held in value.items())
        return {key: held for key, held in pairs if key is not None}
    inner = _translate_at(value[step], rest, to)
    return None if inner is None else {**value, step: inner}
