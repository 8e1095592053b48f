"""Write what may leave: the changed draft, set anew in the form asked for, and looked at as a stranger would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bearwitness.documents.files import write_atomically
from bearwitness.documents.flat import flatten
from bearwitness.model.assessment import Edit
from bearwitness.model.publication import Decisions
from bearwitness.model.records import Case
from bearwitness.services.drafts import DraftFile, changed_document, form_of_output
from bearwitness.services.recorded_forms import finder
from bearwitness.text.editing import apply_edits, compose_edits


def write_released(
    path: Path,
    draft: DraftFile,
    rounds: Sequence[Sequence[Edit]],
    *,
    case: Case | None,
    decisions: Decisions | None,
    images: bool = False,
    forbidden: Sequence[Path] = (),
    replace: bool = False,
) -> None:
    """Write a changed draft that was found safe; whatever else its file carried stays behind.

    Parameters
    ----------
    path : Path
        Where to; its ending says in which form.
    draft : DraftFile
        The draft as it was read.
    rounds : sequence of sequence of Edit
        What was changed in its text.
    case, decisions
        The record and what was decided: no form of it but those that the safe text itself holds may be in the file.
    images : bool
        Whether pictures go out too, rebuilt from their pixels.
    forbidden, replace
        As ``documents.files.write_atomically`` has them.

    Raises
    ------
    LeakError
        If anything in the produced file holds more than the safe text does; the file is gone then.
    OutputError
        If it cannot be written.
    """
    form = form_of_output(path)
    edits = compose_edits(len(draft.text), rounds)
    if draft.flat is None and form == "text":
        write_atomically(path, apply_edits(draft.text, edits), forbidden=forbidden, replace=replace)
        return
    # What sets a document anew takes a while to load.
    from bearwitness.documents.producing import produce
    from bearwitness.documents.verifying import write_verified

    document = changed_document(draft, rounds, images=images)
    find = finder(case, decisions or Decisions())
    allowed = frozenset(find(flatten(document).text))
    write_verified(
        path, produce(document, form), finds=lambda text: sorted(set(find(text)) - allowed), forbidden=forbidden,
        replace=replace,
    )  # fmt: skip
