"""Malformed files: one line with position and advice, its own class and status, and none of what the file says."""

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.errors import CaseError, DecisionsError, LedgerError, PolicyError
from bearwitness.model.codec import load_case, load_decisions, load_ledger, load_policy

TREE, VOCABULARY = load_place_tree(), load_vocabulary()
# Stands wherever a file may say something of somebody; no message may repeat it, in any part.
CANARY = "kanarienvogel"

CASE = f"""\
bearwitness: 1
case: c
households:
  - {{id: h1, label: {CANARY}}}
  - {{id: h2}}
persons:
  - id: p1
    household: h1
    names: [{{text: {CANARY}}}]
    home: 신의주
    birth: 1986
  - id: p2
    household: h1
    kin: [{{relation: mother, of: p1}}]
  - {{id: p3, household: h2}}
acts:
  - id: a1
    kind: raid
    household: h1
    victims: [p2]
testimonies:
  - id: t1
    teller: p1
    language: ko
    directness: unknown
    text: {CANARY} {CANARY}
    chain:
      - {{teller: p2, hearer: p3, medium: phone}}
      - {{teller: p3, hearer: p1, medium: phone}}
consents:
  - {{id: c1, giver: p1, purpose: publication, identifiability: role, quoting: none, persons: {{p1: given}}}}
claims:
  - {{id: k1, person: p1, attribute: sex, value: female, quote: {CANARY}}}
"""


def read_case(text):
    return load_case(text, name="case.yaml", tree=TREE, vocabulary=VOCABULARY)


def refused(load, text, error):
    """The error of a text, after a look at what every one must be like."""
    with pytest.raises(error) as caught:
        load(text)
    found = caught.value
    said = str(found)
    assert CANARY not in said.casefold()
    assert "\n" not in said
    assert found.hint
    assert found.__cause__ is None
    assert found.__suppress_context__
    return found


def test_the_file_these_mistakes_are_made_in_is_right():
    """Without a mistake the file is read."""
    assert len(read_case(CASE).persons) == 3


BAD_CASES = [
    ("household: h1\n    names", f"houshold: {CANARY}\n    names", "8:5", "household"),
    ("    birth: 1986", f"    {CANARY}: 1986", "11:5", "Known here"),
    ("    birth: 1986", "    birth: 2023-02-29", "11:12", "no such day"),
    ("    birth: 1986", f"    birth: {CANARY}", "11:12", "date"),
    ("    birth: 1986", "    birth: [1986]", "11:12", "a list"),
    ("    birth: 1986", "    birth:", "11:11", "nothing is written"),
    ("    birth: 1986", "    birth: 1986\n    birth: 1987", "12:5", "twice"),
    ("    birth: 1986", "    birth: &a 1986", "11:12", "anchor"),
    ("    birth: 1986", "    birth: !!int 1986", "11:12", "tag"),
    ("    birth: 1986", "\tbirth: 1986", "11:1", "tab"),
    ("    birth: 1986", "    protected: no", "11:16", "true or false"),
    ("    birth: 1986", f"    sex: {CANARY}", "11:10", "female or male"),
    ("    birth: 1986", f"    occupation: {CANARY}", "11:17", "the list occupation"),
    ("    birth: 1986", f"    traits: [phone, {CANARY}]", "11:21", "the list trait"),
    ("    birth: 1986", "    traits: [phone, phone]", "11:21", "twice"),
    ("home: 신의주", "home: Unsan", "10:11", "pyongbuk/unsan or pyongnam/unsan"),
    ("home: 신의주", f"home: {CANARY}", "10:11", "no place"),
    ("home: 신의주", "home: 7", "10:11", "no place"),
    ("household: h1\n    names", "names", "7:5", "p1 is in no household"),
    ("household: h2}\nacts", "household: h22}\nacts", "15:25", "no household"),
    ("household: h2}\nacts", "household: h2, protected: 1}\nacts", "15:40", "true or false"),
    ("id: p2\n", "id: p1\n", "12:9", "p1 stands twice"),
    ("id: p2\n", f"id: {CANARY.upper()}\n", "12:9", "not an id"),
    ("id: p2\n", f"id: {'x' * 65}\n", "12:9", "not an id"),
    ("mother, of: p1", "mother, of: p11", "14:34", "nearest is p1"),
    ("mother, of: p1", "mother, of: p2", "14:11", "p2 is their own"),
    ("mother, of: p1", f"{CANARY}, of: p1", "14:22", "elder_brother"),
    ("kind: raid\n", "kind: raid\n    because: p1\n", "19:5", "because_of"),
    ("    household: h1\n    victims", "    victims", "17:5", "household is missing"),
    ("    household: h1\n    victims", "    household: h3\n    victims", "19:16", "no household"),
    ("victims: [p2]", "victims: [p2, p3]", "20:19", "another household"),
    ("victims: [p2]", "victims: [p2, p2]", "20:19", "twice"),
    ("victims: [p2]", "victims: p2", "20:14", "a list belongs here, not text"),
    ("teller: p3, hearer: p1", "teller: p3, hearer: p2", "29:9", "testimony t1"),
    ("teller: p3, hearer: p1", "teller: p3, hearer: p3", "29:9", "testimony t1"),
    ("teller: p3, hearer: p1", "teller: p9, hearer: p1", "29:18", "no person"),
    ("hearer: p1, medium: phone", f"hearer: p1, medium: {CANARY}", "29:42", "the list medium"),
    ("language: ko", "language: xx", "24:15", "ko or en"),
    (f"text: {CANARY} {CANARY}", f"text: {CANARY}: {CANARY}", "26:24", "colon"),
    (f"text: {CANARY} {CANARY}", 'text: ""', "26:11", "empty"),
    (f"text: {CANARY} {CANARY}", 'text: "a\\u0007b"', "26:11", "control"),
    ("persons: {p1: given}", "persons: {p8: given}", "31:95", "no person"),
    ("persons: {p1: given}", f"persons: {{p1: {CANARY}}}", "31:99", "cannot_be_asked"),
    ("persons: {p1: given}", f"persons: {{{CANARY} {CANARY}: given}}", "31:95", "not an id"),
    ("person: p1, attr", "person: p7, attr", "33:22", "no person"),
    ("person: p1, attr", "attr", "33:5", "either a person or a persona"),
    ("value: female", f"value: {CANARY}", "33:49", "female"),
    ("value: female", "value: []", "33:49", "empty"),
    ("value: female", "value: [female, [male]]", "33:58", "text belongs here, not a list"),
    ("value: female", "value: female, role: told", "33:63", "date"),
    ("value: female", "value: female, trust: 0", "33:64", "above 0 and at most 1"),
    ("value: female", "value: female, trust: .nan", "33:64", "number"),
    ("value: female", "value: female, about: p12", "33:64", "nearest is p2"),
    ("sex, value: female", "birth, value: 2024/2023", "33:51", "before it begins"),
    ("sex, value: female", "home, value: [신의주, Unsan]", "33:56", "pyongnam/unsan"),
    ("households:\n", "households: {}\nhausholds:\n", "4:1", "households"),
    ("bearwitness: 1\n", "", "1:1", "version is missing"),
    ("bearwitness: 1\n", "bearwitness: 2\n", "1:14", "version"),
    ("bearwitness: 1\n", "bearwitness: '1'\n", "1:14", "version"),
    ("case: c\n", "", "1:1", "case is missing"),
    ("case: c\n", "case: c\nplaces: [{path: pyongbuk/sinuiju, names: [x]}]\n", "3:17", "listed already"),
    ("case: c\n", "case: c\nplaces: [{path: pyongbuk/nowhere/at-all, names: [x]}]\n", "3:17", "above it"),
    ("case: c\n", "case: c\nplaces: [{path: pyongbuk/sinuiju/a, names: []}]\n", "3:44", "empty"),
    ("case: c\n", "case: c\nplaces: [{names: [x]}]\n", "3:10", "path or a parent"),
    ("case: c\n", "case: c\n---\n", "3:1", "document"),
    ("case: c\n", "ledger: c\n", "2:1", "ledger file"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "position", "word"), BAD_CASES)
def test_a_mistake_in_a_case_is_told_where_it_stands(right, wrong, position, word):
    """Each mistake has class, status, file, line, column and advice, and repeats no value of the file."""
    assert CASE.count(right) == 1
    found = refused(read_case, CASE.replace(right, wrong), CaseError)
    assert found.status == 5
    assert found.where == f"case.yaml:{position}"
    assert word in str(found)


@pytest.mark.parametrize(
    "text", ["", " \n", "# nothing\n", "[]", CANARY, f"- {CANARY}\n", f"{CANARY}: 1", "7", "---\n..."]
)
def test_what_is_no_case_at_all_is_refused(text):
    """An empty file, a list, a word: refused in one line."""
    assert refused(read_case, text, CaseError).where.startswith("case.yaml:")


def test_people_who_are_each_others_ancestors_are_refused():
    """A ring of parents is impossible however long it is."""
    text = CASE.replace("birth: 1986", "kin: [{relation: grandparent, of: p3}]").replace(
        "{id: p3, household: h2}", "{id: p3, household: h2, kin: [{relation: father, of: p2}]}"
    )
    found = refused(read_case, text, CaseError)
    assert "own ancestor" in found.message


def test_two_children_of_one_parent_are_no_ring():
    """Only a ring is refused, not a family."""
    text = CASE.replace("{id: p3, household: h2}", "{id: p3, household: h2, kin: [{relation: son, of: p2}]}")
    assert len(read_case(text).persons) == 3


def test_a_long_line_of_ancestors_is_no_problem():
    """Ten thousand generations are checked without exhausting the stack."""
    persons = "".join(
        f"  - {{id: p{i}, household: h, kin: [{{relation: father, of: p{i + 1}}}]}}\n" for i in range(10_000)
    )
    head = "bearwitness: 1\ncase: c\nhouseholds: [{id: h}]\npersons:\n  - {id: p10000, household: h}\n"
    assert len(read_case(head + persons).persons) == 10_001


LEDGER = f"""\
bearwitness: 1
releases:
  - id: r1
    outlet: {CANARY}
    published: 2021-11-08
    title: {CANARY}
    personas:
      - id: n1
        household: h1
        label: {CANARY}
        claims:
          - {{id: c1, attribute: birth, value: 1972/1981}}
          - {{id: c2, attribute: home, value: Ryanggang}}
      - {{id: n2, household: h1, claims: []}}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "position", "word"),
    [
        ("published: 2021-11-08", "published: 2021-11", "5:16", "not a day"),
        ("published: 2021-11-08", "published: 2021-02-30", "5:16", "no such day"),
        ("published: 2021-11-08", "publisht: 2021-11-08", "5:5", "published"),
        ("value: Ryanggang", "value: Unsan", "13:46", "pyongbuk/unsan or pyongnam/unsan"),
        ("value: Ryanggang", f"value: {CANARY}", "13:46", "no place"),
        ("value: 1972/1981", "value: unknown", "12:47", "unknown date"),
        ("attribute: birth", f"attribute: {CANARY}", "12:33", "home"),
        ("id: c2", "id: c1", "13:18", "c1 stands twice"),
        ("id: n2", "id: n1", "14:14", "n1 stands twice"),
        ("        household: h1\n", "", "8:9", "household is missing"),
        ("releases:", f"{CANARY}: x\nreleases:", "2:1", "Known here"),
        ("releases:", "case: x\nreleases:", "2:1", "case file"),
    ],
)
def test_a_mistake_in_a_ledger_is_told_where_it_stands(right, wrong, position, word):
    """A ledger's mistakes have a class and status of their own."""
    assert LEDGER.count(right) == 1

    def load(text):
        return load_ledger(text, name="ledger.yaml", tree=TREE, vocabulary=VOCABULARY)

    load(LEDGER)
    found = refused(load, LEDGER.replace(right, wrong), LedgerError)
    assert (found.status, found.where) == (6, f"ledger.yaml:{position}")
    assert word in str(found)


@pytest.mark.parametrize(
    ("body", "position", "word"),
    [
        ("threshold: 0", "2:12", "above 0 and below 1"),
        ("threshold: 1", "2:12", "above 0 and below 1"),
        ("threshold: '0.1'", "2:12", "without quotes"),
        ("threshold: 10%", "2:12", "number"),
        ("threshhold: 0.1", "2:1", "threshold"),
        ("link: 1.5", "2:7", "from 0 to 1"),
        ("news_lag_days: 1.5", "2:16", "whole number"),
        ("news_lag_days: -1", "2:16", "from 0"),
        ("published: 2024", "2:12", "day"),
        ("adversaries: []", "2:14", "empty"),
        (f"adversaries: [{CANARY} {CANARY}]", "2:15", "adversary"),
        ("adversaries: [reader, reader]", "2:23", "twice"),
        ("weights: {birht: 2}", "2:11", "birth"),
        ("weights: {birth: x}", "2:18", "number"),
        ("suspicion: {h1: 0}", "2:17", "above 0"),
        (f"keep: [{CANARY}]", "2:8", "act"),
        ("require_consent: off", "2:18", "true or false"),
        ("decisions: []", "2:1", "decisions file"),
    ],
)
def test_a_mistake_in_a_policy_is_told_where_it_stands(body, position, word):
    """A policy's mistakes have a class and status of their own."""
    found = refused(lambda text: load_policy(text, name="policy.yaml"), f"bearwitness: 1\n{body}\n", PolicyError)
    assert (found.status, found.where) == (7, f"policy.yaml:{position}")
    assert word in str(found)


@pytest.mark.parametrize(
    ("entry", "position", "word"),
    [
        (f"{{form: {CANARY}, kind: public}}", "3:5", "reason"),
        (f"{{form: {CANARY}, kind: public, reason: x}}", "3:5", "signer"),
        (f"{{form: {CANARY}, kind: privat}}", "3:33", "ordinary"),
        ("{kind: ordinary}", "3:5", "form is missing"),
        (f"{{form: {CANARY}, kind: ordinary}}\n  - {{form: {CANARY.upper()}, kind: protected}}", "4:12", "twice"),
        (f"{CANARY}", "3:5", "mapping"),
    ],
)
def test_a_mistake_in_decisions_is_told_where_it_stands(entry, position, word):
    """Decisions have a class and status of their own, and the forms they decide are never repeated."""
    text = f"bearwitness: 1\ndecisions:\n  - {entry}\n"
    found = refused(lambda text: load_decisions(text, name="d.yaml"), text, DecisionsError)
    assert (found.status, found.where) == (8, f"d.yaml:{position}")
    assert word in str(found)
