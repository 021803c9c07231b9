"""Appends events to the chain of an article or a project.

The caller holds the lock of that article or project (`AnnotationSet.objects.locked()`), so that
numbers follow each other without gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from annotations.models import AnnotationSet, Article, Event, Person, Project
from annotations.models.event import GENESIS

State = Mapping[str, Any] | None


class Happening(NamedTuple):
    """What happened in an annotation set, or to an article itself where there is none."""

    verb: str
    after: State
    before: State = None
    annotation_set: AnnotationSet | None = None


def record(
    annotation_set: AnnotationSet,
    verb: str,
    *,
    by: Person,
    object_uid: UUID | None = None,
    before: State = None,
    after: State = None,
    target: int | None = None,
    below: int | None = None,
) -> Event:
    """Append what happened in an annotation set to its article's chain."""
    chain = f"article/{annotation_set.article.uid}"
    return _stored(
        _next(
            _last_of(chain),
            chain,
            verb,
            by=by,
            project=annotation_set.project,
            set_uid=annotation_set.uid,
            object_uid=object_uid or annotation_set.uid,
            before=before,
            after=after,
            target=target,
            below=below,
        )
    )


def record_article(
    article: Article, verb: str, *, by: Person, before: State = None, after: State = None
) -> Event:
    """Append what happened to an article itself to its chain."""
    chain = f"article/{article.uid}"
    return _stored(
        _next(
            _last_of(chain),
            chain,
            verb,
            by=by,
            project=article.project,
            set_uid=None,
            object_uid=article.uid,
            before=before,
            after=after,
        )
    )


def events_of(article: Article, happened: Iterable[Happening], *, by: Person) -> Iterator[Event]:
    """The events with which an article's chain goes on, for the caller to store in one go."""
    chain = f"article/{article.uid}"
    last = _last_of(chain) if article.pk else None
    for verb, after, before, annotation_set in happened:
        last = _next(
            last,
            chain,
            verb,
            by=by,
            project=article.project,
            set_uid=annotation_set.uid if annotation_set else None,
            object_uid=annotation_set.uid if annotation_set else article.uid,
            before=before,
            after=after,
        )
        yield last


def record_project(
    project: Project, verb: str, *, by: Person, before: State = None, after: State = None
) -> Event:
    """Append what concerns no article to the project's own chain."""
    chain = f"project/{project.uid}"
    return _stored(
        _next(
            _last_of(chain),
            chain,
            verb,
            by=by,
            project=project,
            set_uid=None,
            object_uid=project.uid,
            before=before,
            after=after,
        )
    )


def _stored(event: Event) -> Event:
    event.save(force_insert=True)
    return event


def _last_of(chain: str) -> Event | None:
    """The last event of a chain, without what it tells, which may be long."""
    return Event.objects.filter(chain=chain).only("number", "hash").order_by("-number").first()


def _next(
    last: Event | None,
    chain: str,
    verb: str,
    *,
    by: Person,
    project: Project,
    set_uid: UUID | None,
    object_uid: UUID,
    before: State,
    after: State,
    target: int | None = None,
    below: int | None = None,
) -> Event:
    """The event that follows the last one of a chain, not yet stored."""
    event = Event(
        chain=chain,
        number=last.number + 1 if last else 1,
        project_uid=project.uid,
        annotation_set_uid=set_uid,
        object_uid=object_uid,
        verb=verb,
        actor=by.username,
        at=timezone.now(),
        before=before,
        after=after,
        target=target,
        below=below,
        previous_hash=last.hash if last else GENESIS,
    )
    event.hash = event.computed_hash()
    return event
