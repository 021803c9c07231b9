"""The next article is there before it is asked for, and says what has changed since."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Person, Span
from tests.people import make_cast, make_set, tag

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, Person], None]

FETCHED = (
    "() => performance.getEntriesByType('resource').some(one => one.name.includes('?version='))"
)
BYTES = "() => performance.getEntriesByType('navigation')[0].transferSize"


def test_the_next_article_comes_from_the_cache_and_its_news_from_the_server(
    site: str, page: Page, sign_in: SignIn
) -> None:
    cast = make_cast()
    first, second = make_set(cast, "One said it.\n"), make_set(cast, "Two said it.\n")
    sign_in(page, Person.objects.get(username="edda"))
    page.goto(f"{site}/annotation-sets/{first.pk}/")
    page.wait_for_function(FETCHED)
    tag(second, "Two", "source")

    page.get_by_role("link", name="Next").click()

    expect(page.get_by_role("heading", name="Two said it.")).to_be_visible()
    assert page.evaluate(BYTES) == 0
    assert page.locator("#text mark").count() == 0
    expect(page.locator("#news")).to_contain_text("1 newer change")
    page.locator("#news").get_by_role("link", name="show").click()
    expect(page.locator(f"#s{Span.objects.get().pk}")).to_have_text("Two")
