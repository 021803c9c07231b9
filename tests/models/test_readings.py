"""Readings from the database: the whole of a set, or just what some claims rest on."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Span, claims_around, reading_around, reading_of
from annotations.scheme import Claim, LinkValue, Reading, SpanValue, claim_of, claims_of
from annotations.workflow import organising
from tests.people import (
    Cast,
    link,
    make_article,
    make_cast,
    make_gold_set,
    make_set,
    tag,
)
from tests.seed import gold_reading


@pytest.fixture
def gold_set(cast: Cast) -> AnnotationSet:
    return make_gold_set(cast)


def labels(reading: Reading) -> list[str]:
    return [span.label for span in reading.spans]


def links_of(claim: Claim) -> set[LinkValue]:
    """Every link that a claim rests on."""
    attributions = [*claim.attributions, *(one for g in claim.grounds for one in g.attributions)]
    steps = [step.link for attribution in attributions for step in attribution.steps]
    return {*steps, *(ground.link for ground in claim.grounds)}


def told(reading: Reading) -> list[tuple[object, ...]]:
    """A reading without its keys: what is tagged and what is linked."""
    of: dict[int, SpanValue] = reading.span_of
    spans = [
        (span.tag, span.fragments, span.text, sorted(span.attributes.items()))
        for span in reading.spans
    ]
    links = [
        (
            link.type,
            of[link.from_key].fragments,
            of[link.to_key].fragments if link.to_key is not None else link.implicit,
            of[link.cue_key].fragments if link.cue_key is not None else None,
            link.negated,
        )
        for link in reading.links
    ]
    return [*spans, *links]


def test_the_reading_of_the_gold_set_is_the_gold_annotation(gold_set: AnnotationSet) -> None:
    reading = reading_of(gold_set)

    assert sorted(told(reading), key=str) == sorted(told(gold_reading()), key=str)


def test_what_a_claim_rests_on_is_read_and_nothing_else(gold_set: AnnotationSet) -> None:
    whole = reading_of(gold_set)

    for claim in claims_of(whole):
        around = reading_around(gold_set, [claim.allegation.key])

        assert claim_of(around, claim.allegation) == claim
        assert set(around.span_of) == set(claim.span_keys)
        assert set(around.links) == links_of(claim)


def test_what_several_claims_rest_on_is_the_restriction_of_the_whole(
    gold_set: AnnotationSet,
) -> None:
    whole = reading_of(gold_set)
    claims = [one for one in claims_of(whole) if one.allegation.label in ("A2", "A3", "A9")]
    keys = {key for claim in claims for key in claim.span_keys}

    around = reading_around(gold_set, [claim.allegation.key for claim in claims])

    assert around.spans == tuple(span for span in whole.spans if span.key in keys)
    assert set(around.links) == {link for claim in claims for link in links_of(claim)}


def test_claims_around_a_span_are_those_that_use_it(gold_set: AnnotationSet) -> None:
    claims = claims_of(reading_of(gold_set))

    for span in Span.objects.filter(annotation_set=gold_set):
        around = [claim.pk for claim in claims_around(gold_set, [span.pk])]

        assert around == [one.allegation.key for one in claims if span.pk in one.span_keys]


def test_a_claim_does_not_rest_on_the_sources_of_an_allegation_that_supports_it(
    annotation_set: AnnotationSet,
) -> None:
    dam = tag(annotation_set, "the dam had failed", "allegation")
    warning = tag(annotation_set, "We told them in May", "allegation")
    smith = tag(annotation_set, "Smith", "source", claim=warning)
    link("supports", warning, dam)

    by_source = [claim.pk for claim in claims_around(annotation_set, [smith.pk])]
    by_ground = [claim.pk for claim in claims_around(annotation_set, [warning.pk])]

    assert by_source == [warning.pk]
    assert by_ground == [dam.pk, warning.pk]
    assert labels(reading_around(annotation_set, [dam.pk])) == ["A1", "A2"]


def test_a_cue_belongs_to_the_claim_whose_evidence_it_introduces(
    annotation_set: AnnotationSet,
) -> None:
    dam = tag(annotation_set, "the dam had failed", "allegation")
    photographs = tag(annotation_set, "Photographs", "evidence", claim=dam)
    jones = tag(annotation_set, "Jones", "source")
    cue = tag(annotation_set, "according to", "cue")
    attributed = link("attributed_to", photographs, jones)
    attributed.cue = cue
    attributed.save()

    around = {
        span.text: [claim.pk for claim in claims_around(annotation_set, [span.pk])]
        for span in (photographs, jones, cue)
    }

    assert around == {"Photographs": [dam.pk], "Jones": [dam.pk], "according to": [dam.pk]}


def chain_among(cast: Cast, others: int) -> tuple[AnnotationSet, Span]:
    """A claim with a chain of two sources, among other claims of the same set."""
    filler = " ".join(f"They claimed number{n:03}." for n in range(others))
    annotation_set = make_set(cast, f"Reports say that it burned, Jones said. {filler}")
    claim = tag(annotation_set, "it burned", "allegation")
    reports = tag(annotation_set, "Reports", "source", claim=claim)
    link("relayed_by", reports, tag(annotation_set, "Jones", "source"))
    for n in range(others):
        tag(annotation_set, f"number{n:03}", "allegation")
    return annotation_set, claim


@pytest.mark.parametrize("others", [3, 60])
def test_reading_around_a_claim_costs_the_same_however_large_the_set(
    cast: Cast, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    annotation_set, claim = chain_among(cast, others)

    with django_assert_num_queries(2):
        around = reading_around(annotation_set, [claim.pk])
    with django_assert_num_queries(1):
        claims = list(claims_around(annotation_set, [around.spans[-1].key]))
    with django_assert_num_queries(2):
        whole = reading_of(annotation_set)

    assert labels(around) == ["S1", "A1", "S2"]
    assert [one.pk for one in claims] == [claim.pk]
    assert len(whole.spans) == others + 3


def test_readings_of_two_sets_do_not_mix(cast: Cast) -> None:
    first = make_gold_set(cast)
    second = organising.take(first.article, by=cast.egon)
    only = tag(second, "The United States", "source")
    elsewhere = make_article(make_cast("elsewhere"))

    assert [span.key for span in reading_of(second).spans] == [only.pk]
    assert len(reading_of(first).spans) == 50
    assert reading_of(organising.take(elsewhere, by=cast.edda)).spans == ()
