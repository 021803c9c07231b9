"""Bringing in annotations made elsewhere: in bulk, all or nothing.

One event per annotation set, with counts and a digest of what it brought, stands for all its spans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Event, Link, Person, Span
from annotations.models.link import LONGEST_GROUP
from annotations.models.span import MAX_FRAGMENTS
from annotations.permissions import why_not_manage
from annotations.scheme import (
    TAG_OF,
    LinkValue,
    Reading,
    SpanValue,
    fault_of_attributes,
    fault_of_link,
    link_findings,
    warnings_of,
)
from annotations.text.offsets import Fragment, Fragments, fault_of, quote_of, touches
from annotations.text.quotes import quote_type_of
from annotations.workflow.describing import worded
from annotations.workflow.log import record
from annotations.workflow.refusals import Unfit, forbid


@dataclass(frozen=True, slots=True)
class Passage:
    """A span to bring in: its key within the import, tag, fragments (code points) and quote."""

    key: str
    tag: str
    fragments: Fragments
    quote: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to bring in, its ends named by the keys of passages."""

    type: str
    from_key: str
    to_key: str | None = None
    implicit: str = ""
    cue_key: str | None = None
    negated: bool = False
    group: str = ""
    uid: UUID | None = None


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

    Raises Unfit for the first passage or relation that does not fit, naming it.
    """
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    forbid(why_not_manage(by, article.project))
    mine = {"article": article, "annotator": annotator, "kind": AnnotationSet.Kind.INDIVIDUAL}
    if AnnotationSet.objects.filter(**mine).exists():
        raise Unfit(_("%(name)s has annotated this article already.") % {"name": annotator})
    reading, keys = _as_reading(article.text, passages, relations)
    _keep_out_of_zones(article, passages)
    _refuse_taken_uids(passages, relations)
    annotation_set = AnnotationSet.objects.create(project=article.project, **mine)
    spans = _store_spans(annotation_set, passages, reading)
    links = _store_links(annotation_set, relations, spans, keys)
    _store_claims(annotation_set, reading, spans)
    told = {
        "spans": len(spans),
        "links": len(links),
        "sha256": _digest(reading),
        "annotator": annotator.username,
    }
    record(annotation_set, "import", by=by, after=told)
    return annotation_set


def is_in(
    article: Article,
    *,
    annotator: Person,
    passages: Sequence[Passage],
    relations: Sequence[Relation],
) -> bool:
    """Whether exactly this has been brought in before, whatever became of it since."""
    known = AnnotationSet.objects.filter(
        article=article, annotator=annotator, kind=AnnotationSet.Kind.INDIVIDUAL
    ).first()
    event = known and Event.objects.filter(annotation_set_uid=known.uid, verb="import").first()
    if not event:
        return False
    reading, _keys = _as_reading(article.text, passages, relations)
    return bool(event.after and event.after["sha256"] == _digest(reading))


def _as_reading(
    text: str, passages: Sequence[Passage], relations: Sequence[Relation]
) -> tuple[Reading, dict[str, int]]:
    """The import as plain values, keyed by position, once every part has been checked."""
    keys: dict[str, int] = {}
    spans, numbers = [], dict[str, int]()
    for passage in passages:
        _check_passage(text, passage)
    order = sorted(passages, key=lambda one: (one.fragments[0].start, -one.fragments[-1].end))
    for index, passage in enumerate(order):
        if passage.key in keys:
            raise Unfit(_("The id %(key)s is used twice.") % {"key": passage.key})
        keys[passage.key] = index
        numbers[passage.tag] = numbers.get(passage.tag, 0) + 1
        spans.append(
            SpanValue(
                index,
                passage.tag,
                passage.fragments,
                passage.quote,
                _attributes(text, passage),
                numbers[passage.tag],
            )
        )
    if len({(span.tag, span.fragments) for span in spans}) < len(spans):
        raise Unfit(_("Two passages have the same tag and the same offsets."))
    links = [_as_link(index, relation, keys) for index, relation in enumerate(relations)]
    reading = Reading(tuple(spans), tuple(links))
    for relation, link in zip(relations, links, strict=True):
        if fault := fault_of_link(reading, link):
            raise Unfit(f"{relation.type} {relation.from_key} → {relation.to_key}: {_(fault)}")
    if finding := next(link_findings(reading), None):
        raise Unfit(f"{order[finding.span.key].key}: {_(finding.message)}")
    return reading, keys


def _check_passage(text: str, passage: Passage) -> None:
    """Refuse what rules V1 and V17 refuse on save.

    Of V2 only white space is refused here: corpora tag lone colons and dashes as cues, and the
    rule tells of them before submit.
    """
    if passage.tag not in TAG_OF:
        raise Unfit(
            _("%(key)s: There is no tag “%(tag)s”.") % {"key": passage.key, "tag": passage.tag}
        )
    fault = fault_of(passage.fragments, length=len(text)) or fault_of_attributes(
        passage.tag, {key: value for key, value in passage.attributes.items() if value}
    )
    if fault:
        raise Unfit(f"{passage.key}: {fault}")
    if len(passage.fragments) > MAX_FRAGMENTS or not passage.quote.strip():
        raise Unfit(
            _("%(key)s: A passage has words, in at most %(most)d parts.")
            % {"key": passage.key, "most": MAX_FRAGMENTS}
        )
    if quote_of(text, passage.fragments) != passage.quote:
        raise Unfit(
            _("%(key)s quotes “%(quote)s”, but the text has “%(text)s” at its offsets.")
            % {
                "key": passage.key,
                "quote": passage.quote,
                "text": quote_of(text, passage.fragments),
            }
        )


def _keep_out_of_zones(article: Article, passages: Sequence[Passage]) -> None:
    zones = [Fragment(one.start, one.end) for one in article.zones.filter(active=True)]
    for passage in passages:
        if any(touches(passage.fragments, zone) for zone in zones):
            raise Unfit(
                _("%(key)s lies in boilerplate, which is not annotated.") % {"key": passage.key}
            )


def _refuse_taken_uids(passages: Sequence[Passage], relations: Sequence[Relation]) -> None:
    """An id names one span or link for ever, in whatever project it lies."""
    for model, parts in ((Span, passages), (Link, relations)):
        uids = [part.uid for part in parts if part.uid]
        taken = set(model.objects.filter(uid__in=uids).values_list("uid", flat=True))
        for uid in uids:
            if uid in taken:
                raise Unfit(_("The id %(key)s is used already.") % {"key": uid})
            taken.add(uid)


def _attributes(text: str, passage: Passage) -> dict[str, str]:
    given = {key: worded(value) for key, value in passage.attributes.items() if value.strip()}
    if passage.tag == "allegation" and "quote_type" not in given:
        given["quote_type"] = quote_type_of(text, passage.fragments)
    return given


def _as_link(index: int, relation: Relation, keys: Mapping[str, int]) -> LinkValue:
    if len(relation.group) > LONGEST_GROUP:
        raise Unfit(_("The group “%(group)s” is too long.") % {"group": relation.group})
    for key in (relation.from_key, relation.to_key, relation.cue_key):
        if key is not None and key not in keys:
            raise Unfit(_("A link names %(key)s, which is not among the spans.") % {"key": key})
    return LinkValue(
        index,
        relation.type,
        keys[relation.from_key],
        None if relation.to_key is None else keys[relation.to_key],
        relation.implicit,
        None if relation.cue_key is None else keys[relation.cue_key],
        relation.negated,
        worded(relation.group),
    )


def _store_spans(
    annotation_set: AnnotationSet, passages: Sequence[Passage], reading: Reading
) -> list[Span]:
    uids = {(one.tag, one.fragments): one.uid for one in passages}
    rows = [
        Span(
            uid=uids[value.tag, value.fragments] or uuid4(),
            annotation_set=annotation_set,
            tag=value.tag,
            number=value.number,
            fragments=value.fragments,
            start=value.start,
            end=value.end,
            text=value.text,
            attributes=dict(value.attributes),
            origin=Span.Origin.IMPORT,
        )
        for value in reading.spans
    ]
    return Span.objects.bulk_create(rows, batch_size=500)


def _store_links(
    annotation_set: AnnotationSet,
    relations: Sequence[Relation],
    spans: Sequence[Span],
    keys: Mapping[str, int],
) -> list[Link]:
    rows = [
        Link(
            uid=one.uid or uuid4(),
            annotation_set=annotation_set,
            type=one.type,
            from_span=spans[keys[one.from_key]],
            to_span=None if one.to_key is None else spans[keys[one.to_key]],
            implicit=one.implicit,
            cue=None if one.cue_key is None else spans[keys[one.cue_key]],
            negated=one.negated,
            group=worded(one.group),
        )
        for one in relations
    ]
    return Link.objects.bulk_create(rows, batch_size=500)


def _store_claims(annotation_set: AnnotationSet, reading: Reading, spans: Sequence[Span]) -> None:
    annotator = annotation_set.annotator
    rows = [
        ClaimAnnotation(
            allegation=spans[value.key],
            annotation_set=annotation_set,
            project=annotation_set.project,
            author=annotator,
            changed_by=annotator,
            warnings=" ".join(warnings_of(reading, value)),
        )
        for value in reading.tagged("allegation")
    ]
    ClaimAnnotation.objects.bulk_create(rows, batch_size=500)


def _digest(reading: Reading) -> str:
    """SHA-256 of the spans and links brought in, as canonical JSON."""
    told = [[asdict(one) for one in reading.spans], [asdict(one) for one in reading.links]]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
