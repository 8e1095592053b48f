"""What anybody can get out of a vault with the keys they hold, compared with a plain account of it."""

import contextlib
from collections import Counter

from vault_machine_known import words_in
from vault_scene import lost_rows

from bearwitness.errors import DamagedVault, RecordError
from bearwitness.model.codec import dump_case
from bearwitness.services.archive import load_case
from bearwitness.services.case_access import list_cases
from bearwitness.services.search import search
from bearwitness.vault.parts import UnitKeys, open_part
from bearwitness.vault.trail import verify_trail


def check_reading(vault, member, case):
    """A member reads of a case what they were granted: all of it, and no more, by every way of reading."""
    compartments = case.seats.get(member)
    if compartments is None:
        try:
            vault.open_case(case.id)
        except RecordError:
            return
        raise AssertionError(f"{member} opens a case without a seat in it")
    opened = vault.open_case(case.id)
    assert opened.compartments == compartments
    seen = words_in(dump_case(load_case(vault, opened).case))
    assert seen == case.words(compartments), f"{member} {sorted(compartments)}"
    found = search(vault, "qz", case=case.id)
    assert words_in(" ".join(f.excerpt for f in found)) <= case.words(compartments)
    assert Counter(f.kind for f in found) == case.hits(compartments), f"{member} {sorted(compartments)}"
    under_keys = open_everything(vault.store, vault.organisation, case.id, opened.sub_keys)
    allowed = case.keys_open(compartments)
    assert under_keys <= allowed, f"{member} {sorted(compartments)}: {sorted(under_keys - allowed)}"


def open_everything(store, organisation, case, sub_keys):
    """Every word that some sub-keys open anywhere in the rows of a case: all versions, all kinds, notes too."""
    destroyed = {s.unit for s in store.shreds() if s.case == case}
    keys = UnitKeys(organisation, case, 1, sub_keys, store.unit_keys(case), destroyed)
    found = set()
    for row in store.records(case):
        for compartment in ("identity", "chain", "content", "evidence"):
            sealed = getattr(row, compartment)
            if sealed:
                at = (row.kind, row.id, row.version)
                # Keys of an epoch that somebody was never given are missing to them.
                with contextlib.suppress(DamagedVault):
                    found |= words_in((open_part(sealed, row=at, compartment=compartment, keys=keys) or b"").decode())
    return found


def check_list(vault, member, known):
    """A member is told of the cases in which they have a seat, and who else has one."""
    seen = {view.id: {s.name: set(s.compartments) for s in view.seats} for view in list_cases(vault)}
    assert seen == {c.id: c.seats for c in known.cases if member in c.seats}


def check_trail(vault, *, at_least):
    """Every link and signature holds, what each entry wrote is there, and no entry holds a word of any record."""
    vault.refresh()
    entries = verify_trail(vault.store.trail(), directory=vault.directory, keys=vault.vault_keys.organisation)
    assert len(entries) >= at_least, "an entry is lost"
    lost = lost_rows(vault.store, entries)
    assert not lost, f"entries whose rows are not all there: {lost}"
    assert not words_in(" ".join(f"{e.action} {e.things} {e.case}" for e in entries))
    return len(entries)
