"""Projects, members, and taking an article."""

from __future__ import annotations

import pytest
from django.utils import timezone

from annotations.models import AnnotationSet, Event, Membership, Person, Project
from annotations.states import Role
from annotations.workflow import organising
from annotations.workflow.refusals import Forbidden, Unfit
from tests.people import Cast, make_article, make_person
from tests.rows import dump, refused


def test_a_project_begins_without_members_and_with_an_event(db: None) -> None:
    project = organising.create_project(slug="news", name="News", by=Person(username="operator"))

    event = Event.objects.of_project(project.uid).get()
    assert not project.memberships.exists()
    assert (event.verb, event.actor, event.after) == (
        "create",
        "operator",
        {"slug": "news", "name": "News"},
    )


def test_a_short_name_names_one_project(cast: Cast) -> None:
    with refused(Unfit, "There is a project “news” already."):
        organising.create_project(slug="news", name="More", by=cast.mara)

    assert Project.objects.count() == 1


def test_a_member_gets_a_role_and_another_one_later(cast: Cast) -> None:
    newcomer = make_person("newcomer")

    organising.add_member(cast.project, person=newcomer, role=Role.EDITOR, by=cast.mara)
    organising.add_member(cast.project, person=newcomer, role=Role.REVIEWER, by=cast.mara)

    assert Membership.objects.get(person=newcomer).role == Role.REVIEWER
    told = [
        (event.actor, event.before, event.after)
        for event in Event.objects.of_project(cast.project.uid).order_by("-number")[:2]
    ]
    assert told == [
        ("mara", {"role": "editor"}, {"person": "newcomer", "role": "reviewer"}),
        ("mara", None, {"person": "newcomer", "role": "editor"}),
    ]


def test_the_same_role_again_changes_nothing(cast: Cast) -> None:
    before = dump()

    organising.add_member(cast.project, person=cast.edda, role=Role.EDITOR, by=cast.mara)

    assert dump() == before


@pytest.mark.parametrize("person", ["edda", "rosa", "stranger"])
def test_only_a_manager_gives_roles(cast: Cast, person: str) -> None:
    with refused(Forbidden):
        organising.add_member(
            cast.project, person=cast.stranger, role=Role.MANAGER, by=getattr(cast, person)
        )


def test_an_article_is_taken_once_by_each(cast: Cast) -> None:
    article = make_article(cast)

    first = organising.take(article, by=cast.edda)
    again = organising.take(article, by=cast.edda)
    other = organising.take(article, by=cast.egon)

    assert (first, first.state, first.annotator) == (again, "open", cast.edda)
    assert other != first
    assert AnnotationSet.objects.count() == 2
    assert [event.verb for event in Event.objects.of_article(article.uid)] == [
        "import",
        "take",
        "take",
    ]


def test_a_stranger_takes_nothing(cast: Cast) -> None:
    article = make_article(cast)

    with refused(Forbidden, "You are not a member of this project."):
        organising.take(article, by=cast.stranger)


def test_an_article_withdrawn_since_the_page_was_made_is_not_taken(cast: Cast) -> None:
    article = make_article(cast)
    type(article).objects.update(withdrawn_at=timezone.now())

    with refused(Forbidden, "This article has been withdrawn."):
        organising.take(article, by=cast.edda)
