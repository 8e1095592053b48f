"""Every deliberate error: what happened, what to do next, and an exit status of its own.

A message names ids, files, lines and columns; it never quotes the content of a case.
"""


class BearwitnessError(Exception):
    """An error a user can meet: one line saying what is wrong and what to do next.

    Parameters
    ----------
    message : str
        What is wrong, in one line, without case content.
    hint : str
        What to do next.
    where : str
        ``file:line:column`` or ``file``, empty where there is none.
    """

    status = 1

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


class UsageError(BearwitnessError):
    """The command was called with arguments that do not fit."""

    status = 2


class NotSafe(BearwitnessError):
    """The release was assessed and must not leave as it is."""

    status = 3


class DraftError(BearwitnessError):
    """The draft cannot be read as text."""

    status = 4


class CaseError(BearwitnessError):
    """The case file is malformed or contradicts itself."""

    status = 5


class LedgerError(BearwitnessError):
    """The ledger of earlier releases is malformed."""

    status = 6


class PolicyError(BearwitnessError):
    """The policy file is malformed."""

    status = 7


class DecisionsError(BearwitnessError):
    """The decisions file is malformed."""

    status = 8


class ClaimError(BearwitnessError):
    """A claim fits no household, or two claims about one person contradict each other."""

    status = 9


class FrameError(BearwitnessError):
    """A frame or an adversary file is malformed, or a frame holds single persons."""

    status = 10


class OutputError(BearwitnessError):
    """The output cannot be written where it was asked for."""

    status = 11


class TableError(BearwitnessError):
    """A spreadsheet cannot be read, or a cell of it does not say what its column asks for."""

    status = 12


class ReleaseError(BearwitnessError):
    """A step of the release workflow is not open: the draft is not that far, or what was decided is stale."""

    status = 13


class AttachmentError(BearwitnessError):
    """An attachment cannot be stored, or its file is not there."""

    status = 15


class RecoveryError(BearwitnessError):
    """The recovery kits do not open what they should, or a kit was not typed as printed."""

    status = 16


class VaultError(BearwitnessError):
    """The vault cannot be made, opened or written to."""

    status = 17


class UnlockError(BearwitnessError):
    """The member or the passphrase is wrong; which of the two is not told."""

    status = 18


class DamagedVault(BearwitnessError):
    """Something in the vault is damaged, was moved or taken out, or the vault is older than it was."""

    status = 19


class RecordError(BearwitnessError):
    """A record that was named does not exist, exists already, or was changed by somebody else meanwhile."""

    status = 20


class ConsentMissing(BearwitnessError):
    """Consent does not cover what was asked for."""

    status = 21


class AccessDenied(BearwitnessError):
    """The member may not do this."""

    status = 14


class DamagedAttachment(BearwitnessError):
    """An attachment's file is damaged, cut short, or the file of another attachment."""

    status = 22


class DocumentError(BearwitnessError):
    """A file cannot be read as a document: damaged, locked, too large, or of a form that is not read."""

    status = 23


class LeakError(BearwitnessError):
    """What was produced holds what must not leave; it was not kept."""

    status = 24


class LinkageError(BearwitnessError):
    """Records cannot be linked as asked, or decisions about pairs contradict each other."""

    status = 25


class EstimationError(BearwitnessError):
    """Counts cannot be estimated from as they are: a cell, a date or a channel does not fit."""

    status = 26


class NumberRefused(BearwitnessError):
    """No number of unseen acts may be given, for one stratum at least."""

    status = 27
