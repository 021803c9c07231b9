"""Bringing in articles and annotations made elsewhere: in bulk, all or nothing.

One event per article and one per annotation set, with counts and a digest of what it brought,
stand for all their rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from annotations.models import (
    AnnotationSet,
    Article,
    ClaimAnnotation,
    Event,
    Link,
    Person,
    Project,
    Span,
    Zone,
)
from annotations.permissions import why_not_manage
from annotations.scheme import warnings_of
from annotations.states import ClaimState
from annotations.text.offsets import Fragment
from annotations.workflow.fitting import Fitted, Passage, Relation, fitted_to, zone_faults
from annotations.workflow.inserting import Row, insert
from annotations.workflow.intake import intake_told
from annotations.workflow.log import Happening, State, events_of, record
from annotations.workflow.refusals import Unfit, forbid

__all__ = ["Lot", "Passage", "Relation", "annotated_already", "bring_in", "store", "taken_ids"]

BATCH = 500
SPAN_FIELDS = (
    *("uid", "annotation_set_id", "tag", "number", "fragments", "start", "end", "text"),
    *("attributes", "origin", "version"),
)
LINK_FIELDS = (
    *("uid", "annotation_set_id", "type", "from_span_id", "to_span_id", "implicit", "cue_id"),
    *("negated", "group"),
)
CLAIM_FIELDS = (
    *("allegation_id", "annotation_set_id", "project_id", "author_id", "changed_by_id", "state"),
    *("reasons", "note", "warnings", "version"),
)


def annotated_already(annotator: object) -> str:
    """Why nobody's annotations of an article come in twice."""
    reason = _("%(name)s has annotated this article already. Leave these out: what is there stays.")
    return reason % {"name": annotator}


@dataclass(slots=True)
class Lot:
    """An article with all that comes with it: new, with its zones, or one that is there already."""

    article: Article
    zones: tuple[Zone, ...]
    sets: list[tuple[Person, Fitted]]

    @property
    def is_new(self) -> bool:
        """Whether the article is still to be stored."""
        return self.article.pk is None


@transaction.atomic
def bring_in(
    article: Article,
    *,
    annotator: Person,
    passages: Sequence[Passage],
    relations: Sequence[Relation],
    by: Person,
) -> AnnotationSet:
    """Store a whole annotation set made elsewhere, all or nothing, with one event.

    Raises Misfits, an Unfit, that names all that does not fit.
    """
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    forbid(why_not_manage(by, article.project))
    mine = {"article": article, "annotator": annotator, "kind": AnnotationSet.Kind.INDIVIDUAL}
    if AnnotationSet.objects.filter(**mine).exists():
        raise Unfit(annotated_already(annotator))
    fitted = fitted_to(article.text, passages, relations)
    zones = [Fragment(one.start, one.end) for one in article.zones.filter(active=True)]
    for fault in zone_faults(passages, zones):
        raise Unfit(fault.reason)
    _refuse_taken_ids(fitted)
    annotation_set = AnnotationSet.objects.create(project=article.project, **mine)
    _store_rows([(annotation_set, fitted)])
    record(annotation_set, "import", by=by, after=_told(annotator, fitted))
    return annotation_set


@transaction.atomic
def store(project: Project, lots: Sequence[Lot], *, by: Person) -> None:
    """Store articles, zones and annotation sets, with the events they owe.

    The caller has locked the project and the articles that are there, and made sure that all of
    it fits: no new text is in the project, no annotator has a set of the article, no id is taken.
    """
    forbid(why_not_manage(by, project))
    sets = [
        (AnnotationSet(project=project, article=lot.article, annotator=annotator), fitted)
        for lot in lots
        for annotator, fitted in lot.sets
    ]
    waiting = iter(sets)
    events = [
        event for lot in lots for event in events_of(lot.article, _happenings(lot, waiting), by=by)
    ]
    new = [lot for lot in lots if lot.is_new]
    Article.objects.bulk_create([lot.article for lot in new], batch_size=BATCH)
    Zone.objects.bulk_create([zone for lot in new for zone in lot.zones], batch_size=BATCH)
    AnnotationSet.objects.bulk_create([one for one, _fitted in sets], batch_size=BATCH)
    _store_rows(sets)
    Event.objects.bulk_create(events, batch_size=BATCH)


def wait_longer() -> None:
    """Let a transaction wait longer for locks than a page does: another import may be at work.

    To SQLite its one writer is no lock; how long it waits is in the settings.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A statement that waits is at work; both limits end with the transaction.
            cursor.execute("SET LOCAL lock_timeout = '2min'; SET LOCAL statement_timeout = '3min'")


def taken_ids(fitted: Sequence[Fitted]) -> set[UUID]:
    """The ids among those given that spans or links have already, in whatever project."""
    taken: set[UUID] = set()
    for one in fitted:
        spans = [uid for uid in one.span_uids if uid]
        links = [uid for uid in one.link_uids if uid]
        for start in range(0, len(spans), BATCH):
            found = Span.objects.filter(uid__in=spans[start : start + BATCH])
            taken |= set(found.values_list("uid", flat=True))
        for start in range(0, len(links), BATCH):
            joined = Link.objects.filter(uid__in=links[start : start + BATCH])
            taken |= set(joined.values_list("uid", flat=True))
    return taken


def _refuse_taken_ids(fitted: Fitted) -> None:
    """An id names one span or link for ever, in whatever project it lies."""
    taken = taken_ids([fitted])
    for uids in (fitted.span_uids, fitted.link_uids):
        seen = set(taken)
        for uid in uids:
            if uid in seen:
                raise Unfit(_("The id %(key)s is used already.") % {"key": uid})
            if uid:
                seen.add(uid)


def _store_rows(sets: Sequence[tuple[AnnotationSet, Fitted]]) -> None:
    """Store spans, links and claims of annotation sets that are stored themselves."""
    insert(Span, SPAN_FIELDS, chain.from_iterable(_span_rows(one, fitted) for one, fitted in sets))
    keys: dict[tuple[int, str, int], int] = {}
    for start in range(0, len(sets), BATCH):
        some = [annotation_set for annotation_set, _fitted in sets[start : start + BATCH]]
        stored = Span.objects.filter(annotation_set__in=some).order_by()
        for set_id, tag, number, key in stored.values_list(
            "annotation_set_id", "tag", "number", "pk"
        ):
            keys[set_id, tag, number] = key
    links, claims = list[Row](), list[Row]()
    for annotation_set, fitted in sets:
        known = [keys[annotation_set.pk, one.tag, one.number] for one in fitted.reading.spans]
        links += _link_rows(annotation_set, fitted, known)
        claims += _claim_rows(annotation_set, fitted, known)
    insert(Link, LINK_FIELDS, links)
    insert(ClaimAnnotation, CLAIM_FIELDS, claims)


def _span_rows(annotation_set: AnnotationSet, fitted: Fitted) -> Iterator[Row]:
    for value, uid in zip(fitted.reading.spans, fitted.span_uids, strict=True):
        yield (
            uid or uuid4(),
            annotation_set.pk,
            value.tag,
            value.number,
            value.fragments,
            value.start,
            value.end,
            value.text,
            value.attributes,
            Span.Origin.IMPORT.value,
            1,
        )


def _link_rows(annotation_set: AnnotationSet, fitted: Fitted, keys: Sequence[int]) -> Iterator[Row]:
    for value, uid in zip(fitted.reading.links, fitted.link_uids, strict=True):
        yield (
            uid or uuid4(),
            annotation_set.pk,
            value.type,
            keys[value.from_key],
            None if value.to_key is None else keys[value.to_key],
            value.implicit,
            None if value.cue_key is None else keys[value.cue_key],
            value.negated,
            value.group,
        )


def _claim_rows(
    annotation_set: AnnotationSet, fitted: Fitted, keys: Sequence[int]
) -> Iterator[Row]:
    annotator = annotation_set.annotator_id
    for value in fitted.reading.tagged("allegation"):
        yield (
            keys[value.key],
            annotation_set.pk,
            annotation_set.project_id,
            annotator,
            annotator,
            ClaimState.DRAFT.value,
            [],
            "",
            " ".join(warnings_of(fitted.reading, value)),
            1,
        )


def _told(annotator: Person, fitted: Fitted) -> State:
    return {
        "spans": len(fitted.reading.spans),
        "links": len(fitted.reading.links),
        "sha256": fitted.digest,
        "annotator": annotator.username,
    }


def _happenings(lot: Lot, waiting: Iterator[tuple[AnnotationSet, Fitted]]) -> Iterator[Happening]:
    """What the log tells of a lot, as if its parts had come in one by one."""
    if lot.is_new:
        yield Happening("import", intake_told(lot.article, len(lot.zones)))
    for zone in lot.zones:
        if not zone.active:
            place = [zone.start, zone.end]
            before = {"zone": place, "active": True}
            yield Happening("lift", {"zone": place, "active": False}, before)
    for _set in lot.sets:
        annotation_set, fitted = next(waiting)
        told = _told(annotation_set.annotator, fitted)
        yield Happening("import", told, annotation_set=annotation_set)
