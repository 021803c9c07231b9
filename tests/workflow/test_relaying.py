"""Chains of sources: passing on what another said, and saying that it was not said."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, Link, Span, reading_of
from annotations.scheme import claims_of
from annotations.workflow import joining
from annotations.workflow.joining import Ends
from annotations.workflow.refusals import Unfit
from tests.people import (
    link,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
)


def words(annotation_set: AnnotationSet) -> list[str]:
    return [span.text for span in reading_of(annotation_set).spans]


@pytest.fixture
def spans(annotation_set: AnnotationSet) -> dict[str, Span]:
    """Two allegations, two pieces of evidence, three sources and a cue, none of them linked."""
    return {
        name: tag(annotation_set, words, as_tag)
        for name, words, as_tag in (
            ("dam", DAM, "allegation"),
            ("warning", "We told them in May", "allegation"),
            ("photographs", "Photographs", "evidence"),
            ("cracks", "cracks", "evidence"),
            ("officials", "Officials", "source"),
            ("jones", "Jones", "source"),
            ("smith", "Smith", "source"),
            ("said", "said", "cue"),
        )
    }


def chains(annotation_set: AnnotationSet) -> list[str]:
    claims = claims_of(reading_of(annotation_set))
    return [attribution.chain for claim in claims for attribution in claim.attributions]


def test_a_source_may_be_said_not_to_have_said_it(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    attributed = link("attributed_to", spans["dam"], spans["jones"])

    joining.negate(attributed, by=annotation_set.annotator, negated=True)

    assert Link.objects.get().negated
    with refused(Unfit, "It has this value already."):
        joining.negate(attributed, by=annotation_set.annotator, negated=True)
    joining.negate(attributed, by=annotation_set.annotator, negated=False)
    assert not Link.objects.get().negated


def test_the_next_source_of_a_claim_becomes_the_one_who_passes_it_on(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("attributed_to", spans["dam"], spans["officials"])
    ends = Ends("attributed_to", spans["dam"], spans["jones"], cue=spans["said"], negated=True)
    joining.link(annotation_set, by=annotation_set.annotator, ends=ends)
    direct = Link.objects.get(to_span=spans["jones"])
    before = Event.objects.count()

    outcome = joining.relay(direct, by=annotation_set.annotator)

    assert chains(annotation_set) == ["Officials > Jones > author"]
    relayed = Link.objects.get(type="relayed_by")
    assert (relayed.cue, relayed.negated) == (spans["said"], True)
    assert outcome.claims == (spans["dam"].pk,)
    assert Event.objects.count() == before + 1


def test_a_chain_grows_at_its_end(annotation_set: AnnotationSet, spans: dict[str, Span]) -> None:
    for name in ("officials", "jones", "smith"):
        attributed = link("attributed_to", spans["dam"], spans[name])
        if name != "officials":
            joining.relay(attributed, by=annotation_set.annotator)

    assert chains(annotation_set) == ["Officials > Jones > Smith > author"]


def test_the_source_of_evidence_may_be_passed_on_too(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("supports", spans["photographs"], spans["dam"])
    link("attributed_to", spans["photographs"], spans["officials"])
    direct = link("attributed_to", spans["photographs"], spans["jones"])

    outcome = joining.relay(direct, by=annotation_set.annotator)

    (claim, _other) = claims_of(reading_of(annotation_set))
    assert [one.chain for one in claim.grounds[0].attributions] == ["Officials > Jones > author"]
    assert outcome.claims == (spans["dam"].pk,)


def test_there_is_nothing_to_pass_on_without_a_source_before(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    by = annotation_set.annotator
    first = link("attributed_to", spans["dam"], spans["jones"])
    link("attributed_to", spans["dam"], spans["officials"])
    implicit = link("attributed_to", spans["dam"], implicit="author")
    supports = link("supports", spans["photographs"], spans["dam"])

    for one in (first, implicit, supports):
        with refused(Unfit, "There is no other source whose words it could pass on."):
            joining.relay(one, by=by)


def test_relaying_does_not_close_a_circle(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("attributed_to", spans["dam"], spans["officials"])
    direct = link("attributed_to", spans["dam"], spans["jones"])
    link("relayed_by", spans["jones"], spans["officials"])

    with refused(Unfit, "These links would run in a circle."):
        joining.relay(direct, by=annotation_set.annotator)
