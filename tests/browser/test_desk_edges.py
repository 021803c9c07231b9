"""Edges and parts: moved by keys, by a mouse and by a finger, added with Alt and by a key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Span
from tests.browser.bench import EDGES, Wire, chosen, drag, expect_chosen, press, select, stored
from tests.browser.conftest import NewPage, SitDown
from tests.browser.desk import DAM, furnished, in_hand, take
from tests.people import TEXT

pytestmark = pytest.mark.browser


def test_arrows_move_the_edges_of_the_span_in_hand_and_enter_saves_them(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", DAM)

    page.keyboard.press("ArrowLeft")
    assert chosen(page) == "the dam had"
    page.keyboard.press("o")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert chosen(page) == "am had"
    page.keyboard.press("Shift+ArrowLeft")
    press(page, "Enter")

    assert desk.fresh("A1").text == "dam had"
    assert in_hand(page) == ["dam had"]
    expect(page.locator(".claim.active .claim-say")).to_have_text("dam had")


def test_edges_that_stay_where_they_are_are_not_sent(page: Page, sit_down: SitDown) -> None:
    furnished(page, sit_down)
    take(page, "n", DAM)
    page.locator("[data-act=edges]").click()
    sent = list[str]()
    page.on("request", lambda request: sent.append(request.method))

    page.keyboard.press("Enter")

    expect(page.locator(".asks:visible")).to_have_count(0)
    assert "POST" not in sent


def test_edges_that_were_not_saved_are_there_to_try_again(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    wire = Wire(page, "**/resize/")
    desk = furnished(page, sit_down)
    take(page, "n", DAM)
    page.keyboard.press("ArrowLeft")
    wire.act = wire.break_once

    page.keyboard.press("Enter")

    expect(page.locator("#status")).to_contain_text("Not saved")
    expect_chosen(page, "the dam had")
    press(page, "Enter")
    assert desk.fresh("A1").text == "the dam had"
    troubles.clear()


def test_a_grip_is_drawn_by_the_mouse_by_words_and_with_alt_by_letters(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    desk.click(DAM)
    page.locator("[data-act=edges]").click()
    left, _top, right, _bottom = page.evaluate(EDGES, [1, "the dam"])

    pull(page, page.locator(".grip[data-edge=end]"), right - 4)
    assert chosen(page) == "the dam"
    page.keyboard.down("Alt")
    pull(page, page.locator(".grip[data-edge=start]"), left + 11)
    page.keyboard.up("Alt")
    assert chosen(page).endswith("e dam")
    with page.expect_response("**/resize/"):
        page.get_by_role("button", name="Save").first.click()

    assert desk.fresh("A1").text in ("he dam", "e dam")


def test_a_grip_follows_a_finger(new_page: NewPage, sit_down: SitDown) -> None:
    page = new_page(width=400, height=844, touch=True)
    desk = furnished(page, sit_down)
    page.locator("#text mark", has_text=DAM).tap()
    page.locator("[data-act=edges]").tap()
    expect(page.locator(".grip[data-edge=end]")).to_be_visible()
    box = page.locator(".grip[data-edge=end]").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    start, y = box["x"] + box["width"] / 2, box["y"] + 12
    end = page.evaluate(EDGES, [1, "the dam"])[2] - 4

    session = page.context.new_cdp_session(page)
    # A finger does not leap: what does is taken for a fling, and a tap right after for its end.
    path = [start + (end - start) * step / 10 for step in range(11)]
    for kind, x in [("touchStart", start), *(("touchMove", x) for x in path), ("touchEnd", None)]:
        points = [] if x is None else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect_chosen(page, "the dam")
    page.wait_for_timeout(500)
    with page.expect_response("**/resize/"):
        page.locator("#spanbar [data-act=main]:visible").tap()

    assert desk.fresh("A1").text == "the dam"


def test_f_adds_the_selection_as_a_part_of_the_span_just_made(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    select(page, TEXT, "Officials")
    press(page, "s")
    select(page, TEXT, "engineers")

    press(page, "f")

    assert stored(annotation_set) == [("source", 0, 150, "Officials engineers")]
    assert in_hand(page) == ["Officials", "engineers"]
    select(page, TEXT, "Smith")
    with page.expect_response("**/extend/"):
        page.get_by_role("button", name="Part of S1").click()
    assert in_hand(page) == ["Officials", "Smith", "engineers"]


def test_alt_drag_right_after_a_tag_adds_a_part_and_else_takes_letters(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    drag(page, 1, "Photographs")
    press(page, "e")

    with page.expect_response("**/extend/"):
        alt_drag(page, "cracks")
    expect(page.locator("#text mark.cur")).to_have_text(["Photographs", "cracks"])
    page.get_by_text("Nobody").click(position={"x": 5, "y": 5})
    alt_drag(page, "gineer")

    expect_chosen(page, "gineer")
    assert [row[3] for row in stored(annotation_set)] == ["Photographs cracks"]


def test_the_part_that_was_clicked_gets_new_edges_and_the_others_stay(
    page: Page, sit_down: SitDown
) -> None:
    sit_down(page)
    select(page, TEXT, "Officials")
    press(page, "s")
    select(page, TEXT, "the engineers")
    press(page, "f")
    page.locator("#text mark", has_text="the engineers").click()
    page.keyboard.press("o")

    page.keyboard.press("ArrowRight")
    expect_chosen(page, "engineers")
    press(page, "Enter")

    assert Span.objects.get().text == "Officials engineers"
    assert in_hand(page) == ["Officials", "engineers"]


def test_in_a_text_from_right_to_left_the_arrows_go_where_they_point(
    page: Page, sit_down: SitDown
) -> None:
    sit_down(page, "قال محمد إن السد انهار.\n")
    page.locator("#text").focus()
    page.keyboard.press("j")

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert chosen(page) == "قال محمد إن السد"
    page.keyboard.press("o")
    page.keyboard.press("ArrowLeft")

    assert chosen(page) == "محمد إن السد"


def pull(page: Page, grip: Locator, x: float) -> None:
    """Draw a grip along its line to another place."""
    expect(grip).to_be_visible()
    box = grip.bounding_box()
    assert box
    start, y = box["x"] + box["width"] / 2, box["y"] + 8
    page.mouse.move(start, y)
    page.mouse.down()
    page.mouse.move((start + x) / 2, y, steps=3)
    page.mouse.move(x, y, steps=3)
    page.mouse.up()


def alt_drag(page: Page, words: str) -> None:
    """Select words with the mouse while Alt is held."""
    number = 1 if words in TEXT.split("\n\n")[0] else 2
    left, top, right, bottom = page.evaluate(EDGES, [number, words])
    page.keyboard.down("Alt")
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, top, steps=3)
    page.mouse.move(right, bottom, steps=3)
    page.mouse.up()
    page.keyboard.up("Alt")
