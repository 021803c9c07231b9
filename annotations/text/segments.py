"""Cuts a stretch of text at every span border: flat segments that know what covers them.

Pieces may nest, overlap and be discontinuous; segments never do, so they can be written one after
the other as flat markup. How a segment looks is no matter of this module.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from annotations.text.offsets import Fragments


class Piece(NamedTuple):
    """A span to draw: its key and its fragments (ordered, disjoint, at least one)."""

    key: int
    fragments: Fragments


class Segment(NamedTuple):
    """A stretch with the same spans from end to end; code points.

    `keys` are the pieces that cover it, outermost first: longer envelope, then earlier start,
    then smaller key. `starts` are those of them that begin exactly here.
    """

    start: int
    end: int
    keys: tuple[int, ...]
    starts: tuple[int, ...]


def segments_of(start: int, end: int, pieces: Iterable[Piece]) -> list[Segment]:
    """Cut [start, end) at the borders of the pieces: in order, without gaps, none empty.

    One sweep over the sorted borders: n log n in fragments, plus the depth at each border.
    """
    if start >= end:
        return []
    ranked = sorted(pieces, key=_outermost_first)
    opening, closing = _borders(start, end, ranked)
    cuts = sorted({start, end, *opening, *closing})
    covering: list[int] = []  # ranks, kept sorted
    segments = []
    for left, right in pairwise(cuts):
        for rank in closing[left]:
            covering.remove(rank)
        for rank in opening[left]:
            insort(covering, rank)
        keys = tuple([ranked[rank].key for rank in covering])
        starts = tuple(
            [ranked[rank].key for rank in opening[left] if ranked[rank].fragments[0].start == left]
        )
        segments.append(Segment(left, right, keys, starts))
    return segments


def _outermost_first(piece: Piece) -> tuple[int, int, int]:
    start, end = piece.fragments[0].start, piece.fragments[-1].end
    return (start - end, start, piece.key)


def _borders(
    start: int, end: int, ranked: list[Piece]
) -> tuple[defaultdict[int, list[int]], defaultdict[int, list[int]]]:
    """Map each border inside [start, end] to the ranks that open and that close there."""
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    for rank, piece in enumerate(ranked):
        for left, right in piece.fragments:
            if left < end and right > start:
                opening[max(left, start)].append(rank)
                closing[min(right, end)].append(rank)
    return opening, closing
