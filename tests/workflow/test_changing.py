"""What every change has in common: versions, permission, and what it tells the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Person, Span
from annotations.states import ClaimState
from annotations.text.offsets import Fragment
from annotations.workflow import annotating, joining, organising, reshaping
from annotations.workflow.refusals import Forbidden, Stale
from tests.people import (
    Cast,
    claim_of,
    fresh,
    passage_of,
    tag,
)
from tests.rows import refused
from tests.workflow.acts import (
    DAM,
    describe,
    remove,
)


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """A claim with a source, a cue and evidence."""
    allegation = tag(annotation_set, DAM, "allegation")
    tag(annotation_set, "Officials", "source", claim=allegation)
    tag(annotation_set, "said", "cue", claim=allegation)
    tag(annotation_set, "Photographs", "evidence", claim=allegation)
    return fresh(allegation)


Act = Callable[[Span, Person, int], object]


ACTS: dict[str, Act] = {
    "retag": lambda span, by, version: annotating.retag(
        span, by=by, tag="evidence", version=version
    ),
    "resize": lambda span, by, version: reshaping.resize(
        span, by=by, passage=passage_of(span.annotation_set.article, "the dam"), version=version
    ),
    "remove": lambda span, by, version: annotating.remove(span, by=by, version=version),
    "set_attributes": lambda span, by, version: annotating.set_attributes(
        span, by=by, values={"about": "the dam"}, version=version
    ),
}


JOINS: dict[str, Callable[[Link, Person], object]] = {
    "unlink": lambda one, by: joining.unlink(one, by=by),
    "negate": lambda one, by: joining.negate(one, by=by, negated=True),
    "relay": lambda one, by: joining.relay(one, by=by),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_write_on_what_has_changed_since_is_stale(allegation: Span, act: Act) -> None:
    by, seen = allegation.annotation_set.annotator, allegation.version
    describe(allegation, about="something else")

    with refused(Stale, "This passage has been changed since."):
        act(allegation, by, seen)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_write_on_what_is_gone_is_stale(allegation: Span, act: Act) -> None:
    by, seen = allegation.annotation_set.annotator, allegation.version
    remove(allegation)

    with refused(Stale, "This passage has been changed since."):
        act(allegation, by, seen)


@pytest.mark.parametrize("person", ["egon", "rosa", "mara", "stranger"])
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nobody_else_changes_a_span_of_an_open_set(
    cast: Cast, allegation: Span, act: Act, person: str
) -> None:
    with refused(Forbidden):
        act(allegation, getattr(cast, person), allegation.version)


@pytest.mark.parametrize("person", ["egon", "rosa", "mara", "stranger"])
@pytest.mark.parametrize("join", JOINS.values(), ids=JOINS)
def test_nobody_else_changes_a_link_of_an_open_set(
    cast: Cast, allegation: Span, join: Callable[[Link, Person], object], person: str
) -> None:
    attributed = allegation.links_out.get()

    with refused(Forbidden):
        join(attributed, getattr(cast, person))


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_each_change_raises_the_versions_of_the_span_its_claim_and_its_set(
    allegation: Span, act: Act
) -> None:
    by = allegation.annotation_set.annotator
    before = (allegation.version, claim_of(allegation).version)
    set_before = AnnotationSet.objects.get().version

    act(allegation, by, allegation.version)

    after = Span.objects.filter(pk=allegation.pk).first()
    claim = ClaimAnnotation.objects.filter(pk=allegation.pk).first()
    assert after is None or after.version == before[0] + 1
    assert claim is None or claim.version == before[1] + 1
    assert AnnotationSet.objects.get().version == set_before + 1


def test_what_a_verb_did_is_told_for_drawing_the_page(allegation: Span) -> None:
    by = allegation.annotation_set.annotator
    passage = partial(passage_of, allegation.annotation_set.article)
    known: Any = reshaping.resize(
        allegation, by=by, passage=passage("the dam"), version=allegation.version
    )

    assert (known.verb, known.span, known.spans) == ("resize", allegation, (allegation,))
    assert known.stretches == (Fragment(15, 22), Fragment(15, 33))
    assert (known.claims, known.made, known.gone) == ((allegation.pk,), (), ())

    known = annotating.retag(
        fresh(allegation), by=by, tag="evidence", version=fresh(allegation).version
    )
    assert (known.verb, known.claims, known.gone) == ("retag", (), (allegation.pk,))

    known = annotating.remove(fresh(allegation), by=by, version=fresh(allegation).version)
    assert (known.span, known.erased) == (None, (allegation.pk,))


def test_sets_of_two_annotators_do_not_touch(cast: Cast, allegation: Span) -> None:
    egons = organising.take(allegation.annotation_set.article, by=cast.egon)
    tag(egons, DAM, "allegation")

    remove(allegation)

    assert [span.text for span in Span.objects.filter(annotation_set=egons)] == [DAM]
    assert [claim.state for claim in egons.claims.all()] == [ClaimState.DRAFT]
