"""The report as a page."""

import hashlib
import re
import time
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from runpy import run_path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness.cli.figures import show_passage
from bearwitness.cli.report.page import render_page
from bearwitness.cli.report.passage import group_open_forms, split_changed, split_passage
from bearwitness.cli.report.view import Note, build_view
from bearwitness.model.assessment import Assessment, ClaimHelp, Edit
from bearwitness.model.claims import Language, Span, Unresolved

SAMPLE = run_path(str(Path(__file__).parents[1] / "report_sample.py"))
sample_assessment, safe_assessment = SAMPLE["sample_assessment"], SAMPLE["safe_assessment"]
EVIL = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;<!--"


class _Page(HTMLParser):
    """Tags, attributes, ids and the text of the draft's columns."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self._depth = 0
        self._stack: list[str] = []
        self._quiet = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, k, v or "") for k, v in attrs]
        given = dict(attrs)
        if tag == "div" and given.get("class") == "text":
            self.texts.append("")
            self._stack.append(tag)
        elif self._stack and tag not in ("meta", "br"):
            self._stack.append(tag)
        if self._stack and (tag == "sup" or given.get("class") == "unseen"):
            self._quiet = len(self._stack)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if self._stack:
            if self._quiet == len(self._stack):
                self._quiet = 0
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        if self._stack and not self._quiet:
            self.texts[-1] += data


def _changed(a: Assessment) -> str:
    text = a.draft
    for e in sorted(a.edits, key=lambda e: -e.start):
        text = text[: e.start] + e.instead + text[e.end :]
    return text


@pytest.mark.parametrize("draft", ["en", "ko"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_shows_the_draft_and_the_changed_draft_word_for_word(draft: Language, language: Language) -> None:
    """With all marks taken away, the two columns are the draft and the changed draft."""
    a = sample_assessment(draft)
    assert _Page(render_page(a, language=language)).texts == [a.draft, _changed(a)]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_policy_names_exactly_the_style_and_script_of_the_page(language: Language) -> None:
    """The content security policy forbids all but the one style and the one script, by their hashes."""
    html = render_page(sample_assessment(language))
    page = _Page(html)
    policy = next(v for t, k, v in page.attributes if t == "meta" and k == "content" and "default-src" in v)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        assert page.tags.count(tag) == 1
        content = re.search(f"<{tag}>(.*?)</{tag}>", html, re.S)
        assert content is not None
        digest = b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_nothing_is_loaded_and_nothing_runs_inline() -> None:
    """No address but links within the page, no inline handler, no style attribute, no element that loads."""
    html = render_page(sample_assessment())
    page = _Page(html)
    assert not {"img", "link", "iframe", "object", "embed", "form", "base", "video", "audio"} & set(page.tags)
    assert all(v.startswith("#") for _, k, v in page.attributes if k == "href")
    assert not [k for _, k, _ in page.attributes if k.startswith("on") or k in ("style", "src", "srcset", "action")]
    assert "http://" not in html
    assert "https://" not in html
    assert "url(" not in html
    assert "@import" not in html


def test_every_link_and_reference_has_its_target_and_ids_are_unique() -> None:
    """Marks lead to notes that exist, once each."""
    page = _Page(render_page(sample_assessment()))
    ids = [v for _, k, v in page.attributes if k == "id"]
    assert len(ids) == len(set(ids))
    wanted = {v.removeprefix("#") for _, k, v in page.attributes if k == "href"}
    for _, k, v in page.attributes:
        if k in ("aria-describedby", "aria-labelledby", "data-notes"):
            wanted |= set(v.split())
    assert wanted <= set(ids)


def _with_everywhere(a: Assessment, evil: str) -> Assessment:
    """The sample with a hostile text in every field that is text."""
    draft = evil + a.draft + evil
    n = len(evil)

    def moved(s: Span) -> Span:
        return Span(start=s.start + n, end=s.end + n, quote=s.quote + evil)

    return replace(
        a,
        draft=draft,
        personas=tuple(replace(p, label=p.label + evil) for p in a.personas),
        claims=tuple(replace(c, says=c.says + evil, spans=tuple(map(moved, c.spans))) for c in a.claims),
        households=tuple(
            replace(h, costliest_release=evil, frame=evil, adversary=h.adversary + evil) for h in a.households
        ),
        helps=tuple(replace(h, adversary=h.adversary + evil) for h in a.helps),
        changes=tuple(replace(c, quote=evil, instead=evil, level=evil) for c in a.changes),
        edits=tuple(Edit(start=e.start + n, end=e.end + n, instead=e.instead + evil) for e in a.edits),
        unresolved=tuple(Unresolved(span=moved(u.span), form=u.form + evil, why=evil) for u in a.unresolved),
        consent_gaps=tuple(replace(g, why=evil) for g in a.consent_gaps),
        ledger_head=evil,
        notes=(evil,),
    )


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_draft_full_of_html_is_text(language: Language) -> None:
    """HTML in any field adds no element and no attribute; it is shown as it was written."""
    a = sample_assessment(language)
    usual, hostile = _Page(render_page(a)), _Page(render_page(_with_everywhere(a, EVIL)))
    assert set(hostile.tags) <= set(usual.tags) | {"text"}
    assert hostile.tags.count("script") == 1
    assert {(t, k) for t, k, _ in hostile.attributes} <= {(t, k) for t, k, _ in usual.attributes}
    assert hostile.texts[0] == EVIL + a.draft + EVIL


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), min_size=1, max_size=30))
def test_any_text_is_escaped(text: str) -> None:
    """Whatever stands in the fields, the column is the draft with unseen characters made visible."""
    a = sample_assessment()
    page = _Page(render_page(_with_everywhere(a, text)))
    assert page.texts[0] == show_passage(text + a.draft + text)
    assert page.tags.count("script") == 1


@settings(deadline=None)
@given(st.data())
def test_overlapping_passages_split_without_loss(data: st.DataObject) -> None:
    """However marks overlap, the pieces join to the draft and each carries just the marks that cover it."""
    draft = data.draw(st.text("abc한글 \n", min_size=1, max_size=30))
    spans = st.tuples(st.integers(0, len(draft)), st.integers(0, len(draft))).map(sorted)
    drawn = data.draw(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=6))
    notes = [
        Note(
            number=i, claims=(), severity=i % 4,
            spans=tuple(Span(start=s, end=e, quote=draft[s:e]) for s, e in found),
        )
        for i, found in enumerate(drawn, start=1)
    ]  # fmt: skip
    segments = split_passage(draft, notes, ())
    assert "".join(s.text for s in segments) == draft
    for segment in segments:
        end = segment.start + len(segment.text)
        covering = {n.number for n in notes if any(s.start <= segment.start and end <= s.end for s in n.spans)}
        assert {n.number for n in segment.notes} == covering
    ended = {(s.end, str(n.number)) for n in notes for s in n.spans if s.start < s.end}
    assert {(s.start + len(s.text), sign) for s in segments for sign in s.ends} == ended


def test_open_forms_are_lettered_once_per_form() -> None:
    """A form that stands in several places is one entry; letters go on after z."""
    def open_at(i: int, form: str) -> Unresolved:
        return Unresolved(span=Span(start=i, end=i + 1, quote="x"), form=form, why="y")

    forms = group_open_forms([open_at(i, f"form{i % 30}") for i in range(60)])
    assert [f.letter for f in forms][:2] + [f.letter for f in forms][25:28] == ["a", "b", "z", "aa", "ab"]
    assert all(len(f.passages) == 2 for f in forms)


def test_overlapping_edits_are_refused() -> None:
    """Edits that overlap cannot be shown and are a mistake of the program."""
    with pytest.raises(ValueError, match="overlap"):
        split_changed("abcdef", [Edit(start=0, end=3, instead=""), Edit(start=2, end=4, instead="")])


def test_claims_that_say_the_same_are_not_called_harmless() -> None:
    """Two claims of which each makes the other needless still show what they took away when they were added."""
    a = sample_assessment()
    silent = tuple(ClaimHelp(claim=h.claim, adversary=h.adversary, bits=0.0) for h in a.helps)
    notes = build_view(replace(a, helps=silent), "en").notes
    kanggye = next(n for n in notes if n.spans[0].quote == "Kanggye")
    assert kanggye.severity == 2
    assert [(e.before, e.after) for e in kanggye.claims[0].effects] == [(900, 120)]


def test_families_of_one_label_are_told_apart() -> None:
    """Two households shown by the same words get a number."""
    a = sample_assessment()
    personas = tuple(replace(p, label="a defector") for p in a.personas)
    labels = [f.label for f in build_view(replace(a, personas=personas), "en").families]
    assert labels == ["the family of a defector", "the family of a defector (2)", "the family of a defector (3)"]


@pytest.mark.parametrize(("language", "words"), [("en", "Not safe to publish"), ("ko", "공개하면 안 됩니다")])
def test_the_verdict_comes_first_and_fails_closed(language: Language, words: str) -> None:
    """The heading is the verdict; an unresolved passage makes it negative whatever the assessment says."""
    unsafe, safe = sample_assessment(language), safe_assessment(language)
    assert words in render_page(unsafe)
    assert words not in render_page(safe)
    assert words in render_page(replace(safe, unresolved=unsafe.unresolved))


def test_an_empty_assessment_renders() -> None:
    """A draft that says nothing of anybody has a page too."""
    a = replace(
        safe_assessment(), draft="Rain.", personas=(), claims=(), households=(), helps=(), ledger_head="", notes=()
    )
    html = render_page(a)
    assert "No protected person was found" in html
    assert "No earlier releases were given." in html


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_small_and_quick(language: Language) -> None:
    """A usual page stays under 150 KB and takes less than 50 ms."""
    a = sample_assessment(language)
    size = len(render_page(a).encode())
    assert size < 150_000
    assert min(_seconds(a) for _ in range(5)) < 0.05


def _seconds(a: Assessment) -> float:
    begun = time.perf_counter()
    render_page(a)
    return time.perf_counter() - begun
