"""What a person may open: 404 for what is not theirs, 403 with the reason for what is not yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from annotations.models import AnnotationSet, Link, Membership, Person, Project, Span
from annotations.views import access
from annotations.workflow import annotating
from tests.people import Cast, claim_of, make_cast, make_set
from tests.views.conftest import Browsers

Getter = Callable[[Person], object]
HUGE = (2**31, 2**63, 10**30)


@pytest.fixture
def getters(annotation_set: AnnotationSet, allegation: Span, source: Span) -> list[Getter]:
    """One getter for each kind of object of Edda's open set."""
    link = Link.objects.get(to_span=source)
    return [
        lambda person: access.annotation_set_readable(person, annotation_set.pk),
        lambda person: access.span_readable(person, source.pk),
        lambda person: access.link_readable(person, link.pk),
        lambda person: access.claim_readable(person, allegation.pk),
        lambda person: access.annotation_set_glimpsed(person, annotation_set.pk),
        lambda person: access.span_or_gone(person, source.pk, annotation_set.pk),
        lambda person: access.link_or_gone(person, link.pk, annotation_set.pk),
        lambda person: access.set_of_article(person, annotation_set.article, annotation_set.pk),
    ]


def test_a_member_gets_the_object_itself(
    cast: Cast, annotation_set: AnnotationSet, allegation: Span, source: Span, getters: list[Getter]
) -> None:
    link = Link.objects.get(to_span=source)

    found = [getter(cast.edda) for getter in getters]

    assert found[:4] == [annotation_set, source, link, claim_of(allegation)]
    assert found[4:] == [annotation_set, source, link, annotation_set]


def test_for_an_outsider_nothing_exists(cast: Cast, getters: list[Getter]) -> None:
    for getter in getters:
        with pytest.raises(Http404):
            getter(cast.stranger)


def test_an_open_set_of_somebody_else_is_refused_with_the_reason(
    cast: Cast, getters: list[Getter]
) -> None:
    for getter in getters:
        with pytest.raises(PermissionDenied, match="has not submitted it yet"):
            getter(cast.egon)


def test_in_a_blind_project_editors_see_their_own_sets_only(
    cast: Cast, submitted: AnnotationSet
) -> None:
    Project.objects.update(blind=True)

    with pytest.raises(PermissionDenied, match="editors see their own work only"):
        access.annotation_set_readable(cast.egon, submitted.pk)
    assert access.annotation_set_readable(cast.rosa, submitted.pk) == submitted


def test_a_role_that_was_taken_away_counts_at_the_next_request(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet
) -> None:
    path = f"/annotation-sets/{annotation_set.pk}/"
    before = browsers.edda.get(path)
    Membership.objects.filter(person=cast.edda).delete()

    after = browsers.edda.get(path)

    assert (before.status_code, after.status_code) == (200, 404)


def test_a_project_and_its_articles_exist_for_members_only(
    cast: Cast, annotation_set: AnnotationSet
) -> None:
    article = annotation_set.article

    assert access.project_readable(cast.egon, "news") == cast.project
    assert access.article_readable(cast.egon, article.pk) == article
    with pytest.raises(Http404):
        access.project_readable(cast.stranger, "news")
    with pytest.raises(Http404):
        access.article_readable(cast.stranger, article.pk)
    with pytest.raises(Http404):
        access.project_readable(cast.egon, "olds")


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    "getter",
    [
        access.article_readable,
        access.annotation_set_readable,
        access.span_readable,
        access.link_readable,
        access.claim_readable,
        access.annotation_set_glimpsed,
        access.zone_readable,
        lambda person, pk: access.span_or_gone(person, pk, None),
        lambda person, pk: access.link_or_gone(person, pk, None),
        lambda person, pk: access.span_or_gone(person, 1, pk),
        lambda person, pk: access.link_or_gone(person, 1, pk),
    ],
)
def test_a_number_that_no_row_can_have_is_not_found(
    cast: Cast, getter: Callable[[Person, int], object], number: int
) -> None:
    with pytest.raises(Http404):
        getter(cast.edda, number)


def test_what_is_gone_is_left_for_the_verb_to_tell_in_the_set_that_is_named(
    cast: Cast, annotation_set: AnnotationSet, source: Span
) -> None:
    link = Link.objects.get()
    annotating.remove(source, by=cast.edda, version=source.version)

    gone: list[Span | Link] = [
        access.span_or_gone(cast.edda, source.pk, annotation_set.pk),
        access.link_or_gone(cast.edda, link.pk, annotation_set.pk),
    ]

    assert [(one.pk, one.annotation_set, one._state.adding) for one in gone] == [
        (source.pk, annotation_set, True),
        (link.pk, annotation_set, True),
    ]
    with pytest.raises(PermissionDenied, match="has not submitted it yet"):
        access.span_or_gone(cast.egon, source.pk, annotation_set.pk)
    with pytest.raises(Http404):
        access.span_or_gone(cast.stranger, source.pk, annotation_set.pk)


def test_a_set_is_that_of_the_article_or_of_none(cast: Cast, annotation_set: AnnotationSet) -> None:
    other = make_set(cast, "It burned.")

    assert access.set_of_article(cast.edda, other.article, None) is None
    with pytest.raises(Http404):
        access.set_of_article(cast.edda, other.article, annotation_set.pk)


def test_a_zone_exists_for_members_only(cast: Cast, seeded: AnnotationSet) -> None:
    zone = seeded.article.zones.get()

    assert access.zone_readable(cast.egon, zone.pk) == zone
    with pytest.raises(Http404):
        access.zone_readable(cast.stranger, zone.pk)


def test_a_claim_joined_belongs_to_the_set(annotation_set: AnnotationSet, allegation: Span) -> None:
    assert access.claim_of_set(annotation_set, allegation.pk) == claim_of(allegation)


def test_a_claim_of_another_set_does_not_exist_here(cast: Cast, allegation: Span) -> None:
    other = make_set(cast, by=cast.egon)

    with pytest.raises(Http404):
        access.claim_of_set(other, allegation.pk)


def test_a_claim_that_is_gone_is_left_for_the_verb_to_tell(
    cast: Cast, annotation_set: AnnotationSet, allegation: Span
) -> None:
    annotating.remove(allegation, by=cast.edda, version=allegation.version)

    assert access.claim_of_set(annotation_set, allegation.pk)._state.adding


def test_only_an_active_member_of_a_project_is_called_by_name(cast: Cast) -> None:
    make_cast("olds")
    Person.objects.filter(username="egon").update(is_active=False)

    assert access.member_called("news", "edda") == cast.edda
    for username in ("egon", "stranger", "nobody"):
        with pytest.raises(Http404):
            access.member_called("news", username)


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    "path",
    [
        "/articles/{}/",
        "/annotation-sets/{}/",
        "/annotation-sets/{}/review/",
        "/claims/{}/",
        "/claims/{}/verdict/",
    ],
)
def test_a_number_too_large_for_a_row_has_no_page(
    browsers: Browsers, path: str, number: int
) -> None:
    assert browsers.edda.get(path.format(number)).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "/projects/news/?page={number}",
        "/projects/news/queue/?page={number}",
        "/annotation-sets/{pk}/?from={number}",
        "/annotation-sets/{pk}/?claim={number}&edit={number}",
        "/annotation-sets/{pk}/review/?claim={number}",
        "/claims/{claim}/?shut={number}&edit={number}",
        "/claims/{claim}/verdict/?shut={number}",
    ],
)
def test_a_number_in_a_query_is_taken_or_left(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, query: str
) -> None:
    numbers = [*HUGE, "9" * 5000, "-1", "x", "", "%00", "1.5", "٣"]
    pks = {"pk": annotation_set.pk, "claim": allegation.pk}

    answers = [browsers.edda.get(query.format(number=number, **pks)) for number in numbers]

    assert [answer.status_code for answer in answers] == [200] * 10
