"""``bearwitness release table``: what is written, what is refused, and that messages hold no content."""

import json

import pytest

from bearwitness.cli.main import main

SAFE = "place,households\n*,900\npyongbuk,500\nhambuk,400\n"
SMALL = "place,households\n*,900\npyongbuk,500\nhambuk,399\njagang,1\n"
NONE = "place,month,households\n신의주시,2024-02,1\n"


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a table; its status, its output, and its errors."""

    def call(text, *words):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        status = main(["release", "table", str(path), *map(str, words)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_a_safe_table_is_said_to_be_safe(run):
    """Status 0, in either language."""
    status, out, _ = run(SAFE)
    assert status == 0
    assert "Safe to publish as it stands" in out
    assert "그대로 공개해도 됩니다" in run(SAFE, "--language", "ko")[1]


def test_hidden_cells_are_written_as_x_and_the_ledger_never_holds_them(run, tmp_path):
    """The output and the entered ledger hold what is printed and nothing of what is hidden."""
    out, ledger = tmp_path / "out.csv", tmp_path / "ledger.yaml"
    status, _, _ = run(SMALL, "-o", out, "--enter", ledger, "--outlet", "our site", "--id", "t-1")
    assert status == 0
    rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "place,households"
    assert rows[-1] == "jagang,x"
    assert sum(row.endswith(",x") for row in rows) > 1
    kept = ledger.read_text(encoding="utf-8")
    assert "count: 1}" not in kept
    again, _, error = run(SMALL, "--ledger", ledger, "--id", "t-1")
    assert again == 2
    assert "t-1 already" in error


def test_without_an_output_a_table_that_needs_hiding_has_status_3(run):
    """Nothing was made safe, so the status says so."""
    assert run(SMALL)[0] == 3


def test_a_table_of_which_nothing_is_left_writes_nothing(run, tmp_path):
    """Refused: no file, status 3, and the reason."""
    out = tmp_path / "out.csv"
    status, said, _ = run(NONE, "-o", out)
    assert status == 3
    assert not out.exists()
    assert "every one would have to be hidden" in said


def test_json_names_cells_by_their_ids_and_has_the_intervals(run):
    """The document has what is hidden and what can be computed of it."""
    status, out, _ = run(SMALL, "--json")
    answer = json.loads(out)["answer"]
    assert status == 3
    assert answer["safe"]
    assert {h["cell"] for h in answer["hidden"]} == set(answer["hide"])
    assert "jagang" not in out


def test_rounded_figures_are_written_where_they_are_safe(run, tmp_path):
    """Every figure a multiple of the base, sums kept."""
    out = tmp_path / "out.csv"
    assert run(SAFE.replace("900", "902").replace("500", "502"), "--round", "5", "-o", out)[0] == 0
    total, *parts = (int(r.split(",")[1]) for r in out.read_text(encoding="utf-8-sig").splitlines()[1:])
    assert total == sum(parts)
    assert all(n % 5 == 0 for n in (total, *parts))


UNEVEN = "place,households\n*,1237\npyongbuk,301\nhambuk,322\njagang,211\nhamnam,202\nkangwon,201\n"
CASE = """
bearwitness: 1
case: example
households: [{id: h-1}]
persons: [{id: p-1, household: h-1, names: [{text: 표길순}], home: 혜산시}]
"""


@pytest.fixture
def rounded(run, tmp_path):
    """The rounded figures of a run of its own, with the content of a record and an id."""

    def call(text, record=CASE, name="t-1"):
        words = []
        if record:
            (tmp_path / "case.yaml").write_text(record, encoding="utf-8")
            words = ["--case", tmp_path / "case.yaml"]
        found = json.loads(run(text, *words, "--round", "5", "--id", name, "--json")[1])["answer"]["rounded"]
        return json.dumps(found[0]["figures"])

    return call


def test_a_table_is_rounded_the_same_way_each_time(rounded):
    """Nobody learns from many runs what one does not tell, nor from another id."""
    assert len({rounded(UNEVEN, name=f"t-{n}") for n in range(5)}) == 1


def test_which_way_a_table_is_rounded_follows_from_the_record_and_the_figures(rounded):
    """Another record is another draw, and so is a figure that rounds like the one before: its up is no other's up."""
    names = ("표마루", "표누리", "표한별", "표새봄", "표가람")
    assert len({rounded(UNEVEN, CASE.replace("표길순", name)) for name in names}) > 1
    ups = set()
    for n in range(5):
        figures = dict(json.loads(rounded(UNEVEN.replace("1237", str(1237 + 5 * n)).replace("301", str(301 + 5 * n)))))
        ups.add(tuple(figure % 1000 for cell, figure in sorted(figures.items()))[2:])
    assert len(ups) > 1


def test_without_a_record_nothing_is_secret_so_the_draw_is(rounded, monkeypatch):
    """A reader who knows all that goes into a seed could try every table it holds possible."""
    drawn = []
    for number in range(6):
        monkeypatch.setattr("bearwitness.services.counts.secrets.randbits", lambda _, n=number: n)
        drawn.append(rounded(UNEVEN, record=""))
    assert len(set(drawn)) > 1


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("place,households\npyongbuk,many\n", ":2"),
        ("place,households\n없는곳,5\n", ":2"),
        ("place,households\n,5\n", ":2"),
        ("place,households\npyongbuk,5,6\n", ":2"),
        ("somewhere,households\npyongbuk,5\n", ":1"),
        ("place,place,households\npyongbuk,pyongbuk,5\n", ":1"),
        ("place,households\npyongbuk,-1\n", ":2"),
    ],
)
def test_a_damaged_table_is_an_error_with_its_line_and_no_value(run, text, where):
    """Status 12, file and line, nothing of the cell."""
    status, _, error = run(text)
    assert status == 12
    assert f"table.csv{where}" in error
    assert "없는곳" not in error
    assert "many" not in error


def test_an_output_never_overwrites_the_table(run, tmp_path):
    """The input is refused as output, whatever is forced."""
    assert run(SAFE, "-o", tmp_path / "table.csv", "--force")[0] == 11
