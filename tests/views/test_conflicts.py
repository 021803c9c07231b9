"""Both versions after a conflict: what was wanted, how it is now, and doing it all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.models import AnnotationSet, ClaimAnnotation, Event, Span
from annotations.workflow import annotating, reviewing, undoing
from tests.pages import HTMX, Values, everything, page_of, swapped, told
from tests.people import Cast, fresh, tag
from tests.views.conftest import Browsers
from tests.views.test_spans import selected


def context(response: Any) -> Any:
    """The conflict as the template gets it."""
    return response.context["conflict"]


def send(client: Client, span: Span, verb: str, form: Values) -> Any:
    """A form on a span as a page sends it that shows the set."""
    named = {"annotation_set": str(span.annotation_set_id)}
    return client.post(f"/spans/{span.pk}/{verb}/", form | named, headers=HTMX)


def forms(span: Span) -> dict[str, Values]:
    """What is sent for each verb on “Officials” in version 2, and the words for it."""
    one = {"version": "2"}
    jones, smith = (selected(span.annotation_set, words) for words in ("to Jones", "Smith"))
    return {
        "retag": one | {"tag": "cue"},
        "resize": one | jones,
        "extend": one | smith,
        "remove": one,
        "describe": one | {"kind": "document", "naming": ""},
    }


WANTED = {
    "retag": "tag it as Cue",
    "resize": "new words “to Jones”",
    "extend": "add “Smith”",
    "remove": "remove it",
    "describe": "Kind: document, Naming: not set",
}


@pytest.fixture
def changed(cast: Cast, source: Span) -> Span:
    """“Officials”, which Edda has described since it was seen in version 2."""
    values = {"role": "engineers", "kind": "group"}
    annotating.set_attributes(source, by=cast.edda, values=values, version=2)
    return fresh(source)


@pytest.mark.parametrize("verb", WANTED)
def test_a_conflict_tells_what_was_wanted_and_how_it_is_now(
    browsers: Browsers, changed: Span, verb: str
) -> None:
    before, event = everything(), Event.objects.latest("pk")

    response = send(browsers.edda, changed, verb, forms(changed)[verb])

    conflict = context(response)
    now = conflict.now
    assert (response.status_code, everything()) == (409, before)
    assert conflict.wanted == WANTED[verb]
    assert (now.label, now.quote, now.tag, now.is_gone) == ("S1", "Officials", "Source", False)
    assert now.attributes == (("Kind", "group"), ("Role", "engineers"))
    assert (now.by, now.at) == ("Edda", event.at)
    assert told(response, "ascribe:refused")["conflict"] is True
    assert swapped(page_of(response)) == {"b1": "true", "conflict": "true", "status": "innerHTML"}


@pytest.mark.parametrize("verb", WANTED)
def test_it_is_done_all_the_same_by_the_form_that_comes_with_it(
    browsers: Browsers, changed: Span, verb: str
) -> None:
    again = context(send(browsers.edda, changed, verb, forms(changed)[verb])).again
    form: dict[str, list[str]] = {}
    for name, value in again.fields:
        form.setdefault(name, []).append(value)

    response = browsers.edda.post(again.action, form, headers=HTMX)

    page = page_of(response)
    known = Span.objects.filter(pk=changed.pk).first()
    assert (response.status_code, form["version"]) == (200, ["3"])
    assert page.one("div", id="conflict").words == ""
    assert known is None or known.version == 4


def test_another_change_leaves_the_conflict_on_the_page(browsers: Browsers, changed: Span) -> None:
    response = send(browsers.edda, changed, "retag", {"tag": "cue", "version": "3"})

    assert (response.status_code, page_of(response).all(id="conflict")) == (200, [])


def test_a_refusal_that_another_version_would_not_mend_is_no_conflict(
    browsers: Browsers, changed: Span
) -> None:
    article = changed.annotation_set.article_id
    browsers.egon.post(f"/articles/{article}/zones/", selected(changed.annotation_set, "engineers"))
    boilerplate = selected(changed.annotation_set, "the engineers") | {"version": "3"}
    other_text = selected(changed.annotation_set, "Smith") | {"version": "3", "text_rev": "other"}

    answers = [send(browsers.edda, changed, "resize", form) for form in (boilerplate, other_text)]

    assert [one.status_code for one in answers] == [409, 409]
    assert [told(one, "ascribe:refused")["conflict"] for one in answers] == [False, False]


def test_what_came_back_by_undo_tells_of_that(
    browsers: Browsers, cast: Cast, changed: Span
) -> None:
    annotating.remove(changed, by=cast.edda, version=3)
    undoing.undo(changed.annotation_set, by=cast.edda)

    response = send(browsers.edda, changed, "remove", {"version": "3"})

    assert (context(response).now.is_gone, context(response).now.at) == (
        False,
        Event.objects.latest("pk").at,
    )


def test_what_a_mention_was_given_with_another_is_its_last_change(
    browsers: Browsers, cast: Cast, changed: Span
) -> None:
    twin = tag(changed.annotation_set, "Smith", "source")
    annotating.set_attributes(
        twin, by=cast.edda, values={"entity": "Officials"}, version=twin.version
    )
    annotating.set_attributes(changed, by=cast.edda, values={"kind": "document"}, version=3)

    response = send(browsers.edda, twin, "remove", {"version": "1"})

    assert context(response).now.at == Event.objects.latest("pk").at


def test_a_reviewer_is_named_who_amended(
    browsers: Browsers, cast: Cast, submitted: AnnotationSet, dam: ClaimAnnotation
) -> None:
    annotating.set_attributes(
        dam.allegation, by=cast.rosa, values={"certainty": "possible"}, version=1
    )

    response = send(browsers.mara, dam.allegation, "remove", {"version": "1"})

    assert context(response).now.by == "Rosa"


def test_the_set_a_form_names_does_not_lead_to_another_sets_span(
    browsers: Browsers, cast: Cast, submitted: AnnotationSet, dam: ClaimAnnotation
) -> None:
    form = {"version": "1", "annotation_set": "999"}

    response = browsers.rosa.post(f"/spans/{dam.pk}/remove/", form)

    assert (response.status_code, Span.objects.filter(pk=dam.pk).exists()) == (302, False)


def test_without_script_both_versions_stand_on_a_page(browsers: Browsers, changed: Span) -> None:
    response = browsers.edda.post(
        f"/spans/{changed.pk}/describe/", {"kind": "document", "version": "2"}
    )

    section = page_of(response).one("div", id="conflict")
    assert response.status_code == 409
    assert ("Kind: document" in section.words, "Kind: group" in section.words) == (True, True)
    assert section.one("form")["action"] == f"/spans/{changed.pk}/describe/"


def test_a_review_is_no_conflict_of_a_passage(
    browsers: Browsers, cast: Cast, dam: ClaimAnnotation
) -> None:
    reviewing.approve(dam, by=cast.mara, version=dam.version)

    response = browsers.rosa.post(f"/claims/{dam.pk}/approve/", {"version": "1"}, headers=HTMX)

    assert response.status_code == 409
    assert told(response, "ascribe:refused")["conflict"] is False
