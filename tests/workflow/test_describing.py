"""Attributes: derived, known of the entity, set by a person and shared by all mentions."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import AnnotationSet, Event, Span
from annotations.text.offsets import Fragment
from annotations.workflow import annotating, reshaping
from annotations.workflow.passages import Passage
from annotations.workflow.refusals import Unfit
from tests.people import (
    Cast,
    fresh,
    make_set,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    describe,
    resize,
)


def test_a_new_mention_of_a_known_source_is_what_the_others_are(
    annotation_set: AnnotationSet, cast: Cast
) -> None:
    several = make_set(cast, "Jones came. Jones saw. Jones said it burned.")
    first = tag(several, "Jones", "source")
    annotating.set_attributes(
        first, by=cast.edda, values={"kind": "group", "naming": "anonymous"}, version=first.version
    )

    second = annotating.tag(
        several,
        by=cast.edda,
        passage=Passage((Fragment(12, 17),), ("Jones",), several.article.text_rev),
        tag="source",
        uid=uuid4(),
    ).span

    assert second is not None
    assert second.attributes == {"kind": "group", "naming": "anonymous"}


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


def test_a_resized_mention_is_what_other_mentions_of_its_new_words_are(cast: Cast) -> None:
    annotation_set = make_set(cast, "Jones said it. Stuart Jones said it again.")
    first = tag(annotation_set, "Jones", "source")
    describe(first, kind="document")
    second = tag(annotation_set, "Stuart Jones", "source")

    article = annotation_set.article
    passage = Passage((Fragment(22, 27),), ("Jones",), article.text_rev)
    reshaping.resize(second, by=cast.edda, passage=passage, version=second.version)

    assert fresh(second).text == "Jones"
    assert fresh(second).value.value("kind") == "document"


def test_a_resized_mention_of_a_named_entity_stays_what_it_is(cast: Cast) -> None:
    annotation_set = make_set(cast, "Smith said it. Ms Jones said it again.")
    jones = describe(tag(annotation_set, "Ms Jones", "source"), entity="Ann Jones")
    describe(tag(annotation_set, "Smith", "source"), entity="Jones said", kind="group")

    resized = resize(jones, "Jones said")

    assert resized.attributes == {"entity": "Ann Jones"}


def test_attributes_are_set_and_taken_back(allegation: Span) -> None:
    described = describe(allegation, certainty="possible", about="  the dam\r\nand its owner ")
    assert described.attributes == {
        "quote_type": "indirect",
        "certainty": "possible",
        "about": "the dam\nand its owner",
    }

    assert describe(allegation, about="", certainty="").attributes == {"quote_type": "indirect"}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"certainty": "sure"}, "“sure” is not a value of certainty"),
        ({"naming": "anonymous"}, "“naming” is not an attribute of allegation."),
        ({"nothing": ""}, "“nothing” is not an attribute of allegation."),
        ({"quote_type": "indirect"}, "It has this value already."),
        ({"certainty": "certain", "about": ""}, "It has this value already."),
        ({}, "It has this value already."),
        ({"about": "\0"}, "NUL"),
        ({"about": "half \ud83d"}, "lone surrogate"),
        ({"about": "bell \x07"}, "control character"),
    ],
)
def test_what_the_codebook_or_the_database_cannot_hold_is_refused(
    allegation: Span, values: dict[str, str], reason: str
) -> None:
    with refused(Unfit, reason):
        describe(allegation, **values)


def test_a_shared_attribute_goes_to_every_mention_of_the_source_in_one_event(
    cast: Cast,
) -> None:
    annotation_set = make_set(cast, "Jones said it burned. Stuart Jones knew. Smith did not.")
    first = tag(annotation_set, "Jones", "source")
    second = tag(annotation_set, "Stuart Jones", "source")
    smith = tag(annotation_set, "Smith", "source")
    describe(first, entity="Stuart Jones")
    before = Event.objects.count()

    describe(second, naming="described", role="deputy")

    assert fresh(first).value.value("naming") == "described"
    assert fresh(first).value.value("role") == ""
    assert fresh(second).attributes == {"naming": "described", "role": "deputy"}
    assert fresh(smith).attributes == {}
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("pk").object_uid == second.uid


def test_a_source_given_a_known_entity_becomes_what_that_is(annotation_set: AnnotationSet) -> None:
    jones = describe(tag(annotation_set, "Jones", "source"), kind="group", naming="anonymous")
    smith = tag(annotation_set, "Smith", "source")

    smith = describe(smith, entity="Jones")

    assert smith.attributes == {"entity": "Jones", "kind": "group", "naming": "anonymous"}
    assert fresh(jones).version == jones.version
