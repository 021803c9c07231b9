"""Reads an import run and, once somebody has confirmed it, stores it. The key is the run's id.

What was confirmed is what is stored: where reading it again finds anything else, nothing is, and the
run waits to be confirmed anew.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from django.db import OperationalError
from django.utils.translation import gettext as _

from annotations.importers import Settled, Upload, uploads
from annotations.importers.archives import members
from annotations.importers.encodings import Preview, previews_of
from annotations.importers.report import MOST_ASKED, Report, ZoneAt
from annotations.importers.run import Tell, run
from annotations.jobs import register, teller
from annotations.models import ImportRun
from annotations.states import RunState
from annotations.workflow import receiving
from annotations.workflow.refusals import Refused, Stale

Told: TypeAlias = dict[str, Any]

NAME = "import_run"
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
logger = logging.getLogger(__name__)


class Differs(Exception):
    """What would be stored is not what was confirmed."""


@register(NAME)
def proceed(key: str) -> None:
    """Do what the run waits for; nothing where it waits for a person."""
    found = ImportRun.objects.select_related("project", "manager").filter(uid=key).first()
    if found is None or not found.is_working:
        return
    uploads.hold(found)
    try:
        if found.state == RunState.READING:
            receiving.conclude(found, "found", report=_read(found))
        else:
            _store(found)
    except Refused as refused:
        _fail(found, str(refused))
    except OperationalError:
        logger.exception("The import run %s could not use the database", found.pk)
        _fail(found, _("Somebody else is importing or the database is busy; start it again."))
    except Exception:
        logger.exception("The import run %s failed", found.pk)
        reason = _("Something unforeseen happened. Nothing was stored; the server's log says more.")
        _fail(found, reason)
    uploads.sweep()


def _fail(one: ImportRun, reason: str) -> None:
    """Note why nothing came of it; where not even that can be stored, it counts as interrupted."""
    try:
        receiving.conclude(one, "fail", reason=reason)
    except OperationalError:
        logger.exception("The import run %s could not be noted as failed", one.pk)


def _read(one: ImportRun) -> Told:
    """What would be stored, with what encodings would make of the files that are asked about."""
    files, lifted, settled, tell = _given(one)  # what is to be left out is shown, too
    report = run(
        one.project,
        files,
        by=one.manager,
        dry_run=True,
        lifted=lifted,
        settled=settled,
        tell=tell,
    )
    found = told(report)
    asked = [one for one in found["questions"][:MOST_ASKED] if one["ask"] == "encoding"]
    previews = _previews(files, {str(one["file"]) for one in asked})
    for question in asked:
        question["previews"] = previews.get(str(question["file"]), [])
    return found


def _previews(files: Iterable[Upload], labels: Collection[str]) -> dict[str, list[Preview]]:
    """How files, and members of archives, look in the encodings they could be in, by label."""
    found: dict[str, list[Preview]] = {}
    for upload in _unpacked(files, labels):
        if upload.label in labels and upload.label not in found:
            with upload.open() as file:
                found[upload.label] = previews_of(file)
    return found


def _unpacked(files: Iterable[Upload], labels: Collection[str]) -> Iterator[Upload]:
    """The files, each archive once with what is in it if a label is in it."""
    for upload in files:
        yield upload
        if any(label.startswith(f"{upload.label}/") for label in labels):
            yield from (one for one in members(upload) if isinstance(one, Upload))


def _store(one: ImportRun) -> None:
    """Store in one transaction, in which the run learns of it, too: a kill leaves both or neither."""

    def is_as_confirmed(report: Report) -> None:
        if _gist(told(report), without) != _gist(one.report or {}, without):
            raise Differs
        if not receiving.conclude(one, "store", report=told(report)):
            raise Stale(_("This import was discarded."))

    files, lifted, settled, tell = _given(one)
    without = set(one.choices.get("without", ()))
    try:
        is_stored = run(
            one.project,
            [upload for upload in files if upload.label not in without],
            by=one.manager,
            leave_out=True,
            lifted=lifted,
            settled=settled,
            tell=tell,
            then=is_as_confirmed,
        ).stored
    except Differs:
        is_stored = False
    if is_stored:
        uploads.remove(one)
    else:
        reason = _("What would be stored is not what you confirmed: this has changed since.")
        receiving.conclude(one, "differ", report=_read(one), reason=reason)


def _given(
    one: ImportRun,
) -> tuple[list[Upload], Collection[ZoneAt], dict[str, Settled], Tell]:
    """What a run is given: its files, and what a person settled about them."""
    choices = one.choices
    return (
        uploads.uploads_of(one),
        {(str(sha), int(start), int(end)) for sha, start, end in choices.get("lifted", ())},
        {label: Settled(**answer) for label, answer in choices.get("settled", {}).items()},
        teller(NAME, str(one.uid)),
    )


def told(report: Report) -> Told:
    """A report as a run keeps it; it is fit when something new in it can be stored."""
    kept: Told = _holdable(asdict(report))
    return {**kept, "is_fit": report.is_answered and bool(report.of("new"))}


def _holdable(value: object) -> Any:
    """The same without what no database holds: it may come from the preview of a broken file."""
    if isinstance(value, str):
        return UNFIT.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {str(key): _holdable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_holdable(one) for one in value]
    return value


def _gist(report: Told, without: set[str]) -> list[tuple[str, ...]]:
    """What somebody who read a report agreed to."""
    names = ("file", "line", "outcome", "sha256", "spans", "links", "annotators")
    entries = [one for one in report["entries"] if one["file"] not in without]
    return [tuple(str(entry[name]) for name in names) for entry in entries]
