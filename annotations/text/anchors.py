"""Finds a typed or pasted passage in a text, and the context that tells places apart.

Folding is for the search only: what comes back are offsets of the text as it stands.
"""

# ruff: noqa: RUF001 -- look-alikes of quotation marks and dashes are the subject here

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from annotations.text.offsets import Fragment, trimmed

CONTEXT_WIDTH = 32  # code points, as in the W3C's examples of a TextQuoteSelector


def occurrences(text: str, passage: str, *, within: Fragment | None = None) -> list[Fragment]:
    """Return the places of a passage, in order and without overlaps.

    Runs of white space are equal to one another, and so are kinds of quotation marks, of
    apostrophes and of dashes. Letters must have the passage's case, unless nothing is found so.
    Time is linear in the text, which `within` narrows to a stretch.
    """
    inner = trimmed(passage, 0, len(passage))
    if inner is None:
        return []
    start, end = within or Fragment(0, len(text))
    haystack = _folded(text[start:end])
    needle = _folded(passage[inner.start : inner.end]).text
    found = list(_places(haystack.text, needle))
    if not found:
        found = list(_places(_lowered(haystack.text), _lowered(needle)))
    return [
        Fragment(start + haystack.original(left), start + haystack.original(right))
        for left, right in found
    ]


def context(text: str, start: int, end: int, *, width: int = CONTEXT_WIDTH) -> tuple[str, str]:
    """Return the text before and after a place: prefix and suffix of a TextQuoteSelector."""
    return text[max(0, start - width) : start], text[end : end + width]


class _Folded(NamedTuple):
    """A text folded for the search, and where its characters were before.

    From folded offset `turns[i]` on, the original offset is greater by `shifts[i]`.
    """

    text: str
    turns: list[int]
    shifts: list[int]

    def original(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.turns, offset) - 1]


_WHITE_RUN = re.compile(r"\s+")
_LONG_WHITE_RUN = re.compile(r"\s{2,}")
_KINDS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞＂″", '"'),
        **dict.fromkeys("‘’‚‛‹›ʼ＇′`´", "'"),
        **dict.fromkeys("\u2010\u2011‒–—―−﹣－", "-"),
    }
)


def _folded(text: str) -> _Folded:
    turns, shifts = [0], [0]
    for run in _LONG_WHITE_RUN.finditer(text):
        turns.append(run.start() + 1 - shifts[-1])
        shifts.append(shifts[-1] + run.end() - run.start() - 1)
    return _Folded(_WHITE_RUN.sub(" ", text).translate(_KINDS), turns, shifts)


def _lowered(text: str) -> str:
    """Lower the case of each character for itself, so that no offset moves."""
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two characters
        lowered = "".join(_lower_one(character) for character in text)
    return lowered.replace("ς", "σ")


def _lower_one(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _places(text: str, passage: str) -> Iterator[Fragment]:
    start = text.find(passage)
    while start >= 0:
        yield Fragment(start, start + len(passage))
        start = text.find(passage, start + len(passage))
