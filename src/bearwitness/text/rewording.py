"""The changes a draft needs once it is chosen how much each claim may still say, in whatever language it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bearwitness.model.assessment import Edit, Rung
from bearwitness.model.claims import Claim, ClaimId, Language, Reading
from bearwitness.model.places import PlaceTree
from bearwitness.model.vocabulary import Vocabulary


def plan_edits(
    draft: str, reading: Reading, chosen: Mapping[ClaimId, Rung], *, tree: PlaceTree, vocabulary: Vocabulary,
    published: date,
) -> tuple[Edit, ...]:  # fmt: skip
    """The edits after which the draft says no more than what was chosen.

    Parameters
    ----------
    draft : str
        The text as its author wrote it.
    reading : Reading
        What it says; offsets are those of ``draft``.
    chosen : mapping of ClaimId to Rung
        How each claim is to be said. A claim that is missing, or whose rung has its own values, stays as it is.
    tree, vocabulary
        Names of places and terms.
    published : date
        When the draft would leave; words for a date are read back by it.

    Returns
    -------
    tuple of Edit
        Sorted, none overlapping another, none that changes nothing.
    """
    if not any(c.id in chosen and chosen[c.id].values != c.values for c in reading.claims):
        return ()
    if reading.language == "ko":
        from bearwitness.text.rewording_ko import reword_ko

        return merge_edits(
            draft, reword_ko(draft, reading, chosen, tree=tree, vocabulary=vocabulary, published=published)
        )
    from bearwitness.text.rewording_en import reword_en

    return merge_edits(
        draft, reword_en(draft, reading, chosen, tree=tree, vocabulary=vocabulary, published=published)
    )


def word_of(claim: Claim, rung: Rung, *, language: Language, tree: PlaceTree, vocabulary: Vocabulary) -> str:
    """The words that say a claim at a rung, for the list of changes; empty where nothing is said any more.

    Parameters
    ----------
    claim : Claim
        The claim as the draft makes it.
    rung : Rung
        How it is to be said.
    language : {"en", "ko"}
        Language of the draft.
    tree, vocabulary
        Names of places and terms.
    """
    if rung.values is None:
        return ""
    if language == "ko":
        from bearwitness.text.rewording_ko import word_ko

        return word_ko(claim, rung, tree=tree, vocabulary=vocabulary)
    from bearwitness.text.rewording_en import word_en

    return word_en(claim, rung, tree=tree, vocabulary=vocabulary)


def merge_edits(draft: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in order, without overlaps: the one that covers more wins, an exact duplicate is taken once.

    Parameters
    ----------
    draft : str
        The text they change.
    edits : iterable of Edit
        In any order.

    Notes
    -----
    A losing edit that reaches beyond the winning one is not thrown away: what it changes outside would stay as it
    was, and might say what must not be said. The winner grows over it instead.
    """
    kept: list[Edit] = []
    for edit in sorted({*edits}, key=lambda e: (e.start - e.end, e.start)):
        if edit.start == edit.end and not edit.instead:
            continue
        clash = next((k for k in kept if _clash(k, edit)), None)
        if clash is None:
            kept.append(edit)
        elif edit.start < clash.start or edit.end > clash.end:
            kept.remove(clash)
            start, end = min(edit.start, clash.start), max(edit.end, clash.end)
            grown = Edit(start=start, end=end, instead=clash.instead)
            swallowed = [k for k in kept if _clash(k, grown)]
            kept = [k for k in kept if k not in swallowed]
            start, end = min([start, *(k.start for k in swallowed)]), max([end, *(k.end for k in swallowed)])
            kept.append(Edit(start=start, end=end, instead=clash.instead))
    return tuple(
        e for e in sorted(kept, key=lambda e: (e.start, e.end)) if draft[e.start : e.end] != e.instead
    )


def _clash(one: Edit, other: Edit) -> bool:
    """Whether they share a character; an insertion clashes with what covers its place, two at one place do too."""
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end
