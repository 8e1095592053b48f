"""Where an attachment's sealed file lies and by which key it opens: kept with its evidence, and gone with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bearwitness.errors import AttachmentError
from bearwitness.services.archive import read_stored
from bearwitness.services.unlocked import OpenCase, Unlocked
from bearwitness.vault.attachment_files import AttachmentFolder


def files_of(vault: Unlocked) -> AttachmentFolder:
    """The folder of the sealed files.

    Raises
    ------
    AttachmentError
        If this machine was not told where it is.
    """
    if vault.files is None:
        raise AttachmentError(
            "this machine does not know where the vault's files lie.", hint="Name their folder with --files."
        )
    return AttachmentFolder(vault.files)


def attachment_files(vault: Unlocked, opened: OpenCase, rows: Collection[str] | None = None) -> dict[str, str]:
    """The sealed file of each attachment, by row; of some rows only where given. Those not readable are left out."""
    stored, _ = read_stored(vault.store.records(opened.id, ("attachment",)), vault.unit_keys(opened))
    return {
        s.row: str(s.plain["file"]) for s in stored
        if "file" in s.plain and (rows is None or s.row in rows)
    }  # fmt: skip


def remove_files(vault: Unlocked, files: dict[str, str]) -> int:
    """Remove sealed files whose keys are gone; how many. What cannot be reached now is swept by a later check."""
    if vault.files is None or not files:
        return 0
    folder = AttachmentFolder(vault.files)
    names: Sequence[str] = sorted(set(files.values()) & set(folder.names()))
    for name in names:
        folder.remove(name)
    return len(names)
