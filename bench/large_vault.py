"""Invented records in bulk: case files and sheets of many acts, accounts in two languages, and vaults to fill."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from bearwitness.services.unlocked import Unlocked
from bearwitness.services.unlocking import VaultPlace, create_vault
from bearwitness.vault.passphrase import Cost

PASSPHRASE = "words that do not belong"
# What is measured is the work after the key derivation.
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PLACES = ("hambuk/musan", "pyongbuk/sinuiju", "ryanggang/hyesan", "hambuk/hoeryong")
KINDS = ("raid", "threat", "detention", "interrogation")
ENGLISH = (
    "They came at night and searched every room, and asked about the money again and again.",
    "An officer told us that nobody would speak to the family from now on.",
    "He was kept for eleven days and came back thin and silent.",
    "The neighbours were told to write down whoever came to the house.",
)
KOREAN = (
    "밤에 들이닥쳐 방마다 뒤지고 돈이 어디서 왔느냐고 거듭 물었습니다.",
    "담당 보위원이 앞으로 아무도 우리 집과 말을 섞지 못한다고 했습니다.",
    "열하루 동안 잡혀 있다가 야위어서 말없이 돌아왔습니다.",
    "집에 드나드는 사람을 모두 적어 내라고 이웃들에게 시켰습니다.",
)


def make_vault(folder: Path) -> Unlocked:
    """An empty vault with a cheap passphrase, unlocked."""
    place = VaultPlace(where=str(folder / "vault"), state=folder / "state")
    return create_vault(place, name="bench", passphrase=PASSPHRASE, cost=CHEAP)


def act_lines(rng: random.Random, count: int, households: int) -> list[dict[str, str]]:
    """Acts as the cells of a spreadsheet."""
    return [
        {
            "id": f"a{i}", "kind": rng.choice(KINDS), "household": f"h{rng.randrange(households)}",
            "date": f"20{10 + i % 14}-{1 + i % 12:02d}-{1 + i % 28:02d}", "place": rng.choice(PLACES),
            "perpetrator": "state_security",
        }
        for i in range(count)
    ]  # fmt: skip


def write_case(path: Path, rng: random.Random, acts: int) -> None:
    """A case file with so many acts, one household for ten of them."""
    lines = ["bearwitness: 1", "case: large-case", "households:"]
    lines += [f"  - {{id: h{i}}}" for i in range(acts // 10)]
    lines.append("acts:")
    lines += ["  - {" + ", ".join(f"{k}: {v}" for k, v in a.items()) + "}" for a in act_lines(rng, acts, acts // 10)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_sheet(path: Path, rng: random.Random, acts: int) -> None:
    """A workbook, or a CSV file by its ending, with so many acts."""
    rows = act_lines(rng, acts, acts // 10)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("acts")
    sheet.write_row(0, 0, list(rows[0]))
    for at, row in enumerate(rows, 1):
        sheet.write_row(at, 0, list(row.values()))
    book.close()


def write_accounts(path: Path, rng: random.Random, accounts: int) -> None:
    """A case file with so many testimonies of about 500 bytes, every other one Korean."""
    lines = ["bearwitness: 1", "case: accounts", "households:", "  - {id: h}", "persons:", "  - {id: p, household: h}"]
    lines.append("testimonies:")
    for i in range(accounts):
        language, sentences = ("ko", KOREAN) if i % 2 else ("en", ENGLISH)
        text = " ".join(rng.choice(sentences) for _ in range(3 if i % 2 else 6))
        if i == accounts - 1:
            text += " 강아지 umbrella"
        lines.append(f"  - {{id: t{i}, teller: p, language: {language}, directness: told_by_victim, text: \"{text}\"}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
