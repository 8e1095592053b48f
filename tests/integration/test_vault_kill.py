"""A process that is killed while it writes leaves the old vault or the new one, and nothing that was there is lost."""

import os
import random
from collections import Counter
from dataclasses import replace

from vault_kills import Keeping, count_steps, kill_after, kill_at_step
from vault_scene import (
    CASE,
    CHEAP,
    MIN,
    change_case,
    check_whole,
    empty_place,
    in_children,
    look,
    make_scene,
    phrase_of,
    state_of,
)

from bearwitness.services.attachments import add_attachment, verify_attachment
from bearwitness.services.case_access import create_case, grant_case, renew_case, revoke_case
from bearwitness.services.intake import add_testimony
from bearwitness.services.members import add_member
from bearwitness.services.withdrawal import withdraw_consent, withdraw_testimony

# How many kills a store has to survive; half of them at steps that were counted, the others at random times.
POINTS = int(os.environ.get("BEARWITNESS_KILL_POINTS", "500"))
PHOTO = bytes(range(256)) * 300
ACCOUNT = {"teller": "lee", "language": "ko", "directness": "told_by_victim", "text": "다시 들은 말입니다."}


def _rename(case):
    named = {"bae-father": "배충석", "carrier": "손미란"}
    persons = tuple(
        replace(p, names=(replace(p.names[0], text=named[p.id]),)) if p.id in named else p for p in case.persons
    )
    return replace(case, persons=persons)


# What is done one after the other: the action its entry has, and the doing. Each makes a difference to what is seen.
OPERATIONS = (
    ("case.save", lambda v, _: change_case(v, CASE, _rename)),
    ("testimony.add", lambda v, _: add_testimony(v, CASE, ACCOUNT)),
    ("case.grant", lambda v, s: grant_case(v, CASE, s.ids[MIN], ["content", "evidence"])),
    ("attach.add", lambda v, s: add_attachment(v, CASE, s.photo, testimony="t-lee")),
    ("case.revoke", lambda v, s: revoke_case(v, CASE, s.ids[MIN])),
    ("member.add", lambda v, _: add_member(v, name="Sori", passphrase=phrase_of("Sori"), cost=CHEAP)),
    ("consent.withdraw", lambda v, _: withdraw_consent(v, CASE, "c-bae")),
    ("testimony.withdraw", lambda v, _: withdraw_testimony(v, CASE, "t-lee")),
    ("case.create", lambda v, _: create_case(v, "second")),
    ("case.renew", lambda v, _: renew_case(v, CASE)),
)  # fmt: skip


class Round:
    """The vault before and after each operation, and what it takes to try one of them again."""

    def __init__(self, place, folder):
        self.scene = make_scene(place)
        self.scene.photo = folder / "photo.jpg"
        self.scene.photo.write_bytes(PHOTO)
        self.keeping = Keeping(place, folder / "kept")
        self.states, self.heads = [], []
        for number in range(len(OPERATIONS) + 1):
            with self.scene.as_() as vault:
                self.states.append(state_of(vault))
                self.heads.append(vault.store.head())
            self.keeping.keep(f"s{number}")
            if number < len(OPERATIONS):
                self.child(number)()

    def child(self, number):
        def run():
            with self.scene.as_() as vault:
                OPERATIONS[number][1](vault, self.scene)

        return run

    def check(self, number, *, again):
        """Look at what was left, and do it ``again`` where it was not done; whether it is the new state."""
        self.keeping.wait_for_others()
        action = OPERATIONS[number][0]
        with self.scene.as_() as vault:
            entries = check_whole(vault, last=self.heads[number])
            found = state_of(vault)
            old, new = self.states[number : number + 2]
            assert found in (old, new), f"{action}: neither the old nor the new state"
            done = any(e.action == action for e in entries[self.heads[number].number :])
            assert done == (found == new), f"{action}: the trail and the vault disagree"
            assert not vault.store.damage()
            if again and not done:
                OPERATIONS[number][1](vault, self.scene)
                assert state_of(vault) == new, f"{action}: cannot be done again"
            if again and "- id: f-1\n" in look(vault, CASE):
                verify_attachment(vault, CASE, "f-1")
        return done


def survive(place, folder, kills, seed):
    """Kill so many processes, half at steps that were counted and half at random times; what was left, counted."""
    rounds = Round(place, folder)
    counted = []
    for number in range(len(OPERATIONS)):
        rounds.keeping.put_back(f"s{number}")
        counted.append(count_steps(rounds.child(number)))
    every = [(number, step) for number, (steps, _) in enumerate(counted) for step in range(1, steps + 1)]
    chance = random.Random(seed)
    at_steps = chance.sample(every, min(len(every), kills // 2))
    found = Counter(steps=len(every))
    while found["killed"] < kills:
        number, step = at_steps.pop() if at_steps else (chance.randrange(len(OPERATIONS)), None)
        rounds.keeping.put_back(f"s{number}")
        if step is not None:
            assert kill_at_step(rounds.child(number), step), "a step that was counted was not reached"
        elif not kill_after(rounds.child(number), chance.uniform(0, counted[number][1])):
            # It was done before it could be killed.
            found["too late"] += 1
            assert found["too late"] < kills
            continue
        found["killed"] += 1
        found["new"] += rounds.check(number, again=found["killed"] % 5 == 0)
    return found


def test_a_kill_leaves_the_old_vault_or_the_new_one(request, place, tmp_path):
    """Wherever a process is killed, the vault is as before or after its step, its trail holds, and it can go on."""
    server = request.getfixturevalue("server") if place.in_database else None
    other = empty_place("postgresql" if server else "sqlcipher", tmp_path / "other", server)
    # Two at once: most of the time is spent waiting for a process or a server.
    places = ((place, tmp_path / "one"), (other, tmp_path / "two"))
    for _, folder in places:
        folder.mkdir()
    halves = in_children(
        [lambda n=n, p=p, f=f: survive(p, f, POINTS // 2, 1919 + n) for n, (p, f) in enumerate(places)]
    )  # fmt: skip
    found = sum(halves, Counter())
    print(dict(found))
    assert found["killed"] == POINTS // 2 * 2
    # Both states must have been left behind.
    assert 0.05 * POINTS < found["new"] < 0.95 * POINTS
