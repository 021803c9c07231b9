"""A span that is another one by now, or gone, or whose save fails: both versions are shown, nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Event, Span
from annotations.workflow import annotating
from tests.browser.bench import Wire, pending
from tests.browser.conftest import SitDown
from tests.browser.desk import Desk, furnished, take

pytestmark = pytest.mark.browser

# What is done to “Officials”: the keys, what the log calls it, and what the person wanted, in words.
ACTS = {
    "remove": (["Delete"], "remove", "remove it"),
    "retag": (["t", "e"], "retag", "Evidence"),
    "resize": (["ArrowRight", "Enter"], "resize", "Officials said"),
    "describe": (["2"], "set_attribute", "organization"),
}
acts = pytest.mark.parametrize(("keys", "verb", "wanted"), ACTS.values(), ids=ACTS)


@acts
def test_a_span_changed_elsewhere_shows_both_versions_and_is_done_again_on_request(
    page: Page, sit_down: SitDown, troubles: list[str], keys: list[str], verb: str, wanted: str
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "Officials")
    change_elsewhere(desk)
    before, known = as_stored(desk), times(desk, verb)

    for key in keys:
        page.keyboard.press(key)

    conflict = page.locator("#conflict")
    expect(page.locator("#conflict-title")).to_be_focused()
    expect(conflict).to_contain_text(wanted)
    expect(conflict).to_contain_text("Minister")
    expect(conflict).to_contain_text("Edda")
    assert (as_stored(desk), times(desk, verb), pending(page)) == (before, known, 0)
    conflict.get_by_role("button", name="Do it all the same").click()
    expect(page.locator("#conflict-title")).to_have_count(0)
    expect(page.locator("#saved")).to_have_text("Saved")
    assert as_stored(desk) != before
    assert times(desk, verb) == known + 1
    clear(troubles, "409")


@acts
def test_a_span_removed_elsewhere_is_said_to_be_gone(
    page: Page, sit_down: SitDown, troubles: list[str], keys: list[str], verb: str, wanted: str
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "Officials")
    span = desk.fresh("S1")
    annotating.remove(span, by=desk.annotation_set.annotator, version=span.version)
    known = times(desk, verb)

    for key in keys:
        page.keyboard.press(key)

    expect(page.locator("#conflict-title")).to_be_focused()
    expect(page.locator("#conflict")).to_contain_text("Officials")
    expect(page.locator("#conflict").get_by_role("button")).to_have_count(0)
    expect(page.locator("#text mark", has_text="Officials")).to_have_count(0)
    assert (times(desk, verb), pending(page)) == (known, 0)
    clear(troubles, "409")


@pytest.mark.parametrize("is_stored", [False, True], ids=["not stored", "only the answer is lost"])
@acts
def test_a_change_whose_save_failed_is_told_and_never_done_twice(
    page: Page,
    sit_down: SitDown,
    troubles: list[str],
    keys: list[str],
    verb: str,
    wanted: str,
    is_stored: bool,
) -> None:
    wire = Wire(page, "**/spans/*/*/")
    desk = furnished(page, sit_down)
    take(page, "n", "Officials")
    before = as_stored(desk)

    def fail(route: Route) -> None:
        if is_stored:
            assert route.fetch().status == 200
        route.abort("connectionreset")

    wire.act = fail

    for key in keys:
        page.keyboard.press(key)

    expect(page.locator("#status")).to_contain_text("Not saved")
    assert (times(desk, verb), pending(page)) == (int(is_stored), 0)
    assert (as_stored(desk) == before) == (not is_stored)
    wire.mend()
    page.keyboard.press("Enter" if verb == "resize" else keys[0])
    if len(keys) > 1 and verb != "resize":
        page.keyboard.press(keys[1])
    page.wait_for_function(SETTLED)
    assert times(desk, verb) == 1
    assert as_stored(desk) != before
    clear(troubles, "409", "ERR_", "htmx:")


SETTLED = """() => document.querySelector("#saved").textContent === "Saved"
  || document.querySelector("#conflict-title")"""


def change_elsewhere(desk: Desk) -> None:
    """Give the source a role, as another tab of the same person does."""
    span = desk.fresh("S1")
    annotating.set_attributes(
        span, by=desk.annotation_set.annotator, values={"role": "Minister"}, version=span.version
    )


def as_stored(desk: Desk) -> list[tuple[object, ...]]:
    """The source as it stands in the database; nothing where it is gone."""
    rows = Span.objects.filter(pk=desk.spans["S1"].pk)
    return [(row.tag, row.fragments, row.attributes) for row in rows]


def times(desk: Desk, verb: str) -> int:
    """How often the log of the article has this verb."""
    return Event.objects.of_article(desk.annotation_set.article.uid).filter(verb=verb).count()


def clear(troubles: list[str], *words: str) -> None:
    """Browser and htmx report refusals and broken connections; nothing else was amiss."""
    assert all(any(word in trouble for word in words) for trouble in troubles), troubles
    troubles.clear()
