"""Commands of the review queue."""

from __future__ import annotations

import argparse
import sys
from shutil import get_terminal_size
from typing import Final

from bearwitness.cli.chain_picture import Picture
from bearwitness.cli.chain_svg import draw_svg
from bearwitness.cli.chain_text import draw_text
from bearwitness.cli.secrets import Secrets
from bearwitness.cli.vault.answers import Answer
from bearwitness.cli.vault.opening import unlocked
from bearwitness.documents.files import write_atomically
from bearwitness.errors import UsageError
from bearwitness.linkage.chains import Chain
from bearwitness.services import review, review_acts, review_agreement
from bearwitness.services.review_candidates import find_candidates

# The pictures are made for a terminal of this width; a narrower one gets them as wide as it is.
_WIDTH: Final = 80


def review_next(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review next``."""
    with unlocked(options, secrets) as vault:
        found = review.next_pair(vault, options.case, options.layer, engine=options.engine)
    if found is None:
        return Answer(None, "Nothing waits for you.")
    return Answer(found, "Are these two of one? Decide with bearwitness review decide.")


def review_decide(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review decide``."""
    with unlocked(options, secrets) as vault:
        found = review.decide(
            vault, options.case, (options.one, options.other), options.verdict, reason=options.reason,
            layer=options.layer, engine=options.engine,
        )  # fmt: skip
    return Answer(found, "Your decision is kept.")


def review_undo(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review undo``."""
    with unlocked(options, secrets) as vault:
        found = review.undo(
            vault, options.case, options.decision, reason=options.reason, engine=options.engine
        )
    return Answer(found, "It counts no more. Both decisions are kept.")


def review_list(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review list``."""
    with unlocked(options, secrets) as vault:
        return Answer(review.list_decisions(vault, options.case))


def review_agreement_(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review agreement``."""
    with unlocked(options, secrets) as vault:
        return Answer(review_agreement.agreement(vault, options.case, options.layer))


def review_acts_(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review acts``."""
    with unlocked(options, secrets) as vault:
        return Answer(review_acts.list_acts(vault, options.case))


def review_count(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review count``."""
    with unlocked(options, secrets) as vault:
        found = review_acts.count_sources(vault, options.case)
    return Answer(found, "Counted, for everybody in the case.")


def review_chains(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review chains``: the pictures, and every way as it is; with an output, the picture of one act as a file."""
    out = options.output
    if out is not None and (options.act is None or out.suffix.lower() != ".svg"):
        raise UsageError("a file holds the picture of one act, as an SVG.", hint="Give --act ID, and a name in .svg.")
    with unlocked(options, secrets) as vault:
        found = review_acts.show_chains(vault, options.case, options.act)
    pictures = [_picture(act) for act in found]
    if out is not None:
        write_atomically(out, draw_svg(pictures[0], options.language), replace=options.force)
    said = "" if out is None else f"Written to {out}, in clear. Whoever gets it knows who told whom."
    width = min(_WIDTH, get_terminal_size().columns) if sys.stdout.isatty() else _WIDTH
    return Answer(found, said, drawn="\n\n".join(draw_text(p, options.language, width) for p in pictures))


def _picture(act: review_acts.ActChains) -> Picture:
    """What is drawn of an act: an account's people are called in it as they are in the answer."""
    chains = tuple(
        Chain(testimony=w.testimony, directness=w.directness, hops=tuple(None if p == "?" else p for p in w.people))
        for w in act.ways
    )
    counted = frozenset(n for n, way in enumerate(act.ways) if way.counts)
    return Picture(act=", ".join(act.acts), chains=chains, counted=counted, least=act.least, most=act.most)


def review_candidates(options: argparse.Namespace, secrets: Secrets) -> Answer:
    """``review candidates``."""
    with unlocked(options, secrets) as vault:
        found = find_candidates(vault, options.case, options.id)
    return Answer(found, "" if found else "Nothing in your cases is like it.")
