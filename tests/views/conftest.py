"""What the tests of the views share: the people, their browsers, and sets in each state."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from annotations.models import AnnotationSet, ClaimAnnotation, Span
from tests.pages import signed_in
from tests.people import Cast, make_cast, make_gold_set, make_set, make_submitted_set, tag


@dataclass(frozen=True)
class Browsers:
    """A browser for each of the people, signed in."""

    edda: Client
    egon: Client
    rosa: Client
    mara: Client
    stranger: Client
    nobody: Client


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def browsers(cast: Cast) -> Browsers:
    people = (cast.edda, cast.egon, cast.rosa, cast.mara, cast.stranger, None)
    return Browsers(*map(signed_in, people))


@pytest.fixture
def annotation_set(cast: Cast) -> AnnotationSet:
    """An open set of Edda's without any span."""
    return make_set(cast)


@pytest.fixture
def allegation(annotation_set: AnnotationSet) -> Span:
    """“the dam had failed” in the open set."""
    return tag(annotation_set, "the dam had failed", "allegation")


@pytest.fixture
def source(annotation_set: AnnotationSet, allegation: Span) -> Span:
    """“Officials”, who say that the dam had failed."""
    return tag(annotation_set, "Officials", "source", claim=allegation)


@pytest.fixture
def seeded(cast: Cast) -> AnnotationSet:
    """The seed article with its gold annotation, open."""
    return make_gold_set(cast)


@pytest.fixture
def submitted(cast: Cast) -> AnnotationSet:
    """A set of Edda's with two claims to decide."""
    return make_submitted_set(cast)


@pytest.fixture
def dam(submitted: AnnotationSet) -> ClaimAnnotation:
    """The first of the two claims to decide."""
    return ClaimAnnotation.objects.filter(annotation_set=submitted).in_text_order()[0]
