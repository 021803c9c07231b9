"""Joining passages and taking them apart."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from annotations.forms import LinkForm, NegateForm
from annotations.views import access
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
    target = form.cleaned_data["to_span"]
    ends = joining.Ends(
        type=form.cleaned_data["type"],
        from_span=access.span_readable(request.user, form.cleaned_data["from_span"]),
        to_span=access.span_readable(request.user, target) if target else None,
        implicit=form.cleaned_data["implicit"],
    )
    return answered(
        request,
        annotation_set,
        lambda: joining.link(annotation_set, by=request.user, ends=ends),
    )


@require_POST
@login_required
def link_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a link away."""
    link = access.link_readable(request.user, pk)
    return answered(request, link.annotation_set, lambda: joining.unlink(link, by=request.user))


@require_POST
@login_required
def link_relay(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that this source passes on what the source before it said."""
    link = access.link_readable(request.user, pk)
    return answered(request, link.annotation_set, lambda: joining.relay(link, by=request.user))


@require_POST
@login_required
def link_negate(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that the source is told not to have said it, or take that back."""
    link = access.link_readable(request.user, pk)
    form = NegateForm(request.POST)
    if not form.is_valid():
        return invalid(request, link.annotation_set, form)
    return answered(
        request,
        link.annotation_set,
        lambda: joining.negate(link, by=request.user, **form.cleaned_data),
    )
