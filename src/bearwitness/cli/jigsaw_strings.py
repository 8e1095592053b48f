"""What the interface says of the jigsaw: sentences that identify together, what was given away, warnings."""

from __future__ import annotations

from typing import Final

JIGSAW_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "jigsaw_safe": (
        "Nothing that is out, and nothing in this draft, breaks the limit of {limit}.",
        "이미 공개된 것과 이 초고를 합쳐도 한도 {limit}를 넘지 않습니다.",
    ),
    "jigsaw_unsafe": (
        "1 family can be found from what is put together.|{n} families can be found from what is put together.",
        "합쳐 보면 {n}가구를 찾아낼 수 있습니다.",
    ),
    "jigsaw_warned": (
        "1 earlier release needs a look.|{n} earlier releases need a look.",
        "살펴봐야 할 이전 공개물이 {n}개 있습니다.",
    ),
    "jigsaw_family": (
        "before {adversary}: {upper} at worst (limit {limit})",
        "{adversary} 기준 최악의 경우 {upper} (한도 {limit})",
    ),
    "jigsaw_one": (
        "This sentence alone is enough; {candidates} would fit:",
        "이 문장 하나로 충분합니다. 들어맞는 가족은 {candidates}입니다.",
    ),
    "jigsaw_several": (
        "These {n} together are enough, and none of them can be missed; {candidates} would fit:",
        "이 {n}문장이 합쳐지면 충분하며, 하나라도 없으면 그렇지 않습니다. 들어맞는 가족은 {candidates}입니다.",
    ),
    "jigsaw_frame": (
        "So few families are searched that no sentence is needed.",
        "찾아야 할 가족이 너무 적어 문장이 없어도 충분합니다."
    ),
    "jigsaw_families": ("1 family|{n} families", "{n}가구"),
    "jigsaw_more": ("There are further such sets.", "이런 묶음이 더 있습니다."),
    "jigsaw_draft": ("this draft", "이 초고"),
    "jigsaw_history": ("Given away so far", "지금까지 드러난 것"),
    "jigsaw_day": ("published", "공개일"),
    "jigsaw_release": ("release", "공개물"),
    "jigsaw_fit": ("families that fit", "들어맞는 가족"),
    "jigsaw_bound": ("at worst", "최악"),
    "jigsaw_before": ("when it left", "공개 당시"),
    "jigsaw_warnings": ("Earlier releases", "이전 공개물"),
    "jigsaw_next": (
        "Leave one sentence of each set out, or say it less exactly: bearwitness assess names the least that must"
        " change. What is out stays out: ask an outlet to take a sentence down, and write less about this family.",
        "묶음마다 한 문장을 빼거나 덜 정확하게 쓰십시오. bearwitness assess가 최소한의 변경을 알려 줍니다."
        " 이미 나간 것은 되돌릴 수 없으니, 매체에 그 문장을 내려 달라고 하고 이 가족에 대해서는 덜 쓰십시오.",
    ),
    "warning.world": (
        "{release} ({family}) was within the limit when it left and is not today: the crowd it hides in is"
        " smaller now.",
        "{release} ({family}): 공개 당시에는 한도 안이었지만 이제는 아닙니다. 섞여 들 수 있는 가족이 줄었습니다.",
    ),
    "warning.known": (
        "{release} ({family}) was over the limit when it left.",
        "{release} ({family}): 공개 당시에 이미 한도를 넘었습니다.",
    ),
    "warning.alone": (
        "{release} ({family}) breaks the limit by itself.",
        "{release} ({family}): 그것만으로 한도를 넘습니다.",
    ),
    "warning.joined": (
        "{release} ({family}) breaks the limit together with those before it.",
        "{release} ({family}): 그 전에 나간 것과 합쳐져 한도를 넘습니다.",
    ),
    "warning.consent": (
        "{release} ({family}): every consent to publication has ended. Ask the outlet to take it down.",
        "{release} ({family}): 공개 동의가 모두 끝났습니다. 매체에 내려 달라고 요청하십시오.",
    ),
}  # fmt: skip
