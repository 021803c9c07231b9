"""Fragments, trimming, blankness, quoting, and the border to UTF-16."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.offsets import (
    Fragment,
    code_point_offset,
    envelope,
    fault_of,
    is_blank,
    is_white,
    joined,
    overlaps,
    quote_of,
    touches,
    trimmed,
    utf16_offset,
)
from tests.text.gold import GoldSpan
from tests.text.wild import texts_with_places, wild_texts


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        ([(0, 5)], ""),
        ([(0, 2), (3, 5)], ""),
        ([(0, 2), (2, 5)], ""),
        ([], "there is no fragment"),
        ([(-1, 2)], "[-1, 2) lies outside a text of 5 code points"),
        ([(0, 6)], "[0, 6) lies outside a text of 5 code points"),
        ([(2, 2)], "[2, 2) is empty or reversed"),
        ([(3, 2)], "[3, 2) is empty or reversed"),
        ([(0, 3), (2, 5)], "[2, 5) begins before the previous fragment ends"),
        ([(3, 5), (0, 2)], "[0, 2) begins before the previous fragment ends"),
    ],
)
def test_fragments_are_inside_the_text_ordered_and_disjoint(
    pairs: list[tuple[int, int]], fault: str
) -> None:
    fragments = tuple(Fragment(start, end) for start, end in pairs)

    assert fault_of(fragments, length=5) == fault


@pytest.mark.parametrize(
    "edge", [" ", "\n", "\t", "\u00a0", "\u0085", "\u2028", "\u200b", "\ufeff"]
)
def test_trimming_takes_white_space_of_every_kind_from_both_ends(edge: str) -> None:
    text = f"{edge}two words{edge}{edge}"

    assert trimmed(text, 0, len(text)) == Fragment(1, 10)


def test_trimming_keeps_joiners_and_marks_which_belong_to_a_character() -> None:
    text = "👩‍👩‍👧\u200d e\u0301"

    assert trimmed(text, 0, len(text)) == Fragment(0, len(text))


def test_trimming_leaves_nothing_of_white_space() -> None:
    assert trimmed("a \u200b\n b", 1, 5) is None


@given(texts_with_places())
def test_trimming_takes_white_space_and_nothing_else(place: tuple[str, Fragment]) -> None:
    text, (start, end) = place

    inner = trimmed(text, start, end) or Fragment(end, end)

    assert all(map(is_white, text[start : inner.start] + text[inner.end : end]))
    assert not any(is_white(edge) for edge in text[inner.start : inner.end][:1])
    assert not any(is_white(edge) for edge in text[inner.start : inner.end][-1:])


@pytest.mark.parametrize("text", ["", " \n", "“…”", "—", "?!", "\u200b.", "\u00ad", "\u200f", "،؟"])
def test_text_without_a_word_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "“7”", "€", "😀", "قال", " + ", "汉"])
def test_letters_digits_and_symbols_are_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_a_quote_joins_fragments_by_one_space() -> None:
    fragments = (Fragment(0, 4), Fragment(15, 20))

    assert quote_of("They, we said, agree", fragments) == "They agree"


def test_the_gold_spans_quote_the_seed(seed_text: str, gold_spans: list[GoldSpan]) -> None:
    quotes = [quote_of(seed_text, span.fragments).replace("\u00a0", " ") for span in gold_spans]

    assert quotes == [span.text.replace("\u00a0", " ") for span in gold_spans]


def test_an_envelope_reaches_from_the_first_start_to_the_last_end() -> None:
    assert envelope((Fragment(2, 4), Fragment(6, 9))) == Fragment(2, 9)


@pytest.mark.parametrize(
    ("other", "shared"),
    [((0, 3), False), ((0, 4), True), ((4, 5), True), ((3, 6), True), ((6, 9), False)],
)
def test_stretches_overlap_when_they_share_a_code_point(
    other: tuple[int, int], shared: bool
) -> None:
    own, stretch = Fragment(3, 6), Fragment(*other)

    assert overlaps(own, stretch) is overlaps(stretch, own) is shared


def test_a_discontinuous_span_does_not_touch_what_lies_in_its_gap() -> None:
    fragments = (Fragment(0, 3), Fragment(8, 10))

    assert not touches(fragments, Fragment(3, 8))
    assert touches(fragments, Fragment(3, 9))


def test_an_emoji_counts_one_code_point_and_two_utf16_units() -> None:
    assert utf16_offset("A 😀 b", 4) == 5
    assert code_point_offset("A 😀 b", 5) == 4


@given(wild_texts, st.data())
def test_offsets_survive_the_way_to_utf16_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))

    units = utf16_offset(text, offset)

    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert code_point_offset(text, units) == offset


@pytest.mark.parametrize("units", [-1, 2, 4])
def test_an_offset_inside_a_pair_or_outside_the_text_is_refused(units: int) -> None:
    with pytest.raises(ValueError, match=r"surrogate pair|negative|past the end"):
        code_point_offset("a😀", units)


@pytest.mark.parametrize("offset", [-1, 3])
def test_an_offset_outside_the_text_has_no_utf16_offset(offset: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 2 code points"):
        utf16_offset("a😀", offset)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(0, 3), (7, 9)], [(0, 3), (7, 9)]),
        ([(7, 9), (0, 3)], [(0, 3), (7, 9)]),
        ([(0, 3), (3, 6)], [(0, 6)]),
        ([(0, 3), (2, 6)], [(0, 6)]),
        ([(0, 9), (2, 6)], [(0, 9)]),
        ([(0, 3), (0, 3)], [(0, 3)]),
        ([(0, 3), (4, 6)], [(0, 6)]),
        ([(0, 3), (4, 7), (8, 11)], [(0, 11)]),
        ([(7, 11), (12, 15)], [(7, 11), (12, 15)]),
        ([(0, 3), (6, 9)], [(0, 3), (6, 9)]),
        ([], []),
    ],
)
def test_parts_that_overlap_or_are_neighbours_are_joined(
    parts: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    text = "the dam had\nfailed"

    assert joined(text, (Fragment(*part) for part in parts)) == tuple(expected)


def test_what_is_joined_quotes_the_same_words() -> None:
    text = "one\u00a0two\u200b three"
    parts = (Fragment(0, 3), Fragment(4, 7), Fragment(9, 14))

    assert joined(text, parts) == (Fragment(0, 14),)
    assert joined(text, parts[:1]) == parts[:1]
