"""What a vote is bound to: hashes of everything that decides whether a draft may leave, and the bytes that are signed.

SHA-256 throughout. Nothing here is secret, and nothing is signed here: who signs and who checks is the caller's.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, replace
from typing import Final

from bearwitness.model.assessment import Assessment
from bearwitness.model.codec import dump_decisions, dump_policy
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.release import Binding, Draft, Vote
from bearwitness.release.ledger import ledger_head
from bearwitness.release.report_document import assessment_document

# What a signature of a vote says of itself, so that it can never be taken for a signature of something else.
VOTE_DOMAIN: Final = "bearwitness/release-vote/1"
_LENGTH_BYTES: Final = 8


def hash_draft(text: str) -> str:
    """SHA-256 (hex) of the exact text in UTF-8: one changed character, or form of a character, and it is another."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_policy(policy: Policy) -> str:
    """SHA-256 (hex) over the canonical text of a policy and the images that go out, which a policy file lacks."""
    # Of two policies that say the same the maps may be in another order.
    ordered = replace(
        policy, weights=dict(sorted(policy.weights.items())), suspicion=dict(sorted(policy.suspicion.items()))
    )
    return _hash_json([dump_policy(ordered), sorted(policy.images)])


def hash_decisions(decisions: Decisions) -> str:
    """SHA-256 (hex) over the canonical text of an editor's decisions."""
    return hashlib.sha256(dump_decisions(decisions).encode()).hexdigest()


def hash_assessment(assessment: Assessment) -> str:
    """SHA-256 (hex) over the canonical JSON of the document that ``assess --json`` prints."""
    return _hash_json(assessment_document(assessment))


def bind(draft: Draft, *, ledger: Ledger, record: str, assessment: Assessment) -> Binding:
    """What an assessment of a draft, and the votes on it, hold for.

    Parameters
    ----------
    draft : Draft
        The text, its policy and its decisions.
    ledger : Ledger
        Everything published so far.
    record : str
        Hash (hex) of the record of the case, from whoever keeps it.
    assessment : Assessment
        Of this draft.

    Raises
    ------
    ValueError
        If the assessment is of another text or was joined with another ledger.
    """
    head = ledger_head(ledger)
    if assessment.draft != draft.text or assessment.ledger_head != head:
        raise ValueError("the assessment is of another draft or ledger")
    return Binding(
        draft=hash_draft(draft.text), policy=hash_policy(draft.policy), decisions=hash_decisions(draft.decisions),
        ledger=head, record=record, assessment=hash_assessment(assessment),
    )  # fmt: skip


def vote_message(vote: Vote) -> bytes:
    """The bytes that a voter signs: everything the vote says, each part with its length before it.

    Notes
    -----
    Two votes that differ in anything but their signatures have different messages. Lengths are eight bytes, the
    greatest first.
    """
    answer = "approve" if vote.approves else "refuse"
    parts = (VOTE_DOMAIN, vote.id, vote.draft, *astuple(vote.binding), vote.voter, answer, vote.at, vote.reason)
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in encoded)


def _hash_json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
