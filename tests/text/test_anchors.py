"""Finding a typed passage, and the context around a place."""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.anchors import context, occurrences
from annotations.text.offsets import Fragment, trimmed
from tests.text.gold import GoldSpan
from tests.text.wild import texts_with_places, wild_texts

TEXT = "Assad’s ally said “no”.\n\nAssad\u00a0 fell – 13-year “rule”. İ 😀 ASSAD’S"


def quoted(text: str, passage: str) -> list[str]:
    return [text[start:end] for start, end in occurrences(text, passage)]


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("Assad", ["Assad", "Assad"]),
        ('Assad\'s ally said "no"', ["Assad’s ally said “no”"]),
        ("Assad`s ally", ["Assad’s ally"]),
        ("  said «no».\r\n\r\nAssad fell\r\n", ["said “no”.\n\nAssad\u00a0 fell"]),
        ("fell - 13–year", ["fell – 13-year"]),
        ("fell — 13\u2011year", ["fell – 13-year"]),
        ("i 😀 assad's", []),
        ("😀 assad's", ["😀 ASSAD’S"]),
        ("aSSad", ["Assad", "Assad", "ASSAD"]),
        ("not there", []),
        ("", []),
        (" \r\n\u200b", []),
    ],
)
def test_a_passage_is_found_though_typed_with_other_marks_and_spaces(
    passage: str, found: list[str]
) -> None:
    assert quoted(TEXT, passage) == found


def test_capitals_count_as_long_as_something_has_them() -> None:
    assert occurrences("Ai AI ai", "AI") == [Fragment(3, 5)]
    assert occurrences("Ai ai", "AI") == [Fragment(0, 2), Fragment(3, 5)]


def test_greek_final_sigma_is_a_sigma_when_case_does_not_count() -> None:
    assert quoted("ΟΔΟΣ, ΟΔΟΣΑ", "οδος") == ["ΟΔΟΣ", "ΟΔΟΣ"]


def test_accents_are_not_folded() -> None:
    assert quoted("cafe\u0301", "café") == []


def test_the_search_stays_within_a_stretch() -> None:
    text = "one  two one two one"

    assert occurrences(text, "one", within=Fragment(1, 20)) == [Fragment(9, 12), Fragment(17, 20)]
    assert occurrences(text, "one", within=Fragment(10, 19)) == []
    assert occurrences(text, "one two", within=Fragment(0, 9)) == [Fragment(0, 8)]


def test_occurrences_do_not_overlap() -> None:
    assert occurrences("aaaaa", "aa") == [Fragment(0, 2), Fragment(2, 4)]


def test_every_gold_span_is_found_at_its_place(seed_text: str, gold_spans: list[GoldSpan]) -> None:
    missed = [
        span.text
        for span in gold_spans
        if span.fragments[0] not in occurrences(seed_text, span.text)
    ]

    assert missed == []


@given(texts_with_places())
def test_what_is_copied_from_a_text_is_found_in_it(place: tuple[str, Fragment]) -> None:
    text, (start, end) = place
    inner = trimmed(text, start, end)

    found = occurrences(text, text[start:end], within=Fragment(start, end))

    assert found == ([inner] if inner else [])


@given(wild_texts, wild_texts)
def test_found_places_are_ordered_disjoint_and_trimmed(text: str, passage: str) -> None:
    found = occurrences(text, passage)

    edges = [edge for place in found for edge in place]
    assert edges == sorted(edges)
    assert [trimmed(text, start, end) for start, end in found] == found


@pytest.mark.parametrize(
    ("unit", "passage"),
    [("a ", "a " * 5_000 + "b"), ("a", "a" * 5_000 + "b"), (" ", "a  b"), ("a\n\n", "a a a")],
)
def test_hostile_repetition_takes_linear_time(unit: str, passage: str) -> None:
    text = unit * (600_000 // len(unit))

    found = occurrences(text, passage)

    assert len(found) == (66_666 if passage == "a a a" else 0)


@given(texts_with_places(), st.integers(0, 40))
def test_context_continues_the_text_on_both_sides(place: tuple[str, Fragment], width: int) -> None:
    text, (start, end) = place

    prefix, suffix = context(text, start, end, width=width)

    assert text[:start].endswith(prefix)
    assert text[end:].startswith(suffix)
    assert (len(prefix), len(suffix)) == (min(width, start), min(width, len(text) - end))


def test_context_is_32_code_points_wide() -> None:
    assert context("😀" * 99, 40, 50) == ("😀" * 32, "😀" * 32)
