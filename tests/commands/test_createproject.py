"""`manage.py createproject`: a project by the operator, or why not."""

from __future__ import annotations

import pytest

from annotations.models import Event, Project
from tests.commands.running import complaint, said
from tests.people import make_cast

pytestmark = pytest.mark.django_db


def test_a_project_is_created_by_the_operator() -> None:
    printed = said("createproject", "news", "--name", "Sourcing desk")

    project = Project.objects.get()
    assert (project.slug, project.name) == ("news", "Sourcing desk")
    assert [one.actor for one in Event.objects.of_project(project.uid)] == ["operator"]
    assert "manage.py adduser NAME --project news --role manager" in printed


@pytest.mark.parametrize(
    ("slug", "name", "reason"),
    [
        ("a b", "A", "Enter a valid “slug”"),
        ("x" * 51, "A", "Ensure this value has at most 50 characters"),
        ("a", " ", "This field cannot be blank."),
        ("a", "x" * 151, "Ensure this value has at most 150 characters"),
        ("news", "News", "There is a project “news” already."),
    ],
)
def test_a_bad_name_is_refused(slug: str, name: str, reason: str) -> None:
    make_cast("news")

    assert complaint("createproject", slug, "--name", name).startswith(reason)
