"""The English words of dates, as pieces of patterns and as numbers."""

from __future__ import annotations

from typing import Final

from bearwitness.text.date_words import MONTHS

MONTH_NUMBERS: Final = {
    **{name.lower(): i for i, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): i for i, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_ONES: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS: Final = {
    **{word: i for i, word in enumerate(_ONES, 1)},
    **{
        word: i
        for i, word in enumerate(
            ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
             "eighteenth", "nineteenth", "twentieth"], 10
        )
    },
    **{f"twenty-{word}": 20 + i for i, word in enumerate(_ONES, 1)},
    "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
NUMBERS: Final = {
    word: i
    for i, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 1
    )
} | {"a": 1, "an": 1}  # fmt: skip
SEASON_NUMBERS: Final = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
HOLIDAYS: Final = {
    "day of the sun": (4, 15), "day of the shining star": (2, 16), "party foundation day": (10, 10),
    "liberation day": (8, 15), "new year's day": (1, 1), "new year's eve": (12, 31), "christmas eve": (12, 24),
    "christmas day": (12, 25), "christmas": (12, 25), "international women's day": (3, 8),
}  # fmt: skip
DECADE_WORDS: Final = {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

# "may" and "march" are verbs in lower case, "august" an adjective; "mar", "sun" and the like stay capitalised.
_LOWER: Final = [m.lower() for m in MONTHS if m not in ("May", "March", "August")]
MONTH: Final = (
    "(?:" + "|".join([*MONTHS, *(m.upper() for m in MONTHS), *_LOWER])
    + "|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\\.?)"
    r"(?![A-Za-z0-9_])"
)  # fmt: skip
# Beside a day number or a year also "may" and "march" are months.
ANY_MONTH: Final = MONTH.replace("(?:", "(?:may|march|august|", 1)
WEEKDAY: Final = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
    r"|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?)"
)
_SORTED_ORDINALS: Final = sorted(ORDINALS, key=len, reverse=True)
ORDINAL: Final = "(?i:" + "|".join(word.replace("-", "[- ]") for word in _SORTED_ORDINALS) + r")(?!\w)"
DAY: Final = rf"(?:(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th|ST|ND|RD|TH)?(?![0-9A-Za-z])|{ORDINAL})"
YEAR: Final = r"(?:1[89]|2[01])[0-9]{2}(?![0-9A-Za-z])"
NUMBER: Final = (
    "(?:[0-9]+|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
    + r"|several|many|some|a few|a couple of|few|couple of|half a|dozens of)"
)  # fmt: skip
SEASON: Final = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|SPRING|SUMMER|AUTUMN|FALL|WINTER)"


def day_number(text: str) -> int:
    """The number of a day as digits, digits with an ending, or an ordinal word."""
    digits = "".join(c for c in text if c.isdigit())
    return int(digits) if digits else ORDINALS[text.lower().replace(" ", "-")]


def month_number(text: str) -> int:
    """The number of a month by its name or short form."""
    return MONTH_NUMBERS[text.lower().rstrip(".")]
