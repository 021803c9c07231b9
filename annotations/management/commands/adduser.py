"""Add somebody to a project, or give a member another role; make the person if there is none."""

from __future__ import annotations

import secrets
import sys
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from annotations.management.projects import project_named
from annotations.models import Person
from annotations.states import Role
from annotations.workflow import organising


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, help=f"one of {', '.join(Role.values)}")
        parser.add_argument("--name", default="", help="the full name, as people read it")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input; also changes that of a known person",
        )

    def handle(self, *_args: object, **options: str | bool) -> None:
        role, project = _role(str(options["role"])), project_named(str(options["project"]))
        username = Person.normalize_username(str(options["username"]))
        known = Person.objects.filter(username=username).first()
        if known and not known.is_active:
            raise CommandError(f"{username} is deactivated. Activate the account in /admin first.")
        person = known or Person(username=username)
        person.name = str(options["name"]).strip() or person.name
        _check(person)
        generated = ""
        if options["password_stdin"]:
            _set_password(person, sys.stdin.readline().rstrip("\r\n"))
        elif known is None and sys.stdin.isatty():
            _set_password(person, _typed_password())
        elif known is None:
            generated = secrets.token_urlsafe(15)
            person.set_password(generated)
        with transaction.atomic():
            person.save()
            organising.add_member(project, person=person, role=role, by=Person(username="operator"))
        self.stdout.write(f"{username} is {role.label.lower()} of “{project.name}”.")
        if generated:
            self.stdout.write(f"The password, shown this once: {generated}")


def _typed_password() -> str:
    typed = getpass("Password: ")
    if typed != getpass("Password again: "):
        raise CommandError("The two passwords differ. Nothing was changed.")
    return typed


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    person.set_password(password)


def _role(role: str) -> Role:
    if role not in Role.values:
        raise CommandError(f"There is no role “{role}”. Choose one of {', '.join(Role.values)}.")
    return Role(role)


def _check(person: Person) -> None:
    try:
        person.clean_fields(exclude={"password"})
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
