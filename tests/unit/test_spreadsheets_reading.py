"""Spreadsheets as people fill them in: their headings, dates, lists and separators mean what was meant."""

import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet_files import VOCABULARY, fresh, read, write_book

from bearwitness.documents import spreadsheet_reading
from bearwitness.documents.spreadsheet_chains import join_tables
from bearwitness.documents.spreadsheet_dates import edtf_of
from bearwitness.documents.spreadsheet_headings import letter_of
from bearwitness.documents.spreadsheet_lists import join_items, quote_item, split_texts
from bearwitness.documents.spreadsheet_reading import read_tables
from bearwitness.documents.spreadsheet_words import HEADINGS, LANGUAGES, NAME_KINDS, SEXES, SHEET_NAMES
from bearwitness.errors import TableError
from bearwitness.model.codec.case_records import ACT, CONSENT, HOUSEHOLD, NAME, PERSON, PLACE, TESTIMONY
from bearwitness.model.codec.context import Context, lunar
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Act, Household, Kin, Name, SourceLink

ACTS = [["kind", "household", "date"], ["threat", "h-1", "2024-02"]]


def csv_file(folder, text, name="acts.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_english_and_korean_headings_mean_the_same(tmp_path):
    """A Korean sheet with Korean headings and answers is the same table as an English one."""
    korean = [["행위", "가구 번호", "날짜", "장소", "가해자"], ["위협", "h-1", "2024년 2월", "무산군", "보위부"]]
    english = [["Kind of act", "HOUSEHOLD_ID", " when ", "Place", "by whom"],
               ["threatened", "h-1", "2024-02", "hambuk/musan", "state_security"]]  # fmt: skip
    one = read(write_book(tmp_path / "a.xlsx", {"사건": korean}))
    other = read(write_book(tmp_path / "b.xlsx", {"Events": english}))
    assert one == other
    assert one.acts[0] == Act(
        id="row-2", kind="threat", household="h-1", date=parse_edtf("2024-02"), place="hambuk/musan",
        perpetrator="state_security",
    )  # fmt: skip


def test_every_field_has_a_column_with_words_in_both_languages():
    """No column is forgotten, and every further heading is of a column that there is."""
    for name, record in (("places", PLACE), ("households", HOUSEHOLD), ("persons", PERSON), ("acts", ACT),
                         ("testimonies", TESTIMONY), ("consents", CONSENT)):  # fmt: skip
        assert HEADINGS[name].keys() == record.keys - {"chain"}
    assert HEADINGS.keys() == SHEET_NAMES.keys()
    words = [words for table in HEADINGS.values() for words in table.values()] + list(SHEET_NAMES.values())
    assert not [w for w in words if not any("가" <= c <= "힣" for c in "".join(w))]


def test_answers_of_our_own_are_words_the_fields_take():
    """Sexes, languages and kinds of name mean nothing that the record does not know."""
    taken = {field.key: set(field.kind.words) for record in (PERSON, TESTIMONY, NAME) for field in record.fields
             if field.key in {"sex", "language", "kind"}} | {"language": {"ko", "en"}}  # fmt: skip
    for key, words in (("sex", SEXES), ("language", LANGUAGES), ("kind", NAME_KINDS)):
        assert set(words.values()) <= taken[key]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_every_usual_form(tmp_path, encoding, separator):
    """UTF-8 with or without its mark and UTF-16 with it; commas, semicolons or tabs; a list in quotation marks."""
    rows = [["행위", "가구", "피해자"], ["위협", "h-1", '"p-1; p-2"'], [], ["구타", "h-1", "p-3"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    found = read(csv_file(tmp_path, text, encoding=encoding))
    assert [(a.id, a.kind, a.victims) for a in found.acts] == [
        ("row-2", "threat", ("p-1", "p-2")), ("row-4", "beating", ("p-3",)),
    ]  # fmt: skip


def test_an_apostrophe_that_stops_a_formula_is_no_part_of_the_text(tmp_path):
    """A label protected by an apostrophe is read without it; one that begins with an apostrophe keeps it."""
    found = read(csv_file(tmp_path, "id,label\nh-1,'=1+1\nh-2,'90s\nh-3,-x\n", "households.csv"))
    assert [h.label for h in found.households] == ["=1+1", "'90s", "-x"]


def test_the_first_row_with_anything_in_it_has_the_headings(tmp_path):
    """Empty rows before, between and after are passed over, and do not change how rows are counted."""
    rows = [[], ["", None], [None, *ACTS[0]], [], [" ", *ACTS[1]], []]
    found = read(write_book(tmp_path / "a.xlsx", {"acts": rows}))
    assert [a.id for a in found.acts] == ["row-5"]
    assert found.place_of(("acts", 0, "date")) == f"{tmp_path / 'a.xlsx'}:acts!D5"
    assert found.place_of(("acts", 0, "victims")) == f"{tmp_path / 'a.xlsx'}:acts!5"
    assert found.place_of(("acts", 1)) == found.place_of(("persons", 0)) == ""


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (date(2024, 2, 5), "2024-02-05"),
        (datetime(2024, 2, 5, 13, 30), "2024-02-05"),
        (2019, "2019"), (201905, "2019-05"), (199112, "1991-12"), (20190512, "2019-05-12"),
        ("2019", "2019"), (" 2019-05 ", "2019-05"), ("2019. 5. 12.", "2019-05-12"), ("2019.5", "2019-05"),
        ("2019년", "2019"), ("2019년 5월", "2019-05"), ("2019년 5월 2일", "2019-05-02"), ("2019/5/2", "2019-05-02"),
        ("2019-5-2", "2019-05-02"), ("2019-05-12 00:00:00", "2019-05-12"), ("20190512", "2019-05-12"),
        ("2024~", "2024~"), ("2023-24", "2023-24"), ("2023/2024-02", "2023/2024-02"), ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_dates_are_what_was_meant(tmp_path, cell, written):
    """Cells of days, numbers that can be one thing only, dates that begin with the year, and EDTF."""
    found = read(write_book(tmp_path / "a.xlsx", {"acts": [ACTS[0], ["threat", "h-1", cell]]}))
    assert found.acts[0].date == parse_edtf(written)


@pytest.mark.parametrize("cell", ["lunar 2024-01", "음력 2024년 1월", "2024-01 (음력)", "Lunar 2024.1", "2024-1（음）"])
def test_dates_of_the_lunar_calendar_say_so(tmp_path, cell):
    """The word before or after the date, in either language."""
    found = read(write_book(tmp_path / "a.xlsx", {"acts": [ACTS[0], ["threat", "h-1", cell]]}))
    assert found.acts[0].date == lunar(parse_edtf("2024-01"))


@pytest.mark.parametrize("cell", [201012, 45323, 45323.5, 2019.5, 112, 5, 20191305, 19991, -2019, 1e300, True, 201913])
def test_numbers_that_may_mean_several_days_are_refused(cell):
    """A short year or a long one, a serial number, decimals: nobody can tell, so nobody guesses."""
    with pytest.raises(FileFormatError) as caught:
        edtf_of(cell)
    assert caught.value.hint


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_typed_as_a_number_is_that_day(day):
    """Eight digits, year first, have one meaning only."""
    assert edtf_of(int(day.strftime("%Y%m%d"))) == day.isoformat() == edtf_of(day)


@given(st.text(min_size=1, max_size=8).filter(str.strip))
def test_text_in_a_date_column_is_read_or_refused(text):
    """Nothing but a refusal can come of any text."""
    with contextlib.suppress(FileFormatError):
        assert Context().find_date(edtf_of(text)).written


@given(st.lists(st.text(max_size=12), max_size=4))
def test_things_in_quotation_marks_may_hold_anything(things):
    """Semicolons, quotation marks, line breaks and spaces of a thing survive the list."""
    assert split_texts(join_items(quote_item(text) for text in things)) == things


def test_names_say_their_kind_in_brackets(tmp_path):
    """A kind or a language is read; brackets with anything else belong to the name."""
    cell = '안도솔; 해솔(별명); Ahn Do-sol (pseudonym, in en)； "A; B" (former)\nKim (the elder); "솔 (가명)"'
    path = write_book(tmp_path / "a.xlsx", {"인물": [["번호", "가구", "이름"], ["p-1", "h-1", cell]]})
    assert read(path).persons[0].names == (
        Name(text="안도솔"), Name(text="해솔", kind="nickname"),
        Name(text="Ahn Do-sol", kind="pseudonym", language="en"), Name(text="A; B", kind="former", language="en"),
        Name(text="Kim (the elder)", language="en"), Name(text="솔 (가명)"),
    )  # fmt: skip


def test_a_person_in_words_is_a_person(tmp_path):
    """Kin, traits, sex and flags are taken in the words of either language."""
    rows = [["id", "household", "kin", "traits", "sex", "protected", "직업"],
            ["p-1", "h-1", "younger brother of p-2; p-3의 아들", "phone; broker", "남", "예", "nurse"],
            ["p-4", "h-1", "mother of 12", None, "Female", False, None]]  # fmt: skip
    found = read(write_book(tmp_path / "a.xlsx", {"people": rows})).persons
    assert found[0].kin == (Kin(relation="younger_brother", of="p-2"), Kin(relation="son", of="p-3"))
    assert found[0].traits == {"phone", "broker"}
    assert (found[0].sex, found[0].protected, found[1].sex, found[1].protected) == ("male", True, "female", False)
    assert found[0].occupation in VOCABULARY.lists["occupation"]
    assert found[1].kin == (Kin(relation="mother", of="12"),)


def test_consent_says_how_it_stands_with_each(tmp_path):
    """Ids and words in pairs, in the words of either language; an empty cell is nobody's consent."""
    rows = [["id", "giver", "purpose", "identifiability", "quoting", "persons", "date"],
            ["c-1", "p-1", "publication", "pseudonym", "그대로 인용", "p-1: 동의함; p-2: cannot be asked", 2024],
            ["c-2", "p-1", "research", "only in totals", "none", None, None]]  # fmt: skip
    first, second = read(write_book(tmp_path / "a.xlsx", {"동의": rows})).consents
    assert first.persons == (("p-1", "given"), ("p-2", "cannot_be_asked"))
    assert (first.quoting, first.asked) == ("verbatim", parse_edtf("2024"))
    assert (second.identifiability, second.persons) == ("aggregate", ())


def test_chains_are_put_in_order(tmp_path):
    """Links stand in a table of their own, in any order if they are numbered, else as they stand."""
    told = [["id", "teller", "language", "directness", "text"],
            ["t-1", "p-3", "한국어", "told by the victim", "첫 줄\n둘째 줄"],
            ["t-2", "p-3", "ko", "문서에서 봄", "글"]]  # fmt: skip
    hops = [["testimony", "hop", "teller", "hearer", "medium", "contactable"],
            ["t-1", 2, "p-2", "p-3", "전화로", "no"], ["t-2", None, "p-1", "p-3", "letter", None],
            ["t-1", "1", "p-1", "p-2", "in person", "예"]]  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", {"chain": hops, "testimonies": told})
    first, second = read(path).testimonies
    assert first.text == "첫 줄\n둘째 줄"
    assert first.chain == (
        SourceLink(teller="p-1", hearer="p-2", medium="in_person", contactable=True),
        SourceLink(teller="p-2", hearer="p-3", medium="phone", contactable=False),
    )
    assert second.chain == (SourceLink(teller="p-1", hearer="p-3", medium="letter"),)
    alone = read(path, table="chain")
    assert dict(alone.chains) == {"t-1": first.chain, "t-2": second.chain}
    assert join_tables([alone, read(path, table="testimonies")]) == read(path)


def test_households_that_nobody_listed_are_made(tmp_path):
    """A household named by an act or a person and neither listed nor on record is there by its id, once."""
    sheets = {"households": [["id", "label"], ["h-1", "first"]],
              "acts": [ACTS[0], *(["threat", name, None] for name in ("h-1", "h-2", "h-2", "h-3"))]}  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", sheets)
    assert read(path).households == (Household(id="h-1", label="first"), Household(id="h-2"), Household(id="h-3"))
    assert [h.id for h in read(path, known_households={"h-3"}).households] == ["h-1", "h-2"]
    parts = [read(path, table=name) for name in ("acts", "households")]
    assert join_tables(parts).households == read(path).households


def test_merged_cells_hold_for_all_their_rows(tmp_path):
    """A household written once beside three acts is that of all three, and makes no act of an empty row."""

    def also(sheets):
        sheets["acts"].merge_range("B2:B4", "h-1")
        sheets["acts"].merge_range("B6:B8", "h-2")
        sheets["acts"].write_formula("A4", '="thr"&"eat"', None, "threat")

    rows = [ACTS[0], ["threat"], ["beating"], [None, None, "2024"], [], ["raid"], [], ["raid"]]
    found = read(write_book(tmp_path / "a.xlsx", {"acts": rows}, also=also)).acts
    assert [(a.kind, a.household) for a in found] == [
        ("threat", "h-1"), ("beating", "h-1"), ("threat", "h-1"), ("raid", "h-2"), ("raid", "h-2"),
    ]  # fmt: skip


def test_a_place_of_the_file_is_known_to_what_follows(tmp_path):
    """Places are read first, wherever their sheet stands, and the same context knows them for the next file."""
    sheets = {"acts": [["kind", "household", "place"], ["threat", "h-1", "윗골"]],
              "places": [["parent", "names"], ["무산군", "윗골; Witgol"]]}  # fmt: skip
    context = fresh()
    found = read_tables(write_book(tmp_path / "a.xlsx", sheets), context=context)
    assert found.acts[0].place == found.places[0].path == "hambuk/musan/place-1"
    assert read_tables(csv_file(tmp_path, "kind,household,place\nraid,h-1,witgol"), context=context).acts[0].place


def test_one_table_of_a_workbook_can_be_asked_for(tmp_path):
    """Other sheets are left alone; the only sheet of a workbook is taken whatever it is called."""
    path = write_book(tmp_path / "a.xlsx", {"Notes": [["x"]], "acts": ACTS})
    assert len(read(path, table="acts").acts) == 1
    path = write_book(tmp_path / "b.xlsx", {"Sheet1": ACTS})
    assert len(read(path, table="행위").acts) == 1
    path = write_book(tmp_path / "c.xlsx", {"acts": ACTS, "Sheet2": []})
    assert len(read(path).acts) == 1


def test_what_a_file_is_does_not_hang_on_its_name(tmp_path):
    """A workbook called .csv and a CSV file called .xlsx are read as what they are."""
    write_book(tmp_path / "a.xlsx", {"acts": ACTS}).rename(tmp_path / "acts.csv")
    assert len(read(tmp_path / "acts.csv").acts) == 1
    assert len(read(csv_file(tmp_path, "kind,household\nraid,h-1", "acts.xlsx")).acts) == 1
    assert len(read(csv_file(tmp_path, "kind,household\nraid,h-1", "2024 상반기.csv"), table="acts").acts) == 1


def test_progress_is_told(tmp_path, monkeypatch):
    """The count rises to the number of rows there are, and is told at the end."""
    monkeypatch.setattr(spreadsheet_reading, "STEP", 2)
    told = []
    path = write_book(tmp_path / "a.xlsx", {"acts": [*ACTS, *[ACTS[1]] * 3], "households": [["id"], ["h-1"]]})
    read(path, progress=lambda *counts: told.append(counts))
    assert told == [(2, 7), (4, 7), (6, 7), (7, 7)]


def test_files_that_list_one_id_are_not_joined(tmp_path):
    """Two files may not speak of one act in two ways."""
    part = read(csv_file(tmp_path, "id,kind,household\na-1,raid,h-1"))
    with pytest.raises(TableError, match="a-1 stands twice") as caught:
        join_tables([part, part])
    assert caught.value.where.endswith("acts.csv!A2")


@pytest.mark.parametrize(("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(at, letters):
    """Letters, counted without a zero."""
    assert letter_of(at) == letters
