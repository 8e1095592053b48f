"""Whom a sentence speaks of where its words do not say so: those shown before, and whoever speaks in a quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bearwitness.text.attribution import Anchor, merge_keys
from bearwitness.text.english_pronouns import PRONOUN_SEX, SPEECH, Passage, choose_single
from bearwitness.text.english_words import Page, Word
from bearwitness.text.scene import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A pronoun for one person and the anchor it became."""

    word: Word
    sex: str
    anchor: Anchor


@dataclass(slots=True)
class Scene:
    """What was laid out: sentences, mentions made on the way, pronouns and descriptions with whom they mean."""

    page: Page
    sexes: dict[str, str]
    passages: list[Passage] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    pronouns: list[Pronoun] = field(default_factory=list)
    told_sex: list[tuple[int, int, str, str]] = field(default_factory=list)
    plural_keys: set[str] = field(default_factory=set)
    speakers: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    aliases: dict[str, tuple[tuple[str, ...], str, tuple[int, int]]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    introduced: list[tuple[str, ...]] = field(default_factory=list)
    ordinals: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def quote_at(self, at: int) -> tuple[int, int] | None:
        """The quotation that a passage lies in."""
        return next((q for q in self.page.quotes if q[0] < at < q[1]), None)

    def new_key(self, stem: str) -> str:
        """A key for somebody who has no name."""
        count = self.counts[stem] = self.counts.get(stem, 0) + 1
        return f"{stem}-{count}" if stem == "someone" or count > 1 else stem


def default_keys(scene: Scene, passage: Passage, at: int) -> tuple[str, ...]:
    """Whom a sentence speaks of at a passage that does not say so itself."""
    people = passage.people
    before = [a for a in people if a.end <= at and a.kind == "person"]
    if before:
        return group_keys(passage, before[-1])
    speaker = speaker_of(scene, passage, at)
    if speaker:
        return speaker
    after = [a for a in people if a.start > at and a.kind == "person"]
    if after:
        return group_keys(passage, after[0])
    if people:
        # Of a public figure nothing protected is said: those before may be meant as well.
        return tuple(dict.fromkeys((*people[0].keys, *recent_keys(passage))))
    if any(a.kind == "generic" and a.subject for a in passage.anchors):
        return ()
    return recent_keys(passage) or unnamed_keys(scene, passage)


def unnamed_keys(scene: Scene, passage: Passage) -> tuple[str, ...]:
    """Somebody of whom this sentence or one before it speaks although no words show a person."""
    for shown in (passage, *reversed(passage.before)):
        for anchor in reversed(shown.anchors):
            if any(k in scene.unnamed for k in anchor.keys):
                return anchor.keys
    return ()


def show_unnamed(scene: Scene, passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Let words that speak of somebody definite, whom nothing shows, show somebody of a household of its own.

    Whoever is shown in the next sentence of the paragraph may be meant as well: it is then said of each.
    """
    key = scene.new_key("someone")
    scene.unnamed.add(key)
    scene.mentions.append(Mention(start=start, end=end, key=key, label=scene.page.text[start:end]))
    after = next((p for p in scene.passages if p.sentence.start >= passage.sentence.end), None)
    if after is None or after.sentence.paragraph != passage.sentence.paragraph:
        return (key,)
    shown = [a for a in after.people if a.kind == "person"]
    return (key, *group_keys(after, shown[0])) if shown else (key,)


def recent_keys(passage: Passage) -> tuple[str, ...]:
    """Those whom the sentences before spoke of last: of this paragraph, or of the last one that shows people."""
    named: tuple[str, ...] = ()
    for earlier in reversed(passage.before):
        people = earlier.people
        ours = [a for a in people if a.kind == "person"]
        if ours:
            same = earlier.sentence.paragraph == passage.sentence.paragraph
            return (*group_keys(earlier, ours[-1]), *(named if same else ()))
        if people and earlier.sentence.paragraph == passage.sentence.paragraph:
            named = named or people[0].keys
    return named


def group_keys(passage: Passage, member: Anchor) -> tuple[str, ...]:
    """Everybody joined to one person of a sentence."""
    group = next((g for g in passage.groups if any(a is member or a == member for a in g)), (member,))
    return merge_keys(group)


def narrator(scene: Scene, passage: Passage, word: Word) -> tuple[str, ...]:
    """Whoever says "I" and is not shown: the writer outside quotations, and within one somebody of its own."""
    quote = scene.quote_at(word.start)
    if quote is None:
        return ("narrator",)
    recent = [a for p in reversed(passage.before) for a in p.people if a.kind == "person"]
    keys = recent[0].keys if recent else (scene.new_key("someone"),)
    scene.speakers[quote] = keys
    return keys


def speaker_of(scene: Scene, passage: Passage, at: int) -> tuple[str, ...]:
    """Who speaks in the quotation around a passage; nobody outside one, or where nobody is said to speak."""
    quote = scene.quote_at(at)
    if quote is None:
        return ()
    if quote not in scene.speakers:
        scene.speakers[quote] = _find_speaker(scene, passage, quote)
    return scene.speakers[quote]


def _find_speaker(scene: Scene, passage: Passage, quote: tuple[int, int]) -> tuple[str, ...]:
    text, page = scene.page.text, scene.page
    stop = re.compile(r"[.!?\n\"]|$").search(text, quote[1])
    after = (quote[1], stop.start() if stop else len(text))
    begin = max(text.rfind(". ", 0, quote[0]), text.rfind("\n", 0, quote[0]), text.rfind('"', 0, quote[0])) + 1
    for start, end in (after, (begin, quote[0])):
        said = text[start:end]
        if not SPEECH.search(said):
            continue
        shown = [m for m in scene.mentions if start <= m.start < end and m.stands_as != "named"]
        if shown:
            first = min(shown, key=lambda m: m.start)
            return tuple(dict.fromkeys(m.key for m in shown if m.start == first.start))
        for word in page.words_in(start, end):
            if word.lower in ("she", "he"):
                found = choose_single(
                    Passage(sentence=passage.sentence, anchors=[], before=passage.before), quote[0],
                    sex=PRONOUN_SEX[word.lower], sexes=scene.sexes, speaker=(), possessive=True,
                )  # fmt: skip
                return found.keys if found else ()
    for start, end in (after, (begin, quote[0])):
        named = [m for m in scene.mentions if start <= m.start < end]
        if named and SPEECH.search(text, start, end):
            return (named[0].key,)
    return ()
