"""What a draft says is not there, from the case file to the changed draft, in both languages."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.disclosure.crowd_risk import spread
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.errors import ClaimError
from bearwitness.model.codec import load_case
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes, NoneOf
from bearwitness.services.assess import assess
from bearwitness.services.rewrite import rewrite
from bearwitness.services.world import crowds_for
from bearwitness.text.editing import apply_edits

PERSONS = """\
bearwitness: 1
case: c
households: [{id: h-1}]
persons:
  - id: p-1
    household: h-1
    names: [{text: 표길순}, {text: Pyo Gil Sun}]
    sex: female
    home: 혜산시
    departure: 2018
  - {id: p-2, household: h-1, names: [{text: 표길남}], sex: male, kin: [{relation: younger_brother, of: p-1}]}
"""
DRAFTS = {
    "en": "Pyo, a woman from Hyesan, left in 2018. She has no children. Her younger brother was detained.\n",
    "ko": "혜산 출신의 여성 표 씨는 2018년에 북한을 떠났다. 그는 자녀가 없다. 그의 남동생이 체포되었다.\n",
}
QUOTES = {"en": "no children", "ko": "자녀가 없다"}
# An absence is worth little, the rest of the story much: it is the first thing to go.
POLICY = Policy(
    published=date(2024, 3, 1), require_consent=False, threshold=0.1,
    weights={"kin": 0.01, "trait": 0.01, "act": 9.0, "home": 9.0, "sex": 9.0},
)  # fmt: skip
LOGGED = crowds_for(("state_security",))[0].adversary.act_leaves


def case_with(*claims):
    text = PERSONS + ("claims:\n" + "".join(f"  - {{{c}}}\n" for c in claims) if claims else "")
    return load_case(text, name="case.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


def row(found, adversary="state_security"):
    return next(r for r in found.households if r.adversary == adversary)


@pytest.mark.parametrize(
    ("attribute", "code", "level"), [("kin", "wife", 1), ("trait", "phone", 1), ("act", "beating", 2)]
)
def test_a_crowd_shrinks_by_those_who_have_what_is_not_there(attribute, code, level):
    """Draw by draw one less the share that has it is left, though no word of the draft says so."""
    draft = "Pyo, a woman, left in the 2010s.\n" if level == 1 else "Pyo left. The house was raided.\n"
    without = assess(draft, case_with(), policy=POLICY)
    found = assess(draft, case_with(f"id: k1, person: p-1, attribute: {attribute}, value: no {code}"), policy=POLICY)
    assert next(c for c in found.claims if c.id == "k1").values == NoneOf(frozenset({code}))
    crowd = crowds_for(("state_security",))[0]
    (home,) = gather_households(without.personas, without.claims, Ledger(), POLICY, draft)
    said = [c.allowed for c in home.draft if c.attribute == attribute]
    table = crowd.frames.at(level).tables[attribute]
    before = table.probability(said) if said else 1.0
    both = table.probability([*said, Codes(frozenset({code}))])
    share = both / before
    assert 0.005 < float(np.median(share)) < 0.99
    expected = crowd.others(home.draft) * (1.0 - share)
    assert row(found).alone.candidates == pytest.approx(1.0 + spread(expected).middle, rel=1e-9)
    assert row(found).alone.candidates < row(without).alone.candidates


@pytest.mark.parametrize("language", DRAFTS)
def test_words_that_say_it_go_where_it_must_not_be_said(language):
    """The changed draft has neither the words nor others that say something else instead."""
    draft = DRAFTS[language]
    claim = f'id: k1, person: p-1, attribute: kin, value: no child, quote: "{QUOTES[language]}"'
    found = assess(draft, case_with(claim), policy=POLICY)
    (said,) = (c for c in found.claims if c.id == "k1")
    assert [s.quote for s in said.spans] == [QUOTES[language]]
    assert not [c for c in found.claims if c.attribute == "kin" and c.values == Codes(frozenset({"son", "daughter"}))]
    assert ("k1", "none") in [(c.claim, c.level) for c in found.changes]
    changed = apply_edits(draft, found.edits)
    assert QUOTES[language] not in changed
    assert not any(word in changed for word in ("children", "relatives", "자녀", "가족이 없", "그는 가족"))
    assert ("detained" in changed) or ("체포" in changed)
    done = rewrite(draft, case_with(claim), policy=POLICY)
    assert done.text == changed
    assert done.after.safe
    assert "k1" not in {c.id for c in done.after.claims}


def test_what_no_words_say_is_never_taken_for_taken_back():
    """An absence that a text only lets conclude stays in every planned wording; where nothing helps, that is said."""
    draft = "Pyo, a woman from Hyesan, left in 2018.\n"
    claim = "id: k1, person: p-1, attribute: kin, value: no child"
    found = assess(draft, case_with(claim), policy=POLICY)
    assert not found.safe
    assert "k1" not in {c.claim for c in found.changes}
    again = rewrite(draft, case_with(claim), policy=POLICY)
    assert "k1" in {c.id for c in again.after.claims}
    everything = "id: k1, person: p-1, attribute: act, value: no " + " or ".join(sorted(LOGGED))
    assert not assess(draft, case_with(everything), policy=POLICY).possible


def test_a_draft_that_tells_of_what_an_editor_denies_is_refused():
    """The brother whom the text shows, and no brother: both claims are named."""
    claim = "id: k1, person: p-1, attribute: kin, value: no younger brother"
    with pytest.raises(ClaimError, match=r"claims c\d+, k1 about kin contradict"):
        assess(DRAFTS["en"], case_with(claim), policy=POLICY)
