"""Writes what is generated: the JSON Schemas, the pages of files and commands, the guide for editors."""

from __future__ import annotations

from pathlib import Path

from write_guide import main as write_guide

from bearwitness.cli.reference import commands_page
from bearwitness.cli.vault.schema import schema_text
from bearwitness.data.load import load_vocabulary
from bearwitness.documents.files_page import files_page
from bearwitness.documents.schemas import write_schemas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"


def main() -> None:
    """Write them all; the tests compare each with what the program says."""
    write_schemas(FOLDER)
    (FOLDER / "files.md").write_text(files_page(load_vocabulary()), encoding="utf-8")
    (FOLDER / "vault.schema.json").write_text(schema_text(), encoding="utf-8")
    (FOLDER / "commands.md").write_text(commands_page(), encoding="utf-8")
    write_guide()


if __name__ == "__main__":
    main()
