"""The commands of the vault: their words, options and help. Nothing is imported here that a parser does not need."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

COMPARTMENTS: Final = ("identity", "chain", "content", "evidence")
PURPOSES: Final = ("documentation", "publication", "submission", "sharing", "statistics")
DIRECTNESS: Final = (
    "experienced", "witnessed", "told_by_victim", "told_by_witness", "told_by_third_party", "document", "inferred",
    "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One argument of a command: its name, its help, and what argparse is told besides."""

    name: str
    help: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VaultCommand:
    """One command: its words, its help, its arguments; ``open`` is whether it unlocks the vault itself."""

    words: str
    help: str
    options: tuple[Option, ...] = ()


def _one(name: str, help: str, **more: Any) -> Option:
    return Option(name, help, more)


def _many(name: str, help: str, **more: Any) -> Option:
    return Option(name, help, {"action": "append", "default": [], **more})


_CASE: Final = _one("case", "the case, by id or exact name", metavar="CASE")
_DATE_HELP: Final = "such as 2024-02-05, 2024-02 or 2024~ (about)"
_OUT: Final = _one("--output", "the file to write", metavar="OUT", type=Path, required=True)
_FORCE: Final = _one("--force", "overwrite an output file that exists", action="store_true")
_YES: Final = _one("--yes", "destroy without asking at the terminal", action="store_true")
_DRAFT: Final = _one("draft", "id of the draft", metavar="DRAFT")
_ACT_VALUES: Final = (
    _one("--household", "to which household", metavar="ID"), _many("--victim", "to whom of it", metavar="ID"),
    _one("--date", f"when it was done, {_DATE_HELP}"), _one("--place", "where: a path or a name"),
    _one("--perpetrator", "by whom: a term of the vocabulary", metavar="TERM"),
    _one("--because-of", "whose deed it punishes", metavar="ID"),
    _one("--count", "how many victims the account counts", type=int, metavar="N"),
    _one("--ordinal", "the how manieth time it was done to the household, where the account says so", type=int,
         metavar="N"),
)  # fmt: skip
_POLICY: Final = (
    _one("--policy", "threshold, links, what must be kept", metavar="POLICY.yaml", type=Path),
    _one("--decisions", "what an editor decided about unresolved forms", metavar="DECISIONS.yaml", type=Path),
)
_SEED: Final = _one("--seed", "the same seed gives the same report", metavar="N", type=int, default=0)
_LEVEL: Final = _one("--level", "the probability of intervals", metavar="P", type=float, default=0.95)
_REPORT: Final = (
    _one("--html", "also write the report as a page", metavar="OUT.html", type=Path),
    _one("--output", "write the report, or with --json the document, here instead of printing it", metavar="OUT",
         type=Path), _FORCE,
    _one("--language", "language of the report (default: en)", choices=("en", "ko"), default="en"),
)  # fmt: skip
_REASON: Final = _one("--reason", "why, in a few words", required=True)
_LAYER: Final = _one("--layer", "accounts of acts, or records of persons", choices=("act", "person"), default="act")
_ENGINE: Final = _one(
    "--engine", "what scores the pairs: the same result, sooner for thousands of accounts",
    choices=("plain", "duckdb", "spark"), default="plain",
)  # fmt: skip

COMMANDS: Final[tuple[VaultCommand, ...]] = (
    VaultCommand("init", "make a vault; you are its first member and administer it", (
        _one("--name", "what the other members call you", required=True),)),
    VaultCommand("member add", "add a member, who types their own passphrase", (
        _one("name", "what the others call them", metavar="NAME"),
        _one("--administrator", "they may add and revoke members; that gives no access to cases", action="store_true"),
    )),
    VaultCommand("member list", "everybody who is or was a member"),
    VaultCommand("member revoke", "take a member out: their passphrase opens nothing any more", (
        _one("id", "the member's id", metavar="MEMBER"),)),
    VaultCommand("member passphrase", "change your passphrase"),
    VaultCommand("case create", "make a case; you hold all of it", (
        _one("name", "what its members call it", metavar="NAME"),)),
    VaultCommand("case list", "the cases you are in"),
    VaultCommand("case show", "a case as far as you may read it, and who is in it", (_CASE,)),
    VaultCommand("case grant", "give a member compartments of a case that you hold", (
        _CASE, _one("id", "the member's id", metavar="MEMBER"),
        _one("compartments", "what is granted", metavar="COMPARTMENT", nargs="+", choices=COMPARTMENTS))),
    VaultCommand("case revoke", "take a member out of a case, and begin a new epoch of its keys", (
        _CASE, _one("id", "the member's id", metavar="MEMBER"))),
    VaultCommand("case renew", "begin a new epoch of a case's keys without those who left", (_CASE,)),
    VaultCommand("testimony add", "take an account", (
        _CASE, _one("--text", "a file with the account in its own words", metavar="FILE", type=Path, required=True),
        _one("--teller", "who gave it", metavar="ID", required=True),
        _one("--language", "of the text", choices=("en", "ko"), required=True),
        _one("--directness", "how the teller knows", choices=DIRECTNESS, required=True),
        _one("--told", f"when it was given, {_DATE_HELP}", metavar="DATE"),
        _many("--act", "an act it speaks of", metavar="ID"),
        _many("--hop", "one hop of its way, such as ahn-mother>carrier:in_person", metavar="HOP"),
        _one("--collected-by", "the organisation or desk that took it, such as seoul-desk; never a person",
             metavar="DESK"),
        _one("--id", "its id; given if left out", metavar="ID"))),
    VaultCommand("testimony show", "an account, its files, and what its teller agreed to", (
        _CASE, _one("id", "of the account", metavar="TESTIMONY"))),
    VaultCommand("testimony withdraw", "destroy an account and what only it told, and list what had left", (
        _CASE, _one("id", "of the account", metavar="TESTIMONY"), _YES)),
    VaultCommand("act add", "add an act", (
        _CASE, _one("--kind", "what was done: a term of the vocabulary", metavar="TERM", required=True), *_ACT_VALUES,
        _many("--testimony", "an account that tells of it", metavar="ID"),
        _one("--id", "its id; given if left out", metavar="ID"))),
    VaultCommand("act code", "code an act anew; earlier versions are kept", (
        _CASE, _one("id", "of the act", metavar="ACT"),
        _one("--kind", "what was done: a term of the vocabulary", metavar="TERM"), *_ACT_VALUES)),
    VaultCommand("act list", "the acts of a case", (_CASE,)),
    VaultCommand("attach add", "take a file into a case", (
        _CASE, _one("file", "the file; it is only read", metavar="FILE", type=Path),
        _one("--testimony", "the account it belongs to", metavar="ID"))),
    VaultCommand("attach verify", "compare a file with what was taken in", (
        _CASE, _one("id", "of the attachment", metavar="ATTACHMENT"))),
    VaultCommand("attach extract", "give a file out as it was taken in", (
        _CASE, _one("id", "of the attachment", metavar="ATTACHMENT"), _OUT, _FORCE)),
    VaultCommand("import", "bring in a case file with its attachments, or a spreadsheet; a stopped import goes on", (
        _one("file", "YAML, JSON, CSV or XLSX", metavar="FILE", type=Path),
        _one("--into", "a case to add to; a new one if left out", metavar="CASE"),
        _one("--name", "what the new case is called"),
        _one("--table", "which table a CSV file holds: acts, persons, ..."))),
    VaultCommand("export", "give a case out, as far as consent lets it leave for a purpose", (
        _CASE, _OUT, _FORCE, _one("--purpose", "what for", choices=PURPOSES, required=True),
        _one("--recipient", "who gets it", default=""),
        _one("--format", "a case file, a workbook, or one table", choices=("yaml", "xlsx", "csv"), default="yaml"),
        _one("--table", "which table a CSV file holds"),
        _many("--to", "an age key to encrypt everything to, in one file", metavar="AGE-KEY"))),
    VaultCommand("search", "search what you may read", (
        _one("text", "the words, in any language", metavar="WORDS"), _one("--case", "one case only"))),
    VaultCommand("vault check", "read everything and name what is damaged"),
    VaultCommand("vault backup", "write a backup: data and keys apart, both sealed", (
        _one("folder", "where to", metavar="FOLDER", type=Path),)),
    VaultCommand("vault restore", "restore a backup into a new vault; what was withdrawn stays destroyed", (
        _one("data", "the archive of the data", metavar="DATA", type=Path),
        _one("keys", "the archive of the keys", metavar="KEYS", type=Path),
        _many("--kit", "an officer's kit, instead of a member's passphrase; give enough of them", metavar="KIT",
              type=Path),
        _one("--later", "the vault it takes the place of: what was withdrawn there stays destroyed",
             metavar="WHERE"))),
    VaultCommand("recovery kit", "make the officers' recovery kits, to be printed", (
        _one("folder", "where the kits are written", metavar="FOLDER", type=Path),
        _one("--officers", "how many officers", type=int, default=3),
        _one("--need", "how many of them it takes", type=int, default=2))),
    VaultCommand("recovery cover", "let the kits open every case that you hold wholly"),
    VaultCommand("recovery drill", "prove kits without touching a case", (
        _one("kits", "files of kits", metavar="KIT", type=Path, nargs="+"),)),
    VaultCommand("recovery use", "recover the organisation with enough officers' kits", (
        _one("kits", "files of kits", metavar="KIT", type=Path, nargs="+"),
        _one("--name", "what the new administrator is called", required=True))),
    VaultCommand("audit show", "who did what, as far as you may know", (
        _one("--case", "of one case only"), _one("--by", "by one member only", metavar="MEMBER"),
        _one("--action", "of one action only"), _one("--last", "the last so many", type=int, default=50))),
    VaultCommand("audit verify", "check every link and signature of the trail; names the first that is broken", (
        _one("--head", "a head that was written down: NUMBER:HASH", metavar="HEAD"),)),
    VaultCommand("consent show", "who agreed to what, and what may be used for what today", (_CASE,)),
    VaultCommand("consent withdraw", "take back a consent: it blocks at once, and destroys what nothing else covers", (
        _CASE, _one("id", "of the consent", metavar="CONSENT"), _YES)),
    VaultCommand("release list", "the drafts of a case and where each stands", (_CASE,)),
    VaultCommand("release draft", "put a text on the desk", (
        _CASE, _one("text", "the text, UTF-8, English or Korean", metavar="FILE", type=Path), *_POLICY)),
    VaultCommand("release assess", "assess a draft with the whole record and the ledger", (_CASE, _DRAFT)),
    VaultCommand("release vote", "approve or refuse exactly what was assessed", (
        _CASE, _DRAFT, _one("answer", "what you say", metavar="ANSWER", choices=("approve", "refuse")),
        _one("--reason", "why", default=""))),
    VaultCommand("release publish", "let a draft leave that two others approved", (
        _CASE, _DRAFT, _many("--recipient", "who gets it"), _one("--title", "its title", default=""), _OUT, _FORCE)),
    VaultCommand("release withdraw", "take a published release back; the ledger keeps it", (
        _CASE, _DRAFT, _one("--reason", "why", required=True))),
    VaultCommand("release jigsaw", "which sentences, new and published, identify a family together", (
        _one("draft", "a new text; without it what is published only", metavar="DRAFT", type=Path, nargs="?"),
        _one("--case", "the record", metavar="CASE.yaml", type=Path),
        _one("--ledger", "everything published so far", metavar="LEDGER.yaml", type=Path), *_POLICY,
        _one("--in", "take record and ledger from this case of the vault", dest="vault_case", metavar="CASE"),
        _one("--language", "language of the report", choices=("en", "ko")))),
    VaultCommand("release series", "drafts that belong together: what all of them give away, the least to change", (
        _one("drafts", "the texts, up to 20, of any form that assess reads", metavar="DRAFT", type=Path, nargs="+"),
        _one("--case", "the record; needed for more than one draft", metavar="CASE.yaml", type=Path),
        _one("--ledger", "everything published so far", metavar="LEDGER.yaml", type=Path), *_POLICY,
        _one("--in", "take record and ledger from this case of the vault", dest="vault_case", metavar="CASE"),
        _one("--output", "make this folder, with every draft changed and safe", metavar="FOLDER", type=Path),
        _one("--images", "keep pictures, rebuilt from their pixels", action="store_true"),
        _one("--language", "language of the report", choices=("en", "ko")))),
    VaultCommand("release dataset", "what rows give away, and the cheapest way to say them safely", (
        _one("file", "the table: CSV, plain or gzip, or Parquet", metavar="FILE", type=Path),
        _one("--roles", "what its columns are, and how each may be said less exactly", metavar="ROLES.yaml", type=Path,
             required=True),
        _one("--k", "how many households must read alike", type=int, default=5),
        _one("--suppress", "the share of the records that may be left out", metavar="SHARE", type=float, default=0.0),
        _one("--fraction", "what share of all people the table is a sample of", metavar="SHARE", type=float),
        _one("--output", "write the safe table here, as CSV", metavar="OUT.csv", type=Path), _FORCE,
        _one("--language", "language of the report", choices=("en", "ko")))),
    VaultCommand("release table", "which cells of a table of counts must not be printed, with the proof", (
        _one("file", "the table with its true counts: place, month, act, and households or acts",
             metavar="FILE.csv", type=Path),
        _one("--case", "the record", metavar="CASE.yaml", type=Path),
        _one("--ledger", "everything published so far", metavar="LEDGER.yaml", type=Path),
        _one("--policy", "threshold, adversaries, links", metavar="POLICY.yaml", type=Path),
        _one("--in", "take record and ledger from this case of the vault", dest="vault_case", metavar="CASE"),
        _one("--id", "the id of the release in the ledger", dest="release", default="table"),
        _one("--as-of", "the day up to which it counts what was recorded", metavar="DAY"),
        _one("--least", "hide cells that count fewer, and not none", type=int, default=3),
        _one("--round", "print figures rounded to this base instead of hiding cells", dest="base", type=int,
             choices=(3, 5)),
        _one("--output", "write the safe table here", metavar="OUT.csv", type=Path),
        _one("--enter", "write the ledger with the table entered here", metavar="LEDGER.yaml", type=Path),
        _one("--outlet", "where it appears; needed to enter it", default=""),
        _one("--title", "its title", default=""), _FORCE,
        _one("--language", "language of the report", choices=("en", "ko")))),
    VaultCommand("release ledger", "everything published about the people of a case", (
        _CASE, _one("--add", "enter the releases of a ledger file", metavar="LEDGER.yaml", type=Path))),
    VaultCommand("review next", "two accounts side by side that may be of one act, the differences first", (
        _CASE, _LAYER, _ENGINE)),
    VaultCommand("review decide", "say whether two accounts are of one act; then you see how probable it was", (
        _CASE, _one("one", "the one", metavar="ID"), _one("other", "the other", metavar="ID"),
        _one("verdict", "what you say", metavar="VERDICT", choices=("same", "different", "unsure")), _REASON, _LAYER,
        _ENGINE)),
    VaultCommand("review undo", "take back a decision of yours; both are kept", (
        _CASE, _one("decision", "its id", metavar="DECISION"), _REASON, _ENGINE)),
    VaultCommand("review list", "the decisions that you may see", (_CASE,)),
    VaultCommand("review agreement", "how far the reviewers agree beyond chance", (_CASE, _LAYER)),
    VaultCommand("review acts", "every act with its accounts, and how many independent sources tell of it", (_CASE,)),
    VaultCommand("review count", "record the numbers of sources for those who may not see the chains", (_CASE,)),
    VaultCommand("review chains", "who told whom, for those who hold the chain compartment", (
        _CASE, _one("--act", "of one act only", metavar="ID"),
        _one("--output", "also write the picture of this act as an SVG", metavar="OUT.svg", type=Path), _FORCE,
        _one("--language", "language of the picture (default: en)", choices=("en", "ko"), default="en"))),
    VaultCommand("estimate acts", "how many acts reached no list, or why no number may be given", (
        _one("--case", "the case, by id or exact name; it takes identity, chain and content", metavar="CASE"),
        _one("--table", "or a file with tables of your own lists", metavar="FILE.yaml", type=Path),
        _one("--by", "divide acts by some of kind, province, year, such as kind,year", metavar="FIELDS", default=""),
        _LEVEL,
        _one("--cap", "how many acts there may be at the most, seen and unseen (default: 21 times those seen)",
             metavar="N", type=int),
        _SEED,
        _one("--processes", "how many processes estimate (default: one for each core)", metavar="N", type=int),
        _one("--cache", "a folder where numbers are kept, in clear, so that they need not be computed again",
             metavar="DIR", type=Path),
        *_REPORT)),
    VaultCommand("estimate change", "whether acts changed from a month on, when their reporting may have too", (
        _one("--case", "the case, by id or exact name; it takes identity, chain and content", metavar="CASE",
             required=True),
        _one("--month", "the first month after the date, such as 2021-01", metavar="MONTH", required=True),
        _one("--since", "the first month that is counted (default: seven years before)", metavar="MONTH"),
        _one("--as-of", "the last day that is counted (default: today)", metavar="DAY"),
        _one("--longest", "how many months later an act may be reported", metavar="N", type=int, default=24),
        _LEVEL, _SEED, *_REPORT)),
    VaultCommand("review candidates", "what in all your cases may be of the same acts as a new account", (
        _CASE, _one("id", "of the account", metavar="TESTIMONY"))),
)  # fmt: skip
GROUPS: Final = {
    "member": "who belongs to the organisation", "case": "cases and who is in them", "testimony": "accounts",
    "act": "what was done", "attach": "files", "vault": "check, back up, restore", "recovery": "the officers' kits",
    "audit": "the trail", "consent": "who agreed to what", "release": "from a draft to the ledger",
    "review": "which accounts are of one act", "estimate": "what never reached anyone",
}  # fmt: skip
