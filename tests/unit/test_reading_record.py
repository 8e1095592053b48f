"""What a scan becomes with a record: who is meant, whose household, what contradicts; all people are invented."""

from dataclasses import replace
from datetime import date

import pytest

from bearwitness.model.claims import Claim, Span
from bearwitness.model.dates import parse_edtf
from bearwitness.model.places import Place, PlaceTree
from bearwitness.model.records import Act, Case, CasePlace, Household, Kin, Name, Person, SourceLink
from bearwitness.model.records import Testimony as Account
from bearwitness.model.values import Codes, Days, Paths
from bearwitness.model.vocabulary import Vocabulary
from bearwitness.text import reading
from bearwitness.text.reading import read_draft
from bearwitness.text.scene import Doubt, Lexicon, Mention, Said, Scan
from bearwitness.text.world import World

PUBLISHED = date(2024, 3, 1)
SURNAMES = {"안": ("Ahn", "An"), "노": ("Noh", "No"), "김": ("Kim",), "이": ("Lee", "Ri", "Yi"), "박": ("Park", "Pak")}
TREE = PlaceTree(
    places={
        path: Place(path=path, kind="x", labels={"en": en, "ko": ko}, names={"en": (en,), "ko": (ko,)})
        for path, en, ko in (
            ("hambuk", "North Hamgyong", "함경북도"), ("hambuk/musan", "Musan", "무산"),
            ("pyongbuk/sinuiju", "Sinuiju", "신의주"), ("ryanggang/hyesan", "Hyesan", "혜산"),
        )
    },
    regions={},
)  # fmt: skip
LEXICON = Lexicon(
    places={}, occupations={}, surnames=SURNAMES, institutions=frozenset(), world=frozenset({"China"}),
    public_days=frozenset(),
)  # fmt: skip
WORLD = World(
    lexicons={"en": LEXICON, "ko": LEXICON}, ordinary={"en": frozenset({"later", "city"}), "ko": frozenset({"나라"})},
    tree=TREE, vocabulary=Vocabulary(lists={}), surnames=SURNAMES,
)  # fmt: skip


def person(name, household, *names, **more):
    return Person(id=name, household=household, names=tuple(Name(text=n) for n in names), **more)


AHN = person("ahn", "h-ahn", "안도솔", sex="female", home="신의주", departure=parse_edtf("2019-05"),
             birth=parse_edtf("1986"), traits=frozenset({"phone"}))  # fmt: skip
BROTHER = person("ahn-brother", "h-ahn", "안도겸", sex="male", home="신의주",
                 kin=(Kin(relation="younger_brother", of="ahn"),))  # fmt: skip
NOH = person("noh", "h-noh", "노서빈", sex="female", home="hambuk/musan", departure=parse_edtf("2017"),
             birth=parse_edtf("1979"))  # fmt: skip
SISTER = person("noh-sister", "h-noh", "노서운", sex="female", kin=(Kin(relation="elder_sister", of="noh"),),
                occupation="worker/mining/miner")  # fmt: skip
CARRIER = person("carrier", "h-carrier", "손미랑", sex="female")
RAID = Act(id="ahn-raid", kind="raid", household="h-ahn", date=parse_edtf("2024-02-02"), because_of="ahn")
TAKEN = Act(id="ahn-taken", kind="detention", household="h-ahn", victims=("ahn-brother",),
            date=parse_edtf("2024-02-02"))  # fmt: skip
TOLD = Account(
    id="t-ahn", teller="ahn", language="ko", told=None, directness="told_by_third_party", text="아무 말",
    acts=("ahn-raid",), chain=(SourceLink(teller="carrier", hearer="ahn", medium="phone"),),
)  # fmt: skip
CASE = Case(
    id="case", persons=(AHN, BROTHER, NOH, SISTER, CARRIER), acts=(RAID, TAKEN), testimonies=(TOLD,),
    households=tuple(Household(id=h) for h in ("h-ahn", "h-noh", "h-carrier")),
)  # fmt: skip


class Scene:
    """A scan made by hand: passages are given by their words."""

    def __init__(self):
        self.people, self.things, self.doubted = [], [], []

    def shows(self, quote, key, **more):
        self.people.append((quote, key, more))
        return self

    def says(self, quote, key, attribute, values, **more):
        self.things.append((quote, key, attribute, values, more))
        return self

    def doubts(self, quote, form):
        self.doubted.append((quote, form))
        return self

    def __call__(self, text, known, **_):
        def at(quote):
            start = text.index(quote)
            return {"start": start, "end": start + len(quote)}

        names = {text[m.start : m.end]: m.key for m in known}
        self.known = known
        return Scan(
            mentions=tuple(Mention(**at(q), key=k, **{"label": q, **m}) for q, k, m in self.people),
            said=tuple(
                Said(**at(q), key=names.get(k, k), attribute=a, values=v,
                     **{**m, "also": tuple((at(x)["start"], at(x)["end"]) for x in m.get("also", ()))})
                for q, k, a, v, m in self.things
            ),
            doubts=tuple(Doubt(**at(q), form=f, why="unknown") for q, f in self.doubted),
        )  # fmt: skip


@pytest.fixture
def read(monkeypatch):
    def run(draft, scene=None, case=CASE, **more):
        monkeypatch.setattr(reading, "scan_text", scene or Scene())
        monkeypatch.setattr(reading, "say_values", lambda attribute, *_, **__: attribute)
        return read_draft(draft, world=WORLD, case=case, published=PUBLISHED, **more)

    return run


def codes(*values):
    return Codes(frozenset(values))


def paths(*values):
    return Paths(frozenset(values))


LEFT = codes("left")


def said_of(result, household):
    ids = {p.id for p in result.personas if p.household == household}
    return {(c.attribute, c.about) for c in result.claims if c.persona in ids}


def test_a_name_of_the_record_is_its_person_with_the_household_of_the_record(read):
    """A full name gives one persona, and says the name and the surname."""
    result = read("An To Sol spoke.")
    (persona,) = result.personas
    assert (persona.person, persona.household, persona.stands_as) == ("ahn", "h-ahn", "left")
    assert {(c.attribute, c.origin) for c in result.claims} == {("name", "record"), ("surname", "record")}


def test_a_surname_that_siblings_share_is_the_one_who_left(read):
    """Of one household the one who left speaks; the brother is no second persona."""
    scene = Scene().says("Sinuiju", "Ahn", "home", paths("pyongbuk/sinuiju"))
    result = read("Ahn is from Sinuiju.", scene)
    assert [p.person for p in result.personas] == ["ahn"]
    assert said_of(result, "h-ahn") == {("surname", ""), ("home", "")}
    assert result.unresolved == ()


def test_of_two_families_of_one_surname_what_else_is_said_decides(read):
    """A surname alone is everybody of that name who fits the rest of what is said."""
    other = person("ahn-other", "h-other", "안서라", home="hambuk/musan", departure=parse_edtf("2018"))
    case = replace(CASE, persons=(*CASE.persons, other))
    scene = Scene().says("Musan", "Ahn", "home", paths("hambuk/musan"))
    assert [p.person for p in read("Ahn, from Musan.", scene, case).personas] == ["ahn-other"]
    both = read("Ahn spoke.", Scene(), case)
    assert [p.person for p in both.personas] == ["ahn", "ahn-other"]
    assert {c.attribute for c in both.claims} == {"surname"}
    assert len(both.claims) == 2


def test_somebody_described_is_everybody_of_the_record_who_fits(read):
    """The claims are made for every household that fits, and for none that does not."""
    draft = "A woman in her forties who left."
    scene = Scene().shows("A woman in her forties", "someone-1").says("left", "someone-1", "status", LEFT)
    scene.says("woman", "someone-1", "sex", codes("female"))
    assert {p.person for p in read(draft, scene).personas} == {"ahn", "noh"}
    scene.says("forties", "someone-1", "birth", Days.between(date(1974, 3, 2), date(1984, 3, 1)))
    result = read(draft, scene)
    assert [(p.person, p.household) for p in result.personas] == [("noh", "h-noh")]
    assert all(c.origin == "record" for c in result.claims)


def test_somebody_whom_nobody_fits_is_in_doubt_and_assessed_all_the_same(read):
    """Nobody of the record fits: an unresolved passage and a household of its own."""
    scene = Scene().shows("A man from Hyesan", "someone-1").says("man", "someone-1", "sex", codes("male"))
    scene.says("Hyesan", "someone-1", "home", paths("ryanggang/hyesan")).says("left", "someone-1", "status", LEFT)
    result = read("A man from Hyesan who left.", scene)
    assert [p.household for p in result.personas] == ["cold-1"]
    assert {c.attribute for c in result.claims} == {"sex", "home", "status"}
    assert [u.span.quote for u in result.unresolved] == ["A man from Hyesan"]


def test_two_descriptions_never_make_one_person_contradict_themselves(read):
    """A nurse and a teacher may each be either family; what cannot be both is in doubt, not claimed twice."""
    draft = "A nurse left. A teacher left."
    scene = Scene().shows("A nurse", "someone-1").says("nurse", "someone-1", "occupation", paths("professional/nurse"))
    scene.shows("A teacher", "someone-2").says("teacher", "someone-2", "occupation", paths("professional/teacher"))
    scene.says("left", "someone-1", "status", LEFT).says("left.", "someone-2", "status", LEFT)
    result = read(draft, scene)
    assert {p.person for p in result.personas} == {"ahn", "noh"}
    for persona in result.personas:
        works = [c.values for c in result.claims if (c.persona, c.attribute) == (persona.id, "occupation")]
        assert works == [paths("professional/nurse")]
    assert [u.span.quote for u in result.unresolved] == ["teacher"]


def test_of_a_household_whoever_the_record_backs_most_is_meant(read):
    """A miner is the sister who is recorded as one, not the one who left."""
    scene = Scene().shows("A miner", "someone-1").says("miner", "someone-1", "occupation", paths("worker/mining/miner"))
    scene.says("Musan", "someone-1", "home", paths("hambuk/musan"))
    sister = replace(SISTER, home="hambuk/musan")
    case = replace(CASE, persons=(NOH, sister))
    (persona,) = read("A miner in Musan.", scene, case).personas
    assert (persona.person, persona.stands_as) == ("noh-sister", "relative")


def test_a_description_that_fits_too_many_asks_who_is_meant(read):
    """Beyond a dozen households the passage is in doubt and not spread over all of them."""
    many = tuple(person(f"p{n}", f"h{n}", departure=parse_edtf("2018")) for n in range(40))
    scene = Scene().shows("a defector", "someone-1").says("defector", "someone-1", "status", LEFT)
    result = read("Told by a defector.", scene, replace(CASE, persons=(*CASE.persons, *many)))
    assert [p.household for p in result.personas] == ["cold-1"]
    assert len(result.unresolved) == 1


def test_what_contradicts_the_record_is_named_and_the_claim_kept(read):
    """The text says Hyesan, the record Sinuiju: the passage names the person and the attribute, and no other person."""
    scene = Scene().says("Hyesan", "Ahn", "home", paths("ryanggang/hyesan"))
    result = read("Ahn is from Hyesan.", scene)
    (doubt,) = result.unresolved
    assert doubt.span.quote == "Hyesan"
    assert "ahn" in doubt.why
    assert "home" in doubt.why
    (home,) = (c for c in result.claims if c.attribute == "home")
    assert (home.values, home.origin) == (paths("ryanggang/hyesan"), "pattern")
    assert [p.person for p in result.personas] == ["ahn"]


def test_a_surname_of_whom_several_things_are_wrong_is_somebody_else(read):
    """Two contradictions behind a mere surname: nobody of the record, in doubt, a household of its own."""
    scene = Scene().says("Hyesan", "Ahn", "home", paths("ryanggang/hyesan")).says("He", "Ahn", "sex", codes("male"))
    scene.says("left", "Ahn", "status", LEFT)
    result = read("Ahn is from Hyesan. He left.", scene)
    assert [p.household for p in result.personas] == ["cold-1"]
    assert len(result.unresolved) == 1


def test_sets_are_what_the_wording_allows(read):
    """The record never narrows a claim: the province stays a province, beside the county."""
    scene = Scene().says("North Hamgyong", "Noh", "home", paths("hambuk"))
    scene.says("Musan", "Noh", "home", paths("hambuk/musan"))
    result = read("Noh, from Musan in North Hamgyong.", scene)
    homes = [c for c in result.claims if c.attribute == "home"]
    assert [(c.values, c.origin) for c in homes] == [(paths("hambuk/musan"), "record"), (paths("hambuk"), "record")]


def test_a_relative_is_of_the_household_and_has_attributes_of_their_own(read):
    """What is said of a sister is about her, by id where the record has exactly one; kin is about the household."""
    scene = Scene().says("sister", "Noh", "kin", codes("elder_sister", "younger_sister"))
    scene.says("miner", "Noh", "occupation", paths("worker/mining/miner"), about="kin:elder_sister|younger_sister")
    result = read("Noh has a sister, a miner.", scene)
    assert said_of(result, "h-noh") == {("surname", ""), ("kin", ""), ("occupation", "noh-sister")}
    assert len(result.personas) == 1
    scene = Scene().says("aunt", "Noh", "kin", codes("other_relative"))
    scene.says("miner", "Noh", "occupation", paths("worker/mining/miner"), about="kin:other_relative")
    assert ("occupation", "other_relative") in said_of(read("Noh has an aunt, a miner.", scene), "h-noh")


def test_what_is_wrong_of_a_relative_names_the_relative(read):
    """A brother of whom the record says otherwise is named, not the narrator."""
    scene = Scene().says("brother", "Ahn", "kin", codes("younger_brother"))
    scene.says("Musan", "Ahn", "home", paths("hambuk/musan"), about="kin:younger_brother")
    (doubt,) = read("Ahn has a brother in Musan.", scene).unresolved
    assert "ahn-brother" in doubt.why


def test_a_relative_named_in_full_stands_as_a_relative(read):
    """A relative shown by name is a persona of the household, with what they are to the one who left."""
    scene = Scene().says("miner", "노서운", "occupation", paths("worker/mining/miner"))
    result = read("노서운은 miner", scene)
    (persona,) = result.personas
    assert (persona.person, persona.household, persona.stands_as) == ("noh-sister", "h-noh", "relative")
    assert persona.kin == {"elder_sister"}
    assert ("occupation", "noh-sister") in said_of(result, "h-noh")


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
    assert [(u.span.quote, "kim" in u.why) for u in doubts] == [("Kim,", True)]


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
