"""Spans: their fragments in the database, and questions about many of them."""

from __future__ import annotations

import pytest

from annotations.models import (
    AnnotationSet,
    Span,
)
from annotations.models.span import fragments_from, written
from annotations.text.offsets import Fragment
from tests.people import tag


@pytest.mark.parametrize(
    "fragments", [(Fragment(0, 3),), (Fragment(3, 8), Fragment(10, 11), Fragment(11, 12))]
)
def test_fragments_are_kept_in_the_notation_of_brat(fragments: tuple[Fragment, ...]) -> None:
    assert fragments_from(written(fragments)) == fragments


def test_fragments_come_back_from_the_database_as_they_went_in(
    annotation_set: AnnotationSet,
) -> None:
    span = tag(annotation_set, "the dam had failed", "allegation")

    known = Span.objects.get(fragments=span.fragments)

    assert known.fragments == (Fragment(15, 33),)
    assert str(known) == "A1 “the dam had failed”"


def test_spans_touch_a_stretch_when_they_share_a_code_point(annotation_set: AnnotationSet) -> None:
    span = tag(annotation_set, "the dam had failed", "allegation")

    touching = [
        Span.objects.touching(start, end).exists()
        for start, end in ((0, span.start), (0, span.start + 1), (span.end - 1, 99), (span.end, 99))
    ]

    assert touching == [False, True, True, False]


def test_mentions_of_an_entity_are_those_named_so_and_those_that_are_its_words(
    annotation_set: AnnotationSet,
) -> None:
    words = tag(annotation_set, "Jones", "source")
    named = tag(annotation_set, "Smith", "source")
    other = tag(annotation_set, "Officials", "source")
    Span.objects.filter(pk=named.pk).update(attributes={"entity": "Jones"})
    Span.objects.filter(pk=other.pk).update(attributes={"kind": "group"})

    assert list(Span.objects.mentions_of("Jones")) == [words, named]
    assert list(Span.objects.mentions_of("Smith")) == []
    assert list(Span.objects.mentions_of("Officials")) == [other]
