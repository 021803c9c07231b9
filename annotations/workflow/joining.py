"""The annotator's verbs on links: link, unlink, relay, negate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Person, Span, reading_around
from annotations.scheme import LinkValue, Reading, claim_of, fault_of_link, leads_back
from annotations.workflow.belonging import link_of
from annotations.workflow.changing import Changed, Rows, State, changed, link_rows, opened
from annotations.workflow.opening import claim_now, opened_link
from annotations.workflow.refusals import Stale, Unfit

FAMILIES = (("relayed_by",), ("supports", "refutes"))


@dataclass(frozen=True, slots=True)
class Ends:
    """What a link joins: a span to a span or to an implicit source, perhaps with a cue."""

    type: str
    from_span: Span
    to_span: Span | None = None
    implicit: str = ""
    cue: Span | None = None
    negated: bool = False


@transaction.atomic
def link(
    annotation_set: AnnotationSet,
    *,
    by: Person,
    ends: Ends,
    claim: ClaimAnnotation | None = None,
) -> Changed:
    """Join two spans, or a span and an implicit source.

    Where a claim has both sources of a `relayed_by`, its own link to the one who passes it on gives
    way: its cue and its negation go over to the new link.
    """
    current = opened(annotation_set, by=by)
    ends = _as_they_are(current, ends)
    _check(current, ends)
    old = _direct_links(current, ends, claim) if claim and ends.type == "relayed_by" else Rows()
    kept = next((row for row in old.values() if row), {"cue": None, "negated": False})
    uid = str(uuid4())
    target = str(ends.to_span.uid) if ends.to_span else None
    row = link_of(ends.type, str(ends.from_span.uid), target)
    row |= {
        "implicit": ends.implicit,
        "cue": str(ends.cue.uid) if ends.cue else kept["cue"],
        "negated": ends.negated or kept["negated"],
    }
    return changed(
        current,
        "link",
        by=by,
        before=State({}, {uid: None, **old}),
        after=State({}, {uid: row, **dict.fromkeys(old)}),
    )


@transaction.atomic
def unlink(link: Link, *, by: Person) -> Changed:
    """Take a link away; its spans stay."""
    current, _link, rows = opened_link(link, by=by)
    return changed(
        current,
        "unlink",
        by=by,
        before=State({}, rows),
        after=State({}, dict.fromkeys(rows)),
    )


@transaction.atomic
def relay(link: Link, *, by: Person) -> Changed:
    """Make a source of a claim the one who passes on what the claim's source before it said.

    "Several sources" and "Jones", both attributed, become several sources > Jones: the link
    allegation → Jones gives way to several sources → Jones, with its cue.
    """
    current, link, rows = opened_link(link, by=by)
    teller = _teller_before(current, link)
    if teller is None or link.to_span is None:
        raise Unfit(_("There is no other source whose words it could pass on."))
    _check(current, Ends("relayed_by", teller, link.to_span))
    old = rows[str(link.uid)] or {}
    uid = str(uuid4())
    kept = {key: old[key] for key in ("cue", "negated")}
    row = link_of("relayed_by", str(teller.uid), str(link.to_span.uid)) | kept
    return changed(
        current,
        "link",
        by=by,
        before=State({}, {uid: None, **rows}),
        after=State({}, {uid: row, **dict.fromkeys(rows)}),
    )


@transaction.atomic
def negate(link: Link, *, by: Person, negated: bool) -> Changed:
    """Say that the source is told *not* to have said it (PDTB's scopal negation), or take it back."""
    current, _link, rows = opened_link(link, by=by)
    after: Rows = {uid: row and row | {"negated": negated} for uid, row in rows.items()}
    if rows == after:
        raise Unfit(_("It has this value already."))
    return changed(current, "negate", by=by, before=State({}, rows), after=State({}, after))


def _as_they_are(annotation_set: AnnotationSet, ends: Ends) -> Ends:
    """The same ends, their spans read anew now that the set is locked."""
    spans = [one for one in (ends.from_span, ends.to_span, ends.cue) if one]
    if any(one.annotation_set_id != annotation_set.pk for one in spans):
        raise Unfit(_("Both passages of a link belong to the same annotation set."))
    known = Span.objects.in_bulk([one.pk for one in spans])
    if any(one.pk not in known for one in spans):
        raise Stale(_("A passage of this link is gone. Look at it as it is now."))
    return replace(
        ends,
        from_span=known[ends.from_span.pk],
        to_span=known[ends.to_span.pk] if ends.to_span else None,
        cue=known[ends.cue.pk] if ends.cue else None,
    )


def _check(annotation_set: AnnotationSet, ends: Ends) -> None:
    """Refuse what rules V8 and V9 refuse on save."""
    spans = [one.value for one in (ends.from_span, ends.to_span, ends.cue) if one]
    value = LinkValue(
        0,
        ends.type,
        ends.from_span.pk,
        ends.to_span.pk if ends.to_span else None,
        ends.implicit,
        ends.cue.pk if ends.cue else None,
    )
    if fault := fault_of_link(Reading(tuple(spans), ()), value):
        raise Unfit(_(fault))
    alike = Link.objects.filter(type=ends.type, from_span=ends.from_span)
    if ends.type == "relayed_by" and alike.exclude(to_span=ends.to_span).exists():
        raise Unfit(_("Somebody else passes on what this source said. Take that link away first."))
    if alike.filter(to_span=ends.to_span, implicit=ends.implicit).exists():
        raise Unfit(_("These two are linked so already."))
    end = ends.to_span.pk if ends.to_span else None
    if end is not None and _would_circle(annotation_set, ends.type, ends.from_span.pk, end):
        raise Unfit(_("These links would run in a circle."))


def _would_circle(annotation_set: AnnotationSet, link_type: str, start: int, end: int) -> bool:
    """Whether a link start → end would close a circle within its family of links (V9)."""
    family = next((one for one in FAMILIES if link_type in one), None)
    if family is None:
        return False
    targets: dict[int, set[int]] = {start: {end}}
    frontier = {end}
    while frontier:
        pairs = Link.objects.filter(
            annotation_set=annotation_set, type__in=family, from_span__in=frontier
        ).values_list("from_span", "to_span")
        frontier = set()
        for origin, target in pairs:
            if target and target not in targets.setdefault(origin, set()):
                targets[origin].add(target)
                frontier.add(target)
    return leads_back(targets, start)


def _direct_links(annotation_set: AnnotationSet, ends: Ends, claim: ClaimAnnotation) -> Rows:
    """The links by which a claim goes straight to who passes it on, beside the source itself."""
    known = claim_now(annotation_set, claim)
    if known is None or ends.to_span is None:
        return {}
    reading = reading_around(annotation_set, [known.pk])
    told = claim_of(reading, reading.span_of[known.pk])
    found = set()
    for attributions in (told.attributions, *(one.attributions for one in told.grounds)):
        holders = {step.span.key for one in attributions for step in one.steps if step.span}
        direct = [one.link for one in attributions if one.link.to_key == ends.to_span.pk]
        if ends.from_span.pk in holders:
            found |= {link.key for link in direct}
    return link_rows(Link.objects.filter(pk__in=found))


def _teller_before(annotation_set: AnnotationSet, link: Link) -> Span | None:
    """The last holder of the nearest chain before this link's that ends with somebody else."""
    if link.type != "attributed_to":
        return None
    reading = reading_around(annotation_set, [link.from_span_id])
    whole = claim_of(reading, reading.span_of[link.from_span_id])
    tellers = [
        attribution.steps[-1].span.key
        for attribution in whole.attributions
        if attribution.link.key < link.pk and attribution.steps[-1].span
    ]
    others = [key for key in tellers if key != link.to_span_id]
    return Span.objects.get(pk=others[-1]) if others else None
