"""The main job on the worked case that the package ships: invented people, in a vault that is made for it.

The vault holds the case and the ledger of earlier releases; the draft, in English or Korean, is assessed with both.
"""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bearwitness.cli.printing import print_report
from bearwitness.cli.report.page import render_page
from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.documents.files import read_text, write_atomically
from bearwitness.errors import DecisionsError, DraftError, LedgerError, PolicyError
from bearwitness.model.codec import load_decisions, load_ledger, load_policy
from bearwitness.services.importing import import_file
from bearwitness.services.release_desk import add_to_ledger, assess_with_vault
from bearwitness.services.unlocked import Unlocked
from bearwitness.services.unlocking import VaultPlace, create_vault

CASE: Final = "worked-case"
OUT: Final = Path("out")


def worked_case_arguments(language: str, page: Path) -> list[str]:
    """The words of the command that assesses the worked case's draft in a language, from files."""
    return [
        "assess", str(worked_case_path(f"draft.{language}.txt")),
        "--case", str(worked_case_path("case.yaml")), "--ledger", str(worked_case_path("ledger.yaml")),
        "--policy", str(worked_case_path("policy.yaml")), "--decisions", str(worked_case_path("decisions.yaml")),
        "--html", str(page), "--force",
    ]  # fmt: skip


def make_vault(folder: Path, passphrase: str) -> Unlocked:
    """A vault with the worked case and its ledger in it, unlocked."""
    # What this machine remembers of such a vault lies beside it, and goes with it.
    vault = create_vault(VaultPlace(where=str(folder), state=folder.parent), name="you", passphrase=passphrase)
    import_file(vault, worked_case_path("case.yaml"), name=CASE)
    path = worked_case_path("ledger.yaml")
    text = read_text(path, kind=LedgerError)
    add_to_ledger(
        vault, CASE, load_ledger(text, name=path.name, tree=load_place_tree(), vocabulary=load_vocabulary())
    )
    return vault


def run(words: Sequence[str]) -> int:
    """Assess the worked case from its vault and say how to go on; 0 where the job was done, whatever the verdict."""
    language = "ko" if "ko" in words else "en"
    OUT.mkdir(exist_ok=True)
    folder = OUT / "vault"
    shutil.rmtree(folder, ignore_errors=True)
    passphrase = "-".join(secrets.token_hex(2) for _ in range(5))
    vault = make_vault(folder, passphrase)
    policy = load_policy(read_text(worked_case_path("policy.yaml"), kind=PolicyError), name="policy.yaml")
    decided = read_text(worked_case_path("decisions.yaml"), kind=DecisionsError)
    draft = read_text(worked_case_path(f"draft.{language}.txt"), kind=DraftError)
    found = assess_with_vault(vault, CASE, draft, policy, decisions=load_decisions(decided, name="decisions.yaml"))
    vault.close()
    page = OUT / f"report.{language}.html"
    write_atomically(page, render_page(found, language=found.language), replace=True)
    print_report(found, None)
    print(f"The page: {page.resolve()}")
    print(f"The vault: {folder}, with invented people only; its passphrase, for trying: {passphrase}")
    print(f"  .venv/bin/bearwitness case show {CASE} --vault {folder} --member {vault.member}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
