"""In which order rows are fetched, with how many queries, and in what portions."""

from __future__ import annotations

from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.exporters import fetching
from annotations.exporters.fetching import annotations_of, articles_of
from annotations.exporters.rows import Selection
from annotations.models import Project, Span
from tests.exporters.cases import APPROVED, EVERY, filtered, overlaps, two_readings
from tests.people import Cast, make_cast, make_set, tag

pytestmark = pytest.mark.django_db


def make_articles(cast: Cast, count: int) -> None:
    for number in range(count):
        one = make_set(cast, f"Ann said the dam broke {number} times.\n")
        claim = tag(one, "the dam broke", "allegation")
        tag(one, "Ann", "source", claim=claim)


def test_spans_come_by_start_then_the_longer_one_then_by_id() -> None:
    (annotated,) = annotations_of(Selection(overlaps(), EVERY))

    places = [(row.value.start, row.value.end, row.value.tag) for row in annotated.spans]

    assert places == [
        (0, 3, "source"),
        (4, 8, "cue"),
        (9, 31, "allegation"),
        (9, 12, "source"),
        (18, 38, "allegation"),
        (18, 31, "evidence"),
    ]


def test_rows_of_two_annotators_of_the_same_words_come_by_id() -> None:
    cast, edda, egon = two_readings()
    allegations = Span.objects.filter(tag="allegation")
    allegations.filter(annotation_set=edda).update(uid=UUID(int=2))
    allegations.filter(annotation_set=egon).update(uid=UUID(int=1))

    (annotated,) = annotations_of(Selection(cast.project, EVERY))

    assert [row.uid.int for row in annotated.claims] == [1, 2]
    assert [row.annotation_set.annotator for row in annotated.claims] == ["egon", "edda"]
    assert [one.annotator for one in annotated.sets] == ["edda", "egon"]


def test_an_annotator_without_a_chosen_claim_is_left_out() -> None:
    cast, _one = filtered()
    tag(make_set(cast, by=cast.egon), "the dam had failed", "allegation")

    (chosen,) = annotations_of(Selection(cast.project, APPROVED))
    (whole,) = annotations_of(Selection(cast.project, EVERY))

    assert [one.annotator for one in chosen.sets] == ["edda"]
    assert [one.annotator for one in whole.sets] == ["edda", "egon"]


@pytest.mark.parametrize("articles", [1, 3])
def test_the_number_of_queries_does_not_grow_with_articles(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    make_articles(cast, articles)
    selection = Selection(cast.project, EVERY)

    with django_assert_num_queries(5):
        annotated = list(annotations_of(selection))
    with django_assert_num_queries(2):
        texts = list(articles_of(selection))

    assert (len(annotated), len(texts)) == (articles, articles)


@pytest.mark.parametrize(("name", "value"), [("MOST_ARTICLES", 2), ("MOST_WORDS", 9)])
def test_articles_are_fetched_in_portions_without_any_difference(
    name: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    make_articles(cast, 5)
    selection = Selection(cast.project, EVERY)
    whole = list(annotations_of(selection))

    monkeypatch.setattr(fetching, name, value)

    assert list(annotations_of(selection)) == whole
    assert len(whole) == 5


def test_both_readers_give_the_same_articles() -> None:
    cast = make_cast()
    make_articles(cast, 3)
    selection = Selection(Project.objects.get(pk=cast.project.pk), EVERY)

    assert [one.article for one in annotations_of(selection)] == [
        one.uid for one in articles_of(selection)
    ]
