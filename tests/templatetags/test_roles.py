"""What a role lets a page offer."""

from __future__ import annotations

import pytest

from annotations.templatetags.roles import manages
from tests.people import make_cast


@pytest.mark.django_db
def test_only_a_manager_manages() -> None:
    cast = make_cast()
    people = (cast.edda, cast.rosa, cast.mara, cast.stranger)

    assert [manages(person, cast.project) for person in people] == [False, False, True, False]
