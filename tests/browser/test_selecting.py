"""What a person selects at the bench is what is stored; and where each case of the list is tested.

The 30 cases that selections in a browser are known to go wrong with:

| case | test |
|---|---|
| 1–4 double click: in a mark, “don’t”, inside “ ”, Arabic | `test_textmap`: a double click takes the word |
| 5 triple click | `test_textmap`: a triple click takes one paragraph; Firefox: here |
| 6 with trailing blanks, 7 on the last paragraph | `test_textmap`: a triple click takes one paragraph |
| 8 drag over marks and a note, 10 backwards, 11 from a heading, 12 past the end | `test_textmap`: a drag takes |
| 9 exact | `test_textmap`: an exact drag keeps the letters |
| 13 outside, 14 only the gap | `test_textmap`: a selection outside, the gap |
| 15 emoji family, surrogate pair, 16 combining mark | `test_textmap`: never cut, with its combining mark |
| 17 everything | `test_textmap`: everything is the article |
| 18 fuzz of points, 19 of round trips | `test_textmap_fuzz` |
| 20 skipped element, 21 chip before a segment | `test_textmap`: a skipped element, begins on a chip |
| 22 CR and NUL in imported text | here; NUL is refused: `tests/text/test_intake.py` |
| 23 quote mismatch, 24 stale text | here |
| 25 touch, 26 two ranges as by Firefox, 27 trailing blank as on Windows | here |
| 28 translation by the browser | here |
| 29 a span from edge to edge of a paragraph | here |
| 30 a selection survives that its paragraph is drawn anew | here |
"""
# ruff: noqa: RUF001, RUF002 -- curly quotation marks and dashes are among what is tested

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Article
from tests.browser import pieces
from tests.browser.bench import (
    Wire,
    chosen,
    drag,
    expect_chosen,
    pending,
    press,
    select,
    stored,
    wait_until,
)
from tests.browser.conftest import NewPage, SitDown
from tests.people import TEXT

pytestmark = pytest.mark.browser

# As Firefox answers after a second selection with Ctrl, which Chromium cannot make.
TWO_RANGES = """([first, second]) => {
  const rangeOf = ([start, end]) => {
    const words = document.querySelector("#text [data-o]").firstChild;
    const range = document.createRange();
    range.setStart(words, start);
    range.setEnd(words, end);
    return range;
  };
  const ranges = [rangeOf(first), rangeOf(second)];
  const real = document.getSelection();
  real.addRange(ranges[1]);
  document.getSelection = window.getSelection = () => new Proxy(real, {
    get: (target, name) => {
      if (name === "rangeCount") return 2;
      if (name === "getRangeAt") return (index) => ranges[index];
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}"""


def test_a_triple_click_as_firefox_makes_it_takes_one_paragraph(mapper: Page) -> None:
    text = pieces.show(mapper, [["One is ", pieces.Mark("enough"), ". "], ["Two"]])

    pieces.select(mapper, [1, 0], 0, [1, 0], 3)

    assert pieces.chosen(mapper) == pieces.span_of(text, "One is enough.")


def test_half_of_an_emoji_is_never_selected(mapper: Page) -> None:
    text = pieces.show(mapper, [["a🙂b"]])

    pieces.select(mapper, [1, 0, 0], 2, [1, 0, 0], 3)

    assert pieces.chosen(mapper, exact=True) == pieces.span_of(text, "🙂")


def test_words_after_line_ends_of_any_kind_are_stored_at_their_place(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page, "One\r\nof Smith’s\rwords.\r\n\r\nThen\rLee 🙂 spoke.\r\n")
    text = annotation_set.article.text

    drag(page, 2, "Lee")
    press(page, "s")
    drag(page, 1, "Smith")
    press(page, "s")

    assert text == "One\nof Smith’s\nwords.\n\nThen\nLee 🙂 spoke.\n"
    assert stored(annotation_set) == [("source", 28, 31, "Lee"), ("source", 7, 14, "Smith’s")]


def test_offsets_that_quote_other_words_are_refused_and_nothing_is_stored(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    wire = Wire(page, "**/spans/")
    annotation_set = sit_down(page)

    def misquoted(route: Route) -> None:
        values = parse_qs(route.request.post_data, keep_blank_values=True)
        assert values["quote"] == ["Smith"]
        route.continue_(post_data=urlencode({**values, "quote": ["Smyth"]}, doseq=True))

    wire.act = misquoted
    drag(page, 2, "Smith")

    page.keyboard.press("s")

    expect(page.locator("#status")).to_contain_text("quote other words than were selected")
    assert (stored(annotation_set), pending(page), chosen(page)) == ([], 0, "Smith")
    assert_reported(troubles, 422)


def test_a_page_of_another_text_is_refused_and_nothing_is_stored(
    page: Page, sit_down: SitDown, troubles: list[str]
) -> None:
    annotation_set = sit_down(page)
    Article.objects.update(text_sha256="0" * 64)
    drag(page, 2, "Smith")

    page.keyboard.press("s")

    expect(page.locator("#status")).to_contain_text("Reload the page.")
    assert (stored(annotation_set), pending(page), chosen(page)) == ([], 0, "Smith")
    assert_reported(troubles, 409)


def test_of_two_selected_stretches_the_last_is_tagged(page: Page, sit_down: SitDown) -> None:
    annotation_set = sit_down(page)

    page.evaluate(TWO_RANGES, [[0, 9], [52, 58]])
    expect(page.locator("#tagbar [data-tag]").first).to_be_visible()
    press(page, "e")

    assert TEXT[52:58] == "cracks"
    assert stored(annotation_set) == [("evidence", 52, 58, "cracks")]


def test_the_blank_that_windows_selects_with_a_word_is_not_stored(
    page: Page, sit_down: SitDown
) -> None:
    annotation_set = sit_down(page)

    select(page, TEXT, "Photographs ")
    press(page, "e")

    start = TEXT.index("Photographs")
    assert stored(annotation_set) == [("evidence", start, start + 11, "Photographs")]


def test_no_browser_translates_the_article(page: Page, sit_down: SitDown) -> None:
    sit_down(page)

    assert page.locator("#text").get_attribute("translate") == "no"


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("One.\n\nTwo 🙂.\n\nThree.", "Two 🙂.", [[], ["Two 🙂."], []]),
        ("One.\n\nTwo 🙂.\n\nThree.", "One.\n\nTwo 🙂.", [["One."], ["Two 🙂."], []]),
        (
            "One.\n\nTwo 🙂.\n\nThree.",
            "One.\n\nTwo 🙂.\n\nThree.",
            [["One."], ["Two 🙂."], ["Three."]],
        ),
    ],
    ids=["one paragraph", "two", "all"],
)
def test_a_span_from_edge_to_edge_of_its_paragraphs_is_drawn_without_an_empty_mark(
    page: Page, sit_down: SitDown, text: str, words: str, shown: list[list[str]]
) -> None:
    annotation_set = sit_down(page, text)

    select(page, text, words)
    press(page, "a")

    start = text.index(words)
    assert stored(annotation_set) == [("allegation", start, start + len(words), words)]
    for _ in range(2):
        marks = [
            block.locator("mark").all_text_contents() for block in page.locator("#text p").all()
        ]
        assert marks == shown
        page.reload()


def test_a_selection_survives_that_its_paragraph_is_drawn_anew(
    page: Page, sit_down: SitDown
) -> None:
    wire = Wire(page, "**/spans/")
    annotation_set = sit_down(page)
    wire.act = wire.hold
    select(page, TEXT, "Smith")
    page.keyboard.press("s")
    wait_until(page, lambda: bool(wire.held))

    select(page, TEXT, "Nobody 🙂 listened")
    wire.held[0].continue_()
    expect(page.locator("#text mark.s")).to_have_text("Smith")

    expect_chosen(page, "Nobody 🙂 listened")
    press(page, "a")
    assert [row[3] for row in stored(annotation_set)] == ["Smith", "Nobody 🙂 listened"]


def test_a_tap_on_the_bar_tags_what_the_handles_selected(
    new_page: NewPage, sit_down: SitDown
) -> None:
    page = new_page(width=400, height=800, touch=True)
    annotation_set = sit_down(page)

    select(page, TEXT, "Photographs")
    bar = page.locator("#tagbar ul").bounding_box()
    buttons = [button.bounding_box() for button in page.locator("#tagbar [data-tag]").all()]
    page.locator("#tagbar [data-tag=evidence]").tap()

    expect(page.locator("#text mark.e")).to_have_text("Photographs")
    assert bar
    assert bar["y"] + bar["height"] == 800
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in buttons)
    start = TEXT.index("Photographs")
    assert stored(annotation_set) == [("evidence", start, start + 11, "Photographs")]


def assert_reported(troubles: list[str], status: int) -> None:
    """The browser and htmx report each answer of 400 and above; nothing else was amiss."""
    assert troubles
    assert all(str(status) in trouble for trouble in troubles)
    troubles.clear()
