"""Nothing is written into a store without its entry of the trail, whichever method it is."""

import ast
import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest
import sqlalchemy as sa
from vault_scene import CASE, MIN, make_scene

import bearwitness
from bearwitness.vault.rows import (
    COMPARTMENTS,
    Card,
    CaseRow,
    Change,
    Grant,
    Head,
    Progress,
    RecordRow,
    Shred,
    Store,
    TrailRow,
    UnitKey,
)
from bearwitness.vault.sql_store import SqlStore

WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|CREATE|DROP|ALTER|VACUUM|ATTACH)\b", re.IGNORECASE)
# Where SQL that writes may stand: the store, the book of slots beside it, and the restoring of a whole vault.
WRITERS = {"vault/sql_store.py", "vault/slot_places.py", "vault/backup_rows.py", "services/backup.py"}
CASE_ID, ROW = "c-case2222", "0" * 31 + "1"


def an_entry(head: Head, removed):
    """An entry as far as a store looks at it."""
    assert isinstance(removed, dict)
    return TrailRow(
        number=head.number + 1, at="", before=head.hash, hash=f"{head.number:064d}", sealed=b"", signature=b""
    )  # fmt: skip


# A change by each of its parts, each of which makes the store write somewhere.
CHANGES = {
    "cards": Change(cards=[Card(id="s-1", kind="member", sealed=b"x")]),
    "grants": Change(grants=[Grant(id="g-1", mailbox="m", wrapped=b"x")]),
    "cases": Change(cases=[CaseRow(id=CASE_ID, version=1, epoch=1, sealed=b"x")]),
    "unit_keys": Change(unit_keys=[UnitKey(case=CASE_ID, unit=ROW, compartment="content", epoch=1, sealed=b"x")]),
    "records": Change(records=[RecordRow(case=CASE_ID, id=ROW, version=1, kind="act", place=1, content=b"x")]),
    "shred": Change(shred=[Shred(case=CASE_ID, unit=ROW)]),
    "remove_records": Change(remove_records=[(CASE_ID, ROW)]),
    "remove_grants": Change(remove_grants=["g-1"]),
    "progress": Change(progress=Progress(id="r", case=CASE_ID, done=1, finished=False, sealed=b"x")),
    "nothing": Change(),
}


def write_all(store):
    for change in CHANGES.values():
        store.write(change, entry=an_entry)


# How each method of a store is called. A new one has to be added here, and then shows whether it writes.
CALLS = {
    "write": write_all,
    "head": lambda s: s.head(),
    "trail": lambda s: list(s.trail()),
    "cards": lambda s: s.cards(),
    "grants": lambda s: s.grants("m"),
    "cases": lambda s: (s.cases(), s.cases([CASE_ID])),
    "case_history": lambda s: s.case_history([CASE_ID]),
    "unit_keys": lambda s: (s.unit_keys(CASE_ID), s.unit_keys(CASE_ID, ["content"], [ROW])),
    "parts": lambda s: [s.parts(CASE_ID, c, ["act"]) for c in COMPARTMENTS],
    "records": lambda s: (s.records(CASE_ID), s.records(CASE_ID, ["act"], [ROW])),
    "versions": lambda s: s.versions(CASE_ID),
    "shreds": lambda s: s.shreds(),
    "progress": lambda s: s.progress("r"),
    "written_by": lambda s: s.written_by(1),
    "written": lambda s: s.written(),
    "damage": lambda s: s.damage(),
    "close": lambda s: s.close(),
}


def methods(kind):
    return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}


class Recorder:
    """What an engine was told, a transaction each: its statements that write, and whether it was committed."""

    def __init__(self, engine):
        self.transactions = []
        sa.event.listen(engine, "begin", lambda _: self.transactions.append([]))
        sa.event.listen(engine, "after_cursor_execute", self._told)

    def _told(self, _connection, _cursor, statement, *_):
        if WRITES.search(statement):
            self.transactions[-1].append(statement)

    def writing(self):
        return [statements for statements in self.transactions if statements]


@pytest.fixture
def store(place):
    with make_scene(place).as_() as vault:
        yield vault.store


def test_every_method_is_known():
    """A method that this test does not know how to call fails it, in the store and in its protocol."""
    assert methods(SqlStore) == set(CALLS)
    assert methods(Store) == set(CALLS)
    assert {f.name for f in fields(Change)} == set(CHANGES) - {"nothing"}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_no_method_writes_without_an_entry(store, name):
    """Whatever writes adds one entry to the trail in the same transaction; what only reads writes nothing at all."""
    before = store.head().number
    recorder = Recorder(store.engine)
    CALLS[name](store)
    writing = recorder.writing()
    for statements in writing:
        assert sum("INTO trail" in s for s in statements) == 1, statements
    assert len(writing) == (len(CHANGES) if name == "write" else 0)
    if name != "close":
        assert store.head().number == before + len(writing)


@pytest.mark.parametrize("part", sorted(CHANGES))
def test_an_entry_that_fails_takes_its_change_along(store, part):
    """Where the entry cannot be made, nothing of any part of a change stays."""
    for change in CHANGES.values():
        store.write(Change(cards=change.cards, grants=change.grants, records=change.records), entry=an_entry)
    before = everything(store)

    def no_entry(*_):
        raise KeyError

    again = Change(**{part: fresh(part)}) if part != "nothing" else Change()
    with pytest.raises(KeyError):
        store.write(again, entry=no_entry)
    assert everything(store) == before
    store.write(again, entry=an_entry)
    assert everything(store) != before


def fresh(part):
    """A part of a change that can be written though ``CHANGES`` was."""
    had = getattr(CHANGES[part], part)
    if part in ("cards", "grants"):
        return [type(had[0])(**{**{f.name: getattr(had[0], f.name) for f in fields(had[0])}, "id": "another"})]
    if part == "records":
        return [RecordRow(case=CASE_ID, id=ROW, version=2, kind="act", place=1, content=b"x")]
    return had


def everything(store):
    return (
        store.head(), list(store.cards()), store.grants("m"), store.cases(), store.unit_keys(CASE_ID),
        store.records(CASE_ID), store.shreds(), store.progress("r"),
    )  # fmt: skip


def test_no_other_module_writes_by_itself():
    """Statements that write are made by the store alone, but for the book of slots and the restoring of a backup."""
    root = Path(bearwitness.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "sa" and node.attr in ("insert", "update", "delete"):
                    found.add(path.relative_to(root).as_posix())
                if node.attr == "exec_driver_sql" and path.name not in ("sql_store.py", "opening.py", "backup_rows.py"):
                    found.add(f"{path.name}: plain SQL")
    assert found <= WRITERS
    assert "vault/sql_store.py" in found


def test_each_reading_leaves_an_entry(place):
    """Every way in which a member is shown something leaves an entry of its own, and one more each time."""
    from bearwitness.services import intake, members, search
    from bearwitness.services.audit import show_trail
    from bearwitness.services.case_access import list_cases

    scene = make_scene(place, members=((MIN, COMPARTMENTS),))
    with scene.as_(MIN) as vault:
        for action, read in (
            ("case.list", lambda: list_cases(vault)), ("member.list", lambda: members.list_members(vault)),
            ("case.show", lambda: intake.use_case(vault, CASE, action="case.show")),
            ("search", lambda: search.search(vault, "동생")), ("search", lambda: search.search(vault, "없는 말")),
            ("testimony.show", lambda: intake.show_testimony(vault, CASE, "t-ahn")),
            ("audit.show", lambda: show_trail(vault)),
        ):  # fmt: skip
            for _ in range(2):
                before = vault.store.head().number
                read()
                new = [e for e in show_trail(vault) if e.number > before]
                assert [(e.action, e.actor) for e in new] == [(action, vault.member)]
