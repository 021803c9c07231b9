"""What a person does at the bench: drag over words, press keys, wait until it is saved."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from annotations.models import AnnotationSet

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
    expect(page.locator("#tagbar")).to_be_visible()


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
