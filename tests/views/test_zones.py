"""Marking boilerplate and lifting the mark over HTTP."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, Span, Zone
from annotations.workflow import organising
from tests.pages import HTMX, Values, everything, page_of, told
from tests.people import Cast, make_article, make_cast, passage_of
from tests.views.conftest import Browsers


def selected(annotation_set: AnnotationSet, words: str) -> Values:
    """A selection as the browser sends it."""
    ((start, end),) = passage_of(annotation_set.article, words).fragments
    rev = annotation_set.article.text_rev
    return {"start": str(start), "end": str(end), "quote": words, "text_rev": rev}


@pytest.fixture
def zone(browsers: Browsers, annotation_set: AnnotationSet) -> Zone:
    """“Nobody”, which Egon has marked."""
    form = selected(annotation_set, "Nobody")
    browsers.egon.post(f"/articles/{annotation_set.article_id}/zones/", form)
    return Zone.objects.get()


def test_marking_leads_back_to_the_workspace_it_came_from(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    form = selected(annotation_set, "Nobody") | {"annotation_set": str(annotation_set.pk)}

    response = browsers.edda.post(
        f"/articles/{annotation_set.article_id}/zones/", form, headers=HTMX
    )

    zone = Zone.objects.get()
    assert (response.status_code, response.headers["HX-Redirect"]) == (
        200,
        f"/annotation-sets/{annotation_set.pk}/",
    )
    assert (zone.start, zone.end, zone.reason) == (116, 122, "marked by Edda")


def test_without_a_set_it_leads_to_the_article(browsers: Browsers, zone: Zone) -> None:
    page = f"/articles/{zone.article_id}/"

    lifted = browsers.rosa.post(f"/zones/{zone.pk}/lift/")
    marked = browsers.mara.post(f"/zones/{zone.pk}/mark/")

    assert (lifted.status_code, lifted.headers["Location"]) == (302, page)
    assert (marked.status_code, marked.headers["Location"]) == (302, page)
    assert [*Event.objects.order_by("pk").values_list("verb", "actor")][-2:] == [
        ("lift", "rosa"),
        ("mark", "mara"),
    ]


def test_tagged_words_are_not_marked_and_the_workspace_says_why(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    form = selected(annotation_set, "the dam") | {"annotation_set": str(annotation_set.pk)}
    before = everything()

    response = browsers.edda.post(
        f"/articles/{annotation_set.article_id}/zones/", form, headers=HTMX
    )

    reason = "Passages in this stretch are tagged. Remove them first."
    assert (response.status_code, everything()) == (422, before)
    assert told(response, "ascribe:refused") == {"reason": reason, "conflict": False}


def test_without_script_a_refusal_has_a_page_and_a_way_back(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    path = f"/articles/{annotation_set.article_id}/"

    response = browsers.egon.post(f"{path}zones/", selected(annotation_set, "the dam"))

    page = page_of(response)
    assert response.status_code == 422
    assert "Passages in this stretch are tagged." in page.words
    assert page.one("a", **{"class": "btn primary"})["href"] == path


@pytest.mark.parametrize("verb", ["lift", "mark"])
def test_what_is_so_already_is_refused(browsers: Browsers, zone: Zone, verb: str) -> None:
    if verb == "lift":
        browsers.edda.post(f"/zones/{zone.pk}/lift/")

    response = browsers.edda.post(f"/zones/{zone.pk}/{verb}/")

    assert response.status_code == 422
    assert "It has this value already." in page_of(response).words


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"start": "0", "end": "x", "quote": "y", "text_rev": "z"},
        {"start": "-1", "end": "3", "quote": "Off", "text_rev": ""},
        {"start": ["0", "4"], "end": "3", "quote": "Off", "text_rev": ""},
    ],
)
def test_a_form_that_says_nothing_is_refused(
    browsers: Browsers, annotation_set: AnnotationSet, form: Values
) -> None:
    before = everything()

    response = browsers.edda.post(f"/articles/{annotation_set.article_id}/zones/", form)

    assert (response.status_code, everything()) == (422, before)


def test_a_set_of_another_article_or_of_nobody_is_not_found(
    browsers: Browsers, cast: Cast, zone: Zone
) -> None:
    other = organising.take(make_article(cast, "It burned."), by=cast.edda)
    before = everything()

    answers = [
        browsers.edda.post(f"/zones/{zone.pk}/lift/", {"annotation_set": str(pk)})
        for pk in (other.pk, 999)
    ]

    assert ([one.status_code for one in answers], everything()) == ([404, 404], before)


@pytest.mark.parametrize("named", ["", "x", "0", "9" * 30])
def test_what_names_no_set_leads_to_the_article(browsers: Browsers, zone: Zone, named: str) -> None:
    response = browsers.edda.post(f"/zones/{zone.pk}/lift/", {"annotation_set": named})

    assert response.headers["Location"] == f"/articles/{zone.article_id}/"


def test_the_open_set_of_somebody_else_is_no_way_back(
    browsers: Browsers, annotation_set: AnnotationSet, zone: Zone
) -> None:
    form = {"annotation_set": str(annotation_set.pk)}

    response = browsers.egon.post(f"/zones/{zone.pk}/lift/", form)

    zone.refresh_from_db()
    assert (response.status_code, zone.active) == (403, True)


def test_a_zone_of_another_project_does_not_exist(browsers: Browsers, zone: Zone) -> None:
    olds = make_cast("olds")
    olds.project.memberships.filter(person=olds.edda).delete()
    article = make_article(olds)

    answers = [
        browsers.stranger.post(f"/zones/{zone.pk}/lift/"),
        browsers.edda.post("/zones/999/lift/"),
        browsers.edda.post(f"/articles/{article.pk}/zones/"),
    ]

    assert [one.status_code for one in answers] == [404, 404, 404]
