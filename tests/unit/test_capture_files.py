"""The file of capture tables: YAML or JSON, Hangul labels, errors that name file and line, never content."""

import json

import pytest

from bearwitness.errors import EstimationError
from bearwitness.model.codec.capture_tables import CAPTURES_FILE, load_captures

GOOD = """\
bearwitness: 1
strata:
  - id: 구금-2021
    lists: [border-desk, 인권기록팀, EXH]
    cells: {"100": 40, "010": 30, 001: 20, "111": 2}
"""


def test_a_file_is_read_and_written_back():
    """Patterns keep their zeros whether or not they stand in quotes; JSON is read too."""
    found = load_captures(GOOD, name="f")
    (stratum,) = found.strata
    assert (stratum.id, stratum.lists) == ("구금-2021", ("border-desk", "인권기록팀", "EXH"))
    assert dict(stratum.cells) == {"100": 40, "010": 30, "001": 20, "111": 2}
    assert load_captures(CAPTURES_FILE.dump(found), name="f") == found
    plain = {"bearwitness": 1, "strata": [{"id": stratum.id, "lists": list(stratum.lists), "cells": {"100": 40}}]}
    assert load_captures(json.dumps(plain), name="f").strata[0].cells == (("100", 40),)


@pytest.mark.parametrize(("text", "words"), [
    ("bearwitness: 1\n", "f:1:1: the key strata is missing"),
    ("bearwitness: 1\nstrata: []\n", "f:2:9: the list is empty"),
    ("bearwitness: 1\nreleases: []\n", "this is a ledger file"),
    (GOOD.replace("40", "many"), "f:5:20: a number belongs here"),
    (GOOD + GOOD.partition("strata:\n")[2], "the id 구금-2021 stands twice"),
    (GOOD.replace("구금-2021", "what was told"), "f:3:9"),
    (GOOD + "    told: x\n", "there is no such key in this stratum"),
])  # fmt: skip
def test_what_is_wrong_is_named_by_its_place(text, words):
    """A wrong file is an error with its place and status 26."""
    with pytest.raises(EstimationError) as caught:
        load_captures(text, name="f")
    assert words in str(caught.value)
    assert "what was told" not in str(caught.value)
