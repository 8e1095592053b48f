"""The short lists of terms a record is coded in, each with its labels and the ways it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bearwitness.model.claims import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. Codes of trees are paths (``health/nurse`` lies below ``health``).

    ``labels`` is the term as wording uses it (English without an article); ``forms`` are further ways to write it.
    """

    code: str
    labels: Mapping[Language, str]
    forms: Mapping[Language, tuple[str, ...]]
    huridocs_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Lists by name: act, kin, trait, route, occupation, medium, perpetrator."""

    lists: Mapping[str, Mapping[str, Term]]

    def label(self, name: str, code: str, language: Language) -> str:
        """The label of a code; of a code below a known one the known one's; the code itself where none is known."""
        terms = self.lists.get(name, {})
        at = code
        while at:
            if at in terms:
                return terms[at].labels.get(language, code)
            at = at.rpartition("/")[0]
        return code

    def forms(self, name: str, language: Language) -> dict[str, frozenset[str]]:
        """Every way a list's terms are written in a language, with the codes that wording allows."""
        found: dict[str, set[str]] = {}
        for term in self.lists.get(name, {}).values():
            for form in (term.labels.get(language, ""), *term.forms.get(language, ())):
                if form:
                    found.setdefault(form, set()).add(term.code)
        return {form: frozenset(codes) for form, codes in found.items()}
