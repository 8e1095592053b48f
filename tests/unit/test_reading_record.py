"""What a scan becomes with a record: who is meant, whose household, what contradicts; all people are invented."""

from dataclasses import replace
from datetime import date

from record_case import (
    CASE,
    LEFT,
    NOH,
    SISTER,
    Scene,
    codes,
    paths,
    person,
    said_of,
)

from bearwitness.model.dates import parse_edtf
from bearwitness.model.values import Days


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
    """A nurse and a teacher may each be either family: each is an alternative of its own, never both at once."""
    draft = "A nurse left. A teacher left."
    scene = Scene().shows("A nurse", "someone-1").says("nurse", "someone-1", "occupation", paths("professional/nurse"))
    scene.shows("A teacher", "someone-2").says("teacher", "someone-2", "occupation", paths("professional/teacher"))
    scene.says("left", "someone-1", "status", LEFT).says("left.", "someone-2", "status", LEFT)
    result = read(draft, scene)
    told = {
        (p.person, p.alternative): [c.values for c in result.claims if (c.persona, c.attribute) == (p.id, "occupation")]
        for p in result.personas
    }
    assert set(told) == {(person, key) for person in ("ahn", "noh") for key in ("someone-1", "someone-2")}
    for (_, key), works in told.items():
        assert works == [paths("professional/nurse" if key == "someone-1" else "professional/teacher")]
    assert result.unresolved == ()


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
