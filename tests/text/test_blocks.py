"""Paragraphs between blank lines, and finding them by offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.blocks import Block, block_at, blocks_of, blocks_touching, whole_blocks
from annotations.text.offsets import Fragment, is_white
from tests.text.wild import texts_with_places, wild_texts

TEXT = "Title\n\nFirst line\nsecond line\n \u00a0\n\nLast"
BLOCKS = (Block(1, 0, 5), Block(2, 7, 29), Block(3, 34, 38))


def test_blocks_are_runs_of_lines_between_blank_lines() -> None:
    assert blocks_of(TEXT) == BLOCKS


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", "\u200b\n\ufeff"])
def test_a_blank_text_has_no_blocks(text: str) -> None:
    assert blocks_of(text) == ()


def test_a_block_keeps_the_white_space_of_its_own_lines() -> None:
    assert blocks_of("\n  indented \n\n") == (Block(1, 1, 12),)


@pytest.mark.parametrize("mark", ["\u0085", "\u2028", "\u2029", "\x0b", "\x0c", "\x1e"])
def test_only_lf_ends_a_line(mark: str) -> None:
    text = f"one{mark}{mark}two"

    assert blocks_of(text) == (Block(1, 0, len(text)),)


def test_the_seed_has_twelve_blocks(seed_text: str) -> None:
    blocks = blocks_of(seed_text)

    assert [block.start for block in blocks] == [
        0, 221, 509, 789, 1016, 1359, 1565, 1694, 1916, 2129, 2147, 2162
    ]  # fmt: skip
    assert blocks[-1].end == 2232


@given(wild_texts)
def test_blocks_hold_all_words_and_no_blank_line(text: str) -> None:
    blocks = blocks_of(text)

    edges = [0, *(edge for _, start, end in blocks for edge in (start, end)), len(text)]
    gaps = [text[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True)]
    lines = [line for _, start, end in blocks for line in text[start:end].split("\n")]
    assert edges == sorted(edges)
    assert all(is_white(character) for gap in gaps for character in gap)
    assert all(not all(map(is_white, line)) for line in lines)
    assert all(gap.count("\n") >= 2 for gap in gaps[1:-1])


@pytest.mark.parametrize(
    ("offset", "number"),
    [(-1, 0), (0, 1), (4, 1), (5, 0), (6, 0), (7, 2), (28, 2), (29, 0), (38, 0)],
)
def test_the_block_at_an_offset_holds_the_code_point_there(offset: int, number: int) -> None:
    block = block_at(BLOCKS, offset)

    assert (block.number if block else 0) == number


@given(wild_texts, st.integers(-2, 60), st.integers(-2, 60))
def test_blocks_are_found_as_by_looking_at_each(text: str, start: int, end: int) -> None:
    blocks = blocks_of(text)

    holding = [block for block in blocks if block.start <= start < block.end]
    touched = [block for block in blocks if max(block.start, start) < min(block.end, end)]
    assert block_at(blocks, start) == (holding[0] if holding else None)
    assert list(blocks_touching(blocks, start, end)) == touched


@pytest.mark.parametrize(
    ("place", "whole"),
    [((0, 1), (0, 5)), ((10, 12), (7, 29)), ((3, 20), (0, 29)), ((35, 36), (34, 38))],
)
def test_a_stretch_is_widened_to_whole_blocks(
    place: tuple[int, int], whole: tuple[int, int]
) -> None:
    assert whole_blocks(TEXT, *place) == Fragment(*whole)


@given(texts_with_places())
def test_widening_takes_in_every_block_touched_and_cuts_none(place: tuple[str, Fragment]) -> None:
    text, (start, end) = place
    blocks = blocks_of(text)

    wide = whole_blocks(text, start, end)

    cut = [b for b in blocks if b.start < wide.start < b.end or b.start < wide.end < b.end]
    assert wide.start <= start
    assert wide.end >= end
    assert cut == []
