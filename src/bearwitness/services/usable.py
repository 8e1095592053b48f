"""What of a case may be used, as far as the member who asks can tell: whoever cannot see who told what is told less."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.model.records import Attachment, Case
from bearwitness.release.consent import DOCUMENTATION, consent_states, why_kept_out
from bearwitness.release.pruning import acts_only_in, prune
from bearwitness.release.selection import Selection, Withheld, select_for
from bearwitness.services.unlocked import OpenCase
from bearwitness.vault.rows import Compartment

# Whose account it is, and which names stand in it: without them nobody can tell whose objection it falls under.
_TELLING: Final[frozenset[Compartment]] = frozenset({"identity", "chain"})
_UNSEEN: Final = "somebody of this case objects, and you may not see who told this account"


def select_usable(opened: OpenCase, case: Case, purpose: str, on: date) -> Selection:
    """What of a case this member may use for a purpose on a day.

    Parameters
    ----------
    opened : OpenCase
        The case, with the compartments that the member holds.
    case : Case
        As this member reads it.
    purpose, on
        As for ``release.selection.select_for``.

    Returns
    -------
    Selection
        As ``select_for``, and without the files of accounts that are left out. A file that belongs to no account
        leaves for no purpose: nobody was asked. Where somebody is kept out, a member who cannot see who told which
        account, or whom an account names, gets none of the accounts.

    Raises
    ------
    UsageError
        If the purpose is not known.
    """
    chosen = select_for(case, purpose, on)
    used, withheld = chosen.case, list(chosen.withheld)
    if not opened.compartments >= _TELLING and _somebody_objects(case, purpose, on):
        unseen = [t.id for t in used.testimonies]
        acts = acts_only_in(used, unseen)
        used = prune(used, testimonies=unseen, persons=(), acts=acts)
        withheld += [Withheld(id=name, kind="testimony", why=_UNSEEN) for name in unseen]
        withheld += [Withheld(id=name, kind="act", why=_UNSEEN) for name in sorted(acts)]
    accounts = {t.id for t in used.testimonies}
    files = tuple(a for a in case.attachments if _may_go(a, accounts, purpose))
    return Selection(case=replace(used, attachments=files), withheld=tuple(withheld))


def _somebody_objects(case: Case, purpose: str, on: date) -> bool:
    return any(why_kept_out(states, purpose, on) for states in consent_states(case).values())


def _may_go(attachment: Attachment, accounts: Collection[str], purpose: str) -> bool:
    if attachment.testimony is None:
        return purpose == DOCUMENTATION
    return attachment.testimony in accounts
