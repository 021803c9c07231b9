"""Typing a passage instead of selecting it."""

# ruff: noqa: RUF001 -- kinds of quotation marks are the subject here

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import AnnotationSet, Link, Span
from annotations.text.offsets import Fragment
from annotations.views.passages import passage_at, typed_form
from annotations.workflow.passages import Passage
from tests.pages import Values, everything, form_to, page_of, values_of
from tests.people import Cast, make_set
from tests.views.conftest import Browsers

TWICE = "Lee said it rained. Later Lee  said it rained more, and “Lee’s men” agreed.\n"


@pytest.fixture
def twice(cast: Cast) -> AnnotationSet:
    """An article in which the same words stand in several places."""
    return make_set(cast, TWICE)


def typed(passage: str, **more: str) -> Values:
    return {"passage": passage, "tag": "source", "uid": str(uuid4()), **more}


def test_words_that_stand_once_are_tagged(browsers: Browsers, twice: AnnotationSet) -> None:
    response = browsers.edda.post(f"/annotation-sets/{twice.pk}/find/", typed("agreed"))

    span = Span.objects.get()
    assert (span.text, span.fragments) == ("agreed", (Fragment(68, 74),))
    assert response.headers["Location"] == f"/annotation-sets/{twice.pk}/#s{span.pk}"


@pytest.mark.parametrize(
    "passage",
    ['"Lee\'s men"', "“Lee’s men”", '  "Lee\'s\r\nmen"  ', "“LEE’S MEN”"],
)
def test_what_is_stored_are_the_articles_own_words(
    browsers: Browsers, twice: AnnotationSet, passage: str
) -> None:
    browsers.edda.post(f"/annotation-sets/{twice.pk}/find/", typed(passage))

    assert Span.objects.get().text == "“Lee’s men”"


def test_the_open_claim_takes_the_typed_passage(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    page = page_of(
        browsers.edda.get(f"/annotation-sets/{annotation_set.pk}/?claim={allegation.pk}")
    )
    form = form_to(page, f"/annotation-sets/{annotation_set.pk}/find/")

    browsers.edda.post(form["action"], values_of(form) | {"passage": "Officials", "tag": "source"})

    assert Link.objects.get().from_span == allegation


def test_words_in_several_places_are_asked_about(browsers: Browsers, twice: AnnotationSet) -> None:
    sent = typed("Lee said")

    response = browsers.edda.post(f"/annotation-sets/{twice.pk}/find/", sent)

    page = page_of(response)
    form = form_to(page, f"/annotation-sets/{twice.pk}/find/")
    assert (response.status_code, Span.objects.count()) == (422, 0)
    assert [one["value"] for one in form.all("input", name="start")] == ["0", "26"]
    assert [one.words for one in form.all("label", **{"class": "choice tight"})] == [
        "…Lee said it rained. Later Lee said it r…",
        "…Lee said it rained. Later Lee said it rained more, and “Lee’s men”…",
    ]
    assert values_of(form) | {"csrfmiddlewaretoken": ""} == sent | {
        "claim": "",
        "csrfmiddlewaretoken": "",
    }


def test_the_chosen_place_is_tagged(browsers: Browsers, twice: AnnotationSet) -> None:
    browsers.edda.post(f"/annotation-sets/{twice.pk}/find/", typed("Lee said", start="26"))

    span = Span.objects.get()
    assert (span.text, span.fragments) == ("Lee  said", (Fragment(26, 35),))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (typed("the moon"), "These words are not in the article. Check the spelling."),
        (typed("Lee said", start="3"), "These words are not in the article. Check the spelling."),
        (typed(" \n "), "This field is required."),
        (typed("\u200b"), "These words are not in the article. Check the spelling."),
        (typed("Lee\0said"), "Null characters are not allowed."),
        (
            typed("x" * 20_001),
            "Ensure this value has at most 20000 characters (it has 20001).",
        ),
    ],
)
def test_a_passage_that_cannot_be_found_is_told_and_kept(
    browsers: Browsers, twice: AnnotationSet, values: Values, message: str
) -> None:
    before = everything()

    response = browsers.edda.post(f"/annotation-sets/{twice.pk}/find/", values)

    page = page_of(response)
    field = page.one("textarea", id="passage")
    assert (response.status_code, everything()) == (422, before)
    assert page.one("div", id="passage-errors").words == message
    assert field.text == values["passage"]
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "passage-errors")
    assert "open" in page.one("details", id="typed").attributes


def test_who_may_not_annotate_is_told_before_anything_is_looked_for(
    browsers: Browsers, twice: AnnotationSet
) -> None:
    response = browsers.rosa.post(f"/annotation-sets/{twice.pk}/find/", typed("the moon"))

    reason = "A reviewer may amend an annotation set only while it is in review."
    assert (response.status_code, reason in page_of(response).words) == (403, True)


def test_a_fresh_form_has_an_id_of_its_own() -> None:
    first, second = typed_form(7), typed_form(None)

    assert (first["claim"].value(), second["claim"].value()) == (7, None)
    assert first["uid"].value() != second["uid"].value()


def test_a_place_is_quoted_from_the_article(twice: AnnotationSet) -> None:
    place = Fragment(0, 3)

    assert passage_at(twice, place) == Passage((place,), ("Lee",), twice.article.text_rev)
