"""Thousands of random selections in random documents, compared with the answer computed here.

The text of a document is of tokens whose graphemes and words are known (`wild`); its DOM is built from
runs, so every point of it is known as an offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from random import Random
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.wild import GAPS, Edges, random_content, span_between

pytestmark = pytest.mark.browser

DOCUMENTS = 30
SELECTIONS = 60
POINTS = 10_000

ANSWERS = """([html, questions]) => {
  document.body.innerHTML = html;
  const root = document.querySelector("article");
  const node = (path) => path.reduce((at, index) => at.childNodes[index], document.body);
  const flat = (span) => span && [span.start, span.end, span.quote];
  return questions.map(([from, start, to, end, exact]) => {
    const range = document.createRange();
    range.setStart(node(from), start);
    range.setEnd(node(to), end);
    const span = textmap.spanOf(root, range, { exact });
    const again = span && textmap.spanOf(root, textmap.rangeOf(root, span.start, span.end), { exact: true });
    return [flat(span), flat(again), span && textmap.textOf(root, span.start, span.end)];
  });
}"""

OFFSETS = """([html, places]) => {
  document.body.innerHTML = html;
  const root = document.querySelector("article");
  const node = (path) => path.reduce((at, index) => at.childNodes[index], document.body);
  const offset = (path, at, isEnd) => textmap.offsetOf(root, node(path), at, isEnd);
  return places.map(([path, at]) => [offset(path, at, false), offset(path, at, true)]);
}"""


class Point(NamedTuple):
    """A boundary point of the DOM: `start` and `end` are the offsets it stands for as either side."""

    path: tuple[int, ...]
    at: int
    start: int
    end: int

    def order(self) -> tuple[float, ...]:
        """Compares as the points stand in the document."""
        return (*self.path, self.at - 0.5)


class Block(NamedTuple):
    """A paragraph: which child of the article it is, and its offsets in the text."""

    child: int
    start: int
    end: int


class Document(NamedTuple):
    """HTML, the text it shows with its edges, its blocks and the points in it."""

    html: str
    edges: Edges
    blocks: list[Block]
    points: list[Point]


@pytest.mark.parametrize("seed", range(3))
def test_random_selections_become_the_right_spans(mapper: Page, seed: int) -> None:
    random = Random(seed)
    wrong = []
    asked = spans = 0

    for _ in range(DOCUMENTS):
        document = random_document(random)
        pairs = [
            sorted(random.sample(document.points, 2), key=Point.order) for _ in range(SELECTIONS)
        ]
        exact = [random.random() < 0.5 for _ in pairs]
        questions = [
            [a.path, a.at, b.path, b.at, is_exact]
            for (a, b), is_exact in zip(pairs, exact, strict=True)
        ]
        answers = mapper.evaluate(ANSWERS, [document.html, questions])
        for (a, b), is_exact, answer in zip(pairs, exact, answers, strict=True):
            right = span_between(document.edges, a.start, b.end, exact=is_exact)
            asked += 1
            spans += right is not None
            if answer != [right, right, right and right[2]]:
                wrong.append((document.html, a, b, is_exact, right, answer))

    assert (asked, wrong) == (DOCUMENTS * SELECTIONS, [])
    assert spans > 0.9 * asked


def test_every_point_of_a_document_is_the_offset_it_stands_for(mapper: Page) -> None:
    random = Random(20)
    asked, wrong = 0, []

    while asked < POINTS:
        document = random_document(random)
        right = [
            [start_at(document.blocks, one.start), end_at(document.blocks, one.end)]
            for one in document.points
        ]
        places = [[one.path, one.at] for one in document.points]
        answers = mapper.evaluate(OFFSETS, [document.html, places])
        asked += len(places)
        if answers != right:
            wrong.append((document.html, places, right, answers))

    assert wrong == []


def start_at(blocks: list[Block], offset: int) -> int:
    """Where a selection that starts at an offset starts: past the last letter, in the next block."""
    later = (block.start for block in blocks if block.start > offset)
    return next(later, offset) if any(block.end == offset for block in blocks) else offset


def end_at(blocks: list[Block], offset: int) -> int:
    """Where a selection that ends at an offset ends: before the first letter, in the block before."""
    earlier = (block.end for block in reversed(blocks) if block.end < offset)
    return next(earlier, offset) if any(block.start == offset for block in blocks) else offset


def random_document(random: Random) -> Document:
    """A heading, an article of one to five blocks with other things between them, a footer."""
    text = random.choice(["", "\n", " \n\n"])
    html, child = "", 0
    points, graphemes, words = list[Point](), list[int](), list[tuple[int, int]]()
    blocks = list[Block]()
    number_of_blocks = random.randint(1, 5)
    for number in range(1, number_of_blocks + 1):
        if random.random() < 0.4:
            html += random.choice(["<div data-skip>bar</div>", "<hr>", "<!-- x -->"])
            child += 1
        own = random_content(random)
        start = len(text)
        gap = random.choice(GAPS) if number < number_of_blocks else ""
        inner, own_points = random_runs(random, own.text, start, (1, child))
        mark = "" if gap == "\n\n" else f' data-gap="{gap}"'
        html += f'<p data-o="{start}"{mark}>{inner}</p>'
        points += own_points
        graphemes += [start + edge for edge in own.graphemes]
        words += [(start + first, start + last) for first, last in own.words]
        blocks.append(Block(child, start, start + len(own.text)))
        text += own.text + gap
        child += 1
    html = f"<h1>Heading</h1><article>{html}</article><footer>Footer</footer>"
    edges = Edges(text, graphemes, words)
    return Document(html, edges, blocks, [*points, *outer_points(blocks, child)])


def outer_points(blocks: list[Block], children: int) -> list[Point]:
    """The points between the blocks, in the heading and in the footer."""
    first, last = blocks[0].start, blocks[-1].end
    between = [
        Point(
            path=(1,),
            at=at,
            start=next((block.start for block in blocks if block.child >= at), last),
            end=next((block.end for block in reversed(blocks) if block.child < at), first),
        )
        for at in range(children + 1)
    ]
    return [*between, Point((0, 0), 3, first, first), Point((2, 0), 3, last, last)]


def random_runs(
    random: Random, content: str, start: int, path: tuple[int, ...]
) -> tuple[str, list[Point]]:
    """A block cut anywhere into plain text and marks, with skipped elements between; and its points."""
    html, points = "", list[Point]()
    child, at, is_plain = 0, 0, False
    while at < len(content):
        if random.random() < 0.2:
            html += "<span data-skip>no \U0001f642 <b>text</b></span>"
            here = start + at
            points += [
                Point((*path, child, 0), 4, here, here),
                Point((*path, child), 1, here, here),
            ]
            child, is_plain = child + 1, False
        run = content[at : at + random.randint(1, 12)]
        inside = start + at
        points.append(Point(path, child, inside, inside))
        if is_plain or random.random() < 0.5:
            html += f"<mark>{escape(run)}</mark>"
            points += text_points((*path, child, 0), run, inside)
            points.append(Point((*path, child), 1, inside + len(run), inside + len(run)))
            is_plain = False
        else:
            html += escape(run)
            points += text_points((*path, child), run, inside)
            is_plain = True
        child, at = child + 1, at + len(run)
    return html, [*points, Point(path, child, start + at, start + at)]


def text_points(path: tuple[int, ...], run: str, start: int) -> Iterator[Point]:
    """All points of a text node, also those between the halves of a surrogate pair."""
    unit = 0
    for index, letter in enumerate(run):
        yield Point(path, unit, start + index, start + index)
        if letter > "\uffff":
            yield Point(path, unit + 1, start + index, start + index + 1)
        unit += 2 if letter > "\uffff" else 1
    yield Point(path, unit, start + len(run), start + len(run))
