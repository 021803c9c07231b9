"""What browser tests share: the system's Chromium, pages that tolerate no error, and a real server.

`new_page` opens pages in a given scheme and size; what goes wrong in any of them lands in `troubles`,
which must be empty at the end. `site` is the address of the project served by gunicorn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)

from annotations.models import AnnotationSet, Person
from tests.browser.server import Server
from tests.conftest import chromium as chromium_path
from tests.people import TEXT, make_cast, make_set

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP ${event.violatedDirective}: ${event.blockedURI || event.sample}`);
});
"""

MAPPER_PAGE = """<!doctype html><html lang="en"><title>Text map</title><link rel="icon" href="data:,">
<style>
  body { font: 16px/2 sans-serif; width: 40rem; margin: 2rem }
  p { white-space: pre-wrap }
  mark[data-n]::before { content: attr(data-n) / ""; padding-inline-end: 6px }
</style>
<script type="module">import * as textmap from "./textmap.js"; window.textmap = textmap;</script>
</html>
"""


class NewPage(Protocol):
    """Opens a page; sizes are CSS pixels, of which each is `scale` pixels of the screen wide.

    An address without a host is one of `base_url`.
    """

    def __call__(
        self,
        *,
        scheme: Scheme = "light",
        width: int = 1280,
        height: int = 800,
        touch: bool = False,
        scripts: bool = True,
        scale: float = 1,
        base_url: str | None = None,
    ) -> Page: ...


class SitDown(Protocol):
    """Opens the workspace of a new article for its annotator."""

    def __call__(self, page: Page, text: str = TEXT) -> AnnotationSet: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser; none is ever downloaded."""
    path = chromium_path()
    if not path:
        pytest.skip("Chromium is not installed")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What went wrong in the pages: CSP violations, console errors, uncaught exceptions.

    A test that provokes an error compares the list and clears it; else it must be empty at the end.
    """
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def contexts(troubles: list[str]) -> Iterator[list[BrowserContext]]:
    """The open browser contexts; closed at the end."""
    opened: list[BrowserContext] = []
    yield opened
    _close(opened)


@pytest.fixture
def new_page(chromium: Browser, contexts: list[BrowserContext], troubles: list[str]) -> NewPage:
    """Open pages, each with its own cookies."""

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(message.text)

    def opened(
        *,
        scheme: Scheme = "light",
        width: int = 1280,
        height: int = 800,
        touch: bool = False,
        scripts: bool = True,
        scale: float = 1,
        base_url: str | None = None,
    ) -> Page:
        context = chromium.new_context(
            base_url=base_url,
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            has_touch=touch,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    return opened


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page in the light scheme, 1280 by 800."""
    return new_page()


@pytest.fixture
def mapper(page: Page) -> Page:
    """A page without server that holds nothing but the exports of textmap.js, as `textmap`."""

    def answered(route: Route) -> None:
        if route.request.url.endswith("/textmap.js"):
            route.fulfill(path=ROOT / "static" / "js" / "textmap.js")
        else:
            route.fulfill(body=MAPPER_PAGE, content_type="text/html; charset=utf-8")

    page.route("**/*", answered)
    page.goto("http://textmap.test/")
    page.wait_for_function("window.textmap")
    return page


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    """Both colour schemes, one after the other."""
    chosen: Scheme = request.param
    return chosen


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that axe-core finds no violation in a page as it stands.

    It would look for imported sheets beside the page, where they are not. It wants them for one
    rule only, about sheets that lock the orientation, which `test_accessibility` checks itself.
    """

    def accessible(page: Page) -> None:
        results = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
        assert results.violations_count == 0, results.generate_report()

    return accessible


@pytest.fixture(scope="session")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of this session; ended before the test database is dropped."""
    server = Server(tmp_path_factory.mktemp("server") / "log")
    yield server
    server.stop()


@pytest.fixture
def site(server: Server, database_url: str, contexts: list[BrowserContext]) -> Iterator[str]:
    """The address of the running project, with the demo's sign-in and an empty database."""
    yield server.serve(database_url)
    # A page that still asks for news would meet the emptying of the tables.
    _close(contexts)


@pytest.fixture
def demo(site: str) -> str:
    """The address of the running demo."""
    call_command("demo", verbosity=0)
    return site


@pytest.fixture
def sign_in(site: str) -> Callable[[Page, Person], None]:
    """Sign a person in, in the context of a page, without the form."""

    def signed_in(page: Page, person: Person) -> None:
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])

    return signed_in


@pytest.fixture
def sit_down(site: str, sign_in: Callable[[Page, Person], None]) -> SitDown:
    """Sign Edda in, in the context of a page, and open the workspace of a text of hers."""

    def at_work(page: Page, text: str = TEXT) -> AnnotationSet:
        annotation_set = make_set(make_cast(), text)
        sign_in(page, annotation_set.annotator)
        page.goto(f"{site}/annotation-sets/{annotation_set.pk}/")
        return annotation_set

    return at_work


def _close(contexts: list[BrowserContext]) -> None:
    while contexts:
        contexts.pop().close()
