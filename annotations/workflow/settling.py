"""Brings claims up to date after a change of their spans, attributes or links."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.models import (
    AnnotationSet,
    ClaimAnnotation,
    Person,
    claims_around,
    reading_around,
)
from annotations.scheme import warnings_of
from annotations.states import CLAIM_TRANSITIONS, DECIDED, SET_TRANSITIONS, ClaimState, SetState


def settle(
    annotation_set: AnnotationSet,
    span_ids: Iterable[int],
    *,
    made: Iterable[int],
    gone: Iterable[int],
    by: Person,
) -> tuple[int, ...]:
    """Give new allegations their claim; renew state, version and warnings of those concerned.

    `made` and `gone` are spans that are allegations only now, or no longer. Returns the primary
    keys of the claims that use one of the spans.
    """
    ClaimAnnotation.objects.filter(pk__in=gone).delete()
    for pk in made:
        _make_claim(annotation_set, pk, by=by)
    claims = list(claims_around(annotation_set, span_ids))
    reading = reading_around(annotation_set, [claim.allegation_id for claim in claims])
    for claim in claims:
        claim.warnings = " ".join(warnings_of(reading, reading.span_of[claim.allegation_id]))
        claim.version += 1
        claim.changed_by = by
        _fall_back(claim, "change" if annotation_set.state == SetState.OPEN else "amend")
        claim.save()
    return tuple(claim.pk for claim in claims)


def finish_if_decided(annotation_set: AnnotationSet) -> bool:
    """Whether a submitted set has no claim left to decide, and so is reviewed from now on.

    It is for the caller to store it and to tell of it in the one event of its verb.
    """
    if annotation_set.state != SetState.SUBMITTED or annotation_set.claims.pending().exists():
        return False
    annotation_set.state = SET_TRANSITIONS[SetState.SUBMITTED]["finish"]
    return True


def _fall_back(claim: ClaimAnnotation, verb: str) -> None:
    """A decision does not outlive a change of what was decided; the log keeps it."""
    claim.state = CLAIM_TRANSITIONS[ClaimState(claim.state)][verb]
    if claim.state not in DECIDED:
        claim.decided_by = claim.decided_at = None
        claim.reasons, claim.note = [], ""


def _make_claim(annotation_set: AnnotationSet, allegation_id: int, *, by: Person) -> None:
    """Make the claim of an allegation; in a submitted set it waits for its decision at once.

    A claim begins with the version of its set, so that one which comes back by undo never has a
    version that a page has seen before.
    """
    is_open = annotation_set.state == SetState.OPEN
    ClaimAnnotation.objects.create(
        allegation_id=allegation_id,
        annotation_set=annotation_set,
        project_id=annotation_set.project_id,
        author_id=annotation_set.annotator_id,
        changed_by=by,
        state=ClaimState.DRAFT if is_open else ClaimState.PENDING,
        version=annotation_set.version,
    )
