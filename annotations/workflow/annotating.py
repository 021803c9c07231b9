"""The annotator's verbs on spans: tag, retag, remove, set attribute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import (
    AnnotationSet,
    ClaimAnnotation,
    Link,
    Person,
    Span,
    claims_around,
)
from annotations.models.span import written
from annotations.scheme import (
    LINK_TYPE_OF,
    TAG_OF,
    attribute_of,
    attributes_of,
    fault_of_attributes,
)
from annotations.text.offsets import Fragments, quote_of
from annotations.workflow.belonging import links_of_loose, links_to_claim
from annotations.workflow.changing import (
    Changed,
    Row,
    Rows,
    State,
    changed,
    link_rows,
    opened,
    span_row,
)
from annotations.workflow.describing import (
    described_anew,
    first_attributes,
    known_of_entity,
    mentions_of,
    worded,
)
from annotations.workflow.opening import opened_span
from annotations.workflow.passages import Passage, fitted
from annotations.workflow.refusals import Stale, Unfit


@transaction.atomic
def tag(
    annotation_set: AnnotationSet,
    *,
    by: Person,
    passage: Passage,
    tag: str,
    uid: UUID,
    claim: ClaimAnnotation | None = None,
) -> Changed:
    """Tag a passage; with a claim, link it to that claim in the same change.

    An allegation takes the loose sources, evidence and cues of its own sentence.

    `uid` is made by the client: the same one again changes nothing and answers the same row.
    A passage that has this tag already is linked instead, where a claim is given.
    """
    current = opened(annotation_set, by=by)
    if tag not in TAG_OF:
        raise Unfit(_("There is no tag “%(tag)s”.") % {"tag": tag})
    fragments = fitted(current.article, passage)
    repeated, twin = _alike(current, tag, fragments, uid)
    if repeated:
        return _answer_again(current, repeated, tag=tag, fragments=fragments)
    if twin and (claim is None or tag == "allegation"):
        raise Unfit(_("These words are tagged already: %(label)s.") % {"label": twin.label})
    before_spans, after_spans, name = _new_span(current, tag, fragments, uid, twin)
    if tag == "allegation":
        before_links, after_links = links_of_loose(current, fragments, name)
    else:
        before_links, after_links = links_to_claim(current, claim, tag, name, is_new=twin is None)
    if twin and before_links == after_links:
        raise Unfit(_("%(label)s belongs to this claim already.") % {"label": twin.label})
    outcome = changed(
        current,
        "tag" if not twin else "link",
        by=by,
        before=State(before_spans, before_links),
        after=State(after_spans, after_links),
    )
    return replace(outcome, span=twin) if twin else outcome


@transaction.atomic
def retag(span: Span, *, by: Person, tag: str, version: int) -> Changed:
    """Give a span another tag; links that the new tag cannot have go, attributes start anew."""
    current, span = opened_span(span, by=by, version=version)
    if tag not in TAG_OF or tag == span.tag:
        raise Unfit(_("Choose another tag."))
    if Span.objects.filter(annotation_set=current, tag=tag, fragments=span.fragments).exists():
        raise Unfit(_("The same words have that tag already."))
    row = span_row(span)
    fresh = first_attributes(current, tag, span.fragments)
    after = row | {"tag": tag, "number": None, "attributes": fresh}
    before_links, after_links = _links_after_retag(current, span, tag)
    return changed(
        current,
        "retag",
        by=by,
        before=State({str(span.uid): row}, before_links),
        after=State({str(span.uid): after}, after_links),
    )


@transaction.atomic
def remove(span: Span, *, by: Person, version: int) -> Changed:
    """Remove a span with its links; what only used it as a cue loses the cue."""
    current, span = opened_span(span, by=by, version=version)
    before_links = link_rows(_links_of(current, span))
    after_links: Rows = {
        uid: _without_cue(row, span) if row else None for uid, row in before_links.items()
    }
    return changed(
        current,
        "remove",
        by=by,
        before=State({str(span.uid): span_row(span)}, before_links),
        after=State({str(span.uid): None}, after_links),
    )


@transaction.atomic
def set_attributes(span: Span, *, by: Person, values: Mapping[str, str], version: int) -> Changed:
    """Set attributes; "" takes one back. A shared one (V14) goes to all mentions of the source."""
    current, span = opened_span(span, by=by, version=version)
    given = {key: worded(value) for key, value in values.items()}
    if fault := fault_of_attributes(
        span.tag, {key: value for key, value in given.items() if value}
    ):
        raise Unfit(fault)
    if unknown := [key for key in given if attribute_of(span.tag, key) is None]:
        raise Unfit(fault_of_attributes(span.tag, {unknown[0]: ""}))
    if "entity" in given and (given["entity"] or span.text) != span.value.entity:
        given = known_of_entity(current, given["entity"] or span.text) | given
    shared = {one.key for one in attributes_of(span.tag) if one.shared} & given.keys()
    mentions = mentions_of(current, span, given.get("entity")) if shared else [span]
    before, after = Rows(), Rows()
    for one in mentions:
        own = given if one.pk == span.pk else {key: given[key] for key in shared}
        described = described_anew(one, own)
        if described is not None:
            row = before[str(one.uid)] = span_row(one)
            after[str(one.uid)] = row | {"attributes": described}
    if not after:
        raise Unfit(_("It has this value already."))
    return changed(
        current, "set_attribute", by=by, before=State(before, {}), after=State(after, {})
    )


def _alike(
    annotation_set: AnnotationSet, tag: str, fragments: Fragments, uid: UUID
) -> tuple[Span | None, Span | None]:
    """The span with this id, and the one that has this tag on these words. One query."""
    is_twin = Q(annotation_set=annotation_set, tag=tag, fragments=fragments)
    found = list(Span.objects.filter(Q(uid=uid) | is_twin).order_by())
    repeated = next((span for span in found if span.uid == uid), None)
    return repeated, next((span for span in found if span.uid != uid), None)


def _answer_again(
    annotation_set: AnnotationSet, span: Span, *, tag: str, fragments: Fragments
) -> Changed:
    """The answer to a double submit: the same row, no second event.

    Other words under an id that has been used are Stale: the form is that of an older page.
    """
    if span.annotation_set_id != annotation_set.pk:
        raise Unfit(_("This passage has been sent for another annotation set."))
    if (span.tag, span.fragments) != (tag, fragments):
        raise Stale(_("This form has been sent already. Reload the page and try again."))
    return Changed(
        annotation_set,
        "tag",
        span=span,
        spans=(span,),
        stretches=span.fragments,
        claims=tuple(claim.pk for claim in claims_around(annotation_set, [span.pk])),
    )


def _new_span(
    annotation_set: AnnotationSet, tag: str, fragments: Fragments, uid: UUID, twin: Span | None
) -> tuple[Rows, Rows, str]:
    """The spans before and after tagging, and the uid of the span to link."""
    if twin:
        return {}, {}, str(twin.uid)
    article = annotation_set.article
    row: Row = {
        "tag": tag,
        "number": None,
        "fragments": written(fragments),
        "text": quote_of(article.text, fragments),
        "attributes": first_attributes(annotation_set, tag, fragments),
        "origin": Span.Origin.MANUAL.value,
    }
    return {str(uid): None}, {str(uid): row}, str(uid)


def _links_of(annotation_set: AnnotationSet, span: Span) -> list[Link]:
    links = Link.objects.filter(annotation_set=annotation_set)
    return [
        *links.filter(from_span=span),
        *links.filter(to_span=span),
        *links.filter(cue=span).exclude(from_span=span).exclude(to_span=span),
    ]


def _without_cue(row: Row, span: Span) -> Row | None:
    """What is left of a link when a span goes: nothing, or the link without its cue."""
    uid = str(span.uid)
    return None if uid in (row["from"], row["to"]) else row | {"cue": None}


def _links_after_retag(annotation_set: AnnotationSet, span: Span, tag: str) -> tuple[Rows, Rows]:
    """The links of a span and what remains of them under its new tag."""
    links = _links_of(annotation_set, span)
    before = link_rows(links)
    after: Rows = {}
    for link in links:
        row = before[str(link.uid)]
        link_type = LINK_TYPE_OF[link.type]
        fits = (link.from_span_id != span.pk or tag in link_type.from_tags) and (
            link.to_span_id != span.pk or tag in link_type.to_tags
        )
        keeps = fits and not link_type.same_tag
        after[str(link.uid)] = (
            _without_cue(row, span) if row and link.cue_id == span.pk else (row if keeps else None)
        )
    return before, after
