"""An editor who does by keys alone what the gold annotation of the seed says."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Span
from tests.browser.keyboard import Keyboard
from tests.seed import gold

GOLD = {span["id"]: span for span in gold()["spans"]}
FIELD = "() => document.activeElement.name ?? ''"
IN_TEXT = "() => Boolean(document.activeElement.closest('#text'))"
VALUE = "() => document.activeElement.value"


class Editor:
    """Somebody who annotates as the gold has it, by keys alone."""

    def __init__(self, page: Page, annotation_set: AnnotationSet) -> None:
        self.page = page
        self.annotation_set = annotation_set
        self.keys = Keyboard(page, annotation_set.article.text)

    def mark(self, *labels: str) -> None:
        """Select and tag passages of the gold, in this order."""
        for label in labels:
            self.keys.tag(label[0].lower(), GOLD[label]["start"], GOLD[label]["end"])

    def detach(self, label: str) -> None:
        """Take the passage just tagged out of the claim that was open."""
        self.mark(label)
        self.keys.save("d")

    def hold(self, label: str) -> None:
        """Take a passage in hand."""
        self.keys.hold(f"s{self.span(label).pk}", start=GOLD[label]["start"])

    def use(self, label: str) -> None:
        """Use a passage for the open claim."""
        self.hold(label)
        self.keys.save("Enter")

    def join(self, key: str, label: str, other: str, words: str = "") -> None:
        """Link two passages."""
        if self.keys.current != f"s{self.span(label).pk}":
            self.hold(label)
        self.keys.link(key, f"s{self.span(other).pk}", words)

    def choose(self, label: str, digit: str) -> None:
        """Set a value of a passage by its digit."""
        if self.keys.current != f"s{self.span(label).pk}":
            self.hold(label)
        self.keys.save(digit)

    def describe(self, label: str) -> None:
        """Give a passage the attributes of the gold that it has not got yet, in its editor."""
        span = self.span(label)
        wanted = GOLD[label]["attributes"]
        missing = {key: value for key, value in wanted.items() if span.value.value(key) != value}
        if self.keys.current != f"s{span.pk}":
            self.hold(label)
        self.keys.press("Enter")
        expect(self.page.locator(".editor")).to_be_visible()
        self.page.wait_for_function("() => document.activeElement.closest('.editor')")
        while missing:
            name = self.page.evaluate(FIELD)
            if name in missing:
                self.fill(missing.pop(name))
            else:
                self.keys.press("Tab")
        if self.page.evaluate("() => document.activeElement.matches('select')"):
            self.keys.press("Tab")
        self.keys.save("Enter")
        if not self.page.evaluate(IN_TEXT):
            self.keys.press("Escape")
        self.page.wait_for_function(IN_TEXT)

    def fill(self, value: str) -> None:
        """Give the field that has the focus its value: by arrows, by the first letters, by writing."""
        if self.page.evaluate("() => document.activeElement.matches('[type=radio]')"):
            while self.page.evaluate(VALUE) != value:
                self.keys.press("ArrowRight")
        elif self.page.evaluate("() => document.activeElement.matches('select')"):
            for letter in value:
                if self.page.evaluate(VALUE) != value:
                    self.keys.press(letter)
            assert self.page.evaluate(VALUE) == value
        else:
            self.keys.write(value)

    def span(self, label: str) -> Span:
        """The passage as it is stored now."""
        one = GOLD[label]
        return self.annotation_set.spans.get(tag=one["tag"], start=one["start"], end=one["end"])
