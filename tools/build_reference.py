"""Writes docs/reference: the JSON Schemas and the page of the files people write. Run from the repository's root."""

from __future__ import annotations

from pathlib import Path

from bearwitness.data.load import load_vocabulary
from bearwitness.documents.files_page import files_page
from bearwitness.documents.schemas import write_schemas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"


def main() -> None:
    """Write them all."""
    write_schemas(FOLDER)
    (FOLDER / "files.md").write_text(files_page(load_vocabulary()), encoding="utf-8")


if __name__ == "__main__":
    main()
