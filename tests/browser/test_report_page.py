"""The report page in a real browser: nothing is fetched, nothing is logged, axe finds nothing, notes open."""

import json
import re
import shutil
import subprocess
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

import pytest

from bearwitness.cli.main import main
from bearwitness.cli.report.page import render_page
from bearwitness.cli.worked_case import worked_case_arguments
from bearwitness.model.claims import Language

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the page was not opened")

SAMPLE = run_path(str(Path(__file__).parents[1] / "report_sample.py"))
sample_assessment, safe_assessment = SAMPLE["sample_assessment"], SAMPLE["safe_assessment"]
SCHEMES = {"light": "1", "dark": "0"}
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars",
)  # fmt: skip

# Run in the copy of the page: axe, then the notes as a keyboard, a finger and a mouse would open them.
PROBE = """
(async () => {
  const pop = document.getElementById("pop");
  const marks = [...document.querySelectorAll("a.s")];
  const found = {marks: marks.length, wide: document.documentElement.scrollWidth > innerWidth};
  const axe_found = await axe.run(document, {resultTypes: ["violations"]});
  found.axe = axe_found.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).slice(0, 3).join(" "));
  found.passes = axe_found.passes.length;
  if (marks.length) {
    const text = () => (pop.hidden ? null : pop.innerText);
    const mark = marks.find((m) => m.dataset.notes.includes("note-3"));
    found.before = text();
    mark.focus();
    found.focused = text();
    found.dark = getComputedStyle(document.body).backgroundColor;
    document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
    found.escaped = text();
    mark.blur();
    mark.click();
    found.tapped = text();
    found.on = document.querySelectorAll("a.s.on").length;
    found.axe_open = (await axe.run(pop)).violations.map((v) => v.id);
    pop.querySelector(".close").click();
    found.closed = text();
    const several = marks.find((m) => m.dataset.notes.includes(" "));
    several.dispatchEvent(new PointerEvent("pointerenter", {pointerType: "mouse"}));
    found.hovered = pop.querySelectorAll(".note").length;
    found.wanted = several.dataset.notes.split(" ").length;
    several.dispatchEvent(new PointerEvent("pointerleave", {pointerType: "mouse"}));
    await new Promise((done) => setTimeout(done, 400));
    found.left = text();
  }
  const result = document.createElement("pre");
  result.id = "result";
  result.textContent = JSON.stringify(found);
  document.body.append(result);
})();
"""


def _chromium(page: Path, *flags: str, profile: Path) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    return subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def _axe() -> str:
    spec = find_spec("axe_core_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


def _probed(html: str, folder: Path, *flags: str) -> dict[str, object]:
    """What the probe finds in a copy of the page without its policy, which would not let the probe run."""
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert copy != html
    axe = _axe().replace("</script", "<\\/script")
    probes = f"<script>{axe}</script><script>{PROBE}</script>"
    page = folder / "probed.html"
    page.write_text(copy.replace("</body>", f"{probes}</body>"), encoding="utf-8")
    done = _chromium(
        page, "--dump-dom", "--virtual-time-budget=20000", "--window-size=1280,2000", *flags, profile=folder / "p"
    )
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.S)
    assert found is not None, done.stderr[-2000:]
    result: dict[str, object] = json.loads(unescape(found[1]))
    return result


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_axe_finds_nothing_and_notes_open(language: Language, scheme: str, tmp_path: Path) -> None:
    """No accessibility violation, closed or open, and focusing, tapping or hovering a passage shows its notes."""
    html = render_page(sample_assessment(language))
    found = _probed(html, tmp_path, f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}")
    assert found["axe"] == []
    assert found["axe_open"] == []
    assert isinstance(found["passes"], int)
    assert found["passes"] > 20
    assert found["dark"] == ("rgb(21, 20, 18)" if scheme == "dark" else "rgb(250, 248, 245)")
    assert found["before"] is found["escaped"] is found["closed"] is found["left"] is None
    family = "the family of Tak" if language == "en" else "탁 씨의 가족"
    for how in ("focused", "tapped"):
        assert family in str(found[how])
    assert found["on"]
    assert found["hovered"] == found["wanted"]
    assert not found["wide"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_axe_finds_nothing_on_the_page_of_the_worked_case(language: Language, tmp_path: Path) -> None:
    """The page that the command really writes, in English and in Korean: no violation, and its notes open."""
    page = tmp_path / "report.html"
    main(worked_case_arguments(language, page))
    found = _probed(page.read_text(encoding="utf-8"), tmp_path)
    assert found["axe"] == []
    assert found["axe_open"] == []
    assert found["tapped"]


def test_axe_finds_nothing_on_a_safe_page(tmp_path: Path) -> None:
    """The page of a safe draft has no violation either."""
    assert _probed(render_page(safe_assessment()), tmp_path)["axe"] == []


def _asked(html: str, folder: Path) -> tuple[str, set[str]]:
    """What a page logs to the console, and the addresses asked for that are not the browser's own business."""
    folder.mkdir()
    page, log = folder / "page.html", folder / "net.json"
    page.write_text(html, encoding="utf-8")
    done = _chromium(
        page, "--dump-dom", "--enable-logging=stderr", "--v=0", f"--log-net-log={log}", profile=folder / "p"
    )
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    asked = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text("utf-8", errors="replace")))
    browsers_own = re.compile(r"https?://[a-z0-9.-]*\.(google|googleapis|gstatic)\.com/")
    return console, {url for url in asked if not browsers_own.match(url)}


def test_the_page_opens_without_a_message_or_a_request(tmp_path: Path) -> None:
    """The page as delivered logs nothing and asks the network for nothing; what is added to it does not run or load."""
    html = render_page(sample_assessment())
    assert _asked(html, tmp_path / "own") == ("", set())
    added = '<script>console.log("ran")</script><img src="http://probe.invalid/x.png"></body>'
    console, asked = _asked(html.replace("</body>", added), tmp_path / "added")
    assert "Content Security Policy" in console
    assert "ran" not in re.findall(r'"([^"]*)"', console)
    assert asked == set()
    # Without the policy the same image is asked for, so that the check above can fail.
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace("</body>", added)
    console, asked = _asked(bare, tmp_path / "bare")
    assert '"ran"' in console
    assert any("probe.invalid" in url for url in asked)


def test_nothing_sticks_out_on_a_narrow_screen(tmp_path: Path) -> None:
    """At a width of 360 pixels nothing is wider than the screen, in English and in Korean."""
    measure = (
        "<script>parent.postMessage([...document.querySelectorAll('body *')].filter("
        "(e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.unseen, thead, svg, [hidden]'))"
        ".map((e) => e.outerHTML.slice(0, 80)), '*')</script></body>"
    )
    for language in ("en", "ko"):
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render_page(sample_assessment(language)))
        (tmp_path / f"{language}.html").write_text(html.replace("</body>", measure), encoding="utf-8")
    frame = tmp_path / "frame.html"
    frame.write_text(
        "<script>const all = []; addEventListener('message', (e) => { all.push(e.data); "
        "document.getElementById('result').textContent = JSON.stringify(all); })</script><pre id=result></pre>"
        "<iframe width=360 height=800 style='border:0' src=en.html></iframe>"
        "<iframe width=360 height=800 style='border:0' src=ko.html></iframe>",
        encoding="utf-8",
    )
    done = _chromium(frame, "--dump-dom", "--virtual-time-budget=5000", profile=tmp_path / "p")
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.S)
    assert found is not None
    assert json.loads(unescape(found[1])) == [[], []]
