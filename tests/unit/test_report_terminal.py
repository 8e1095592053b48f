"""The report in a terminal."""

import io
from dataclasses import replace
from pathlib import Path
from runpy import run_path

import pytest
from rich.cells import cell_len
from rich.console import Console

from bearwitness.cli.terminal import print_assessment
from bearwitness.model.assessment import Assessment
from bearwitness.model.claims import Language

SAMPLE = run_path(str(Path(__file__).parents[1] / "report_sample.py"))
sample_assessment, safe_assessment = SAMPLE["sample_assessment"], SAMPLE["safe_assessment"]


def _printed(a: Assessment, language: Language | None = None, width: int = 80, **options: bool) -> str:
    out = io.StringIO()
    print_assessment(Console(file=out, width=width, highlight=False, **options), a, language=language)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("draft", ["en", "ko"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(draft: Language, language: Language, width: int) -> None:
    """Every line fits, Korean letters counted as two columns."""
    text = _printed(sample_assessment(draft), language, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize(("language", "verdict"), [("en", "✕ NOT SAFE: 2 of 3"), ("ko", "✕ 안전하지 않음: ")])
def test_the_first_line_is_the_verdict(language: Language, verdict: str) -> None:
    """The first line says in words and with a sign that the draft is not safe, and why; nothing wraps."""
    lines = _printed(sample_assessment(language)).splitlines()
    assert lines[0].startswith(verdict)
    assert "1" in lines[0]
    assert cell_len(lines[0]) <= 80


def test_a_safe_draft_says_so() -> None:
    """A safe draft has the other word and the other sign, and nothing to change."""
    text = _printed(safe_assessment())
    assert text.startswith("✓ SAFE\n")
    assert "NOT SAFE" not in text
    assert "Nothing must change" in text


def test_the_verdict_fails_closed() -> None:
    """An unresolved passage makes the verdict not safe, even where the assessment says otherwise."""
    a = replace(safe_assessment(), unresolved=sample_assessment().unresolved)
    assert _printed(a).startswith("✕ NOT SAFE")


def test_everything_an_editor_needs_is_there() -> None:
    """Families, passages with their numbers, changes, what is open, consent, and what to do next are printed."""
    text = _printed(sample_assessment(), width=100)
    for words in (
        "The family of Tak", "[Kanggye 3]", "[Minseo a]", "→ a northern border province", "r-2022-brief",
        "a name that no record knows", "no consent covers this person", "What to do next", "✕ over", "✓ within",
    ):  # fmt: skip
        assert words in text


def test_no_escape_codes_outside_a_terminal() -> None:
    """Written to a file, the report is plain text."""
    assert "\x1b" not in _printed(sample_assessment())


def test_no_colour_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under NO_COLOR no colour code is written, and the words are those of the plain report."""
    plain = _printed(sample_assessment())
    monkeypatch.setenv("NO_COLOR", "1")
    import re

    styled = _printed(sample_assessment(), force_terminal=True)
    codes = {c for run in re.findall(r"\x1b\[([\d;]*)m", styled) for c in run.split(";")}
    assert codes <= {"0", "1", "2", "4", ""}
    assert re.sub(r"\x1b\[[\d;]*m", "", styled) == plain


def test_a_draft_cannot_drive_the_terminal() -> None:
    """Escape sequences and rich markup in a draft, a label or a reason come out as text."""
    a = sample_assessment()
    evil = "\x1b]0;x\x07[red]"
    personas = tuple(replace(p, label=f"{p.label}{evil}") for p in a.personas)
    claims = tuple(replace(c, says=c.says + evil) for c in a.claims)
    unresolved = tuple(replace(u, why=u.why + evil) for u in a.unresolved)
    text = _printed(
        replace(a, draft=a.draft + evil, personas=personas, claims=claims, unresolved=unresolved), force_terminal=False
    )
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[red]" in text


def test_a_draft_that_cannot_be_mended_says_so() -> None:
    """Where no wording is safe, that is said, and no list of changes is called sufficient."""
    text = _printed(replace(sample_assessment(), possible=False, optimal=False, changes=(), edits=()))
    assert "No set of changes was found that is safe." in text
    assert "proved" not in text
    assert "Leave out what is said of" in text
