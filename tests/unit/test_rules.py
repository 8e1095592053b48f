"""Every reason of the readers is a rule's, every rule can be told in both languages, and its examples raise it."""

import ast
import importlib
import re
from pathlib import Path
from string import Formatter

import pytest

import bearwitness.text
from bearwitness.cli.reasons import say_reason
from bearwitness.model.claims import ATTRIBUTES
from bearwitness.release import consent
from bearwitness.services.world import load_world
from bearwitness.text.dates import find_dates
from bearwitness.text.rules import CLAIM_RULES, RULES, THEMES, find_rule
from bearwitness.text.rules_examples import find_passages, read_example

TEXT = Path(bearwitness.text.__file__).parent
READERS = sorted(p for p in TEXT.glob("*.py") if not p.stem.startswith(("rules", "rewording", "__")))
ROOT = Path(__file__).resolve().parents[2]
DRAFTS = sorted((Path(bearwitness.text.__file__).parents[1] / "data" / "worked_case").glob("draft.*.txt"))
READING_TESTS = ("test_english", "test_korean", "test_reading", "test_text_reading")
TESTED = sorted(p for p in (ROOT / "tests").rglob("test_*.py") if p.stem.startswith(READING_TESTS))
DATED = sorted((ROOT / "tests").rglob("test_text_dates.py"))
# Names of countries and cities abroad are accounted for before this rule looks at them.
WITHOUT_EXAMPLE: set[str] = set()
EXAMPLES = [
    pytest.param(rule, text, language, id=f"{rule.code}-{language}-{n}")
    for rule in RULES for language in ("en", "ko") for n, text in enumerate(rule.examples(language))
]  # fmt: skip
CLAIMED = [
    pytest.param(rule, text, language, id=f"{rule.attribute}-{language}")
    for rule in CLAIM_RULES for language in ("en", "ko") for text in rule.examples(language)
]  # fmt: skip
HANGUL = re.compile("[가-힣]")


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_two_rules_have_one_code_or_one_reason():
    """A reason leads back to one rule."""
    assert len({r.code for r in RULES}) == len({r.why_en for r in RULES}) == len(RULES)
    assert list(dict.fromkeys(r.theme for r in RULES)) == list(THEMES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_rule_is_told_in_both_languages(rule):
    """English in English, Korean in Korean, and both reasons name the same ids."""
    for part in ("why", "looks_for", "because", "instead"):
        english, korean = getattr(rule, f"{part}_en"), getattr(rule, f"{part}_ko")
        assert re.search("[a-z]", english)
        assert not HANGUL.search(english) or "(Korean)" in english or "씨" in english
        assert HANGUL.search(korean)
    assert fields(rule.why_en) == fields(rule.why_ko)
    assert all(HANGUL.search(e) for e in rule.examples_ko)


@pytest.mark.parametrize(("rule", "text", "language"), EXAMPLES)
def test_every_example_of_a_rule_raises_it(rule, text, language):
    """The checker, run on the sentence in its language, leaves a passage in doubt for this reason."""
    passages = find_passages(rule, text, language, load_world())
    assert passages
    assert all(text[a:b].strip() for a, b in passages)


def test_an_innocent_sentence_raises_no_rule():
    """The examples are caught for what they say: without it the same kind of sentence is free."""
    for text, language in (("They met every week.", "en"), ("그 일은 이미 알고 있었다.", "ko")):
        assert not [r.code for r in RULES if r.read_with != "no_day" and find_passages(r, text, language, load_world())]


def test_only_rules_that_cannot_be_raised_are_without_an_example():
    """Each rule is shown at work in a language, those of one language's own readers in that language."""
    assert {r.code for r in RULES if not r.examples_en and not r.examples_ko} == WITHOUT_EXAMPLE
    taken = {language: set() for language in ("en", "ko")}
    for path in READERS:
        language = "ko" if path.stem.startswith(("korean_", "dates_ko")) else "en"
        if path.stem.startswith(("english_", "korean_", "dates_")):
            taken[language] |= {id(rule) for rule in rules_of(path)}
    for rule in RULES:
        for language, ids in taken.items():
            assert id(rule) not in ids or rule.examples(language) or rule.code in WITHOUT_EXAMPLE, rule.code


@pytest.mark.parametrize("path", READERS, ids=lambda p: p.stem)
def test_no_reader_writes_a_reason_of_its_own(path):
    """Whatever is given as ``why`` is a rule's reason, or a value handed on: never words written on the spot."""
    for node in reasons_given(ast.parse(path.read_text("utf-8"))):
        module = importlib.import_module(f"bearwitness.text.{path.stem}")
        for part in parts_of(node):
            assert not isinstance(part, ast.JoinedStr), f"line {part.lineno}"
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                assert not part.value, f"line {part.lineno}: {part.value}"
            if isinstance(part, ast.Name) and part.id.strip("_").isupper():
                value = getattr(module, part.id)
                for why in value.values() if isinstance(value, dict) else [value]:
                    # Beside a reason may stand the pattern that looks for it.
                    assert not isinstance(why, str) or find_rule(why), f"line {part.lineno}: {why}"


def test_the_check_of_reasons_sees_each_way_of_giving_one():
    """Keyword, argument by place, assignment, loop and class: a reason of one's own is seen in each."""
    source = (
        "class A(NamedTuple):\n start: int\n why: str\n"
        "def f(a, why): pass\n"
        "x = Doubt(why='one')\nf(1, 'two')\ndays, why = None, 'three'\n"
        "for p, why in ((1, 'four'),): pass\nA(1, 'five')\nself.doubt(m, 'six')\nnot_seen = 'seven'\n"
        "class C:\n def doubt(self, m, why): pass\n"
    )
    seen = {c.value for n in reasons_given(ast.parse(source)) for c in ast.walk(n) if isinstance(c, ast.Constant)}
    assert seen >= {"one", "two", "three", "four", "five", "six"}
    assert "seven" not in seen


@pytest.mark.parametrize("path", [*DRAFTS, *TESTED], ids=lambda p: p.name)
def test_no_draft_is_in_doubt_for_a_reason_that_is_no_rules(path):
    """The worked case and every sentence that the readers are tested with."""
    texts = [path.read_text("utf-8")] if path.suffix == ".txt" else sentences(path)
    assert texts
    for read_with in ("text", "record"):
        # A few at a time: what one sentence says of a person must not decide how all the others are read.
        for n in range(0, len(texts), 8):
            found = read_example("\n\n".join(texts[n : n + 8]), read_with, load_world())
            assert not [u.why for u in found.unresolved if not find_rule(u.why)]


@pytest.mark.parametrize("path", DATED, ids=lambda p: p.parent.name)
def test_no_date_is_unresolved_for_a_reason_that_is_no_rules(path):
    """Every date that the grammars are tested with, with a day of publication and without one."""
    for text in sentences(path):
        language = "ko" if HANGUL.search(text) else "en"
        found = find_dates(text, language=language, published=None)
        assert not [d.why for d in found if not d.resolved and not find_rule(d.why)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_the_korean_interface_says_every_reason_in_korean(rule):
    """No reason is shown in English, the ids it names stay, and attributes are translated."""
    values = {name: "act date" if name == "attribute" else "choe-7" for name in fields(rule.why_en)}
    said = say_reason("ko", rule.fill(**values))
    assert said != rule.fill(**values)
    assert HANGUL.search(said)
    assert not values or "choe-7" in said
    assert "act date" not in said
    assert say_reason("en", rule.fill(**values)) == rule.fill(**values)


def test_the_korean_interface_says_why_consent_is_missing_in_korean():
    """Every reason that the rule of consent returns for a person whom a draft shows."""
    found = set()
    for node in ast.walk(ast.parse(Path(consent.__file__).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name in ("_gap", "why_kept_out"):
            found |= {written(p) for r in returns(node) for p in parts_of(r)}
    found = {f for f in found if f.count(" ") > 1 or f == "refused"}
    assert len(found) > 5
    assert not [f for f in found if not HANGUL.search(say_reason("ko", f))]


def test_there_is_one_rule_of_claims_per_attribute():
    """In the order of the attributes, in both languages."""
    assert tuple(r.attribute for r in CLAIM_RULES) == ATTRIBUTES
    for rule in CLAIM_RULES:
        for part in ("title", "reads", "narrows"):
            assert not HANGUL.search(getattr(rule, f"{part}_en"))
            assert HANGUL.search(getattr(rule, f"{part}_ko"))


@pytest.mark.parametrize(("rule", "text", "language"), CLAIMED)
def test_every_example_of_a_claim_is_read_as_that_claim(rule, text, language):
    """Run on the sentence the checker makes a claim of the attribute, and nothing is left in doubt."""
    found = read_example(text, "record" if rule.attribute == "name" else "text", load_world())
    assert found.language == language
    assert rule.attribute in {c.attribute for c in found.claims}
    assert not found.unresolved


def rules_of(path):
    """The rules that a reader's module names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            inner = node.value
            if isinstance(inner.value, ast.Name) and inner.value.id.startswith("rules_"):
                yield getattr(importlib.import_module(f"bearwitness.text.{inner.value.id}"), inner.attr)


def reasons_given(tree):
    """Every expression that becomes the ``why`` of something."""
    places = {"Allusion": 2}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
            if "why" in names:
                places[node.name] = names.index("why")
        if isinstance(node, ast.ClassDef):
            names = [s.target.id for s in node.body if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)]
            if "why" in names:
                places[node.name] = names.index("why")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (k.value for k in node.keywords if k.arg == "why")
            at = places.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            if at is not None and at < len(node.args):
                yield node.args[at]
        elif isinstance(node, (ast.For, ast.comprehension)) and "why" in names_in(node.target):
            yield node.iter
        elif isinstance(node, ast.Assign) and any("why" in names_in(t) for t in node.targets):
            yield node.value


def parts_of(node):
    """An expression and its parts, but not those of a formatted string, nor what fills a rule's reason in."""
    yield node
    filled = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fill"
    if not filled and not isinstance(node, ast.JoinedStr):
        for child in ast.iter_child_nodes(node):
            yield from parts_of(child)


def returns(function):
    return [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value]


def names_in(target):
    return {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}


def written(node):
    """A string as it is written, with a word for each value filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(written(v) or "publication" for v in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def sentences(path):
    """Strings of a test that read like sentences."""
    found = [n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)]
    return [t for t in found if isinstance(t, str) and " " in t.strip() and not t.startswith("http")]
