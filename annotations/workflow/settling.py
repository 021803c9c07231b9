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

SETTLED = (
    *("warnings", "version", "changed_by", "state"),
    *("decided_by", "decided_at", "reasons", "note"),
)
"""What a change of its spans may change of a claim."""


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
    if gone := list(gone):
        ClaimAnnotation.objects.filter(pk__in=gone).delete()
    known = list(claims_around(annotation_set, span_ids))
    new = [_new_claim(annotation_set, pk) for pk in made]
    reading = reading_around(annotation_set, [claim.allegation_id for claim in (*known, *new)])
    for claim in (*known, *new):
        claim.warnings = " ".join(warnings_of(reading, reading.span_of[claim.allegation_id]))
        claim.version += 1
        claim.changed_by = by
        _fall_back(claim, "change" if annotation_set.state == SetState.OPEN else "amend")
    if len(known) == 1:
        known[0].save(update_fields=SETTLED)
    else:
        ClaimAnnotation.objects.bulk_update(known, SETTLED, batch_size=100)
    for claim in new:
        claim.save(force_insert=True)
    return tuple(claim.pk for claim in (*known, *new))


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


def _new_claim(annotation_set: AnnotationSet, allegation_id: int) -> ClaimAnnotation:
    """The claim of an allegation, not yet stored; in a submitted set it waits for its decision.

    A claim begins with the version of its set, so that one which comes back by undo never has a
    version that a page has seen before.
    """
    is_open = annotation_set.state == SetState.OPEN
    return ClaimAnnotation(
        allegation_id=allegation_id,
        annotation_set=annotation_set,
        project_id=annotation_set.project_id,
        author_id=annotation_set.annotator_id,
        state=ClaimState.DRAFT if is_open else ClaimState.PENDING,
        version=annotation_set.version,
    )
