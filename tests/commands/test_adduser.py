"""`manage.py adduser`: people, their roles and their passwords."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from annotations.models import Event, Membership, Person
from annotations.states import Role
from tests.commands.running import complaint, said
from tests.people import make_cast

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    """Standard input as a person has it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def test_a_new_person_gets_a_password_that_is_shown_once() -> None:
    cast = make_cast()

    printed = said("adduser", "nora", "--project", "news", "--role", "editor", "--name", "Nora B")

    nora = Person.objects.get(username="nora")
    assert printed.startswith("nora is editor of “News”.\nThe password, shown this once: ")
    assert nora.check_password(printed.split()[-1])
    assert nora.name == "Nora B"
    assert Membership.objects.get(project=cast.project, person=nora).role == Role.EDITOR
    event = Event.objects.of_project(cast.project.uid).last()
    assert event is not None
    assert (event.verb, event.actor) == ("add_member", "operator")


def test_a_member_gets_another_role_and_keeps_the_password() -> None:
    cast = make_cast()
    cast.edda.set_password("not easily guessed")
    cast.edda.save()

    printed = said("adduser", "edda", "--project", "news", "--role", "reviewer")

    edda = Person.objects.get(username="edda")
    assert printed == "edda is reviewer of “News”.\n"
    assert edda.check_password("not easily guessed")
    assert (edda.name, Membership.objects.get(person=edda).role) == ("Edda", "reviewer")


def test_a_password_comes_by_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    make_cast()
    monkeypatch.setattr(sys, "stdin", io.StringIO("not easily guessed\nmore\n"))

    printed = said("adduser", "edda", "--project", "news", "--role", "editor", "--password-stdin")

    assert printed == "edda is editor of “News”.\n"
    assert Person.objects.get(username="edda").check_password("not easily guessed")


@pytest.mark.parametrize("again", ["not easily guessed", "not easily guest"])
def test_a_password_is_typed_twice_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    make_cast()
    typed: Iterator[str] = iter(["not easily guessed", again])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(
        "annotations.management.commands.adduser.getpass", lambda _prompt: next(typed)
    )
    arguments = ("adduser", "nora", "--project", "news", "--role", "editor")

    if again == "not easily guessed":
        said(*arguments)
        assert Person.objects.get(username="nora").check_password(again)
    else:
        assert complaint(*arguments).startswith("The two passwords differ.")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nora b", "--project", "news", "--role", "editor"], "Enter a valid username."),
        (["nora", "--project", "nix", "--role", "editor"], "There is no project “nix”."),
        (
            ["nora", "--project", "news", "--role", "boss"],
            "There is no role “boss”. Choose one of editor, reviewer, manager.",
        ),
        (["egon", "--project", "news", "--role", "editor"], "egon is deactivated."),
        (
            ["nora", "--project", "news", "--role", "editor", "--password-stdin"],
            "This password is too short.",
        ),
    ],
)
def test_what_does_not_fit_is_refused(arguments: list[str], reason: str) -> None:
    cast = make_cast()
    Person.objects.filter(pk=cast.egon.pk).update(is_active=False)

    assert complaint("adduser", *arguments).startswith(reason)
