"""The first tables, and the triggers that keep the trail from being edited.

The tables are written out here, not taken from ``tables``: a migration says what was true on its day.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ENTRY = ("entry", sa.BigInteger)
_TABLES: dict[str, tuple[tuple[str, ...], tuple[tuple[str, type], ...], tuple[str, ...]]] = {
    # name: (primary key, columns, columns that may be null)
    "trail": (("number",), (("number", sa.BigInteger), ("at", sa.Text), ("before", sa.Text), ("hash", sa.Text),
              ("sealed", sa.LargeBinary), ("signature", sa.LargeBinary)), ()),
    "card": (("id",), (("id", sa.Text), ("kind", sa.Text), ("sealed", sa.LargeBinary), _ENTRY), ()),
    "grant": (("id",), (("id", sa.Text), ("mailbox", sa.Text), ("wrapped", sa.LargeBinary), _ENTRY), ()),
    "case_file": (("id", "version"), (("id", sa.Text), ("version", sa.Integer), ("epoch", sa.Integer),
                  ("sealed", sa.LargeBinary), _ENTRY), ()),
    "unit_key": (("case", "unit", "compartment", "epoch"), (("case", sa.Text), ("unit", sa.Text),
                 ("compartment", sa.Text), ("epoch", sa.Integer), ("sealed", sa.LargeBinary), _ENTRY), ()),
    "record": (("case", "id", "version"), (("case", sa.Text), ("id", sa.Text), ("version", sa.Integer),
               ("kind", sa.Text), ("place", sa.BigInteger), ("identity", sa.LargeBinary), ("chain", sa.LargeBinary),
               ("content", sa.LargeBinary), ("evidence", sa.LargeBinary), _ENTRY),
               ("identity", "chain", "content", "evidence")),
    "shred": (("case", "unit"), (("case", sa.Text), ("unit", sa.Text), _ENTRY), ()),
    "progress": (("id",), (("id", sa.Text), ("case", sa.Text), ("done", sa.BigInteger), ("finished", sa.Boolean),
                 ("sealed", sa.LargeBinary)), ()),
    "slots": (("id",), (("id", sa.Integer), ("version", sa.Integer), ("book", sa.LargeBinary)), ()),
}  # fmt: skip
_INDEXES = (
    ("card", "entry"), ("grant", "mailbox"), ("grant", "entry"), ("case_file", "entry"), ("unit_key", "entry"),
    ("record", "entry"),
)  # fmt: skip


def upgrade() -> None:
    """Make the tables and the triggers."""
    for name, (key, columns, open_ones) in _TABLES.items():
        made: list[sa.Column[Any]] = [
            sa.Column(c, kind, nullable=c in open_ones, autoincrement=False) for c, kind in columns
        ]
        # Rows of one case lie together, so that reading a case of 600 in a vault of 100,000 touches few pages.
        clustered = name in ("record", "unit_key")
        op.create_table(name, *made, sa.PrimaryKeyConstraint(*key), sqlite_with_rowid=not clustered)
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is only added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER trail_kept BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_is_kept()"
        )
        op.execute(
            "CREATE TRIGGER trail_not_emptied BEFORE TRUNCATE ON trail FOR EACH STATEMENT "
            "EXECUTE FUNCTION trail_is_kept()"
        )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER trail_kept_{what.lower()} BEFORE {what} ON trail "
            "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
        )
    # INSERT OR REPLACE removes a row without asking the trigger on DELETE.
    op.execute(
        "CREATE TRIGGER trail_kept_insert BEFORE INSERT ON trail "
        "WHEN EXISTS (SELECT 1 FROM trail WHERE number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
    )
