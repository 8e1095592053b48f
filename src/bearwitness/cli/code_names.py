"""Names of codes, English and Korean side by side: adversaries, frames, rungs, notes."""

from __future__ import annotations

from typing import Final

CODE_NAMES: Final[dict[str, tuple[str, str]]] = {
    # Names of adversaries, frames, rungs
    "adversary.state_security": ("state security", "보위 기관"),
    "adversary.informant": ("a local informant", "동네 정보원"),
    "adversary.reader": ("a reader", "일반 독자"),
    "frame.residents": ("all resident households", "전체 거주 가구"),
    "frame.left": ("households of people who left", "떠난 사람이 있는 가구"),
    "frame.acted": ("households acted upon", "보복을 당한 가구"),
    "level.exact": ("as it is", "그대로"),
    "level.place": ("place", "장소"),
    "level.county": ("county only", "시·군까지만"),
    "level.province": ("province only", "도까지만"),
    "level.region": ("region only", "지역까지만"),
    "level.day": ("day", "날짜"),
    "level.third": ("third of the month", "초·중·하순까지만"),
    "level.month": ("month only", "월까지만"),
    "level.season": ("season only", "계절까지만"),
    "level.year": ("year only", "연도까지만"),
    "level.five": ("within five years", "5년 범위로"),
    "level.decade": ("decade only", "10년 범위로"),
    "level.group": ("general kind only", "종류까지만"),
    "level.broad": ("broad kind only", "큰 갈래까지만"),
    "level.relative": ("“a relative” only", "“친척”으로만"),
    "level.none": ("left out", "뺌"),
    # Notes of an assessment
    "note.frames_assumed": (
        "The sizes of the crowds are estimates; where no count is published they rest on stated assumptions.",
        "집단의 크기는 추정값이며, 공개된 통계가 없는 곳은 밝혀 둔 가정에 따릅니다.",
    ),
    "note.frame_rows": (
        "Some of the crowds were counted over the rows of the files that the policy names.",
        "일부 집단은 방침 파일이 지정한 가구 자료의 행을 세어 계산했습니다.",
    ),
    "note.frame_size": (
        "How many households were acted upon is read from the organisation's own estimate, with its uncertainty.",
        "보복을 당한 가구의 수는 단체 자신의 추정값에서 그 불확실성과 함께 읽었습니다.",
    ),
    "note.errors_not_counted": (
        "What the text says is taken as true and believed; mistakes in it are not counted as protection.",
        "글의 내용은 모두 사실이고 상대가 믿는다고 봅니다. 글 속의 착오는 보호로 치지 않습니다.",
    ),
    "note.partial_record": (
        "You do not hold all of this case's record, so this draft cannot be called safe: have somebody assess it who"
        " holds identity, chain and content.",
        "이 사건 기록의 일부만 열람할 수 있어 안전하다고 판정할 수 없습니다. 신원·전달 경로·내용을 모두 맡은 사람이"
        " 평가해야 합니다.",
    ),
    "note.no_case": (
        "No case file was given: people and claims come from the text alone.",
        "사건 파일이 없어 인물과 내용을 글에서만 읽었습니다.",
    ),
    "note.published_today": (
        "No day of publication was given, so dates without a year and ages were read as of today. Write it into the"
        " policy.",
        "공개 날짜가 없어 연도가 없는 날짜와 나이를 오늘 기준으로 읽었습니다. 방침 파일에 적어 주십시오.",
    ),
    "note.submission": (
        "This is judged by what its recipient is known to print, as the policy says; whoever reads the submission"
        " itself learns all of it.",
        "방침에 적힌 대로 받는 곳이 인쇄하는 내용을 기준으로 판정했습니다. 제출물 자체를 보는 사람은 모든 내용을 알게"
        " 됩니다.",
    ),
    "note.nobody_shown": ("The draft shows nobody protected.", "초고에 보호할 사람이 나오지 않습니다."),
    "note.changed_on_purpose": (
        "Something was changed on purpose. It protects nobody who is known to be meant, and it leads to other families:"
        " the passages say to how many.",
        "일부러 바꾼 내용이 있습니다. 누구를 말하는지 아는 사람에게는 보호가 되지 않으며, 다른 가족을 가리키게"
        " 됩니다. 몇 가구인지는 해당 대목에 있습니다.",
    ),
    "note.bystanders": (
        "Where others fit as well, families not involved would be pursued too; the tables say how many.",
        "다른 가족도 들어맞으면 관련 없는 가족까지 추적될 수 있습니다. 그 수는 표에 있습니다.",
    ),
    "note.table_disagrees": (
        "A table of counts published before and what is told cannot both be right, or the tables contradict themselves;"
        " nothing was concluded from the two together. Look at both.",
        "앞서 공개한 통계표와 이야기한 내용이 서로 맞지 않거나 표끼리 어긋납니다. 둘을 합쳐 판단하지 않았으니 양쪽을"
        " 확인해 주십시오.",
    ),
    "note.records_err": (
        "The adversaries' own records have gaps and errors; none of that is counted as protection.",
        "추적자의 기록에도 빈틈과 오류가 있지만, 이를 보호로 치지 않습니다.",
    ),
}
