"""Forty words planted anywhere in files of every form: what is produced from the page alone holds none of them.

``BEARWITNESS_CANARY_FILES`` says how many files there are; ``BEARWITNESS_CANARY_SEED`` from which seed.
"""

from __future__ import annotations

import os
import random
import re

import pytest
from canary_places import CANARIES, ORDER, PLACES, WRITE, document, picture

from bearwitness.documents.content import Document, Opened, Run
from bearwitness.documents.flat import edit_document, flatten
from bearwitness.documents.opening import open_document
from bearwitness.documents.producing import WRITERS, produce
from bearwitness.documents.verifying import Leak, verify_artefact
from bearwitness.errors import OutputError
from bearwitness.model.assessment import Edit

FILES = int(os.environ.get("BEARWITNESS_CANARY_FILES", "24"))
SEED = int(os.environ.get("BEARWITNESS_CANARY_SEED", "903"))
SPELLED = re.compile("|".join(r"\s*".join(map(re.escape, canary)) for canary in CANARIES))
NAMES = {"text": "a.txt", "docx": "a.docx", "odt": "a.odt", "pdf": "a.pdf", "markdown": "a.md", "html": "a.html"}


def leaks_of(content: bytes, form: str) -> tuple[Leak, ...]:
    """What must not leave in a file, by its canaries and by what it carries."""
    return verify_artefact(content, finds=lambda _: [], canaries=CANARIES, name=NAMES[form])


def found_in(leaks: tuple[Leak, ...]) -> set[str]:
    """The canaries that leaks name."""
    return {CANARIES[int(leak.what.removeprefix("canary ")) - 1] for leak in leaks if leak.kind == "canary"}


def without_canaries(opened: Opened) -> Document:
    """The page without the canaries that stand on it, as an editor would take them out."""
    flat = flatten(opened.document)
    edits = [Edit(start=m.start(), end=m.end(), instead="[...]") for m in SPELLED.finditer(flat.text)]
    return edit_document(flat, edits)


def planted(rng: random.Random, form: str) -> tuple[bytes, set[str]]:
    """A file with canaries on its page, in its picture and in hidden places, and which of them."""
    words = rng.sample(CANARIES, 12)
    seen, shot, rest = words[:4], words[4], words[5:]
    # Pictures come in as the camera has them, but a PDF file keeps of them what it likes.
    image = picture(rng, shot) if form != "pdf" and rng.random() < 0.4 else None
    made = WRITE[form](document(rng, seen, image))
    said = flatten(open_document(made, name=NAMES[form]).document).text
    there = {w for w in seen if re.search(r"\s*".join(map(re.escape, w)), said)} | ({shot} if image else set())
    places = PLACES[form]
    chosen = sorted(rng.sample(sorted(places), 4), key=lambda place: ORDER.get(place, 1))
    for place, canary in zip(chosen, rest, strict=False):
        made = places[place](made, canary)
        there.add(canary)
    return made, there


@pytest.mark.parametrize("form", sorted(PLACES))
def test_nothing_of_the_canaries_survives_in_any_form_that_is_produced(form: str) -> None:
    """Opened, cleaned of them on the page and set anew, a file holds no canary in any encoding and hides nothing."""
    rng = random.Random(f"{SEED} {form}")
    outputs = sorted(WRITERS)
    for number in range(max(FILES // len(PLACES), 1)):
        content, there = planted(rng, form)
        assert there <= found_in(leaks_of(content, form)), f"file {number}: the verifier misses what was planted"
        document = without_canaries(open_document(content, name=NAMES[form]))
        output = outputs[number % len(outputs)]
        assert leaks_of(produce(document, output), output) == (), f"file {number} of seed {SEED}, {form} to {output}"


@pytest.mark.parametrize(("form", "place"), [(form, place) for form in sorted(PLACES) for place in PLACES[form]])
def test_a_canary_in_any_place_of_a_produced_file_is_found(form: str, place: str) -> None:
    """Put into a file that was clean, in one place, a canary is named by the verifier; before that nothing is."""
    rng = random.Random(f"{SEED} {form} {place}")
    clean = produce(document(rng, [], None), form)  # type: ignore[arg-type]
    assert leaks_of(clean, form) == ()
    # One with signs of markup in it, and any other.
    for canary in ("a&b<q>77", rng.choice(CANARIES)):
        assert canary in found_in(leaks_of(PLACES[form][place](clean, canary), form))


def test_a_link_leads_nowhere_unless_the_page_spells_it_out() -> None:
    """The target of a link was read by nobody where the page does not say it, so it does not leave."""
    from bearwitness.documents.content import Paragraph

    spelled = Run(text="https://example.org/open", link="https://example.org/open")
    unread = Run(text="here", link="https://example.org/people/vordanika")
    page = Document(blocks=(Paragraph(runs=(spelled, Run(text=" ", note="")), kind="quote"), Paragraph(runs=(unread,))))
    for form in ("docx", "odt"):
        said = open_document(produce(page, form), name=NAMES[form])  # type: ignore[arg-type]
        assert {h.text for h in said.hidden if h.kind == "link_target"} == {"https://example.org/open"}
        assert "here" in flatten(said.document).text
        assert "Vordanika" not in found_in(leaks_of(produce(page, form), form))  # type: ignore[arg-type]


def test_a_form_that_is_only_read_is_not_produced() -> None:
    """An image is read and never written as a document."""
    with pytest.raises(OutputError):
        produce(Document(blocks=()), "image")
