"""A small record of invented people, with scans made by hand, for the tests of the reading."""

from datetime import date

from bearwitness.model.dates import parse_edtf
from bearwitness.model.places import Place, PlaceTree
from bearwitness.model.records import Act, Case, Household, Kin, Name, Person, SourceLink
from bearwitness.model.records import Testimony as Account
from bearwitness.model.values import Codes, Paths
from bearwitness.model.vocabulary import Vocabulary
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


def codes(*values):
    return Codes(frozenset(values))


def paths(*values):
    return Paths(frozenset(values))


LEFT = codes("left")


def said_of(result, household):
    ids = {p.id for p in result.personas if p.household == household}
    return {(c.attribute, c.about) for c in result.claims if c.persona in ids}
