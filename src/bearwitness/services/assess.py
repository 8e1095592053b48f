"""Assess a draft: who could be found from it together with everything public, and the least that must change."""

from __future__ import annotations

from datetime import date

from bearwitness.model.assessment import Assessment
from bearwitness.model.publication import Decisions, Ledger, Policy
from bearwitness.model.records import Case
from bearwitness.services.workbench import set_up


def assess(
    draft: str,
    case: Case | None = None,
    ledger: Ledger | None = None,
    policy: Policy | None = None,
    *,
    decisions: Decisions | None = None,
    today: date | None = None,
) -> Assessment:
    """Who could be found from a draft together with everything already public, and the least that must change.

    Parameters
    ----------
    draft : str
        The text, English or Korean.
    case : Case, optional
        The record; without it personas and claims come from the text alone.
    ledger : Ledger, optional
        Everything published so far.
    policy : Policy, optional
        Threshold, links, weights, what the story must keep.
    decisions : Decisions, optional
        What an editor decided about forms that nobody accounts for.
    today : date, optional
        The day taken as that of publication where the policy names none.

    Returns
    -------
    Assessment
        ``safe`` only where every household is at or below the threshold for every adversary, nothing is unresolved
        and consent covers everybody shown.

    Raises
    ------
    BearwitnessError
        If a claim fits no household, two contradict each other, or the policy names what does not exist.
    """
    return set_up(case, ledger, policy, decisions).assess(draft, today=today)
