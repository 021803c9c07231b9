"""The whole job with forms and links alone: annotate, submit, review, return, approve, download."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from annotations.models import Person
from tests.pages import Element, form_to, parse, values_of
from tests.people import Cast, make_article, make_cast

PASSWORD = "correct horse"


class Visitor:
    """Somebody whose browser runs no script: opens links, fills in forms, follows redirects."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.path, self.status, self.page = "", 0, Element("", {})

    def open(self, path: str) -> None:
        """Go to an address, past redirects."""
        self._arrive(path, self.client.get(urlsplit(path)._replace(fragment="").geturl()))

    def follow(self, words: str) -> None:
        """Click the link with these words; the first of them."""
        links = [one for one in self.page.all("a") if words in one.words]
        self.open(urljoin(self.path, links[0]["href"]))

    def fill(self, action: str, *, press: str = "", **values: str | list[str]) -> None:
        """Fill in the form that posts to an address, and send it by its button."""
        form = form_to(self.page, action, press=press)
        buttons = [one for one in form.all("button") if press in one.words]
        sent = values_of(form) | values
        if "name" in buttons[0].attributes:
            sent[buttons[0]["name"]] = buttons[0]["value"]
        self._arrive(action, self.client.post(urljoin(self.path, action), sent))

    def card(self) -> Element:
        """The claim that is open."""
        return self.page.one("article", **{"class": "claim active"})

    @property
    def anchor(self) -> Element:
        """What the address points at within the page."""
        return self.page.one(id=urlsplit(self.path).fragment)

    def _arrive(self, path: str, response: Any) -> None:
        if response.status_code in (302, 303):
            self.open(urljoin(path, response.headers["Location"]))
            return
        self.path, self.status = path, response.status_code
        self.page = parse(response.content.decode())


@pytest.fixture
def cast(db: None) -> Cast:
    """The people, each with a password, and an article to take."""
    cast = make_cast()
    make_article(cast)
    for person in Person.objects.all():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return cast


def visitor(person: Person) -> Visitor:
    """Somebody who has signed in by the form."""
    found = Visitor()
    found.open("/")
    assert urlsplit(found.path).path == "/sign-in/"
    (form,) = found.page.all("form")
    sent = values_of(form) | {"username": person.username, "password": PASSWORD}
    found._arrive("/sign-in/", found.client.post("/sign-in/", sent))
    assert found.page.one("span", **{"class": "name"}).words == person.name
    return found


def take(edda: Visitor) -> str:
    """Take the only article from the list; the address of the workspace."""
    (form,) = edda.page.one("section", **{"aria-labelledby": "untaken"}).all("form")
    edda.fill(form["action"], press="Take it")
    return urlsplit(edda.path).path


def annotate(edda: Visitor, workspace: str) -> None:
    """Type a claim with its source and its evidence."""
    for passage, tag in (
        ("the dam had failed", "allegation"),
        ("Jones", "source"),
        ("Photographs", "evidence"),
    ):
        edda.fill(f"{workspace}find/", passage=passage, tag=tag)
        assert (edda.status, edda.anchor.text) == (200, passage)


def test_a_claim_goes_from_the_first_word_to_the_dataset(cast: Cast) -> None:
    edda = visitor(cast.edda)
    workspace = take(edda)
    annotate(edda, workspace)

    allegation = edda.card()["data-claim"]
    edda.fill(f"/spans/{allegation}/describe/", press="possible")
    edda.fill(f"{workspace}undo/")
    edda.open(f"{workspace}?claim={allegation}")
    (pressed, *_) = edda.card().all("button", name="certainty", **{"aria-pressed": "true"})
    assert pressed.words == "certain"
    edda.fill(f"/spans/{allegation}/describe/", press="probable")
    edda.fill(f"{workspace}submit/", press="Submit")
    assert "is with the reviewers now" in edda.page.words

    rosa = visitor(cast.rosa)
    rosa.follow("Officials said the dam had failed.")
    assert rosa.card()["data-claim"] == allegation
    rosa.fill(f"/claims/{allegation}/return/", reasons=["wrong_source"], note="Officials said it.")
    verdict = rosa.page.one(id=f"c{allegation}").one("span", **{"class": "verdict returned"})
    assert verdict.words == "Returned"

    edda.open("/")
    edda.follow("Officials said the dam had failed.")
    edda.open(f"{workspace}?claim={allegation}")
    assert edda.card().one("p", **{"class": "reply"}).words == (
        "Wrong source: “Officials said it.” Rosa"
    )
    edda.fill(f"{workspace}find/", passage="Officials", tag="source")
    edda.fill(f"{workspace}submit/", press="Submit")

    rosa.open(f"{workspace}review/")
    rosa.fill(f"/claims/{allegation}/approve/", press="Approve")
    assert rosa.page.one("p", id="tally").words == "1 of 1 decided"

    rosa.open("/projects/news/datasets/")
    (row,) = download(rosa, "claims.csv")
    assert {name: row[name] for name in EXPECTED} == EXPECTED


EXPECTED = {
    "label": "A1",
    "allegation_text": "the dam had failed",
    "allegation_start": "15",
    "allegation_end": "33",
    "certainty": "probable",
    "status": "approved",
    "author": "edda",
    "reviewer": "rosa",
}


def download(person: Visitor, words: str) -> list[dict[str, str]]:
    """The rows of the file behind a link."""
    (link,) = [one for one in person.page.all("a") if one.words == words]
    response: Any = person.client.get(urljoin(person.path, link["href"]))
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_submitting_too_early_lists_what_is_missing_as_links(cast: Cast) -> None:
    edda = visitor(cast.edda)
    workspace = take(edda)
    edda.fill(f"{workspace}find/", passage="the dam had failed", tag="allegation")

    edda.fill(f"{workspace}submit/", press="Submit")

    assert edda.status == 422
    assert edda.page.one("h2").words == "One thing is missing before it can be submitted."
    edda.follow("A1")
    assert (edda.status, edda.anchor.text) == (200, "the dam had failed")


def test_the_implicit_source_is_a_button(cast: Cast) -> None:
    edda = visitor(cast.edda)
    workspace = take(edda)
    edda.fill(f"{workspace}find/", passage="the dam had failed", tag="allegation")

    edda.fill(f"{workspace[:-1]}/links/", press="the author of the article")

    assert edda.card().one("ol", **{"class": "chain"}).words.startswith("the author of the article")


def test_a_passage_that_stands_twice_is_chosen_and_one_that_is_not_there_kept(cast: Cast) -> None:
    edda = visitor(cast.edda)
    workspace = take(edda)

    edda.fill(f"{workspace}find/", passage="the moon", tag="source")
    kept = (edda.status, edda.page.one("textarea", id="passage").text)
    edda.fill(f"{workspace}find/", passage="the", tag="source")
    asked = (edda.status, len(edda.page.all("input", name="start")))
    edda.fill(f"{workspace}find/", start="15")

    assert (kept, asked) == ((422, "the moon"), (422, 3))
    assert (edda.anchor.text, edda.anchor["data-n"]) == ("the", "S1")


def test_every_verb_on_a_card_is_a_form(cast: Cast) -> None:
    edda = visitor(cast.edda)
    workspace = take(edda)
    annotate(edda, workspace)
    claim, chain = edda.card()["data-claim"], edda.card().one("ol", **{"class": "chain"})
    (editor,) = [one for one in chain.all("a") if one["aria-label"] == "Change S1"]

    edda.open(urljoin(edda.path, editor["href"]))
    source = edda.card().one("form", **{"class": "describe"})["action"]
    edda.fill(source, press="Save", entity="Stuart Jones", kind="person", naming="named")
    assert "(Stuart Jones)" in edda.card().words
    edda.open(f"{workspace}?claim={claim}&edit={source.split('/')[2]}")
    (negate,) = [
        one["formaction"]
        for one in edda.card().all("button", form="act")
        if one["formaction"].endswith("/negate/")
    ]
    edda.fill(negate)
    assert "did not say it" in edda.card().words
    edda.fill(f"/spans/{claim}/remove/", press="Delete")

    assert edda.page.all("article", **{"class": "claim active"}) == []
    edda.fill(f"{workspace}undo/")
    edda.open(f"{workspace}?claim={claim}")
    assert edda.card().one("h3").words == "Claim A1"
