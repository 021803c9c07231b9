"""The answers to writes: their size, their statuses, and what an ended session gets."""

from __future__ import annotations

import gzip
from uuid import uuid4

import pytest
from django.test import Client

from annotations.forms import RetagForm, VersionForm
from annotations.models import AnnotationSet, ClaimAnnotation, Span
from annotations.views.responses import status_of, unfit
from annotations.workflow.refusals import Forbidden, Incomplete, Refused, Stale, Unfit
from tests.pages import HTMX, Values, page_of, signed_in, swapped, told
from tests.people import Cast, make_set, passage_of, tag
from tests.views.conftest import Browsers

MOST_BYTES = 2048  # of an answer to one tag action, compressed
ZIPPED = HTMX | {"Accept-Encoding": "gzip"}
PADDING = 100  # bytes at most that Django adds to a compressed answer against BREACH

# Passages of the seed that its gold annotation leaves free, one for each tag.
FREE = {
    "allegation": "a political solution to the Syrian civil war",
    "evidence": "in hot areas",
    "source": "Donald Trump",
    "cue": "did not want to talk",
}


def selection(annotation_set: AnnotationSet, words: str, **more: str) -> Values:
    (place,) = passage_of(annotation_set.article, words).fragments
    return {
        "start": str(place.start),
        "end": str(place.end),
        "quote": words,
        "text_rev": annotation_set.article.text_rev,
        "uid": str(uuid4()),
        **more,
    }


def zipped(client: Client, path: str, form: Values) -> bytes:
    """An answer as it goes over the wire; it must be a success."""
    response = client.post(path, form, headers=ZIPPED)
    assert (response.status_code, response.headers.get("Content-Encoding")) == (200, "gzip"), (
        response.content
    )
    return response.content


@pytest.mark.parametrize("words", FREE.values(), ids=FREE)
@pytest.mark.parametrize("label", [f"A{number}" for number in (1, 3, 5, 8)])
def test_tagging_in_the_seed_is_answered_in_two_kilobytes(
    browsers: Browsers, seeded: AnnotationSet, words: str, label: str
) -> None:
    tags = {phrase: key for key, phrase in FREE.items()}
    claim = next(one for one in Span.objects.filter(tag="allegation") if one.label == label)
    form = selection(seeded, words, tag=tags[words], claim=str(claim.pk))

    answer = zipped(browsers.edda, f"/annotation-sets/{seeded.pk}/spans/", form)

    assert len(answer) - PADDING < MOST_BYTES


@pytest.mark.parametrize("verb", ["retag", "resize", "remove", "describe", "undo"])
def test_every_other_verb_is_answered_in_two_kilobytes(
    browsers: Browsers, cast: Cast, seeded: AnnotationSet, verb: str
) -> None:
    claim = next(one for one in Span.objects.filter(tag="allegation") if one.label == "A5")
    span = tag(seeded, FREE["source"], "source", claim=claim)
    forms: dict[str, Values] = {
        "retag": {"tag": "cue"},
        "resize": selection(seeded, "Trump"),
        "describe": {"kind": "organization"},
    }
    form = forms.get(verb, {}) | {"version": str(span.version), "claim": str(claim.pk)}
    address = f"/annotation-sets/{seeded.pk}" if verb == "undo" else f"/spans/{span.pk}"

    answer = zipped(browsers.edda, f"{address}/{verb}/", form)

    assert len(answer) - PADDING < MOST_BYTES


def test_the_size_of_an_answer_does_not_depend_on_the_length_of_the_article(
    browsers: Browsers, cast: Cast
) -> None:
    paragraph = "Officials said the dam had failed, according to Jones.\n\n"
    sizes = {}
    for words in (300, 20_000):
        filler = "And so it went on for ten words more, again.\n\n" * (words // 10)
        annotation_set = make_set(cast, f"{paragraph}{filler}The end.\n")
        claim = tag(annotation_set, "the dam had failed", "allegation")
        form = selection(annotation_set, "Officials", tag="source", claim=str(claim.pk))

        response = browsers.edda.post(
            f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
        )

        sizes[words] = len(response.content)
        assert "And so it went on" not in response.content.decode()
    assert abs(sizes[300] - sizes[20_000]) < 20


def test_a_compressed_answer_is_the_answer(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    form = selection(annotation_set, "the dam had failed", tag="allegation")

    answer = zipped(browsers.edda, f"/annotation-sets/{annotation_set.pk}/spans/", form)

    assert "Tagged as Allegation A1." in gzip.decompress(answer).decode()


def test_the_redrawn_paragraph_still_leads_to_the_other_cards(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    form = selection(annotation_set, "cracks", tag="source")

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    mark = page_of(response).one("mark", id=f"s{allegation.pk}")
    assert mark["aria-details"] == f"c{allegation.pk}"


def test_a_new_card_comes_after_the_one_before_it_in_the_text(
    browsers: Browsers, annotation_set: AnnotationSet, allegation: Span
) -> None:
    form = selection(annotation_set, "“We told them in May,”", tag="allegation")

    response = browsers.edda.post(
        f"/annotation-sets/{annotation_set.pk}/spans/", form, headers=HTMX
    )

    assert f"afterend:#c{allegation.pk}" in swapped(page_of(response))


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/annotation-sets/{}/spans/", "/annotation-sets/{}/?claim=7"),
        ("/annotation-sets/{}/undo/", "/annotation-sets/{}/"),
        ("/annotation-sets/{}/submit/", "/annotation-sets/{}/"),
    ],
)
def test_an_ended_session_sends_htmx_to_the_door_and_back_to_its_page(
    annotation_set: AnnotationSet, path: str, back: str
) -> None:
    page = back.format(annotation_set.pk)
    headers = HTMX | {"HX-Current-URL": f"http://testserver{page}"}

    response = Client().post(path.format(annotation_set.pk), headers=headers)

    door = response.headers["HX-Redirect"]
    assert (response.status_code, response.content) == (401, b"")
    assert door == f"/sign-in/?next={page}".replace("?claim=7", "%3Fclaim%3D7")


def test_a_refusal_under_htmx_says_why_and_draws_nothing(
    browsers: Browsers, cast: Cast, submitted: AnnotationSet, dam: ClaimAnnotation
) -> None:
    response = browsers.egon.post(
        f"/claims/{dam.pk}/approve/", {"version": "1", "claim": str(dam.pk)}, headers=HTMX
    )

    reason = "Only a reviewer may decide claims."
    page = page_of(response)
    assert (response.status_code, page.words) == (403, reason)
    assert told(response, "ascribe:refused") == {"reason": reason, "conflict": False}


@pytest.mark.parametrize("who", ["rosa", "mara", "edda"])
def test_who_may_not_change_it_is_told_that_and_not_what_is_wrong_with_the_form(
    browsers: Browsers, submitted: AnnotationSet, dam: ClaimAnnotation, who: str
) -> None:
    span = signed_in(submitted.annotator).post(f"/spans/{dam.pk}/retag/", {"tag": "x"})
    verdict = getattr(browsers, who).post(f"/claims/{dam.pk}/reject/", {})

    assert (span.status_code, verdict.status_code) == (403, 403 if who == "edda" else 422)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Forbidden("no"), 403),
        (Stale("no"), 409),
        (Unfit("no"), 422),
        (Incomplete("no", []), 422),
    ],
)
def test_each_refusal_has_its_status(error: Refused, status: int) -> None:
    assert status_of(error) == status


def test_an_invalid_form_names_its_field() -> None:
    assert str(unfit(VersionForm({}))) == "version: This field is required."  # type: ignore[arg-type]  # no fields at all
    assert str(unfit(RetagForm({}))).startswith("tag: ")  # type: ignore[arg-type]  # no fields at all


def test_the_gold_annotation_can_be_submitted_as_it_is(
    browsers: Browsers, seeded: AnnotationSet
) -> None:
    form = {"seen": "yes"}

    response = browsers.edda.post(f"/annotation-sets/{seeded.pk}/submit/", form, headers=HTMX)

    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/")
