"""Undo and redo, per annotation set, across sign-outs.

The two stacks live in the log itself: a set knows the event on top of each, and every event knows
the one below it (`Event.below`), so that going back costs the same after a thousand steps.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Event, Person
from annotations.models.span import fragments_from
from annotations.permissions import why_not_undo
from annotations.workflow.changing import Changed, Rows, State, log_change, touch, write
from annotations.workflow.passages import keep_out_of_zones
from annotations.workflow.refusals import Stale, forbid


@transaction.atomic
def undo(annotation_set: AnnotationSet, *, by: Person, top: int | None = None) -> Changed:
    """Take back the annotator's last change that has not been taken back.

    `top` is the event the person saw on top of the stack: another one is Stale, so that a form
    sent twice takes back one change. None takes whatever lies there.
    """
    current = _opened(annotation_set, by=by)
    done = _event(current, current.undo_top, top, none=_("There is nothing to undo."))
    outcome, event = _turned_back(current, "undo", done, by=by, below=current.redo_top)
    current.undo_top, current.redo_top = done.below, event.number
    touch(current)
    return outcome


@transaction.atomic
def redo(annotation_set: AnnotationSet, *, by: Person, top: int | None = None) -> Changed:
    """Do again what was taken back last; `top` as for `undo`."""
    current = _opened(annotation_set, by=by)
    undone = _event(current, current.redo_top, top, none=_("There is nothing to redo."))
    outcome, event = _turned_back(current, "redo", undone, by=by, below=current.undo_top)
    current.undo_top, current.redo_top = event.number, undone.below
    touch(current)
    return outcome


def _opened(annotation_set: AnnotationSet, *, by: Person) -> AnnotationSet:
    current = AnnotationSet.objects.locked().get(pk=annotation_set.pk)
    forbid(why_not_undo(by, current))
    return current


def _turned_back(
    annotation_set: AnnotationSet, verb: str, event: Event, *, by: Person, below: int | None
) -> tuple[Changed, Event]:
    """Write the states of an event the other way round, and log that."""
    before, after = _state(event, event.after), _state(event, event.before)
    _keep_out_of_new_zones(annotation_set, before, after)
    outcome = write(annotation_set, verb, by=by, before=before, after=after)
    target = event.number if verb == "undo" else event.target
    told = log_change(
        annotation_set, verb, by=by, before=before, after=after, target=target, below=below
    )
    return outcome, told


def _keep_out_of_new_zones(annotation_set: AnnotationSet, before: State, after: State) -> None:
    """Stale where a span would come back into what has been marked as boilerplate meanwhile."""
    for uid, row in after.spans.items():
        old = before.spans.get(uid)
        if row and (old is None or old["fragments"] != row["fragments"]):
            keep_out_of_zones(annotation_set.article, fragments_from(row["fragments"]))


def _event(
    annotation_set: AnnotationSet, on_top: int | None, seen: int | None, *, none: str
) -> Event:
    """The event on top of a stack; Stale if there is none, or not the one that was seen."""
    if on_top is None:
        raise Stale(none)
    if seen not in (None, on_top):
        raise Stale(_("There have been other changes since. Look at it as it is now."))
    return Event.objects.of_article(annotation_set.article.uid).get(number=on_top)


def _state(event: Event, logged: dict[str, Rows] | None) -> State:
    """What an event tells as a state, its object first: PostgreSQL forgets the order of keys."""
    rows = logged or {}
    spans, links = (
        dict(sorted(rows.get(name, {}).items(), key=lambda pair: pair[0] != str(event.object_uid)))
        for name in ("spans", "links")
    )
    return State(spans, links)
