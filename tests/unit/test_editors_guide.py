"""The guide for editors is what the rules that run give, in both languages."""

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from bearwitness.documents.content import HiddenKind
from bearwitness.documents.hidden_reasons import HIDDEN_REASONS, say_hidden
from bearwitness.text.rules import CLAIM_RULES, RULES, THEMES
from tools import write_guide

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
LANGUAGES = ("en", "ko")
MOST_LINES = 400
HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def guides():
    return {language: write_guide.guide(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_what_the_rules_give(guides, language):
    """docs/how-to/editors-guide.* is the guide written from the rules (python3 dev.py docs writes it again)."""
    written = (HOW_TO / f"editors-guide.{language}.md").read_text(encoding="utf-8")
    assert written == guides[language]
    assert written.count("\n") < MOST_LINES
    assert not re.search(r"<!-- (?:rules|claims|unseen|hidden) -->|\{\w+\}|\bNone\b", written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_claim_and_hidden_kind_is_told(guides, language):
    """Nothing that the checker looks for is missing from the guide; each rule shows a marked passage."""
    lines = guides[language].splitlines()
    told = "\n".join(lines)
    for rule in RULES:
        if not rule.examples_en and not rule.examples_ko:
            continue
        start = f"- **{re.sub('{.+?}', '…', getattr(rule, f'why_{language}'))}.** "
        (at,) = (n for n, line in enumerate(lines) if line.startswith(start))
        example = rule.examples(language) or rule.examples("ko" if language == "en" else "en")
        assert lines[at + 2].replace("**", "").endswith(example[0])
        assert re.search(r"\*\*.+?\*\*", lines[at + 2])
    assert all(f"| **{getattr(r, f'title_{language}')}** |" in told for r in CLAIM_RULES)
    assert all(say_hidden(language, kind) in told for kind in HIDDEN_REASONS)
    assert all(f"### {titles[LANGUAGES.index(language)]}\n" in told for titles in THEMES.values())


def test_claims_show_the_ladders_and_the_adversaries_that_run(guides):
    """The steps and who checks come from the program: a home by province and region, a route not by all."""
    rows = {line.split("|")[1].strip(" *"): line for line in guides["en"].splitlines() if line.startswith("| **")}
    assert "Hyesan → Ryanggang Province → a northern province → left out" in rows["home"]
    assert "state security, a local informant |" in rows["home"]
    assert "a local informant" not in rows["way of leaving"]
    assert rows["name"].endswith("a reader |")


def test_every_hidden_kind_has_plain_words_in_both_languages():
    """Each kind that a reader can report, and no other, in its own words."""
    assert set(HIDDEN_REASONS) == set(get_args(HiddenKind))
    for kind in HIDDEN_REASONS:
        assert HANGUL.search(say_hidden("ko", kind))
        assert not HANGUL.search(say_hidden("en", kind))
    assert len({say_hidden("ko", kind) for kind in HIDDEN_REASONS}) == len(HIDDEN_REASONS)


def test_a_rule_that_no_longer_raises_its_example_stops_the_guide(monkeypatch):
    """The guide never shows a mark that the checker does not make."""
    dead = replace(RULES[0], examples_en=("They met every week.",))
    monkeypatch.setattr(write_guide, "RULES", (dead, *RULES[1:]))
    with pytest.raises(ValueError, match="does not raise its example"):
        write_guide.guide("en")


def test_what_the_reading_does_not_see_is_told_whole(guides, monkeypatch):
    """Each point of docs/explanation/reading.md is in both guides; one without Korean stops the guide."""
    assert all(point in guides["en"] for point in write_guide.UNSEEN_KO)
    assert all(korean in guides["ko"] for korean in write_guide.UNSEEN_KO.values())
    monkeypatch.setattr(write_guide, "UNSEEN_KO", {})
    with pytest.raises(ValueError, match="has no Korean"):
        write_guide.guide("ko")


def test_no_korean_particle_is_left_open(guides):
    """The Korean guide is written for readers: no form with both particles."""
    assert not re.search(r"을\(를\)|이\(가\)|은\(는\)|\(으\)로|와\(과\)", guides["ko"])
