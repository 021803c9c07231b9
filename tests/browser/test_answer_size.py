"""What goes over the wire for one tag: as much in a long article as in a short one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import select, stored
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

MOST_BYTES = 2048  # of an answer to one tag action, compressed
PADDING = 100  # bytes at most that Django adds to a compressed answer against BREACH
FIRST = "Officials said the dam had failed, according to photographs seen by Jones."
FILLER = "And so it went on for ten words more, again."
TAGS = {"a": "the dam had failed", "s": "Officials", "e": "photographs", "c": "according to"}


@pytest.mark.parametrize("words", [300, 20_000])
def test_the_answer_to_a_tag_takes_less_than_two_kilobytes(
    page: Page, sit_down: SitDown, words: int
) -> None:
    text = f"{FIRST}\n\n" + f"{FILLER}\n\n" * (words // 10)
    annotation_set = sit_down(page, text)

    sizes = {}
    for key, passage in TAGS.items():
        select(page, text, passage)
        with page.expect_response("**/spans/") as answer:
            page.keyboard.press(key)
        answer.value.finished()
        expect(page.locator("#saved")).to_have_text("Saved")
        assert answer.value.header_value("content-encoding") == "gzip"
        sizes[key] = answer.value.request.sizes()["responseBodySize"]

    assert len(stored(annotation_set)) == len(TAGS)
    assert {key: size for key, size in sizes.items() if not 0 < size < MOST_BYTES + PADDING} == {}
