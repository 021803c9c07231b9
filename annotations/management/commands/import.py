"""Import articles, with their annotations if the files hold any, into a project."""

# ruff: noqa: N999 -- a command is called as its file, and people call this one import

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.importers import FORMATS, Upload
from annotations.importers.report import Entry, Outcome, Report
from annotations.importers.run import run
from annotations.management.projects import project_named
from annotations.models import Membership, Person, Project
from annotations.states import Role
from annotations.workflow.refusals import Refused

SUFFIXES = tuple(
    dict.fromkeys(
        [*(suffix for one in FORMATS.values() for suffix in one.suffixes), ".ann", ".zip"]
    )
)
WORDS: dict[Outcome, str] = {
    "new": "new",
    "known": "already there",
    "rejected": "rejected",
    "question": "to be answered",
}
ANSWERS = {"encoding": "--encoding, such as cp1252", "columns": "--column text=NAME"}
BAR = 30  # characters


class Command(BaseCommand):
    help = (
        f"{__doc__} All of it is stored or, where anything is rejected, none; the exit status is then 1. "
        "What is in the project already stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help=f"a file, or a directory whose files ending in {', '.join(SUFFIXES)} are taken",
        )
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--format", help=f"one of {', '.join(FORMATS)}, whatever the files are called"
        )
        parser.add_argument("--encoding", default="", help="of text that is not UTF-8")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="which column of a table is which, such as text=body; give it once for each",
        )
        parser.add_argument(
            "--all-text",
            action="store_true",
            help="what looks like boilerplate around the articles is part of them, and annotated",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, store nothing"
        )
        parser.add_argument(
            "--json", action="store_true", help="write the report as JSON, and nothing else"
        )
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="the manager in whose name it is done; without it, whoever became a manager of the "
            "project first and is still active",
        )

    def handle(
        self,
        *_args: object,
        paths: Sequence[str],
        project: str,
        format: str | None,  # noqa: A002 -- the name of the option
        encoding: str,
        column: Sequence[str],
        all_text: bool,
        dry_run: bool,
        json: bool,
        by: str | None,
        **_options: object,
    ) -> None:
        if format and format not in FORMATS:
            raise CommandError(
                f"There is no format “{format}”. Choose one of {', '.join(FORMATS)}."
            )
        home, columns = project_named(project), dict(map(_pair, column))
        uploads = [
            Upload(name, partial(_opened, path), encoding, columns=columns, format=format or "")
            for name, path in _files(paths, takes_all=bool(format))
        ]
        try:
            report = run(
                home,
                uploads,
                by=_manager(home, by),
                dry_run=dry_run,
                lifted=None if all_text else (),
                tell=Bar(sys.stderr).show,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Cannot read: {error}") from error
        self._tell(report, dry_run=dry_run, as_json=json)

    def _tell(self, report: Report, *, dry_run: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("".join(f"{line}\n" for line in _lines(report)), ending="")
        counts = ", ".join(
            f"{len(report.of(one))} {word}"
            for one, word in WORDS.items()
            if one != "question" or report.of(one)
        )
        if not report.is_fit:
            raise CommandError(f"{counts}. Nothing was stored.")
        if not as_json:
            said = "A dry run: nothing was stored." if dry_run else "Stored."
            self.stdout.write(f"{counts}. {said}")


class Bar:
    """A bar on a terminal that says how far the work is; elsewhere it stays silent."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_shown = stream.isatty()

    def show(self, phase: str, done: int, total: int) -> None:
        """Draw it anew; once a phase is done, take it away."""
        if not self.is_shown:
            return
        filled = BAR * done // total if total else 0
        bar = f"{phase.capitalize():<8} [{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}"
        self.stream.write("\r\x1b[K" if done >= total else f"\r\x1b[K{bar}")
        self.stream.flush()


def _lines(report: Report) -> Iterator[str]:
    for entry in report.entries:
        yield _line(entry)
        for one in entry.left_out:
            yield f"  {one.file or entry.file}, line {one.line}: left out: {one.reason}"
    for question in report.questions:
        if question.is_open:
            yield from (f"  {question.file}, line {n}: {line}" for n, line in question.preview)
            yield f"  Answer with {ANSWERS[question.ask]}."
    if any(one.zones for one in report.of("rejected")):
        yield "  Boilerplate that is part of its article: import its file again with --all-text."
    if report.people:
        yield f"People that are made for it, without sign-in: {', '.join(report.people)}"


def _line(entry: Entry) -> str:
    place = f"{entry.file}, line {entry.line}" if entry.line else entry.file
    told = ": ".join(part for part in (entry.title, entry.reason) if part)
    annotated = ""
    if entry.spans or entry.annotators:
        annotated = f" ({entry.spans} spans, {entry.links} links by {', '.join(entry.annotators)})"
    zones = "; ".join(f"boilerplate from {zone.start}" for zone in entry.zones if zone.active)
    return f"{place}: {WORDS[entry.outcome]}: {told}{annotated}{f' [{zones}]' if zones else ''}"


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


def _pair(column: str) -> tuple[str, str]:
    ours, sign, theirs = column.partition("=")
    if not (ours and sign and theirs):
        raise CommandError(f"--column {column}: write it as text=body.")
    return ours, theirs


def _files(paths: Sequence[str], *, takes_all: bool) -> Iterator[tuple[str, Path]]:
    """The files to import, named from the directory that holds all directories given."""
    directories = [os.path.realpath(path) for path in paths if Path(path).is_dir()]
    home = os.path.commonpath(directories) if directories else ""
    for path in map(Path, paths):
        if path.is_file():
            yield path.name, path
        elif not path.is_dir():
            raise CommandError(f"There is no file {path}.")
        else:
            found = [one for one in sorted(path.resolve().rglob("*")) if one.is_file()]
            taken = [one for one in found if takes_all or one.name.lower().endswith(SUFFIXES)]
            if not taken:
                raise CommandError(f"{path} holds no file ending in {', '.join(SUFFIXES)}.")
            yield from ((one.relative_to(home).as_posix(), one) for one in taken)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")
