"""Change the drafts of a series, read all of them anew, and write them only if they are safe together."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bearwitness.errors import BearwitnessError, NotSafe, OutputError
from bearwitness.model.assessment import Edit
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.model.series import Series
from bearwitness.services.drafts import DraftFile, form_of_output
from bearwitness.services.releasing import write_released
from bearwitness.services.rewrite import (
    MOST_ROUNDS,
    check_nothing_vanished,
    claims_as_changed,
    refuse_what_no_wording_mends,
)
from bearwitness.services.series import SeriesPlan, plan_together, set_up_series
from bearwitness.services.series_parts import Before, edited_claims, of_draft
from bearwitness.text.editing import apply_edits, compose_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenSeries:
    """Changed drafts that were planned again together and are safe; ``edits`` are those of each draft, by round."""

    texts: tuple[str, ...]
    edits: tuple[tuple[tuple[Edit, ...], ...], ...]
    before: Series
    after: Series
    rounds: int


def rewrite_series(
    drafts: Sequence[str],
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> RewrittenSeries:
    """The drafts with the least changes made, read again together and safe.

    Parameters are those of ``services.series.plan_series``.

    Raises
    ------
    NotSafe
        If passages are unresolved, consent is missing, no wording is safe, or the changed drafts, read anew, are
        still not safe together. Nothing is returned then.
    """
    bench = set_up_series(drafts, case, ledger, policy, decisions)
    texts = tuple(drafts)
    first = current = plan_together(bench, texts, today=today)
    edits: list[tuple[tuple[Edit, ...], ...]] = []
    edited = edited_claims(bench.case, texts)
    for rounds in range(MOST_ROUNDS + 1):
        by_draft = tuple(tuple(made[i] for made in edits) for i in range(len(texts)))
        if current.series.safe:
            _check_nothing_vanished(first, current)
            return RewrittenSeries(
                texts=texts, edits=by_draft, before=first.series, after=current.series, rounds=rounds
            )
        _refuse_what_no_wording_mends(current, rounds)
        planned = tuple(d.edits for d in current.series.drafts)
        changed = tuple(apply_edits(t, e) for t, e in zip(texts, planned, strict=True))
        if changed == texts:
            break
        texts = changed
        edits.append(planned)
        # Words that an editor's claim quotes may be gone: of each draft it says what was put in their place there.
        edited = [claims_as_changed(c, t, a) for c, t, a in zip(edited, texts, current.assessments, strict=True)]
        before = [
            Before(reading, compose_edits(len(draft), (*made, new)))
            for reading, draft, made, new in zip(first.readings, drafts, by_draft, planned, strict=True)
        ]
        current = plan_together(bench, texts, today=today, before=before, edited=edited)
    raise NotSafe(
        "the changed drafts, read anew, are still not safe together; nothing was written.",
        hint="Take out the passages of the households over the threshold by hand, then plan again.",
    )


def _check_nothing_vanished(first: SeriesPlan, last: SeriesPlan) -> None:
    for number, (before, after) in enumerate(zip(first.assessments, last.assessments, strict=True), 1):
        with of_draft(number):
            check_nothing_vanished(before, after)


def _refuse_what_no_wording_mends(current: SeriesPlan, rounds: int) -> None:
    for number, found in enumerate(current.assessments, 1):
        with of_draft(number):
            refuse_what_no_wording_mends(found, rounds)
    if not current.series.possible:
        raise NotSafe(
            f"no wording of the {'drafts' if rounds == 0 else 'changed drafts'} is safe together while the policy "
            "keeps what it keeps; nothing was written.",
            hint="Leave out a passage or a draft, or let the policy keep less.",
        )


def write_series(
    folder: Path,
    drafts: Sequence[tuple[Path, DraftFile]],
    found: RewrittenSeries,
    *,
    case: Case | None,
    decisions: Decisions | None,
    images: bool = False,
) -> tuple[Path, ...]:
    """Write every draft of a series that was found safe, changed or not, into a new folder: all of them or none.

    Parameters
    ----------
    folder : Path
        A folder that does not exist yet, or is empty; only its owner can read it.
    drafts : sequence of (Path, DraftFile)
        Where each draft was read, and what was read; each is written under its own name, in its own form.
    found : RewrittenSeries
        What was changed in their texts.
    case, decisions, images
        As ``services.releasing.write_released`` takes them.

    Returns
    -------
    tuple of Path
        The files, in the order of the drafts.

    Raises
    ------
    LeakError
        If anything in a produced file holds more than the safe text does.
    OutputError
        If a file cannot be written, two drafts have one name, or the folder is not empty.
    """
    names = [path.name for path, _ in drafts]
    _check_names(names)
    _check_folder(folder)
    beside = Path()
    try:
        beside = Path(tempfile.mkdtemp(prefix=".bearwitness-", dir=folder.parent))
        for name, (_, draft), rounds in zip(names, drafts, found.edits, strict=True):
            _write(beside / name, folder / name, draft, rounds, case=case, decisions=decisions, images=images)
        if folder.exists():
            folder.rmdir()
        # Whoever looks finds the whole series or nothing.
        os.rename(beside, folder)
    except OSError:
        raise OutputError(
            "the folder cannot be made.", hint="Check your right to it and the space on the disk.", where=str(folder)
        ) from None
    finally:
        if beside.name:
            shutil.rmtree(beside, ignore_errors=True)
    return tuple(folder / name for name in names)


def _write(
    path: Path, shown: Path, draft: DraftFile, rounds: Sequence[Sequence[Edit]], *, case: Case | None,
    decisions: Decisions | None, images: bool,
) -> None:  # fmt: skip
    try:
        write_released(path, draft, rounds, case=case, decisions=decisions, images=images)
    except BearwitnessError as error:
        raise type(error)(error.message, hint=error.hint, where=str(shown)) from None


def _check_names(names: Sequence[str]) -> None:
    for at, name in enumerate(names):
        form_of_output(Path(name))
        if name.casefold() in {other.casefold() for other in names[:at]}:
            raise OutputError(
                "two of the drafts have this name, and each is written under its own.",
                hint="Rename one of them.", where=name,
            )  # fmt: skip


def _check_folder(folder: Path) -> None:
    if not folder.name:
        raise OutputError("this is not the name of a folder that can be made.", hint="Name a new folder.")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(
                "the folder is not empty.", hint="Name a folder that does not exist yet.", where=str(folder)
            )
    except OSError:
        raise OutputError("this is not a folder.", hint="Name a new folder.", where=str(folder)) from None
