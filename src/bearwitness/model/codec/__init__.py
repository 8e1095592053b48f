"""The files people write, and what they say: case, ledger, policy, decisions. Text in, values out, and back."""

from bearwitness.model.codec.case_file import dump_case, load_case
from bearwitness.model.codec.publication_files import (
    dump_decisions,
    dump_ledger,
    dump_policy,
    load_decisions,
    load_ledger,
    load_policy,
)

__all__ = [
    "dump_case", "dump_decisions", "dump_ledger", "dump_policy", "load_case", "load_decisions", "load_ledger",
    "load_policy",
]  # fmt: skip
