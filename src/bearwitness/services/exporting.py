"""Give a case out: as a case file with its attachments, or as a spreadsheet, as far as consent lets it leave."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Literal

from bearwitness.documents.files import write_through
from bearwitness.documents.spreadsheet_writing import write_csv, write_workbook
from bearwitness.errors import UsageError
from bearwitness.model.codec import dump_case
from bearwitness.model.codec.kinds import ID_PATTERN
from bearwitness.model.records import Case
from bearwitness.release.consent import DOCUMENTATION, check_purpose
from bearwitness.release.selection import Withheld
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.attachments import open_checked
from bearwitness.services.case_notes import Departure, departure_note
from bearwitness.services.unlocked import Unlocked
from bearwitness.services.usable import select_usable
from bearwitness.vault.rows import Change, Compartment
from bearwitness.vault.trail import Act

Format = Literal["yaml", "xlsx", "csv"]
_NEEDS: Final[tuple[Compartment, ...]] = ("identity", "chain", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What left: where it lies, how many records, which of them were held back and why."""

    path: str
    purpose: str
    recipient: str
    acts: int
    persons: int
    testimonies: int
    attachments: int
    withheld: tuple[Withheld, ...]


def export_case(
    vault: Unlocked, name: str, path: Path, *, purpose: str, recipient: str = "", form: Format = "yaml",
    table: str | None = None, age_recipients: Collection[str] = (), replace_file: bool = False,
) -> Exported:  # fmt: skip
    """Export what consent lets leave for a purpose.

    Parameters
    ----------
    vault, name
        The vault and the case; identity, chain and content are needed, and evidence where it has files.
    path : Path
        The file to write. Attachments go beside it, into a folder of its name that ends in ``.attachments``.
    purpose : str
        One of ``release.consent.PURPOSES``; ``documentation`` is the organisation's own use.
    recipient : str
        Who gets it, in words; needed for every purpose by which something leaves.
    form : {"yaml", "xlsx", "csv"}
        A case file, a workbook, or one table.
    table : str, optional
        Which table a CSV file holds; acts if not given.
    age_recipients : collection of str
        Keys (``age1...``) to encrypt to: the file is then an age-encrypted archive of everything.
    replace_file : bool
        Whether a file that exists may be replaced.

    Raises
    ------
    UsageError
        If the purpose is not known, or who gets it was not said.
    ConsentMissing, AccessDenied, OutputError
        If it may not leave, or cannot be written.
    """
    check_purpose(purpose)
    if purpose != DOCUMENTATION and not recipient.strip():
        raise UsageError("say who gets it.", hint="Add --recipient with the name of the organisation or person.")
    opened = vault.open_case(name, needs=_NEEDS)
    archive = load_case(vault, opened)
    # Whoever lacks the evidence does not see that there is any: asked of the rows, not of what was read.
    if any(kind == "attachment" for _, kind, _ in vault.store.versions(opened.id)):
        opened = vault.open_case(name, needs=(*_NEEDS, "evidence"))
    chosen = select_usable(opened, archive.case, purpose, vault.today())
    case = replace(chosen.case, id=_file_id(opened.roster.name, opened.id))
    told = tuple(r for t in case.testimonies if (r := archive.row_of("testimony", t.id)) is not None)
    departure = Departure(
        what="export", of=form, recipient=recipient, purpose=purpose, at=vault.now(), testimonies=told
    )
    keys = vault.unit_keys(opened)
    # The trail first: a copy that nobody wrote down must not exist, a note of a copy that failed may.
    act = Act(action="case.export", case=opened.id, things={"purpose": purpose, "testimonies": len(told)})
    row = departure_note(vault, opened, keys, departure)
    vault.record(act, Change(records=[row], unit_keys=keys.made), case=opened)
    _write(vault, archive, case, path, form, table, age_recipients, replace_file)
    return Exported(
        path=str(path), purpose=purpose, recipient=recipient, acts=len(case.acts), persons=len(case.persons),
        testimonies=len(case.testimonies), attachments=len(case.attachments), withheld=chosen.withheld,
    )  # fmt: skip


def _file_id(name: str, case: str) -> str:
    return name if re.fullmatch(ID_PATTERN, name) else case


def _write(
    vault: Unlocked, archive: Archive, case: Case, path: Path, form: Format, table: str | None,
    age_recipients: Collection[str], replace_file: bool,
) -> None:  # fmt: skip
    if age_recipients:
        if form != "yaml":
            raise UsageError("only a case file is encrypted as a whole.", hint="Leave out --format, or --to.")
        write_through(path, lambda file: _write_age(vault, archive, case, file, age_recipients), replace=replace_file)
    elif form == "xlsx":
        write_workbook(case, path, replace=replace_file)
    elif form == "csv":
        write_csv(case, table or "acts", path, replace=replace_file)
    else:
        text = dump_case(case).encode()
        write_through(path, lambda file: file.write(text), replace=replace_file)
        folder = path.with_name(f"{path.stem}.attachments")
        for attachment in case.attachments:
            folder.mkdir(mode=0o700, exist_ok=True)
            write_through(
                folder / attachment.id, lambda file, a=attachment: open_checked(vault, archive, a, file),  # type: ignore[misc]
                replace=replace_file,
            )  # fmt: skip


def _write_age(
    vault: Unlocked, archive: Archive, case: Case, target: BinaryIO, recipients: Collection[str]
) -> None:
    """A tar of the case file and its attachments, encrypted to age keys; in memory only, never on the disk in clear."""
    import pyrage

    try:
        to = [pyrage.x25519.Recipient.from_str(word) for word in recipients]
    except pyrage.RecipientError:
        raise UsageError("this is not an age key.", hint="Give a key that begins with age1.") from None
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        _add(tar, f"{case.id}.yaml", dump_case(case).encode())
        for attachment in case.attachments:
            plain = io.BytesIO()
            open_checked(vault, archive, attachment, plain)
            _add(tar, f"{case.id}.attachments/{attachment.id}", plain.getvalue())
    packed.seek(0)
    pyrage.encrypt_io(packed, target, to)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o600
    tar.addfile(info, io.BytesIO(content))
