"""To whom an act was done, and when: voice, objects and subjects of English clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bearwitness.model.claims import DateRole
from bearwitness.model.values import Codes, Days
from bearwitness.text.attribution import ALL_KIN, Anchor, nearest_after, nearest_before
from bearwitness.text.date_atoms import DateMention
from bearwitness.text.english_focus import Scene, default_keys, group_keys, recent_keys
from bearwitness.text.english_owners import TELLERS
from bearwitness.text.english_pronouns import Passage
from bearwitness.text.english_terms import ALL_ACTS, Term
from bearwitness.text.scene import Said

# An account given to whoever publishes it may come long after the act.
DAYS_UNTIL_TOLD: Final = 365

_CLAUSE_END: Final = re.compile(
    r"[.;:!?\n\"]|, (?:but|so|then)\b|\b(?:that|after|because|when|while|since|until|although|before|whose|who|saying"
    r"|if|unless)\b"
)
_OBJECT_OF_NOUN: Final = re.compile(
    r" (?:of|on|against|at|to|toward|towards|targeting|for|involving) (?:[A-Z][\w-]*'s )?(?:[a-z]+ ){0,2}?$"
)
_APART: Final = re.compile(
    r"\b(?:like|unlike|with|from|as|than|among|other than|of|for|by|to) (?:many |other |some |the )*$", re.I
)
# What may stand between "not", "would" or "to" and the verb that they take back.
_CHAIN: Final = (
    r"(?: (?:not|never|also|still|even|ever|yet|only|just|be|been|being|have|has|get|got|again|soon|then|all|both"
    r"|[a-z]+ly))*"
)
_TAKEN_BACK: Final = re.compile(
    r"(?:\b(?:would|could|might|(?-i:may|will)|can|cannot|should|must|won't|can't|not|never|without|avoid|no)"
    rf"{_CHAIN}|n't{_CHAIN}|\b(?:instead|fear|afraid|risk) of(?: being)?|\brather than(?: being)?"
    r"|\brisk(?:s|ed)?(?: being)?|\bto avoid(?: being)?|\bthreat(?:s|ened|ening)? (?:with|of)(?: [a-z]+)?"
    r"|\b(?:threaten(?:ed|ing|s)?|vow(?:ed|s)?|prepar(?:ed|es|ing)|plan(?:ned|s|ning)?|crime|offen[cs]e|illegal"
    r"|forbidden|refus(?:ed|es)|fail(?:ed|s)|afraid|order|power|authority)(?: (?:h(?:er|im)|them|the family))? to"
    rf"{_CHAIN}|\b(?:if|unless|whether|in case|lest)\b[^,;:\"]{{0,60}}) $",
    re.I,
)
# What a person is told not to do, or what a law forbids, reaches further than one verb.
_FORBIDDEN: Final = re.compile(
    r"(?:\b(?:should|must|may|can|could|ought|do|does|did)(?: not|n't)|\b(?:never|cannot|forbidden|illegal|crime"
    r"|offen[cs]e|ban(?:ned)?|law|laws|penalty|punish(?:ment|able)|allowed|refuse[sd]?|without)\b)[^,.;:\"]{0,40}$",
    re.I,
)
# "Not only", and a doubt that is printed as a possibility, say it all the same.
_ONLY: Final = re.compile(
    r"\bnot (?:only|just|merely)\b[^,;]*$|\b(?:may|might|could|must|to) have(?: also| then| since)?(?: been)? $", re.I
)
# "Did not know who was taken": not whoever does not know it.
_WHO_ELSE: Final = re.compile(
    r"\b(?:know|knew|say|sure|ask(?:ed)?|tell|told (?:us|me)|see|saw) (?:just |exactly )?who [a-z ]{0,12}$"
)
_GROWS: Final = re.compile(
    r"\b(?:intensif\w+|increas\w+|stepp\w+ up|escalat\w+|expand\w+|campaigns? of|waves? of|policy of) (?:the |its "
    r"|their |this )?$"
)
_LEGAL: Final = re.compile(
    r"\b(?:it (?:is|was) (?:an? |now |a serious |considered )*(?:offen[cs]e|crime|illegal|treason|forbidden)|(?:is"
    r"|are|was|were) (?:now |also )?"
    r"(?:considered|classified|regarded|treated|punishable)\b|\b(?:is|are) (?:now |also )?punished\b"
    r"|under (?:the )?(?:law|rules|article)|by law\b)",
    re.I,
)
_TELLS: Final = re.compile(
    r"\b(?:told|informed|notified|alerted|learn(?:ed|t)|heard|phoned|called|rang|texted|messaged|wrote|found out"
    r"|discovered|received (?:word"
    r"|news|a (?:call|message|letter))|got (?:word|news|a (?:call|message|letter))|news (?:reached|came)"
    r"|word (?:reached|came)"
    r"|let (?:[a-z]+ )?know|was told|were told|passed on)\b"
)
_SAYS: Final = re.compile(
    r"\b(?:said|says|reported|recalled|recounted|testified|spoke|described|explained|confirmed)\b"
)
_TO_US: Final = re.compile(
    r"\b(?:told|informed|spoke (?:to|with)) (?:us|me|this [a-z]+|reporters?|the (?:[A-Z][A-Za-z]*|author|interviewer))"
)
_INTERVIEW: Final = re.compile(r"\b(?:interview|interviewed|speaking (?:to|with)|statement|testimony)\b")
_PUBLISHED: Final = re.compile(r"\b(?:published|printed|aired|broadcast|posted|released a (?:report|statement))\b")


def read_act(scene: Scene, passage: Passage, term: Term) -> Iterator[Said]:
    """An act said of everybody to whose household it was done; of nobody where it is a rule, a threat, or general."""
    text = scene.page.text
    if is_unsaid(text, passage, term):
        return
    for victim in _victims(scene, passage, term):
        codes = term.codes
        also: tuple[tuple[int, int], ...] = ()
        if "detention" in codes:
            leaves = victim.kin if victim.about else ALL_KIN
            codes = frozenset(f"detention/{leaf}" for leaf in leaves)
            if victim.about and victim.root:
                also = (victim.root,)
        for key in victim.keys:
            yield Said(start=term.start, end=term.end, key=key, attribute="act", values=Codes(codes), also=also)


def is_unsaid(text: str, passage: Passage, term: Term) -> bool:
    """Whether a clause clearly does not say that something was done: conditions, rules, warnings, denials."""
    start = passage.sentence.start
    before = text[max(start, term.start - 90) : term.start]
    taken_back = _TAKEN_BACK if term.attribute in ("act", "status") else _FORBIDDEN
    if (taken_back.search(before) or _TAKEN_BACK.search(before)) and not _ONLY.search(before):
        return True
    if term.attribute == "act" and term.codes == {"threat"}:
        return False
    if term.voice == "noun" and term.codes == ALL_ACTS and _GROWS.search(before):
        # "Has intensified the harassment": a policy, unless it says of whom.
        return not text.startswith((" of ", " against ", " on "), term.end)
    return not passage.people and _LEGAL.search(text, start, passage.sentence.end) is not None


def _victims(scene: Scene, passage: Passage, term: Term) -> Sequence[Anchor]:
    """Those an act was done to: after an active verb, before a passive one; else whom the sentence speaks of."""
    text, anchors = scene.page.text, passage.anchors
    targets = [
        a
        for a in anchors
        if not (a.possessive and a.kind != "kin" and a.root != (a.start, a.end)) or a.kind == "family"
    ]
    targets = [a for a in targets if a.start not in passage.owners and not _is_owner_word(anchors, a)]
    if term.voice == "active":
        limit = _CLAUSE_END.search(text, term.end, passage.sentence.end)
        found = nearest_after(targets, term.end, limit.start() if limit else passage.sentence.end)
        if found is not None and found.kind != "carrier":
            return _with_joined(text, targets, found)
    if term.voice == "noun":
        after = nearest_after(targets, term.end, passage.sentence.end)
        if after is not None and _OBJECT_OF_NOUN.fullmatch(text, term.end, after.start):
            return _with_joined(text, targets, after)
        owner = next((a for a in anchors if a.possessive and 0 <= term.start - a.end <= 4), None)
        if owner is not None:
            return [owner]
    usable = [
        a for a in targets
        if not (a.kind == "generic" and (_is_apart(text, passage, a) or TELLERS.match(text, a.start)))
    ]  # fmt: skip
    if term.voice in ("noun", "active") or _WHO_ELSE.search(text, passage.sentence.start, term.start):
        usable = [a for a in usable if a.kind != "carrier"]
    before = nearest_before(usable, term.start, passage.hidden)
    if before is not None and (before.keys or before.kind == "generic"):
        return _with_joined_before(passage, usable, before, text)
    keys = default_keys(scene, passage, term.start) or _paragraph_keys(passage)
    return [Anchor(start=term.start, end=term.end, kind="family", keys=keys)] if keys else []


def _is_owner_word(anchors: Sequence[Anchor], anchor: Anchor) -> bool:
    """Whether a word only says whose: in "her brother", "Park's brother" it was done to the brother."""
    return anchor.possessive and any(
        a.kind in ("kin", "family", "house") and 0 <= a.start - anchor.end <= 30 and a is not anchor for a in anchors
    )


def _is_apart(text: str, passage: Passage, anchor: Anchor) -> bool:
    """People in general who only stand beside: "like other defectors", "from many families"."""
    return bool(passage.people) and _APART.search(text, passage.sentence.start, anchor.start) is not None


_ADDED: Final = re.compile(
    r",? (?:and|or|as well as|along with)(?: also)? (?:the |a |an |her |his |their "
    r"|[A-Z][\w-]*'s )?(?:[a-z]+ ){0,2}?$|, (?:her |his |their )?$"
)


def _with_joined(text: str, targets: Sequence[Anchor], first: Anchor) -> list[Anchor]:
    found = [first]
    for anchor in sorted(targets, key=lambda a: a.start):
        if (
            anchor.start > found[-1].end
            and anchor.kind in ("kin", "person", "family")
            and _ADDED.fullmatch(text, found[-1].end, anchor.start)
        ):
            found.append(anchor)
    return found


def _with_joined_before(passage: Passage, targets: Sequence[Anchor], last: Anchor, text: str) -> list[Anchor]:
    """The subject and those joined to it: "her husband and son were taken", "Kim and Park were threatened"."""
    if last.kind == "person" and not last.about and not last.possessive:
        return [Anchor(start=last.start, end=last.end, kind="person", keys=group_keys(passage, last), root=last.root)]
    found = [last]
    for anchor in sorted(targets, key=lambda a: -a.start):
        if (
            anchor.end < found[-1].start
            and anchor.kind == "kin"
            and _ADDED.fullmatch(text, anchor.end, found[-1].start)
        ):
            found.append(anchor)
    return found


def _paragraph_keys(passage: Passage) -> tuple[str, ...]:
    """A sentence that shows nobody speaks on of those of its paragraph; people in general are nobody."""
    if passage.anchors and all(a.kind == "generic" and a.subject for a in passage.anchors):
        return ()
    same = [p for p in passage.before[-1:] if p.sentence.paragraph == passage.sentence.paragraph]
    return recent_keys(passage) if same else ()


def read_act_date(
    scene: Scene, passage: Passage, mention: DateMention, acts: Sequence[tuple[Term, tuple[str, ...]]], lag_days: int
) -> Iterator[Said]:
    """The date of the nearest act of a sentence that was said of somebody, with what it dates: the act or its news."""
    text = scene.page.text
    acts = [a for a in acts if ";" not in text[min(a[0].end, mention.end) : max(a[0].start, mention.start)]]
    if mention.days is None or not acts:
        return
    after = [a for a in acts if a[0].start >= mention.end]
    before = [a for a in acts if a[0].end <= mention.start]
    near_before = before and (
        not after or mention.start - before[-1][0].end < _reach(scene.page.text, mention.end, after[0][0].start)
    )
    act, keys = before[-1] if near_before else after[0] if after else acts[-1]
    role = date_role(scene.page.text, passage, mention, act)
    lag = {
        "learned": lag_days,
        "told": max(lag_days, DAYS_UNTIL_TOLD),
        "published": max(lag_days, DAYS_UNTIL_TOLD),
    }.get(role, 0)
    codes = act.codes
    for key in keys:
        yield Said(
            start=mention.start, end=mention.end, key=key, attribute="act_date", values=Days(mention.days.spans),
            about="act:" + "|".join(sorted(codes)), role=role, lag_days=lag,
        )  # fmt: skip


def _reach(text: str, end: int, start: int) -> int:
    """How far an act after a date is: a date opens its own clause, and belongs less to one before a comma."""
    return (start - end) // 2 if "," not in text[end:start] else start - end


def date_role(text: str, passage: Passage, mention: DateMention, act: Term) -> DateRole:
    """Whether a date is that of the act or of the news, the telling or the printing of it; the act's where open."""
    start = passage.sentence.start
    if mention.start < act.start:
        between = text[mention.end : act.start]
        before = text[start : mention.start]
        own = _nearest_teller(before)
        if _TELLS.search(between) or (
            _SAYS.search(between) and re.match(r",? ?[a-zA-Z ]{0,40}\b(?:said|says|reported)\b", between)
        ):
            return _news(text[mention.end : act.start], its_own=True)
        if own is not None and re.search(r"\b(?:that|how)\b", between) and "that" not in before[own:]:
            return _news(before[own:] + between, its_own=False)
        return "occurred"
    between = text[act.end : mention.start]
    own = _nearest_teller(between)
    if own is not None:
        return _news(between[own:], its_own=True)
    if _INTERVIEW.search(between[-40:]):
        return "told"
    return "published" if _PUBLISHED.search(between) else "occurred"


def _nearest_teller(before: str) -> int | None:
    """Where the last verb of telling before a date begins, if the date can be its own."""
    found = [m.start() for p in (_TELLS, _SAYS, _INTERVIEW, _PUBLISHED) for m in p.finditer(before)]
    if not found:
        return None
    last = max(found)
    return last if len(before) - last < 50 else None


def _news(said: str, *, its_own: bool) -> DateRole:
    if _PUBLISHED.search(said):
        return "published"
    if _TO_US.search(said) or _INTERVIEW.search(said):
        return "told"
    if _TELLS.search(said):
        return "learned"
    return "told" if _SAYS.search(said) and (its_own or "that" in said) else "occurred"
