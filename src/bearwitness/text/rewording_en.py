"""An English draft made to say no more than was chosen for each of its claims, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bearwitness.model.assessment import Edit, Rung
from bearwitness.model.claims import ClaimId, Reading
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Codes
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.english_words import Page, read_page
from bearwitness.text.english_words import Sentence as Passage
from bearwitness.text.rewording_en_cast import Cast, Form, Patch
from bearwitness.text.rewording_en_compose import compose
from bearwitness.text.rewording_en_kin import PersonPart, is_kin_noun
from bearwitness.text.rewording_en_mend import Cell, cells_of, edits_of, is_whole, mend
from bearwitness.text.rewording_en_parse import read_shape
from bearwitness.text.rewording_en_parts import Chosen, Wanted, find_parts
from bearwitness.text.rewording_en_people import place_person
from bearwitness.text.rewording_en_saying import drop_work, finish, say
from bearwitness.text.rewording_en_sentence import CannotKeep, Part, Sentence
from bearwitness.text.rewording_en_taking import drop
from bearwitness.text.rewording_en_words import word_en as word_en

# One character for another, so that all offsets stay those of the draft.
_PLAIN: Final = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u00a0": " ", "\u2011": "-", "\u202f": " "}
)
_FIRST_WHAT: Final = {"name": 0, "kin": 1, "noun": 2, "title": 2, "pronoun": 3}


@dataclass(slots=True)
class _Block:
    """Sentences that stand or fall together (a quotation is not cut), and what becomes of them."""

    start: int
    end: int
    paragraph: int
    quoted: bool = False
    dropped: bool = False
    acts: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    gone: list[tuple[int, int]] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)


def reword_en(
    draft: str, reading: Reading, chosen: Mapping[ClaimId, Rung], *, tree: PlaceTree, vocabulary: Vocabulary,
    published: date,
) -> list[Edit]:  # fmt: skip
    """The edits after which an English draft says no more than was chosen.

    Parameters
    ----------
    draft : str
        The text as its author wrote it.
    reading : Reading
        What it says; offsets are those of ``draft``.
    chosen : mapping of ClaimId to Rung
        How each claim is to be said.
    tree, vocabulary
        Names of places and terms.
    published : date
        When the draft would leave.

    Returns
    -------
    list of Edit
        A passage is said less exactly where words do, else goes with its phrase or clause; a sentence that does not
        stand without it goes, or says only what was done, where that has to stay. A quotation is not reworded.
    """
    text = draft.translate(_PLAIN)
    work = Chosen(
        text=text, reading=reading, rungs=chosen, tree=tree, vocabulary=vocabulary, published=published
    )
    wanted = find_parts(work)
    page = read_page(text)
    blocks = [_change(text, block, work, wanted) for block in _blocks(page, wanted)]
    _keep_acts(blocks, work)
    _name_again(text, blocks, work)
    return _edits(draft, blocks, work)


def _blocks(page: Page, wanted: Wanted) -> Iterator[_Block]:
    """One block per sentence; all sentences that one quotation reaches into are one."""
    changed = [(p.start, p.end) for p in wanted.parts] + [
        (p.start, p.end) for p in wanted.people if p.what in ("kin", "noun")
    ]
    quotes = [q for q in page.quotes if any(a < q[1] and q[0] < b for a, b in changed)]
    last: _Block | None = None
    for passage in page.sentences:
        start, end = _trimmed(page.text, passage)
        joined = last is not None and any(a < last.end and start < b for a, b in quotes)
        if last is not None and joined and last.paragraph == passage.paragraph:
            last.end, last.quoted = end, True
            continue
        if last is not None:
            yield last
        last = _Block(start=start, end=end, paragraph=passage.paragraph)
        last.quoted = any(a < end and start < b for a, b in quotes)
    if last is not None:
        yield last


def _trimmed(text: str, passage: Passage) -> tuple[int, int]:
    said = text[passage.start : passage.end]
    return passage.start + len(said) - len(said.lstrip()), passage.start + len(said.rstrip())


def _change(text: str, block: _Block, work: Chosen, wanted: Wanted) -> _Block:
    parts = [p for p in wanted.parts if p.start < block.end and block.start < p.end]
    people = [p for p in wanted.people if p.start < block.end and block.start < p.end]
    if not parts and not people:
        return block
    if block.quoted:
        block.dropped = True
        return block
    sentence = Sentence(
        shape=read_shape(text, block.start, block.end),
        must=[m for m in wanted.must if m[0] < block.end and block.start < m[1]],
        wanted=[k for k in wanted.kept if k[0] < block.end and block.start < k[1]],
        changing=[(p.start, p.end) for p in parts],
    )
    try:
        _apply(sentence, parts, people, work)
    except CannotKeep:
        block.dropped = True
        return block
    block.gone = _runs(sentence)
    block.patches = sentence.said
    cast = Cast(nouns={}, named={})
    if not is_whole(_cells(text, block, cast), text[block.start : block.end]):
        block.dropped = True
    return block


def _apply(sentence: Sentence, parts: Sequence[Part], people: Sequence[PersonPart], work: Chosen) -> None:
    renamed = {p.persona for p in people if p.what == "name" and not p.relative}
    works = [p for p in parts if p.attribute == "occupation" and p.how == "drop"]
    for part in parts:
        if part.how != "say" and part not in works:
            drop(sentence, part)
    for part in works:
        drop_work(sentence, part, noun=work.noun(part.persona), renamed=part.persona in renamed)
    for part in parts:
        if part.how == "say":
            say(sentence, part)
    for person in sorted(people, key=lambda p: (_FIRST_WHAT[p.what], p.start)):
        place_person(sentence, person)
    finish(sentence, [(p.start, p.end) for p in parts] + [(p.start, p.end) for p in people])


def _runs(sentence: Sentence) -> list[tuple[int, int]]:
    """The passages that have gone, each as one."""
    tokens = sentence.shape.tokens
    found: list[tuple[int, int]] = []
    for i in sorted(sentence.gone):
        if found and i and found[-1][1] == tokens[i - 1].end:
            found[-1] = (found[-1][0], tokens[i].end)
        else:
            found.append((tokens[i].start, tokens[i].end))
    return found


def _cells(draft: str, block: _Block, cast: Cast) -> list[Cell]:
    cast.begin_sentence()
    apostrophe = "\u2019" if "\u2019" in draft else "'"
    changes: list[tuple[int, int, str]] = []
    at = block.start
    pieces: list[tuple[int, int, Patch | None]] = [(a, b, None) for a, b in block.gone]
    pieces += [(p.start, p.end, p) for p in block.patches]
    for start, end, patch in sorted(pieces, key=lambda c: (c[0], c[1] > c[0], c[2] is None, -c[1])):
        words = cast.say(patch).replace("'", apostrophe) if patch is not None else ""
        if end <= at and start < at and not (start == end and words):
            continue
        changes.append((max(start, at), max(end, at), words))
        at = max(at, end)
    capital = draft[block.start].isupper() or at > block.start
    return mend(cells_of(draft, block.start, block.end, changes), capital=capital)


def _keep_acts(blocks: Sequence[_Block], work: Chosen) -> None:
    """What was done and has to stay, where its sentence goes: the first such sentence says it in plain words."""
    for claim in work.reading.claims:
        values = work.rung(claim).values
        if claim.attribute != "act" or not isinstance(values, Codes) or not claim.spans:
            continue
        told = [s for s in claim.spans if not is_kin_noun(s.quote)] or claim.spans
        homes = [b for b in blocks if any(b.start <= s.start < b.end for s in told)]
        if homes and all(b.dropped for b in homes):
            homes[0].acts.setdefault(claim.persona, []).append(values.codes)


def _name_again(text: str, blocks: Sequence[_Block], work: Chosen) -> None:
    """A pronoun says who is meant where the sentence has gone that last showed them."""
    for persona in work.reading.personas:
        shown, lost = False, False
        for start, end in sorted((m.start, m.end) for m in persona.mentions):
            block = next((b for b in blocks if b.start <= start < b.end), None)
            if block is None or (block.dropped and not block.acts):
                lost = True
                continue
            if lost and not block.dropped and text[start:end].lower() in ("she", "he", "her", "his"):
                _name_instead(text, block, (start, end), persona.id, shown=shown)
            shown, lost = True, False


def _name_instead(text: str, block: _Block, at: tuple[int, int], persona: str, *, shown: bool) -> None:
    start, end = at
    if any(a < end and start < b for a, b in [*block.gone, *((p.start, p.end) for p in block.patches)]):
        return
    word = text[start:end].lower()
    # "Her" is whose something is, unless nothing it could own follows.
    owns = word == "his" or (word == "her" and text[end : end + 2].strip().isalpha())
    form: Form = ("whose" if shown else "possessive") if owns else ("again" if shown else "plain")
    block.patches.append(Patch(start=start, end=end, persona=persona, form=form))


def _edits(draft: str, blocks: Sequence[_Block], work: Chosen) -> list[Edit]:
    named = work.named()
    calls = {p.persona for b in blocks if not b.dropped for p in b.patches if p.form not in ("", "kin", "owned")}
    calls |= {p for b in blocks for p in b.acts}
    nouns = {str(p.id): work.noun(p.id) for p in work.reading.personas}
    cast = Cast(nouns=nouns, named=named, called=calls - set(named))
    edits: list[Edit] = []
    left: dict[int, list[_Block]] = {}
    for block in blocks:
        if block.acts:
            edits.append(Edit(start=block.start, end=block.end, instead=compose(block.acts, cast)))
            block.dropped = False
        elif not block.dropped and (block.gone or block.patches):
            edits += edits_of(_cells(draft, block, cast), block.start, block.end)
        left.setdefault(block.paragraph, []).append(block)
    return edits + list(_removals(list(left.values())))


def _removals(paragraphs: Sequence[Sequence[_Block]]) -> Iterator[Edit]:
    """Sentences that go, with the space beside them; paragraphs that become empty, with their line."""
    for n, blocks in enumerate(paragraphs):
        if all(b.dropped for b in blocks):
            start, end = blocks[0].start, blocks[-1].end
            if n + 1 < len(paragraphs):
                end = paragraphs[n + 1][0].start
            else:
                kept = [p for p in paragraphs[:n] if not all(b.dropped for b in p)]
                start = paragraphs[n - 1][-1].end if kept and n else start
            yield Edit(start=start, end=end, instead="")
            continue
        last = max(i for i, b in enumerate(blocks) if not b.dropped)
        for i, block in enumerate(blocks):
            if block.dropped and i < last:
                yield Edit(start=block.start, end=blocks[i + 1].start, instead="")
            elif block.dropped:
                yield Edit(start=blocks[i - 1].end, end=block.end, instead="")
