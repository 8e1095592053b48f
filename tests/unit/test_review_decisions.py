"""What stands of reviewers' decisions, what is refused, and which decisions are named."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import LinkageError
from bearwitness.linkage.contradictions import find_contradiction
from bearwitness.linkage.decisions import ReviewDecision
from bearwitness.linkage.standing import check_decision, constraints, standing


def decide(id_, pair, verdict, reviewer, supersedes=None, layer="act"):
    return ReviewDecision(
        id=id_, layer=layer, pair=tuple(pair), verdict=verdict, reviewer=reviewer, reason="the dates agree",
        at="2031-05-04T10:00:00Z", supersedes=supersedes,
    )  # fmt: skip


def state(*decisions):
    return standing(decisions)["act", ("a", "b")].state


def agreed(id_, pair, layer="act"):
    return [decide(f"{id_}.1", pair, "same", "r1", layer=layer), decide(f"{id_}.2", pair, "same", "r2", layer=layer)]


@pytest.mark.parametrize(("said", "expected"), [
    ([("same", "r1")], "awaiting"),
    ([("same", "r1"), ("same", "r1")], "awaiting"),
    ([("same", "r1"), ("same", "r2")], "same"),
    ([("different", "r1")], "different"),
    ([("different", "r1"), ("unsure", "r2")], "different"),
    ([("same", "r1"), ("unsure", "r2")], "awaiting"),
    ([("unsure", "r1")], "unsure"),
    ([("same", "r1"), ("different", "r2")], "disputed"),
    ([("same", "r1"), ("same", "r2"), ("different", "r3")], "disputed"),
])  # fmt: skip
def test_two_say_same_and_one_says_different(said, expected):
    """A merge needs two reviewers, a separation one, and both together are a dispute."""
    assert state(*(decide(f"d{i}", "ba", v, r) for i, (v, r) in enumerate(said))) == expected


def test_a_disputed_pair_binds_nobody():
    """It is neither put together nor kept apart."""
    said = [*agreed("d", "ab"), decide("d3", "ab", "different", "r3"), decide("d4", "cd", "different", "r1")]
    found = constraints(said, "act")
    assert (found.must, found.cannot) == (frozenset(), {("c", "d")})
    assert constraints(said, "person") == (frozenset(), frozenset())


def test_a_withdrawal_opens_the_pair_again():
    """What is withdrawn no longer counts, and the withdrawal can itself be superseded."""
    one, back = decide("d1", "ab", "different", "r1"), decide("d2", "ab", "withdrawn", "r1", "d1")
    assert state(one, back) == "open"
    assert state(one, back, decide("d3", "ab", "different", "r1", "d2")) == "different"


def test_a_party_settles_by_changing_its_own_verdict():
    """One of the two gives way."""
    said = [decide("d1", "ab", "same", "r1"), decide("d2", "ab", "different", "r2")]
    assert state(*said, decide("d3", "ab", "different", "r1", "d1")) == "different"
    assert state(*said, decide("d3", "ab", "same", "r2", "d2")) == "same"


def test_a_third_settles_by_overruling_one_side():
    """What stands as the same was in the end said by two."""
    said = [decide("d1", "ab", "same", "r1"), decide("d2", "ab", "different", "r2")]
    same = [*said, decide("d3", "ab", "same", "r3", "d2")]
    assert state(*same) == "same"
    assert state(*said, decide("d3", "ab", "different", "r3", "d1")) == "different"
    assert state(*same, decide("d4", "ab", "withdrawn", "r1", "d1")) == "awaiting"


def test_a_third_overrules_both_of_two_and_counts_once():
    """One decision supersedes one; the pair stays disputed until all of the other side is overruled."""
    said = [*agreed("d", "ab"), decide("d3", "ab", "different", "r3"), decide("d4", "ab", "different", "r4", "d.1")]
    assert state(*said) == "disputed"
    assert state(*said, decide("d5", "ab", "different", "r4", "d.2")) == "different"


def test_what_was_overruled_counts_again_when_the_third_takes_it_back():
    """Undoing a settlement restores the dispute."""
    said = [
        decide("d1", "ab", "same", "r1"), decide("d2", "ab", "different", "r2"), decide("d3", "ab", "same", "r3", "d2"),
    ]  # fmt: skip
    back = [*said, decide("d4", "ab", "withdrawn", "r3", "d3")]
    assert state(*back) == "disputed"
    assert state(*back, decide("d5", "ab", "same", "r4", "d2")) == "same"
    # Another reason for the same verdict keeps it overruled; taking that back restores it too.
    again = [*said, decide("d4", "ab", "same", "r3", "d3")]
    assert state(*again) == "same"
    assert state(*again, decide("d5", "ab", "withdrawn", "r3", "d4")) == "disputed"


@pytest.mark.parametrize(("new", "named"), [
    (decide("d9", "ab", "same", "r1", "d0"), "d0"),
    (decide("d9", "ab", "same", "r1", "d9"), "d9"),
    (decide("d9", "ab", "same", "r1", "d1"), "d2"),
    (decide("d9", "ab", "same", "r1", "d2", layer="person"), "d2"),
    (decide("d9", "ac", "different", "r1", "d2"), "d2"),
    (decide("d2", "cd", "same", "r1"), "d2"),
    (decide("d9", "ab", "same", "r1"), "d2"),
    (decide("d9", "ab", "same", "r2", "d2"), "not disputed"),
    (decide("d9", "ab", "withdrawn", "r2", "d2"), "not disputed"),
])  # fmt: skip
def test_what_may_not_be_added_is_refused_and_names_the_decision(new, named):
    """Unknown, superseded, of another layer or pair, there already, or another reviewer's."""
    old = [decide("d1", "ab", "unsure", "r1"), decide("d2", "ab", "different", "r1", "d1")]
    with pytest.raises(LinkageError, match=named):
        check_decision(new, old)
    with pytest.raises(LinkageError, match=named):
        standing([*old, new])


@pytest.mark.parametrize("new", [
    decide("d9", "ab", "same", "r1", "d2"), decide("d9", "ab", "withdrawn", "r3", "d2"),
    decide("d9", "ab", "different", "r3", "d2"),
])  # fmt: skip
def test_neither_a_party_nor_a_verdict_for_the_same_side_overrules(new):
    """A dispute is settled by a third, who says what the other side said."""
    with pytest.raises(LinkageError, match="d2"):
        check_decision(new, [decide("d1", "ab", "same", "r1"), decide("d2", "ab", "different", "r2")])


def test_a_contradiction_is_refused_with_all_decisions_on_the_shortest_path():
    """The detour over x is not named, nor what is not on the path; the first "same" of a pair contradicts nothing."""
    old = [
        *agreed("ab", "ab"), *agreed("bc", "bc"), *agreed("cd", "cd"), *agreed("ax", "ax"), *agreed("xy", "xy"),
        *agreed("yz", "yz"), *agreed("zd", "zd"),
    ]  # fmt: skip
    new = decide("ad", "ad", "different", "r3")
    with pytest.raises(LinkageError) as caught:
        check_decision(new, old)
    assert "decisions ab.1, ab.2, bc.1, bc.2, cd.1, cd.2, ad contradict" in str(caught.value)
    assert "a = b = c = d" in str(caught.value)
    with pytest.raises(LinkageError, match=r"ab\.1, ab\.2"):
        standing([new, *old])
    apart = [*agreed("ab", "ab"), decide("bc", "bc", "different", "r1")]
    first = decide("ac.1", "ac", "same", "r1")
    assert check_decision(first, apart).state == "awaiting"
    with pytest.raises(LinkageError, match=r"ac\.1, ac\.2.*bc|bc.*ac\.1"):
        check_decision(decide("ac.2", "ac", "same", "r2"), [*apart, first])


def test_a_dispute_makes_room_for_what_contradicted():
    """Whoever doubts a merge disputes it, and then may keep apart what it joined."""
    old = [*agreed("ab", "ab"), *agreed("bc", "bc"), decide("d", "ab", "different", "r3")]
    assert check_decision(decide("ac", "ac", "different", "r3"), old).state == "different"


def test_layers_do_not_contradict_each_other():
    """Two acts of one household are no contradiction."""
    old = [*agreed("h", "ab", layer="household")]
    assert check_decision(decide("d", "ab", "different", "r1"), old).state == "different"


@pytest.mark.parametrize("changed", [
    {"reason": "  "}, {"at": "yesterday"}, {"pair": ("a", "a")}, {"id": ""}, {"verdict": "withdrawn"},
])  # fmt: skip
def test_a_decision_that_says_too_little_is_refused(changed):
    """No reason, no date, no pair, no id, nothing withdrawn."""
    given_ = {"id": "d1", "layer": "act", "pair": ("b", "a"), "verdict": "same", "reviewer": "r", "reason": "x",
              "at": "2031-05-04T10:00:00+09:00"}  # fmt: skip
    assert ReviewDecision(**given_).pair == ("a", "b")
    with pytest.raises(LinkageError):
        ReviewDecision(**given_ | changed)


pairs = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1])


@given(st.lists(pairs, unique=True), st.lists(pairs, unique=True))
def test_a_contradiction_is_found_if_and_only_if_there_is_one_and_is_shortest(same, different):
    """Against all distances (Floyd and Warshall)."""
    far = [[0 if a == b else 1 if (min(a, b), max(a, b)) in same else 99 for b in range(8)] for a in range(8)]
    for k in range(8):
        far = [[min(far[a][b], far[a][k] + far[k][b]) for b in range(8)] for a in range(8)]
    least = min((far[a][b] for a, b in different), default=99)
    found = find_contradiction([(str(a), str(b)) for a, b in same], [(str(a), str(b)) for a, b in different])
    assert (found is None) == (least >= 99)
    if found:
        assert len(found) == least + 1
        assert (int(found[0]), int(found[-1])) in different
        assert all((min(int(a), int(b)), max(int(a), int(b))) in same for a, b in pairwise(found))
