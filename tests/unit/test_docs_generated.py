"""What is generated from the program says what the program does."""

from pathlib import Path

from bearwitness.cli.reference import commands_page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_commands_is_what_the_parser_says():
    """docs/reference/commands.md is the page written from the parser (python3 dev.py docs writes it again)."""
    assert (DOCS / "reference" / "commands.md").read_text(encoding="utf-8") == commands_page()


def test_every_class_of_error_has_a_status_of_its_own():
    """Exit statuses are not shared between classes of error."""
    rows = [line.split("|")[1].strip() for line in commands_page().splitlines() if line.startswith("| ")]
    statuses = [r for r in rows if r.isdigit()]
    assert len(statuses) == len(set(statuses)) >= 12
