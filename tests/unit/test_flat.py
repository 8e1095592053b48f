"""A document as one text: every paragraph in it once, and edits of the text are edits of the document."""

import pytest
from document_strategies import documents
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.documents.content import Document, Note, Paragraph, Run, Table
from bearwitness.documents.flat import edit_document, flatten, paragraphs_of
from bearwitness.model.assessment import Edit
from bearwitness.text.editing import apply_edits


def line(*texts, **more):
    """A paragraph of plain runs."""
    return Paragraph(runs=tuple(Run(text=t) for t in texts), **more)


SAMPLE = Document(
    blocks=(
        line("A heading", kind="heading", level=1),
        Paragraph(runs=(Run(text="Park "), Run(text="fled", bold=True), Run(text=" then.", note="n1"))),
        Table(rows=(((line("one"),), (line("two"),)), ((line("three"),), ())), header_rows=1),
    ),
    notes=(Note(id="n1", paragraphs=(line("A note."),)),),
    margins=(line("A footer"),),
)


def test_paragraphs_are_parted_so_that_nothing_is_read_across_them():
    """An empty line between paragraphs, a line break between cells, notes and margins at the end."""
    assert flatten(SAMPLE).text == "A heading\n\nPark fled then.\n\none\ntwo\nthree\n\nA note.\n\nA footer"


def test_an_edit_keeps_the_look_of_the_words_around_it():
    """New words take the look of the run in which the old ones began; a footnote's mark stays."""
    flat = flatten(SAMPLE)
    start = flat.text.index("Park fled")
    changed = edit_document(flat, [Edit(start=start, end=start + 9, instead="Somebody left")])
    assert changed.blocks[1].runs == (Run(text="Somebody left"), Run(text=" then.", note="n1"))


def test_a_paragraph_of_which_nothing_is_left_goes_and_a_cell_stays():
    """An emptied paragraph is gone, an emptied cell is an empty cell."""
    flat = flatten(SAMPLE)
    two = flat.text.index("two")
    changed = edit_document(flat, [Edit(start=0, end=11, instead=""), Edit(start=two, end=two + 3, instead="")])
    assert len(changed.blocks) == 2
    assert [p.text for p in paragraphs_of(changed)] == ["Park fled then.", "one", "", "three", "A note.", "A footer"]


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(5, 4)], [(0, 999)]])
def test_edits_that_make_no_sense_are_refused(edits):
    """Overlapping edits, an end before its beginning and one outside the text raise ValueError."""
    with pytest.raises(ValueError, match="edit"):
        edit_document(flatten(SAMPLE), [Edit(start=a, end=b, instead="") for a, b in edits])


@given(documents(), st.data())
def test_editing_the_document_is_editing_its_text(document, data):
    """Whatever is edited, the words of the changed document are those of the changed text, in order."""
    flat = flatten(document)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(flat.text)), max_size=8, unique=True)))
    edits = [
        Edit(start=a, end=b, instead=data.draw(st.sampled_from(["", "new", "새 말"])))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    changed = flatten(edit_document(flat, edits))
    expected = apply_edits(flat.text, edits)
    assert "".join(changed.text.split()) == "".join(expected.split())
    assert edit_document(flat, []) == document
