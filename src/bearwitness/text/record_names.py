"""The names of a record in a text: who is shown by name, whom a surname alone may mean, and what a name says."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bearwitness.model.claims import Language, PersonId
from bearwitness.model.records import Case, CasePlace, Name
from bearwitness.model.values import Codes
from bearwitness.text import rules_record
from bearwitness.text.name_parts import SurnameVariants
from bearwitness.text.name_surnames import Surnames, surname_table
from bearwitness.text.name_tables import NameMatch
from bearwitness.text.names import NameIndex
from bearwitness.text.record_people import People
from bearwitness.text.romanisation import fold_latin, is_hangul, north_south
from bearwitness.text.scene import Doubt, Forms, Lexicon, Mention, Said
from bearwitness.text.world import World

_FULL_NAME = re.compile(r"(?<![\w'-])[A-Z][^\W\d_]+(?:(?: [A-Z]|-[A-Za-z])[^\W\d_]+){1,2}(?![\w-])")
_ONE_WORD = re.compile(r"[^\s-]+")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_CALENDAR: Final = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)  # fmt: skip
_PLACE: Final = "place:"
_PSEUDONYM: Final = "pseudonym:"
_SURNAMES: Final = frozenset({"surname", "surname_title", "initials"})
# What follows a given name in Hangul and hardly ever an ordinary word.
_AFTER_A_NAME = re.compile(r" ?(?:씨|님|양|군|이[가는를의도]|아(?= )|에게|한테|께)")
_AN_ORDINARY_WORD: Final = rules_record.NAME_IS_WORD.why_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom a text shows by a name of the record.

    ``groups`` are, per key of a mention, the persons it may mean; ``exact`` the keys of a name that is one person's
    own (not a surname that others may bear). ``pseudonyms`` are (key, person) pairs where only a pseudonym matched.
    ``places`` are written forms of the case's own places.
    """

    mentions: tuple[Mention, ...] = ()
    said: tuple[Said, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    groups: Mapping[str, tuple[PersonId, ...]]
    exact: frozenset[str] = frozenset()
    pseudonyms: frozenset[tuple[str, PersonId]] = frozenset()
    places: Forms


def index_names(case: Case, surname_variants: SurnameVariants) -> NameIndex:
    """The names of a case's persons and places, ready to be found in any text.

    Parameters
    ----------
    case : Case
        The record.
    surname_variants : mapping of str to sequence of str
        As :class:`NameIndex` takes them.
    """
    return NameIndex(_names(case), surname_variants)


def find_known(text: str, case: Case, people: People, names: NameIndex, world: World) -> Known:
    """Find the names and places of a record.

    Parameters
    ----------
    text : str
        Normalised text.
    case, people
        The record, and its persons compiled.
    names : NameIndex
        The names of the record, from :func:`index_names`.
    world : World
        Words and places that a given name must not be taken for.

    Returns
    -------
    Known
        A surname that stands for somebody introduced by a full name that the record does not know is left out.
    """
    no_names = _NoNames(world)
    matches = names.find(text, no_names)
    strangers = _strangers(text, matches, no_names)
    places = place_forms(case.places)
    doubts: list[Doubt] = []
    shown: list[NameMatch] = []
    for match in matches:
        if all(k.startswith(_PLACE) for k in match.keys):
            paths = frozenset(k.removeprefix(_PLACE) for k in match.keys)
            places[match.quote] = places.get(match.quote, frozenset()) | paths
        elif not _is_short_form(match, strangers):
            verdict = _ordinary(text, match, world)
            if verdict == "doubt":
                doubts.append(Doubt(start=match.start, end=match.end, form=match.quote, why=_AN_ORDINARY_WORD))
            if not verdict:
                shown.append(match)
    return _known(shown, doubts, places, people, surname_table(world.surnames))


def _known(
    matches: Sequence[NameMatch], doubts: Sequence[Doubt], places: Forms, people: People, surnames: Surnames
) -> Known:
    """People shown by name, of the names that stand for somebody."""
    mentions: list[Mention] = []
    said: list[Said] = []
    groups: dict[str, tuple[PersonId, ...]] = {}
    exact: set[str] = set()
    pseudonyms: set[tuple[str, PersonId]] = set()
    for match in matches:
        key, members, made_up = _group(match, groups)
        if match.kind not in _SURNAMES:
            exact.add(key)
        if len(members) > 1:
            pseudonyms |= {(key, person) for person in made_up}
        mentions.append(_mention(match, key, members, people))
        said += _name_claims(match, key, people, surnames)
    return Known(
        mentions=tuple(mentions), said=tuple(said), doubts=tuple(doubts), groups=groups, exact=frozenset(exact),
        pseudonyms=frozenset(pseudonyms), places=places,
    )  # fmt: skip


class _NoNames:
    """Words that are no part of a name: ordinary ones, months and weekdays, places and countries."""

    def __init__(self, world: World) -> None:
        self._words = world.ordinary.get("en", frozenset())
        lexicon = world.lexicons.get("en")
        places = (*lexicon.places, *lexicon.world) if lexicon else ()
        self._more = {p.casefold() for p in places if " " not in p} | _CALENDAR

    def __contains__(self, word: object) -> bool:
        return word in self._words or word in self._more


def _names(case: Case) -> Iterable[tuple[str, Name]]:
    for person in case.persons:
        for name in person.names:
            if name.kind == "pseudonym":
                yield _PSEUDONYM + person.id, replace(name, kind="full")
            else:
                yield person.id, name
    for place in case.places:
        for written in place.names:
            if is_hangul(written) and 2 <= len(written) <= 4:
                yield _PLACE + place.path, Name(text=written, kind="nickname")


def place_forms(places: Sequence[CasePlace]) -> dict[str, frozenset[str]]:
    """How the case's own places are written, in Northern and Southern spelling, with the paths each may mean."""
    found: dict[str, frozenset[str]] = {}
    for place in places:
        for name in place.names:
            spellings = {s + name[1:] for s in north_south(name[0])} if is_hangul(name) else {name}
            for written in spellings:
                found[written] = found.get(written, frozenset()) | {place.path}
    return found


def with_places(lexicon: Lexicon, places: Forms) -> Lexicon:
    """A lexicon with the case's own places; the same one where the case has none."""
    if not places:
        return lexicon
    merged = dict(lexicon.places)
    for written, paths in places.items():
        # Beside a place of the tree with the same name the wording allows both.
        merged[written] = merged.get(written, frozenset()) | paths
    return replace(lexicon, places=merged)


def _strangers(text: str, matches: Sequence[NameMatch], ordinary: Container[str]) -> dict[str, int]:
    """Words of full names that the record does not know ("Kim Jong Un"), with where the first stands."""
    taken = {m.start for m in matches}
    found: dict[str, int] = {}
    for match in _FULL_NAME.finditer(text):
        words = [(fold_latin(w.group()), match.start() + w.start()) for w in _NAME_WORD.finditer(match.group())]
        for word, at in (words[0], words[-1]):
            others = [w for w, start in words if start != at]
            if at not in taken and match.start() not in taken and any(w not in ordinary for w in others):
                found.setdefault(word, match.start())
    return found


def _is_short_form(match: NameMatch, strangers: Mapping[str, int]) -> bool:
    """Whether a full name with this surname came before: then the surname most likely is its short form."""
    if match.kind != "surname" or match.script != "latin":
        return False
    return strangers.get(fold_latin(match.quote), match.start) < match.start


def _ordinary(text: str, match: NameMatch, world: World) -> str:
    """Whether a given name is a word that names nobody: "word" for certain, "doubt" perhaps, empty for a name."""
    quote = match.quote
    if match.kind != "given" and not (match.kind == "full" and _ONE_WORD.fullmatch(quote)):
        return ""
    language: Language = "ko" if match.script == "hangul" else "en"
    lexicon = world.lexicons.get(language)
    if lexicon and (quote in lexicon.world or quote in lexicon.institutions or quote in lexicon.places):
        return "word"
    if quote.casefold() not in world.ordinary.get(language, frozenset()):
        return ""
    if match.script == "hangul":
        return "" if _AFTER_A_NAME.match(text, match.end) else "doubt"
    return "doubt" if quote[:1].isupper() else "word"


def _group(
    match: NameMatch, groups: dict[str, tuple[PersonId, ...]]
) -> tuple[str, tuple[PersonId, ...], frozenset[PersonId]]:
    """The key of a name, the persons it may mean, and those of them who only bear it as a pseudonym.

    A name of one person alone has the person's id as its key.
    """
    real = {PersonId(k) for k in match.keys if ":" not in k}
    made_up = {PersonId(k.removeprefix(_PSEUDONYM)) for k in match.keys if k.startswith(_PSEUDONYM)} - real
    members = tuple(sorted(real | made_up))
    own = match.kind not in _SURNAMES
    if own and len(members) == 1:
        groups[members[0]] = members
        return members[0], members, frozenset(made_up)
    prefix = ("own:" if own else "surname:") + "".join(f"{p}," for p in sorted(made_up))
    key = next((k for k, m in groups.items() if m == members and k.startswith(f"{prefix}#")), f"{prefix}#{len(groups)}")
    groups[key] = members
    return key, members, frozenset(made_up)


def _mention(match: NameMatch, key: str, members: Sequence[PersonId], people: People) -> Mention:
    persons = [people.persons[m] for m in members]
    shown = [p for p in persons if p.protected]
    stands = {p.stands_as for p in shown}
    return Mention(
        start=match.start, end=match.end, key=key, label=match.quote,
        # With several the one who left: what is said of them is then read of a person, never of a passer-by.
        stands_as="named" if not shown else stands.pop() if len(stands) == 1 else "left",
    )  # fmt: skip


def _name_claims(match: NameMatch, key: str, people: People, surnames: Surnames) -> Iterable[Said]:
    """What the wording of a name says: the surname, and with a full or a given name who it is."""
    own = [people.persons[PersonId(k)] for k in match.keys if ":" not in k]
    if not own:
        return
    if match.kind != "given":
        bare = _surname_written(match)
        codes = (surnames.codes_of(bare) if bare else frozenset()) | frozenset(s for p in own for s in p.surnames)
        if codes:
            yield Said(start=match.start, end=match.end, key=key, attribute="surname", values=Codes(codes))
    if match.kind in ("full", "given", "initials"):
        names = frozenset(n for p in own for n in p.names) or frozenset({match.quote.casefold()})
        yield Said(start=match.start, end=match.end, key=key, attribute="name", values=Codes(names))


def _surname_written(match: NameMatch) -> str:
    """The surname in a Latin surname standing alone; elsewhere the record's own surname says it."""
    return match.quote if match.script == "latin" and match.kind in ("surname", "surname_title") else ""
