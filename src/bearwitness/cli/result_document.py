"""What a command of the vault answers, as plain JSON values and with their JSON Schema, both from its types."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

from bearwitness.model.codec.case_file import CASE_FILE
from bearwitness.model.codec.publication_files import LEDGER_FILE
from bearwitness.model.codec.shapes import Record
from bearwitness.model.codec.yaml_reading import Number
from bearwitness.model.publication import Ledger
from bearwitness.model.records import Act, Attachment, Case, Consent, Testimony
from bearwitness.services.record_shapes import SHAPES

# What people also write in files looks the same here.
_RECORDS: Final[Mapping[type, Record]] = {
    Act: SHAPES["act"].record, Attachment: SHAPES["attachment"].record, Case: CASE_FILE.record,
    Consent: SHAPES["consent"].record, Ledger: LEDGER_FILE.record, Testimony: SHAPES["testimony"].record,
}  # fmt: skip
# Keys are of no use to anybody who reads an answer.
_LEFT_OUT: Final = frozenset({"keys"})


def document(value: Any) -> Any:
    """The plain JSON values of an answer."""
    record = _RECORDS.get(type(value))
    if record is not None:
        return _plain(record.write(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: document(getattr(value, f.name)) for f in fields(value) if f.name not in _LEFT_OUT}
    if isinstance(value, Mapping):
        return {str(k): document(v) for k, v in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [document(v) for v in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Path) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Number):
        return float(value) if not value.lstrip("-").isdigit() else int(value)
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, str) else value


_SCALARS: Final[Mapping[Any, dict[str, Any]]] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    type(None): {"type": "null"}, date: {"type": "string", "format": "date"}, Any: {}, object: {}, Path: {
        "type": "string"},
}  # fmt: skip


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON Schema of what :func:`document` makes of a value of a type.

    Raises
    ------
    ValueError
        If the type is none that an answer may have.
    """
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    if isinstance(kind, NewType):
        return schema_of(kind.__supertype__)
    if kind in _RECORDS:
        return _RECORDS[kind].schema()
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [f.name for f in fields(kind) if f.name not in _LEFT_OUT]
        return {
            "type": "object", "additionalProperties": False, "required": names,
            "properties": {name: schema_of(hints[name]) for name in names},
        }  # fmt: skip
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one) for one in inner]}
    if origin in (tuple, list, frozenset):
        if origin is tuple and inner[-1] is not Ellipsis:
            return {"type": "array", "prefixItems": [schema_of(one) for one in inner], "minItems": len(inner)}
        return {"type": "array", "items": schema_of(inner[0])}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    raise ValueError(f"an answer cannot hold {kind}")
