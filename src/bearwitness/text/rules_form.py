"""What a rule of the checker is: the reason it gives, and what an editor is told about it, in English and Korean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bearwitness.model.claims import Language

Theme = Literal[
    "names", "places", "dates", "numbers", "occupations", "traits", "scripts", "quotations", "contradictions", "people",
    "decisions",
]  # fmt: skip
ReadWith = Literal["text", "record", "decisions", "no_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason for which a passage stays in doubt until an editor has settled it.

    Parameters
    ----------
    code : str
        Names the rule; of all rules one has it.
    theme : str
        Under which heading the guide has it.
    why_en, why_ko : str
        The reason as a report shows it. Names in braces (``{who}``) are filled in with ids of the record.
    looks_for_en, looks_for_ko : str
        What in a text the checker takes for it.
    because_en, because_ko : str
        How somebody with a register would use it, or why the checker cannot go on without an answer.
    examples_en, examples_ko : tuple of str
        Invented sentences that raise it. Empty where no reader of that language does.
    instead_en, instead_ko : str
        What to write, or what to do.
    read_with : str
        How the examples are read: as text alone, with the record or the decisions of ``rules_examples``, or as a date
        with no day of publication.
    """

    code: str
    theme: Theme
    why_en: str
    why_ko: str
    looks_for_en: str
    looks_for_ko: str
    because_en: str
    because_ko: str
    examples_en: tuple[str, ...] = ()
    examples_ko: tuple[str, ...] = ()
    instead_en: str
    instead_ko: str
    read_with: ReadWith = "text"

    def fill(self, **values: str) -> str:
        """The reason with the ids it speaks of."""
        return self.why_en.format(**values)

    def examples(self, language: Language) -> tuple[str, ...]:
        """The sentences that raise it in a language."""
        return self.examples_ko if language == "ko" else self.examples_en


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRule:
    """What is read as a claim of one attribute, and why that narrows a search.

    Parameters
    ----------
    attribute : str
        One of ``model.claims.ATTRIBUTES``.
    title_en, title_ko : str
        What an editor calls it.
    reads_en, reads_ko : str
        What in a text is read as this claim.
    narrows_en, narrows_ko : str
        How somebody with a register would use it.
    examples_en, examples_ko : tuple of str
        Invented sentences that are read so.
    """

    attribute: str
    title_en: str
    title_ko: str
    reads_en: str
    reads_ko: str
    narrows_en: str
    narrows_ko: str
    examples_en: tuple[str, ...]
    examples_ko: tuple[str, ...]

    def examples(self, language: Language) -> tuple[str, ...]:
        """The sentences that are read so in a language."""
        return self.examples_ko if language == "ko" else self.examples_en
