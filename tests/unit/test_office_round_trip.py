"""Word documents and OpenDocument texts: what is written is read again as it was, and always as the same bytes."""

import pytest
from document_strategies import documents
from hypothesis import HealthCheck, given, settings

from bearwitness.documents.docx_reading import read_docx
from bearwitness.documents.docx_writing import write_docx
from bearwitness.documents.odt_reading import read_odt
from bearwitness.documents.odt_writing import write_odt
from bearwitness.errors import DocumentError

FORMS = {"docx": (write_docx, read_docx), "odt": (write_odt, read_odt)}


@pytest.mark.parametrize("form", sorted(FORMS))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_a_document_comes_back_as_it_was(form, document):
    """Headings, lists, tables, looks, links, footnotes, margins: all of it, in Korean and from right to left."""
    write, read = FORMS[form]
    content = write(document)
    assert read(content).document == document
    assert write(document) == content


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("cut", [0, 1, 40, 400, -40])
def test_a_cut_file_is_refused(form, cut):
    """Whatever is missing of it, there is one error of our own."""
    write, read = FORMS[form]
    from bearwitness.documents.content import Document, Paragraph, Run

    content = write(Document(blocks=(Paragraph(runs=(Run(text="words"),)),)))
    with pytest.raises(DocumentError):
        read(content[:cut])
