"""An editor's whole work without a mouse: the first five claims of the seed's gold, a chain, and submit.

Every press is counted; `pytest -s` shows the figures claim by claim.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Link, Person, Span
from annotations.scheme import attributes_of
from annotations.states import SetState
from tests.browser.bench import placed
from tests.browser.conftest import NewPage
from tests.browser.editor import GOLD, Editor
from tests.browser.keyboard import WATCH
from tests.seed import gold

pytestmark = pytest.mark.browser

Place = tuple[str, int, int]
FIRST_FIVE = [
    *("S1", "C1", "A1", "C2", "E1", "S2", "C3"),
    *("S3", "C4", "E2", "A2"),
    *("S4", "C5", "E3", "C6", "A3"),
    *("C7", "A4"),
    *("C8", "S5", "A5"),
]
MOST_KEYS = 640  # for six claims, 26 passages and 15 links, with what selects them; measured: 622
CHAIN = ["C11", "S8", "A9", "C12", "S9"]


def claim_1(editor: Editor) -> None:
    """Said by one source; evidence that another one claims to have."""
    editor.mark("S1", "C1", "A1", "C2", "E1")
    editor.detach("S2")
    editor.join("l", "S2", "E1")
    editor.mark("C3")
    editor.use("C2")
    for label in ("A1", "S1", "S2"):
        editor.describe(label)


def claim_2(editor: Editor) -> None:
    """Source and evidence are tagged before the claim, which takes them; the source vouches for both."""
    editor.detach("S3")
    editor.mark("C4")
    editor.detach("E2")
    editor.mark("A2")
    editor.join("l", "E2", "S3")
    editor.use("C4")
    editor.choose("E2", "2")
    for label in ("A2", "S3"):
        editor.describe(label)


def claim_3(editor: Editor) -> None:
    """The same with two cues; what it says supports the claim before, its evidence is that of before."""
    for label in ("S4", "C5", "E3", "C6"):
        editor.detach(label)
    editor.mark("A3")
    editor.choose("A3", "2")
    editor.join("l", "A3", "A2", "A3 supports A2")
    editor.join("l", "E3", "S4")
    editor.use("C5")
    editor.join("l", "E3", "E2")
    for label in ("A3", "S4", "E3"):
        editor.describe(label)


def claim_4(editor: Editor) -> None:
    """A second claim of the same source, with a cue of its own."""
    editor.mark("C7", "A4")
    editor.use("S4")
    editor.use("C7")
    editor.choose("A4", "4")
    editor.describe("A4")


def claim_5(editor: Editor) -> None:
    """The common case: cue, source, claim."""
    editor.mark("C8")
    editor.detach("S5")
    editor.mark("A5")
    for label in ("A5", "S5"):
        editor.describe(label)


def chain(editor: Editor) -> None:
    """A claim told by an anonymous source, which another one passes on."""
    editor.mark("C11")
    editor.detach("S8")
    editor.mark("A9", "C12", "S9")
    editor.use("C12")
    editor.join("r", "S8", "S9")
    editor.choose("A9", "4")
    for label in ("A9", "S8", "S9"):
        editor.describe(label)


def submit(editor: Editor) -> None:
    """Submit, read the warnings, submit all the same."""
    editor.keys.press("g", "s")
    expect(editor.page.locator("#missing-title")).to_be_focused()
    while not editor.page.evaluate(ON_BUTTON, "Submit all the same"):
        editor.keys.press("Tab")
    editor.keys.press("Enter")
    expect(editor.page.locator(".messages")).to_contain_text("is with the reviewers now")


ON_BUTTON = "(words) => document.activeElement.textContent.trim() === words"


def test_the_first_claims_of_the_gold_are_annotated_and_submitted_by_keys_alone(
    demo: str, new_page: NewPage, sign_in: Callable[[Page, Person], None], troubles: list[str]
) -> None:
    page = new_page(width=1440, height=900)
    page.add_init_script(WATCH)
    annotation_set = AnnotationSet.objects.get(annotator__username="ben")
    sign_in(page, annotation_set.annotator)
    page.goto(demo + placed("/annotation-sets/{ben}/"))
    expect(page.locator("#text")).to_be_focused()
    editor = Editor(page, annotation_set)

    counts = {}
    for part in (claim_1, claim_2, claim_3, claim_4, claim_5, chain, submit):
        before = len(editor.keys.pressed), editor.keys.letters
        part(editor)
        letters = editor.keys.letters - before[1]
        counts[part.__name__] = (len(editor.keys.pressed) - before[0] - letters, letters)

    labels = {*FIRST_FIVE, *CHAIN}
    assert spans_of(annotation_set) == gold_spans(labels)
    assert links_of(annotation_set) == gold_links(labels)
    annotation_set.refresh_from_db()
    assert annotation_set.state == SetState.SUBMITTED
    assert page.evaluate("() => sessionStorage.pointer") is None
    assert page.evaluate("() => Number(sessionStorage.keys)") == len(editor.keys.pressed)
    for name, (commands, letters) in counts.items():
        print(f"{name}: {commands} keys, {letters} letters typed")  # noqa: T201 -- the figures
    assert sum(commands for commands, _letters in counts.values()) <= MOST_KEYS
    # The warnings are an answer of 422, which browser and htmx report.
    assert all("422" in trouble for trouble in troubles)
    troubles.clear()


def spans_of(annotation_set: AnnotationSet) -> dict[Place, dict[str, str]]:
    """Every passage with the values of all its attributes, also those nobody has set."""
    return {
        place_of(span): {one.key: span.value.value(one.key) for one in attributes_of(span.tag)}
        for span in annotation_set.spans.all()
    }


def gold_spans(labels: set[str]) -> dict[Place, dict[str, str]]:
    """The same of some passages of the gold."""
    return {
        gold_place(label): {
            one.key: GOLD[label]["attributes"].get(one.key, one.default)
            for one in attributes_of(GOLD[label]["tag"])
        }
        for label in labels
    }


def links_of(annotation_set: AnnotationSet) -> list[tuple[Any, ...]]:
    """Every link: type, both ends, cue, whether it is negated."""
    links = Link.objects.filter(annotation_set=annotation_set)
    return sorted(
        (one.type, *(place_of(end) if end else () for end in ends(one)), one.negated)
        for one in links.select_related("from_span", "to_span", "cue")
    )


def gold_links(labels: set[str]) -> list[tuple[Any, ...]]:
    """The same of the gold between some of its passages."""
    return sorted(
        (
            one["type"],
            *(gold_place(one[end]) if one.get(end) else () for end in ("from", "to", "cue")),
            one["attributes"].get("negated", False),
        )
        for one in gold()["links"]
        if {one["from"], one["to"]} <= labels
    )


def ends(link: Link) -> tuple[Span | None, ...]:
    """From, to and cue of a link."""
    return link.from_span, link.to_span, link.cue


def place_of(span: Span) -> Place:
    return span.tag, span.start, span.end


def gold_place(label: str) -> Place:
    return GOLD[label]["tag"], GOLD[label]["start"], GOLD[label]["end"]
