"""Thousands of random selections in articles drawn by the server's own renderer, with spans that overlap."""

from __future__ import annotations

import re
from random import Random

import pytest
from playwright.sync_api import Page

from annotations.models.span import Mark
from annotations.templatetags.article_text import Paragraph, paragraph
from annotations.text.blocks import Block, blocks_of
from annotations.text.offsets import Fragment
from tests.browser.wild import GAPS, Edges, random_content, span_between

pytestmark = pytest.mark.browser

ARTICLES = 25
SELECTIONS = 100
TAGS = ["allegation", "evidence", "source", "cue"]

# A point is an offset; where two text nodes meet there, `isLate` says in which of them it lies.
ANSWERS = """([html, questions]) => {
  document.body.innerHTML = `<article>${html}</article>`;
  const root = document.querySelector("article");
  const pointAt = ([offset, isLate]) => {
    const block = [...root.children].findLast(({ dataset }) => Number(dataset.o) <= offset);
    let left = offset - block.dataset.o;
    const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node; (node = nodes.nextNode()); ) {
      const letters = [...node.data];
      const isHere = isLate ? left < letters.length : left <= letters.length;
      if (isHere || block.lastChild.contains(node)) return [node, letters.slice(0, left).join("").length];
      left -= letters.length;
    }
  };
  return questions.map(([from, to, exact]) => {
    const range = document.createRange();
    range.setStart(...pointAt(from));
    range.setEnd(...pointAt(to));
    const span = textmap.spanOf(root, range, { exact });
    const again = span && textmap.spanOf(root, textmap.rangeOf(root, span.start, span.end), { exact: true });
    return [span, again].map((one) => one && [one.start, one.end, one.quote]);
  });
}"""


@pytest.mark.parametrize("seed", range(2))
def test_random_selections_in_drawn_articles_become_the_right_spans(
    mapper: Page, seed: int
) -> None:
    random = Random(seed)
    wrong = []
    asked = overlaps = 0

    for _ in range(ARTICLES):
        edges, blocks = random_article(random)
        html = drawn(random, edges.text, blocks)
        overlaps += len(re.findall(r'data-a="\d+ \d', html))
        pairs = [sorted(random.choices(offsets_in(blocks), k=2)) for _ in range(SELECTIONS)]
        questions = [
            ([a, random.random() < 0.5], [b, random.random() < 0.5], random.random() < 0.5)
            for a, b in pairs
        ]
        answers = mapper.evaluate(ANSWERS, [html, questions])
        for (a, b), (_from, _to, exact), answer in zip(pairs, questions, answers, strict=True):
            right = span_between(edges, a, b, exact=exact)
            asked += 1
            if answer != [right, right]:
                wrong.append((html, a, b, exact, right, answer))

    assert (asked, wrong) == (ARTICLES * SELECTIONS, [])
    assert overlaps > 10 * ARTICLES


def random_article(random: Random) -> tuple[Edges, list[Block]]:
    """A text of one to five paragraphs with what stands between them."""
    text = random.choice(["", "\n", " \n\n"])
    graphemes, words, starts = list[int](), list[tuple[int, int]](), list[tuple[int, int]]()
    for _ in range(random.randint(1, 5)):
        own = random_content(random)
        start = len(text)
        graphemes += [start + edge for edge in own.graphemes]
        words += [(start + first, start + last) for first, last in own.words]
        starts.append((start, start + len(own.text)))
        text += own.text + random.choice(GAPS)
    blocks = list(blocks_of(text))
    assert [(block.start, block.end) for block in blocks] == starts
    return Edges(text, graphemes, words), blocks


def drawn(random: Random, text: str, blocks: list[Block]) -> str:
    """The article as the server draws it, with up to 13 spans, some of several parts."""
    spans = [random_span(random, pk, len(text)) for pk in range(1, random.randint(3, 14))]
    html, since = "", 0
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        gap = text[block.end : following.start] if following else ""
        touching = [one for one in spans if one.start < block.end and one.end > block.start]
        zones = random.choice([[], [Fragment(block.start, block.start + 2)]])
        html += paragraph(
            Paragraph(block, text[block.start : block.end], gap, touching, zones, since=since)
        )
        since = block.end
    return html


def random_span(random: Random, pk: int, length: int) -> Mark:
    """A span anywhere in the text, of one to three parts."""
    count = random.choice([2, 2, 2, 4, 6])
    cuts = sorted(random.sample(range(length + 1), min(count, length // 2 * 2)))
    parts = tuple(Fragment(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=True))
    return Mark(pk, random.choice(TAGS), pk, 1, parts)


def offsets_in(blocks: list[Block]) -> list[int]:
    """Every offset at which a person can put an end of a selection."""
    return [at for block in blocks for at in range(block.start, block.end + 1)]
