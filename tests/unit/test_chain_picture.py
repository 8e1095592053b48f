"""The small picture of the chains of an act: everybody once, nobody's name as markup, never wider than the terminal."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bearwitness.cli.chain_picture import Picture, cut, layers
from bearwitness.cli.chain_svg import draw_svg
from bearwitness.cli.chain_text import draw_text
from bearwitness.linkage.chains import Chain
from bearwitness.linkage.counted import pick_counted
from bearwitness.linkage.independence import count_independent

SVG = "{http://www.w3.org/2000/svg}"
LABELS = {"mother": "국영채", "carrier": "손미랑", "daughter": "안도솔", "cousin": "안새봄", "neighbour": "현가람"}
BROKER = (("mother", "carrier", "daughter"), ("neighbour",), ("mother", "carrier", "cousin"))
HOPS = st.lists(
    st.one_of(st.none(), st.sampled_from([*LABELS, "x" * 40, "아" * 30])), min_size=1, max_size=6,
    unique_by=lambda h: h or object(),
).map(tuple)  # fmt: skip
WAYS = st.lists(HOPS, max_size=8)


def picture(*ways, labels=LABELS, act="ahn-raid", same=None, directness="told_by_third_party"):
    chains = tuple(Chain(testimony=f"t-{n}", hops=hops, directness=directness) for n, hops in enumerate(ways))
    bounds = count_independent(chains)
    return Picture(
        act=act, chains=chains, labels=labels, counted=pick_counted(chains, same or {}, bounds.lower),
        least=bounds.lower, most=bounds.upper,
    )  # fmt: skip


def texts(svg):
    """What is written in the drawing, each with whether it is a name of its own node."""
    return ["".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def strokes(svg):
    """The widths of the lines."""
    return [p.get("stroke-width") for p in ElementTree.fromstring(svg).iter(f"{SVG}path") if p.get("stroke-width")]


def test_a_shared_broker_is_one_column_from_the_act_to_the_record():
    """Two accounts through one broker, and one that came by itself."""
    lines = draw_text(picture(*BROKER)).splitlines()
    assert lines[:8] == [
        "the act: ahn-raid",
        "│  국영채",
        "│  ┊  손미랑",
        "│  ┊  ┊            the record",
        "├━▶●━▶●━▶ 안도솔 ━▶│ ✓ t-0",
        "│  ┊  ┊            │",
        "├─▶●─▶●─▶ 안새봄 ─▶│   t-2",
        "│                  │",
    ]
    assert lines[8] == "└━━━━━━━▶ 현가람 ━▶│ ✓ t-1"
    assert lines[9] == "Independent sources: at the least 2, at the most 2."


@pytest.mark.parametrize("draw", [draw_text, lambda p: "\n".join(texts(draw_svg(p, "en")))])
def test_everybody_is_named_once(draw):
    """In the text and in the drawing, however many chains somebody is on."""
    drawn = draw(picture(*BROKER))
    assert [drawn.count(name) for name in LABELS.values()] == [1] * 5


def test_unknown_people_are_each_somebody_of_their_own():
    """Two unknown middlemen are two marks, never one column; the words say what the mark means."""
    found = picture((None, "daughter"), ("mother", None, "cousin"))
    drawn = draw_text(found)
    assert len(re.findall(r"▶ \? [─━]", drawn)) == 2
    assert "one or more people who are not known" in drawn
    svg = draw_svg(found, "en")
    assert svg.count("stroke-dasharray") == texts(svg).count("?") == 2
    assert "?" not in draw_text(picture(*BROKER))
    assert "stroke-dasharray" not in draw_svg(picture(*BROKER), "en")


def test_what_counts_is_thick_and_the_rest_is_not():
    """Three lines of the chain through the broker, to the daughter, and two of the neighbour's."""
    widths = strokes(draw_svg(picture(*BROKER), "en"))
    assert (widths.count("3.5"), widths.count("1.25")) == (6, 2)
    assert {t for t in texts(draw_svg(picture(*BROKER), "en")) if t.endswith("✓")} == {"t-0 ✓", "t-1 ✓"}


def test_who_may_be_one_person_are_not_counted_beside_each_other():
    """Of three accounts by single tellers, two of whom may be one, the marked ones leave one of the two out."""
    chains = tuple(Chain(testimony=f"t-{n}", hops=(h,), directness="witnessed") for n, h in enumerate("abc"))
    assert pick_counted(chains, {}, 3) == {0, 1, 2}
    assert pick_counted(chains, {"b": "a"}, 2) == {0, 2}
    assert pick_counted(chains, {"b": "a", "c": "a"}, 1) == {0}


def test_the_first_chain_is_not_marked_where_it_stands_in_the_way_of_two():
    """A chain through both of two people who each tell it by themselves as well."""
    assert picture(("mother", "carrier"), ("mother",), ("carrier",)).counted == {1, 2}


@given(WAYS)
def test_the_marked_chains_are_as_many_as_are_counted_and_share_nobody(ways):
    """Whatever the chains."""
    found = picture(*ways)
    assert len(found.counted) == found.least
    marked = [set(found.chains[n].hops) for n in found.counted]
    assert all(not a & b for a, b in combinations(marked, 2))
    assert len(marked) < 2 or None not in set.union(*marked)


@given(WAYS, st.integers(24, 120), st.sampled_from(["en", "ko"]))
def test_no_line_is_wider_than_the_terminal(ways, width, language):
    """Korean letters take two cells; long labels end with an ellipsis."""
    drawn = draw_text(picture(*ways), language, width)
    assert max(map(cell_len, drawn.splitlines())) <= width


@given(WAYS)
def test_at_eighty_columns_every_account_is_drawn(ways):
    """Each chain starts at the act and ends at the record with its account, and every line fits what it stands for."""
    drawn = draw_text(picture(*ways)).splitlines()
    assert sum(line[0] in "├└" for line in drawn) == len(ways)
    for n in range(len(ways)):
        assert len([line for line in drawn if re.search(rf"▶│ [ ✓] t-{n}$", line)]) == 1
    assert sum("↩" in line for line in drawn[1:-1]) == sum(line.startswith("↪") for line in drawn)


@given(WAYS, st.sampled_from(["en", "ko"]))
def test_the_drawing_is_well_formed_and_the_same_every_time(ways, language):
    """The same bytes for the same chains; nothing outside its own frame; no script, no link, nothing from elsewhere."""
    svg = draw_svg(picture(*ways), language)
    assert svg == draw_svg(picture(*ways), language)
    root = ElementTree.fromstring(svg)
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    for box in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(box.get(k)) for k in ("x", "y", "width", "height"))
        assert 0 <= x < x + w <= width
        assert 0 <= y < y + h <= height
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "desc", "style", "path", "rect", "text", "g"}
    assert not re.search(r"href|url\(|@import|<script|\son\w+=|javascript", svg)
    assert svg.count("http") == 1


@given(WAYS)
def test_no_two_boxes_of_people_overlap(ways):
    """Apart from the second frame of whoever is on several chains, and the record, which is around its accounts."""
    root = ElementTree.fromstring(draw_svg(picture(*ways), "en"))
    boxes = [next(g.iter(f"{SVG}rect")) for g in root.iter(f"{SVG}g")]
    places = [tuple(float(b.get(k)) for k in ("x", "y", "width", "height")) for b in boxes]
    for (x, y, w, h), (a, b, c, d) in combinations(places, 2):
        assert x + w <= a or a + c <= x or y + h <= b or b + d <= y


def test_names_are_text_whatever_they_hold():
    """Markup, line breaks, hidden and forbidden characters in a name, an act and an account do no harm."""
    evil = '</text><script>x()</script>"&\n\u202e\x1b[31m\ufffe'
    chains = (Chain(testimony=evil, hops=("a", "b"), directness="witnessed"),)
    found = Picture(act=evil, chains=chains, labels={"a": evil, "b": evil}, least=1, most=1)
    svg = draw_svg(found, "en")
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert root.find(f"{SVG}desc").text.count("<script>x()</script>") == 3
    for drawn in (svg, draw_text(found)):
        assert not {"\u202e", "\x1b", "\ufffe"} & set(drawn)
    assert len(draw_text(found).splitlines()) == 5


def test_the_description_says_the_same_in_words():
    """For whoever does not see it: the bounds, every chain with whether it counts, and who is on several."""
    root = ElementTree.fromstring(draw_svg(picture(*BROKER), "en"))
    assert root[0].text == "How the accounts of ahn-raid came to the record"
    assert root[1].text.splitlines() == [
        "Independent sources: at the least 2, at the most 2.",
        "t-0 (told by somebody else), counted: 국영채, then 손미랑, then 안도솔.",
        "t-2 (told by somebody else): 국영채, then 손미랑, then 안새봄.",
        "t-1 (told by somebody else), counted: 현가람.",
        "On several ways: 국영채, 손미랑.",
    ]
    korean = ElementTree.fromstring(draw_svg(picture(*BROKER), "ko"))
    assert korean.get("lang") == "ko"
    assert "t-2(다른 사람에게서 들음): 국영채 → 손미랑 → 안새봄." in korean[1].text


def test_light_and_dark():
    """Every line and letter has the colour of the text around it; alone, it follows what its reader prefers."""
    svg = draw_svg(picture(*BROKER), "en")
    assert "@media (prefers-color-scheme:dark)" in svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) == {"none", "currentColor"}


def test_accounts_that_tell_opposite_orders_are_both_drawn():
    """A told B in one and B told A in the other: the second goes on in a line of its own, and no name is repeated."""
    found = picture(("mother", "carrier"), ("carrier", "mother"))
    drawn = draw_text(found)
    assert drawn.count("국영채") == drawn.count("손미랑") == 1
    assert drawn.splitlines()[6:9] == ["└────▶●─↩", "   ┊     │", "↪─▶●────▶│   t-1"]
    assert texts(draw_svg(found, "en")).count("손미랑") == 1


def test_many_chains_through_one_broker_fit():
    """Sixty accounts, every one through the same person, are sixty lines and one column."""
    found = picture(*[("carrier", f"teller-{n} 이름이 아주 긴 사람 이름이 아주 긴 사람") for n in range(60)])
    drawn = draw_text(found)
    assert max(map(cell_len, drawn.splitlines())) <= 80
    assert (drawn.count("●"), drawn.count("손미랑"), drawn.count("…")) == (61, 1, 0)
    assert "…" in draw_text(found, width=60)
    assert texts(draw_svg(found, "en")).count("손미랑") == 1


def test_a_long_chain_goes_on_in_further_lines():
    """Somebody who told somebody, eleven times: all of them are named."""
    drawn = draw_text(picture(tuple(f"person-{n} 은미" for n in range(12))))
    assert all(f"person-{n} 은미" in drawn for n in range(12))
    assert "↩ goes on at ↪" in drawn


def test_where_there_is_no_room_it_says_so():
    """More people on several chains than columns: no picture, rather than one that leaves somebody out."""
    found = picture(*[tuple(f"p{n}" for n in range(40))] * 2)
    assert draw_text(found).splitlines()[1] == (
        "Too many people are on several ways for a picture as wide as 80 columns.")
    assert len(draw_svg(found, "en").split("<g>")) == 41


def test_an_act_without_accounts():
    """It says that there is none."""
    assert draw_text(picture()).splitlines() == ["the act: ahn-raid", "No account tells of this act."]
    assert "이 행위를 말하는 증언이 없습니다." in texts(draw_svg(picture(), "ko"))


@given(st.text(), st.integers(1, 30))
def test_a_label_is_cut_by_cells(text, cells):
    """Never more cells than there are; whole where it fits, and with an ellipsis where not."""
    found = cut(text, cells)
    assert cell_len(found) <= cells
    assert found == text if cell_len(text) <= cells else found.endswith("…")


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), max_size=6))
def test_layers_follow_the_first_account(paths):
    """Every node has one; along the first path they only rise."""
    depth = layers(paths)
    assert set(depth) == {node for path in paths for node in path}
    if paths:
        first = [depth[node] for node in paths[0]]
        assert first == sorted(set(first))
