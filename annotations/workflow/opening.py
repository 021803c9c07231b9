"""Rows as a verb finds them: the set locked, and of it the span, link or claim as it is now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Person, Span
from annotations.workflow.changing import Rows, link_rows, opened
from annotations.workflow.refusals import Stale, Unfit


def opened_span(
    span: Span, *, by: Person, version: int | None = None
) -> tuple[AnnotationSet, Span]:
    """The set and the span as they are now; Stale if it is gone, or not the version that was seen.

    Without a version the span may have changed: the verb does not rest on what it says.
    """
    current = opened(span.annotation_set, by=by)
    fresh = Span.objects.filter(pk=span.pk).first()
    if fresh is None or version not in (None, fresh.version):
        raise Stale(_("This passage has been changed since. Look at it as it is now."))
    return current, fresh


def opened_link(link: Link, *, by: Person) -> tuple[AnnotationSet, Link, Rows]:
    """The set and the link as they are now, and the link as the log keeps it; Stale if gone."""
    current = opened(link.annotation_set, by=by)
    fresh = Link.objects.select_related("to_span").filter(pk=link.pk).first()
    if fresh is None:
        raise Stale(_("This link is gone already."))
    return current, fresh, link_rows([fresh])


def claim_now(annotation_set: AnnotationSet, claim: ClaimAnnotation) -> ClaimAnnotation | None:
    """The claim with its allegation, None if it is gone; Unfit if it belongs to another set."""
    known = ClaimAnnotation.objects.select_related("allegation").filter(pk=claim.pk).first()
    if known and known.annotation_set_id != annotation_set.pk:
        raise Unfit(_("That claim belongs to another annotation set."))
    return known
