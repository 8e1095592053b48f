"""Whatever a web page carries beside what it shows is told; nothing of the file is in neither."""

import base64
import io

import pytest
from html_page import PAGE
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import PIXEL
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bearwitness.documents.flat import flatten
from bearwitness.documents.html_names import BLOCKS, CONCEALED, INLINE
from bearwitness.documents.html_reading import read_html
from bearwitness.documents.verifying import verify_artefact

CANARY = "Zqv7Kanarin"
# How a word may be put into a page: as text, in markup of every sort, well formed or not.
PLANTS = (
    "{}", " {} ", '"{}', "<{}>", "</{}>", "</p {}>", "<!--{}-->", "<!--{}", "<?{}>", "<![CDATA[{}]]>", "</{} x='",
    " a={} ", "<svg>{}", "<table>{}", "<p id=a id='{}'>", "<html {}>", "<body a='{}'>", "&{};", "&#{};",
    "<select><b {}=1>x", "<form><form {}>", "<!DOCTYPE {}>", "<frameset><p>{}", "</body>{}", "<title>{}",
    "<textarea>{}", "<script><!--<script>{}", "<math><mi>{}<p>q", "<template>{}", "<noscript><p>{}", "<iframe>{}",
    "<plaintext>{}", "<image {}>", "<isindex prompt={}>", "<td {}>", "<col {}>{}", "<input type=hidden value={}>",
    "&amp{}", "Ve&notit{}", "<del>{}", "<style>/*{}", "<p style='--a:{}'>", "<br {}/>", "<own:{}>", "<p on{}=x>",
)  # fmt: skip
ATTRIBUTES = (
    "id", "class", "name", "href", "src", "srcset", "alt", "title", "style", "value", "placeholder", "data-own", "lang",
    "dir", "role", "aria-label", "onclick", "content", "datetime", "cite", "type", "rel", "target", "width", "colspan",
    "charset", "color", "xlink:href", "xmlns:own", "srcdoc", "action", "ping", "label", "open", "hidden", "start",
    "http-equiv", "property", "media", "poster", "own",
)  # fmt: skip


def everything(page):
    """All that reading a page tells: its page and what is beside it, in small letters."""
    opened = read_html(page.encode())
    return "\n".join([flatten(opened.document).text, *(h.text for h in opened.hidden)]).lower()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PAGE)), st.sampled_from(PLANTS))
def test_a_word_planted_anywhere_is_told(at, plant):
    """A word put at any place of a page's source, in any shape, is on the page or among what is hidden."""
    assert CANARY.lower() in everything(PAGE[:at] + plant.replace("{}", CANARY) + PAGE[at:])


@pytest.mark.parametrize("name", sorted({*BLOCKS, *INLINE, *CONCEALED, "style", "svg", "math", "own-kind"}))
def test_a_word_in_any_element_and_in_any_attribute_is_told(name):
    """Text of every element, and values of attributes of every element, whatever it is for."""
    assert CANARY.lower() in everything(f"<p>a</p><{name}>{CANARY}</{name}>b")
    for attribute in ATTRIBUTES:
        assert CANARY.lower() in everything(f"<p>a<{name} {attribute}='{CANARY}'>x</{name}>b"), attribute


def told(page):
    """Kind and text of what is beside a page."""
    return [(h.kind, h.text) for h in read_html(page.encode()).hidden]


def shown(page):
    """The text of a page."""
    return flatten(read_html(page.encode()).document).text


@pytest.mark.parametrize(
    "page",
    [
        "<p hidden>{}</p>", "<p style='display:none'>{}</p>",
        "<p style='DISPLAY : None; display: bogus'>{}</p>", "<p style='dis\\play:none'>{}</p>",
        "<p style='visibility: hidden'>{}</p>",
        "<p style='color:#fff'>{}</p>", "<p style='color:rgb(255 255 255 / 1)'>{}</p>", "<font color=white>{}</font>",
        "<p style='font-size:0'>{}</p>", "<p style='font-size:1pt'>{}</p>", "<p style='font:1px serif'>{}</p>",
        "<p style='position:absolute;left:-9999px'>{}</p>", "<p style='text-indent:-999em'>{}</p>",
        "<p style='opacity:0'>{}</p>", "<p style='color:transparent'>{}</p>", "<p style='transform:scale(0)'>{}</p>",
        "<p style='height:0;overflow:hidden'>{}</p>", "<p style='clip:rect(0 0 0 0)'>{}</p>",
        "<body bgcolor=black><p style='color:#010101'>{}</p>", "<p style='background:red;color:red'>{}</p>",
        "<style>p{display:none}</style><p>{}</p>", "<style>.c.d{visibility:hidden}</style><p class='c d'>{}</p>",
        "<style>#e > q{font-size:1px!important}</style><p id=e><q style='font-size:20px'>{}</q></p>",
        "<style>@media screen{p{opacity:.05}}</style><p>{}</p>", "<style>div p:not(.x){color:#fff}</style><div><p>{}",
        "<p popover>{}</p>", "<dialog>{}</dialog>", "<template>{}</template>", "<noscript>{}</noscript>",
        "<table hidden><tr><td>{}</table>",
    ],
)
def test_what_is_not_shown_is_told_and_is_not_on_the_page(page):
    """Hidden by attribute, style or sheet, of the text's colour, tiny or away: it is hidden text."""
    page = "so <b>" + page.replace("{}", "Vor<i>da</i>nika") + "</b>"
    assert "nika" not in shown(page)
    assert any(kind == "hidden_text" and "Vor" in text and "nika" in text for kind, text in told(page))


@pytest.mark.parametrize(
    "page",
    [
        "<style>p{display:none} p.c{display:block}</style><p class=c>{}</p>",
        "<p style='color:white;background:navy'>{}</p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>",
        "<div style='font-size:0'><p style='font-size:16px'>{}</p></div>", "<p hidden style='display:block'>{}</p>",
        "<style>a:hover{display:none}</style><a>{}</a>", "<style>@media print{p{display:none}}</style><p>{}</p>",
    ],
)  # fmt: skip
def test_what_a_browser_shows_is_on_the_page(page):
    """Rules that are overruled, or do not hold on a screen, hide nothing."""
    assert "Vordanika" in shown(page.replace("{}", "Vordanika"))


@pytest.mark.parametrize(
    "rule",
    [
        "@media (max-width: 30em){p{display:none}}", "@supports (x:y){p{opacity:0}}", "p::own{display:none}",
        "div{p{display:none}}", "@keyframes k{to{opacity:0}}", "p{color:var(--c)}", "p{clip-path:inset(50%)}",
        "@layer a{p{font-size:1px}}", "p{filter:opacity(0)}", "@font-face{font-family:a;src:url(data:,)}",
    ],
)
def test_rules_that_cannot_be_judged_and_may_hide_are_told(rule):
    """A sheet with one is never read as if it hid nothing."""
    page = f"<style>{rule}</style><div><p>so</p></div>"
    assert "so" in shown(page)
    assert "unread_part" in {kind for kind, _ in told(page)}


@pytest.mark.parametrize(
    ("page", "kind", "text"),
    [
        ("<!-- x y -->", "comment", " x y "), ("<!--[if IE]><p>x<![endif]-->", "comment", "[if IE]><p>x<![endif]"),
        ("<title>x y</title>", "metadata", "x y"), ("<meta name=author content='x y'>", "metadata", "x y"),
        ("<script>x</script>", "script", "x"), ("<p onclick='x()'>a", "script", "onclick: x()"),
        ("<a href='javascript:x()'>a</a>", "script", "javascript:x()"), ("<del>x</del>", "deleted", "x"),
        ("<ins>x</ins>", "inserted", "x"),
        ("<a href='https://example.org/?utm=x'>a</a>", "link_target", "https://example.org/?utm=x"),
        ("<img src='https://example.org/x.png'>", "external", "https://example.org/x.png"),
        ("<img src='x.png' srcset='y.png 2x'>", "external", "y.png 2x"), ("<iframe src=x></iframe>", "external", "x"),
        ("<link rel=stylesheet href=x.css>", "external", "x.css"),
        ("<base href='https://example.org/'>", "link_target", "https://example.org/"),
        ("<img alt='x y'>", "alternative_text", "x y"), ("<p aria-label='x y'>a", "alternative_text", "x y"),
        ("<input value=x>", "field", "x"), ("<textarea>x</textarea>", "field", "x"),
        ("<style>p::before{content:'x'}</style>", "hidden_text", 'content:"x"'),
        ("<svg><text>x</text></svg>", "unread_part", "svg\ntext\nx"),
        ("<object data=x.pdf></object>", "external", "x.pdf"),
        ("<meta http-equiv=refresh content='0;url=x'>", "external", "0;url=x"),
        ("<iframe srcdoc='&lt;p&gt;&amp;#x78;'></iframe>", "hidden_text", "<p>&#x78;\n x"),
        ("<bdo dir=rtl>abc</bdo>", "unread_part", "cba"), ("a\u200bb", "hidden_text", ""),
        ("a\U000e0068\U000e0069", "hidden_text", "hi"), ("</p class=x>", "unread_part", "x"),
        ("<!DOCTYPE html SYSTEM 'own.dtd'>", "metadata", "own.dtd"),
    ],
)  # fmt: skip
def test_each_thing_is_told_as_what_it_is(page, kind, text):
    """Comments, properties, programs, forms, links, things fetched and the rest, each under its own kind."""
    assert (kind, text) in told(page)


def test_a_name_that_is_parted_by_hidden_letters_is_told_whole():
    """Who reads the source, or the page without its styles, reads the letters together."""
    assert ("hidden_text", "Vordanika") in told("<p>Vor<span hidden>da</span>nika</p>")


def test_files_in_addresses_are_opened():
    """A picture is told with what it carries; any other file by what can be read in it."""
    out, chunks = io.BytesIO(), PngInfo()
    chunks.add_itxt("Description", "Vordanika", zip=True)
    Image.new("RGB", (3, 2)).save(out, "PNG", pnginfo=chunks)
    address = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    assert any(kind == "metadata" and "Vordanika" in text for kind, text in told(f"<img src='{address}'>"))
    packed = base64.b64encode("강가에서".encode()).decode()
    assert ("embedded_file", "강가에서") in told(f"<a href='data:text/plain;base64,{packed}'>a</a>")
    clean = "data:image/png;base64," + base64.b64encode(PIXEL).decode()
    assert {kind for kind, _ in told(f"<img src='{clean}'>")} == {"image"}


def test_the_verifier_sees_into_files_in_addresses_by_itself():
    """Words behind the end of a picture in a page are found without the reader of pages."""
    address = base64.b64encode(PIXEL + "Vordanika".encode("utf-16-le")).decode()
    page = f"<!DOCTYPE html><p>so</p><img src='data:image/png;base64,{address}'>"
    leaks = verify_artefact(page.encode(), finds=lambda _: [], canaries=("Vordanika",), name="a.html")
    assert any(leak.kind == "canary" and "address" in leak.where for leak in leaks)
