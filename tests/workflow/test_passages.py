"""Passages: what fits the text is stored letter for letter, what does not leaves no trace."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.models import AnnotationSet, ClaimAnnotation, Person, Span
from annotations.models.span import MAX_FRAGMENTS
from annotations.text.offsets import Fragment, is_blank, quote_of, trimmed
from annotations.workflow import annotating, intake, organising, zoning
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Stale, Unfit
from tests.people import (
    Cast,
    make_cast,
    make_set,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.seed import seed_text
from tests.text.wild import texts_with_places
from tests.workflow.acts import (
    DAM,
)


def send(
    annotation_set: AnnotationSet,
    passage: Passage,
    *,
    by: Person | None = None,
    as_tag: str = "allegation",
    claim: ClaimAnnotation | None = None,
) -> None:
    annotating.tag(
        annotation_set,
        by=by or annotation_set.annotator,
        passage=passage,
        tag=as_tag,
        uid=uuid4(),
        claim=claim,
    )


def test_white_space_at_the_ends_is_trimmed_by_the_server(annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, " the dam ", "allegation")

    assert (span.text, span.fragments) == ("the dam", (Fragment(15, 22),))


def test_a_span_may_have_several_fragments(annotation_set: AnnotationSet) -> None:
    passage = passage_of(annotation_set.article, "Officials ", " ", "the dam", " failed")

    send(annotation_set, passage, as_tag="evidence")

    span = Span.objects.get()
    assert span.text == "Officials the dam failed"
    assert span.fragments == (Fragment(0, 9), Fragment(15, 22), Fragment(27, 33))
    assert (span.start, span.end) == (0, 33)


@pytest.mark.parametrize(
    ("fragments", "quotes"),
    [
        (((15, 33),), ("the dam had burst",)),
        (((16, 34),), (DAM,)),
        (((15, 33),), ()),
        (((15, 33),), (DAM, "")),
        (((15, 15),), ("",)),
        (((33, 15),), (DAM,)),
        (((-5, 3),), ("Off",)),
        (((15, 9999),), (DAM,)),
        (((15, 33), (20, 40)), (DAM, "am had failed. Photo")),
        (((20, 22), (15, 18)), ("am", "the")),
        ((), ()),
        (((14, 15),), (" ",)),
        (((33, 34),), (".",)),
        (((79, 81),), ("\n\n",)),
        (((14, 15), (33, 34)), (" ", ".")),
    ],
)
def test_a_passage_that_does_not_fit_the_text_is_refused(
    annotation_set: AnnotationSet,
    fragments: tuple[tuple[int, int], ...],
    quotes: tuple[str, ...],
) -> None:
    places = tuple(Fragment(*part) for part in fragments)
    passage = Passage(places, quotes, annotation_set.article.text_rev)

    with refused(Unfit):
        send(annotation_set, passage)


def test_a_passage_has_no_more_parts_than_the_database_holds(cast: Cast) -> None:
    annotation_set = make_set(cast, "ab " * (MAX_FRAGMENTS + 1))

    with refused(Unfit, "between 1 and 40 parts"):
        send(annotation_set, passage_of(annotation_set.article, *["ab"] * (MAX_FRAGMENTS + 1)))

    send(annotation_set, passage_of(annotation_set.article, *["ab"] * MAX_FRAGMENTS))
    assert len(Span.objects.get().fragments) == MAX_FRAGMENTS


def test_a_passage_of_another_text_is_stale(annotation_set: AnnotationSet) -> None:
    passage = Passage((Fragment(15, 33),), (DAM,), "0123456789ab")

    with refused(Stale, "another one by now"):
        send(annotation_set, passage)


def test_words_in_boilerplate_are_refused_until_the_zone_is_lifted(cast: Cast) -> None:
    annotation_set = make_set(cast, seed_text())
    zone = annotation_set.article.zones.get()
    inside = passage_of(annotation_set.article, "Leave a Reply")
    across = passage_of(annotation_set.article, "chemical weapons attack\n\nCategories")

    for passage in (inside, across):
        with refused(Stale, "boilerplate"):
            send(annotation_set, passage)

    zoning.lift_zone(zone, by=cast.mara, active=False)
    send(annotation_set, inside)
    assert Span.objects.get().text == "Leave a Reply"


def test_a_divided_span_may_pass_over_boilerplate(cast: Cast) -> None:
    annotation_set = make_set(cast, "The dam, they said,\n\nAdvertisement\n\nhad failed at night.")
    assert annotation_set.article.zones.count() == 1

    send(annotation_set, passage_of(annotation_set.article, "The dam", "had failed"))

    assert Span.objects.get().text == "The dam had failed"


class AnyText(TestCase):
    """Whatever the text, a span quotes it letter for letter."""

    @settings(max_examples=60, deadline=None)
    @given(drawn=texts_with_places(), as_tag=st.sampled_from(["allegation", "source"]))
    def test_a_span_quotes_the_text_at_its_offsets(
        self, drawn: tuple[str, Fragment], as_tag: str
    ) -> None:
        raw, _place = drawn
        cast = make_cast()
        try:
            article = intake.take_in(cast.project, intake.Manuscript(raw), by=cast.mara)[0]
        except (ValueError, Unfit):
            return
        article.zones.all().delete()
        annotation_set = organising.take(article, by=cast.edda)
        start = min(_place.start, len(article.text) - 1)
        place = Fragment(start, max(start + 1, min(_place.end, len(article.text))))
        quote = article.text[place.start : place.end]
        passage = Passage((place,), (quote,), article.text_rev)
        kept = trimmed(article.text, *place)

        if kept is None or is_blank(quote_of(article.text, (kept,))):
            with refused(Unfit, "no words"):
                send(annotation_set, passage, as_tag=as_tag)
            return
        send(annotation_set, passage, as_tag=as_tag)

        span = Span.objects.get(annotation_set=annotation_set)
        assert span.fragments == (kept,)
        assert span.text == article.text[span.start : span.end] == quote_of(article.text, (kept,))
