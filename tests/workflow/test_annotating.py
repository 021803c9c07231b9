"""Tag, retag, remove: what changes, what stays, what is refused."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Person, Span, reading_of
from annotations.states import ClaimState
from annotations.text.offsets import Fragment
from annotations.workflow import annotating, organising
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Forbidden, Stale, Unfit
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    make_submitted_set,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    describe,
    linked,
    remove,
    retag,
    span_of,
    verbs,
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


def test_an_allegation_is_stored_with_its_words_and_makes_a_claim(
    annotation_set: AnnotationSet,
) -> None:
    uid = uuid4()

    span = tag(annotation_set, "“We told them in May,”", "allegation", uid=uid)

    assert (span.uid, span.label, span.fragments) == (uid, "A1", (Fragment(81, 103),))
    assert (span.start, span.end, span.text) == (81, 103, "“We told them in May,”")
    assert span.attributes == {"quote_type": "direct"}
    claim = claim_of(span)
    assert (claim.state, claim.author, claim.changed_by) == (
        ClaimState.DRAFT,
        annotation_set.annotator,
        annotation_set.annotator,
    )
    assert claim.annotation_set == annotation_set


@pytest.mark.parametrize("as_tag", ["evidence", "source", "cue"])
def test_other_tags_make_no_claim(annotation_set: AnnotationSet, as_tag: str) -> None:
    span = tag(annotation_set, DAM, as_tag)

    assert span.attributes == {}
    assert not ClaimAnnotation.objects.exists()


def test_numbers_count_each_tag_by_itself_and_never_shift(annotation_set: AnnotationSet) -> None:
    first = tag(annotation_set, "Jones", "source")
    second = tag(annotation_set, "Officials", "source")
    allegation = tag(annotation_set, DAM, "allegation")

    annotating.remove(first, by=annotation_set.annotator, version=first.version)
    third = tag(annotation_set, "Smith", "source")

    assert [span.label for span in (first, second, allegation, third)] == ["S1", "S2", "A1", "S3"]


def test_an_unknown_tag_is_refused(annotation_set: AnnotationSet) -> None:
    with refused(Unfit, "There is no tag “rumour”."):
        send(annotation_set, passage_of(annotation_set.article, DAM), as_tag="rumour")


def test_the_same_words_cannot_have_one_tag_twice_but_several_tags(
    annotation_set: AnnotationSet,
) -> None:
    tag(annotation_set, DAM, "allegation")

    with refused(Unfit, "These words are tagged already: A1."):
        tag(annotation_set, DAM, "allegation")

    assert tag(annotation_set, DAM, "evidence").label == "E1"


def test_a_double_submit_answers_the_same_row_and_logs_nothing(
    annotation_set: AnnotationSet,
) -> None:
    uid = uuid4()
    first = tag(annotation_set, DAM, "allegation", uid=uid)

    again = annotating.tag(
        annotation_set,
        by=annotation_set.annotator,
        passage=passage_of(annotation_set.article, DAM),
        tag="allegation",
        uid=uid,
    )

    assert again.span == first
    assert again.claims == (first.pk,)
    assert Span.objects.count() == 1
    assert verbs() == ["take", "tag"]


def test_a_double_submit_answers_the_claims_the_span_has_joined(
    annotation_set: AnnotationSet,
) -> None:
    dam, uid = tag(annotation_set, DAM, "allegation"), uuid4()
    tag(annotation_set, "Officials", "source", claim=dam, uid=uid)

    again = annotating.tag(
        annotation_set,
        by=annotation_set.annotator,
        passage=passage_of(annotation_set.article, "Officials"),
        tag="source",
        uid=uid,
        claim=claim_of(dam),
    )

    assert again.claims == (dam.pk,)
    assert verbs() == ["take", "tag", "tag"]


@pytest.mark.parametrize(("words", "as_tag"), [("Jones", "allegation"), (DAM, "source")])
def test_other_words_under_a_used_client_id_are_stale(
    annotation_set: AnnotationSet, words: str, as_tag: str
) -> None:
    uid = uuid4()
    tag(annotation_set, DAM, "allegation", uid=uid)

    with refused(Stale, "This form has been sent already."):
        tag(annotation_set, words, as_tag, uid=uid)


def test_the_client_id_of_another_set_is_refused(cast: Cast, annotation_set: AnnotationSet) -> None:
    uid = uuid4()
    tag(annotation_set, DAM, "allegation", uid=uid)
    other = organising.take(annotation_set.article, by=cast.egon)

    with refused(Unfit, "another annotation set"):
        tag(other, DAM, "allegation", uid=uid)


@pytest.mark.parametrize("person", ["egon", "rosa", "mara", "stranger"])
def test_nobody_else_tags_in_an_open_set(
    cast: Cast, annotation_set: AnnotationSet, person: str
) -> None:
    passage = passage_of(annotation_set.article, DAM)

    with refused(Forbidden):
        send(annotation_set, passage, by=getattr(cast, person))


def test_the_state_that_counts_is_the_one_in_the_database(cast: Cast) -> None:
    submitted = make_submitted_set(cast)
    stale_page = AnnotationSet.objects.get(pk=submitted.pk)
    stale_page.state = "open"

    with refused(Forbidden, "in review"):
        send(stale_page, passage_of(stale_page.article, "Photographs"))


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


ATTRIBUTED = ("attributed_to", DAM, "Officials", "said")


SUPPORTED = ("supports", "Photographs", DAM, "")


@pytest.mark.parametrize(
    ("words", "as_tag", "left"),
    [
        (DAM, "evidence", {ATTRIBUTED}),
        (DAM, "source", set()),
        (DAM, "cue", set()),
        ("Photographs", "allegation", {ATTRIBUTED, SUPPORTED}),
        ("Photographs", "source", {ATTRIBUTED}),
        ("Officials", "evidence", {SUPPORTED}),
        ("said", "source", {("attributed_to", DAM, "Officials", ""), SUPPORTED}),
    ],
)
def test_retagging_keeps_the_links_that_the_new_tag_may_have(
    allegation: Span, words: str, as_tag: str, left: set[tuple[str, str, str, str]]
) -> None:
    span = retag(span_of(words), as_tag)

    assert span.tag == as_tag
    assert set(linked()) == left
    claims = {one.allegation.text for one in ClaimAnnotation.objects.select_related("allegation")}
    assert claims == set(Span.objects.filter(tag="allegation").values_list("text", flat=True))


def test_retagging_starts_the_attributes_anew_and_takes_the_next_number(allegation: Span) -> None:
    describe(allegation, certainty="possible", about="the dam")
    other = tag(allegation.annotation_set, "Nobody", "source")

    source = retag(allegation, "source")

    assert (other.label, source.label, source.attributes) == ("S2", "S3", {})
    assert retag(source, "allegation").attributes == {"quote_type": "indirect"}


def test_same_as_does_not_outlive_a_new_tag(annotation_set: AnnotationSet) -> None:
    first = tag(annotation_set, "Jones", "source")
    link("same_as", first, tag(annotation_set, "Smith", "source"))

    retag(first, "evidence")

    assert set(linked()) == set()


def test_retagging_to_the_same_or_an_unknown_tag_or_onto_a_twin_is_refused(
    allegation: Span,
) -> None:
    tag(allegation.annotation_set, DAM, "evidence")

    for as_tag in ("allegation", "rumour", "evidence"):
        with refused(Unfit):
            retag(allegation, as_tag)


def test_removing_a_span_takes_its_links_along_and_leaves_the_rest(allegation: Span) -> None:
    remove(span_of("Officials"))
    assert set(linked()) == {SUPPORTED}

    remove(allegation)
    assert set(linked()) == set()
    assert not ClaimAnnotation.objects.exists()
    assert {span.text for span in Span.objects.all()} == {"said", "Photographs"}


def test_a_link_outlives_its_cue(allegation: Span) -> None:
    remove(span_of("said"))

    assert set(linked()) == {("attributed_to", DAM, "Officials", ""), SUPPORTED}


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    return make_submitted_set(cast)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]
