"""The vault's commands as a user calls them: answers by the published schema, statuses, and nothing that leaks."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from bearwitness.cli.main import main
from bearwitness.cli.vault.answers import ANSWERS
from bearwitness.cli.vault.options import COMMANDS
from bearwitness.cli.vault.schema import schema_text
from bearwitness.data.load import worked_case_path
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.passphrase import Cost

MINE, THEIRS = "four odd words here", "other four odd words"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
SCHEMA = json.loads(schema_text())


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user with an empty home and a quick key derivation."""
    monkeypatch.setattr(stretching, "USUAL_COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BEARWITNESS_VAULT", str(tmp_path / "vault"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def call(capsys):
    """Calls a command with passphrases on a descriptor; its status and what it printed."""

    def run(*words, secrets=(MINE,)):
        reading, writing = os.pipe()
        os.write(writing, "\n".join(secrets).encode())
        os.close(writing)
        try:
            status = main([*map(str, words), "--passphrase-fd", str(reading)])
        finally:
            os.close(reading)
        return status, capsys.readouterr()

    return run


@pytest.fixture
def ask(call):
    """Calls a command with --json, checks the document against the schema, and gives the answer."""

    def run(*words, secrets=(MINE,), status=0):
        found, printed = call(*words, "--json", secrets=secrets)
        assert found == status, printed.err
        document = json.loads(printed.out)
        jsonschema.validate(document, SCHEMA)
        return document["answer"]

    return run


@pytest.fixture
def filled(ask):
    """A vault with the worked case in it."""
    made = ask("init", "--name", "Hana")
    ask("import", worked_case_path("case.yaml"))
    return made


def test_the_published_schema_is_that_of_the_program():
    """docs/reference/vault.schema.json is made from the types of the answers, of every command."""
    assert (DOCS / "vault.schema.json").read_text(encoding="utf-8") == schema_text()
    assert set(ANSWERS) == {command.words for command in COMMANDS}


@pytest.mark.usefixtures("filled")
def test_an_account_is_taken_coded_shown_found_and_withdrawn(ask, tmp_path):
    """The day of somebody who documents, in one member's hands."""
    (tmp_path / "words.txt").write_text("보위부 사람이 또 찾아와 전화기를 내놓으라고 했습니다.\n", encoding="utf-8")
    told = ask(
        "testimony", "add", "worked-case", "--text", "words.txt", "--teller", "bae", "--language", "ko",
        "--directness", "told_by_victim", "--told", "2024-03", "--hop", "bae-father>bae:phone",
    )  # fmt: skip
    act = ask("act", "add", "worked-case", "--kind", "threat", "--household", "h-bae", "--testimony", told["id"])
    assert ask("act", "code", "worked-case", act["id"], "--date", "2024-03~")["date"] == "2024-03~"
    assert [a["id"] for a in ask("act", "list", "worked-case")][-1] == act["id"]
    assert [f["id"] for f in ask("search", "전화기를")] == [told["id"]]
    shown = ask("testimony", "show", "worked-case", told["id"])
    assert shown["testimony"]["chain"] == [{"teller": "bae-father", "hearer": "bae", "medium": "phone"}]
    gone = ask("testimony", "withdraw", "worked-case", told["id"], "--yes")
    assert gone["destroyed"] == [told["id"]]
    assert ask("search", "전화기를") == []
    assert act["id"] not in {a["id"] for a in ask("act", "list", "worked-case")}


@pytest.mark.usefixtures("filled")
def test_files_are_taken_in_checked_and_given_out(ask, tmp_path):
    """What comes out is what went in, and its custody says what was done."""
    content = os.urandom(200_001)
    (tmp_path / "photo.jpg").write_bytes(content)
    taken = ask("attach", "add", "worked-case", "photo.jpg", "--testimony", "t-lee")
    ask("attach", "verify", "worked-case", taken["id"])
    out = ask("attach", "extract", "worked-case", taken["id"], "-o", "copy.jpg")
    assert (tmp_path / "copy.jpg").read_bytes() == content
    assert [c["what"] for c in out["custody"]] == ["taken", "checked", "extracted"]


@pytest.mark.usefixtures("filled")
def test_export_import_export_is_byte_identical(ask, tmp_path):
    """What leaves for our own use comes back as the same file, attachments too."""
    (tmp_path / "a.bin").write_bytes(b"evidence" * 999)
    ask("attach", "add", "worked-case", "a.bin")
    ask("export", "worked-case", "-o", "one.yaml", "--purpose", "documentation")
    ask("import", "one.yaml", "--name", "again")
    ask("export", "again", "-o", "two.yaml", "--purpose", "documentation")
    one, two = (tmp_path / name for name in ("one.yaml", "two.yaml"))
    assert one.read_bytes().replace(b"case: worked-case", b"case: again") == two.read_bytes()
    assert (tmp_path / "two.attachments" / "f-1").read_bytes() == b"evidence" * 999


def test_a_release_needs_two_others(ask, call, filled, tmp_path):
    """Draft, assess, two votes, publish; the drafter cannot vote, and the ledger has it after."""
    case = "worked-case"
    others = []
    for name in ("Min", "Sori"):
        other = ask("member", "add", name, secrets=(MINE, f"{THEIRS} {name}"))
        ask("case", "grant", case, other["id"], "identity", "chain", "content")
        others.append((other["id"], f"{THEIRS} {name}"))
    ask("release", "ledger", case, "--add", worked_case_path("ledger.yaml"))
    policy = worked_case_path("policy.yaml").read_text(encoding="utf-8").replace("published: 2024-03-01\n", "")
    (tmp_path / "policy.yaml").write_text(policy, encoding="utf-8")
    words = ("--policy", "policy.yaml", "--decisions", worked_case_path("decisions.yaml"))
    draft = worked_case_path("draft.en.txt")
    assert call("release", "draft", case, draft, *words)[0] == 0
    status, _ = call("rewrite", draft, "--in", case, *words, "-o", "safer.txt")
    assert status == 0
    made = ask("release", "draft", case, "safer.txt", *words)
    assert ask("release", "assess", case, made["id"])["state"] == "assessed"
    assert call("release", "vote", case, made["id"], "approve")[0] == 14
    assert call("release", "publish", case, made["id"], "--recipient", "a paper", "-o", "out.txt")[0] == 13
    for member, secret in others:
        voted = ask("release", "vote", case, made["id"], "approve", "--member", member, secrets=(secret,))
    assert voted["state"] == "approved"
    me = ("--member", filled["member"])
    done = ask("release", "publish", case, made["id"], "--recipient", "a paper", "-o", "out.txt", *me)
    assert done["state"] == "published"
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == (tmp_path / "safer.txt").read_text(encoding="utf-8")
    ledger = ask("release", "ledger", case, *me)["ledger"]
    assert [r["id"] for r in ledger["releases"]][-1] == made["id"]
    gone = ask("consent", "withdraw", case, "c-bae", "--yes", *me)
    assert [left["of"] for left in gone["left"]] == [made["id"]]
    assert ask("release", "withdraw", case, made["id"], "--reason", "asked to", *me)["state"] == "withdrawn"


@pytest.mark.usefixtures("filled")
def test_assessing_from_the_vault_says_what_assessing_from_files_says(call, capsys):
    """The same draft, record, ledger and policy give the same document."""
    call("release", "ledger", "worked-case", "--add", worked_case_path("ledger.yaml"))
    files = ("--policy", worked_case_path("policy.yaml"), "--decisions", worked_case_path("decisions.yaml"), "--json")
    draft = worked_case_path("draft.ko.txt")
    status, printed = call("assess", draft, "--in", "worked-case", *files)
    assert status == 3
    main([
        *map(str, ("assess", draft, "--case", worked_case_path("case.yaml"))),
        "--ledger", str(worked_case_path("ledger.yaml")), *map(str, files),
    ])  # fmt: skip
    assert json.loads(printed.out) == json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("filled")
def test_a_member_with_content_only_is_never_told_safe(ask, call, tmp_path):
    """Without names and chain nobody can say that nothing gives a family away; the report says so."""
    other = ask("member", "add", "Min", secrets=(MINE, THEIRS))
    ask("case", "grant", "worked-case", other["id"], "content")
    (tmp_path / "nothing.txt").write_text("Nothing is said of anybody here.\n", encoding="utf-8")
    whole, _ = call("assess", "nothing.txt", "--in", "worked-case")
    assert whole == 0
    status, printed = call(
        "assess", "nothing.txt", "--in", "worked-case", "--member", other["id"], "--json", secrets=(THEIRS,)
    )
    assert status == 3
    assert "partial_record" in json.loads(printed.out)["notes"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("case", "show", "nowhere"), 20), (("testimony", "show", "worked-case", "t-none"), 20),
        (("testimony", "withdraw", "worked-case", "t-lee"), 2), (("import", "missing.yaml"), 5),
        (("export", "worked-case", "-o", "x.yaml", "--purpose", "sharing"), 2),
        (("act", "add", "worked-case", "--kind", "raid", "--household", "h-none"), 5),
        (("act", "add", "worked-case", "--kind", "국영채", "--household", "h-ahn"), 2),
        (("attach", "add", "worked-case", "missing.jpg"), 15), (("audit", "verify", "--head", "x"), 2),
        (("recovery", "drill", "missing.txt"), 16), (("case", "grant", "worked-case", "m-none", "content"), 20),
    ],
)  # fmt: skip
def test_a_wrong_word_gets_a_status_and_a_hint_and_no_content(call, words, status):
    """Each mistake has the status of its class, one line, and repeats no name of the case."""
    found, printed = call(*words)
    assert found == status, printed.err
    assert printed.err.count("\n") == 1
    for name in ("안도솔", "국영채", "이서빈", "손미랑", "보위부"):
        assert name not in printed.err


@pytest.mark.usefixtures("filled")
def test_a_passphrase_is_never_an_argument_or_a_variable(call, monkeypatch):
    """A wrong one and an unknown member get the same answer; without a terminal or descriptor nothing is asked."""
    monkeypatch.setenv("BEARWITNESS_PASSPHRASE", MINE)
    wrong = call("case", "list", secrets=("not that one at all",))
    nobody = call("case", "list", "--member", "m-22222222")
    assert (wrong[0], wrong[1].err) == (nobody[0], nobody[1].err)
    assert wrong[0] == 18
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115
    assert main(["case", "list"]) == 2
