"""The head of the ledger: one hash over everything published so far, whatever the order of its entries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Final

from bearwitness.model.publication import Ledger

# Fields that came later: where they hold nothing they are left out, so that the heads of earlier ledgers stay.
_LATER: Final = frozenset({"table", "upper", "changed"})


def ledger_head(ledger: Ledger) -> str:
    """SHA-256 (hex) over the entries in the order of their ids; moves when any entry does.

    Parameters
    ----------
    ledger : Ledger
        Everything published so far.
    """
    entries = [_plain(e) for e in sorted(ledger.entries, key=lambda e: e.id)]
    return hashlib.sha256(json.dumps(entries, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        held = [(f.name, getattr(value, f.name)) for f in fields(value)]
        said = (v for name, v in held if name not in _LATER or (v is not None and v is not False))
        return [type(value).__name__, *map(_plain, said)]
    if isinstance(value, (frozenset, set)):
        return sorted(str(v) for v in value)
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
