"""Writes the guide for editors, in English and Korean, from the rules that run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bearwitness.cli.strings import say_code
from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.documents.hidden_reasons import HIDDEN_REASONS
from bearwitness.model.claims import Claim, Language
from bearwitness.services.world import load_adversaries, load_ladders, load_world
from bearwitness.text.rules import CLAIM_RULES, RULES, THEMES, ClaimRule, Rule
from bearwitness.text.rules_examples import find_passages, read_example
from bearwitness.text.saying import say_values

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "how-to"
LANGUAGES: tuple[Language, ...] = ("en", "ko")
WORDS = {
    "en": {
        "why": "Why", "example": "Example", "instead": "Instead", "record": "with a record",
        "decisions": "after a decision", "no_day": "with no day of publication", "text": "", "en": "", "ko": "Korean",
        "claims": "| what | read as | why it narrows | less exactly, step by step | who can check it |",
        "hidden": "| what | what it is, and what to do |",
    },
    "ko": {
        "why": "이유", "example": "보기", "instead": "대신", "record": "기록이 있을 때", "decisions": "정한 뒤",
        "no_day": "공개 날짜가 없을 때", "text": "", "en": "영어", "ko": "",
        "claims": "| 무엇 | 이렇게 읽음 | 좁혀지는 까닭 | 덜 정확하게 쓰는 단계 | 확인할 수 있는 쪽 |",
        "hidden": "| 무엇 | 뜻과 할 일 |",
    },
}  # fmt: skip
# What docs/explanation/reading.md says the reading does not see, as an editor is told it in Korean.
UNSEEN_KO = {
    'there is no parser: two people joined by "and" around long asides, and chains of three persons in one sentence;':
        "문장을 문법대로 분석하지는 않습니다. 긴 삽입구를 사이에 두고 이어진 두 사람이나 한 문장에 얽힌 세 사람은 잘못"
        " 이을 수 있습니다.",
    "a paraphrase or a translation of a testimony is not recognised as its speaker's words;":
        "증언을 풀어 쓰거나 옮긴 말은 그 사람의 말인지 알아보지 못합니다.",
    "verbs for acts that are in no list count only where officers are their subject, or in Korean with 당하다 or 에"
    " 의해;":
        "목록에 없는 동사로 쓴 일은 보위원 따위가 주어이거나 ‘당하다’, ‘에 의해’가 있을 때만 압니다.",
    "Korean names that are ordinary words without a title; places without a suffix that no list knows;":
        "호칭 없이 쓴, 일반 낱말과 같은 이름과, 목록에도 없고 동·리 같은 말도 붙지 않은 장소는 놓칠 수 있습니다.",
    'what a text does not say ("he has no children") is not inferred;':
        "“자식이 없다”처럼 없다는 말에서 나머지를 미루어 알지는 못합니다.",
    'relative dates ("three days later") are never computed: they stay unresolved until written out.':
        "“사흘 뒤” 같은 날짜는 계산하지 않습니다. 날짜를 쓰거나 뺄 때까지 정하지 않은 것으로 남습니다.",
}


def guide(language: Language) -> str:
    """The whole guide in one language.

    Parameters
    ----------
    language : {"en", "ko"}
        Language of the guide. A rule that works in the other language only is shown with an example of that one.

    Raises
    ------
    ValueError
        If a rule does not raise its own example, or something of docs/explanation/reading.md has no Korean here.
    """
    template = ROOT / "tools" / "guide_text" / f"editors-guide.{language}.md"
    text = template.read_text(encoding="utf-8")
    parts = {
        "rules": _rules(language),
        "claims": _claims(language),
        "unseen": _unseen(language),
        "hidden": _hidden(language),
    }
    for name, lines in parts.items():
        text = text.replace(f"<!-- {name} -->\n", "".join(f"{line}\n" for line in lines))
    return text.rstrip("\n") + "\n"


def _rules(language: Language) -> Iterator[str]:
    for theme, titles in THEMES.items():
        yield from (f"### {titles[LANGUAGES.index(language)]}", "")
        for rule in RULES:
            if rule.theme == theme and (rule.examples_en or rule.examples_ko):
                yield from _rule(rule, language)
        yield ""


def _rule(rule: Rule, language: Language) -> Iterator[str]:
    words = WORDS[language]
    why, looks_for, because, instead = (
        getattr(rule, f"{part}_{language}") for part in ("why", "looks_for", "because", "instead")
    )
    yield f"- **{re.sub(r'{(.+?)}', '…', why)}.** {looks_for}"
    yield f"  - {words['why']}: {because}"
    other: Language = "en" if language == "ko" else "ko"
    shown = language if rule.examples(language) else other
    notes = ", ".join(n for n in (words[shown], words[rule.read_with]) if n)
    label = f"{words['example']} ({notes})" if notes else words["example"]
    yield f"  - {label}: {_marked(rule, rule.examples(shown)[0], shown)}"
    yield f"  - {words['instead']}: {instead}"


def _marked(rule: Rule, text: str, language: Language) -> str:
    """The example with what the checker marks in it for this rule."""
    passages = find_passages(rule, text, language, load_world())
    if not passages:
        raise ValueError(f"rule {rule.code} does not raise its example in {language}")
    done, pieces = 0, []
    for start, end in passages:
        pieces += [text[done:start], f"**{text[start:end]}**"] if start >= done else []
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _claims(language: Language) -> Iterator[str]:
    yield from (WORDS[language]["claims"], "| --- | --- | --- | --- | --- |")
    for rule in CLAIM_RULES:
        title, reads, narrows = (getattr(rule, f"{part}_{language}") for part in ("title", "reads", "narrows"))
        claim = _claim(rule, language)
        steps = " → ".join(dict.fromkeys(_steps(claim, language)))
        checks = (a.id for a in load_adversaries().values() if rule.attribute in a.checks)
        names = ", ".join(say_code(language, "adversary", name) for name in checks)
        yield f"| **{title}** | {reads} | {narrows} | {steps} | {names} |"
    yield ""


def _claim(rule: ClaimRule, language: Language) -> Claim:
    found = read_example(rule.examples(language)[0], "record" if rule.attribute == "name" else "text", load_world())
    return next(c for c in found.claims if c.attribute == rule.attribute)


def _steps(claim: Claim, language: Language) -> Iterator[str]:
    """What the claim says on each rung of its ladder, the exact one first."""
    yield claim.says.rpartition(": ")[2]
    for rung in load_ladders().of(claim)[1:]:
        if rung.values is None:
            yield say_code(language, "level", rung.level)
        else:
            said = say_values(
                claim.attribute, rung.values, language, tree=load_place_tree(), vocabulary=load_vocabulary()
            )
            yield said.rpartition(": ")[2]


def _unseen(language: Language) -> Iterator[str]:
    page = (ROOT / "docs" / "explanation" / "reading.md").read_text(encoding="utf-8")
    section = page.partition("## Where it can err towards too little\n")[2].partition("\n## ")[0]
    points = [" ".join(p.split()) for p in re.findall(r"^- (.+(?:\n  .+)*)", section, re.MULTILINE)]
    unknown = [p for p in points if p not in UNSEEN_KO]
    if unknown or not points:
        raise ValueError(f"docs/explanation/reading.md says what has no Korean in tools/write_guide.py: {unknown}")
    for point in points:
        yield f"- {UNSEEN_KO[point] if language == 'ko' else point}"
    yield ""


def _hidden(language: Language) -> Iterator[str]:
    yield from (WORDS[language]["hidden"], "| --- | --- |")
    for reason in HIDDEN_REASONS.values():
        yield f"| **{getattr(reason, f'name_{language}')}** | {getattr(reason, f'why_{language}')} |"


def main() -> None:
    """Write both; a test compares them with what the rules give."""
    for language in LANGUAGES:
        (FOLDER / f"editors-guide.{language}.md").write_text(guide(language), encoding="utf-8")


if __name__ == "__main__":
    main()
