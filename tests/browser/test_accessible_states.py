"""axe-core finds nothing in any state of the workspace, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Person, Span
from annotations.workflow import annotating
from tests.browser.bench import expect_chosen
from tests.browser.conftest import SCHEMES, NewPage
from tests.people import make_cast, make_gold_set, tag

pytestmark = pytest.mark.browser

State = Callable[[Page, AnnotationSet], None]
OVERLAPPING = "Washington"  # a source inside evidence


def idle(page: Page, annotation_set: AnnotationSet) -> None:
    """As it comes, with loose passages beside the claims."""
    expect(page.locator("#loose")).to_contain_text("Donald Trump")


def words_selected(page: Page, annotation_set: AnnotationSet) -> None:
    keys(page, "j")
    expect(page.locator("#tagbar [data-tag]").first).to_be_visible()


def claim_open(page: Page, annotation_set: AnnotationSet) -> None:
    page.goto(f"{page.url}?claim={labelled(annotation_set, 'A2').pk}")
    expect(page.locator(".claim.active")).to_have_count(1)


def note_editor(page: Page, annotation_set: AnnotationSet) -> None:
    claim = labelled(annotation_set, "A2").pk
    page.goto(f"{page.url}?claim={claim}&edit={claim}")
    page.locator(".editor textarea[name=note]").fill("Ask the agency.\nTwice.")


def source_editor(page: Page, annotation_set: AnnotationSet) -> None:
    claim, source = labelled(annotation_set, "A2").pk, labelled(annotation_set, "S3").pk
    page.goto(f"{page.url}?claim={claim}&edit={source}")
    expect(page.locator(".editor [name=entity]")).to_be_visible()


def evidence_editor(page: Page, annotation_set: AnnotationSet) -> None:
    claim, evidence = labelled(annotation_set, "A2").pk, labelled(annotation_set, "E2").pk
    page.goto(f"{page.url}?claim={claim}&edit={evidence}")
    expect(page.locator(".editor")).to_be_visible()


def span_bar(page: Page, annotation_set: AnnotationSet) -> None:
    hold(page, annotation_set, "S1")


def overlapping_picks(page: Page, annotation_set: AnnotationSet) -> None:
    page.locator("#text mark", has_text=OVERLAPPING).first.click()
    expect(page.locator("#spanbar")).to_contain_text("E1")


def link_mode(page: Page, annotation_set: AnnotationSet) -> None:
    hold(page, annotation_set, "A2")
    keys(page, "l", "n")
    expect(page.locator("#status")).not_to_be_empty()


def relay_mode(page: Page, annotation_set: AnnotationSet) -> None:
    hold(page, annotation_set, "S8")
    keys(page, "r")
    expect(page.locator("#status")).not_to_be_empty()


def retag_mode(page: Page, annotation_set: AnnotationSet) -> None:
    hold(page, annotation_set, "S8")
    keys(page, "t")
    expect(page.locator("#tagbar [data-tag]").first).to_be_visible()


def edges_moved(page: Page, annotation_set: AnnotationSet) -> None:
    hold(page, annotation_set, "S1")
    keys(page, "ArrowRight")
    expect_chosen(page, "The United States has")


def help_sheet(page: Page, annotation_set: AnnotationSet) -> None:
    keys(page, "?")
    expect(page.locator("#help")).to_be_visible()


def typed_passage_found_twice(page: Page, annotation_set: AnnotationSet) -> None:
    page.get_by_text("Add a passage by typing it").click()
    page.get_by_label("Passage, word for word").fill("Jones")
    page.get_by_role("button", name="Find and tag").click()
    expect(page.locator("input[type=radio][name=start]")).to_have_count(5)


def errors_block_submit(page: Page, annotation_set: AnnotationSet) -> None:
    keys(page, "g", "s")
    expect(page.locator("#missing-title")).to_be_focused()
    expect(page.locator("#missing")).to_contain_text("supports no claim")


def warnings_before_submit(page: Page, annotation_set: AnnotationSet) -> None:
    remove_loose(annotation_set)
    keys(page, "g", "s")
    expect(page.get_by_role("button", name="Submit all the same")).to_be_visible()


def conflict(page: Page, annotation_set: AnnotationSet) -> None:
    hold(page, annotation_set, "S1")
    change_elsewhere(labelled(annotation_set, "S1"))
    keys(page, "Delete")
    expect(page.locator("#conflict-title")).to_be_focused()


def news(page: Page, annotation_set: AnnotationSet) -> None:
    change_elsewhere(labelled(annotation_set, "S1"))
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#news")).to_contain_text("newer change")


def zone_open(page: Page, annotation_set: AnnotationSet) -> None:
    page.locator("#text .tail summary").click()
    expect(page.locator("#text .tail pre")).to_be_visible()


def zone_lifted(page: Page, annotation_set: AnnotationSet) -> None:
    page.get_by_role("button", name="this is text").click()
    expect(page.get_by_role("button", name="boilerplate after all")).to_be_visible()


def not_saved(page: Page, annotation_set: AnnotationSet) -> None:
    page.context.set_offline(True)
    keys(page, "j", "a")
    expect(page.locator("#status.bad")).to_contain_text("Not saved")
    page.context.set_offline(False)


def own_keys(page: Page, annotation_set: AnnotationSet) -> None:
    page.goto("/account/keys/")
    expect(page.get_by_role("heading", name="Keys", level=1)).to_be_visible()


def own_keys_that_clash(page: Page, annotation_set: AnnotationSet) -> None:
    page.goto("/account/keys/")
    page.locator("#evidence").fill("a")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#evidence")).to_have_attribute("aria-invalid", "true")


STATES: tuple[State, ...] = (
    *(idle, words_selected, claim_open, note_editor, source_editor, evidence_editor),
    *(span_bar, overlapping_picks, link_mode, relay_mode, retag_mode, edges_moved),
    *(help_sheet, typed_passage_found_twice, errors_block_submit, warnings_before_submit),
    *(conflict, news, zone_open, zone_lifted, not_saved, own_keys, own_keys_that_clash),
)


@pytest.mark.parametrize("width", [1440, 400])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_state_of_the_workspace_is_accessible(
    site: str,
    new_page: NewPage,
    sign_in: Callable[[Page, Person], None],
    axe: Callable[[Page], None],
    troubles: list[str],
    state: State,
    width: int,
) -> None:
    annotation_set = make_gold_set(make_cast())
    for words, key in (("Donald Trump", "source"), ("mass graves", "evidence")):
        tag(annotation_set, words, key)
    page = new_page(width=width, height=900, base_url=site)
    sign_in(page, annotation_set.annotator)
    page.goto(f"/annotation-sets/{annotation_set.pk}/")

    state(page, annotation_set)

    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The browser itself reports refusals and broken connections.
    reported = ("Status Error Code", "with a status of", "net::ERR_", "htmx:")
    assert all(any(words in trouble for words in reported) for trouble in troubles), troubles
    troubles.clear()


def keys(page: Page, *pressed: str) -> None:
    """Press keys while the article has the focus."""
    page.locator("#text").focus()
    for key in pressed:
        page.keyboard.press(key)


def hold(page: Page, annotation_set: AnnotationSet, label: str) -> None:
    """Go to a span by the keys."""
    order = annotation_set.spans.order_by("start", "-end", "pk")
    at = [span.label for span in order].index(label)
    keys(page, *["n"] * (at + 1))
    expect(page.locator("#spanbar")).to_be_visible()


def labelled(annotation_set: AnnotationSet, label: str) -> Span:
    """The span of this name, as it is now."""
    return next(one for one in annotation_set.spans.all() if one.label == label)


def change_elsewhere(span: Span) -> None:
    """Change a span as another tab of the same person does."""
    annotating.set_attributes(
        span, by=span.annotation_set.annotator, values={"role": "Ally"}, version=span.version
    )


def remove_loose(annotation_set: AnnotationSet) -> None:
    """Leave nothing that blocks the submit."""
    for span in annotation_set.spans.loose().filter(tag="evidence"):
        annotating.remove(span, by=annotation_set.annotator, version=span.version)
