"""The published JSON Schema of what the vault's commands print with --json, made from the types of their answers."""

from __future__ import annotations

import json

from bearwitness.cli.result_document import schema_of
from bearwitness.cli.vault.answers import ANSWERS


def schema_text() -> str:
    """docs/reference/vault.schema.json: one form of document for each command."""
    forms = [
        {
            "type": "object", "additionalProperties": False, "required": ["command", "answer"],
            "properties": {"command": {"const": words}, "answer": schema_of(answer)},
        }
        for words, answer in ANSWERS.items()
    ]  # fmt: skip
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:bearwitness:1:vault",
        "title": "what a command of the vault prints with --json", "oneOf": forms,
    }  # fmt: skip
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
