"""A vault with the accounts of the worked street, open before four members; for tests of the review."""

from functools import cache

from vault_scene import CASE, HANA, MIN, SORI, make_scene

from bearwitness.data.load import load_place_tree, load_vocabulary, worked_case_path
from bearwitness.model.codec import load_case as parse_case
from bearwitness.services import review, review_acts

WHOLE = ("identity", "chain", "content", "evidence")
# Ruri may know names and nothing of who told whom; Sori may know neither.
RURI = "Ruri"
MEMBERS = ((MIN, WHOLE), (RURI, ("identity", "content")), (SORI, ("content",)))
THREE = (("ahn-raid", "seen-raid"), ("ahn-raid", "heard-raid"), ("heard-raid", "seen-raid"))


@cache
def accounts():
    """Three accounts of one raid, a second raid on that household, and a raid on another family."""
    text = worked_case_path("accounts.yaml").read_text(encoding="utf-8")
    return parse_case(text, name="accounts.yaml", tree=load_place_tree(), vocabulary=load_vocabulary())


class Queue:
    """A vault with the accounts, open before four members."""

    def __init__(self, place):
        self.scene = make_scene(place, members=MEMBERS, case=accounts())
        self.vaults = {name: self.scene.open(name) for name in (HANA, MIN, RURI, SORI)}

    def decide(self, name, one, other, verdict="same", **more):
        return review.decide(self.vaults[name], CASE, (one, other), verdict, reason="the day and the street", **more)

    def same(self, one, other, **more):
        """Two say that two are the same."""
        self.decide(HANA, one, other, **more)
        return self.decide(MIN, one, other, **more)

    def next(self, name, **more):
        return review.next_pair(self.vaults[name], CASE, **more)

    def acts(self, name):
        return {a.acts: a for a in review_acts.list_acts(self.vaults[name], CASE)}
