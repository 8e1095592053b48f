"""Whether acts changed after a month, from a record: what is counted, what is left out, and that most is not known."""

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from datetime import date

import jsonschema
import pytest
from estimate_case import told_monthly
from rich.cells import cell_len
from vault_scene import CASE, HANA, SORI, empty_place, make_scene, phrase_of

from bearwitness.cli.main import main
from bearwitness.cli.vault.schema import schema_text
from bearwitness.services.estimate_reports import ReportWindow, read_reports
from bearwitness.vault import passphrase as stretching
from bearwitness.vault.passphrase import Cost

WINDOW = ReportWindow(first=date(2019, 2, 1), as_of=date(2022, 4, 30), longest=24)


@pytest.fixture
def scene(tmp_path, monkeypatch):
    """A vault with forty months of acts."""
    monkeypatch.setattr(stretching, "USUAL_COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BEARWITNESS_VAULT", str(tmp_path / "vault"))
    monkeypatch.chdir(tmp_path)
    members = ((SORI, ("identity", "content")),)
    return make_scene(empty_place("sqlcipher", tmp_path), members=members, case=told_monthly())


def call(scene, name, *words):
    reading, writing = os.pipe()
    os.write(writing, phrase_of(name).encode())
    os.close(writing)
    printed, errors = io.StringIO(), io.StringIO()
    where = ("--member", scene.ids[name], "--passphrase-fd", str(reading))
    try:
        with redirect_stdout(printed), redirect_stderr(errors):
            status = main(["estimate", "change", "--case", CASE, *words, *where])
    finally:
        os.close(reading)
    return status, printed.getvalue(), errors.getvalue()


def test_an_act_counts_in_the_channel_and_month_of_its_first_account(scene):
    """Without a day, before the window, or later than the longest delay it is left out, and counted as left out."""
    with scene.as_(HANA) as vault:
        found = read_reports(vault, CASE, window=WINDOW, seed=1, action="estimate.change")
    for triangles in found.imputations:
        assert set(triangles) <= {"border-desk", "busan-desk"}
        first = triangles["border-desk"]
        assert first.periods[0] == "2019-02"
        assert first.periods[-1] == "2022-04"
        at = first.periods.index("2020-03")
        assert first.counts[at].sum() + triangles.get("busan-desk", first).counts[at].sum() >= 1
        # Told on the second of the next month by the one desk, which is sooner.
        assert first.counts[at, 1] >= 1
    # Where it is drawn to be the same as another act it has that one's day.
    assert found.undated[1] == 1
    assert found.late[1] == 1
    assert found.before[0] >= 1
    assert found.counted[0] >= 30


def test_uncertain_days_are_drawn_anew_and_the_same_seed_draws_the_same(scene):
    """An act known to the year only is in another month in another draw."""
    with scene.as_(HANA) as vault:
        one, again = (read_reports(vault, CASE, window=WINDOW, seed=7, action="estimate.change") for _ in range(2))
    assert len(one.imputations) == 20
    rows = [tuple(sum(t.counts.sum(axis=1) for t in each.values())) for each in one.imputations]
    assert len(set(rows)) > 3
    assert rows == [tuple(sum(t.counts.sum(axis=1) for t in each.values())) for each in again.imputations]


def test_few_months_after_the_date_are_not_enough(scene, tmp_path):
    """Not identified, status 27, no ratio; why and what would change it; a page, a document, eighty columns."""
    words = ("--month", "2022-02", "--since", "2019-02", "--as-of", "2022-04-30")
    status, out, errors = call(scene, HANA, *words, "--json", "--html", "out.html")
    assert (status, errors) == (27, "")
    document = json.loads(out)
    jsonschema.validate(document, json.loads(schema_text()))
    answer = document["answer"]
    assert answer["verdict"] == "not identified"
    assert [answer[name] for name in ("ratio", "if_lost", "delay_step")] == [None] * 3
    assert [m["month"] for m in answer["months"]][-1] == "2022-04"
    text = call(scene, HANA, *words)[1]
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "✕ Not identified" in text
    assert "months after the date that are over: 3 (at least 6)" in text
    assert "알 수 없습니다" in call(scene, HANA, *words, "--language", "ko")[1]
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Not identified" in page
    assert "<script" not in page
    assert not [word for word in ("witness-", "현가람", "국영채") if word in out + text + page]


def test_a_member_without_the_chains_is_refused(scene):
    """The usual refusal."""
    assert call(scene, SORI, "--month", "2022-02")[0] == 14


@pytest.mark.parametrize("words", [
    ("--month", "2022"), ("--month", "2022-02", "--since", "2022-03"), ("--month", "2022-02", "--as-of", "soon"),
    ("--month", "2022-02", "--as-of", "2021-01-01"), ("--month", "2022-02", "--longest", "0"), (),
])  # fmt: skip
def test_words_that_do_not_fit_are_refused(scene, words):
    """A usage error, and nothing printed."""
    status, out, errors = call(scene, HANA, *words)
    assert (status, out) == (2, "")
    assert errors.count("\n") == 1
