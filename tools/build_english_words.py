"""Build ``data/english_words.txt`` from Debian's word lists ``american-english`` and ``british-english``.

Run ``python tools/build_english_words.py AMERICAN BRITISH OUT``; the two lists are the files that the packages
``wamerican`` and ``wbritish`` put under ``/usr/share/dict``. Only words in lower case are kept (names are capitals
there), without possessives. Words that would hide a Korean surname at the beginning of a sentence, and are rare as
words, are left out; terms of this field that the lists lack are added.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

HEADER: Final = """\
# English ordinary words, one a line, in lower case: a capital at the beginning of a sentence does not make one a name.
# Source: american-english and british-english of Debian packages wamerican and wbritish 2020.12.07-2, which are built
# from SCOWL (Spell Checker Oriented Word Lists, https://wordlist.aspell.net), Copyright 2000-2019 Kevin Atkinson.
# Licence: "Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output
# created from the scripts, and its documentation for any purpose is hereby granted without fee, provided that the
# above copyright notice appears in all copies and that both that copyright notice and this permission notice appear
# in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any
# purpose. It is provided "as is" without express or implied warranty." Parts are in the public domain (Moby Words,
# UK English Wordlist, 12Dicts) or under the WordNet licence, which permits the same.
# Changed by tools/build_english_words.py: capitals and possessives dropped, surnames dropped, field terms added.
"""
# Rare as words, common as surnames: at the beginning of a sentence they are rather a person.
SURNAMES: Final = frozenset(
    ["chi", "min", "sim", "shim", "um", "ha", "yum", "woo", "gong", "rim", "sen", "nom", "chon"]
)
# Words of reports on the North that general word lists lack.
FIELD_TERMS: Final = frozenset(
    ["repatriations", "resettlers", "livestream", "livestreamed", "reframed", "cellphones", "geolocation",
     "unaccounted",
     "livelihoods", "smartphones", "counterintelligence", "kilometres", "internees", "reeducation", "onwards",
     "spokespeople",
     "wellbeing", "online", "offline", "website", "websites", "email", "emails", "blog", "podcast", "pre", "anti",
     "non", "co", "semi", "ex", "pro", "post", "mid", "cross", "multi", "socialist", "securities", "resettle"]
)  # fmt: skip


def ordinary_words(lines: list[str]) -> set[str]:
    """The words of a list that are no name: all in lower case, no possessive, no single letter but "a" and "o"."""
    words = {line.strip() for line in lines}
    return {w for w in words if w.islower() and not w.endswith("'s") and (len(w) > 1 or w in "ao")}


def main(american: str, british: str, out: str) -> None:
    """Read both lists and write the words, sorted, below their source and licence."""
    words = set(FIELD_TERMS)
    for path in (american, british):
        words |= ordinary_words(Path(path).read_text(encoding="utf-8").splitlines())
    Path(out).write_text(HEADER + "\n".join(sorted(words - SURNAMES)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
