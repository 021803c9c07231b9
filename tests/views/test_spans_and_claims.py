"""A passage joins a claim or leaves it, and gets further parts, over HTTP."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Link, Span
from tests.pages import HTMX, Values, everything, page_of, swapped, told
from tests.people import Cast, fresh, make_cast, make_set, tag
from tests.views.conftest import Browsers
from tests.views.test_spans import selected


def at(claim: Span) -> Values:
    return {"claim": str(claim.pk)}


@pytest.fixture
def jones(annotation_set: AnnotationSet) -> Span:
    """A source that is loose."""
    return tag(annotation_set, "Jones", "source")


def test_attaching_answers_with_the_card_and_no_paragraph(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, jones: Span
) -> None:
    response = browsers.edda.post(f"/spans/{jones.pk}/attach/", at(allegation), headers=HTMX)

    page, link = page_of(response), Link.objects.get()
    annotation_set.refresh_from_db()
    assert (link.type, link.from_span, link.to_span) == ("attributed_to", allegation, jones)
    assert swapped(page)[f"c{allegation.pk}"] == "true"
    assert "b1" not in swapped(page)
    assert page.one("p", id="status").words == "Source S1 belongs to the claim now."
    detail = told(response, "ascribe:changed")
    assert (detail["span"], detail["label"], detail["claim"]) == (jones.pk, "S1", allegation.pk)
    assert detail["version"] == annotation_set.version


def test_detaching_leaves_the_passage_in_the_text(
    browsers: Browsers, allegation: Span, source: Span
) -> None:
    response = browsers.edda.post(f"/spans/{source.pk}/detach/", at(allegation), headers=HTMX)

    page = page_of(response)
    assert (Link.objects.count(), fresh(source)) == (0, source)
    assert swapped(page)[f"c{allegation.pk}"] == "true"
    assert page.one("p", id="status").words == "Source S1 no longer belongs to the claim."
    assert told(response, "ascribe:changed")["label"] == "S1"


@pytest.mark.parametrize("verb", ["attach", "detach"])
def test_without_script_they_lead_back_to_the_card(
    browsers: Browsers, allegation: Span, source: Span, jones: Span, verb: str
) -> None:
    span = jones if verb == "attach" else source

    response = browsers.edda.post(f"/spans/{span.pk}/{verb}/", at(allegation))

    assert response.headers["Location"] == (
        f"/annotation-sets/{span.annotation_set_id}/?claim={allegation.pk}#c{allegation.pk}"
    )


@pytest.mark.parametrize(
    ("verb", "words", "status", "reason"),
    [
        ("attach", "Officials", 422, "S1 belongs to this claim already."),
        ("attach", "We told them", 422, "Two allegations are joined by a link: choose which."),
        ("attach", "the dam had failed", 422, "Two allegations are joined by a link"),
        ("detach", "Jones", 409, "S2 does not belong to this claim."),
        ("detach", "the dam had failed", 422, "An allegation is its claim"),
    ],
)
def test_what_cannot_join_or_leave_is_told_why(
    browsers: Browsers,
    annotation_set: AnnotationSet,
    allegation: Span,
    source: Span,
    verb: str,
    words: str,
    status: int,
    reason: str,
) -> None:
    tag(annotation_set, "Jones", "source")
    tag(annotation_set, "We told them", "allegation")
    span, before = Span.objects.get(text=words), everything()

    response = browsers.edda.post(f"/spans/{span.pk}/{verb}/", at(allegation), headers=HTMX)

    assert (response.status_code, everything()) == (status, before)
    assert reason in told(response, "ascribe:refused")["reason"]
    assert told(response, "ascribe:refused")["conflict"] is False


@pytest.mark.parametrize("verb", ["attach", "detach"])
@pytest.mark.parametrize("form", [{}, {"claim": "x"}, {"claim": "0"}, {"claim": "9" * 30}])
def test_without_a_claim_it_says_nothing(
    browsers: Browsers, source: Span, verb: str, form: Values
) -> None:
    before = everything()

    response = browsers.edda.post(f"/spans/{source.pk}/{verb}/", form)

    assert (response.status_code, everything()) == (422, before)


@pytest.mark.parametrize("verb", ["attach", "detach"])
def test_a_claim_of_another_set_is_not_found_and_one_that_is_gone_stale(
    browsers: Browsers, cast: Cast, source: Span, verb: str
) -> None:
    other = tag(make_set(cast, "Lee said so.\n"), "so", "allegation")
    before = everything()

    answers = [
        browsers.edda.post(f"/spans/{source.pk}/{verb}/", {"claim": str(pk)}).status_code
        for pk in (other.pk, 999)
    ]

    assert (answers, everything()) == ([404, 409], before)


@pytest.mark.parametrize("verb", ["attach", "detach", "extend"])
def test_a_passage_of_another_project_does_not_exist(
    browsers: Browsers, annotation_set: AnnotationSet, verb: str
) -> None:
    olds = make_cast("olds")
    theirs = tag(make_set(olds, by=olds.rosa), "Officials", "source")
    olds.project.memberships.filter(person=olds.edda).delete()
    form = {"annotation_set": str(annotation_set.pk), "claim": "1"}

    assert browsers.edda.post(f"/spans/{theirs.pk}/{verb}/", form).status_code == 404


def test_a_part_is_added_and_both_places_are_drawn(
    browsers: Browsers, annotation_set: AnnotationSet, source: Span
) -> None:
    form = selected(annotation_set, "Smith") | {"version": "2"}

    response = browsers.edda.post(f"/spans/{source.pk}/extend/", form, headers=HTMX)

    drawn = swapped(page_of(response))
    assert (drawn["b1"], drawn["b2"], fresh(source).text) == ("true", "true", "Officials Smith")
    assert page_of(response).one("p", id="status").words == "Source S1 has new edges."


def test_one_part_is_moved_and_the_others_stay(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    span = tag(annotation_set, "Officials", "evidence")
    extended = selected(annotation_set, "Smith") | {"version": "1"}
    browsers.edda.post(f"/spans/{span.pk}/extend/", extended)
    form = selected(annotation_set, "“We told them in May,” Smith") | {"version": "2"}
    part = annotation_set.article.text.index("Smith")

    browsers.edda.post(f"/spans/{span.pk}/resize/", form | {"part": str(part)})

    assert fresh(span).text == "Officials “We told them in May,” Smith"


@pytest.mark.parametrize("part", ["x", "-1", "9" * 30, "3"])
def test_a_part_that_is_none_is_refused(browsers: Browsers, source: Span, part: str) -> None:
    form = selected(source.annotation_set, "Smith") | {"version": "2", "part": part}
    before = everything()

    response = browsers.edda.post(f"/spans/{source.pk}/resize/", form)

    assert (response.status_code, everything()) == (422, before)
