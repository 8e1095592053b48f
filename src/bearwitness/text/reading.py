"""Read a draft: whom it shows, what it says of them, and what nobody accounts for; with a record or without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bearwitness.model.claims import Claim, ClaimId, Language, Reading, Span, Unresolved
from bearwitness.model.places import Place, PlaceTree
from bearwitness.model.publication import Decisions
from bearwitness.model.records import Case, CasePlace
from bearwitness.model.values import Codes, ValueSet
from bearwitness.text import rules_names, rules_record
from bearwitness.text.assembly import Assembled, Backing, SayValues, assemble, contradiction
from bearwitness.text.decided import compile_decisions, contested_doubts, settle_doubts, settled_keys
from bearwitness.text.english_bodies import in_state_name
from bearwitness.text.languages import detect_language as detect_language
from bearwitness.text.languages import scan_text
from bearwitness.text.name_surnames import surname_table
from bearwitness.text.names import NameIndex
from bearwitness.text.normalise import Normalised, normalise
from bearwitness.text.placeholders import hide_placeholders
from bearwitness.text.record_acts import compile_acts
from bearwitness.text.record_compare import Comparison
from bearwitness.text.record_edited import accounted_for, apply_edited, pin_keys
from bearwitness.text.record_hops import show_relatives_elsewhere
from bearwitness.text.record_names import Known, find_known, index_names, with_places
from bearwitness.text.record_people import People, compile_people
from bearwitness.text.record_quotes import find_quotations, may_quote
from bearwitness.text.record_targets import Targets, find_targets
from bearwitness.text.romanisation import is_hangul
from bearwitness.text.saying import say_values
from bearwitness.text.scene import Doubt, Lexicon, Mention, Scan
from bearwitness.text.world import World

NO_DECISIONS: Final = Decisions()
# An act told as news is taken to have happened within so many days before, where no policy says otherwise.
USUAL_LAG_DAYS: Final = 30
# What points at one person; acts, sex and kin are told of anybody.
_IDENTIFYING: Final = frozenset(["birth", "home", "occupation", "route", "departure", "act_date", "count", "amount"])
_TOLD: Final = rules_names.TOLD_WITH_NAME.why_en
_MIXED: Final = rules_record.MIXED.why_en


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCase:
    """A case with its persons and names compiled, which no text changes."""

    case: Case
    people: People
    names: NameIndex
    comparison: Comparison


def prepare_case(case: Case, world: World) -> PreparedCase:
    """Compile a case once, where many drafts are read with it.

    Parameters
    ----------
    case : Case
        The record.
    world : World
        What is known outside the case.
    """
    people = compile_people(case, world.tree, surname_table(world.surnames))
    return PreparedCase(
        case=case, people=people, names=index_names(case, world.surnames), comparison=Comparison(people)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A case, compiled for one text."""

    case: Case
    people: People
    known: Known
    comparison: Comparison
    accounted: tuple[tuple[Claim, int, int], ...]


def read_draft(
    draft: str,
    *,
    world: World,
    case: Case | PreparedCase | None = None,
    decisions: Decisions = NO_DECISIONS,
    published: date,
    lag_days: int = USUAL_LAG_DAYS,
) -> Reading:
    """Read a draft into personas, claims and what nobody accounts for.

    Parameters
    ----------
    draft : str
        The text as its author wrote it.
    world : World
        What is known outside the case.
    case : Case or PreparedCase, optional
        The record. Without one everybody is read from the text alone, each a household of their own.
    decisions : Decisions
        What an editor decided about forms; a decision that matches nothing does nothing.
    published : date
        When the draft would leave; dates without a year and ages are read by it.
    lag_days : int
        How many days before the news of it an act may have happened.

    Returns
    -------
    Reading
        All offsets are code points of the draft. What the record knows never narrows what the wording allows.

    Raises
    ------
    CaseError
        If a claim of the case quotes words that the draft does not have, or speaks of nobody it shows.
    """
    normal = normalise(draft)
    decided = compile_decisions(decisions)
    prepared = prepare_case(case, world) if isinstance(case, Case) else case
    record = _compile(normal.text, prepared, world) if prepared else None
    scan = _scan(normal.text, record, world, published, lag_days)
    targets = _targets(normal.text, scan, record)
    settled = settled_keys(scan.mentions, decided, record.known.groups if record else ())
    targets = replace(targets, dropped=targets.dropped | settled)
    language = detect_language(normal.text)
    say = _sayer(language, world, record.case if record else None)
    assembled = assemble(
        scan, targets, _backing(record), span_of=lambda a, b: _span(draft, normal, a, b), say=say
    )  # fmt: skip
    personas, claims = assembled.personas, assembled.claims
    if record:
        personas, claims = show_relatives_elsewhere(
            personas, claims, case=record.case, people=record.people, draft=draft
        )
    if record and record.case.claims:
        edited, persons = record.case.claims, record.people.persons
        personas, claims = apply_edited(claims, personas, edited, draft=draft, normal=normal, persons=persons)
    doubts = (
        *_doubts(normal, scan, targets, assembled, record, published), *_told_of_unknown(scan, targets, settled),
        *_protected(normal.text, decisions, world),
    )  # fmt: skip
    return Reading(
        language=language, personas=personas, claims=_numbered(claims, say),
        unresolved=_unresolved(
            draft, normal, (*settle_doubts(doubts, decided), *contested_doubts(scan.mentions, scan.said, decided))
        ),
    )  # fmt: skip


def _compile(text: str, prepared: PreparedCase, world: World) -> _Record:
    case, people = prepared.case, prepared.people
    return _Record(
        case=case, people=people, known=find_known(text, case, people, prepared.names, world),
        comparison=prepared.comparison, accounted=accounted_for(text, case.claims),
    )  # fmt: skip


def _scan(text: str, record: _Record | None, world: World, published: date, lag_days: int) -> Scan:
    """Everything found, the names of the record and what they say included."""
    known = record.known if record else None
    lexicons: Mapping[Language, Lexicon] = world.lexicons
    if known and known.places:
        lexicons = {language: with_places(lexicon, known.places) for language, lexicon in lexicons.items()}
    hidden, persons = hide_placeholders(text)
    mentions: tuple[Mention, ...] = known.mentions if known else ()
    mentions += tuple(Mention(start=a, end=b, key=said, label=said, pseudonym=True) for a, b, said in persons)
    scan = scan_text(
        hidden, mentions, lexicons=lexicons, ordinary=world.ordinary, published=published, lag_days=lag_days
    )
    if record is None or known is None:
        return replace(scan, mentions=tuple(dict.fromkeys((*mentions, *scan.mentions))))
    settled = {(m.start, m.end) for m in mentions} | {(a, b) for _, a, b in record.accounted}
    doubts = [d for d in scan.doubts if not any(a <= d.start and d.end <= b for a, b in settled)]
    return Scan(
        mentions=tuple(dict.fromkeys((*mentions, *scan.mentions))), said=(*known.said, *scan.said),
        doubts=(*known.doubts, *doubts),
    )  # fmt: skip


def _targets(text: str, scan: Scan, record: _Record | None) -> Targets:
    if record is None:
        named = {m.key for m in scan.mentions if m.stands_as == "named"}
        return Targets(dropped=frozenset(named - {m.key for m in scan.mentions if m.stands_as != "named"}))
    pinned = pin_keys(scan.mentions, record.accounted, record.people.persons)
    return find_targets(
        scan.mentions, scan.said, case=record.case, people=record.people, known=record.known,
        comparison=record.comparison, text=text, pinned=pinned,
    )  # fmt: skip


def _backing(record: _Record | None) -> Backing | None:
    if record is None:
        return None
    return Backing(
        people=record.people, acts=compile_acts(record.case, record.people), comparison=record.comparison,
        pseudonyms=record.known.pseudonyms,
    )  # fmt: skip


def _sayer(language: Language, world: World, case: Case | None) -> SayValues:
    tree = _tree_with(world.tree, case.places) if case and case.places else world.tree

    def say(attribute: str, values: ValueSet) -> str:
        if language == "en" and attribute == "surname" and isinstance(values, Codes):
            # Surnames are kept in Hangul; who reads an English report sees the usual Latin spelling.
            values = Codes(frozenset(world.surnames.get(c, (c,))[0] for c in values.codes))
        return say_values(attribute, values, language, tree=tree, vocabulary=world.vocabulary)

    return say


def _tree_with(tree: PlaceTree, places: Iterable[CasePlace]) -> PlaceTree:
    more = []
    for place in places:
        korean = tuple(n for n in place.names if is_hangul(n[:1])) or place.names
        english = tuple(n for n in place.names if not is_hangul(n[:1])) or place.names
        labels: dict[Language, str] = {"en": english[0], "ko": korean[0]}
        names: dict[Language, tuple[str, ...]] = {"en": english, "ko": korean}
        more.append(Place(path=place.path, kind="ward", labels=labels, names=names))
    return tree.with_places(more)


def _doubts(
    normal: Normalised, scan: Scan, targets: Targets, assembled: Assembled, record: _Record | None, published: date
) -> tuple[Doubt, ...]:  # fmt: skip
    """Everything in doubt: unknown forms, open persons, contradictions, quotations, mixed scripts."""
    mixed = [Doubt(start=a, end=b, form=normal.text[a:b], why=_MIXED) for a, b in normal.suspicious]
    against = [contradiction(person, said) for person, said in targets.contradictions]
    quoted = _quoted(normal.text, record, published) if record else ()
    return (*scan.doubts, *targets.doubts, *against, *assembled.doubts, *quoted, *mixed)


def _protected(text: str, decisions: Decisions, world: World) -> list[Doubt]:
    """Every other spelling of a form that was decided to be protected; the decision itself says what to do."""
    if not any(d.kind == "protected" and d.role != "other" for d in decisions.decisions):
        return []
    # The forms of dates, names and sums take a while to load, and few decisions need them.
    from bearwitness.text.form_matcher import find_forms
    from bearwitness.text.surface_forms import expand_decisions

    forms = ((written, form) for written, form, _ in expand_decisions(decisions))
    found = find_forms(text, forms, world.ordinary["en"])
    return [
        Doubt(start=m.start, end=m.end, form=m.values[0], why=rules_record.PUT_IN_RECORD.why_en)
        for m in found if not in_state_name(text, m.start, m.end)
    ]  # fmt: skip


def _told_of_unknown(scan: Scan, targets: Targets, settled: frozenset[str]) -> list[Doubt]:
    """What is told of somebody whose name no record knows: decided together with the name, by its form."""
    unknown = {m.key: m.full for m in scan.mentions if m.key in targets.dropped and m.key not in settled and m.full}
    return [
        Doubt(start=s.start, end=s.end, form=unknown[s.key], why=_TOLD)
        for s in scan.said
        if s.key in unknown and s.attribute in _IDENTIFYING
    ]


def _quoted(text: str, record: _Record, published: date) -> list[Doubt]:
    closed = [t for t in record.case.testimonies if not may_quote(record.case, t, published)]
    found = []
    for quotation in find_quotations(text, closed):
        ids = ", ".join(quotation.testimonies)
        why = rules_record.QUOTATION.fill(ids=ids)
        form = text[quotation.start : quotation.end]
        found.append(Doubt(start=quotation.start, end=quotation.end, form=form, why=why))
    return found


def _span(draft: str, normal: Normalised, start: int, end: int) -> Span:
    first, last = normal.original_span(start, end)
    return Span(start=first, end=last, quote=draft[first:last])


def _unresolved(draft: str, normal: Normalised, doubts: Iterable[Doubt]) -> tuple[Unresolved, ...]:
    """The doubts in the order of the draft, each once."""
    found: dict[tuple[int, int, str, str], Unresolved] = {}
    for doubt in sorted(doubts, key=lambda d: (d.start, d.end, d.form, d.why)):
        span = _span(draft, normal, doubt.start, doubt.end)
        key = (span.start, span.end, doubt.form, doubt.why)
        found.setdefault(key, Unresolved(span=span, form=doubt.form, why=doubt.why))
    return tuple(found.values())


def _numbered(claims: Sequence[Claim], say: SayValues) -> tuple[Claim, ...]:
    """Claims with ids c1, c2, ... in the order of the draft; those of an editor keep their own."""
    taken = {c.id for c in claims if c.origin == "editor"}
    numbers = (name for n in range(1, 2 * len(claims) + 2) if (name := ClaimId(f"c{n}")) not in taken)
    ordered = sorted(claims, key=lambda c: (c.spans[0].start, c.spans[0].end) if c.spans else (-1, -1))
    named = (c if c.origin == "editor" else replace(c, id=next(numbers)) for c in ordered)
    return tuple(c if c.says else replace(c, says=say(c.attribute, c.values)) for c in named)
