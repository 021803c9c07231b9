"""The card of a claim, and a reviewer's decision on it."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, ClaimAnnotation, Link
from annotations.workflow import joining, reviewing
from tests.pages import HTMX, Values, everything, form_to, page_of, swapped, told, values_of
from tests.people import Cast, link, make_set, tag
from tests.views.conftest import Browsers

VERDICTS: dict[str, Values] = {
    "approve": {},
    "return": {"reasons": ["wrong_source", "other"], "note": "See line 2.\r\nThanks."},
    "reject": {"reasons": "duplicate", "note": ""},
}
STATES = {"approve": "approved", "return": "returned", "reject": "rejected"}


@pytest.fixture
def warning(submitted: AnnotationSet) -> ClaimAnnotation:
    """The second of the two claims to decide."""
    return ClaimAnnotation.objects.filter(annotation_set=submitted).in_text_order()[1]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_decision_answers_with_the_card_the_next_one_and_the_counts(
    browsers: Browsers, dam: ClaimAnnotation, warning: ClaimAnnotation, verdict: str
) -> None:
    form = VERDICTS[verdict] | {"version": str(dam.version)}

    response = browsers.rosa.post(f"/claims/{dam.pk}/{verdict}/", form, headers=HTMX)

    page = page_of(response)
    drawn = swapped(page)
    dam.refresh_from_db()
    assert (response.status_code, dam.state) == (200, STATES[verdict])
    assert (drawn[f"c{dam.pk}"], drawn[f"c{warning.pk}"], drawn["tally"]) == ("true",) * 3
    assert page.one("li", id=f"c{warning.pk}").all(id="decide") != []
    assert page.one("p", id="tally").words.startswith("1 of 2 decided")
    assert page.one("p", id="status").words == f"A1 {STATES[verdict]}."
    assert told(response, "ascribe:changed")["claim"] == warning.pk


@pytest.mark.parametrize("verdict", VERDICTS)
def test_without_script_a_decision_leads_to_the_next_claim(
    browsers: Browsers, dam: ClaimAnnotation, warning: ClaimAnnotation, verdict: str
) -> None:
    form = VERDICTS[verdict] | {"version": str(dam.version)}

    response = browsers.rosa.post(f"/claims/{dam.pk}/{verdict}/", form)

    place = f"/annotation-sets/{dam.annotation_set_id}/review/?claim={warning.pk}#c{warning.pk}"
    assert (response.status_code, response.headers["Location"]) == (302, place)


def test_the_reasons_and_the_note_are_kept(browsers: Browsers, dam: ClaimAnnotation) -> None:
    form = VERDICTS["return"] | {"version": str(dam.version)}

    browsers.rosa.post(f"/claims/{dam.pk}/return/", form)

    dam.refresh_from_db()
    assert (dam.reasons, dam.note) == (["wrong_source", "other"], "See line 2.\nThanks.")


def test_the_last_decision_leads_back_to_the_start_of_the_set(
    browsers: Browsers, dam: ClaimAnnotation, warning: ClaimAnnotation
) -> None:
    browsers.rosa.post(f"/claims/{warning.pk}/approve/", {"version": str(warning.version)})

    response = browsers.rosa.post(f"/claims/{dam.pk}/approve/", {"version": str(dam.version)})

    place = f"/annotation-sets/{dam.annotation_set_id}/review/"
    assert (response.status_code, response.headers["Location"]) == (302, place)


def test_after_the_last_claim_of_the_text_comes_the_first_that_waits(
    browsers: Browsers, dam: ClaimAnnotation, warning: ClaimAnnotation
) -> None:
    form = {"version": str(warning.version)}

    response = browsers.rosa.post(f"/claims/{warning.pk}/approve/", form, headers=HTMX)

    assert told(response, "ascribe:changed")["claim"] == dam.pk


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_stale_decision_is_told_and_shows_the_claim_as_it_is_to_decide(
    browsers: Browsers, cast: Cast, dam: ClaimAnnotation, verdict: str
) -> None:
    joining.negate(Link.objects.get(from_span=dam.allegation), by=cast.mara, negated=True)
    form = VERDICTS[verdict] | {"version": str(dam.version), "claim": str(dam.pk)}
    before = everything()

    response = browsers.rosa.post(f"/claims/{dam.pk}/{verdict}/", form, headers=HTMX)

    page = page_of(response)
    card = page.one("li", id=f"c{dam.pk}")
    assert (response.status_code, everything()) == (409, before)
    assert "changed since you saw it" in told(response, "ascribe:refused")["reason"]
    assert values_of(form_to(card, f"/claims/{dam.pk}/approve/"))["version"] == str(dam.version + 1)
    assert "did not say it" in card.words
    assert card.all("form", action=f"/spans/{dam.pk}/remove/") == []


def test_a_refused_decision_without_script_leads_back_to_the_review(
    browsers: Browsers, dam: ClaimAnnotation
) -> None:
    form = {"version": "9", "claim": str(dam.pk)}

    response = browsers.rosa.post(f"/claims/{dam.pk}/approve/", form)

    back = f"/annotation-sets/{dam.annotation_set_id}/review/?claim={dam.pk}#c{dam.pk}"
    assert response.status_code == 409
    assert page_of(response).one("a", **{"class": "btn primary"})["href"] == back


def test_a_claim_that_lost_its_source_is_not_approved_and_says_so(
    browsers: Browsers, cast: Cast, dam: ClaimAnnotation
) -> None:
    joining.unlink(Link.objects.get(from_span=dam.allegation), by=cast.mara)
    form = {"version": str(dam.version + 1), "claim": str(dam.pk)}

    response = browsers.rosa.post(f"/claims/{dam.pk}/approve/", form)

    page = page_of(response)
    (place,) = page.one("div", id="missing").all("a")
    review = f"/annotation-sets/{dam.annotation_set_id}/review/"
    assert (response.status_code, "No source yet. Who says it?" in page.words) == (422, True)
    assert place["href"] == f"{review}?claim={dam.pk}#s{dam.pk}"


@pytest.mark.parametrize("verdict", ["return", "reject"])
@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({}, "Say why: choose a reason or write a note."),
        ({"note": " \r\n "}, "Say why: choose a reason or write a note."),
        ({"reasons": "boredom"}, "boredom is not one of the available choices"),
        ({"note": "x" * 4001}, "at most 4000 characters (it has 4001)"),
        ({"note": "a\0b"}, "Null characters are not allowed."),
        ({"note": "a\x0bb"}, "is a vertical tab (U+000B)"),
    ],
)
def test_a_return_needs_a_reason_that_can_be_read(
    browsers: Browsers, dam: ClaimAnnotation, verdict: str, form: Values, reason: str
) -> None:
    form, before = form | {"version": str(dam.version)}, everything()

    response = browsers.rosa.post(f"/claims/{dam.pk}/{verdict}/", form, headers=HTMX)

    assert (response.status_code, everything()) == (422, before)
    assert reason in told(response, "ascribe:refused")["reason"]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_nobody_decides_their_own_work(browsers: Browsers, cast: Cast, verdict: str) -> None:
    own = make_set(cast, by=cast.rosa)
    claim = tag(own, "the dam had failed", "allegation")
    link("attributed_to", claim, implicit="author")
    reviewing.submit(own, by=cast.rosa)
    form, before = VERDICTS[verdict] | {"version": "2"}, everything()

    response = browsers.rosa.post(f"/claims/{claim.pk}/{verdict}/", form)

    reason = "This is your own work: somebody else has to decide it."
    assert (response.status_code, reason in page_of(response).words) == (403, True)
    assert everything() == before


def test_nobody_approves_what_they_changed_last(browsers: Browsers, dam: ClaimAnnotation) -> None:
    browsers.rosa.post(f"/spans/{dam.pk}/describe/", {"certainty": "possible", "version": "1"})
    dam.refresh_from_db()
    form = {"version": str(dam.version)}

    own, other = (
        client.post(f"/claims/{dam.pk}/approve/", form) for client in (browsers.rosa, browsers.mara)
    )

    reason = "You changed this claim last: somebody else has to approve it."
    assert (own.status_code, reason in page_of(own).words) == (403, True)
    assert other.status_code == 302


def test_a_claim_that_is_decided_is_not_decided_again(
    browsers: Browsers, dam: ClaimAnnotation
) -> None:
    path = f"/claims/{dam.pk}/approve/"
    browsers.rosa.post(path, {"version": str(dam.version)})
    before = everything()

    response = browsers.mara.post(path, {"version": str(dam.version + 1)})

    assert (response.status_code, everything()) == (409, before)
    assert "it is “Approved”" in page_of(response).words


def test_the_author_sees_the_reason_of_a_return(browsers: Browsers, dam: ClaimAnnotation) -> None:
    form = VERDICTS["return"] | {"version": str(dam.version)}
    browsers.rosa.post(f"/claims/{dam.pk}/return/", form)

    page = page_of(browsers.edda.get(f"/annotation-sets/{dam.annotation_set_id}/?claim={dam.pk}"))

    reply = page.one("li", id=f"c{dam.pk}").one("p", **{"class": "reply"})
    assert reply.words == "Wrong source, Other: “See line 2. Thanks.” Rosa"


@pytest.mark.parametrize("address", ["/claims/{}/", "/claims/{}/verdict/"])
def test_opening_a_card_shuts_the_one_before(
    browsers: Browsers, dam: ClaimAnnotation, warning: ClaimAnnotation, address: str
) -> None:
    response = browsers.rosa.get(f"{address.format(dam.pk)}?shut={warning.pk}")

    page = page_of(response)
    classes = [one.one("article")["class"] for one in page.all("li") if "id" in one.attributes]
    assert swapped(page) == {f"c{dam.pk}": "true", f"c{warning.pk}": "true"}
    assert classes == ["claim active", "claim shut"]


def test_a_card_can_be_opened_with_the_editor_of_a_span(
    browsers: Browsers, annotation_set: AnnotationSet
) -> None:
    claim = tag(annotation_set, "the dam had failed", "allegation")

    page = page_of(browsers.edda.get(f"/claims/{claim.pk}/?edit={claim.pk}"))

    names = [one["name"] for one in page.one("div", **{"class": "editor"}).all("select")]
    assert names == ["quote_type", "attitude", "check_worthy", "sentiment"]


def test_a_reader_gets_a_card_without_tools(browsers: Browsers, dam: ClaimAnnotation) -> None:
    page = page_of(browsers.egon.get(f"/claims/{dam.pk}/"))

    assert page.one("li", id=f"c{dam.pk}").all("form") == []


def test_the_verdict_card_of_an_editor_says_why_there_is_no_button(
    browsers: Browsers, dam: ClaimAnnotation
) -> None:
    page = page_of(browsers.egon.get(f"/claims/{dam.pk}/verdict/"))

    assert "Only a reviewer may decide claims." in page.words
    assert page.all("form") == []
