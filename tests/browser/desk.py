"""A desk with work on it, and what lies in the annotator's hand.

Along the text: S1 “Officials” of A1 “the dam had failed”, loose E1 “cracks” and S2 “Jones”, then A2
“We told them in May” without a source, and S3 “Smith”, loose as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Span
from tests.browser.conftest import SitDown
from tests.people import tag

DAM, TOLD = "the dam had failed", "We told them in May"


@dataclass(frozen=True)
class Desk:
    """An open annotation set on a page, and its spans by name."""

    page: Page
    annotation_set: AnnotationSet
    spans: dict[str, Span]

    def open(self, claim: str) -> None:
        """Open the workspace anew with a claim open and nothing in hand."""
        self.page.goto(f"{self.page.url.partition('?')[0]}?claim={self.spans[claim].pk}")
        expect(self.page.locator(".claim.active .tag-chip")).to_contain_text(claim)

    def click(self, words: str) -> None:
        """Click the first mark with these words."""
        self.page.locator("#text mark", has_text=words).first.click()

    def fresh(self, name: str) -> Span:
        """A span as it is now."""
        return Span.objects.get(pk=self.spans[name].pk)


def furnished(page: Page, sit_down: SitDown) -> Desk:
    """Sit down at a desk with work on it."""
    annotation_set = sit_down(page)
    claim = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=claim)
    tag(annotation_set, TOLD, "allegation")
    for words, kind in (("cracks", "evidence"), ("Jones", "source"), ("Smith", "source")):
        tag(annotation_set, words, kind)
    spans = {span.label: span for span in Span.objects.filter(annotation_set=annotation_set)}
    desk = Desk(page, annotation_set, spans)
    desk.open("A1")
    return desk


def in_hand(page: Page) -> list[str]:
    """The words of the marks of the span in hand, in the order of the text."""
    return page.locator("#text mark.cur").all_text_contents()


def focused(page: Page) -> str:
    """The id of what has the focus, else its name."""
    return str(page.evaluate("() => document.activeElement.id || document.activeElement.localName"))


def take(page: Page, key: str, words: str) -> None:
    """Press n or p until these words are in hand, at most ten times."""
    for _ in range(10):
        page.keyboard.press(key)
        page.wait_for_function(
            "() => document.activeElement.matches('#text [data-n]') && !document.querySelector('#spanbar').hidden"
        )
        if "".join(in_hand(page)) == words:
            return
    raise AssertionError(f"{key} leads to {in_hand(page)}")
