"""The document of ``assess --json``."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from runpy import run_path

import jsonschema
import pytest

from bearwitness.model.values import Days, Paths
from bearwitness.release.report_document import assessment_document, is_releasable

ROOT = Path(__file__).parents[2]
SAMPLE = run_path(str(ROOT / "tests" / "report_sample.py"))
sample_assessment, safe_assessment = SAMPLE["sample_assessment"], SAMPLE["safe_assessment"]

CLAIM = {"id", "persona", "attribute", "says", "quote", "start", "end", "origin"}
HOUSEHOLD = {
    "household", "adversary", "frame", "alone", "joined", "costliest_release", "flips_at_suspicion", "bystanders",
}  # fmt: skip
CHANGE = {"claim", "start", "end", "quote", "instead", "risk_before", "risk_after", "cost"}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_document_has_what_the_contract_names(language: str) -> None:
    """Every field of the interface contract is there, by its name, and json can write it."""
    document = json.loads(json.dumps(assessment_document(sample_assessment(language)), allow_nan=False))
    assert document["safe"] is False
    assert document["threshold"] == 0.1
    assert document["optimal"] is True
    assert all(c.keys() >= CLAIM for c in document["claims"])
    assert len(document["claims"]) == 20
    assert all(h.keys() >= HOUSEHOLD for h in document["households"])
    risks = [h[k] for h in document["households"] for k in ("alone", "joined")]
    assert all(r.keys() == {"candidates", "risk", "upper"} for r in risks)
    assert all(c.keys() >= CHANGE for c in document["changes"])
    assert all({"start", "end", "quote", "why"} <= u.keys() for u in document["unresolved"])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_document_fits_its_published_schema(language: str) -> None:
    """The document validates against docs/reference/assess.schema.json."""
    schema = json.loads((ROOT / "docs" / "reference" / "assess.schema.json").read_text("utf-8"))
    document = json.loads(json.dumps(assessment_document(sample_assessment(language))))
    jsonschema.Draft202012Validator(schema).validate(document)


def test_a_claim_has_its_first_span_and_all_spans() -> None:
    """Start, end and quote are the first span's; the quotes are the draft's own words."""
    a = sample_assessment("en")
    for claim in assessment_document(a)["claims"]:
        assert claim["spans"][0] == {k: claim[k] for k in ("start", "end", "quote")}
        assert all(a.draft[s["start"] : s["end"]] == s["quote"] for s in claim["spans"])
    assert any(len(c["spans"]) > 1 for c in assessment_document(a)["claims"])


def test_a_claim_without_words_has_no_place() -> None:
    """A claim that an editor added without a quotation has null offsets."""
    a = sample_assessment("en")
    bare = replace(a, claims=(replace(a.claims[0], spans=()),))
    first = assessment_document(bare)["claims"][0]
    assert (first["start"], first["end"], first["quote"], first["spans"]) == (None, None, "", [])


def test_values_are_readable() -> None:
    """Days become pairs of ISO dates, paths sorted strings."""
    a = sample_assessment("en")
    claims = (
        replace(a.claims[0], values=Days.between(date(2023, 3, 22), date(2023, 3, 31))),
        replace(a.claims[1], values=Paths(frozenset({"ryanggang", "jagang"}))),
    )
    found = [c["values"] for c in assessment_document(replace(a, claims=claims))["claims"]]
    assert found == [[["2023-03-22", "2023-03-31"]], ["jagang", "ryanggang"]]


def test_infinite_numbers_become_null() -> None:
    """A cost without bound is null: JSON has no infinity."""
    a = replace(sample_assessment("en"), cost=float("inf"))
    assert assessment_document(a)["cost"] is None
    json.dumps(assessment_document(a), allow_nan=False)


def test_the_verdict_fails_closed() -> None:
    """A passage that nobody accounts for, or a family over the limit, is unsafe whatever the verdict says."""
    safe, unsafe = safe_assessment(), sample_assessment()
    assert is_releasable(safe)
    assert not is_releasable(replace(safe, safe=False))
    assert not is_releasable(replace(safe, unresolved=unsafe.unresolved))
    assert not is_releasable(replace(safe, households=unsafe.households))
    assert assessment_document(replace(safe, unresolved=unsafe.unresolved))["safe"] is False
