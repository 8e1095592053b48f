"""The published schemas and the reference page say what the loaders do."""

import json
from pathlib import Path
from runpy import run_path

import jsonschema
import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.documents.files_page import VALUES, files_page, minimal_files
from bearwitness.documents.schemas import FILE_KINDS, main, schema_texts
from bearwitness.errors import BearwitnessError
from bearwitness.model.claims import ATTRIBUTES
from bearwitness.model.codec.context import Context
from bearwitness.model.codec.yaml_reading import Number, read_plain
from bearwitness.release.report_document import assessment_document

TESTS = Path(__file__).resolve().parents[1]
REFERENCE = TESTS.parent / "docs" / "reference"
KINDS = {kind.name: kind for kind in FILE_KINDS}


def as_json(value):
    """Plain values as a JSON reader has them: numbers as numbers."""
    if isinstance(value, Number):
        return json.loads(value)
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    return [as_json(v) for v in value] if isinstance(value, list) else value


def fits(name, text):
    """Whether the text validates against the published schema of its kind."""
    schema = json.loads((REFERENCE / f"{name}.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema).is_valid(as_json(read_plain(text)))


def loads(name, text):
    """Whether the loader of the kind takes the text."""
    try:
        KINDS[name].load(text, name=name, context=Context(tree=load_place_tree(), vocabulary=load_vocabulary()))
    except BearwitnessError:
        return False
    return True


@pytest.mark.parametrize("name", [*KINDS, "assess"])
def test_the_published_schemas_are_up_to_date(name):
    """docs/reference holds what the tables of the loaders say today."""
    file = f"{name}.schema.json"
    assert (REFERENCE / file).read_text(encoding="utf-8") == schema_texts()[file]
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_texts()[file]))


def test_the_reference_page_is_up_to_date():
    """docs/reference/files.md holds what the tables and the vocabulary say today."""
    assert (REFERENCE / "files.md").read_text(encoding="utf-8") == files_page(load_vocabulary())


def test_the_command_writes_every_schema(tmp_path, capsys):
    """Python -m bearwitness.documents.schemas FOLDER writes them all, and wants one folder."""
    assert main([str(tmp_path / "new")]) == 0
    assert {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "new").iterdir()} == dict(schema_texts())
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_page_tells_how_every_attribute_is_written():
    """No attribute is left out of the table of values."""
    assert tuple(VALUES) == ATTRIBUTES


@pytest.mark.parametrize("name", KINDS)
def test_the_worked_case_and_the_examples_fit(name):
    """What is shipped and what the page shows validates and loads."""
    # The worked case counts its crowds by tables, and is too small to estimate from.
    worked = [] if name in ("rows", "captures") else [worked_case_path(f"{name}.yaml").read_text(encoding="utf-8")]
    for text in (*worked, minimal_files()[name]):
        assert fits(name, text)
        assert loads(name, text)


CASE_HEAD = "bearwitness: 1\ncase: c\nhouseholds: [{id: h}]\n"
REFUSED_BY_BOTH = [
    ("case", "bearwitness: 2\ncase: c\n"),
    ("case", "case: c\n"),
    ("case", "bearwitness: 1\n"),
    ("case", f"{CASE_HEAD}people: []\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: P 1, household: h}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, protected: no}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, sex: f}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, birth: [1986]}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, birth: {{date: 1986, lunar: false}}}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, home: ''}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, home: }}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: p, household: h, traits: [phone, phone]}}]\n"),
    ("case", f"{CASE_HEAD}persons: p\n"),
    ("case", f"{CASE_HEAD}acts: [{{id: a, household: h}}]\n"),
    ("case", f"{CASE_HEAD}places: [{{names: [x]}}]\n"),
    ("case", f"{CASE_HEAD}places: [{{path: x, names: [x]}}]\n"),
    ("case", f"{CASE_HEAD}places: [{{path: hambuk/musan/x, parent: hambuk, names: [x]}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, attribute: sex, value: male}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, persona: x, person: y, attribute: sex, value: male}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, persona: x, attribute: age, value: male}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, persona: x, attribute: sex, value: []}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, persona: x, attribute: sex, value: male, role: told}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, persona: x, attribute: sex, value: male, trust: 0}}]\n"),
    ("ledger", "bearwitness: 1\n"),
    ("ledger", "bearwitness: 1\nreleases: [{id: r, outlet: x, published: 2024, personas: []}]\n"),
    ("ledger", "bearwitness: 1\nreleases: [{id: r, outlet: x, published: 2024-01-02}]\n"),
    ("policy", "bearwitness: 1\nthreshold: 1\n"),
    ("policy", "bearwitness: 1\nthreshold: '0.1'\n"),
    ("policy", "bearwitness: 1\nnews_lag_days: 1.5\n"),
    ("policy", "bearwitness: 1\nadversaries: []\n"),
    ("policy", "bearwitness: 1\nweights: {age: 1}\n"),
    ("policy", "bearwitness: 1\nsuspicion: {H 1: 2}\n"),
    ("decisions", "bearwitness: 1\n"),
    ("decisions", "bearwitness: 1\ndecisions: [{form: x, kind: public, reason: y}]\n"),
    ("decisions", "bearwitness: 1\ndecisions: [{form: x, kind: secret}]\n"),
]


@pytest.mark.parametrize(("name", "text"), REFUSED_BY_BOTH)
def test_what_the_schema_refuses_the_loader_refuses(name, text):
    """Schema and loader come from one table: each of these is refused by both."""
    assert not fits(name, text)
    assert not loads(name, text)


ACCEPTED_BY_BOTH = [
    ("case", f"{CASE_HEAD}persons: [{{id: '7', household: h, birth: 1986}}, {{id: 8, household: h}}]\n"),
    ("case", f"{CASE_HEAD}persons: [{{id: o, protected: false}}]\n"),
    ("case", f"{CASE_HEAD}places: [{{parent: 무산군, names: [윗골, 7]}}]\n"),
    ("case", f"{CASE_HEAD}claims: [{{id: c, persona: a woman, attribute: birth, value: [1986, 1987], role: told}}]\n"),
    ("policy", "bearwitness: 1\nthreshold: 1.0e-3\nlink: 0\nweights: {birth: 2}\nsuspicion: {h: 3}\n"),
    ("decisions", "bearwitness: 1\ndecisions: [{form: 38, kind: ordinary}]\n"),
]


@pytest.mark.parametrize(("name", "text"), ACCEPTED_BY_BOTH)
def test_what_the_loader_takes_the_schema_takes(name, text):
    """An editor's program does not complain of what the loader reads."""
    assert loads(name, text)
    assert fits(name, text)


def closed(schema):
    """The schema with no room for keys that it does not describe."""
    if isinstance(schema, dict):
        inner = {k: closed(v) for k, v in schema.items()}
        return inner | ({"additionalProperties": False} if "properties" in inner else {})
    return [closed(v) for v in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_schema_of_an_assessment_describes_every_key(language):
    """Nothing that assess --json prints is missing in its schema."""
    sample = run_path(str(TESTS / "report_sample.py"))["sample_assessment"]
    document = json.loads(json.dumps(assessment_document(sample(language))))
    jsonschema.Draft202012Validator(closed(json.loads(schema_texts()["assess.schema.json"]))).validate(document)
