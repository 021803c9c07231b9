"""Thousands of random selections in random documents, compared with the answer computed here.

A document is built from tokens whose graphemes and words are known, so this file needs no segmenter of
its own; its DOM is built from runs, so every point of it is known as an offset.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from html import escape
from itertools import accumulate
from random import Random
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DOCUMENTS = 30
SELECTIONS = 60

# One string per grapheme: plain, apostrophe, combining marks, soft hyphen, Arabic, Hebrew, digits.
WORDS = [
    ("r", "e", "g", "i", "m", "e"),
    ("d", "o", "n", "\u2019", "t"),
    ("c", "a", "f", "e\u0301"),
    ("c", "o", "\u00ad", "o", "p"),
    ("\u0645\u064f", "\u062d\u064e", "\u0645\u0651\u064e", "\u062f", "\u200f"),
    ("\u05e9\u05c1\u05b8", "\u05dc", "\u05d5\u05b9", "\u05dd"),
    ("1", "3", ",", "0", "0", "0"),
    ("n\u0303\u0323", "\U00010400"),
]
SIGNS = [
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f1e9\U0001f1ea",
    "\U0001f44d\U0001f3fd",
    "\u2764\ufe0f",
    *"\u201c\u201d\u2014<&>",
]
BLANKS = [" ", " ", " ", "  ", "\u00a0", "\t", "\n", " \u2060", " \ufeff", "\u200b"]
GAPS = ["\n\n", "\n\n", "\n\n\n", "\n \n", "\n\t\n\n"]
WITHOUT_INK = frozenset(
    "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
) | {chr(code) for code in range(0x2000, 0x200B)}

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
    """HTML, the text it shows, the points in it, and the edges of graphemes and words."""

    html: str
    text: str
    points: list[Point]
    graphemes: list[int]
    words: list[tuple[int, int]]


@pytest.mark.parametrize("seed", range(3))
def test_random_selections_become_the_right_spans(mapper: Page, seed: int) -> None:
    random = Random(seed)
    wrong = []
    asked = 0

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
            right = span_between(document, a, b, exact=is_exact)
            asked += 1
            if answer != [right, right, right and right[2]]:
                wrong.append((document.html, a, b, is_exact, right, answer))

    assert (asked, wrong) == (DOCUMENTS * SELECTIONS, [])


def span_between(document: Document, a: Point, b: Point, *, exact: bool) -> list[int | str] | None:
    """The span that a selection from one point to the other means."""
    start, end = a.start, b.end
    while start < end and document.text[start] in WITHOUT_INK:
        start += 1
    while start < end and document.text[end - 1] in WITHOUT_INK:
        end -= 1
    if end <= start:
        return None
    start = document.graphemes[bisect_right(document.graphemes, start) - 1]
    end = document.graphemes[bisect_left(document.graphemes, end)]
    if not exact:
        start = next((first for first, last in document.words if first < start < last), start)
        end = next((last for first, last in document.words if first < end < last), end)
    return [start, end, document.text[start:end]]


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
        content, own_graphemes, own_words = random_content(random)
        start = len(text)
        gap = random.choice(GAPS) if number < number_of_blocks else ""
        inner, own_points = random_runs(random, content, start, (1, child))
        mark = "" if gap == "\n\n" else f' data-gap="{gap}"'
        html += f'<p data-o="{start}"{mark}>{inner}</p>'
        points += own_points
        graphemes += [start + edge for edge in own_graphemes]
        words += [(start + first, start + last) for first, last in own_words]
        blocks.append(Block(child, start, start + len(content)))
        text += content + gap
        child += 1
    html = f"<h1>Heading</h1><article>{html}</article><footer>Footer</footer>"
    return Document(html, text, [*points, *outer_points(blocks, child)], graphemes, words)


def outer_points(blocks: list[Block], children: int) -> list[Point]:
    """The points between the blocks, in the heading and in the footer."""
    first, last = blocks[0].start, blocks[-1].end
    between = [
        Point(
            path=(1,),
            at=at,
            start=next((block.start for block in blocks if block.child >= at), last),
            end=next((block.end for block in reversed(blocks) if block.child < at), 0),
        )
        for at in range(children + 1)
    ]
    return [*between, Point((0, 0), 3, first, 0), Point((2, 0), 3, last, last)]


def random_content(random: Random) -> tuple[str, list[int], list[tuple[int, int]]]:
    """A block's text, the edges of its graphemes and of its words; it begins and ends with ink."""
    pieces, words = list[str](), list[tuple[int, int]]()
    for index in range(random.randint(1, 12)):
        if index:
            pieces += random.choice(BLANKS)
        pieces += random.choices(SIGNS, k=random.choice([0, 0, 1, 2]))
        word = random.choice(WORDS)
        start = len("".join(pieces))
        pieces += word
        words.append((start, start + len("".join(word))))
        pieces += random.choices(SIGNS, k=random.choice([0, 0, 0, 1]))
    return "".join(pieces), [0, *accumulate(map(len, pieces))], words


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
