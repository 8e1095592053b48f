"""Names in English text that no record knows: a Korean surname alone, a letter, a full name, a made-up one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bearwitness.text.english_bodies import is_body, is_law
from bearwitness.text.english_runs import Run, acts, find_runs, is_firm, starts_ordinary
from bearwitness.text.english_words import (
    PERSON_VERBS,
    TITLES,
    Page,
)
from bearwitness.text.romanisation import fold_latin
from bearwitness.text.scene import Mention

_LETTER: Final = re.compile(
    r"(?P<t>\b(?:Mr|Ms|Mrs|Miss)\.? )(?P<m>[A-Z])\b\.?(?!['\w])|(?<![A-Za-z.'])(?P<i>[A-Z])\.(?= (?:[a-z]+ly )?"
    rf"(?:{'|'.join(sorted(PERSON_VERBS))})\b|'s |,)"
    r"|(?<![A-Za-z.'])(?P<j>[A-Z])\.(?=,? (?:and|or) [A-Z]\b)"
    r"|(?<![A-Za-z.'])(?P<k>[B-HJ-Z])(?=,? (?:and|or) [A-Z]\b(?! [A-Z]))"
    rf"|(?<![A-Za-z.'])(?P<b>[B-HJ-Z])(?= (?:{'|'.join(sorted(PERSON_VERBS))})\b|'s |, (?:who|a|an|aged?|\d\d),?)"
    r"|(?<=named )(?P<n>[A-Z])\b\.?|(?<=called )(?P<c>[A-Z])\b\.?|(?<=identified as )(?P<d>[A-Z])\b\.?"
)


@dataclass(slots=True)
class Names:
    """The names found: ``mentions`` of people, the sex a title tells, and runs that are nobody's (``others``).

    ``unsure`` are the keys of people of one unknown name: a place or a paper may look the same. ``bodies`` are runs
    that name a kind of body or a law and nobody.
    """

    mentions: list[Mention] = field(default_factory=list)
    sexes: dict[str, str] = field(default_factory=dict)
    surnames: dict[str, frozenset[str]] = field(default_factory=dict)
    others: list[Run] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    bodies: list[tuple[int, int]] = field(default_factory=list)


def spelled_surnames(surnames: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Latin spelling, folded, to the Hangul surnames it may be, the commonest first."""
    found: dict[str, tuple[str, ...]] = {}
    for hangul, spellings in surnames.items():
        for spelling in spellings:
            folded = fold_latin(spelling)
            if len(folded) > 1 and hangul not in found.get(folded, ()):
                found[folded] = (*found.get(folded, ()), hangul)
    return found


def find_names(
    page: Page, taken: Sequence[tuple[int, int]], spelled: Mapping[str, tuple[str, ...]], ordinary: Collection[str]
) -> Names:
    """Everybody whom a text names and no record knows.

    Parameters
    ----------
    page : Page
        The text.
    taken : sequence of (int, int)
        Passages already accounted for: names of the record, places, institutions, dates; sorted.
    spelled : mapping of str to tuple of str
        From ``spelled_surnames``.
    ordinary : collection of str
        Ordinary words in lower case.
    """
    names = Names()
    letters = list(_letters(page, taken))
    for mention, sex in letters:
        names.mentions.append(mention)
        names.sexes |= {mention.key: sex} if sex else {}
    found = find_runs(page, [*taken, *((m.start, m.end) for m, _ in letters)], spelled, ordinary)
    runs = []
    for run in found:
        if is_body(page, run.words) or is_law(run.words, ordinary):
            names.bodies.append((run.start, run.end))
        else:
            runs.append(run)
    full = [r for r in runs if _is_full(r, spelled)]
    for run in full:
        _add_full(page, run, spelled, names)
    _add_surnames(page, [r for r in runs if r not in full], spelled, ordinary, names)
    names.mentions.sort(key=lambda m: (m.start, m.key))
    return names


def _letters(page: Page, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Mention, str]]:
    for match in _LETTER.finditer(page.text):
        group = next(g for g in ("m", "i", "j", "k", "b", "n", "c", "d") if match[g])
        start, end = match.start(group), match.end()
        if any(a < end and start < b for a, b in taken) or (group in "ijkb" and _is_initial(page.text, start)):
            continue
        key = match[group]
        title = (match["t"] or "").strip(". ").lower()
        yield Mention(start=start, end=end, key=key, label=page.text[start:end]), TITLES.get(title, "")


def _is_initial(text: str, start: int) -> bool:
    """Whether a letter is the initial of a longer name ("John K. Smith") or the end of an abbreviation."""
    return (
        re.search(r"[A-Z][a-z]+ $|\.$|\bCamp $|\bRoom $|\bArticle $|\bvitamin $", text[max(0, start - 20) : start])
        is not None
    )


def _is_full(run: Run, spelled: Mapping[str, tuple[str, ...]]) -> bool:
    if sum(not w.joined for w in run.words) < 2:
        return False
    return any(fold_latin(w.raw) in spelled for w in (run.words[0], run.words[-1])) or run.introduced


def _add_full(page: Page, run: Run, spelled: Mapping[str, tuple[str, ...]], names: Names) -> None:
    written = page.text[run.start : run.end]
    surname = next((spelled[f][0] for w in (run.words[0], run.words[-1]) if (f := fold_latin(w.raw)) in spelled), "")
    names.mentions.append(
        Mention(
            start=run.start, end=run.end, key=name_key(written), label=written, surname=surname, full=written,
            stands_as="left" if run.made_up else "named", pseudonym=run.made_up,
        )
    )  # fmt: skip
    if TITLES.get(run.title):
        names.sexes[name_key(written)] = TITLES[run.title]


def name_key(written: str) -> str:
    """One key for every way a full name is set: hyphens and capitals do not matter."""
    return fold_latin(written).replace("-", " ")


def _add_surnames(
    page: Page,
    runs: Sequence[Run],
    spelled: Mapping[str, tuple[str, ...]],
    ordinary: Collection[str],
    names: Names,
) -> None:
    """Short forms of full names, surnames alone, and single names; the rest is nobody's."""
    of_full: dict[str, list[Mention]] = {}
    for mention in [m for m in names.mentions if m.full]:
        for part in _short_forms(mention.full):
            of_full.setdefault(part, []).append(mention)
    alone = [r for r in runs if len(r.words) == 1]
    firm = {fold_latin(r.words[0].raw) for r in alone if is_firm(r, ordinary) or acts(page, r.words[0])}
    lone = {
        "".join(fold_latin(w.raw) for w in r.words)
        for r in runs
        if not starts_ordinary(r, ordinary)
        and (r.introduced or acts(page, r.words[-1]))
        and not _is_place_like(page, r)
    }
    seen: dict[str, list[str]] = {}
    for run in runs:
        folded = "".join(fold_latin(w.raw) for w in run.words)
        parents = [m for m in of_full.get(folded, ()) if m.start < run.start]
        if len(run.words) == 1 and folded in spelled and folded in firm:
            if (run.introduced and not _is_of(run, parents)) or not parents or folded in seen:
                _add_surname(page, run, spelled[folded], seen.setdefault(folded, []), names)
            if not run.introduced:
                _add_short(page, run, parents, names)
        elif parents:
            _add_short(page, run, parents, names)
        elif run.introduced or folded in lone:
            if any(not w.joined for w in run.words[1:]):
                _add_full(page, run, spelled, names)
            else:
                _add_unsure(page, run, names)
        else:
            names.others.append(run)


def _is_place_like(page: Page, run: Run) -> bool:
    """Whether a preposition before it makes a place of a name, where nothing introduces it."""
    before = page.text[max(0, run.start - 8) : run.start]
    return not run.introduced and re.search(r"\b(?:in|at|near|from|outside|around|via) $", before) is not None


def _add_unsure(page: Page, run: Run, names: Names) -> None:
    """One name alone that is no surname of the table: somebody all the same, and in doubt."""
    written = page.text[run.start : run.end]
    key = name_key(written)
    names.mentions.append(Mention(start=run.start, end=run.end, key=key, label=written, pseudonym=run.made_up))
    if not run.made_up:
        names.unsure.add(key)
        names.others.append(run)
    if TITLES.get(run.title):
        names.sexes[key] = TITLES[run.title]


def _short_forms(full: str) -> set[str]:
    """What a full name is shortened to: its first or last word, all but the first, all but the last."""
    parts = [fold_latin(p).replace("-", "") for p in full.split()]
    return {p for p in (*parts, "".join(parts[1:]), "".join(parts[:-1])) if len(p) > 1}


def _is_of(run: Run, parents: Sequence[Mention]) -> bool:
    """A title before a name that was given in full already introduces nobody new."""
    return bool(parents) and bool(run.title)


def _add_surname(page: Page, run: Run, hangul: tuple[str, ...], keys: list[str], names: Names) -> None:
    """A surname alone; "a Kim", "another Kim" after an earlier one is somebody else, and "Kim" then may be both."""
    new = re.search(r"\b(?:an?|another|surnamed|named) $", page.text[max(0, run.start - 12) : run.start]) is not None
    if not keys or new:
        keys.append(hangul[0] if not keys else f"{hangul[0]}-{len(keys) + 1}")
    for key in keys[-1:] if new else keys:
        written = page.text[run.start : run.end]
        names.mentions.append(
            Mention(start=run.start, end=run.end, key=key, label=written, surname=hangul[0], pseudonym=run.made_up)
        )
        names.surnames[key] = frozenset(hangul)
        if TITLES.get(run.title):
            names.sexes[key] = TITLES[run.title]


def _add_short(page: Page, run: Run, parents: Sequence[Mention], names: Names) -> None:
    for parent in {m.key: m for m in parents}.values():
        names.mentions.append(
            Mention(
                start=run.start, end=run.end, key=parent.key, label=page.text[run.start : run.end],
                surname=parent.surname,
                full=parent.full, stands_as=parent.stands_as, pseudonym=parent.pseudonym,
            )
        )  # fmt: skip
