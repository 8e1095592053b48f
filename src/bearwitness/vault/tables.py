"""The tables of a store, the same for SQLCipher and PostgreSQL. ``entry`` tells which entry wrote a row."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

TRAIL: Final = sa.Table(
    "trail", METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)  # fmt: skip

CARD: Final = sa.Table(
    "card", METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False, index=True),
)  # fmt: skip

GRANT: Final = sa.Table(
    "grant", METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("mailbox", sa.Text, nullable=False, index=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False, index=True),
)  # fmt: skip

CASE_FILE: Final = sa.Table(
    "case_file", METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False, index=True),
)  # fmt: skip

UNIT_KEY: Final = sa.Table(
    "unit_key", METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("compartment", sa.Text, primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False, index=True),
)  # fmt: skip

RECORD: Final = sa.Table(
    "record", METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("place", sa.BigInteger, nullable=False),
    sa.Column("identity", sa.LargeBinary),
    sa.Column("chain", sa.LargeBinary),
    sa.Column("content", sa.LargeBinary),
    sa.Column("evidence", sa.LargeBinary),
    sa.Column("entry", sa.BigInteger, nullable=False, index=True),
)  # fmt: skip

SHRED: Final = sa.Table(
    "shred", METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("entry", sa.BigInteger, nullable=False),
)  # fmt: skip

PROGRESS: Final = sa.Table(
    "progress", METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case", sa.Text, nullable=False),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("finished", sa.Boolean, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)  # fmt: skip

SLOTS: Final = sa.Table(
    "slots", METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("book", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What an entry of the trail may have written, by the name that its count goes under.
WRITTEN: Final = {t.name: t for t in (CARD, GRANT, CASE_FILE, UNIT_KEY, RECORD)}
