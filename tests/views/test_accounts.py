"""The door: by name and password, and in a demo by one click."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from annotations.models import Person
from annotations.states import Role
from annotations.workflow import organising
from tests.pages import page_of, parse, signed_in
from tests.people import Cast, make_cast, make_person
from tests.views.conftest import Browsers

PASSWORD = "correct horse"


@pytest.fixture
def edda(cast: Cast) -> Person:
    """Edda with a password."""
    cast.edda.set_password(PASSWORD)
    cast.edda.save()
    return cast.edda


@pytest.fixture
def demo(db: None, settings: LazySettings) -> Cast:
    """A demo, and a person who has no part in it."""
    settings.DEMO = True
    cast = make_cast("demo")
    make_cast_of_news()
    return cast


def make_cast_of_news() -> None:
    operator = Person(username="operator")
    project = organising.create_project(slug="news", name="News", by=operator)
    organising.add_member(project, person=make_person("nina"), role=Role.EDITOR, by=operator)


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    ("next_page", "place"),
    [
        ("", "/"),
        ("/projects/news/?page=2", "/projects/news/?page=2"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("https:///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in/", "/"),
        ("/sign-in/?next=/", "/"),
    ],
)
def test_signing_in_leads_where_one_wanted_to_go(
    client: Client, edda: Person, next_page: str, place: str
) -> None:
    form = {"username": "edda", "password": PASSWORD, "next": next_page}

    response = client.post("/sign-in/", form)

    assert (response.status_code, response.headers["Location"]) == (302, place)
    assert signed_in_as(client) == str(edda.pk)


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", MULTIPART_CONTENT])
def test_a_form_is_read_however_the_browser_encodes_it(
    edda: Person, kind: str, charset: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get("/sign-in/").cookies["csrftoken"].value
    form = {"username": "edda", "password": PASSWORD, "csrfmiddlewaretoken": token}
    body = urlencode(form).encode()
    if kind == MULTIPART_CONTENT:
        body = encode_multipart(BOUNDARY, form)

    response = client.generic("POST", "/sign-in/", body, kind + charset)

    assert (response.status_code, signed_in_as(client)) == (302, str(edda.pk))


@pytest.mark.parametrize(
    "form",
    [
        {"username": "edda", "password": "wrong"},
        {"username": "nobody", "password": PASSWORD},
        {"username": "edda"},
        {"username": "edda\0", "password": PASSWORD},
        {"username": "e" * 151, "password": PASSWORD},
        {},
    ],
)
def test_a_refused_sign_in_says_so_and_keeps_the_name(
    client: Client, edda: Person, form: dict[str, str]
) -> None:
    response = client.post("/sign-in/", form)

    page = page_of(response)
    assert response.status_code == 422
    assert page.one("input", id="username")["value"] == form.get("username", "")
    assert page.one("input", id="password").attributes.get("value") is None
    assert page.all("ul", **{"class": "errorlist"}) or page.one("div", id="sign-in-errors").words
    assert signed_in_as(client) is None


def test_somebody_deactivated_does_not_come_in(client: Client, edda: Person) -> None:
    Person.objects.filter(pk=edda.pk).update(is_active=False)

    response = client.post("/sign-in/", {"username": "edda", "password": PASSWORD})

    assert (response.status_code, signed_in_as(client)) == (422, None)


@pytest.mark.parametrize("next_page", ["", "?next=/sign-in/", "?next=/sign-in/%3Fnext%3D/sign-in/"])
def test_who_is_signed_in_is_not_asked_again(browsers: Browsers, next_page: str) -> None:
    response = browsers.edda.get(f"/sign-in/{next_page}")

    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_signing_out_ends_the_session(browsers: Browsers) -> None:
    response = browsers.edda.post("/sign-out/")

    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/")
    assert signed_in_as(browsers.edda) is None


def test_the_demo_shows_its_people_and_lets_each_in(client: Client, demo: Cast) -> None:
    page = page_of(client.get("/sign-in/"))

    doors = [form["action"] for form in page.all("form") if "action" in form.attributes]
    assert doors == ["/demo/edda/", "/demo/egon/", "/demo/rosa/", "/demo/mara/"]
    assert [one.words for one in page.all("b")] == ["Edda", "Egon", "Rosa", "Mara"]


def test_one_click_signs_in_as_a_person_of_the_demo(client: Client, demo: Cast) -> None:
    response = client.post("/demo/rosa/")

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert signed_in_as(client) == str(demo.rosa.pk)


def test_entering_as_somebody_else_leaves_nothing_of_the_first(client: Client, demo: Cast) -> None:
    client.post("/demo/rosa/")
    session = client.session
    session["secret"] = "of Rosa"
    session.save()

    client.post("/demo/edda/")

    assert (signed_in_as(client), "secret" in client.session) == (str(demo.edda.pk), False)


@pytest.mark.parametrize("username", ["nina", "stranger", "nobody", "operator"])
def test_nobody_else_comes_in_by_one_click(client: Client, demo: Cast, username: str) -> None:
    response = client.post(f"/demo/{username}/")

    assert (response.status_code, signed_in_as(client)) == (404, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "not an address"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
    ],
)
def test_the_demo_is_closed_to_other_machines(
    client: Client, demo: Cast, headers: dict[str, str]
) -> None:
    click = client.post("/demo/rosa/", **headers)  # type: ignore[arg-type]  # WSGI variables
    page = client.get("/sign-in/", **headers)  # type: ignore[arg-type]  # WSGI variables

    assert (click.status_code, signed_in_as(client)) == (404, None)
    assert "/demo/" not in page.content.decode()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_the_demo_is_open_on_the_machine_itself(client: Client, demo: Cast, address: str) -> None:
    response = client.post("/demo/rosa/", REMOTE_ADDR=address)

    assert (response.status_code, signed_in_as(client)) == (302, str(demo.rosa.pk))


def test_there_is_no_demo_unless_it_is_asked_for(
    client: Client, demo: Cast, settings: LazySettings
) -> None:
    settings.DEMO = False

    click, page = client.post("/demo/rosa/"), client.get("/sign-in/")

    assert (click.status_code, signed_in_as(client)) == (404, None)
    assert "/demo/" not in page.content.decode()


def test_a_person_who_left_the_demo_has_no_door(client: Client, demo: Cast) -> None:
    Person.objects.filter(pk=demo.rosa.pk).update(is_active=False)

    response = client.post("/demo/rosa/")

    page = parse(client.get("/sign-in/").content.decode())
    assert response.status_code == 404
    assert len(page.all("button", **{"class": "person"})) == 3


def test_the_top_of_a_page_says_who_is_signed_in(cast: Cast) -> None:
    page = page_of(signed_in(cast.rosa).get("/"))

    assert page.one("span", **{"class": "name"}).words == "Rosa"
