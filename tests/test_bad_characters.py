"""Characters that no database or page can hold, in every field that takes text."""

from __future__ import annotations

import codecs
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotations.models import AnnotationSet, ClaimAnnotation, Person, Span
from tests.pages import HTMX, everything, page_of, signed_in
from tests.people import Cast, make_cast, make_set, make_submitted_set, tag

HALVES = {"utf-7": b"a+2AA-b", "unicode_escape": rb"a\ud800b", "raw_unicode_escape": rb"\udfff"}
"""Half a character comes in under the name of an encoding that can write one."""

NO_HTMX: dict[str, str] = {}

FIELDS = {
    "passage": ("/annotation-sets/{set}/find/", "passage"),
    "tag of a typed passage": ("/annotation-sets/{set}/find/", "tag"),
    "id of a typed passage": ("/annotation-sets/{set}/find/", "uid"),
    "quote": ("/annotation-sets/{set}/spans/", "quote"),
    "tag": ("/annotation-sets/{set}/spans/", "tag"),
    "start": ("/annotation-sets/{set}/spans/", "start"),
    "claim": ("/annotation-sets/{set}/spans/", "claim"),
    "new tag": ("/spans/{source}/retag/", "tag"),
    "version": ("/spans/{source}/remove/", "version"),
    "entity": ("/spans/{source}/describe/", "entity"),
    "role": ("/spans/{source}/describe/", "role"),
    "kind": ("/spans/{source}/describe/", "kind"),
    "sentence": ("/spans/{claim}/describe/", "claim_text"),
    "link type": ("/annotation-sets/{set}/links/", "type"),
    "implicit source": ("/annotation-sets/{set}/links/", "implicit"),
}
"""Every text that an annotator sends: the address and the field."""


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def edda(cast: Cast) -> Client:
    return signed_in(cast.edda)


@pytest.fixture
def opened(cast: Cast) -> AnnotationSet:
    """An open set with A1, said by S1."""
    annotation_set = make_set(cast)
    claim = tag(annotation_set, "the dam had failed", "allegation")
    tag(annotation_set, "Officials", "source", claim=claim)
    return annotation_set


@pytest.fixture
def waiting(cast: Cast) -> ClaimAnnotation:
    """A claim that waits for a decision."""
    make_submitted_set(cast)
    return ClaimAnnotation.objects.in_text_order()[0]


def valid(opened: AnnotationSet, path: str) -> tuple[str, dict[str, str]]:
    """The address and a form that holds all that its verbs ask for."""
    claim, source = Span.objects.get(tag="allegation"), Span.objects.get(tag="source")
    form = {
        "start": "35",
        "end": "46",
        "quote": "Photographs",
        "passage": "Photographs",
        "text_rev": opened.article.text_rev,
        "tag": "evidence",
        "uid": str(uuid4()),
        "version": str(claim.version if "{claim}" in path else source.version),
        "from_span": str(claim.pk),
        "type": "attributed_to",
        "implicit": "author",
    }
    return path.format(set=opened.pk, claim=claim.pk, source=source.pk), form


def posted(client: Client, path: str, form: dict[str, bytes], charset: str, **headers: str) -> Any:
    """What comes of a form whose sender names an encoding."""
    parts = [
        b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in form.items()
    ]
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    return client.generic("POST", path, b"".join([*parts, b"--B--\r\n"]), kind, headers=headers)


@pytest.mark.parametrize("field", FIELDS)
def test_a_control_character_is_refused(edda: Client, opened: AnnotationSet, field: str) -> None:
    path, name = FIELDS[field]
    address, form = valid(opened, path)
    before = everything()

    answers = [
        edda.post(address, form | {name: text}, headers=headers)
        for text in ("\0", "a\0b", "a\x0bb", "\x1b[31m", "a\x08", "a\0\rb")
        for headers in ({}, HTMX)
    ]

    assert [answer.status_code for answer in answers] == [422] * 12
    assert everything() == before


@pytest.mark.parametrize("field", FIELDS)
def test_half_a_character_is_refused(edda: Client, opened: AnnotationSet, field: str) -> None:
    path, name = FIELDS[field]
    address, form = valid(opened, path)
    before = everything()

    answers = []
    for charset, half in HALVES.items():
        encoded = {key: value.encode() for key, value in form.items()} | {name: half}
        answers += [posted(edda, address, encoded, charset, **more) for more in (NO_HTMX, HTMX)]

    assert [answer.status_code for answer in answers] == [422] * 6
    assert everything() == before


@pytest.mark.parametrize(("charset", "half"), HALVES.items())
def test_such_an_encoding_does_yield_half_a_character(charset: str, half: bytes) -> None:
    decoded = codecs.decode(half, charset)

    assert any(0xD800 <= ord(character) < 0xE000 for character in decoded)


@pytest.mark.parametrize(
    ("field", "name"),
    [("/spans/{source}/describe/", "entity"), ("/spans/{source}/describe/", "role")],
)
def test_line_ends_are_made_those_of_the_stored_text(
    edda: Client, opened: AnnotationSet, field: str, name: str
) -> None:
    path, form = valid(opened, field)

    response = edda.post(path, {"version": form["version"], name: " a\r\nb\rc\n "})

    source = Span.objects.get(tag="source")
    assert (response.status_code, source.attributes[name]) == (302, "a\nb\nc")


@pytest.mark.parametrize(
    "passage", ["Officials\r\nsaid", "Officials\rsaid", " Officials\u00a0said "]
)
def test_a_typed_passage_is_found_across_line_ends(
    edda: Client, opened: AnnotationSet, passage: str
) -> None:
    form = {"passage": passage, "tag": "evidence", "uid": str(uuid4())}

    response = edda.post(f"/annotation-sets/{opened.pk}/find/", form)

    assert (response.status_code, Span.objects.get(tag="evidence").text) == (302, "Officials said")


@pytest.mark.parametrize("verdict", ["return", "reject"])
@pytest.mark.parametrize("name", ["note", "reasons"])
def test_half_a_character_in_a_decision_is_refused(
    cast: Cast, waiting: ClaimAnnotation, verdict: str, name: str
) -> None:
    rosa, path = signed_in(cast.rosa), f"/claims/{waiting.pk}/{verdict}/"
    form = {"version": str(waiting.version).encode()}
    before = everything()

    answers = [
        posted(rosa, path, form | {name: half}, charset, **HTMX) for charset, half in HALVES.items()
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert everything() == before


def test_broken_utf_8_is_read_with_replacements(edda: Client, opened: AnnotationSet) -> None:
    path, form = valid(opened, "/spans/{source}/describe/")

    response = posted(
        edda,
        path,
        {"version": form["version"].encode(), "role": b"a\xed\xa0\x80b"},
        "utf-8",
    )

    role = Span.objects.get(tag="source").attributes["role"]
    assert (response.status_code, set(role)) == (302, {"a", "b", "\ufffd"})


@pytest.mark.parametrize("charset", HALVES)
@pytest.mark.parametrize("name", ["username", "password", "next"])
def test_half_a_character_does_not_sign_in(cast: Cast, name: str, charset: str) -> None:
    form = {"username": b"edda", "password": b"x", "next": b"/"} | {name: HALVES[charset]}

    response = posted(Client(), "/sign-in/", form, charset)

    assert (response.status_code, page_of(response).one("h1").words) == (422, "Sign in")


@pytest.mark.parametrize("charset", HALVES)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in/?next=/", 200),
        ("/projects/news/?q=", 404),
        ("/projects/news/?stage=", 404),
        ("/projects/news/?page=", 404),
        ("/projects/news/datasets/?status=", 404),
        ("/projects/news/datasets/claims.csv?status=", 404),
    ],
)
def test_half_a_character_in_a_query_breaks_nothing(
    cast: Cast, charset: str, path: str, status: int
) -> None:
    half = "".join(f"%{byte:02X}" for byte in HALVES[charset])
    client = Client() if "sign-in" in path else signed_in(cast.edda)

    response = client.get(path + half, CONTENT_TYPE=f"text/plain; charset={charset}")

    assert response.status_code == status


@pytest.mark.parametrize("path", ["/projects/%00/", "/demo/%00/", "/projects/n%ED%A0%80/", "/%00"])
def test_an_address_that_no_page_has_is_not_found(cast: Cast, path: str) -> None:
    assert signed_in(cast.edda).post(path).status_code == 404


def test_a_name_may_hold_any_whole_character(cast: Cast) -> None:
    name = "Élodie 🙂 \u202ed\u0301 عمر"
    Person.objects.filter(pk=cast.edda.pk).update(name=name)

    page = page_of(signed_in(cast.edda).get("/"))

    assert page.one("span", **{"class": "name"}).text == name
