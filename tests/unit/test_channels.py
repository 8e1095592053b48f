"""Lists are independent channels: desks that anybody on the way of their accounts joins are one."""

from hypothesis import given
from hypothesis import strategies as st

from bearwitness.linkage.channels import Way, find_channels, pattern_of, way_of
from bearwitness.model.records import SourceLink, Testimony


def account(name="t-1", desk="hana", teller="teller", directness="witnessed", hops=()):
    chain = tuple(SourceLink(teller=a, hearer=b, medium="phone") for a, b in hops)
    return Testimony(id=name, teller=teller, language="ko", told=None, directness=directness, text="들음", chain=chain,
                     collected_by=desk)  # fmt: skip


def read(testimony, nameless=()):
    """The way of an account in which some people have no name, and one is withheld."""
    def key_of(person):
        return None if person == "withheld" else f"?{person}" if person in nameless else person
    return way_of(testimony, key_of, lambda key: not key.startswith("?"))


def way(name, desk, *people):
    return Way(testimony=name, collector=desk, passed_on=frozenset(people))


def test_whoever_observed_an_act_joins_no_desks():
    """Only who comes after the observer passed an account on."""
    assert read(account()).passed_on == frozenset()
    told = account(teller="broker", directness="told_by_witness", hops=[("witness", "broker")])
    assert read(told).passed_on == {"broker"}
    longer = account(teller="b", directness="told_by_third_party", hops=[("w", "a"), ("a", "b")])
    assert read(longer).passed_on == {"a", "b"}


def test_somebody_unknown_on_the_way_takes_an_account_off_every_list():
    """Who has no name, is withheld, or is not written down could be anybody's broker."""
    told = account(teller="broker", directness="told_by_witness", hops=[("witness", "broker")])
    assert read(told, nameless={"broker"}).passed_on is None
    assert read(told, nameless={"witness"}).passed_on == {"broker"}
    through = account(teller="b", directness="told_by_third_party", hops=[("w", "withheld"), ("withheld", "b")])
    assert read(through).passed_on is None
    for directness in ("told_by_third_party", "document", "inferred", "unknown"):
        assert read(account(directness=directness)).passed_on is None, directness
    gap = account(teller="b", directness="told_by_witness", hops=[("w", "a"), ("b", "c")])
    assert read(gap).passed_on is None


def test_a_witness_who_is_not_named_is_still_one_person():
    """Where the teller had it from whoever was there, nobody stands between."""
    assert read(account(directness="told_by_witness")).passed_on == {"teller"}
    assert read(account(), nameless={"teller"}).passed_on == frozenset()
    assert read(account(directness="told_by_witness"), nameless={"teller"}).passed_on is None


def test_two_desks_fed_by_one_broker_are_one_list():
    """Desks hang together through others too, and are named by all of them, never by a person."""
    found = find_channels([
        way("t-1", "hana", "kim"), way("t-2", "duri", "kim", "lee"), way("t-3", "세지", "lee"),
        way("t-4", "nesi", "ryu"),
        Way(testimony="t-5", collector=None, passed_on=frozenset()),
        Way(testimony="t-6", collector="hana", passed_on=None),
    ])  # fmt: skip
    assert found.lists == ("duri+hana+세지", "nesi")
    pairs = [(m.one, m.other, m.people, m.maybe) for m in found.merged]
    assert pairs == [("duri", "hana", 1, 0), ("duri", "세지", 1, 0)]
    assert (found.without_collector, found.unknown_way) == (1, 1)
    assert set(found.list_of) == {"t-1", "t-2", "t-3", "t-4"}
    assert not [name for name in ("kim", "lee", "ryu") if name in repr((found.lists, found.merged))]


def test_people_who_may_be_one_join_desks_until_it_is_decided():
    """A doubtful pair counts for a channel, and is told as a doubt."""
    ways = [way("t-1", "hana", "kim"), way("t-2", "duri", "kim-2")]
    assert find_channels(ways).lists == ("duri", "hana")
    doubtful = find_channels(ways, [("kim-2", "kim")])
    assert doubtful.lists == ("duri+hana",)
    assert [(m.people, m.maybe) for m in doubtful.merged] == [(0, 1)]


def test_an_act_is_on_every_list_that_an_account_of_it_is_on():
    """A digit for each list in order; none where only accounts on no list tell of it."""
    found = find_channels([way("t-1", "a"), way("t-2", "b"), way("t-3", "c")])
    assert pattern_of(["t-3", "t-1", "elsewhere"], found) == "101"
    assert pattern_of(["elsewhere"], found) is None
    assert pattern_of([], found) is None


WAYS = st.lists(st.tuples(st.sampled_from("abcd"), st.frozensets(st.sampled_from("pqrst"), max_size=3)), max_size=8)


@given(WAYS, st.randoms())
def test_the_order_of_accounts_means_nothing_and_lists_share_nobody(drawn, rng):
    """No two lists have a person in common, whatever the accounts."""
    ways = [way(f"t-{n}", desk, *people) for n, (desk, people) in enumerate(drawn)]
    found = find_channels(ways)
    shuffled = list(ways)
    rng.shuffle(shuffled)
    assert find_channels(shuffled) == found
    people = {}
    for one in ways:
        people.setdefault(found.list_of[one.testimony], set()).update(one.passed_on)
    assert sum(map(len, people.values())) == len(set().union(*people.values()) if people else ())
