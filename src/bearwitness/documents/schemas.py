"""Writes the published JSON Schemas: ``python -m bearwitness.documents.schemas docs/reference``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bearwitness.documents.assess_schema import assess_schema
from bearwitness.model.codec.capture_tables import CAPTURES_FILE
from bearwitness.model.codec.case_file import CASE_FILE
from bearwitness.model.codec.file_kind import FileKind
from bearwitness.model.codec.frame_rows import ROWS_FILE
from bearwitness.model.codec.publication_files import DECISIONS_FILE, LEDGER_FILE, POLICY_FILE

FILE_KINDS: Final[tuple[FileKind, ...]] = (
    CASE_FILE, LEDGER_FILE, POLICY_FILE, DECISIONS_FILE, ROWS_FILE, CAPTURES_FILE,
)  # fmt: skip


def schema_texts() -> Mapping[str, str]:
    """The text of every schema by its file name, from the tables that the loaders read by."""
    schemas = {kind.name: kind.schema() for kind in FILE_KINDS} | {"assess": assess_schema()}
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write the schemas into the one folder that is named."""
    if len(arguments) != 1:
        print("usage: python -m bearwitness.documents.schemas FOLDER", file=sys.stderr)
        return 2
    write_schemas(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
