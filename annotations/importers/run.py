"""Runs an import: everything is tried, and then all of it is stored or none.

A dry run is the same run, taken back at the end. The same file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.importers import Annotated, Arrival, Format, Rejection, Upload
from annotations.models import Article, Link, Membership, Person, Project, Span, Zone
from annotations.permissions import why_not_manage
from annotations.text.intake import UnfitText
from annotations.workflow.importing import Passage, Relation, bring_in, is_in
from annotations.workflow.intake import lift_zone, take_in
from annotations.workflow.refusals import Refused, Unfit, forbid

Outcome = Literal["new", "known", "rejected"]
Part = TypeVar("Part", Passage, Relation)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one article: `line` is 0 where its file holds nothing else."""

    file: str
    line: int
    outcome: Outcome
    title: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, in the order of the files, and whether it was stored."""

    entries: tuple[Entry, ...]
    stored: bool

    def of(self, outcome: Outcome) -> tuple[Entry, ...]:
        """The entries with this outcome."""
        return tuple(entry for entry in self.entries if entry.outcome == outcome)


def run(
    project: Project,
    uploads: Iterable[tuple[Format, Upload]],
    *,
    by: Person,
    dry_run: bool = False,
) -> Report:
    """Import files in one transaction, unless something in them is rejected.

    Raises Forbidden for who may not import.
    """
    forbid(why_not_manage(by, project))
    entries: list[Entry] = []
    with transaction.atomic():
        for one, upload in uploads:
            entries += [_entry(project, upload, found, by=by) for found in one.read(upload)]
        is_stored = not dry_run and all(entry.outcome != "rejected" for entry in entries)
        transaction.set_rollback(not is_stored)
    return Report(tuple(entries), is_stored)


def _entry(project: Project, upload: Upload, found: Arrival | Rejection, *, by: Person) -> Entry:
    if isinstance(found, Rejection):
        return Entry(upload.name, found.line, "rejected", "", _shown(found.reason))
    try:
        with transaction.atomic():
            article, is_new = _store(project, found, by=by)
    except (Refused, UnfitText) as refused:
        title = _shown(found.manuscript.title)
        return Entry(upload.name, found.line, "rejected", title, _shown(str(refused)))
    return Entry(upload.name, found.line, "new" if is_new else "known", _shown(article.title))


def _store(project: Project, arrival: Arrival, *, by: Person) -> tuple[Article, bool]:
    """Store an article and its annotations; say whether any of it is new."""
    article, is_new = take_in(project, arrival.manuscript, by=by)
    if is_new and arrival.lifted:
        for zone in Zone.objects.filter(article=article, active=True):
            if (zone.start, zone.end) in arrival.lifted:
                lift_zone(zone, by=by, active=False)
    for annotated in arrival.annotated:
        is_new |= _store_set(article, annotated, by=by)
    return article, is_new


def _store_set(article: Article, annotated: Annotated, *, by: Person) -> bool:
    annotator = _member(article.project, annotated.annotator)
    passages, relations = annotated.passages, annotated.relations
    if is_in(article, annotator=annotator, passages=passages, relations=relations):
        return False
    if _has_taken_ids(annotated):
        passages, relations = _without_ids(passages), _without_ids(relations)
    bring_in(article, annotator=annotator, passages=passages, relations=relations, by=by)
    return True


def _member(project: Project, username: str) -> Person:
    known = Membership.objects.filter(project=project, person__username=username)
    membership = known.select_related("person").first()
    if membership is None:
        raise Unfit(
            _(
                "%(name)s is no member of the project. Add them, then import again: "
                "manage.py adduser %(name)s --project %(slug)s --role editor"
            )
            % {"name": username, "slug": project.slug}
        )
    return membership.person


def _has_taken_ids(annotated: Annotated) -> bool:
    """Whether an id is in use, as when a project's export comes into another project."""
    spans = [one.uid for one in annotated.passages if one.uid]
    links = [one.uid for one in annotated.relations if one.uid]
    return (
        Span.objects.filter(uid__in=spans).exists() or Link.objects.filter(uid__in=links).exists()
    )


def _without_ids(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(replace(part, uid=None) for part in parts)


def _shown(text: str) -> str:
    """A text that any terminal or page can show: control characters are spelled out."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )
