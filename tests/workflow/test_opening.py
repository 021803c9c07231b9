"""Rows as a verb finds them: as they are now, or the refusal that they are not what was seen."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Span
from annotations.workflow import joining
from annotations.workflow.opening import claim_now, opened_link, opened_span
from annotations.workflow.refusals import Forbidden, Stale, Unfit
from tests.people import Cast, claim_of, make_set, tag
from tests.rows import refused
from tests.workflow.acts import DAM, describe, remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    return allegation


def test_a_span_is_read_as_it_is_now(cast: Cast, allegation: Span) -> None:
    described = describe(allegation, about="the dam")

    current, span = opened_span(allegation, by=cast.edda)

    assert (current, span.version) == (allegation.annotation_set, described.version)
    assert span.attributes["about"] == "the dam"


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_version_that_has_passed_is_stale(cast: Cast, allegation: Span, is_gone: bool) -> None:
    if is_gone:
        remove(allegation)

    with refused(Stale, "This passage has been changed since."):
        opened_span(allegation, by=cast.edda, version=None if is_gone else allegation.version + 1)


def test_who_may_not_write_is_told_that_first(cast: Cast, allegation: Span) -> None:
    link = Link.objects.get()
    remove(allegation)

    for opened in (
        lambda: opened_span(allegation, by=cast.egon),
        lambda: opened_link(link, by=cast.egon),
    ):
        with refused(Forbidden, "Only its annotator"):
            opened()


def test_a_link_that_is_gone_is_stale(cast: Cast, allegation: Span) -> None:
    link = Link.objects.get()
    _current, known, rows = opened_link(link, by=cast.edda)
    assert (known, list(rows)) == (link, [str(link.uid)])

    joining.unlink(link, by=cast.edda)

    with refused(Stale, "This link is gone already."):
        opened_link(link, by=cast.edda)


def test_a_claim_is_there_or_gone_or_of_another_set(cast: Cast, allegation: Span) -> None:
    claim = claim_of(allegation)
    elsewhere = make_set(cast, "Lee said so.\n")
    found = claim_now(allegation.annotation_set, claim)
    assert found == claim

    with refused(Unfit, "That claim belongs to another annotation set."):
        claim_now(elsewhere, claim)
    remove(allegation)

    assert claim_now(allegation.annotation_set, ClaimAnnotation(pk=claim.pk)) is None
