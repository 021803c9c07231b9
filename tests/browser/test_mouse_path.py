"""What a linked claim costs with the mouse: three selections and three keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Link
from tests.browser.bench import drag, press
from tests.browser.conftest import SitDown

pytestmark = pytest.mark.browser

TEXT = "Officials said the dam had failed, citing photographs of the cracks.\n"
DAM, OFFICIALS, PHOTOGRAPHS = "the dam had failed", "Officials", "photographs of the cracks"
LINKED = [("attributed_to", DAM, OFFICIALS), ("supports", PHOTOGRAPHS, DAM)]

# Counts presses of keys, selections with the mouse, and whatever else was clicked.
WATCH = """() => {
  window.counted = { keys: 0, selections: 0, clicks: 0 };
  addEventListener("keydown", (event) => { if (event.isTrusted) window.counted.keys += 1; }, true);
  addEventListener("mouseup", () => {
    window.counted[getSelection().isCollapsed ? "clicks" : "selections"] += 1;
  }, true);
}"""


@pytest.mark.parametrize(
    "order",
    [
        [("a", DAM), ("s", OFFICIALS), ("e", PHOTOGRAPHS)],
        [("s", OFFICIALS), ("a", DAM), ("e", PHOTOGRAPHS)],
        [("e", PHOTOGRAPHS), ("a", DAM), ("s", OFFICIALS)],
    ],
    ids=["claim first", "in the order of the text", "evidence first"],
)
def test_a_claim_with_source_and_evidence_takes_three_selections_and_three_keys(
    page: Page, sit_down: SitDown, order: list[tuple[str, str]]
) -> None:
    annotation_set = sit_down(page, TEXT)
    page.evaluate(WATCH)

    for key, words in order:
        drag(page, 1, words)
        press(page, key)

    counted = page.evaluate("() => window.counted")
    assert counted == {"keys": 3, "selections": 3, "clicks": 0}
    expect(page.locator(".claim.active")).to_contain_text(OFFICIALS)
    expect(page.locator(".claim.active")).to_contain_text(PHOTOGRAPHS)
    assert links_of(annotation_set) == LINKED


def links_of(annotation_set: AnnotationSet) -> list[tuple[str, str, str]]:
    """Type and words at both ends of each link."""
    links = Link.objects.filter(annotation_set=annotation_set).order_by("type")
    return [
        (one.type, one.from_span.text, one.to_span.text if one.to_span else "") for one in links
    ]
