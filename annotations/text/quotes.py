"""Quotation marks: which words stand inside them, and so how a span quotes its source.

Marks in the wild are often wrong: an opening mark that should close, a mark never closed, an
apostrophe that looks like a quotation mark. So what stands on its left and right decides what a
mark does; its own shape decides only when that is not clear.
"""

# ruff: noqa: RUF001 -- look-alikes of quotation marks and dashes are the subject here

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from annotations.text.blocks import runs_of_lines, whole_blocks
from annotations.text.offsets import Fragment, Fragments, envelope

QuoteType = Literal["direct", "indirect", "mixed"]


def quoted_stretches(text: str, start: int, end: int) -> tuple[Fragment, ...]:
    """Return the outermost quotations of a stretch of whole blocks, marks included.

    A double quotation that nothing closes runs to the end of its block, as in a quotation of
    several paragraphs; a single one that nothing closes is an apostrophe.
    """
    return tuple(
        stretch
        for run in runs_of_lines(text, start, end)
        for stretch in _stretches_of_run(text, run)
    )


def quote_type_of(text: str, fragments: Fragments) -> QuoteType:
    """Tell how much of a span is quoted: all words are direct, some mixed, none indirect.

    The marks may lie outside the span. Reads only the blocks that hold the span.
    """
    stretches = _cached_stretches(text, *whole_blocks(text, *envelope(fragments)))
    words = quoted = 0
    for start, end in fragments:
        words += _words_in(text, start, end)
        first = bisect_right(stretches, start, key=attrgetter("end"))
        last = bisect_left(stretches, end, key=attrgetter("start"))
        for left, right in stretches[first:last]:
            quoted += _words_in(text, max(start, left), min(end, right))
    if not quoted:
        return "indirect"
    return "direct" if quoted == words else "mixed"


@lru_cache(maxsize=4)
def _cached_stretches(text: str, start: int, end: int) -> tuple[Fragment, ...]:
    """The same as `quoted_stretches`, found once for all spans of a paragraph."""
    return quoted_stretches(text, start, end)


_Family = Literal["double", "single", "guillemet"]


class _Mark(NamedTuple):
    """A quotation mark and what its neighbours let it do."""

    start: int
    end: int
    shape: str
    family: _Family
    opens: bool
    closes: bool


_MARK = re.compile(r"``|''|[\"“”„‟＂〝〞「」『』«»'‘’‚‛‹›]")
_FAMILY_OF: dict[str, _Family] = {
    **dict.fromkeys("'‘’‚‛", "single"),
    **dict.fromkeys("«»‹›「」『』", "guillemet"),
}
_PARTNER_OF = {"«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』"}
_MAY_PRECEDE_OPENING = frozenset("([{—–―-/\"'“”‘’„‚«»")
_CANNOT_BE_QUOTED_FIRST = frozenset(",.;:!?)]}—–―")
_MAY_FOLLOW_CLOSING = frozenset(",.;:!?…)]}—–―-/\"'“”‘’«»")
_APOSTROPHE_FIRST = re.compile(r"(?:n|em|til|tis|twas|cause|bout|round)\b|\d", re.IGNORECASE)


def _stretches_of_run(text: str, run: Fragment) -> Iterator[Fragment]:
    marks = [_mark(text, run, found) for found in _MARK.finditer(text, *run)]
    single_ends = _single_ends(text, marks)
    opened: _Mark | None = None
    single_end = -1
    for index, mark in enumerate(marks):
        if opened is None:
            single_end = single_ends[index]
            if _does_open(text, mark, single_end):
                opened = mark
        elif _does_close(mark, opened, single_end):
            yield Fragment(opened.start, mark.end)
            opened = None
    if opened is not None and opened.family == "double":
        yield Fragment(opened.start, run.end)


def _mark(text: str, run: Fragment, found: re.Match[str]) -> _Mark:
    start, end = found.span()
    left = text[start - 1] if start > run.start else " "
    right = text[end] if end < run.end else " "
    shape = found.group()
    return _Mark(
        start,
        end,
        shape,
        _FAMILY_OF.get(shape, "double"),
        opens=(left.isspace() or left in _MAY_PRECEDE_OPENING)
        and not (right.isspace() or right in _CANNOT_BE_QUOTED_FIRST),
        closes=not left.isspace() and (right.isspace() or right in _MAY_FOLLOW_CLOSING),
    )


def _does_open(text: str, mark: _Mark, single_end: int) -> bool:
    if mark.family == "guillemet":
        return mark.shape in _PARTNER_OF
    if mark.family == "single":
        is_apostrophe = mark.shape == "’" or _APOSTROPHE_FIRST.match(text, mark.end)
        return mark.opens and single_end >= 0 and not is_apostrophe
    if mark.opens == mark.closes:
        return mark.shape in {'"', "“", "„", "‟", "＂", "〝", "``"}
    return mark.opens


def _does_close(mark: _Mark, opened: _Mark, single_end: int) -> bool:
    if opened.family == "guillemet":
        return mark.shape == _PARTNER_OF[opened.shape]
    if opened.family == "single":
        return mark.start == single_end
    return mark.family == "double" and (mark.closes or not mark.opens)


def _single_ends(text: str, marks: list[_Mark]) -> list[int]:
    """Say for each mark where a single quotation opened there would close, or -1.

    A mark after s and before a small letter ("the workers' union") is taken for an apostrophe
    when a better one follows before the next single quotation opens.
    """
    ends = [-1] * len(marks)
    nearest = -1
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        ends[index] = nearest
        if mark.family != "single":
            continue
        if mark.opens:
            nearest = -1
        elif mark.closes and not (nearest >= 0 and _is_possessive(text, mark)):
            nearest = mark.start
    return ends


def _is_possessive(text: str, mark: _Mark) -> bool:
    return text[mark.start - 1] in "sS" and text[mark.end + 1 : mark.end + 2].islower()


def _words_in(text: str, start: int, end: int) -> int:
    """Count the letters and digits in a stretch; none in an empty one."""
    return sum(character.isalnum() for character in text[start : max(start, end)])
