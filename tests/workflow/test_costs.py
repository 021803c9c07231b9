"""What the verbs cost in queries: literal, and the same for small and large sets."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Span
from annotations.workflow import (
    annotating,
    importing,
    joining,
    reshaping,
    reviewing,
    undoing,
)
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    make_person,
    make_set,
    passage_of,
    tag,
)
from tests.workflow.acts import (
    DAM,
)


def busy_set(cast: Cast, others: int) -> AnnotationSet:
    """A set with so many claims, each with a source of its own, and a little room at the end."""
    sentences = [f"Person{n:02} claimed number{n:02}." for n in range(others)]
    annotation_set = make_set(cast, " ".join([*sentences, "Officials said the dam had failed."]))
    for n in range(others):
        tag(annotation_set, f"Person{n:02}", "source")
        tag(annotation_set, f"number{n:02}", "allegation")
    return annotation_set


# The savepoint of the verb and its release are counted, those of get_or_create as well.
COSTS = {
    "tag": 17,
    "tag a source": 20,
    "resize": 17,
    "set": 15,
    "remove": 23,
    "undo": 20,
    "link": 16,
}


@pytest.mark.parametrize("others", [3, 60])
def test_what_a_verb_costs_does_not_grow_with_the_set(
    cast: Cast, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    annotation_set, edda = busy_set(cast, others), cast.edda
    article = annotation_set.article
    dam, officials = passage_of(article, DAM), passage_of(article, "Officials")
    shorter = passage_of(article, "the dam")

    with django_assert_num_queries(COSTS["tag"]):
        done = annotating.tag(annotation_set, by=edda, passage=dam, tag="allegation", uid=uuid4())
    assert done.span is not None
    claim = claim_of(done.span)
    with django_assert_num_queries(COSTS["tag a source"]):
        annotating.tag(
            annotation_set, by=edda, passage=officials, tag="source", uid=uuid4(), claim=claim
        )
    span = fresh(done.span)
    span = Span.objects.select_related("annotation_set").get(pk=span.pk)
    with django_assert_num_queries(COSTS["resize"]):
        reshaping.resize(span, by=edda, passage=shorter, version=span.version)
    with django_assert_num_queries(COSTS["set"]):
        annotating.set_attributes(span, by=edda, values={"about": "it"}, version=span.version + 1)
    with django_assert_num_queries(COSTS["link"]):
        ends = joining.Ends("attributed_to", span, implicit="author")
        joining.link(annotation_set, by=edda, ends=ends)
    with django_assert_num_queries(COSTS["remove"]):
        annotating.remove(span, by=edda, version=span.version + 2)
    with django_assert_num_queries(COSTS["undo"]):
        undoing.undo(annotation_set, by=edda)


@pytest.mark.parametrize("claims", [2, 12])
def test_describing_a_source_costs_the_same_for_few_and_many_claims_of_it(
    cast: Cast, claims: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    words = [f"number{n:02}" for n in range(claims)]
    annotation_set = make_set(cast, f"Lee claimed {', '.join(words)}.\n")
    allegations = [tag(annotation_set, word, "allegation") for word in words]
    lee = tag(annotation_set, "Lee", "source")
    for allegation in allegations:
        link("attributed_to", allegation, lee)
    lee = Span.objects.select_related("annotation_set").get(pk=lee.pk)
    versions = {one.pk: claim_of(one).version for one in allegations}

    with django_assert_num_queries(16):
        done = annotating.set_attributes(
            lee, by=cast.edda, values={"kind": "organization"}, version=lee.version
        )

    assert set(done.claims) == versions.keys()
    assert all(claim_of(one).version == versions[one.pk] + 1 for one in allegations)


@pytest.mark.parametrize("others", [3, 60])
def test_submitting_and_deciding_cost_the_same_for_few_and_many_claims(
    cast: Cast, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    annotation_set = busy_set(cast, others)

    with django_assert_num_queries(13):
        reviewing.submit(annotation_set, by=cast.edda)
    claim = annotation_set.claims.select_related("annotation_set").latest("pk")
    with django_assert_num_queries(15):
        reviewing.approve(claim, by=cast.rosa, version=claim.version)


def test_bringing_in_costs_the_same_for_few_and_many_spans(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_set(cast, "word " * 60).article
    for count, name in ((3, "a"), (60, "b")):
        sent = passage_of(article, *["word"] * count)
        passages = [
            importing.Passage(str(n), "allegation", (fragment,), "word")
            for n, fragment in enumerate(sent.fragments)
        ]
        annotator = make_person(name)

        with django_assert_num_queries(13):
            importing.bring_in(
                article, annotator=annotator, passages=passages, relations=[], by=cast.mara
            )
