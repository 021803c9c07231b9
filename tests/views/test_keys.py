"""The page of one's own keys: what it offers, stores and refuses."""

from __future__ import annotations

import pytest

from annotations.models import AnnotationSet, Person
from annotations.views.keys import keep
from tests.pages import Element, form_to, page_of, values_of
from tests.people import Cast
from tests.views.conftest import Browsers

PAGE = "/account/keys/"


def form_of(page: Element) -> Element:
    """The form of the page, which posts to where it stands."""
    (form,) = [one for one in page.all("form") if "key-form" in one["class"]]
    return form


def kept(person: Person) -> tuple[bool, dict[str, str]]:
    person.refresh_from_db()
    return person.keys_on, person.own_keys


def test_the_page_shows_every_key_and_the_menu_leads_there(browsers: Browsers) -> None:
    page = page_of(browsers.edda.get("/"))
    assert page.all("a", href=PAGE) != []

    sent = values_of(form_of(page_of(browsers.edda.get(PAGE))))

    assert (sent["allegation"], sent["redo"], sent["submit"], sent["reject"]) == (
        "a",
        "Z",
        "s",
        "x",
    )
    assert sent["keys_on"] == "on"


def test_own_keys_are_stored_and_reach_the_workspace(
    browsers: Browsers, cast: Cast, annotation_set: AnnotationSet
) -> None:
    form = values_of(form_of(page_of(browsers.edda.get(PAGE))))

    response = browsers.edda.post(PAGE, form | {"allegation": "q", "evidence": ""})

    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    assert kept(cast.edda) == (True, {"allegation": "q", "evidence": ""})
    page = page_of(browsers.edda.get(PAGE))
    assert page.one("input", id="allegation")["value"] == "q"
    assert "Your keys are saved." in page.words
    bench = page_of(browsers.edda.get(f"/annotation-sets/{annotation_set.pk}/")).one("main")
    assert '"allegation": "q"' in bench["data-keys"]


def test_keys_that_are_switched_off_stay_chosen(browsers: Browsers, cast: Cast) -> None:
    keep(cast.edda, keys_on=True, own={"allegation": "q"})
    form = values_of(form_of(page_of(browsers.edda.get(PAGE))))
    del form["keys_on"]

    browsers.edda.post(PAGE, form)

    assert kept(cast.edda) == (False, {"allegation": "q"})


def test_a_clash_is_told_beside_both_fields_and_nothing_is_stored(
    browsers: Browsers, cast: Cast
) -> None:
    form = values_of(form_of(page_of(browsers.edda.get(PAGE))))

    response = browsers.edda.post(PAGE, form | {"allegation": "e"})

    page = page_of(response)
    assert (response.status_code, kept(cast.edda)) == (422, (True, {}))
    told = {
        field["id"]: page.one(id=field["aria-describedby"]).words
        for field in page.all("input", **{"aria-invalid": "true"})
    }
    assert told == {
        "allegation": "“e” already means: tag as evidence.",
        "evidence": "“e” already means: tag as allegation.",
    }
    assert page.one("input", id="allegation")["value"] == "e"


@pytest.mark.parametrize("key", ["x" * 21, "\x00", "Enter"])
def test_what_no_key_is_called_is_refused(browsers: Browsers, cast: Cast, key: str) -> None:
    response = browsers.edda.post(PAGE, {"allegation": key, "keys_on": "on"})

    assert (response.status_code, kept(cast.edda)) == (422, (True, {}))


def test_the_defaults_come_back_whatever_the_fields_say(browsers: Browsers, cast: Cast) -> None:
    keep(cast.edda, keys_on=False, own={"allegation": "q"})

    response = browsers.edda.post(PAGE, {"reset": "yes", "allegation": "e"})

    assert (response.status_code, kept(cast.edda)) == (302, (True, {}))


def test_the_keys_of_one_person_are_not_those_of_another(browsers: Browsers, cast: Cast) -> None:
    browsers.edda.post(PAGE, {"allegation": "q", "keys_on": "on"})

    assert (kept(cast.edda), kept(cast.egon)) == ((True, {"allegation": "q"}), (True, {}))


def test_a_browser_without_script_sends_the_form(browsers: Browsers) -> None:
    page = page_of(browsers.edda.get(PAGE))

    form = form_to(page, page.one("form", action="/sign-out/")["action"])
    own = form_of(page)

    assert form["method"] == own["method"] == "post"
    assert [one.words for one in own.all("button")] == ["Save", "Back to the defaults"]
