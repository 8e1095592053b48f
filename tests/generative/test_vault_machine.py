"""Whatever members do to a vault, in whatever order: each reads what they were granted; what was withdrawn is gone."""

import os
import re
import shutil

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from postgres_server import postgres_server
from vault_machine_known import ALL, words_in
from vault_machine_looking import check_list, check_reading, check_trail, open_everything
from vault_machine_records import Records
from vault_scene import let_go

from bearwitness.services.exporting import export_case
from bearwitness.services.importing import import_file
from bearwitness.vault.attachment_files import AttachmentFolder

# How many runs, of how many steps at most; for a long look, BEARWITNESS_MACHINE_RUNS=500.
RUNS = int(os.environ.get("BEARWITNESS_MACHINE_RUNS", "8"))
LENGTH = int(os.environ.get("BEARWITNESS_MACHINE_STEPS", "20"))


class VaultMachine(Records):
    """The rules of houses and records, and what must hold after each."""

    @invariant()
    def everybody_reads_what_they_were_granted(self):
        for member, vault in self.open.items():
            vault.refresh()
            for case in self.touched or self.known.cases:
                check_reading(vault, member, case)
        self.touched = []

    @invariant()
    def nobody_opens_what_is_gone_or_came_after_them(self):
        for vault in self.open.values():
            for case, keys in vault.held().items():
                self.every_key.setdefault(case, {}).update(keys)
        store = next(iter(self.open.values())).store
        for case in self.known.cases:
            organisation = next(iter(self.open.values())).organisation
            found = open_everything(store, organisation, case.id, self.every_key.get(case.id, {}))
            assert found == case.keys_open(ALL), "what is under all keys is not what is there"
        for case, keys, known in self.taken_along:
            assert open_everything(store, organisation, case.id, keys) <= known, "a former member reads what came later"

    @invariant()
    def the_trail_holds(self):
        for member, vault in list(self.open.items())[:1]:
            check_list(vault, member, self.known)
            self.entries = check_trail(vault, at_least=self.entries)

    @invariant()
    def files_are_those_of_the_records(self):
        vault = next(iter(self.open.values()))
        there = AttachmentFolder(vault.files).names() if vault.files.exists() else ()
        assert len(there) == sum(len(c.files) for c in self.known.cases)

    def teardown(self):
        try:
            self.touched = []
            self.everybody_reads_what_they_were_granted()
            for member, vault in self.open.items():
                for case in [c for c in self.known.cases if c.holds(member, *ALL)]:
                    self.copy(vault, case)
        finally:
            for vault in self.open.values():
                let_go(vault)
            shutil.rmtree(self.folder, ignore_errors=True)

    def copy(self, vault, case):
        """Given out, taken in as another case and given out again, a case is the same to the byte."""
        first, second = (self.folder / f"{n}-{vault.member}-{case.id}.yaml" for n in ("first", "second"))
        export_case(vault, case.id, first, purpose="documentation")
        import_file(vault, first, name=f"copy-{vault.member}-{case.id}", step=3)
        export_case(vault, f"copy-{vault.member}-{case.id}", second, purpose="documentation")
        assert text_of(first) == text_of(second)
        assert words_in(text_of(first)) == case.words(ALL)
        assert files_of(first) == files_of(second) == {i: f.content for i, f in case.files.items()}


def text_of(path):
    """A case file without the name of the case."""
    return re.sub("^case: .*$", "", path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)


def files_of(path):
    return {f.name: f.read_bytes() for f in path.with_name(f"{path.stem}.attachments").glob("*")}


def run(kind, runs, server=None):
    found = type("VaultMachine", (VaultMachine,), {"kind": kind, "server": server})
    run_state_machine_as_test(found, settings=settings(
        max_examples=runs, stateful_step_count=LENGTH, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    ))  # fmt: skip


def test_members_of_a_file_read_what_they_were_granted_and_nothing_that_is_gone():
    """On an SQLCipher file, whatever was done before: compartments, withdrawal, trail, export and import hold."""
    run("sqlcipher", RUNS)


def test_members_of_a_database_read_what_they_were_granted_and_nothing_that_is_gone():
    """On a PostgreSQL database, whatever was done before: compartments, withdrawal, trail, export and import hold."""
    with postgres_server() as server:
        run("postgresql", max(1, RUNS // 4), server)
