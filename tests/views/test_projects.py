"""A person's work, a project's articles and its review queue."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, Article, ClaimAnnotation
from annotations.states import Role
from annotations.views.projects import queue_of
from annotations.workflow import organising, reviewing
from tests.pages import Element, form_to, page_of, signed_in
from tests.people import (
    Cast,
    link,
    make_article,
    make_cast,
    make_person,
    make_set,
    tag,
)
from tests.views.conftest import Browsers


def text_of(number: int) -> str:
    return f"Article {number}: the mayor said that it rained.\n"


def hand_in(cast: Cast, number: int) -> AnnotationSet:
    """A submitted set of Edda's on an article of its own."""
    annotation_set = make_set(cast, text_of(number))
    claim = tag(annotation_set, "it rained", "allegation")
    link("attributed_to", claim, implicit="author")
    return reviewing.submit(annotation_set, by=cast.edda)


def return_to_edda(cast: Cast, annotation_set: AnnotationSet) -> None:
    claim = ClaimAnnotation.objects.get(annotation_set=annotation_set)
    reviewing.return_claim(
        claim, by=cast.rosa, version=claim.version, reasons=["other"], note="Why?"
    )


def titles(page: Element, section: str = "") -> list[str]:
    """The articles that a page lists, or one section of it."""
    part = page.one("section", **{"aria-labelledby": section}) if section else page
    return [one.words for one in part.all("a", **{"class": "title"})]


def numbers(page: Element, section: str = "") -> list[int]:
    return [int(title.split()[1].rstrip(":")) for title in titles(page, section)]


def test_the_work_of_an_editor_is_what_came_back_begun_handed_in_and_free(
    browsers: Browsers, cast: Cast
) -> None:
    return_to_edda(cast, hand_in(cast, 1))
    make_set(cast, text_of(2))
    hand_in(cast, 3)
    make_article(cast, text_of(4))

    page = page_of(browsers.edda.get("/"))

    sections = ("returned", "started", "handed-in", "untaken")
    assert [numbers(page, one) for one in sections] == [[1], [2], [3], [4]]
    assert page.all("h2", id="waiting") == []


def test_the_work_of_a_reviewer_is_what_waits_for_a_decision(
    browsers: Browsers, cast: Cast
) -> None:
    handed_in = hand_in(cast, 1)
    make_set(cast, text_of(2))

    page = page_of(browsers.rosa.get("/"))

    (door,) = page.one("section", **{"aria-labelledby": "waiting"}).all("a")
    assert (numbers(page, "waiting"), door["href"]) == (
        [1],
        f"/annotation-sets/{handed_in.pk}/review/",
    )


def test_who_belongs_to_no_project_is_told_so(browsers: Browsers, cast: Cast) -> None:
    make_article(cast)

    page = page_of(browsers.stranger.get("/"))

    assert (page.one("h2").words, titles(page)) == ("No project yet", [])


def test_work_of_other_projects_is_not_shown(browsers: Browsers, cast: Cast) -> None:
    olds = make_cast("olds")
    olds.project.memberships.exclude(person=olds.mara).delete()
    make_article(olds, text_of(1))
    make_article(cast, text_of(2))

    page = page_of(browsers.edda.get("/"))

    assert numbers(page) == [2]


def test_an_article_is_taken_from_the_list(browsers: Browsers, cast: Cast) -> None:
    article = make_article(cast)
    page = page_of(browsers.edda.get("/projects/news/"))

    browsers.edda.post(form_to(page, f"/articles/{article.pk}/take/")["action"])

    row = page_of(browsers.edda.get("/projects/news/")).one("tr", id=f"article-{article.pk}")
    own = AnnotationSet.objects.get()
    assert row.one("a")["href"] == f"/annotation-sets/{own.pk}/"
    assert row.all("form") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [4, 3, 2, 1]),
        ("?stage=new", [4]),
        ("?stage=started", [2]),
        ("?stage=review", [3]),
        ("?stage=returned", [1]),
        ("?stage=done", []),
        ("?stage=", [4, 3, 2, 1]),
        ("?q=article%203", [3]),
        ("?q=MAYOR", [4, 3, 2, 1]),
        ("?q=%20%20", [4, 3, 2, 1]),
        ("?q=%25", []),
        ("?q=_", []),
        ("?q=%27%20OR%201=1", []),
        ("?stage=review&q=article%201", []),
        ("?page=99", [4, 3, 2, 1]),
        ("?page=x", [4, 3, 2, 1]),
    ],
)
def test_articles_are_found_by_stage_and_by_words(
    browsers: Browsers, cast: Cast, query: str, found: list[int]
) -> None:
    return_to_edda(cast, hand_in(cast, 1))
    make_set(cast, text_of(2))
    hand_in(cast, 3)
    make_article(cast, text_of(4))
    Article.objects.update(changed_at="2026-01-01T00:00Z")

    page = page_of(browsers.edda.get(f"/projects/news/{query}"))

    assert numbers(page) == found


@pytest.mark.parametrize("query", ["?stage=unknown", "?stage=%00", "?q=%00", "?q=a%00b"])
def test_what_cannot_be_looked_for_has_no_page(browsers: Browsers, cast: Cast, query: str) -> None:
    make_article(cast)

    assert browsers.edda.get(f"/projects/news/{query}").status_code == 404


def test_what_was_looked_for_stays_in_the_field(browsers: Browsers, cast: Cast) -> None:
    make_article(cast)

    page = page_of(browsers.edda.get("/projects/news/?q=" + "x" * 300 + "&stage=new"))

    assert page.one("input", id="q")["value"] == "x" * 200
    assert page.one("input", name="stage")["value"] == "new"


def test_a_long_list_has_pages_that_keep_the_question(browsers: Browsers, cast: Cast) -> None:
    for number in range(26):
        make_article(cast, text_of(number))

    first = page_of(browsers.edda.get("/projects/news/?q=mayor"))
    (door,) = [one for one in first.all("a") if one.words == "Next"]
    second = page_of(browsers.edda.get("/projects/news/" + door["href"]))

    assert (len(titles(first)), len(titles(second))) == (25, 1)
    assert door["href"] == "?q=mayor&page=2"


def test_an_empty_project_says_how_articles_come_in(browsers: Browsers, cast: Cast) -> None:
    page = page_of(browsers.edda.get("/projects/news/"))

    assert page.one("h2").words == "No articles yet"


def test_the_queue_begins_with_what_waits_longest(browsers: Browsers, cast: Cast) -> None:
    sets = [hand_in(cast, number) for number in (1, 2, 3)]
    AnnotationSet.objects.filter(pk=sets[1].pk).update(submitted_at="2020-01-01T00:00Z")

    page = page_of(browsers.rosa.get("/projects/news/queue/"))

    assert numbers(page) == [2, 1, 3]


def test_own_work_is_not_in_the_queue(browsers: Browsers, cast: Cast) -> None:
    hand_in(cast, 1)
    own = make_set(cast, text_of(2), by=cast.rosa)
    link("attributed_to", tag(own, "it rained", "allegation"), implicit="author")
    reviewing.submit(own, by=cast.rosa)

    assert list(queue_of(cast.rosa, cast.project)) == [AnnotationSet.objects.earliest("pk")]
    assert queue_of(cast.mara, cast.project).count() == 2
    assert numbers(page_of(browsers.rosa.get("/projects/news/queue/"))) == [1]


def test_for_an_editor_the_queue_is_empty_and_says_why(browsers: Browsers, cast: Cast) -> None:
    hand_in(cast, 1)

    page = page_of(browsers.edda.get("/projects/news/queue/"))

    assert titles(page) == []
    assert "Reviewers of this project decide the claims that editors submit." in page.words


def test_the_navigation_counts_what_waits(browsers: Browsers, cast: Cast) -> None:
    hand_in(cast, 1)
    hand_in(cast, 2)

    for path in ("/projects/news/", "/projects/news/queue/", "/projects/news/datasets/"):
        page = page_of(browsers.rosa.get(path))

        assert page.one("span", **{"class": "count num"}).words == "2"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("who", "path", "queries"),
    [
        ("edda", "/", 9),
        ("rosa", "/", 9),
        ("edda", "/projects/news/", 16),
        ("rosa", "/projects/news/", 16),
        ("rosa", "/projects/news/queue/", 7),
    ],
)
def test_the_queries_of_a_list_do_not_grow_with_it(
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    who: str,
    path: str,
    queries: int,
    count: int,
) -> None:
    colleague = make_person("cleo")
    organising.add_member(cast.project, person=colleague, role=Role.EDITOR, by=cast.mara)
    for number in range(count):
        return_to_edda(cast, hand_in(cast, 10 + number))
        hand_in(cast, 20 + number)
        make_set(cast, text_of(20 + number), by=colleague)
        make_set(cast, text_of(30 + number))
        make_article(cast, text_of(40 + number))
    client: Client = signed_in(getattr(cast, who))
    client.get("/")

    with django_assert_num_queries(queries):
        client.get(path)
