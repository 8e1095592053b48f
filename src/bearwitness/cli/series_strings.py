"""What the interface says of several drafts planned together."""

from __future__ import annotations

from typing import Final

SERIES_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "series_safe": (
        "This draft keeps the limit of {limit} together with what is already public."
        "|These {n} drafts keep the limit of {limit} together with each other and with what is already public.",
        "초고 {n}편을 서로 합치고 이미 공개된 것과 합쳐도 한도 {limit}를 넘지 않습니다.",
    ),
    "series_parts": (
        "Each of them by itself, and any part of them, keeps it too: whoever reads less knows less.",
        "한 편만 또는 일부만 읽은 사람은 아는 것이 더 적으므로, 각 초고와 그 일부도 한도 안에 있습니다.",
    ),
    "series_unsafe": (
        "1 family could be found from what is put together.|{n} families could be found from what is put together.",
        "합쳐 보면 {n}가구를 찾아낼 수 있습니다.",
    ),
    "series_only_together": (
        "Each draft by itself keeps the limit of {limit}; together they do not.",
        "초고 하나하나는 한도 {limit} 안에 있지만 합치면 넘습니다.",
    ),
    "series_open": (
        "1 passage has not been accounted for.|{n} passages have not been accounted for.",
        "아직 판단하지 않은 표현이 {n}개 있습니다.",
    ),
    "series_consent": (
        "Consent does not cover 1 person.|Consent does not cover {n} people.",
        "{n}명에 대해서는 공개에 대한 동의가 없습니다.",
    ),
    "series_unrecorded": (
        "Who is not in the record cannot be joined from draft to draft: put everybody in whom two drafts show.",
        "기록에 없는 사람은 초고끼리 합쳐 판정할 수 없습니다. 두 초고에 모두 나오는 사람은 기록에 넣으십시오.",
    ),
    "series_intro": (
        "Upper bounds: the most telling draft by itself (its number), all drafts together, joined with earlier "
        "releases, and that with the changes made. The limit is {limit}.",
        "상한: 가장 많이 드러내는 초고 하나(번호), 초고 전체, 이전 공개물까지 합쳤을 때, 그리고 고친 뒤. 한도는 "
        "{limit}입니다.",
    ),
    "series_one": ("One draft", "초고 하나"),
    "series_together": ("Together", "모두"),
    "series_after": ("Changed", "고친 뒤"),
    "series_draft": ("Draft {n}: {name}", "초고 {n}: {name}"),
    "series_unchanged": ("Nothing in it must change.", "바꿀 것이 없습니다."),
    "series_cost": ("{cost} bits lost to the reader", "독자가 잃는 정보 {cost}비트"),
    "series_next": (
        "Make these changes, or let “bearwitness release series” make them with -o FOLDER. They hold only together: a"
        " draft that leaves unchanged, or another text about these families, needs a new plan.",
        "이대로 고치거나 “bearwitness release series”에 -o 폴더를 주어 고치게 하십시오. 이 변경은 함께일 때만"
        " 유효합니다. 한 편이라도 고치지 않고 내보내거나 이 가족들에 관한 다른 글이 있으면 다시 계획해야 합니다.",
    ),
}  # fmt: skip
