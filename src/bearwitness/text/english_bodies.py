"""Bodies, offices and laws in an English text: which name nobody ("the Court", "Article 34") and which a place.

A capital noun for a kind of body, alone or with others of its kind, says nothing of anybody: every country has a
Supreme Court. With a name beside it ("Beyoğlu court", "Çiğli Directorate") it is where somebody was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from bearwitness.text.english_words import Page, Word
from bearwitness.text.particles import word_set

GENERIC_BODIES: Final = word_set(
    "court courts tribunal chamber chambers convention conventions government governments commission commissions "
    "council committee assembly parliament senate congress ministry ministries department office agency authority "
    "authorities bureau board section sections registry supreme constitutional administrative high higher grand "
    "appeal appeals cassation criminal civil military labour labor family juvenile magistrates magistrates' "
    "public prosecutor's prosecution general state states security national federal republic law laws act acts "
    "code codes constitution penal procedure rules rule regulation regulations decree decrees order ordinance "
    "protocol protocols treaty charter covenant declaration article articles foreign commonwealth affairs "
    "interior justice defence defense finance health education human rights fundamental freedoms freedom "
    "protection member contracting party parties applicant applicants applicants' respondent official gazette "
    "journal police army navy forces force commanding judge's services service registrar's secretariat union bar "
    "association part parts chapter chapters paragraph paragraphs annex appendix schedule facts circumstances "
    "case cases background complaint complaints merits decision judgment judgments resolution resolutions report "
    "reports relevant domestic international practice committee's prime attorney-general directorate social "
    "insurance welfare employment immigration home property district regional municipal provincial county city "
    "local labour-market intelligence information trade commerce industry agriculture economy economic treasury "
    "tax revenue customs transport environment culture science technology communications planning budget audit "
    "accounts election electoral disciplinary appellate arbitration conciliation mediation enforcement execution "
    "investigation counter-terrorism anti-terrorism terrorism terrorist prevention division branch unit "
    "governor's treasury's authority's minister's ministry's commander's assize tribunal's security's standing "
    "joint plenary martial allowance benefit benefits payment payments pension pensions fund bereavement widow "
    "widow's widowed parent's inland income credit support senior assistant acting"
)
# Offices that one person holds at a time: with the day, each is a name.
OFFICES: Final = word_set(
    "president presidents vice-president agent agents director governor ambassador principal chairman chairperson "
    "registrar minister ministers secretary commissioner notary deputy commander head officer officers chief "
    "judge judges prosecutor prosecutors attorney consul mayor"
)
# Words that stand between the parts of a body's name.
_JOINING: Final = word_set("of the for and on in to no nos first second third fourth fifth new old")
_LAWS: Final = word_set(
    "act acts law laws code regulations rules constitution ordinance decree convention covenant protocol directive"
    " treaty charter declaration"
)
_REFERENCE: Final = re.compile(
    r"\b(?:Articles?|Arts?\.|Rules?|[Pp]aragraphs?|[Cc]hapters?|[Ss]ub-?sections?|Annex(?:es)?|Appendix|Schedule"
    r"|Protocols?(?: Nos?\.)?"
    r"|[Ss]ections?(?= \d+ ?(?:\([^)]*\) ?)*(?:of|and|or) )|§{1,2})"
    r" ?(?:[0-9]+[a-z]?|[IVX]+)\b(?:(?:,? (?:and|or|to|of Protocol No\.)|,|-| §{1,2}"
    r"| ?\([0-9a-z]+\)) ?(?:§{1,2} ?)?[0-9]+[a-z]?\b|"
    r" ?\([0-9a-z]+\))*"
    r"|(?<=Act |Law |aws |Code)(?:of )?[12][0-9]{3}\b"
)
_KINDS: Final = (
    "court|tribunal|garrison|prison|jail|camp|hospital|clinic|school|college|university|barracks|police station|police"
    "|district|province|county|village|town|city|municipality|council|office|branch|station|airport|port|factory|mine"
    "|farm|company|newspaper|magazine|party|church|mosque|temple|cemetery|bridge|street|road|avenue|square|river|valley"
    "|mountain|island|region|area|army|air force|navy|government|authorities|embassy|consulate|peninsula"
)
_KIND_AFTER: Final = re.compile(rf" (?:(?:[a-z]+ )?(?:{_KINDS})|\((?=[A-Z])[\w' -]*[a-z][\w' -]{{0,60}}\))(?![\w-])")
# A state by its full name is a party to a case or a treaty: said of no person.
_STATES: Final = re.compile(
    r"\b(?:Republic|Kingdom|Federation|Principality) of (?:the )?[A-Z]\w+"
    r"|\bUnited Kingdom of Great Britain and Northern Ireland"
)
# Of "the Turkish Government" only the first word is a name.
_GOVERNMENTS: Final = frozenset(["government", "governments", "authorities", "state", "republic"])
# "Vienna Court *of Appeal*", "Aydın Magistrates' *Court*", "President *of the Second Section*".
_OF_BODY: Final = re.compile(r"(?:'s? ?| (?:of|for|and|on)(?: the)? )(?P<more>[A-Z][\w-]*(?: [A-Z][\w-]*)*)")
# Words of bodies that are also names of people: alone they need an article or "of" before them.
_ALSO_NAMES: Final = word_set("law justice general case home force grand high union bar judge")
_DETERMINED: Final = re.compile(
    r"\b(?:the|this|that|an?|its|each|any|every|no|said|such|those|these|both|whose|other|of|and|or|for|under) $", re.I
)


def is_law(words: Sequence[Word], ordinary: Collection[str]) -> bool:
    """Whether capital words are the name of a law in ordinary words: "Housing Act", "Race Relations Act"."""
    return len(words) > 1 and words[-1].lower in _LAWS and all(w.lower in ordinary for w in words)


def is_body(page: Page, words: Sequence[Word]) -> bool:
    """Whether capital words are all words of bodies, offices and laws, so that they name none of them.

    Parameters
    ----------
    page : Page
        The text.
    words : sequence of Word
        Neighbours in the text.
    """
    if any(w.lower not in GENERIC_BODIES | OFFICES and w.lower not in _JOINING for w in words):
        return False
    if not any(w.lower in GENERIC_BODIES for w in words) or words[-1].lower in OFFICES:
        return False
    start = words[0].start
    return len(words) > 1 or words[0].lower not in _ALSO_NAMES or _DETERMINED.search(
        page.text, max(0, start - 8), start
    ) is not None


def reference_spans(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of articles, rules and paragraphs of laws, with the word before them.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    for match in _REFERENCE.finditer(text):
        yield match.span()


def is_generic(form: str) -> bool:
    """Whether a form names a kind of body only ("District Court"), so that it is written of any of them."""
    words = form.lower().split()
    return any(w in GENERIC_BODIES for w in words) and all(w in GENERIC_BODIES | OFFICES | _JOINING for w in words)


def state_spans(text: str) -> Iterator[tuple[int, int]]:
    """States by their full names: they are parties to cases and treaties, and nobody's home.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    for match in _STATES.finditer(text):
        yield match.span()


def in_state_name(text: str, start: int, end: int) -> bool:
    """Whether a passage is part of a state's full name: a country of the record is meant elsewhere.

    Parameters
    ----------
    text : str
        Normalised text.
    start, end : int
        The passage.
    """
    return any(a <= start and end <= b and (start, end) != (a, b) for a, b in state_spans(text))


def named_end(page: Page, words: Sequence[Word]) -> int:
    """Where a name in capital words ends: with the kind of body after it, and before "Government".

    Parameters
    ----------
    page : Page
        The text.
    words : sequence of Word
        The capital words.
    """
    if len(words) > 1 and words[-1].lower in _GOVERNMENTS:
        return words[-2].end
    return whole_body(page, words[-1].end)


def whole_body(page: Page, end: int) -> int:
    """Where a name that ends at ``end`` ends with the kind of body after it ("Catterick "
    "*garrison*"), or its short form.

    Parameters
    ----------
    page : Page
        The text.
    end : int
        Where the capital words end.
    """
    while match := _OF_BODY.match(page.text, end):
        words = page.words_in(match.start("more"), match.end("more"))
        if any(w.lower not in GENERIC_BODIES | OFFICES | _JOINING for w in words):
            break
        end = match.end()
    match = _KIND_AFTER.match(page.text, end)
    return match.end() if match else end
