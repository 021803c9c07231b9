"""Where a person goes on: the next open set, and how long a page fetched ahead may be kept."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet
from annotations.views.next import following
from annotations.workflow import reviewing
from tests.pages import page_of
from tests.people import Cast, make_cast, make_set, tag
from tests.views.conftest import Browsers

AHEAD = {"Sec-Purpose": "prefetch"}


@pytest.fixture
def three(cast: Cast) -> list[AnnotationSet]:
    """Three open sets of Edda's, and one of Egon's."""
    make_set(cast, "Of Egon's.", by=cast.egon)
    return [make_set(cast, text) for text in ("One.", "Two said it.", "Three.")]


def test_the_sets_follow_one_another_and_begin_anew(
    cast: Cast, three: list[AnnotationSet], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        after = [following(cast.edda, one) for one in three]

    assert after == [three[1], three[2], three[0]]


def test_a_project_one_has_left_is_left_out(cast: Cast, three: list[AnnotationSet]) -> None:
    elsewhere = make_set(make_cast("secret"), "Not to be seen.", by=cast.edda)
    elsewhere.project.memberships.filter(person=cast.edda).delete()

    after = [following(cast.edda, one) for one in three]

    assert after == [three[1], three[2], three[0]]


def test_what_is_handed_in_or_withdrawn_is_left_out(cast: Cast, three: list[AnnotationSet]) -> None:
    claim = tag(three[1], "it", "allegation")
    tag(three[1], "Two", "source", claim=claim)
    reviewing.submit(three[1], by=cast.edda)
    three[2].article.withdrawn_at = timezone.now()
    three[2].article.save(update_fields=["withdrawn_at"])

    assert following(cast.edda, three[0]) is None


def test_the_workspace_links_to_the_next_set_and_fetches_it_ahead(
    browsers: Browsers, three: list[AnnotationSet]
) -> None:
    page = page_of(browsers.edda.get(f"/annotation-sets/{three[0].pk}/"))

    address = f"/annotation-sets/{three[1].pk}/?version=1"
    assert page.one("link", rel="prefetch")["href"] == address
    assert page.one("a", rel="next")["href"] == address


def test_without_a_next_set_nothing_is_fetched(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    page = page_of(browsers.edda.get(f"/annotation-sets/{annotation_set.pk}/"))

    assert (page.all("link", rel="prefetch"), page.all("a", rel="next")) == ([], [])


@pytest.mark.parametrize(
    ("query", "headers", "kept"),
    [
        ("?version=1", AHEAD, "private, max-age=3600"),
        ("?version=1", {}, None),
        ("", AHEAD, None),
    ],
)
def test_only_a_page_fetched_ahead_under_its_version_may_be_kept(
    browsers: Browsers,
    annotation_set: AnnotationSet,
    query: str,
    headers: dict[str, str],
    kept: str | None,
) -> None:
    response = browsers.edda.get(f"/annotation-sets/{annotation_set.pk}/{query}", headers=headers)

    found = response.headers.get("Cache-Control")
    assert (found and ", ".join(sorted(found.split(", "), reverse=True))) == kept
