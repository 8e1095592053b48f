"""An invented case whose accounts came to four desks, two of them fed by one broker."""

import random
from functools import cache

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.model.codec import load_case as parse_case

DESKS = ("border-desk", "busan-desk", "seoul-desk", "인권기록팀")
BROKER, BROKER_NAME, MEDIUM, DAY = "broker-7", "맹두리", "phone", "2023-11-09"
_PLACES = ("hambuk/musan", "hambuk/onsong", "ryanggang/hyesan", "ryanggang/kimhyongjik", "pyongbuk/sinuiju")
_WITNESSES = ("현가람", "국영채", "안새봄", "손미랑")
_HEAD = "bearwitness: 1\ncase: told-to-desks\n"


@cache
def told_to_desks(acts=160, chance=0.45, seed=3, *, broker=True, unknown=0, without=0, nowhere=0, desk=""):
    """The case.

    Each desk heard of each act with a chance of its own account; ``unknown`` further acts came by somebody not known,
    and ``without`` in an account that names no desk. Of the first ``nowhere`` acts no place is known. ``desk`` is
    what the fourth desk is called instead. Without a broker all four desks are independent.
    """
    rng = random.Random(seed)
    told = {name: [n for n in range(acts) if rng.random() < chance] for name in DESKS}
    seen = sorted({n for some in told.values() for n in some})
    more = [*range(acts, acts + unknown + without)]
    lines = [_HEAD, "households:\n  - {id: h-out}\n"]
    lines += [f"  - {{id: h-{n}}}\n" for n in (*seen, *more)]
    lines.append("persons:\n")
    lines += [
        f"  - {{id: witness-{at}, household: h-out, names: [{{text: {name}}}], birth: {1950 + 9 * at}}}\n"
        for at, name in enumerate(_WITNESSES)
    ]
    lines.append(f"  - {{id: {BROKER}, household: h-out, names: [{{text: {BROKER_NAME}}}], birth: 1991}}\n")
    lines.append("  - {id: stranger-3, household: h-out}\n  - {id: loner, household: h-out, names: [{text: 표길순}]}\n")
    lines.append("acts:\n")
    lines += [_act(n, known=n >= nowhere) for n in (*seen, *more)]
    lines.append("testimonies:\n")
    for at, called in enumerate(DESKS):
        named = desk if desk and at == len(DESKS) - 1 else called
        chain = broker and called in ("busan-desk", "seoul-desk")
        lines.append(_account(f"t-{at}", f"witness-{at}", told[called], named, BROKER if chain else ""))
    if unknown:
        lines.append(_account("t-unknown", "loner", more[:unknown], DESKS[0], "stranger-3"))
    if without:
        lines.append(_account("t-without", "loner", more[unknown:], "", ""))
    return parse_case("".join(lines), name="case.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


def _act(n, *, known):
    day = f"20{15 + n % 8}-{1 + n % 12:02}-{1 + n * 7 % 28:02}"
    kind = ("raid", "interrogation", "summons")[n % 3]
    place = f", place: {_PLACES[n % 5]}" if known else ""
    return f"  - {{id: a-{n}, kind: {kind}, household: h-{n}, date: {day}{place}}}\n"


def _account(name, witness, acts, desk, by):
    """``by``: who passed the account on to the desk, told by the witness."""
    chain = f"[{{teller: {witness}, hearer: {by}, medium: {MEDIUM}, date: {DAY}}}]" if by else "[]"
    told = ", ".join(f"a-{n}" for n in acts)
    return (
        f"  - {{id: {name}, teller: {by or witness}, language: ko, told: 2024-01-05, "
        f"directness: {'told_by_witness' if by else 'witnessed'}, text: 들은 대로 적음, acts: [{told}], "
        f"chain: {chain}{f', collected_by: {desk}' if desk else ''}}}\n"
    )


def told_monthly(months=40, first=2019):
    """An act each month, told a month later by the one desk and two months later by the other; some without a day.

    Of the third act the day is not known, the fifth is told of more than two years later, and the seventh is known to
    the year only.
    """
    lines = [_HEAD, "households:\n  - {id: h-out}\n"]
    lines += [f"  - {{id: h-{n}}}\n" for n in range(months)]
    lines.append("persons:\n")
    lines += [f"  - {{id: witness-{at}, household: h-out, names: [{{text: {_WITNESSES[at]}}}]}}\n" for at in range(2)]
    lines.append("acts:\n")
    for n in range(months):
        day = {2: "", 6: f", date: {first}"}.get(n, f", date: {_month(first, n)}-11")
        lines.append(f"  - {{id: a-{n}, kind: raid, household: h-{n}{day}, place: {_PLACES[n % 5]}}}\n")
    lines.append("testimonies:\n")
    for n in range(months):
        for at, desk in enumerate(DESKS[:2]):
            told = _month(first, n + 1 + at + (30 if n == 4 else 0))
            lines.append(
                f"  - {{id: t-{n}-{at}, teller: witness-{at}, language: ko, told: {told}-02, directness: witnessed, "
                f"text: 본 대로 적음, acts: [a-{n}], collected_by: {desk}}}\n"
            )
    return parse_case("".join(lines), name="case.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


def _month(first, number):
    return f"{first + number // 12}-{number % 12 + 1:02}"
