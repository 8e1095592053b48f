"""The estimate as people call it: from a record with a broker, from a file, refused or given, nothing of any chain."""

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout

import jsonschema
import pytest
from estimate_case import BROKER, BROKER_NAME, DAY, DESKS, MEDIUM, told_to_desks
from rich.cells import cell_len
from vault_scene import CASE, HANA, MIN, SORI, empty_place, make_scene, phrase_of

from bearwitness.cli.main import main
from bearwitness.cli.vault.schema import schema_text
from bearwitness.services.audit import show_trail
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.passphrase import Cost

SCHEMA = json.loads(schema_text())
MEMBERS = ((MIN, ("identity", "chain", "content")), (SORI, ("identity", "content")))
LISTS = ["border-desk", "busan-desk+seoul-desk", "인권기록팀"]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Commands are run in an empty folder, and a guess at a passphrase costs nothing."""
    monkeypatch.setattr(stretching, "USUAL_COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BEARWITNESS_VAULT", str(tmp_path / "vault"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    printed, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(errors):
        status = main(["estimate", "acts", "--processes", "1", *words])
    return status, printed.getvalue(), errors.getvalue()


def call(scene, name, *words):
    """The command as a member runs it."""
    reading, writing = os.pipe()
    os.write(writing, phrase_of(name).encode())
    os.close(writing)
    try:
        return run("--case", CASE, *words, "--member", scene.ids[name], "--passphrase-fd", str(reading))
    finally:
        os.close(reading)


def scene_of(place, case):
    return make_scene(empty_place("sqlcipher", place), members=MEMBERS, case=case)


def captures(place, *strata):
    """A file of capture tables."""
    plain = {"bearwitness": 1, "strata": [{"id": i, "lists": names, "cells": cells} for i, names, cells in strata]}
    (place / "own.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    return "own.json"


def test_from_the_record_to_the_report(place):
    """Two desks that a broker feeds are one list; what came by unknown ways is counted; no word of chains is told."""
    scene = scene_of(place, told_to_desks(acts=40, unknown=3, without=2))
    status, out, errors = call(scene, MIN, "--json", "--html", "out.html", "--cache", "kept")
    assert errors == ""
    document = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    answer = document["answer"]
    (stratum,) = answer["strata"]
    assert [x["name"] for x in stratum["lists"]] == LISTS
    assert status == (27 if stratum["given"] is None else 0)
    basis = answer["basis"]
    assert basis["merged"] == [{"one": "busan-desk", "other": "seoul-desk", "people": 1, "maybe": 0}]
    assert (basis["unknown_way"], basis["without_collector"], basis["clusterings"]) == (1, 1, 20)
    assert basis["off_lists"][0] <= 5 == basis["off_lists"][1]
    again, text, _ = call(scene, MIN, "--cache", "kept")
    assert again == status
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "busan-desk and seoul-desk are one list: 1 person passed on accounts to both." in text
    page = (place / "out.html").read_text(encoding="utf-8")
    ways = (BROKER, BROKER_NAME, MEDIUM, DAY, "stranger-3", "loner", "표길순", "witness-", "현가람", "t-unknown")
    assert not [word for word in ways if word in out + text + page]
    assert call(scene, MIN, "--json", "--cache", "kept")[1] == out


def test_a_member_without_the_chains_is_refused(place):
    """The usual refusal, which is in the trail; no file is written and nothing printed."""
    scene = scene_of(place, told_to_desks(acts=12))
    status, out, errors = call(scene, SORI, "--json", "--html", "out.html")
    assert (status, out) == (14, "")
    assert "the compartment chain of case" in errors
    assert not (place / "out.html").exists()
    with scene.as_(HANA) as vault:
        assert any(entry.action == "access" and entry.outcome == "refused" for entry in show_trail(vault))


def test_every_stratum_is_answered_for_and_acts_without_a_field_are_said(place):
    """Divided by kind and province in the order of their ids, each given or refused without any model's number."""
    scene = scene_of(place, told_to_desks(acts=40, nowhere=4))
    status, out, errors = call(scene, MIN, "--by", "province,kind", "--json")
    assert errors == ""
    answer = json.loads(out)["answer"]
    ids = [s["stratum"] for s in answer["strata"]]
    assert ids == sorted(ids)
    assert "raid/hambuk" in ids
    assert answer["basis"]["by"] == ["kind", "province"]
    assert answer["basis"]["drawn"][1] >= 1
    refused = [s for s in answer["strata"] if s["given"] is None]
    assert status == 27
    assert refused
    assert not [s for s in refused if s["models"]]


def test_a_desk_that_is_called_like_a_person_is_refused(place):
    """No person's name gets into a report as that of a desk; the account is named by its id."""
    scene = scene_of(place, told_to_desks(acts=12, desk=BROKER_NAME))
    status, out, errors = call(scene, MIN)
    assert (status, out) == (26, "")
    assert "testimony t-3" in errors
    assert BROKER_NAME not in errors


def test_two_lists_of_a_file_are_refused_in_words(place):
    """Status 27; the report says why and what would change it, in both languages, and names a Korean stratum."""
    file = captures(place, ("구금-2021", ["가", "나"], {"10": 20, "01": 30, "11": 9}))
    status, out, errors = run("--table", file)
    assert (status, errors) == (27, "")
    assert "✕ 구금-2021: no number may be given" in out
    assert "Why: 2 independent lists are too few" in out
    assert "수를 제시할 수 없습니다" in run("--table", file, "--language", "ko")[1]


def test_a_table_that_four_lists_know_well_is_given_a_number(place):
    """Status 0 where every stratum has a number; the same seed gives the same bytes, to a file as to the terminal."""
    file = captures(place, ("many-shared", ["a", "b", "c", "d"], {
        "1000": 128, "0100": 121, "0010": 125, "0001": 130, "1100": 119, "1010": 127, "1001": 124, "0110": 126,
        "0101": 122, "0011": 129, "1110": 123, "1101": 125, "1011": 121, "0111": 127, "1111": 124}))  # fmt: skip
    status, out, errors = run("--table", file, "--seed", "5")
    assert (status, errors) == (0, "")
    assert "✓ many-shared: about " in out
    assert run("--table", file, "--seed", "5", "-o", "report.txt", "--html", "a.html") == (0, "", "")
    assert (place / "report.txt").read_text(encoding="utf-8") == out
    run("--table", file, "--seed", "5", "-o", "report.json", "--json", "--html", "b.html")
    document = json.loads((place / "report.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, SCHEMA)
    given = document["answer"]["strata"][0]["given"]
    assert given["low"] < 2000 < given["high"]
    assert (place / "a.html").read_bytes() == (place / "b.html").read_bytes()


@pytest.mark.parametrize(("cells", "words"), [
    ({"100": -1, "010": 3}, "Stratum 북-1, pattern 100: the count is negative"),
    ({"100": 2.5}, "Stratum 북-1, pattern 100: the count is not a whole number"),
    ({"1000": 2}, "Stratum 북-1: a pattern does not fit the 3 lists"),
    ({"000": 2}, "Stratum 북-1: there are acts on no list"),
])  # fmt: skip
def test_a_wrong_cell_is_an_error_that_names_the_stratum(place, cells, words):
    """Status 26, the file and the stratum, and nothing on standard output."""
    status, out, errors = run("--table", captures(place, ("북-1", ["a", "b", "c"], cells)))
    assert (status, out) == (26, "")
    assert errors.startswith("bearwitness: own.json: ")
    assert words in errors


@pytest.mark.parametrize("words", [
    (), ("--table", "x", "--case", "y"), ("--table", "x", "--by", "kind"), ("--case", "x", "--by", "month"),
    ("--case", "x", "--by", "kind,kind"), ("--table", "x", "--level", "1"), ("--table", "x", "--seed", "-1"),
    ("--table", "x", "--cap", "0"), ("--table", "x", "-o", "-"),
])  # fmt: skip
def test_words_that_do_not_fit_are_refused_before_anything_is_done(words):
    """A usage error in one line."""
    status, out, errors = run(*words)
    assert (status, out) == (2, "")
    assert errors.count("\n") == 1


def test_a_file_that_is_none_is_named(place):
    """No such file, or another kind of file: status 26 and its name."""
    (place / "case.yaml").write_text("bearwitness: 1\ncase: c\n", encoding="utf-8")
    for name in ("missing.yaml", "case.yaml"):
        status, _, errors = run("--table", name)
        assert status == 26
        assert f"bearwitness: {name}" in errors


def test_the_desks_of_the_case_are_those_of_the_scene():
    """The invented case has the four desks that the tests speak of."""
    assert {t.collected_by for t in told_to_desks(acts=12).testimonies} == set(DESKS)
