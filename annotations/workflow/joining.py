"""The annotator's verbs on links: link, unlink, relay; and how a new span joins a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Person, Span, reading_around
from annotations.scheme import LinkValue, Reading, claim_of, fault_of_link, leads_back
from annotations.text.offsets import Fragment, Fragments, envelope, touches
from annotations.text.sentences import sentence_at
from annotations.workflow.changing import Changed, Row, Rows, State, changed, link_rows, opened
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
def link(annotation_set: AnnotationSet, *, by: Person, ends: Ends) -> Changed:
    """Join two spans, or a span and an implicit source."""
    current = opened(annotation_set, by=by)
    ends = _as_they_are(current, ends)
    _check(current, ends)
    uid = str(uuid4())
    target = str(ends.to_span.uid) if ends.to_span else None
    row = _row(ends.type, str(ends.from_span.uid), target)
    row |= {
        "implicit": ends.implicit,
        "cue": str(ends.cue.uid) if ends.cue else None,
        "negated": ends.negated,
    }
    return changed(
        current, "link", by=by, before=State({}, {uid: None}), after=State({}, {uid: row})
    )


@transaction.atomic
def unlink(link: Link, *, by: Person) -> Changed:
    """Take a link away; its spans stay."""
    current, _link, rows = _opened_link(link, by=by)
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
    current, link, rows = _opened_link(link, by=by)
    teller = _teller_before(current, link)
    if teller is None or link.to_span is None:
        raise Unfit(_("There is no other source whose words it could pass on."))
    _check(current, Ends("relayed_by", teller, link.to_span))
    old = rows[str(link.uid)] or {}
    uid = str(uuid4())
    kept = {key: old[key] for key in ("cue", "negated")}
    row = _row("relayed_by", str(teller.uid), str(link.to_span.uid)) | kept
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
    current, _link, rows = _opened_link(link, by=by)
    after: Rows = {uid: row and row | {"negated": negated} for uid, row in rows.items()}
    if rows == after:
        raise Unfit(_("It has this value already."))
    return changed(current, "negate", by=by, before=State({}, rows), after=State({}, after))


def links_to_claim(
    annotation_set: AnnotationSet, claim: ClaimAnnotation | None, tag: str, uid: str
) -> tuple[Rows, Rows]:
    """The links before and after a span of this tag joins a claim; none without a claim.

    A source says it, evidence supports it, a cue goes to the first step of its chains that has
    none yet; without one the cue stays loose. Raises Stale if the claim is gone.
    """
    if claim is None:
        return {}, {}
    known = ClaimAnnotation.objects.select_related("allegation").filter(pk=claim.pk).first()
    if known is None:
        raise Stale(_("That claim is gone. Select the words again without it."))
    claim = known
    if claim.annotation_set_id != annotation_set.pk:
        raise Unfit(_("That claim belongs to another annotation set."))
    allegation = str(claim.allegation.uid)
    if tag == "source":
        return _joined(annotation_set, _row("attributed_to", allegation, uid))
    if tag == "evidence":
        return _joined(annotation_set, _row("supports", uid, allegation))
    if tag == "cue":
        return _cued(annotation_set, claim, uid)
    return {}, {}


def links_of_loose(
    annotation_set: AnnotationSet, fragments: Fragments, uid: str
) -> tuple[Rows, Rows]:
    """The links before and after a new allegation takes what lies loose in its sentences.

    Sources say it, evidence supports it, and each cue in turn goes to the next of these links.
    What overlaps the allegation belongs to what is said, not to who says it.
    """
    text = annotation_set.article.text
    start, end = envelope(fragments)
    stretch = Fragment(sentence_at(text, start).start, sentence_at(text, end - 1).end)
    near = Span.objects.filter(
        annotation_set=annotation_set, start__gte=stretch.start, end__lte=stretch.end
    ).loose()
    loose = [one for one in near if not any(touches(fragments, part) for part in one.fragments)]
    rows = [_row("attributed_to", uid, str(one.uid)) for one in loose if one.tag == "source"]
    rows += [_row("supports", str(one.uid), uid) for one in loose if one.tag == "evidence"]
    cues = [str(one.uid) for one in loose if one.tag == "cue"]
    after = {str(uuid4()): row | {"cue": cue} for row, cue in zip_longest(rows, cues[: len(rows)])}
    return dict.fromkeys(after), {**after}


def _joined(annotation_set: AnnotationSet, row: Row) -> tuple[Rows, Rows]:
    """The new link, unless the two spans are joined so already."""
    exists = Link.objects.filter(
        annotation_set=annotation_set,
        type=row["type"],
        from_span__uid=row["from"],
        to_span__uid=row["to"],
    ).exists()
    if exists:
        return {}, {}
    uid = str(uuid4())
    return {uid: None}, {uid: row}


def _cued(annotation_set: AnnotationSet, claim: ClaimAnnotation, uid: str) -> tuple[Rows, Rows]:
    reading = reading_around(annotation_set, [claim.allegation_id])
    whole = claim_of(reading, reading.span_of[claim.allegation_id])
    steps = [step for attribution in whole.attributions for step in attribution.steps]
    bare = next((step.link.key for step in steps if step.cue is None), None)
    if bare is None:
        return {}, {}
    before = link_rows(Link.objects.filter(pk=bare))
    return before, {key: row and row | {"cue": uid} for key, row in before.items()}


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


def _opened_link(link: Link, *, by: Person) -> tuple[AnnotationSet, Link, Rows]:
    """The set and the link as they are now, and the link as the log keeps it."""
    current = opened(link.annotation_set, by=by)
    fresh = Link.objects.select_related("to_span").filter(pk=link.pk).first()
    if fresh is None:
        raise Stale(_("This link is gone already."))
    return current, fresh, link_rows([fresh])


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


def _row(link_type: str, from_uid: str, to_uid: str | None) -> Row:
    return {
        "type": link_type,
        "from": from_uid,
        "to": to_uid,
        "implicit": "",
        "cue": None,
        "negated": False,
        "group": "",
    }
