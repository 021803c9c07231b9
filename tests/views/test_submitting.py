"""Submitting over HTTP: what is missing, what to look at first, and where it leads."""

from __future__ import annotations

from annotations.models import AnnotationSet, Event, Span
from tests.pages import HTMX, everything, form_to, page_of, swapped, told, values_of
from tests.people import tag
from tests.views.conftest import Browsers
from tests.views.test_annotation_sets import workspace


def test_a_set_that_lacks_something_is_not_submitted_and_says_where(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    before = everything()

    response = browsers.edda.post(f"{workspace(annotation_set)}submit/", headers=HTMX)

    page = page_of(response)
    (place,) = page.one("div", id="missing").all("a")
    assert (response.status_code, everything()) == (422, before)
    assert swapped(page) == {"missing": "true", "status": "innerHTML"}
    assert (place.words, place["href"]) == ("A1", f"#s{allegation.pk}")


def test_without_script_the_missing_places_are_links_into_the_workspace(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    response = browsers.edda.post(
        f"{workspace(annotation_set)}submit/", {"claim": str(allegation.pk)}
    )

    (place,) = page_of(response).one("div", id="missing").all("a")
    assert response.status_code == 422
    assert place["href"] == f"{workspace(annotation_set)}?claim={allegation.pk}#s{allegation.pk}"


def test_a_set_without_a_claim_is_not_submitted(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    response = browsers.edda.post(f"{workspace(annotation_set)}submit/")

    reason = "There is no claim to submit yet. Tag an allegation first."
    assert (response.status_code, reason in page_of(response).words) == (422, True)


def test_submitting_leads_to_ones_work_with_a_word(browsers: Browsers, source: Span) -> None:
    response = browsers.edda.post(f"{workspace(source.annotation_set)}submit/")

    page = page_of(browsers.edda.get(response.headers["Location"]))
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert "is with the reviewers now." in page.one("ul", **{"class": "messages"}).words


def test_under_htmx_submitting_leaves_the_page(browsers: Browsers, source: Span) -> None:
    response = browsers.edda.post(f"{workspace(source.annotation_set)}submit/", headers=HTMX)

    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/")


def test_what_is_missing_and_what_to_look_at_stand_in_two_lists(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    loose = tag(annotation_set, "Jones", "source")

    response = browsers.edda.post(f"{workspace(annotation_set)}submit/", headers=HTMX)

    context = response.context
    page = page_of(response).one("div", id="missing")
    assert [one.rule for one in context["findings"]] == ["V4"]
    assert [one.rule for one in context["cautions"]] == ["V6"]
    assert context["may_submit"] is False
    assert [one["href"] for one in page.all("a")] == [f"#s{allegation.pk}", f"#s{loose.pk}"]
    assert page.all("button") == []


def test_warnings_are_shown_first_and_then_submitted_all_the_same(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span
) -> None:
    loose = tag(annotation_set, "Jones", "source")
    before = everything()

    response = browsers.edda.post(f"{workspace(annotation_set)}submit/", headers=HTMX)

    page = page_of(response).one("div", id="missing")
    form = form_to(page, f"{workspace(annotation_set)}submit/", press="Submit all the same")
    assert (response.status_code, everything()) == (422, before)
    assert page.one("h2").words == "One thing to look at before it is submitted."
    assert page.one("a")["href"] == f"#s{loose.pk}"
    assert values_of(form)["seen"] == "yes"
    again = browsers.edda.post(form["action"], values_of(form), headers=HTMX)
    assert (again.status_code, again.headers["HX-Redirect"]) == (200, "/")


def test_without_script_warnings_have_a_page_with_the_same_form(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span
) -> None:
    tag(annotation_set, "Jones", "source")

    response = browsers.edda.post(f"{workspace(annotation_set)}submit/")

    form = form_to(page_of(response), f"{workspace(annotation_set)}submit/", press="all the same")
    assert response.status_code == 422
    assert browsers.edda.post(form["action"], values_of(form)).headers["Location"] == "/"


def test_a_second_submit_changes_nothing(browsers: Browsers, source: Span) -> None:
    path = f"{workspace(source.annotation_set)}submit/"
    browsers.edda.post(path)
    before = everything()

    answers = [browsers.edda.post(path, {"seen": "yes"}, headers=HTMX), browsers.edda.post(path)]

    assert ([one.status_code for one in answers], everything()) == ([409, 409], before)
    assert told(answers[0], "ascribe:refused")["reason"] == "It has been submitted already."
    assert Event.objects.filter(verb="submit").count() == 1
