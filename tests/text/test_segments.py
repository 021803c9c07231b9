"""Flat segments: cut at every border, covering all, knowing what lies over them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.offsets import Fragment, envelope
from annotations.text.segments import Piece, Segment, segments_of
from tests.text.gold import GoldSpan


def piece(key: int, *pairs: tuple[int, int]) -> Piece:
    return Piece(key, tuple(Fragment(start, end) for start, end in pairs))


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    """Draw up to eight pieces, nested, crossing, discontinuous and touching."""
    edges = st.lists(st.integers(0, 40), min_size=2, max_size=6, unique=True).map(sorted)
    found = []
    for key in range(draw(st.integers(0, 8))):
        own = draw(edges)
        step = draw(st.sampled_from([1, 2]))  # 1: fragments that touch
        found.append(piece(key, *list(pairwise(own))[::step]))
    return found


def test_a_stretch_without_pieces_is_one_segment() -> None:
    assert segments_of(5, 9, []) == [Segment(5, 9, (), ())]


def test_an_empty_stretch_has_no_segments() -> None:
    assert segments_of(5, 5, [piece(1, (0, 9))]) == []


def test_a_nested_piece_lies_inside_the_outer_one() -> None:
    inner, outer = piece(1, (3, 6)), piece(2, (0, 9))

    assert segments_of(0, 10, [inner, outer]) == [
        Segment(0, 3, (2,), (2,)),
        Segment(3, 6, (2, 1), (1,)),
        Segment(6, 9, (2,), ()),
        Segment(9, 10, (), ()),
    ]


def test_crossing_pieces_are_cut_where_they_cross() -> None:
    assert segments_of(0, 8, [piece(1, (0, 5)), piece(2, (3, 8))]) == [
        Segment(0, 3, (1,), (1,)),
        Segment(3, 5, (1, 2), (2,)),
        Segment(5, 8, (2,), ()),
    ]


def test_of_equal_pieces_the_smaller_key_is_outermost() -> None:
    assert segments_of(0, 2, [piece(9, (0, 2)), piece(4, (0, 2))]) == [
        Segment(0, 2, (4, 9), (4, 9))
    ]


def test_a_discontinuous_piece_starts_once_and_leaves_its_gap_free() -> None:
    assert segments_of(0, 9, [piece(1, (1, 3), (5, 7))]) == [
        Segment(0, 1, (), ()),
        Segment(1, 3, (1,), (1,)),
        Segment(3, 5, (), ()),
        Segment(5, 7, (1,), ()),
        Segment(7, 9, (), ()),
    ]


def test_a_piece_that_began_before_the_stretch_does_not_start_in_it() -> None:
    assert segments_of(4, 8, [piece(1, (0, 6)), piece(2, (4, 20)), piece(3, (9, 12))]) == [
        Segment(4, 6, (2, 1), (2,)),
        Segment(6, 8, (2,), ()),
    ]


@given(pieces(), st.integers(0, 40), st.integers(0, 40))
def test_segments_say_for_every_character_what_covers_it(
    drawn: list[Piece], start: int, end: int
) -> None:
    segments = segments_of(start, end, drawn)

    covered = [keys for left, right, keys, _ in segments for _ in range(left, right)]
    expected = [_covering(drawn, offset) for offset in range(start, end)]
    assert covered == expected
    assert all(left < right for left, right, _, _ in segments)
    assert [s.start for s in segments] == ([start] if segments else []) + [
        s.end for s in segments[:-1]
    ]


@given(pieces(), st.integers(0, 40), st.integers(0, 40))
def test_segments_are_cut_at_every_border_and_nowhere_else(
    drawn: list[Piece], start: int, end: int
) -> None:
    cuts = {segment.start for segment in segments_of(start, end, drawn)}

    borders = {edge for own in drawn for fragment in own.fragments for edge in fragment}
    assert cuts == {edge for edge in borders | {start} if start <= edge < end}


@given(pieces(), st.integers(0, 20), st.integers(20, 40))
def test_each_piece_starts_once_at_its_first_fragment(
    drawn: list[Piece], start: int, end: int
) -> None:
    starts = [(s.start, key) for s in segments_of(start, end, drawn) for key in s.starts]

    first = [(own.fragments[0].start, own.key) for own in drawn]
    assert sorted(starts) == sorted((at, key) for at, key in first if start <= at < end)


def test_the_segments_of_the_seed_are_its_text(seed_text: str, gold_spans: list[GoldSpan]) -> None:
    drawn = [Piece(key, span.fragments) for key, span in enumerate(gold_spans)]

    segments = segments_of(0, len(seed_text), drawn)

    assert "".join(seed_text[s.start : s.end] for s in segments) == seed_text
    assert sum(len(s.starts) for s in segments) == len(gold_spans)


def _covering(drawn: list[Piece], offset: int) -> tuple[int, ...]:
    covering = [own for own in drawn if any(s <= offset < e for s, e in own.fragments)]
    covering.sort(key=lambda own: (own.fragments[0].start - own.fragments[-1].end,
                                   envelope(own.fragments).start, own.key))  # fmt: skip
    return tuple(own.key for own in covering)
