"""Large type, narrow windows and text from right to left: nothing is cut off, nothing is stored wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Person
from tests.browser.bench import PAGES, expect_chosen, placed, press, stored
from tests.browser.conftest import NewPage, SitDown

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, Person], None]

FIRST = "قال المسؤولون إن السد انهار 🙂، وفق ما ذكره جونز."
SECOND = "“The dam has failed”, said Jones."
ARABIC = f"{FIRST}\n\n{SECOND}\n"

# Where the first letter of some words begins and the last one ends, in pixels, from right to left.
RTL_EDGES = """(words) => {
  const letters = document.querySelector("#text [data-o]").firstChild;
  const at = letters.data.indexOf(words);
  const box = (index) => {
    const range = document.createRange();
    range.setStart(letters, index);
    range.setEnd(letters, index + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [box(at), box(at + words.length - 1)];
  const middle = (one) => (one.top + one.bottom) / 2;
  return [first.right - 1, middle(first), last.left + 1, middle(last)];
}"""

# How many pixels of a column of the window belong to the words.
ROOM = """(x) => [...Array(innerHeight).keys()]
  .filter((y) => document.elementFromPoint(x, y)?.closest(".bench-text")).length"""

# What sticks out of the window to the side, apart from what scrolls by itself or is hidden.
TOO_WIDE = """() => {
  const scrolls = (one) => one && (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  return [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width > 0 && (right > innerWidth + 1 || left < -1) && !one.matches(".skip, .sr") && !scrolls(one.parentElement);
  }).map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(640, 400, 2), (320, 256, 1)],
    ids=["1280 pixels at 200 %", "320 pixels"],
)
def test_no_page_scrolls_sideways(
    demo: str, new_page: NewPage, sign_in: SignIn, width: int, height: int, scale: float
) -> None:
    page = new_page(width=width, height=height, scale=scale)

    for username, path in (("", "/sign-in/"), *PAGES):
        if username:
            sign_in(page, Person.objects.get(username=username))
        page.goto(demo + placed(path))

        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(TOO_WIDE) == [], path


@pytest.mark.parametrize(
    ("width", "height", "scroll"),
    [(640, 400, 0), (320, 640, 0), (320, 256, 160)],
    ids=["1280 pixels at 200 %", "320 pixels", "1280 pixels at 400 %, scrolled"],
)
def test_the_sheet_of_claims_leaves_room_for_the_words(
    demo: str, new_page: NewPage, sign_in: SignIn, width: int, height: int, scroll: int
) -> None:
    page = new_page(width=width, height=height)
    sign_in(page, Person.objects.get(username="ben"))
    page.goto(demo + placed("/annotation-sets/{ben}/"))
    page.locator("#text").focus()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".claim.active")).to_have_count(1)

    page.evaluate("(y) => scrollTo(0, y)", scroll)

    assert page.evaluate(ROOM, width // 2) >= 64


def test_at_200_percent_words_are_tagged_as_ever(new_page: NewPage, sit_down: SitDown) -> None:
    page = new_page(width=640, height=400, scale=2)
    annotation_set = sit_down(page)

    page.locator("#text").focus()
    page.keyboard.press("j")
    button = page.locator("#tagbar [data-tag=allegation]")
    expect(button).to_be_visible()
    box = button.bounding_box()
    press(page, "a")

    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 640
    assert [row[3] for row in stored(annotation_set)] == ["Officials said the dam had failed."]


@pytest.mark.parametrize(
    ("words", "selected"),
    [
        ("السد انهار", "السد انهار"),
        ("انهار 🙂", "انهار 🙂"),
        ("لمسؤولون إن ال", "المسؤولون إن السد"),
    ],
    ids=["two words", "with an emoji", "cut words"],
)
def test_a_drag_over_arabic_is_stored_at_its_place(
    page: Page, sit_down: SitDown, words: str, selected: str
) -> None:
    annotation_set = sit_down(page, ARABIC)
    left, top, right, bottom = page.evaluate(RTL_EDGES, words)

    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=8)
    page.mouse.up()
    expect(page.locator("#tagbar")).to_be_visible()
    press(page, "a")

    start = ARABIC.index(selected)
    assert left > right
    assert stored(annotation_set) == [("allegation", start, start + len(selected), selected)]
    expect(page.locator("#text mark.a")).to_have_text(selected)


def test_each_paragraph_runs_in_the_direction_of_its_words(page: Page, sit_down: SitDown) -> None:
    sit_down(page, ARABIC)

    directions = page.locator("#text p").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).direction)"
    )

    assert directions == ["rtl", "ltr"]


def test_arrows_over_arabic_move_the_edge_where_they_point(page: Page, sit_down: SitDown) -> None:
    annotation_set = sit_down(page, ARABIC)
    page.locator("#text").focus()
    page.keyboard.press("j")
    expect_chosen(page, FIRST)

    page.keyboard.press("ArrowRight")
    expect_chosen(page, FIRST[:-1])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_chosen(page, FIRST.removesuffix(" ذكره جونز."))
    page.keyboard.press("ArrowLeft")
    expect_chosen(page, FIRST.removesuffix(" جونز."))
    press(page, "a")

    words = FIRST.removesuffix(" جونز.")
    assert stored(annotation_set) == [("allegation", 0, len(words), words)]
