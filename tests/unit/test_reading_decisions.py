"""What an editor decides and writes by hand, and passages that repeat testimony; all people are invented."""

from datetime import date

import pytest

from bearwitness.errors import CaseError
from bearwitness.model.claims import Claim, Span
from bearwitness.model.dates import parse_edtf
from bearwitness.model.places import PlaceTree
from bearwitness.model.publication import Decision, Decisions
from bearwitness.model.records import Case, Consent, Household, Name, Person
from bearwitness.model.records import Testimony as Account
from bearwitness.model.values import Codes
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.services.world import load_world
from bearwitness.text import reading
from bearwitness.text.decided import plain_form
from bearwitness.text.reading import read_draft
from bearwitness.text.record_quotes import find_quotations
from bearwitness.text.scene import Doubt, Lexicon, Mention, Said, Scan
from bearwitness.text.world import World

SURNAMES = {"최": ("Choe", "Choi"), "박": ("Park", "Pak")}
LEXICON = Lexicon(
    places={}, occupations={}, surnames=SURNAMES, institutions=frozenset(), world=frozenset(), public_days=frozenset()
)  # fmt: skip
WORLD = World(
    lexicons={"en": LEXICON, "ko": LEXICON}, ordinary={"en": frozenset(), "ko": frozenset()},
    tree=PlaceTree(places={}, regions={}), vocabulary=Vocabulary(lists={}), surnames=SURNAMES,
)  # fmt: skip
SAID = "they came at night and took my brother away in a grey car"
CASE = Case(
    id="case", households=(Household(id="h"),),
    persons=(Person(id="choe", household="h", names=(Name(text="최은심"),), departure=parse_edtf("2018")),),
    testimonies=(
        Account(id="t-choe", teller="choe", language="en", told=None, directness="experienced", text=SAID),
    ),
)  # fmt: skip
QUOTING = Consent(id="c", giver="choe", purpose="publication", identifiability="pseudonym", quoting="verbatim",
                  persons=(("choe", "given"),))  # fmt: skip


def decide(*forms, kind="public"):
    return Decisions(decisions=tuple(Decision(form=f, kind=kind, reason="r", signer="s") for f in forms))


@pytest.fixture
def read(monkeypatch):
    def run(draft, scan=None, **more):
        empty = Scan(mentions=(), said=(), doubts=())
        monkeypatch.setattr(reading, "scan_text", lambda *_, **__: scan or empty)
        monkeypatch.setattr(reading, "say_values", lambda attribute, *_, **__: attribute)
        return read_draft(draft, world=WORLD, published=date(2024, 3, 1), **more)

    return run


def doubt(draft, *quotes):
    return tuple(Doubt(start=draft.index(q), end=draft.index(q) + len(q), form=q, why="unknown") for q in quotes)


NAMED = "Hong Gil Dong met Park in the city of Ul."


def cold_scan():
    people = (
        Mention(start=0, end=13, key="hong", label="Hong Gil Dong", stands_as="named", full="Hong Gil Dong"),
        Mention(start=18, end=22, key="박", label="Park", surname="박"),
    )
    said = (Said(start=18, end=22, key="박", attribute="surname", values=Codes(frozenset({"박"}))),)
    return Scan(mentions=people, said=said, doubts=doubt(NAMED, "Hong Gil Dong", "Ul"))


def test_a_public_form_is_no_longer_in_doubt(read):
    """One decision settles a form, whatever its case and spacing; the others stay."""
    assert [u.form for u in read(NAMED, cold_scan()).unresolved] == ["Hong Gil Dong", "Ul"]
    assert [u.form for u in read(NAMED, cold_scan(), decisions=decide("HONG Gil  Dong")).unresolved] == ["Ul"]


def test_a_settled_person_is_said_nothing_of(read):
    """Somebody decided to be public is no persona any more, and has no claims."""
    result = read(NAMED, cold_scan(), decisions=decide("Park", "a form of an earlier draft"))
    assert (result.personas, result.claims) == ((), ())


def test_a_protected_form_stays_with_advice(read):
    """Protected means: into the record."""
    result = read(NAMED, cold_scan(), decisions=decide("Ul", kind="protected"))
    assert ["record" in u.why for u in result.unresolved if u.form == "Ul"] == [True]


def test_no_decision_takes_a_name_of_the_record_away(read):
    """Whoever is recorded stays protected, whatever was decided of the form."""
    result = read("Choe Un Sim spoke.", case=CASE, decisions=decide("Choe Un Sim", "Choe"))
    assert [p.person for p in result.personas] == ["choe"]


@pytest.mark.parametrize(
    ("form", "plain"),
    [("홍길동은", "홍길동"), ("홍길동", "홍길동"), ("김정은", "김정은"), ("혜산에서", "혜산"), ("Un\u00adSim", "unsim"),
     ("김정은에게는", "김정은"), ('"Ul".', "ul")],
)  # fmt: skip
def test_forms_are_compared_without_particles_and_case(form, plain):
    """A particle comes off, but not the last syllable of a short name."""
    assert plain_form(form) == plain


def editors(attribute="sex", value="female", *, quote=("spoke",), persona="choe", **more):
    spans = tuple(Span(start=-1, end=-1, quote=q) for q in quote)
    return Claim(id="e1", persona=persona, attribute=attribute, values=Codes(frozenset({value})), says="", spans=spans,
                 origin="editor", **more)  # fmt: skip


def with_claims(*claims):
    return Case(id=CASE.id, persons=CASE.persons, households=CASE.households, claims=claims)


def test_an_editors_claim_is_located_wherever_it_stands(read):
    """Every occurrence is a span, hidden characters included, and the id stays."""
    draft = "Choe Un Sim spo\u200bke. Then she spoke."
    result = read(draft, case=with_claims(editors()))
    (mine,) = (c for c in result.claims if c.origin == "editor")
    assert (mine.id, mine.says) == ("e1", "sex")
    assert [s.quote for s in mine.spans] == ["spo\u200bke", "spoke"]


def test_an_editors_claim_replaces_what_was_found(read):
    """Same person, same attribute: the found one goes."""
    result = read("Choe spoke.", case=with_claims(editors("surname", "박", quote=("Choe",))))
    (surname,) = (c for c in result.claims if c.attribute == "surname")
    assert surname.values.codes == {"박"}


def test_an_editors_claim_leaves_others_of_its_kind(read):
    """A trait written by hand does not take another trait away."""
    draft = "Park phones and pays."
    said = (
        Said(start=5, end=11, key="박", attribute="trait", values=Codes(frozenset({"phone"}))),
        Said(start=16, end=20, key="박", attribute="trait", values=Codes(frozenset({"remittance"}))),
    )
    scan = Scan(mentions=(Mention(start=0, end=4, key="박", label="Park", surname="박", pseudonym=True),), said=said,
                doubts=())  # fmt: skip
    claim = editors("trait", "remittance", quote=("pays",), persona="Park")
    result = read(draft, scan, case=with_claims(claim))
    assert sorted((c.origin, *c.values.codes) for c in result.claims) == [
        ("editor", "remittance"), ("pattern", "phone")
    ]  # fmt: skip


def test_a_quote_that_is_not_in_the_draft_is_an_error(read):
    """The error names the claim's id and nothing of the case."""
    with pytest.raises(CaseError, match="claim e1 quotes") as caught:
        read("Choe Un Sim spoke.", case=with_claims(editors(quote=("canary",))))
    assert "canary" not in str(caught.value)
    with pytest.raises(CaseError, match="claim e1 is of somebody"):
        read("Choe Un Sim spoke.", case=with_claims(editors(persona="a canary")))


def test_an_editors_claim_of_somebody_not_found_makes_a_persona(read):
    """A person of the case may be shown by words that nothing else finds."""
    result = read("She spoke.", case=with_claims(editors()))
    assert [(p.person, p.household) for p in result.personas] == [("choe", "h")]


@pytest.mark.parametrize(
    "passage",
    [
        "took my brother away in", "came at NIGHT and took my", "they came at dusk and took",
        "night, and took my brother",
    ],
)  # fmt: skip
def test_five_words_or_six_with_one_changed_identify_a_speaker(read, passage):
    """Known answer 11: a passage of a stored account is in doubt, and names the account."""
    draft = f'Somebody said: "{passage}".'
    (found,) = read(draft, case=CASE).unresolved
    assert "t-choe" in found.why
    assert found.span.quote.startswith(passage.split()[0].strip(","))


@pytest.mark.parametrize("passage", ["took her brother off in", "took my brother away", "my brother was taken away"])
def test_a_paraphrase_is_not_found(read, passage):
    """A stated limit."""
    assert read(f"They {passage} it.", case=CASE).unresolved == ()


def test_consent_to_being_quoted_lets_a_quotation_stand(read):
    """Verbatim consent in force on that day; an expired one is none."""
    draft = "She said they came at night and took my brother away."
    allowed = Case(**{**_fields(CASE), "consents": (QUOTING,)})
    assert read(draft, case=allowed).unresolved == ()
    expired = Consent(**{**_fields(QUOTING), "expires": parse_edtf("2023")})
    assert len(read(draft, case=Case(**{**_fields(CASE), "consents": (expired,)})).unresolved) == 1


def _fields(value):
    return {name: getattr(value, name) for name in value.__slots__}


def test_a_long_quotation_is_one_passage():
    """Windows that overlap are one."""
    (found,) = find_quotations(f"He: {SAID}!", CASE.testimonies)
    assert (found.start, found.end, found.testimonies) == (4, 4 + len(SAID), ("t-choe",))


def test_letters_that_look_alike_are_in_doubt(read):
    """A Cyrillic letter inside a Latin word is shown to the editor, and the name is found all the same."""
    result = read("Ch\u043ee Un Sim spoke.", case=CASE)
    assert [p.person for p in result.personas] == ["choe"]
    assert [u.span.quote for u in result.unresolved] == ["Ch\u043ee"]


def test_a_protected_form_is_in_doubt_in_its_other_spellings():
    """A surname alone, and a date in digits, are what was decided to be protected."""
    decisions = Decisions(
        decisions=tuple(
            Decision(form=form, kind="protected", reason="", signer="", role=role)
            for form, role in (("Raymond Oduya", "person"), ("12 April 2019", "date"))
        )
    )
    draft = "Word came from Oduya. It had rained on 12/04/2019."
    found = read_draft(draft, world=load_world(), decisions=decisions, published=date(2026, 1, 1)).unresolved
    assert {("Oduya", "Raymond Oduya"), ("12/04/2019", "12 April 2019")} <= {(u.span.quote, u.form) for u in found}
