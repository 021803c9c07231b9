"""The one place that writes spans and links: a change is a state before and a state after.

A verb decides both, `changed()` writes the difference, brings the claims concerned up to date and
appends one event that holds the two states. Undo is therefore the same change with its states
swapped. Spans and links are named by uid; a missing row is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Article, Event, Link, Person, Span
from annotations.models.span import fragments_from, written
from annotations.permissions import why_not_annotate
from annotations.text.offsets import Fragment
from annotations.workflow.log import record
from annotations.workflow.refusals import Stale, forbid
from annotations.workflow.settling import finish_if_decided, settle

ELSEWHERE = UUID(int=0)
"""Stands for a span that neither state names: a link that ends there has been changed since."""

Row = dict[str, Any]
Rows = dict[str, Row | None]


@dataclass(frozen=True, slots=True)
class State:
    """Spans and links by uid, each as a row of plain values or None where there is none."""

    spans: Rows
    links: Rows

    def as_json(self) -> dict[str, Rows]:
        """The state as the log keeps it."""
        return {"spans": self.spans, "links": self.links}


@dataclass(frozen=True, slots=True)
class Changed:
    """What a verb did: the set as it is now, and where the page has to be drawn anew.

    `stretches` are code points of the article's text; `claims` are primary keys of claims (that
    is, of their allegations), `made` those of them that are new, `gone` those that are no more;
    `spans` have been written, those of `erased` deleted.
    """

    annotation_set: AnnotationSet
    verb: str
    span: Span | None = None
    spans: tuple[Span, ...] = ()
    erased: tuple[int, ...] = ()
    stretches: tuple[Fragment, ...] = ()
    claims: tuple[int, ...] = ()
    made: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def opened(annotation_set: AnnotationSet, *, by: Person) -> AnnotationSet:
    """The set as it is now, locked until the transaction ends; Forbidden if `by` may not write."""
    current = AnnotationSet.objects.locked().get(pk=annotation_set.pk)
    forbid(why_not_annotate(by, current))
    return current


def changed(
    annotation_set: AnnotationSet, verb: str, *, by: Person, before: State, after: State
) -> Changed:
    """Write a person's change, log it and put it on top of the undo stack."""
    outcome = write(annotation_set, verb, by=by, before=before, after=after, is_first=True)
    finish_if_decided(annotation_set)
    event = log_change(
        annotation_set, verb, by=by, before=before, after=after, below=annotation_set.undo_top
    )
    if annotation_set.annotator_id == by.pk:
        annotation_set.undo_top, annotation_set.redo_top = event.number, None
    touch(annotation_set)
    return outcome


def write(
    annotation_set: AnnotationSet,
    verb: str,
    *,
    by: Person,
    before: State,
    after: State,
    is_first: bool = False,
) -> Changed:
    """Turn the rows of `before` into those of `after`; Stale if they are no longer as `before`.

    When a change is made for the first time its new rows have ids that no row has had, so nobody
    looks for them.
    """
    present, links = _present(annotation_set, before, after, is_first=is_first)
    _compare(before, present, links)
    spans = {uid: present[uid] for uid in before.spans | after.spans if uid in present}
    old = {span.pk for span in spans.values()}
    old_claims = {span.pk for span in spans.values() if span.tag == "allegation"}
    stretches = [part for span in spans.values() for part in span.fragments]
    touched = old | _ends(links.values())
    Link.objects.filter(pk__in=[links[uid].pk for uid in links if not after.links[uid]]).delete()
    Span.objects.filter(pk__in=[spans[uid].pk for uid in spans if not after.spans[uid]]).delete()
    new = {
        uid: _write_span(annotation_set, uid, row, spans.get(uid))
        for uid, row in after.spans.items()
        if row
    }
    now = list(new.values())
    left = {uid: one.pk for uid, one in (present | new).items() if after.spans.get(uid, one)}
    now_linked = [
        _write_link(annotation_set, uid, row, links.get(uid), keys=left)
        for uid, row in after.links.items()
        if row
    ]
    new_claims = {span.pk for span in now if span.tag == "allegation"}
    made, gone = tuple(sorted(new_claims - old_claims)), tuple(sorted(old_claims - new_claims))
    touched |= {span.pk for span in now} | _ends(now_linked)
    return Changed(
        annotation_set,
        verb,
        span=now[0] if now else None,
        spans=tuple(now),
        erased=tuple(sorted(old - {span.pk for span in now})),
        stretches=tuple(sorted({*stretches, *(part for span in now for part in span.fragments)})),
        claims=settle(annotation_set, touched, made=made, gone=gone, by=by),
        made=made,
        gone=gone,
    )


def log_change(
    annotation_set: AnnotationSet,
    verb: str,
    *,
    by: Person,
    before: State,
    after: State,
    below: int | None,
    target: int | None = None,
) -> Event:
    """Append the change to the log; the object it names is its first span, else its first link."""
    uid = next(iter([*after.spans, *before.spans, *after.links, *before.links]))
    return record(
        annotation_set,
        verb,
        by=by,
        object_uid=UUID(uid),
        before=before.as_json(),
        after={**after.as_json(), "annotation_set": annotation_set.state},
        target=target,
        below=below,
    )


def touch(annotation_set: AnnotationSet) -> None:
    """Store the set's stacks and next version, and the time of the change on set and article."""
    annotation_set.version += 1
    annotation_set.changed_at = timezone.now()
    Article.objects.filter(pk=annotation_set.article_id).update(
        changed_at=annotation_set.changed_at
    )
    annotation_set.save(update_fields=["version", "changed_at", "undo_top", "redo_top", "state"])


def span_row(span: Span) -> Row:
    """A span as the log keeps it."""
    return {
        "id": span.pk,
        "tag": span.tag,
        "number": span.number,
        "fragments": written(span.fragments),
        "text": span.text,
        "attributes": dict(span.attributes),
        "origin": span.origin,
    }


def link_row(link: Link, uids: Mapping[int, UUID]) -> Row:
    """A link as the log keeps it, its spans named by uid."""
    return {
        "id": link.pk,
        "type": link.type,
        "from": str(uids[link.from_span_id]),
        "to": str(uids[link.to_span_id]) if link.to_span_id else None,
        "implicit": link.implicit,
        "cue": str(uids[link.cue_id]) if link.cue_id else None,
        "negated": link.negated,
        "group": link.group,
    }


def link_rows(links: Iterable[Link]) -> Rows:
    """Links as the log keeps them, by uid. One query for the uids of their spans."""
    links = list(links)
    keys = {key for one in links for key in (one.from_span_id, one.to_span_id, one.cue_id) if key}
    uids = dict(Span.objects.filter(pk__in=keys).values_list("pk", "uid"))
    return {str(link.uid): link_row(link, uids) for link in links}


def next_number(annotation_set: AnnotationSet, tag: str) -> int:
    """The number the next span of this tag gets: numbers stay when other spans come or go."""
    spans = Span.objects.filter(annotation_set=annotation_set, tag=tag)
    return int(spans.aggregate(top=Max("number"))["top"] or 0) + 1


def _present(
    annotation_set: AnnotationSet, before: State, after: State, *, is_first: bool
) -> tuple[dict[str, Span], dict[str, Link]]:
    """The spans and links of two states that are there now, by uid; with them the links' ends."""
    rows = [row for state in (before, after) for row in state.links.values() if row]
    ends = {uid for row in rows for uid in (row["from"], row["to"], row["cue"]) if uid}
    spans, links = {*before.spans, *after.spans} | ends, {*before.links, *after.links}
    if is_first:
        new = {uid for uid, row in (before.spans | before.links).items() if row is None}
        spans, links = spans - new, links - new
    mine = {"annotation_set": annotation_set}
    found = Span.objects.filter(uid__in=spans, **mine) if spans else ()
    linked = Link.objects.filter(uid__in=links, **mine) if links else ()
    return {str(one.uid): one for one in found}, {str(one.uid): one for one in linked}


def _compare(before: State, spans: Mapping[str, Span], links: Mapping[str, Link]) -> None:
    """Refuse a change that rests on rows as they no longer are; numbers may differ."""
    uids = defaultdict(lambda: ELSEWHERE, {span.pk: span.uid for span in spans.values()})
    now: Rows = {uid: span_row(span) for uid, span in spans.items()}
    now |= {uid: link_row(link, uids) for uid, link in links.items()}
    for uid, row in (before.spans | before.links).items():
        if _without_number(now.get(uid)) != _without_number(row):
            raise Stale(_("This has been changed since. Look at it as it is now."))


def _without_number(row: Row | None) -> Row | None:
    return row and {key: value for key, value in row.items() if key not in ("number", "id")}


def _ends(links: Iterable[Link]) -> set[int]:
    return {end for link in links for end in (link.from_span_id, link.to_span_id) if end}


def _write_span(annotation_set: AnnotationSet, uid: str, row: Row, current: Span | None) -> Span:
    # A span that comes back by undo must not have a version that a page has seen before.
    span = current or Span(
        uid=UUID(uid),
        annotation_set=annotation_set,
        pk=row.get("id"),
        version=annotation_set.version,
    )
    fragments = fragments_from(row["fragments"])
    span.fragments, span.text = fragments, row["text"]
    span.start, span.end = fragments[0].start, fragments[-1].end
    span.attributes, span.origin = row["attributes"], row["origin"]
    span.number = _free_number(annotation_set, span, row)
    span.tag = row["tag"]
    if current:
        span.version += 1
    span.save(force_insert=current is None)
    row["id"], row["number"] = span.pk, span.number
    return span


def _free_number(annotation_set: AnnotationSet, span: Span, row: Row) -> int:
    """The number of the row, or the next one where the row has none or another span took it."""
    wanted = int(row["number"] or 0)
    if wanted and (span.number, span.tag) == (wanted, row["tag"]):
        return wanted
    others = Span.objects.filter(annotation_set=annotation_set, tag=row["tag"], number=wanted)
    if wanted and not others.exclude(pk=span.pk).exists():
        return wanted
    return next_number(annotation_set, row["tag"])


def _write_link(
    annotation_set: AnnotationSet,
    uid: str,
    row: Row,
    current: Link | None,
    *,
    keys: Mapping[str, int],
) -> Link:
    """Write a link; `keys` are the primary keys of the spans by uid."""
    if {name for name in (row["from"], row["to"], row["cue"]) if name} - keys.keys():
        raise Stale(_("A passage of this link is gone. Look at it as it is now."))
    link = current or Link(uid=UUID(uid), annotation_set=annotation_set, pk=row.get("id"))
    link.type, link.implicit = row["type"], row["implicit"]
    link.negated, link.group = row["negated"], row["group"]
    link.from_span_id = keys[row["from"]]
    link.to_span_id = keys[row["to"]] if row["to"] else None
    link.cue_id = keys[row["cue"]] if row["cue"] else None
    link.save(force_insert=current is None)
    row["id"] = link.pk
    return link
