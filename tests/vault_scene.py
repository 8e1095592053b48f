"""A vault of invented people for the tests of the vault: made quickly, looked at as a whole, and tampered with."""

import contextlib
import os
import pickle
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import sqlalchemy as sa
from postgres_server import new_database

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.model.codec import dump_case
from bearwitness.model.codec import load_case as parse_case
from bearwitness.services.archive import load_case
from bearwitness.services.case_access import create_case, grant_case, view_case
from bearwitness.services.members import add_member
from bearwitness.services.saving import save_case
from bearwitness.services.unlocking import VaultPlace, create_vault, unlock
from bearwitness.vault.passphrase import Cost
from bearwitness.vault.tables import SLOTS, WRITTEN
from bearwitness.vault.trail import Act, verify_trail

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
CASE = "worked"
HANA, MIN, SORI = "Hana", "Min", "Sori"


def noon():
    """The time of every test."""
    return datetime(2024, 3, 1, 12, tzinfo=UTC)


def phrase_of(name):
    """The passphrase of a member of the scene."""
    return f"{name} keeps four odd words"


@cache
def worked_case():
    """The worked case, whose people are all invented."""
    text = worked_case_path("case.yaml").read_text(encoding="utf-8")
    return parse_case(text, name="case.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


@dataclass
class Scene:
    """A vault made by Hana, who administers it and holds all of one case; ids by name."""

    place: VaultPlace
    ids: dict
    case: str

    def open(self, name=HANA, place=None):
        """The vault as a member unlocks it; the clock stands still."""
        return unlock(place or self.place, passphrase=lambda: phrase_of(name), member=self.ids[name], clock=noon)

    @contextlib.contextmanager
    def as_(self, name=HANA, place=None):
        """The vault as a member unlocks it, let go of at the end."""
        vault = self.open(name, place)
        try:
            yield vault
        finally:
            let_go(vault)


def make_scene(place, members=((MIN, ()),), case=None):
    """A scene; ``members`` are names with the compartments of the case that each is granted."""
    vault = create_vault(place, name=HANA, passphrase=phrase_of(HANA), cost=CHEAP, clock=noon)
    try:
        ids = {HANA: vault.member}
        for name, _ in members:
            ids[name] = add_member(vault, name=name, passphrase=phrase_of(name), cost=CHEAP).id
        opened = create_case(vault, CASE)
        save(vault, CASE, case or worked_case(), "case.import")
        for name, compartments in members:
            if compartments:
                grant_case(vault, CASE, ids[name], compartments)
        return Scene(place=place, ids=ids, case=opened.id)
    finally:
        let_go(vault)


def save(vault, name, case, action="case.save"):
    """Save what a case is to be, under its own id."""
    return change_case(vault, name, lambda was: replace(case, id=was.id), action)


def change_case(vault, name, make, action="case.save"):
    """Save a case changed by a function of it."""
    opened = vault.open_case(name)
    archive = load_case(vault, opened)
    return save_case(vault, opened, archive, make(archive.case), Act(action=action, case=opened.id))


def let_go(vault):
    """Lock a vault, and close every connection that was opened for it."""
    vault.close()
    engine = getattr(vault.place, "_engine", None)
    if engine is not None:
        engine.dispose()


def look(vault, name):
    """A case as a member sees it, as the text of its file."""
    opened = vault.open_case(name)
    return dump_case(load_case(vault, opened).case)


def state_of(vault):
    """Everything of a vault that a member sees, without what is random or follows from the time."""
    vault.refresh()
    people = sorted((m.name, m.administrator, m.active) for m in vault.directory.members.values())
    cases = []
    for case in vault.cases():
        seats = sorted((s.name, s.compartments, s.active) for s in view_case(vault, case).seats)
        text = look(vault, case.id).replace(case.id, "CASE")
        cases.append((case.roster.name, case.epoch, seats, text))
    return people, len(vault.vault_keys.organisation), cases


def check_whole(vault, last=None):
    """The entries of the trail, once every link was checked, and that what each says it wrote is there."""
    entries = verify_trail(
        vault.store.trail(), directory=vault.directory, keys=vault.vault_keys.organisation, last=last
    )
    missing = lost_rows(vault.store, entries)
    assert not missing, f"entries whose rows are not all there: {missing}"
    return entries


def lost_rows(store, entries):
    """The entries of which other rows are there than they wrote less what later ones took away; with both counts."""
    wanted = Counter({e.number: sum(e.wrote.values()) for e in entries})
    for entry in entries:
        wanted.subtract(entry.removed)
    there = Counter()
    with store.engine.connect() as connection:
        for table in WRITTEN.values():
            for number, count in connection.execute(sa.select(table.c.entry, sa.func.count()).group_by(table.c.entry)):
                there[number] += count
    return {n: (there[n], wanted[n]) for n in {*wanted, *there} if there[n] != wanted[n]}


def tamper(vault, *statements):
    """Change rows behind the back of the store, as whoever has the database could; triggers are taken out first."""
    with vault.store.engine.begin() as connection:
        for statement in statements:
            done = connection.execute(sa.text(statement) if isinstance(statement, str) else statement)
            assert done.rowcount != 0, f"nothing was changed by: {statement}"


def free_trail(vault):
    """Take out the triggers that keep the trail."""
    with vault.store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("DROP TRIGGER trail_kept ON trail"))
            return
        for what in ("update", "delete", "insert"):
            connection.execute(sa.text(f"DROP TRIGGER trail_kept_{what}"))


def in_child(task):
    """What a task gives in a process of its own; see :func:`in_children`."""
    return in_children([task])[0]


def in_children(tasks):
    """What each of some tasks gives, all at once, each in a process forked from this one; an error is raised here.

    Nothing that is open in this process may be used by a task: it opens its own.
    """
    started = []
    for task in tasks:
        reading, writing = os.pipe()
        started.append((fork(lambda task=task, writing=writing: _tell(writing, task)), reading))
        os.close(writing)
    found = []
    for process, reading in started:
        with os.fdopen(reading, "rb") as file:
            said = file.read()
        _, status = os.waitpid(process, 0)
        assert said, f"the child ended with {status} and said nothing"
        found.append(pickle.loads(said))
    for _, error in found:
        if error is not None:
            raise error
    return [value for value, _ in found]


def _tell(writing, task):
    try:
        said = task(), None
    except Exception as error:
        error.add_note(traceback.format_exc())
        said = None, error
    with os.fdopen(writing, "wb") as file:
        file.write(pickle.dumps(said))


def fork(task):
    """The id of a child process that runs a task and ends."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        task()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        # Nothing of the tests' own clearing up belongs into the child.
        os._exit(status)


def empty_place(kind, folder, server=None):
    """A place without a vault: a folder, or an empty database of a server."""
    folder.mkdir(exist_ok=True)
    if kind == "sqlcipher":
        return VaultPlace(where=str(folder / "vault"), state=folder / "state")
    return VaultPlace(where=new_database(server), files=folder / "files", state=folder / "state")


def slots_of(place):
    """The book of slots as it lies there."""
    if not place.in_database:
        return (place.folder / "slots.json").read_bytes()
    engine = sa.create_engine(place.where, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return bytes(connection.execute(sa.select(SLOTS.c.book)).scalar_one())

