"""What each sentence of an English text says of whom: apposition, subjects and objects, the same for any article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bearwitness.model.values import Codes, Days, Paths, ValueSet
from bearwitness.text.attribution import nearest_before
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.english_acts import is_unsaid, read_act, read_act_date
from bearwitness.text.english_focus import Scene, default_keys, group_keys
from bearwitness.text.english_force import unknown_acts
from bearwitness.text.english_homes import HomeSaid, read_home
from bearwitness.text.english_nouns import Noun
from bearwitness.text.english_pronouns import Passage
from bearwitness.text.english_subjects import is_generic, speaks_of, stands_before_name
from bearwitness.text.english_terms import Term
from bearwitness.text.english_values import Value, count_codes
from bearwitness.text.scene import Said

# News of an arrival dates the departure only backwards; most stay at most this long on the way.
DAYS_ON_THE_WAY: Final = 365

_DEPARTED: Final = re.compile(
    r"\b(?:fled|flee(?:ing)?|escap(?:ed|e|ing)|left|leaving|defect(?:ed|ing|ion)|cross(?:ed|ing)|swam|departed"
    r"|got out|went|slipped|came out"
    r"|sailed|waded|walked (?:across|through|to|out)|made (?:her|his|their) way)\b",
    re.I,
)
_ARRIVED: Final = re.compile(
    r"\b(?:arriv(?:ed|ing|al)|resettl(?:ed|ing)|settled|reached|landed|came to|(?:has|have) lived|living in"
    r"|made it to)\b",
    re.I,
)
_GENERIC_STATUS: Final = re.compile(r"(?:defector|escapee|refugee|runaway)s")
_NOUN_STATUS: Final = re.compile(r"(?:defector|escapee|refugee|runaway)s?(?:-turned-[a-z]+)?")
_AFTER_DET: Final = re.compile(
    r"(?: |-)(?!(?:and|or|of|in|from|to|with|by|for|who|was|is|as"
    r"|at)\b)(?:[a-z-]+ ){0,3}?(?:named |surnamed |called )?(?:(?:Mr|Ms|Mrs)\.? )?"
)
_APPOSED: Final = re.compile(
    r",? (?:(?:who|which) )?(?:(?:had|has|have|was|is|were|are|been|once|also|both|then|now|formerly|still|being"
    r"|become|became|worked|works"
    r"|working|served|serves|employed|trained|studied) )*(?:as |by trade |to be )?(?:(?:an?|the|another"
    r"|one of the) )?(?:[a-z0-9-]+ ){0,4}?$"
)
_BOTH: Final = re.compile(r",? (?:(?:both|all|two|three|also|are|were) )+")
_GOODS: Final = re.compile(
    r"\b(?:money|cash|funds|remittances?|yuan|calls?|phon\w+|messages?|letters?|goods|trade|trains?|send\w*|sent|news|smuggl\w+)"
    r"\b[^,.;]*$"
)
_BESIDE: Final = re.compile(r"(?: \([^()\n]{1,40}\))?(?:, | \()(?:aged? )?(?:[0-9]{2}, )?(?:an? )?(?:[a-z]+ )?")


@dataclass(slots=True, kw_only=True)
class Found:
    """Everything found in one sentence besides the people."""

    terms: Sequence[Term]
    places: Sequence[Value]
    births: Sequence[Value]
    amounts: Sequence[Value]
    occupations: Sequence[Value]
    dates: Sequence[DateMention]
    nouns: Sequence[Noun]


def read_passage(scene: Scene, passage: Passage, found: Found, *, lag_days: int) -> tuple[list[Said], list[HomeSaid]]:
    """Everything that one sentence says of those it can speak of; places apart, since they compete with each other."""
    text = scene.page.text
    said: list[Said] = []
    acts: list[tuple[Term, tuple[str, ...]]] = []
    known = [t for t in found.terms if t.attribute == "act"]
    terms = sorted((*found.terms, *unknown_acts(scene, passage, known)), key=lambda t: (t.start, t.end))
    for term in terms:
        if term.attribute == "act":
            mine = list(read_act(scene, passage, term))
            said += mine
            if mine:
                acts.append((term, tuple(dict.fromkeys(s.key for s in mine))))
        elif term.attribute == "status":
            said += _status(scene, passage, term)
        elif not is_unsaid(text, passage, term):
            said += _plain(scene, passage, term)
    acted = any(t.attribute == "act" for t in terms)
    homes = [h for place in found.places for h in read_home(scene, passage, place, acted=acted)]
    for value in (*found.occupations, *found.births):
        said += _described(scene, passage, value)
    for amount in found.amounts if any(a.keys for a in passage.anchors) else ():
        said += _each(default_keys(scene, passage, amount.start), amount.start, amount.end, "amount", amount.values)
    said += _kin(scene, passage, found.nouns)
    others = [t for t in found.terms if t.attribute in ("trait", "status")]
    births = {(b.start, b.end) for b in found.births}
    for mention in found.dates:
        if (mention.start, mention.end) not in births:
            said += _date(scene, passage, mention, acts, others, lag_days)
    return said, homes


def _each(
    keys: Iterable[str], start: int, end: int, attribute: str, values: ValueSet, about: str = ""
) -> Iterator[Said]:
    for key in keys:
        yield Said(start=start, end=end, key=key, attribute=attribute, values=values, about=about)


def _status(scene: Scene, passage: Passage, term: Term) -> Iterator[Said]:
    text = scene.page.text
    quote = text[term.start : term.end].lower()
    if _GENERIC_STATUS.fullmatch(quote):
        after = [a for a in passage.anchors if a.kind == "person" and not a.about and 0 <= a.start - term.end <= 8]
        joined = after and re.fullmatch(r"(?:,|:| -| \(| named)? (?:an? |one )?", text[term.end : after[0].start])
        counted = next(
            (
                a
                for a in passage.anchors
                if a.kind == "person" and a.plural and a.start <= term.start and term.end <= a.end
            ),
            None,
        )
        before = [a for a in passage.anchors if a.kind == "person" and not a.about and a.end <= term.start]
        apposed = before and _BOTH.fullmatch(text, before[-1].end, term.start)
        keys = (
            group_keys(passage, after[0]) if joined else counted.keys if counted
            else group_keys(passage, before[-1]) if apposed else ()
        )  # fmt: skip
        yield from _each(keys, term.start, term.end, "status", Codes(term.codes))
        return
    inside = next(
        (a for a in passage.anchors if a.start <= term.start and term.end <= a.end and a.kind == "person"), None
    )
    if inside is None and (is_generic(text, passage, term.start) or _owns(text, term)):
        return
    if inside is None and is_unsaid(text, passage, term):
        return
    keys, _ = (inside.keys, "") if inside else speaks_of(scene, passage, term.start, term.end)
    yield from _each(keys, term.start, term.end, "status", Codes(term.codes))


def _owns(text: str, term: Term) -> bool:
    """Whether a noun stands for others: "defector groups" says nothing of anybody."""
    return _NOUN_STATUS.fullmatch(text[term.start : term.end]) is not None and text.startswith(
        (" groups", " community"), term.end
    )


def _plain(scene: Scene, passage: Passage, term: Term) -> Iterator[Said]:
    text = scene.page.text
    if is_generic(text, passage, term.start):
        return
    generic_subject = not passage.people and any(a.kind == "generic" and a.subject for a in passage.anchors)
    keys, _ = speaks_of(scene, passage, term.start, term.end)
    keys = keys or tuple(dict.fromkeys(k for a in passage.anchors for k in a.keys))
    if generic_subject or not keys or _is_of_goods(text, passage, term):
        return
    values: ValueSet = Paths(term.codes) if term.attribute == "route" else Codes(term.codes)
    if "phone" in term.codes:
        # Who brought the news by phone has a line too.
        keys = tuple(dict.fromkeys((*keys, *(k for a in passage.anchors if a.kind == "carrier" for k in a.keys))))
    yield from _each(keys, term.start, term.end, term.attribute, values)


def _is_of_goods(text: str, passage: Passage, term: Term) -> bool:
    """Whether a way through China is that of money, goods or calls: "sent cash through China"."""
    before = text[max(passage.sentence.start, term.start - 50) : term.start]
    return term.codes == {"china"} and _GOODS.search(before) is not None


def _described(scene: Scene, passage: Passage, value: Value) -> Iterator[Said]:
    """An occupation or a birth: of the person or relative it stands beside; said of nobody where it stands apart."""
    text = scene.page.text
    if value.what == "occupation" and (_is_plural(value) or is_generic(text, passage, value.start)):
        return
    inside = next((a for a in passage.anchors if a.start <= value.start and value.end <= a.end and a.keys), None)
    if inside is not None and inside.kind != "carrier":
        yield from _each(inside.keys, value.start, value.end, value.what, value.values, inside.about)
        return
    follower = next((a for a in passage.anchors if a.start >= value.end and a.kind in ("kin", "person", "named")), None)
    if follower is not None and _AFTER_DET.fullmatch(text, value.end, follower.start):
        yield from _each(follower.keys, value.start, value.end, value.what, value.values, follower.about)
        return
    keys, about = speaks_of(scene, passage, value.start, value.end, kin=True)
    before = nearest_before(
        [a for a in passage.anchors if a.kind in ("kin", "person", "named", "carrier")], value.start, passage.hidden
    )
    if value.what == "occupation":
        apposed = before is not None and _APPOSED.fullmatch(text, before.end, value.start)
        works = re.search(
            r"\b(?:as|was|is|became|being|a former|an? former|were|are) (?:an? )?(?:[a-z]+ ){0,2}$",
            text[max(0, value.start - 40) : value.start],
        )
        if not apposed and not works and not stands_before_name(text, passage, value.end):
            return
    if before is not None and _BESIDE.fullmatch(text, before.end, value.start):
        keys, about = before.keys, before.about
    yield from _each(keys, value.start, value.end, value.what, value.values, about)


def _is_child_of(text: str, noun: Noun, passage: Passage) -> bool:
    """Whether a kin word says who somebody is, and no relative of theirs: "the son of a miner, Yun"."""
    own = re.match(r" of (?:an?|the|[a-z]+s\b)", text[noun.end : noun.end + 20])
    return (
        own is not None
        and noun.owner in ("", "a", "an", "the")
        and not any(a.kind == "person" and noun.end < a.start <= noun.end + 10 for a in passage.anchors)
    )


def _is_plural(value: Value) -> bool:
    return (value.form.endswith("s") and not value.form.endswith("ss")) or value.form.endswith(("men", "people"))


def _kin(scene: Scene, passage: Passage, nouns: Sequence[Noun]) -> Iterator[Said]:
    """Relatives, what their word tells of the one they are relatives of, and how many are counted."""
    for noun in nouns:
        anchor = next(
            (a for a in passage.anchors if a.start == noun.start and a.end == noun.end and a.kind in ("kin", "family")),
            None,
        )
        if anchor is None or not anchor.keys:
            continue
        if noun.kind == "kin" and anchor.kin and not _is_child_of(scene.page.text, noun, passage):
            yield from _each(anchor.keys, noun.start, noun.end, "kin", Codes(anchor.kin))
            if noun.codes in ({"husband"}, {"wife"}) and len(anchor.keys) == 1 and anchor.kin == noun.codes:
                sex = "female" if noun.codes == {"husband"} else "male"
                yield from _each(anchor.keys, noun.start, noun.end, "sex", Codes(frozenset({sex})))
        codes = count_codes(noun.number) if noun.number is not None else None
        if codes is not None and noun.number_span is not None:
            yield from _each(anchor.keys, *noun.number_span, "count", codes)


def _date(
    scene: Scene,
    passage: Passage,
    mention: DateMention,
    acts: Sequence[tuple[Term, tuple[str, ...]]],
    others: Sequence[Term],
    lag_days: int,
) -> Iterator[Said]:
    text, sentence = scene.page.text, passage.sentence
    if mention.days is None:
        return
    before = text[max(sentence.start, mention.start - 60) : mention.start]
    after = text[mention.end : min(sentence.end, mention.end + 60)]
    near = re.split(r"[,;]", before)[-1]
    departed, arrived = _last(_DEPARTED, near), _last(_ARRIVED, near)
    if departed is None and arrived is None:
        opening = re.match(r",? (?:[A-Za-z]+ ){0,4}", after)
        leads = re.search(r"\b(?:in|on|since|around)\s$", before, re.I) is not None and len(before.strip().split()) <= 2
        if opening and leads:
            clause = re.split(r"[.;]", after)[0]
            departed, arrived = _last(_DEPARTED, clause[:50]), _last(_ARRIVED, clause[:50])
    nearest_act = max((t.end for t, _ in acts if t.end <= mention.start), default=-1)
    verb = max((x for x in (departed, arrived) if x is not None), default=None)
    if (
        verb is not None
        and nearest_act < mention.start - len(near) + verb
        and not is_generic(text, passage, mention.start)
    ):
        keys, about = speaks_of(scene, passage, mention.start, mention.end, kin=True, subjects=True)
        lag = DAYS_ON_THE_WAY if arrived is not None and (departed is None or arrived > departed) else 0
        for key in keys:
            yield Said(
                start=mention.start, end=mention.end, key=key, attribute="departure", values=Days(mention.days.spans),
                about=about, lag_days=lag,
            )  # fmt: skip
        return
    if not _dates_another(text, mention, others, acts):
        yield from read_act_date(scene, passage, mention, acts, lag_days)


def _dates_another(
    text: str, mention: DateMention, others: Sequence[Term], acts: Sequence[tuple[Term, tuple[str, ...]]]
) -> bool:
    """Whether a date belongs to something else of its own clause: "since she sent money in March, she has learned"."""
    start = max(text.rfind(c, 0, mention.start) for c in ",;.") + 1
    own = [t for t in others if start <= t.start and t.end <= mention.start]
    acted = any(start <= t.start and t.end <= mention.start for t, _ in acts)
    return bool(own) and not acted and re.match(r",|;", text[mention.end : mention.end + 1]) is not None


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = [m.start() for m in pattern.finditer(text)]
    return found[-1] if found else None
