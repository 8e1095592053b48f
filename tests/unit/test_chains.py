"""The chains of a testimony: what its links say, and where they are silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.errors import LinkageError
from bearwitness.linkage.chains import chains_of
from bearwitness.model.records import SourceLink, Testimony


def hops(links, directness, teller="t", key_of=lambda person: person):
    """Chains of a testimony whose links are written "ab bt"."""
    testimony = Testimony(
        id="t-1", teller=teller, language="ko", told=None, directness=directness, text="…",
        chain=tuple(SourceLink(teller=a, hearer=b, medium="phone") for a, b in links.split()),
    )  # fmt: skip
    return ["".join(h or "?" for h in c.hops) for c in chains_of(testimony, key_of)]


@pytest.mark.parametrize(("links", "directness", "expected"), [
    ("", "experienced", ["t"]), ("", "witnessed", ["t"]),
    ("", "told_by_victim", ["?t"]), ("", "told_by_witness", ["?t"]), ("", "told_by_third_party", ["?t"]),
    ("", "document", ["?t"]), ("", "inferred", ["?t"]), ("", "unknown", ["?t"]),
    ("at", "told_by_witness", ["at"]), ("at", "witnessed", ["at"]),
    ("at", "told_by_third_party", ["?at"]), ("ab bt", "told_by_third_party", ["abt"]),
    ("at", "unknown", ["?at"]), ("ab bt", "document", ["?abt"]),
    ("ab", "told_by_witness", ["ab?t"]), ("ab bc", "unknown", ["?abc?t"]),
    ("tb", "experienced", ["tb"]), ("tb", "told_by_victim", ["?tb"]),
    ("ab bt cd dt", "told_by_witness", ["abt", "cdt"]), ("ab ac bt ct", "told_by_witness", ["abt", "act"]),
    ("ab at", "told_by_witness", ["at"]), ("ab xt", "told_by_witness", ["?xt", "ab?t"]),
])  # fmt: skip
def test_silence_is_somebody_unknown(links, directness, expected):
    """What the links do not say is filled with somebody unknown, never with somebody known."""
    assert hops(links, directness) == expected


def test_a_withheld_teller_is_unknown():
    """Without the teller's key the last hop is unknown, and a middleman before them is no further one."""
    assert hops("", "witnessed", key_of={}.get) == ["?"]
    assert hops("ab", "told_by_witness", key_of=lambda p: None if p == "t" else p) == ["ab?"]


def test_people_are_the_same_by_their_keys():
    """The keys that the caller gives stand in the chain."""
    assert hops("ab bt", "told_by_witness", key_of=str.upper) == ["ABT"]


def test_a_ring_is_refused_and_names_the_testimony():
    """A chain that returns to somebody is refused, also if it does so only since two people were merged."""
    for links, key_of in (("ab ba bt", str), ("aa at", str), ("ab bc ct", lambda p: "a" if p == "c" else p)):
        with pytest.raises(LinkageError, match=r"testimony t-1 .*Correct its links") as caught:
            hops(links, "told_by_witness", key_of=key_of)
        assert caught.value.status == 25


def test_more_ways_than_can_be_followed_are_refused():
    """Twelve forks one after the other are 4,096 ways; the error names the testimony."""
    names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    links = [(names[3 * n] + names[3 * n + 1 + way], names[3 * n + 1 + way] + names[3 * n + 3])
             for n in range(12) for way in (0, 1)]  # fmt: skip
    with pytest.raises(LinkageError, match=r"t-1 branches"):
        hops(" ".join(link for pair in links for link in pair), "told_by_witness", teller=names[36])


@given(st.permutations(["ab", "bc", "ct", "dc"]))
def test_the_order_of_the_links_does_not_matter(links):
    """Links written in any order are the same chains."""
    assert hops(" ".join(links), "told_by_witness") == ["dct", "abct"]
