"""What a person does at the bench: drag over words, press keys, wait until it is saved."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from annotations.models import AnnotationSet, Span

# Who sees which pages of the demo; `placed` fills in the ids.
PAGES = (
    ("ben", "/"),
    ("rosa", "/"),
    ("max", "/projects/demo/"),
    ("max", "/projects/demo/?stage=new"),
    ("rosa", "/projects/demo/queue/"),
    ("ben", "/projects/demo/queue/"),
    ("max", "/projects/demo/datasets/"),
    ("max", "/projects/demo/datasets/?table=spans&status=submitted"),
    ("ben", "/articles/{article}/"),
    ("amira", "/annotation-sets/{amira}/"),
    ("ben", "/annotation-sets/{ben}/"),
    ("rosa", "/annotation-sets/{amira}/review/"),
    ("amira", "/annotation-sets/{amira}/review/"),
)

# The start and end of some words in a paragraph, in pixels.
EDGES = """([number, words]) => {
  const block = document.querySelector(`#text [data-p="${number}"]`);
  block.scrollIntoView({ block: "center" });
  const whole = block.textContent.indexOf(words);
  const point = (offset) => {
    const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let at = 0, node; (node = nodes.nextNode()); at += node.data.length) {
      if (offset <= at + node.data.length) return [node, offset - at];
    }
  };
  const range = document.createRange();
  range.setStart(...point(whole + 1));
  range.setStart(range.startContainer, range.startOffset - 1);
  range.setEnd(...point(whole + words.length));
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const [first, last] = [boxes[0], boxes.at(-1)];
  return [first.left + 1, (first.top + first.bottom) / 2, last.right - 1, (last.top + last.bottom) / 2];
}"""

# Selects a stretch of the article, given in code points. Written without textmap.js, which it tests.
SELECT = """([start, end]) => {
  const place = (offset, isEnd) => {
    const blocks = [...document.querySelectorAll("#text [data-o]")];
    const block = blocks.findLast(({ dataset }) => (isEnd ? dataset.o < offset : dataset.o <= offset));
    let left = offset - block.dataset.o;
    const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node; (node = nodes.nextNode()); ) {
      const letters = [...node.data];
      if (isEnd ? left <= letters.length : left < letters.length) {
        return [node, letters.slice(0, left).join("").length];
      }
      left -= letters.length;
    }
  };
  getSelection().setBaseAndExtent(...place(start, false), ...place(end, true));
}"""


class Wire:
    """Stands between a page and its server for some addresses; `act` decides about each request.

    It is to be laid before the page is opened: the browser may pass by one that is laid later.
    """

    def __init__(self, page: Page, addresses: str) -> None:
        self.act: Callable[[Route], object] = Route.continue_
        self.held: list[Route] = []
        page.route(addresses, self._decide)

    def mend(self) -> None:
        """Let everything through from now on."""
        self.act = Route.continue_

    def hold(self, route: Route) -> None:
        """Keep a request, and let those after it through."""
        self.held.append(route)
        self.mend()

    def break_once(self, route: Route) -> None:
        """Answer as a server that fails, and let what comes after it through."""
        self.mend()
        route.fulfill(status=500)

    def _decide(self, route: Route) -> None:
        self.act(route)


def placed(path: str) -> str:
    """A path of the demo with the ids of its article and of its two annotation sets filled in."""
    sets = AnnotationSet.objects.filter(project__slug="demo")
    ids = dict(sets.values_list("annotator__username", "pk"))
    return path.format(article=sets[0].article_id, **ids)


def drag(page: Page, number: int, words: str) -> None:
    """Select words of a paragraph with the mouse; the toolbar shows."""
    left, top, right, bottom = page.evaluate(EDGES, [number, words])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
    page.mouse.move(right, bottom, steps=3)
    page.mouse.up()
    expect(page.locator("#tagbar [data-tag]").first).to_be_visible()


def press(page: Page, key: str) -> None:
    """Press a key that writes, and wait until the server has answered and the page is drawn."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.keyboard.press(key)
    expect(page.locator("#saved")).to_have_text("Saved")


def press_until(page: Page, key: str, reached: Callable[[str], bool]) -> None:
    """Press a key until the selected words are the ones wanted, at most 60 times."""
    for _ in range(60):
        if reached(chosen(page)):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} leads to {chosen(page)!r}")


def chosen(page: Page) -> str:
    """The words that are selected."""
    return str(page.evaluate("() => getSelection().toString()"))


def open_card(page: Page) -> Locator:
    """The card of the open claim."""
    return page.locator(".claim.active")


def select(page: Page, text: str, words: str) -> None:
    """Select the only place of some words, without the mouse; the toolbar shows."""
    assert text.count(words) == 1
    start = text.index(words)
    page.evaluate(SELECT, [start, start + len(words)])
    expect(page.locator("#tagbar [data-tag]").first).to_be_visible()


def stored(annotation_set: AnnotationSet) -> list[tuple[str, int, int, str]]:
    """Tag, start, end and words of each span in the database, in the order in which they came."""
    spans = Span.objects.filter(annotation_set=annotation_set).order_by("pk")
    return [(span.tag, span.start, span.end, span.text) for span in spans]


def pending(page: Page) -> int:
    """How many passages are drawn as on their way to the server."""
    return int(page.evaluate("() => CSS.highlights.get('pending')?.size ?? 0"))


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Let the browser go on until something holds that only this process can see."""
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline, "it never came so far"
        page.wait_for_timeout(5)


def expect_chosen(page: Page, words: str) -> None:
    """These words are selected, now or soon."""
    page.wait_for_function("(words) => getSelection().toString() === words", arg=words)
