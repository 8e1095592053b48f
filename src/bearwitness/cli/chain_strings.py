"""What the picture of the chains of an act says, English and Korean side by side."""

from __future__ import annotations

from typing import Final

from bearwitness.model.claims import Language

_STRINGS: Final[dict[str, tuple[str, str]]] = {
    "act": ("the act", "행위"),
    "record": ("the record", "기록"),
    "title": ("How the accounts of {act} came to the record", "{act}에 관한 증언이 기록에 이른 경로"),
    "none": ("No account tells of this act.", "이 행위를 말하는 증언이 없습니다."),
    "bounds": (
        "Independent sources: at the least {least}, at the most {most}.",
        "서로 독립된 출처: 적어도 {least}, 많아야 {most}.",
    ),
    "thick": (
        "Thick with ✓: ways that share nobody, as counted; others may do as well.",
        "굵은 선과 ✓: 겹치는 사람이 없어 따로 센 경로. 달리 골라 셀 수도 있습니다.",
    ),
    "unknown": ("?: one or more people who are not known.", "?: 알려지지 않은 한 사람 이상."),
    "twice": ("Double frame: somebody on several ways.", "겹테두리: 여러 경로에 있는 사람."),
    "columns": ("●: somebody on several ways.", "●: 여러 경로에 있는 사람."),
    "wrapped": ("↩ goes on at ↪ in the next line.", "↩은 다음 줄의 ↪으로 이어집니다."),
    "crowded": (
        "Too many people are on several ways for a picture as wide as {width} columns.",
        "여러 경로에 있는 사람이 너무 많아 {width}칸 너비에는 그릴 수 없습니다.",
    ),
    "way": ("{testimony} ({directness}): {people}.", "{testimony}({directness}): {people}."),
    "way_counted": ("{testimony} ({directness}), counted: {people}.", "{testimony}({directness}), 따로 셈: {people}."),
    "shared": ("On several ways: {people}.", "여러 경로에 있는 사람: {people}."),
    "somebody": ("somebody not known", "알려지지 않은 사람"),
    "then": (", then ", " → "),
    "experienced": ("lived it", "직접 겪음"),
    "witnessed": ("saw it", "직접 봄"),
    "told_by_victim": ("told by who lived it", "겪은 사람에게서 들음"),
    "told_by_witness": ("told by who saw it", "본 사람에게서 들음"),
    "told_by_third_party": ("told by somebody else", "다른 사람에게서 들음"),
    "document": ("a document", "문서"),
    "inferred": ("inferred", "추정"),
    "unknown_directness": ("not said how", "알게 된 경위 모름"),
}


def say(language: Language, key: str, **values: object) -> str:
    """One of the strings, filled in."""
    return _STRINGS[key][0 if language == "en" else 1].format(**values)


def say_directness(language: Language, directness: str) -> str:
    """How whoever told an account knows it."""
    return say(language, "unknown_directness" if directness == "unknown" else directness)
