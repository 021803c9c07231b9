"""axe-core finds nothing on any page, in both colour schemes; states of the workspace: `test_accessible_states`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Person
from tests.browser.bench import PAGES, drag, placed, press
from tests.browser.conftest import ROOT, NewPage, Scheme

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, Person], None]
Axe = Callable[[Page], None]


def test_every_page_is_accessible(
    demo: str, new_page: NewPage, sign_in: SignIn, axe: Axe, scheme: Scheme
) -> None:
    page = new_page(scheme=scheme, width=1440, height=900)
    page.goto(f"{demo}/sign-in/")
    axe(page)
    for username, path in PAGES:
        sign_in(page, Person.objects.get(username=username))
        page.goto(demo + placed(path))
        axe(page)


def test_every_page_is_accessible_and_fits_at_400_pixels(
    demo: str, new_page: NewPage, sign_in: SignIn, axe: Axe, scheme: Scheme
) -> None:
    page = new_page(scheme=scheme, width=400, height=844)
    page.goto(f"{demo}/sign-in/")
    axe(page)
    for username, path in PAGES:
        sign_in(page, Person.objects.get(username=username))
        page.goto(demo + placed(path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path
        axe(page)


def test_what_is_missing_is_listed_with_links_to_the_places(
    demo: str, page: Page, sign_in: SignIn, axe: Axe, troubles: list[str]
) -> None:
    sign_in(page, Person.objects.get(username="ben"))
    page.goto(demo + placed("/annotation-sets/{ben}/"))
    drag(page, 6, "the regime is accused of killing up to fifty detainees a day in Saidnaya")
    press(page, "a")

    page.get_by_role("button", name="Submit for review").click()

    missing = page.locator("#missing")
    expect(missing.get_by_role("link", name="A1")).to_be_visible()
    expect(missing).to_contain_text("No source yet. Who says it?")
    axe(page)
    # The browser itself reports every answer of 400 and above.
    assert all("422" in trouble for trouble in troubles)
    troubles.clear()


def test_the_reasons_of_a_verdict_are_accessible(
    demo: str, new_page: NewPage, sign_in: SignIn, axe: Axe, scheme: Scheme
) -> None:
    page = new_page(scheme=scheme, width=1440, height=900)
    sign_in(page, Person.objects.get(username="rosa"))
    page.goto(demo + placed("/annotation-sets/{amira}/review/"))

    page.keyboard.press("r")

    expect(page.locator("details[data-verdict=return] .reasons")).to_be_visible()
    axe(page)


def test_no_sheet_turns_what_a_device_shows() -> None:
    sheets = sorted((ROOT / "static" / "css").glob("*.css"))

    assert [sheet.name for sheet in sheets if "orientation" in sheet.read_text()] == []
