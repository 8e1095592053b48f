"""Say the claims of a Korean draft less exactly: each sentence stays whole, or is replaced by what has to stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bearwitness.model.assessment import Edit, Rung
from bearwitness.model.claims import Claim, ClaimId, PersonaId, Reading
from bearwitness.model.places import PlaceTree
from bearwitness.model.values import Days
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text.dates import find_dates
from bearwitness.text.korean_scene import PRONOUN
from bearwitness.text.normalise import Normalised, normalise
from bearwitness.text.rewording_ko_check import Finders, leaks, loses, strays
from bearwitness.text.rewording_ko_draft import Draft
from bearwitness.text.rewording_ko_parts import parts_of
from bearwitness.text.rewording_ko_patches import Patch, patches_of
from bearwitness.text.rewording_ko_people import Chosen, Names, compose
from bearwitness.text.rewording_ko_sentence import CannotKeep, Part, Sentence
from bearwitness.text.rewording_ko_units import Unit, as_edits, positions, units_of
from bearwitness.text.rewording_ko_words import THAT_PERSON, refit, word_day, word_value

Span = tuple[int, int]
# A sentence whose changed form still says too much is made anew, and one made anew is taken out.
_DESCRIBED_AFTER_AND: Final = re.compile(
    r"[가-힣](?:와|과|하고) (?P<described>(?:[가-힣]{1,8} ){0,2}?[가-힣]{1,8} ?출신(?:의|인)? )$"
)
# Those a text shows, counted; "이 세 사람" says nothing more.
_TOGETHER: Final = re.compile(
    r"(?<![가-힣0-9])(?<!이 )(?P<n>두|세|네|다섯|여섯|[2-6]) ?(?:사람|명|분|탈북민|탈북자|여성|남성)"
    r"(?=[은는이가을를의에과와 ,.]|$)"
)
_HANGUL: Final = re.compile(r"[가-힣]*")
_MOST_ROUNDS: Final = 3


def word_ko(claim: Claim, rung: Rung, *, tree: PlaceTree, vocabulary: Vocabulary) -> str:
    """The words that stand for a claim at a rung, for a report; empty where nothing is said any more."""
    return word_value(claim, rung, tree, vocabulary)


def reword_ko(
    draft: str,
    reading: Reading,
    chosen: Mapping[ClaimId, Rung],
    *,
    tree: PlaceTree,
    vocabulary: Vocabulary,
    published: date,
) -> list[Edit]:
    """The edits that make a Korean draft say no more than was chosen.

    Parameters
    ----------
    draft : str
        The text as its author wrote it.
    reading : Reading
        What it says.
    chosen : mapping of ClaimId to Rung
        Where each claim is to stand; a claim that is missing stays as it is.
    tree, vocabulary
        Names of places and terms.
    published : date
        When the draft would leave.

    Returns
    -------
    list of Edit
        Disjoint, in order. A sentence that does not stand without what has to go is replaced by what was done to
        whom, or taken out where it says of no act that has to stay.
    """
    work = _Work(
        normal=normalise(draft), chosen=Chosen(reading=reading, rungs=chosen), tree=tree, vocabulary=vocabulary,
        published=published,
        finders=Finders(
            places=tree.forms("ko"), occupations=vocabulary.forms("occupation", "ko"), published=published
        ),
    )  # fmt: skip
    return work.edits()


@dataclass(slots=True)
class _Work:
    """One rewording while it goes on."""

    normal: Normalised
    chosen: Chosen
    tree: PlaceTree
    vocabulary: Vocabulary
    published: date
    finders: Finders

    def edits(self) -> list[Edit]:
        """All edits, with offsets of the original draft."""
        draft = Draft(
            text=self.normal.text, chosen=self.chosen, tree=self.tree, vocabulary=self.vocabulary,
            published=self.published, at=positions(self.normal, self.chosen.reading),
        )  # fmt: skip
        units = units_of(self.normal.text)
        for unit in units:
            unit.parts = parts_of(draft, unit.start, unit.end)
            self._try(draft, unit)
        written = self._write_safely(draft, units)
        counted = self._miscounted(draft, units)
        if counted:
            for unit, parts in counted:
                unit.parts = sorted([*unit.parts, *parts], key=lambda p: (p.start, p.end))
                self._try(draft, unit)
            written = self._write_safely(draft, units)
        return as_edits(self.normal, units, written)

    def _write_safely(self, draft: Draft, units: Sequence[Unit]) -> list[str]:
        """What each sentence becomes; one that still says too much is made anew, one made anew is taken out."""
        for _ in range(_MOST_ROUNDS):
            written = self._write(draft, units)
            wrong = [u for u, text in zip(units, written, strict=True) if not self._is_fine(draft, u, text)]
            if not wrong:
                return written
            for unit in wrong:
                unit.how = "compose" if unit.how == "patch" and draft.kept_acts(unit.start, unit.end) else "drop"
        return self._write(draft, units)

    def _miscounted(self, draft: Draft, units: Sequence[Unit]) -> list[tuple[Unit, list[Part]]]:
        """"세 사람" where fewer than three are shown any more."""
        left = {p.id for p in self.chosen.reading.personas if p.stands_as == "left"}
        groups = draft.groups()
        shown: set[str] = set()
        for unit in units:
            if unit.how == "compose":
                for claim in draft.kept_acts(unit.start, unit.end):
                    shown |= groups.get(claim.persona, frozenset({claim.persona}))
            elif unit.how == "patch":
                for start, _, people in draft.mentions_in(unit.start, unit.end):
                    gone = any(p.start <= start < p.end and not p.people and not p.instead for p in unit.patches)
                    shown |= frozenset() if gone else people
        if left <= shown:
            return []
        found = []
        for unit in units:
            taken = [(a, b) for c, a, b in draft.claims_in(unit.start, unit.end) if c.attribute == "count"]
            parts = [
                Part(start=m.start("n"), end=m.end("n"), how="say", words="여러")
                for m in _TOGETHER.finditer(draft.text, unit.start, unit.end)
                if unit.how == "patch" and not any(a <= m.start() < b for a, b in taken)
            ]  # fmt: skip
            if parts:
                found.append((unit, parts))
        return found

    def _try(self, draft: Draft, unit: Unit) -> None:
        changing = [p for p in unit.parts if p.how != "name"]
        if not unit.parts:
            return
        sentence = Sentence(
            text=draft.text, start=unit.start, end=unit.end, must=draft.must(unit.start, unit.end),
            wanted=draft.wanted(unit.start, unit.end),
        )  # fmt: skip
        dates = find_dates(draft.text[unit.start : unit.end], language="ko", published=self.published)
        times = [(unit.start + d.start, unit.start + d.end) for d in dates]
        spans = [*draft.passages(unit.start, unit.end), *times, *((p.start, p.end) for p in unit.parts)]
        sentence.read(spans, [a for a, _ in times], [a for a, _, _ in draft.mentions_in(unit.start, unit.end)])
        try:
            for part in unit.parts:
                if part.how in ("say", "name"):
                    sentence.say(part)
            for part in changing:
                if part.how not in ("say", "name"):
                    sentence.take_out(part)
            unit.patches = patches_of(sentence)
        except CannotKeep:
            unit.how = "compose" if draft.kept_acts(unit.start, unit.end) else "drop"

    def _write(self, draft: Draft, units: Sequence[Unit]) -> list[str]:
        """What each sentence becomes, in order, since who was shown before decides how somebody is shown."""
        names = Names(chosen=self.chosen)
        groups = draft.groups()
        written: list[str] = []
        for unit in units:
            if unit.how == "drop":
                written.append("")
            elif unit.how == "compose":
                acts = draft.kept_acts(unit.start, unit.end)
                dates = self._dates(draft, unit)
                written.append(compose(acts, dates, self.chosen, names, groups))
            else:
                written.append(self._patched(draft, unit, names))
        return written

    def _dates(self, draft: Draft, unit: Unit) -> dict[PersonaId, str]:
        found: dict[PersonaId, str] = {}
        several: set[PersonaId] = set()
        for claim, start, end in draft.claims_in(unit.start, unit.end):
            values = self.chosen.values(claim)
            if claim.attribute != "act_date" or claim.role not in ("occurred", None) or not isinstance(values, Days):
                continue
            rung = self.chosen.rungs.get(claim.id)
            quote = draft.text[start:end]
            words = quote if rung is None or rung.values == claim.values else word_day(
                values, rung.level, quote, self.published
            )
            if claim.persona in found and found[claim.persona] != f"{words}에":
                several.add(claim.persona)
            if words:
                found[claim.persona] = f"{words}에"
        return {p: words for p, words in found.items() if p not in several}

    def _patched(self, draft: Draft, unit: Unit, names: Names) -> str:
        text, at = draft.text, unit.start
        shown = draft.mentions_in(unit.start, unit.end)
        unit.resolved = []
        for patch in self._with_introductions(draft, unit, names):
            for start, end, people in shown:
                if at <= start < patch.start and not (patch.people == people and patch.start < end):
                    names.see(people, text[start:end])
            instead = patch.instead
            if patch.people:
                words = names.word(patch.people, patch.noun)
                instead = words + refit(words, instead)
                if _put_before(text, unit, patch.start, words.rpartition(" ")[0]):
                    instead = instead[len(words.rpartition(" ")[0]) + 1 :]
            unit.resolved.append((patch.start, patch.end, instead))
            at = patch.end
        for start, end, people in shown:
            if at <= start:
                names.see(people, text[start:end])
        unit.resolved.sort()
        pieces, at = [], unit.start
        for start, end, words in unit.resolved:
            pieces += [text[at:start], words]
            at = end
        return "".join([*pieces, text[at : unit.end]])

    def _with_introductions(self, draft: Draft, unit: Unit, names: Names) -> list[Patch]:
        """The changes of a sentence; a pronoun whose noun went with an earlier sentence says who it is."""
        text, seen, patches = draft.text, set(names.seen), list(unit.patches)
        for start, end, people in draft.mentions_in(unit.start, unit.end):
            around = next((p for p in patches if p.start <= start < p.end), None)
            if people in seen or not PRONOUN.match(text, start):
                if around is None or around.people or around.instead:
                    seen.add(people)
                continue
            if around is None:
                tail = _HANGUL.match(text, end)
                last = tail.end() if tail else end
                patches.append(Patch(start=start, end=last, instead=text[end:last], people=people))
            elif around.start == start and around.instead.startswith(THAT_PERSON):
                patches.remove(around)
                rest = around.instead.removeprefix(THAT_PERSON)
                patches.append(Patch(start=start, end=around.end, instead=rest, people=people))
            seen.add(people)
        return sorted(patches, key=lambda p: (p.start, p.end))

    def _is_fine(self, draft: Draft, unit: Unit, written: str) -> bool:
        if unit.how == "drop" or (not unit.parts and unit.how == "patch"):
            return True
        was = draft.text[unit.start : unit.end]
        if (written.count('"') - was.count('"')) % 2 or not written.strip():
            return False
        changed = [
            (c, a - unit.start, b - unit.start) for c, a, b in draft.claims_in(unit.start, unit.end)
            if self.chosen.is_changed(c)
        ]  # fmt: skip
        if leaks(was, written, changed, self.chosen, self.finders):
            return False
        acts = draft.kept_acts(unit.start, unit.end)
        return not loses(written, acts, self.chosen) and not strays(was, written, acts, self.chosen)


def _put_before(text: str, unit: Unit, at: int, determiner: str) -> bool:
    """Put "한" before what describes somebody joined to another ("이 씨와 한 량강도 출신인 탈북민"); whether it was.

    After it the description would be taken for that of the one before.
    """
    match = _DESCRIBED_AFTER_AND.search(text, unit.start, at)
    if match is None:
        return False
    first = match.start("described")
    # "이 씨와 다른 량강도 출신인" would be read as one description.
    determiner = "또 다른" if determiner == "다른" else determiner
    for index, (start, end, words) in enumerate(unit.resolved):
        if first <= start and not words:
            return False
        if start == first and end > start:
            unit.resolved[index] = (start, end, f"{determiner} {words}")
            return True
        if start < first < end:
            return False
    unit.resolved.append((first, first, f"{determiner} "))
    return True
