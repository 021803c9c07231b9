"""A span joins a claim or leaves it: whichever links that takes, it is one change."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import AnnotationSet, ClaimAnnotation, Link, Person, Span, reading_around
from annotations.scheme import Attribution, Claim, claim_of
from annotations.workflow.belonging import links_to_claim
from annotations.workflow.changing import Changed, Rows, State, changed, link_rows
from annotations.workflow.opening import claim_now, opened_span
from annotations.workflow.refusals import Stale, Unfit


@transaction.atomic
def attach(span: Span, *, by: Person, claim: ClaimAnnotation) -> Changed:
    """Use an existing source, evidence or cue for a claim, by the rule for new ones.

    Raises Unfit where it belongs to the claim already, or no link of the claim lacks a cue.
    """
    current, span = opened_span(span, by=by)
    if span.tag == "allegation":
        raise Unfit(_("Two allegations are joined by a link: choose which."))
    told = _told(current, claim)
    if span.pk in _used_as(span.tag, told):
        raise Unfit(_("%(label)s belongs to this claim already.") % {"label": span.label})
    before, after = links_to_claim(current, claim, span.tag, str(span.uid))
    if not after:
        raise Unfit(_("Every link of this claim has its cue already."))
    outcome = changed(current, "attach", by=by, before=State({}, before), after=State({}, after))
    return replace(outcome, span=span)


@transaction.atomic
def detach(span: Span, *, by: Person, claim: ClaimAnnotation) -> Changed:
    """Take a span out of a claim: its links go, and where it is only the cue of one, the cue.

    A source that passes on what another said leaves every claim that rests on this other source.
    Raises Stale where it does not belong to the claim.
    """
    current, span = opened_span(span, by=by)
    if span.pk == claim.pk:
        raise Unfit(_("An allegation is its claim: remove it, or tag it otherwise."))
    told = _told(current, claim)
    gone = {key for key, joins in _links(told, span.pk) if joins}
    bare = {key for key, joins in _links(told, span.pk) if not joins} - gone
    if not gone | bare:
        raise Stale(_("%(label)s does not belong to this claim.") % {"label": span.label})
    before = link_rows(Link.objects.filter(pk__in=gone | bare))
    after: Rows = {
        uid: None if row is None or row["id"] in gone else row | {"cue": None}
        for uid, row in before.items()
    }
    outcome = changed(current, "detach", by=by, before=State({}, before), after=State({}, after))
    return replace(outcome, span=span)


def _told(annotation_set: AnnotationSet, claim: ClaimAnnotation) -> Claim:
    """What a claim says now; Stale if it is gone."""
    known = claim_now(annotation_set, claim)
    if known is None:
        raise Stale(_("That claim is gone. Look at it as it is now."))
    reading = reading_around(annotation_set, [known.pk])
    return claim_of(reading, reading.span_of[known.pk])


def _attributions(told: Claim) -> list[Attribution]:
    """Who says the allegation, then who vouches for its evidence."""
    grounds = (one for ground in told.grounds for one in ground.attributions)
    return [*told.attributions, *grounds]


def _used_as(tag: str, told: Claim) -> set[int]:
    """The spans a claim uses already for what a span of this tag would be.

    No cues: one cue may show several links.
    """
    if tag == "evidence":
        return {ground.span.key for ground in told.grounds}
    steps = [step for one in told.attributions for step in one.steps if tag == "source"]
    return {step.span.key for step in steps if step.span}


def _links(told: Claim, key: int) -> list[tuple[int, bool]]:
    """The links of a claim that use a span: the key of each, and whether it is more than its cue."""
    links = [(step.link, step.span) for one in _attributions(told) for step in one.steps]
    links += [(ground.link, ground.span) for ground in told.grounds]
    return [
        (link.key, bool(end and end.key == key))
        for link, end in links
        if (end and end.key == key) or link.cue_key == key
    ]
