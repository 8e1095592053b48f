"""What a machine saw of a vault: kept apart from it, never set back, and compared before anything is shown."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import DamagedVault
from bearwitness.vault.heads import Seen, SeenFile, check_not_older, state_folder
from bearwitness.vault.rows import Head, TrailRow


class OneTrail:
    """A store that has a trail of some length and nothing else."""

    def __init__(self, length):
        self.length = length

    def trail(self, first=1):
        for n in range(first, self.length + 1):
            yield TrailRow(number=n, at="", before="", hash=f"hash {n}", sealed=b"", signature=b"")


def seen(number, member="m-1"):
    return Seen(head=Head(number=number, hash=f"hash {number}"), member=member)


def test_what_was_seen_is_remembered(tmp_path):
    """The head and who worked here, in a file of its own for each organisation that only its owner enters."""
    file = SeenFile(tmp_path / "state", "o-1")
    assert file.load() == Seen()
    file.remember(seen(3))
    assert SeenFile(tmp_path / "state", "o-1").load() == seen(3)
    assert SeenFile(tmp_path / "state", "o-2").load() == Seen()
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert len(list((tmp_path / "state").iterdir())) == 1


def test_a_copy_elsewhere_has_a_memory_of_its_own(tmp_path):
    """What was seen of a vault says nothing of a restored backup that lies in another place."""
    SeenFile(tmp_path, "o-1", "/one").remember(seen(3))
    assert SeenFile(tmp_path, "o-1", "/other").load() == Seen()
    assert SeenFile(tmp_path, "o-1", "/one").load() == seen(3)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_a_head_is_never_set_back(tmp_path_factory, numbers):
    """Whatever order several processes remember in, the latest one stays."""
    file = SeenFile(tmp_path_factory.mktemp("state"), "o-1")
    for number in numbers:
        file.remember(seen(number))
    assert file.load().head.number == max(numbers)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"number": "x", "hash": "h", "member": "m"}', "null"])
def test_a_damaged_note_is_as_if_nothing_was_seen(tmp_path, text):
    """It does not keep anybody out; it is written anew with the next step."""
    file = SeenFile(tmp_path, "o-1")
    file.remember(seen(9))
    next(tmp_path.iterdir()).write_text(text, encoding="utf-8")
    assert file.load() == Seen()
    file.remember(seen(2))
    assert file.load() == seen(2)


def test_a_machine_that_cannot_remember_works_on(tmp_path):
    """Where the note cannot be written, nothing else fails."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    file = SeenFile(tmp_path / "file", "o-1")
    file.remember(seen(2))
    assert file.load() == Seen()


@pytest.mark.parametrize("length", [4, 5, 100])
def test_a_trail_that_goes_on_is_no_older_one(length):
    """Others may have written since."""
    check_not_older(OneTrail(length), Head(number=4, hash="hash 4"))


@pytest.mark.parametrize(("length", "head", "what"), [
    (3, Head(number=4, hash="hash 4"), "older"), (0, Head(number=1, hash="hash 1"), "older"),
    (9, Head(number=4, hash="another"), "another")])  # fmt: skip
def test_an_older_or_other_trail_is_refused(length, head, what):
    """What was seen is missing, or something else stands there; the entry is named."""
    with pytest.raises(DamagedVault, match=f"is {what}.*entry {head.number}"):
        check_not_older(OneTrail(length), head)


def test_whoever_saw_nothing_has_nothing_to_compare():
    """On a new machine every trail passes, an empty one too."""
    check_not_older(OneTrail(0), Head())


def test_the_note_lies_where_programs_keep_their_state(monkeypatch, tmp_path):
    """XDG_STATE_HOME where it is set, else below the home."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_folder() == tmp_path / "bearwitness"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert state_folder() == Path.home() / ".local" / "state" / "bearwitness"
