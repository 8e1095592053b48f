"""Files that are read though something is odd about them: what assess, redact and check make of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pikepdf
import pytest
from bad_files import (
    NAME,
    SCAN,
    WRITERS,
    long_file,
    nested_bomb,
    paper,
    pdf_book,
    pdf_bytes,
    pdf_line,
    turned_docx,
    with_macros,
)

from bearwitness.cli.main import main
from bearwitness.documents import pdf_writing
from bearwitness.documents.odt_writing import write_odt
from bearwitness.services.drafts import read_draft_file

SAFE, UNSAFE = 0, 3


def test_a_pdf_file_locked_for_changes_is_read_and_the_lock_told(run, put):
    """A password of the owner keeps nobody from reading, so it is read; and it is not clean."""
    content = pdf_bytes(pdf_book(pdf_line(f"{NAME} Chol-su")), encryption=pikepdf.Encryption(owner="o", user=""))
    path = put("owner.pdf", content)
    assert run("assess", path)[0] == UNSAFE
    status, out, _ = run("check", path)
    assert status == UNSAFE
    assert "locked for changes" in " ".join(out.split())


def test_a_bomb_within_a_document_is_told_and_not_opened(run, put):
    """A file in a file in a file is named as one, whatever would come out of it."""
    status, out, err = run("check", put("nested.docx", nested_bomb()), "--json")
    assert (status, err) == (UNSAFE, "")
    assert [u["where"] for u in json.loads(out)["unseen"] if u["kind"] == "embedded_file"] == ["entry 7 of the archive"]


@pytest.mark.parametrize(("form", "ending"), [("docx", "docm"), ("odt", "odt")])
def test_macros_are_told_and_never_go_along(run, put, tmp_path, form, ending):
    """A document with macros is read as one without; assess tells of more, check names it, redact drops it."""
    path = put(f"macro.{ending}", with_macros(form))
    status, out, _ = run("assess", path, "--language", "en")
    assert status == UNSAFE
    assert "do not release the file itself" in " ".join(out.split())
    status, out, _ = run("check", path, "--json")
    assert status == UNSAFE
    assert "script" in {u["kind"] for u in json.loads(out)["unseen"]}
    made = tmp_path / f"clean.{form}"
    assert main(["redact", str(path), "-o", str(made)]) == 0
    assert b"Reedcutter" not in made.read_bytes()
    assert run("check", made)[0] == SAFE


def test_a_safe_draft_in_a_clean_file_is_told_without_a_warning(run, put):
    """Where a file carries nothing beside its text, nothing is said of it."""
    status, out, _ = run("assess", put("plain.odt", write_odt(paper("They waited by the river."))), "--language", "en")
    assert status == SAFE
    assert "carries" not in out


# In a process of its own: what other tests' processes took does not count.
MEASURED = """
import resource, sys
from bearwitness.cli.main import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_five_hundred_pages_are_read_in_time_and_room(put, form):
    """A long report is assessed to its last page, within a fraction of the bounds."""
    path = put(f"long.{form}", long_file(form, 500))
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "assess", str(path), "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == SAFE
    assert read_draft_file(path).text.count("ferry stood") == 1_000
    assert time.monotonic() - began < 40
    assert 10_000 < int(done.stderr) < 1_000_000


MIXED = {
    "overridden": f"She waited. \u202e{NAME[::-1]}\u202c said so.",
    "overridden in Korean": "그는 기다렸다. \u202e심은최\u202c 씨는 말이 없었다.",
    "isolated": f"She waited. \u2067{NAME} Chol-su\u2069 said so.",
    "marked": "She waited. \u200fPark\u200f Chol-su\u200f said so.",
    "Hebrew": "She waited. פארק said nothing.",
    "Arabic": "كان الرجل يعيش قرب النهر. محمد اعتقل سنة 2019.",
    "look-alikes": "She waited. P\u0430rk \u0421hol-su said nothing.",
    "full width": "She waited. Ｐａｒｋ Ｃｈｏｌ－ｓｕ said nothing.",
    "Hanja": "金哲洙 씨가 新義州에서 기다렸다. 김철수(金哲洙)도 왔다.",
    "Kazakh": "She waited. Нұрсұлтан Әбішев said nothing.",
    "Chinese": "She waited. 王小明 said nothing.",
    "McCune-Reischauer": "She waited. Pak Ch'ŏl-su said nothing.",
    "letters in parts": "She waited. Pak Ch'o\u0306l-su said nothing.",
}
LEFT = (
    "Park", "P\u0430rk", "\u0421hol", "Ｐａｒｋ", "金", "新", "김철수", "Нұрсұлтан", "王", "Ch'", "פארק", "محمد",
    "심은최",
)  # fmt: skip


@pytest.mark.parametrize("form", ["txt", "docx", "odt"])
@pytest.mark.parametrize("case", sorted(MIXED))
def test_names_in_any_script_and_order_are_undecided_and_taken_out(run, put, tmp_path, form, case):
    """Right to left, turned about, mixed or folded: never safe, and gone from what redact writes."""
    text = MIXED[case]
    content = text.encode() if form == "txt" else _written(form, text)
    path = put(f"mixed.{form}", content)
    assert run("assess", path)[0] == UNSAFE
    assert run("redact", path)[0] == 0
    made = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert not [word for word in (*LEFT, NAME, NAME[::-1]) if word in text and word in made]


def _written(form: str, text: str) -> bytes:
    return WRITERS[form](paper(text))


def test_a_word_document_that_turns_letters_about_is_read_as_turned(run, put):
    """A name that stands backwards and is shown forwards is undecided, for the order in which it is shown."""
    status, out, _ = run("assess", put("turned.docx", turned_docx()), "--language", "en")
    assert status == UNSAFE
    assert "shown in another order" in " ".join(out.split())


def test_a_pdf_file_with_letters_from_right_to_left_is_told(run, put, monkeypatch):
    """Such lines may be read in another order than they are seen, so that the file is never clean."""
    monkeypatch.setattr(pdf_writing, "_letters", lambda: frozenset(range(0x110000)))
    path = put("hebrew.pdf", pdf_writing.write_pdf(paper("They waited. פארק [a-b] said so.")))
    status, out, _ = run("check", path, "--json")
    assert status == UNSAFE
    assert any("right to left" in u["where"] for u in json.loads(out)["unseen"])


def test_text_over_a_picture_is_read_and_the_picture_told(run, put):
    """Letters over a photograph are the page's; what the photograph shows is nobody's judgement."""
    path = put("over.pdf", pdf_bytes(pdf_book(SCAN + pdf_line("They waited by the river."))))
    status, out, _ = run("assess", path, "--language", "en")
    assert status == SAFE
    assert "1 thing more than its text" in " ".join(out.split())
    status, out, _ = run("check", path, "--json")
    assert status == UNSAFE
    assert [u["kind"] for u in json.loads(out)["unseen"]] == ["image"]


def test_an_output_of_an_odd_name_is_written_and_told(put, tmp_path, capsys):
    """A name that is no text in any encoding is no reason to fail after the file is there."""
    path = put("draft.txt", b"She waited.")
    made = tmp_path / os.fsdecode(b"out\xff.odt")
    assert main(["redact", str(path), "-o", str(made)]) == 0
    assert made.exists()
    assert "out\N{REPLACEMENT CHARACTER}.odt" in capsys.readouterr().out
