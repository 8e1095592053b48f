"""The patterns of English dates; each name has a reader in ``dates_en``."""

from __future__ import annotations

import re
from typing import Final

from bearwitness.text.date_words_en import ANY_MONTH, DAY, HOLIDAYS, MONTH, NUMBER, SEASON, WEEKDAY, YEAR

_B = r"(?<![A-Za-z0-9_])"
PATTERNS: Final = {
    name: re.compile(_B + pattern)
    for name, pattern in {
        "day_first": rf"(?:{WEEKDAY},? )?(?:[Tt]he )?(?P<d>{DAY})(?: day)?(?: of)? (?P<m>{ANY_MONTH})"
                     rf"(?:,? (?:of |in )?(?P<y>{YEAR}))?",
        "month_first": rf"(?:{WEEKDAY},? )?(?P<m>{ANY_MONTH}) (?:the )?(?P<d>{DAY})(?:,? (?:of |in )?(?P<y>{YEAR}))?",
        "days_first": rf"(?P<d>{DAY})(?: ?- ?| to | and | or )(?:the )?(?P<e>{DAY})(?: of)? (?P<m>{ANY_MONTH})"
                      rf"(?:,? (?:of )?(?P<y>{YEAR}))?",
        "days_after": rf"(?P<m>{ANY_MONTH}) (?P<d>{DAY})(?: ?- ?| to | and | or )(?:the )?(?P<e>{DAY})"
                      rf"(?! (?:{MONTH}|{SEASON}))(?:,? (?:of )?(?P<y>{YEAR}))?",
        "iso": r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9A-Za-z])",
        "iso_month": r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])(?![0-9A-Za-z-])",
        "numeric": r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4}|'?[0-9]{2})(?![0-9A-Za-z])",
        "month_part": rf"(?:the )?(?P<p>(?i:early|mid|middle|late|beginning|start|end))(?:-| of | in | ,?)?"
            rf"(?P<m>{ANY_MONTH})"
                      rf"(?:,? (?:of )?(?P<y>{YEAR}))?",
        "month": rf"(?P<m>{ANY_MONTH})(?:,? (?:of |in )?(?P<y>{YEAR}))",
        "bare_month": rf"(?P<m>{MONTH})",
        "in_may": r"(?:(?<=in )|(?<=since )|(?<=during )|(?<=until ))(?P<m>may|march|august)(?= *[.,;]|$)",
        "piece": r"(?:the )?(?i:first|second|third|fourth|last|1st|2nd|3rd|4th|final|opening|closing) "
                 rf"(?:(?:few |couple of |{NUMBER} )?(?:days?|weeks?|weekend|months?|half|quarter)|{WEEKDAY})"
                 rf" (?:of|in) (?:{ANY_MONTH}(?:,? (?:of )?{YEAR})?|{YEAR})",
        "season": rf"(?:the )?(?P<s>{SEASON})(?: of|,)? (?P<y>{YEAR})(?:[-/](?P<z>[0-9]{{4}}|[0-9]{{2}})(?![0-9]))?",
        "season_part": rf"(?:the )?(?i:early|mid|late|end of|beginning of|start of)[- ](?:the )?{SEASON}"
                       rf"(?:(?: of|,)? {YEAR})?",
        "bare_season": rf"(?:(?<=in the )|(?<=in )|(?<=during the )|(?<=this )|(?<=that )|(?<=since ))"
            rf"(?P<s>{SEASON})(?!\w)",
        "year_part": rf"(?P<p>(?i:early|mid|late))[- ](?:in )?(?P<y>{YEAR})",
        "year_piece": rf"(?:the )?(?i:end|beginning|start|middle|turn) of (?:the year )?(?:{YEAR}|the (?:19"
            rf"|20)[0-9]0s)",
        "decade": r"(?:the )?(?:(?P<p>(?i:early|mid|late))[- ](?:the )?)?(?P<y>(?:1[89]|20)[0-9]0)'?s\b",
        "decade_short": r"the (?:(?P<p>(?i:early|mid|late))[- ])?(?:(?P<y>'?[5-9]0)'?s\b"
                        r"|(?P<w>(?i:fifties|sixties|seventies|eighties|nineties))\b)",
        "juche": r"(?i:juche) (?:year )?(?P<j>[0-9]{1,3})(?: ?\((?P<y>[0-9]{4})\))?(?!\d)",
        "juche_day": r"(?i:juche) (?P<j>[0-9]{1,3})[./-](?P<m>[0-9]{1,2})[./-](?P<d>[0-9]{1,2})(?!\d)",
        "year": rf"(?<![.,:$][0-9])(?<![$£€₩#/.,-])(?P<y>{YEAR})(?![,.]?[0-9]| ?%|-[a-z])",
        "years": rf"(?<![$£€₩#/.,-])(?P<y>{YEAR}) ?- ?(?P<z>{YEAR}|[0-9]{{2}}(?![0-9A-Za-z]))(?![,.]?[0-9]| ?%|-)",
        "holiday": rf"(?:(?P<n>{NUMBER}) days? (?P<w>before|after) )?(?:the )?(?P<h>(?i:"
                   + "|".join(sorted(HOLIDAYS, key=len, reverse=True)) + rf"))(?!\w)(?:,? (?:of |in )?(?P<y>{YEAR}))?",
        "lunar": rf"(?i:lunar new year(?:'s (?:day|eve))?|chuseok|seollal|hangawi|dano|hansik)(?!\w)(?:,? (?:of"
            rf" )?{YEAR})?",
        "relative": r"(?i:last|this|next|previous|past|following|that|the same|the following|the next|the previous"
            r"|earlier this"
                    r"|later that|later this|earlier that|the other) (?:(?i:night|day|week|weekend|month|year"
                        r"|decade|century"
                    rf"|morning|evening|afternoon)(?!\w)|{SEASON}(?!\w)|{MONTH}(?:,? {DAY})?|{WEEKDAY})",
        "adverb": r"(?i:the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow|the day before"
                  r"|the day after|the night before|the week before|the year before|the week after|the year after"
                  r"|the month before|the month after|a fortnight ago|overnight|a year and a half (?:ago|later"
                      r"|earlier))(?!\w)",
        "offset": rf"(?i:(?:about |some |around |more than |less than |nearly |almost |over |within )?{NUMBER}(?:"
            rf" and a half)?"
                  r" (?:minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?)"
                  r" (?:ago|later|earlier|before|after|afterwards?|previously|prior|hence|on|from now))(?!\w)",
        "weekday": rf"{WEEKDAY}(?![A-Za-z])(?: (?i:morning|afternoon|evening|night))?",
    }.items()
}  # fmt: skip
