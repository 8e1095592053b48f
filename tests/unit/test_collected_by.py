"""Which desk took an account: written and read everywhere an account is, and no old file needs it."""

from dataclasses import replace

import pytest
from spreadsheet_files import TREE, VOCABULARY, read

from bearwitness.data.load import worked_case_path
from bearwitness.documents.spreadsheet_writing import write_workbook
from bearwitness.errors import CaseError
from bearwitness.model.codec import dump_case, load_case
from bearwitness.services.record_shapes import SHAPES


def accounts(text=None):
    text = text or worked_case_path("accounts.yaml").read_text(encoding="utf-8")
    return load_case(text, name="accounts.yaml", tree=TREE, vocabulary=VOCABULARY)


def test_a_file_from_before_reads_as_ever_and_is_written_as_ever():
    """Without the key nothing is said, and nothing of it is written."""
    case = accounts()
    assert {t.collected_by for t in case.testimonies} == {None}
    assert "collected_by" not in dump_case(case)


@pytest.mark.parametrize("desk", ["seoul-desk", "인권기록팀", "desk-2-국경", "7"])
def test_a_desk_goes_through_files_and_workbooks(desk, tmp_path):
    """What was written is read back."""
    case = accounts()
    said = replace(case, testimonies=tuple(replace(t, collected_by=desk) for t in case.testimonies))
    assert accounts(dump_case(said)) == said
    write_workbook(said, tmp_path / "out.xlsx")
    assert {t.collected_by for t in read(tmp_path / "out.xlsx").testimonies} == {desk}


@pytest.mark.parametrize("desk", ["Kim Min", "a desk", "-hana", "hana-", "x" * 41, "데스크!", "[desk]"])
def test_what_is_no_short_word_is_refused_without_being_repeated(desk):
    """Only lower-case letters, digits, Hangul and hyphens."""
    text = dump_case(accounts()).replace("    acts: [ahn-raid", f"    collected_by: {desk}\n    acts: [ahn-raid", 1)
    assert desk in text
    with pytest.raises(CaseError) as caught:
        accounts(text)
    assert desk not in str(caught.value)


def test_a_desk_is_sealed_with_the_chains():
    """Who may not see who told whom does not see which desk took it either."""
    assert SHAPES["testimony"].compartment("collected_by") == "chain"
