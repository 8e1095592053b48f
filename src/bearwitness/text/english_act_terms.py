"""What English wording says was done to somebody: every act as a pattern, with its voice."""

from __future__ import annotations

from typing import Final, Literal

from bearwitness.model.claims import KIN_LEAVES

Voice = Literal["", "active", "passive", "noun", "state"]

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
ACT: Final[tuple[tuple[str, str, Voice], ...]] = (
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
     r"|(?:not|never) (?:been )?(?:seen|heard (?:of|from)) (?:since|again)"
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
    (r"(?:(?:forc(?:ed|ing)|order(?:ed|ing)|told|coerced) (?:[A-Za-z]+ ){0,4}?to "
     r"|(?:mak(?:e|ing)|made) (?:[A-Za-z]+ ){0,4}?)"
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
    # A visit of the police to somebody's door, whatever they did there.
    (r"(?:officers?|agents?|police(?:m[ae]n)?|soldiers|inspectors|men from the [a-z ]{3,30}?) (?:[a-z]+ ){0,3}?"
     r"(?:came|come|went|turned up|showed up|arrived|knocked|appeared|visited|returned)(?: back| again)?"
     r"(?: to| at| on| in front of)? (?=(?:the |an? |h(?:er|is) |their |my )(?:[a-z]+ ){0,2}?(?:house|home|flat"
     r"|apartment|door|family|parents)\b)", ANY_ACT, "state"),
    (r"(?:suffer(?:ed|ing)?|fac(?:ed|ing)|met with|paid for|came under) (?:the )?(?:reprisals?|retaliation"
     r"|consequences|retribution|repercussions|pressure|hardship|trouble)|got into trouble|in trouble with the"
     r"|lost (?:h(?:er|is)|its|their|the) (?:home|house|apartment|flat|savings|rations?|everything)"
     r"|paid (?:dearly|the price|a (?:heavy |high )?price)", ANY_ACT, "state"),
    (r"harassment|persecution|punishments?|reprisals?|retaliation|retribution|mistreatment|ill-treatment"
     r"|repression", ANY_ACT, "noun"),
)  # fmt: skip
ALL_ACTS: Final = frozenset(
    leaf
    for _, code, _ in ACT
    if code != ANY_ACT
    for leaf in ([f"{code}/{kin}" for kin in KIN_LEAVES] if code == "detention" else [code])
)
