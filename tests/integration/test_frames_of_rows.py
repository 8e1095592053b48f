"""Frames of rows that a policy names: the page's example, what they change, and what is refused; all invented."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from bearwitness.cli.main import main
from bearwitness.disclosure.bitmaps import count_candidates
from bearwitness.errors import FrameError, PolicyError
from bearwitness.model.claims import KIN_LEAVES
from bearwitness.model.publication import Policy
from bearwitness.model.values import Codes, Days, NoneOf, Paths
from bearwitness.services.frame_rows import find_rows
from bearwitness.services.release_desk import draft_release
from bearwitness.services.world import crowds_for, load_frames

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "frames-of-rows.md"
BLOCK = re.compile(r"Save this as `([^`]+)`[^\n]*\n\n```\w+\n(.*?)^```$", re.M | re.S)
ROWS = 600
# As the frame's own table has them, near enough.
HOMES = ["Ryanggang", "jagang", "nampo", "pyongyang", "pyongnam", "pyongbuk", "hwangnam", "kangwon", "hamnam"]


@pytest.fixture
def example(tmp_path, monkeypatch):
    """The files of the page, written, and its population made."""
    monkeypatch.chdir(tmp_path)
    for name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        Path(name).write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "make_rows.py"], check=True)
    return tmp_path


def assess(capsys, *words):
    """The status of an assessment, its answer and what it complained about."""
    status = main(["assess", "draft.txt", *words, "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else None, err


@pytest.mark.usefixtures("example")
def test_the_example_of_the_page_is_judged_by_its_rows(capsys):
    """Every file of the page is taken as it stands, the report says so, and the crowd is another than by tables."""
    (command,) = re.findall(r"^```sh\nbearwitness (.*?)\n```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert main(command.split()) in (0, 3)
    assert "counted over the rows" in " ".join(capsys.readouterr().out.split())
    _, ours, _ = assess(capsys, "--policy", "policy.yaml")
    _, again, _ = assess(capsys, "--policy", "policy.yaml")
    Path("tables.yaml").write_text("bearwitness: 1\npublished: 2024-03-01\n", encoding="utf-8")
    _, theirs, _ = assess(capsys, "--policy", "tables.yaml")
    assert ours == again
    assert "frame_rows" in ours["notes"]
    assert "frame_rows" not in theirs["notes"]
    crowds = [[h["joined"]["candidates"] for h in found["households"]] for found in (ours, theirs)]
    assert crowds[0] != crowds[1]


def described(**more):
    """A description that is accepted, and its columns."""
    whole = {
        "bearwitness": 1, "frame": "residents", "sources": ["invented"], "rows_are": "synthetic",
        "every_household": True, "rows": "rows.parquet",
        "columns": {
            "home": {"values": HOMES, "leaf_share": 0.2},
            "surname": {"values": ["김", "리", "(other)"]},
            "birth": {"edges": ["1950-01-01", "1970-01-01", "1990-01-01"]},
            "kin": {"values": ["younger brother", "mother"]},
        },
    }  # fmt: skip
    return {key: value for key, value in (whole | more).items() if value is not None}


def cells(rng):
    """Random cells of such a table."""
    kin = ["", "mother", "younger brother;mother", "younger brother"]
    return {
        "home": rng.choice(HOMES, ROWS).tolist(),
        "surname": rng.choice(["김", "리", "(other)"], ROWS, p=[0.3, 0.2, 0.5]).tolist(),
        "birth": rng.choice(["1950-01-01", "1970-01-01"], ROWS).tolist(),
        "kin": rng.choice(kin, ROWS).tolist(),
    }


def put(folder, table, description, form="rows.parquet"):
    """Write a table and its description; the description's path."""
    frame = pl.DataFrame(table)
    if form.endswith(".parquet"):
        frame.write_parquet(folder / form)
    else:
        frame.write_csv(folder / form)
    path = folder / "rows.yaml"
    path.write_text(json.dumps(description | {"rows": form}, ensure_ascii=False), encoding="utf-8")
    return str(path)


def share(name, attribute, *allowed):
    """The share of a population's households, all of them rows, that fit something of one attribute."""
    frames = crowds_for(("state_security",), (name,))[0].frames
    return frames.at(0).factor(((attribute, allowed),))


@pytest.mark.parametrize("form", ["rows.parquet", "rows.csv"])
def test_cells_are_counted_by_what_they_mean(tmp_path, form):
    """Names, codes and northern spellings are looked up as in a claim, lists in a cell are things side by side."""
    table = cells(np.random.default_rng(1))
    name = put(tmp_path, table, described(), form)
    brother, mother = (next(k for k in KIN_LEAVES if k == word) for word in ("younger_brother", "mother"))
    for attribute, allowed, fits in (
        ("home", [Paths(frozenset({"ryanggang"}))], [c == "Ryanggang" for c in table["home"]]),
        ("surname", [Codes(frozenset({"이"}))], [c == "리" for c in table["surname"]]),
        ("birth", [Days(((1, 2_000_000),))], [True] * ROWS),
        ("kin", [Codes(frozenset({brother}))], ["brother" in c for c in table["kin"]]),
        ("kin", [NoneOf(frozenset({brother})), Codes(frozenset({mother}))], [c == "mother" for c in table["kin"]]),
        ("kin", [NoneOf(frozenset({brother, mother}))], [c == "" for c in table["kin"]]),
    ):
        assert share(name, attribute, *allowed) == pytest.approx(sum(fits) / ROWS)


def test_a_changed_table_is_read_again(tmp_path):
    """What was counted before is forgotten when the file is another."""
    table = cells(np.random.default_rng(2))
    name = put(tmp_path, table, described())
    kim = Codes(frozenset({"김"}))
    before = share(name, "surname", kim)[0]
    table["surname"] = ["김", *["리", "(other)"] * (ROWS // 2 - 1), "리"]
    put(tmp_path, table, described())
    assert before > 0.2
    assert share(name, "surname", kim)[0] == pytest.approx(1 / ROWS)


def broken(column, at, cell):
    """A change of one cell."""
    return lambda table: table[column].__setitem__(at, cell)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (broken("home", 7, "Secretville"), "row 9 of column home"),
        (broken("home", 7, None), "row 9 of column home"),
        (broken("birth", 0, "1950-03-17"), "row 2 of column birth"),
        (broken("birth", 5, "1990-01-01"), "row 7 of column birth"),
        (broken("kin", 599, "mother; Secretville"), "row 601 of column kin"),
        (broken("kin", 3, '"mother'), "row 5 of column kin"),
        (lambda table: table.update(register=["Secretville"] * ROWS), "1 columns of the table are not described"),
        (lambda table: table.pop("birth"), "no column birth"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["rows.parquet", "rows.csv"])
def test_a_cell_that_is_not_described_is_refused(tmp_path, monkeypatch, capsys, form, change, says):
    """By row and column, never by what it says, and with what to do next."""
    monkeypatch.chdir(tmp_path)
    table = cells(np.random.default_rng(3))
    change(table)
    put(tmp_path, table, described(), form)
    Path("policy.yaml").write_text("bearwitness: 1\nrows: rows.yaml\n", encoding="utf-8")
    Path("draft.txt").write_text("A man from Hyesan had a phone.\n", encoding="utf-8")
    status, answer, said = assess(capsys, "--policy", "policy.yaml")
    assert (status, answer) == (12, None)
    assert says in said
    assert "Secretville" not in said
    assert "03-17" not in said


BAD = {
    "not one of the words": {"rows_are": "register"},
    "needs its leaf_share": {"columns": {"home": {"values": ["Hyesan"]}}},
    "has no leaf_share": {"columns": {"sex": {"values": ["male"], "leaf_share": 0.5}}},
    "a column of birth has no values": {"columns": {"birth": {"values": ["1950-01-01"]}}},
    "has no edges": {"columns": {"sex": {"values": ["male"], "edges": ["1950-01-01"]}}},
    "no ascending days": {"columns": {"birth": {"edges": ["1970-01-01", "1950-01-01"]}}},
    "no place has this name": {"columns": {"home": {"values": ["Secretville"], "leaf_share": 0.5}}},
    "no single value": {"columns": {"kin": {"values": ["sibling"]}}},
    "for no single value": {"columns": {"trait": {"values": ["no phone"]}}},
    "mean the same": {"columns": {"surname": {"values": ["리", "이"]}}},
    "rows have no column of this": {"columns": {"name": {"values": ["Secretville"]}}},
    "there are no columns": {"columns": {}},
    "only synthetic rows": {"rows_are": "public sample", "stands_for": 100_000},
    "how many households it was drawn from": {"rows_are": "public sample", "every_household": False},
    "table of the rows is not there": {"rows": "elsewhere.csv"},
}


@pytest.mark.parametrize("says", BAD)
def test_a_wrong_description_is_refused_where_it_is_wrong(tmp_path, says):
    """With file and line, and never with a value of the file."""
    (tmp_path / "rows.parquet").write_bytes(b"")
    path = tmp_path / "rows.yaml"
    path.write_text(json.dumps(described(**BAD[says]), ensure_ascii=False, indent=1), encoding="utf-8")
    with pytest.raises(FrameError, match=says) as refused:
        find_rows([str(path)])
    assert refused.value.hint
    assert refused.value.where.startswith(str(path))
    assert "Secretville" not in str(refused.value)


def test_rows_that_could_be_people_are_refused_on_the_way_in(tmp_path):
    """The same rules as for any rows, here a public sample with a rare value."""
    table = cells(np.random.default_rng(4))
    table["surname"] = ["김"] * (ROWS - 2) + ["리"] * 2
    name = put(tmp_path, table, described(rows_are="public sample", stands_for=100_000, every_household=None))
    with pytest.raises(FrameError, match=r"rows\.yaml.*surname.*single persons"):
        crowds_for(("reader",), (name,))


def _all_in_one_town(table):
    table["home"] = ["Ryanggang"] * (ROWS // 2) + table["home"][ROWS // 2 :]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_all_in_one_town, r"rows\.yaml: value 1 of column home is more than 3 times as common"),
        (lambda table: table.update(surname=["리"] * ROWS), "value 2 of column surname is more than 3 times"),
    ],
)
def test_rows_with_far_too_many_of_a_value_are_refused(tmp_path, change, says):
    """A family does not hide among people of whom no table knows: refused, whether the rows are all or a share."""
    table = cells(np.random.default_rng(7))
    change(table)
    for whole in (True, None):
        name = put(tmp_path, table, described(every_household=whole))
        with pytest.raises(FrameError, match=says) as refused:
            crowds_for(("reader",), (name,))
        assert "Ryanggang" not in str(refused.value)


def test_one_frame_has_rows_once(tmp_path):
    """Two files for one frame leave open which is meant."""
    name = put(tmp_path, cells(np.random.default_rng(5)), described())
    with pytest.raises(FrameError, match="two files"):
        find_rows([name, name])


def test_rows_of_a_frame_leave_the_others_alone(tmp_path):
    """Rows of the residents are asked for what they have; other frames and attributes are as they were."""
    name = put(tmp_path, cells(np.random.default_rng(6)), described(every_household=None))
    frames, before = crowds_for(("reader",), (name,))[0].frames, load_frames()
    assert count_candidates(frames.at(0).rows.bitmaps, [()])[0] == ROWS
    assert np.array_equal(frames.at(0).size, before.at(0).size)
    assert frames.at(1) is before.at(1)
    female = (("sex", (Codes(frozenset({"female"})),)),)
    assert np.array_equal(frames.at(0).factor(female), before.at(0).factor(female))


def test_a_draft_of_a_vault_takes_no_rows():
    """What lies outside the vault can change after the vote, so it is refused before anything is written."""
    with pytest.raises(PolicyError, match="outside of it"):
        draft_release(None, "case", "A text.", Policy(rows=("rows.yaml",)))


def test_a_run_without_rows_loads_nothing_for_them():
    """No reader of tables and no compiler are loaded by an assessment that has no rows."""
    code = (
        "import sys; from bearwitness import assess; assess('A man from Hyesan had a phone.');"
        "sys.exit(any(m in sys.modules for m in ('polars', 'numba', 'bearwitness.disclosure.row_frame')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
