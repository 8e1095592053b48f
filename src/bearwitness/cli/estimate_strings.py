"""What the report of an estimate says, English and Korean side by side, with a form for one and one for more."""

from __future__ import annotations

from typing import Final

from bearwitness.cli.estimate_change_strings import CHANGE_STRINGS
from bearwitness.model.claims import Language

_STRINGS: Final[dict[str, tuple[str, str]]] = CHANGE_STRINGS | {
    "title": ("How many acts reached no list", "어느 목록에도 오르지 못한 행위의 수"),
    "banner": ("estimate", "추정"),
    "all_given": ("A number is given for the one stratum|A number is given for all {n} strata",
                  "{n}개 층 모두에 수를 제시합니다"),
    "some_given": ("A number is given for {given} of {n} strata", "{n}개 층 가운데 {given}개에 수를 제시합니다"),
    "none_given": ("No number may be given", "수를 제시할 수 없습니다"),
    "whole": ("All acts", "모든 행위"),
    "given": ("about {median} in all", "모두 약 {median}건"),
    "given_range": (
        "Between {low} and {high}: as far as the {share} intervals of all models reach. {observed} are on a list, so "
        "about {unseen} ({least} to {most}) are on none.",
        "모든 모형의 {share} 구간을 합치면 {low}~{high}건입니다. 목록에 오른 것은 {observed}건이므로 약 "
        "{unseen}건({least}~{most}건)은 어느 목록에도 없습니다.",
    ),
    "given_known": (
        "Of those on no list, {known} are in the record all the same, told only by accounts that no list holds: there "
        "were {least} acts at the least.",
        "목록에 없는 것 가운데 {known}은 기록에는 있으나 어느 목록에도 들지 않는 증언만 있습니다. 따라서 적어도 "
        "{least}건입니다.",
    ),
    "refused": ("no number may be given", "수를 제시할 수 없습니다"),
    "refused_seen": (
        "{observed} acts are on a list. How many more there were cannot be said from these lists; any number would be "
        "made up.",
        "목록에 오른 행위는 {observed}건입니다. 그 밖에 얼마나 더 있었는지는 이 목록들로 말할 수 없고, 어떤 수를 "
        "대더라도 지어낸 수가 됩니다.",
    ),
    "why": ("Why", "까닭"),
    "change": ("What would change it", "무엇이 있으면 달라지나"),
    "each_model": ("What each model lacked", "모형마다 모자란 것"),
    "lists": ("The lists", "목록"),
    "lists_about": (
        "A list is one independent way by which acts become known. An act can be on several.",
        "목록은 행위가 알려지는 서로 독립된 경로 하나입니다. 한 행위가 여러 목록에 있을 수 있습니다.",
    ),
    "on_lists": ("{n} act|{n} acts", "{n}건"),
    "empty": ("Left out, without any act here: {lists}.", "여기에 한 건도 없어 뺀 목록: {lists}."),
    "overlaps": ("How many acts are on the same lists", "같은 목록들에 있는 행위의 수"),
    "overlaps_about": (
        "Each row is a combination of lists: ● is on it, · is not. Much overlap means that little was missed.",
        "줄마다 목록의 조합입니다. ●는 그 목록에 있음, ·는 없음. 많이 겹칠수록 빠진 것이 적습니다.",
    ),
    "overlaps_columns": (
        "Each column is a combination of lists: a full dot is on it. Much overlap means that little was missed.",
        "칸마다 목록의 조합이며 찬 점은 그 목록에 있음을 뜻합니다. 많이 겹칠수록 빠진 것이 적습니다.",
    ),
    "means": ("Fractions are means over the ways to put the record together.",
              "소수는 기록을 묶는 방법들에 대한 평균입니다."),
    "overlaps_more": ("{n} more combination: {acts} acts|{n} more combinations: {acts} acts",
                      "조합 {n}개 더: {acts}건"),
    "overlap_only": ("only {lists}: {acts}", "{lists}만: {acts}건"),
    "overlap_both": ("{lists} together: {acts}", "{lists} 함께: {acts}건"),
    "models": ("The models side by side", "모형별 추정"),
    "models_about": (
        "Each model is wrong in another way; only where they agree is a number given. Dot: the middle; line: "
        "{share}.",
        "모형마다 틀리는 방식이 다르므로 서로 맞을 때에만 수를 제시합니다. 점은 가운데, 선은 {share} 구간입니다.",
    ),
    "model_latent_class": ("latent classes", "잠재 집단"),
    "model_decomposable": ("decomposable graphs", "분해 그래프"),
    "model_uneven": ("uneven visibility", "고르지 않은 가시성"),
    "model_log_linear": ("log-linear", "로그선형"),
    "model_pooled": ("given", "제시한 수"),
    "axis_ends": ("left end: acts on a list", "왼쪽 끝: 목록에 있는 행위"),
    "axis_seen": ("on a list", "목록에 있음"),
    "interval": ("{median} ({low} to {high})", "{median} ({low}~{high})"),
    "checks": ("What was checked", "확인한 것"),
    "basis": ("What it rests on", "무엇에 근거하나"),
    "source_record": ("The record of a case, put together in one way.|The record of a case, put together in {n} ways "
                      "that its doubt about which accounts are of one act allows.",
                      "사건 기록. 어느 증언이 같은 행위인지에 남은 의문에 따라 {n}가지로 묶어 보았습니다."),
    "source_file": ("Tables of a file; whether its lists are independent is for whoever wrote it to know.",
                    "파일의 표. 목록들이 서로 독립인지는 파일을 쓴 사람이 책임집니다."),
    "merged": ("{one} and {other} are one list: {n} person passed on accounts to both."
               "|{one} and {other} are one list: {n} people passed on accounts to both.",
               "{one}와(과) {other}는 하나의 목록입니다. 두 곳 모두에 {n}명이 증언을 전했습니다."),
    "merged_maybe": ("{one} and {other} are one list: {n} person may have passed on accounts to both."
                     "|{one} and {other} are one list: {n} people may have passed on accounts to both.",
                     "{one}와(과) {other}는 하나의 목록으로 봅니다. 두 곳 모두에 증언을 전했을 수 있는 사람이 "
                     "{n}명입니다."),
    "merged_hint": (
        "Who may be one person can be decided with bearwitness review next --layer person.",
        "같은 사람인지는 bearwitness review next --layer person으로 정할 수 있습니다.",
    ),
    "unknown_way": ("{n} account is on no list: somebody on its way is not known."
                    "|{n} accounts are on no list: somebody on their way is not known.",
                    "증언 {n}건은 전해진 경로에 알 수 없는 사람이 있어 어느 목록에도 들지 않습니다."),
    "without_collector": ("{n} account is on no list: it does not say which desk took it."
                          "|{n} accounts are on no list: they do not say which desk took them.",
                          "증언 {n}건은 어느 단체가 받았는지 적혀 있지 않아 어느 목록에도 들지 않습니다."),
    "off_lists": (
                  "{acts} of the record are told only by such accounts, or by none; they are among what the lists "
                  "did "
                  "not see.",
                  "기록의 행위 {acts}은 그런 증언뿐이거나 증언이 없어, 목록이 보지 못한 것에 듭니다."),
    "drawn": ("{acts} did not say their {by}; it was drawn anew for each way to put the record together.",
              "행위 {acts}은 {by}이(가) 분명하지 않아, 묶을 때마다 새로 뽑았습니다."),
    "acts_span": ("{low} to {high} acts", "{low}~{high}건"),
    "acts_one": ("{n} act|{n} acts", "{n}건"),
    "by_kind": ("kind", "종류"),
    "by_province": ("province", "지역(도)"),
    "by_year": ("year", "연도"),
    "cap": ("No more than {cap} acts in all were thought possible; a number that leans on this is refused.",
            "모두 {cap}건을 넘을 수 없다고 보았습니다. 이 상한에 기대는 수는 제시하지 않습니다."),
    "cap_ratio": ("No more than {n} times the documented acts were thought possible; a number that leans on this is "
                  "refused.",
                  "기록된 행위의 {n}배를 넘을 수 없다고 보았습니다. 이 상한에 기대는 수는 제시하지 않습니다."),
    "prior_falling": (
        "Before looking, a number of acts was held the less probable the larger it is (in inverse proportion).",
        "자료를 보기 전에는 수가 클수록 그만큼 덜 그럴듯하다고(반비례) 보았습니다.",
    ),
    "seed": ("Seed {seed}: the same record, settings and seed give the same report.",
             "시드 {seed}: 같은 기록, 설정, 시드는 같은 보고서를 냅니다."),
    "assumption": (
        "All models assume that no act was impossible for every list to see. Acts that nobody could survive or "
        "flee to "
        "tell are missed by all, and the true number is then larger.",
        "모든 모형은 어떤 목록도 볼 수 없는 행위는 없다고 가정합니다. 살아남거나 벗어나 말할 사람이 없는 행위는 "
        "모두에게서 빠지며, 그만큼 실제 수는 더 큽니다.",
    ),
    "not_a_release": (
        "For members only. This is not a release: its small counts can point at a family. Before any figure of it "
        "leaves, it must pass bearwitness release table.",
        "구성원만 보십시오. 공개용이 아닙니다. 작은 수는 한 가족을 가리킬 수 있으므로, 어떤 수치든 내보내기 전에 "
        "bearwitness release table을 거쳐야 합니다.",
    ),
    "overview": ("All strata", "모든 층"),
    "col_stratum": ("stratum", "층"),
    "col_seen": ("on a list", "목록에 있음"),
    "col_given": ("acts in all", "모두"),
    "col_interval": ("{share} interval", "{share} 구간"),
    "col_none": ("no number: {why}", "제시 안 함: {why}"),
    "reason_unreadable": ("the table cannot be read", "표를 읽을 수 없음"),
    "reason_too_few_lists": ("fewer than three independent lists", "독립된 목록이 셋 미만"),
    "reason_not_estimable": ("the lists say too little", "목록이 말해 주는 것이 너무 적음"),
    "reason_not_converged": ("the computation did not settle", "계산이 안정되지 않음"),
    "reason_at_cap": ("the number leans on the cap", "수가 상한에 기댐"),
    "reason_prior_dominates": ("beliefs beforehand make the number", "사전 믿음이 수를 좌우함"),
    "reason_no_interval": ("no honest interval", "믿을 만한 구간이 없음"),
    "reason_models_disagree": ("the models disagree", "모형들이 서로 어긋남"),
    "reason_too_few_models": ("too few models give a number", "수를 내는 모형이 너무 적음"),
    "reason_not_run": ("not asked, since it could not change the answer", "답을 바꿀 수 없어 묻지 않음"),
    "reason_linkage_undecided": ("it depends on which accounts are of one act",
                                 "어느 증언이 같은 행위인지에 달려 있음"),
    "change_unreadable": ("Correct the table.", "표를 바로잡으십시오."),
    "change_too_few_lists": (
        "Three channels that do not feed each other are the least.",
        "서로 증언을 주고받지 않는 경로가 적어도 셋 있어야 합니다.",
    ),
    "change_not_estimable": (
        "More acts on several lists at once, or wider strata.",
        "여러 목록에 함께 있는 행위가 더 있거나, 층을 더 넓게 나누면 됩니다.",
    ),
    "change_not_converged": ("More acts on several lists at once.", "여러 목록에 함께 있는 행위가 더 있어야 합니다."),
    "change_at_cap": (
        "More acts on several lists at once; a higher cap only if it is known to be too low.",
        "여러 목록에 함께 있는 행위가 더 있어야 합니다. 상한은 너무 낮다는 것을 알 때에만 올리십시오.",
    ),
    "change_prior_dominates": ("More acts on two and three lists at once.",
                               "두세 목록에 함께 있는 행위가 더 있어야 합니다."),
    "change_no_interval": ("More acts on two lists at once.", "두 목록에 함께 있는 행위가 더 있어야 합니다."),
    "change_models_disagree": (
        "A channel that does not depend on the others, or strata whose acts are more alike.",
        "다른 것에 기대지 않는 경로가 하나 더 있거나, 서로 더 비슷한 행위끼리 층을 나누면 됩니다.",
    ),
    "change_too_few_models": (
        "More acts on two and three lists at once, or fewer and larger strata.",
        "두세 목록에 함께 있는 행위가 더 있거나, 층을 더 크게 나누면 됩니다.",
    ),
    "change_not_run": ("", ""),
    "change_linkage_undecided": (
        "Decide which accounts are of one act: bearwitness review next.",
        "어느 증언이 같은 행위인지 정하십시오: bearwitness review next.",
    ),
    "check_r_hat": ("the simulated chains agree (R-hat {value}; at most {limit})",
                    "모의 계산들이 서로 맞음(R-hat {value}, {limit} 이하)"),
    "check_tail_effective": ("enough independent draws ({value}; at least {limit})",
                             "독립된 추출이 충분함({value}, {limit} 이상)"),
    "check_effective": ("enough independent draws ({value}; at least {limit})",
                        "독립된 추출이 충분함({value}, {limit} 이상)"),
    "check_near_cap": ("the cap does not make the number (a number near it has probability {value}; at most {limit})",
                       "상한이 수를 좌우하지 않음(상한 근처 확률 {value}, {limit} 이하)"),
    "check_prior": ("another prior does not make the number (it moves it {value} times; at most {limit})",
                    "다른 사전 믿음이 수를 좌우하지 않음({value}배 차이, {limit} 이하)"),
    "check_prior_ratio": ("the prior does not make the number (it moves it {value} times; at most {limit})",
                          "사전 믿음이 수를 좌우하지 않음({value}배 차이, {limit} 이하)"),
    "check_tables_without_estimate": (
        "nearly all tables drawn anew have a number ({value} of them have none; at most {limit})",
        "새로 뽑은 표 거의 모두에 수가 있음(없는 비율 {value}, {limit} 이하)",
    ),
    "check_models": ("{value} models give a number (at least {limit})", "수를 내는 모형 {value}개({limit}개 이상)"),
    "check_models_ratio": ("the models agree (largest over smallest {value}; at most {limit})",
                           "모형들이 서로 맞음(최대/최소 {value}, {limit} 이하)"),
    "check_tables": ("it was estimated for every one of {value} ways to put the record together (at least {limit})",
                     "기록을 묶는 {value}가지 방법 모두에서 추정함({limit} 이상)"),
    "check_other": ("{name}: {value} (limit {limit})", "{name}: {value}(한도 {limit})"),
    "check_of": ("{model}: {check}", "{model}: {check}"),
    "svg_overlaps": ("Acts of {stratum} by the lists they are on", "{stratum}: 행위가 있는 목록의 조합"),
    "svg_models": ("Estimates of {stratum} by each model", "{stratum}: 모형별 추정"),
}  # fmt: skip


def say(language: Language, key: str, **values: object) -> str:
    """One of the strings, filled in; with ``n``, a whole number, the form for that many."""
    form = _STRINGS[key][0 if language == "en" else 1]
    one, _, many = form.partition("|")
    chosen = many if many and str(values.get("n")) != "1" else one
    return chosen.format(**values)


def has(key: str) -> bool:
    """Whether there is such a string."""
    return key in _STRINGS
