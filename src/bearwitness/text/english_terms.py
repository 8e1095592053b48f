"""What English wording says of a person: leaving, ways of leaving, traits, acts, each as a pattern with what it allows.

Patterns are matched on normalised text. An act also has a voice: an active verb takes its victim after it, a passive
one before it, a noun after "of", "on" or "against" or before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from bearwitness.text.english_act_terms import ACT, Voice
from bearwitness.text.english_act_terms import ALL_ACTS as ALL_ACTS
from bearwitness.text.english_act_terms import ANY_ACT as ANY_ACT
from bearwitness.text.english_words import SHOUTED

_SOUTH: Final = (
    r"(?:South Korea|the South|the Republic of Korea|the ROK|Seoul|Busan|Incheon|Japan|China|Thailand|Laos|Vietnam"
    r"|Mongolia"
    r"|the United States|the US|America|the UK|Britain|Canada|Europe|freedom|a third country|exile abroad)"
)
_NORTH: Final = (
    r"(?:North Korea|the North|the DPRK|the country|the homeland|h(?:er|is) (?:country|homeland)|their (?:country"
    r"|homeland)"
    r"|my (?:country|homeland)|our (?:country|homeland))"
)
_STATUS: Final = (
    r"(?:defector|escapee|refugee|runaway)s?(?:-turned-[a-z]+)?|defect(?:ed|ing|ion)|fled|(?<!to )flee(?:ing)?|"
    rf"escap(?:ed|ing)|(?:his|her|their|my|our|'s) (?:escape|flight|departure|defection)|"
    rf"(?:left|leaving) (?={_NORTH}|in (?:[a-z]+ )?(?:[A-Z]|\d)|with (?:a|the help)|by boat|through|via|across"
    rf"|for {_SOUTH}"
    rf"|on a\b|at the age|as a\b|illegally|behind {_NORTH})"
    r"|who (?:(?:had|have|has) )?left(?=[,.;]| (?!her|his|their|the |a |behind))|those who left|"
    rf"(?:arriv(?:ed|ing)|resettl(?:ed|ing)|settl(?:ed|ing)|landed) in {_SOUTH}|"
    r"(?:(?<!word )(?<!news )reached|came to|went over to"
    rf"|made it to|got to) "
    rf"{_SOUTH}|(?:now )?liv(?:es|ing) in {_SOUTH}|cross(?:ed|ing) into (?:China|Russia|the South|South Korea)"
    rf"|slipp(?:ed|ing) across|"
    r"got out(?: of the North| of North Korea)?|swam across|made (?:her|his|their) way (?:out|to South Korea"
    r"|to the South)"
)
_ROUTE: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:on|with|using|holding|under) (?:an? |her |his |their )?(?:(?:short-term|three-month|valid|private|family"
     r"|personal|relative)"
     r"[- ])*(?:(?<=private )tourist|travel|visit|visitor'?s?|visiting|family-visit|relatives?-visit)?[- ]?(?:visa"
     r"|permit|passport)(?: (?:to|for) China)?"
     r"|(?:to visit|visiting|on a visit to) relatives in China|private(?: tourist| travel| visit)? (?:visa|passport"
     r"|permit)|sasa visa",
     "china/visa_private"),
    (r"(?:on|with) an? (?:group )?tourist visa(?: to China)?|as a tourist", "china/tourist"),
    (r"(?:cross(?:ed|ing)|waded|wading|swam|swimming|forded|walk(?:ed|ing)|went|came|over|across)(?: (?:across|over"
     r"|through))?"
     r" the (?:frozen |icy |shallow )?(?:Tumen|Yalu|Amnok|Duman|river|border river|ice)(?: [Rr]iver)?(?: (?:into"
     r"|to) China)?"
     r"|cross(?:ed|ing) into China(?: (?:on foot|at night))?", "china/river"),
    (r"(?:sent|dispatched|posted|went|working|worked) (?:abroad|overseas|to Russia|in Russia|to China|to Kuwait"
     r"|to Qatar|to Mongolia)"
     r" (?:as an? [a-z ]{0,20}?(?:workers?|labou?rers?|loggers?)|to (?:work|earn|log)|for work)"
     r"|(?:overseas|dispatched|contract) (?:worker|labou?rer|logger)"
     r"|as an? (?:overseas|dispatched) [a-z]+|from (?:her|his|a) work(?:place| ?site) (?:abroad|in Russia"
     r"|in China)", "abroad/worker"),
    (r"by (?:boat|sea|ship)|(?:in|on|aboard) an? (?:small |wooden |fishing |rubber )*(?:boat|ship|vessel|raft)|sailed"
     r"|across the sea"
     r"|swam (?:around|south)", "sea"),
    (r"(?:across|through|over|via|crossed|crossing) (?:the )?(?:DMZ|demilitari[sz]ed zone|military demarcation line"
     r"|minefields?)", "dmz"),
    (r"(?:flew|flying) (?:out|across|south|a [a-z]+)|by (?:plane|aircraft)|in a (?:fighter|jet|plane)", "air"),
    (r"(?:via|by way of|through|by crossing|transit(?:ed|ing)) (?:[a-z]+ )?China", "china"),
)  # fmt: skip
_TRAIT: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:(?:Chinese|smuggled|foreign|illegal|hidden|secret|borrowed)[- ])*(?:(?:mobile|cell|smart"
     r"|satellite)[- ]?)?(?:tele)?phones?"
     r"(?: calls?| lines?| conversations?)?|cell ?phones?|smartphones?|handsets?|mobiles?|text messages?|WeChat"
     r"|KakaoTalk|video calls?"
     r"|SIM cards?|phoned|phoning", "phone"),
    (r"remittances?|(?:send(?:s|ing)?|sent|wir(?:es|ed|ing)|transfers?|transferred|transferring|remit(?:s|ted|ting)?) "
     r"(?:(?:her|his|their|my|our|the|some|this|that|more|a little|enough|home|back|them|him)\b ?(?:own )?"
     r"(?:(?:young|old)er )?(?:family|families|parents|mother|father|brother|sister|siblings?|relatives|daughter|son"
     r"|children"
     r"|wife|husband|folks)? ?)?(?:(?:some|the|more|any|a bit of|small sums of) )?(?:money|cash|yuan|dollars|funds)"
     r"|(?:money|cash|funds|sums?|yuan)(?: that| which)? (?:I|she|he|they|we|had|has|have|was|is|were|are|\'d|been"
     r"|being|[A-Z][a-z]+"
     r")(?: (?:have|has|had|been|being))? "
     r"(?:send|sends|sent|sending|wired|remitted)|(?:sends?|sent|sending) (?=(?:[a-z]+ ){0,3}?(?:(?:US|HK)?[$£€¥₩]"
     r"|[0-9][0-9,.]* ?(?:[a-z]+ )?(?:yuan|won|dollars|yen|euros)))|(?:sends?|sent|sending) (?:it|cash|money"
     r"|funds)(?: home| back)?"
     r"|support(?:s|ed|ing)? (?:her|his|their|my) (?:family|parents|mother|father) (?:with money"
     r"|financially)", "remittance"),
    (r"(?:acts?|acted|acting|works?|worked|working|serves?|served|serving|known|operat(?:es|ed|ing)|was|is"
     r"|became) (?:also )?(?:as )?"
     r"(?:an? |the )(?:[a-z]+ )?(?:broker|intermediary|go-between|middleman|money changer|courier)"
     r"|brokers?(?: for)?|brokering|broker(?:ed|s) (?:money|remittances|transfers|escapes)|go-betweens?"
     r"|intermediar(?:y|ies)|middlem[ae]n"
     r"|pass(?:es|ed|ing) (?:on )?money|(?:helps?|helped|helping) (?:[a-z]+ ){0,3}(?:send|transfer"
     r"|remit) money", "broker"),
    (r"(?:human[- ]rights |political |pro-democracy |anti-regime )?activis[tm]s?|human[- ]rights (?:activit(?:y|ies)"
     r"|work|advocacy|campaign"
     r"(?:s|er|ing)?|defenders?)|(?<=with )(?:an? )?human[- ]rights (?:groups?|organi[sz]ations?)"
     r"|campaign(?:s|ed|ing) (?:for|against)|advoca(?:te|cy|tes)|"
     r"(?:sends?|sent|sending|launch(?:es|ed|ing)?|floats?|flo(?:ated|ating)) (?:leaflets|balloons)|leaflets?|"
     r"(?:joined|joining|took part in|attended) (?:a |the )?(?:protests?|rall(?:y|ies)|demonstrations?)|testif(?:y"
     r"|ied|ies|ying)", "activism"),
    (r"(?:appear(?:s|ed|ing)?|was|went|speaks?|spoke|shown|seen|interviewed|talks?|talked) (?:regularly |often )?on "
     r"(?:South Korean |a |the |local |national )*"
     r"(?:television|TV|radio|YouTube|a show|broadcasts?)|YouTuber?s?|(?:television|TV|radio|talk) (?:show|programme"
     r"|program|appearance)s?"
     r"|(?:gave|gives|giving) (?:an? )?(?:media |press |newspaper )?interviews?|publicly vocal|sp(?:oke|eaks|oken"
     r"|eaking) "
     r"(?:out|publicly|to (?:the )?"
     r"(?:media|press|reporters|journalists))|memoirs?|autobiography|published a book", "media"),
)  # fmt: skip

_PASSIVE_BEFORE: Final = re.compile(
    r"(?:\b(?:was|were|been|being|be|is|are|am|got|gets|get|getting|'s|'re|'m)(?: not| also| then| later| again| both"
    r"| all| each"
    r"| even| still| once| twice| first| [a-z]+ly| arrested and| and)*|, | and| or)\s?$"
)
_BE: Final = re.compile(r"\b(?:was|were|been|being|be|is|are|am|got|gets|get|getting|'s|'re|'m)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A passage of normalised text that says something, and the codes it allows; ``voice`` for acts only."""

    start: int
    end: int
    attribute: str
    codes: frozenset[str]
    voice: Voice = ""


@cache
def _alternation(attribute: str) -> tuple[re.Pattern[str], tuple[tuple[str, Voice], ...]]:
    """One pattern for a whole table; the group that matched tells the row."""
    rows: dict[str, tuple[tuple[str, str, Voice], ...]] = {
        "status": ((_STATUS, "left", ""),),
        "route": tuple((p, c, "") for p, c in _ROUTE),
        "trait": tuple((p, c, "") for p, c in _TRAIT),
        "act": ACT,
    }
    table = rows[attribute]
    body = "|".join(f"(?P<g{i}>{pattern})" for i, (pattern, _, _) in enumerate(table))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{body})(?:(?<= )|(?![A-Za-z0-9]))"), tuple(
        (code, voice) for _, code, voice in table
    )


def find_terms(text: str) -> tuple[Term, ...]:
    """Every passage that one of the tables knows, in order, those of one attribute without overlap.

    Parameters
    ----------
    text : str
        Normalised text.
    """
    lowered = _lower_first_letters(text)
    found = [t for attribute in ("status", "route", "trait", "act") for t in _of(text, lowered, attribute)]
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:]['\")]*\s+|\n|[\"(])([A-Z])(?=[a-z])")


def _lower_first_letters(text: str) -> str:
    """The text with a small letter at the beginning of each sentence: "Threats followed" has the form "threats"."""
    lowered = SHOUTED.sub(lambda m: m.group().lower(), text) if SHOUTED.search(text) else text
    return _SENTENCE_START.sub(lambda m: m.group()[:-1] + m[1].lower(), lowered)


def _of(text: str, lowered: str, attribute: str) -> Iterator[Term]:
    pattern, rows = _alternation(attribute)
    last: Term | None = None
    for match in pattern.finditer(lowered):
        code, voice = rows[int((match.lastgroup or "g0")[1:])]
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if attribute == "act" and not voice:
            voice = _voice(text, match.start(), last)
        codes = ALL_ACTS if code == ANY_ACT else frozenset({code})
        last = Term(start=match.start(), end=end, attribute=attribute, codes=codes, voice=voice)
        yield last


def _voice(text: str, start: int, last: Term | None) -> Voice:
    """Passive after a form of "be" or "get", and where "and" joins the verb to a passive one before it."""
    before = text[max(0, start - 40) : start]
    if re.match(r"\w+ing\b", text[start : start + 30]) and not re.search(r"\bbeing $", before):
        # "Was threatening": a form of "be" before it makes no passive.
        return "active"
    match = _PASSIVE_BEFORE.search(before)
    if match is not None:
        if _BE.search(match.group()):
            return "passive"
        if last is not None and last.end == start - len(match.group()):
            return last.voice
        return "active"
    if re.match(r"\S+ by\b", text[start : start + 30]) or re.search(
        r"\b(?:had|having)(?: (?:her|his|their|the))? ?$", before
    ):
        return "passive" if " by" in text[start : start + 30] else "active"
    return "active"
