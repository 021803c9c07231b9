"""What several keys or clicks do together: link, relay, retag; a zone marked by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Event, Link
from tests.browser.bench import chosen, press, select
from tests.browser.conftest import SitDown
from tests.browser.desk import DAM, TOLD, focused, furnished, in_hand, take
from tests.people import TEXT

pytestmark = pytest.mark.browser

OPTIONS = "#picks button"


def test_l_then_another_span_then_enter_links_the_two(page: Page, sit_down: SitDown) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "cracks")

    page.keyboard.press("l")
    expect(page.locator("#status")).to_contain_text("Link E1")
    page.keyboard.press("p")
    expect(page.locator("#text mark.aim")).to_have_text(DAM)
    expect(page.locator(OPTIONS)).to_have_text(["1 E1 supports A1", "2 E1 refutes A1"])
    press(page, "Enter")

    link = Link.objects.get(from_span=desk.spans["E1"])
    assert (link.type, link.to_span_id) == ("supports", desk.spans["A1"].pk)
    assert (focused(page), in_hand(page)) == (f"s{desk.spans['E1'].pk}", ["cracks"])
    expect(page.locator("#text mark.aim")).to_have_count(0)


def test_of_several_links_in_both_directions_a_digit_chooses(page: Page, sit_down: SitDown) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", DAM)
    page.keyboard.press("l")

    desk.click(TOLD)

    expect(page.locator(OPTIONS)).to_have_text(
        [
            "1 A1 supports A2",
            "2 A1 refutes A2",
            "3 A1 same as A2",
            "4 A2 supports A1",
            "5 A2 refutes A1",
        ]
    )
    press(page, "5")
    link = Link.objects.get(type="refutes")
    assert (link.from_span_id, link.to_span_id) == (desk.spans["A2"].pk, desk.spans["A1"].pk)


def test_a_source_is_relayed_by_another_with_the_mouse_alone(page: Page, sit_down: SitDown) -> None:
    desk = furnished(page, sit_down)
    desk.click("Officials")

    page.get_by_role("button", name="Relayed by").click()
    desk.click("cracks")
    expect(page.locator(OPTIONS)).to_have_count(0)
    desk.click("Jones")
    with page.expect_response("**/links/"):
        page.get_by_role("button", name="S1 passed on by S2").click()

    link = Link.objects.get(type="relayed_by")
    assert (link.from_span_id, link.to_span_id) == (desk.spans["S1"].pk, desk.spans["S2"].pk)
    expect(page.locator(".claim.active .chain b")).to_have_text(["Officials", "Jones"])


def test_only_what_a_source_says_is_relayed(page: Page, sit_down: SitDown) -> None:
    furnished(page, sit_down)
    take(page, "n", "cracks")

    page.keyboard.press("r")

    expect(page.locator("#status")).to_have_text("Only what a source says can be passed on.")


def test_t_and_a_tag_s_key_retag_the_span_and_keep_it_in_hand(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "cracks")

    page.keyboard.press("t")
    expect(page.locator("#tagbar")).to_contain_text("Tag E1 as")
    press(page, "c")

    assert desk.fresh("E1").tag == "cue"
    assert (focused(page), in_hand(page)) == (f"s{desk.spans['E1'].pk}", ["cracks"])
    page.locator("#spanbar [data-act=retag]").click()
    with page.expect_response("**/retag/"):
        page.locator("#tagbar [data-tag=source]").click()
    assert desk.fresh("E1").tag == "source"


@pytest.mark.parametrize("key", ["l", "r", "t", "ArrowRight"])
def test_escape_leaves_a_mode_with_nothing_written(page: Page, sit_down: SitDown, key: str) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "Officials")
    before = Event.objects.count()
    page.keyboard.press(key)
    expect(page.locator(".asks:visible")).to_contain_text("S1")

    page.keyboard.press("Escape")

    expect(page.locator(".asks:visible")).to_have_count(0)
    expect(page.locator("#spanbar")).to_be_visible()
    assert (in_hand(page), chosen(page)) == (["Officials"], "")
    assert focused(page) == f"s{desk.spans['S1'].pk}"
    assert Event.objects.count() == before


def test_a_selection_is_marked_as_boilerplate(page: Page, sit_down: SitDown) -> None:
    annotation_set = sit_down(page)
    words = "Nobody 🙂 listened to the engineers."
    select(page, TEXT, words)

    with page.expect_navigation():
        page.get_by_role("button", name="Boilerplate").click()

    zone = annotation_set.article.zones.get()
    assert TEXT[zone.start : zone.end] == words
    expect(page.locator("#text mark.zone")).to_have_text(words)
