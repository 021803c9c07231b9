"""Importing in a real browser: drop, look, answer, confirm; leave while it works and come back."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from annotations import jobs
from annotations.jobs.import_run import NAME
from annotations.models import Article, ImportRun, Person
from tests.browser.conftest import NewPage, Scheme
from tests.seed import seed_text

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, Person], None]
Axe = Callable[[Page], None]

BRIDGE = "The bridge fell on Monday, officials said.\n"
# The demo has the seed article already, and the same text would not come in again.
SEED = seed_text().replace("The United States", "The Other States", 1)

DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const { name, content } of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  const zone = document.querySelector(".drop");
  for (const type of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}"""


@pytest.fixture
def manager(site: str, new_page: NewPage, sign_in: SignIn) -> Page:
    """A page of the demo's manager, at the import."""
    call_command("demo", verbosity=0)
    page = new_page(width=1440, height=900)
    sign_in(page, Person.objects.get(username="max"))
    page.goto(f"{site}/projects/demo/")
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Import articles")).to_be_visible()
    return page


def drop(page: Page, **files: bytes) -> None:
    """Drop files on the page; their names have a dot for the last underscore."""
    told = [
        {"name": ".".join(name.rsplit("_", 1)), "content": base64.b64encode(raw).decode()}
        for name, raw in files.items()
    ]
    page.evaluate(DROP, told)


def seen(found: Locator) -> None:
    """Wait for what a job has to do first; it takes a second, and more on a busy machine."""
    expect(found).to_be_visible(timeout=20_000)


def row(page: Page, name: str) -> str:
    """What the report says of a file."""
    return page.locator(".report tbody tr", has_text=name).inner_text()


@contextmanager
def held_up() -> Iterator[None]:
    """Let the work on the only run rest as long as this lasts."""
    (run,) = ImportRun.objects.all()
    assert jobs.is_at_work(NAME, str(run.uid))
    pid = int((jobs._home() / f"{NAME}-{run.uid}.lock").read_text())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_three_files_are_dropped_and_two_of_them_come_in(manager: Page, axe: Axe) -> None:
    drop(manager, seed_txt=SEED.encode(), interview_docx=b"PK\x03\x04", bridge_txt=BRIDGE.encode())

    seen(manager.get_by_role("heading", name="Report"))
    assert "Ready" in row(manager, "seed.txt")
    assert "Save it as plain text" in row(manager, "interview.docx")
    assert "Ready" in row(manager, "bridge.txt")
    expect(manager.get_by_role("heading", name="Where does the article end?")).to_be_visible()
    assert Article.objects.count() == 1  # the demo's own
    axe(manager)

    manager.get_by_role("button", name="Import 2 articles").click()
    seen(manager.get_by_role("heading", name="2 articles imported"))
    axe(manager)
    manager.get_by_role("link", name="The Other States").click()
    manager.get_by_role("button", name="Take it").click()

    tail = manager.locator("#text details", has_text="web boilerplate")
    expect(tail).to_be_visible()
    assert tail.get_attribute("open") is None
    expect(tail.locator("pre")).to_be_hidden()
    (zone,) = Article.objects.get(title__startswith="The Other").zones.all()
    assert SEED[zone.start : zone.end].startswith("Categories: News")


def test_a_tail_that_belongs_to_the_article_stays_open(manager: Page) -> None:
    drop(manager, seed_txt=SEED.encode())

    manager.get_by_label("Part of the article").check()
    manager.get_by_role("button", name="Import 1 article").click()

    seen(manager.get_by_role("heading", name="1 article imported"))
    assert not Article.objects.get(title__startswith="The Other").zones.get().active


def test_a_text_is_pasted(manager: Page) -> None:
    manager.get_by_label("Text of the article").fill(BRIDGE)
    manager.get_by_label("Title").fill("Bridge falls")
    manager.get_by_role("button", name="Read the text").click()

    manager.get_by_role("button", name="Import 1 article").click()

    seen(manager.get_by_role("link", name="Bridge falls"))
    assert Article.objects.get(title="Bridge falls").text == BRIDGE


def test_an_encoding_is_chosen_by_what_reads_right(manager: Page, axe: Axe) -> None:
    drop(manager, lodz_txt="Wałęsa był w Łodzi.\n".encode("cp1250"))
    seen(manager.get_by_role("heading", name="How is it encoded?"))
    axe(manager)

    manager.get_by_label("Central European").check()
    manager.get_by_role("button", name="Read again with these answers").click()
    manager.get_by_role("button", name="Import 1 article").click()

    seen(manager.get_by_role("link", name="Wałęsa był w Łodzi."))


def test_the_columns_of_a_table_are_chosen(manager: Page, axe: Axe) -> None:
    drop(manager, rows_csv=b"a,b\nBridge falls,The bridge fell on Monday.\n")
    seen(manager.get_by_role("heading", name="Which column is which?"))
    axe(manager)

    manager.get_by_label("Text of the article").select_option("b")
    manager.get_by_label("Title").select_option("a")
    manager.get_by_role("button", name="Read again with these answers").click()
    manager.get_by_role("button", name="Import 1 article").click()

    seen(manager.get_by_role("link", name="Bridge falls"))


def test_what_is_too_large_is_left_out_and_the_rest_stays_chosen(manager: Page) -> None:
    drop(manager, bridge_txt=BRIDGE.encode(), huge_txt=b"x" * (21 * 2**20))

    expect(manager.locator(".drop-news")).to_have_text(
        "Too large: a file or all together may have 20 MiB. Left out: huge.txt."
    )
    manager.get_by_role("button", name="Read the files").click()

    assert "Ready" in row(manager, "bridge.txt")
    assert manager.locator(".report tbody tr").count() == 1


def test_work_goes_on_while_somebody_is_away(manager: Page, axe: Axe) -> None:
    lines = [json.dumps({"text": f"Story {number}. {SEED}"}) for number in range(300)]
    drop(manager, many_jsonl="\n".join(lines).encode())
    expect(manager.get_by_role("heading", name="The files are being read")).to_be_visible()
    with held_up():
        axe(manager)
        address = manager.url
        manager.get_by_role("link", name="Datasets").click()
        expect(manager.get_by_role("heading", name="Datasets")).to_be_visible()

        manager.get_by_role("link", name="Import", exact=True).click()
        expect(manager.locator("#unfinished")).to_be_visible()
        expect(manager.locator(".state")).to_have_text("Being read")
        manager.get_by_role("link", name="many.jsonl").click()
        assert manager.url == address
        expect(manager.get_by_role("progressbar")).to_be_visible()

    seen(manager.get_by_role("button", name="Import 300 articles"))
    manager.get_by_role("button", name="Import 300 articles").click()
    seen(manager.get_by_role("heading", name="300 articles imported"))


def test_it_is_looked_at_more_seldom_while_nobody_answers(
    manager: Page, troubles: list[str]
) -> None:
    lines = [json.dumps({"text": f"Story {number}. {SEED}"}) for number in range(300)]
    drop(manager, many_jsonl="\n".join(lines).encode())
    expect(manager.get_by_role("heading", name="The files are being read")).to_be_visible()
    with held_up():
        asked: list[str] = []

        def unanswered(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        manager.route("**/progress/", unanswered)
        manager.wait_for_timeout(6_000)
        unheard = len(asked)
        manager.unroute("**/progress/")
        with manager.expect_navigation():
            manager.route("**/progress/", lambda route: route.fulfill(status=503))
        manager.unroute("**/progress/")

    assert 1 <= unheard <= 4
    assert len(troubles) == unheard + 1  # what could not be loaded, each told by the browser
    troubles.clear()
    seen(manager.get_by_role("button", name="Import 300 articles"))


@pytest.mark.parametrize("width", [1440, 400])
def test_every_step_is_accessible_and_fits(
    site: str, new_page: NewPage, sign_in: SignIn, axe: Axe, scheme: Scheme, width: int
) -> None:
    call_command("demo", verbosity=0)
    html = (
        b"<html><body><article><p>" + b"A story of some length, he said. " * 20 + b"</p></article>"
    )
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": raw}
        for name, raw in {
            "a-name-that-is-long-and-does-not-break-anywhere-at-all-in-the-table.txt": SEED.encode(),
            "zoe.txt": b"Zo\xeb said so.",
            "rows.csv": b"title,body\nOne,Two words.\nTwo,\n",
            "page.html": html,
            "bad.docx": b"PK",
        }.items()
    ]
    page = new_page(scheme=scheme, width=width, height=900)
    sign_in(page, Person.objects.get(username="max"))
    page.goto(f"{site}/projects/demo/import/")
    fits(page, axe, width)

    page.set_input_files("#files", files)
    seen(page.get_by_role("heading", name="Report"))
    fits(page, axe, width)
    page.get_by_role("button", name="Read again with these answers").click()
    page.get_by_role("button", name="Import 4 articles").click()

    seen(page.get_by_role("link", name="Import more"))
    fits(page, axe, width)


def fits(page: Page, axe: Axe, width: int) -> None:
    """Nothing sticks out, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    axe(page)


def test_without_a_script_all_of_it_works(site: str, new_page: NewPage, sign_in: SignIn) -> None:
    call_command("demo", verbosity=0)
    page = new_page(scripts=False)
    sign_in(page, Person.objects.get(username="max"))
    page.goto(f"{site}/projects/demo/import/")
    page.set_input_files(
        "#files", {"name": "bridge.txt", "mimeType": "text/plain", "buffer": BRIDGE.encode()}
    )
    page.get_by_role("button", name="Read the files").click()

    page.get_by_role("button", name="Import 1 article").click()

    seen(page.get_by_role("heading", name="1 article imported"))
    assert ImportRun.objects.get().state == "stored"
