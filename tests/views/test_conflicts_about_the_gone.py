"""What is told of a span or link that is gone: what it was, and who removed it."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Event, Link, Span
from annotations.workflow import annotating, joining
from tests.pages import HTMX, everything, page_of, swapped, told
from tests.people import Cast, fresh, link, tag
from tests.views.conftest import Browsers
from tests.views.test_conflicts import WANTED, context, forms, send


@pytest.fixture
def changed(cast: Cast, source: Span) -> Span:
    """“Officials”, which Edda has described since it was seen in version 2."""
    values = {"role": "engineers", "kind": "group"}
    annotating.set_attributes(source, by=cast.edda, values=values, version=2)
    return fresh(source)


@pytest.mark.parametrize("verb", [*WANTED, "attach", "detach"])
def test_what_is_gone_is_told_with_who_removed_it(
    browsers: Browsers, changed: Span, allegation: Span, verb: str
) -> None:
    annotating.remove(changed, by=changed.annotation_set.annotator, version=3)
    event, before = Event.objects.latest("pk"), everything()
    form = forms(changed).get(verb, {"claim": str(allegation.pk)})

    response = send(browsers.edda, changed, verb, form)

    conflict = context(response)
    now = conflict.now
    assert (response.status_code, everything()) == (409, before)
    assert (conflict.again, now.is_gone, now.by, now.at) == (None, True, "Edda", event.at)
    assert (now.label, now.quote, now.tag) == ("S1", "Officials", "Source")
    assert now.attributes == (("Kind", "group"), ("Role", "engineers"))
    assert conflict.wanted == WANTED.get(verb, conflict.wanted) != ""
    assert swapped(page_of(response))["b1"] == "true"


def test_an_allegation_that_is_gone_takes_its_card_along(
    browsers: Browsers, cast: Cast, allegation: Span
) -> None:
    annotating.remove(allegation, by=cast.edda, version=1)

    response = send(browsers.edda, allegation, "describe", {"version": "1", "about": "x"})

    page = page_of(response)
    assert (response.status_code, swapped(page)[f"c{allegation.pk}"]) == (409, "delete")
    assert context(response).wanted == "About: x"


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [
        ("remove", "take the link away"),
        ("relay", "say that the source passes on what another said"),
        ("negate", "say that it was not said"),
    ],
)
def test_a_link_that_is_gone_is_told_by_its_ends(
    browsers: Browsers, cast: Cast, allegation: Span, source: Span, verb: str, wanted: str
) -> None:
    attribution = Link.objects.get()
    joining.unlink(attribution, by=cast.edda)
    form = {"annotation_set": str(source.annotation_set_id), "negated": "true"}

    response = browsers.edda.post(f"/links/{attribution.pk}/{verb}/", form, headers=HTMX)

    conflict = context(response)
    assert (response.status_code, conflict.wanted, conflict.again) == (409, wanted, None)
    assert (conflict.now.label, conflict.now.quote) == (
        "said by",
        "the dam had failed → Officials",
    )
    assert (conflict.now.is_gone, conflict.now.by) == (True, "Edda")


def test_a_link_that_went_with_its_source_and_one_to_nobody_are_told_too(
    browsers: Browsers, cast: Cast, allegation: Span, source: Span
) -> None:
    attribution = Link.objects.get()
    implicit = link("attributed_to", allegation, implicit="author")
    annotating.remove(source, by=cast.edda, version=2)
    joining.unlink(implicit, by=cast.edda)
    form = {"annotation_set": str(source.annotation_set_id)}

    quotes = [
        context(browsers.edda.post(f"/links/{one.pk}/remove/", form, headers=HTMX)).now.quote
        for one in (attribution, implicit)
    ]

    assert quotes == [
        "the dam had failed → Officials",
        "the dam had failed → the author of the article",
    ]


def test_joining_with_what_is_gone_is_a_conflict_about_that(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    jones = tag(annotation_set, "Jones", "source")
    annotating.remove(jones, by=cast.edda, version=jones.version)
    form = {"type": "attributed_to", "from_span": allegation.pk, "to_span": jones.pk}

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/links/", form, headers=HTMX
    )

    assert (response.status_code, context(response).now.quote) == (409, "Jones")
    assert told(response, "ascribe:refused")["reason"].startswith("A passage of this link is gone.")


def test_what_never_was_is_gone_without_a_word_about_it(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    form = {"version": "1", "annotation_set": str(annotation_set.pk)}

    response = browsers.edda.post("/spans/999/remove/", form, headers=HTMX)

    now = context(response).now
    assert (response.status_code, now.is_gone, now.label, now.by) == (409, True, "", "")


def test_what_is_gone_is_not_found_by_who_names_no_set_or_may_not_see_it(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet, source: Span
) -> None:
    annotating.remove(source, by=cast.edda, version=2)
    path, form = f"/spans/{source.pk}/remove/", {"version": "2"}
    named = form | {"annotation_set": str(annotation_set.pk)}

    answers = [
        client.post(path, sent).status_code
        for client, sent in (
            (browsers.edda, form),
            (browsers.edda, form | {"annotation_set": "x"}),
            (browsers.stranger, named),
            (browsers.egon, named),
            (browsers.rosa, named),
            (browsers.edda, named),
        )
    ]

    assert answers == [404, 404, 404, 403, 403, 409]
