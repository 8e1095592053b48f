"""A real published article, read without a case, where it lies beside the checkout (it is no part of the project)."""

from datetime import date
from pathlib import Path

import pytest

from bearwitness.model.publication import Decision, Decisions
from bearwitness.services.assess import assess
from bearwitness.services.rewrite import rewrite

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "examples" / "published-article.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the example article is not beside this checkout")
TODAY = date(2024, 3, 1)


@pytest.fixture(scope="module")
def draft():
    """The article's text."""
    return ARTICLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(draft):
    """Its assessment without a case."""
    return assess(draft, today=TODAY)


def claims_of(found, persona):
    """(attribute, values) of a persona."""
    return [(c.attribute, c.values, c.role) for c in found.claims if c.persona == persona.id]


def persona(found, label):
    """The persona of a label."""
    return next(p for p in found.personas if label in p.label)


def test_the_article_is_not_safe(found):
    """Not safe, before and apart from what is unresolved."""
    assert not found.safe
    assert any(not r.safe for r in found.households)


def test_the_persona_from_sinuiju_has_every_claim(found):
    """Surname, home town, way of leaving, raid, a relative's detention, the date as learned, phone, money, broker."""
    said = claims_of(found, persona(found, "Park"))
    attributes = {a for a, _, _ in said}
    assert {"surname", "home", "route", "act", "act_date", "trait"} <= attributes
    assert any(a == "home" and v.paths == {"pyongbuk/sinuiju"} for a, v, _ in said)
    assert {r for a, _, r in said if a == "act_date"} == {"learned"}
    acts = {code for a, v, _ in said if a == "act" for code in v.codes}
    assert "raid" in acts
    assert any(code.startswith("detention/") for code in acts)
    assert {"phone", "remittance", "broker"} == {c for a, v, _ in said if a == "trait" for c in v.codes}


def test_its_candidate_set_is_at_least_a_hundred_times_smaller(found):
    """Before state security, than those of the personas of whom only the province and the surname are said."""
    rows = {r.household: r.alone.candidates for r in found.households if r.adversary == "state_security"}
    own = rows[persona(found, "Park").household]
    for label in ("Jeong", "Choi"):
        assert rows[persona(found, label).household] >= 100 * own


def test_public_people_are_unresolved_until_decided(found):
    """Head of state, the film's subject and the byline."""
    assert {"Kim Jong Un", "Soyeon Lee", "Jang Seiul"} <= {u.form for u in found.unresolved}
    assert len({u.form for u in found.unresolved}) <= 6


def test_rewritten_after_decisions_it_is_safe_and_still_says_what_was_done(draft, found):
    """A family was raided and a relative detained; the town, the date and the surname are gone."""
    decided = Decisions(
        decisions=tuple(
            Decision(form=form, kind="public", reason="in the public eye", signer="editor-1")
            for form in {u.form for u in found.unresolved}
        )
    )
    done = rewrite(draft, decisions=decided, today=TODAY)
    assert done.after.safe
    assert done.before.optimal
    acts = {code for c in done.after.claims if c.attribute == "act" for code in c.values.codes}
    assert "raid" in acts
    assert any(code.startswith("detention/") for code in acts)
    threatened = {c.persona for c in done.after.claims if c.attribute == "act" and "threat" in c.values.codes}
    assert len(threatened) == 2
    for told in ("Park", "Sinuiju", "February 5", "tourist visa", "broker"):
        assert told not in done.text
