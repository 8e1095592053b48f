"""YAML as it is read and written here: as written, bounded, and with a position for every mistake."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.codec import yaml_reading
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.yaml_reading import Number, locate, read_plain
from bearwitness.model.codec.yaml_writing import write_yaml

# What can stand in a file: every character that YAML can print, without lone surrogates and control characters.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1).filter(
    lambda text: "\x85" not in text
)


@pytest.fixture(params=["c", "python"])
def parser(request, monkeypatch):
    """Both parsers: the one in C, and the one used where it is not built."""
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "c")
    return request.param


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: True", "True"),
        ("a: 2019-05-01", "2019-05-01"),
        ("a: 0123", "0123"),
        ("a: 1:20", "1:20"),
        ("a: 0x1F", "0x1F"),
        ("a: 1_000", "1_000"),
        ("a: .inf", ".inf"),
        ("a: 'null'", "null"),
        ("a: true", True),
        ("a: false", False),
        ("a: null", None),
        ("a: ~", None),
        ("a:", None),
        ("a: 안도솔", "안도솔"),
    ],
)
def test_a_scalar_is_what_is_written(text, value):
    """No date, no boolean and no number is seen in what only looks like one."""
    assert read_plain(text) == {"a": value}
    assert type(read_plain(text)["a"]) is type(value)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("written", ["0", "-3", "12.50", "1e-7", "2019"])
def test_a_number_keeps_its_text(written):
    """A plain number is known as one, and is still the text that was written."""
    value = read_plain(f"a: {written}")["a"]
    assert isinstance(value, Number)
    assert value == written


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: &x 1", 1, 4, "anchor"),
        ("a: *x", 1, 4, "anchor"),
        ("a: 1\nb: &x [*x]", 2, 4, "anchor"),
        ("a: !!str 1", 1, 4, "tag"),
        ("a: !!python/object/apply:os.system [x]", 1, 4, "tag"),
        ("a: 1\n\na: 2", 3, 1, "twice"),
        ("a: {b: 1, b: 2}", 1, 11, "twice"),
        ("? [a]\n: 1", 1, 3, "key"),
        ("a: 1\n---\nb: 1", 2, 1, "document"),
        ("a: " + "[" * 30 + "]" * 30, 1, 23, "deep"),
        ("a:\n\tb: 1", 2, 1, "tab"),
        ("a: b: c", 1, 5, "colon"),
        ("a: 'x\nb: 1", 1, 4, "quotation"),
        ("a: [x, y\nb: 1", 1, 4, "bracket"),
        ("a: x\n b: 1", 2, 3, "colon"),
        ("- a\nb: 1", 2, 1, "line"),
        ("a: @x", 1, 4, "quotes"),
        ("a: x\x07y", 1, 5, "control"),
        ("", 1, 1, "nothing"),
        ("# only a comment\n", 1, 1, "nothing"),
    ],
)
def test_what_is_refused_has_its_position(parser, text, line, column, word):
    """Everything outside the plain subset is refused where it stands."""
    with pytest.raises(FileFormatError) as caught:
        read_plain(text)
    assert word in caught.value.message
    assert caught.value.hint
    if not (parser == "python" and word in {"bracket", "colon"}):
        assert caught.value.mark == (line, column)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("opening", ["[", "{a: ", '{"a":', "- ", "? ", "a:\n "])
def test_deep_nesting_ends_at_once(opening):
    """A hundred thousand brackets are refused without exhausting the stack."""
    with pytest.raises(FileFormatError):
        read_plain(opening * 100_000)


@pytest.mark.usefixtures("parser")
def test_an_alias_bomb_is_refused_at_its_first_anchor():
    """Aliases that would grow to a billion values are never followed."""
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    with pytest.raises(FileFormatError) as caught:
        read_plain(bomb)
    assert caught.value.mark == (1, 4)


PLAIN = st.recursive(
    TEXT | st.booleans() | st.integers(-99, 99).map(lambda n: Number(n)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, TEXT, min_size=1, max_size=4))
def test_text_comes_back_as_it_was(values):
    """Whatever text is written is read back, in blocks, in quotes or bare."""
    assert read_plain(write_yaml(values)) == values


@given(st.dictionaries(st.sampled_from(["a", "b", "no", "1"]), PLAIN, min_size=1))
def test_written_values_come_back_and_are_written_the_same(values):
    """Nested values survive, and the text is canonical."""
    text = write_yaml(values)
    again = read_plain(text)
    assert again == values
    assert write_yaml(again) == text


@given(st.dictionaries(TEXT, TEXT, min_size=1, max_size=4))
def test_other_readers_see_the_same_text(values):
    """A usual YAML library takes no text we write for a date, a number or a boolean."""
    assert yaml.safe_load(write_yaml(values)) == values


@given(st.dictionaries(TEXT, st.lists(TEXT | st.booleans(), max_size=3), max_size=4))
def test_json_is_read_as_json(values):
    """The fast way for JSON gives what JSON means."""
    assert read_plain(json.dumps(values)) == values


def test_a_mistake_in_json_is_reported_with_its_position():
    """JSON with a mistake falls back to the reader that knows positions."""
    with pytest.raises(FileFormatError) as caught:
        read_plain('{"a": 1,\n "a": 2}')
    assert caught.value.mark == (2, 2)


def test_json_is_read_without_yaml(monkeypatch):
    """The fast way is taken for right JSON."""
    monkeypatch.setattr(yaml_reading, "_event_source", lambda _: pytest.fail("read as YAML"))
    assert read_plain('{"a": [1, "x", null, true]}') == {"a": ["1", "x", None, True]}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("path", "at_key", "mark"),
    [
        (("a",), False, (1, 4)),
        (("a",), True, (1, 1)),
        (("b", 1, "d"), False, (4, 9)),
        (("b", 1, "d"), True, (4, 5)),
        (("b", 1, "missing"), False, (4, 5)),
        (("e", "f", 0), False, (5, 9)),
        ((), False, (1, 1)),
    ],
)
def test_locate_finds_the_value_or_what_holds_it(path, at_key, mark):
    """A path leads to its line and column, or to the collection that lacks it."""
    text = "a: 1\nb:\n  - c: 1\n  - d:  [x]\ne: {f: [g]}\n"
    assert locate(text, path, at_key=at_key) == mark
