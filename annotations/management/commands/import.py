"""Import articles, with their annotations if the files hold any, into a project."""

# ruff: noqa: N999 -- a command is called as its file, and people call this one import

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.importers import FORMATS, Format, Upload, format_of
from annotations.importers.run import Entry, Report, run
from annotations.management.projects import project_named
from annotations.models import Membership, Person, Project
from annotations.states import Role
from annotations.workflow.refusals import Refused

SUFFIXES = tuple(suffix for one in FORMATS.values() for suffix in one.suffixes)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help=f"a file, or a directory whose files ending in {', '.join(SUFFIXES)} are taken",
        )
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--format", help=f"one of {', '.join(FORMATS)}, whatever the file is called"
        )
        parser.add_argument("--encoding", default="", help="of text that is not UTF-8")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, store nothing"
        )
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="the manager in whose name it is done (default: the first)",
        )

    def handle(
        self,
        *_args: object,
        paths: Sequence[str],
        project: str,
        format: str | None,  # noqa: A002 -- the name of the option
        encoding: str,
        dry_run: bool,
        by: str | None,
        **_options: object,
    ) -> None:
        home = project_named(project)
        manager = _manager(home, by)
        chosen = list(_chosen(paths, format))
        try:
            report = run(home, _uploads(chosen, encoding), by=manager, dry_run=dry_run)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Cannot read: {error}") from error
        self._tell(report, dry_run=dry_run)

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for entry in report.entries:
            self.stdout.write(_line(entry))
        new, known, rejected = (len(report.of(one)) for one in ("new", "known", "rejected"))
        counts = f"{new} new, {known} already there, {rejected} rejected"
        if rejected:
            raise CommandError(f"{counts}. Nothing was stored.")
        self.stdout.write(f"{counts}. {'A dry run: nothing was stored.' if dry_run else 'Stored.'}")


def _line(entry: Entry) -> str:
    place = f"{entry.file}, line {entry.line}" if entry.line else entry.file
    outcome = {"new": "new", "known": "already there", "rejected": "rejected"}[entry.outcome]
    told = ": ".join(part for part in (entry.title, entry.reason) if part)
    return f"{place}: {outcome}: {told}"


def _manager(project: Project, username: str | None) -> Person:
    """The person named, or the project's first manager."""
    if username:
        person = Person.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is nobody called “{username}”.")
        return person
    managers = Membership.objects.filter(project=project, role=Role.MANAGER, person__is_active=True)
    first = managers.select_related("person").order_by("pk").first()
    if first is None:
        raise CommandError(
            f"“{project.slug}” has no manager yet. Add one: "
            f"manage.py adduser NAME --project {project.slug} --role manager"
        )
    return first.person


def _uploads(
    files: Iterable[tuple[Format, Path]], encoding: str
) -> Iterator[tuple[Format, Upload]]:
    """The files, each open while it is read."""
    for one, path in files:
        with path.open("rb") as file:
            yield one, Upload(path.name, file, encoding)


def _chosen(paths: Sequence[str], key: str | None) -> Iterator[tuple[Format, Path]]:
    """The files to import, each with its format."""
    if key and key not in FORMATS:
        raise CommandError(f"There is no format “{key}”. Choose one of {', '.join(FORMATS)}.")
    for path in map(Path, paths):
        if path.is_dir():
            files = [one for one in sorted(path.rglob("*")) if one.is_file()]
            found = [one for one in files if one.name.lower().endswith(SUFFIXES)]
            if not found:
                raise CommandError(f"{path} holds no file ending in {', '.join(SUFFIXES)}.")
        elif path.is_file():
            found = [path]
        else:
            raise CommandError(f"There is no file {path}.")
        for one in found:
            announced = FORMATS[key] if key else format_of(one.name)
            if announced is None:
                raise CommandError(
                    f"{one.name} ends in none of {', '.join(SUFFIXES)}. "
                    f"Say what it is with --format: {', '.join(FORMATS)}."
                )
            yield announced, one
