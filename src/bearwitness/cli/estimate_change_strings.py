"""What the report of a change says, English and Korean side by side."""

from __future__ import annotations

from typing import Final

CHANGE_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "change_title": ("Did acts change from {month} on?", "{month}부터 행위의 수가 달라졌는가"),
    "change_changed": ("Changed", "달라졌습니다"),
    "change_not_changed": ("Not changed", "달라지지 않았습니다"),
    "change_not_identified": ("Not identified", "알 수 없습니다"),
    "change_lead_changed": (
        "About {ratio} times as many acts a month from {month} on as before ({low} to {high}, {share}), after "
        "allowing "
        "for how slowly acts are reported and for a change of that.",
        "보고가 늦는 것과 보고 속도가 달라졌을 가능성을 감안하면, {month}부터 한 달에 그 전의 약 "
        "{ratio}배입니다({low}~{high}, {share}).",
    ),
    "change_lead_not_changed": (
        "From {month} on there were between {low} and {high} times as many acts a month as before ({share}): "
        "nothing that "
        "anybody would have to act on.",
        "{month}부터 한 달에 그 전의 {low}~{high}배입니다({share}). 달리 대응해야 할 만한 차이가 아닙니다.",
    ),
    "change_lead_not_identified": (
        "Whether acts changed, or only how they are reported, cannot be told from this record. That is an answer: a "
        "claim of a change, or of none, would be made up.",
        "행위가 달라졌는지, 보고되는 방식만 달라졌는지 이 기록으로는 알 수 없습니다. 이것도 답입니다. 달라졌다거나 "
        "그대로라는 말은 "
        "지어낸 것이 됩니다.",
    ),
    "change_lost": (
        "If slower reporting means that more acts never reach anyone: {low} to {high} times.",
        "보고가 느려질수록 영영 알려지지 않는 행위가 많아진다면 {low}~{high}배입니다.",
    ),
    "change_delay": (
        "Reporting itself: the odds of being reported at any delay are {ratio} times those before ({low} to {high}).",
        "보고 자체는, 어느 시점에든 보고될 가능성(오즈)이 그 전의 {ratio}배입니다({low}~{high}).",
    ),
    "change_months": ("Acts by the month they were done in, as known so far",
                      "지금까지 알려진, 행위가 있었던 달별 행위의 수"),
    "change_months_about": (
        "Pale months are not fully reported yet: their bars will grow, so a fall at the end says nothing by "
        "itself. The "
        "line is the date.",
        "옅은 달은 아직 다 보고되지 않아 더 늘어날 것이므로, 끝에서 줄어든 것만으로는 아무것도 말할 수 없습니다. "
        "세로선이 그 날짜입니다.",
    ),
    "change_months_open": (
        "Of months from {month} on more will still be reported, so a fall at the end says nothing by itself.",
        "{month}부터는 아직 다 보고되지 않았으므로, 끝에서 줄어든 것만으로는 아무것도 말할 수 없습니다.",
    ),
    "change_spark": ("{first} to {last}, {n} months to a sign; ┃ is the date",
                     "{first}~{last}, 한 칸에 {n}개월, ┃가 그 날짜"),
    "change_check_months_after": ("months after the date that are over: {value} (at least {limit})",
                                  "날짜 뒤로 지나간 달 {value}개({limit}개 이상)"),
    "change_check_placebo_dates": ("earlier months to try as dates: {value} (at least {limit})",
                                   "견주어 볼 이전 달 {value}개({limit}개 이상)"),
    "change_check_reports_before": ("acts known from before the date: {value} (at least {limit})",
                                    "날짜 이전의 알려진 행위 {value}건({limit}건 이상)"),
    "change_check_not_converged": ("fits that did not settle: {value} (at most {limit})",
                                   "안정되지 않은 계산 {value}개({limit}개 이하)"),
    "change_check_correlation": ("a change of acts and one of reporting can be told apart ({value}; at most {limit})",
                                 "행위의 변화와 보고의 변화를 구별할 수 있음({value}, {limit} 이하)"),
    "change_check_prior_width": ("what the record adds to what was supposed ({value}; at most {limit})",
                                 "가정에 견주어 기록이 말해 주는 정도({value}, {limit} 이하)"),
    "change_check_priors_that_flip": ("other suppositions that give another answer: {value} (at most {limit})",
                                      "답을 뒤집는 다른 가정 {value}개({limit}개 이하)"),
    "change_check_channels_apart": ("channels agree on what changed ({value}; at most {limit})",
                                    "경로들이 서로 맞음({value}, {limit} 이하)"),
    "change_check_placebo_ratio": ("dates with as large a step: {value} of all tried (at most {limit})",
                                   "이만큼 크게 달라진 날짜의 비율 {value}({limit} 이하)"),
    "change_source": (
        "{counted} from {first} to {as_of}, each in the channel of its first account.",
        "{first}부터 {as_of}까지의 행위 {counted}, 저마다 첫 증언의 경로로 셌습니다.",
    ),
    "change_draws": (
        "Dates known only roughly, and which accounts are of one act, were drawn {n} times.",
        "대강만 아는 날짜와 어느 증언이 같은 행위인지를 {n}번 뽑았습니다.",
    ),
    "change_undated": ("{acts} without a day of the act or of any account were left out.",
                       "행위나 증언의 날짜가 없는 {acts}은 뺐습니다."),
    "change_before": ("{acts} from before that time were left out.", "그 이전의 {acts}은 뺐습니다."),
    "change_late": ("{acts} whose first account came more than {n} months later were left out, of all months alike.",
                    "첫 증언이 {n}개월 넘게 지나서 나온 {acts}은 모든 달에서 똑같이 뺐습니다."),
    "change_placebos": (
        "{n} earlier months, on which nothing is known to have happened, were tried as dates in the same way.",
        "아무 일도 없었던 것으로 아는 이전 달 {n}개를 같은 방식으로 날짜로 삼아 보았습니다.",
    ),
    "svg_months": ("Acts by month, with the date at {month}", "달별 행위의 수와 {month}"),
}  # fmt: skip
