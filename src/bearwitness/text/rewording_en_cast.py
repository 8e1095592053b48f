"""How people without their names are called in English, from one end of a text to the other: "a defector", "she"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bearwitness.text.rewording_en_words import RELATIVE, plural_of, with_article

Form = Literal["", "plain", "possessive", "shown", "article", "kin", "owned", "whose", "again"]
_ORDER: Final = ("one", "another", "a third", "a fourth", "a fifth", "a sixth")
_ORDER_AFTER: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Replace ``text[start:end]``: by ``words``, or by the wording of somebody that only the whole text decides.

    ``form``: "plain" and "possessive" call ``persona``; "shown" says nothing, the text around shows them; "article"
    puts "a" or "the" before what describes them; "again" calls them as shown before, by ``words`` ("them")
    in a sentence that shows them; "kin" calls a relative of theirs by ``words``, the same one by the
    same ``relative``, "owned" where the text says whose; "whose" is "their" in a sentence that has shown them,
    else their wording in the possessive.
    """

    start: int
    end: int
    words: str = ""
    persona: str = ""
    form: Form = ""
    relative: str = ""
    plural: bool = False


@dataclass(slots=True)
class Cast:
    """Who has been called what.

    ``nouns`` is what each persona without a name is called; ``named`` those who keep their name; ``called`` those
    without one whom the whole text calls anything.
    """

    nouns: Mapping[str, str]
    named: Mapping[str, str]
    called: Collection[str] = ()
    order: list[str] = field(default_factory=list)
    last: str = ""
    relatives: dict[str, list[str]] = field(default_factory=dict)
    shown_here: set[str] = field(default_factory=set)

    def begin_sentence(self) -> None:
        """Forget whom the sentence before has shown."""
        self.shown_here = set()

    def say(self, patch: Patch) -> str:
        """The words for a patch, said at its place in the text."""
        if not patch.form:
            return patch.words
        if patch.form in ("kin", "owned"):
            return self._relative(patch)
        if patch.form == "whose" and patch.persona in self.shown_here:
            return "their"
        if patch.form == "again" and patch.words and patch.persona in self.shown_here:
            return patch.words
        new = patch.persona not in self.order and patch.persona not in self.named
        if new and patch.form in ("again", "whose"):
            self.order.append(patch.persona)
        words = self._person(patch.persona)
        self.last = patch.persona
        self.shown_here.add(patch.persona)
        if patch.form == "shown":
            return ""
        if patch.form == "article":
            return f"{words.rpartition(' ')[0] if new or words.startswith('the') else 'the'} "
        return words + "'s" if patch.form in ("possessive", "whose") else words

    def _person(self, persona: str) -> str:
        if persona in self.named:
            return self.named[persona]
        noun = self.nouns.get(persona, "person")
        many = sum(self.nouns.get(p, "person") == noun for p in self.called) > 1
        new = persona not in self.order
        if new:
            self.order.append(persona)
        same = [p for p in self.order if self.nouns.get(p, "person") == noun]
        at = same.index(persona)
        if new and many:
            return f"{_ORDER[at] if at < len(_ORDER) else 'yet another'} {noun}"
        if new:
            return with_article(noun)
        if not many or self.last == persona or len(same) < 2:
            return f"the {noun}"
        return f"the {_ORDER_AFTER[at]} {noun}" if at < len(_ORDER_AFTER) else f"the other {noun}"

    def _relative(self, patch: Patch) -> str:
        if patch.plural:
            return patch.words
        known = self.relatives.setdefault(f"{patch.persona} {patch.words}", [])
        if not patch.relative and known:
            return f"the {patch.words}"
        if patch.relative in known and patch.form == "owned":
            return patch.words
        if patch.relative in known:
            return f"the {patch.words}"
        known.append(patch.relative)
        if patch.form == "owned":
            return patch.words
        return with_article(patch.words) if len(known) == 1 else f"another {patch.words}"


def kin_plural(word: str, *, plural: bool) -> str:
    """A kin word in its number."""
    return plural_of(word or RELATIVE) if plural else word or RELATIVE
