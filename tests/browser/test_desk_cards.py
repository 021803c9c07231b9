"""Cards beside the desk: what is typed is never lost, the focus stays, others' changes are told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from annotations.models import Person, Span
from annotations.workflow import annotating
from tests.browser.bench import (
    Wire,
    chosen,
    expect_chosen,
    open_card,
    press,
    select,
    stored,
    wait_until,
)
from tests.browser.conftest import SitDown
from tests.browser.desk import DAM, focused, furnished, in_hand, take
from tests.people import TEXT, fresh, tag

pytestmark = pytest.mark.browser

LOOK = "() => document.dispatchEvent(new Event('visibilitychange'))"


def test_a_note_that_is_not_saved_outlives_a_redrawn_card_and_holds_the_page(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    dialogs = list[str]()

    def stay(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    open_card(page).get_by_role("link", name="Change A1").click()
    page.get_by_label("Note").fill("Which dam?")
    page.locator("#text").focus()
    select(page, TEXT, "Photographs")
    press(page, "e")
    page.get_by_role("link", name="Back to articles").click()
    wait_until(page, lambda: bool(dialogs))
    assert dialogs == ["beforeunload"]

    open_card(page).get_by_role("link", name="Change A1").click()
    expect(page.get_by_label("Note")).to_have_value("Which dam?")
    open_card(page).locator(".describe").get_by_role("button", name="Save").click()
    expect(open_card(page).locator(".claim-note")).to_have_text("Which dam?")
    page.get_by_role("link", name="Back to articles").click()

    expect(page).to_have_url(re.compile("/projects/news/$"))
    assert desk.fresh("A1").attributes["note"] == "Which dam?"
    assert dialogs == ["beforeunload"]


def test_a_button_of_a_card_keeps_the_focus_when_the_card_is_drawn_anew(
    page: Page, sit_down: SitDown
) -> None:
    furnished(page, sit_down)
    button = open_card(page).get_by_role("button", name="denies")

    button.focus()
    press(page, "Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    page.locator("#undo").focus()
    for _ in range(20):
        if page.locator("#undo").is_disabled():
            break
        press(page, "Enter")

    assert focused(page) in ("text", "undo")
    expect(page.locator("body")).not_to_be_focused()


def test_what_is_gone_from_a_card_leaves_the_focus_on_the_card(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    open_card(page).get_by_role("button", name="Detach S1").focus()

    press(page, "Enter")

    expect(open_card(page).locator("[data-slot=source]")).to_be_visible()
    expect(open_card(page).get_by_role("link", name="Claim A1")).to_be_focused()
    open_card(page).get_by_role("button", name="Delete").focus()
    press(page, "Enter")
    assert focused(page) == "text"
    assert not Span.objects.filter(pk=desk.spans["A1"].pk).exists()


def test_several_tags_that_failed_come_back_one_after_the_other(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    wire = Wire(page, "**/spans/")
    annotation_set = sit_down(page)
    wire.act = wire.held.append
    page.locator("#text").focus()
    for key in "jsjs":
        page.keyboard.press(key)
    wait_until(page, lambda: bool(wire.held))
    wire.act = Route.abort
    wire.held[0].abort()
    expect_chosen(page, "Officials said the dam had failed.")
    page.wait_for_function("() => CSS.highlights.get('pending').size === 0")

    wire.mend()
    press_only(page, "s")
    expect_chosen(page, "Photographs show cracks, according to Jones.")
    press(page, "s")

    assert [row[1] for row in stored(annotation_set)] == [0, 35]
    troubles.clear()


def press_only(page: Page, key: str) -> None:
    """Press a key that writes; another failure may still be told after it."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.keyboard.press(key)


def test_two_values_pressed_faster_than_the_server_answers_are_both_kept(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)

    def slowly(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route("**/describe/", slowly)
    open_card(page).get_by_role("button", name="possible").click()
    open_card(page).get_by_role("button", name="denies").click()

    wait_until(page, lambda: desk.fresh("A1").attributes.get("polarity") == "negative")
    assert desk.fresh("A1").attributes["certainty"] == "possible"


def test_changes_from_elsewhere_are_told_and_one_s_own_are_not(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    select(page, TEXT, DAM)
    press(page, "a")
    with page.expect_response("**/news/**") as own:
        page.evaluate(LOOK)
    assert own.value.status == 204
    tag(annotation_set, "Jones", "source")

    with page.expect_response("**/news/**"):
        page.evaluate(LOOK)

    news = page.locator("#news")
    expect(news).to_contain_text("1 newer change")
    news.get_by_role("link").click()
    expect(page.locator("#text mark.s")).to_have_text("Jones")
    expect(page.locator("#news")).to_be_empty()


def test_a_conflict_takes_the_focus_and_is_done_again_by_its_button(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "cracks")
    elsewhere = desk.spans["E1"]
    annotating.retag(
        fresh(elsewhere), by=desk.annotation_set.annotator, tag="cue", version=elsewhere.version
    )
    page.keyboard.press("t")

    page.keyboard.press("s")

    expect(page.locator("#conflict-title")).to_be_focused()
    expect(page.locator("#text mark.c")).to_have_text("cracks")
    page.get_by_role("button", name="Do it all the same").click()
    expect(page.locator("#text mark.s", has_text="cracks")).to_be_visible()
    expect(page.locator("#conflict")).to_be_empty()
    expect(page.locator("body")).not_to_be_focused()
    assert desk.fresh("E1").tag == "source"
    troubles.clear()


def test_the_keys_are_a_person_s_own(page: Page, sit_down: SitDown) -> None:
    annotation_set = sit_down(page)
    Person.objects.filter(pk=annotation_set.annotator_id).update(
        own_keys={"next_sentence": "x", "source": "F2", "help": ""}
    )
    page.reload()
    page.locator("#text").focus()

    page.keyboard.press("j")
    assert chosen(page) == ""
    page.keyboard.press("x")
    assert chosen(page) == "Officials said the dam had failed."
    press(page, "F2")

    expect(page.locator("#text mark.s")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()
    page.get_by_role("button", name="all keys").click()
    expect(page.locator("#help dt", has_text="F2")).to_be_visible()


def test_switched_off_no_letter_acts_and_the_buttons_do_everything(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    Person.objects.filter(pk=annotation_set.annotator_id).update(keys_on=False)
    page.reload()
    page.locator("#text").focus()

    for key in "jkaescnplrtfdzZ?1":
        page.keyboard.press(key)
    assert (chosen(page), in_hand(page)) == ("", [])
    select(page, TEXT, "Jones")
    expect(page.locator("#tagbar kbd")).to_have_count(0)
    page.locator("#tagbar [data-tag=source]").focus()
    with page.expect_response("**/spans/"):
        page.keyboard.press("Enter")

    expect(page.locator("#text mark.s")).to_have_text("Jones")
    assert focused(page) in ("text", f"s{Span.objects.get().pk}")


def test_g_then_s_submits_only_when_they_follow_each_other(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    sit_down(page)
    page.locator("#text").focus()

    page.keyboard.press("g")
    page.keyboard.press("j")
    press(page, "s")
    assert Span.objects.get().tag == "source"
    page.keyboard.press("g")
    with page.expect_response("**/submit/") as answered:
        page.keyboard.press("s")

    # A set without claims is not taken.
    assert answered.value.status == 422
    wait_until(page, lambda: len(troubles) == 2)
    troubles.clear()
