"""What the interface says of data sets, English and Korean side by side."""

from __future__ import annotations

from typing import Final

DATASET_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "dataset_safe": (
        "Safe as it stands: at least {k} {who} read alike in every row",
        "그대로 공개해도 됩니다. 모든 행에서 같은 내용을 가진 {who}가 {k} 이상입니다",
    ),
    "dataset_unsafe": ("Not safe to publish as it stands", "그대로 공개하면 안 됩니다"),
    "dataset_impossible": (
        "No way to say the columns less exactly is enough: leave columns out, or more rows.",
        "어떻게 일반화해도 충분하지 않습니다. 열을 빼거나 더 많은 행을 빼야 합니다.",
    ),
    "dataset_households": ("households", "가구"),
    "dataset_records": ("records", "기록"),
    "dataset_rows": ("{n} records, {differing} of them different", "기록 {n}건, 서로 다른 것 {differing}건"),
    "dataset_risk": (
        "{share} of the {who} are above the limit of 1 in {k}; {found} would be found on average, the most exposed "
        "with a chance of {highest}.",
        "{who} 가운데 {share}가 한도(1/{k})를 넘습니다. 평균 {found}가 발견되며, 가장 위험한 경우의 확률은 "
        "{highest}입니다.",
    ),
    "dataset_demand": (
        "Of {column} those who read alike must have: {what}.", "같은 내용을 가진 무리의 {column} 조건: {what}.",
    ),
    "dataset_distinct": ("at least {n} values", "서로 다른 값 {n}개 이상"),
    "dataset_entropy": (
        "values spread as evenly as {n} equally frequent ones", "같은 빈도의 값 {n}개만큼 고르게 퍼져 있을 것",
    ),
    "dataset_recursive": (
        "a most frequent value below {c} times number {l} and the rarer ones together",
        "가장 흔한 값이 {l}번째부터의 드문 값들을 합한 것의 {c}배보다 적을 것",
    ),
    "dataset_close": ("a spread at most {t} from that of all", "전체 분포와의 거리 {t} 이하"),
    "dataset_unique": (
        "An estimated {share} of all people are alone in what their row says ({model}).",
        "전체 인구 가운데 약 {share}는 행의 내용이 유일한 것으로 추정됩니다({model}).",
    ),
    "dataset_plan": ("What would be published", "공개할 내용"),
    "dataset_column": ("column", "열"),
    "dataset_level": ("level", "단계"),
    "dataset_values": ("values told apart", "구별되는 값"),
    "dataset_loss": (
        "{loss} of what the columns say is lost. {n} records are left out; the others read alike in {classes} groups.",
        "열이 담은 정보의 {loss}를 잃습니다. 기록 {n}건을 빼고, 나머지는 {classes}개 무리로 묶입니다.",
    ),
}
