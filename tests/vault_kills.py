"""Kills a process at a step of its writing, and puts the vault back for the next one."""

import builtins
import io
import os
import pathlib
import shutil
import signal
import time

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect
from vault_scene import fork

from bearwitness.vault.tables import METADATA

_FILE_STEPS = ("replace", "rename", "fsync", "unlink", "mkdir", "rmdir")


class Steps:
    """Counts what a process does to its database and its files, and kills the process at the n-th step.

    A step is the moment before and the moment after a statement, a commit, or an operation on files.
    """

    def __init__(self, kill_at=None):
        self.count = 0
        self._kill_at = kill_at

    def step(self, *_, **__):
        """One more step."""
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self):
        """Count from here on, for the rest of the process."""
        for event in ("before_cursor_execute", "after_cursor_execute"):
            sa.event.listen(sa.Engine, event, self.step)
        for name in ("do_commit", "do_rollback"):
            setattr(DefaultDialect, name, self._around(getattr(DefaultDialect, name)))
        for name in _FILE_STEPS:
            setattr(os, name, self._around(getattr(os, name)))
        for module in (builtins, io):
            module.open = self._around(module.open, writing_only=True)
        os.open = self._around(os.open)
        pathlib.Path.write_text = self._around(pathlib.Path.write_text)
        return self

    def _around(self, function, *, writing_only=False):
        def call(*words, **more):
            mode = words[1] if len(words) > 1 else more.get("mode", "r")
            if writing_only and "r" in str(mode):
                return function(*words, **more)
            self.step()
            found = function(*words, **more)
            self.step()
            return found

        return call


def count_steps(task):
    """How many steps a task takes in a process of its own, and how many seconds."""
    reading, writing = os.pipe()

    def run():
        began = time.perf_counter()
        steps = Steps().watch()
        task()
        os.write(writing, f"{steps.count} {time.perf_counter() - began}".encode())

    _, status = os.waitpid(fork(run), 0)
    os.close(writing)
    with os.fdopen(reading) as file:
        words = file.read().split()
    assert status == 0, "the task does not end well even where nobody kills it"
    return int(words[0]), float(words[1])


def kill_at_step(task, number):
    """Run a task in a process of its own that is killed at a step; whether it was."""

    def run():
        Steps(number).watch()
        task()

    return _was_killed(fork(run))


def kill_after(task, seconds):
    """Run a task in a process of its own that is killed after a time; whether it was."""
    process = fork(task)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    return _was_killed(process)


def _was_killed(process):
    _, status = os.waitpid(process, 0)
    assert status in (0, signal.SIGKILL), f"the process ended by itself, with {status}"
    return status == signal.SIGKILL


class Keeping:
    """Copies of a vault's files, database and remembered head under a name, to be put back quickly."""

    def __init__(self, place, folder):
        self._place = place
        self._folder = folder
        self._parts = {"state": place.state}
        if place.in_database:
            self._parts["files"] = place.files
            self._engine = sa.create_engine(place.where, poolclass=sa.NullPool)
        else:
            self._parts["vault"] = place.folder

    def keep(self, name):
        """Copy the vault as it is; nobody may have it open."""
        for part, path in self._parts.items():
            if path.exists():
                shutil.copytree(path, self._folder / name / part)
        if self._place.in_database:
            with self._engine.begin() as connection:
                connection.execute(sa.text(f'CREATE SCHEMA "{name}"'))
                for table in METADATA.tables.values():
                    connection.execute(sa.text(f'CREATE TABLE "{name}"."{table.name}" AS TABLE "{table.name}"'))

    def put_back(self, name):
        """Make the vault what it was when the copy was made."""
        for part, path in self._parts.items():
            shutil.rmtree(path, ignore_errors=True)
            if (self._folder / name / part).exists():
                shutil.copytree(self._folder / name / part, path)
        if self._place.in_database:
            self.wait_for_others()
            with self._engine.begin() as connection:
                # As in a restore: without the triggers that keep the trail.
                connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
                names = ", ".join(f'"{t}"' for t in METADATA.tables)
                connection.execute(sa.text(f"TRUNCATE {names}"))
                for table in METADATA.tables:
                    connection.execute(sa.text(f'INSERT INTO "{table}" TABLE "{name}"."{table}"'))

    def wait_for_others(self):
        """Wait until the server has noticed that a killed client is gone, and has ended what it did for it."""
        if not self._place.in_database:
            return
        others = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            until = time.monotonic() + 20
            while connection.execute(others).scalar_one():
                assert time.monotonic() < until, "somebody still has the database open"
                time.sleep(0.002)
