"""A rewritten draft is judged as speaking of whom it spoke before, however little of them is left in its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.model.claims import Claim, ClaimId, HouseholdId, PersonaId, Span
from bearwitness.model.codec import load_case
from bearwitness.model.publication import Ledger, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.values import NoneOf, Paths
from bearwitness.services.assess import assess
from bearwitness.services.rewrite import rewrite

DAY = date(2024, 3, 1)
POLICY = Policy(published=DAY, require_consent=False)
# Two families; only the other one has a raid on record, so "a woman whose home was raided" fits it better.
FAMILIES = """
bearwitness: 1
case: two-families
households: [{id: h-pyo}, {id: h-ji}]
persons:
  - {id: pyo, household: h-pyo, names: [{text: 표누리}], sex: female, home: 혜산시, departure: 2018}
  - {id: ji, household: h-ji, names: [{text: 지한별}], sex: female, home: 회령시, departure: 2017}
acts:
  - {id: ji-raid, kind: raid, household: h-ji, because_of: ji}
"""
DRAFTS = {
    "en": "Pyo, a woman, said that officers had raided her home.",
    "ko": "표 씨는 보위원들이 집을 급습했다고 말했다. 표 씨는 여성이다.",
}


@pytest.fixture(scope="module")
def case():
    return load_case(FAMILIES, name="case", tree=load_place_tree(), vocabulary=load_vocabulary())


def claim(id: str, attribute: str, values, **more) -> Claim:
    return Claim(
        id=ClaimId(id), persona=PersonaId("x"), attribute=attribute, values=values, says="", spans=(),
        origin="editor", **more,
    )  # fmt: skip


def published(home: str, *claims: Claim) -> Ledger:
    shown = LedgerPersona(id=PersonaId("x"), household=HouseholdId(home), claims=claims)
    return Ledger(entries=(LedgerEntry(id="r1", outlet="a paper", published=DAY, title="", personas=(shown,)),))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_family_is_still_joined_with_what_was_published_about_it(case, language):
    """Once the name is gone the words fit another family's record; what was published of the first still counts."""
    ledger = published("h-pyo", claim("l1", "home", Paths(frozenset({"ryanggang"}))))
    policy = replace(POLICY, threshold=0.3)
    assert not assess(DRAFTS[language], case, ledger, policy).safe
    done = rewrite(DRAFTS[language], case, ledger, policy)
    assert not any(name in done.text for name in ("Pyo", "표"))
    # The words alone, read anew, are taken for the other family.
    assert {str(r.household) for r in assess(done.text, case, ledger, policy).households} == {"h-ji"}
    (mine,) = (r for r in done.after.households if (r.household, r.adversary) == ("h-pyo", "state_security"))
    assert mine.safe
    assert mine.joined.upper > 3 * mine.alone.upper


def test_an_editors_claim_whose_words_were_changed_still_counts(case):
    """Words that made an editor's claim are replaced: the claim says what stands there now, or is gone with them."""
    said = Claim(
        id=ClaimId("e1"), persona=PersonaId("pyo"), attribute="kin", values=NoneOf(frozenset({"son", "daughter"})),
        says="", spans=(Span(start=-1, end=-1, quote="no children"),), origin="editor",
    )  # fmt: skip
    policy = replace(POLICY, weights={"kin": 0.01, "home": 9.0, "act": 9.0}, threshold=0.05)
    draft = "Pyo, a woman from Hyesan, left in 2018. She has no children. Officers raided her home."
    with_claim = replace(case, claims=(said,))
    done = rewrite(draft, with_claim, Ledger(), policy)
    assert done.after.safe
    left = {c.id for c in done.after.claims}
    assert ("e1" in left) == ("no children" in done.text)
