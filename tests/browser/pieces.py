"""A document in the page of `mapper`, built from pieces, and what a person does to it."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from playwright.sync_api import Page


class Mark(NamedTuple):
    """A piece inside a highlight; `number` is its chip, drawn by CSS."""

    text: str
    number: str = ""


class Skip(NamedTuple):
    """A piece that is in the document and not in the text."""

    text: str


Piece = str | Mark | Skip
Span = tuple[int, int, str]

SPOT = """([needle, side]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(needle);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + needle.length);
    const box = range.getClientRects()[0];
    const x = { start: box.left + 1, middle: (box.left + box.right) / 2, end: box.right - 1 }[side];
    return [x, (box.top + box.bottom) / 2];
  }
}"""

CHOSEN = """(exact) => {
  const selection = getSelection();
  if (!selection.rangeCount) return null;
  const root = document.querySelector("article");
  const span = textmap.spanOf(root, selection.getRangeAt(0), { exact });
  return span && [span.start, span.end, span.quote];
}"""

SELECT = """([from, start, to, end]) => {
  const node = (path) => path.reduce((at, index) => at.childNodes[index], document.body);
  getSelection().setBaseAndExtent(node(from), start, node(to), end);
}"""


def show(page: Page, paragraphs: list[list[Piece]]) -> str:
    """Put the paragraphs into the page, between a heading and a footer; give their text."""
    html, texts = "", list[str]()
    for paragraph in paragraphs:
        start = len("\n\n".join([*texts, ""]))
        texts.append("".join("" if isinstance(p, Skip) else text_in(p) for p in paragraph))
        html += f'<p data-o="{start}" dir="auto">{"".join(html_of(p) for p in paragraph)}</p>'
    page.evaluate(
        "(html) => { document.body.innerHTML = html }",
        f"<h1>Heading</h1><article>{html}</article><footer>Footer</footer>",
    )
    return "\n\n".join(texts)


def text_in(piece: Piece) -> str:
    """What a piece shows."""
    return piece if isinstance(piece, str) else piece.text


def html_of(piece: Piece) -> str:
    """A piece as it stands in the document."""
    if isinstance(piece, Mark):
        number = f' data-n="{piece.number}"' if piece.number else ""
        return f"<mark{number}>{escape(piece.text)}</mark>"
    if isinstance(piece, Skip):
        return f"<span data-skip>{escape(piece.text)}</span>"
    return escape(piece)


def span_of(text: str, quote: str) -> Span:
    """The only place of a quotation in a text."""
    assert text.count(quote) == 1
    return text.index(quote), text.index(quote) + len(quote), quote


def chosen(page: Page, *, exact: bool = False) -> Span | None:
    """What the mapper makes of the page's selection."""
    found = page.evaluate(CHOSEN, exact)
    return (int(found[0]), int(found[1]), str(found[2])) if found else None


def spot(page: Page, needle: str, side: str = "middle") -> tuple[float, float]:
    """A point on a piece of text, in CSS pixels of the window."""
    x, y = page.evaluate(SPOT, [needle, side])
    return float(x), float(y)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw the pointer from one point to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def select(page: Page, start: list[int], offset: int, end: list[int], end_offset: int) -> None:
    """Set the selection between two points, each a path of child numbers from the body."""
    page.evaluate(SELECT, [start, offset, end, end_offset])
