"""Measures what a person sees, in a headless Chromium: first screen, pending mark, confirmed save.

Milliseconds are read in the page by `probe.js`, from the key press or the start of the navigation
to the end of the frame that shows it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from benchmarks.newsroom import Act, Bench, acts_on

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBE = Path(__file__).with_name("probe.js")
CLAIMS = 10
WARMING = 3
OPENINGS = 9
SETTLING = 250  # milliseconds between two acts, in which a person reads on

SELECT = """({ start, end }) => import("/static/js/textmap.js").then(({ rangeOf }) => {
  const text = document.querySelector("#text");
  const range = rangeOf(text, start, end);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  text.focus({ preventScroll: true });
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
})"""

# The page's own policy forbids the evaluation that Playwright's waiting rests on.
WAIT = """(name) => new Promise((done, fail) => {
  const until = performance.now() + 30000;
  const look = () => {
    if (ascribeProbe[name]) done(ascribeProbe[name]);
    else if (performance.now() > until) fail(new Error(`${name} was never painted`));
    else setTimeout(look, 5);
  };
  look();
})"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person waited for, in milliseconds, and the bytes that came."""

    pending_p75: float
    saved_median: float
    first_screen: float
    answer_gzip: float
    answer_plain: float
    scripts_gzip: int
    acts: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tag: milliseconds from the key press, and the bytes of the answer."""

    pending: float
    saved: float
    gzip: int
    plain: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def see(browser: Browser, site: str, desk: Bench, reader: Bench) -> Seen:
    """Open the reader's article nine times, each with nothing cached; then tag at the desk."""
    screens = [_first_screen(browser, site, reader) for _ in range(OPENINGS)]
    with _context(browser, site, desk) as context:
        page = context.new_page()
        lengths = dict[str, int]()
        page.on("response", lambda one: lengths.update(_script(one)))
        page.goto(site + desk.path)
        tagged = [_tag(page, act) for act in acts_on(desk, CLAIMS + 1)][WARMING:]
        return Seen(
            pending_p75=quantiles((one.pending for one in tagged), n=4)[2],
            saved_median=median(one.saved for one in tagged),
            first_screen=median(screens),
            answer_gzip=median(one.gzip for one in tagged),
            answer_plain=median(one.plain for one in tagged),
            scripts_gzip=sum(lengths.values()),
            acts=len(tagged),
        )


def _first_screen(browser: Browser, site: str, bench: Bench) -> float:
    with _context(browser, site, bench) as context:
        page = context.new_page()
        page.goto(site + bench.path)
        return float(page.evaluate(WAIT, "firstScreen"))


def _tag(page: Page, act: Act) -> Tagged:
    page.evaluate(SELECT, {"start": act.start, "end": act.end})
    page.wait_for_timeout(SETTLING)
    with page.expect_response("**/spans/") as answered:
        page.keyboard.press(act.tag[0])
    answer = answered.value
    if answer.status != 200:
        raise SystemExit(f"Tagging was answered with {answer.status}.")
    pressed = float(page.evaluate("ascribeProbe.pressed"))
    return Tagged(
        pending=page.evaluate(WAIT, "pending") - pressed,
        saved=page.evaluate(WAIT, "saved") - pressed,
        gzip=_length(answer),
        plain=len(answer.body()),
    )


def _script(answer: Response) -> dict[str, int]:
    """A script of our own and its length; htmx and the browser's other files are not counted."""
    is_own = "/static/js/" in answer.url and answer.status == 200
    return {answer.url: _length(answer)} if is_own else {}


def _length(answer: Response) -> int:
    """The bytes of a body as it went over the wire."""
    return int(answer.headers["content-length"])


@contextmanager
def _context(browser: Browser, site: str, bench: Bench) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": bench.session, "url": site}])
    context.add_init_script(path=PROBE)
    yield context
    context.close()
