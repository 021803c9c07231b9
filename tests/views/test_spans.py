"""Tagging, retagging, moving, describing and removing a passage over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.models import AnnotationSet, ClaimAnnotation, Event, Link, Span
from annotations.workflow import annotating, reviewing
from tests.pages import HTMX, Values, everything, page_of, swapped, told
from tests.people import Cast, fresh, make_set, passage_of, tag
from tests.views.conftest import Browsers


def selected(annotation_set: AnnotationSet, *words: str, **more: str) -> Values:
    """A selection as the browser sends it, with an id of its own."""
    passage = passage_of(annotation_set.article, *words)
    return {
        "start": [str(part.start) for part in passage.fragments],
        "end": [str(part.end) for part in passage.fragments],
        "quote": list(passage.quotes),
        "text_rev": passage.text_rev,
        "uid": str(uuid4()),
        **more,
    }


def verbs_on(span: Span) -> dict[str, Values]:
    """A valid form for each verb on a span, without the version."""
    return {
        "retag": {"tag": "cue"},
        "resize": selected(span.annotation_set, "to Jones"),
        "remove": {},
        "describe": {"kind": "document"},
    }


def test_tagging_answers_with_what_changed_and_nothing_else(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    form = selected(annotation_set, "the dam had failed", tag="allegation")

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    span = Span.objects.get()
    page = page_of(response)
    assert (response.status_code, str(span.uid)) == (200, form["uid"])
    assert swapped(page) == {
        "b1": "true",
        "afterbegin:#claims": "afterbegin:#claims",
        "tally": "true",
        "missing": "true",
        "beforeend:#ribbon": "beforeend:#ribbon",
        "status": "innerHTML",
    }
    assert page.one("mark", id=f"s{span.pk}").text == "the dam had failed"
    assert page.one("li", id=f"c{span.pk}").one("h3").words == "Claim A1"
    assert page.one("p", id="status").words == "Tagged as Allegation A1."
    assert told(response, "ascribe:changed") == {
        "span": span.pk,
        "label": "A1",
        "version": 2,
        "claim": span.pk,
        "redrawn": [span.pk],
        "undo": Event.objects.get(verb="tag").number,
        "redo": None,
    }


def test_a_source_joins_the_claim_in_the_same_request(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    form = selected(annotation_set, "Officials", tag="source", claim=str(allegation.pk))

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    link = Link.objects.get()
    page = page_of(response)
    assert (link.from_span, link.to_span.text if link.to_span else "") == (allegation, "Officials")
    assert page.one("li", id=f"c{allegation.pk}")["hx-swap-oob"] == "true"
    assert page.one("ol", **{"class": "chain"}).one("b").words == "Officials"
    assert told(response, "ascribe:changed")["claim"] == allegation.pk


def test_two_parts_make_one_span(browsers: Browsers, annotation_set: AnnotationSet) -> None:
    form = selected(annotation_set, "We told them", "Nobody", tag="allegation")

    browsers.edda.post(f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX)

    assert Span.objects.get().text == "We told them Nobody"


def test_without_script_tagging_leads_to_the_passage(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    form = selected(annotation_set, "the dam had failed", tag="allegation")

    response = browsers.edda.post(f"/annotation-sets/{annotation_set.pk}/spans/", form)

    span = Span.objects.get()
    place = f"/annotation-sets/{annotation_set.pk}/?claim={span.pk}#s{span.pk}"
    assert (response.status_code, response.headers["Location"]) == (302, place)


def test_the_same_form_sent_twice_makes_one_row(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    form = selected(annotation_set, "the dam had failed", tag="allegation")
    path = f"/annotation-sets/{annotation_set.pk}/spans/"
    first = browsers.edda.post(path, form, headers=HTMX)
    after_first = everything()

    second = browsers.edda.post(path, form, headers=HTMX)

    assert (first.status_code, second.status_code) == (200, 200)
    assert told(second, "ascribe:changed")["span"] == told(first, "ascribe:changed")["span"]
    assert everything() == after_first


def test_an_allegation_is_still_tagged_when_the_open_claim_has_gone(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet, allegation: Span
) -> None:
    annotating.remove(allegation, by=cast.edda, version=allegation.version)
    form = selected(annotation_set, "We told them", tag="allegation", claim=str(allegation.pk))

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    assert (response.status_code, Span.objects.get().text) == (200, "We told them")


def test_a_source_for_a_claim_that_has_gone_is_refused_and_the_dead_card_removed(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet, allegation: Span
) -> None:
    annotating.remove(allegation, by=cast.edda, version=allegation.version)
    form = selected(annotation_set, "Officials", tag="source", claim=str(allegation.pk))

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    reason = "That claim is gone. Select the words again without it."
    assert (response.status_code, Span.objects.count()) == (409, 0)
    assert swapped(page_of(response)) == {f"c{allegation.pk}": "delete", "status": "innerHTML"}
    assert told(response, "ascribe:refused") == {"reason": reason, "conflict": False}


@pytest.mark.parametrize("verb", ["retag", "resize", "remove", "describe"])
def test_a_verb_changes_the_span_and_redraws_its_paragraph(
    browsers: Browsers, source: Span, verb: str
) -> None:
    form = verbs_on(source)[verb] | {"version": str(source.version)}

    response = browsers.edda.post(f"/spans/{source.pk}/{verb}/", form, headers=HTMX)

    drawn = swapped(page_of(response))
    assert response.status_code == 200
    assert (drawn["b1"], drawn["tally"], drawn["status"]) == ("true", "true", "innerHTML")
    assert Span.objects.filter(pk=source.pk).exists() == (verb != "remove")


@pytest.mark.parametrize("verb", ["retag", "resize", "remove", "describe"])
def test_without_script_a_verb_leads_back_to_its_place(
    browsers: Browsers, allegation: Span, source: Span, verb: str
) -> None:
    form = verbs_on(source)[verb] | {"version": "2", "claim": str(allegation.pk)}

    response = browsers.edda.post(f"/spans/{source.pk}/{verb}/", form)

    page, _sign, anchor = response.headers["Location"].partition("#")
    assert (response.status_code, page) == (
        302,
        f"/annotation-sets/{source.annotation_set_id}/?claim={allegation.pk}",
    )
    assert anchor == (f"c{allegation.pk}" if verb == "remove" else f"s{source.pk}")


@pytest.mark.parametrize("verb", ["retag", "resize", "remove", "describe"])
def test_a_stale_version_is_told_with_how_things_are_now(
    browsers: Browsers, cast: Cast, allegation: Span, source: Span, verb: str
) -> None:
    annotating.set_attributes(source, by=cast.edda, values={"role": "engineers"}, version=2)
    form = verbs_on(source)[verb] | {
        "version": "2",
        "claim": str(allegation.pk),
        "span": str(source.pk),
    }
    before = everything()

    response = browsers.edda.post(f"/spans/{source.pk}/{verb}/", form, headers=HTMX)

    page = page_of(response)
    assert (response.status_code, everything()) == (409, before)
    assert page.one("p", id="status").words.startswith("This passage has been changed since.")
    assert page.one("mark", id=f"s{source.pk}")["data-v"] == "3"
    assert page.one("li", id=f"c{allegation.pk}")["hx-swap-oob"] == "true"


def test_a_conflict_without_script_has_a_page_and_a_way_back(
    browsers: Browsers, allegation: Span
) -> None:
    form = {"version": "9", "claim": str(allegation.pk)}

    response = browsers.edda.post(f"/spans/{allegation.pk}/remove/", form)

    page = page_of(response)
    back = (
        f"/annotation-sets/{allegation.annotation_set_id}/?claim={allegation.pk}#c{allegation.pk}"
    )
    assert (response.status_code, page.one("h1").words) == (409, "Nothing was changed")
    assert page.one("a", **{"class": "btn primary"})["href"] == back


def test_only_the_attributes_that_were_sent_change(browsers: Browsers, source: Span) -> None:
    annotating.set_attributes(
        source, by=source.annotation_set.annotator, values={"role": "engineers"}, version=2
    )

    browsers.edda.post(f"/spans/{source.pk}/describe/", {"kind": "group", "version": "3"})

    assert fresh(source).attributes == {"role": "engineers", "kind": "group"}


def test_removing_the_last_claim_leaves_an_empty_rail(browsers: Browsers, allegation: Span) -> None:
    form = {"version": "1", "claim": str(allegation.pk)}

    response = browsers.edda.post(f"/spans/{allegation.pk}/remove/", form, headers=HTMX)

    page = page_of(response)
    assert swapped(page)[f"c{allegation.pk}"] == "delete"
    assert page.one("p", id="tally").words == "0 claims"
    assert told(response, "ascribe:changed") == {
        "span": None,
        "label": "",
        "version": 3,
        "claim": None,
        "redrawn": [allegation.pk],
        "undo": Event.objects.get(verb="remove").number,
        "redo": None,
    }


def test_a_reviewer_amends_what_was_submitted_and_not_what_is_open(
    browsers: Browsers, submitted: AnnotationSet, dam: ClaimAnnotation
) -> None:
    path, form = f"/spans/{dam.pk}/describe/", {"certainty": "possible", "version": "1"}

    amended = browsers.rosa.post(path, form)
    annotator = browsers.edda.post(path, form | {"version": "2"})

    dam.refresh_from_db()
    assert (amended.status_code, annotator.status_code) == (302, 403)
    assert (dam.changed_by.username, dam.state) == ("rosa", "pending")


def test_a_refusal_without_script_gives_the_reason(
    browsers: Browsers, cast: Cast, source: Span
) -> None:
    reviewing.submit(source.annotation_set, by=cast.edda)

    response = browsers.edda.post(f"/spans/{source.pk}/remove/", {"version": "2"})

    reason = "It is in review and cannot be changed until it comes back."
    assert (response.status_code, reason in page_of(response).words) == (403, True)


@pytest.mark.parametrize("count", [3, 60])
def test_the_queries_of_tagging_do_not_grow_with_the_spans(
    browsers: Browsers,
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    words = [f"Word{number}" for number in range(count)]
    annotation_set = make_set(cast, " ".join(words) + ".\n\nThe mayor denied it.\n")
    claim = tag(annotation_set, words[0], "allegation")
    for word in words[1:]:
        tag(annotation_set, word, "source")
    form = selected(annotation_set, "The mayor", tag="source", claim=str(claim.pk))
    browsers.edda.get("/")

    with django_assert_num_queries(31):
        response: Any = browsers.edda.post(
            f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
        )

    assert response.status_code == 200
