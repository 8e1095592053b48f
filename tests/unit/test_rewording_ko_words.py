"""Korean particles, verbs and single words as a changed sentence needs them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.claims import KIN_LEAVES
from bearwitness.text.korean_terms import find_terms
from bearwitness.text.particles import fits
from bearwitness.text.rewording_ko_parse import below, parse
from bearwitness.text.rewording_ko_words import (
    ACT_PREDICATES,
    act_kind,
    close_sentence,
    introduce,
    recall,
    refit,
    word_kin,
)


@pytest.mark.parametrize(
    ("stem", "tail", "expected"),
    [
        ("가족", "는", "은"), ("가족", "와", "과"), ("가족", "로", "으로"), ("부모", "은", "는"), ("부모", "이", "가"),
        ("서울", "으로", "로"), ("보건 일꾼", "였다", "이었다"), ("배우자", "이었다", "였다"), ("가족", "가", "이"),
        ("가족", "에게", "에게"), ("친척", "라고", "이라고"), ("부모", "이며", "며"), ("가족", "", ""),
    ],
)  # fmt: skip
def test_a_particle_takes_the_form_of_the_word_before_it(stem, tail, expected):
    """What was attached to one word fits the next."""
    assert refit(stem, tail) == expected


STEMS = ["가족", "부모", "서울", "탈북민", "증언자", "딸"]


@given(st.sampled_from(STEMS), st.sampled_from(["은", "는", "이", "가", "을", "를", "과", "와", "로", "으로"]))
def test_every_particle_fits_after_it_was_refitted(stem, tail):
    """Whatever form stood there, the new one fits."""
    assert fits(stem, refit(stem, tail))


@pytest.mark.parametrize(
    ("verb", "last", "expected"),
    [
        ("보내고", "일한다", "보낸다"), ("보내고", "일했다", "보냈다"), ("체포되어", "받았다", "체포되었다"),
        ("체포돼", "받았다", "체포됐다"), ("나왔으며", "활동한다", "나왔다"), ("살며", "보낸다", "산다"),
        ("뒤지고", "데려갔다", "뒤졌다"), ("체포하고", "수색했다", "체포했다"), ("먹고", "잔다", "먹는다"),
        ("받고", "떠났다", "받았다"), ("돕고", "떠났다", ""), ("풀려났지만", "해고됐다", "풀려났다"),
    ],
)  # fmt: skip
def test_a_linking_verb_ends_the_sentence_in_its_tense(verb, last, expected):
    """Only where the form is sure; otherwise nothing, and the sentence is made anew."""
    assert close_sentence(verb, last) == expected


@pytest.mark.parametrize("kind", sorted(ACT_PREDICATES))
def test_what_is_said_of_an_act_is_read_as_that_act(kind):
    """Each predicate of a sentence made anew is found as its own act, and says nothing else."""
    thing, ends, goes_on = ACT_PREDICATES[kind]
    for words in (f"정 씨의 가족이 {thing} {ends}.", f"정 씨의 가족이 {thing} {goes_on} 울었다."):
        found = find_terms(words)
        assert {(t.attribute, act_kind(t.codes)) for t in found} == {("act", kind)}


@given(st.sets(st.sampled_from(KIN_LEAVES), min_size=1))
def test_the_word_for_relatives_allows_every_one_of_them(kin):
    """No word for a set of relatives leaves one of them out."""
    for term in (t for t in find_terms(word_kin(frozenset(kin)) + "이") if t.attribute == "kin"):
        assert kin <= term.codes


def test_those_without_names_are_introduced_in_order():
    """Nobody is called by a letter or a number."""
    words = [introduce("탈북민", n) for n in range(4)]
    assert words == ["한 탈북민", "다른 탈북민", "또 다른 탈북민", "또 다른 탈북민"]
    assert [recall(), recall("뒤의")] == ["이 사람", "뒤의 사람"]


def test_a_word_is_taken_with_all_that_hangs_on_it_and_nothing_else():
    """Modifiers lean to the right; a topic goes with the verb that ends the sentence."""
    text = "신의주 출신의 전직 간호사로 나왔다가 떠난 안 씨는 지금도 어머니와 통화한다."
    tokens = parse(text, 0, len(text), [(text.index("안"), text.index("안") + 3)], [], [])
    words = [t.text for t in tokens]
    work, topic, gone = words.index("간호사로"), words.index("안 씨는"), words.index("떠난")
    assert [words[i] for i in sorted(below(tokens, work))] == ["신의주", "출신의", "전직", "간호사로"]
    assert tokens[topic].head == len(tokens) - 1
    assert tokens[gone].head == topic
