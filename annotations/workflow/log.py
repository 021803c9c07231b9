"""Appends events to the chain of an article or a project.

The caller holds the lock of that article or project (`AnnotationSet.objects.locked()`), so that
numbers follow each other without gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.models import AnnotationSet, Article, Event, Person, Project
from annotations.models.event import GENESIS

State = Mapping[str, Any] | None


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
    return _append(
        f"article/{annotation_set.article.uid}",
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


def record_article(
    article: Article, verb: str, *, by: Person, before: State = None, after: State = None
) -> Event:
    """Append what happened to an article itself to its chain."""
    return _append(
        f"article/{article.uid}",
        verb,
        by=by,
        project=article.project,
        set_uid=None,
        object_uid=article.uid,
        before=before,
        after=after,
    )


def record_project(
    project: Project, verb: str, *, by: Person, before: State = None, after: State = None
) -> Event:
    """Append what concerns no article to the project's own chain."""
    return _append(
        f"project/{project.uid}",
        verb,
        by=by,
        project=project,
        set_uid=None,
        object_uid=project.uid,
        before=before,
        after=after,
    )


def _append(
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
    last = Event.objects.filter(chain=chain).order_by("-number").first()
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
    event.save(force_insert=True)
    return event
