"""Joining passages and taking them apart."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms import LinkForm, NegateForm, named_set
from annotations.models import AnnotationSet, Span
from annotations.views import access
from annotations.views.conflicts import Attempt
from annotations.views.requests import MemberRequest
from annotations.views.responses import answered, invalid
from annotations.workflow import joining


@require_POST
@login_required
def link_create(request: MemberRequest, pk: int) -> HttpResponse:
    """Join two passages of a set, or a passage and an implicit source."""
    annotation_set = access.annotation_set_readable(request.user, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return invalid(request, annotation_set, form)
    ends, pk_of_claim = _ends(request, annotation_set, form), form.cleaned_data["claim"]
    claim = access.claim_of_set(annotation_set, pk_of_claim) if pk_of_claim else None
    return answered(
        request,
        annotation_set,
        lambda: joining.link(annotation_set, by=request.user, ends=ends, claim=claim),
        attempt=_attempt(ends),
    )


@require_POST
@login_required
def link_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a link away."""
    link = access.link_or_gone(request.user, pk, named_set(request.POST))
    return answered(
        request,
        link.annotation_set,
        lambda: joining.unlink(link, by=request.user),
        attempt=Attempt(link, _("take the link away")),
    )


@require_POST
@login_required
def link_relay(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that this source passes on what the source before it said."""
    link = access.link_or_gone(request.user, pk, named_set(request.POST))
    return answered(
        request,
        link.annotation_set,
        lambda: joining.relay(link, by=request.user),
        attempt=Attempt(link, _("say that the source passes on what another said")),
    )


@require_POST
@login_required
def link_negate(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that the source is told not to have said it, or take that back."""
    link = access.link_or_gone(request.user, pk, named_set(request.POST))
    form = NegateForm(request.POST)
    if not form.is_valid():
        return invalid(request, link.annotation_set, form)
    negated = form.cleaned_data["negated"]
    wanted = _("say that it was not said") if negated else _("say that it was said after all")
    return answered(
        request,
        link.annotation_set,
        lambda: joining.negate(link, by=request.user, negated=negated),
        attempt=Attempt(link, wanted),
    )


def _ends(request: MemberRequest, annotation_set: AnnotationSet, form: LinkForm) -> joining.Ends:
    """What the form joins; spans that are gone are left for the verb to tell."""
    sent = form.cleaned_data

    def span(name: str) -> Span | None:
        pk = sent[name]
        return access.span_or_gone(request.user, pk, annotation_set.pk) if pk else None

    start = access.span_or_gone(request.user, sent["from_span"], annotation_set.pk)
    return joining.Ends(sent["type"], start, span("to_span"), sent["implicit"], span("cue"))


def _attempt(ends: joining.Ends) -> Attempt:
    """For a refusal because an end is gone: that end. Ends that are there have not changed."""
    spans = [one for one in (ends.from_span, ends.to_span, ends.cue) if one]
    return Attempt(next((one for one in spans if not one.tag), ends.from_span), _("link it"))
