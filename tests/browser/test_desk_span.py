"""The span in hand: taking one by keys and clicks, using, describing, detaching and removing it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Link, Span
from tests.browser.bench import chosen, drag, open_card, press, select, stored, wait_until
from tests.browser.conftest import NewPage, SitDown
from tests.browser.desk import DAM, TOLD, focused, furnished, in_hand, take
from tests.people import TEXT, tag

pytestmark = pytest.mark.browser

PICKS = "#picks button"


def test_n_and_p_go_through_all_spans_also_those_that_start_together(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    long = tag(annotation_set, "Officials said the dam", "allegation")
    short = tag(annotation_set, "Officials", "source")
    last = tag(annotation_set, "Jones", "source")
    page.reload()
    page.locator("#text").focus()

    seen = []
    for key in "nnnnpp":
        page.keyboard.press(key)
        expect(page.locator("#spanbar")).to_be_visible()
        seen.append((focused(page), "".join(in_hand(page))))

    walk = [(short, "Officials"), (long, "Officials said the dam"), (last, "Jones")]
    names = [(f"s{span.pk}", words) for span, words in walk]
    assert seen == [*names, names[2], names[1], names[0]]
    expect(page.locator("#status")).to_have_text("S1: Officials")


def test_p_takes_the_span_just_made_in_hand_and_the_arrows_go_on_in_the_text_before(
    page: Page, sit_down: SitDown
) -> None:
    sit_down(page)
    select(page, TEXT, DAM)
    press(page, "a")

    expect(page.locator("#text mark.cur")).to_have_text(DAM)
    expect(page.locator("#spanbar")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    assert chosen(page) == "Photographs"
    page.keyboard.press("Escape")
    page.keyboard.press("p")

    expect(page.locator("#spanbar")).to_be_visible()
    assert in_hand(page) == [DAM]


def test_clicks_cycle_outward_and_a_menu_offers_all_that_lies_there(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    for words, kind in ((DAM, "allegation"), ("the dam", "source"), ("dam", "evidence")):
        tag(annotation_set, words, kind)
    page.reload()
    mark = page.locator("#text").get_by_text("dam", exact=True)

    seen = []
    for _ in range(4):
        mark.click()
        page.wait_for_timeout(50)
        seen.append("".join(in_hand(page)))

    assert seen == ["dam", "the dam", DAM, "dam"]
    expect(page.locator(PICKS)).to_have_text(["A1", "S1", "E1"])
    page.locator(PICKS).nth(1).click()
    assert "".join(in_hand(page)) == "the dam"
    expect(page.locator(f"{PICKS}[aria-pressed=true]")).to_have_text("S1")


def test_one_click_on_a_source_fills_the_empty_slot_of_the_open_claim(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    desk.open("A2")

    with page.expect_response("**/attach/"):
        desk.click("Smith")

    expect(open_card(page).locator(".chain b")).to_have_text(["Smith"])
    assert in_hand(page) == ["Smith"]
    desk.click("Jones")
    expect(page.locator("#spanbar [data-act=main]:visible")).to_contain_text("Use for A2")
    expect(open_card(page).locator(".chain b")).to_have_count(1)


def test_enter_uses_a_span_then_describes_it_and_escape_leads_back(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "cracks")

    press(page, "Enter")
    expect(open_card(page).locator(".ground")).to_contain_text("cracks")
    page.keyboard.press("Enter")
    expect(page.locator(".editor")).to_be_visible()
    page.wait_for_function("() => document.activeElement.closest('.editor') !== null")
    page.keyboard.press("Escape")

    assert focused(page) == f"s{desk.spans['E1'].pk}"
    assert in_hand(page) == ["cracks"]


def test_enter_opens_the_claim_that_is_shut(page: Page, sit_down: SitDown) -> None:
    furnished(page, sit_down)
    take(page, "n", TOLD)

    page.keyboard.press("Enter")

    expect(page.locator(".claim.active .tag-chip")).to_contain_text("A2")
    assert in_hand(page) == [TOLD]


def test_d_detaches_the_span_in_hand_from_the_open_claim(page: Page, sit_down: SitDown) -> None:
    desk = furnished(page, sit_down)
    desk.click("Officials")

    press(page, "d")

    expect(open_card(page).locator("[data-slot=source]")).to_be_visible()
    assert not Link.objects.filter(to_span=desk.spans["S1"]).exists()
    assert focused(page) == f"s{desk.spans['S1'].pk}"


def test_d_right_after_an_allegation_detaches_what_it_took(page: Page, sit_down: SitDown) -> None:
    sit_down(page)
    select(page, TEXT, "Officials")
    press(page, "s")
    select(page, TEXT, DAM)
    press(page, "a")
    assert Link.objects.count() == 1

    press(page, "d")

    assert Link.objects.count() == 0


def test_a_removed_span_leaves_the_focus_in_the_text_where_it_was(
    page: Page, sit_down: SitDown
) -> None:
    desk = furnished(page, sit_down)
    take(page, "n", "cracks")

    press(page, "Delete")

    assert focused(page) == "text"
    assert not Span.objects.filter(pk=desk.spans["E1"].pk).exists()
    page.keyboard.press("n")
    expect(page.locator("#text mark.cur")).to_have_text("Jones")
    press(page, "z")
    expect(page.locator("#text mark.e")).to_have_text("cracks")
    assert focused(page) == f"s{desk.spans['S2'].pk}"


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("Jones", "S2", {"kind": "group"}),
        ("cracks", "E1", {"type": "document"}),
        (TOLD, "A2", {"certainty": "possible"}),
        ("", "A1", {"certainty": "possible"}),
    ],
    ids=["source", "evidence", "allegation", "none in hand: the open claim"],
)
def test_a_digit_sets_a_value_and_says_which(
    page: Page, sit_down: SitDown, words: str, name: str, expected: dict[str, str]
) -> None:
    desk = furnished(page, sit_down)
    page.locator("#text").focus()
    if words:
        take(page, "n", words)

    press(page, "3")

    assert desk.fresh(name).attributes.items() >= expected.items()
    (value,) = expected.values()
    expect(page.locator("#status")).to_have_text(f"{name}: {value}")


def test_a_key_for_a_span_waits_for_the_one_that_is_on_its_way(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)
    page.locator("#text").focus()

    for key in ("j", "s", "2"):
        page.keyboard.press(key)

    wait_until(page, lambda: Span.objects.filter(attributes__kind="organization").exists())
    assert [row[0] for row in stored(annotation_set)] == ["source"]


def test_without_a_span_in_hand_the_keys_say_so(page: Page, sit_down: SitDown) -> None:
    sit_down(page)
    page.locator("#text").focus()

    for key in "lrtd":
        page.keyboard.press("Escape")
        page.keyboard.press(key)
        expect(page.locator("#status")).to_have_text("Go to a passage first, or click one.")


def test_a_finger_takes_a_span_and_its_bar_is_docked_with_targets_to_hit(
    new_page: NewPage, sit_down: SitDown
) -> None:
    page = new_page(width=400, height=844, touch=True)
    desk = furnished(page, sit_down)

    page.locator("#text mark", has_text="Officials").tap()

    bar = page.locator("#spanbar")
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert box
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 400, 844)
    for button in bar.locator("button:visible").all():
        size = button.bounding_box()
        assert size
        assert size["height"] >= 44
    with page.expect_response("**/detach/"):
        page.get_by_role("button", name="Detach", exact=True).tap()
    assert not Link.objects.filter(to_span=desk.spans["S1"]).exists()


def test_a_plain_click_puts_the_span_down(page: Page, sit_down: SitDown) -> None:
    desk = furnished(page, sit_down)
    desk.click("Jones")
    expect(page.locator("#spanbar")).to_be_visible()

    page.get_by_text("Nobody").click(position={"x": 5, "y": 5})

    expect(page.locator("#spanbar")).to_be_hidden()
    assert in_hand(page) == []
    drag(page, 1, "Photographs")
    expect(page.locator("[data-act=part]")).to_be_hidden()
