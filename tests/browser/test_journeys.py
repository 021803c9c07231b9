"""The main job in a real browser, on the seed article: annotate, review, download."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, ClaimAnnotation, Person, Span
from tests.browser.bench import (
    Wire,
    chosen,
    drag,
    open_card,
    pending,
    placed,
    press,
    press_until,
    wait_until,
)
from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, Person], None]
ACCUSED = "the regime is accused of killing up to fifty detainees a day in Saidnaya"
BELIEVED = (
    "that the Syrian regime has installed a crematorium that can wipe out bodies without "
    "much evidence"
)
HANGING = (
    "the Damascus regime is hanging prisoners and burning bodies in a new building to hide the "
    "evidence of what would constitute a war crime in accordance with the norms of the Geneva "
    "Convention"
)


def enter(page: Page, site: str, person: str) -> None:
    page.goto(f"{site}/sign-in/")
    page.locator(f"form[action='/demo/{person}/'] button").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def test_an_article_goes_from_the_editor_through_review_into_the_dataset(
    demo: str, new_page: NewPage, tmp_path: Path
) -> None:
    editor = new_page(width=1440, height=900)
    enter(editor, demo, "ben")
    editor.get_by_role("link", name="The United States has accused").click()
    annotate_by_mouse(editor)
    annotate_by_keyboard(editor)
    editor.get_by_role("button", name="Submit for review").click()
    expect(editor.locator(".messages")).to_contain_text("is with the reviewers now")

    reviewer = new_page(width=1440, height=900)
    enter(reviewer, demo, "rosa")
    row = reviewer.locator("tr", has_text="Ben Okafor")
    row.get_by_role("link").click()
    return_one_approve_two(reviewer)

    by_ben = ClaimAnnotation.objects.filter(author__username="ben").in_text_order()
    assert [claim.state for claim in by_ben] == ["returned", "approved", "approved"]
    assert by_ben[0].reasons == ["wrong_boundary"]
    assert by_ben[0].note == "Take in the whole sentence."

    manager = new_page()
    enter(manager, demo, "max")
    manager.goto(f"{demo}/projects/demo/datasets/")
    with manager.expect_download() as download:
        manager.get_by_role("link", name="claims.csv").click()
    download.value.save_as(tmp_path / "claims.csv")
    assert_only_approved(tmp_path / "claims.csv")


def annotate_by_mouse(page: Page) -> None:
    """Two claims: A1 told by two sources one of whom passes it on, A2 with its source."""
    expect(page.locator("#text")).to_be_visible()
    drag(page, 6, ACCUSED)
    page.locator("#tagbar").get_by_role("button", name="Allegation").click()
    expect(open_card(page)).to_contain_text("No source yet")
    drag(page, 6, "several sources")
    press(page, "s")
    drag(page, 6, "Jones")
    press(page, "s")
    open_card(page).get_by_role("button", name="only passes it on").click()
    expect(open_card(page).locator(".chain b")).to_have_text(["several sources", "Jones"])
    expect(open_card(page).locator(".chain")).to_have_count(1)
    drag(page, 6, "According to")
    press(page, "c")
    drag(page, 4, HANGING)
    press(page, "a")
    drag(page, 4, "the deputy secretary")
    press(page, "s")


def annotate_by_keyboard(page: Page) -> None:
    """A third claim without the mouse: step to the sentence, move both edges, tag; then the source."""
    page.locator("#text").focus()
    press_until(page, "j", lambda words: "now believe" in words)
    page.keyboard.press("o")
    press_until(page, "ArrowRight", lambda words: words.startswith("that"))
    page.keyboard.press("o")
    press_until(page, "ArrowLeft", lambda words: words.endswith("evidence"))
    press(page, "a")
    page.keyboard.press("ArrowRight")
    assert chosen(page) == "Jones"
    press(page, "s")


def return_one_approve_two(page: Page) -> None:
    expect(page.locator("#left")).to_have_text("3 left")
    expect(page.locator("#claims")).to_be_focused()
    page.keyboard.press("r")
    panel = page.locator("details[data-verdict=return]")
    panel.get_by_label("Wrong boundaries").check()
    panel.get_by_label("Note").fill("Take in the whole sentence.")
    panel.get_by_role("button", name="Return claim").click()
    expect(page.locator("#left")).to_have_text("2 left")
    press(page, "a")
    expect(page.locator("#left")).to_have_text("1 left")
    press(page, "a")
    expect(page.locator("#left")).to_have_text("0 left")


def assert_only_approved(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = AnnotationSet.objects.get(annotator__username="ben").article.text
    approved = ClaimAnnotation.objects.approved()
    assert {row["status"] for row in rows} == {"approved"}
    assert len(rows) == approved.count()
    for row in rows:
        start, end = int(row["allegation_start"]), int(row["allegation_end"])
        assert text[start:end] == row["allegation_text"]
    by_ben = [row for row in rows if row["author"] == "ben"]
    assert [row["allegation_text"] for row in by_ben] == [ACCUSED, BELIEVED]
    assert by_ben[0]["chain"] == "several sources > Jones > author"


def test_what_is_tagged_shows_at_once_and_is_there_after_a_reload(
    demo: str, page: Page, sign_in: SignIn
) -> None:
    wire = Wire(page, "**/spans/")
    sign_in(page, Person.objects.get(username="ben"))
    page.goto(demo + placed("/annotation-sets/{ben}/"))
    wire.act = wire.hold
    drag(page, 6, ACCUSED)

    page.keyboard.press("a")

    wait_until(page, lambda: bool(wire.held))
    assert pending(page) == 1
    assert page.locator("#text mark").count() == 0
    wire.held[0].continue_()
    expect(page.locator("#text mark.a.on")).to_have_text(ACCUSED)
    assert pending(page) == 0
    page.reload()
    expect(page.locator("#text mark.a")).to_have_text(ACCUSED)


def test_undo_takes_back_the_last_change_after_signing_out_and_in(
    demo: str, page: Page, sign_in: SignIn
) -> None:
    ben = Person.objects.get(username="ben")
    sign_in(page, ben)
    page.goto(demo + placed("/annotation-sets/{ben}/"))
    drag(page, 6, ACCUSED)
    press(page, "a")
    page.context.clear_cookies()
    sign_in(page, ben)
    page.goto(demo + placed("/annotation-sets/{ben}/"))

    page.locator("#text").focus()
    press(page, "z")

    expect(page.locator("#text mark")).to_have_count(0)
    expect(page.locator(".claim")).to_have_count(0)
    assert Span.objects.filter(annotation_set__annotator=ben).count() == 0
    press(page, "Z")
    expect(page.locator("#text mark.a")).to_have_text(ACCUSED)
    expect(page.locator(".claim")).to_have_count(1)


def test_a_typed_passage_is_found_and_tagged(demo: str, page: Page, sign_in: SignIn) -> None:
    sign_in(page, Person.objects.get(username="ben"))
    page.goto(demo + placed("/annotation-sets/{ben}/"))
    page.get_by_text("Add a passage by typing it").click()

    page.get_by_label("Passage, word for word").fill('"human slaughterhouse "')
    page.get_by_role("button", name="Find and tag").click()

    expect(page.locator("#text mark.a")).to_have_text("“human slaughterhouse “")


def test_nobody_approves_their_own_work_and_the_screen_says_why(
    demo: str, page: Page, sign_in: SignIn
) -> None:
    sign_in(page, Person.objects.get(username="amira"))

    page.goto(demo + placed("/annotation-sets/{amira}/review/"))

    expect(page.get_by_text("Only a reviewer may decide claims.").first).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def test_what_was_removed_in_another_tab_goes_and_the_page_says_so(
    demo: str, new_page: NewPage, sign_in: SignIn, troubles: list[str]
) -> None:
    ben = Person.objects.get(username="ben")
    first = new_page(width=1440, height=900)
    sign_in(first, ben)
    first.goto(demo + placed("/annotation-sets/{ben}/"))
    drag(first, 6, ACCUSED)
    press(first, "a")
    second = new_page(width=1440, height=900)
    sign_in(second, ben)
    second.goto(first.url)
    open_card(first).get_by_role("button", name="Delete").click()
    expect(first.locator(".claim")).to_have_count(0)

    open_card(second).get_by_role("button", name="denies").click()

    conflict = second.get_by_role("heading", name="This is gone meanwhile.")
    expect(conflict).to_be_focused()
    expect(second.locator(".claim")).to_have_count(0)
    expect(second.locator("#text mark")).to_have_count(0)
    # The browser itself reports the answer.
    assert all("409" in trouble for trouble in troubles)
    troubles.clear()
