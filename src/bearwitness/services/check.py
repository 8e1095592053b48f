"""Check a finished file: what its page says, and everything it carries that a reader of the page does not see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from bearwitness.documents.content import DocumentForm, Hidden, HiddenKind
from bearwitness.documents.files import read_bytes
from bearwitness.documents.flat import flatten
from bearwitness.documents.opening import open_document
from bearwitness.documents.verifying import is_harmless
from bearwitness.errors import DocumentError
from bearwitness.model.assessment import Assessment
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.services.recorded_forms import find_recorded
from bearwitness.services.workbench import set_up
from bearwitness.services.world import load_world
from bearwitness.text.reading import read_draft
from bearwitness.text.redaction import find_holes

MOST_FILE_BYTES: Final = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """One thing that a file carries beside its page.

    ``persons`` are ids of the record whom it names; ``passages`` are words of it that point at somebody or that nobody
    accounts for.
    """

    kind: HiddenKind
    where: str
    text: str
    persons: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a finished file gives away. ``page`` is None where no text of a page can be read.

    ``clean`` only where the page is safe, and the file carries nothing beside it.
    """

    form: DocumentForm
    page: Assessment | None
    unseen: tuple[Unseen, ...]
    clean: bool


def check_file(
    path: Path,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Checked:
    """Open a finished file as a stranger would, and judge what is in it.

    Parameters
    ----------
    path : Path
        Plain text, Markdown, DOCX, ODT, PDF, HTML, an image or a sound.
    case, ledger, policy, decisions, today
        As for ``assess``.

    Returns
    -------
    Checked
        An image, a sound and a scan are never clean: what they show was read by nobody.

    Raises
    ------
    DocumentError
        If the file cannot be read.
    BearwitnessError
        As ``assess`` raises it.
    """
    bench = set_up(case, ledger, policy, decisions)
    content = read_bytes(path, kind=DocumentError, most_bytes=MOST_FILE_BYTES)
    opened = open_document(content, name=path.name)
    text = flatten(opened.document).text
    page = bench.assess(text, today=today) if text.strip() else None
    published = bench.day(today)
    beside = [e for e in opened.hidden if not is_harmless(e, opened.document) or not _is_read(e, text)]
    unseen = tuple(_judged(beside, case, bench.decisions, published))
    clean = page is not None and page.safe and not unseen
    return Checked(form=opened.form, page=page, unseen=unseen, clean=clean)


def _is_read(entry: Hidden, page: str) -> bool:
    """Whether what is beside the page was judged with it: a link's target that the page spells out; never a picture."""
    return entry.kind != "image" and (entry.kind != "link_target" or entry.text.removeprefix("mailto:") in page)


def _judged(
    hidden: Sequence[Hidden], case: Case | None, decisions: Decisions, published: date
) -> Iterable[Unseen]:
    """Each hidden thing with whom it names; a text that stands in several places is read once."""
    read: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for entry in hidden:
        if entry.text not in read:
            read[entry.text] = _read(entry.text, case, decisions, published)
        persons, passages = read[entry.text]
        yield Unseen(kind=entry.kind, where=entry.where, text=entry.text, persons=persons, passages=passages)


def _read(
    text: str, case: Case | None, decisions: Decisions, published: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not text.strip():
        return (), ()
    # An editor's own claims quote the draft, and would not be found here.
    bare = replace(case, claims=()) if case else None
    reading = read_draft(text, world=load_world(), case=bare, decisions=decisions, published=published)
    recorded = find_recorded(text, bare, decisions)
    holes = find_holes(text, reading, recorded)
    persons = {str(p.person) for p in reading.personas if p.person and not p.alternative}
    persons |= {h.person for h in recorded if h.person}
    return tuple(sorted(persons)), tuple(dict.fromkeys(text[h.start : h.end] for h in holes))
