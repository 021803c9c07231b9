"""Undo and redo, per annotation set, across sign-outs.

The two stacks live in the log itself: a set knows the event on top of each, and every event knows
the one below it (`Event.below`), so that going back costs the same after a thousand steps.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Event, Person
from annotations.permissions import why_not_undo
from annotations.workflow.changing import Changed, Rows, State, log_change, touch, write
from annotations.workflow.refusals import Stale, forbid


@transaction.atomic
def undo(annotation_set: AnnotationSet, *, by: Person) -> Changed:
    """Take back the annotator's last change that has not been taken back."""
    current = AnnotationSet.objects.locked().get(pk=annotation_set.pk)
    forbid(why_not_undo(by, current))
    if current.undo_top is None:
        raise Stale(_("There is nothing to undo."))
    done = _event(current, current.undo_top)
    before, after = _state(done, done.after), _state(done, done.before)
    outcome = write(current, "undo", by=by, before=before, after=after)
    event = log_change(
        current,
        "undo",
        by=by,
        before=before,
        after=after,
        target=done.number,
        below=current.redo_top,
    )
    current.undo_top, current.redo_top = done.below, event.number
    touch(current)
    return outcome


@transaction.atomic
def redo(annotation_set: AnnotationSet, *, by: Person) -> Changed:
    """Do again what was taken back last."""
    current = AnnotationSet.objects.locked().get(pk=annotation_set.pk)
    forbid(why_not_undo(by, current))
    if current.redo_top is None:
        raise Stale(_("There is nothing to redo."))
    undone = _event(current, current.redo_top)
    before, after = _state(undone, undone.after), _state(undone, undone.before)
    outcome = write(current, "redo", by=by, before=before, after=after)
    event = log_change(
        current,
        "redo",
        by=by,
        before=before,
        after=after,
        target=undone.target,
        below=current.undo_top,
    )
    current.undo_top, current.redo_top = event.number, undone.below
    touch(current)
    return outcome


def _event(annotation_set: AnnotationSet, number: int) -> Event:
    return Event.objects.of_article(annotation_set.article.uid).get(number=number)


def _state(event: Event, logged: dict[str, Rows] | None) -> State:
    """What an event tells as a state, its object first: PostgreSQL forgets the order of keys."""
    rows = logged or {}
    spans, links = (
        dict(sorted(rows.get(name, {}).items(), key=lambda pair: pair[0] != str(event.object_uid)))
        for name in ("spans", "links")
    )
    return State(spans, links)
