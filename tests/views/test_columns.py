"""The article's column: every paragraph as it stands, with its spans; zones folded away."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Span, Zone
from annotations.text.offsets import Fragment
from annotations.views.boards import board_of
from annotations.views.columns import blocks_of_text, paragraphs_of, stretches_of
from annotations.views.rails import Window
from tests.people import Cast, make_article, make_set, tag


def test_the_paragraphs_and_folded_zones_are_the_article(cast: Cast, seeded: AnnotationSet) -> None:
    board = board_of(seeded, cast.edda, mode="annotate", first=0, active=None)

    text = seeded.article.text
    paragraphs = [one for stretch in board.stretches for one in stretch.paragraphs]
    (folded,) = [stretch for stretch in board.stretches if stretch.zone]
    joined = "".join(one.text + one.gap for one in paragraphs)
    assert joined == text[: paragraphs[-1].block.end] + paragraphs[-1].gap
    assert folded.zone_text == text[2129:2232].strip()


def test_only_touched_paragraphs_are_drawn_anew(annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, "Smith", "source")

    drawn = paragraphs_of(annotation_set, span.fragments, window=Window())

    assert [(one.block.number, [on.pk for on in one.spans]) for one in drawn] == [(2, [span.pk])]


@pytest.mark.parametrize(
    ("window", "known"), [(Window(), True), (Window(0, 20), True), (Window(40), False)]
)
def test_a_drawn_paragraph_knows_the_cards_on_the_page(
    annotation_set: AnnotationSet, allegation: Span, window: Window, known: bool
) -> None:
    (drawn,) = paragraphs_of(annotation_set, [Fragment(0, 5)], window=window)

    assert (allegation.pk in drawn.carded) == known


def test_paragraphs_far_apart_are_drawn_without_what_lies_between(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    annotation_set = make_set(cast, "one\n\ntwo\n\nthree\n\nfour\n")
    spans = {word: tag(annotation_set, word, "source") for word in ("one", "three", "four")}
    ends = [part for word in ("one", "four") for part in spans[word].fragments]

    with django_assert_num_queries(2):
        drawn = paragraphs_of(annotation_set, ends, window=Window())

    assert [[on.pk for on in one.spans] for one in drawn] == [[spans["one"].pk], [spans["four"].pk]]


def test_nothing_touched_is_nothing_drawn(
    annotation_set: AnnotationSet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert paragraphs_of(annotation_set, [], window=Window()) == []


@pytest.mark.parametrize(
    ("zones", "column"),
    [
        ([], ["one", "two", "three"]),
        ([(5, 8)], ["one", "[two]", "three"]),
        ([(3, 9)], ["one", "[two]", "three"]),
        ([(0, 8)], ["[one\n\ntwo]", "three"]),
        ([(5, 15)], ["one", "[two\n\nthree]"]),
        ([(0, 3), (10, 15)], ["[one]", "two", "[three]"]),
        ([(0, 2)], ["one", "(on)", "two", "three"]),
        ([(0, 7)], ["[one\n\ntw]", "two", "three"]),
    ],
)
def test_a_block_wholly_inside_a_zone_is_folded_away_and_another_told_of(
    cast: Cast, zones: list[tuple[int, int]], column: list[str]
) -> None:
    article = make_article(cast, "one\n\ntwo\n\nthree")
    found = [Zone(article=article, start=start, end=end) for start, end in zones]

    stretches = stretches_of(article, [], found, (), ())

    assert [
        text
        for stretch in stretches
        for text in (
            [f"[{stretch.zone_text}]" if stretch.is_folded else f"({stretch.zone_text})"]
            if stretch.zone
            else [one.text for one in stretch.paragraphs]
        )
    ] == column


def test_a_zone_that_covers_part_of_a_block_is_drawn_within_it(cast: Cast) -> None:
    article = make_article(cast, "one\n\ntwo\n\nthree")

    stretches = stretches_of(article, [], [Zone(article=article, start=6, end=12)], (), ())

    assert [list(one.zones) for stretch in stretches for one in stretch.paragraphs] == [
        [],
        [Fragment(6, 8)],
        [Fragment(10, 12)],
    ]


def test_a_lifted_zone_is_text_with_a_word_below_it(cast: Cast) -> None:
    article = make_article(cast, "one\n\ntwo\n\nthree")

    first, told, last = stretches_of(
        article, [], [Zone(article=article, start=0, end=8, active=False)], (), ()
    )

    assert [one.text for one in (*first.paragraphs, *last.paragraphs)] == ["one", "two", "three"]
    assert [one.zones for one in first.paragraphs] == [[], []]
    assert (told.zone_text, told.is_folded) == ("one\n\ntwo", False)


def test_a_span_over_two_paragraphs_lies_on_both(cast: Cast, annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, "Jones.\n\n“We told", "evidence")

    drawn = paragraphs_of(annotation_set, span.fragments, window=Window())

    assert [[on.pk for on in one.spans] for one in drawn] == [[span.pk], [span.pk]]


def test_the_blocks_of_a_text_are_found_once() -> None:
    assert blocks_of_text("one\n\ntwo") is blocks_of_text("one\n\ntwo")
