"""Surface forms in text: one case's forms over a draft, and a million forms over an archive."""

from __future__ import annotations

import random
import time

from large_case import large_case, large_draft
from measuring import best_of, record

from bearwitness.text.form_matcher import FormMatcher

SEED = 11
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYLLABLES = "가나다라마바사아자차카타파하강남동서북련순철영희"


def random_forms(rng: random.Random, count: int) -> list[str]:
    """Invented forms shaped like full names: two or three Latin words, or three to eight syllables in one or two."""
    made = set()
    while len(made) < count:
        letters, words = (SYLLABLES, rng.randint(1, 2)) if rng.random() < 0.3 else (LETTERS, rng.randint(2, 3))
        made.add(" ".join("".join(rng.choices(letters, k=rng.randint(3, 8))) for _ in range(words)))
    return sorted(made)


def one_case(rng: random.Random) -> None:
    """50,000 forms over a draft of 2,000 words, warm; a search for each form by itself beside it."""
    _, leavers = large_case(rng)
    draft = large_draft(rng, leavers)
    forms = random_forms(rng, 50_000)
    matcher = FormMatcher((form, n) for n, form in enumerate(forms))
    seconds = best_of(lambda: matcher.find_all(draft), times=9)[1]
    sample = forms[:500]
    plain = best_of(lambda: [draft.find(form) for form in sample], times=3)[1] * len(forms) / len(sample)
    record(
        "forms_case", what=f"50,000 forms over a draft of {len(draft.split()):,} words, warm, median",
        asked="under 30 ms", measured=f"{seconds * 1e3:.1f} ms; {plain / seconds:.0f} times a search form by form",
        reached=seconds < 0.03, seed=SEED,
    )  # fmt: skip


def archive(rng: random.Random) -> None:
    """A million forms over 10 MB, one word in a hundred of which is one of them."""
    forms = random_forms(rng, 1_000_000)
    began = time.perf_counter()
    matcher = FormMatcher((form, n) for n, form in enumerate(forms))
    built = time.perf_counter() - began
    words = ["".join(rng.choices(LETTERS, k=rng.randint(2, 9))) for _ in range(20_000)]
    common = rng.choices(words, k=1_700_000)
    for at in range(0, len(common), 100):
        common[at] = forms[rng.randrange(len(forms))]
    text = " ".join(common)[:10_000_000]
    found = len(matcher.find_all(text))
    seconds = best_of(lambda: matcher.find_all(text), times=5)[1]
    record(
        "forms_archive", what="a million forms over 10 MB of text, warm, median", asked="under 1 s",
        measured=f"{seconds:.2f} s, {found:,} found; built in {built:.0f} s before", reached=seconds < 1, seed=SEED,
    )  # fmt: skip


if __name__ == "__main__":
    one_case(random.Random(SEED))
    archive(random.Random(SEED))
