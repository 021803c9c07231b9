"""Chains of sources: passing on what another said, and saying that it was not said."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, Link, Span, reading_of
from annotations.scheme import claims_of
from annotations.workflow import joining
from annotations.workflow.joining import Ends
from annotations.workflow.refusals import Unfit
from annotations.workflow.undoing import undo
from tests.people import claim_of, link, tag
from tests.rows import refused
from tests.workflow.acts import DAM, linked


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


def relayed(
    annotation_set: AnnotationSet,
    spans: dict[str, Span],
    names: tuple[str, str],
    *,
    claim: str = "dam",
    cue: Span | None = None,
) -> None:
    """Say within a claim that the second source passes on what the first said."""
    ends = Ends("relayed_by", spans[names[0]], spans[names[1]], cue=cue)
    joining.link(
        annotation_set, by=annotation_set.annotator, ends=ends, claim=claim_of(spans[claim])
    )


def test_within_a_claim_the_direct_link_gives_way_with_its_cue_and_its_negation(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("attributed_to", spans["dam"], spans["officials"])
    ends = Ends("attributed_to", spans["dam"], spans["jones"], cue=spans["said"], negated=True)
    joining.link(annotation_set, by=annotation_set.annotator, ends=ends)
    before = Event.objects.count()

    relayed(annotation_set, spans, ("officials", "jones"))

    assert linked() == [
        ("attributed_to", DAM, "Officials", ""),
        ("relayed_by", "Officials", "Jones", "said"),
    ]
    assert Link.objects.get(type="relayed_by").negated
    assert Event.objects.count() == before + 1
    undo(annotation_set, by=annotation_set.annotator)
    assert linked()[-1] == ("attributed_to", DAM, "Jones", "said")


def test_within_a_claim_a_chain_grows_by_a_link(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    for name in ("officials", "jones", "smith"):
        link("attributed_to", spans["dam"], spans[name])

    relayed(annotation_set, spans, ("officials", "jones"))
    relayed(annotation_set, spans, ("jones", "smith"), cue=spans["said"])

    assert chains(annotation_set) == ["Officials > Jones > Smith > author"]
    assert linked()[-1] == ("relayed_by", "Jones", "Smith", "said")


def test_the_source_of_a_claims_evidence_gives_way_as_well(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("supports", spans["photographs"], spans["dam"])
    for name in ("officials", "jones"):
        link("attributed_to", spans["photographs"], spans[name])

    relayed(annotation_set, spans, ("officials", "jones"))

    (claim, _other) = claims_of(reading_of(annotation_set))
    assert [one.chain for one in claim.grounds[0].attributions] == ["Officials > Jones > author"]


def test_the_direct_link_stays_where_the_claim_has_it_alone_or_is_another(
    annotation_set: AnnotationSet, spans: dict[str, Span]
) -> None:
    link("attributed_to", spans["dam"], spans["jones"])
    link("attributed_to", spans["warning"], spans["officials"])
    link("attributed_to", spans["warning"], spans["jones"])

    relayed(annotation_set, spans, ("officials", "jones"))

    assert [one[:3] for one in linked()] == [
        ("attributed_to", DAM, "Jones"),
        ("attributed_to", "We told them in May", "Officials"),
        ("attributed_to", "We told them in May", "Jones"),
        ("relayed_by", "Officials", "Jones"),
    ]
