"""A Markdown text is read as its page, and every word that the page does not show is told."""

from __future__ import annotations

import random

import pytest

from bearwitness.documents.content import Note, Opened, Paragraph, Run, Table
from bearwitness.documents.flat import flatten
from bearwitness.documents.markdown_reading import read_markdown
from bearwitness.errors import DocumentError

WORD = "Vordanika"
PAGE = """\
# The river

She [waited](https://example.org/a) **three _long_** days[^b],
and ~~left~~ by `night`.\\
소녀는 **은심**이 caf&eacute;.

1. one
2. two
   - three

   still two

> said

| a | b |
|---|:-:|
| c | d\\|e |

```
x = *1*
```

[^b]: so

    they said
"""
FRAGMENTS = (
    "# ", "## ", " ##", "- ", "1. ", "7) ", "2019. ", "> ", "    ", "\t", "```", "~~~", "|", " | ", "| --- | --- |",
    "|---|", "---", "===", "***", "**", "*", "_", "~~", "`", "[", "]", "(", ")", "](", "![", "][", "]: ", "[^", "[^1]",
    "[^1]: ", "<", ">", "<b>", "</b>", "<div>", "</div>", "<br>", "<!--", "-->", "<?", "?>", "<![CDATA[", "]]>",
    '<a href="', '"', "'", "&", "&amp;", "&#", "; ", "\\", "\\\n", "  \n", "\n", "\n", "\n\n", "\n\n", "https://",
    "<https://", "@", "data:image/png;base64,", "data:,", ": ", "+++\n", "---\n", "...\n", "\u200b", "\ufeff", "\r\n",
    "\x0b", "\u2028", "=", "- [ ] ", "javascript:", " ", " ", "\xa0", "<script>", "<style>", "<details>",
)  # fmt: skip


def told(opened: Opened) -> str:
    """Everything on the page and beside it."""
    return "\n".join([flatten(opened.document).text, *(h.text for h in opened.hidden)])


def kinds(text: str) -> dict[str, list[str]]:
    """What a text hides, by kind."""
    found: dict[str, list[str]] = {}
    for hidden in read_markdown(text.encode()).hidden:
        found.setdefault(hidden.kind, []).append(hidden.text)
    return found


def test_a_page_is_read_with_its_structure() -> None:
    """Headings, looks, links, notes, lists, quotes, tables, code; a line's end is a space, a marked one a break."""
    opened = read_markdown(PAGE.encode())
    heading, first, one, two, three, still, said, table, code = opened.document.blocks
    assert isinstance(first, Paragraph)
    assert heading == Paragraph(runs=(Run(text="The river"),), kind="heading", level=1)
    assert first.text == "She waited three long days, and left by night.\n소녀는 은심이 café."
    assert first.runs[1] == Run(text="waited", link="https://example.org/a")
    assert first.runs[4] == Run(text="long", bold=True, italic=True)
    assert Run(text=" days", note="1") in first.runs
    assert [(p.level, p.ordered, p.text) for p in (one, two, three)] == [  # type: ignore[union-attr]
        (0, True, "one"), (0, True, "two"), (1, False, "three"),
    ]  # fmt: skip
    assert [p.kind for p in (three, still, said, code)] == ["list_item", "paragraph", "quote", "code"]  # type: ignore[union-attr]
    assert isinstance(table, Table)
    assert [[cell[0].text for cell in row] for row in table.rows] == [["a", "b"], ["c", "d|e"]]
    assert code.text == "x = *1*"  # type: ignore[union-attr]
    assert opened.document.notes == (
        Note(id="1", paragraphs=(Paragraph(runs=(Run(text="so"),)), Paragraph(runs=(Run(text="they said"),)))),
    )
    assert [(h.kind, h.text) for h in opened.hidden] == [("link_target", "https://example.org/a"), ("field", "b")]


def test_line_ends_and_encodings_make_no_difference() -> None:
    """Windows's line ends and UTF-16 with its mark give the same page."""
    expected = read_markdown(PAGE.encode())
    assert read_markdown(PAGE.replace("\n", "\r\n").encode()) == expected
    assert read_markdown(PAGE.encode("utf-16")) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"---\nauthor: {WORD}\n---\nwords", "metadata"), (f"+++\nauthor = '{WORD}'\n+++\nwords", "metadata"),
        (f"words <!-- {WORD} -->", "comment"), (f"<!-- {WORD} -->\n\nwords", "comment"),
        (f"words <span title='{WORD}'>more</span>", "unread_part"), (f"<div>{WORD}</div>\n\nwords", "unread_part"),
        (f"[here](https://example.org/{WORD})", "link_target"), (f"<b>[here](<x {WORD}>)</b>", "link_target"),
        (f"[here](https://example.org '{WORD}')", "alternative_text"), (f"![{WORD}](a.png)", "alternative_text"),
        (f"![a](a.png '{WORD}')", "alternative_text"), (f"![a](https://example.org/{WORD}.png)", "external"),
        (f"[{WORD}]: https://example.org\n\nwords", "link_target"), (f"[here][{WORD}]\n\n[{WORD}]: b", "field"),
        (f"[a]: b\n[a]: {WORD}\n\n[a]", "link_target"), (f"words[^{WORD}]\n\n[^{WORD}]: more", "field"),
        (f"words\n\n[^1]: {WORD}", "hidden_text"), (f"a[^1]\n\n[^1]: b\n\n[^1]: {WORD}", "hidden_text"),
        (f"```{WORD}\nx\n```", "metadata"), (f"| a |\n|---|\n| b | {WORD} |", "unread_part"),
        (f"[here](data:text/plain,{WORD})", "embedded_file"), (f"words [a](b '{WORD}", ""),
        (f"[here](javascript:{WORD})", "link_target"), (f"[here](https://강.example/{WORD}?q=가)", "link_target"),
    ],
)  # fmt: skip
def test_a_word_in_any_hiding_place_is_told_by_its_kind(text: str, kind: str) -> None:
    """Heads, remarks, tags, targets, titles, pictures, definitions, labels, unnamed notes, cells too many."""
    opened = read_markdown(text.encode())
    on_page = WORD in flatten(opened.document).text
    assert on_page == (kind == "")
    assert [h.kind for h in opened.hidden if WORD.casefold() in h.text.casefold()][:1] == ([kind] if kind else [])


def test_a_year_that_reads_as_the_number_of_an_item_is_told() -> None:
    """A line that begins with a year and a full stop is an item of a list, whose number the page here lacks."""
    assert kinds("2019. was hard\n") == {"field": ["2019"]}
    assert kinds("1. a\n2. b\n\nwords\n\n3. c\n1. d\n1. e\n") == {}


def test_characters_without_width_are_told_by_line_and_what_tags_spell() -> None:
    """Zero width, turned direction, and letters written in tags that no program shows; joined signs are no finding."""
    spelled = "".join(chr(0xE0000 + ord(c)) for c in WORD)
    opened = read_markdown(f"a\u200bb\n\n\u202ec\u202c d&#8203;e {spelled}\n\n👩\u200d🌾 ❤\ufe0f".encode())
    assert [(h.kind, h.where.split(",")[0], h.text) for h in opened.hidden] == [
        ("hidden_text", "line 1", ""), ("hidden_text", "line 3", WORD),
    ]  # fmt: skip
    assert "U+200B" in opened.hidden[0].where


def test_tags_that_say_no_more_than_stars_do_are_looks() -> None:
    """A bare break, bold or italic tag is read; with an attribute it is told."""
    opened = read_markdown(b"a<br>b <strong>c</strong><i>d</i>")
    assert opened.document.blocks == (
        Paragraph(runs=(Run(text="a\nb "), Run(text="c", bold=True), Run(text="d", italic=True))),
    )
    assert opened.hidden == ()
    assert kinds("<b id=x>a</b>") == {"unread_part": ["<b id=x>"]}


def test_a_line_between_two_lines_across_is_no_head_unless_it_looks_like_one() -> None:
    """Words between two rules are words of the page."""
    assert "plain words here" in flatten(read_markdown(b"---\nplain words here\n\n---\n").document).text


@pytest.mark.parametrize("seed", range(4))
def test_every_word_of_any_text_is_on_the_page_or_told(seed: int) -> None:
    """Words planted between pieces of markup thrown together at random, closed or not: none is passed over."""
    rng = random.Random(f"markdown {seed}")
    planted = 0
    for number in range(300):
        pieces: list[str] = []
        count = 0
        for _ in range(rng.randrange(1, 40)):
            pieces.append(rng.choice(FRAGMENTS))
            if rng.random() < 0.5:
                pieces.append(f"{rng.choice(('', 'k'))}Qz{count}x{rng.choice(('', '가'))}")
                count += 1
        if not count:
            continue
        said = told(read_markdown("".join(pieces).encode()))
        assert not [n for n in range(count) if f"Qz{n}x" not in said], f"text {number} of seed {seed}"
        planted += count
    assert planted > 1000


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\x00", b"caf\xe9", b"%PDF-1.7\n"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    """Empty, in another encoding, or something else: one error, with advice."""
    with pytest.raises(DocumentError) as caught:
        read_markdown(content)
    assert caught.value.hint


@pytest.mark.parametrize("text", [">" * 5000 + WORD, "- " * 3000 + WORD, "[" * 5000 + WORD, "*a_ " * 3000 + WORD,
                                  "![" * 3000 + WORD, "`" * 9000 + WORD, "<" * 9000 + WORD])  # fmt: skip
def test_nothing_nested_deep_is_lost(text: str) -> None:
    """Thousands of quotes, items, brackets: the word in them is told, or the text is refused."""
    try:
        opened = read_markdown(text.encode())
    except DocumentError:
        return
    assert WORD in told(opened)
