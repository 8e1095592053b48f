"""An assessment made by hand, of invented people, as the service would return it: three families, three adversaries."""

from __future__ import annotations

from dataclasses import replace

from bearwitness.model.assessment import (
    Alternative,
    Assessment,
    Change,
    ClaimHelp,
    ConsentGap,
    Edit,
    HouseholdRisk,
    Risk,
    Step,
)
from bearwitness.model.claims import (
    Claim,
    ClaimId,
    HouseholdId,
    Language,
    Persona,
    PersonaId,
    PersonId,
    Span,
    Unresolved,
)
from bearwitness.model.values import Codes

DRAFTS: dict[Language, str] = {
    "en": (
        "A search at night\n\n"
        "Tak, a former railway clerk from Kanggye who crossed the Amnok in 2016, still phones her father. She sends "
        "money through Minseo and helps others do the same.\n\n"
        "On 12 March 2023 a neighbour told Tak that officers had searched the family home. Her elder sister was held "
        "for eleven days.\n\n"
        "“We were told to forget her,” the neighbour said. Pyo, from South Hwanghae Province, and Gwak, from Hyesan, "
        "said that their families were threatened that spring."
    ),
    "ko": (
        "한밤의 수색\n\n"
        "강계 출신의 전직 철도 사무원으로 2016년 압록강을 건넌 탁 씨는 지금도 아버지와 통화한다. 탁 씨는 민서를 통해 "
        "돈을 보내고 다른 사람들도 돕는다.\n\n"
        "2023년 3월 12일 이웃이 탁 씨에게 보위원들이 집을 뒤졌다고 알렸다. 탁 씨의 언니는 열하루 동안 갇혀 있었다.\n\n"
        "“그 사람을 잊으라고 했다”고 이웃은 말했다. 황해남도 출신인 표 씨와 혜산 출신인 곽 씨는 그해 봄 가족이 위협을 "
        "받았다고 했다."
    ),
}  # fmt: skip

# (persona, attribute, says, words in the draft, candidates left for state security, bits it helps), by language.
_SAID: dict[Language, tuple[tuple[str, str, str, tuple[str, ...], float, float], ...]] = {
    "en": (
        ("tak", "surname", "surname: Tak", ("Tak",), 41_000, 5.2),
        ("tak", "status", "left the country", ("crossed the Amnok",), 2_400, 0.4),
        ("tak", "occupation", "occupation: railway clerk", ("railway clerk",), 900, 3.4),
        ("tak", "home", "home: Kanggye", ("Kanggye",), 120, 4.1),
        ("tak", "route", "left across the river to China", ("crossed the Amnok",), 110, 0.1),
        ("tak", "departure", "left in 2016", ("2016",), 24, 2.2),
        ("tak", "trait", "keeps a phone line home", ("phones her father",), 21, 0.2),
        ("tak", "kin", "has a father inside", ("father",), 20, 0.05),
        ("tak", "trait", "sends money home", ("sends money",), 18, 0.2),
        ("tak", "act_date", "told on 12 March 2023", ("12 March 2023",), 3.2, 1.9),
        ("tak", "act", "home searched", ("searched the family home",), 2.8, 0.3),
        ("tak", "kin", "has an elder sister inside", ("elder sister",), 2.4, 0.1),
        ("tak", "act", "detained: elder sister", ("elder sister", "held"), 1.3, 0.9),
        ("nb", "home", "lives near Tak's family", ("a neighbour", "the neighbour"), 8_200, 2.5),
        ("pyo", "surname", "surname: Pyo", ("Pyo",), 3_100, 4.4),
        ("pyo", "home", "home: South Hwanghae", ("South Hwanghae Province",), 900, 1.8),
        ("pyo", "act", "family threatened", ("threatened",), 310, 0.7),
        ("gwak", "surname", "surname: Gwak", ("Gwak",), 2_600, 4.0),
        ("gwak", "home", "home: Hyesan", ("Hyesan",), 420, 2.9),
        ("gwak", "act", "family threatened", ("threatened",), 150, 0.8),
    ),
    "ko": (
        ("tak", "surname", "성: 탁", ("탁",), 41_000, 5.2),
        ("tak", "status", "북한을 떠남", ("압록강을 건넌",), 2_400, 0.4),
        ("tak", "occupation", "직업: 철도 사무원", ("철도 사무원",), 900, 3.4),
        ("tak", "home", "고향: 강계", ("강계",), 120, 4.1),
        ("tak", "route", "강을 건너 중국으로 떠남", ("압록강을 건넌",), 110, 0.1),
        ("tak", "departure", "2016년에 떠남", ("2016년",), 24, 2.2),
        ("tak", "trait", "고향과 통화함", ("통화한다",), 21, 0.2),
        ("tak", "kin", "아버지가 남아 있음", ("아버지",), 20, 0.05),
        ("tak", "trait", "돈을 보냄", ("돈을 보내고",), 18, 0.2),
        ("tak", "act_date", "2023년 3월 12일에 들음", ("2023년 3월 12일",), 3.2, 1.9),
        ("tak", "act", "집 수색", ("집을 뒤졌다",), 2.8, 0.3),
        ("tak", "kin", "언니가 남아 있음", ("언니",), 2.4, 0.1),
        ("tak", "act", "구금: 언니", ("언니", "갇혀"), 1.3, 0.9),
        ("nb", "home", "탁 씨 가족의 이웃", ("이웃",), 8_200, 2.5),
        ("pyo", "surname", "성: 표", ("표",), 3_100, 4.4),
        ("pyo", "home", "고향: 황해남도", ("황해남도",), 900, 1.8),
        ("pyo", "act", "가족이 위협받음", ("위협",), 310, 0.7),
        ("gwak", "surname", "성: 곽", ("곽",), 2_600, 4.0),
        ("gwak", "home", "고향: 혜산", ("혜산",), 420, 2.9),
        ("gwak", "act", "가족이 위협받음", ("위협",), 150, 0.8),
    ),
}

_LABELS: dict[Language, dict[str, str]] = {
    "en": {"tak": "Tak", "nb": "a neighbour", "pyo": "Pyo", "gwak": "Gwak"},
    "ko": {"tak": "탁 씨", "nb": "이웃", "pyo": "표 씨", "gwak": "곽 씨"},
}
_EDITS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Tak, a former railway clerk", "One defector, a former clerk"),
        ("Kanggye", "a northern border province"),
        (" in 2016", ""),
        ("On 12 March 2023", "In the spring of 2023"),
        ("told Tak", "told the defector"),
        ("elder sister", "relative"),
        ("Gwak, from Hyesan,", "another defector"),
    ),
    "ko": (
        ("강계", "북부 국경 지역"),
        ("철도 사무원", "사무원"),
        ("2016년 ", ""),
        ("2023년 3월 12일", "2023년 봄"),
        ("언니", "친척"),
        ("혜산 출신인 곽 씨", "다른 탈북민 한 사람"),
    ),
}
_CHANGES: dict[Language, tuple[tuple[str, str, str, str], ...]] = {
    "en": (
        ("c1", "Tak", "one defector", "none"),
        ("c3", "railway clerk", "clerk", "group"),
        ("c4", "Kanggye", "a northern border province", "region"),
        ("c6", "2016", "", "none"),
        ("c10", "12 March 2023", "the spring of 2023", "season"),
        ("c12", "elder sister", "relative", "relative"),
        ("c13", "elder sister", "relative", "relative"),
        ("c18", "Gwak", "another defector", "none"),
        ("c19", "Hyesan", "", "none"),
    ),
    "ko": (
        ("c3", "철도 사무원", "사무원", "group"),
        ("c4", "강계", "북부 국경 지역", "region"),
        ("c6", "2016년", "", "none"),
        ("c10", "2023년 3월 12일", "2023년 봄", "season"),
        ("c12", "언니", "친척", "relative"),
        ("c13", "언니", "친척", "relative"),
        ("c18", "곽", "다른 탈북민 한 사람", "none"),
        ("c19", "혜산", "", "none"),
    ),
}
_UPPERS = (1.0, 0.94, 0.87, 0.71, 0.52, 0.31, 0.22, 0.16, 0.118, 0.0931)


def _spans(draft: str, words: tuple[str, ...]) -> tuple[Span, ...]:
    found = []
    for word in words:
        at = draft.find(word)
        while at >= 0:
            # A surname is repeated, and does not stand within a longer word.
            if not (draft[at - 1 : at].isalpha() and at):
                found.append(Span(start=at, end=at + len(word), quote=word))
            at = draft.find(word, at + 1)
    return tuple(sorted(found, key=lambda s: s.start))


def _row(
    household: str, adversary: str, capacity: int, alone: Risk, joined: Risk, release: str | None,
    steps: tuple[Step, ...] = (), flips: float | None = None,
) -> HouseholdRisk:  # fmt: skip
    return HouseholdRisk(
        household=HouseholdId(household), adversary=adversary,
        frame="residents" if adversary == "reader" else "acted" if household == "h-tak" else "left",
        capacity=capacity, alone=alone, joined=joined, costliest_release=release, flips_at_suspicion=flips,
        bystanders=min(capacity, joined.candidates - 1), steps=steps, safe=joined.upper <= 0.1,
    )  # fmt: skip


def _risk(candidates: float, risk: float, upper: float) -> Risk:
    return Risk(candidates=candidates, risk=risk, upper=upper)


def _households(language: Language) -> tuple[HouseholdRisk, ...]:
    def steps(persona: str) -> tuple[Step, ...]:
        return tuple(
            Step(claim=ClaimId(f"c{i}"), candidates=said[4])
            for i, said in enumerate(_SAID[language], start=1)
            if said[0] == persona
        )

    tak, pyo, gwak = _risk(1.3, 0.99, 0.999), _risk(310, 0.065, 0.0931), _risk(150, 0.13, 0.31)
    return (
        _row("h-tak", "state_security", 20, tak, tak, None, steps("tak"), 0.0021),
        _row("h-tak", "informant", 3, _risk(14, 0.21, 0.44), _risk(14, 0.21, 0.44), None, (), 0.11),
        _row("h-tak", "reader", 1, _risk(5_900_000, 1.7e-7, 2.4e-7), _risk(41_000, 2.4e-5, 4.1e-5), "r-2021-film"),
        _row("h-pyo", "state_security", 20, pyo, pyo, None, steps("pyo"), 1.1),
        _row("h-pyo", "informant", 3, _risk(620, 0.0048, 0.011), _risk(620, 0.0048, 0.011), None, (), 9.4),
        _row("h-pyo", "reader", 1, _risk(120_000, 8e-6, 2e-5), _risk(120_000, 8e-6, 2e-5), None),
        _row("h-gwak", "state_security", 20, gwak, _risk(31, 0.64, 0.86), "r-2022-brief", steps("gwak"), 0.03),
        _row("h-gwak", "informant", 3, _risk(480, 0.006, 0.014), _risk(88, 0.034, 0.079), "r-2022-brief", (), 1.4),
        _row("h-gwak", "reader", 1, _risk(96_000, 1e-5, 3e-5), _risk(5_400, 1.9e-4, 4e-4), "r-2022-brief"),
    )


def sample_assessment(language: Language = "en") -> Assessment:
    """An unsafe draft: twenty claims, overlapping passages, changes, an unresolved name, a consent gap."""
    draft = DRAFTS[language]
    claims = tuple(
        Claim(
            id=ClaimId(f"c{i}"), persona=PersonaId(persona), attribute=attribute, values=Codes(frozenset({"x"})),
            says=says, spans=_spans(draft, words), origin="pattern",
            role="learned" if attribute == "act_date" else None,
        )
        for i, (persona, attribute, says, words, _, _) in enumerate(_SAID[language], start=1)
    )  # fmt: skip
    helps = []
    for i, (*_, bits) in enumerate(_SAID[language], start=1):
        helps.append(ClaimHelp(claim=ClaimId(f"c{i}"), adversary="state_security", bits=bits))
        helps.append(ClaimHelp(claim=ClaimId(f"c{i}"), adversary="informant", bits=bits / 3))
    starts = [(draft.index(quote), quote, instead) for quote, instead in _EDITS[language]]
    changes = tuple(
        Change(
            claim=ClaimId(claim), start=draft.index(quote), end=draft.index(quote) + len(quote), quote=quote,
            instead=instead, level=level, risk_before=_UPPERS[i], risk_after=_UPPERS[i + 1], cost=2.5,
        )
        for i, (claim, quote, instead, level) in enumerate(_CHANGES[language])
    )  # fmt: skip
    name = "Minseo" if language == "en" else "민서"
    labels = _LABELS[language]
    return Assessment(
        safe=False, threshold=0.1, language=language, draft=draft,
        personas=tuple(
            Persona(
                id=PersonaId(p), label=labels[p], household=HouseholdId("h-tak" if p == "nb" else f"h-{p}"),
                stands_as="carrier" if p == "nb" else "left", person=PersonId(p),
            )
            for p in ("nb", "tak", "pyo", "gwak")
        ),
        claims=claims, households=_households(language), helps=tuple(helps), changes=changes,
        edits=tuple(Edit(start=s, end=s + len(q), instead=i) for s, q, i in sorted(starts)),
        optimal=True, possible=True, cost=20.0,
        alternatives=(
            Alternative(cost=20.6, changes=((ClaimId("c1"), "none"), (ClaimId("c4"), "province"))),
            Alternative(cost=22.0, changes=((ClaimId("c3"), "none"), (ClaimId("c10"), "year"))),
        ),
        unresolved=tuple(
            Unresolved(span=s, form=name, why="a name that no record knows") for s in _spans(draft, (name,))
        ),
        consent_gaps=(ConsentGap(person=PersonId("pyo"), why="no consent covers this person"),),
        ledger_head="5f0c2a9d41", notes=("frames_assumed", "bystanders"),
    )  # fmt: skip


def safe_assessment(language: Language = "en") -> Assessment:
    """The same families after the changes, seen by one adversary: nothing left to do."""
    whole = sample_assessment(language)
    rows = tuple(h for h in whole.households if h.safe)
    kept = {h.household for h in rows}
    personas = tuple(p for p in whole.personas if p.household in kept)
    shown = {p.id for p in personas}
    claims = tuple(c for c in whole.claims if c.persona in shown)
    ids = {c.id for c in claims}
    return replace(
        whole, safe=True, personas=personas, claims=claims, households=rows,
        helps=tuple(h for h in whole.helps if h.claim in ids),
        changes=(), edits=(), cost=0.0, alternatives=(), unresolved=(), consent_gaps=(),
    )  # fmt: skip
