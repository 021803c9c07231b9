"""People and what they are called."""

from __future__ import annotations

import pytest

from annotations.models import (
    Person,
)


@pytest.mark.parametrize(
    ("name", "short", "initials"),
    [
        ("Amira Haddad", "Amira", "AH"),
        ("Ben", "Ben", "BE"),
        ("Rosa Maria Lindqvist", "Rosa", "RL"),
        ("", "edda", "ED"),
        ("  ", "edda", "ED"),
    ],
)
def test_a_person_is_called_by_name_else_by_user_name(name: str, short: str, initials: str) -> None:
    person = Person(username="edda", name=name)

    assert (person.get_short_name(), person.initials) == (short, initials)
