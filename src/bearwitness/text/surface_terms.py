"""The words for what is recorded of a person in codes: work and ways of leaving, each step up a rung wider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bearwitness.model.vocabulary import Vocabulary

_PEOPLE_PLURAL: Final = {"man": "men", "woman": "women", "person": "people", "child": "children"}


def term_ladder(name: str, code: str, vocabulary: Vocabulary) -> tuple[tuple[str, str, int], ...]:
    """Every word for a term and for the terms above it.

    Parameters
    ----------
    name : str
        The list: occupation, route.
    code : str
        A path ("professional/health/nurse"), or words of a record that no list has.
    vocabulary : Vocabulary
        The lists.

    Returns
    -------
    tuple of (str, str, int)
        Written form, in both languages, English ones also in the plural; the code; how many known terms lie between
        it and the recorded one (0 for itself, or for the nearest known where the recorded one is unknown).
    """
    terms = vocabulary.lists.get(name, {})
    found: dict[str, tuple[str, str, int]] = {}
    rung = 0
    at = code
    while at:
        if at in terms:
            for language in ("en", "ko"):
                for form in (terms[at].labels.get(language, ""), *terms[at].forms.get(language, ())):
                    for written in _numbers(form) if form else ():
                        found.setdefault(written, (written, at, rung))
            rung += 1
        at = at.rpartition("/")[0]
    if not found and code and "/" not in code:
        found = {written: (written, code, 0) for written in _numbers(code.replace("_", " "))}
    return tuple(found.values())


def _numbers(form: str) -> Iterator[str]:
    """A term in the singular and, if English, in the plural; a Korean one of several words also as one."""
    yield form
    if form.isascii() and form[-1:].isalpha():
        yield plural(form)
    elif not form.isascii() and " " in form:
        yield form.replace(" ", "")


def plural(noun: str) -> str:
    """The plural of an English noun or of a phrase that ends with one.

    Parameters
    ----------
    noun : str
        Not empty.
    """
    head, _, last = noun.rpartition(" ")
    for one, many in _PEOPLE_PLURAL.items():
        if last.casefold().endswith(one) and last.casefold() not in ("human", "german"):
            return f"{head} {last[: -len(one)]}{many}".strip()
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{head} {last[:-1]}ies".strip()
    ending = "es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return f"{head} {last}{ending}".strip()


def singular(noun: str) -> str:
    """The singular of a regular English plural, else the noun itself.

    Parameters
    ----------
    noun : str
        Not empty.
    """
    head, _, last = noun.rpartition(" ")
    for one, many in _PEOPLE_PLURAL.items():
        if last.casefold().endswith(many):
            return f"{head} {last[: -len(many)]}{one}".strip()
    if last.endswith("ies") and len(last) > len("ties"):
        return f"{head} {last[:-3]}y".strip()
    if last.endswith(("ches", "shes", "xes", "sses")):
        return f"{head} {last[:-2]}".strip()
    return f"{head} {last[:-1]}".strip() if last.endswith("s") and not last.endswith(("ss", "us", "is")) else noun
