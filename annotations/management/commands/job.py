"""Do one job and end. The server starts it; its standard input is the lock of the job."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.jobs import JOBS, perform


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=f"one of {', '.join(JOBS)}")
        parser.add_argument("key", help="what it is to be done for")

    def handle(self, *_args: object, name: str, key: str, **_options: object) -> None:
        if name not in JOBS:
            raise CommandError(f"There is no job “{name}”. Choose one of {', '.join(JOBS)}.")
        perform(name, key)
