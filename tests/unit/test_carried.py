"""Whom a changed draft shows: who stood there before counts, whatever the changed words fit."""

from __future__ import annotations

import re

from bearwitness.model.assessment import Edit
from bearwitness.model.claims import Claim, HouseholdId, Persona, Reading, Span
from bearwitness.model.values import Codes
from bearwitness.text.carried import carry_over
from bearwitness.text.editing import apply_edits, compose_edits


def said(text, *people):
    """A reading of a text in which each word given is somebody: (word, household, person[, alternative])."""
    personas, claims = [], []
    for n, (word, home, person, *open_) in enumerate(people, 1):
        spans = tuple(Span(start=m.start(), end=m.end(), quote=word) for m in re.finditer(re.escape(word), text))
        personas.append(Persona(
            id=f"p{n}", label=word, household=HouseholdId(home), person=person, mentions=spans,
            alternative="".join(open_),
        ))  # fmt: skip
        claims.append(Claim(
            id=f"c{n}", persona=f"p{n}", attribute="sex", values=Codes(frozenset({"male"})), says="", spans=(),
            origin="pattern", about=f"p{n}",
        ))  # fmt: skip
    return Reading(language="en", personas=tuple(personas), claims=tuple(claims), unresolved=())


def carried(draft, before, changes, *people):
    """What a draft is read to show once words of it are replaced and it is read to show some people."""
    edits = [Edit(start=draft.index(w), end=draft.index(w) + len(w), instead=i) for w, i in changes.items()]
    text = apply_edits(draft, edits)
    return carry_over(before, said(text, *people), compose_edits(len(draft), [edits]))


def test_somebody_without_a_name_is_who_stood_there():
    """"A person" in the place of a recorded name is that person, and claims about them are about that person."""
    draft = "Yesterday Ahn spoke. Lee was there."
    before = said(draft, ("Ahn", "h1", "one"), ("Lee", "h2", "two"))
    found = carried(draft, before, {"Ahn": "a person"}, ("a person", "cold-1", None), ("Lee", "h2", "two"))
    assert [(p.household, p.person, p.alternative) for p in found.personas] == [("h1", "one", ""), ("h2", "two", "")]
    assert [(c.persona, c.about) for c in found.claims if c.persona != "p2"] == [("p1-1", "one")]


def test_somebody_read_as_another_family_counts_for_both():
    """A reading that fits another family better stays, and who stood there is added to it."""
    draft = "Yesterday Ahn spoke."
    before = said(draft, ("Ahn", "h1", "one"))
    found = carried(draft, before, {"Ahn": "a person"}, ("a person", "h2", "two"))
    assert [(p.household, p.person) for p in found.personas] == [("h2", "two"), ("h1", "one")]
    assert {c.persona for c in found.claims} == {"p1", "p1-1"}


def test_who_is_still_read_as_themselves_is_not_carried():
    """Where an open reading holds who stood there already, nothing is added; strangers of old stay strangers."""
    draft = "Yesterday Ahn spoke. A driver came."
    before = said(draft, ("Ahn", "h1", "one"), ("A driver", "cold-1", None))
    people = [("a person", "h1", "one", "key1"), ("a person", "h2", "two", "key1"), ("A driver", "cold-1", None)]
    found = carried(draft, before, {"Ahn": "a person"}, *people)
    assert [(p.household, p.alternative) for p in found.personas] == [("h1", "key1"), ("h2", "key1"), ("cold-1", "")]


def test_where_several_stood_it_is_open_who_it_is():
    """One passage in the place of two names is open between them; who is gone and leaves no passage is nobody."""
    draft = "Ahn and Lee spoke. Bae left."
    before = said(draft, ("Ahn", "h1", "one"), ("Lee", "h2", "two"), ("Bae", "h2", "two"))
    changes = {"Ahn and Lee": "A person", " Bae left.": ""}
    found = carried(draft, before, changes, ("A person", "cold-1", None))
    assert {(p.household, p.alternative != "") for p in found.personas} == {("h1", True), ("h2", True)}
    assert len({p.alternative for p in found.personas}) == 1
    assert len({c.id for c in found.claims}) == len(found.claims) == len(found.personas)
