"""One claim: its card, and a reviewer's decision on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations import permissions
from annotations.forms import DecisionForm, VersionForm
from annotations.models import ClaimAnnotation
from annotations.views import access
from annotations.views.requests import MemberRequest
from annotations.views.responses import decided, invalid, refused, shown
from annotations.workflow import reviewing
from annotations.workflow.refusals import Refused


@require_safe
@login_required
def claim_card(request: MemberRequest, pk: int) -> HttpResponse:
    """The open card of a claim, as its annotator or a reader sees it."""
    claim = access.claim_readable(request.user, pk)
    may_edit = not permissions.why_not_undo(request.user, claim.annotation_set)
    return shown(request, claim, mode="annotate" if may_edit else "read")


@require_safe
@login_required
def claim_verdict(request: MemberRequest, pk: int) -> HttpResponse:
    """The open card of a claim with the verdicts of a reviewer."""
    return shown(request, access.claim_readable(request.user, pk), mode="review")


@require_POST
@login_required
def claim_approve(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept a claim as it was seen."""
    form = VersionForm(request.POST)
    return _decision(request, pk, form, reviewing.approve, _("%(label)s approved."))


@require_POST
@login_required
def claim_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a claim back to its author with a reason."""
    form = DecisionForm(request.POST)
    return _decision(request, pk, form, reviewing.return_claim, _("%(label)s returned."))


@require_POST
@login_required
def claim_reject(request: MemberRequest, pk: int) -> HttpResponse:
    """Refuse a claim for good with a reason."""
    form = DecisionForm(request.POST)
    return _decision(request, pk, form, reviewing.reject, _("%(label)s rejected."))


def _decision(
    request: MemberRequest,
    pk: int,
    form: Form,
    verb: Callable[..., ClaimAnnotation],
    message: str,
) -> HttpResponse:
    """Decide, and go on to the next claim that waits; or say why not."""
    claim = access.claim_readable(request.user, pk)
    if not form.is_valid():
        return invalid(request, claim.annotation_set, form, mode="review")
    try:
        fresh = verb(claim, by=request.user, **form.cleaned_data)
    except Refused as error:
        return refused(request, claim.annotation_set, error, mode="review")
    told = message % {"label": fresh.allegation.label}
    return decided(request, fresh, following=_following(fresh), message=told)


def _following(claim: ClaimAnnotation) -> int | None:
    """The next claim of the set to decide, from this one on and then from the top."""
    waiting = ClaimAnnotation.objects.filter(annotation_set=claim.annotation_set_id).pending()
    order = list(waiting.in_text_order().values_list("pk", "allegation__start"))
    after = [pk for pk, start in order if start >= claim.allegation.start]
    return next(iter([*after, *(pk for pk, _start in order)]), None)
