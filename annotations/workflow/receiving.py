"""Import runs: begun with files, settled, confirmed, and in the end stored or discarded.

A verb with `by=` is a person's and leaves one event in the project's chain. The others are the
job's: what they say was found or stored, and each leaves a run alone that is no longer at work.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import ImportRun, Person, Project
from annotations.permissions import why_not_manage
from annotations.states import RUN_TRANSITIONS, RunState
from annotations.workflow.log import record_project
from annotations.workflow.refusals import Stale, Unfit, forbid

File = Mapping[str, Any]
Choices = Mapping[str, Any]


@transaction.atomic
def begin(project: Project, *, uid: UUID, files: Sequence[File], by: Person) -> ImportRun:
    """Take note of files that were uploaded under `uid`; they are read next.

    What was begun already, by the same form sent twice, is left as it is.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    forbid(why_not_manage(by, project))
    if known := project.import_runs.filter(uid=uid).first():
        return known
    if not files:
        raise Unfit(_("Choose a file, or paste a text."))
    run = ImportRun.objects.create(uid=uid, project=project, manager=by, files=list(files))
    _log(run, "begin_import", by=by)
    return run


def settle(
    run: ImportRun, *, by: Person, version: int, choices: Choices, files: Sequence[File] = ()
) -> ImportRun:
    """Answer what was asked, or bring more files: all is read anew.

    A file takes the place of an earlier one of its name; what was said of that is forgotten.
    """
    names = {str(one["name"]) for one in files}

    def settled(current: ImportRun) -> None:
        current.choices = _without_answers(choices, names)
        current.files = [*(one for one in current.files if one["name"] not in names), *files]
        current.report = None

    return _move(run, "settle", by=by, version=version, change=settled)


def confirm(run: ImportRun, *, by: Person, version: int, choices: Choices) -> ImportRun:
    """Say that what the report tells of is to be stored."""

    def confirmed(current: ImportRun) -> None:
        if not (current.report and current.report["is_fit"]):
            raise Unfit(_("There is nothing to import yet."))
        current.choices = dict(choices)

    return _move(run, "confirm", by=by, version=version, change=confirmed)


def discard(run: ImportRun, *, by: Person, version: int) -> ImportRun:
    """Let a run go; nothing of it is stored."""

    def emptied(current: ImportRun) -> None:
        current.choices = {}

    return _move(run, "discard", by=by, version=version, change=emptied)


@transaction.atomic
def conclude(run: ImportRun, verb: str, *, report: Any = None, reason: str = "") -> bool:
    """Note what the job of a run came to; False where somebody discarded the run meanwhile.

    `verb` is found, store, differ or fail. Storing calls it in the transaction that stores.
    """
    current = _locked(run)
    after = RUN_TRANSITIONS[RunState(current.state)].get(verb)
    if after is None:
        return False
    current.state = after
    current.report, current.reason = report or current.report, reason
    _save(current)
    return True


@transaction.atomic
def _move(
    run: ImportRun,
    verb: str,
    *,
    by: Person,
    version: int,
    change: Callable[[ImportRun], None],
) -> ImportRun:
    Project.objects.select_for_update(no_key=True).get(pk=run.project_id)
    current = _locked(run)
    forbid(why_not_manage(by, current.project))
    after = RUN_TRANSITIONS[RunState(current.state)].get(verb)
    if after is None or current.version != version:
        raise Stale(_("This import has gone on since. Look at it as it is now."))
    change(current)
    current.state, current.manager = after, by
    _save(current)
    _log(current, f"{verb}_import", by=by)
    return current


def _without_answers(choices: Choices, names: Collection[str]) -> dict[str, Any]:
    """The choices but those about files of these names and what lies in them."""
    kept = dict(choices)
    if "settled" in kept:
        answers = kept["settled"].items()
        kept["settled"] = {
            label: answer for label, answer in answers if label.split("/")[0] not in names
        }
    if "without" in kept:
        kept["without"] = [label for label in kept["without"] if label not in names]
    return kept


def _locked(run: ImportRun) -> ImportRun:
    runs = ImportRun.objects.select_related("project").select_for_update(of=("self",), no_key=True)
    return runs.get(pk=run.pk)


def _save(run: ImportRun) -> None:
    run.version += 1
    run.changed_at = timezone.now()
    run.save()


def _log(run: ImportRun, verb: str, *, by: Person) -> None:
    told = {"import_run": str(run.uid), "state": RunState(run.state), "files": len(run.files)}
    record_project(run.project, verb, by=by, after=told)
