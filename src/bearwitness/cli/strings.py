"""Everything the interface says, English and Korean side by side; "one|many" gives the forms for a count."""

from __future__ import annotations

from typing import Final

from bearwitness.cli.code_names import CODE_NAMES
from bearwitness.cli.figures import count_form
from bearwitness.cli.file_strings import FILE_STRINGS
from bearwitness.cli.jigsaw_strings import JIGSAW_STRINGS
from bearwitness.cli.series_strings import SERIES_STRINGS
from bearwitness.model.claims import Language

_PAIRS: Final[dict[str, tuple[str, str]]] = {
    # The verdict
    "title": ("Who could be found from this draft", "이 초고로 누구를 찾아낼 수 있는가"),
    "unsafe": ("Not safe to publish", "공개하면 안 됩니다"),
    "safe": ("Safe to publish", "공개해도 됩니다"),
    "unsafe_word": ("NOT SAFE", "안전하지 않음"),
    "safe_word": ("SAFE", "안전함"),
    "lead_found": (
        "The family this draft speaks of could be found from it together with what is already public.|{n} of {all} "
        "families could be found from this draft together with what is already public.",
        "이 초고와 이미 공개된 내용을 합치면 {all}가구 가운데 {n}가구를 찾아낼 수 있습니다.",
    ),
    "lead_worst": (
        "Most exposed: {family}. {adversary} would be left with 1 family that fits; the chance that it is pursued is "
        "{upper} at worst, and the limit is {limit}."
        "|Most exposed: {family}. {adversary} would be left with {candidates} families that fit; the chance that the "
        "right one is pursued is {upper} at worst, and the limit is {limit}.",
        "가장 위험한 것은 {family}입니다. {adversary}에서 볼 때 들어맞는 가족은 {candidates}가구이며, 실제 가족이 "
        "추적될 확률은 최악의 경우 {upper}입니다. 한도는 {limit}입니다.",
    ),
    "lead_unresolved": (
        "1 passage has not been accounted for: until it is decided, the draft is not safe.|{n} passages have not been "
        "accounted for: until each is decided, the draft is not safe.",
        "아직 아무도 판단하지 않은 표현이 {n}개 있습니다. 모두 판단하기 전에는 안전하지 않습니다.",
    ),
    "lead_consent": (
        "Consent does not cover 1 person.|Consent does not cover {n} people.",
        "{n}명에 대해서는 공개에 대한 동의가 없습니다.",
    ),
    "told_of_all": (
        "{adversary} would take whoever fits to have this with probability {after}; of all searched, {before} have it.",
        "{adversary}: 들어맞는 사람이라면 {after} 확률로 이렇다고 여기게 됩니다. 찾는 대상 전체에서는 {before}입니다.",
    ),
    "leads_to": (
        "Changed on purpose: it leads to 1 other family that has nothing to do with this."
        "|Changed on purpose: it leads to {n} other families that have nothing to do with this.",
        "일부러 바꾼 내용: 관련 없는 다른 가족 {n}가구를 가리키게 됩니다.",
    ),
    "lead_verdict": (
        "The assessment does not clear this draft; the notes below say why.",
        "평가에서 안전하다고 확인되지 않았습니다. 이유는 아래 참고 사항에 있습니다.",
    ),
    "lead_safe": (
        "No family can be singled out beyond the limit of {limit}; the highest upper bound is {upper}.",
        "한도 {limit}를 넘어 특정될 수 있는 가족이 없습니다. 가장 높은 상한은 {upper}입니다.",
    ),
    "lead_nobody": (
        "No protected person was found in this draft, and nothing in it is left to decide.",
        "이 초고에서 보호할 사람이 발견되지 않았고, 판단할 표현도 남아 있지 않습니다.",
    ),
    "fact_families": ("families at risk", "위험한 가족"),
    "fact_upper": ("highest risk (limit {limit})", "가장 높은 위험 (한도 {limit})"),
    "fact_changes": ("change to make|changes to make", "바꿀 곳"),
    "fact_unresolved": ("passage to decide|passages to decide", "판단할 표현"),
    "fact_consent": ("consent gap|consent gaps", "동의가 없는 사람"),
    "short_fact_families": ("families at risk", "위험한 가족"),
    "short_fact_changes": ("change|changes", "바꿀 곳"),
    "short_fact_unresolved": ("to decide", "판단할 것"),
    "short_fact_consent": ("without consent", "미동의"),
    "of": ("{n} of {all}", "{all}가구 중 {n}"),
    # What to do next
    "next": ("What to do next", "다음에 할 일"),
    "next_changes": (
        "Make the {n} {changes} in the list, or let “bearwitness rewrite” make {them}, and assess the draft again.",
        "목록의 {n}곳을 고치거나 “bearwitness rewrite”로 고친 뒤 다시 평가하십시오.",
    ),
    "next_impossible": (
        "No wording of these passages is safe. Leave out what is said of {families}.",
        "이 대목은 어떻게 고쳐도 안전하지 않습니다. {families}에 관한 내용을 빼십시오.",
    ),
    "next_unresolved": (
        "Decide the {n} {passages} not accounted for: protected, public or ordinary.",
        "판단하지 않은 표현 {n}개를 정하십시오: 보호, 공개, 일반 가운데 하나입니다.",
    ),
    "next_consent": (
        "Settle the consent of {n} {people} before anything leaves.",
        "내보내기 전에 {n}명의 동의 문제를 해결하십시오.",
    ),
    "next_none": (
        "Nothing must change. Let a second person decide, and record the release in the ledger.",
        "바꿀 것이 없습니다. 다른 한 사람의 결정을 받고 공개 대장에 기록하십시오.",
    ),
    "next_look": ("Read the notes and have the draft looked at again.", "참고 사항을 읽고 초고를 다시 검토하십시오."),
    "changes_word": ("change|changes", "곳"),
    "them": ("it|them", "것"),
    "passages_word": ("passage|passages", "개"),
    "people_word": ("person|people", "명"),
    "families_word": ("family|families", "가구"),
    # The passage
    "draft": ("The draft", "초고"),
    "as_written": ("As written", "원래 글"),
    "as_changed": ("With the changes made", "고친 글"),
    "no_change": ("The same words: nothing needs to change.", "원래 글과 같습니다. 바꿀 것이 없습니다."),
    "no_way": ("No set of changes was found that is safe.", "안전하게 고칠 방법을 찾지 못했습니다."),
    "hint": (
        "Point at, tap or tab to a marked passage to see whom it helps to find.",
        "표시된 곳을 가리키거나 누르면 누구를 찾는 데 도움이 되는지 보입니다.",
    ),
    "legend": ("How much a passage helps", "찾는 데 도움이 되는 정도"),
    "severity3": ("helps a lot: 10 times fewer families, or more", "큼: 10분의 1 이하로 줄어듦"),
    "severity2": ("helps: 3 to 10 times fewer", "중간: 3분의 1~10분의 1로 줄어듦"),
    "severity1": ("helps a little: up to 3 times fewer", "작음: 3분의 1까지 줄어듦"),
    "severity0": ("hardly helps", "거의 없음"),
    "severity3_word": ("helps a lot", "큼"),
    "severity2_word": ("helps", "중간"),
    "severity1_word": ("helps a little", "작음"),
    "severity0_word": ("hardly helps", "거의 없음"),
    "unresolved_word": ("to decide", "판단 필요"),
    "legend_unresolved": ("not accounted for: to decide", "아직 판단하지 않음"),
    "legend_changed": ("words that were changed", "바뀐 말"),
    "legend_removed": ("words taken out", "뺀 말"),
    "close": ("Close", "닫기"),
    # Notes on passages
    "notes_title": ("Every passage, by number", "번호별 설명"),
    "helps_find": ("Helps to find {family}", "{family} 찾기에 도움"),
    "no_help": ("Adds next to nothing to the rest.", "다른 내용에 더해지는 것이 거의 없습니다."),
    "no_check": ("No adversary can check this.", "확인할 수 있는 추적자가 없습니다."),
    "effect": (
        "{adversary}: from {before} families to {after} ({factor} times fewer)",
        "{adversary}: {before}가구에서 {after}가구로 ({factor}분의 1)",
    ),
    "instead": ("Say instead:", "바꿀 말:"),
    "take_out": ("Leave these words out", "이 말을 빼기"),
    "joined": ("With earlier releases", "이전 공개물과 합쳐서"),
    "stays": ("Can stay as it is", "그대로 두어도 됨"),
    # Households by adversary
    "households": ("The families, and who looks for them", "가족별·추적자별 위험"),
    "families_intro": (
        "How many families fit all that is said, and how likely the right one is among those pursued. The upper 95% "
        "bound decides; the limit is {limit}.",
        "글에 나온 내용에 모두 들어맞는 가족의 수와, 실제 가족이 추적되는 가족에 들 확률입니다. 95% 상한으로 "
        "판정하며 한도는 {limit}입니다.",
    ),
    "family": ("the family of {label}", "{label}의 가족"),
    "col_adversary": ("Seen by", "추적자"),
    "col_alone": ("Fit the draft", "초고만"),
    "col_joined": ("With earlier releases", "이전 공개물 포함"),
    "col_risk": ("Risk", "위험"),
    "col_upper": ("Upper bound", "상한"),
    "col_release": ("Costliest release", "가장 해로운 공개물"),
    "col_verdict": ("Verdict", "판정"),
    "over_word": ("over", "초과"),
    "within_word": ("within", "이내"),
    "col_fit": ("Fit draft", "초고만"),
    "col_both": ("Joined", "합쳐서"),
    "col_bound": ("Bound", "상한"),
    "col_prior": ("Costliest", "이전 공개물"),
    "col_limit": ("Limit", "한도"),
    "over": ("over the limit", "한도 초과"),
    "within": ("within the limit", "한도 이내"),
    "no_households": ("The draft speaks of no protected family.", "보호할 가족에 관한 내용이 없습니다."),
    "bystanders": (
        "{others} {families} not involved would be pursued as well.",
        "관련 없는 {others}가구도 함께 추적될 수 있습니다.",
    ),
    "flips_down": (
        "Would be safe only if it were {odds} times less suspect than others.",
        "다른 가족보다 의심을 {odds}분의 1로 덜 받아야 안전합니다.",
    ),
    "flips_up": (
        "Would stop being safe if it were {odds} times as suspect as others.",
        "다른 가족보다 {odds}배 더 의심받으면 안전하지 않게 됩니다.",
    ),
    # The chart
    "chart": ("How the crowd shrinks", "숨을 수 있는 가족 수의 변화"),
    "chart_intro": (
        "Families that still fit as the claims of the draft add up, for the adversary most likely to find them. The "
        "dashed line is the least that the limit allows; doubt about the figures asks for more.",
        "초고의 내용이 더해질수록 들어맞는 가족이 얼마나 남는지, 가장 위험한 추적자를 기준으로 보여 줍니다. 점선은 "
        "한도에 맞는 최소 가구 수이며, 수치가 불확실하므로 실제로는 더 많아야 합니다.",
    ),
    "chart_alt": (
        "{family}, seen by {adversary}: {first} families fit after the first claim, {last} after all {n}, {joined} "
        "with earlier releases; at least {needed} are needed.",
        "{family}, {adversary}: 첫 내용 뒤 {first}가구, 내용 {n}개를 모두 더하면 {last}가구, 이전 공개물까지 합치면 "
        "{joined}가구가 남음. 적어도 {needed}가구가 필요함.",
    ),
    "chart_needed": ("needed: {needed}", "필요: {needed}가구"),
    "chart_joined": ("joined", "합침"),
    "chart_values": ("The values as a table", "표로 보기"),
    "chart_claim": ("Claim", "내용"),
    "chart_left": ("Families left", "남은 가족"),
    # Changes
    "changes": ("The least that must change", "꼭 바꿔야 할 것"),
    "optimal": (
        "No smaller set of changes is safe: this is proved, not guessed.",
        "이보다 적게 바꿔서는 안전하지 않다는 것이 증명되었습니다.",
    ),
    "not_optimal": (
        "Safe, but a smaller set of changes may exist: the search was stopped early.",
        "안전하지만 더 적게 바꾸는 방법이 있을 수 있습니다. 탐색을 끝까지 하지 못했습니다.",
    ),
    "changes_intro": (
        "Risks are upper bounds as the changes add up, for the family that each concerns most.",
        "위험은 위에서부터 차례로 바꿀 때의 상한이며, 각 변경이 가장 크게 관계된 가족의 값입니다.",
    ),
    "col_now": ("Now", "지금"),
    "col_instead": ("Instead", "바꿀 말"),
    "col_before": ("Risk before", "바꾸기 전 위험"),
    "col_after": ("Risk after", "바꾼 뒤 위험"),
    "taken_out": ("(left out)", "(뺌)"),
    "alternatives": (
        "{n} other set of changes would also be safe|{n} other sets of changes would also be safe",
        "안전한 다른 방법 {n}가지",
    ),
    "alternative_cost": ("{cost} more bits lost to the reader", "독자가 잃는 정보 {cost}비트 더"),
    # Earlier releases, unresolved, consent, notes
    "releases": ("Earlier releases that cost most", "가장 해로운 이전 공개물"),
    "release_effect": (
        "{family}, seen by {adversary}: from {before} to {after}",
        "{family}, {adversary}: {before}가구 → {after}가구",
    ),
    "unresolved": ("Not accounted for", "판단하지 않은 표현"),
    "unresolved_intro": (
        "These look like a name, a place, a date or a number. Each must be decided before the draft can be safe.",
        "이름, 장소, 날짜, 숫자로 보이는 표현입니다. 모두 판단해야 안전하다고 할 수 있습니다.",
    ),
    "times": ("{n} time|{n} times", "{n}번"),
    "consent": ("Consent", "동의"),
    "remarks": ("Notes", "참고 사항"),
    "rests_on": ("What these figures rest on", "이 수치의 근거"),
    "rests_frames": (
        "No register of real people was read. The crowd is estimated from published counts and stated priors for: "
        "{frames}. Where nothing is published, the prior is an assumption with wide uncertainty.",
        "실제 사람의 명부는 쓰지 않았습니다. 공개된 통계와 밝혀 둔 사전 가정으로 다음 집단을 추정했습니다: {frames}. "
        "공개된 통계가 없는 곳은 불확실성을 넓게 잡은 가정입니다.",
    ),
    "rests_capacity": (
        "Each adversary is assumed to check what its own records hold, and to afford pursuing: {capacities}.",
        "추적자는 가진 기록으로 확인한다고 가정하며, 추적할 수 있는 가구 수는 다음과 같이 잡았습니다: {capacities}.",
    ),
    "rests_capacity_item": ("{adversary} {n} {families}", "{adversary} {n}가구"),
    "rests_text": (
        "Only what the words say is assessed. Photographs, voices and what readers know of their own are not.",
        "글에 쓰인 내용만 평가합니다. 사진, 목소리, 독자가 이미 아는 사실은 포함되지 않습니다.",
    ),
    "rests_ledger": ("Ledger as of {head}.", "공개 대장 기준: {head}"),
    "rests_no_ledger": ("No earlier releases were given.", "이전 공개물은 제시되지 않았습니다."),
    "confidential": (
        "This page quotes the draft. Keep it as closely as the draft itself.",
        "이 문서에는 초고의 내용이 들어 있습니다. 초고와 똑같이 보안을 지키십시오.",
    ),
}

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ko")
STRINGS: Final[dict[Language, dict[str, str]]] = {
    language: {
        key: pair[i]
        for key, pair in {**_PAIRS, **FILE_STRINGS, **JIGSAW_STRINGS, **SERIES_STRINGS, **CODE_NAMES}.items()
    }
    for i, language in enumerate(LANGUAGES)
}


def say(language: Language, key: str, *, count: float = 2, **values: object) -> str:
    """One sentence or label of the interface.

    Parameters
    ----------
    language : {"en", "ko"}
        Language of the interface.
    key : str
        Which one.
    count : float
        The number that decides between "one|many".
    **values
        What stands in the braces.
    """
    return count_form(STRINGS[language][key], count).format(**values)


def say_code(language: Language, kind: str, code: str) -> str:
    """The name of an adversary, frame or rung, or the words of a note; else the code itself as words."""
    return STRINGS[language].get(f"{kind}.{code}", code.replace("_", " "))
