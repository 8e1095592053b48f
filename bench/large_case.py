"""An invented case of 2,000 persons, a 2,000-word draft about some of them, and a ledger of 1,000 releases."""

from __future__ import annotations

import random
from datetime import date

SURNAMES = list("김이박정최조강윤장임한오서신권황안송노배")
LATIN = dict(
    zip(
        SURNAMES,
        [
            "Kim", "Lee", "Park", "Jeong", "Choi", "Cho", "Kang", "Yoon", "Jang", "Lim", "Han", "Oh", "Seo", "Shin",
            "Kwon", "Hwang", "Ahn", "Song", "Noh", "Bae",
        ],
        strict=True,
    )
)  # fmt: skip
SYLLABLES = (
    "가강건경고광교국규근금기길나남노다단달담대도동두란려련령로리림마만명모묘무문미민방백범별병보복봉부빈사산상새서석선설성세"
    "소솔수순숙승시신심아안애양여연열염영예오옥온완용우운원월유윤은의이인일임자장재점정제조종주준중지진찬창채천철청초춘충치태"
    "하학한해향현형혜호홍화환효훈휘흥희"
)
HOMES = [
    "pyongbuk/sinuiju", "hambuk/musan", "ryanggang/hyesan", "hambuk/hoeryong", "hamnam/hamhung",
    "pyongnam/pyongsong",
]  # fmt: skip
TOWNS = ["Sinuiju", "Musan", "Hyesan", "Hoeryong", "Hamhung", "Pyongsong"]
ROUTES = ["china/river", "china/visa_private", "china/tourist"]


Leaver = tuple[str, int, int]


def large_case(rng: random.Random, persons: int = 2000) -> tuple[str, list[Leaver]]:
    """The case file as YAML (households of four, one of whom left), and surname, town and year of those who left."""
    leavers: list[Leaver] = []
    lines = ["bearwitness: 1", "case: large-case", "households:"]
    lines += [f"  - {{id: h{i}}}" for i in range(persons // 4)]
    lines.append("persons:")
    for i in range(persons):
        home, surname = rng.randrange(len(HOMES)), SURNAMES[(i // 4) % len(SURNAMES)]
        name = surname + rng.choice(SYLLABLES) + rng.choice(SYLLABLES)
        year = rng.randrange(2005, 2020)
        if i % 4 == 0:
            leavers.append((surname, home, year))
        more = (
            f"route: {rng.choice(ROUTES)}, departure: {year}, traits: [phone]"
            if i % 4 == 0
            else f"kin: [{{relation: {['', 'mother', 'younger_brother', 'elder_sister'][i % 4]}, of: p{i // 4 * 4}}}]"
        )
        lines.append(
            f"  - {{id: p{i}, household: h{i // 4}, names: [{{text: {name}}}], "
            f"sex: {rng.choice(['female', 'male'])}, birth: {rng.randrange(1950, 2003)}, home: {HOMES[home]}, {more}}}"
        )
    lines.append("acts:")
    lines += [
        f"  - {{id: a{h}, kind: raid, household: h{h}, date: {date(2024, 1, 1 + h % 28).isoformat()}, "
        f"because_of: p{4 * h}}}"
        for h in range(persons // 4)
    ]
    lines += ["consents:"] + [
        f"  - {{id: c{h}, giver: p{4 * h}, purpose: publication, identifiability: pseudonym, quoting: paraphrase, "
        f"persons: {{p{4 * h}: given, p{4 * h + 1}: cannot_be_asked, p{4 * h + 2}: cannot_be_asked, "
        f"p{4 * h + 3}: cannot_be_asked}}}}"
        for h in range(persons // 4)
    ]
    return "\n".join(lines) + "\n", leavers


def large_ledger(rng: random.Random, releases: int = 1000, households: int = 500) -> str:
    """The ledger as YAML: every release shows one or two households."""
    lines = ["bearwitness: 1", "ledger: large-ledger", "releases:"]
    for r in range(releases):
        lines += [
            f"  - id: r{r}", "    outlet: an outlet", f"    published: {date(2015 + r % 9, 1 + r % 12, 3).isoformat()}",
            "    title: a title", "    personas:",
        ]  # fmt: skip
        for k in range(1 + r % 2):
            lines += [
                f"      - {{id: r{r}-{k}, household: h{rng.randrange(households)}, label: somebody, claims: [",
                f"          {{id: c{r}-{k}-1, attribute: status, value: left}},",
                f"          {{id: c{r}-{k}-2, attribute: trait, value: phone}}]}}",
            ]
    return "\n".join(lines) + "\n"


def large_draft(rng: random.Random, leavers: list[Leaver], words: int = 2000) -> str:
    """A draft of so many words in which one person of each surname is shown, with plain sentences between."""
    filler = [
        "The families say that nothing has been the same since the winter.",
        "Neighbours look away when the officers come, and nobody speaks about it afterwards.",
        "Rights groups say that such accounts have become more frequent, and that few of them reach anybody.",
        "The authorities have never answered a question about the families.",
    ]
    shown = [rng.choice([who for who in leavers if who[0] == surname]) for surname in SURNAMES]
    paragraphs: list[str] = []
    count = 0
    while count < words:
        text = ""
        if shown:
            surname, town, year = shown.pop()
            name = LATIN[surname]
            text = (
                f"{name}, from {TOWNS[town]}, left the country in {year}. Officers of the Ministry of State Security "
                f"raided the family home, {name} said."
            )
        text = " ".join([text, *rng.sample(filler, 2)]).strip()
        paragraphs.append(text)
        count += len(text.split())
    return "\n\n".join(paragraphs) + "\n"
