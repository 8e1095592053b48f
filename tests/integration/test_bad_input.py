"""Whatever is wrong with a file: one clear line, its own exit status, nothing written, no content told."""

import shutil
import subprocess
import sys

import pytest

from bearwitness.cli.main import main
from bearwitness.data.load import worked_case_path

CANARY = "kanarienvogel"


@pytest.fixture
def files(tmp_path):
    """A copy of the worked case to spoil."""
    for name in ("case.yaml", "ledger.yaml", "policy.yaml", "decisions.yaml", "draft.en.txt"):
        shutil.copy(worked_case_path(name), tmp_path / name)
    return tmp_path


def run(files, capsys, command="assess"):
    """The exit status and what was printed on either stream."""
    output = ["-o", str(files / "out.txt")] if command == "rewrite" else ["--html", str(files / "out.html")]
    status = main([
        command, str(files / "draft.en.txt"), "--case", str(files / "case.yaml"),
        "--ledger", str(files / "ledger.yaml"), "--policy", str(files / "policy.yaml"),
        "--decisions", str(files / "decisions.yaml"), *output,
    ])  # fmt: skip
    return status, capsys.readouterr()


SPOILED = [
    ("draft.en.txt", b"\xbe\xc8\xb3\xe7 " + CANARY.encode(), 4),
    ("draft.en.txt", b"%PDF-1.7\n" + b"\x00\x01" * 50, 4),
    ("draft.en.txt", b"", 4),
    ("draft.en.txt", b" \n\t\n", 4),
    ("case.yaml", b"bearwitness: 1\ncase: x\nperson: []\n", 5),
    ("case.yaml", f"bearwitness: 1\ncase: x\npersons:\n  - {{id: a, names: [{{text: {CANARY}}}]}}\n".encode(), 5),
    ("case.yaml", b"bearwitness: 1\ncase: [unclosed\n", 5),
    ("case.yaml", b"\xff\xfe\x00\x00\x00", 5),
    ("ledger.yaml", b"bearwitness: 2\nledger: x\nreleases: []\n", 6),
    ("ledger.yaml", f"bearwitness: 1\nledger: x\nreleases: {CANARY}\n".encode(), 6),
    ("policy.yaml", f"bearwitness: 1\nthreshold: {CANARY}\n".encode(), 7),
    ("policy.yaml", b"bearwitness: 1\nadversaries: [nobody]\n", 7),
    ("decisions.yaml", f"bearwitness: 1\ndecisions:\n  - {{form: {CANARY}, kind: perhaps}}\n".encode(), 8),
    ("decisions.yaml", b"", 8),
]


@pytest.mark.parametrize("command", ["assess", "rewrite"])
@pytest.mark.parametrize(("name", "content", "status"), SPOILED)
def test_one_line_its_own_status_nothing_written(files, capsys, command, name, content, status):
    """Every kind of spoiled file, for both commands."""
    (files / name).write_bytes(content)
    found, printed = run(files, capsys, command)
    assert found == status
    assert printed.out == ""
    lines = printed.err.strip().splitlines()
    assert len(lines) == 1
    assert CANARY not in printed.err
    assert not (files / "out.txt").exists()
    assert not (files / "out.html").exists()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("birth: 1986", "birth: 1986-02-30", "case.yaml:"),
        ("home: 무산군", "home: Unsan", "case.yaml:"),
        ("household: h-lee\n    names", "household: h-nobody\n    names", "case.yaml:"),
        ("{teller: lee-sister, hearer: lee,", "{teller: lee, hearer: lee-sister,", "case.yaml:"),
        ("kind: threat", "kind: thret", "case.yaml:"),
        ("departure: 2018", "departur: 2018", "case.yaml:"),
    ],
)
def test_what_contradicts_itself_is_refused_by_place(files, capsys, old, new, where):
    """An impossible date, an ambiguous place, a person in no household, a broken chain, unknown codes and keys."""
    text = (files / "case.yaml").read_text(encoding="utf-8")
    if "hearer: lee," in old:
        text = text.replace(
            "- {teller: lee-sister, hearer: lee, medium: phone, date: 2024-02-11, contactable: true}",
            "- {teller: lee-sister, hearer: lee, medium: phone, date: 2024-02-11, contactable: true}\n"
            "      - {teller: lee, hearer: lee-sister, medium: phone, date: 2024-02-11, contactable: true}",
        )
    else:
        assert old in text
        text = text.replace(old, new, 1)
    (files / "case.yaml").write_text(text, encoding="utf-8")
    status, printed = run(files, capsys)
    assert status == 5
    assert where in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_a_draft_of_fifty_megabytes_is_refused_before_it_is_read(files, capsys):
    """A size limit, not a crash."""
    with (files / "draft.en.txt").open("wb") as file:
        file.truncate(50 * 2**20)
    status, printed = run(files, capsys)
    assert status == 4
    assert len(printed.err.strip().splitlines()) == 1


def test_rewrite_never_overwrites_its_input(files, capsys):
    """Not by the same name, not by a link, not with --force."""
    draft = files / "draft.en.txt"
    before = draft.read_bytes()
    link = files / "link.txt"
    link.symlink_to(draft)
    for target in (draft, link, files / "." / "draft.en.txt"):
        status = main([
            "rewrite", str(draft), "--case", str(files / "case.yaml"), "--policy", str(files / "policy.yaml"),
            "-o", str(target), "--force",
        ])  # fmt: skip
        assert status == 11
        assert draft.read_bytes() == before
    assert "Traceback" not in capsys.readouterr().err


def test_a_claim_that_fits_no_household_is_an_error(files, capsys):
    """A year of leaving that no frame has is never safety."""
    text = (files / "draft.en.txt").read_text(encoding="utf-8").replace("left in 2019", "left in 1905")
    (files / "draft.en.txt").write_text(text, encoding="utf-8")
    status, printed = run(files, capsys)
    assert status == 9
    assert "fits claim c" in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_usage_errors_are_told_without_repeating_arguments(capsys):
    """Arguments may be content: they are not echoed."""
    assert main(["assess", "--case"]) == 2
    assert main(["assess", "draft", f"--{CANARY}"]) == 2
    assert main([CANARY]) == 2
    printed = capsys.readouterr()
    assert CANARY not in printed.err
    assert "--help" in printed.err


def test_a_ledger_without_a_case_is_refused_not_ignored(files, capsys):
    """Nothing says whose households an earlier release is about: joining silently with nobody would look safe."""
    status = main(["assess", str(files / "draft.en.txt"), "--ledger", str(files / "ledger.yaml")])
    assert status == 2
    assert "--help" not in capsys.readouterr().err


def test_the_status_tells_the_verdict_even_where_nobody_reads_the_report(files):
    """``bearwitness assess ... | head -1`` ends with status 3 for an unsafe draft, without a word on stderr."""
    command = [sys.executable, "-m", "bearwitness", "assess", str(files / "draft.en.txt"), "--case",
               str(files / "case.yaml"), "--policy", str(files / "policy.yaml")]  # fmt: skip
    for more in ([], ["--json"]):
        with subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 3
