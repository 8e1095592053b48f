"""Files that belong to a case: taken in sealed, checked against what they were, and given out again as they were."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Literal

from bearwitness.documents.files import write_through
from bearwitness.errors import AttachmentError, DamagedAttachment, DamagedVault, RecordError
from bearwitness.model.records import Attachment, Case, Custody
from bearwitness.services.archive import Archive, load_case
from bearwitness.services.attachment_keys import files_of
from bearwitness.services.intake import check_may_use
from bearwitness.services.record_shapes import Plain
from bearwitness.services.saving import save_case
from bearwitness.services.unlocked import Unlocked
from bearwitness.vault.attachment_stream import Sealed, open_stream, seal_stream
from bearwitness.vault.rows import Compartment
from bearwitness.vault.sealing import SecretKey
from bearwitness.vault.trail import Act

_NEEDS: Final[tuple[Compartment, ...]] = ("identity", "content", "evidence")
Progress = Callable[[int], None]


class Nowhere(io.RawIOBase):
    """Takes bytes and keeps none."""

    def writable(self) -> bool:
        """It is only written to."""
        return True

    def write(self, data: object) -> int:
        """How many bytes were taken: all."""
        return len(data)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A file as it was taken in, and what its record keeps that no model has."""

    sealed: Sealed
    held_back: Plain


def take_in(vault: Unlocked, source: BinaryIO, progress: Progress | None = None) -> SealedFile:
    """Seal a file into the vault's folder under a key of its own; it belongs to nothing until a record says so."""
    key, file_id = SecretKey.generate(), os.urandom(16)
    name, sealed = files_of(vault).write(
        lambda target: seal_stream(source, target, key=key.raw, file_id=file_id, progress=progress)
    )
    return SealedFile(sealed=sealed, held_back={"file": name, "key": key.raw.hex(), "file_id": file_id.hex()})


def add_attachment(
    vault: Unlocked, name: str, path: Path, *, testimony: str | None = None, progress: Progress | None = None
) -> Attachment:
    """Take a file into a case; the original is only read.

    Parameters
    ----------
    vault, name
        The vault and the case, of which identity, content and evidence are needed.
    path : Path
        The file.
    testimony : str, optional
        The account it belongs to: it is destroyed with that.
    progress : callable, optional
        Called with the bytes done.

    Raises
    ------
    AttachmentError
        If the file cannot be read, or the vault's folder of files not be written to.
    RecordError
        If there is no such testimony.
    """
    opened = vault.open_case(name, needs=_NEEDS)
    archive = load_case(vault, opened)
    if testimony is not None and archive.row_of("testimony", testimony) is None:
        raise RecordError("there is no such testimony.", hint="See all with bearwitness case show.")
    vault.check_may_write(opened)
    try:
        with path.open("rb") as source:
            taken = take_in(vault, source, progress)
    except OSError:
        raise AttachmentError("the file cannot be read.", hint="Check its name.", where=str(path)) from None
    known = {a.id for a in archive.case.attachments}
    new_id = next(f"f-{n}" for n in range(1, len(known) + 2) if f"f-{n}" not in known)
    made = Attachment(
        id=new_id, name=path.name, sha256=taken.sealed.sha256, size=taken.sealed.size, testimony=testimony,
        custody=(_step(vault, "taken"),),
    )  # fmt: skip
    new = replace(archive.case, attachments=(*archive.case.attachments, made))
    save_case(
        vault, opened, archive, new, Act(action="attach.add", case=opened.id),
        sealed_only={("attachment", made.id): taken.held_back},
    )  # fmt: skip
    return made


def verify_attachment(vault: Unlocked, name: str, attachment: str, progress: Progress | None = None) -> Attachment:
    """Read a sealed file to its end and compare it with what was taken in; the check is written into its custody.

    Raises
    ------
    DamagedVault
        If it is not the file that was taken in, or is missing.
    """
    return _open(vault, name, attachment, "checked", lambda read: read(Nowhere()), progress)  # type: ignore[arg-type]


def extract_attachment(
    vault: Unlocked, name: str, attachment: str, target: Path, *, replace_file: bool = False,
    progress: Progress | None = None,
) -> Attachment:  # fmt: skip
    """Give a file out as it was taken in, in full or not at all; that it left the vault is written into its custody.

    Raises
    ------
    DamagedVault
        If it is not the file that was taken in.
    ConsentMissing
        If its account may not be used.
    OutputError
        If the target cannot be written.
    """
    return _open(
        vault, name, attachment, "extracted", lambda read: write_through(target, read, replace=replace_file), progress
    )


def _open(
    vault: Unlocked, name: str, attachment: str, what: Literal["checked", "extracted"],
    give: Callable[[Callable[[BinaryIO], object]], object], progress: Progress | None,
) -> Attachment:  # fmt: skip
    opened = vault.open_case(name, needs=_NEEDS)
    archive = load_case(vault, opened)
    found = next((a for a in archive.case.attachments if a.id == attachment), None)
    act = Act(action=f"attach.{what}", case=opened.id, things={"record": archive.row_of("attachment", attachment)})
    with vault.refusing(act, case=opened):
        if found is None:
            raise RecordError("there is no such attachment.", hint="See all with bearwitness case show.")
        if found.testimony is not None:
            check_may_use(vault, opened, archive.case, found.testimony)
        # What cannot be written into the trail and its custody is not given out.
        vault.check_may_write(opened)
        vault.record(act, case=opened)
        give(lambda target: open_checked(vault, archive, found, target, progress))
    done = replace(found, custody=(*found.custody, _step(vault, what)))
    save_case(vault, opened, archive, _with(archive.case, done), replace(act, action="attach.custody"))
    return done


def open_checked(
    vault: Unlocked, archive: Archive, attachment: Attachment, target: BinaryIO, progress: Progress | None = None
) -> None:
    """Write a file's plain bytes, and refuse it where they are not those that were taken in.

    Raises
    ------
    DamagedVault
        Naming the attachment; what was written must be thrown away.
    """
    stored = archive.records["attachment", attachment.id]
    if not stored.plain.keys() >= {"file", "key", "file_id"}:
        raise _damaged(attachment)
    key, file_id = (bytes.fromhex(str(stored.plain[k])) for k in ("key", "file_id"))
    try:
        with files_of(vault).open(str(stored.plain["file"])) as source:
            sealed = open_stream(source, target, key=key, file_id=file_id, progress=progress)
    except (AttachmentError, DamagedAttachment):
        raise _damaged(attachment) from None
    if (sealed.sha256, sealed.size) != (attachment.sha256, attachment.size):
        raise _damaged(attachment)


def _damaged(attachment: Attachment) -> DamagedVault:
    return DamagedVault(
        f"the file of attachment {attachment.id} is missing, or is not the one that was taken in.",
        hint="Run bearwitness vault check; restore a backup of the files.",
    )


def _step(vault: Unlocked, what: Literal["taken", "checked", "extracted"]) -> Custody:
    return Custody(at=vault.now(), what=what, by=vault.member)


def _with(case: Case, attachment: Attachment) -> Case:
    return replace(case, attachments=tuple(attachment if a.id == attachment.id else a for a in case.attachments))
