"""``review chains`` draws who told whom, for those only who hold the chain compartment."""

import io
import json
import os
import stat
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from vault_scene import CASE, HANA, SORI, empty_place, make_scene, phrase_of

from bearwitness.cli.main import main
from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.errors import AccessDenied, OutputError, UsageError
from bearwitness.model.codec import load_case
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.passphrase import Cost

RURI, DORI = "Ruri", "Dori"
MEMBERS = ((RURI, ("identity", "chain", "content")), (SORI, ("content",)), (DORI, ("identity", "content")))
SVG = "{http://www.w3.org/2000/svg}"
PICTURE = """\
the act: ahn-raid, heard-raid, seen-raid
│  ahn-mother 국영채
│  ┊  carrier 손미랑
│  ┊  ┊                      the record
├━▶●━▶●━▶ ahn 안도솔 ━━━━━━━▶│ ✓ t-ahn
│  ┊  ┊                      │
├─▶●─▶●─▶ cousin 안새봄 ────▶│   t-cousin
│                            │
└━━━━━━━▶ neighbour 현가람 ━▶│ ✓ t-neighbour
Independent sources: at the least 2, at the most 2.
"""


@pytest.fixture
def scene(tmp_path, monkeypatch):
    """The three accounts of one raid, found to be of one act by two reviewers."""
    monkeypatch.setattr(stretching, "USUAL_COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BEARWITNESS_VAULT", str(tmp_path / "vault"))
    monkeypatch.chdir(tmp_path)
    text = worked_case_path("accounts.yaml").read_text(encoding="utf-8")
    case = load_case(text, name="accounts.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())
    made = make_scene(empty_place("sqlcipher", tmp_path), members=MEMBERS, case=case)
    for name in (HANA, RURI):
        for other in ("seen-raid", "heard-raid"):
            call(made, name, "review", "decide", CASE, "ahn-raid", other, "same", "--reason", "the day and the street")
    return made


def call(scene, name, *words):
    """A command as a member runs it: its status and everything that it printed."""
    reading, writing = os.pipe()
    os.write(writing, phrase_of(name).encode())
    os.close(writing)
    printed, errors = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(errors):
            status = main([*words, "--member", scene.ids[name], "--passphrase-fd", str(reading)])
    finally:
        os.close(reading)
    return status, printed.getvalue(), errors.getvalue()


def chains(scene, name, *words):
    return call(scene, name, "review", "chains", CASE, *words)


def test_the_broker_is_seen_at_a_glance(scene):
    """The picture comes first, every way in full below it; in JSON there is none, but what it marks."""
    status, out, errors = chains(scene, HANA, "--act", "seen-raid")
    assert (status, errors) == (0, "")
    assert out.startswith(PICTURE)
    assert max(cell_len(line) for line in out[: out.index("\n\n")].splitlines()) <= 80
    document = json.loads(chains(scene, HANA, "--act", "seen-raid", "--json")[1])
    assert {w["testimony"]: w["counts"] for w in document["answer"][0]["ways"]} == {
        "t-ahn": True, "t-neighbour": True, "t-cousin": False}


def test_every_act_of_the_case_has_its_picture(scene):
    """Without an act named, all of them, in the order of the case."""
    out = chains(scene, RURI)[1]
    heads = [line for line in out.splitlines() if line.startswith("the act: ")]
    assert heads[0] == "the act: ahn-raid, heard-raid, seen-raid"
    assert sorted(", ".join(heads).replace("the act: ", "").split(", ")) == [
        "ahn-detention", "ahn-raid", "ahn-second-raid", "heard-detention", "heard-raid", "park-raid", "seen-raid"]


def test_the_picture_as_a_file_that_only_its_owner_can_read(scene):
    """The same bytes each time; not over a file that is there, unless told to; in Korean where asked for."""
    out = Path("raid.svg")
    status, printed, errors = chains(scene, HANA, "--act", "ahn-raid", "--output", "raid.svg")
    assert (status, errors) == (0, "")
    assert "Written to raid.svg, in clear." in printed
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    first = out.read_bytes()
    said = ["".join(t.itertext()) for t in ElementTree.fromstring(first).iter(f"{SVG}text")]
    assert [said.count(name) for name in ("carrier 손미랑", "t-neighbour ✓", "t-cousin", "the record")] == [1] * 4
    assert chains(scene, HANA, "--act", "ahn-raid", "-o", "raid.svg")[0] == OutputError.status
    assert out.read_bytes() == first
    assert chains(scene, RURI, "--act", "seen-raid", "-o", "raid.svg", "--force")[0] == 0
    assert out.read_bytes() == first
    _, printed, _ = chains(scene, HANA, "--act", "ahn-raid", "-o", "raid.svg", "--force", "--language", "ko")
    assert "서로 독립된 출처: 적어도 2, 많아야 2." in printed
    assert "기록" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [SORI, DORI])
@pytest.mark.parametrize("act", ["ahn-raid", "no-such-act"])
def test_without_the_compartment_there_is_no_picture_and_no_file(scene, name, act):
    """Refused in the same words whether or not there is such an act; nothing of a chain is printed, nothing written."""
    status, out, errors = chains(scene, name, "--act", act, "-o", "raid.svg")
    assert (status, out) == (AccessDenied.status, "")
    assert errors == chains(scene, name)[2]
    assert not Path("raid.svg").exists()
    assert list(Path().glob(".bearwitness-*")) == []


@pytest.mark.parametrize("words", [("-o", "raid.svg"), ("--act", "ahn-raid", "-o", "raid.png")])
def test_a_file_is_of_one_act_and_an_svg(scene, words):
    """Anything else is refused before the vault is opened."""
    status, out, errors = chains(scene, HANA, *words)
    assert (status, out) == (UsageError.status, "")
    assert "--act" in errors
    assert not Path("raid.svg").exists()
    assert not Path("raid.png").exists()
