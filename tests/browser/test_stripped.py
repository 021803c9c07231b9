"""Scripts as they are served from STATIC_ROOT, stripped, are the same programs as their sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from config.static import stripped
from tests.browser.bench import chosen, placed

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
EXPORTS = """(names) => Promise.all(names.map(async (name) => {
  const found = Object.entries(await import(`/static/js/${name}`));
  return [name, found.map(([key, value]) => `${key}: ${typeof value}`)];
}))"""
OF_THE_BENCH = sorted({path.name for path in SCRIPTS.glob("*.js")} - {"review.js", "intake.js"})


def _strip(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    body = stripped((SCRIPTS / name).read_bytes())
    route.fulfill(body=body, content_type="text/javascript; charset=utf-8")


def _enter(page: Page, demo: str) -> None:
    page.goto(f"{demo}/sign-in/")
    page.locator("form[action='/demo/ben/'] button").click()
    page.goto(demo + placed("/annotation-sets/{ben}/"))


def test_the_bench_works_with_stripped_scripts(demo: str, page: Page) -> None:
    page.route("**/static/js/*.js", _strip)
    _enter(page, demo)

    page.locator("#text").focus()
    page.keyboard.press("j")
    page.keyboard.press("a")

    expect(page.locator("#claims .claim")).to_have_count(1)
    expect(page.locator("#text mark.a").first).to_be_visible()
    assert chosen(page) == ""


def test_stripped_scripts_export_what_their_sources_do(demo: str, page: Page) -> None:
    _enter(page, demo)
    of_sources = page.evaluate(EXPORTS, OF_THE_BENCH)

    page.route("**/static/js/*.js", _strip)
    page.reload()
    of_stripped = page.evaluate(EXPORTS, OF_THE_BENCH)

    assert of_stripped == of_sources
    assert [name for name, _exports in of_stripped] == OF_THE_BENCH
