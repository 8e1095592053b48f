"""How the news came: every hop of the chain that a text shows is a persona, and measured with its own household."""

from __future__ import annotations

from datetime import date

import pytest

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.disclosure.crowd_risk import spread
from bearwitness.disclosure.jigsaw import gather_households
from bearwitness.model.codec import load_case
from bearwitness.model.publication import Ledger, Policy
from bearwitness.model.values import Codes, Paths
from bearwitness.services.assess import assess
from bearwitness.services.world import crowds_for
from bearwitness.text.editing import apply_edits

CASE = """\
bearwitness: 1
case: c
households: [{id: h-seo}, {id: h-uncle}, {id: h-porter}, {id: h-brother}]
persons:
  - id: seo
    household: h-seo
    names: [{text: 서단비}, {text: Seo Dan Bi}]
    sex: female
    home: 회령시
    departure: 2018
  - id: seo-mother
    household: h-seo
    names: [{text: 류옥심}]
    home: 회령시
    kin: [{relation: mother, of: seo}]
  - id: uncle
    household: h-uncle
    names: [{text: 한영호}]
    sex: male
    home: 회령시
    kin: [{relation: other_relative, of: seo}]
  - {id: porter, household: h-porter, names: [{text: 탁만식}], sex: male, home: 무산군}
  - id: brother
    household: h-brother
    names: [{text: 서단오}]
    sex: male
    kin: [{relation: younger_brother, of: seo}]
acts:
  - {id: seo-raid, kind: raid, household: h-seo, date: 2024-02-02, because_of: seo}
testimonies:
  - id: t
    teller: seo
    language: ko
    told: 2024-02-20
    directness: told_by_third_party
    text: 집이 수색을 당했다고 들었습니다.
    acts: [seo-raid]
    chain:
      - {teller: porter, hearer: uncle, medium: in_person, date: 2024-02-04}
      - {teller: uncle, hearer: seo, medium: phone, date: 2024-02-05}
"""
POLICY = Policy(published=date(2024, 3, 1), require_consent=False)
HOERYONG, MUSAN = (Paths(frozenset({p})) for p in ("hambuk/hoeryong", "hambuk/musan"))
PHONE = Codes(frozenset({"phone"}))
FIRST = {
    "en": "Seo, a woman from Hoeryong, left in 2018. ",
    "ko": "회령 출신의 여성 서 씨는 2018년에 북한을 떠났다. ",
}
RELATIVE = {
    "en": FIRST["en"] + "A relative in the town told her by phone on 5 February 2024 that the house had been raided.\n",
    "ko": FIRST["ko"] + "그 도시의 친척이 서 씨에게 국가보위성이 집을 급습했다고 전화로 알렸다.\n",
}
HOPS = {
    "en": FIRST["en"] + "Her uncle told her by phone that officers had raided the house. "
    "An acquaintance in Musan had told him.\n",
    "ko": FIRST["ko"] + "삼촌이 중국 휴대전화로 국가보위성이 집을 급습했다고 알렸다. 무산의 지인이 삼촌에게 전했다.\n",
}


@pytest.fixture(params=["en", "ko"])
def language(request):
    """Each language."""
    return request.param


def case():
    return load_case(CASE, name="case.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


def shown(found, household):
    """The persona of a household (the only one) and what is said of it, by attribute."""
    (persona,) = (p for p in found.personas if p.household == household)
    return persona, {c.attribute: c.values for c in found.claims if c.persona == persona.id}


def rows(found, household):
    return [r for r in found.households if r.household == household]


def test_the_relative_who_told_by_phone_is_measured_with_their_own_household(language):
    """A hop of the chain is a persona with its place, its line and its kin, by the person of the record."""
    found = assess(RELATIVE[language], case(), policy=POLICY)
    persona, said = shown(found, "h-uncle")
    assert (persona.person, persona.stands_as) == ("uncle", "carrier")
    assert [m.quote for m in persona.mentions] == ["relative" if language == "en" else "친척"]
    assert said["home"] == HOERYONG
    assert said["trait"] == PHONE
    assert "other_relative" in said["kin"].codes
    assert len(rows(found, "h-uncle")) == 3
    # Nothing of the narrator's own: not her name, her sex, her leaving, the raid of her family's house.
    assert not {"surname", "sex", "departure", "status", "act", "act_date"} & set(said)


def test_the_risk_of_a_hop_is_that_of_what_is_said_of_it(language):
    """The crowd of the uncle's household is that of a household of the town with a phone line and a relative away."""
    found = assess(RELATIVE[language], case(), policy=POLICY)
    persona, _ = shown(found, "h-uncle")
    mine = [c for c in found.claims if c.persona == persona.id]
    (home,) = gather_households([persona], mine, Ledger(), POLICY)
    crowd = crowds_for(("state_security",))[0]
    (row,) = (r for r in rows(found, "h-uncle") if r.adversary == "state_security")
    assert row.alone.candidates == pytest.approx(1.0 + spread(crowd.others(home.draft)).middle, rel=1e-9)
    without = assess(FIRST[language] + "\n", case(), policy=POLICY)
    assert not rows(without, "h-uncle")
    assert row.alone.candidates < 0.01 * float(crowd.frames.at(0).size.mean())


def test_both_hops_of_a_chain_are_measured_each_by_its_own_household(language):
    """The uncle who called and the acquaintance who told him: three households are at risk, the victim's with them."""
    found = assess(HOPS[language], case(), policy=POLICY)
    uncle, said = shown(found, "h-uncle")
    assert (uncle.person, said["trait"]) == ("uncle", PHONE)
    carrier, told = shown(found, "h-porter")
    assert (carrier.person, carrier.stands_as) == ("porter", "carrier")
    assert told["home"] == MUSAN
    assert {str(r.household) for r in found.households} == {"h-seo", "h-uncle", "h-porter"}


def test_an_acquaintance_who_calls_has_a_line_too(language):
    """Who brings the news by phone is said to have one, as she is who was called."""
    draft = FIRST[language] + {
        "en": "An acquaintance in Musan told her by phone that the house had been raided.\n",
        "ko": "무산의 지인이 서 씨에게 국가보위성이 집을 급습했다고 전화로 알렸다.\n",
    }[language]
    found = assess(draft, case(), policy=POLICY)
    carrier, said = shown(found, "h-porter")
    assert carrier.stands_as == "carrier"
    assert (said["home"], said["trait"]) == (MUSAN, PHONE)
    assert shown(found, "h-seo")[1]["trait"] == PHONE


def test_a_brother_with_a_household_of_his_own_brings_it_with_what_was_done_to_him(language):
    """By the record he lives apart: his detention counts for his household too."""
    draft = FIRST[language] + {
        "en": "Her younger brother was detained in January 2024.\n", "ko": "2024년 1월 남동생이 체포되었다.\n",
    }[language]  # fmt: skip
    found = assess(draft, case(), policy=POLICY)
    persona, said = shown(found, "h-brother")
    assert (persona.person, persona.stands_as) == ("brother", "relative")
    assert said["act"] == Codes(frozenset({"detention/younger_brother"}))
    assert "act_date" in said
    assert all(r.alone.candidates < 1e5 for r in rows(found, "h-brother") if r.adversary == "state_security")


def test_a_relative_of_the_same_household_or_none_of_the_record_adds_nobody(language):
    """The mother is measured with the narrator; an aunt whom the record does not know has no other household."""
    draft = FIRST[language] + {
        "en": "Her mother told her by phone that the house had been raided.\n",
        "ko": "어머니가 서 씨에게 국가보위성이 집을 급습했다고 전화로 알렸다.\n",
    }[language]
    found = assess(draft, case(), policy=POLICY)
    assert {str(p.household) for p in found.personas} == {"h-seo"}


def test_consent_is_asked_for_of_whoever_suffered_and_a_mere_hop_is_measured(language):
    """The brother who lives apart needs one; of somebody on the way only the risk counts, as of an acquaintance."""
    policy = Policy(published=date(2024, 3, 1))
    told = assess(RELATIVE[language], case(), policy=policy)
    assert {str(g.person) for g in told.consent_gaps} == {"seo"}
    assert rows(told, "h-uncle")
    draft = FIRST[language] + {"en": "Her younger brother was detained.\n", "ko": "남동생이 체포되었다.\n"}[language]
    taken = assess(draft, case(), policy=policy)
    assert {str(g.person) for g in taken.consent_gaps} == {"seo", "brother"}


def test_what_is_changed_for_a_hop_leaves_a_draft_that_is_safe_for_it(language):
    """Where the hop's household is too few, its place or its line goes, and read again it is safe."""
    strict = Policy(published=date(2024, 3, 1), require_consent=False, threshold=0.02)
    found = assess(RELATIVE[language], case(), policy=strict)
    assert not all(r.safe for r in rows(found, "h-uncle"))
    again = assess(apply_edits(RELATIVE[language], found.edits), case(), policy=strict)
    assert all(r.safe for r in again.households)
    assert again.unresolved == ()
