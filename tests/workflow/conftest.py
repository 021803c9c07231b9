"""What the tests of the workflow share: the people, and an open set of Edda's."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet
from tests.people import Cast, make_cast, make_set


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def annotation_set(cast: Cast) -> AnnotationSet:
    return make_set(cast)
