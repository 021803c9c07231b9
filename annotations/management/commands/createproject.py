"""Create a project; `adduser` gives it people."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Person, Project
from annotations.workflow import organising
from annotations.workflow.refusals import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="its short name, which stands in addresses")
        parser.add_argument("--name", required=True, help="the name people read")

    def handle(self, *_args: object, **options: str) -> None:
        slug, name = options["slug"], options["name"].strip()
        try:
            Project(slug=slug, name=name).clean_fields()
            organising.create_project(slug=slug, name=name, by=Person(username="operator"))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"The project “{name}” is there. Add people: "
            f"manage.py adduser NAME --project {slug} --role manager"
        )
