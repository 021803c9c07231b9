"""What a board holds: paragraphs, cards, counts, and how many queries it takes."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.views.boards import board_of, tally_of
from annotations.views.rails import WINDOW
from annotations.workflow import reviewing
from tests.people import Cast, link, make_set, tag


def test_cards_come_in_the_order_of_the_text(cast: Cast, annotation_set: AnnotationSet) -> None:
    later = tag(annotation_set, "“We told them in May,”", "allegation")
    earlier = tag(annotation_set, "the dam had failed", "allegation")

    board = board_of(annotation_set, cast.edda, mode="annotate", first=0, active=None)

    assert [card.pk for card in board.cards] == [earlier.pk, later.pk]
    assert board.active is None


def test_in_review_the_first_claim_to_decide_is_open(cast: Cast, submitted: AnnotationSet) -> None:
    first, second = ClaimAnnotation.objects.in_text_order()
    reviewing.approve(first, by=cast.rosa, version=first.version)

    board = board_of(submitted, cast.rosa, mode="review", first=0, active=None)

    assert [card.is_active for card in board.cards] == [False, True]
    assert board.active == second.pk


def test_the_open_claim_lights_its_spans(
    cast: Cast, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    loose = tag(annotation_set, "Smith", "source")

    board = board_of(annotation_set, cast.edda, mode="annotate", first=0, active=allegation.pk)

    lit = {pk for stretch in board.stretches for one in stretch.paragraphs for pk in one.active}
    assert lit == {allegation.pk, source.pk}
    assert loose.pk in {span.pk for span in board.spans}


def test_a_claim_of_another_set_opens_nothing(
    cast: Cast, annotation_set: AnnotationSet, allegation: Span
) -> None:
    other = make_set(cast, by=cast.egon)

    board = board_of(other, cast.egon, mode="annotate", first=0, active=allegation.pk)

    assert (board.active, board.cards) == (None, ())


def test_the_window_of_cards_moves_to_the_open_claim(cast: Cast) -> None:
    words = [f"Word{number}" for number in range(WINDOW + 5)]
    annotation_set = make_set(cast, " ".join(words) + "\n")
    claims = [tag(annotation_set, word, "allegation") for word in words]

    first = board_of(annotation_set, cast.edda, mode="annotate", first=0, active=None)
    last = board_of(annotation_set, cast.edda, mode="annotate", first=0, active=claims[-1].pk)

    assert (first.earlier, first.later, len(first.cards)) == (None, WINDOW, WINDOW)
    assert (last.earlier, last.later, len(last.cards)) == (0, None, 5)
    assert {
        pk for stretch in last.stretches for one in stretch.paragraphs for pk in one.carded
    } == {claim.pk for claim in claims[WINDOW:]}


def test_a_tally_counts_claims_by_state(
    cast: Cast, submitted: AnnotationSet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim = ClaimAnnotation.objects.in_text_order()[0]
    reviewing.return_claim(claim, by=cast.rosa, version=claim.version, reasons=["other"], note="")
    tag(submitted, "Photographs show cracks", "allegation")

    with django_assert_num_queries(1):
        tally = tally_of(submitted)

    assert (tally.claims, tally.without_source, tally.with_warnings) == (3, 1, 0)
    assert (tally.returned, tally.pending, tally.approved, tally.rejected) == (1, 1, 0, 0)
    assert (tally.decided, tally.submitted) == (1, 2)


@pytest.mark.parametrize("count", [1, 9])
def test_the_queries_of_a_board_do_not_grow_with_its_claims(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    words = [f"Word{number}" for number in range(count)]
    annotation_set = make_set(cast, " ".join(words) + ". Lee said so.\n")
    lee = tag(annotation_set, "Lee", "source")
    for word in words:
        link("attributed_to", tag(annotation_set, word, "allegation"), lee)
    fresh = AnnotationSet.objects.select_related("article", "project").get()

    with django_assert_num_queries(8):
        board_of(fresh, cast.edda, mode="annotate", first=0, active=None)
