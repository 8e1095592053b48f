"""Read an English text: who is shown, what is said of them, and what nobody accounts for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bearwitness.model.values import Codes
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.dates import find_dates
from bearwitness.text.english_bodies import state_spans
from bearwitness.text.english_claims import Found, read_passage
from bearwitness.text.english_doubts import SEX, Covered, find_doubts
from bearwitness.text.english_focus import Scene
from bearwitness.text.english_homes import HomeSaid, choose_homes
from bearwitness.text.english_kinship import as_relatives, find_relatives, read_kinship, turn_round
from bearwitness.text.english_names import Names, find_names, spelled_surnames
from bearwitness.text.english_nouns import Noun, find_nouns
from bearwitness.text.english_people import Description, find_descriptions
from bearwitness.text.english_scene import lay_out
from bearwitness.text.english_terms import Term, find_terms
from bearwitness.text.english_traits import find_nations
from bearwitness.text.english_values import (
    Value,
    find_amounts,
    find_births,
    find_occupations,
    find_places,
)
from bearwitness.text.english_words import PERSON_VERBS, TITLES, Page, find_forms, into_sentences, read_page
from bearwitness.text.scene import Doubt, Lexicon, Mention, Said, Scan

_TITLE: Final = re.compile(r"\b(Mr|Ms|Mrs|Miss|Madam|Mister)\.? $", re.I)
_TITLE_WITHIN: Final = re.compile(r"(Mr|Ms|Mrs|Miss|Madam|Mister)\.? ", re.I)


def scan_english(
    text: str,
    known: Sequence[Mention],
    lexicon: Lexicon,
    *,
    published: date | None,
    lag_days: int,
    ordinary: frozenset[str],
) -> Scan:
    """Everything an English text says of the people it shows, and every passage that nothing accounts for.

    Parameters
    ----------
    text : str
        Normalised text (``text.normalise``); all offsets are offsets in it.
    known : sequence of Mention
        Names of the record that the caller found; never found again, and people shown like any other.
    lexicon : Lexicon
        Places, occupations, surnames, authorities, the world abroad, public days.
    published : date or None
        When the text is published: ages count from it, and a date without a year is the latest before it.
    lag_days : int
        How many days before the news of it an act may have happened.
    ordinary : frozenset of str
        Ordinary English words in lower case; a capital at the beginning of a sentence is then no name.

    Returns
    -------
    Scan
        Mentions and what is said in the order of the text. What may be said of several is said of each.
    """
    page = read_page(text)
    dates = tuple(d for d in find_dates(text, language="en", published=published) if not _is_part_of_name(text, d))
    allowed = _find_printed(page, lexicon)
    places = tuple(
        p
        for p in find_places(page, lexicon.places)
        if not any(a <= p.start and p.end <= b and b - a > p.end - p.start for a, b in allowed)
    )
    fixed = [(m.start, m.end) for m in known] + [(d.start, d.end) for d in dates] + allowed
    fixed += [(p.start, p.end) for p in places]
    names = find_names(page, sorted(fixed), spelled_surnames(lexicon.surnames), ordinary)
    names.bodies += [(a, b) for a, b in allowed if text[a:b] not in lexicon.world]
    shown = tuple(sorted((*known, *names.mentions), key=lambda m: (m.start, m.key)))
    work = find_occupations(page, lexicon.occupations)
    nouns = find_nouns(page)
    descriptions = find_descriptions(page, shown, nouns, frozenset(v.form for v in work if " " not in v.form))
    titles = _titles(text, (*known, *names.mentions))
    sexes = {**{key: sex for _, _, key, sex in titles}, **names.sexes}
    terms = find_terms(text)
    scene = lay_out(page, shown, descriptions, nouns, sexes, frozenset(names.unsure), terms)
    values = (*places, *find_births(text, dates, published), *find_amounts(text), *work)
    said, homes = _read(scene, terms, values, dates, nouns, lag_days)
    said += [*choose_homes(homes), *_surnames(names), *_sexes(scene, titles), *read_kinship(scene)]
    relatives = find_relatives(scene)
    said = [_of_relative(scene, s) for s in turn_round(scene, relatives, said)]
    said, torn = _without_conflicts(said)
    mentions = as_relatives(_used(scene, known, said), relatives)
    covered = _cover(page, said, [m for m in shown if m.key not in names.unsure], descriptions, allowed)
    doubts = find_doubts(
        page, covered, names, values, dates, public_days=lexicon.public_days, ordinary=ordinary,
        terms=frozenset(w for v in work for w in v.form.split()),
    )  # fmt: skip
    shown_keys = {m.key for m in (*known, *mentions)}
    return Scan(
        mentions=mentions,
        said=tuple(sorted(dict.fromkeys(s for s in said if s.key in shown_keys), key=_order)),
        doubts=tuple(sorted((*doubts, *torn), key=lambda d: (d.start, d.end))),
    )


def _cover(
    page: Page, said: Sequence[Said], shown: Sequence[Mention], descriptions: Sequence[Description],
    allowed: Sequence[tuple[int, int]],
) -> Covered:  # fmt: skip
    """What something accounts for: claims, people shown, and what may be printed."""
    covered = Covered(len(page.text))
    covered.add(span for s in said for span in ((s.start, s.end), *s.also))
    covered.add((m.start, m.end) for m in shown)
    # Of a description only what says no more than who is meant: its other words are said or in doubt.
    covered.add(d.number_span for d in descriptions if d.number_span)
    covered.add((d.start, d.end) for d in descriptions if d.head in ("one", "those"))
    covered.add((d.start, d.start + 3) for d in descriptions if page.text[d.start : d.start + 4].lower() == "one ")
    covered.add(allowed)
    return covered


def _find_printed(page: Page, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Authorities, states, and the world abroad but where it is somebody's own: names that may be printed."""
    forms = (*find_forms(page, lexicon.institutions), *find_forms(page, lexicon.world))
    found = [(a, b) for a, b, form in forms if page.text[a].isupper() or " " in form]
    own = list(find_nations(page.text))
    return [
        (a, b) for a, b in (*found, *state_spans(page.text)) if not any(a < end and start < b for start, end in own)
    ]


def _is_part_of_name(text: str, mention: DateMention) -> bool:
    """Whether a short form of a month or weekday is a name here: "Sun-hi", "Ji-sun", "Jun said"."""
    if not mention.quote.isalpha() or len(mention.quote) > 5:
        return False
    after = text[mention.end : mention.end + 12].split(" ")
    hyphens = (
        re.match(r"-[A-Za-z]", text[mention.end : mention.end + 2]) or text[mention.start - 1 : mention.start] == "-"
    )
    return bool(hyphens) or after[0] == "'s" or (after[0] == "" and len(after) > 1 and after[1] in PERSON_VERBS)


def _order(said: Said) -> tuple[int, int, str, str]:
    return said.start, said.end, said.key, said.attribute


def _read(
    scene: Scene,
    terms: Sequence[Term],
    values: Sequence[Value],
    dates: Sequence[DateMention],
    nouns: Sequence[Noun],
    lag_days: int,
) -> tuple[list[Said], list[HomeSaid]]:
    said: list[Said] = []
    homes: list[HomeSaid] = []
    page = scene.page
    groups = zip(
        scene.passages, into_sentences(page, terms, _start), into_sentences(page, values, _start),
        into_sentences(page, dates, _start), into_sentences(page, nouns, _start), strict=True,
    )  # fmt: skip
    for passage, terms_here, values_here, dates_here, nouns_here in groups:
        kinds: dict[str, list[Value]] = {}
        for value in values_here:
            kinds.setdefault(value.what, []).append(value)
        found = Found(
            terms=terms_here, places=kinds.get("home", []), births=kinds.get("birth", []),
            amounts=kinds.get("amount", []), occupations=kinds.get("occupation", []), dates=dates_here,
            nouns=nouns_here,
        )  # fmt: skip
        more, places = read_passage(scene, passage, found, lag_days=lag_days)
        said += more
        homes += places
    return said, homes


def _start(item: Term | Value | DateMention | Noun) -> int:
    return item.start


def _surnames(names: Names) -> Iterator[Said]:
    for mention in names.mentions:
        codes = names.surnames.get(mention.key)
        if codes and not mention.pseudonym and not mention.full:
            yield Said(start=mention.start, end=mention.end, key=mention.key, attribute="surname", values=Codes(codes))


def _titles(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int, str, str]]:
    """What titles tell of sex, of those of the record too: where the title stands, whose it is, the sex."""
    found = []
    for mention in mentions:
        before = _TITLE.search(text, max(0, mention.start - 9), mention.start)
        title = before or _TITLE_WITHIN.match(text, mention.start, mention.end)
        sex = TITLES.get(title[1].lower(), "") if title else ""
        if title and sex:
            found.append((title.start(), title.end() - 1, mention.key, sex))
    return found


def _sexes(scene: Scene, titles: Sequence[tuple[int, int, str, str]]) -> Iterator[Said]:
    """Sex by pronouns, by nouns ("woman") and by titles."""
    for pronoun in scene.pronouns:
        if pronoun.sex:
            for key in pronoun.anchor.keys:
                yield Said(
                    start=pronoun.word.start, end=pronoun.word.end, key=key, attribute="sex",
                    values=Codes(frozenset({pronoun.sex})), about=pronoun.anchor.about,
                )  # fmt: skip
    for start, end, key, sex in (*scene.told_sex, *titles):
        yield Said(start=start, end=end, key=key, attribute="sex", values=Codes(frozenset({sex})))


def _of_relative(scene: Scene, said: Said) -> Said:
    """What a name says that turned out to be the name of somebody's relative: "her husband Cha"."""
    if said.attribute != "surname" or said.key not in scene.aliases:
        return said
    keys, about, _ = scene.aliases[said.key]
    return replace(said, key=keys[0], about=about) if keys else said


def _without_conflicts(said: Sequence[Said]) -> tuple[list[Said], list[Doubt]]:
    """Where a text seems to say both sexes of one person, one reading is wrong: the rarer is left to an editor."""
    tally: dict[tuple[str, str], dict[str, int]] = {}
    for one in said:
        if one.attribute == "sex" and isinstance(one.values, Codes):
            for code in one.values.codes:
                of_one = tally.setdefault((one.key, one.about), {})
                of_one[code] = of_one.get(code, 0) + 1
    kept: list[Said] = []
    doubts: dict[tuple[int, int], Doubt] = {}
    for one in said:
        if one.attribute == "sex" and isinstance(one.values, Codes):
            counts = tally[(one.key, one.about)]
            best = max(counts, key=lambda c: (counts[c], c))
            if len(counts) > 1 and best not in one.values.codes:
                doubts[one.start, one.end] = Doubt(start=one.start, end=one.end, form="sex of one person", why=SEX)
                continue
        kept.append(one)
    return kept, list(doubts.values())


def _used(scene: Scene, known: Sequence[Mention], said: Sequence[Said]) -> tuple[Mention, ...]:
    """The mentions the caller does not know; groups and the nameless only where something is said of them."""
    spoken: Collection[str] = {s.key for s in said if s.attribute not in ("status", "sex")}
    found: dict[tuple[int, int, str], Mention] = {}
    first = {m.key: m for m in reversed(scene.mentions)}
    for mention in scene.mentions:
        if mention.key in scene.aliases and not mention.full:
            continue
        if mention.key in scene.plural_keys and mention.key not in spoken:
            continue
        if (
            mention.key.startswith("someone")
            and mention.key not in spoken
            and not any(s.key == mention.key for s in said)
        ):
            continue
        found[mention.start, mention.end, mention.key] = mention
    for pronoun in scene.pronouns:
        if pronoun.anchor.about:
            continue
        for key in pronoun.anchor.keys:
            was = first.get(key)
            if was is not None or key in spoken or any(s.key == key for s in said):
                at = (pronoun.word.start, pronoun.word.end, key)
                found.setdefault(at, _pronoun_mention(pronoun.word.start, pronoun.word.end, pronoun.word.raw, key, was))
    taken = {(m.start, m.end, m.key) for m in known}
    return tuple(sorted((m for at, m in found.items() if at not in taken), key=lambda m: (m.start, m.end, m.key)))


def _pronoun_mention(start: int, end: int, raw: str, key: str, was: Mention | None) -> Mention:
    return Mention(
        start=start, end=end, key=key, label=was.label if was else raw, stands_as=was.stands_as if was else "left",
        surname=was.surname if was else "", full=was.full if was else "", pseudonym=was.pseudonym if was else False,
    )  # fmt: skip
