from hypothesis import given
from hypothesis import strategies as st

from bearwitness.model.claims import Claim, Span
from bearwitness.model.values import Codes
from bearwitness.text.bundles import bundle_claims


def _claim(number, *spans, persona="p1", attribute="kin"):
    return Claim(
        id=f"c{number}", persona=persona, attribute=attribute, values=Codes(frozenset({"mother"})), says="",
        spans=tuple(Span(start=a, end=b, quote="x" * (b - a)) for a, b in spans), origin="pattern",
    )  # fmt: skip


def test_a_relative_and_the_detention_that_shares_the_word_move_together():
    """A kin claim and the act whose further passage is the same kin word are one bundle, other claims are not."""
    kin, act, other = _claim(1, (4, 11)), _claim(2, (16, 24), (4, 11), attribute="act"), _claim(3, (30, 34))
    assert bundle_claims([kin, act, other]) == (("c1", "c2"), ("c3",))


def test_one_passage_said_of_several_people_is_one_bundle():
    """The same words said of three households are changed once, for all of them."""
    claims = [_claim(i, (10, 20), persona=f"p{i}") for i in range(3)]
    assert bundle_claims(claims) == (("c0", "c1", "c2"),)


def test_passages_that_only_touch_are_worded_apart():
    """Two passages side by side share no words."""
    assert bundle_claims([_claim(1, (0, 5)), _claim(2, (5, 9))]) == (("c1",), ("c2",))


def test_a_claim_that_no_words_make_is_alone():
    """A claim written by hand without a passage is its own bundle."""
    assert bundle_claims([_claim(1), _claim(2), _claim(3, (0, 4))]) == (("c1",), ("c2",), ("c3",))


_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=3)


@given(st.lists(_SPANS, max_size=10))
def test_bundles_are_exactly_the_groups_that_overlap(drawn):
    """Every claim is in one bundle, and two are together where a chain of overlapping passages joins them."""
    claims = [_claim(i, *spans) for i, spans in enumerate(drawn)]
    bundles = bundle_claims(claims)
    assert sorted(i for b in bundles for i in b) == sorted(c.id for c in claims)
    groups = [{c.id} for c in claims]
    for one in claims:
        for other in claims:
            if any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans):
                joined = [g for g in groups if one.id in g or other.id in g]
                groups = [g for g in groups if g not in joined] + [set().union(*joined)]
    assert {frozenset(b) for b in bundles} == {frozenset(g) for g in groups}
