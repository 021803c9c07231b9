"""Paragraphs: the maximal runs of lines between blank lines.

A block's text is exactly `text[start:end]`; blank lines and the line ends around them belong to
no block. Only LF ends a line: U+0085, U+2028 and VT are characters like others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from annotations.text.offsets import ZERO_WIDTH_SPACES, Fragment


class Block(NamedTuple):
    """A paragraph: its number from 1, start and end in code points."""

    number: int
    start: int
    end: int


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text, in order; none for a blank text."""
    runs = runs_of_lines(text, 0, len(text))
    return tuple(Block(number, start, end) for number, (start, end) in enumerate(runs, 1))


def runs_of_lines(text: str, start: int, end: int) -> Iterator[Fragment]:
    """Yield the runs of lines between blank lines within one stretch of the text."""
    first: int | None = None
    last_end = start
    while start <= end:
        line_end = text.find("\n", start, end)
        if line_end < 0:
            line_end = end
        if not _is_blank_line(text, start, line_end):
            first = start if first is None else first
            last_end = line_end
        elif first is not None:
            yield Fragment(first, last_end)
            first = None
        start = line_end + 1
    if first is not None:
        yield Fragment(first, last_end)


def whole_blocks(text: str, start: int, end: int) -> Fragment:
    """Widen a stretch to the blocks it lies in, reading no further than these.

    A stretch in blank lines only is widened to them at most. Used where an article's blocks are
    not at hand and computing all of them would cost more than the answer.
    """
    line_start = text.rfind("\n", 0, start) + 1
    while line_start > 0:
        above = text.rfind("\n", 0, line_start - 1) + 1
        if _is_blank_line(text, above, line_start - 1):
            break
        line_start = above
    line_end = _line_end(text, end)
    while line_end < len(text):
        below = _line_end(text, line_end + 1)
        if _is_blank_line(text, line_end + 1, below):
            break
        line_end = below
    return Fragment(line_start, line_end)


def block_at(blocks: Sequence[Block], offset: int) -> Block | None:
    """Return the block that holds the code point at an offset; None between blocks."""
    index = bisect_right(blocks, offset, key=attrgetter("start")) - 1
    return blocks[index] if index >= 0 and offset < blocks[index].end else None


def blocks_touching(blocks: Sequence[Block], start: int, end: int) -> Sequence[Block]:
    """Return the blocks that share a code point with [start, end)."""
    if start >= end:
        return ()
    first = bisect_right(blocks, start, key=attrgetter("end"))
    return blocks[first : bisect_left(blocks, end, key=attrgetter("start"))]


_BLANK = re.compile(rf"[\s{ZERO_WIDTH_SPACES}]*")


def _is_blank_line(text: str, start: int, end: int) -> bool:
    return _BLANK.fullmatch(text, start, end) is not None


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found
