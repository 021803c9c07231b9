"""Runs an import: everything is read and tried, and then all of it is stored or none.

Files are read and checked before the transaction begins, as SQLite has one writer; then one short
transaction compares with what is there and stores. A dry run stops before that: what the comparison
calls fit can be stored. The same file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from django.db import transaction

from annotations.importers import (
    Annotated,
    Arrival,
    Question,
    Rejection,
    Settled,
    Upload,
)
from annotations.importers.ceilings import Ceilings
from annotations.importers.doorway import Bundle, sorted_in
from annotations.importers.planning import Draft, Plan, planned
from annotations.importers.report import Entry, Report, ZoneAt, is_lifted, shown
from annotations.models import Person, Project
from annotations.permissions import why_not_manage
from annotations.text.intake import UnfitText
from annotations.workflow.fitting import Fitted, Misfits, fitted_to
from annotations.workflow.importing import store, wait_longer
from annotations.workflow.intake import article_of, text_of
from annotations.workflow.organising import add_annotators
from annotations.workflow.refusals import Refused, forbid

Tell: TypeAlias = Callable[[Literal["reading", "storing"], int, int], None]
"""Learns how far a run is: so many files read, or articles stored, of so many.

It is called inside the transaction too, and so writes nothing to the database. What it raises ends
the run, with nothing stored.
"""

Lifted: TypeAlias = Collection[ZoneAt] | None
"""Zones that are part of the article after all; None for every zone."""

PORTION = 100  # articles that are stored in one go


@dataclass(slots=True)
class Reading:
    """What has been read: drafts of articles and entries about the rest, in the order of the files."""

    found: list[Draft | Entry] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def run(
    project: Project,
    uploads: Iterable[Upload],
    *,
    by: Person,
    dry_run: bool = False,
    leave_out: bool = False,
    lifted: Lifted = (),
    settled: Mapping[str, Settled] | None = None,
    tell: Tell | None = None,
    then: Callable[[Report], None] | None = None,
) -> Report:
    """Import files in one transaction, unless something in them is rejected.

    With `leave_out` what is rejected stays out and all the rest comes in. `lifted` are zones that
    somebody said are part of the article, None for all of them, `settled` the answers to questions by file. `then` gets
    the report at the end of the transaction that stores, and may take it back by raising. Raises
    Forbidden for who may not import.
    """
    forbid(why_not_manage(by, project))
    reading = _read(project, list(sorted_in(uploads, settled)), lifted, tell)
    with transaction.atomic():
        # Two who import at once wait for each other here.
        wait_longer()
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        plan = planned(project, reading.found, by=by)
        report = Report(plan.entries, tuple(reading.questions), plan.people, stored=False)
        if dry_run or not report.is_answered or not (leave_out or report.is_fit):
            return report
        _store(project, plan, by=by, tell=tell)
        report = replace(report, entries=plan.told(), stored=True)
        if then:
            then(report)
    return report


def _store(project: Project, plan: Plan, *, by: Person, tell: Tell | None) -> None:
    made = add_annotators(project, plan.people, by=by) if plan.people else []
    lots = plan.lots({person.username: person for person in made})
    for start in range(0, len(lots), PORTION):
        if tell:
            tell("storing", start, len(lots))
        store(project, lots[start : start + PORTION], by=by)
    if tell and lots:
        tell("storing", len(lots), len(lots))


def _read(
    project: Project,
    bundles: list[Bundle | Rejection],
    lifted: Lifted,
    tell: Tell | None,
) -> Reading:
    """Read every file, without a look at the articles that are there."""
    reading, ceilings = Reading(), Ceilings()
    for number, bundle in enumerate(bundles):
        if tell:
            tell("reading", number, len(bundles))
        if isinstance(bundle, Rejection):
            reading.found += ceilings.fault(_rejected(bundle))
        elif reason := _read_bundle(reading, project, bundle, lifted, ceilings):
            reading.found.append(reason)
            break
    if tell:
        tell("reading", len(bundles), len(bundles))
    return reading


def _read_bundle(
    reading: Reading,
    project: Project,
    bundle: Bundle,
    lifted: Lifted,
    ceilings: Ceilings,
) -> Entry | None:
    """Read a file and what belongs to it; an entry that says so where nothing after it is read."""
    for found in bundle.format.read(bundle.upload):
        if isinstance(found, Question):
            question = replace(found, file=found.file or bundle.upload.label)
            reading.questions.append(question)
            if question.is_open:
                reading.found.append(_asked(bundle, question))
        elif isinstance(found, Rejection):
            reading.found += ceilings.fault(_rejected(found, bundle))
        elif reason := ceilings.article():
            return _rejected(Rejection(reason, found.line, found.file), bundle)
        else:
            for one in _drafted(project, bundle, found, lifted):
                reading.found += [one] if isinstance(one, Draft) else ceilings.fault(one)
        if ceilings.is_full(bundle.upload.label):
            break
    return None


def _drafted(
    project: Project, bundle: Bundle, arrival: Arrival, lifted: Lifted
) -> Iterator[Draft | Entry]:
    """The article as it would be stored, and what of it cannot be.

    Annotations in a file of their own stand or fall by themselves, others with their article.
    """
    file = arrival.file or bundle.upload.label
    try:
        text = text_of(arrival.manuscript)
        article, zones = article_of(project, arrival.manuscript, text)
    except (Refused, UnfitText) as refused:
        title = shown(arrival.manuscript.title)
        key = bundle.format.key
        yield Entry(file, arrival.line, "rejected", title, shown(str(refused)), format=key)
        return
    faults: list[Entry] = []
    sets: list[tuple[Annotated, Fitted]] = []
    for annotated in arrival.annotated:
        try:
            sets.append((annotated, fitted_to(text, annotated.passages, annotated.relations)))
        except Misfits as misfits:
            faults += (
                Entry(
                    annotated.file or file,
                    one.line or arrival.line,
                    "rejected",
                    shown(article.title),
                    shown(one.reason),
                    format=bundle.format.key,
                )
                for one in misfits.faults
            )
    for zone in zones:
        is_text = (zone.start, zone.end) in arrival.lifted
        zone.active = not (is_text or lifted is None or is_lifted(article, zone, lifted))
    if not any(entry.file == file for entry in faults):
        yield Draft(file, bundle.format.key, arrival, article, zones, tuple(sets))
    yield from faults


def _rejected(rejection: Rejection, bundle: Bundle | None = None) -> Entry:
    file = rejection.file or (bundle.upload.label if bundle else "")
    key = bundle.format.key if bundle else ""
    return Entry(file, rejection.line, "rejected", "", shown(rejection.reason), format=key)


def _asked(bundle: Bundle, question: Question) -> Entry:
    reason = shown(question.reason)
    return Entry(question.file, 0, "question", "", reason, format=bundle.format.key)
