"""axe-core finds nothing on any page, in the states people meet, in both colour schemes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotations.models import Person
from tests.browser.bench import drag, open_card, placed, press
from tests.browser.conftest import NewPage, Scheme

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, Person], None]
Axe = Callable[[Page], None]

PAGES = (
    ("ben", "/"),
    ("rosa", "/"),
    ("max", "/projects/demo/"),
    ("max", "/projects/demo/?stage=new"),
    ("rosa", "/projects/demo/queue/"),
    ("ben", "/projects/demo/queue/"),
    ("max", "/projects/demo/datasets/"),
    ("max", "/projects/demo/datasets/?table=spans&status=submitted"),
    ("ben", "/articles/{article}/"),
    ("amira", "/annotation-sets/{amira}/"),
    ("ben", "/annotation-sets/{ben}/"),
    ("rosa", "/annotation-sets/{amira}/review/"),
    ("amira", "/annotation-sets/{amira}/review/"),
)


@pytest.fixture
def demo(site: str) -> str:
    """The address of the running demo."""
    call_command("demo", verbosity=0)
    return site


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


def test_the_states_of_the_bench_are_accessible(
    demo: str, new_page: NewPage, sign_in: SignIn, axe: Axe, scheme: Scheme, troubles: list[str]
) -> None:
    page = new_page(scheme=scheme, width=1440, height=900)
    sign_in(page, Person.objects.get(username="ben"))
    page.goto(demo + placed("/annotation-sets/{ben}/"))

    drag(page, 6, "the regime is accused of killing up to fifty detainees a day in Saidnaya")
    axe(page)
    press(page, "a")
    axe(page)
    drag(page, 6, "several sources")
    press(page, "s")
    open_card(page).get_by_role("link", name="Change S1").click()
    expect(page.locator(".editor")).to_be_visible()
    axe(page)
    page.locator("#text").focus()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
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
