"""Read the files of a command: each with its own class of error, none of their content in a message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.documents.files import read_text
from bearwitness.errors import CaseError, DecisionsError, LedgerError, PolicyError
from bearwitness.model.codec import load_case, load_decisions, load_ledger, load_policy
from bearwitness.model.places import PlaceTree
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.release.ledger import ledger_head
from bearwitness.services.drafts import DraftFile, read_draft_file
from bearwitness.services.frame_rows import find_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the files said, and which files they were (an output may overwrite none of them)."""

    file: DraftFile
    case: Case | None
    ledger: Ledger | None
    policy: Policy | None
    decisions: Decisions | None
    paths: tuple[Path, ...]

    @property
    def draft(self) -> str:
        """The text of the draft."""
        return self.file.text


def read_inputs(
    draft: Path | None,
    *,
    case: Path | None = None,
    ledger: Path | None = None,
    policy: Path | None = None,
    decisions: Path | None = None,
) -> Inputs:
    """Read a draft and what surrounds it.

    Parameters
    ----------
    draft : Path or None
        The text, in a document of any form that is read; an empty one where there is none.
    case, ledger, policy, decisions : Path, optional
        Files of the formats in docs/reference/files.md.

    Raises
    ------
    BearwitnessError
        Of the class of the file that is wrong, with file, line and column.
    """
    tree, vocabulary = load_place_tree(), load_vocabulary()
    judged_by = _read_policy(policy) if policy else None
    return Inputs(
        file=read_draft_file(draft) if draft else DraftFile(text=""),
        case=load_case(read_text(case, kind=CaseError), name=str(case), tree=tree, vocabulary=vocabulary)
        if case
        else None,
        ledger=_read_ledger(ledger, tree, vocabulary) if ledger else None,
        policy=judged_by,
        decisions=load_decisions(read_text(decisions, kind=DecisionsError), name=str(decisions))
        if decisions
        else None,
        paths=(*(p for p in (draft, case, ledger, policy, decisions) if p is not None), *_files_of(judged_by)),
    )


def _read_policy(path: Path) -> Policy:
    """A policy; the files that it names lie beside it."""
    found = load_policy(read_text(path, kind=PolicyError), name=str(path))
    sized = found.acted_size
    return replace(
        found, rows=tuple(str(path.parent / name) for name in found.rows),
        acted_size=replace(sized, estimate=str(path.parent / sized.estimate)) if sized else None,
    )  # fmt: skip


def _files_of(policy: Policy | None) -> tuple[Path, ...]:
    sized = policy.acted_size if policy else None
    rows = (p for one in find_rows(policy.rows if policy else ()) for p in (one.file, one.table))
    return (*rows, *((Path(sized.estimate),) if sized else ()))


def _read_ledger(path: Path, tree: PlaceTree, vocabulary: Vocabulary) -> Ledger:
    found = load_ledger(read_text(path, kind=LedgerError), name=str(path), tree=tree, vocabulary=vocabulary)
    if found.head and found.head != ledger_head(found):
        raise LedgerError(
            "the releases are not those of which the ledger states the head: one was altered, added or taken away.",
            hint="Find out which, from a copy; then write the head that assess --json prints.", where=str(path),
        )  # fmt: skip
    return found
