"""The review commands as people call them: nothing of a chain without its key, nothing of a case without its seat."""

import io
import json
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import cache

import jsonschema
import pytest
from rich.cells import cell_len
from vault_scene import CASE, HANA, SORI, empty_place, make_scene, phrase_of, save

from bearwitness.cli import plain_output
from bearwitness.cli.main import main
from bearwitness.cli.vault.options import COMMANDS
from bearwitness.cli.vault.schema import schema_text
from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.model.codec import load_case as parse_case
from bearwitness.services.archive import load_case
from bearwitness.services.case_access import create_case, grant_case
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.passphrase import Cost

RURI, DORI = "Ruri", "Dori"
MEMBERS = ((RURI, ("identity", "chain", "content")), (SORI, ("content",)), (DORI, ("identity", "content")))
SCHEMA = json.loads(schema_text())
OTHER = "another street"
# Who is in the case only because they passed it on; how, when; and what these would be called.
CHAIN_PEOPLE = ("carrier", "second-carrier", "neighbour", "cousin")
NAMES = ("손미랑", "맹두리", "현가람", "안새봄", "국영채")
TOLD = ("in_person", "phone", "2024-02-04", "2024-02-05", "2024-02-10", "2024-09-15", "2024-09-20", "2024-02-21")
COUNTS = ("hop", "chain", "contactable", "first_hand", "one_present", "who was there", "겪거나")


@cache
def accounts():
    """Three accounts of one raid, a second raid on that household, and a raid on another family."""
    text = worked_case_path("accounts.yaml").read_text(encoding="utf-8")
    return parse_case(text, name="accounts.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


@pytest.fixture
def scene(tmp_path, monkeypatch):
    """A vault in which the commands of several members are run."""
    monkeypatch.setattr(stretching, "USUAL_COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BEARWITNESS_VAULT", str(tmp_path / "vault"))
    monkeypatch.chdir(tmp_path)
    return make_scene(empty_place("sqlcipher", tmp_path), members=MEMBERS, case=accounts())


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


def ask(scene, name, *words):
    """A command's answer as JSON, checked against the published schema."""
    status, printed, errors = call(scene, name, *words, "--json")
    assert status == 0, errors
    document = json.loads(printed)
    jsonschema.validate(document, SCHEMA)
    return document["answer"]


def rows_of(scene):
    """By kind and id, what members without identity call a record."""
    with scene.as_(HANA) as vault:
        records = load_case(vault, vault.open_case(CASE)).records
        return {key: f"{key[0]}-{stored.row[:12]}" for key, stored in records.items()}


def decide(scene, name, one, other, verdict="same"):
    return ask(scene, name, "review", "decide", CASE, one, other, verdict, "--reason", "the day and the street")


def test_from_the_queue_to_the_words_of_an_act(scene):
    """Next, decide, list, agreement, acts, count, chains and undo, by two members, as the schema says."""
    pair = ask(scene, HANA, "review", "next", CASE)
    assert set(pair) >= {"differences", "agreements", "timeline"}
    decided = decide(scene, HANA, "ahn-raid", "seen-raid")
    assert 0.5 < decided["probability"] <= 1
    assert decide(scene, RURI, "ahn-raid", "seen-raid")["stands"] == "same"
    assert len(ask(scene, HANA, "review", "list", CASE)) == 2
    assert ask(scene, HANA, "review", "agreement", CASE)[0]["pairs"] == 1
    counted = ask(scene, HANA, "review", "count", CASE)
    act = next(a for a in counted if a["acts"] == ["ahn-raid", "seen-raid"])
    assert (act["least"], act["level"], act["counted"]) == (2, "two_accounts", "now")
    assert ask(scene, RURI, "review", "acts", CASE) == counted
    ways = ask(scene, RURI, "review", "chains", CASE, "--act", "seen-raid")
    assert [w["people"] for w in ways[0]["ways"]] == [["ahn-mother 국영채", "carrier 손미랑", "ahn 안도솔"], [
        "neighbour 현가람"]]
    undone = ask(scene, HANA, "review", "undo", CASE, decided["id"], "--reason", "looked again")
    assert undone["verdict"] == "withdrawn"
    status, _, errors = call(scene, HANA, "review", "undo", CASE, decided["id"], "--reason", "again")
    assert status == 25
    assert decided["id"] in errors


def test_every_review_command_has_been_called_for_whoever_may_not_see_chains(scene):
    """Through all that a content-only member can print runs no person, name, medium, date or length of a chain."""
    rows = rows_of(scene)
    mine = {name: rows["act", name] for name in ("ahn-raid", "seen-raid", "heard-raid", "ahn-second-raid")}
    for name in (HANA, RURI):
        decide(scene, name, "ahn-raid", "heard-raid")
        decide(scene, name, "ahn-raid", "seen-raid")
    # A reason that speaks of a chain, of two who are known from chains only.
    ask(scene, HANA, "review", "decide", CASE, "carrier", "second-carrier", "different", "--reason",
        "손미랑 used the phone", "--layer", "person")
    ask(scene, HANA, "review", "count", CASE)
    calls = {
        "next": [()], "decide": [(mine["ahn-second-raid"], mine["seen-raid"], "different", "--reason", "the autumn")],
        "list": [()], "agreement": [(), ("--layer", "person")], "acts": [()], "count": [()],
        "chains": [(), ("--act", mine["ahn-raid"]), ("--act", "no-such-act")],
        "candidates": [(rows["testimony", "t-neighbour"],)], "undo": [("r-00000000", "--reason", "not mine")],
    }  # fmt: skip
    assert {f"review {step}" for step in calls} == {c.words for c in COMMANDS if c.words.startswith("review ")}
    told = [
        call(scene, SORI, "review", step, CASE, *words, *form)
        for step, all_words in calls.items() for words in all_words for form in ((), ("--json",))
    ]
    everything = "\n".join(out + err for _, out, err in told)
    for _ in range(30):
        out = call(scene, SORI, "review", "next", CASE, "--json")[1]
        pair = json.loads(out)["answer"]
        everything += out
        if pair is None:
            break
        call(scene, SORI, "review", "decide", CASE, pair["one"]["id"], pair["other"]["id"], "unsure", "--reason", "?")
    everything += "".join(call(scene, SORI, "audit", "show", "--last", "500", *form)[1] for form in ((), ("--json",)))
    ours = [*(rows["person", p] for p in CHAIN_PEOPLE), *NAMES, *TOLD]
    quoted = everything.replace("the compartment chain", "").replace("identity, chain", "").replace("review chains", "")
    assert not [word for word in ours if word in everything]
    assert not [word for word in (*CHAIN_PEOPLE, *COUNTS) if word in without_known(quoted)]
    two = next(a for a in ask(scene, SORI, "review", "acts", CASE) if len(a["acts"]) == 3)
    assert (two["least"], two["most"], two["level"]) == (2, 2, "two_accounts")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", two["counted"])


def without_known(text):
    """What is printed, without the words of the messages and actions themselves."""
    for known in ("review.chains", '"chain"', "chain,", "'chain'", "identity, chain, content"):
        text = text.replace(known, "")
    return text


def test_a_case_that_lacks_a_compartment_is_as_if_it_did_not_exist(scene):
    """Candidates for Dori are the same bytes before another case is there, while she holds a part, and differ after."""
    words = ("review", "candidates", CASE, "t-park", "--json")
    before = call(scene, DORI, *words)[1]
    with scene.as_(HANA) as vault:
        create_case(vault, OTHER)
        save(vault, OTHER, replace(accounts(), testimonies=accounts().testimonies[:1]))
    unknown = call(scene, DORI, *words)[1]
    with scene.as_(HANA) as vault:
        grant_case(vault, OTHER, scene.ids[DORI], ("content",))
    partly = call(scene, DORI, *words)[1]
    with scene.as_(HANA) as vault:
        grant_case(vault, OTHER, scene.ids[DORI], ("identity",))
    wholly = ask(scene, DORI, *words[:-1])
    assert before == unknown == partly
    assert (wholly[0]["case_name"], wholly[0]["other"]) == (OTHER, "park-raid")
    assert len({(c["case"], c["other"]) for c in wholly}) == len(wholly)


def test_what_is_printed_for_people_fits_eighty_columns_and_holds_korean(scene, monkeypatch):
    """Wide letters count twice, as a terminal shows them."""
    monkeypatch.setattr(plain_output, "WIDTH_OF_FILES", 80)
    for name in (HANA, RURI):
        decide(scene, name, "ahn-raid", "seen-raid")
    for words in (("next",), ("next", "--layer", "person"), ("acts",), ("chains",), ("list",), ("agreement",),
                  ("candidates", "t-neighbour")):  # fmt: skip
        status, out, errors = call(scene, HANA, "review", words[0], CASE, *words[1:])
        assert status == 0, errors
        assert max(cell_len(line) for line in out.splitlines()) <= 80, out
    assert "서로 독립된 두 증언에 따르면" in call(scene, HANA, "review", "acts", CASE)[1].replace("\n", " ")


def test_a_case_file_holds_no_decisions(scene):
    """What reviewers said stays in the vault when a case is given out."""
    decide(scene, HANA, "ahn-raid", "seen-raid")
    status, _, errors = call(scene, HANA, "export", CASE, "-o", "out.yaml", "--purpose", "documentation")
    assert status == 0, errors
    with open("out.yaml", encoding="utf-8") as file:
        out = file.read()
    assert "seen-raid" in out
    assert "the day and the street" not in out
