"""Whether a set has become newer than the page that shows it."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Span
from annotations.workflow import zoning
from tests.pages import HTMX, everything, page_of, told
from tests.people import Cast, passage_of, tag
from tests.views.conftest import Browsers


def news(annotation_set: AnnotationSet, version: object) -> str:
    return f"/annotation-sets/{annotation_set.pk}/news/?version={version}"


def test_nothing_is_told_of_what_the_page_shows(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span
) -> None:
    annotation_set.refresh_from_db()
    before = everything()

    response = browsers.edda.get(news(annotation_set, annotation_set.version), headers=HTMX)

    assert (response.status_code, response.content, everything()) == (204, b"", before)


def test_newer_changes_are_counted_with_a_link_to_see_them(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span
) -> None:
    response = browsers.edda.get(news(annotation_set, 1), headers=HTMX)

    note = page_of(response).one("div", id="news")
    assert (response.status_code, note["role"]) == (200, "status")
    assert "2 newer changes" in note.words
    assert note.one("a")["href"].startswith(f"/annotation-sets/{annotation_set.pk}/")


def test_the_version_a_write_tells_is_no_news(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span
) -> None:
    form = {"version": "2", "kind": "group"}
    response = browsers.edda.post(f"/spans/{source.pk}/describe/", form, headers=HTMX)
    version = told(response, "ascribe:changed")["version"]

    assert browsers.edda.get(news(annotation_set, version)).status_code == 204


def test_a_zone_is_news_to_every_page_of_the_article(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet
) -> None:
    article = annotation_set.article
    zoning.add_zone(article, by=cast.egon, passage=passage_of(article, "Nobody"))

    response = browsers.edda.get(news(annotation_set, 1))

    assert "1 newer change" in page_of(response).one("div", id="news").words


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30, "%00", "99"])
def test_a_version_that_never_was_is_not_the_one(
    browsers: Browsers, annotation_set: AnnotationSet, version: str
) -> None:
    response = browsers.edda.get(news(annotation_set, version))

    assert (response.status_code, page_of(response).one("div")["id"]) == (200, "news")


@pytest.mark.parametrize("words", [["Jones"], ["Jones", "Smith", "Nobody"]])
@pytest.mark.parametrize("who", ["edda", "rosa"])
def test_asking_costs_four_queries_and_does_not_read_the_text(
    browsers: Browsers,
    annotation_set: AnnotationSet,
    django_assert_num_queries: DjangoAssertNumQueries,
    who: str,
    words: list[str],
) -> None:
    for word in words:
        tag(annotation_set, word, "source")
    client = getattr(browsers, who)
    client.get("/")

    with django_assert_num_queries(4) as asked:
        client.get(news(annotation_set, 1))

    assert not [one for one in asked.captured_queries if '"annotations_article"' in one["sql"]]
