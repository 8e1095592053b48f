"""An English text laid out for reading: for each sentence, everybody it shows and whose relatives it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bearwitness.text.attribution import Anchor
from bearwitness.text.english_acts import is_unsaid
from bearwitness.text.english_focus import Pronoun, Scene, narrator, speaker_of
from bearwitness.text.english_force import show_whom
from bearwitness.text.english_nouns import Noun
from bearwitness.text.english_owners import link_of, place_noun
from bearwitness.text.english_people import ORDINALS, Description
from bearwitness.text.english_pronouns import (
    FIRST_PERSON,
    MOST_SENTENCES_BACK,
    PRONOUN_SEX,
    THEY,
    Passage,
    choose_plural,
    choose_single,
    is_possessive,
    is_subject,
    subordinate_start,
)
from bearwitness.text.english_terms import Term
from bearwitness.text.english_words import Page, Word, into_sentences
from bearwitness.text.scene import Mention

_RELATIVE_CLAUSE: Final = re.compile(r", (?:who|whose|whom|which)\b[^,;.:]{0,120},")
_ASIDE: Final = (
    r"(?:(?: \([^()\n]{1,30}\))?(?:,? (?:aged )?[0-9]{2}(?=,| and| or|$))?"
    r"(?:,? (?:both |all |originally |also )?(?:from|of|in) (?:the )?(?:[a-z]+ (?:province|city|county|town"
    r"|village) of )?"
    r"(?:[A-Z][\w'-]*|(?:northern|eastern|western|southern|border|[Pp]rovince|[Cc]ity|[Cc]ounty|city"
    r"|town)\b)(?: (?:[A-Z][\w'-]*"
    r"|province|city|county))*|, (?:who|whose|an?|the|now|formerly|once)\b[^,;.:\n]{0,100}?(?=,)|,? who (?:is|was"
    r"|comes?|came) from "
    r"[A-Z][\w' -]*?(?=,| and))*)"
)
_JOINED: Final = re.compile(
    rf"{_ASIDE},?(?:,| and| or| &| as well as| along with| and also|, and) (?:the |an? |another |one )?(?:(?:Mr|Ms"
    rf"|Mrs|Miss)\.? |surnamed "
    r"|named |fellow |defector |escapee |former )*"
)


def lay_out(
    page: Page,
    mentions: Sequence[Mention],
    descriptions: Sequence[Description],
    nouns: Sequence[Noun],
    sexes: dict[str, str],
    unsure: frozenset[str] = frozenset(),
    terms: Sequence[Term] = (),
) -> Scene:
    """Cut a text into sentences and say, for each, whom its words stand for.

    Parameters
    ----------
    page : Page
        The text.
    mentions : sequence of Mention
        Who is shown by name, in order; several with one passage where a name may mean several persons.
    descriptions : sequence of Description
        Phrases that show somebody without a name, or describe somebody named.
    nouns : sequence of Noun
        Relatives, families, homes, people in general.
    sexes : dict of str to str
        What titles tell of the sex of a key; more is learned on the way.
    unsure : frozenset of str
        Keys of people of one unknown name, who may be no people; others are meant before them.
    terms : sequence of Term
        What the text says by words alone; where no words show of whom, they show somebody unnamed.
    """
    scene = Scene(page, sexes, mentions=list(mentions), unsure=unsure)
    shown = into_sentences(page, mentions, _start)
    described = into_sentences(page, descriptions, _start)
    for sentence, mentions_here, described_here in zip(page.sentences, shown, described, strict=True):
        passage = Passage(
            sentence=sentence, anchors=[], subordinate=subordinate_start(page, sentence),
            before=tuple(scene.passages[-MOST_SENTENCES_BACK:]),
        )  # fmt: skip
        _place_people(scene, passage, mentions_here, described_here)
        passage.groups = _groups(page.text, passage)
        said = page.text[sentence.start : sentence.end]
        passage.hidden = tuple(
            (sentence.start + m.start(), sentence.start + m.end()) for m in _RELATIVE_CLAUSE.finditer(said)
        )
        scene.passages.append(passage)
    # Everybody is in place before the first pronoun: whoever speaks may be named after the quotation.
    things = zip(scene.passages, into_sentences(page, nouns, _start), into_sentences(page, terms, _start), strict=True)
    for passage, nouns_here, terms_here in things:
        _place_words(scene, passage, nouns_here)
        link_of(page.text, passage)
        show_whom(scene, passage, [t for t in terms_here if not is_unsaid(page.text, passage, t)])
    return scene


def _start(item: Mention | Description | Noun | Term) -> int:
    return item.start


def _place_people(
    scene: Scene, passage: Passage, mentions: Sequence[Mention], descriptions: Sequence[Description]
) -> None:
    text = scene.page.text
    at: dict[tuple[int, int], list[Mention]] = {}
    for m in mentions:
        at.setdefault((m.start, m.end), []).append(m)
    for (start, end), same in sorted(at.items()):
        kind = {"carrier": "carrier", "named": "named"}.get(same[0].stands_as, "person")
        if any(m.stands_as in ("left", "relative") and m.key not in scene.unsure for m in same):
            kind = "person"
        elif kind == "person":
            kind = "named"
        passage.anchors.append(
            Anchor(
                start=start, end=end, kind=kind, keys=tuple(dict.fromkeys(m.key for m in same)),  # type: ignore[arg-type]
                sex=scene.sexes.get(same[0].key, ""), subject=is_subject(text, start),
                possessive=text.startswith(("'s ", "' "), end),
            )
        )  # fmt: skip
    for description in descriptions:
        _describe(scene, passage, description)
    passage.anchors.sort(key=lambda a: (a.start, a.end))


def _describe(scene: Scene, passage: Passage, d: Description) -> None:
    """Somebody without a name becomes an anchor; of somebody named only the sex is told."""
    if any(a.start < d.end and d.start < a.end for a in passage.anchors):
        return
    if d.role in ("describes_after", "describes_before", "predicate"):
        near = [a for a in passage.anchors if a.kind != "generic"]
        after = [a for a in near if a.start >= d.end]
        before = [a for a in near if a.end <= d.start]
        one = (after[:1] if d.role == "describes_after" else before[-1:]) if near else []
        if one and d.sex:
            _tell_sex(scene, d, one[0].keys)
        return
    stem = f"carrier-{d.head}" if d.carrier else "someone"
    known = _counted(scene, d, stem) if d.ordinal else _earlier(scene, passage, d) if d.role == "same" else ()
    keys = known or (scene.new_key(stem),)
    if d.ordinal and d.ordinal not in ("other", "another"):
        scene.ordinals[d.ordinal, stem] = keys
    if not d.plural and keys not in scene.introduced:
        scene.introduced.append(keys)
    label = scene.page.text[d.start : d.end]
    for key in keys:
        was = next((m for m in scene.mentions if m.key == key), None)
        scene.mentions.append(
            Mention(
                start=d.start, end=d.end, key=key, label=label, surname=was.surname if was else "",
                stands_as=was.stands_as if was else ("carrier" if d.carrier else "left"),
            )
        )  # fmt: skip
    if d.plural:
        scene.plural_keys |= set(keys)
    if d.sex:
        _tell_sex(scene, d, keys)
    stands = next(m.stands_as for m in scene.mentions if m.key == keys[0])
    passage.anchors.append(
        Anchor(
            start=d.start, end=d.end, kind="carrier" if stands == "carrier" else "person", keys=keys, plural=d.plural,
            sex=scene.sexes.get(keys[0], ""), subject=is_subject(scene.page.text, d.start),
            possessive=scene.page.text.startswith(("'s ", "' "), d.end),
        )
    )  # fmt: skip


def _counted(scene: Scene, d: Description, stem: str) -> tuple[str, ...]:
    """Whom "the first", "the second", "the other" means: the one so counted before, of two the other; else nobody."""
    known = scene.ordinals.get((d.ordinal, stem))
    if known is not None:
        return known
    alike = [keys for keys in scene.introduced if keys[0].startswith(stem)]
    if d.role != "same" and d.head != "one":
        return ()
    if d.ordinal == "other":
        last = next((m.key for m in reversed(scene.mentions) if any(m.key in k for k in alike)), "")
        return next((k for k in alike if last not in k), ()) if len(alike) == 2 else ()
    at = ORDINALS.index(d.ordinal)
    return alike[at] if at < len(alike) and d.ordinal != "another" else ()


def _tell_sex(scene: Scene, d: Description, keys: tuple[str, ...]) -> None:
    for key in keys:
        scene.sexes.setdefault(key, d.sex)
        head = d.end - len(d.head)
        scene.told_sex.append((head, d.end, key, d.sex))


def _earlier(scene: Scene, passage: Passage, d: Description) -> tuple[str, ...]:
    """Whom "the woman" or "the broker" means: the one last shown who fits."""
    for earlier in (passage, *reversed(passage.before)):
        for anchor in reversed(earlier.anchors):
            if d.carrier and anchor.kind == "carrier" and any(k.startswith(f"carrier-{d.head}") for k in anchor.keys):
                return anchor.keys
            sex = next((scene.sexes[k] for k in anchor.keys if k in scene.sexes), "")
            if (
                not d.carrier
                and anchor.kind == "person"
                and not anchor.about
                and (not sex or not d.sex or sex == d.sex)
            ):
                return anchor.keys
    return ()


def _groups(text: str, passage: Passage) -> tuple[tuple[Anchor, ...], ...]:
    """People joined by "and" or commas, with what is said of each between."""
    groups: list[list[Anchor]] = []
    for anchor in [a for a in passage.anchors if a.kind in ("person", "named")]:
        last = groups[-1][-1] if groups else None
        if (
            last
            and last.kind == anchor.kind
            and not last.possessive
            and _JOINED.fullmatch(text, last.end, anchor.start)
        ):
            groups[-1].append(anchor)
        else:
            groups.append([anchor])
    return tuple(tuple(g) for g in groups)


def _place_words(scene: Scene, passage: Passage, nouns: Sequence[Noun]) -> None:
    """Pronouns and nouns from left to right: each may be whom a later one refers to."""
    page = scene.page
    words = [
        w for w in page.words_in(passage.sentence.start, passage.sentence.end)
        if w.lower in PRONOUN_SEX or w.lower in THEY or w.lower in FIRST_PERSON
    ]  # fmt: skip
    items: list[tuple[int, Word | Noun]] = [(w.start, w) for w in words] + [(n.start, n) for n in nouns]
    for _, item in sorted(items, key=lambda i: i[0]):
        if isinstance(item, Word):
            _place_pronoun(scene, passage, item)
        elif not any(a.start < item.end and item.start < a.end for a in passage.anchors):
            place_noun(scene, passage, item)
        passage.anchors.sort(key=lambda a: (a.start, a.end))


def _place_pronoun(scene: Scene, passage: Passage, word: Word) -> None:
    speaker = speaker_of(scene, passage, word.start)
    if word.lower in FIRST_PERSON:
        keys = speaker
        if not keys and (scene.quote_at(word.start) or word.lower in ("i", "my", "me", "i'm", "i've")):
            keys = narrator(scene, passage, word)
        found = Anchor(start=word.start, end=word.end, kind="person", keys=keys) if keys else None
    elif word.lower in THEY:
        found = choose_plural(passage, word.start)
    else:
        found = choose_single(
            passage, word.start, sex=PRONOUN_SEX[word.lower], sexes=scene.sexes, speaker=speaker,
            possessive=is_possessive(scene.page, word), text=scene.page.text,
        )  # fmt: skip
        if found is None:
            found = Anchor(start=word.start, end=word.end, kind="person", keys=(scene.new_key("someone"),))
    if found is None:
        return
    sex = PRONOUN_SEX.get(word.lower, "")
    anchor = replace(
        found, start=word.start, end=word.end, sex=sex or found.sex, possessive=is_possessive(scene.page, word),
        subject=is_subject(scene.page.text, word.start), root=found.root or (found.start, found.end),
    )  # fmt: skip
    passage.anchors.append(anchor)
    if sex and not found.about and len(found.keys) == 1:
        scene.sexes.setdefault(found.keys[0], sex)
    if sex or word.lower in FIRST_PERSON:
        scene.pronouns.append(Pronoun(word=word, sex=sex, anchor=anchor))
