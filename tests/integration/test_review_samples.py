"""Clusterings drawn for the estimate: the doubt that reviewers left, and nothing of what they settled."""

import pytest
from review_scene import Queue
from vault_scene import CASE, HANA, MIN, empty_place, let_go

from bearwitness.services.audit import show_trail
from bearwitness.services.review_samples import sample_acts


@pytest.fixture
def queue(tmp_path):
    made = Queue(empty_place("sqlcipher", tmp_path))
    yield made
    for vault in made.vaults.values():
        let_go(vault)


def together(samples, one, other):
    """In which share of the samples two acts are one."""
    return sum(any({one, other} <= set(c) for c in clustering) for clustering in samples) / len(samples)


def test_samples_keep_the_doubt_and_obey_what_was_decided(queue):
    """Probable pairs are mostly one, the second raid hardly ever; two deciders settle a pair in every sample."""
    vault = queue.vaults[HANA]
    before = sample_acts(vault, CASE, seed=7, count=200)
    acts = sorted(a for c in before[0] for a in c)
    assert len(acts) == len(set(acts)) == 7
    assert all(sorted(a for c in clustering for a in c) == acts for clustering in before)
    assert together(before, "ahn-raid", "heard-raid") > 0.5
    assert together(before, "ahn-raid", "ahn-second-raid") < 0.2
    assert together(before, "ahn-raid", "ahn-detention") == 0.0
    assert len(set(before)) > 1

    queue.same("ahn-raid", "seen-raid")
    queue.decide(MIN, "heard-raid", "seen-raid", "different")
    after = sample_acts(vault, CASE, seed=7, count=200)
    assert together(after, "ahn-raid", "seen-raid") == 1.0
    assert together(after, "ahn-raid", "heard-raid") == 0.0


def test_the_same_seed_gives_the_same_samples_and_the_trail_says_how_many(queue):
    """Twenty by default; another seed gives others."""
    vault = queue.vaults[HANA]
    one = sample_acts(vault, CASE, seed=3)
    assert len(one) == 20
    assert one == sample_acts(vault, CASE, seed=3)
    assert one != sample_acts(vault, CASE, seed=4)
    assert "review.sample" in {entry.action for entry in show_trail(vault)}
