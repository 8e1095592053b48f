"""A case goes into a spreadsheet and comes back as it was, and a spreadsheet program runs nothing of it."""

import csv
import io
import re
import stat
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spreadsheet_files import TREE, VOCABULARY, fresh, read

from bearwitness.data.load import worked_case_path
from bearwitness.documents.spreadsheet_chains import join_tables
from bearwitness.documents.spreadsheet_csv import escape_cell, unescape_cell, write_rows
from bearwitness.documents.spreadsheet_reading import read_tables
from bearwitness.documents.spreadsheet_tables import TABLES
from bearwitness.documents.spreadsheet_writing import MOST_CELL_UNITS, write_csv, write_workbook
from bearwitness.errors import OutputError
from bearwitness.model import records
from bearwitness.model.codec import load_case
from bearwitness.model.codec.context import lunar
from bearwitness.model.dates import parse_edtf

FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
NOT_KEPT = re.compile("[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
HELD = ("places", "households", "persons", "acts", "testimonies", "consents")

ids = st.from_regex(r"\A[a-z0-9-]{1,12}\Z")
beginnings = st.sampled_from(["", "", "=", "+", "-", "@", "'", "'=", '"', '"=', "\t", " ", "＝", ";=", "\n-"])
endings = st.sampled_from(["", "", " (former)", " (가명)", " (in ko)", " (in hanja, 가명)", " (x)", '"', "; ", "\n"])
insides = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t;:,='\"@+-()；안도솔_x0041_")),
    min_size=1, max_size=25,
)  # fmt: skip
texts = st.builds(lambda *parts: "".join(parts), beginnings, insides, endings).filter(
    lambda text: not text.isspace() and not NOT_KEPT.search(text)
)
written_dates = st.sampled_from(
    ["2019", "2019-05", "2019-05-01", "2024-01~", "201X", "2023-24", "2018/2019-06", "[2018, 2020]", "?", "unknown",
     "2004-06~-11", "2019%", "1950S2", "2019-04-12?", "0205"]
).map(parse_edtf)  # fmt: skip
dates = st.one_of(st.none(), written_dates, written_dates.map(lunar))
places = st.one_of(st.none(), st.sampled_from(sorted(TREE.places)))


def codes(name):
    return st.sampled_from(sorted(VOCABULARY.lists[name]))


def some(items, most=3, **options):
    return st.lists(items, max_size=most, **options).map(tuple)


def unique(items):
    return st.lists(items, max_size=3, unique_by=lambda item: item.id).map(tuple)


names = st.builds(
    records.Name, text=texts, kind=st.sampled_from(["full", "given", "hanja", "nickname", "pseudonym", "former"]),
    language=st.sampled_from(["ko", "en", "hanja"]),
)  # fmt: skip


@st.composite
def cases(draw):
    households = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    people = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    anybody = st.sampled_from(people)
    kin = st.builds(records.Kin, relation=st.sampled_from(["father", "younger_sister"]), of=anybody)
    persons = tuple(
        records.Person(
            id=name, household=draw(st.one_of(st.none(), st.sampled_from(households))), names=draw(some(names)),
            sex=draw(st.sampled_from([None, "female", "male"])), birth=draw(dates), home=draw(places),
            occupation=draw(st.one_of(st.none(), codes("occupation"))), departure=draw(dates),
            route=draw(st.one_of(st.none(), codes("route"))), kin=draw(some(kin)),
            traits=draw(st.frozensets(codes("trait"))), protected=draw(st.booleans()),
        )
        for name in people
    )  # fmt: skip
    acts = draw(unique(st.builds(
        records.Act, id=ids, kind=codes("act"), household=st.sampled_from(households), date=dates, place=places,
        victims=some(anybody, unique=True), perpetrator=st.one_of(st.none(), codes("perpetrator")),
        because_of=st.one_of(st.none(), anybody),
    )))  # fmt: skip
    links = tuple(
        records.SourceLink(teller=a, hearer=b, medium=draw(codes("medium")), date=draw(dates),
                           contactable=draw(st.sampled_from([None, True, False])))
        for a, b in pairwise(people)
    )  # fmt: skip
    testimonies = draw(unique(st.builds(
        records.Testimony, id=ids, teller=anybody, language=st.sampled_from(["en", "ko"]), told=dates, text=texts,
        directness=st.sampled_from(["told_by_victim", "unknown"]), acts=some(ids, unique=True),
        chain=st.sampled_from([(), links]),
    )))  # fmt: skip
    consents = draw(unique(st.builds(
        records.Consent, id=ids, giver=anybody, purpose=st.just("publication"), quoting=st.just("none"), asked=dates,
        identifiability=st.sampled_from(["role", "full_name"]), expires=dates, withdrawn=dates,
        persons=some(st.tuples(anybody, st.sampled_from(["given", "cannot_be_asked"])), unique_by=lambda p: p[0]),
    )))  # fmt: skip
    return records.Case(
        id="c", persons=persons, acts=acts, testimonies=testimonies, consents=consents,
        households=tuple(records.Household(id=h, label=draw(st.one_of(st.just(""), texts))) for h in households),
        places=draw(st.one_of(st.just(()), st.builds(
            records.CasePlace, path=st.just("hambuk/musan/upper"), names=some(texts, min_size=1)).map(lambda p: (p,)))),
    )  # fmt: skip


def held(whole):
    """What a case and its tables both have."""
    return {name: getattr(whole, name) for name in HELD}


@pytest.fixture(scope="module")
def worked():
    text = worked_case_path("case.yaml").read_text(encoding="utf-8")
    return load_case(text, name="case.yaml", tree=TREE, vocabulary=VOCABULARY)


def read_all_csv(folder, case, context):
    parts = []
    for name in TABLES:
        write_csv(case, name, folder / f"{name}.csv", replace=True)
        parts.append(read_tables(folder / f"{name}.csv", context=context))
    return join_tables(parts)


@FEW
@given(case=cases())
def test_a_workbook_gives_back_the_case(case, tmp_path_factory):
    """Whatever texts, names, dates and lists a case holds, its workbook holds the same."""
    path = tmp_path_factory.mktemp("book") / "case.xlsx"
    write_workbook(case, path)
    assert held(read(path)) == held(case)


@FEW
@given(case=cases())
def test_csv_files_give_back_the_case(case, tmp_path_factory):
    """One file a table, read one after another and joined, are the case again."""
    assert held(read_all_csv(tmp_path_factory.mktemp("csv"), case, fresh())) == held(case)


def test_the_worked_case_goes_both_ways(worked, tmp_path):
    """The worked case, with its Korean names, its accounts of several lines and its chains, comes back from both."""
    assert any(t.chain and "\n" in t.text for t in worked.testimonies)
    write_workbook(worked, tmp_path / "case.xlsx")
    assert held(read(tmp_path / "case.xlsx")) == held(worked)
    assert held(read_all_csv(tmp_path, worked, fresh())) == held(worked)


def test_an_empty_case_is_a_form_to_fill_in(tmp_path):
    """Its workbook has every table with headings and no rows, and is read as a case with nothing in it."""
    write_workbook(records.Case(id="c"), tmp_path / "form.xlsx")
    found = read(tmp_path / "form.xlsx")
    assert held(found) == held(records.Case(id="c"))
    assert set(found.origins) == set(TABLES)


def test_the_same_case_gives_the_same_bytes(worked, tmp_path):
    """A workbook tells neither when it was written nor by whom."""
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(worked, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2000-01-01" in core
    assert re.search("<dc:creator>[^<]", core) is None


def test_only_the_owner_reads_what_is_written(worked, tmp_path):
    """The file is there alone, under its name, with no rights for anybody else."""
    write_workbook(worked, tmp_path / "case.xlsx")
    write_csv(worked, "acts", tmp_path / "acts.csv")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["acts.csv", "case.xlsx"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == {0o600}


def test_files_are_not_overwritten_unasked(worked, tmp_path):
    """A file that is there stays, unless replacing it was asked for; an input stays always."""
    path = tmp_path / "case.xlsx"
    path.write_text("mine")
    with pytest.raises(OutputError):
        write_workbook(worked, path)
    with pytest.raises(OutputError):
        write_workbook(worked, path, forbidden=[path], replace=True)
    assert path.read_text() == "mine"
    write_workbook(worked, path, replace=True)
    assert read(path).acts == worked.acts


def test_a_workbook_that_fails_leaves_nothing_behind(worked, tmp_path, monkeypatch):
    """Neither half a file nor the rows that waited to be packed stay in the folder."""
    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet.write_boolean", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_workbook(worked, tmp_path / "case.xlsx")
    assert not list(tmp_path.iterdir())


def test_text_like_a_formula_is_text(worked, tmp_path):
    """No sheet holds a formula, a link or a number but the hops, whatever an account begins with."""
    told = replace(worked.testimonies[0], text='=HYPERLINK("http://x.example","y")')
    write_workbook(replace(worked, testimonies=(told,)), tmp_path / "case.xlsx")
    with zipfile.ZipFile(tmp_path / "case.xlsx") as archive:
        sheets = {n: archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/")}
    assert len(sheets) == len(TABLES)
    assert not [n for n, xml in sheets.items() if re.search("<f[ >]|<hyperlink", xml)]
    assert "HYPERLINK" in "".join(sheets.values())


@given(st.lists(st.lists(texts, min_size=2, max_size=3), min_size=1, max_size=3))
def test_no_cell_of_a_csv_begins_with_what_is_run(rows):
    """Neither with our separator nor for a program that takes another one for it."""
    text = write_rows(rows).removeprefix("\ufeff")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [cell for cell in row if cell.startswith(tuple("=+-@＝＋－＠"))]


@given(texts)
def test_the_apostrophe_is_taken_out_again(text):
    """Reading takes out what writing put in, and no apostrophe of the text itself."""
    assert unescape_cell(escape_cell(text)) == text


@pytest.mark.parametrize("text", ["'90s", "don't", "''", "안도솔"])
def test_an_apostrophe_before_a_word_stays(text):
    """Only one before what could be run was put there by us."""
    assert unescape_cell(text) == text == escape_cell(text)


def test_a_text_too_long_for_a_cell_is_refused_not_cut(worked, tmp_path):
    """Excel holds 32,767 characters, those beyond the first plane counted twice; CSV holds any."""
    told = replace(worked.testimonies[0], text="가" * MOST_CELL_UNITS)
    case = replace(worked, testimonies=(told,))
    write_workbook(case, tmp_path / "fits.xlsx")
    assert read(tmp_path / "fits.xlsx").testimonies == (told,)
    for longer in ("가" * (MOST_CELL_UNITS + 1), "𠀀" * (MOST_CELL_UNITS // 2 + 1)):
        case = replace(worked, testimonies=(replace(told, text=longer),))
        with pytest.raises(OutputError, match=f"text of {told.id} in the table testimonies"):
            write_workbook(case, tmp_path / "long.xlsx")
        write_csv(case, "testimonies", tmp_path / "testimonies.csv", replace=True)
        assert read(tmp_path / "testimonies.csv").testimonies[0].text == longer
    assert not (tmp_path / "long.xlsx").exists()


@pytest.mark.parametrize("text", ["a\ufffeb", "_x0041_x0042_"])
def test_what_a_workbook_cannot_keep_is_refused_not_changed(worked, tmp_path, text):
    """A few texts come back from Excel's format as others: they are refused there, and CSV keeps them."""
    case = replace(worked, households=(records.Household(id="h-1", label=text),))
    with pytest.raises(OutputError, match="label of h-1"):
        write_workbook(case, tmp_path / "case.xlsx")
    write_csv(case, "households", tmp_path / "households.csv")
    assert read(tmp_path / "households.csv").households == case.households


def test_a_date_that_is_empty_is_written_as_unknown(tmp_path):
    """A date recorded as unknown does not become no date at all."""
    case = records.Case(
        id="c", persons=(records.Person(id="p", household=None, protected=False, birth=parse_edtf("")),)
    )
    write_workbook(case, tmp_path / "case.xlsx")
    assert read(tmp_path / "case.xlsx").persons[0].birth == parse_edtf("unknown")


def test_a_table_that_is_not_there_is_a_mistake_of_the_caller(worked, tmp_path):
    """Writing asks for a table by a name that is checked."""
    with pytest.raises(ValueError, match="claims"):
        write_csv(worked, "claims", tmp_path / "x.csv")
