"""Recompute what the database says and name every disagreement: quotes, hashes, links, claims."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.exporters.snapshot import snapshot
from annotations.management.projects import project_named
from annotations.workflow import checking


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", metavar="SLUG", help="look at this project only")

    def handle(self, *_args: object, **options: str | None) -> None:
        slug = options["project"]
        project = project_named(slug) if slug else None
        found = 0
        with snapshot():
            for fault in checking.faults(project):
                found += 1
                self.stdout.write(str(fault))
            told = ", ".join(
                f"{count:,} {noun}" for noun, count in checking.counts(project).items()
            )
        if found:
            raise CommandError(f"{found:,} {'fault' if found == 1 else 'faults'} in {told}.")
        self.stdout.write(f"No fault in {told}.")
