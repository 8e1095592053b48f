"""The facts of a release come back from plain mappings exactly as they were."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness.data.load import load_place_tree, load_vocabulary
from bearwitness.model.claims import Claim
from bearwitness.model.codec.context import Context, fold
from bearwitness.model.codec.format_error import FileFormatError
from bearwitness.model.codec.release_records import ASSESSED, DRAFT, PUBLICATION, RETRACTION, VOTE
from bearwitness.model.codec.yaml_reading import Number, read_plain
from bearwitness.model.codec.yaml_writing import write_yaml
from bearwitness.model.publication import Decision, Decisions, LedgerEntry, LedgerPersona, Policy
from bearwitness.model.release import Assessed, Binding, Draft, Publication, Retraction, Vote
from bearwitness.model.values import Codes, Days, Paths

TREE, VOCABULARY = load_place_tree(), load_vocabulary()
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ids = st.from_regex(r"\A[a-z0-9-]{1,12}\Z")
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda t: not t.isspace()
)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
moments = st.one_of(
    st.datetimes().map(lambda d: d.isoformat() + "Z"),
    st.datetimes(timezones=st.timezones()).map(lambda d: d.isoformat()).filter(lambda t: t.count(":") < 4),
).filter(lambda t: t[-1] == "Z" or len(t.rpartition("+")[2]) == 5 or len(t.rpartition("-")[2]) == 5)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
bindings = st.builds(
    Binding, draft=hashes, policy=hashes, decisions=hashes, ledger=hashes, record=hashes, assessment=hashes
)
policies = st.builds(
    Policy, threshold=st.floats(0, 1, exclude_min=True, exclude_max=True), link=st.floats(0, 1), published=st.one_of(
        st.none(), days), outlet=st.one_of(st.just(""), texts), images=st.frozensets(anything, max_size=3),
    suspicion=st.dictionaries(ids, st.floats(0, 1e6, exclude_min=True), max_size=3), require_consent=st.booleans(),
    weights=st.dictionaries(st.sampled_from(["home", "act"]), st.floats(0, 1e6)),
)  # fmt: skip
decisions = st.lists(
    st.builds(Decision, form=texts, kind=st.sampled_from(["public", "ordinary"]), reason=texts, signer=texts),
    max_size=3, unique_by=lambda d: fold(d.form),
).map(lambda found: Decisions(decisions=tuple(found)))  # fmt: skip
drafts = st.builds(
    Draft, id=ids, text=anything, policy=policies, decisions=decisions, drafter=ids, made=moments,
    language=st.sampled_from([None, "en", "ko"]),
)  # fmt: skip


@st.composite
def entries(draw):
    said = [
        ("home", Paths(frozenset(draw(st.sets(st.sampled_from(sorted(TREE.places)), min_size=1, max_size=3))))),
        ("sex", Codes(frozenset({"male"}))),
        ("departure", Days.between(date(2019, 1, 1), date(2019, 5, 9))),
    ]
    personas = tuple(
        LedgerPersona(
            id=persona, household=draw(ids), label=draw(st.one_of(st.just(""), texts)),
            images=draw(st.frozensets(texts, max_size=2)), quotations=draw(st.frozensets(texts, max_size=2)),
            claims=tuple(
                Claim(id=f"c{n}-{m}", persona=persona, attribute=a, values=v, says="", spans=(), origin="pattern",
                      trust=draw(st.floats(0, 1, exclude_min=True)), about=draw(st.sampled_from(["", "r-1-act1"])))
                for m, (a, v) in enumerate(said[: draw(st.integers(0, 3))])
            ),
        )
        for n, persona in enumerate(draw(st.lists(ids, max_size=3, unique=True)))
    )  # fmt: skip
    return LedgerEntry(
        id=draw(ids), outlet=draw(texts), published=draw(days), title=draw(st.one_of(st.just(""), texts)),
        personas=personas,
    )  # fmt: skip


FACTS = {
    "draft": (DRAFT, drafts),
    "assessed": (ASSESSED, st.builds(Assessed, draft=ids, binding=bindings, safe=st.booleans(), by=ids, at=moments,
                                     day=days)),
    "vote": (VOTE, st.builds(Vote, id=ids, draft=ids, binding=bindings, voter=ids, approves=st.booleans(),
                             reason=anything, at=moments, signature=st.binary(max_size=64).map(bytes.hex))),
    "publication": (PUBLICATION, st.builds(
        Publication, draft=ids, binding=bindings, by=ids, at=moments, day=days, entry=entries(),
        recipients=st.lists(anything, max_size=3).map(tuple),
        testimonies=st.lists(ids, max_size=3, unique=True).map(tuple))),
    "retraction": (RETRACTION, st.builds(Retraction, draft=ids, by=ids, at=moments, reason=anything)),
}  # fmt: skip


def plain_json(value):
    """A mapping as JSON text and back, numbers as they are written."""
    def bare(found):
        if isinstance(found, Number):
            return json.loads(str(found))
        if isinstance(found, dict):
            return {k: bare(v) for k, v in found.items()}
        return [bare(v) for v in found] if isinstance(found, list) else found

    return read_plain(json.dumps(bare(value)))


@pytest.mark.parametrize("kind", FACTS)
@FEW
@given(st.data())
def test_a_fact_comes_back_as_it_was(kind, data):
    """Straight from its mapping, through YAML and through JSON: the same value, and the same mapping again."""
    table, values = FACTS[kind]
    fact = data.draw(values)
    plain = table.write(fact)
    for kept in (plain, read_plain(write_yaml(plain)), plain_json(plain)):
        again = table.read(kept, Context(tree=TREE, vocabulary=VOCABULARY))
        assert again == fact
        assert table.write(again) == plain


def test_a_text_comes_back_to_the_last_character():
    """Line ends, decomposed letters, spaces at the end, control characters: what was hashed is what is read."""
    for text in ("", " ", "a\r\nb\r", "\u1100\u1161가\u200b", "\x00\x0b", "true", "123", "- a: [b", "\ufeffx", "x\n\n"):
        fact = Draft(id="d", text=text, policy=Policy(), decisions=Decisions(), drafter="m", made="2024-01-01T00:00Z")
        assert DRAFT.read(read_plain(write_yaml(DRAFT.write(fact))), Context()).text == text


VOTED = VOTE.write(Vote(
    id="v-1", draft="d-1", binding=Binding(**dict.fromkeys(("draft", "policy", "decisions", "ledger", "record",
                                                            "assessment"), "0" * 64)),
    voter="m-1", approves=True, reason="", at="2024-01-01T00:00:00Z", signature="00",
))  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"signature": "0"}, {"signature": "0G"}, {"approves": "yes"}, {"at": "yesterday"}, {"at": "2024-01-01T00:00"},
        {"binding": {**VOTED["binding"], "draft": "0" * 63}}, {"binding": {**VOTED["binding"], "more": "0" * 64}},
        {"voter": "Somebody Real"}, {"extra": "x"},
    ],
)  # fmt: skip
def test_a_fact_that_is_not_one_is_refused(wrong):
    """Nothing is read as a vote that is not one, and the refusal does not repeat it."""
    assert VOTE.read(VOTED, Context()).voter == "m-1"
    with pytest.raises(FileFormatError) as caught:
        VOTE.read({**VOTED, **wrong}, Context())
    assert "Somebody" not in caught.value.message


@pytest.mark.parametrize("key", sorted(VOTED))
def test_every_part_of_a_vote_must_be_there(key):
    """A vote without a part of it is no vote."""
    with pytest.raises(FileFormatError, match=key):
        VOTE.read({k: v for k, v in VOTED.items() if k != key}, Context())
