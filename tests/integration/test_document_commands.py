"""redact and check as a user calls them: files of every form in and out, and nothing written where something is wrong."""  # noqa: E501

import json

import pytest
from office_files import made_docx

from bearwitness.cli.main import main
from bearwitness.data.load import worked_case_path
from bearwitness.services.drafts import read_draft_file

AROUND = [
    word for name in ("case", "policy", "decisions", "ledger")
    for word in (f"--{name}", str(worked_case_path(f"{name}.yaml")))
]  # fmt: skip
SECRETS = {
    "en": ("Ahn", "Sinuiju", "nurse", "2019", "5 February"), "ko": ("안 씨", "신의주", "간호사", "2019", "2월 5일"),
}  # fmt: skip


@pytest.mark.parametrize("ending", ["txt", "docx", "odt", "pdf", "html"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_redacted_draft_is_clean_in_every_form(tmp_path, capsys, language, ending):
    """What points at one person is gone, the file is written, and check finds nothing in it or beside it."""
    out = tmp_path / f"out.{ending}"
    draft = str(worked_case_path(f"draft.{language}.txt"))
    assert main(["redact", draft, *AROUND, "-o", str(out)]) == 0
    capsys.readouterr()
    assert main(["check", str(out), *AROUND, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["clean"]
    assert found["unseen"] == []
    text = read_draft_file(out).text
    assert not [s for s in SECRETS[language] if s in text]
    assert "[" in text


def test_a_draft_in_word_is_read_and_what_it_hides_stays_behind(tmp_path, capsys):
    """Author, template and thumbnail of the draft's file are told by check, and are not in what is written."""
    draft = tmp_path / "draft.docx"
    draft.write_bytes(made_docx(lambda made: made.add_paragraph("Park, a nurse from Sinuiju, was questioned in 2020.")))
    assert main(["check", str(draft)]) == 3
    assert "docProps" in capsys.readouterr().out
    out = tmp_path / "out.odt"
    assert main(["redact", str(draft), "-o", str(out)]) == 0
    assert "more than its text" in capsys.readouterr().out
    assert main(["check", str(out)]) == 0


def test_rewrite_writes_the_form_that_is_asked_for(tmp_path, capsys):
    """A safer draft as a Word document, which check finds clean."""
    out = tmp_path / "safer.docx"
    assert main(["rewrite", str(worked_case_path("draft.en.txt")), *AROUND, "-o", str(out)]) == 0
    capsys.readouterr()
    assert main(["check", str(out), *AROUND]) == 0


@pytest.mark.parametrize(
    ("name", "content", "command", "status"),
    [
        ("a.docx", b"PK\x03\x04 damaged", "check", 23), ("a.pdf", b"%PDF-1.7 damaged", "check", 23),
        ("a.docx", b"PK\x03\x04 damaged", "redact", 4), ("a.wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "check", 23),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_line_and_nothing_is_written(tmp_path, capsys, name, content, command, status):  # noqa: E501
    """Its own status, advice, no content, no output."""
    place = tmp_path / name
    place.write_bytes(content)
    more = ["-o", str(tmp_path / "out.txt")] if command == "redact" else []
    assert main([command, str(place), *more]) == status
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "out.txt").exists()


def test_a_form_that_is_not_written_is_refused(tmp_path, capsys):
    """An unknown ending names those that are known, before anything is done."""
    draft = str(worked_case_path("draft.en.txt"))
    assert main(["redact", draft, *AROUND, "-o", str(tmp_path / "out.rtf")]) == 11
    assert ".docx" in capsys.readouterr().err


def test_where_a_link_leads_is_told_unless_the_page_says_it(tmp_path, capsys):
    """A word that leads to somebody's page gives them away as the name itself would."""
    from bearwitness.documents.content import Document, Paragraph, Run
    from bearwitness.documents.docx_writing import write_docx

    place = tmp_path / "a.docx"
    for text, status in (("here", 3), ("https://example.org/oduyankova", 0)):
        run = Run(text=text, link="https://example.org/oduyankova")
        place.write_bytes(write_docx(Document(blocks=(Paragraph(runs=(run,)),))))
        found = main(["check", str(place), "--json"])
        unseen = json.loads(capsys.readouterr().out)["unseen"]
        assert [u["kind"] for u in unseen] == ["link_target"] * (status == 3)
        assert found == 3


def test_a_picture_is_never_clean(tmp_path, capsys):
    """Nobody has looked at what it shows."""
    from PIL import Image

    place = tmp_path / "a.png"
    Image.new("RGB", (4, 4)).save(place)
    assert main(["check", str(place), "--language", "ko"]) == 3
    assert "그림" in capsys.readouterr().out


def test_a_web_page_is_read_as_what_it_shows(tmp_path, capsys):
    """Its tags are no part of the text, what it hides is told by check, and neither is in what is written."""
    draft = tmp_path / "draft.html"
    page = "<title>Notes</title><p>Park, a <b>nurse</b> from Sinuiju, was questioned in 2020.<p hidden>Vordanika"
    draft.write_text(page, encoding="utf-8")
    assert read_draft_file(draft).text == "Park, a nurse from Sinuiju, was questioned in 2020."
    assert main(["check", str(draft)]) == 3
    assert "Vordanika" in capsys.readouterr().out
    out = tmp_path / "out.html"
    assert main(["redact", str(draft), "-o", str(out)]) == 0
    written = out.read_text(encoding="utf-8")
    assert "Vordanika" not in written
    assert "Notes" not in written
    assert main(["check", str(out)]) == 0
