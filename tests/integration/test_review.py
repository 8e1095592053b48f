"""The review queue of a vault: which accounts are of one act, decided by two who judged alone."""

from dataclasses import replace

import pytest
from review_scene import RURI, THREE, Queue
from vault_scene import CASE, HANA, MIN, SORI, change_case, check_whole, empty_place, let_go

from bearwitness.errors import AccessDenied, ConsentMissing, LinkageError, RecordError
from bearwitness.model.dates import parse_edtf
from bearwitness.model.records import Consent
from bearwitness.services import review, review_acts, review_agreement
from bearwitness.services.audit import show_trail
from bearwitness.services.review_candidates import find_candidates
from bearwitness.services.review_facts import open_review
from bearwitness.services.review_pairs import candidate_pairs, is_judged_twice, waiting
from bearwitness.services.withdrawal import withdraw_testimony


@pytest.fixture
def queue(tmp_path):
    made = Queue(empty_place("sqlcipher", tmp_path))
    yield made
    for vault in made.vaults.values():
        let_go(vault)


def test_the_queue_finds_the_three_accounts_of_one_raid_and_keeps_the_second_raid_apart(queue):
    """Each of the three is among the first three of the others; the second raid and the other family's are not."""
    found = candidate_pairs(open_review(queue.vaults[HANA], CASE), "act")
    for act in ("ahn-raid", "seen-raid", "heard-raid"):
        best = sorted((p for p in found.values() if act in p.pair), key=lambda p: -p.probability)[:3]
        assert {p.pair for p in best} >= {pair for pair in THREE if act in pair}
    assert all(found[pair].probability > 0.5 for pair in THREE)
    others = [p for pair, p in found.items() if {"ahn-second-raid", "park-raid"} & set(pair)]
    assert others
    assert all(p.probability < 0.2 for p in others)


@pytest.mark.parametrize("layer", ["act", "person"])
def test_what_scores_the_pairs_changes_nothing(queue, layer):
    """DuckDB finds the pairs of the reference, as probable and in the same levels; so the queue asks for the same."""
    hana = queue.vaults[HANA]
    desk = open_review(hana, CASE)
    plain, engine = (candidate_pairs(desk, layer, kind) for kind in ("plain", "duckdb"))
    assert plain.keys() == engine.keys() != set()
    for pair, found in plain.items():
        assert engine[pair].levels == found.levels
        assert engine[pair].probability == pytest.approx(found.probability, abs=1e-9)
    assert review.next_pair(hana, CASE, layer, engine="duckdb") == review.next_pair(hana, CASE, layer)


def test_going_through_the_queue_to_its_end_puts_the_three_together(queue):
    """Two reviewers who decide what comes next, without ever naming a pair, end with one act of three accounts."""
    raid = {"ahn-raid", "seen-raid", "heard-raid"}
    detention = {"ahn-detention", "heard-detention"}
    for name in (HANA, MIN):
        seen = []
        while (pair := queue.next(name)) is not None:
            two = {pair.one.id, pair.other.id}
            seen.append(frozenset(two))
            queue.decide(name, *two, "same" if two <= raid or two <= detention else "different")
        assert len(seen) == len(set(seen)) > 2
    together = {acts for acts in queue.acts(HANA) if len(acts) > 1}
    assert together == {tuple(sorted(raid)), tuple(sorted(detention))}
    assert queue.acts(HANA)[tuple(sorted(raid))].accounts == ("t-ahn", "t-cousin", "t-neighbour")


def test_a_pair_is_shown_with_its_differences_first_and_no_score(queue):
    """Both values stand as recorded, the household's acts are around them, and no number tells how probable it is."""
    pair = queue.next(HANA)
    found = candidate_pairs(open_review(queue.vaults[HANA], CASE), "act")[pair.one.id, pair.other.id]
    assert f"{found.probability:.2f}" not in repr(pair)
    assert f"{found.probability:.3g}" not in repr(pair)
    assert not any(isinstance(value, float) for value in flat(pair))
    compared = [c.what for c in (*pair.differences, *pair.agreements)]
    assert len(compared) + len(pair.unknown) == 7
    assert all(c.one and c.other for c in (*pair.differences, *pair.agreements))
    assert {m.id for m in pair.timeline} >= {pair.one.id, pair.other.id}
    dates = [m.date[:7] for m in pair.timeline]
    assert dates == sorted(dates)


def test_the_order_is_by_what_a_decision_settles(queue):
    """A pair between two groups settles as many pairs at once as the groups have, and so moves to the front."""
    desk = open_review(queue.vaults[RURI], CASE)
    member = queue.vaults[RURI].member
    before = [c.pair for c in waiting(desk, "act", member)]
    queue.same("ahn-raid", "heard-raid")
    after = [c.pair for c in waiting(open_review(queue.vaults[RURI], CASE), "act", member)]
    assert ("ahn-raid", "heard-raid") in before
    assert ("ahn-raid", "heard-raid") not in after
    moved = [pair for pair in after if {"ahn-raid", "heard-raid"} & set(pair)]
    assert moved
    assert all(rank(after, pair) <= rank(before, pair) for pair in moved)
    assert any(rank(after, pair) < rank(before, pair) for pair in moved)


def rank(queue, pair):
    """How many pairs of other acts stand before a pair."""
    return sum(not {"ahn-raid", "heard-raid"} & set(p) for p in queue[: queue.index(pair)])


def flat(value):
    """Every value inside of one."""
    if hasattr(value, "__dataclass_fields__"):
        return [x for name in value.__dataclass_fields__ for x in flat(getattr(value, name))]
    return [x for one in value for x in flat(one)] if isinstance(value, tuple) else [value]


def test_the_same_takes_two_and_the_first_verdict_is_hidden_from_the_second(queue):
    """Until the second has decided, nothing they are shown differs from what they saw before the first one did."""
    min_ = queue.vaults[MIN]
    everything = lambda: (  # noqa: E731
        queue.next(MIN), review.list_decisions(min_, CASE), review_agreement.agreement(min_, CASE)[0].pairs,
        queue.acts(MIN),
    )  # fmt: skip
    before = everything()
    first = queue.decide(HANA, "ahn-raid", "seen-raid")
    assert first.stands == "awaiting"
    assert first.probability > 0.5
    assert everything() == before
    unsure = queue.decide(MIN, "ahn-raid", "seen-raid", "unsure")
    assert (unsure.stands, unsure.others) == ("", ())
    second = queue.decide(MIN, "ahn-raid", "seen-raid")
    assert second.stands == "same"
    assert second.others == (f"{queue.vaults[HANA].member}: same",)
    assert second.probability == pytest.approx(first.probability)


def test_a_quarter_of_what_one_found_different_comes_to_others_unseen(queue):
    """What comes after somebody decided may have been found different too, and agreement is measured on both."""
    hana, min_ = queue.vaults[HANA], queue.vaults[MIN]
    pairs = {c.pair for c in waiting(open_review(hana, CASE), "act", hana.member)}
    for pair in sorted(pairs):
        queue.decide(HANA, *pair, "different")
    desk = open_review(min_, CASE)
    twice = {pair for pair in pairs if is_judged_twice(desk, "act", pair)}
    assert {c.pair for c in waiting(desk, "act", min_.member)} == twice != pairs
    assert {(d.one, d.other) for d in review.list_decisions(min_, CASE)} == pairs - twice
    for pair in twice:
        assert queue.decide(MIN, *pair, "different").stands == "different"
    assert {(d.one, d.other) for d in review.list_decisions(min_, CASE)} == pairs
    looked = [e for e in show_trail(min_, case=CASE) if e.action.startswith("review.")]
    assert not [x for e in looked for x in flat_things(e.things) if x not in {d.id for d in desk.decisions}
                and e.actor == hana.member]


def flat_things(things):
    """What an entry of the trail names."""
    return [x for held in things.values() for x in (held if isinstance(held, list) else [held])]


def test_a_decision_is_undone_by_a_later_one_of_the_same_reviewer(queue):
    """Both stay, the pair waits for a second again, and nobody takes back what another said."""
    second = queue.same("ahn-raid", "seen-raid")
    with pytest.raises(RecordError):
        review.undo(queue.vaults[HANA], CASE, second.id, reason="not mine")
    undone = review.undo(queue.vaults[MIN], CASE, second.id, reason="looked again")
    assert undone.stands == "awaiting"
    assert [(d.verdict, d.counts) for d in review.list_decisions(queue.vaults[MIN], CASE)] == [
        ("same", True), ("same", False), ("withdrawn", False),
    ]  # fmt: skip
    with pytest.raises(LinkageError):
        review.undo(queue.vaults[MIN], CASE, second.id, reason="again")
    assert len(queue.acts(HANA)) == 7


def test_contradictions_are_refused_and_the_decisions_named(queue):
    """Where a = b and b = c stand, a and c cannot be found different; what was decided stays as it was."""
    made = [queue.same(*pair) for pair in THREE[:2]]
    with pytest.raises(LinkageError) as refused:
        queue.decide(HANA, "seen-raid", "heard-raid", "different")
    assert all(d.id in str(refused.value) for d in made)
    assert len(open_review(queue.vaults[HANA], CASE).decisions) == 4
    with pytest.raises(LinkageError, match="says so already"):
        queue.decide(HANA, *THREE[0])
    with pytest.raises(LinkageError, match="gives no reason"):
        review.decide(queue.vaults[HANA], CASE, THREE[2], "same", reason=" ")
    with pytest.raises(RecordError):
        queue.decide(HANA, "ahn-raid", "no-such-act")


def test_a_third_settles_a_dispute_and_may_change_their_mind(queue):
    """One says the same, one different: it binds nobody until a third who judged neither says so."""
    queue.decide(HANA, "ahn-raid", "seen-raid")
    assert queue.decide(MIN, "ahn-raid", "seen-raid", "different").stands == "disputed"
    settled = queue.decide(RURI, "ahn-raid", "seen-raid")
    assert settled.stands == "same"
    changed = queue.decide(RURI, "ahn-raid", "seen-raid", "different")
    assert changed.stands == "disputed"


def test_agreement_is_of_first_verdicts(queue):
    """A verdict that was changed after the other's was seen does not make agreement look better."""
    for pair, verdict in zip(THREE, ("same", "same", "different"), strict=True):
        queue.decide(HANA, *pair, "same")
        queue.decide(MIN, *pair, verdict)
    queue.decide(MIN, *THREE[2], "same")
    overall, two = review_agreement.agreement(queue.vaults[HANA], CASE)
    assert (overall.pairs, overall.observed) == (3, pytest.approx(2 / 3))
    assert set(two.reviewers) == {queue.vaults[HANA].member, queue.vaults[MIN].member}
    assert two.kappa is not None
    assert two.kappa <= 0.01


def test_scoring_again_gives_the_same_and_nothing_decided_is_lost(queue):
    """A vault locked in the middle goes on where it was: what was decided is kept, what waits is the same."""
    queue.decide(MIN, *THREE[0])
    before = queue.next(MIN)
    let_go(queue.vaults[MIN])
    queue.vaults[MIN] = queue.scene.open(MIN)
    assert queue.next(MIN) == before
    assert [d.verdict for d in review.list_decisions(queue.vaults[MIN], CASE)] == ["same"]
    check_whole(queue.vaults[MIN])


def test_two_who_decide_at_once_do_not_contradict_each_other(queue):
    """Whoever writes second on what the first has changed meanwhile is refused, and nothing of theirs is kept."""
    slow = open_review(queue.vaults[HANA], CASE)
    queue.decide(MIN, *THREE[0])
    decision = review._decision(queue.vaults[HANA], THREE[1], "same", "why", "act", None)
    with pytest.raises(RecordError):
        review._store(slow, review.Act(action="review.decide", case=slow.opened.id), [decision], "plain")
    assert len(open_review(queue.vaults[HANA], CASE).decisions) == 1
    check_whole(queue.vaults[HANA])


def test_what_is_destroyed_takes_its_decisions_and_counts_with_it(queue):
    """After a withdrawal no decision names the act, in rows or in what is read, and the others go on."""
    for pair in THREE[:2]:
        queue.same(*pair)
    review_acts.count_sources(queue.vaults[HANA], CASE)
    vault = queue.vaults[HANA]
    before = len(vault.store.records(queue.scene.case, ("review", "source_count")))
    withdraw_testimony(vault, CASE, "t-neighbour")
    rows = vault.store.records(queue.scene.case, ("review", "source_count"))
    # Two decisions, the count of the act of three accounts; those of other acts stay.
    assert len(rows) == before - 3
    assert {d.pair for d in open_review(vault, CASE).decisions} == {("ahn-raid", "heard-raid")}
    assert queue.acts(HANA)["ahn-raid", "heard-raid"].accounts == ("t-ahn", "t-cousin")
    queue.decide(HANA, "ahn-raid", "park-raid", "different")
    check_whole(vault)


def test_mother_and_cousin_through_one_carrier_are_one_source_and_the_neighbour_another(queue):
    """Three accounts of one raid are two sources; what undecided likeness would add is not counted."""
    alone = queue.acts(HANA)
    assert alone["seen-raid",].level == "one_present"
    assert {a.least for a in alone.values()} == {1}
    queue.same(*THREE[1])
    assert queue.acts(HANA)["ahn-raid", "heard-raid"].least == 1
    queue.same(*THREE[0])
    found = queue.acts(HANA)["ahn-raid", "heard-raid", "seen-raid"]
    assert (found.least, found.most, found.level, found.counted) == (2, 2, "two_accounts", "now")
    assert found.wording_en.startswith("two independent accounts")
    assert found.wording_ko


def test_persons_decided_to_be_one_count_as_one_source(queue):
    """Two carriers who turn out to be one person join what looked apart."""
    with pytest.raises(AccessDenied):
        queue.next(SORI, layer="person")
    assert queue.next(RURI, layer="person") is not None
    queue.same("neighbour", "carrier", layer="person")
    for pair in THREE[:2]:
        queue.same(*pair)
    assert queue.acts(HANA)["ahn-raid", "heard-raid", "seen-raid"].least == 1


def test_whoever_may_be_one_person_is_counted_once_at_the_least(queue):
    """Two records of one carrier are one source at the least and two at the most, until it is decided."""
    def with_second_record(case):
        carrier = next(p for p in case.persons if p.id == "carrier")
        persons = (*case.persons, replace(carrier, id="carrier-again"))
        heard = next(t for t in case.testimonies if t.id == "t-cousin")
        seen = replace(heard.chain[0], teller="park-father", hearer="carrier-again")
        chain = (seen, replace(heard.chain[1], teller="carrier-again"))
        told = tuple(replace(heard, chain=chain) if t.id == "t-cousin" else t for t in case.testimonies)
        return replace(case, persons=persons, testimonies=told)

    change_case(queue.vaults[HANA], CASE, with_second_record)
    queue.same(*THREE[1])
    bounds = lambda: next((a.least, a.most) for a in queue.acts(HANA).values() if len(a.acts) == 2)  # noqa: E731
    assert bounds() == (1, 2)
    queue.decide(HANA, "carrier", "carrier-again", "different", layer="person")
    assert bounds() == (2, 2)


def test_who_may_not_see_chains_sees_the_number_that_was_counted_as_long_as_it_holds(queue):
    """Not counted, counted, counted before an account came, counted before the record changed."""
    queue.same(*THREE[1])
    seen = lambda: next(a for a in queue.acts(SORI).values() if len(a.acts) == 2)  # noqa: E731
    assert (seen().counted, seen().least, seen().level, seen().wording_en) == ("not counted yet", None, "", "")
    with pytest.raises(AccessDenied):
        review_acts.count_sources(queue.vaults[RURI], CASE)
    review_acts.count_sources(queue.vaults[HANA], CASE)
    assert (seen().least, seen().most, seen().counted, seen().level) == (1, 1, "2024-03-01", "one_account")
    notes = len(queue.vaults[HANA].store.records(queue.scene.case, ("source_count",)))
    review_acts.count_sources(queue.vaults[HANA], CASE)
    assert len(queue.vaults[HANA].store.records(queue.scene.case, ("source_count",))) == notes
    queue.same(*THREE[0])
    three = next(a for a in queue.acts(SORI).values() if len(a.acts) == 3)
    assert (three.counted, three.least) == ("counted before 1 account came", None)
    review_acts.count_sources(queue.vaults[HANA], CASE)
    three = next(a for a in queue.acts(SORI).values() if len(a.acts) == 3)
    assert (three.least, three.level) == (2, "two_accounts")
    change_case(queue.vaults[HANA], CASE, without_link)
    assert {a.counted for a in queue.acts(SORI).values() if len(a.acts) == 3} == {"counted before the record changed"}


def without_link(case):
    """The case with one link of a chain taken out."""
    changed = tuple(replace(t, chain=t.chain[1:]) if t.id == "t-ahn" else t for t in case.testimonies)
    return replace(case, testimonies=changed)


def test_chains_are_refused_alike_whether_or_not_there_is_such_an_act(queue):
    """Without the chain compartment one answer for every act; with it the ways of each account."""
    said = []
    for act in ("ahn-raid", "no-such-act", None):
        for name in (RURI, SORI):
            with pytest.raises(AccessDenied) as refused:
                review_acts.show_chains(queue.vaults[name], CASE, act)
            said.append((name, str(refused.value)))
    assert len(set(said)) == 2
    found, = review_acts.show_chains(queue.vaults[HANA], CASE, "ahn-raid")
    assert [w.people for w in found.ways] == [("ahn-mother 국영채", "carrier 손미랑", "ahn 안도솔")]
    with pytest.raises(RecordError):
        review_acts.show_chains(queue.vaults[HANA], CASE, "no-such-act")


def test_what_consent_withholds_waits_for_nobody(queue):
    """An account whose use was refused is in no pair, no act and no candidate; its decisions are kept for later."""
    queue.same(*THREE[0])
    refused = Consent(
        id="c-neighbour", giver="neighbour", purpose="documentation", identifiability="internal", quoting="none",
        persons=(), withdrawn=parse_edtf("2024-02-28"),
    )  # fmt: skip
    change_case(queue.vaults[HANA], CASE, lambda case: replace(case, consents=(*case.consents, refused)))
    desk = open_review(queue.vaults[HANA], CASE)
    assert not [p for p in candidate_pairs(desk, "act") if "seen-raid" in p]
    assert not [a for a in queue.acts(HANA) if "seen-raid" in a]
    with pytest.raises(RecordError):
        queue.decide(HANA, "heard-raid", "seen-raid")
    with pytest.raises(ConsentMissing):
        find_candidates(queue.vaults[RURI], CASE, "t-neighbour")
    assert [d.pair for d in desk.decisions] == [THREE[0], THREE[0]]


def test_candidates_of_a_new_account_are_the_accounts_of_the_same_raid(queue):
    """The neighbour's account is compared with the archive: the two others of that raid come first."""
    found = find_candidates(queue.vaults[RURI], CASE, "t-neighbour")
    assert {c.other for c in found[:2]} == {"ahn-raid", "heard-raid"}
    assert {c.case_name for c in found} == {CASE}
    assert not any(isinstance(value, float) for value in flat(found))
    with pytest.raises(AccessDenied):
        find_candidates(queue.vaults[SORI], CASE, "t-neighbour")
    with pytest.raises(RecordError):
        find_candidates(queue.vaults[RURI], CASE, "no-such-account")
