"""Take the screenshots of the README from a fresh demo: `make screenshots`.

Works on a scratch database and a free port of its own, with the system's Chromium.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
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
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 400, "height": 844}
Scheme = Literal["light", "dark"]


# What Ben tags before his picture is taken: paragraph, words, key.
STEPS = (
    (4, "the Damascus regime is hanging prisoners and burning bodies in a new building", "a"),
    (4, "the deputy secretary", "s"),
    (5, "that the Assad regime has authorized extrajudicial executions", "a"),
    (5, "The State Department representative", "s"),
    (5, "has detailed", "c"),
    (7, "that the Syrian regime has installed a crematorium", "a"),
    (7, "We", "s"),
    (6, "the regime is accused of killing up to fifty detainees a day in Saidnaya", "a"),
    (6, "several sources", "s"),
    (6, "According to", "c"),
)
SELECT = """([number, words]) => {
  const text = document.querySelector("#text");
  const block = text.querySelector(`[data-p="${number}"]`);
  const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let node;
  while ((node = nodes.nextNode()) && !node.data.includes(words));
  const start = node.data.indexOf(words);
  block.scrollIntoView({ block: "center" });
  text.focus({ preventScroll: true });
  getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with signed_in(browser, site, "", WIDE) as page:
            page.screenshot(path=PICTURES / "sign-in.png")
        with signed_in(browser, site, "ben", WIDE) as page:
            page.goto(f"{site}/annotation-sets/2/")
            for number, words, key in STEPS:
                tag(page, number, words, key)
            select(page, 6, "said")
            page.screenshot(path=PICTURES / "workspace.png")
            address = page.url
        with signed_in(browser, site, "ben", WIDE, scheme="dark") as page:
            page.goto(address)
            page.screenshot(path=PICTURES / "workspace-dark.png")
        with signed_in(browser, site, "ben", NARROW) as page:
            page.goto(address)
            page.screenshot(path=PICTURES / "workspace-narrow.png")
        with signed_in(browser, site, "rosa", WIDE) as page:
            page.goto(f"{site}/annotation-sets/1/review/")
            page.keyboard.press("r")
            page.screenshot(path=PICTURES / "review.png")
        with signed_in(browser, site, "max", WIDE) as page:
            for name, path in (("project", ""), ("datasets", "datasets/")):
                page.goto(f"{site}/projects/demo/{path}")
                page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


@contextmanager
def signed_in(
    browser: Browser, site: str, person: str, size: ViewportSize, *, scheme: Scheme = "light"
) -> Iterator[Page]:
    """A page of somebody of the demo, of nobody where no name is given."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{site}/sign-in/")
    if person:
        page.click(f"form[action='/demo/{person}/'] button")
    yield page
    context.close()


def select(page: Page, number: int, words: str) -> None:
    """Select words in a paragraph and wait for the toolbar."""
    page.evaluate(SELECT, [number, words])
    page.locator("#tagbar").wait_for()


def tag(page: Page, number: int, words: str, key: str) -> None:
    """Tag words in a paragraph and wait until they are saved."""
    select(page, number, words)
    with page.expect_response("**/spans/"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)


@contextmanager
def served() -> Iterator[str]:
    """The address of a fresh demo, served until the pictures are taken."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        environment = os.environ | {
            "DEMO": "1",
            "SECRET_KEY": "only-for-screenshots",
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "PORT": port,
        }
        free.close()
        for command in (["migrate", "--verbosity", "0"], ["demo"]):
            run = [sys.executable, "manage.py", *command]
            subprocess.run(run, cwd=ROOT, env=environment, check=True)  # noqa: S603 -- our own command
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
        server = subprocess.Popen([*gunicorn, "config.wsgi"], cwd=ROOT, env=environment)  # noqa: S603 -- as above
        try:
            yield waited_for(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def waited_for(site: str) -> str:
    """The address, once the server answers there."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{site}/healthz").close()  # noqa: S310 -- loopback
        except OSError:
            time.sleep(0.1)
        else:
            return site
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    main()
