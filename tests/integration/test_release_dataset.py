"""``bearwitness release dataset``: what rows give away, the safe table, and that it is safe; all people invented."""

import csv
import gzip
import json
from collections import Counter, defaultdict

import numpy as np
import polars as pl
import pytest

from bearwitness.cli.main import main
from bearwitness.disclosure.microdata_search import Generalisation
from bearwitness.documents.dataset_reading import distinct_rows
from bearwitness.errors import LeakError, NotSafe, TableError
from bearwitness.services.dataset import DatasetDesk

PLACES = ["Hyesan", "Musan", "Haeju", "Wonsan"]
ROLES = """bearwitness: 1
columns:
  - name: place
    role: quasi-identifier
    levels: {Hyesan: [north, "*"], Musan: [north, "*"], Haeju: [south, "*"], Wonsan: [south, "*"]}
  - name: age
    role: quasi-identifier
    bands: {lowest: 0, highest: 99, widths: [10, 50]}
  - {name: sex, role: quasi-identifier}
  - {name: act, role: sensitive, distinct: 2}
  - {name: home, role: household}
  - {name: note, role: ignored}
"""


def people(count):
    """Invented rows: place, age, sex, act, household, and a note that must not leave."""
    return [
        {"place": PLACES[(n * 7) % 4], "age": str(20 + (n * 13) % 60), "sex": "fm"[n % 2],
         "act": ("raid", "arrest", "=summons")[n % 3], "home": f"h{n // 2}", "note": f"secret {n}"}
        for n in range(count)
    ]  # fmt: skip


@pytest.fixture
def table(tmp_path):
    """Two hundred rows as CSV, and their roles."""
    rows = people(200)
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "roles.yaml").write_text(ROLES, encoding="utf-8")
    return tmp_path


def call(folder, *more, file="rows.csv"):
    return main(["release", "dataset", str(folder / file), "--roles", str(folder / "roles.yaml"), *more])


def test_the_table_that_leaves_holds_what_was_asked(table, capsys):
    """Each group of the written rows has k households and two acts, and nothing but the columns that may leave."""
    assert call(table, "--k", "4", "--suppress", "0.1", "-o", str(table / "out.csv"), "--json") == 0
    said = json.loads(capsys.readouterr().out)["answer"]
    assert not said["safe"]
    assert said["households"] == 100
    with (table / "out.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    assert names == ["place", "age", "sex", "act"]
    assert len(rows) == 200 - said["suppressed"] >= 180
    assert rows == sorted(rows)
    groups = defaultdict(Counter)
    for *quasi, act in rows:
        groups[tuple(quasi)][act] += 1
    assert len(groups) == said["classes"] > 1
    # A household has two members here, so k households are k rows at least.
    assert all(sum(acts.values()) >= 4 and len(acts) >= 2 for acts in groups.values())
    text = (table / "out.csv").read_text(encoding="utf-8")
    assert "secret" not in text
    assert "h1" not in text
    assert "\n=" not in text
    assert ",=" not in text
    assert said["after"]["highest"] <= 0.25


def test_nothing_is_lost_but_what_is_suppressed(table):
    """Without suppression the written rows are the rows of the file, each said at its levels."""
    desk = DatasetDesk(table / "rows.csv", table / "roles.yaml", k=3)
    plan, best = desk.plan()
    desk.write(table / "out.csv", best)
    levels = {level.column: level.level for level in plan.levels}
    region = dict(zip(PLACES, ["north", "north", "south", "south"], strict=True))

    def says(row):
        age, width = int(row["age"]), [1, 10, 50, 0][levels["age"]]
        band = row["age"] if width == 1 else f"{age // width * width} to {age // width * width + width - 1}"
        return (
            [row["place"], region[row["place"]], "*"][levels["place"]], band if width else "*",
            [row["sex"], "*"][levels["sex"]], row["act"],
        )  # fmt: skip

    with (table / "out.csv").open(encoding="utf-8", newline="") as file:
        written = Counter(tuple(cell.removeprefix("'") for cell in row) for row in list(csv.reader(file))[1:])
    assert written == Counter(says(row) for row in people(200))


def test_a_safe_table_stays_as_it_is(table, capsys):
    """Where enough read alike already, the status is 0 and every level is the exact one."""
    (table / "rows.csv").write_text(
        "place,age,sex,act,home,note\n" + "".join(
            f"Musan,30,f,{act},h{n},x\n" for n, act in enumerate(["raid", "arrest"] * 4)
        ), encoding="utf-8",
    )  # fmt: skip
    assert call(table, "--json") == 0
    said = json.loads(capsys.readouterr().out)["answer"]
    assert said["safe"]
    assert [level["level"] for level in said["levels"]] == [0, 0, 0]
    assert said["loss"] == 0.0


def test_members_of_one_household_do_not_hide_each_other(table, capsys):
    """Six rows of one household are not six who read alike: no table of them is safe, and none is written."""
    rows = "".join(f"Musan,30,f,{act},h1,x\n" for act in ["raid", "arrest"] * 3)
    (table / "rows.csv").write_text("place,age,sex,act,home,note\n" + rows, encoding="utf-8")
    assert call(table, "--k", "2") == 3
    assert "No way to say" in capsys.readouterr().out
    assert call(table, "--k", "2", "-o", str(table / "out.csv")) == NotSafe.status
    assert not (table / "out.csv").exists()


def test_a_wrong_table_is_caught_before_it_is_written(table, monkeypatch):
    """Were the engine to call every class safe, the count of the words themselves stops the table."""
    desk = DatasetDesk(table / "rows.csv", table / "roles.yaml", k=4)
    monkeypatch.setattr(desk, "models", [])
    exact = Generalisation(levels=(0, 0, 0), loss=0.0, suppressed=0, classes=1, counted=1, nodes=1)
    with pytest.raises(LeakError):
        desk.write(table / "out.csv", exact)
    assert not (table / "out.csv").exists()


def test_every_form_reads_the_same(table):
    """CSV, gzip and Parquet with numbers instead of text give the same distinct rows."""
    frame = pl.read_csv(table / "rows.csv")
    frame.write_parquet(table / "rows.parquet")
    (table / "rows.csv.gz").write_bytes(gzip.compress((table / "rows.csv").read_bytes(), mtime=0))
    columns = ["place", "age", "home"]
    plain = distinct_rows(table / "rows.csv", columns)
    assert sum(plain.counts) == 200
    assert distinct_rows(table / "rows.parquet", columns) == plain
    assert distinct_rows(table / "rows.csv.gz", columns) == plain


def test_the_report_in_both_languages(table, capsys):
    """The verdict stands first, in the language asked for."""
    for language, first in (("en", "✕ Not safe to publish as it stands"), ("ko", "✕ 그대로 공개하면 안 됩니다")):
        assert call(table, "--language", language, "--fraction", "0.5") == 3
        assert capsys.readouterr().out.startswith(first)


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        (("note", "unknown"), 7, "no role"),
        (("role: household", "role: household, order: [a]"), 7, "only a sensitive has order"),
        (("highest: 99", "highest: 40"), 12, "hierarchy"),
        (("Musan: [north", "Busan: [north"), 12, "place"),
        (("widths: [10, 50]", "widths: [10, 15]"), 12, "splits"),
        (("role: ignored", "role: identifier"), 7, "can stand here"),
    ],
)
def test_roles_that_do_not_fit(table, capsys, change, status, says):
    """A wrong roles file is an error that names the place, and no value of the table."""
    path = table / "roles.yaml"
    old, new = change
    roles = ROLES.replace(f"name: {old}", f"name: {new}") if old == "note" else ROLES.replace(old, new)
    path.write_text(roles, encoding="utf-8")
    assert call(table) == status
    said = capsys.readouterr().err
    assert says in said
    assert not any(value in said for value in ("Musan", "secret", "h1"))


@pytest.mark.parametrize("more", [["--k", "1"], ["--suppress", "1"], ["--suppress", "nan"], ["--fraction", "0"]])
def test_numbers_that_decide_nothing(table, more):
    """A k of 1, everything suppressed, or a sample of nothing are usage errors."""
    assert call(table, *more) == 2


@pytest.mark.parametrize(
    ("name", "content"), [("rows.txt", b"a,b\n1,2\n"), ("bad.csv", b"place,age\nMusan,30,surplus\n"),
                          ("bad.parquet", b"PAR1 nothing"), ("latin.csv", b"place,age\nM\xfcsan,30\n"),
                          ("gone.csv", None), ("twice.csv", b"place,place\nMusan,Musan\n")],
)  # fmt: skip
def test_tables_that_cannot_be_read(table, name, content):
    """A file of another form, damaged, not UTF-8 or absent is an error without its content."""
    if content is not None:
        (table / name).write_bytes(content)
    with pytest.raises(TableError) as refused:
        distinct_rows(table / name, ["place", "age"])
    assert "Musan" not in str(refused.value)
    assert "surplus" not in str(refused.value)


def test_inputs_are_not_overwritten(table):
    """The output may be neither input, nor a file that exists unless that is asked for."""
    assert call(table, "--k", "2", "-o", str(table / "rows.csv"), "--force") == 11
    (table / "out.csv").write_text("mine", encoding="utf-8")
    assert call(table, "--k", "2", "-o", str(table / "out.csv")) == 11
    assert (table / "out.csv").read_text(encoding="utf-8") == "mine"
    assert call(table, "--k", "2", "-o", str(table / "out.csv"), "--force") == 0


DEMANDS = {
    "distinct: 2": lambda counts: len(counts) >= 2,
    "distinct: 2, entropy: 2.9": lambda counts: entropy_of(counts) >= 2.9,
    "distinct: 3, recursive: {c: 0.9, l: 2}": lambda counts: max(counts) < 0.9 * (sum(counts) - max(counts)),
    "distinct: 2, recursive: {c: 1.3, l: 3}": lambda counts: max(counts) < 1.3 * sum(sorted(counts)[:-2]),
}


def entropy_of(counts):
    """As how many equally frequent values these are spread."""
    shares = [n / sum(counts) for n in counts]
    return np.prod([s**-s for s in shares])


@pytest.mark.parametrize("demand", DEMANDS)
def test_the_written_table_holds_what_was_asked_of_sensitive_values(table, capsys, demand):
    """Each group's acts, counted from the file, are as many and as evenly spread as the roles ask."""
    (table / "roles.yaml").write_text(ROLES.replace("distinct: 2", demand), encoding="utf-8")
    assert call(table, "--k", "3", "--suppress", "0.3", "-o", str(table / "out.csv"), "--json") == 0
    said = json.loads(capsys.readouterr().out)["answer"]
    groups = defaultdict(Counter)
    with (table / "out.csv").open(encoding="utf-8", newline="") as file:
        for *quasi, act in list(csv.reader(file))[1:]:
            groups[tuple(quasi)][act] += 1
    assert len(groups) == said["classes"] >= 1
    assert all(DEMANDS[demand](list(acts.values())) for acts in groups.values())
    (asked,) = said["demands"]
    assert asked["column"] == "act"
    assert (asked["entropy"] is not None) == ("entropy" in demand)
    assert (asked["recursive"] is not None) == ("recursive" in demand)


def test_a_demand_on_evenness_costs_and_is_in_the_report(table, capsys):
    """What is met with two values is not enough where they must be even, so more is lost; both languages say why."""
    losses = []
    for demand in ("distinct: 2", "distinct: 2, entropy: 2.9", "distinct: 2, recursive: {c: 0.7, l: 2}"):
        (table / "roles.yaml").write_text(ROLES.replace("distinct: 2", demand), encoding="utf-8")
        plan, _ = DatasetDesk(table / "rows.csv", table / "roles.yaml", k=2).plan()
        losses.append(plan.loss)
    assert losses[0] < min(losses[1:])
    (table / "roles.yaml").write_text(
        ROLES.replace("distinct: 2", "distinct: 2, entropy: 2.5, recursive: {c: 3, l: 2}"), encoding="utf-8"
    )
    for language, words in (("en", ("as evenly as 2.5", "3 times number 2")), ("ko", ("2.5개만큼", "합한 것의 3배"))):
        call(table, "--language", language)
        said = " ".join(capsys.readouterr().out.split())
        assert all(w in said for w in words)


def test_more_than_the_values_there_are_cannot_be_asked_for(table, capsys):
    """As evenly as four values where there are three: nothing safe is there, nothing is written."""
    (table / "roles.yaml").write_text(ROLES.replace("distinct: 2", "entropy: 4"), encoding="utf-8")
    assert call(table, "-o", str(table / "out.csv")) == 3
    assert not (table / "out.csv").exists()
    assert "raid" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("distinct: 2", "entropy: 1"), "out of bounds"),
        (("distinct: 2", "recursive: {c: 0, l: 2}"), "out of bounds"),
        (("distinct: 2", "recursive: {c: 3, l: 1}"), "out of bounds"),
        (("distinct: 2", "recursive: {c: 3}"), "the key l is missing"),
        (("{name: sex, role: quasi-identifier}", "{name: sex, role: quasi-identifier, entropy: 2}"), "has entropy"),
        (("{name: home, role: household}", "{name: home, role: household, recursive: {c: 1, l: 2}}"), "has recursive"),
    ],
)
def test_demands_that_say_nothing_are_refused(table, capsys, change, says):
    """A bound that always holds, a half one, and one on a column that is not sensitive."""
    (table / "roles.yaml").write_text(ROLES.replace(*change), encoding="utf-8")
    assert call(table) == 7
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("demand", ["entropy: 2.9", "recursive: {c: 0.7, l: 2}"])
def test_a_table_too_uneven_is_caught_before_it_is_written(table, demand):
    """What is about to be written is counted anew from its words: a wrong plan is noticed there."""
    loose = DatasetDesk(table / "rows.csv", table / "roles.yaml", k=2)
    _, best = loose.plan()
    (table / "strict.yaml").write_text(ROLES.replace("distinct: 2", f"distinct: 2, {demand}"), encoding="utf-8")
    strict = DatasetDesk(table / "rows.csv", table / "strict.yaml", k=2)
    strict.models = loose.models
    with pytest.raises(LeakError):
        strict.write(table / "out.csv", best)
    assert not (table / "out.csv").exists()
