"""The admin: for operators only, and to look at rows, not to change them past the workflow."""

from __future__ import annotations

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from annotations.models import Person
from tests.pages import everything, signed_in
from tests.people import Cast, make_cast, make_submitted_set

LISTS = ["person", "project", "membership", "article", "annotationset", "event"]
READ_ONLY = LISTS[1:]


@pytest.fixture
def cast(db: None) -> Cast:
    """A project with something in every table."""
    cast = make_cast()
    make_submitted_set(cast)
    return cast


@pytest.fixture
def operator(cast: Cast) -> Client:
    """The browser of a superuser who is no member of any project."""
    return signed_in(Person.objects.create_superuser("olga", password="correct horse"))


def test_the_admin_shows_the_known_tables() -> None:
    ours = [
        model._meta.model_name for model in site._registry if model._meta.app_label == "annotations"
    ]

    assert ours == LISTS


@pytest.mark.parametrize("name", LISTS)
def test_an_operator_reads_each_list_and_each_row(operator: Client, name: str) -> None:
    rows = operator.get(reverse(f"admin:annotations_{name}_changelist"))

    page = page_of_admin(rows)
    (first, *_) = [
        link for link in page.split('href="') if f"/{name}/" in link and "change/" in link
    ]
    assert (rows.status_code, operator.get(first.split('"')[0]).status_code) == (200, 200)


@pytest.mark.parametrize("name", READ_ONLY)
@pytest.mark.parametrize("verb", ["add", "change", "delete"])
def test_rows_of_the_workflow_are_not_changed_here(operator: Client, name: str, verb: str) -> None:
    model = next(one for one in site._registry if one._meta.model_name == name)
    row = model._default_manager.earliest("pk")
    path = reverse(f"admin:annotations_{name}_{verb}", args=[] if verb == "add" else [row.pk])
    before = everything()

    response = operator.post(path, {"post": "yes", "state": "reviewed", "slug": "other"})

    assert (response.status_code, everything()) == (403, before)


def test_a_person_is_never_deleted(operator: Client, cast: Cast) -> None:
    one = operator.post(
        reverse("admin:annotations_person_delete", args=[cast.edda.pk]), {"post": "yes"}
    )
    operator.post(
        reverse("admin:annotations_person_changelist"),
        {"action": "delete_selected", "_selected_action": cast.edda.pk, "post": "yes"},
    )

    assert one.status_code == 403
    assert Person.objects.filter(pk=cast.edda.pk).exists()


def test_an_operator_makes_a_person_who_can_sign_in(operator: Client) -> None:
    response = operator.post(
        reverse("admin:annotations_person_add"),
        {
            "username": "nina",
            "usable_password": "true",
            "password1": "a battery and a staple",
            "password2": "a battery and a staple",
        },
    )

    nina = Client()
    assert response.status_code == 302
    assert nina.login(username="nina", password="a battery and a staple")


def test_an_operator_renames_and_deactivates_a_person(operator: Client, cast: Cast) -> None:
    form = {
        "username": "edda",
        "name": "Edda Berg",
        "email": "",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }

    response = operator.post(reverse("admin:annotations_person_change", args=[cast.edda.pk]), form)

    cast.edda.refresh_from_db()
    assert response.status_code == 302
    assert (cast.edda.name, cast.edda.is_active) == ("Edda Berg", False)


@pytest.mark.parametrize("who", ["edda", "rosa", "mara", "stranger", None])
def test_nobody_else_gets_in(cast: Cast, who: str | None) -> None:
    client = signed_in(getattr(cast, who) if who else None)
    addresses = [
        reverse("admin:index"),
        *(
            reverse(f"admin:annotations_{name}_{page}")
            for name in LISTS
            for page in ("changelist", "add")
        ),
    ]

    answers = [client.get(address) for address in addresses]

    doors = {answer.headers["Location"].partition("?")[0] for answer in answers}
    assert {answer.status_code for answer in answers} == {302}
    assert doors <= ({"/admin/login/"} if who else {"/admin/login/", "/sign-in/"})


def page_of_admin(response: object) -> str:
    """The admin's own pages are not strict enough to be read as a tree."""
    text: str = response.content.decode()  # type: ignore[attr-defined]  # an answer of the test client
    return text


def test_a_name_stays_text_in_the_admin(operator: Client, cast: Cast) -> None:
    Person.objects.filter(pk=cast.edda.pk).update(name="<script>alert(1)</script>")

    text = page_of_admin(operator.get(reverse("admin:annotations_membership_changelist")))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
