"""Bring records into the vault: a case file with its attachments, or a spreadsheet; a stopped import goes on.

Each step is a transaction with its entry of the trail. The rows of an import follow from the import and the ids in
the file, so an import that was stopped and is begun again writes what is missing, and nothing twice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.documents.files import read_text
from bearwitness.documents.spreadsheet_origins import Tables
from bearwitness.documents.spreadsheet_reading import read_tables
from bearwitness.errors import AttachmentError, CaseError, DamagedVault, RecordError, TableError
from bearwitness.model.claims import ActId
from bearwitness.model.codec import load_case as parse_case
from bearwitness.model.records import Act as CaseAct
from bearwitness.model.records import Attachment, Case, Testimony
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.attachments import take_in
from bearwitness.services.case_access import create_case
from bearwitness.services.intake import context_of
from bearwitness.services.record_shapes import Plain
from bearwitness.services.saving import Taking, check_consistent, check_not_shredded
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.rows import Change, Compartment, Progress, RecordRow
from bearwitness.vault.sealing import Unsealable, bind
from bearwitness.vault.trail import Act

_NEEDS: Final[tuple[Compartment, ...]] = ("identity", "chain", "content")
# Records a step: many enough that the step costs little, few enough that a stop loses little.
STEP: Final = 5000
_ROW: Final = re.compile("row-[0-9]+")
MOST_CASE_BYTES: Final = 500_000_000
SPREADSHEETS: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
# Told how many records of how many are in.
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import wrote: into which case, how many records were new, changed, and there already."""

    case: str
    name: str
    added: int
    changed: int
    unchanged: int
    resumed: bool


class _Incoming(Mapping[tuple[str, str], Plain]):
    """What the vault keeps of each new attachment; its file is sealed when its record is written, and not before."""

    def __init__(self, vault: Unlocked, attachments: tuple[Attachment, ...], folder: Path) -> None:
        self._vault = vault
        self._folder = folder
        self._attachments = {("attachment", a.id): a for a in attachments}

    def __getitem__(self, key: tuple[str, str]) -> Plain:
        attachment = self._attachments[key]
        path = self._folder / attachment.id
        try:
            with path.open("rb") as source:
                taken = take_in(self._vault, source)
        except OSError:
            raise AttachmentError(
                f"the file of attachment {attachment.id} is not beside the case file.",
                hint="Put it into the folder of the same name with the ending .attachments.", where=str(path),
            ) from None  # fmt: skip
        if (taken.sealed.sha256, taken.sealed.size) != (attachment.sha256, attachment.size):
            raise AttachmentError(
                f"the file of attachment {attachment.id} is not the one the case file describes.",
                hint="Compare it with the original.", where=str(path),
            )  # fmt: skip
        return taken.held_back

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._attachments)

    def __len__(self) -> int:
        return len(self._attachments)


def import_file(
    vault: Unlocked, path: Path, *, into: str | None = None, name: str | None = None, table: str | None = None,
    report: Report | None = None, step: int = STEP,
) -> Imported:  # fmt: skip
    """Import a case file (YAML or JSON) or a spreadsheet (CSV, XLSX).

    Parameters
    ----------
    vault : Unlocked
        The vault.
    path : Path
        The file. Attachments of a case file lie beside it, in a folder of its name that ends in ``.attachments``.
    into : str, optional
        A case to add to; records of the same ids are changed. A new case if not given.
    name : str, optional
        What the new case is called; as the file calls it if not given.
    table : str, optional
        Which table a CSV file holds, where its name does not say.
    report : callable, optional
        Told how far it is.
    step : int
        Records a transaction.

    Raises
    ------
    CaseError, TableError
        With the place in the file; nothing is written.
    AccessDenied
        If the member does not hold what the records need.
    """
    digest = hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest()
    old = vault.open_case(into, needs=_NEEDS) if into else None
    before = load_case(vault, old) if old else None
    new = _read(path, before.case if before else None, table)
    check_consistent(new)
    run = _run_id(vault, digest, old.id if old else name or new.id)
    known = vault.store.progress(run)
    resumed = known is not None and not known.finished
    if old is None:
        if known is not None and known.finished:
            raise RecordError(
                f"this file was imported already, into case {known.case}.",
                hint="To add to it, name the case with --into; to have it twice, give another --name.",
            )
        old = vault.open_case(known.case) if known else _begin(vault, name or new.id, run)
        before = load_case(vault, old)
        known = vault.store.progress(run)
    if before is None:
        raise ValueError("an open case has an archive")
    salt = _salt(old, known) if known is not None else os.urandom(32)
    return _write(
        vault, old, before, replace(new, id=old.id), path, run=run, salt=salt, report=report, step=step,
        resumed=resumed,
    )  # fmt: skip


def _read(path: Path, before: Case | None, table: str | None) -> Case:
    """The case that the file makes, on top of what is there."""
    if path.suffix.lower() in SPREADSHEETS:
        old = before or Case(id=_id_of(path))
        found = read_tables(
            path, context=context_of(old), table=table, known_households=[h.id for h in old.households]
        )
        new = Case(
            id=old.id, places=found.places, households=found.households, persons=found.persons,
            acts=_named(found.acts, path), consents=found.consents,
            testimonies=(*found.testimonies, *_with_chains(found, old)),
        )  # fmt: skip
        new = _filled(old, new)
    else:
        text = read_text(path, kind=CaseError, most_bytes=MOST_CASE_BYTES)
        new = parse_case(text, name=str(path), tree=load_place_tree(), vocabulary=load_vocabulary())
    return _merge(before, new) if before else new


def _filled(old: Case, new: Case) -> Case:
    """What a spreadsheet leaves empty, or has no column for, stays as it was: it adds and corrects, it never blanks."""
    changed: dict[str, Any] = {}
    for attribute in ("households", "persons", "acts", "testimonies", "consents"):
        before = {v.id: v for v in getattr(old, attribute)}
        changed[attribute] = tuple(
            replace(v, **_left_empty(before[v.id], v)) if v.id in before else v for v in getattr(new, attribute)
        )
    return replace(new, **changed)


def _left_empty(old: Any, new: Any) -> dict[str, Any]:
    return {f.name: getattr(old, f.name) for f in fields(new) if f.name != "id" and getattr(new, f.name) == f.default}


def _named(acts: Iterable[CaseAct], path: Path) -> tuple[CaseAct, ...]:
    """The acts; those that were named after their row are also named after their file, since rows repeat."""
    prefix = f"{_id_of(path)[:40]}-"
    return tuple(replace(a, id=ActId(prefix + a.id)) if _ROW.fullmatch(a.id) else a for a in acts)


def _with_chains(found: Tables, old: Case) -> Iterator[Testimony]:
    """Testimonies of the case whose chain is in the tables, and they themselves are not."""
    known = {t.id: t for t in old.testimonies}
    for testimony, chain in found.chains:
        if testimony not in known:
            raise TableError(
                "the table of chains names a testimony that neither the file nor the case has.",
                hint="Add the testimony, or correct its id.",
            )
        yield replace(known[testimony], chain=tuple(chain))


def _id_of(path: Path) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in path.stem.lower()).strip("-")
    return words[:64] or "case"


def _merge(before: Case, new: Case) -> Case:
    """Both: what has an id of before takes its place, the rest comes after."""
    merged: dict[str, Any] = {}
    for attribute in ("places", "households", "persons", "acts", "testimonies", "consents", "attachments", "claims"):
        key = "path" if attribute == "places" else "id"
        values = {getattr(v, key): v for v in getattr(before, attribute)}
        values.update({getattr(v, key): v for v in getattr(new, attribute)})
        merged[attribute] = tuple(values.values())
    return Case(id=before.id, **merged)


def _run_id(vault: Unlocked, digest: bytes, target: str) -> str:
    return hmac.digest(vault.mailbox_key.raw, bind("import", digest.hex(), target), "sha256").hex()


def _begin(vault: Unlocked, name: str, run: str) -> OpenCase:
    """The case and the beginning of its import, in one transaction."""
    salt = os.urandom(32)
    opened = create_case(vault, name, progress=lambda case: _progress(case, run, salt, done=0, finished=False))
    return vault.open_case(opened.id)


def _progress(case: OpenCase, run: str, salt: bytes, *, done: int, finished: bool) -> Progress:
    plain = json.dumps({"salt": salt.hex(), "epoch": case.epoch}).encode()
    sealed = case.epoch.to_bytes(4, "big") + case.sub_keys["roster", case.epoch].seal(plain, bound=_bound(case.id, run))
    return Progress(id=run, case=case.id, done=done, finished=finished, sealed=sealed)


def _bound(case: str, run: str) -> bytes:
    return bind("progress", case, run)


def _salt(case: OpenCase, progress: Progress) -> bytes:
    key = case.sub_keys.get(("roster", int.from_bytes(progress.sealed[:4], "big")))
    try:
        if key is None:
            raise Unsealable
        found = json.loads(key.open(progress.sealed[4:], bound=_bound(case.id, progress.id)))
    except Unsealable:
        raise DamagedVault("the state of this import does not open.", hint="Run bearwitness vault check.") from None
    return bytes.fromhex(found["salt"])


def _write(
    vault: Unlocked, opened: OpenCase, before: Archive, new: Case, path: Path, *, run: str, salt: bytes,
    report: Report | None, step: int, resumed: bool,
) -> Imported:  # fmt: skip
    """Write what is new in steps; the last one says that the import is finished."""
    vault.check_may_write(opened)

    def new_row(kind: str, name: str) -> str:
        return hmac.digest(salt, f"{kind}\0{name}".encode(), "sha256").hex()[:32]

    known = {(a.kind, a.name) for a in before.records.values()}
    fresh = tuple(a for a in new.attachments if ("attachment", a.id) not in known)
    incoming = _Incoming(vault, fresh, path.with_name(f"{path.stem}.attachments"))
    keys = vault.unit_keys(opened)
    total = sum(len(getattr(new, a)) for a in ("places", "households", "persons", "acts", "testimonies", "consents",
                                               "attachments", "claims"))  # fmt: skip
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    batch: list[RecordRow] = []
    done = 0

    def flush(*, finished: bool) -> None:
        check_not_shredded(vault, opened, keys)
        progress = _progress(opened, run, salt, done=done, finished=finished)
        change = Change(records=batch, unit_keys=keys.made, progress=progress)
        vault.record(Act(action="import", case=opened.id, things={"records": len(batch)}), change, case=opened)
        batch.clear()
        keys.made.clear()

    for item in Taking(opened, keys, before, new_row, sealed_only=incoming).rows(new):
        done += 1
        counts["unchanged" if item is None else "added" if item[1] else "changed"] += 1
        if item is not None:
            batch.append(item[0])
        if len(batch) >= step:
            flush(finished=False)
        if report is not None and done % 500 == 0:
            report(done, total)
    flush(finished=True)
    if report is not None:
        report(total, total)
    return Imported(case=opened.id, name=opened.roster.name, resumed=resumed, **counts)
