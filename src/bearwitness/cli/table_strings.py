"""What the interface says of tables of counts, English and Korean side by side."""

from __future__ import annotations

from typing import Final

TABLE_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "table_open": (
        "Safe to publish as it stands: no figure, alone or with what was published, points at a family",
        "그대로 공개해도 됩니다. 어떤 수치도, 이미 공개된 것과 합쳐도, 한 가족을 가리키지 않습니다",
    ),
    "table_safe": (
        "Safe once {n} of {all} cells are not printed (limit {limit})",
        "전체 {all}칸 가운데 {n}칸을 싣지 않으면 안전합니다(한도 {limit})",
    ),
    "table_refused": ("Not safe to publish", "공개하면 안 됩니다"),
    "table_nothing_left": (
        "No choice of cells is safe: every one would have to be hidden. Use fewer, wider categories.",
        "어떤 칸을 골라도 안전하지 않아 모두 가려야 합니다. 범주를 더 넓게, 더 적게 나누십시오.",
    ),
    "table_unsafe_cells": ("Somebody can be found in these cells", "다음 칸에서 누군가를 찾아낼 수 있습니다"),
    "table_primary": ("Cells that may not be printed", "실어서는 안 되는 칸"),
    "table_hidden": ("What can still be computed of each hidden cell", "가린 칸마다 계산해 낼 수 있는 범위"),
    "table_cell": ("cell", "칸"),
    "table_left": ("counted", "수"),
    "table_why": ("why", "까닭"),
    "table_risk": ("risk", "위험"),
    "table_candidates": ("would fit", "들어맞는 가족"),
    "table_release": ("release", "공개물"),
    "table_range": ("between", "범위"),
    "table_no_end": ("no upper end", "상한 없음"),
    "table_for": ("because of", "원인"),
    "table_complement": ("so that it cannot be computed", "계산해 낼 수 없게"),
    "table_household": ("a family could be found", "가족을 찾아낼 수 있음"),
    "table_few": ("too few", "너무 적음"),
    "table_dominated": ("mostly one family's", "대부분 한 가족의 것"),
    "table_proved": (
        "No cheaper choice is safe ({cost} counted there).", "더 적게 가려서는 안전하지 않습니다(가린 수 {cost}).",
    ),
    "table_not_proved": (
        "A cheaper choice may exist: {cost} is hidden, and no less than {bound} can be.",
        "더 적게 가리는 방법이 있을 수 있습니다. 지금은 {cost}, 아무리 적어도 {bound}입니다.",
    ),
    "table_others": ("Other choices that are as safe", "마찬가지로 안전한 다른 방법"),
    "table_rounded": (
        "Rounded to {base}, with sums kept: {verdict}.", "합이 맞게 {base} 단위로 반올림하면 {verdict}.",
    ),
    "table_rounded_safe": ("safe, and no cell is hidden", "안전하며 가릴 칸이 없습니다"),
    "table_rounded_unsafe": ("not safe", "안전하지 않습니다"),
    "table_rounded_none": ("no such rounding was found", "그런 반올림을 찾지 못했습니다"),
    "table_attributes": (
        "{none} cells say that nobody in a larger one is in them, {all} that everybody is (see --json).",
        "더 큰 칸의 아무도 해당하지 않는다고 말하는 칸 {none}개, 모두 해당한다고 말하는 칸 {all}개(--json 참고).",
    ),
    "table_accounts": (
        "{n} accounts that were published are among what is counted, and were taken away.",
        "이미 공개된 증언 {n}건이 포함되어 있어 빼고 보았습니다.",
    ),
    "table_told_before": (
        "Some of what it tells was told by earlier releases; hiding it here does not take that back.",
        "이전 공개물이 이미 드러낸 내용이 있습니다. 여기서 가려도 되돌릴 수 없습니다.",
    ),
    "table_no_households_known": (
        "Without a record nobody knows which cells are of one family: each cell was judged by itself.",
        "사건 기록이 없어 어느 칸이 같은 가족인지 알 수 없으므로 칸마다 따로 보았습니다.",
    ),
    "table_other_unit": (
        "Earlier tables of another unit were not compared.", "다른 단위로 센 이전 표와는 비교하지 않았습니다.",
    ),
}  # fmt: skip
