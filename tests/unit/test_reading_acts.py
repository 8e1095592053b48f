"""Reading with a record, further: kin turned round, carriers, acts and their dates, officers, pseudonyms, places."""

from dataclasses import replace
from datetime import date

from record_case import (
    AHN,
    CASE,
    LEFT,
    PUBLISHED,
    WORLD,
    Scene,
    codes,
    paths,
    person,
)

from bearwitness.model.claims import Claim, Span
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import CasePlace, Name
from bearwitness.model.values import Days
from bearwitness.text import reading
from bearwitness.text.reading import read_draft
from bearwitness.text.scene import Said, Scan


def test_kin_words_of_a_relative_are_turned_round(read):
    """The brother of a nurse who stayed is the one who left: the household has a sister of his, not a brother."""
    scene = Scene().says("brother", "노서운", "kin", codes("elder_sister", "younger_sister"))
    scene.says("여자", "노서운", "sex", codes("female"))
    (kin,) = (c for c in read("노서운, 여자, brother", scene).claims if c.attribute == "kin")
    assert kin.values == codes("elder_sister", "younger_sister")
    assert kin.about == ""


def test_who_carried_the_news_is_the_link_of_the_chain(read):
    """An acquaintance is the carrier of the record, with a household of their own."""
    scene = Scene().shows("An acquaintance", "carrier-1", stands_as="carrier")
    result = read("An acquaintance told Ahn.", scene)
    carrier = next(p for p in result.personas if p.stands_as == "carrier")
    assert (carrier.person, carrier.household) == ("carrier", "h-carrier")
    assert result.unresolved == ()


def test_dates_are_about_the_acts_of_the_record(read):
    """News of 5 February may be of the raid of 2 February; raid and arrest of one day are one date."""
    news = {"role": "learned", "lag_days": 30}
    day = Days.between(date(2024, 2, 5), date(2024, 2, 5))
    scene = Scene().says("5 February", "Ahn", "act_date", day, about="act:raid", **news)
    scene.says("5 February", "Ahn", "act_date", day, about="act:detention/younger_brother", **news)
    scene.says("raid", "Ahn", "act", codes("raid"))
    result = read("On 5 February Ahn heard of a raid.", scene)
    (dated,) = (c for c in result.claims if c.attribute == "act_date")
    assert (dated.about, dated.role, dated.lag_days, dated.origin) == ("ahn-raid", "learned", 30, "record")
    assert next(c for c in result.claims if c.attribute == "act").origin == "record"
    assert result.unresolved == ()


def test_a_date_the_record_does_not_have_is_in_doubt_and_kept(read):
    """A raid of another month: an act of its own, and a passage that names the attribute."""
    day = Days.between(date(2024, 1, 5), date(2024, 1, 5))
    scene = Scene().says("5 January", "Ahn", "act_date", day, about="act:raid", role="occurred")
    result = read("Ahn: a raid on 5 January.", scene)
    (dated,) = (c for c in result.claims if c.attribute == "act_date")
    assert (dated.about, dated.origin) == ("act1", "pattern")
    assert "act date" in result.unresolved[0].why


def test_another_relative_than_the_record_has_taken_is_in_doubt(read):
    """A sister detained where the record says the brother was."""
    scene = Scene().says("detained", "Ahn", "act", codes("detention/elder_sister"), also=("sister",))
    result = read("Ahn's sister was detained.", scene)
    act = next(c for c in result.claims if c.attribute == "act")
    assert [s.quote for s in act.spans] == ["detained", "sister"]
    assert "act" in result.unresolved[0].why


def test_one_claim_gathers_all_its_passages(read):
    """The same thing said twice is one claim with two spans."""
    result = read("Ahn said. Later Ahn left.")
    (surname,) = result.claims
    assert [s.start for s in surname.spans] == [0, 16]


def test_an_officer_may_be_printed(read):
    """Somebody not protected is no persona, and their name is not in doubt."""
    officer = person("officer", None, "박만길", protected=False)
    result = read("박만길은 왔다. Pak Man Gil came.", Scene(), replace(CASE, persons=(*CASE.persons, officer)))
    assert (result.personas, result.claims, result.unresolved) == ((), (), ())


def test_a_public_name_with_a_surname_of_the_record_is_not_taken_for_it(read):
    """The short form of a full name nobody recorded is left to that name."""
    kim = person("kim", "h-kim", "김서라", departure=parse_edtf("2018"), home="혜산")
    case = replace(CASE, persons=(*CASE.persons, kim))
    scene = Scene().shows("Kim Jong Un", "named", stands_as="named", full="Kim Jong Un", surname="김")
    result = read("Kim Jong Un spoke. It reports to Kim.", scene, case)
    assert (result.personas, scene.known) == ((), ())
    scene = Scene().shows("Kim,", "named", stands_as="named", full="Kim Jong Un", surname="김")
    scene.shows("Kim Jong Un", "named", stands_as="named", full="Kim Jong Un", surname="김")
    scene.says("Hyesan", "named", "home", paths("ryanggang/hyesan"))
    doubts = read("Kim Jong Un spoke. In the city Kim, from Hyesan, wept.", scene, case).unresolved
    assert [(u.span.quote, u.form, "kim" in u.why) for u in doubts] == [
        ("Kim,", "Kim,", True), ("Hyesan", "Kim Jong Un", False),
    ]  # fmt: skip


def test_a_pseudonym_of_the_record_shows_its_person_and_says_no_surname(read):
    """A made-up name is found; it is no claim about the real one."""
    ahn = replace(AHN, names=(*AHN.names, Name(text="Park", kind="pseudonym", language="en")))
    result = read("Park spoke.", Scene(), replace(CASE, persons=(ahn, *CASE.persons[1:])))
    assert [(p.person, p.label) for p in result.personas] == [("ahn", "Park")]
    assert result.claims == ()


def test_a_pseudonym_takes_no_claim_away_from_the_real_name(read):
    """Where both stand in the text, the real name says what it says."""
    ahn = replace(AHN, names=(*AHN.names, Name(text="Park", kind="pseudonym", language="en")))
    result = read("Park is An To Sol.", Scene(), replace(CASE, persons=(ahn, *CASE.persons[1:])))
    assert [(c.attribute, [s.quote for s in c.spans]) for c in result.claims] == [
        ("name", ["An To Sol"]), ("surname", ["An To Sol"])
    ]  # fmt: skip


def test_a_given_name_that_is_a_word_is_in_doubt_only(read):
    """"나라" is a country and a name: asked, unless a name's ending follows; "China" is never a person."""
    nara = person("nara", "h-nara", "서나라")
    jina = person("jina", "h-jina", "서지나")
    case = replace(CASE, persons=(nara, jina))
    result = read("나라 밖에서", Scene(), case)
    assert (result.personas, [u.span.quote for u in result.unresolved]) == ((), ["나라"])
    assert [p.person for p in read("나라에게 말했다", Scene(), case).personas] == ["nara"]
    assert read("They went to China.", Scene(), case).personas == ()


def test_a_place_of_the_case_is_known_to_the_scanner(monkeypatch):
    """Wards of the case are found in both spellings and in any romanisation."""
    seen = {}

    def scan(*_, lexicons, **__):
        seen.update(lexicons["en"].places)
        return Scan(mentions=(), said=(), doubts=())

    monkeypatch.setattr(reading, "scan_text", scan)
    ward = CasePlace(path="pyongbuk/sinuiju/ryonsang", names=("련상동",))
    read_draft("From Ryonsang-dong.", world=WORLD, case=replace(CASE, places=(ward,)), published=PUBLISHED)
    wanted = frozenset({"pyongbuk/sinuiju/ryonsang"})
    assert {seen[form] for form in ("련상동", "연상동", "Ryonsang-dong")} == {wanted}


def test_without_a_case_everybody_is_a_household_of_their_own(read):
    """Cold: one household per person shown, a name nobody knows is no persona, a relative is the narrator's."""
    scene = Scene().shows("Park", "박", surname="박").shows("Jeong", "정", surname="정")
    scene.shows("Lee Soyeon", "lee", stands_as="named", full="Lee Soyeon").doubts("Lee Soyeon", "Lee Soyeon")
    scene.says("brother", "박", "kin", codes("elder_brother", "younger_brother"))
    scene.says("film", "lee", "trait", codes("media"))
    draft = "Park, whose brother is in the film, Jeong and Lee Soyeon."
    result = read(draft, scene, case=None)
    assert [(p.label, p.household) for p in result.personas] == [("Park", "cold-1"), ("Jeong", "cold-2")]
    assert [(c.attribute, c.origin) for c in result.claims] == [("kin", "pattern")]
    assert [u.form for u in result.unresolved] == ["Lee Soyeon"]


def test_the_order_of_the_persons_in_the_case_does_not_matter(read):
    """Turned round, the case gives the same reading."""
    scene = Scene().shows("a woman", "someone-1").says("woman", "someone-1", "sex", codes("female"))
    draft = "Ahn and Noh and a woman."
    turned = replace(CASE, persons=CASE.persons[::-1])
    assert read(draft, scene) == read(draft, scene, turned)


def test_an_editor_says_who_is_meant(read):
    """A claim by hand that quotes a description settles whom it shows, and accounts for its words."""
    many = tuple(person(f"p{n}", f"h{n}", departure=parse_edtf("2018")) for n in range(40))
    scene = Scene().shows("a defector", "someone-1").says("left", "someone-1", "status", LEFT)
    scene.doubts("Zorbel", "Zorbel")
    meant = Claim(id="e1", persona="noh", attribute="status", values=LEFT, says="", origin="editor",
                  spans=tuple(Span(start=-1, end=-1, quote=q) for q in ("a defector", "Zorbel")))  # fmt: skip
    result = read("Told by a defector who left Zorbel.", scene,
                  replace(CASE, persons=(*CASE.persons, *many), claims=(meant,)))  # fmt: skip
    assert [p.person for p in result.personas] == ["noh"]
    assert result.unresolved == ()


def test_a_surname_after_an_officers_full_name_is_the_officer(read):
    """Unless what is said tells of a protected person of that surname."""
    officer = person("officer", None, "박만길", protected=False)
    victim = person("victim", "h-victim", "박서라", home="혜산", departure=parse_edtf("2018"))
    case = replace(CASE, persons=(*CASE.persons, officer, victim))
    assert read("Pak Man Gil came. Pak shouted.", Scene(), case).personas == ()
    assert [p.person for p in read("Pak wept. Pak Man Gil came.", Scene(), case).personas] == ["victim"]

    def scan(text, known, **_):
        at = text.index("Hyesan")
        said = Said(start=at, end=at + 6, key=known[1].key, attribute="home", values=paths("ryanggang/hyesan"))
        return Scan(mentions=(), said=(said,), doubts=())

    result = read("Pak Man Gil came. Pak, from Hyesan, wept.", scan, case)
    assert [p.person for p in result.personas] == ["victim"]
