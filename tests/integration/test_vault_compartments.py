"""A member without a compartment never sees what is in it, whichever way they read."""

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from itertools import combinations
from pathlib import Path

import pytest
from vault_scene import CASE, HANA, MIN, SORI, empty_place, make_scene, phrase_of, worked_case

from bearwitness.cli.main import main
from bearwitness.errors import AccessDenied, BearwitnessError
from bearwitness.model.codec import dump_case
from bearwitness.services import attachments, exporting, intake, release_desk, search, withdrawal
from bearwitness.services.archive import load_case
from bearwitness.services.audit import show_trail
from bearwitness.services.case_access import grant_case, list_cases
from bearwitness.services.vault_check import check_vault
from bearwitness.vault.rows import COMPARTMENTS

PHOTO = "uncle-at-the-gate.jpg"
PLAIN = b"what the photo shows"
# What only the compartment tells: names and ids that people chose, who told whom, what was told, which file it is.
TOLD = {
    "identity": ["안도솔", "안도겸", "배충길", "손미랑", "ahn-brother", "h-lee", "t-ahn", "c-bae", "Ahn household"],
    "chain": ["in_person", "contactable", "2024-02-14", "medium"],
    "content": ["동생을 데려갔다고", "state_security", "musan", "publication", "miner"],
    "evidence": [PHOTO, PLAIN.decode()],
}
SETS = [held for size in (1, 2, 3) for held in combinations(COMPARTMENTS, size)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One vault for all that follows: Hana holds all, and nothing of it is changed but who may read."""
    folder = tmp_path_factory.mktemp("compartments")
    members = tuple((f"m{n}", held) for n, held in enumerate(SETS))
    scene = make_scene(empty_place("sqlcipher", folder), members=(*members, (SORI, ())))
    photo = folder / PHOTO
    photo.write_bytes(PLAIN)
    with scene.as_() as vault:
        attachments.add_attachment(vault, CASE, photo, testimony="t-lee")
        release_desk.draft_release(vault, CASE, "Nothing of the case is in this draft.")
        exporting.export_case(vault, CASE, folder / "out.yaml", purpose="documentation")
    return scene


def readings(vault, folder):
    """Everything that a member can read by, each with its outcome as text."""
    words = [word for told in TOLD.values() for word in told]
    ids = [p.id for p in worked_case().persons][:2]
    ways = {
        "load_case": lambda: dump_case(load_case(vault, vault.open_case(CASE)).case),
        "records": lambda: repr(load_case(vault, vault.open_case(CASE), tolerant=True).records),
        "use_case": lambda: intake.use_case(vault, CASE, action="case.show"),
        "show_testimony": lambda: [intake.show_testimony(vault, CASE, t) for t in ("t-ahn", "t-lee")],
        "list_cases": lambda: list_cases(vault),
        "search": lambda: {word: search.search(vault, word) for word in [*words, *ids]},
        "show_trail": lambda: show_trail(vault),
        "check_vault": lambda: check_vault(vault),
        "list_uses": lambda: withdrawal.list_uses(vault, CASE),
        "list_releases": lambda: release_desk.list_releases(vault, CASE),
        "show_ledger": lambda: release_desk.show_ledger(vault, CASE),
        "verify": lambda: attachments.verify_attachment(vault, CASE, "f-1"),
        "extract": lambda: _file(folder / "f", lambda out: attachments.extract_attachment(vault, CASE, "f-1", out)),
        **{
            f"export {form}": lambda form=form: _file(
                folder / f"out.{form}",
                lambda out: exporting.export_case(vault, CASE, out, purpose="documentation", form=form),
            )
            for form in ("yaml", "csv")
        },
    }
    for way, read in ways.items():
        try:
            found = read()
        except BearwitnessError as error:
            found = f"{type(error).__name__}: {error}"
        yield way, found if isinstance(found, str) else repr(found)


def _file(path: Path, write):
    path.unlink(missing_ok=True)
    write(path)
    return path.read_bytes().decode("utf-8", "replace")


def in_excerpts_of_what_was_asked(way, text, word):
    """A search repeats the words that were asked for; what it found is told by more than that."""
    return way == "search" and text.count(word) == 1


@pytest.mark.parametrize("held", SETS, ids="+".join)
def test_what_was_not_granted_is_nowhere(kept, tmp_path, held):
    """By every way of reading, a member sees nothing of a compartment they lack, and something of each they hold."""
    with kept.as_(f"m{SETS.index(held)}") as vault:
        texts = dict(readings(vault, tmp_path))
    for compartment, words in TOLD.items():
        for way, text in texts.items():
            shown = [w for w in words if w in text and not in_excerpts_of_what_was_asked(way, text, w)]
            if compartment not in held:
                assert shown == [], f"{way} shows {compartment}"
    whole = "\n".join(texts.values())
    for compartment in held:
        # Evidence is of use only with the account that it belongs to; a chain only with its people.
        if compartment in ("identity", "content"):
            assert any(word in whole for word in TOLD[compartment])


def test_who_holds_all_sees_all(kept, tmp_path):
    """The words that the others must not see are there, by several ways of reading: else the test above is blind."""
    with kept.as_() as vault:
        texts = dict(readings(vault, tmp_path))
    for compartment, words in TOLD.items():
        for word in words:
            ways = [way for way, text in texts.items() if word in text]
            assert len(ways) >= 2, f"{word} of {compartment} is shown by {ways} only"


@pytest.mark.parametrize("compartment", COMPARTMENTS)
def test_who_lacks_a_compartment_cannot_grant_it(kept, compartment):
    """A member cannot give what they do not hold, and the refusal is in the trail."""
    lacks = next(held for held in SETS if len(held) == 3 and compartment not in held)
    with kept.as_(f"m{SETS.index(lacks)}") as vault:
        with pytest.raises(AccessDenied):
            grant_case(vault, CASE, kept.ids[SORI], [compartment])
        assert show_trail(vault, member=vault.member)[-1].outcome == "refused"


def run(kept, name, *words):
    """What a command prints, to a terminal's two streams."""
    reading, writing = os.pipe()
    os.write(writing, f"{phrase_of(name)}\n".encode())
    os.close(writing)
    out, err = io.StringIO(), io.StringIO()
    where = ["--vault", kept.place.where, "--member", kept.ids[name], "--passphrase-fd", str(reading)]
    with redirect_stdout(out), redirect_stderr(err):
        status = main([*words, *where])
    os.close(reading)
    return status, out.getvalue() + err.getvalue()


COMMANDS = (
    ("case", "list"), ("case", "show", CASE), ("testimony", "show", CASE, "t-lee"), ("act", "list", CASE),
    ("consent", "show", CASE), ("search", "동생을"), ("search", "안도솔"), ("audit", "show"), ("vault", "check"),
    ("release", "list", CASE), ("attach", "verify", CASE, "f-1"), ("member", "list"),
)  # fmt: skip


@pytest.mark.parametrize("held", [*[s for s in SETS if len(s) == 3], ()], ids=lambda s: "+".join(s) or "none")
def test_no_command_prints_what_was_not_granted(kept, monkeypatch, tmp_path, held):
    """With and without ``--json``, no command prints a word of a compartment that the member lacks, in any stream."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    name = f"m{SETS.index(held)}" if held else SORI
    for words in COMMANDS:
        for more in ((), ("--json",)):
            status, text = run(kept, name, *words, *more)
            assert status != 70, text
            for compartment, told in TOLD.items():
                if compartment not in held:
                    assert not [w for w in told if w in text], f"{words} shows {compartment}"
            assert held or CASE not in text


def test_the_commands_print_what_was_granted(kept, monkeypatch, tmp_path):
    """For who holds everything the same commands print words of every compartment."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    text = "".join(run(kept, HANA, *words, "--json")[1] for words in COMMANDS)
    for told in TOLD.values():
        assert any(word in text for word in told)
    assert MIN not in kept.ids


def test_nothing_shows_a_key_by_accident(kept):
    """An unlocked vault, a case and the keys that somebody prints for debugging show no key."""
    with kept.as_() as vault:
        opened = vault.open_case(CASE)
        text = repr(vault) + repr(opened.sub_keys)
        keys = [vault.vault_keys.database.raw, vault.keys.raw, *(k.raw for k in opened.sub_keys.values())]
    assert "SecretKey(...)" in text
    for key in keys:
        assert key.hex() not in text
        assert repr(key)[2:-1] not in text
