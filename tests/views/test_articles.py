"""The page of an article, and taking it."""

from __future__ import annotations

from django.utils import timezone

from annotations.models import AnnotationSet, Article, Event
from tests.pages import form_to, page_of
from tests.people import Cast, make_article, make_set
from tests.seed import seed_text
from tests.views.conftest import Browsers


def test_an_article_shows_its_text_and_who_works_on_it(
    browsers: Browsers, submitted: AnnotationSet
) -> None:
    page = page_of(browsers.rosa.get(f"/articles/{submitted.article_id}/"))

    row = page.one("tbody").one("tr")
    assert [cell.words for cell in row.all("td")] == ["In review", "Annotations, review"]
    assert [link["href"] for link in row.all("a")] == [
        f"/annotation-sets/{submitted.pk}/",
        f"/annotation-sets/{submitted.pk}/review/",
    ]
    shown = [one.text for one in page.one("div", **{"class": "article"}).all("p")]
    assert shown == submitted.article.text.strip().split("\n\n")


def test_boilerplate_is_folded_on_the_page_of_an_article(browsers: Browsers, cast: Cast) -> None:
    article = make_article(cast, seed_text())

    page = page_of(browsers.egon.get(f"/articles/{article.pk}/"))

    folded = page.one("div", **{"class": "article"}).one("details").one("pre")
    assert folded.text == article.text[2129:2232].strip()


def test_what_one_may_not_open_says_why(browsers: Browsers, annotation_set: AnnotationSet) -> None:
    page = page_of(browsers.egon.get(f"/articles/{annotation_set.article_id}/"))

    row = page.one("tbody").one("tr")
    assert (row.all("td")[1].words, row.all("a")) == (
        "Its annotator has not submitted it yet.",
        [],
    )


def test_taking_an_article_opens_a_set_of_ones_own(browsers: Browsers, cast: Cast) -> None:
    article = make_article(cast)
    page = page_of(browsers.egon.get(f"/articles/{article.pk}/"))

    response = browsers.egon.post(form_to(page, f"/articles/{article.pk}/take/")["action"])

    taken = AnnotationSet.objects.get()
    assert (taken.article, taken.annotator) == (article, cast.egon)
    assert response.headers["Location"] == f"/annotation-sets/{taken.pk}/"


def test_taking_it_again_leads_to_the_same_set(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    events = Event.objects.count()

    response = browsers.edda.post(f"/articles/{annotation_set.article_id}/take/")

    assert response.headers["Location"] == f"/annotation-sets/{annotation_set.pk}/"
    assert (AnnotationSet.objects.count(), Event.objects.count()) == (1, events)


def test_who_has_taken_it_is_not_offered_it_again(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    page = page_of(browsers.edda.get(f"/articles/{annotation_set.article_id}/"))

    assert page.all("form", action=f"/articles/{annotation_set.article_id}/take/") == []


def test_a_withdrawn_article_is_not_for_taking(browsers: Browsers, cast: Cast) -> None:
    article = make_article(cast)
    Article.objects.update(withdrawn_at=timezone.now())

    response = browsers.edda.post(f"/articles/{article.pk}/take/")

    page = page_of(response)
    assert (response.status_code, AnnotationSet.objects.count()) == (403, 0)
    assert "This article has been withdrawn." in page.words
    assert page.one("a", **{"class": "btn primary"})["href"] == f"/articles/{article.pk}/"


def test_every_members_set_has_its_row(browsers: Browsers, cast: Cast) -> None:
    for person in (cast.egon, cast.edda, cast.rosa):
        article = make_set(cast, by=person).article

    page = page_of(browsers.mara.get(f"/articles/{article.pk}/"))

    names = [row.one("th").words for row in page.one("tbody").all("tr")]
    assert names == ["Egon", "Edda", "Rosa"]
