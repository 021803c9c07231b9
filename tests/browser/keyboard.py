"""Someone at the keyboard: selects words by the fewest keys, and every press is counted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.bench import expect_chosen

# Counts what really happened in the page: pressed keys, and whatever a mouse or a finger would cause.
WATCH = """
const count = (name) => { sessionStorage[name] = Number(sessionStorage[name] ?? 0) + 1; };
const modifiers = ["Shift", "Control", "Alt", "Meta"];
addEventListener("keydown", (event) => {
  if (event.isTrusted && !modifiers.includes(event.key)) count("keys");
}, true);
for (const kind of ["mousedown", "mousemove", "pointerdown", "touchstart", "wheel", "dragstart"]) {
  addEventListener(kind, (event) => { if (event.isTrusted) count("pointer"); }, true);
}
addEventListener("click", (event) => { if (event.isTrusted && event.detail > 0) count("pointer"); }, true);
"""

# The words and sentences of the article, in code points.
PIECES = """(granularity) => {
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  const pieces = [];
  for (const block of document.querySelectorAll("#text [data-o]")) {
    let start = Number(block.dataset.o);
    for (const { segment, isWordLike } of segmenter.segment(block.textContent)) {
      const end = start + [...segment].length;
      const shown = granularity === "word" ? segment : segment.trimEnd();
      if (granularity !== "word" || isWordLike) pieces.push([start, start + [...shown].length]);
      start = end;
    }
  }
  return pieces;
}"""

ANCHORS = "() => [...document.querySelectorAll('#text [id][data-n]')].map(({ id }) => id)"


# Whether the other end of a link to be is this span.
AIMED_AT = """(key) => {
  const marks = [...document.querySelectorAll("#text .aim")];
  return marks.length > 0 && marks.every((mark) => mark.dataset.a.split(" ").includes(key));
}"""


class Stretch(NamedTuple):
    """Code points of the article, end exclusive."""

    start: int
    end: int


@dataclass
class Keyboard:
    """The keyboard at the workspace of an article with this text.

    `caret` is where the last selection ended, `moves_end` which edge the arrows move, `current` the id
    of the span in hand, which `is_held` once somebody went there.
    """

    page: Page
    text: str
    pressed: list[str] = field(default_factory=list)
    letters: int = 0
    caret: int | None = None
    moves_end: bool = True
    current: str = ""
    is_held: bool = False

    def __post_init__(self) -> None:
        self.words = [Stretch(*one) for one in self.page.evaluate(PIECES, "word")]
        self.sentences = [Stretch(*one) for one in self.page.evaluate(PIECES, "sentence")]

    def press(self, *keys: str) -> None:
        """Press keys one after the other, waiting for nothing."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed.append(key)

    def write(self, words: str) -> None:
        """Type words into the field that has the focus."""
        self.press(*words)
        self.letters += len(words)

    def save(self, *keys: str) -> None:
        """Press keys of which the last one saves, and wait until it has."""
        self.press(*keys[:-1])
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            self.press(keys[-1])
        assert answer.value.status == 200, (keys, answer.value.status)
        expect(self.page.locator("#saved")).to_have_text("Saved")

    def select(self, start: int, end: int) -> None:
        """Select a stretch by the fewest keys."""
        keys, self.moves_end = min(self._ways(Stretch(start, end)), key=lambda way: len(way[0]))
        if self.is_held and keys[0].startswith("Arrow"):
            self.press("Escape")  # or they would move the edges of the span in hand
        self.press(*keys)
        expect_chosen(self.page, self.text[start:end])

    def tag(self, key: str, start: int, end: int) -> None:
        """Select a stretch and tag it; the caret stays behind it, the new span is current."""
        known = set(self.page.evaluate(ANCHORS))
        self.select(start, end)
        self.save(key)
        (self.current,) = set(self.page.evaluate(ANCHORS)) - known
        self.caret, self.is_held = end, False

    def hold(self, span: str, *, start: int) -> None:
        """Go to a span by its id."""
        self.press(*self._walk(span))
        self.current, self.caret, self.is_held = span, start, True

    def link(self, key: str, span: str, words: str = "") -> None:
        """Join the span in hand to another one; where there are several ways, choose by its words."""
        self.press(key)
        self.is_held = True
        self.press(*self._walk(span))
        self.page.wait_for_function(AIMED_AT, arg=span[1:])
        picks = self.page.locator("#picks button").all_text_contents()
        digits = [pick.split()[0] for pick in picks if words in pick]
        assert len(digits) == 1, picks
        self.save(digits[0] if words else "Enter")

    def _walk(self, span: str) -> list[str]:
        """The keys that lead from the current span to another one."""
        anchors = self.page.evaluate(ANCHORS)
        steps = anchors.index(span) - anchors.index(self.current)
        if steps > 0:
            return ["n"] * steps
        return ["p"] * (-steps + (not self.is_held))

    def _ways(self, target: Stretch) -> Iterator[tuple[list[str], bool]]:
        """Every way to select a stretch that is tried, and whether the arrows then move its end."""
        for keys, found, moves_end in self._beginnings():
            for first_end in (True, False):
                steps = self._shape(found, target, moves_end=moves_end, first_end=first_end)
                if steps:
                    yield [*keys, *steps[0]], steps[1]

    def _beginnings(self) -> Iterator[tuple[list[str], Stretch, bool]]:
        """What a few presses select: the next sentences, those before, the words beside the caret."""
        caret = self.caret or 0
        later = [one for one in self.sentences if one.start >= caret]
        for count, one in enumerate(later, 1):
            yield ["j"] * count, one, True
        earlier = [one for one in self.sentences if one.end <= caret]
        for count, one in enumerate(reversed(earlier), 1):
            yield ["k"] * count, one, True
        for last, one in product(earlier[-1:], self.sentences[len(earlier) : len(earlier) + 1]):
            assert last.end <= one.start
            yield ["k", "j"], one, True
        if self.caret is not None:
            following = (one for one in self.words if one.start >= caret)
            yield from ((["ArrowRight"], one, self.moves_end) for one in (*following,)[:1])
            before = [one for one in self.words if one.end <= caret]
            yield from ((["ArrowLeft"], one, self.moves_end) for one in before[-1:])

    def _shape(
        self, found: Stretch, target: Stretch, *, moves_end: bool, first_end: bool
    ) -> tuple[list[str], bool] | None:
        """The keys that bring a selection to another one, one edge first; None where they cross."""
        keys = list[str]()
        now = found
        for is_end in (first_end, not first_end):
            there = now._replace(end=target.end) if is_end else now._replace(start=target.start)
            if there.start >= there.end:
                return None
            if there != now and moves_end != is_end:
                keys.append("o")
                moves_end = is_end
            edges = [one.end if is_end else one.start for one in self.words]
            keys += _moves(
                edges, now.end if is_end else now.start, there.end if is_end else there.start
            )
            now = there
        return keys, moves_end


def _moves(edges: list[int], at: int, to: int) -> list[str]:
    """The arrows from one offset to another: by words to an edge beside it, then by graphemes."""
    right = bisect_left(edges, to)
    ways = []
    for stop in {*edges[max(0, right - 1) : right + 1], at}:
        first, last = sorted((at, stop))
        words = bisect_right(edges, last) - bisect_left(edges, first) - (at in edges)
        keys = ["ArrowRight" if stop > at else "ArrowLeft"] * words
        keys += ["Shift+ArrowRight" if to > stop else "Shift+ArrowLeft"] * abs(to - stop)
        ways.append(keys)
    return min(ways, key=len)
