"""The shape of English sentences, and what is put right after something has gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.text.editing import apply_edits
from bearwitness.text.rewording_en_mend import cells_of, edits_of, is_whole, mend
from bearwitness.text.rewording_en_parse import read_shape


def heads(sentence):
    """What each unit hangs on, by their words."""
    shape = read_shape(sentence, 0, len(sentence))
    return {
        shape.words(i): (shape.words(u.head) if u.head >= 0 else "", u.role)
        for i, u in enumerate(shape.units) if u.kind in ("np", "verb", "prep")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "unit", "head"),
    [
        ("Tak, a former miner from Musan who fled in 2019, still speaks.", "fled", ("a former miner", "rel")),
        ("Tak, a former miner from Musan who fled in 2019, still speaks.", "speaks", ("", "main")),
        ("Tak, a former miner, said so.", "a former miner", ("tak", "appos")),
        ("She sends money and works as a broker.", "works", ("sends", "conj")),
        ("On 5 May an aunt told Tak that the police had raided the home.", "had raided", ("told", "comp")),
        ("Officers said they had seen the home.", "had seen", ("said", "comp")),
        ("He uses a phone they smuggled in.", "smuggled", ("a phone", "rel")),
        ("A man named Tak fled.", "named", ("a man", "part")),
        ("A man named Tak fled.", "fled", ("", "main")),
        ("She fled in 2014; he was taken in 2015.", "was taken", ("fled", "coord")),
        ("After he fled, the police raided the home.", "raided", ("", "main")),
        ("They were moved after Tak, a singer, defected.", "defected", ("were moved", "sub")),
        ("Two men, a Tak from Musan and a Nam from Rason, fled.", "a nam", ("a tak", "conj")),
        ("In May officers came.", "officers", ("came", "subject")),
    ],
)  # fmt: skip
def test_units_hang_on_what_they_belong_to(sentence, unit, head):
    """Clauses, asides, joined verbs and nouns are found where a plain sentence has them."""
    assert heads(sentence)[unit] == head


@given(st.text(alphabet='ab ,.;"who andthet0123\'-–()', max_size=80))
def test_any_line_has_a_shape_whose_heads_exist(line):
    """Whatever is read, every unit hangs on a unit or on nothing, and never on itself."""
    shape = read_shape(line, 0, len(line))
    assert all(-1 <= u.head < len(shape.units) and u.head != i for i, u in enumerate(shape.units))
    assert [t.text for t in shape.tokens] == [
        t.text for u in shape.units for t in shape.tokens[u.first : u.last + 1]
    ]  # fmt: skip


def mended(text, start, end, words=""):
    cells = mend(cells_of(text, 0, len(text), [(start, end, words)]), capital=True)
    return "".join(c for c, _ in cells), apply_edits(text, edits_of(cells, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "gone", "words", "expected"),
    [
        ("On 5 May, a man fled.", "On 5 May", "", "A man fled."),
        ("A man fled , in May.", " , in May", "", "A man fled."),
        ("He is a nurse here.", "nurse", "engineer", "He is an engineer here."),
        ("He is an old man.", "old ", "", "He is a man."),
        ("The ministry (MSS) said so.", "MSS", "", "The ministry said so."),
        ("He fled, sending money.", "sending money", "", "He fled."),
    ],
)  # fmt: skip
def test_spaces_commas_articles_and_capitals_are_put_right(text, gone, words, expected):
    """What surrounds a change is mended, and the edits of the draft say exactly that."""
    start = text.index(gone)
    assert mended(text, start, start + len(gone), words) == (expected, expected)


@given(st.text(alphabet="abc ,.()", max_size=40), st.data())
def test_edits_make_what_was_mended(text, data):
    """Applied to the draft, the edits give the mended text, whatever was taken out."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    one, other = mended(text, start, end, data.draw(st.sampled_from(["", "x", "a person"])))
    assert one == other


def test_a_word_left_hanging_is_noticed():
    """A preposition or article before the end of a clause is no whole sentence, unless it was there before."""
    text = "She came from Musan."
    gone = cells_of(text, 0, len(text), [(14, 19, "")])
    assert not is_whole(gone, text)
    assert is_whole(cells_of("They moved in.", 0, 14, []), "They moved in.")
