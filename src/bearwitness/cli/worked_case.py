"""The main job on the worked case that the package ships: invented people, a draft in English and one in Korean."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bearwitness.cli.main import main
from bearwitness.data.load import worked_case_path
from bearwitness.errors import NotSafe


def worked_case_arguments(language: str, page: Path) -> list[str]:
    """The words of the command that assesses the worked case's draft in a language."""
    return [
        "assess", str(worked_case_path(f"draft.{language}.txt")),
        "--case", str(worked_case_path("case.yaml")), "--ledger", str(worked_case_path("ledger.yaml")),
        "--policy", str(worked_case_path("policy.yaml")), "--decisions", str(worked_case_path("decisions.yaml")),
        "--html", str(page), "--force",
    ]  # fmt: skip


def run(words: Sequence[str]) -> int:
    """Assess the worked case and say how to go on; 0 where the job was done, whatever the verdict."""
    language = "ko" if "ko" in words else "en"
    page = Path("out") / f"report.{language}.html"
    page.parent.mkdir(exist_ok=True)
    status = main(worked_case_arguments(language, page))
    if status not in (0, NotSafe.status):
        return status
    print(f"The page: {page.resolve()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
