"""Tagging while a claim is open, and before there is one: how spans come to their claim."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Person, Span, reading_of
from annotations.states import ClaimState
from annotations.workflow import annotating, organising
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Stale, Unfit
from tests.people import (
    Cast,
    claim_of,
    fresh,
    link,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    linked,
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


def test_a_source_tagged_for_a_claim_says_it(annotation_set: AnnotationSet) -> None:
    allegation = tag(annotation_set, DAM, "allegation")

    tag(annotation_set, "Officials", "source", claim=allegation)

    assert linked() == [("attributed_to", DAM, "Officials", "")]
    assert verbs() == ["take", "tag", "tag"]


def test_evidence_tagged_for_a_claim_supports_it(annotation_set: AnnotationSet) -> None:
    allegation = tag(annotation_set, DAM, "allegation")

    tag(annotation_set, "Photographs show cracks", "evidence", claim=allegation)

    assert linked() == [("supports", "Photographs show cracks", DAM, "")]


def test_a_cue_goes_to_the_first_step_that_has_none(annotation_set: AnnotationSet) -> None:
    allegation = tag(annotation_set, DAM, "allegation")
    officials = tag(annotation_set, "Officials", "source", claim=allegation)
    link("relayed_by", officials, tag(annotation_set, "Jones", "source"))

    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "according to", "cue", claim=allegation)

    assert linked() == [
        ("attributed_to", DAM, "Officials", "said"),
        ("relayed_by", "Officials", "Jones", "according to"),
    ]


def test_a_cue_without_a_step_to_go_to_stays_loose(annotation_set: AnnotationSet) -> None:
    allegation = tag(annotation_set, DAM, "allegation")

    cue = tag(annotation_set, "said", "cue", claim=allegation)

    assert list(Span.objects.all().loose()) == [cue, allegation]


def test_an_allegation_tagged_while_a_claim_is_open_is_a_claim_of_its_own(
    annotation_set: AnnotationSet,
) -> None:
    first = tag(annotation_set, DAM, "allegation")

    second = tag(annotation_set, "We told them in May", "allegation", claim=first)

    assert linked() == []
    assert ClaimAnnotation.objects.count() == 2
    assert claim_of(second).state == ClaimState.DRAFT


@pytest.mark.parametrize(
    ("as_tag", "words", "link_type"),
    [("source", "Jones", "attributed_to"), ("evidence", "Photographs", "supports")],
)
def test_words_tagged_already_are_linked_to_the_claim_instead(
    annotation_set: AnnotationSet, as_tag: str, words: str, link_type: str
) -> None:
    span = tag(annotation_set, words, as_tag)
    allegation = tag(annotation_set, DAM, "allegation")
    passage = passage_of(annotation_set.article, words)

    send(annotation_set, passage, as_tag=as_tag, claim=claim_of(allegation))

    assert [one[0] for one in linked()] == [link_type]
    assert fresh(span).version == span.version
    assert verbs()[-1] == "link"
    with refused(Unfit, f"{span.label} belongs to this claim already."):
        send(annotation_set, passage, as_tag=as_tag, claim=claim_of(allegation))


def test_a_cue_tagged_already_is_joined_to_the_claim_instead(
    annotation_set: AnnotationSet,
) -> None:
    tag(annotation_set, "according to", "cue")
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Jones", "source", claim=allegation)

    send(
        annotation_set,
        passage_of(annotation_set.article, "according to"),
        as_tag="cue",
        claim=claim_of(allegation),
    )

    assert linked() == [("attributed_to", DAM, "Jones", "according to")]
    assert Span.objects.filter(tag="cue").count() == 1


def test_a_claim_of_another_set_is_refused(cast: Cast, annotation_set: AnnotationSet) -> None:
    other = organising.take(annotation_set.article, by=cast.egon)
    foreign = tag(other, DAM, "allegation")

    with refused(Unfit, "belongs to another annotation set"):
        tag(annotation_set, "Jones", "source", claim=foreign)


def test_a_claim_that_is_gone_is_stale(annotation_set: AnnotationSet) -> None:
    allegation = tag(annotation_set, DAM, "allegation")
    claim = claim_of(allegation)
    annotating.remove(allegation, by=annotation_set.annotator, version=allegation.version)

    with refused(Stale, "That claim is gone"):
        send(
            annotation_set,
            passage_of(annotation_set.article, "Jones"),
            as_tag="source",
            claim=claim,
        )


def test_an_allegation_takes_what_lies_loose_in_its_own_sentence(
    annotation_set: AnnotationSet,
) -> None:
    tag(annotation_set, "Officials", "source")
    tag(annotation_set, "said", "cue")
    tag(annotation_set, "Jones", "source")
    tag(annotation_set, "according to", "cue")

    tag(annotation_set, DAM, "allegation")

    assert linked() == [("attributed_to", DAM, "Officials", "said")]
    assert verbs()[-1] == "tag"


def test_loose_evidence_of_the_sentence_supports_the_new_claim(
    annotation_set: AnnotationSet,
) -> None:
    tag(annotation_set, "Photographs", "evidence")
    tag(annotation_set, "Jones", "source")
    tag(annotation_set, "according to", "cue")

    tag(annotation_set, "cracks", "allegation")

    assert linked() == [
        ("attributed_to", "cracks", "Jones", "according to"),
        ("supports", "Photographs", "cracks", ""),
    ]


def test_what_is_linked_already_or_part_of_the_allegation_is_not_taken(
    annotation_set: AnnotationSet,
) -> None:
    tag(annotation_set, "cracks", "evidence")
    first = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Jones", "source", claim=first)

    tag(annotation_set, "Photographs show cracks", "allegation")

    assert linked() == [("attributed_to", DAM, "Jones", "")]


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]
