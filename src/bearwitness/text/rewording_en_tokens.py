"""The words of an English sentence with what kind of word each is, by closed classes, endings and neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Tag = Literal[
    "det", "poss", "num", "noun", "pron", "prep", "sub", "rel", "that", "cc", "adv", "aux", "verb", "past", "ing",
    "to", "comma", "mark",
]  # fmt: skip

DETERMINERS: Final = frozenset(
    ["a", "an", "the", "this", "these", "those", "some", "any", "no", "every", "each", "many", "most", "several",
     "few", "all", "both", "another", "other", "such"]
)  # fmt: skip
POSSESSIVES: Final = frozenset(["his", "her", "their", "my", "our", "your", "its", "whose"])
PRONOUNS: Final = frozenset(
    ["i", "he", "she", "it", "they", "we", "you", "him", "them", "me", "us", "himself", "herself", "themselves",
     "itself", "myself", "ourselves", "who", "whom", "someone", "somebody", "everyone", "everybody", "anyone",
     "nobody", "nothing", "something", "anything", "everything", "hers", "theirs", "mine", "ours", "others"]
)  # fmt: skip
PREPOSITIONS: Final = frozenset(
    ["of", "in", "on", "at", "from", "via", "by", "for", "with", "without", "through", "across", "over", "into",
     "onto", "during", "near", "about", "against", "among", "between", "under", "within", "outside", "inside",
     "toward", "towards", "behind", "around", "than", "upon", "throughout", "amid", "despite", "including",
     "following", "concerning", "regarding", "beyond", "along", "beside", "besides", "per", "off", "like", "unlike",
     "according", "using", "holding", "aboard"]
)  # fmt: skip
# A clause follows, or only a noun: the words after it decide.
EITHER: Final = frozenset(["after", "before", "since", "until", "till", "as"])
SUBORDINATORS: Final = frozenset(
    ["when", "while", "because", "although", "though", "if", "unless", "whether", "where", "whenever", "once",
     "whereas", "how", "why", "what", "so"]
)  # fmt: skip
AUXILIARIES: Final = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did",
     "will", "would", "can", "could", "may", "might", "must", "should", "shall", "cannot", "wasn't", "weren't",
     "isn't", "aren't", "hasn't", "haven't", "hadn't", "didn't", "doesn't", "don't", "won't", "wouldn't", "couldn't",
     "can't", "shouldn't"]
)  # fmt: skip
ADVERBS: Final = frozenset(
    ["still", "now", "also", "then", "never", "not", "only", "just", "again", "already", "later", "soon", "ago",
     "back", "home", "abroad", "away", "together", "even", "ever", "often", "twice", "here", "there", "too", "yet",
     "almost", "always", "sometimes", "up", "out", "down", "alone", "today", "yesterday", "overseas", "instead",
     "however", "meanwhile", "therefore", "perhaps", "once", "formerly", "originally", "illegally", "more", "less"]
)  # fmt: skip
_NUMBERS: Final = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "hundred",
     "thousand", "million"]
)  # fmt: skip
_IRREGULAR_PAST: Final = frozenset(
    ["fled", "left", "went", "came", "sent", "spoke", "told", "said", "kept", "took", "found", "lost", "made", "met",
     "saw", "heard", "felt", "knew", "thought", "brought", "bought", "sold", "held", "got", "gave", "grew", "ran",
     "sat", "stood", "swam", "wrote", "built", "broke", "began", "became", "paid", "led", "put", "set", "cut", "shot",
     "fell", "rang", "sank", "spent", "taught", "caught", "fought", "drove", "flew", "hid", "rose", "woke", "wore",
     "won", "burst", "crept", "slept", "understood", "learnt", "wept", "let", "read", "hit"]
)  # fmt: skip
PARTICIPLES: Final = frozenset(
    ["taken", "spoken", "known", "seen", "given", "gone", "broken", "written", "driven", "beaten", "hidden", "born",
     "done", "grown", "shown", "forbidden", "shaken", "stolen", "torn", "thrown", "held", "sent", "told", "made",
     "lost", "kept", "left", "found", "brought", "bought", "sold", "paid", "shot", "caught", "put", "led", "taught"]
)  # fmt: skip
_BASES: Final = frozenset(
    ["send", "work", "act", "live", "speak", "communicate", "use", "know", "say", "tell", "come", "go", "keep",
     "help", "support", "run", "serve", "stay", "remain", "think", "believe", "fear", "hope", "want", "need", "have",
     "talk", "phone", "call", "pass", "pay", "own", "hail", "operate", "manage", "teach", "write", "appear", "fly",
     "launch", "belong", "report", "claim", "add", "recall", "explain", "remember", "show", "make", "take", "get",
     "give", "find", "lose", "leave", "flee", "cross", "broker", "transfer", "wire", "remit", "campaign", "visit",
     "contact", "hear", "learn", "see", "meet", "wait", "worry", "fall", "answer", "control", "face", "suffer",
     "describe", "mean", "try", "seem", "begin", "start", "continue", "stop", "ask", "become", "hold", "be", "do",
     "testify", "insist", "warn", "threaten", "arrest", "detain", "question", "raid", "search", "beat", "lure",
     "return", "stand", "bring", "buy", "sell", "let", "put", "reach", "arrive", "settle", "resettle", "escape",
     "defect", "bribe", "earn", "study", "train", "look", "feel", "turn", "move", "spend", "punish", "report", "sing"]
)  # fmt: skip
_THIRD_PERSON: Final = frozenset(
    b[:-1] + "ies" if b.endswith("y") and b[-2] not in "aeo"
    else b + ("es" if b.endswith(("s", "sh", "ch", "o")) else "s")
    for b in _BASES
)  # fmt: skip
# Third persons that are plurals of nouns as often: verbs only where nothing else is the verb of the clause.
_NO_VERBS: Final = re.compile(
    r"(?:.*(?:thing|king|ring|wing)|morning|evening|building|spring|sibling|siblings|during|questioning|being|red|bed"
    r"|need|speed|seed|indeed|hundred|feed|shed|breed|creed|deed|weed|sacred|hatred|kindred|wicked|naked|aged)"
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'.,][^\W_]+)*'?|[^\w\s]|_")
_NO_ADVERBS: Final = frozenset(["family", "only", "early", "elderly", "monthly", "friendly", "likely"])
_ADJECTIVE_BEFORE: Final = frozenset(["det", "poss", "num"])


@dataclass(slots=True)
class Token:
    """A word or mark: offsets in the text, and what kind of word it is."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag = "noun"

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it says whose what follows is: "Park's", "brothers'"."""
        return self.lower.endswith(("'s", "s'"))


def read_tokens(text: str, start: int, end: int) -> list[Token]:
    """The words of a passage, tagged.

    Parameters
    ----------
    text : str
        The text, typographic quotes made plain.
    start, end : int
        One sentence of it.
    """
    tokens = [
        Token(start=m.start(), end=m.end(), text=m.group(), lower=m.group().lower())
        for m in _TOKEN.finditer(text, start, end)
    ]
    for token in tokens:
        token.tag = _closed(token)
    for i in range(len(tokens)):
        _settle(tokens, i)
    return tokens


def _closed(token: Token) -> Tag:
    word = token.lower
    if word == ",":
        return "comma"
    if not word[0].isalnum():
        return "mark"
    if word in ("may", "will") and token.capital:
        return "noun"
    if word[0].isdigit() or word in _NUMBERS:
        return "num"
    for words, tag in _CLASSES:
        if word in words:
            return tag
    if word.endswith("ly") and not token.capital and len(word) > 4 and word not in _NO_ADVERBS:
        return "adv"
    return "noun"


_CLASSES: Final[tuple[tuple[frozenset[str], Tag], ...]] = (
    (DETERMINERS, "det"), (POSSESSIVES, "poss"), (frozenset(["that"]), "that"),
    (frozenset(["who", "which", "whom"]), "rel"), (frozenset(["and", "or", "but", "nor", "&"]), "cc"),
    (frozenset(["to"]), "to"), (PRONOUNS, "pron"), (PREPOSITIONS, "prep"), (EITHER, "sub"), (SUBORDINATORS, "sub"),
    (AUXILIARIES, "aux"), (ADVERBS, "adv"),
)  # fmt: skip


def _settle(tokens: Sequence[Token], i: int) -> None:
    """What a word is by the words beside it."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.tag == "poss" and token.lower == "her" and (after is None or not _nominal(after)):
        token.tag = "pron"
    elif token.tag == "to":
        if after is None or after.capital or after.tag != "noun" or (
            after.lower.endswith("s") and after.lower not in _BASES
        ):
            token.tag = "to" if after is not None and after.lower in ("be", "have", "do") else "prep"
    elif token.tag == "det" and token.lower in ("this", "these", "those", "all", "both", "some") and (
        after is None or not (_nominal(after) or after.tag in ("det", "poss"))
    ):
        token.tag = "pron"
    elif token.lower == "home" and before is not None and (before.tag in ("det", "poss") or before.tag == "noun"):
        token.tag = "noun"
    elif token.lower == "that" and before is not None and before.tag == "prep" and after and _nominal(after):
        token.tag = "det"
    elif token.tag == "noun" and not (token.capital and i):
        token.tag = _verb_tag(tokens, i, before, after)


def _verb_tag(tokens: Sequence[Token], i: int, before: Token | None, after: Token | None) -> Tag:
    word = tokens[i].lower
    adjective = (
        after is not None and _nominal(after)
        and before is not None and (before.tag in (*_ADJECTIVE_BEFORE, "prep", "cc") or before.possessive)
    )  # fmt: skip
    if before is not None and (before.tag in _ADJECTIVE_BEFORE or before.possessive) and not adjective:
        return "noun"
    if before is not None and before.tag == "to":
        return "verb"
    if _NO_VERBS.fullmatch(word):
        return "noun"
    if word in _IRREGULAR_PAST or word in PARTICIPLES:
        return "noun" if adjective and word in ("broken", "hidden", "stolen", "lost", "known") else "past"
    if word.endswith("ed") and len(word) > 4:
        return "noun" if adjective and before is not None and before.tag != "cc" else "past"
    if word.endswith("ing") and len(word) > 4:
        return "noun" if adjective and before is not None and before.tag not in ("prep", "cc") else "ing"
    if word in _THIRD_PERSON and _can_be_third_person(tokens, i, before):
        return "verb"
    if word in _BASES and before is not None and (
        (before.tag == "noun" and before.lower.endswith("s") and i < 4 and not before.possessive)
        or before.lower in ("i", "they", "we", "you", "who", "not") or before.tag == "aux"
        or (before.tag == "adv" and i > 1 and tokens[i - 2].lower in ("i", "they", "we", "you", "who", "families"))
    ):
        return "verb"
    return "noun"


def _can_be_third_person(tokens: Sequence[Token], i: int, before: Token | None) -> bool:
    if before is None:
        return False
    if before.tag in ("pron", "rel", "adv", "that") or (before.tag == "cc" and not _nouns_joined(tokens, i)):
        return True
    if before.tag not in ("noun", "num", "comma", "mark"):
        return False
    for token in reversed(tokens[:i]):
        if token.tag in ("sub", "rel", "that", "comma"):
            return True
        if token.tag in ("verb", "past", "aux"):
            return False
    return True


def _nouns_joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether "and" before a word joins it to a plural: "visits and calls from them"."""
    return i > 1 and tokens[i - 2].tag == "noun" and tokens[i - 2].lower.endswith("s") and not any(
        t.tag in ("verb", "past", "aux") for t in tokens[: i - 2]
    )


def _nominal(token: Token) -> bool:
    return token.tag in ("noun", "num") and token.lower not in _IRREGULAR_PAST
