"""Random text of which the graphemes and words are known, so that no test needs a segmenter of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from random import Random
from typing import NamedTuple

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


class Edges(NamedTuple):
    """A text with the edges of its graphemes and of its words, in code points."""

    text: str
    graphemes: list[int]
    words: list[tuple[int, int]]


def span_between(edges: Edges, start: int, end: int, *, exact: bool) -> list[int | str] | None:
    """The span that a selection from one offset to another means: start, end and words."""
    text = edges.text
    while start < end and text[start] in WITHOUT_INK:
        start += 1
    while start < end and text[end - 1] in WITHOUT_INK:
        end -= 1
    if end <= start:
        return None
    start = edges.graphemes[bisect_right(edges.graphemes, start) - 1]
    end = edges.graphemes[bisect_left(edges.graphemes, end)]
    if not exact:
        start = next((first for first, last in edges.words if first < start < last), start)
        end = next((last for first, last in edges.words if first < end < last), end)
    return [start, end, text[start:end]]


def random_content(random: Random) -> Edges:
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
    return Edges("".join(pieces), [0, *accumulate(map(len, pieces))], words)
