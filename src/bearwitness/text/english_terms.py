"""What English wording says of a person: leaving, ways of leaving, traits, acts, each as a pattern with what it allows.

Patterns are matched on normalised text. An act also has a voice: an active verb takes its victim after it, a passive
one before it, a noun after "of", "on" or "against" or before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from bearwitness.model.claims import KIN_LEAVES
from bearwitness.text.english_words import SHOUTED

Voice = Literal["", "active", "passive", "noun", "state"]

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
     r"(?:s|er|ing)?|groups?|organi[sz]ations?|defenders?)|campaign(?:s|ed|ing) (?:for|against)|advoca(?:te|cy|tes)|"
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
_REMOTE: Final = (
    r"(?:an? |the )?(?:remote|mountain|mountainous|rural|isolated|farming|mining|distant|countryside|village|farm"
    r"|mines?)"
)  # fmt: skip
_CAMP: Final = (
    r"(?:an? |the )?(?:political |labou?r |prison |re-?education |forced[- ]labou?r |concentration |correctional )*"
    r"(?:camps?|prison|jail|kwanliso|kyohwaso|detention cent(?:er|re))"
)
# "Hwang's", "the defector's" before a relative.
_WHOSE: Final = r"(?:[A-Z][a-z-]+|(?:an?|the) [a-z-]+)(?:'s|s')"
# An act of which the wording does not tell the kind.
ANY_ACT: Final = "any"
_ACT: Final[tuple[tuple[str, str, Voice], ...]] = (
    (r"raid(?:ed|ing)|ransack(?:ed|ing)|storm(?:ed|ing)|search(?:ed|ing)(?! for)|burst in(?:to)?|br(?:oke|oken) into"
     r"|turned [a-z ]{0,20}upside down"
     r"|(?:came|went) through (?=h[ie][rs]|the (?:home|house))", "raid", ""),
    (r"doors? (?:was |were |had been |been )?(?:broken|kicked|smashed|forced) (?:down|in|open)"
     r"|(?:broke|kicked|smashed|forced) (?:down|in|open) (?:the |h(?:er|is) |their |a )?(?:front )?doors?", "raid",
     "state"),
    (r"raids?|(?:house |home )?search(?:es)?(?= (?:of|at|was|were)\b)", "raid", "noun"),
    (r"detain(?:ed|ing)|arrest(?:ed|ing)|jail(?:ed|ing)|imprison(?:ed|ing)|incarcerat(?:ed|ing)|abduct(?:ed|ing)"
     r"|round(?:ed|ing) up"
     rf"|captur(?:ed|ing)|seiz(?:ed|ing)(?! (?:the |h(?:er|is) |their |all )?(?:money|cash|phone|goods|savings"
     rf"|remittance|yuan|\d))"
     r"|taken away|taken in(?:to (?:custody|detention)|(?= by|[,.;]| for))|hauled (?:off|away|in)|dragged (?:off|away"
     r"|out)|(?:led|driven|whisked|carted|bundled) (?:away|off|into an? [a-z]+)"
     r"|(?:(?<=was )|(?<=were )|(?<=been )|(?<=those ))taken(?=[.,;]| and\b| on\b| at\b)"
     r"|locked up|picked up|put behind bars"
     rf"|sent to {_CAMP}|held (?=(?:in|at|for|by|there|without|overnight|incommunicado|captive)\b)|taken (?=by|from"
     rf"|to\b|for\b|in [A-Z])"
     r"|marched (?:off|away)|released|freed|let go", "detention", ""),
    (rf"(?:took|led|dragged|hauled|marched|bundled|drove|carried) (?=(?:an?|one|the|two|both|h(?:er|is)|their|my|our"
     rf"|{_WHOSE})(?: [a-z-]+){{1,3}} (?:in|away|off|into custody|with them|for questioning|in for|out of"
     r"|into an? [a-z]+))", "detention", "active"),
    (rf"(?:took|take)(?: away)?(?= (?:h(?:er|im|is)|their|my|our|the|them|{_WHOSE}) (?:[a-z]+ ){{0,3}}?"
     r"(?:away|brother|sister|sibling|son|daughter|father|mother|husband|wife|parents|in for))|took away|(?:came|come"
     r"|coming) for(?= (?:h(?:er|im|is)|their|my|our|the|an?|one) (?:[a-z-]+(?:'s)? ){0,2}[a-z]+)", "detention",
     "active"),
    (r"(?:in|into) (?:police |state )?(?:custody|detention)|behind bars|in (?:jail|prison)|disappeared|vanished"
     r"|went missing", "detention",
     "state"),
    (r"detentions?|arrests?|imprisonment|capture|disappearance|abduction|incarceration", "detention", "noun"),
    (r"interrogat(?:ed|ing)|question(?:ed|ing)(?! whether)|grill(?:ed|ing)", "interrogation", ""),
    (r"interrogations?|(?:under|undergo(?:ing|es)?|underwent) (?:questioning|investigation)"
     r"|questioning", "interrogation", "noun"),
    (r"threaten(?:ed|ing|s)?|intimidat(?:ed|ing)|menac(?:ed|ing)|blackmail(?:ed|ing)?|coerc(?:ed|ing)|warn(?:ed|ing"
     r"|s)", "threat", ""),
    (r"(?:death )?threats?|intimidation|warnings?|coercion", "threat", "noun"),
    (r"summon(?:ed|ing)|called (?:in)?to (?:the |an? )?(?:[a-z]+ )?(?:office|station|ministry|bureau|headquarters)"
     r"|called in (?=by|for|to|several|repeatedly|again|and)|ordered to (?:report|appear)"
     r"|hauled before", "summons", ""),
    (r"summons(?:es)?", "summons", "noun"),
    (r"monitor(?:ed|ing)|surveilled|(?:wire)?tapp(?:ed|ing)|bugg(?:ed|ing)|spied on|spying on|watch(?:ed|ing) (?=by"
     r"|closely|round|day)|"
     r"followed (?=by|everywhere|around)|(?:(?<=been )|(?<=were )|(?<=was )|(?<=are ))following|shadowed"
     r"|put under (?:surveillance|watch)", "surveillance", ""),
    (r"under (?:constant |close |tight |heavy |round-the-clock |increased )*(?:surveillance|watch"
     r"|observation)", "surveillance", "state"),
    (r"(?:increased |constant |close )?surveillance", "surveillance", "noun"),
    (rf"exil(?:ed|ing)|banish(?:ed|ing)|expel(?:led|ling) (?=from (?:Pyongyang|the (?:city|capital|town|border)"
     rf"|[A-Z]))|"
     rf"(?:forcibly |forced to )?(?:relocat(?:ed|e|ing)|resettled) to {_REMOTE}|(?:sent|moved|deported|driven"
     rf"|forced to move|transferred) "
     rf"to {_REMOTE}(?: [a-z]+)?|forced (?:out of|from) (?:h(?:er|is)|their) (?:home|house|city|town)|purged"
     rf"|evict(?:ed|ing)", "exile", ""),
    (r"(?:internal )?exile|banishment|eviction|forced relocation", "exile", "noun"),
    (r"confiscat(?:ed|ing)|(?:seiz(?:ed|ing)|took|taken) (?:all |away )?(?:the |h(?:er|is) |their |all )?"
     r"(?:money|cash|savings|remittances?|dollars|yuan)",
     "confiscation_remittance", ""),
    (r"confiscations?", "confiscation_remittance", "noun"),
    (r"extort(?:ed|ing)|shak(?:en|ing) down|fin(?:ed|ing)(?=[ ,.;])|demand(?:ed|ing) (?:a |the |some |more |h(?:er"
     r"|is) |their )*"
     r"(?:money|cash|bribes?|payments?|dollars|yuan)|"
     r"forced to pay|made to pay|squeezed", "extortion_remittance", ""),
    (r"extortion|bribes?", "extortion_remittance", "noun"),
    (r"(?:(?:forc(?:ed|ing)|order(?:ed|ing)|told|coerced) (?:[A-Za-z]+ ){0,4}?to |(?:mak(?:e|ing)|made) (?:[A-Za-z]+ ){0,4}?)"
     r"(?<!the )(?<!a )(?<!by )(?<!of )(?:call|phone|telephone|ring|lure)\b"
     r"(?! for| off)|lur(?:ed|ing) back", "forced_call", ""),
    (r"lost (?:her|his|their|my) (?:job|post|position|work)s?|(?:dismissed|fired|sacked|removed|expelled) from (?:her"
     r"|his|their|the|a|work|my)"
     r"(?: (?:job|post|position|work|workplace|factory|office|company|mine|army|military))?|fired(?= by|[,.;]| in"
     r"| after| and)|sacked"
     r"|stripped of (?:her|his|their) (?:job|post|position)", "job_loss", "state"),
    (r"(?:expelled|dismissed|thrown out|removed|suspended|barred|banned|kicked out) (?:from|of) (?:her |his |their "
     r"|the |a )?"
     r"(?:[a-z]+ )?(?:school|university|college|academy)"
     r"|denied (?:entry to |a place at )?(?:university|college)", "school_loss", "state"),
    (r"(?:expelled|thrown out|removed|ousted) (?:from|of) the (?:ruling |[Ww]orkers'? )?[Pp]arty|(?:lost"
     r"|stripped of) (?:her|his|their) "
     r"(?:[Pp]arty )?membership", "party_loss", "state"),
    (r"demot(?:ed|ing)|discharged from (?:the )?(?:army|military|service)|downgraded", "demotion", ""),
    (r"demotions?", "demotion", "noun"),
    (r"(?:forced|ordered|pressured|made|told|forcing|pressuring) (?:[a-z]+ ){0,4}?(?:to )?divorce"
     r"|forced divorce", "forced_divorce", ""),
    (r"public(?:ly)? (?:criticism|denunciation|trial|criticised|criticized|denounced|humiliated|shamed"
     r"|tried)(?: sessions?)?|"
     r"(?:criticism|struggle|ideological struggle) sessions?|denounced (?=in (?:public|front)|at a)"
     r"|paraded|made to stand (?:before|in front of)", "public_criticism", ""),
    (r"beat(?:en|ing)?(?: up)?(?= |[,.;])|tortur(?:ed|ing)|assault(?:ed|ing)|kick(?:ed|ing)(?! out)|punch(?:ed|ing)"
     r"|slapp(?:ed|ing)", "beating",
     ""),
    (r"beatings?|torture", "beating", "noun"),
    (r"(?:died|dead|death|killed) (?:in|under|during|from|after) (?:[a-z]+ ){0,2}(?:custody|detention|prison|jail"
     r"|camp|interrogation|torture"
     r"|questioning)|beaten to death|tortured to death", "death_in_custody", "state"),
    (r"execut(?:ed|ing)|shot dead|put to death|kill(?:ed|ing)", "death_in_custody", ""),
    (r"executions?", "death_in_custody", "noun"),
    (r"harass(?:ed|ing)|persecut(?:ed|ing)|punish(?:ed|ing)|penali[sz](?:ed|ing)|victimi[sz](?:ed|ing)|mistreat(?:ed"
     r"|ing)|ill-treated|abus(?:ed|ing)|target(?:ed|ing)|pressur(?:ed|ing)|hound(?:ed|ing)|oppress(?:ed|ing)"
     r"|terrori[sz](?:ed|ing)|retaliat(?:ed|ing) against|t(?:aken|ook) revenge on|made to suffer"
     r"|sent down (?:the|a) (?:mine|pit)|(?<=was )sealed|bulldozed|demolished|torched|burn(?:ed|t) down"
     r"|handed (?:over )?to|taken over|given to an? (?=offic)", ANY_ACT, ""),
    (r"(?:suffer(?:ed|ing)?|fac(?:ed|ing)|met with|paid for|came under) (?:the )?(?:reprisals?|retaliation"
     r"|consequences|retribution|repercussions|pressure|hardship|trouble)|got into trouble|in trouble with the"
     r"|lost (?:h(?:er|is)|its|their|the) (?:home|house|apartment|flat|savings|rations?|everything)"
     r"|paid (?:dearly|the price|a (?:heavy |high )?price)", ANY_ACT, "state"),
    (r"harassment|persecution|punishments?|reprisals?|retaliation|retribution|mistreatment|ill-treatment"
     r"|repression", ANY_ACT, "noun"),
)  # fmt: skip
ALL_ACTS: Final = frozenset(
    leaf
    for _, code, _ in _ACT
    if code != ANY_ACT
    for leaf in ([f"{code}/{kin}" for kin in KIN_LEAVES] if code == "detention" else [code])
)
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
        "act": _ACT,
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
