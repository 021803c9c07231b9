"""Submitting a set and deciding its claims: submit, approve, return, reject, reopen."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import permissions
from annotations.models import (
    AnnotationSet,
    ClaimAnnotation,
    Person,
    reading_around,
    reading_of,
)
from annotations.scheme import REASON_OF, Reading, claim_findings, claim_of, findings_of
from annotations.states import CLAIM_TRANSITIONS, SET_TRANSITIONS, ClaimState, SetState
from annotations.text.blocks import blocks_of
from annotations.workflow.changing import touch
from annotations.workflow.describing import worded
from annotations.workflow.log import record
from annotations.workflow.refusals import Incomplete, Stale, Unfit, forbid
from annotations.workflow.settling import finish_if_decided


@transaction.atomic
def submit(annotation_set: AnnotationSet, *, by: Person, seen: bool = True) -> AnnotationSet:
    """Hand the set to the reviewers; Incomplete while an E-rule fails, Unfit without a claim.

    Incomplete too while a W-rule speaks up and the annotator has not `seen` what it says. Stale
    for their second submit.
    """
    current = AnnotationSet.objects.locked().get(pk=annotation_set.pk)
    _forbid_submit(current, by=by)
    reading = reading_of(current)
    if not reading.tagged("allegation"):
        raise Unfit(_("There is no claim to submit yet. Tag an allegation first."))
    _require_whole(current, reading, seen=seen)
    waiting = [state for state, verbs in CLAIM_TRANSITIONS.items() if "submit" in verbs]
    moved = current.claims.filter(state__in=waiting).update(
        state=ClaimState.PENDING,
        decided_by=None,
        decided_at=None,
        reasons=[],
        note="",
        version=F("version") + 1,
    )
    current.submitted_at = timezone.now()
    current.undo_top = current.redo_top = None
    current.save(update_fields=["submitted_at"])
    _move(current, "submit", by=by, told={"claims": moved})
    return current


@transaction.atomic
def approve(claim: ClaimAnnotation, *, by: Person, version: int) -> ClaimAnnotation:
    """Accept a claim as it was seen; Incomplete while an E-rule fails for it.

    An amendment may have taken its source away since it was submitted.
    """
    fresh = _seen(claim, by=by, version=version)
    forbid(permissions.why_not_approve(by, fresh))
    reading = reading_around(fresh.annotation_set, [fresh.pk])
    found = claim_findings(claim_of(reading, reading.span_of[fresh.pk]))
    if errors := [one for one in found if one.level == "E"]:
        raise Incomplete(_(errors[0].message), errors)
    return _decide(fresh, "approve", by=by)


@transaction.atomic
def reject(
    claim: ClaimAnnotation, *, by: Person, version: int, reasons: Sequence[str], note: str
) -> ClaimAnnotation:
    """Refuse a claim for good, with a reason."""
    fresh = _seen(claim, by=by, version=version)
    return _decide(fresh, "reject", by=by, reasons=_known(reasons, note), note=note)


@transaction.atomic
def return_claim(
    claim: ClaimAnnotation, *, by: Person, version: int, reasons: Sequence[str], note: str
) -> ClaimAnnotation:
    """Give a claim back to its author, with a reason; the set opens again for them."""
    fresh = _seen(claim, by=by, version=version)
    return _decide(fresh, "return", by=by, reasons=_known(reasons, note), note=note)


@transaction.atomic
def reopen(annotation_set: AnnotationSet, *, by: Person) -> AnnotationSet:
    """Give a reviewed set back to its annotator; decisions stand until a claim changes."""
    current = AnnotationSet.objects.locked().get(pk=annotation_set.pk)
    forbid(permissions.why_not_reopen(by, current))
    _move(current, "reopen", by=by)
    return current


def _forbid_submit(annotation_set: AnnotationSet, *, by: Person) -> None:
    """Forbidden for who may not submit it; Stale for an annotator who has done so already."""
    reason = permissions.why_not_submit(by, annotation_set)
    is_own = annotation_set.annotator_id == by.pk
    if reason and is_own and permissions.role_of(by, annotation_set.project_id):
        raise Stale(reason)
    forbid(reason)


def _require_whole(annotation_set: AnnotationSet, reading: Reading, *, seen: bool) -> None:
    """Raise Incomplete for what is missing, or for warnings that have not been seen."""
    text = annotation_set.article.text
    found = findings_of(reading, text=text, blocks=blocks_of(text))
    errors = [one for one in found if one.level == "E"]
    cautions = [one for one in found if one.level == "W"]
    if errors:
        reason = ngettext(
            "One thing is missing before it can be submitted.",
            "%(count)d things are missing before it can be submitted.",
            len(errors),
        ) % {"count": len(errors)}
        raise Incomplete(reason, errors, cautions)
    if cautions and not seen:
        reason = ngettext(
            "One thing to look at before it is submitted.",
            "%(count)d things to look at before it is submitted.",
            len(cautions),
        ) % {"count": len(cautions)}
        raise Incomplete(reason, (), cautions)


def _seen(claim: ClaimAnnotation, *, by: Person, version: int) -> ClaimAnnotation:
    """The claim as it is now, with its set locked, for somebody who may review the set.

    Stale unless it is the version that was seen and still waits for a decision.
    """
    current = AnnotationSet.objects.locked().get(pk=claim.annotation_set_id)
    forbid(permissions.why_not_review(by, current))
    fresh = ClaimAnnotation.objects.select_related("allegation").filter(pk=claim.pk).first()
    if fresh is None or fresh.version != version:
        raise Stale(_("This claim has been changed since you saw it. Look at it as it is now."))
    fresh.annotation_set = current
    if reason := permissions.why_not_decide(by, fresh):
        raise Stale(reason)
    return fresh


def _decide(
    claim: ClaimAnnotation, verb: str, *, by: Person, reasons: Sequence[str] = (), note: str = ""
) -> ClaimAnnotation:
    """Write the decision, move the set on where it was the last one or a return, log both."""
    annotation_set, before = claim.annotation_set, {"state": claim.state}
    claim.state = CLAIM_TRANSITIONS[ClaimState(claim.state)][verb]
    claim.decided_by, claim.decided_at = by, timezone.now()
    claim.reasons, claim.note = list(reasons), worded(note)
    claim.version += 1
    claim.save(update_fields=["state", "decided_by", "decided_at", "reasons", "note", "version"])
    _move_on(annotation_set, verb)
    touch(annotation_set)
    after = {
        "state": claim.state,
        "reasons": claim.reasons,
        "note": claim.note,
        "annotation_set": annotation_set.state,
    }
    uid = claim.allegation.uid
    record(annotation_set, verb, by=by, object_uid=uid, before=before, after=after)
    return claim


def _move_on(annotation_set: AnnotationSet, verb: str) -> None:
    """Give the set the state this decision brings, if any: open again, or reviewed."""
    state = SetState(annotation_set.state)
    if state is SetState.SUBMITTED and verb == "return":
        annotation_set.state = SET_TRANSITIONS[state]["return"]
    else:
        finish_if_decided(annotation_set)


def _known(reasons: Sequence[str], note: str) -> tuple[str, ...]:
    """The reasons, each of the codebook; Unfit without any reason or note."""
    if unknown := [key for key in reasons if key not in REASON_OF]:
        raise Unfit(_("“%(key)s” is not a reason of the codebook.") % {"key": unknown[0]})
    if not reasons and not note.strip():
        raise Unfit(_("Say why: choose a reason or write a note."))
    return tuple(dict.fromkeys(reasons))


def _move(
    annotation_set: AnnotationSet, verb: str, *, by: Person, told: dict[str, int] | None = None
) -> None:
    before = {"state": annotation_set.state}
    annotation_set.state = SET_TRANSITIONS[SetState(annotation_set.state)][verb]
    finish_if_decided(annotation_set)
    touch(annotation_set)
    after = {"state": annotation_set.state, **(told or {})}
    record(annotation_set, verb, by=by, before=before, after=after)
