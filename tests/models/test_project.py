"""Projects and memberships: whose they are."""

from __future__ import annotations

from annotations.models import Membership, Project
from tests.people import Cast, make_cast


def test_a_person_sees_the_projects_they_belong_to(cast: Cast) -> None:
    elsewhere = make_cast("elsewhere").project
    Membership.objects.filter(project=elsewhere, person=cast.edda).delete()

    assert list(Project.objects.of(cast.edda)) == [cast.project]
    assert list(Project.objects.of(cast.egon)) == [elsewhere, cast.project]
    assert list(Project.objects.of(cast.stranger)) == []


def test_a_membership_reads_as_who_has_which_role(cast: Cast) -> None:
    membership = Membership.objects.get(person=cast.rosa)

    assert str(membership) == "Rosa (Reviewer)"
    assert str(cast.project) == "News"
