"""Joining passages and taking them apart over HTTP."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Link, Span
from tests.pages import HTMX, everything, form_to, page_of, signed_in, swapped, told, values_of
from tests.people import Cast, link, make_cast, make_set, tag
from tests.views.conftest import Browsers

DRAWN = {"tally": "true", "missing": "true", "status": "innerHTML"}
"""What every change of a claim draws anew, beside its card."""

LOOSE = {"loose": "true"}
"""What is drawn anew where passages may have become loose, or are so no longer."""


@pytest.fixture
def attribution(source: Span) -> Link:
    """Officials said that the dam had failed."""
    return Link.objects.get(to_span=source)


def test_joining_answers_with_the_card_of_the_claim(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    ground = tag(annotation_set, "Photographs", "evidence")
    form = {
        "type": "supports",
        "from_span": str(ground.pk),
        "to_span": str(allegation.pk),
        "claim": str(allegation.pk),
    }

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/links/", form, headers=HTMX
    )

    page = page_of(response)
    assert swapped(page) == DRAWN | LOOSE | {f"c{allegation.pk}": "true"}
    assert page.one("div", **{"class": "ground"}).one("p").words.startswith("E1 Photographs")
    assert page.one("p", id="status").words == "Linked."
    assert told(response, "ascribe:changed")["claim"] == allegation.pk


def test_the_card_offers_the_implicit_sources(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    place = f"/annotation-sets/{annotation_set.pk}/?claim={allegation.pk}"
    page = page_of(browsers.edda.get(place))
    form = form_to(page, f"/annotation-sets/{annotation_set.pk}/links/", press="the author")

    response = browsers.edda.post(form["action"], values_of(form) | {"implicit": "author"})

    assert response.headers["Location"] == f"{place}#c{allegation.pk}"
    assert [(one.type, one.from_span_id, one.implicit) for one in Link.objects.all()] == [
        ("attributed_to", allegation.pk, "author")
    ]


@pytest.mark.parametrize(
    ("verb", "word", "more"),
    [("remove", "Link taken away.", LOOSE), ("negate", "Saved.", {})],
)
def test_a_verb_on_a_link_redraws_its_claim(
    browsers: Browsers,
    allegation: Span,
    attribution: Link,
    verb: str,
    word: str,
    more: dict[str, str],
) -> None:
    form = {"claim": str(allegation.pk), "negated": "true"}

    response = browsers.edda.post(f"/links/{attribution.pk}/{verb}/", form, headers=HTMX)

    page = page_of(response)
    assert swapped(page) == DRAWN | more | {f"c{allegation.pk}": "true"}
    assert page.one("p", id="status").words == word


def test_a_source_is_said_not_to_have_said_it_and_to_have_said_it_after_all(
    browsers: Browsers, attribution: Link
) -> None:
    path, negated = f"/links/{attribution.pk}/negate/", []

    for form in ({"negated": "true"}, {}):
        browsers.edda.post(path, form)
        attribution.refresh_from_db()
        negated.append(attribution.negated)

    assert negated == [True, False]


def test_negating_twice_changes_nothing_the_second_time(
    browsers: Browsers, attribution: Link
) -> None:
    path, form = f"/links/{attribution.pk}/negate/", {"negated": "true"}
    browsers.edda.post(path, form)
    before = everything()

    response = browsers.edda.post(path, form, headers=HTMX)

    assert (response.status_code, everything()) == (422, before)
    assert told(response, "ascribe:refused")["reason"] == "It has this value already."


def test_the_second_source_may_only_pass_on_what_the_first_said(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    jones = tag(annotation_set, "Jones", "source", claim=allegation)
    attribution = Link.objects.get(to_span=jones)

    response = browsers.edda.post(
        f"/links/{attribution.pk}/relay/", {"claim": str(allegation.pk)}, headers=HTMX
    )

    assert response.status_code == 200
    assert [(one.type, one.from_span, one.to_span) for one in Link.objects.all()] == [
        ("attributed_to", allegation, source),
        ("relayed_by", source, jones),
    ]
    chain = page_of(response).one("ol", **{"class": "chain"})
    assert [one.words for one in chain.all("b")] == ["Officials", "Jones"]


def test_within_a_claim_the_link_to_who_passes_it_on_gives_way(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    jones = tag(annotation_set, "Jones", "source", claim=allegation)
    form = {
        "type": "relayed_by",
        "from_span": source.pk,
        "to_span": jones.pk,
        "claim": allegation.pk,
    }

    browsers.edda.post(f"/annotation-sets/{annotation_set.pk}/links/", form, headers=HTMX)

    assert [(one.type, one.from_span, one.to_span) for one in Link.objects.all()] == [
        ("attributed_to", allegation, source),
        ("relayed_by", source, jones),
    ]


def test_a_link_may_have_a_cue_from_the_beginning(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    cue = tag(annotation_set, "said", "cue")
    form = {"type": "attributed_to", "from_span": allegation.pk, "implicit": "author"}
    path = f"/annotation-sets/{annotation_set.pk}/links/"

    wrong = browsers.edda.post(path, form | {"cue": allegation.pk}, headers=HTMX)
    browsers.edda.post(path, form | {"cue": cue.pk}, headers=HTMX)

    reason = "That passage cannot be the cue of this link."
    assert (wrong.status_code, told(wrong, "ascribe:refused")["reason"]) == (422, reason)
    assert Link.objects.get().cue == cue


def test_a_sole_source_has_nobody_whose_words_it_could_pass_on(
    browsers: Browsers, attribution: Link
) -> None:
    response = browsers.edda.post(f"/links/{attribution.pk}/relay/", headers=HTMX)

    assert response.status_code == 422
    assert "There is no other source" in told(response, "ascribe:refused")["reason"]


def test_a_link_that_is_there_already_is_refused(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    form = {"type": "attributed_to", "from_span": allegation.pk, "to_span": source.pk}
    before = everything()

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/links/", form, headers=HTMX
    )

    assert (response.status_code, everything()) == (422, before)
    assert told(response, "ascribe:refused")["reason"] == "These two are linked so already."


@pytest.mark.parametrize("end", ["from_span", "to_span"])
def test_a_span_of_another_set_cannot_be_joined(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet, allegation: Span, end: str
) -> None:
    own = make_set(cast, "Another article: Lee said so.\n")
    foreign = tag(own, "Lee", "source") if end == "to_span" else tag(own, "said so", "allegation")
    mine = tag(annotation_set, "Jones", "source")
    form = {
        "type": "attributed_to",
        "from_span": allegation.pk,
        "to_span": mine.pk,
        end: foreign.pk,
    }
    before = everything()

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/links/", form, headers=HTMX
    )

    reason = "Both passages of a link belong to the same annotation set."
    assert (response.status_code, everything()) == (422, before)
    assert told(response, "ascribe:refused")["reason"] == reason


@pytest.mark.parametrize("end", ["from_span", "to_span"])
def test_a_span_of_another_project_does_not_exist(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span, end: str
) -> None:
    olds = make_cast("olds")
    their_set = make_set(olds, by=olds.rosa)
    olds.project.memberships.filter(person=olds.edda).delete()
    foreign = tag(their_set, "Officials", "source")
    mine = tag(annotation_set, "Jones", "source")
    form = {
        "type": "attributed_to",
        "from_span": allegation.pk,
        "to_span": mine.pk,
        end: foreign.pk,
    }
    before = everything()

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/links/", form, headers=HTMX
    )

    assert (response.status_code, everything()) == (404, before)


def test_a_link_that_is_gone_is_not_found(browsers: Browsers, attribution: Link) -> None:
    browsers.edda.post(f"/links/{attribution.pk}/remove/")

    response = browsers.edda.post(f"/links/{attribution.pk}/remove/")

    assert response.status_code == 404


def test_a_link_of_somebody_else_is_refused_with_the_reason(
    browsers: Browsers, cast: Cast, attribution: Link
) -> None:
    response = browsers.egon.post(f"/links/{attribution.pk}/remove/")

    assert response.status_code == 403
    assert "Its annotator has not submitted it yet." in page_of(response).words


def test_evidence_may_have_a_source_of_its_own(
    cast: Cast, annotation_set: AnnotationSet, allegation: Span, source: Span
) -> None:
    ground = tag(annotation_set, "Photographs", "evidence", claim=allegation)
    link("attributed_to", ground, source)

    page = page_of(signed_in(cast.edda).get(f"/claims/{allegation.pk}/"))

    assert "according to Officials" in page.one("div", **{"class": "ground"}).words
