"""Taking an account and coding its acts: records added to a case one at a time, each checked against the whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from bearwitness.errors import ConsentMissing, RecordError, UsageError
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.records import Act, Attachment, Case, Consent, Testimony
from bearwitness.release.consent import DOCUMENTATION
from bearwitness.release.selection import Withheld
from bearwitness.services.archive import Archive, fresh_context, load_case
from bearwitness.services.record_shapes import SHAPES
from bearwitness.services.saving import save_case
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.services.usable import select_usable
from bearwitness.vault.rows import CONTENT, Compartment
from bearwitness.vault.trail import Act as Step

Value = TypeVar("Value")
_ACCOUNT: Final[tuple[Compartment, ...]] = ("identity", "chain", "content")
_NAMED: Final[tuple[Compartment, ...]] = ("identity", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContent:
    """A case as a member may use it for documentation, what of it is withheld, and which rows are damaged."""

    case: Case
    name: str
    withheld: tuple[Withheld, ...]
    damaged: tuple[str, ...]


def use_case(vault: Unlocked, name: str, *, action: str, needs: Collection[Compartment] = ()) -> CaseContent:
    """A case for the organisation's own work, as far as consent and this member's compartments reach.

    Damage to one record does not hide the others here; it is named. Leaves an entry.
    """
    opened = vault.open_case(name, needs=needs)
    archive = load_case(vault, opened, tolerant=True)
    chosen = select_usable(opened, archive.case, DOCUMENTATION, vault.today())
    vault.record(Step(action=action, case=opened.id), case=opened)
    return CaseContent(
        case=chosen.case, name=opened.roster.name, withheld=chosen.withheld, damaged=archive.damaged
    )  # fmt: skip


def add_testimony(vault: Unlocked, name: str, plain: Mapping[str, Any]) -> Testimony:
    """Add an account to a case.

    Parameters
    ----------
    vault, name
        The vault and the case, of which identity, chain and content are needed.
    plain : mapping
        The keys of a testimony as docs/reference/files.md has them; without an id it gets one.

    Raises
    ------
    UsageError
        If a value is not one that may stand there; names the key.
    CaseError
        If it names people or acts that the case lacks.
    RecordError
        If the case has a testimony of this id.
    """
    opened = vault.open_case(name, needs=_ACCOUNT)
    archive = load_case(vault, opened)
    made: Testimony = _read("testimony", plain, archive, "t")
    new = replace(archive.case, testimonies=(*archive.case.testimonies, made))
    save_case(vault, opened, archive, new, Step(action="testimony.add", case=opened.id))
    return made


def show_testimony(
    vault: Unlocked, name: str, testimony: str
) -> tuple[Testimony, tuple[Attachment, ...], tuple[Consent, ...]]:
    """An account, its files and the consents of whoever told it, where consent lets it be used for documentation.

    Raises
    ------
    ConsentMissing
        If it was refused or taken back; the refusal is in the trail.
    RecordError
        If there is no such testimony.
    """
    opened = vault.open_case(name, needs=CONTENT)
    archive = load_case(vault, opened, tolerant=True)
    step = Step(action="testimony.show", case=opened.id, things={"record": archive.row_of("testimony", testimony)})
    with vault.refusing(step, case=opened):
        found = _find(archive.case.testimonies, testimony, "testimony")
        check_may_use(vault, opened, archive.case, testimony)
    vault.record(step, case=opened)
    files = tuple(a for a in archive.case.attachments if a.testimony == testimony)
    consents = tuple(c for c in archive.case.consents if c.giver == found.teller)
    return found, files, consents


def check_may_use(
    vault: Unlocked, opened: OpenCase, case: Case, testimony: str, purpose: str = DOCUMENTATION
) -> None:
    """Refuse the use of an account for a purpose that consent does not cover.

    Raises
    ------
    ConsentMissing
        Naming the testimony and why.
    """
    withheld = select_usable(opened, case, purpose, vault.today()).withheld
    why = next((w.why for w in withheld if w.kind == "testimony" and w.id == testimony), "")
    if why:
        raise ConsentMissing(
            f"testimony {testimony} may not be used for {purpose}: {why}.", hint="Ask the giver, and record the answer."
        )


def add_act(vault: Unlocked, name: str, plain: Mapping[str, Any], testimonies: Collection[str] = ()) -> Act:
    """Add an act to a case, and to the accounts that tell of it; otherwise as ``add_testimony``."""
    opened = vault.open_case(name, needs=_NAMED)
    archive = load_case(vault, opened)
    made: Act = _read("act", plain, archive, "a")
    for testimony in testimonies:
        _find(archive.case.testimonies, testimony, "testimony")
    told = tuple(
        replace(t, acts=(*t.acts, made.id)) if t.id in testimonies else t for t in archive.case.testimonies
    )
    new = replace(archive.case, acts=(*archive.case.acts, made), testimonies=told)
    save_case(vault, opened, archive, new, Step(action="act.add", case=opened.id))
    return made


def code_act(vault: Unlocked, name: str, act: str, plain: Mapping[str, Any]) -> Act:
    """Code an act anew: the keys given replace those it has; what it said before is kept as an earlier version.

    Raises
    ------
    RecordError
        If there is no such act.
    UsageError, CaseError
        As ``add_act``.
    """
    opened = vault.open_case(name, needs=CONTENT)
    archive = load_case(vault, opened)
    old = _find(archive.case.acts, act, "act")
    changed = {k: v for k, v in plain.items() if k != "id"}
    if not changed:
        raise UsageError("nothing to code was given.", hint="Give --kind, --date, --place or another.")
    whole = {**SHAPES["act"].record.write(old), **changed}
    made: Act = _parse("act", whole, archive)
    acts = tuple(made if a.id == act else a for a in archive.case.acts)
    save_case(
        vault, opened, archive, replace(archive.case, acts=acts), Step(action="act.code", case=opened.id)
    )  # fmt: skip
    return made


def _read(kind: str, plain: Mapping[str, Any], archive: Archive, letter: str) -> Any:
    """A new record from its keys, with an id of its own."""
    key = SHAPES[kind].id_key
    whole = dict(plain)
    if not whole.get(key):
        taken = {name for k, name in archive.records if k == kind}
        whole[key] = next(f"{letter}-{n}" for n in range(1, len(taken) + 2) if f"{letter}-{n}" not in taken)
    if (kind, str(whole[key])) in archive.records:
        raise RecordError(f"the case has a {kind} of this id.", hint="Give another id, or leave it out.")
    return _parse(kind, whole, archive)


def _parse(kind: str, plain: Mapping[str, Any], archive: Archive) -> Any:
    try:
        return SHAPES[kind].record.read(dict(plain), context_of(archive.case))
    except FileFormatError as problem:
        key = str(problem.path[0]) if problem.path else kind
        raise UsageError(f"{key}: {problem.message}", hint=problem.hint) from None


def context_of(case: Case) -> Context:
    """What values of a case are read against: places and terms, its own places and people among them."""
    context = fresh_context()
    for place in case.places:
        context.add_place(place.path, place.names)
    context.persons.update(p.id for p in case.persons)
    return context


def _find(values: Collection[Value], name: str, what: str) -> Value:
    found = next((v for v in values if getattr(v, "id") == name), None)  # noqa: B009
    if found is None:
        raise RecordError(f"there is no such {what}.", hint="See all with bearwitness case show.")
    return found
