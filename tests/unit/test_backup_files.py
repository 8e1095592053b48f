"""An archive of a backup gives back exactly the lines that were put in, or is refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import DamagedVault
from bearwitness.vault.backup_files import DATA, KEYS, open_archive, read_book, write_archive
from bearwitness.vault.sealing import SecretKey

KEY = SecretKey(bytes(range(32)))
BOOK = b'{"bearwitness": "slots"}'
LINES = [{"table": "trail", "row": [n, "x" * 40_000]} for n in range(5)]


def archive(lines=LINES, what=KEYS, book=BOOK):
    """The bytes of an archive."""
    file = io.BytesIO()
    assert write_archive(file, KEY, what, lines, book=book) == len(lines)
    return file.getvalue()


def opened(content, what=KEYS, key=KEY):
    """The book and the lines of an archive."""
    file, lines = io.BytesIO(content), []
    book = read_book(file)
    assert open_archive(file, key, what, lines.append) == len(lines)
    return book, lines


VALUES = st.one_of(st.text(), st.integers(), st.lists(st.none()))


@given(st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=3)), st.binary(max_size=200))
def test_what_was_put_in_comes_out(lines, book):
    """Whatever the lines hold, line breaks and Korean words too."""
    assert opened(archive(lines, book=book)) == (book, lines)


@pytest.mark.parametrize("kept", [0, 10, 21, 29, 40, 60, 70_000, -1])
def test_one_that_was_cut_short_is_refused(kept):
    """Wherever it ends."""
    with pytest.raises(DamagedVault):
        opened(archive()[:kept])


@given(st.integers(min_value=21 + 8 + len(BOOK), max_value=len(archive()) - 1))
def test_one_changed_bit_is_refused(at):
    """Wherever it is behind the book."""
    content = bytearray(archive())
    content[at] ^= 1
    with pytest.raises(DamagedVault):
        opened(bytes(content))


def test_one_that_goes_on_is_refused():
    """Nothing stands behind the end."""
    with pytest.raises(DamagedVault):
        opened(archive() + b"x")


def test_the_other_sort_and_another_vault_are_refused():
    """Data never passes for keys, nor the archive of one vault for that of another."""
    with pytest.raises(DamagedVault):
        opened(archive(), what=DATA)
    with pytest.raises(DamagedVault):
        opened(archive(), key=SecretKey(bytes(32)))


def test_nothing_but_the_book_can_be_read():
    """The lines are sealed; the book is as it lies beside a vault."""
    content = archive([{"word": "안도솔", "table": "unit_key"}])
    assert BOOK in content
    assert b"unit_key" not in content
    assert b"word" not in content
