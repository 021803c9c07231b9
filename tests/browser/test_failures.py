"""When a save fails: nothing stays pending, the words are selected again, and nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import AnnotationSet
from annotations.workflow import annotating
from tests.browser.bench import (
    Wire,
    chosen,
    expect_chosen,
    open_card,
    pending,
    press,
    select,
    stored,
    wait_until,
)
from tests.browser.conftest import SitDown
from tests.people import TEXT, fresh, tag

pytestmark = pytest.mark.browser

DAM = "the dam had failed"
ROW = ("allegation", TEXT.index(DAM), TEXT.index(DAM) + len(DAM), DAM)
OFFICIALS = ("source", 0, 9, "Officials")

Failure = Callable[[Page, Wire], None]


def broken(status: int) -> Failure:
    """The server answers with an error, having done nothing."""

    def begin(_page: Page, wire: Wire) -> None:
        wire.act = lambda route: route.fulfill(status=status, body="<h1>Oh no</h1>")

    return begin


def offline(page: Page, _wire: Wire) -> None:
    """There is no network."""
    page.context.set_offline(True)


def silent(page: Page, wire: Wire) -> None:
    """The server never answers, and nobody waits for ever."""
    page.evaluate("() => { htmx.config.timeout = 300 }")
    wire.act = wire.held.append


def unheard(_page: Page, wire: Wire) -> None:
    """The server stores it; only its answer is lost on the way."""

    def lose(route: Route) -> None:
        assert route.fetch().status == 200
        route.abort("connectionreset")

    wire.act = lose


def mended(page: Page, wire: Wire) -> None:
    """All is well again."""
    wire.mend()
    page.context.set_offline(False)
    page.evaluate("() => { htmx.config.timeout = 25000 }")


@pytest.mark.parametrize(
    ("fail", "rows_meanwhile"),
    [
        (broken(500), []),
        (broken(503), []),
        (offline, []),
        (silent, []),
        (unheard, [ROW]),
    ],
    ids=["500", "503", "offline", "time out", "only the answer is lost"],
)
def test_a_save_that_failed_is_told_and_the_same_key_stores_it_once(
    page: Page,
    sit_down: SitDown,
    troubles: list[str],
    fail: Failure,
    rows_meanwhile: list[tuple[str, int, int, str]],
) -> None:
    wire = Wire(page, "**/spans/")
    annotation_set = sit_down(page)
    fail(page, wire)
    select(page, TEXT, DAM)

    page.keyboard.press("a")

    expect(page.locator("#status")).to_contain_text("Not saved")
    expect_chosen(page, DAM)
    assert pending(page) == 0
    assert stored(annotation_set) == rows_meanwhile
    expect(page.locator("#text mark")).to_have_count(0)
    expect(page.locator("#saved")).not_to_have_text("Saved")
    mended(page, wire)
    press(page, "a")
    expect(page.locator("#text mark.a")).to_have_text(DAM)
    assert (stored(annotation_set), pending(page)) == ([ROW], 0)
    troubles.clear()


def test_what_was_fired_after_a_failed_save_is_stored_all_the_same(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    wire = Wire(page, "**/spans/")
    annotation_set = sit_down(page)
    wire.act = wire.hold
    page.locator("#text").focus()
    for key in "jajaja":
        page.keyboard.press(key)
    wait_until(page, lambda: bool(wire.held))

    wire.held[0].fulfill(status=500, body="")

    expect(page.locator("#text mark.a[id]")).to_have_count(2)
    expect_chosen(page, "Officials said the dam had failed.")
    expect(page.locator("#status")).to_contain_text("Not saved")
    expect(page.locator("#saved")).not_to_have_text("Saved")
    assert pending(page) == 0
    press(page, "a")
    assert sorted(row[1] for row in stored(annotation_set)) == [0, 35, 81]
    troubles.clear()


def test_who_goes_on_with_other_words_is_not_led_back_to_the_refused_ones(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    annotation_set = sit_down(page)
    tag(annotation_set, DAM, "allegation")
    select(page, TEXT, DAM)
    page.keyboard.press("a")
    expect(page.locator("#status")).to_contain_text("tagged already: A1")

    select(page, TEXT, "Officials")
    press(page, "s")

    expect(page.locator("#text mark.s")).to_have_text("Officials")
    expect(page.locator("#tagbar")).to_be_hidden()
    assert chosen(page) == ""
    assert [row[3] for row in stored(annotation_set)] == [DAM, "Officials"]
    troubles.clear()


def test_a_claim_that_is_gone_elsewhere_is_told_and_the_words_are_not_lost(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    annotation_set = sit_down(page)
    select(page, TEXT, DAM)
    press(page, "a")
    elsewhere_remove(annotation_set)
    select(page, TEXT, "Officials")

    page.keyboard.press("s")

    expect(page.locator("#status")).to_contain_text("That claim is gone")
    expect_chosen(page, "Officials")
    assert (stored(annotation_set), pending(page)) == ([], 0)
    expect(open_card(page)).to_have_count(0)
    press(page, "s")
    assert (stored(annotation_set), pending(page)) == ([OFFICIALS], 0)
    assert_conflict(troubles)


def test_words_that_were_tagged_elsewhere_meanwhile_are_not_tagged_twice(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    annotation_set = sit_down(page)
    tag(annotation_set, DAM, "allegation")
    select(page, TEXT, DAM)

    page.keyboard.press("a")

    expect(page.locator("#status")).to_contain_text("tagged already: A1")
    expect_chosen(page, DAM)
    assert (stored(annotation_set), pending(page)) == ([ROW], 0)
    assert all("422" in trouble for trouble in troubles)
    troubles.clear()


def elsewhere_remove(annotation_set: AnnotationSet) -> None:
    """Remove the only passage, as another tab of the same person does."""
    span = annotation_set.spans.get()
    annotating.remove(fresh(span), by=annotation_set.annotator, version=span.version)


def assert_conflict(troubles: list[str]) -> None:
    """The browser and htmx report the answer."""
    assert troubles
    assert all("409" in trouble for trouble in troubles)
    troubles.clear()
