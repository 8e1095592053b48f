"""The how-tos of the vault are followed as they are written: each command runs, and says what the page says it does."""

import io
import os
import re
import shlex
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
import pytest
from postgres_server import new_database

from bearwitness.cli.main import main
from bearwitness.cli.vault.options import COMMANDS
from bearwitness.vault import passphrase
from bearwitness.vault.passphrase import Cost

DOCS = Path(__file__).resolve().parents[2] / "docs"
ALONE, TEAM, HAND, RECOVERY = (
    DOCS / "how-to" / f"{n}.md" for n in ("start-alone", "start-as-a-team", "hand-a-case-over", "recovery")
)
# What the other pages go on from.
BEGINNING = ("Make the vault", "Bring in a case")
SERVER = "Several computers: PostgreSQL"
ADDRESS, FILES, AGE_KEY = "postgresql://db.example.org/bearwitness", "/srv/bearwitness/files", "AGE-KEY"
PHRASE = "four odd words here"

_FENCE = re.compile(r"(?:Save this as `(?P<name>[^`]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
_HEADING = re.compile(r"^## (.+)$", re.M)
# What is drawn at random, or follows from it: it differs each time, but is the same wherever it stands on the pages.
_DRAWN = re.compile(
    r"bearwitness-o-[a-hjkmnp-z2-9]{8}-\d+|\b\d+:[0-9a-f]{64}\b|\b[a-z]-[a-hjkmnp-z2-9]{8}\b|\b(?:act|person)-[0-9a-f]{12}\b"
)
_STATUS = re.compile(r"# exit status (\d+)")


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch):
    """A guess at a passphrase costs nothing here."""
    monkeypatch.setattr(passphrase, "USUAL_COST", Cost(memory_kib=64, passes=1, lanes=1))


@pytest.fixture
def reader(tmp_path, monkeypatch, capsys):
    """Somebody who follows pages in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BEARWITNESS_VAULT", str(tmp_path / "vault"))
    return Reader(capsys=capsys)


@dataclass
class Reader:
    """Follows pages: ``drawn`` is what stands here for what was drawn at random there; ``ran`` counts commands."""

    capsys: pytest.CaptureFixture
    drawn: dict = field(default_factory=dict)
    swaps: dict = field(default_factory=dict)
    ran: int = 0
    said: str = ""

    def follow(self, page, *, only=None, but=()):
        """Follow a page's sections in their order."""
        heads = list(_HEADING.finditer(page.read_text(encoding="utf-8")))
        names = [h.group(1) for h in heads]
        assert set(only or ()) | set(but) <= set(names), "the page has no such section"
        text = page.read_text(encoding="utf-8")
        for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(text)], strict=True):
            if head.group(1) not in but and (only is None or head.group(1) in only):
                self.follow_blocks(text[head.end() : end])

    def follow_blocks(self, text):
        """Write the files of a section, run its commands, compare what it says they print."""
        for block in _FENCE.finditer(text):
            if block["name"]:
                Path(block["name"]).write_text(block["text"], encoding="utf-8")
            elif block["kind"] == "sh":
                self.said = ""
                for line in block["text"].splitlines():
                    self.run(line)
            else:
                assert block["kind"] == "text", f"a block of a kind that nobody runs: {block['kind']}"
                self.compare(block["text"])

    def run(self, line):
        """One command as it stands on a page; every question for a passphrase gets the same answer."""
        wanted = int(found[1]) if (found := _STATUS.search(line)) else 0
        for there, here in self.swaps.items():
            line = line.replace(there, here)
        line = _DRAWN.sub(lambda m: self.drawn.get(m[0], m[0]), line)
        program, *words = shlex.split(line, comments=True)
        assert program == "bearwitness", f"only bearwitness is run: {line}"
        reading, writing = os.pipe()
        os.write(writing, f"{PHRASE}\n".encode() * 4)
        os.close(writing)
        self.capsys.readouterr()
        try:
            status = main([*words, "--passphrase-fd", str(reading)])
        finally:
            os.close(reading)
        out, err = self.capsys.readouterr()
        self.said += out
        self.ran += 1
        assert status == wanted, f"{line}: {status}\n{out}{err}"

    def compare(self, text):
        """Each line of the page stands in what was printed, in the same order; ``…`` stands for anything."""
        lines = self.said.splitlines()
        for expected in text.splitlines():
            pattern, new = self.pattern_of(expected)
            while lines and not (found := re.fullmatch(pattern, lines[0].strip())):
                lines.pop(0)
            assert lines, f"nothing printed (any more) is like: {expected}\n{self.said}"
            lines.pop(0)
            self.drawn.update({there: found[f"drawn{at}"] for at, there in enumerate(new)})

    def pattern_of(self, line):
        """What a line of a page looks like here, and what in it was not drawn before."""
        new, parts, end = [], [], 0
        for token in _DRAWN.finditer(line):
            parts.append(_loose(line[end : token.start()]))
            if token[0] in self.drawn:
                parts.append(re.escape(self.drawn[token[0]]))
            else:
                parts.append(f"(?P<drawn{len(new)}>{_DRAWN.pattern})")
                new.append(token[0])
            end = token.end()
        return "".join([*parts, _loose(line[end:])]), new


def _loose(text):
    """Any run of spaces is as good as another, and ``…`` stands for anything."""
    parts = re.split(r"\s*…\s*", text)
    return ".*".join(r"\s+".join(re.escape(word) for word in re.split(r"\s+", part)) for part in parts)


def test_start_alone(reader):
    """Whoever follows the page has a vault, kits, a case, a safe draft, a backup that opens and a head that holds."""
    reader.follow(ALONE)
    assert reader.ran >= 14
    assert "Hyesan" not in Path("safer.txt").read_text(encoding="utf-8")
    assert (Path("restored") / "vault.db").exists()


def test_start_as_a_team(reader):
    """Whoever follows the page publishes what two others approved, and nothing before."""
    reader.follow(ALONE, only=BEGINNING)
    reader.follow(TEAM, but=[SERVER])
    assert Path("published.txt").read_text(encoding="utf-8") == Path("story.txt").read_text(encoding="utf-8")
    assert not Path("out.yaml").exists()


def test_recovery(reader):
    """Whoever follows the page has kits of which two open the vault and its backup, and one nothing."""
    reader.follow(ALONE, only=BEGINNING)
    reader.follow(RECOVERY)
    assert reader.ran >= 15
    assert (Path("restored") / "vault.db").exists()


def test_several_computers(reader, server, tmp_path):
    """The commands for a database make a vault there, and nothing in a folder."""
    (text,) = [b["text"] for b in _FENCE.finditer(ALONE.read_text(encoding="utf-8")) if b["name"] == "pyo-family.yaml"]
    Path("pyo-family.yaml").write_text(text, encoding="utf-8")
    reader.swaps = {ADDRESS: new_database(server), FILES: str(tmp_path / "files")}
    reader.follow(TEAM, only=[SERVER])
    assert reader.ran == 3
    assert not Path("vault").exists()


def test_hand_a_case_over(reader):
    """Whoever follows the page hands all of a case to a colleague, and to others what an age key opens."""
    key = pyrage.x25519.Identity.generate()
    reader.swaps = {AGE_KEY: str(key.to_public())}
    reader.follow(ALONE, only=BEGINNING)
    sections = _HEADING.findall(HAND.read_text(encoding="utf-8"))
    theirs = sections[-1]
    reader.follow(HAND, but=[theirs])
    exported, taken = HAND.read_text(encoding="utf-8").split(f"## {theirs}")[1].split("They open it with")
    reader.follow_blocks(exported)
    packed = pyrage.decrypt(Path("handed-over.age").read_bytes(), [key])
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(filter="data")
    reader.follow_blocks(taken)


PAGES = sorted((*DOCS.glob("how-to/*.md"), *DOCS.glob("explanation/*.md"), *DOCS.glob("decisions/*.md")))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_named_in_prose_exist(page):
    """A command that a page of the documentation names is one that there is."""
    known = {tuple(c.words.split()) for c in COMMANDS} | {("assess",), ("rewrite",)}
    for named in re.findall(r"`bearwitness ([a-z][^`]*)`", page.read_text(encoding="utf-8")):
        words = tuple(named.split())
        assert words[:1] in known or words[:2] in known, f"bearwitness {named}"


def test_an_output_that_is_not_there_is_noticed(reader):
    """The comparison fails where a line of the page is not printed, or an id on it stands for another."""
    reader.said = "id  m-abcdefgh\nid  m-zyxwvutz\n"
    with pytest.raises(AssertionError, match="is like: id  m-7k2qd4wx"):
        reader.compare("id  m-7k2qd4wx\nid  m-7k2qd4wx\n")
    with pytest.raises(AssertionError, match="is like: name  Min"):
        reader.compare("name  Min\n")
