"""Several processes at one vault at once, and a server that dies under them: every step is there, in one order."""

import contextlib
import os
import random
import threading
import time
from collections import Counter
from dataclasses import replace

import postgres_server as servers
import pytest
import sqlalchemy as sa
from vault_scene import (
    CASE,
    CHEAP,
    HANA,
    MIN,
    check_whole,
    empty_place,
    fork,
    let_go,
    look,
    make_scene,
    phrase_of,
)

from bearwitness.errors import RecordError, VaultError
from bearwitness.services.case_access import create_case
from bearwitness.services.intake import add_testimony, use_case
from bearwitness.services.members import add_member
from bearwitness.services.unlocking import unlock

STEPS = 100
SERVER_DEATHS = 5
ALL = ("identity", "chain", "content", "evidence")


def account(name):
    return {"id": name, "teller": "lee", "language": "ko", "directness": "told_by_victim", "text": "다시 들었다."}


@pytest.fixture
def scene(place):
    return make_scene(place, members=((MIN, ALL),))


def work(scene, name):
    """A hundred steps of one member: accounts, and looks at the case; a step that came second is done again."""
    with scene.as_(name) as vault:
        for number in range(STEPS):
            for _ in range(50):
                with contextlib.suppress(RecordError):
                    if number % 5:
                        use_case(vault, CASE, action=f"work.{number}")
                    else:
                        add_testimony(vault, CASE, account(f"t-{name.lower()}-{number}"))
                    break
            else:
                raise AssertionError("others were always quicker")


def test_two_processes_work_at_once(scene):
    """Two members' processes take a hundred steps each: each step is there once, and the trail holds."""
    children = [fork(lambda name=name: work(scene, name)) for name in (HANA, MIN)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    with scene.as_() as vault:
        done = Counter((e.actor, e.action) for e in check_whole(vault) if e.outcome == "done")
        text = look(vault, CASE)
    for name in (HANA, MIN):
        member = scene.ids[name]
        for number in range(STEPS):
            if number % 5:
                assert done[member, f"work.{number}"] == 1
            else:
                assert text.count(f"- id: t-{name.lower()}-{number}\n") == 1
        assert done[member, "testimony.add"] == STEPS / 5


def test_a_step_that_came_second_is_refused(scene):
    """Two members who change the same record at once: the second is told, and nothing of theirs is there."""
    from bearwitness.services.archive import load_case
    from bearwitness.services.saving import save_case
    from bearwitness.vault.trail import Act

    with scene.as_() as one, scene.as_(MIN) as two:
        opened = [vault.open_case(CASE) for vault in (one, two)]
        archives = [load_case(vault, case) for vault, case in zip((one, two), opened, strict=True)]
        for number, vault in enumerate((one, two)):
            case = archives[number].case
            acts = tuple(replace(a, perpetrator="police" if number else "party") for a in case.acts)
            act = Act(action="case.save", case=case.id)
            with pytest.raises(RecordError, match="somebody else") if number else contextlib.nullcontext():
                save_case(vault, opened[number], archives[number], replace(case, acts=acts), act)
        assert "perpetrator: party" in look(one, CASE)
        assert "perpetrator: police" not in look(one, CASE)
        check_whole(one)


def test_two_administrators_add_members_at_once(scene):
    """Whoever is added while another is being added waits for the book of slots, and both can unlock the vault."""
    with scene.as_() as one, scene.as_() as two:
        added, save = {}, one.place.save
        waiting = threading.Thread(target=lambda: added.update(Sori=_added(two, "Sori")))

        def save_late(book):
            waiting.start()
            waiting.join(timeout=0.5)
            assert waiting.is_alive(), "the other did not wait"
            save(book)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(one.place, "save", save_late)
            added["Bom"] = _added(one, "Bom")
        waiting.join(timeout=20)
    for name, member in added.items():
        let_go(unlock(scene.place, passphrase=lambda name=name: phrase_of(name), member=member))
    assert set(added) == {"Sori", "Bom"}


def _added(vault, name):
    return add_member(vault, name=name, passphrase=phrase_of(name), cost=CHEAP).id


def test_a_server_that_dies_keeps_what_it_said_it_had(tmp_path):
    """A database server is stopped like in a power cut, five times: every step it had confirmed is there afterwards."""
    chance = random.Random(1919)
    with servers.postgres_server(durable=True) as url:
        scene = make_scene(empty_place("postgresql", tmp_path, url))
        sure = []
        for _ in range(SERVER_DEATHS):
            sure += _work_until_it_dies(scene, url, chance.uniform(0.05, 0.4))
            _control(url, "start")
            with scene.as_() as vault:
                hashes = {e.hash for e in check_whole(vault)}
                names = {case.roster.name for case in vault.cases()}
            assert hashes >= {row.split()[0] for row in sure}
            assert names >= {row.split()[1] for row in sure}
        assert len(sure) > 2 * SERVER_DEATHS


def _work_until_it_dies(scene, url, seconds):
    """The entries and cases whose writing was confirmed to a process before the server died under it."""
    reading, writing = os.pipe()

    def run():
        with scene.as_() as vault:
            for number in range(10_000):
                name = f"case-{os.getpid()}-{number}"
                try:
                    create_case(vault, name)
                    head = vault.store.head()
                except VaultError:
                    return
                os.write(writing, f"{head.hash} {name}\n".encode())

    process = fork(run)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as file:
        said = [file.readline()]
        time.sleep(seconds)
        _control(url, "stop", "--mode", "immediate")
        said += file.readlines()
    assert os.waitpid(process, 0)[1] == 0
    return said


def _control(url, *words):
    programs, folder = servers.find_postgres(), servers.Path(sa.make_url(url).query["host"])
    servers._run([programs / "pg_ctl", "--pgdata", folder / "data", "--log", folder / "log", "--wait", "--silent",
                  *words], folder)  # fmt: skip
